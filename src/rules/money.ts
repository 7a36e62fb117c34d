/**
 * Sums in minor units as digits, and sums by currency: the one home of both. Which marks a language sets, and where the
 * currency stands, is said where it is written.
 */

/** Those of most invoices are known by heart: to ask Intl for the first time takes longer than most commands work. */
const decimals = new Map([
  ['EUR', 2],
  ['USD', 2],
  ['GBP', 2],
  ['CHF', 2],
]);

/** Decimal places of a currency (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. */
export function decimalsOf(currency: string): number {
  let places = decimals.get(currency);
  if (places === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    places = format.resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(currency, places);
  }
  return places;
}

/** (122000, 'EUR', { group: '.', point: ',' }) -> '1.220,00' */
export function writtenSum(cents: number, currency: string, marks: { group: string; point: string }): string {
  const places = decimalsOf(currency);
  const digits = String(Math.abs(cents)).padStart(places + 1, '0');
  const whole = thousands(digits.slice(0, digits.length - places), marks.group);
  const fraction = places === 0 ? '' : marks.point + digits.slice(-places);
  return `${cents < 0 ? '-' : ''}${whole}${fraction}`;
}

function thousands(digits: string, mark: string): string {
  const first = digits.length % 3 || 3;
  return [digits.slice(0, first), ...(digits.slice(first).match(/\d{3}/g) ?? [])].join(mark);
}

/** (122000, 'EUR') -> '1220.00': for files and for reasons */
export function plainSum(cents: number, currency: string): string {
  return writtenSum(cents, currency, { group: '', point: '.' });
}

export interface Sum {
  cents: number;
  currency: string;
}

/** One for each currency, in the order in which they come first. */
export function sumsByCurrency(parts: readonly Sum[]): Sum[] {
  const sums = new Map<string, number>();
  for (const { cents, currency } of parts) sums.set(currency, (sums.get(currency) ?? 0) + cents);
  return [...sums].map(([currency, cents]) => ({ cents, currency }));
}

/** What is open of each, by currency; nothing of a currency in which nothing is. */
export function openByCurrency(debts: readonly { openCents: number; currency: string }[]): Sum[] {
  const sums = sumsByCurrency(debts.map(({ openCents, currency }) => ({ cents: openCents, currency })));
  return sums.filter(({ cents }) => cents > 0);
}
