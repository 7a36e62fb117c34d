/** `paletti plan`: the coming days, by the daemon's own code on a turned clock and a copy of the database. */
import type { Command } from 'commander';
import { calendarText } from '../desk/calendar-file.ts';
import { parseWhole, parseWord } from '../desk/values.ts';
import { viewDates } from '../desk/views/dates.ts';
import { ladderNames } from '../rules/client.ts';
import { dayMs } from '../rules/time.ts';
import { type DeskContext, reading, withWritingDesk } from './command.ts';
import { deliver } from './files.ts';
import type { Ways } from './ways.ts';
import type { Plan } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('plan'))
    .summary('which letters would leave in the coming days')
    .description(
      'Which letter would go to whom and when, if nothing else happened and you approved what waits for you; and what holds the others back. Sends nothing and changes nothing.',
    )
    .option('--days <number>', 'how far ahead', '30')
    .option('--ladder <name>', `as if you were on this one: ${ladderNames.join(', ')}; shows what would change`)
    .option('--ics <file>', 'write what has a date as a calendar: answers and invoices due, letters, exits')
    .option('--force', 'replace the file if it is there')
    .action((options: PlanOptions, command: Command) =>
      withWritingDesk(ways, command, async (context) => {
        const days = parseWhole(options.days, 'number of days', { min: 1, max: 3660 });
        const now = await ways.plan(context.desk, days, null);
        if (options.ics !== undefined) return asCalendar(ways, context, { plan: now, options });
        if (options.ladder === undefined) return show(context, now, days);
        const ladder = parseWord(options.ladder, 'ladder', ladderNames);
        compare(context, { now, other: await ways.plan(context.desk, days, ladder), days });
      }),
    );
}

interface PlanOptions {
  days: string;
  ladder?: string;
  ics?: string;
  force?: boolean;
}

/** In the language of the owner, for a file of her own: a shared calendar renews itself, see the page of the plan. */
function asCalendar(
  ways: Ways,
  { desk, out, now, voice }: DeskContext,
  { plan, options }: { plan: Plan; options: PlanOptions },
): Promise<void> {
  const dates = desk.store.read((r) => viewDates(r, desk.config, now));
  const text = calendarText({ dates, letters: plan.letters }, voice.words, now);
  const target = { output: options.ics ?? '', ...(options.force === true && { force: true }) };
  return deliver(ways, out, text, target);
}

/** What leaves on this ladder, and what of today's would not. */
function compare(context: DeskContext, { now, other, days }: { now: Plan; other: Plan; days: number }): void {
  const { out, json, voice } = context;
  const isIn = (rows: Plan['letters'], row: Plan['letters'][number]) => rows.some((other) => isSame(other, row));
  const all = (plan: Plan) => [...plan.letters, ...plan.waiting];
  const anew = all(other).filter((row) => !isIn(all(now), row));
  const gone = all(now).filter((row) => !isIn(all(other), row));
  if (json) return out.json({ plan: other, anew, gone });
  show(context, other, days);
  const { plan: words } = voice.t.letters;
  for (const [title, rows] of [
    [words.anew, anew],
    [words.gone, gone],
  ] as const) {
    out.heading(`\n${title}`);
    if (rows.length === 0) out.data(`  ${words.nothing}`);
    else letters(context, rows);
  }
}

/** The same letter to the same client on the same day. */
function isSame(one: Plan['letters'][number], other: Plan['letters'][number]): boolean {
  return one.client === other.client && one.kind === other.kind && Math.abs(one.at - other.at) < dayMs / 2;
}

function show(context: DeskContext, plan: Plan, days: number): void {
  const { out, json, voice } = context;
  const { plan: words } = voice.t.letters;
  if (json) return out.json(plan);
  if (plan.paused !== null) out.data(`${words.paused(voice.why(plan.paused))}\n`);
  if (plan.letters.length === 0) out.data(words.none(days));
  else {
    out.heading(words.leaves(days));
    letters(context, plan.letters);
  }
  if (plan.waiting.length > 0) {
    out.heading(`\n${words.waits}`);
    letters(context, plan.waiting);
  }
  if (plan.blocked.length > 0) {
    out.heading(`\n${words.heldBack}`);
    blocked(context, plan.blocked);
  }
}

function letters({ out, voice }: DeskContext, rows: Plan['letters']): void {
  const { yours, columns } = voice.t.letters.plan;
  out.table(
    [
      { title: columns.when },
      { title: columns.letter },
      { title: columns.to, flexible: true },
      { title: '' },
      { title: columns.why, flexible: true, below: true },
    ],
    rows.map((row) => [
      voice.moment(row.at),
      voice.t.codes.letter(row.kind),
      row.client,
      row.needsApproval ? yours : '',
      voice.why(row.why),
    ]),
    { indent: '  ' },
  );
}

function blocked({ out, voice }: DeskContext, rows: Plan['blocked']): void {
  const { blocked: columns, whenever } = voice.t.letters.plan;
  out.table(
    [
      { title: columns.client, flexible: true },
      { title: columns.money },
      { title: columns.until },
      { title: columns.why, flexible: true, below: true },
    ],
    rows.map((row) => [
      row.client,
      row.currency,
      row.until === null ? whenever : voice.moment(row.until),
      voice.why(row.why),
    ]),
    { indent: '  ' },
  );
}
