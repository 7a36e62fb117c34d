/** Whether the mailbox is out of reach: told by the runs that read mail. Facts, in no words; reads only. */
import { dayMs, type Instant, minuteMs, plus } from '../../rules/time.ts';
import type { Reader } from '../../store/database.ts';
import { goodRuns, lastRun } from '../../store/runs.ts';

/** The network of a laptop comes and goes. */
const patienceMs = 5 * minuteMs;

/** @returns when mail was last read; null: the mailbox is in reach, or was never read */
export function outOfReachSince(r: Reader, now: Instant): Instant | null {
  const lastGood = goodRuns(r, 'receive', plus(now, -31 * dayMs)).at(-1)?.endedAt ?? null;
  const isOut = lastRun(r, 'receive')?.outcome === 'failed' && lastGood !== null && now - lastGood > patienceMs;
  return isOut ? lastGood : null;
}
