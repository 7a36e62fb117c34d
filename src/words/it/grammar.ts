/** Italian: plurals, articles and dates, for the sentences beside. */
import { monthNames, weekdayNames } from '../../rules/calendar.ts';
import { type LocalDay, type Weekday, weekdays } from '../../rules/time.ts';
import { dayParts, sharedParts, type UpTo } from '../calendar.ts';

export function several(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

/** '25', '25 aprile', '1º maggio 2026' */
export function dayWords(day: LocalDay, upTo: UpTo): string {
  const [date, ...rest] = dayParts(day, monthNames.it, upTo);
  return [date === '1' ? '1º' : date, ...rest].join(' ');
}

/** 'chiuso dal 10 al 24 agosto 2026' */
export function closedWords(from: LocalDay, to: LocalDay): string {
  const last = dayWords(to, 'year');
  if (from === to) return `chiuso ${withArticle('il', last)}`;
  return `chiuso ${withArticle('dal', dayWords(from, sharedParts(from, to)))} ${withArticle('al', last)}`;
}

export function weekdayName(weekday: Weekday): string {
  return weekdayNames.it[weekdays.indexOf(weekday)] as string;
}

const elided = { il: 'l’', dal: 'dall’', al: 'all’' };

/** Eight and eleven begin with a vowel: `dall’8`, `l’11`. */
export function withArticle(article: keyof typeof elided, day: string): string {
  return /^(?:8|11)(?!\d)/.test(day) ? `${elided[article]}${day}` : `${article} ${day}`;
}

/** `all’1:00`, `alle 9:00` */
export function at(clock: string): string {
  return isOne(clock) ? `all’${clock}` : `alle ${clock}`;
}

/** One o’clock stands in the singular: `l’1:00`, `le 9:00`. */
export function the(clock: string): string {
  return isOne(clock) ? `l’${clock}` : `le ${clock}`;
}

export function of(clock: string): string {
  return isOne(clock) ? `dell’${clock}` : `delle ${clock}`;
}

function isOne(clock: string): boolean {
  return /^0?1:/.test(clock);
}
