/**
 * Decides which step of the ladder a case has come to, and whether a written one is still wanted. A step belongs to the
 * debts that its letter named: what hurts is only said of money that was asked for before.
 * Writes no letter, sends nothing and reads no clock: facts and `now` in, a decision with its reason out.
 */
import { openByCurrency, type Sum } from './money.ts';
import { type NoOpening, NoOpeningError, nextWorkingOpening } from './contact-hours.ts';
import type { ContactHours } from './contact-hours.ts';
import type { WorkState } from './client.ts';
import type { Coded, NoFacts } from './coded.ts';
import { type Closing, closingOf } from './closing.ts';
import {
  endsInQuestion,
  type Hold,
  holdEffect,
  type HoldReason,
  holds as isHolding,
  lastDayOf,
  openQuestionFor,
} from './hold.ts';
import type { Debt } from './invoice.ts';
import { type Bell, missesOpening } from './job-times.ts';
import { isBeforeDue, positionOf } from './ladder-position.ts';
import type { Approval, LadderLetterKind, LetterEffect, LetterKind, LetterState, StepEffect } from './letter.ts';
import { type Debtor, leastTermDays } from './formal-demand.ts';
import { earliestAfter } from './pay-by.ts';
import { type HowSettled, nothingAsked, type Settlement } from './settlement.ts';
import { addDays, at, dayMs, dayOf, latest } from './time.ts';
import type { Instant, LocalDay, TimeZone } from './time.ts';
import type { Reason } from './reason.ts';
import type { Told, ClientNamed } from './told.ts';

export interface LadderStep {
  /** unique in its ladder; part of the letter's key */
  name: string;
  letter: LadderLetterKind;
  /** calendar days after the earliest unpaid due date; negative: before it */
  afterDays: number;
  /** calendar days after the day on which the step before really left; see `earliestAfter` for the least that is kept */
  afterPreviousDays: number;
  approval: Approval;
  effect: StepEffect;
}

export const defaultLadder: readonly LadderStep[] = [
  {
    name: 'payment-reminder',
    letter: 'payment-reminder',
    afterDays: 3,
    afterPreviousDays: 0,
    approval: 'auto',
    effect: 'none',
  },
  { name: 'work-paused', letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'ask', effect: 'pause' },
  {
    name: 'termination',
    letter: 'termination',
    afterDays: 30,
    afterPreviousDays: 15,
    approval: 'ask',
    effect: 'terminate',
  },
];

/** A letter of this case and cycle, as the outbox has it. */
export interface WrittenStep {
  letterId: number;
  /** as it was called when the letter was written */
  step: string;
  kind: LetterKind;
  effect: LetterEffect;
  state: LetterState;
  /** local day on which it left, in the zone of the hours; null while it has not */
  sentOn: LocalDay | null;
  droppedBy: 'owner' | 'system' | null;
  /** instalments that it asks for */
  named: readonly number[];
  /** up to which sum it asked for each, what was paid of it then included; of all there is where it is not known */
  upTo?: ReadonlyMap<number, number>;
  /** nothing of it was due yet when it was written for */
  upcoming: boolean;
}

export interface CaseFacts {
  /** everything open of the client in the currency, due or not; disputed cents are already taken off */
  debts: readonly Debt[];
  /** of this cycle */
  written: readonly WrittenStep[];
  /** of the client, the case and its invoices */
  holds: readonly Hold[];
  hours: ContactHours;
  /** when the client's oldest unanswered window passed its deadline; null when none did */
  ownerOwesSince: Instant | null;
  /** the last day on which any automatic mail left to this client */
  lastLetterToClientOn: LocalDay | null;
  /** no pass for more than two days before this one */
  longGap: boolean;
  /** payments were not brought up to date for longer than the owner allows */
  paymentsStale: boolean;
  reviewMode: boolean;
  clientState: WorkState;
  /** another currency's case of this client has paused the work and is not settled */
  otherCasePaused?: boolean;
  /** the notice of termination has left: what follows ends or pauses nothing */
  endAnnounced?: boolean;
  /** how what the letters of this cycle asked for went; wanted once {@link isCycleOver} */
  settlement?: Settlement;
  /** the smallest sum that is worth a letter, in minor units; 0 when not given */
  leastCents?: number;
  /** what came in above what was asked for, on all invoices of the client in the currency, in minor units */
  surplusCents?: number;
  /** thanks are wanted for payments that end no pause */
  thankForPayment?: boolean;
  /** whose law it is, and whether the debtor is in business: what a letter gives at least; absent: by its kind alone */
  debtor?: Debtor;
  /** the last day by which a letter beside the ladder asked to be paid; null: none did */
  askedUntil?: LocalDay | null;
  /** when the job looks; absent: in time for every opening */
  bell?: Bell;
}

export type WaitCode =
  | 'not-yet'
  | 'closed-hours'
  | 'mail-today'
  | 'pending'
  | 'unsure'
  | 'dropped-by-owner'
  | 'failed'
  | 'hold'
  | 'owner-owes'
  | 'payments-stale'
  | 'client-ended'
  | 'too-little'
  | 'surplus'
  | 'ladder-done';

export type CaseDecision =
  | { kind: 'write'; step: LadderStep; notBefore: Instant; approval: Approval; why: StepDue }
  /** `until`: when to look again; null: not before something happens; `little`: what is not worth a letter */
  | { kind: 'wait'; code: WaitCode; until: Instant | null; why: Reason; little?: readonly Debt[] }
  | { kind: 'close'; how: HowSettled; closing: Closing; why: Reason };

/** Why the owner is asked before a step goes: `always` as the ladder has it. */
export type AsksFirst = { how: 'question'; hold: HoldReason } | { how: 'long-gap' | 'always' | 'review' };

/** When a step may go, and what it counts from. */
export interface StepDue {
  code: 'step-due';
  step: string;
  /** after the due day; negative: before it */
  afterDays: number;
  dueOn: LocalDay;
  /** what it keeps from the letter before it, and from the day on which money came to be open again */
  gapDays: number;
  previousOn: LocalDay | null;
  backOn: LocalDay | null;
  /** a later step has its time too; none is skipped */
  goesFirst: boolean;
  asks: AsksFirst | null;
}

/** Why a case or a letter of the ladder waits, or is not wanted any more. Steps by their names in the ladder. */
export type DunningReason =
  | StepDue
  | Coded<{
      'hours-open-on': { day: LocalDay; because: StepDue };
      'step-goes-on': { step: string; day: LocalDay; movedTo: LocalDay | null; because: StepDue };
      'step-waits': { step: string; because: Reason };
      'too-little': { sum: Sum };
      'surplus-came': NoFacts;
      'answer-owed': { since: LocalDay | null };
      'payments-stale': NoFacts;
      'mail-today': NoFacts;
      'ladder-done': NoFacts;
      'you-dropped-step': { step: string };
      'step-refused': { step: string };
      'step-meaningless': { step: string; because: Reason };
      /** `answers`: what is said of an answer to the client */
      'work-ended': { answers?: true };
      'end-announced': NoFacts;
      'letter-in-doubt': { step: string };
      'letter-pending': { step: string; state: LetterState };
      'rest-disputed': NoFacts;
      'invoices-held': NoFacts;
      'step-gone': { step: string };
      'due-day-passed': NoFacts;
      'nothing-overdue': NoFacts;
      'asked-is-settled': NoFacts;
      'step-sent': { step: string };
      'none-of-it-overdue': NoFacts;
      'due-later': { day: LocalDay };
      'outside-hours': NoFacts;
      'decided-long-ago': { step: string };
      'nobody-decided': { hold: HoldReason };
      'sums-changed': NoFacts;
    }>;

type Wait = Extract<CaseDecision, { kind: 'wait' }>;

const pendingStates: readonly LetterState[] = ['held', 'queued', 'sending', 'unsure'];

export function wasSent(state: LetterState): boolean {
  return state === 'sent' || state === 'filed';
}

/** Due yesterday or before. What is due today is not overdue. */
export function overdueDebts(debts: readonly Debt[], today: LocalDay): Debt[] {
  return debts.filter((debt) => debt.openCents > 0 && debt.dueOn < today);
}

/**
 * What the case needs now: the lowest unsent step, a wait with its reason, or its end.
 *
 * One step at a time, never two on a day, none skipped: a step counts its days from the earliest unpaid due date
 * and from the day the step before really left, so late passes and part payments move the later steps, never past one.
 * Steps on or before the due date are the exception: once the date has passed they have no meaning and fall away.
 * Days are local days of `hours.timeZone`; a step goes on a working day inside contact hours, else on the next.
 */
export function decideCase(ladder: readonly LadderStep[], facts: CaseFacts, now: Instant): CaseDecision {
  return unlessNeverOpen(
    () => decide(ladder, facts, now),
    (why) => wait('closed-hours', startOfTomorrow(facts, now), why),
  );
}

/** Runs a decision that looks for an opening; `closed` stands in when there is none within sight. */
export function unlessNeverOpen<T>(decision: () => T, closed: (why: NoOpening) => T): T {
  try {
    return decision();
  } catch (error) {
    if (error instanceof NoOpeningError) return closed(error.reason);
    throw error;
  }
}

function decide(ladder: readonly LadderStep[], facts: CaseFacts, now: Instant): CaseDecision {
  if (isCycleOver(ladder, facts, dayOf(now, facts.hours.timeZone))) return closing(facts, now);
  if (anchorOf(inQuestion(facts, now)) === null) return waitForInvoiceHold(facts, now);

  const pending = facts.written.find((letter) => pendingStates.includes(letter.state));
  if (pending !== undefined) return waitForLetter(pending, facts, now);

  const first = decideFirstReminder(ladder, facts, now);
  if (first?.kind === 'write') return first;
  const next = decideNextStep(ladder, facts, now);
  return first !== null && next.kind === 'wait' ? { ...next, until: sooner(first.until, next.until) } : next;
}

function decideNextStep(ladder: readonly LadderStep[], facts: CaseFacts, now: Instant): Decided {
  const step = nextStep(ladder, facts, now);
  if (step === undefined) return wait('ladder-done', null, { code: 'ladder-done' });
  return stoppedByOwner(step, facts) ?? decideStep(ladder, step, facts, now);
}

/** Of a case that is not over. */
type Decided = Exclude<CaseDecision, { kind: 'close' }>;

/** The debts a decision is about: the overdue ones, or before the due date all, less those that are held. */
function inQuestion(facts: CaseFacts, now: Instant): Debt[] {
  const live = withoutHeldInvoices(facts, now);
  const today = dayOf(now, facts.hours.timeZone);
  return overdueDebts(facts.debts, today).length > 0 ? overdueDebts(live, today) : live;
}

function sooner(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/**
 * Money that falls overdue while the ladder is past its reminder gets a reminder of its own: the first letter about any
 * debt lets the client save face, and what hurts names only what was asked for before.
 * @returns null when there is no such money
 */
function decideFirstReminder(ladder: readonly LadderStep[], facts: CaseFacts, now: Instant): Decided | null {
  const step = firstReminder(ladder, facts);
  if (step === undefined || candidates(ladder, step, facts, now).length === 0) return null;
  return decideStep(ladder, step, facts, now);
}

/** The reminder of the ladder, once the cycle is past it; before that it goes to all by itself. */
function firstReminder(ladder: readonly LadderStep[], facts: Pick<CaseFacts, 'written'>): LadderStep | undefined {
  const index = reminderIndex(ladder);
  return index >= 0 && position(ladder, facts) >= index ? ladder[index] : undefined;
}

function reminderIndex(ladder: readonly LadderStep[]): number {
  return ladder.findIndex((step) => !isAboveReminder(step) && !isBeforeDue(step));
}

function position(ladder: readonly LadderStep[], { written }: Pick<CaseFacts, 'written'>): number {
  return positionOf(ladder, climbing(written));
}

function sentOf(written: readonly WrittenStep[]): WrittenStep[] {
  return written.filter((letter) => wasSent(letter.state));
}

/**
 * The letters that went up the ladder, the oldest first. Not a reminder while the ladder was further on: of nothing but
 * money that no letter had named, or, sent once more, of more than was asked for.
 */
function climbing(written: readonly WrittenStep[]): WrittenStep[] {
  const known = new Set<number>();
  const steps = new Set<string>();
  let isBegun = false;
  return sentOf(written)
    .toSorted((a, b) => ((a.sentOn ?? '') < (b.sentOn ?? '') ? -1 : (a.sentOn ?? '') > (b.sentOn ?? '') ? 1 : 0))
    .filter((letter) => {
      const isFresh = !letter.named.some((id) => known.has(id)) || steps.has(letter.step);
      const isExtra = isBegun && isFresh && letter.effect === 'none' && letter.kind === 'payment-reminder';
      for (const id of letter.named) known.add(id);
      steps.add(letter.step);
      isBegun ||= !letter.upcoming;
      return !isExtra;
    });
}

/** One of the letters asked for all of it: it has not become more since, by a correction or the end of a dispute. */
function isAskedWhole(letters: readonly WrittenStep[], { instalmentId, openCents, paidCents = 0 }: Debt): boolean {
  return letters.some((letter) => askedUpTo(letter, instalmentId) >= openCents + paidCents);
}

/** What a letter asked for of an instalment, what was paid of it then included. */
function askedUpTo({ named, upTo }: Pick<WrittenStep, 'named' | 'upTo'>, instalmentId: number): number {
  return named.includes(instalmentId) ? (upTo?.get(instalmentId) ?? Infinity) : 0;
}

/** Not, or not all of it, asked for yet in this cycle, nor in a letter that the owner dropped or that was refused. */
function unnamed(facts: Pick<CaseFacts, 'written'>, debts: readonly Debt[]): Debt[] {
  const isKnown = ({ state, droppedBy }: WrittenStep) => wasSent(state) || state === 'failed' || droppedBy === 'owner';
  const known = facts.written.filter(isKnown);
  return debts.filter((debt) => !isAskedWhole(known, debt));
}

/**
 * The instalments whose payment ends a cycle: once a letter has left that hurts, those that such letters named, for that
 * letter says that the work goes on when they are paid; before, all that was asked for.
 */
export function decisive(letters: readonly { effect: LetterEffect; named: readonly number[] }[]): Set<number> {
  return new Set(deciding(letters).flatMap((letter) => letter.named));
}

function deciding<AnyLetter extends { effect: LetterEffect }>(letters: readonly AnyLetter[]): readonly AnyLetter[] {
  const hurting = letters.filter((letter) => letter.effect !== 'none');
  return hurting.length > 0 ? hurting : letters;
}

/**
 * What is still open of all that the letters asked for which decide about the cycle. An invoice that became more since
 * is owed in this cycle up to the sum that was asked for; the rest is another matter, with a reminder of its own.
 */
export function owedStill({ debts, written }: Pick<CaseFacts, 'debts' | 'written'>): Debt[] {
  const letters = deciding(sentOf(written));
  return debts.filter(
    ({ instalmentId, openCents, paidCents = 0 }) =>
      openCents > 0 && letters.some((letter) => askedUpTo(letter, instalmentId) > paidCents),
  );
}

/**
 * Over: nothing is overdue (nor waited for before its due date), or all that decides about the cycle is settled. What
 * else is overdue then has a cycle of its own, which begins with the reminder, or with the one that it has had already.
 */
export function isCycleOver(
  ladder: readonly LadderStep[],
  facts: Pick<CaseFacts, 'debts' | 'written'>,
  today: LocalDay,
): boolean {
  const hasAsked = sentOf(facts.written).some((letter) => letter.named.length > 0);
  if (hasAsked && owedStill(facts).length === 0) return true;
  return overdueDebts(facts.debts, today).length === 0 && !isWaitingForDueDate(ladder, facts, today);
}

function decideStep(ladder: readonly LadderStep[], step: LadderStep, facts: CaseFacts, now: Instant): Decided {
  const zone = facts.hours.timeZone;
  const ripe = ripeness(ladder, step, facts, now);
  if (ripe === null) return waitForInvoiceHold(facts, now);
  const opening = nextWorkingOpening(facts.hours, latest(now, at(ripe.day, 0, zone)));
  const because = stepDue(ladder, step, { facts, ripe, now });

  const stop = holdEffect(caseHolds(facts), 'dunning', now, facts.hours.timeZone);
  if (stop !== null && (stop.until === null || stop.until > opening || opening <= now)) {
    return wait('hold', stop.until, waits(step, stop.why));
  }
  // said at once: until its day nobody would know why a pause goes on for a trifle
  const trifle = trifleOf(ladder, step, facts, now);
  if (trifle !== null) return trifle;
  const openingDay = dayOf(opening, zone);
  const today = dayOf(now, zone);
  const isMissed = openingDay > today && missesOpening(facts.bell, opening, facts.hours);
  if (openingDay > today && !(isMissed && ripe.day <= today)) {
    const lookOn = isMissed ? ripe.day : openingDay;
    return waitForDay(step, { day: ripe.day, openingDay, lookOn, because, now, hours: facts.hours });
  }

  const gate = gates(ladder, step, facts, now);
  if (gate !== null) return gate;
  const approval = approvalOf(step, facts, now);
  if (approval === 'auto' && facts.lastLetterToClientOn !== null && facts.lastLetterToClientOn >= openingDay) {
    return wait('mail-today', startOfTomorrow(facts, now), waits(step, { code: 'mail-today' }));
  }
  return { kind: 'write', step, notBefore: opening, approval, why: { ...because, asks: asksFirst(step, facts, now) } };
}

/** When a step may go, and for the sake of which due date. */
interface Ripeness {
  day: LocalDay;
  anchor: LocalDay;
  /** the letter that it follows */
  previous: LocalDay | null;
  /** when money came to be open again after which it counts anew; null when it counts from its due date */
  backOn: LocalDay | null;
}

/** The first day on which the step may ask for one of its debts; null when there is none. */
function ripeness(ladder: readonly LadderStep[], step: LadderStep, facts: CaseFacts, now: Instant): Ripeness | null {
  const isExtra = step === firstReminder(ladder, facts);
  const previous = isExtra ? null : previousSentOn(facts);
  const each = candidates(ladder, step, facts, now).map((debt) => ripeFor(step, debt, { facts, previous, isExtra }));
  return each.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.anchor < b.anchor ? -1 : 1))[0] ?? null;
}

/** The debts that a step may ask for at all, ripe or not. */
function candidates(
  ladder: readonly LadderStep[],
  step: LadderStep,
  facts: Pick<CaseFacts, 'debts' | 'holds' | 'hours' | 'written'>,
  now: Instant,
): Debt[] {
  const live = withoutHeldInvoices(facts, now).filter((debt) => debt.openCents > 0);
  if (isBeforeDue(step)) return live;
  const today = dayOf(now, facts.hours.timeZone);
  if (step === firstReminder(ladder, facts)) return unnamed(facts, live);
  const overdue = overdueDebts(facts.debts, today).length > 0 ? overdueDebts(live, today) : live;
  if (!isAfterReminder(ladder, step, facts)) return overdue;
  const left = sentOf(facts.written);
  return overdue.filter((debt) => isAskedWhole(left, debt));
}

/** It hurts, and a reminder went before it, or could have. */
function isAfterReminder(ladder: readonly LadderStep[], step: LadderStep, facts: Pick<CaseFacts, 'written'>): boolean {
  return isAboveReminder(step) && reminderIndex(ladder) >= 0 && sentOf(facts.written).length > 0;
}

function ripeFor(
  step: LadderStep,
  debt: Debt,
  { facts, previous, isExtra }: { facts: CaseFacts; previous: LocalDay | null; isExtra: boolean },
): Ripeness {
  const backOn = debt.backAt === undefined ? null : dayOf(debt.backAt, facts.hours.timeZone);
  const isAbove = isAboveReminder(step) && !isExtra;
  const lastNamed = isAbove ? lastNaming(facts, debt) : undefined;
  const again = backOn === null ? null : addDays(backOn, Math.max(1, step.afterPreviousDays));
  const days = [addDays(debt.dueOn, step.afterDays), ...(again === null ? [] : [again])];
  for (const letter of [isExtra ? undefined : lastOf(climbing(facts.written)), lastNamed])
    if (letter !== undefined) days.push(afterLetter(step, letter, facts));
  if (facts.askedUntil !== undefined && facts.askedUntil !== null) days.push(addDays(facts.askedUntil, 1));
  const day = days.toSorted().at(-1) as LocalDay;
  const counts = backOn !== null && again === day && (previous === null || backOn >= previous);
  return { day, anchor: debt.dueOn, previous, backOn: counts ? backOn : null };
}

function lastNaming(facts: Pick<CaseFacts, 'written'>, debt: Debt): WrittenStep | undefined {
  return lastOf(sentOf(facts.written).filter((letter) => letter.named.includes(debt.instalmentId)));
}

/** Of those that left, the one that left last. */
function lastOf(letters: readonly WrittenStep[]): WrittenStep | undefined {
  const left = letters.filter((letter) => letter.sentOn !== null);
  return left.toSorted((a, b) => ((a.sentOn as LocalDay) < (b.sentOn as LocalDay) ? -1 : 1)).at(-1);
}

/** The first day on which a step may follow a letter that left. */
function afterLetter(step: LadderStep, { kind, sentOn }: WrittenStep, { hours, debtor }: CaseFacts): LocalDay {
  return earliestAfter(step, { on: sentOn as LocalDay, termDays: leastTermDays(kind, debtor) }, hours);
}

function waitForDay(
  step: LadderStep,
  when: { day: LocalDay; openingDay: LocalDay; lookOn: LocalDay; because: StepDue; now: Instant; hours: ContactHours },
): Wait {
  const zone = when.hours.timeZone;
  const until = at(when.lookOn, 0, zone);
  if (when.day <= dayOf(when.now, zone)) {
    return wait('closed-hours', until, { code: 'hours-open-on', day: when.openingDay, because: when.because });
  }
  const { day, openingDay, because } = when;
  const movedTo = openingDay > day ? openingDay : null;
  return wait('not-yet', until, { code: 'step-goes-on', step: step.name, day, movedTo, because });
}

function gates(ladder: readonly LadderStep[], step: LadderStep, facts: CaseFacts, now: Instant): Wait | null {
  const tomorrow = startOfTomorrow(facts, now);
  const listed = listedDebts(ladder, step, facts, now);
  const little = tooLittle(listed, facts);
  if (little !== null) return waitForMore(step, { little, listed, facts, now });
  if (hasSurplus(facts)) return wait('surplus', tomorrow, waits(step, { code: 'surplus-came' }));
  if (facts.ownerOwesSince !== null) {
    const since = dayOf(facts.ownerOwesSince, facts.hours.timeZone);
    return wait('owner-owes', tomorrow, waits(step, { code: 'answer-owed', since }));
  }
  return facts.paymentsStale ? wait('payments-stale', tomorrow, waits(step, { code: 'payments-stale' })) : null;
}

/** All that the step could ask for some day is not worth a letter. Before a due date nothing is a trifle yet. */
function trifleOf(ladder: readonly LadderStep[], step: LadderStep, facts: CaseFacts, now: Instant): Wait | null {
  if (isBeforeDue(step)) return null;
  const listed = candidates(ladder, step, facts, now);
  const little = tooLittle(listed, facts);
  const isOverdue = listed.every(({ dueOn }) => dueOn < dayOf(now, facts.hours.timeZone));
  return little === null || !isOverdue ? null : waitForMore(step, { little, listed, facts, now });
}

/** Until something happens, or more of the client falls overdue, with which it is asked for. */
function waitForMore(
  step: LadderStep,
  { little, listed, facts, now }: { little: Reason; listed: readonly Debt[]; facts: CaseFacts; now: Instant },
): Wait {
  const zone = facts.hours.timeZone;
  const today = dayOf(now, zone);
  const later = facts.debts.filter((debt) => debt.openCents > 0 && debt.dueOn >= today).map(({ dueOn }) => dueOn);
  const next = later.toSorted()[0];
  const until = next === undefined ? null : at(addDays(next, 1), 0, zone);
  return { ...wait('too-little', until, waits(step, little)), little: listed };
}

function waits({ name }: LadderStep, because: Reason): Reason {
  return { code: 'step-waits', step: name, because };
}

/** Money that stands on another invoice may be the very money that is asked for. */
function hasSurplus({ surplusCents = 0, leastCents = 0 }: Pick<CaseFacts, 'surplusCents' | 'leastCents'>): boolean {
  return surplusCents > 0 && surplusCents >= leastCents;
}

/** Why a sum is not worth a letter; null when it is. */
function tooLittle(debts: readonly Debt[], { leastCents = 0 }: Pick<CaseFacts, 'leastCents'>): Reason | null {
  const [first] = debts;
  const cents = debts.reduce((sum, debt) => sum + debt.openCents, 0);
  if (first === undefined || cents >= leastCents) return null;
  return { code: 'too-little', sum: { cents, currency: first.currency } };
}

function wait(code: WaitCode, until: Instant | null, why: Reason): Wait {
  return { kind: 'wait', code, until, why };
}

/** The step that follows the last one sent, less those before the due date that can no longer go before it. */
function nextStep(ladder: readonly LadderStep[], facts: CaseFacts, now: Instant): LadderStep | undefined {
  const anchor = anchorOf(inQuestion(facts, now)) as LocalDay;
  return ladder
    .slice(position(ladder, facts) + 1)
    .find((step) => !isBeforeDue(step) || fitsBeforeDue(step, facts, anchor, now));
}

function fitsBeforeDue(step: LadderStep, facts: CaseFacts, anchor: LocalDay, now: Instant): boolean {
  const zone = facts.hours.timeZone;
  const day = stepDay(step, { anchor, previous: previousSentOn(facts), hours: facts.hours });
  return dayOf(nextWorkingOpening(facts.hours, latest(now, at(day, 0, zone))), zone) <= anchor;
}

function stoppedByOwner(step: LadderStep, facts: CaseFacts): Wait | null {
  const letter = facts.written.find((written) => written.step === step.name && !wasSent(written.state));
  if (letter?.state === 'dropped' && letter.droppedBy === 'owner') {
    return wait('dropped-by-owner', null, { code: 'you-dropped-step', step: step.name });
  }
  if (letter?.state === 'failed') return wait('failed', null, { code: 'step-refused', step: step.name });
  const because = endedWhy(step, facts);
  if (because === null) return null;
  return wait('client-ended', null, { code: 'step-meaningless', step: step.name, because });
}

/** Nothing is paused or ended that has ended, or is about to. */
function endedWhy(step: LadderStep, facts: CaseFacts): Reason | null {
  if (step.effect === 'none') return null;
  if (facts.clientState === 'ended') return { code: 'work-ended' };
  return facts.endAnnounced === true ? { code: 'end-announced' } : null;
}

function waitForLetter(letter: WrittenStep, facts: CaseFacts, now: Instant): Wait {
  if (letter.state === 'unsure') {
    return wait('unsure', startOfTomorrow(facts, now), { code: 'letter-in-doubt', step: letter.step });
  }
  // whatever becomes of it has the case looked at
  return wait('pending', null, { code: 'letter-pending', step: letter.step, state: letter.state });
}

/** Over, unless it cannot be known whether a pause left, or what is left is disputed. */
function closing(facts: CaseFacts, now: Instant): CaseDecision {
  const pauses = facts.written.filter((letter) => letter.effect === 'pause');
  const doubtful = pauses.find((letter) => letter.state === 'sending' || letter.state === 'unsure');
  if (doubtful !== undefined) return waitForLetter(doubtful, facts, now);
  const dispute = facts.holds.find((hold) => hold.reason === 'dispute' && isHolding(hold, now));
  if (dispute !== undefined) return wait('hold', dispute.until, { code: 'rest-disputed' });

  const settlement = facts.settlement ?? nothingAsked;
  const said = closingOf({
    settlement,
    isPaused: facts.clientState === 'paused' && pauses.some((letter) => wasSent(letter.state)),
    otherCasePaused: facts.otherCasePaused === true,
    clientState: facts.clientState,
    endAnnounced: facts.endAnnounced === true,
    leastCents: facts.leastCents ?? 0,
    thanks: facts.thankForPayment === true,
  });
  return { kind: 'close', how: settlement.how, closing: said, why: said.why };
}

/**
 * Before the due date a case lives only for its pre-due steps: one has come, or was sent about a debt that is still
 * open. Once a letter about overdue money was sent, the cycle is about that.
 */
function isWaitingForDueDate(
  ladder: readonly LadderStep[],
  facts: Pick<CaseFacts, 'debts' | 'written'>,
  today: LocalDay,
): boolean {
  const anchor = anchorOf(facts.debts);
  if (anchor === null) return false;
  const sent = sentOf(facts.written);
  if (sent.length > 0) return sent.every((letter) => letter.upcoming);
  return ladder.some((step) => isBeforeDue(step) && addDays(anchor, step.afterDays) <= today);
}

function anchorOf(debts: readonly Debt[]): LocalDay | null {
  return debts.reduce<LocalDay | null>(
    (earliestDay, debt) =>
      debt.openCents > 0 && (earliestDay === null || debt.dueOn < earliestDay) ? debt.dueOn : earliestDay,
    null,
  );
}

function previousSentOn(facts: CaseFacts): LocalDay | null {
  const days = climbing(facts.written).flatMap((letter) => letter.sentOn ?? []);
  return days.toSorted().at(-1) ?? null;
}

function stepDay(
  step: LadderStep,
  { anchor, previous, hours }: { anchor: LocalDay; previous: LocalDay | null; hours: ContactHours },
): LocalDay {
  const byDue = addDays(anchor, step.afterDays);
  if (previous === null) return byDue;
  const byPrevious = earliestAfter(step, { on: previous, termDays: 0 }, hours);
  return byDue > byPrevious ? byDue : byPrevious;
}

/** Midnight of the next local day: when a wait that hangs on other facts is looked at again. */
export function startOfTomorrow({ hours }: { hours: ContactHours }, now: Instant): Instant {
  const zone = hours.timeZone;
  return at(addDays(dayOf(now, zone), 1), 0, zone);
}

function isAboveReminder(step: LadderStep): boolean {
  return step.effect !== 'none' || step.letter !== 'payment-reminder';
}

function approvalOf(step: LadderStep, facts: CaseFacts, now: Instant): Approval {
  if (step.effect === 'terminate' || facts.reviewMode || openQuestion(facts, now) !== undefined) return 'ask';
  return facts.longGap && isAboveReminder(step) ? 'ask' : step.approval;
}

/** A hold that came by mail has ended, and the owner has not decided what it meant. */
function openQuestion({ holds }: Pick<CaseFacts, 'holds'>, now: Instant): Hold | undefined {
  return openQuestionFor(holds, 'dunning', now);
}

function asksFirst(step: LadderStep, facts: CaseFacts, now: Instant): AsksFirst | null {
  if (approvalOf(step, facts, now) === 'auto') return null;
  const question = openQuestion(facts, now);
  if (question !== undefined) return { how: 'question', hold: question.reason };
  if (facts.longGap && isAboveReminder(step)) return { how: 'long-gap' };
  return { how: step.effect === 'terminate' || step.approval === 'ask' ? 'always' : 'review' };
}

function stepDue(
  ladder: readonly LadderStep[],
  step: LadderStep,
  { facts, ripe, now }: { facts: CaseFacts; ripe: Ripeness; now: Instant },
): StepDue {
  const { anchor, previous, backOn } = ripe;
  const today = dayOf(now, facts.hours.timeZone);
  return {
    code: 'step-due',
    step: step.name,
    afterDays: step.afterDays,
    dueOn: anchor,
    gapDays: Math.max(1, step.afterPreviousDays),
    previousOn: previous,
    backOn,
    goesFirst: ladder.slice(ladder.indexOf(step) + 1).some((later) => addDays(anchor, later.afterDays) <= today),
    asks: null,
  };
}

// Holds

/** Holds that stop the whole case. A dispute of one invoice does not: its amount is already out of the debts. */
function caseHolds(facts: CaseFacts): Hold[] {
  return facts.holds.filter((hold) => hold.scope !== 'invoice');
}

function invoiceHolds(facts: Pick<CaseFacts, 'holds'>): Hold[] {
  return facts.holds.filter((hold) => hold.scope === 'invoice' && hold.reason !== 'dispute');
}

function withoutHeldInvoices(facts: Pick<CaseFacts, 'debts' | 'holds'>, now: Instant): Debt[] {
  const held = new Set(
    invoiceHolds(facts)
      .filter((hold) => isHolding(hold, now))
      .map((hold) => hold.scopeId),
  );
  return facts.debts.filter((debt) => !held.has(debt.invoiceId));
}

/** Every invoice in question is held on its own: look again when the first of those holds ends. */
function waitForInvoiceHold(facts: CaseFacts, now: Instant): Wait {
  const active = invoiceHolds(facts).filter((hold) => isHolding(hold, now));
  const ends = active.flatMap((hold) => hold.until ?? []);
  const stop = holdEffect(active, 'dunning', now, facts.hours.timeZone);
  const until = ends.length === 0 ? null : (Math.min(...ends) as Instant);
  return wait('hold', until, stop?.why ?? { code: 'invoices-held' });
}

/** 'hold-asks': it stops no longer, and the owner is asked what it meant. */
export type HoldTold = Extract<
  Told,
  { code: 'promise-broken' | 'promise-kept' | 'promise-lapsed' | 'hold-ended' | 'hold-asks' }
>;

export interface ExpiryFacts {
  client: ClientNamed;
  debts: readonly Debt[];
  /** what is disputed of the same invoices */
  disputed?: readonly Sum[];
  /** a payment for one of them was recorded since the hold was put */
  cameSince?: boolean;
  timeZone: TimeZone;
  /** it asks although its reason alone would not: one of a row */
  asks?: boolean;
}

/**
 * An expired hold speaks up: what to tell the owner about one whose end has passed and that nobody has ended.
 * `debts` are those the hold was about. Null while it still stops, or when it was ended already.
 */
export function expiredHoldNotice(hold: Hold, facts: ExpiryFacts, now: Instant): HoldTold | null {
  if (hold.endedAt !== null || hold.until === null || now < hold.until) return null;
  const { client, disputed = [] } = facts;
  const on = lastDayOf(hold.until, facts.timeZone);
  const open = openByCurrency(facts.debts);
  const numbers = [...new Set(facts.debts.map((debt) => debt.number))];
  if (hold.reason === 'promise' && open.length > 0) return { code: 'promise-broken', client, on, open, numbers };
  if (hold.reason === 'promise') {
    const { cameSince: came = false } = facts;
    const isKept = came && disputed.length === 0;
    return isKept ? { code: 'promise-kept', client, on } : { code: 'promise-lapsed', client, on, disputed, came };
  }
  const { reason, messageId } = hold;
  if (open.length === 0 || !(endsInQuestion(hold) || facts.asks === true))
    return { code: 'hold-ended', client, on, reason, open, disputed };
  return { code: 'hold-asks', client, on, reason, open, about: { clientId: client.id, numbers, messageId } };
}

// Before it leaves

/**
 * What a letter of the ladder lists on the day it leaves. A reminder: everything overdue that is not held on its own (one
 * that follows later: what no letter named); a step above it: what was asked for before, long enough ago; a step on or
 * before the due date: what falls due within its days.
 */
export function listedDebts(ladder: readonly LadderStep[], step: LadderStep, facts: CaseFacts, now: Instant): Debt[] {
  const today = dayOf(now, facts.hours.timeZone);
  const all = candidates(ladder, step, facts, now);
  if (isBeforeDue(step)) return all.filter((debt) => debt.dueOn <= addDays(today, -step.afterDays));
  const isExtra = step === firstReminder(ladder, facts);
  if (!isExtra && !isAfterReminder(ladder, step, facts)) return all;
  const previous = isExtra ? null : previousSentOn(facts);
  const own = all.filter((debt) => {
    const { day } = ripeFor({ ...step, afterDays: isExtra ? step.afterDays : 1 }, debt, { facts, previous, isExtra });
    return day <= today;
  });
  return own;
}

export interface WrittenDunning {
  letterId: number;
  step: string;
  /** as listed when it was written */
  debts: readonly { instalmentId: number; openCents: number }[];
  /** when the owner approved it; null for one that goes by itself */
  approvedAt: Instant | null;
  createdAt: Instant;
}

export interface SendFacts extends CaseFacts {
  ladder: readonly LadderStep[];
  /** when the daemon last came back after more than two days without a pass; null when it never was away */
  gapEndedAt: Instant | null;
}

/**
 * `drop`: the system takes it back, the ladder may write it again; `hold`: wait until then (null: until something
 * happens); `rewrite`: the sums changed, write it anew (an approval was for the old text); `ask`: approve it afresh.
 */
export type StillWanted =
  | { wanted: true }
  | {
      wanted: false;
      outcome: 'drop' | 'hold' | 'rewrite' | 'ask';
      until: Instant | null;
      why: Reason;
      /** it waits for the owner to record or confirm payments */
      paymentsStale?: true;
    };

/** How old an approval may be when the daemon comes back after a long gap. */
export const approvalLastsMs = 2 * dayMs;

/**
 * The look before SMTP, in the transaction that claims the letter: is it still owed, still due, not held, in hours,
 * and does it still say the right sums? `facts.written` may hold the letter itself.
 */
export function stillWantedDunning(letter: WrittenDunning, facts: SendFacts, now: Instant): StillWanted {
  const { ladder } = facts;
  const step = ladder.find((one) => one.name === letter.step);
  if (step === undefined) return not('drop', null, { code: 'step-gone', step: letter.step });
  const others = { ...facts, written: facts.written.filter((written) => written.letterId !== letter.letterId) };
  return (
    dropReason(step, others, now) ??
    unlessNeverOpen(
      () => untilOpening(holdReason(others, now), facts.hours),
      (why) => not('hold', startOfTomorrow(facts, now), why),
    ) ??
    staleApproval(step, letter, facts) ??
    undecided(letter, facts, now) ??
    changedSums(letter, listedDebts(ladder, step, others, now)) ?? { wanted: true }
  );
}

type Unwanted = Extract<StillWanted, { wanted: false }>;

function not(outcome: Unwanted['outcome'], until: Instant | null, why: Reason): Unwanted {
  return { wanted: false, outcome, until, why };
}

function dropReason(step: LadderStep, facts: SendFacts, now: Instant): Unwanted | null {
  const { ladder } = facts;
  const today = dayOf(now, facts.hours.timeZone);
  const overdue = overdueDebts(facts.debts, today);
  if (isBeforeDue(step) && overdue.length > 0) return not('drop', null, { code: 'due-day-passed' });
  if (anchorOf(isBeforeDue(step) ? facts.debts : overdue) === null)
    return not('drop', null, { code: 'nothing-overdue' });
  if (isCycleOver(ladder, facts, today)) return not('drop', null, { code: 'asked-is-settled' });
  const ended = endedWhy(step, facts);
  if (ended !== null) return not('drop', null, ended);
  if (!isDue(ladder, step, facts)) return not('drop', null, { code: 'step-sent', step: step.name });
  const ripe = ripeness(ladder, step, { ...facts, holds: [] }, now);
  if (ripe === null) return not('drop', null, { code: 'none-of-it-overdue' });
  if (ripe.day > today) return not('drop', null, { code: 'due-later', day: ripe.day });
  const little = tooLittle(listedDebts(ladder, step, facts, now), facts);
  return little === null ? null : not('drop', null, little);
}

/** The ladder of today would send this step next, or as a first reminder. */
function isDue(ladder: readonly LadderStep[], step: LadderStep, facts: CaseFacts): boolean {
  return step === firstReminder(ladder, facts) || ladder.indexOf(step) > position(ladder, facts);
}

function holdReason(facts: CaseFacts, now: Instant): Unwanted | null {
  const stop = holdEffect(caseHolds(facts), 'dunning', now, facts.hours.timeZone);
  if (stop !== null) return not('hold', stop.until, stop.why);
  const today = dayOf(now, facts.hours.timeZone);
  if (anchorOf(withoutHeldInvoices(facts, now)) === null || isOnlyHeldOverdue(facts, today, now)) {
    const { until, why } = waitForInvoiceHold(facts, now);
    return not('hold', until, why);
  }
  if (hasSurplus(facts)) return not('hold', startOfTomorrow(facts, now), { code: 'surplus-came' });
  if (facts.ownerOwesSince !== null)
    return not('hold', startOfTomorrow(facts, now), { code: 'answer-owed', since: null });
  if (facts.paymentsStale)
    return { ...not('hold', startOfTomorrow(facts, now), { code: 'payments-stale' }), paymentsStale: true };
  const opening = nextWorkingOpening(facts.hours, now);
  return opening > now ? not('hold', opening, { code: 'outside-hours' }) : null;
}

/** A hold may end at midnight; the letter leaves when the studio is open, and says so on the screen. */
function untilOpening(unwanted: Unwanted | null, hours: ContactHours): Unwanted | null {
  if (unwanted === null || unwanted.until === null) return unwanted;
  return { ...unwanted, until: nextWorkingOpening(hours, unwanted.until) };
}

function isOnlyHeldOverdue(facts: CaseFacts, today: LocalDay, now: Instant): boolean {
  return (
    overdueDebts(facts.debts, today).length > 0 && overdueDebts(withoutHeldInvoices(facts, now), today).length === 0
  );
}

function staleApproval(step: LadderStep, letter: WrittenDunning, facts: SendFacts): Unwanted | null {
  if (facts.gapEndedAt === null || !isAboveReminder(step)) return null;
  const fresh = letter.approvedAt !== null && letter.approvedAt >= facts.gapEndedAt - approvalLastsMs;
  if (fresh || (letter.approvedAt === null && letter.createdAt >= facts.gapEndedAt)) return null;
  return not('ask', null, { code: 'decided-long-ago', step: step.name });
}

/** Written before a hold that has ended since: it goes by the owner's word alone, given with the question before her. */
function undecided(letter: WrittenDunning, facts: SendFacts, now: Instant): Unwanted | null {
  const question = openQuestion(facts, now);
  if (question === undefined) return null;
  if (letter.approvedAt !== null && letter.approvedAt >= question.createdAt) return null;
  return not('ask', null, { code: 'nobody-decided', hold: question.reason });
}

function changedSums(letter: WrittenDunning, listed: readonly Debt[]): Unwanted | null {
  if (fingerprint(letter.debts) === fingerprint(listed)) return null;
  return not('rewrite', null, { code: 'sums-changed' });
}

function fingerprint(debts: readonly { instalmentId: number; openCents: number }[]): string {
  return debts
    .map((debt) => `${debt.instalmentId}:${debt.openCents}`)
    .toSorted()
    .join(' ');
}
