/** `paletti jobs`: each job of the daemon, when it is meant to run, when it ran last and when it is next. */
import type { Command } from 'commander';
import { readBell } from '../rules/bells.ts';
import { jobNames, nextRing } from '../rules/job-times.ts';
import { lastRun } from '../store/runs.ts';
import { type DeskContext, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('jobs'))
    .summary('what runs when: each job, its last run and its next')
    .description(
      'Each job of the daemon: when it is meant to run (jobs in the configuration, in your time zone), when it ran last, and when it is next. `run --once` does all of them at once.',
    )
    .action((_options, command: Command) => withDesk(ways, command, show));
}

function show({ desk, out, json, now, zone, voice }: DeskContext): void {
  const { jobs: words } = voice.t.daily;
  const jobs = desk.store.read((r) =>
    jobNames.map((name) => {
      const expression = desk.config.jobs[name];
      const last = lastRun(r, name);
      return {
        name,
        does: words.does[name],
        expression,
        words: words.bell(readBell(expression), expression),
        lastRunAt: last?.startedAt ?? null,
        outcome: last?.outcome ?? null,
        detail: last?.detail ?? '',
        nextAt: nextRing(expression, zone, now) ?? null,
      };
    }),
  );
  if (json) return out.json({ jobs });
  out.table(
    [
      { title: words.columns.job },
      { title: words.columns.runs, flexible: true },
      { title: words.columns.last },
      { title: words.columns.next },
      { title: words.columns.does, flexible: true, below: true },
    ],
    jobs.map((job) => [
      job.name,
      job.words,
      (job.lastRunAt === null ? words.never : voice.moment(job.lastRunAt)) +
        (job.outcome === 'failed' ? ` ${words.failed}` : ''),
      job.nextAt === null ? words.never : voice.moment(job.nextAt),
      job.does,
    ]),
  );
}
