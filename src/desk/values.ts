/**
 * What a person types -> values: sums, days, moments, currencies, hours. Refuses what can be read in two ways.
 * Changes nothing.
 */
import { AppError } from '../errors.ts';
import type { Count, Word } from '../words/en/faults/sentences.ts';
import type { Fault } from '../words/parts/faults.ts';
import { withoutEnd } from '../letters/clean.ts';
import { type Month, monthOf } from '../rules/accounts.ts';
import { decimalsOf, plainSum } from '../rules/money.ts';
import {
  addDays,
  at,
  dayMs,
  dayOf,
  hourMs,
  type Instant,
  instant,
  type LocalDay,
  localDay,
  minuteMs,
  plus,
  type TimeZone,
} from '../rules/time.ts';

/** @throws AppError 'usage' */
export function parseCurrency(text: string): string {
  const code = text.trim().toUpperCase();
  if (Intl.supportedValuesOf('currency').includes(code)) return code;
  throw unreadable({ code: 'no-currency', text });
}

/**
 * '1220', '1220.50', '1.220,50', '1,220.50', "1'220.50", '1220.0000' -> minor units. Two different marks leave no doubt,
 * and noughts beyond the places of the currency say nothing. '1.220' is refused in every currency: it may be either.
 * @throws AppError 'usage'
 */
export function parseMoney(text: string, currency: string): number {
  const places = decimalsOf(currency);
  const { whole, fraction } = splitSum(bareSum(text, currency), text, currency);
  const significant = withoutEnd(fraction, '0');
  if (significant.length > places) throw noSum(text, currency);
  const cents = Number(whole + significant.padEnd(places, '0'));
  if (!Number.isSafeInteger(cents) || cents > largestCents) throw unreadable({ code: 'sum-too-large', text });
  return cents;
}

const largestCents = 1_000_000_000_000;

/** Without the sign or code of the currency, and without blanks and apostrophes between thousands. */
function bareSum(text: string, currency: string): string {
  const sign = `(?:[€$£]|${currency})`;
  return text
    .trim()
    .replace(new RegExp(`^${sign}\\s?|\\s?${sign}$`, 'i'), '')
    .replace(/[\s\u00a0\u202f'’]/g, '');
}

function splitSum(bare: string, text: string, currency: string): { whole: string; fraction: string } {
  if (/^\d+$/.test(bare)) return { whole: bare, fraction: '' };
  const both = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?!\2)[.,](\d+)$/.exec(bare);
  if (both !== null) return { whole: digitsOf(both[1] as string), fraction: both[3] as string };
  if (/^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$/.test(bare)) return { whole: digitsOf(bare), fraction: '' };
  const [, whole = '', fraction = ''] = /^(\d+)[.,](\d+)$/.exec(bare) ?? [];
  if (fraction === '') throw noSum(text, currency);
  if (fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole))
    throw unreadable({
      code: 'sum-in-two-ways',
      text,
      example: decimalsOf(currency) === 3 ? '1220 or 1.2200' : '1220 or 1220,00',
    });
  return { whole, fraction };
}

function digitsOf(grouped: string): string {
  return grouped.replace(/[.,]/g, '');
}

function noSum(text: string, currency: string): AppError {
  return unreadable({ code: 'no-sum', text, currency, places: decimalsOf(currency) });
}

/** A sum as {@link parseMoney} reads it back: with three places, '1.220' is written '1.2200'. */
export function fileMoney(cents: number, currency: string): string {
  const plain = plainSum(cents, currency);
  return /^[1-9]\d{0,2}\.\d{3}$/.test(plain) ? `${plain}0` : plain;
}

/** '2026-11'; null where none is named. @throws AppError 'usage' */
export function parseMonth(text: string | undefined): Month | null {
  if (text === undefined) return null;
  const month = monthOf(text);
  if (month === null) throw unreadable({ code: 'no-month', text });
  return month;
}

/**
 * '2026-11-24', 'today', 'yesterday', 'tomorrow'.
 * @throws AppError 'usage'
 */
export function parseDay(text: string, today: LocalDay): LocalDay {
  const word = text.trim().toLowerCase();
  const relative = { yesterday: -1, today: 0, tomorrow: 1 }[word];
  if (relative !== undefined) return addDays(today, relative);
  try {
    return localDay(word);
  } catch {
    throw unreadable({ code: 'no-day', text });
  }
}

/**
 * When a hold or a pause ends: '3h', '5d', '2w' from now; a day (to its end, in the zone); or a moment in ISO 8601.
 * @throws AppError 'usage' also when it is not in the future
 */
export function parseUntil(text: string, options: { now: Instant; zone: TimeZone }): Instant {
  const { now, zone } = options;
  const until = spanFrom(text, now) ?? momentOf(text) ?? endOfDay(parseDay(text, dayOf(now, zone)), zone);
  if (until <= now) throw unreadable({ code: 'not-in-future', text });
  return until;
}

/** The midnight that ends the day. */
export function endOfDay(day: LocalDay, zone: TimeZone): Instant {
  return at(day, 1440, zone);
}

/**
 * When something happened: 'now', a moment in ISO 8601 with zone, or 'YYYY-MM-DD HH:MM' by the clock of the zone.
 * @throws AppError 'usage'
 */
export function parseMoment(text: string, options: { now: Instant; zone: TimeZone }): Instant {
  if (text.trim().toLowerCase() === 'now') return options.now;
  const local = /^(\S+)[ T](\d{1,2}):(\d{2})$/.exec(text.trim());
  if (local !== null && Number(local[2]) < 24 && Number(local[3]) < 60) {
    const day = parseDay(local[1] as string, dayOf(options.now, options.zone));
    return at(day, Number(local[2]) * 60 + Number(local[3]), options.zone);
  }
  const moment = momentOf(text);
  if (moment !== undefined) return moment;
  throw unreadable({ code: 'no-moment', text });
}

function spanFrom(text: string, now: Instant): Instant | undefined {
  const match = /^(\d{1,4})\s?(m|h|d|w)$/i.exec(text.trim());
  if (match === null) return undefined;
  const unit = { m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs }[
    (match[2] as string).toLowerCase() as 'm' | 'h' | 'd' | 'w'
  ];
  return plus(now, Number(match[1]) * unit);
}

function momentOf(text: string): Instant | undefined {
  try {
    return /T/i.test(text) ? instant(text.trim()) : undefined;
  } catch {
    return undefined;
  }
}

/** @throws AppError 'usage' unless it is one of the words */
export function parseWord<One extends string>(text: string, what: Word, words: readonly One[]): One {
  const word = text.trim().toLowerCase();
  const found = words.find((candidate) => candidate === word);
  if (found !== undefined) return found;
  throw unreadable({ code: 'no-word', text, what, known: words.join(', ') });
}

/** @throws AppError 'usage' unless it is a whole number in the range */
export function parseWhole(text: string, what: Count, range: { min: number; max: number }): number {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= range.min && value <= range.max) return value;
  throw unreadable({ code: 'no-whole', text, what, min: range.min, max: range.max });
}

/** A value that was typed wrong is a fault of usage. Where it stands in a file, the import names file and line instead. */
function unreadable(what: Fault | string, next?: string): AppError {
  return new AppError('usage', what, next === undefined ? {} : { next });
}

/** What can be read, but not done. */
export function bad(what: Fault | string, next?: string): AppError {
  return new AppError('bad-input', what, next === undefined ? {} : { next });
}

/**
 * How long something took: '45m', '2h', '1h30', '1.5h', '90min' -> whole minutes; null when it is no such text.
 * @throws AppError 'usage' for none at all, or more than a day
 */
export function parseMinutes(text: string): number | null {
  const match = /^(?:(\d{1,2}(?:[.,]\d{1,2})?)\s?h(?:(\d{1,2})m?)?|(\d{1,4})\s?m(?:in)?)$/i.exec(text.trim());
  if (match === null) return null;
  const [, hours = '0', rest = '0', alone = '0'] = match;
  const minutes = Math.round(Number(hours.replace(',', '.')) * 60) + Number(rest) + Number(alone);
  if (minutes >= 1 && minutes <= 1440) return minutes;
  throw unreadable({ code: 'no-length', text });
}
