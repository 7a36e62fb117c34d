/**
 * The protocol that ends the work for a client decently: where an exit stands, what is still to be done before the
 * letter may go, and when the handover is released. Writes no letter, decides nothing in the owner's place.
 */
import { openByCurrency, type Sum, sumsByCurrency } from './money.ts';
import type { Reason } from './reason.ts';
import type { Terms } from './client.ts';
import { type ExitReason, exitReasons, reasonAgainstRecord, reasonFaults, type ReasonRecord } from './exit-reason.ts';
import {
  type ExitCheck,
  exitChecks,
  type ExitNote,
  type ExitRefusal,
  type ExitWarning,
  type HandoverReason,
  type ReasonFault,
} from './exit-remarks.ts';
import type { Debt } from './invoice.ts';
import { lawOf } from './formal-demand.ts';
import type { Approval, LetterState } from './letter.ts';
import { addDays, at, dayMs, dayOf, daysBetween, earliest, wallClock } from './time.ts';
import type { Instant, LocalDay, TimeZone } from './time.ts';
import { named, type ClientNamed, type Told } from './told.ts';

export const exitStates = [
  'proposed',
  'cooling',
  'checklist',
  'approved',
  'notice-sent',
  'notice-running',
  'ended',
  'cancelled',
] as const;
export type ExitState = (typeof exitStates)[number];

/**
 * From a state to those it may become. Everything before the letter has left can be undone; nothing after.
 * `cooling -> approved` is only for an owner who let the ladder end it without a question.
 */
export const exitMoves: Record<ExitState, readonly ExitState[]> = {
  proposed: ['cooling', 'cancelled'],
  cooling: ['checklist', 'approved', 'cancelled'],
  checklist: ['approved', 'cancelled'],
  approved: ['checklist', 'notice-sent', 'cancelled'],
  'notice-sent': ['notice-running', 'ended'],
  'notice-running': ['ended'],
  ended: [],
  cancelled: [],
};

/** @internal The states follow from facts, see {@link exitState}; a test holds them against these moves. */
export function mayMoveExit(from: ExitState, to: ExitState): boolean {
  return exitMoves[from].includes(to);
}

export { type ExitReason, exitReasons, reasonFaults };

export type ExitNotice =
  | { kind: 'days'; days: number }
  /** ends when the owner says that the milestone is reached, at the latest on `by` */
  | { kind: 'milestone'; milestone: string; by: LocalDay | null; reachedOn: LocalDay | null };

export { type ExitCheck, exitChecks };

export interface Exit {
  id: number;
  clientId: number;
  proposedAt: Instant;
  proposedBy: 'owner' | 'dunning';
  /** when the owner took the proposal up; the cooling-off counts from here. Null: not yet */
  coolingFrom: Instant | null;
  reason: ExitReason;
  /** the one sentence, for `own-words` */
  ownWords: string;
  notice: ExitNotice;
  /** what the owner has ticked */
  checks: readonly { item: ExitCheck; at: Instant; logId: number | null }[];
  approvedAt: Instant | null;
  /** state of the termination letter; null while there is none */
  letterState: LetterState | null;
  sentAt: Instant | null;
  endedAt: Instant | null;
  cancelledAt: Instant | null;
  /** it sleeps until all that is owed is paid, at most so many days from its proposal; null or absent: it does not */
  afterPaidDays?: number | null;
}

/**
 * Why an exit that waits for the money wakes now; null while it sleeps, or does not wait for it.
 * @param debts everything open, in every currency
 */
export function wakes(
  exit: Pick<Exit, 'afterPaidDays' | 'coolingFrom' | 'proposedAt' | 'proposedBy'>,
  { debts, timeZone }: Pick<ExitFacts, 'debts' | 'timeZone'>,
  now: Instant,
): Reason | null {
  if (!sleeps(exit)) return null;
  if (debts.every((debt) => debt.openCents === 0)) return { code: 'all-paid' };
  const days = exit.afterPaidDays as number;
  if (dayOf(now, timeZone) < addDays(dayOf(exit.proposedAt, timeZone), days)) return null;
  return { code: 'wait-for-money-over', days, open: openByCurrency(debts) };
}

/** Proposed, and waits for the money before the cooling-off begins: no letter is written. */
export function sleeps({ afterPaidDays = null, coolingFrom }: Pick<Exit, 'afterPaidDays' | 'coolingFrom'>): boolean {
  return afterPaidDays !== null && coolingFrom === null;
}

export interface ExitFacts {
  clientName: string;
  /** the owner's: it tells whose law it is, and the Italian one asks more of who ends it */
  timeZone: TimeZone;
  coolingDays: number;
  terms: Pick<Terms, 'contractSignedOn' | 'noticeDays' | 'exitClause' | 'workPrepaidUntil'>;
  /** work stands in the log that no invoice has asked for yet */
  unbilled: boolean;
  /** everything open, due or not, in every currency */
  debts: readonly Debt[];
  /** open sums that the client disputes, in every currency */
  disputed: readonly { cents: number; currency: string }[];
  /** of this client */
  log: readonly { id: number; kind: string; at: Instant }[];
  /** earlier exits of this client, this one not among them */
  earlierProposals: readonly Instant[];
  /** when the client's oldest unanswered window passed its deadline */
  ownerOwesSince: Instant | null;
  /** messages of the client that are to be answered, their day past or to come */
  openAnswers: number;
  /** when something was last handed over, as logged; null: never */
  lastDeliveryAt: Instant | null;
  /** invoices of a client who pays in advance, paid after the last delivery */
  paidUndelivered: readonly { number: string; on: LocalDay }[];
  /** exits proposed of any client within a year, this one among them */
  proposalsInYear: number;
  /** what the reason is held against */
  record: ReasonRecord;
}

/** Where the exit stands at `now`. */
export function exitState(exit: Exit, facts: Pick<ExitFacts, 'timeZone' | 'coolingDays'>, now: Instant): ExitState {
  if (exit.cancelledAt !== null) return 'cancelled';
  if (exit.endedAt !== null) return 'ended';
  if (exit.sentAt !== null) {
    return dayOf(now, facts.timeZone) > dayOf(exit.sentAt, facts.timeZone) ? 'notice-running' : 'notice-sent';
  }
  if (exit.approvedAt !== null) return 'approved';
  const ends = coolingEndsAt(exit, facts);
  if (ends === null) return 'proposed';
  return now < ends ? 'cooling' : 'checklist';
}

/** The same time of day, `coolingDays` calendar days after the owner took it up. Null while he has not. */
export function coolingEndsAt(
  exit: Pick<Exit, 'coolingFrom'>,
  facts: Pick<ExitFacts, 'timeZone' | 'coolingDays'>,
): Instant | null {
  if (exit.coolingFrom === null) return null;
  const { day, minute } = wallClock(exit.coolingFrom, facts.timeZone);
  return at(addDays(day, facts.coolingDays), minute, facts.timeZone);
}

/**
 * What the owner is to be told on this day of the cooling-off, once a day. `key` is the same all day.
 * Null outside the cooling-off.
 */
export function coolingWarning(
  exit: Exit,
  facts: Pick<ExitFacts, 'timeZone' | 'coolingDays'> & { client: ClientNamed; approval: Approval },
  now: Instant,
): { key: string; told: Told } | null {
  const ends = coolingEndsAt(exit, facts);
  if (ends === null || exitState(exit, facts, now) !== 'cooling') return null;
  const until = dayOf(ends, facts.timeZone);
  return {
    key: `exit-cooling/${exit.id}/${dayOf(now, facts.timeZone)}`,
    told: { code: 'exit-cooling', client: named(facts.client), until, alone: facts.approval === 'auto' },
  };
}

export interface ChecklistItem {
  item: ExitCheck;
  done: boolean;
  /** what the record says about it */
  note: ExitNote;
}

/** The five questions with what the record knows, and warnings that stop nothing. */
export function checklist(
  exit: Exit,
  facts: ExitFacts,
  now: Instant,
): { items: ChecklistItem[]; warnings: ExitWarning[] } {
  const items = exitChecks.map((item) => ({
    item,
    done: isDone(item, exit, facts, now),
    note: notes[item](exit, facts),
  }));
  return { items, warnings: warnings(exit, facts, now) };
}

const notes: Record<ExitCheck, (exit: Exit, facts: ExitFacts) => ExitNote> = {
  'contract-read': (_exit, { terms }) => ({
    code: 'contract-on-record',
    signedOn: terms.contractSignedOn,
    noticeDays: terms.noticeDays,
  }),
  'duties-met': (_exit, { ownerOwesSince, openAnswers, timeZone }) => ({
    code: 'duties-on-record',
    owedSince: ownerOwesSince === null ? null : dayOf(ownerOwesSince, timeZone),
    toAnswer: openAnswers,
  }),
  'prepaid-delivered': (_exit, { terms, lastDeliveryAt, timeZone, paidUndelivered }) => ({
    code: 'prepaid-on-record',
    undelivered: paidUndelivered,
    until: terms.workPrepaidUntil,
    deliveredOn: lastDeliveryAt === null ? null : dayOf(lastDeliveryAt, timeZone),
  }),
  'owed-weighed': (_exit, facts) => ({ code: 'owed-on-record', ...owedOf(facts) }),
  talked: (exit, facts) => {
    const talk = talkOf(exit, facts);
    return {
      code: 'talk-on-record',
      talk: talk === undefined ? null : { kind: talk.kind, on: dayOf(talk.at, facts.timeZone) },
    };
  },
};

/** A talk counts when it was held at most two weeks before the proposal: an older one was not about this. */
const talkBeforeProposalMs = 14 * dayMs;

function talkOf(exit: Exit, facts: ExitFacts): ExitFacts['log'][number] | undefined {
  const logId = exit.checks.find((check) => check.item === 'talked')?.logId ?? null;
  const talks = facts.log.filter((entry) => isTalk(entry) && entry.at >= exit.proposedAt - talkBeforeProposalMs);
  return logId === null ? talks.at(-1) : talks.find((entry) => entry.id === logId);
}

function isTalk(entry: ExitFacts['log'][number]): boolean {
  return entry.kind === 'call' || entry.kind === 'meeting';
}

function isDone(item: ExitCheck, exit: Exit, facts: ExitFacts, now: Instant): boolean {
  const check = exit.checks.find((one) => one.item === item);
  if (check === undefined) return false;
  if (item !== 'talked') return true;
  const talk = check.logId === null ? undefined : talkOf(exit, facts);
  return talk !== undefined && talk.at <= now;
}

function warnings(exit: Exit, facts: ExitFacts, now: Instant): ExitWarning[] {
  const { timeZone, terms } = facts;
  const lastYear = facts.earlierProposals.filter(
    (one) => one < exit.proposedAt && one >= exit.proposedAt - 365 * dayMs,
  );
  const before = lastYear.toSorted((a, b) => a - b).map((one) => dayOf(one, timeZone));
  const paidUntil = terms.workPrepaidUntil;
  const found: (ExitWarning | false)[] = [
    before.length > 0 && { code: 'thought-of-before', on: before },
    facts.proposalsInYear >= severalExits && { code: 'exits-in-a-year', exits: facts.proposalsInYear },
    paidUntil !== null && paidUntil >= dayOf(now, timeZone) && { code: 'paid-ahead-until', until: paidUntil },
    facts.ownerOwesSince !== null && { code: 'client-waits-for-you' },
    facts.unbilled && { code: 'work-unbilled' },
    needsJustCause(exit, facts) && { code: 'needs-just-cause' },
  ];
  return found.filter((one) => one !== false);
}

/** So many within a year are no accident. */
const severalExits = 3;

/** Unpaid invoices are one; a clause of the contract does without. */
function needsJustCause({ reason }: Exit, { timeZone, terms, debts }: ExitFacts): boolean {
  const isUnpaid = (reason === 'late-payment' || reason === 'non-payment') && debts.length > 0;
  return lawOf(timeZone) === 'it' && terms.exitClause === null && !isUnpaid;
}

function owedOf(facts: Pick<ExitFacts, 'debts' | 'disputed'>): { open: Sum[]; disputed: Sum[] } {
  return {
    open: positive(facts.debts.map((debt) => ({ cents: debt.openCents, currency: debt.currency }))),
    disputed: positive(facts.disputed),
  };
}

function positive(amounts: readonly Sum[]): Sum[] {
  return sumsByCurrency(amounts).filter(({ cents }) => cents > 0);
}

/** Letters, spaces and their form must be those of the register; blanks around and between are forgiven. */
function sameName(typed: string, name: string): boolean {
  return folded(typed) === folded(name);
}

function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Why the owner may not approve now, all reasons at once; empty when he may. */
export function mayApprove(
  exit: Exit,
  facts: ExitFacts,
  typedName: string,
  now: Instant,
): (ExitRefusal | ReasonFault)[] {
  const refused = notNow(exit, facts, now);
  if (refused !== null) return [refused];
  const { clientName: name } = facts;
  const open = checklist(exit, facts, now).items.filter((item) => !item.done);
  return [
    ...open.map(({ item, note }) => ({ code: 'check-is-open', item, note }) as const),
    ...faultsOfReason(exit, facts),
    ...noticeFaults(exit.notice, facts, now),
    ...(sameName(typedName, name) ? [] : [{ code: 'name-not-as-it-stands', name } as const]),
  ];
}

/**
 * Why the letter may not go without a question, for an owner who chose that: the cooling-off and the form of the letter
 * remain, the checklist does not hold it back. Empty when it may.
 */
export function mayGoAlone(exit: Exit, facts: ExitFacts, now: Instant): (ExitRefusal | ReasonFault)[] {
  const refused = notNow(exit, facts, now);
  return refused === null ? [...faultsOfReason(exit, facts), ...noticeFaults(exit.notice, facts, now)] : [refused];
}

/** The record may have changed since the exit was proposed. */
function faultsOfReason(exit: Exit, { record }: ExitFacts): ReasonFault[] {
  return [...reasonFaults(exit), ...reasonAgainstRecord(exit.reason, record)];
}

function notNow(exit: Exit, facts: ExitFacts, now: Instant): ExitRefusal | null {
  const state = exitState(exit, facts, now);
  if (state === 'checklist') return null;
  if (state === 'proposed') return { code: 'exit-not-taken-up' };
  if (state === 'cooling')
    return { code: 'exit-still-cools', until: dayOf(coolingEndsAt(exit, facts) as Instant, facts.timeZone) };
  return state === 'cancelled' ? { code: 'exit-is-cancelled' } : { code: 'exit-is-already', state };
}

/** Why the notice cannot be so; empty when it can. Never shorter than what was agreed. */
export function noticeFaults(notice: ExitNotice, facts: ExitFacts, now: Instant): ExitRefusal[] {
  const agreedDays = facts.terms.noticeDays ?? 0;
  if (notice.kind === 'milestone') {
    const { by } = notice;
    if (notice.milestone.trim() === '') return [{ code: 'milestone-not-said' }];
    const isShort = by !== null && daysBetween(dayOf(now, facts.timeZone), by) < agreedDays;
    return isShort ? [{ code: 'milestone-too-soon', by, agreedDays }] : [];
  }
  const { days } = notice;
  if (!Number.isInteger(days) || days < 0) return [{ code: 'notice-not-whole-days', days }];
  return days < agreedDays ? [{ code: 'notice-too-short', days, agreedDays }] : [];
}

/** The last day of the notice when the letter leaves on `sentOn`; null when only a milestone ends it. */
export function noticeEndsOn(notice: ExitNotice, sentOn: LocalDay): LocalDay | null {
  return notice.kind === 'days' ? addDays(sentOn, notice.days) : (notice.reachedOn ?? notice.by);
}

/** Why the exit may not be ended yet; empty when it may. */
export function mayEnd(exit: Exit, facts: Pick<ExitFacts, 'timeZone' | 'coolingDays'>, now: Instant): ExitRefusal[] {
  const state = exitState(exit, facts, now);
  if (state === 'ended') return [{ code: 'exit-ended-already' }];
  if (exit.sentAt === null || state === 'cancelled') return [{ code: 'no-notice-was-given' }];
  const ends = noticeEndsOn(exit.notice, dayOf(exit.sentAt, facts.timeZone));
  if (ends === null) return [{ code: 'milestone-not-reached' }];
  return dayOf(now, facts.timeZone) > ends ? [] : [{ code: 'notice-still-runs', until: ends }];
}

/** When time alone brings the exit further; null when it waits for somebody. */
export function nextExitMoment(
  exit: Exit,
  facts: Pick<ExitFacts, 'timeZone' | 'coolingDays'>,
  now: Instant,
): Instant | null {
  if (exit.cancelledAt !== null || exit.endedAt !== null) return null;
  const ahead = momentsOf(exit, facts).filter((moment) => moment > now);
  return ahead.length === 0 ? null : earliest(...ahead);
}

/** The end of the cooling-off; once the letter has left, the days after it left and after the notice has run. */
function momentsOf(exit: Exit, facts: Pick<ExitFacts, 'timeZone' | 'coolingDays'>): Instant[] {
  if (exit.sentAt === null) return [coolingEndsAt(exit, facts) ?? []].flat();
  const sentOn = dayOf(exit.sentAt, facts.timeZone);
  const days = [sentOn, noticeEndsOn(exit.notice, sentOn) ?? []].flat();
  return days.map((day) => at(addDays(day, 1), 0, facts.timeZone));
}

/** Why it may not be cancelled; empty when it may. Not once the letter has left, may have left or is leaving. */
export function mayCancel(exit: Exit): ExitRefusal[] {
  const { letterState: state } = exit;
  if (exit.cancelledAt !== null) return [{ code: 'exit-is-cancelled' }];
  if (exit.endedAt !== null) return [{ code: 'exit-ended-already' }];
  if (exit.sentAt !== null) return [{ code: 'exit-letter-left' }];
  return state === 'sending' || state === 'unsure' ? [{ code: 'exit-letter-leaving', state }] : [];
}

/** The handover list stays closed while money is owed, disputed money too, unless the owner says otherwise. */
export function handover(facts: Pick<ExitFacts, 'debts' | 'disputed'> & { ownerReleased: boolean }): {
  released: boolean;
  why: HandoverReason | ExitNote;
} {
  const { open, disputed } = owedOf(facts);
  if (open.length + disputed.length === 0) return { released: true, why: { code: 'account-settled' } };
  return facts.ownerReleased
    ? { released: true, why: { code: 'handover-released', open, disputed } }
    : { released: false, why: { code: 'owed-on-record', open, disputed } };
}

/** The final report's place in the outbox: one for each exit. */
export function reportKey(exit: { id: number }): string {
  return `exit/${exit.id}/report`;
}

/** @returns the number of the exit that a final report is about */
export function reportIdOf({ key }: { key: string }): number | null {
  const match = /^exit\/(\d+)\/report$/.exec(key);
  return match === null ? null : Number(match[1]);
}
