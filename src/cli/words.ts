/** Moments, spans and sums as a terminal shows them to the owner: short, in the owner's zone. Not for letters. */
import { plainSum } from '../rules/money.ts';
import {
  dayMs,
  dayOf,
  hourMs,
  type Instant,
  type LocalDay,
  minuteMs,
  type TimeZone,
  wallClock,
  weekdayOf,
} from '../rules/time.ts';
import { monthsShort } from '../rules/calendar.ts';

/** 'Mon 23 Nov 09:00'; with the year when it is another one than now's. */
export function moment(at: Instant, now: Instant, zone: TimeZone): string {
  const { day, minute } = wallClock(at, zone);
  return `${dayShort(day, now, zone)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** 'Mon 23 Nov'; with the year when it is another one than now's. */
export function dayShort(day: LocalDay, now: Instant, zone: TimeZone): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const weekday = weekdayOf(day);
  const name = weekday.charAt(0).toUpperCase() + weekday.slice(1);
  const otherYear = dayOf(now, zone).startsWith(String(year).padStart(4, '0')) ? '' : ` ${year}`;
  return `${name} ${date} ${monthsShort.en[month - 1]}${otherYear}`;
}

export function momentOr(at: Instant | null, otherwise: string, now: Instant, zone: TimeZone): string {
  return at === null ? otherwise : moment(at, now, zone);
}

/** 'in 3 h', '2 days ago', 'now'. */
export function distance(at: Instant, now: Instant): string {
  const span = Math.abs(at - now);
  if (span < minuteMs) return 'now';
  const words =
    span < hourMs
      ? `${Math.round(span / minuteMs)} min`
      : span < 2 * dayMs
        ? `${Math.round(span / hourMs)} h`
        : `${Math.round(span / dayMs)} days`;
  return at > now ? `in ${words}` : `${words} ago`;
}

/** '1220.00 EUR' */
export function sum(cents: number, currency: string): string {
  return `${plainSum(cents, currency)} ${currency}`;
}

/** (1, 'letter') -> '1 letter'; (2, 'letter') -> '2 letters' */
export function several(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
