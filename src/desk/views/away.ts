/**
 * Whether the mailbox is out of reach, and what had come when it was again: told by the runs that read mail. Facts, in no
 * words; reads only.
 */
import { dayMs, hourMs, type Instant, minuteMs, plus } from '../../rules/time.ts';
import type { Reader } from '../../store/database.ts';
import { cameBetween } from '../../store/came-between.ts';
import { goodRuns, lastRun } from '../../store/runs.ts';

/** The network of a laptop comes and goes. */
const patienceMs = 5 * minuteMs;

/** @returns when mail was last read; null: the mailbox is in reach, or was never read */
export function outOfReachSince(r: Reader, now: Instant): Instant | null {
  const lastGood = goodRuns(r, 'receive', plus(now, -31 * dayMs)).at(-1)?.endedAt ?? null;
  const isOut = lastRun(r, 'receive')?.outcome === 'failed' && lastGood !== null && now - lastGood > patienceMs;
  return isOut ? lastGood : null;
}

/** A lid that was closed over lunch is no absence. */
const absenceMs = 2 * hourMs;
/** So long after the return it is still news. */
const newsMs = 12 * hourMs;

export interface Away {
  /** mail was last read before it, and first after it */
  from: Instant;
  until: Instant;
  /** written by people meanwhile */
  arrived: number;
  /** of those, mails that say that something is paid */
  saysPaid: number;
  /** letters that left since */
  sent: number;
}

/** The last absence: this computer slept, or had no network. @returns null when there was none of late */
export function whileAway(r: Reader, now: Instant): Away | null {
  const runs = goodRuns(r, 'receive', plus(now, -31 * dayMs));
  const at = runs.findLastIndex(({ startedAt }, index) => {
    const before = runs[index - 1];
    return before !== undefined && startedAt - before.endedAt >= absenceMs;
  });
  const [before, after] = [runs[at - 1], runs[at]];
  if (before === undefined || after === undefined || now - after.endedAt > newsMs) return null;
  const span = { from: before.endedAt, until: after.endedAt };
  return { ...span, ...cameBetween(r, span) };
}
