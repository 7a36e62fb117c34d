/**
 * What the owner has asked a client for: when to nudge, and what the silence costs in days.
 * A client who does not answer delays himself; the nudge says so. Writes no letter and reads no clock.
 */
import { nextWorkingDay, nextWorkingOpening } from './contact-hours.ts';
import { type Bell, missesOpening } from './job-times.ts';
import { startOfTomorrow, unlessNeverOpen, wasSent } from './dunning.ts';
import type { ContactHours } from './contact-hours.ts';
import type { Approval, LetterState } from './letter.ts';
import { addDays, at, dayOf, daysBetween, latest } from './time.ts';
import type { Instant, LocalDay } from './time.ts';
import type { Reason } from './reason.ts';
import type { Coded, NoFacts } from './coded.ts';

export interface NudgeStep {
  /** unique in its ladder; part of the letter's key */
  name: string;
  letter: 'nudge-kind' | 'nudge-firm';
  /** calendar days after the due day for the first, after the real sending of the one before for the others */
  afterDays: number;
}

export const defaultNudgeDays: readonly number[] = [3, 7, 14];

/** The ladder of these distances in days: the first letter kind, the others firm. */
export function nudgeLadder(days: readonly number[]): NudgeStep[] {
  return days.map((afterDays, index) => ({
    name: `nudge-${index + 1}`,
    letter: index === 0 ? 'nudge-kind' : 'nudge-firm',
    afterDays,
  }));
}

/** By when a nudge of today asks for the answer: three days, and before the next nudge; on a working day. */
export function replyByDay(
  ladder: readonly NudgeStep[],
  step: Pick<NudgeStep, 'name'>,
  today: LocalDay,
  hours: ContactHours,
): LocalDay {
  const next = ladder[ladder.findIndex((one) => one.name === step.name) + 1];
  const days = next === undefined ? 3 : Math.max(1, Math.min(3, next.afterDays - 1));
  return nextWorkingDay(hours, addDays(today, days));
}

export interface ClientRequest {
  id: number;
  openedAt: Instant;
  /** the day by which the client's answer was asked for */
  dueOn: LocalDay;
  /** when the owner settled it by hand; null while open */
  closedAt: Instant | null;
  /** what the client was promised to get, and when, if all goes well; null when nothing was agreed */
  deliveryOn: LocalDay | null;
}

/** A nudge of the request, as the outbox has it. */
export interface WrittenNudge {
  step: string;
  state: LetterState;
  /** local day on which it left; null while it has not */
  sentOn: LocalDay | null;
  droppedBy: 'owner' | 'system' | null;
}

export interface RequestFacts {
  request: ClientRequest;
  /** nudges of this request, as the outbox has them */
  written: readonly WrittenNudge[];
  /** the first message of a person at the client after the request, in any thread; robots do not count */
  answeredAt: Instant | null;
  /** what keeps nudges to this client (rules/hold); null when nothing does */
  held: { until: Instant | null; why: Reason } | null;
  hours: ContactHours;
  dunningOpen: boolean;
  exitNoticeRunning: boolean;
  /** when the client's oldest unanswered window passed its deadline */
  ownerOwesSince: Instant | null;
  /** the last day on which any automatic mail left to this client */
  lastLetterToClientOn: LocalDay | null;
  /** `off`: the owner writes himself; `ask` and `auto` as for any letter */
  nudges: 'off' | Approval;
  reviewMode: boolean;
  /** when the job looks; absent: in time for every opening */
  bell?: Bell;
}

export type NudgeWaitCode =
  | 'not-yet'
  | 'closed-hours'
  | 'mail-today'
  | 'pending'
  | 'dropped-by-owner'
  | 'failed'
  | 'held'
  | 'owner-owes'
  | 'dunning-open'
  | 'exit-running'
  | 'switched-off'
  | 'ladder-done';

export type NudgeDecision =
  | { kind: 'write'; step: NudgeStep; notBefore: Instant; approval: Approval; why: Reason }
  /** `until`: when to look again; null: not before something happens */
  | { kind: 'wait'; code: NudgeWaitCode; until: Instant | null; why: Reason }
  | { kind: 'close'; code: 'answered' | 'settled'; why: Reason };

/** Why a nudge goes, waits or is not wanted any more. Steps by their names in the ladder. */
export type NudgeReason = Coded<{
  /** `of`: the last nudge; null: there was none */
  'no-answer': { days: number; of: LocalDay | null; dueOn: LocalDay };
  'nudge-goes-on': { step: string; day: LocalDay; because: Reason };
  'nudges-done': NoFacts;
  'you-settled-it': NoFacts;
  'client-answered': { on: LocalDay };
  'you-dropped-nudge': { step: string };
  'nudges-off': NoFacts;
  'exit-runs': NoFacts;
  'money-asked-for': NoFacts;
}>;

/**
 * The next nudge, a wait or the end. One at a time, never two on a day, the distance counted from the real sending;
 * none while money is being asked for, an exit runs, the client is away, or he waits for the owner himself.
 */
export function decideNudge(ladder: readonly NudgeStep[], facts: RequestFacts, now: Instant): NudgeDecision {
  const ended = ending(facts);
  if (ended !== null) return ended;
  const step = ladder.find((one) =>
    facts.written.every((letter) => letter.step !== one.name || !wasSent(letter.state)),
  );
  if (step === undefined) return wait('ladder-done', null, { code: 'nudges-done' });
  return (
    standing(step, facts, now) ??
    unlessNeverOpen<NudgeDecision>(
      () => decideStep(step, facts, now),
      (why) => wait('closed-hours', startOfTomorrow(facts, now), why),
    )
  );
}

/** What the silence costs: calendar days since the due day, and the delivery that follows from them. */
export interface Delay {
  daysLost: number;
  /** the agreed delivery, later by the days lost, on a working day; null when none was agreed */
  deliveryOn: LocalDay | null;
}

/** Counted up to `until`: the day of the answer, or today. Nothing is lost before the due day has passed. */
export function delayOf(request: ClientRequest, hours: ContactHours, until: LocalDay): Delay {
  const daysLost = Math.max(0, daysBetween(request.dueOn, until));
  if (request.deliveryOn === null) return { daysLost, deliveryOn: null };
  return {
    daysLost,
    deliveryOn: daysLost === 0 ? request.deliveryOn : nextWorkingDay(hours, addDays(request.deliveryOn, daysLost)),
  };
}

export type NudgeStillWanted =
  | { wanted: true }
  | { wanted: false; outcome: 'drop' | 'hold'; until: Instant | null; why: Reason };

/** The look before SMTP: no answer yet, nothing else in the way, in hours. */
export function stillWantedNudge(facts: RequestFacts, now: Instant): NudgeStillWanted {
  const ended = ending(facts);
  if (ended !== null) return { wanted: false, outcome: 'drop', until: null, why: ended.why };
  const block = blockOf(facts, now);
  if (block !== null) return { wanted: false, outcome: 'hold', until: block.until, why: block.why };
  const opening = nextWorkingOpening(facts.hours, now);
  return opening > now
    ? { wanted: false, outcome: 'hold', until: opening, why: { code: 'outside-hours' } }
    : { wanted: true };
}

type Wait = Extract<NudgeDecision, { kind: 'wait' }>;

function wait(code: NudgeWaitCode, until: Instant | null, why: Reason): Wait {
  return { kind: 'wait', code, until, why };
}

function ending(facts: RequestFacts): Extract<NudgeDecision, { kind: 'close' }> | null {
  const { request, answeredAt, hours } = facts;
  if (request.closedAt !== null) return { kind: 'close', code: 'settled', why: { code: 'you-settled-it' } };
  if (answeredAt === null || answeredAt < request.openedAt) return null;
  return {
    kind: 'close',
    code: 'answered',
    why: { code: 'client-answered', on: dayOf(answeredAt, hours.timeZone) },
  };
}

/** What keeps the step from being written whatever the day: the owner's word, or a letter on its way. */
function standing(step: NudgeStep, facts: RequestFacts, now: Instant): Wait | null {
  const pending = facts.written.find((letter) => ['held', 'queued', 'sending', 'unsure'].includes(letter.state));
  if (pending !== undefined)
    return wait('pending', startOfTomorrow(facts, now), {
      code: 'letter-pending',
      step: pending.step,
      state: pending.state,
    });
  const own = facts.written.find((letter) => letter.step === step.name);
  if (own?.state === 'failed') return wait('failed', null, { code: 'step-refused', step: step.name });
  if (own?.state === 'dropped' && own.droppedBy === 'owner')
    return wait('dropped-by-owner', null, { code: 'you-dropped-nudge', step: step.name });
  return facts.nudges === 'off' ? wait('switched-off', null, { code: 'nudges-off' }) : null;
}

function decideStep(step: NudgeStep, facts: RequestFacts, now: Instant): NudgeDecision {
  const zone = facts.hours.timeZone;
  const { day, because } = dayFor(step, facts);
  const opening = nextWorkingOpening(facts.hours, latest(now, at(day, 0, zone)));
  const openingDay = dayOf(opening, zone);
  const isMissed = openingDay > dayOf(now, zone) && missesOpening(facts.bell, opening, facts.hours);
  if (openingDay > dayOf(now, zone) && !(isMissed && day <= dayOf(now, zone))) {
    const code = day > dayOf(now, zone) ? 'not-yet' : 'closed-hours';
    return wait(code, at(openingDay, 0, zone), {
      code: 'nudge-goes-on',
      step: step.name,
      day: openingDay,
      because,
    });
  }
  const block = blockOf(facts, now);
  if (block !== null) return block;
  const approval = facts.reviewMode || facts.nudges !== 'auto' ? 'ask' : 'auto';
  if (approval === 'auto' && facts.lastLetterToClientOn !== null && facts.lastLetterToClientOn >= openingDay) {
    const because = { code: 'mail-today' } as const;
    return wait('mail-today', startOfTomorrow(facts, now), { code: 'step-waits', step: step.name, because });
  }
  return { kind: 'write', step, notBefore: opening, approval, why: because };
}

function dayFor(step: NudgeStep, facts: RequestFacts): { day: LocalDay; because: Reason } {
  const previous = facts.written
    .filter((letter) => wasSent(letter.state))
    .flatMap((letter) => letter.sentOn ?? [])
    .toSorted()
    .at(-1);
  const from = previous ?? facts.request.dueOn;
  const days = previous === undefined ? step.afterDays : Math.max(1, step.afterDays);
  return {
    day: addDays(from, days),
    because: { code: 'no-answer', days, of: previous ?? null, dueOn: facts.request.dueOn },
  };
}

function blockOf(facts: RequestFacts, now: Instant): Wait | null {
  if (facts.exitNoticeRunning) return wait('exit-running', startOfTomorrow(facts, now), { code: 'exit-runs' });
  if (facts.dunningOpen) return wait('dunning-open', startOfTomorrow(facts, now), { code: 'money-asked-for' });
  if (facts.held !== null) return wait('held', facts.held.until, facts.held.why);
  if (facts.ownerOwesSince !== null)
    return wait('owner-owes', startOfTomorrow(facts, now), { code: 'answer-owed', since: null });
  return null;
}
