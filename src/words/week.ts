/** The week's sheet as lines of plain text, for the terminal and for the mail to herself. Facts in, lines out. */
import { dayOf, type LocalDay, type TimeZone, weekdayOf, weekdays } from '../rules/time.ts';
import type { Staying, Week, WeekClient } from '../rules/week.ts';
import { moneyWords } from './times.ts';
import type { Words } from './words.ts';

/** One client, or one heading: the first line is the heading, the others stand under it. */
export interface WeekBlock {
  heading: string;
  lines: string[];
}

/** 'Monday 16 November' */
export function weekdayWords(day: LocalDay, words: Words): string {
  const [, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${words.weekdays[weekdays.indexOf(weekdayOf(day))]} ${date} ${words.months[month - 1]}`;
}

export function weekBlocks(week: Week, words: Words, zone: TimeZone): WeekBlock[] {
  const { week: said } = words.terminal;
  const blocksOf = (clients: readonly WeekClient[], heading: string) =>
    clients.length === 0 ? [] : [{ heading, lines: [] }, ...clients.map((one) => blockOf(one, words, zone))];
  return [
    ...blocksOf(week.crossed, said.crossed(week.crossed.length)),
    ...(week.crossed.length === 0 ? [{ heading: said.nobody, lines: [] }] : []),
    ...blocksOf(week.goesOn, said.goesOn(week.goesOn.length)),
  ];
}

function blockOf(client: WeekClient, words: Words, zone: TimeZone): WeekBlock {
  const { week: said, codes, steps } = words.terminal;
  const crossed = client.crossed.flatMap(({ sign, at, quote }) => [
    said.line(weekdayWords(dayOf(at, zone), words), codes.sign(sign)),
    ...(quote === null ? [] : [`  ${said.quote(quote)}`]),
  ]);
  const { letter, command } = client;
  const todo = letter === null ? command : said.waits(codes.letter(letter.kind), letter.id);
  const lines = [
    ...crossed,
    client.crossed.length === 0 ? said.signs(client.signs.map((sign) => codes.sign(sign))) : null,
    stayingWords(client.staying, words),
    said.step(steps[client.step]),
    todo === null ? null : `  ${todo}`,
  ];
  return { heading: said.type(client.client, client.type), lines: lines.filter((line) => line !== null) };
}

/** 'Staying costs: 11 h and 23 mails in 90 days for someone who owes you 2,400.00 EUR'; null when there is nothing to say. */
function stayingWords({ days, minutes, messages, outOfHours, owed }: Staying, words: Words): string | null {
  const { week: said } = words.terminal;
  const hours = minutes === 0 ? null : said.hours(hoursOf(minutes, words));
  const sums = owed.map(({ cents, currency }) => moneyWords(cents, currency, words));
  return said.staying({ days, hours, messages, outOfHours, owed: sums });
}

function hoursOf(minutes: number, { decimals }: Words): string {
  return String(Math.max(1, Math.round(minutes / 6)) / 10).replace('.', decimals.point);
}
