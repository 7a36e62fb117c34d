/** English: plurals, articles and dates, for the sentences beside. */
import { type Sum, writtenSum } from '../../rules/money.ts';
import { monthNames, weekdayNames } from '../../rules/calendar.ts';
import { type LocalDay, type Weekday, weekdays } from '../../rules/time.ts';
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

/** ['a', 'b', 'c'] -> 'a, b and c' */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** '1,220.00 EUR' */
export function sumIn({ cents, currency }: Sum): string {
  return `${writtenSum(cents, currency, { group: ',', point: '.' })} ${currency}`;
}
