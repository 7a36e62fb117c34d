/**
 * Holds: why a client's, a case's or an invoice's letters wait, with an end or an owner's decision, and which letters
 * each of them keeps. The one place that says so: whoever writes a letter, or lets one leave, asks here.
 */
import type { LetterFamily } from './letter.ts';
import { dayMs, dayOf, type Instant, plus, type TimeZone } from './time.ts';
import { dayInWords } from './words.ts';

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

/** What a hold of this reason says to whoever asks why a letter waits. */
export const holdReasonWords: Record<HoldReason, string> = {
  promise: 'the client promised to pay',
  dispute: 'the client disputes it',
  reply: 'the client has answered; read it and decide',
  'out-of-office': 'the client is away',
  bounce: 'mail to this client comes back; mend the address',
  'payment-claimed': 'the client says it is paid; look at the bank',
  'payment-question': 'a payment on your account may be of this client; answer the question',
  manual: 'held by you',
  'opt-out': 'the client asked for no such mail',
};

/** Note of the hold that stands for a client whose data were erased: nothing about it is for the owner to decide. */
export const nobodyToWriteTo = 'erased on request: there is nobody to write to';

/** Letters that leave without being asked for one by one. The others are the owner's own hand: nothing holds those. */
export type HeldFamily = Exclude<LetterFamily, 'by-hand'>;

interface Cell {
  waits: boolean;
  why: string;
}

const waits = (why: string): Cell => ({ waits: true, why });
const goes = (why: string): Cell => ({ waits: false, why });

const money = 'it is about money, and this letter asks for none';
const byOwner: Record<HeldFamily, Cell> = {
  dunning: waits('no automatic letter leaves'),
  closing: waits('no automatic letter leaves, not even a welcome one'),
  nudge: waits('no automatic letter leaves'),
  acknowledgement: waits('no automatic letter leaves: it is hers to say that the message has come'),
};

/** Reason x family of letter: does the letter wait, and why (or why not). No cell may be empty. */
export const holdTable: Record<HoldReason, Record<HeldFamily, Cell>> = {
  promise: {
    dunning: waits('he named a day; before it nobody asks'),
    closing: goes('it tells what came of the promise'),
    nudge: goes(money),
    acknowledgement: goes(money),
  },
  dispute: {
    dunning: waits('what is disputed is not asked for; of one invoice, the rest of it is'),
    closing: goes('it says what is settled, and that the disputed part is not'),
    nudge: goes(money),
    acknowledgement: goes(money),
  },
  reply: {
    dunning: waits('what he wrote may settle it'),
    closing: goes('it follows from money that came, and asks for nothing'),
    nudge: waits('what somebody wrote for him may be the answer'),
    acknowledgement: goes('it is the answer to what he wrote'),
  },
  'out-of-office': {
    dunning: waits('he cannot pay, and would find a second letter on his return'),
    closing: goes('it asks for nothing, and is there when he is back'),
    nudge: waits('he cannot answer'),
    acknowledgement: goes('he has written all the same, and asks for an answer'),
  },
  bounce: {
    dunning: waits('it would not arrive'),
    closing: waits('it would not arrive, and yet count as said'),
    nudge: waits('it would not arrive'),
    acknowledgement: goes('it goes to the address that he has just written from'),
  },
  'payment-claimed': {
    dunning: waits('whoever has paid is not asked again'),
    closing: goes('it says that the money has come'),
    nudge: waits('what he wrote about it may be the answer'),
    acknowledgement: goes(money),
  },
  'payment-question': {
    dunning: waits('whoever has paid is not asked again'),
    closing: waits('how the money went is not known before the answer'),
    nudge: goes(money),
    acknowledgement: goes(money),
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
  note: string;
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
  return all.filter(({ reason }) => holdTable[reason][family].waits);
}

/** The first whose end has left a question that a letter of this family must not answer by itself. */
export function openQuestionFor(all: readonly Hold[], family: HeldFamily, now: Instant): Hold | undefined {
  return holdsOn(all, family).find((hold) => asksFirst(hold, now));
}

export interface HoldEffect {
  hold: Hold;
  until: Instant | null;
  why: string;
}

/**
 * The hold that keeps a letter of this family the longest now, one without an end first; null when none does.
 * @param zone is for the words
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
  return hold === undefined ? null : { hold, until: hold.until, why: holdWords(hold, zone) };
}

function endOf(hold: Hold): number {
  return hold.until ?? Number.POSITIVE_INFINITY;
}

function holdWords(hold: Hold, zone: TimeZone): string {
  const untilEnded = hold.reason === 'payment-question' ? '' : ', until you end it';
  const end = hold.until === null ? untilEnded : `, until ${lastDayInWords(hold.until, zone)}`;
  return holdReasonWords[hold.reason] + end + (hold.note === '' ? '' : ` (${hold.note})`);
}

/** An end at midnight belongs to the day before it. */
export function lastDayInWords(until: Instant, zone: TimeZone): string {
  return dayInWords(dayOf((until - 1) as Instant, zone));
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
