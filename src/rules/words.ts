/**
 * Days, counts and sums as the owner reads them in a reason: plain English, one form.
 * Not for letters: what a client reads is written by the templates in the client's language.
 */
import { monthNames } from './calendar.ts';
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

/** Those of most invoices are known by heart: to ask Intl for the first time takes longer than most commands work. */
const decimals = new Map([
  ['EUR', 2],
  ['USD', 2],
  ['GBP', 2],
  ['CHF', 2],
]);

/** Decimal places of a currency (ISO 4217): 2 for EUR, 0 for JPY. */
export function decimalsOf(currency: string): number {
  let places = decimals.get(currency);
  if (places === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    places = format.resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(currency, places);
  }
  return places;
}

/** (122000, 'EUR') -> '1220.00 EUR'; (1220, 'JPY') -> '1220 JPY' */
export function sumInWords(cents: number, currency: string): string {
  const places = decimalsOf(currency);
  const digits = String(Math.abs(cents)).padStart(places + 1, '0');
  const sign = cents < 0 ? '-' : '';
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
  return `${sign}${digits.slice(0, digits.length - places)}${fraction} ${currency}`;
}
