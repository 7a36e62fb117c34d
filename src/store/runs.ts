/** Every run of a job that ended: when, and how. Kept for a month. */
import { dayMs, fromIso, type Instant, plus, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { insertInto } from './rows.ts';

export interface Run {
  id: number;
  job: string;
  startedAt: Instant;
  endedAt: Instant;
  outcome: 'ok' | 'failed';
  detail: string;
}

interface RunRow {
  id: number;
  job: string;
  started_at: string;
  ended_at: string;
  outcome: 'ok' | 'failed';
  detail: string;
}

const keptDays = 31;

export type EndedRun = Pick<Run, 'job' | 'startedAt' | 'outcome' | 'detail'> & {
  /** now, when not given */
  endedAt?: Instant;
};

/** Writes down a run that has ended, unless nobody will look back at it. Older ones of the job are cleared away. */
export function recordRun(w: Writer, run: EndedRun): void {
  if (w.isTrial) return;
  const { job, startedAt, endedAt = w.now, outcome, detail } = run;
  w.run('DELETE FROM runs WHERE job = ? AND started_at < ?', job, toIso(plus(w.now, -keptDays * dayMs)));
  insertInto(w, 'runs', { job, started_at: toIso(startedAt), ended_at: toIso(endedAt), outcome, detail });
}

/** The run of this job that started last. One that the process did not survive is not among them: its job is due again. */
export function lastRun(r: Reader, job: string): Run | undefined {
  const row = r.get<RunRow>('SELECT * FROM runs WHERE job = ? ORDER BY started_at DESC, id DESC LIMIT 1', job);
  if (row === undefined) return undefined;
  const { id, outcome, detail } = row;
  return { id, job, outcome, detail, startedAt: fromIso(row.started_at), endedAt: fromIso(row.ended_at) };
}

/** Runs of a job that ended well since a moment, in their order. */
export function goodRuns(r: Reader, job: string, since: Instant): Pick<Run, 'startedAt' | 'endedAt'>[] {
  return r
    .all<RunRow>(
      `SELECT * FROM runs WHERE job = ? AND outcome = 'ok' AND ended_at >= ? ORDER BY started_at, id`,
      job,
      toIso(since),
    )
    .map((row) => ({ startedAt: fromIso(row.started_at), endedAt: fromIso(row.ended_at) }));
}
