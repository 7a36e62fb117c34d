/** `paletti jobs`: each job of the daemon, when it is meant to run, when it ran last and when it is next. */
import type { Command } from 'commander';
import { bellInWords } from '../rules/bell-words.ts';
import { type JobName, jobNames, nextRing } from '../rules/job-times.ts';
import { lastRun } from '../store/runs.ts';
import { type DeskContext, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';
import { momentOr } from './words.ts';

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('jobs'))
    .summary('what runs when: each job, its last run and its next')
    .description(
      'Each job of the daemon: when it is meant to run (jobs in the configuration, in your time zone), when it ran last, and when it is next. `run --once` does all of them at once.',
    )
    .action((_options, command: Command) => withDesk(ways, command, show));
}

const does: Record<JobName, string> = {
  receive: 'reads the mail',
  judge: 'judges what came',
  dun: 'looks at what is owed, at requests and at exits; writes letters, dated to the next contact hours',
  deliver: 'sends what is due, in contact hours',
  file: 'puts copies into Sent',
};

function show({ desk, out, json, now, zone }: DeskContext): void {
  const jobs = desk.store.read((r) =>
    jobNames.map((name) => {
      const expression = desk.config.jobs[name];
      const last = lastRun(r, name);
      return {
        ...{ name, does: does[name], expression, words: bellInWords(expression) },
        ...{ lastRunAt: last?.startedAt ?? null, outcome: last?.outcome ?? null, detail: last?.detail ?? '' },
        nextAt: nextRing(expression, zone, now) ?? null,
      };
    }),
  );
  if (json) return out.json({ jobs });
  out.table(
    [
      { title: 'JOB' },
      { title: 'RUNS', flexible: true },
      { title: 'LAST' },
      { title: 'NEXT' },
      { title: 'DOES', flexible: true, below: true },
    ],
    jobs.map((job) => [
      job.name,
      job.words,
      momentOr(job.lastRunAt, 'never', now, zone) + (job.outcome === 'failed' ? ' (failed)' : ''),
      momentOr(job.nextAt, 'never', now, zone),
      job.does,
    ]),
  );
}
