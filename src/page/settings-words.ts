/** A value of config.json as the page says it, in the reader's language; and which setting a place in the file is. */
import { type LocalDay, type Weekday, weekdays } from '../rules/time.ts';
import { approvalOf } from '../rules/ladder-step.ts';
import type { LadderLetterKind } from '../rules/letter.ts';
import { dayWords } from '../words/times.ts';
import type { SettingName } from '../words/parts/settings.ts';
import type { Words } from '../words/words.ts';
import type { Visit } from './page.ts';

/** The setting that a place in the file belongs to; undefined for one that the page does not show. */
export function settingAt(path: readonly (string | number)[], words: Words): SettingName | undefined {
  const names = Object.keys(words.settings.names) as SettingName[];
  const place = path.join('.');
  return names
    .filter((name) => place === name || place.startsWith(`${name}.`))
    .toSorted((a, b) => b.length - a.length)[0];
}

/** 'Contact hours, Monday' */
export function settingWords(path: readonly (string | number)[], words: Words): string {
  const name = settingAt(path, words);
  if (name === undefined) return path.join('.');
  const day = weekdays.indexOf(path[1] as Weekday);
  return day === -1 ? words.settings.names[name] : `${words.settings.names[name]}, ${words.weekdays[day]}`;
}

/** One value, or one entry of a list. */
export function valueWords(visit: Visit, path: readonly (string | number)[], value: unknown): string {
  const { words } = visit;
  const said = words.settings;
  const name = settingAt(path, words);
  if (value === null || value === undefined) return said.none;
  if (typeof value === 'boolean') return value ? said.yes : said.no;
  if (name === 'phoneHours' && typeof value === 'object') return weekWords(value as Week, words);
  if (name === 'contactHours.closures') return closureWords(visit, value as Closure);
  if (name === 'contactHours.holidays.extra') return extraWords(visit, value as Extra);
  if (name === 'dunning.steps') return stepWords(value as Step, words);
  const choices = choicesOf(words)[path.join('.')] ?? {};
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return choices[text] ?? text;
}

type Week = Partial<Record<Weekday, readonly string[]>>;
interface Closure {
  from: LocalDay;
  to: LocalDay;
  note: string;
}
interface Extra {
  date: string;
  name: string;
}
interface Step {
  letter: LadderLetterKind;
  afterDays: number;
  afterPreviousDays?: number;
  approval?: 'auto' | 'ask';
}

function choicesOf({ settings }: Words): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    'sending.mode': settings.modes,
    'responseWindow.count': settings.counts,
    'acknowledgement.to': settings.to,
    'owner.language': settings.languages,
  };
}

function weekWords(week: Week, words: Words): string {
  return weekdays
    .flatMap((day, index) => {
      const blocks = week[day] ?? [];
      return blocks.length === 0 ? [] : [`${words.weekdaysShort[index]} ${blocks.join(', ')}`];
    })
    .join('; ');
}

function closureWords(visit: Visit, { from, to, note }: Closure): string {
  const [first, last] = [from, to].map((day) => dayWords(day, visit, visit.words));
  return `${first === last ? first : `${first} – ${last}`}: ${note}`;
}

function extraWords(visit: Visit, { date, name }: Extra): string {
  const { words } = visit;
  if (date.length > 5) return `${dayWords(date as LocalDay, visit, words)}: ${name}`;
  const [month, day] = date.split('-').map(Number) as [number, number];
  return `${day} ${words.months[month - 1]}: ${name}`;
}

function stepWords(step: Step, words: Words): string {
  const { letter, afterDays, afterPreviousDays = 0 } = step;
  return words.settings.step(
    words.letters[letter],
    afterDays,
    afterPreviousDays,
    words.settings.approvals[approvalOf(step)],
  );
}
