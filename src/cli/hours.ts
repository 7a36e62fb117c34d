/**
 * `paletti config hours`: contact hours proposed from when the owner writes, as a small map of the week. Changes nothing before
 * she says so, and nothing but the week.
 */
import type { Command } from 'commander';
import { proposedHours, takeHours } from '../desk/own-hours.ts';
import { percent } from '../desk/report-words.ts';
import { parseWhole } from '../desk/values.ts';
import { describeWeek, type WeeklyHours } from '../rules/contact-hours.ts';
import type { OwnHours } from '../rules/own-hours.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import { printHeatMap } from './heat.ts';
import { agreed } from './questions.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';

interface HoursOptions {
  yes?: boolean;
  days: string;
  json?: boolean;
  input?: boolean;
}

export function addHours(config: Command, ways: Ways): void {
  reading(config.command('hours'))
    .description(
      'Propose contact hours from when you write: a map of your week, and hours that hold nine of ten of your mails, never at night. Asks before it changes them; without a terminal it does so with --yes.',
    )
    .option('--yes', 'take the hours that are proposed')
    .option('--days <days>', 'how far back', '90')
    .action((_options, command: Command) =>
      withDesk(ways, command, (context) => learnHours(ways, context, optionsOf<HoursOptions>(command))),
    );
}

export async function learnHours(ways: Ways, context: DeskContext, options: HoursOptions): Promise<void> {
  const { desk, out, json, now, zone, voice } = context;
  const { hours: words } = voice.t.learn;
  const days = parseWhole(options.days, 'number of days', { min: 1, max: 3650 });
  const found = desk.store.read((r) => proposedHours(r, zone, { now, days }));
  const isSame = found.week !== null && isSameWeek(found.week, desk.config.hours.week);
  if (!json) show(context, found);
  const isOpen = found.week !== null && !isSame;
  const asks = isOpen && options.yes !== true && !json && mayAsk(ways, options);
  const isTaken = isOpen && (asks ? await agreed(ways, words.title) : options.yes === true);
  if (isTaken && found.week !== null) await takeHours(desk, desk.config.path, found.week);
  if (json) return out.json({ ...found, changed: isTaken });
  if (isSame) out.say(words.same);
  else if (isTaken) out.say(words.taken);
  else if (isOpen) out.say(asks ? words.kept : words.toTake);
}

function isSameWeek(one: WeeklyHours, other: WeeklyHours): boolean {
  return describeWeek(one, 'en') === describeWeek(other, 'en');
}

function show({ out, voice }: DeskContext, found: OwnHours): void {
  const { hours: words } = voice.t.learn;
  out.heading(words.title);
  out.data(words.said(found.mails, found.days));
  if (found.mails > 0) printHeatMap(out, found.heat, voice);
  if (found.week === null) return out.say(words.tooFew);
  out.data(words.legend);
  out.data(words.proposed(describeWeek(found.week, voice.language)));
  if (found.outside > 0) out.data(words.outside(found.outside, percent(found.outside / found.mails)));
}
