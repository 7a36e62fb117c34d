/** Italian: plurals, articles and dates, for the sentences beside. */
import { type Sum, writtenSum } from '../../rules/money.ts';
import { monthNames, weekdayNames } from '../../rules/calendar.ts';
import type { LetterKind } from '../../rules/letter.ts';
import { type LocalDay, type WallMoment, type Weekday, weekdays } from '../../rules/time.ts';
import { names } from './names.ts';
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

const elided = { il: 'l’', dal: 'dall’', al: 'all’', del: 'dell’' };

/** Eight and eleven begin with a vowel: `dall’8`, `l’11`. */
export function withArticle(article: keyof typeof elided, day: string): string {
  return /^(?:8|11)(?!\d)/.test(day) ? `${elided[article]}${day}` : `${article} ${day}`;
}

/** A day as the terminal is handed it: ('il', '2026-11-08') -> 'l’8 novembre 2026'. What is no such day stays as it is. */
export function dayWith(article: keyof typeof elided, day: string): string {
  return withArticle(article, /^\d{4}-\d\d-\d\d$/.test(day) ? dayWords(day as LocalDay, 'year') : day);
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

/** '14 maggio 2026' */
export function day(on: LocalDay): string {
  return dayWords(on, 'year');
}

/** `il 14 maggio 2026`, `l’8 maggio 2026` */
export function on(date: LocalDay): string {
  return withArticle('il', day(date));
}

/** `dal 14 maggio 2026` */
export function since(date: LocalDay): string {
  return withArticle('dal', day(date));
}

/** `fino al 14 maggio 2026` */
export function until(date: LocalDay): string {
  return `fino ${withArticle('al', day(date))}`;
}

/** `del 14 maggio 2026` */
export function ofDay(date: LocalDay): string {
  return withArticle('del', day(date));
}

/** '1.220,00 EUR' */
export function sum({ cents, currency }: Sum): string {
  return `${writtenSum(cents, currency, { group: '.', point: ',' })} ${currency}`;
}

/** made when first asked for: to ask Intl takes longer than most commands work */
let andList: Intl.ListFormat | undefined;

/** 'a, b e c' */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  andList ??= new Intl.ListFormat('it-IT', { type: 'conjunction' });
  return andList.format(parts);
}

/** '1.220,00 EUR e 30,00 USD' */
export function sums(parts: readonly Sum[]): string {
  return listed(parts.map(sum));
}

/** A step of a ladder: called as its letter is, or by the name that the owner gave it. */
export function step(name: string): string {
  return Object.hasOwn(names.letters, name) ? names.letters[name as LetterKind] : `«${name}»`;
}

/** '23 novembre 2026 alle 09:00' */
export function moment({ day: date, clock }: WallMoment): string {
  return `${day(date)} ${at(clock)}`;
}

/** '1.220,00 EUR' */
export function sumIn({ cents, currency }: Sum): string {
  return `${writtenSum(cents, currency, { group: '.', point: ',' })} ${currency}`;
}

/** (90) -> '1,5 h' */
export function hours(minutes: number): string {
  return `${String(Math.round(minutes / 6) / 10).replace('.', ',')} h`;
}
