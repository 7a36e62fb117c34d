/**
 * Moments, days and wall-clock times, and the way between them by zone rules (IANA), never by fixed offsets.
 * Reads no clock: `now` is always an argument.
 */
import { createRequire } from 'node:module';
import type * as TemporalPolyfill from 'temporal-polyfill';

declare const brand: unique symbol;

/** A moment: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly [brand]: 'Instant' };
/** A calendar day without a zone: '2026-03-29'. Sorts as text. */
export type LocalDay = string & { readonly [brand]: 'LocalDay' };
/** An IANA zone name: 'Europe/Rome'. */
export type TimeZone = string;

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** ISO weekday names in order; Monday is 1 in ISO 8601, index 0 here. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const require = createRequire(import.meta.url);

/**
 * Temporal knows every form of the standard; it is loaded here because only what a person types comes in so many.
 * @param iso ISO 8601 with an offset or Z
 * @throws RangeError when it is no such text
 */
export function instant(iso: string): Instant {
  const { Temporal } = require('temporal-polyfill') as typeof TemporalPolyfill;
  return Temporal.Instant.from(iso).epochMilliseconds as Instant;
}

/** ISO 8601 UTC to the second: '2026-11-24T08:00:00Z'. The form in the database and in JSON. */
export function toIso(at: Instant): string {
  if (at !== lastIso.at) lastIso = { at, text: `${new Date(at).toISOString().slice(0, 19)}Z` };
  return lastIso.text;
}

/** One transaction writes one moment many times. */
let lastIso = { at: Number.NaN, text: '' };

/** Reads what {@link toIso} wrote. Fast: for rows, not for people's input. */
export function fromIso(text: string): Instant {
  return Date.parse(text) as Instant;
}

/** @throws RangeError when it is not a day of the calendar, written YYYY-MM-DD */
export function localDay(text: string): LocalDay {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  // The day that JavaScript makes of 30 February is another one.
  if (midnight === undefined || Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== text)
    throw new RangeError(`not a day: ${text}`);
  return text as LocalDay;
}

/** Whether it is a day of the calendar, written YYYY-MM-DD. */
export function isLocalDay(text: string): boolean {
  try {
    localDay(text);
    return true;
  } catch {
    return false;
  }
}

/** What a wall clock in the zone shows. `minute` counts from local midnight by the clock face (0..1439). */
export interface WallClock {
  day: LocalDay;
  weekday: Weekday;
  minute: number;
  second: number;
}

const formats = new Map<TimeZone, Intl.DateTimeFormat>();

function formatFor(zone: TimeZone): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

/** Asks Intl, which knows the zone rules of the platform. Slow (microseconds), so only {@link offsetsOf} calls it. */
function offsetByIntl(ms: number, zone: TimeZone): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatFor(zone).formatToParts(ms)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/** The offsets from UTC in one UTC day: `before` until `changesAt`, `after` from then on. */
interface DayOffsets {
  before: number;
  after: number;
  changesAt: number;
}

const offsets = new Map<TimeZone, Map<number, DayOffsets>>();
/** About fifty years of days for each zone, so that odd dates in mail cannot fill the memory. */
const offsetsKept = 20_000;

function offsetsOf(utcDay: number, zone: TimeZone): DayOffsets {
  let ofZone = offsets.get(zone);
  if (ofZone === undefined) offsets.set(zone, (ofZone = new Map()));
  let found = ofZone.get(utcDay);
  if (found === undefined) {
    if (ofZone.size >= offsetsKept) ofZone.clear();
    ofZone.set(utcDay, (found = readOffsets(utcDay, zone)));
  }
  return found;
}

function readOffsets(utcDay: number, zone: TimeZone): DayOffsets {
  const known = learned.get(zone);
  const isKnown = known !== undefined && known.from <= utcDay && utcDay < known.to;
  return isKnown ? learnedOffsets(utcDay, known) : askedOffsets(utcDay, zone);
}

/** No zone has changed its offset twice within one UTC day since 1970, so the two ends tell whether it did once. */
function askedOffsets(utcDay: number, zone: TimeZone): DayOffsets {
  const before = offsetByIntl(utcDay * dayMs, zone);
  const after = offsetByIntl((utcDay + 1) * dayMs, zone);
  if (before === after) return { before, after, changesAt: Number.POSITIVE_INFINITY };
  let low = utcDay * dayMs;
  let high = low + dayMs;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetByIntl(middle, zone) === before) low = middle;
    else high = middle;
  }
  return { before, after, changesAt: high };
}

/** The offsets of a zone over some years, as plain values that can be kept. */
export interface ZoneYears {
  zone: TimeZone;
  /** UTC days since 1970, `to` exclusive */
  from: number;
  to: number;
  /** at the beginning of the first day */
  offsetMs: number;
  changes: readonly { at: number; offsetMs: number }[];
}

/** @throws RangeError when the zone is none */
export function zoneYears(zone: TimeZone, first: number, last: number): ZoneYears {
  const [from, to] = [Date.UTC(first, 0, 1) / dayMs, Date.UTC(last + 1, 0, 1) / dayMs];
  const changes: { at: number; offsetMs: number }[] = [];
  const offset = offsetByIntl(from * dayMs, zone);
  // the end of a day is the beginning of the next, and is asked for once
  for (let day = from, before = offset; day < to; day += 1) {
    const after = offsetByIntl((day + 1) * dayMs, zone);
    if (after !== before) changes.push({ at: askedOffsets(day, zone).changesAt, offsetMs: after });
    before = after;
  }
  return { zone, from, to, offsetMs: offset, changes };
}

const learned = new Map<TimeZone, ZoneYears>();

/**
 * From now on Intl is not asked for these years: to ask it for the first time takes longer than most commands work.
 * @param years as {@link zoneYears} found them, with the same zone rules
 */
export function learnZone(years: ZoneYears): void {
  learned.set(years.zone, years);
}

function learnedOffsets(utcDay: number, { offsetMs: first, changes }: ZoneYears): DayOffsets {
  const start = utcDay * dayMs;
  const before = changes.findLast(({ at: moment }) => moment <= start)?.offsetMs ?? first;
  const change = changes.find(({ at: moment }) => start < moment && moment <= start + dayMs);
  return { before, after: change?.offsetMs ?? before, changesAt: change?.at ?? Number.POSITIVE_INFINITY };
}

/**
 * What the zone's clocks are ahead of UTC at a moment, in milliseconds.
 * @throws RangeError when the zone or the moment is none
 */
export function offsetMs(at: Instant, zone: TimeZone): number {
  const { before, after, changesAt } = offsetsOf(Math.floor(at / dayMs), zone);
  return at < changesAt ? before : after;
}

/** A stretch of time, `to` exclusive, in which the zone's clocks keep one offset. */
export interface OffsetSpan {
  from: Instant;
  to: Instant;
  offsetMs: number;
}

/** The stretches of one offset that hold the whole local day, in order and without a gap between them. */
export function offsetSpans(dayNumber: number, zone: TimeZone): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  const add = (from: number, to: number, offset: number) => {
    const last = spans.at(-1);
    if (last?.offsetMs === offset) last.to = to as Instant;
    else spans.push({ from: from as Instant, to: to as Instant, offsetMs: offset });
  };
  // Offsets lie between -12 and +14 hours, so a local day ends at most one UTC day away from its number.
  for (let utcDay = dayNumber - 1; utcDay <= dayNumber + 1; utcDay += 1) {
    const { before, after, changesAt } = offsetsOf(utcDay, zone);
    const start = utcDay * dayMs;
    add(start, Math.min(changesAt, start + dayMs), before);
    if (changesAt < start + dayMs) add(changesAt, start + dayMs, after);
  }
  return spans;
}

/** Days since 1970-01-01. Counting in numbers is what makes looking ahead cheap. */
export function dayNumber(day: LocalDay): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);
}

export function dayFromNumber(number: number): LocalDay {
  let day = dayTexts.get(number);
  if (day === undefined) {
    if (dayTexts.size >= offsetsKept) dayTexts.clear();
    dayTexts.set(number, (day = new Date(number * dayMs).toISOString().slice(0, 10) as LocalDay));
  }
  return day;
}

const dayTexts = new Map<number, LocalDay>();

/** {@link dayNumber} of the local day of a moment. */
export function dayNumberOf(at: Instant, zone: TimeZone): number {
  return Math.floor((at + offsetMs(at, zone)) / dayMs);
}

/** 1970-01-01 was a Thursday. */
export function weekdayOfNumber(number: number): Weekday {
  return weekdays[(((number + 3) % 7) + 7) % 7] as Weekday;
}

/** The wall clock of a zone at a moment. */
export function wallClock(at: Instant, zone: TimeZone): WallClock {
  const wall = at + offsetMs(at, zone);
  const number = Math.floor(wall / dayMs);
  const inDay = wall - number * dayMs;
  return {
    day: dayFromNumber(number),
    weekday: weekdayOfNumber(number),
    minute: Math.floor(inDay / minuteMs),
    second: Math.floor((inDay % minuteMs) / 1000),
  };
}

export function dayOf(at: Instant, zone: TimeZone): LocalDay {
  return wallClock(at, zone).day;
}

export function weekdayOf(day: LocalDay): Weekday {
  return weekdayOfNumber(dayNumber(day));
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return dayFromNumber(dayNumber(day) + days);
}

/** Calendar days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The moment when the wall clock of the zone shows this day and minute (0..1440; 1440 is the next midnight).
 * A time that the spring change skips is read with the offset before the gap, so it moves on by the gap's length;
 * a time that autumn repeats is the first of the two (RFC 5545, section 3.3.5; Temporal's 'compatible').
 * @throws RangeError when the zone or the day is none
 */
export function at(day: LocalDay, minute: number, zone: TimeZone): Instant {
  const wall = dayNumber(day) * dayMs + minute * minuteMs;
  let offsetBefore: number | undefined;
  for (const span of offsetSpans(Math.floor(wall / dayMs), zone)) {
    const moment = wall - span.offsetMs;
    if (moment < span.from && offsetBefore !== undefined) return (wall - offsetBefore) as Instant;
    if (moment < span.to) return moment as Instant;
    offsetBefore = span.offsetMs;
  }
  throw new RangeError(`no such time in ${zone}: ${day}, minute ${minute}`);
}

/**
 * Milliseconds until the clock next shows a full multiple of `period`. One that is nearer than a tenth of it is passed
 * over: a timer may go off a little early.
 */
export function untilNextFull(period: number, from: Instant): number {
  const left = period - (from % period);
  return left < period / 10 ? left + period : left;
}

export function plus(from: Instant, ms: number): Instant {
  return (from + ms) as Instant;
}

export function earliest(...moments: Instant[]): Instant {
  return Math.min(...moments) as Instant;
}

export function latest(...moments: Instant[]): Instant {
  return Math.max(...moments) as Instant;
}

/** A moment as the clock on the wall shows it, to be said. */
export interface WallMoment {
  day: LocalDay;
  /** '09:00' */
  clock: string;
  zone: TimeZone;
}

export function wallMoment(moment: Instant, zone: TimeZone): WallMoment {
  const { day, minute } = wallClock(moment, zone);
  const two = (value: number) => String(value).padStart(2, '0');
  return { day, clock: `${two(Math.floor(minute / 60))}:${two(minute % 60)}`, zone };
}
