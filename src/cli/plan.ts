/** `paletti plan`: the coming days, by the daemon's own code on a turned clock and a copy of the database. */
import type { Command } from 'commander';
import { parseWhole } from '../desk/values.ts';
import { type DeskContext, reading, withWritingDesk } from './command.ts';
import type { Plan, Ways } from './ways.ts';
import { moment, momentOr, several } from './words.ts';

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('plan'))
    .summary('which letters would leave in the coming days')
    .description(
      'Which letter would go to whom and when, if nothing else happened and you approved what waits for you; and what holds the others back. Sends nothing and changes nothing.',
    )
    .option('--days <number>', 'how far ahead', '30')
    .action((options: { days: string }, command: Command) =>
      withWritingDesk(ways, command, async (context) => {
        const days = parseWhole(options.days, 'number of days', { min: 1, max: 3660 });
        show(context, await ways.plan(context.desk, days), days);
      }),
    );
}

function show(context: DeskContext, plan: Plan, days: number): void {
  const { out, json } = context;
  if (json) return out.json(plan);
  if (plan.paused !== null) out.data(`Nothing leaves now: ${plan.paused}\n`);
  if (plan.letters.length === 0) out.data(`No letter leaves in the next ${several(days, 'day')}.`);
  else {
    out.heading(`Leaves in the next ${several(days, 'day')}`);
    letters(context, plan.letters);
  }
  if (plan.waiting.length > 0) {
    out.heading('\nWaits for you to the end');
    letters(context, plan.waiting);
  }
  if (plan.blocked.length > 0) {
    out.heading('\nHeld back');
    blocked(context, plan.blocked);
  }
}

function letters({ out, now, zone }: DeskContext, rows: Plan['letters']): void {
  out.table(
    [
      { title: 'WHEN' },
      { title: 'LETTER' },
      { title: 'TO', flexible: true },
      { title: '' },
      { title: 'WHY', flexible: true, below: true },
    ],
    rows.map((row) => [
      moment(row.at, now, zone),
      row.kind,
      row.client,
      row.needsApproval ? 'yours to approve' : '',
      row.why,
    ]),
    { indent: '  ' },
  );
}

function blocked({ out, now, zone }: DeskContext, rows: Plan['blocked']): void {
  out.table(
    [
      { title: 'CLIENT', flexible: true },
      { title: 'MONEY' },
      { title: 'UNTIL' },
      { title: 'WHY', flexible: true, below: true },
    ],
    rows.map((row) => [row.client, row.currency, momentOr(row.until, 'something happens', now, zone), row.why]),
    { indent: '  ' },
  );
}
