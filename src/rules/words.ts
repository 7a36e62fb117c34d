/**
 * Days, counts and sums as the owner reads them in a reason: plain English, one form.
 * Not for letters: what a client reads is written by the templates in the client's language.
 */
import { monthNames } from './calendar.ts';
import { plainSum } from './money.ts';
import type { LocalDay } from './time.ts';

/** '2026-05-14' -> '14 May 2026' */
export function dayInWords(day: LocalDay): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date} ${monthNames.en[month - 1]} ${year}`;
}

/** (1, 'day') -> '1 day'; (3, 'day') -> '3 days' */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${Math.abs(amount) === 1 ? '' : 's'}`;
}

/** (122000, 'EUR') -> '1220.00 EUR'; (1220, 'JPY') -> '1220 JPY' */
export function sumInWords(cents: number, currency: string): string {
  return `${plainSum(cents, currency)} ${currency}`;
}
