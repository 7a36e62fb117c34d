/**
 * What would leave in the coming days, and what holds the rest back: the daemon's own passes, run on a private copy of
 * the database while a clock is turned. Nothing is written to the real one and nothing is sent.
 */
import { HandClock } from '../clock.ts';
import type { Letters } from '../letters/library.ts';
import type { Log } from '../log.ts';
import { overdueDebts } from '../rules/dunning.ts';
import { debtsOf, type Invoice } from '../rules/invoice.ts';
import { isDue, nextRing } from '../rules/job-times.ts';
import { type Letter, type LetterKind, letterKinds, needsApproval } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import { dayMs, dayOf, earliest, type Instant, latest, minuteMs, plus } from '../rules/time.ts';
import { listCases } from '../store/cases.ts';
import { clientName } from '../store/clients.ts';
import type { Reader, Store } from '../store/database.ts';
import { listInvoices } from '../store/invoices.ts';
import { approve } from '../store/outbox.ts';
import { approvalsDue, nextMove, sentSince, waitingForApproval } from '../store/outbox-queue.ts';
import { pausedNow } from '../store/pause.ts';
import { lastRun } from '../store/runs.ts';
import { subjectOn } from './exit.ts';
import { pass } from './pass.ts';
import { quietCourier, quietMailbox } from './quiet-network.ts';
import { standing } from './standing-money.ts';
import type { Reason } from '../rules/reason.ts';

export interface PlanParts {
  store: Store;
  settings: Settings;
  letters: Letters;
  log: Log;
  /** names of the configured mailboxes */
  mailboxes: readonly string[];
}

export interface PlannedLetter {
  at: Instant;
  client: string;
  kind: LetterKind;
  recipient: string;
  subject: string;
  /** it would leave only after the owner's approval */
  needsApproval: boolean;
  why: Reason;
}

export interface BlockedCase {
  client: string;
  currency: string;
  why: Reason;
  /** when it is looked at again; null: when something happens */
  until: Instant | null;
}

export interface Plan {
  from: Instant;
  to: Instant;
  /** why nothing leaves at all, when sending is paused */
  paused: Reason | null;
  letters: PlannedLetter[];
  /** letters that would wait for the owner at the end: approval is not assumed for them */
  waiting: PlannedLetter[];
  blocked: BlockedCase[];
}

/** Letters whose approval is assumed: all but those that end the work, which is never a matter of time. */
const assumedKinds: readonly LetterKind[] = letterKinds.filter((kind) => kind !== 'termination');

/** @param days at most 3,660 */
export async function plan(parts: PlanParts, from: Instant, days: number): Promise<Plan> {
  const store = parts.store.copyToMemory();
  try {
    return await turn(
      { ...parts, store, letters: withoutTexts(parts.letters) },
      from,
      plus(from, Math.min(days, 3660) * dayMs),
    );
  } finally {
    store.close();
  }
}

/** A plan names subjects only. */
function withoutTexts(letters: Letters): Letters {
  return { ...letters, render: (kind, reader, values) => letters.render(kind, reader, values, 'subject') };
}

async function turn(parts: PlanParts, from: Instant, to: Instant): Promise<Plan> {
  const { store } = parts;
  const clock = new HandClock(from);
  const passParts = {
    ...parts,
    clock,
    mailboxes: parts.mailboxes.map((name) => quietMailbox(store, name)),
    couriers: parts.mailboxes.map(quietCourier),
    spread: () => 0,
    unseen: true,
  };
  const assumed = new Set<number>();
  const leftBefore = new Set(store.read((r) => sentSince(r, from)).map((letter) => letter.id));
  const nextMoment = momentsOf(parts);
  let atFirst: ReadonlyMap<string, BlockedCase> | undefined;
  const isDunTime = bellOf(parts);
  for (let now = from; now <= to; now = nextMoment(now)) {
    clock.set(now);
    await pass(passParts, isDunTime(now) ? ['judge', 'dun', 'deliver'] : ['judge', 'deliver']);
    atFirst ??= store.read((r) => standingCases(r, parts.settings, now));
    if (assumeApprovals(store, now, assumed)) await pass(passParts, ['deliver']);
  }
  const turned = { from, to, last: clock.now(), assumed, leftBefore, atFirst: atFirst ?? new Map() };
  return store.read((r) => summary(r, parts, turned));
}

/** The next moment at which anything can change: the dunning job's time, a letter's, and at least once a day. */
function momentsOf({ store, settings }: PlanParts): (now: Instant) => Instant {
  let ring = Number.NEGATIVE_INFINITY as Instant;
  return (now) => {
    if (ring <= now) ring = nextRing(settings.jobs.dun, settings.owner.timeZone, now) ?? plus(now, dayMs);
    const move = store.read((r) => nextMove(r, now)) ?? ring;
    return earliest(ring, latest(move, plus(now, minuteMs)), plus(now, dayMs));
  };
}

/** The daemon's own question: has the time of the dunning job come since it last ran? */
function bellOf({ store, settings }: PlanParts): (now: Instant) => boolean {
  let last = store.read((r) => lastRun(r, 'dun')?.startedAt);
  return (now) => {
    if (!isDue(settings.jobs.dun, settings.owner.timeZone, last, now)) return false;
    last = now;
    return true;
  };
}

function assumeApprovals(store: Store, now: Instant, assumed: Set<number>): boolean {
  const waiting = store.read((r) => approvalsDue(r, assumedKinds, now));
  if (waiting.length === 0) return false;
  store.write(now, (w) => waiting.forEach((id) => approve(w, id)));
  for (const id of waiting) assumed.add(id);
  return true;
}

/** By client and currency, as `keyOf` says. */
function standingCases(r: Reader, settings: Settings, now: Instant): Map<string, BlockedCase> {
  return new Map(
    listCases(r, { state: 'open' }).map((one) => {
      const { why, lookAt } = standing(r, { settings, dunned: one }, now);
      return [keyOf(one), { client: clientName(r, one.clientId) ?? '', currency: one.currency, why, until: lookAt }];
    }),
  );
}

function keyOf({ clientId, currency }: { clientId: number; currency: string }): string {
  return `${clientId} ${currency}`;
}

/**
 * What is held back now; and all money that is overdue by the end and is in no letter: nobody's may be missing from both
 * lists, whatever keeps it.
 */
function heldBack(r: Reader, settings: Settings, facts: TurnFacts, named: readonly Letter[]): BlockedCase[] {
  const { timeZone } = settings.owner;
  const atEnd = standingCases(r, settings, facts.last);
  const written = new Set(named.flatMap(({ caseId }) => caseId ?? []));
  const inLetters = new Set(listCases(r).flatMap((one) => (written.has(one.id) ? [keyOf(one)] : [])));
  const missing = new Map<string, BlockedCase>();
  for (const invoice of listInvoices(r, { state: 'open' })) {
    const key = keyOf(invoice);
    if (inLetters.has(key) || facts.atFirst.has(key) || missing.has(key)) continue;
    if (overdueDebts(debtsOf(invoice), dayOf(facts.last, timeZone)).length === 0) continue;
    missing.set(key, atEnd.get(key) ?? undecided(r, invoice));
  }
  return [...facts.atFirst.values(), ...missing.values()];
}

function undecided(r: Reader, { clientId, currency }: Invoice): BlockedCase {
  const client = clientName(r, clientId) ?? '';
  return { client, currency, why: { code: 'not-decided' }, until: null };
}

interface TurnFacts {
  from: Instant;
  to: Instant;
  /** when the last pass was */
  last: Instant;
  assumed: Set<number>;
  /** really left, in the second in which the plan begins */
  leftBefore: Set<number>;
  /** what was held back at the beginning */
  atFirst: ReadonlyMap<string, BlockedCase>;
}

function summary(r: Reader, parts: PlanParts, facts: TurnFacts): Plan {
  const planned = (letter: Letter, at: Instant): PlannedLetter => ({
    at,
    client: (letter.clientId === null ? undefined : clientName(r, letter.clientId)) ?? letter.recipient,
    kind: letter.kind,
    recipient: letter.recipient,
    subject: letter.subject,
    needsApproval: facts.assumed.has(letter.id) || needsApproval(letter),
    why: letter.why,
  });
  // Moments in the database have no fraction of a second: what leaves at once would seem to have left before.
  const sent = sentSince(r, facts.from).filter((letter) => letter.sentAt !== null && !facts.leftBefore.has(letter.id));
  const left = sent.map((letter) => planned(letter, letter.sentAt as Instant)).toSorted((a, b) => a.at - b.at);
  // What waits at the end is read: it says the days as of then.
  const held = waitingForApproval(r);
  const waiting = held.map((letter) =>
    planned({ ...letter, subject: subjectOn(r, parts, letter, facts.last) }, letter.notBefore),
  );
  return {
    from: facts.from,
    to: facts.to,
    paused: pausedNow(r, facts.from)?.why ?? null,
    letters: left,
    waiting,
    blocked: heldBack(r, parts.settings, facts, [...sent, ...held]),
  };
}
