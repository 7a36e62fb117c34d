/** Moments, spans and sums as a person says them, in the words of a language. Exact values are for the markup. */
import { writtenSum } from '../rules/money.ts';
import {
  dayMs,
  dayOf,
  daysBetween,
  hourMs,
  type Instant,
  type LocalDay,
  minuteMs,
  type TimeZone,
  wallClock,
  weekdayOf,
  weekdays,
} from '../rules/time.ts';
import type { Words } from './words.ts';

export interface Here {
  now: Instant;
  /** the owner's */
  zone: TimeZone;
}

/** '9:05', the clock on the wall */
export function clockWords(at: Instant, zone: TimeZone): string {
  const { minute } = wallClock(at, zone);
  return `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
}

/** 'today', 'tomorrow', 'Friday' within the week, else 'Mon 7 Dec', with the year when it is another one. */
export function dayWords(day: LocalDay, { now, zone }: Here, words: Words): string {
  const today = dayOf(now, zone);
  const away = daysBetween(today, day);
  if (away === 0) return words.times.today;
  if (away === 1) return words.times.tomorrow;
  if (away === -1) return words.times.yesterday;
  const weekday = weekdays.indexOf(weekdayOf(day));
  if (away > 1 && away < 7) return words.weekdays[weekday] as string;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const otherYear = today.startsWith(String(year)) ? '' : ` ${year}`;
  return `${words.weekdaysShort[weekday]} ${date} ${words.monthsShort[month - 1]}${otherYear}`;
}

/** 'tomorrow at 9:00' */
export function momentWords(at: Instant, here: Here, words: Words): string {
  return words.times.dayAt(dayWords(dayOf(at, here.zone), here, words), clockWords(at, here.zone));
}

/** '49 min', '47 h', '3 days' */
export function spanWords(ms: number, words: Words): string {
  const span = Math.abs(ms);
  if (span < hourMs) return words.times.minutes(Math.round(span / minuteMs));
  if (span < 2 * dayMs) return words.times.hours(Math.round(span / hourMs));
  return words.times.days(Math.round(span / dayMs));
}

/** 'in 3 h', '2 days ago', 'now' */
export function distanceWords(at: Instant, now: Instant, words: Words): string {
  if (Math.abs(at - now) < minuteMs) return words.times.now;
  const span = spanWords(at - now, words);
  return at > now ? words.times.in(span) : words.times.ago(span);
}

/** (122000, 'EUR') -> '1,220.00 EUR', '1.220,00 EUR' */
export function moneyWords(cents: number, currency: string, { decimals }: Words): string {
  return `${writtenSum(cents, currency, decimals)} ${currency}`;
}
