/**
 * Holds: why a client's, a case's or an invoice's letters wait, with an end or an owner's decision, and which letters
 * each of them keeps. The one place that says so: whoever writes a letter, or lets one leave, asks here.
 */
import type { Coded } from './coded.ts';
import type { LetterFamily } from './letter.ts';
import type { Reason } from './reason.ts';
import { dayMs, dayOf, type Instant, type LocalDay, plus, type TimeZone } from './time.ts';

export const holdReasons = [
  'promise',
  'dispute',
  'reply',
  'out-of-office',
  'bounce',
  'payment-claimed',
  'payment-question',
  'manual',
  'opt-out',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Reasons a person may give; the others come from what happens. */
export const handHoldReasons = ['manual', 'opt-out', 'out-of-office'] as const satisfies readonly HoldReason[];
export type HandHoldReason = (typeof handHoldReasons)[number];

/** Why a letter waits for a hold. */
export type HeldReason = Coded<{
  /** `until`: its last day; null: without an end */
  held: { reason: HoldReason; until: LocalDay | null; note: Reason | null };
}>;

/** Letters that leave without being asked for one by one. The others are the owner's own hand: nothing holds those. */
export type HeldFamily = Exclude<LetterFamily, 'by-hand'>;

/** No automatic letter leaves, not even a welcome one: it is hers to say that a message has come. */
const byOwner: Record<HeldFamily, boolean> = {
  dunning: true,
  asking: true,
  confirming: true,
  closing: true,
  nudge: true,
  acknowledgement: true,
};

/** Reason x family of letter: does the letter wait? No cell may be empty. */
export const holdTable: Record<HoldReason, Record<HeldFamily, boolean>> = {
  promise: {
    dunning: true, // he named a day; before it nobody asks
    asking: true, // he named a day
    confirming: false, // it notes the very promise
    closing: false, // it tells what came of the promise
    nudge: false, // it is about money, and this letter asks for none
    acknowledgement: false, // it is about money
  },
  dispute: {
    dunning: true, // what is disputed is not asked for; of one invoice, the rest of it is
    asking: true, // what is disputed is not asked for
    confirming: false, // it notes the very dispute
    closing: false, // it says what is settled, and that the disputed part is not
    nudge: false, // it is about money
    acknowledgement: false, // it is about money
  },
  reply: {
    dunning: true, // what he wrote may settle it
    asking: true, // what he wrote may settle it
    confirming: false, // it notes what he said, and asks for nothing new
    closing: false, // it follows from money that came, and asks for nothing
    nudge: true, // what somebody wrote for him may be the answer
    acknowledgement: false, // it is the answer to what he wrote
  },
  'out-of-office': {
    dunning: true, // he cannot pay, and would find a second letter on his return
    asking: true, // he cannot pay
    confirming: false, // it is there when he is back
    closing: false, // it asks for nothing, and is there when he is back
    nudge: true, // he cannot answer
    acknowledgement: false, // he has written all the same, and asks for an answer
  },
  bounce: {
    dunning: true, // it would not arrive
    asking: true, // it would not arrive
    confirming: true, // it would not arrive, and yet count as said
    closing: true, // it would not arrive, and yet count as said
    nudge: true, // it would not arrive
    acknowledgement: false, // it goes to the address that he has just written from
  },
  'payment-claimed': {
    dunning: true, // whoever has paid is not asked again
    asking: true, // it asks for the rest, as a reminder does
    confirming: true, // whether he has paid is to be known before anything is noted
    closing: false, // it says that the money has come
    nudge: true, // what he wrote about it may be the answer
    acknowledgement: false, // it is about money
  },
  'payment-question': {
    dunning: true, // whoever has paid is not asked again
    asking: true, // it asks for the rest, as a reminder does
    confirming: false, // it says nothing of what has come
    closing: true, // how the money went is not known before the answer
    nudge: false, // it is about money
    acknowledgement: false, // it is about money
  },
  manual: byOwner,
  'opt-out': byOwner,
};

/** What the client, or a server, said by mail: when such a hold ends, the owner is asked before the next letter. */
const askingReasons: readonly HoldReason[] = ['reply', 'bounce', 'payment-claimed'];

export type HoldScope = 'client' | 'case' | 'invoice';

export interface Hold {
  id: number;
  scope: HoldScope;
  scopeId: number;
  reason: HoldReason;
  /** null: until the owner ends it; never of what came by mail */
  until: Instant | null;
  /** the owner's own words, or what came by mail; null: neither */
  note: Reason | null;
  /** the message it came of; null: by hand */
  messageId: number | null;
  createdAt: Instant;
  /** when the owner was told that its time has passed, and was asked what now */
  askedAt: Instant | null;
  endedAt: Instant | null;
}

/** Stops at the moment of its end: `until` itself is free. */
export function holds(hold: Hold, now: Instant): boolean {
  return hold.endedAt === null && (hold.until === null || now < hold.until);
}

/** Whether its end leaves a question that only the owner can answer: is it paid, is the address right, what is to be said? */
export function endsInQuestion(hold: Hold): boolean {
  return hold.until !== null && askingReasons.includes(hold.reason);
}

/**
 * It stops no longer, but nothing goes by itself until the owner has decided: by releasing the client, or by approving
 * the letter.
 */
export function asksFirst(hold: Hold, now: Instant): boolean {
  if (hold.endedAt !== null || hold.until === null || now < hold.until) return false;
  return hold.askedAt !== null || endsInQuestion(hold);
}

/** Those that concern a letter of this family. @param all of its client; and of its case, when it has one */
function holdsOn(all: readonly Hold[], family: HeldFamily): Hold[] {
  return all.filter(({ reason }) => holdTable[reason][family]);
}

/** The first whose end has left a question that a letter of this family must not answer by itself. */
export function openQuestionFor(all: readonly Hold[], family: HeldFamily, now: Instant): Hold | undefined {
  return holdsOn(all, family).find((hold) => asksFirst(hold, now));
}

export interface HoldEffect {
  hold: Hold;
  until: Instant | null;
  why: HeldReason;
}

/**
 * The hold that keeps a letter of this family the longest now, one without an end first; null when none does.
 * @param zone of the day on which it ends
 */
export function holdEffect(
  all: readonly Hold[],
  family: HeldFamily,
  now: Instant,
  zone: TimeZone = 'UTC',
): HoldEffect | null {
  const [hold] = holdsOn(all, family)
    .filter((one) => holds(one, now))
    .toSorted((a, b) => endOf(b) - endOf(a) || a.id - b.id);
  return hold === undefined ? null : { hold, until: hold.until, why: heldBy(hold, zone) };
}

function endOf(hold: Hold): number {
  return hold.until ?? Number.POSITIVE_INFINITY;
}

function heldBy({ reason, until, note }: Hold, zone: TimeZone): HeldReason {
  return { code: 'held', reason, until: until === null ? null : lastDayOf(until, zone), note };
}

/** An end at midnight belongs to the day before it. */
export function lastDayOf(until: Instant, zone: TimeZone): LocalDay {
  return dayOf((until - 1) as Instant, zone);
}

/** So far back a hold counts as one of a row. */
const rowMs = 60 * dayMs;

/** Holds that came by mail again and again. */
export interface HoldRow {
  count: number;
  since: Instant;
  reasons: HoldReason[];
}

/**
 * The holds of a client, her cases and her invoices that came by mail within sixty days, ended ones too: none of them is
 * long, and together they may keep her money waiting for good.
 * @returns null unless there were two
 */
export function rowOfHolds(all: readonly Hold[], now: Instant): HoldRow | null {
  const row = all
    .filter((hold) => hold.messageId !== null && hold.createdAt > plus(now, -rowMs))
    .toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id);
  const [first] = row;
  if (first === undefined || row.length < 2) return null;
  return { count: row.length, since: first.createdAt, reasons: row.map(({ reason }) => reason) };
}

/** After so many absences in a row one more makes nothing wait; the owner is asked instead. */
export const mostAbsences = 3;

/** The longest that an absence known by mail makes letters wait; longer ones are hers to confirm. */
export const longestAbsenceMs = 60 * dayMs;
