/** Holds: why a client's, a case's or an invoice's letters wait, with an end or an owner's decision. */
import { dayMs, type Instant, plus } from './time.ts';

export const holdReasons = [
  'promise',
  'dispute',
  'reply',
  'out-of-office',
  'bounce',
  'payment-claimed',
  'manual',
  'opt-out',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** Reasons a person may give; the others come from what happens. */
export const handHoldReasons = ['manual', 'opt-out', 'out-of-office'] as const satisfies readonly HoldReason[];
export type HandHoldReason = (typeof handHoldReasons)[number];

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
