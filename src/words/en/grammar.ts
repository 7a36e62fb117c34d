/** English: plurals, articles and dates, for the sentences beside. */
import { type Sum, writtenSum } from '../../rules/money.ts';
import { monthNames, weekdayNames } from '../../rules/calendar.ts';
import { type LocalDay, type WallMoment, type Weekday, weekdays } from '../../rules/time.ts';
import { sumInWords } from '../../rules/words.ts';
import { dayParts, sharedParts, type UpTo } from '../calendar.ts';

/** 'acknowledgement' -> 'an acknowledgement' */
export function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** (1, 'letter') -> '1 letter'; (2, 'entry', 'entries') -> '2 entries' */
export function several(amount: number, noun: string, nouns = `${noun}s`): string {
  return `${amount} ${amount === 1 ? noun : nouns}`;
}

/** '25', '25 April', '25 April 2026' */
export function dayWords(day: LocalDay, upTo: UpTo): string {
  return dayParts(day, monthNames.en, upTo).join(' ');
}

/** 'closed from 10 to 24 August 2026' */
export function closedWords(from: LocalDay, to: LocalDay): string {
  if (from === to) return `closed on ${dayWords(to, 'year')}`;
  return `closed from ${dayWords(from, sharedParts(from, to))} to ${dayWords(to, 'year')}`;
}

export function weekdayName(weekday: Weekday): string {
  return weekdayNames.en[weekdays.indexOf(weekday)] as string;
}

/** '14 May 2026' */
export function day(on: LocalDay): string {
  return dayWords(on, 'year');
}

/** '1220.00 EUR' */
export function sum({ cents, currency }: Sum): string {
  return sumInWords(cents, currency);
}

/** made when first asked for: to ask Intl takes longer than most commands work */
let andList: Intl.ListFormat | undefined;

/** 'a, b and c' */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  andList ??= new Intl.ListFormat('en-GB', { type: 'conjunction' });
  return andList.format(parts);
}

/** '1220.00 EUR and 30.00 USD' */
export function sums(parts: readonly Sum[]): string {
  return listed(parts.map(sum));
}

/** '23 November 2026 at 09:00' */
export function moment({ day: date, clock }: WallMoment): string {
  return `${day(date)} at ${clock}`;
}

/** '1,220.00 EUR' */
export function sumIn({ cents, currency }: Sum): string {
  return `${writtenSum(cents, currency, { group: ',', point: '.' })} ${currency}`;
}

/** (90) -> '1.5 h' */
export function hours(minutes: number): string {
  return `${Math.round(minutes / 6) / 10} h`;
}
