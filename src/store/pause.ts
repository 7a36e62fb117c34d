/**
 * The kill switch: while it is on nothing leaves, whatever waits. It is read before every single letter, so that it
 * holds between two of one pass. Records only; who pulls it writes the journal.
 */
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { lookAgainAtWaiting } from './outbox-queue.ts';
import { reasonIn, reasonOut } from './rows.ts';

/** Holds the reason; empty: sending is on. */
const whyKey = 'sending.paused';
/** Holds the moment at which sending goes on by itself; empty: when the owner says so. */
const untilKey = 'sending.pausedUntil';

/** Holds the moment at which the owner last let letters leave again. */
const resumedKey = 'sending.resumedAt';

export interface Paused {
  why: Reason;
  until: Instant | null;
}

/** @returns null when letters may leave */
export function pausedNow(r: Reader, now: Instant): Paused | null {
  const why = reasonIn(factOf(r, whyKey) ?? '');
  const until = factOf(r, untilKey) ?? '';
  if (why === null || (until !== '' && fromIso(until) <= now)) return null;
  return { why, until: until === '' ? null : fromIso(until) };
}

/** @param paused.until null: until {@link resume} */
export function pause(w: Writer, { why, until }: { why: Reason; until: Instant | null }): void {
  setFact(w, whyKey, reasonOut(why));
  setFact(w, untilKey, until === null ? '' : toIso(until));
}

/** @returns whether it was paused, a pause that has run out not counted */
export function resume(w: Writer): boolean {
  const wasPaused = pausedNow(w, w.now) !== null;
  setFact(w, whyKey, '');
  setFact(w, untilKey, '');
  setFact(w, resumedKey, toIso(w.now));
  lookAgainAtWaiting(w);
  return wasPaused;
}

export function resumedAt(r: Reader): Instant | null {
  const text = factOf(r, resumedKey);
  return text === undefined ? null : fromIso(text);
}
