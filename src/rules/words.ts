/**
 * Days, counts and sums as the owner reads them in a reason: plain English, one form.
 * Not for letters: what a client reads is written by the templates in the client's language.
 */
import type { LocalDay } from './time.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** '2026-05-14' -> '14 May 2026' */
export function dayInWords(day: LocalDay): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date} ${months[month - 1]} ${year}`;
}

/** (1, 'day') -> '1 day'; (3, 'day') -> '3 days' */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${Math.abs(amount) === 1 ? '' : 's'}`;
}

/** (122000, 'EUR') -> '1220.00 EUR' */
export function sumInWords(cents: number, currency: string): string {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.abs(cents);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')} ${currency}`;
}
