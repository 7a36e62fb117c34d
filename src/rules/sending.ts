/**
 * Decides whether a letter may leave at this moment, and how long to wait after a failed try.
 * Whether it is still wanted is the business of the rule that wrote it. Sends nothing and reads no clock.
 */
import { isOpen, nextOpening, nextWorkingOpening } from './contact-hours.ts';
import { startOfTomorrow, unlessNeverOpen } from './dunning.ts';
import type { ContactHours } from './contact-hours.ts';
import { type Approval, isAcknowledgementKind, type LetterKind } from './letter.ts';
import { hourMs, minuteMs } from './time.ts';
import type { Instant } from './time.ts';
import type { Reason } from './reason.ts';
import type { Coded, NoFacts } from './coded.ts';

export type SendingMode = 'review' | 'live';

export interface Caps {
  /** automatic mails to one client on one local day */
  perClientPerDay: number;
  /** letters of any kind on one local day */
  perDay: number;
  /** letters of any kind in one clock hour (UTC); null: no such cap */
  perHour: number | null;
}

export interface SendingFacts {
  letter: { kind: LetterKind; approval: Approval; approvedAt: Instant | null };
  /** automatic mails that left to this client on this local day */
  sentToClientToday: readonly { kind: LetterKind }[];
  /** an acknowledgement for this client is to leave today */
  waitingAckForClient: boolean;
  /** letters of any kind that left on this local day, in all */
  sentToday: number;
  /** letters of any kind that left since the beginning of this clock hour */
  sentThisHour: number;
  caps: Caps;
  /** the kill switch */
  paused: boolean;
  hours: ContactHours;
  mode: SendingMode;
}

export type StayCode =
  | 'paused'
  | 'needs-approval'
  | 'closed'
  | 'acknowledgement-first'
  | 'client-cap'
  | 'day-cap'
  | 'hour-cap';

/** `until`: when it may be tried again; null: at any later pass, once something has changed. */
export type MayLeave = { leave: true } | { leave: false; until: Instant | null; code: StayCode; why: Reason };

export type SendingReason = Coded<{
  paused: NoFacts;
  'needs-approval': NoFacts;
  'day-cap': { sent: number; cap: number };
  'hour-cap': { sent: number; cap: number };
  /** kinds of the letters that the client got today; none: the cap is 0 */
  'client-cap': { kinds: readonly LetterKind[] };
  'acknowledgement-first': NoFacts;
}>;

/**
 * Contact hours, caps, approval and the kill switch. A letter that the owner approved by hand keeps contact hours and
 * the caps of the day and the hour, but not the one mail per client and day: that one guards against the machine.
 */
export function mayLeave(facts: SendingFacts, now: Instant): MayLeave {
  return unlessNeverOpen(
    () => decide(facts, now),
    (why) => stay('closed', startOfTomorrow(facts, now), why),
  );
}

function decide(facts: SendingFacts, now: Instant): MayLeave {
  if (facts.paused) return stay('paused', null, { code: 'paused' });
  if (waitsForApproval(facts)) return stay('needs-approval', null, { code: 'needs-approval' });
  if (!isOpen(facts.hours, now)) return stay('closed', nextOpening(facts.hours, now), { code: 'outside-hours' });
  return dayCaps(facts, now) ?? clientCaps(facts, now) ?? { leave: true };
}

function waitsForApproval({ letter, mode }: SendingFacts): boolean {
  return letter.approvedAt === null && (letter.approval === 'ask' || mode === 'review');
}

function dayCaps(facts: SendingFacts, now: Instant): MayLeave | null {
  const { perDay, perHour } = facts.caps;
  if (facts.sentToday >= perDay) {
    return stay('day-cap', tomorrowsOpening(facts, now), { code: 'day-cap', sent: facts.sentToday, cap: perDay });
  }
  if (perHour !== null && facts.sentThisHour >= perHour) {
    const nextHour = ((Math.floor(now / hourMs) + 1) * hourMs) as Instant;
    const until = nextOpening(facts.hours, nextHour);
    return stay('hour-cap', until, { code: 'hour-cap', sent: facts.sentThisHour, cap: perHour });
  }
  return null;
}

function clientCaps(facts: SendingFacts, now: Instant): MayLeave | null {
  if (facts.letter.approvedAt !== null) return null;
  if (facts.sentToClientToday.length >= facts.caps.perClientPerDay) {
    const kinds = facts.sentToClientToday.map((sent) => sent.kind);
    return stay('client-cap', tomorrowsOpening(facts, now), { code: 'client-cap', kinds });
  }
  if (facts.waitingAckForClient && !isAcknowledgementKind(facts.letter.kind)) {
    return stay('acknowledgement-first', null, { code: 'acknowledgement-first' });
  }
  return null;
}

/** @throws NoOpeningError when nothing opens again */
export function tomorrowsOpening(facts: Pick<SendingFacts, 'hours'>, now: Instant): Instant {
  return nextWorkingOpening(facts.hours, startOfTomorrow(facts, now));
}

function stay(code: StayCode, until: Instant | null, why: Reason): MayLeave {
  return { leave: false, until, code, why };
}

const retryMinutes = [5, 15, 60, 120, 240, 480, 960, 1440, 1440, 1440] as const;

/** Tries in all. The waits between them come to a little over four days (RFC 5321, section 4.5.4.1). */
export const maxAttempts = retryMinutes.length + 1;

/**
 * How long to wait after a failed try, in ms; null when it was the last.
 * @param attempt tries made so far, from 1
 * @param spread 0..1, drawn by the caller: adds up to a fifth, so that many letters do not return at once
 */
export function retryDelayMs(attempt: number, spread: number): number | null {
  const minutes = retryMinutes[attempt - 1];
  return minutes === undefined ? null : Math.round(minutes * minuteMs * (1 + spread / 5));
}
