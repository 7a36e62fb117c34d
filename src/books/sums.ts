/** Sums and days as XML formats write them: '1234.56', '2026-11-30', '20261130'. */
import { Refusal } from './refusal.ts';

/**
 * @param text a decimal number with a point, as many places as the format allows; a plus in front is allowed
 * @param place said when it is not one
 * @returns hundredths, rounded half away from zero as a bank does it; null for no text
 * @throws Refusal 'bad-sum'
 */
export function centsOf(text: string | null, place: string): number | null {
  if (text === null) return null;
  const match = /^([+-]?)(\d{1,15})?(?:\.(\d{0,12}))?$/.exec(text.trim());
  if (match === null || (match[2] === undefined && !match[3]))
    throw new Refusal('bad-sum', `"${text.slice(0, 40)}" is not a sum.`, { place, next: 'Export the file again.' });
  const [, sign, whole = '0', places = ''] = match;
  const padded = `${places}000`;
  const cents = Number(whole) * 100 + Number(padded.slice(0, 2)) + (padded.charCodeAt(2) >= 0x35 ? 1 : 0);
  return sign === '-' && cents !== 0 ? -cents : cents;
}

/** @returns 'YYYY-MM-DD' of a day that exists, from text that begins with one; else null */
export function dayOf(text: string | null): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text?.trim() ?? '');
  return match === null ? null : realDay(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** @returns 'YYYY-MM-DD', or null for a day that no calendar has, like 30 February */
export function realDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

/** The sum of what is there. */
export function sumOf(cents: readonly (number | null)[]): number {
  return cents.reduce<number>((sum, each) => sum + (each ?? 0), 0);
}
