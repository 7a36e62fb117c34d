/**
 * When the studio may be contacted, and may itself write: weekly blocks on the wall clock, less holidays and closures.
 * Decides what is open, when it opens next and why it is closed. Reads no clock and knows no client.
 *
 * Three decisions hold everywhere here:
 * - A block is a stretch of the clock's face, its close exclusive. It is open whenever the clock on the wall shows a
 *   time in it: not in an hour that spring skips, and twice in one that autumn repeats.
 * - A holiday or closure is closed from midnight to midnight. An overnight block that begins on its eve ends at
 *   midnight, and one that would begin on it does not take place, not even its part after midnight.
 * - Touching blocks (09:00-13:00 and 13:00-18:00) are one stretch: nothing closes at 13:00.
 */
import { weekdaysShort } from './calendar.ts';
import type { Language } from './language.ts';
import type { Instant, LocalDay, TimeZone, Weekday } from './time.ts';
import {
  dayFromNumber,
  dayMs,
  dayNumber,
  dayNumberOf,
  minuteMs,
  offsetSpans,
  wallClock,
  weekdayOfNumber,
  weekdays,
} from './time.ts';

/** Blocks per weekday, in minutes from local midnight, the close exclusive; `end` above 1440 runs past midnight. */
export interface Block {
  start: number;
  end: number;
}
export type WeeklyHours = Readonly<Record<Weekday, readonly Block[]>>;

export interface Closure {
  from: LocalDay;
  /** inclusive */
  to: LocalDay;
  note: string;
}

/** Treated as immutable: what was worked out for a value is kept beside it. Change hours by making new ones. */
export interface ContactHours {
  timeZone: TimeZone;
  week: WeeklyHours;
  /** name of a public holiday or extra day, or undefined */
  holiday(day: LocalDay): string | undefined;
  closures: readonly Closure[];
  /** open only while these are open too */
  within?: ContactHours;
}

/** How far ahead an opening is looked for: a year with some leave on top. */
const daysAhead = 400;
const minutesPerDay = 1440;

/** There are no contact hours within the next {@link daysAhead} days: an empty week, or closures without an end. */
export class NoOpeningError extends RangeError {
  override readonly name = 'NoOpeningError';
  readonly reason: NoOpening;

  constructor(reason: NoOpening) {
    super(`no contact hours within ${reason.days} days of ${reason.from}`);
    this.reason = reason;
  }
}

/** Nothing opens within so many days of that one. */
export interface NoOpening {
  code: 'no-opening';
  days: number;
  from: LocalDay;
}

// ---- reading -------------------------------------------------------------------------------------------------------

/**
 * '09:00-13:00', '22:00-02:00' (past midnight) or '00:00-24:00' -> minutes of the day.
 * @throws RangeError with a sentence for the person who wrote it
 */
export function parseBlock(text: string): Block {
  const match = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a block of hours; write it like "09:00-13:00"`);
  const start = minuteOf(text, match[1], match[2]);
  const end = minuteOf(text, match[3], match[4]);
  if (start === minutesPerDay) throw new RangeError(`"${text}" opens at 24:00; a block opens at 23:59 at the latest`);
  if (start === end) {
    throw new RangeError(`"${text}" opens and closes at the same time; the whole day is "00:00-24:00"`);
  }
  return { start, end: end > start ? end : end + minutesPerDay };
}

function minuteOf(text: string, hours: string | undefined, minutes: string | undefined): number {
  const minute = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || minute > minutesPerDay) {
    throw new RangeError(`"${text}" has a time that no clock shows: ${hours}:${minutes}`);
  }
  return minute;
}

/** The inverse of {@link parseBlock}. */
export function formatBlock(block: Block): string {
  return `${clockFace(block.start)}-${clockFace(block.end)}`;
}

/** 24:00 stays 24:00; past that it is the next day's clock. */
export function clockFace(minute: number): string {
  const shown = minute > minutesPerDay ? minute - minutesPerDay : minute;
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
}

/**
 * A week as it is written in the configuration; a weekday that is absent has no hours. A week without any block is
 * allowed (a phone that is never answered).
 * @throws RangeError naming the weekday, for a block that cannot be read, an unknown weekday, or blocks that overlap
 */
export function parseWeek(week: Partial<Readonly<Record<Weekday, readonly string[]>>>): WeeklyHours {
  const unknown = Object.keys(week).find((key) => !weekdays.includes(key as Weekday));
  if (unknown !== undefined) throw new RangeError(`"${unknown}" is no weekday; the names are ${weekdays.join(', ')}`);
  const parsed = Object.fromEntries(weekdays.map((day) => [day, parseDay(day, week[day] ?? [])])) as Record<
    Weekday,
    Block[]
  >;
  refuseOverlaps(parsed);
  return parsed;
}

function parseDay(day: Weekday, blocks: readonly string[]): Block[] {
  try {
    return blocks.map(parseBlock).toSorted((a, b) => a.start - b.start);
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${day}: ${error.message}`, { cause: error }) : error;
  }
}

/** Looks around the whole week, since Sunday's overnight block may meet Monday's first. */
function refuseOverlaps(week: WeeklyHours): void {
  const all = weekdays.flatMap((day, index) =>
    week[day].map((block) => ({ day, block, from: index * minutesPerDay + block.start })),
  );
  for (const [index, one] of all.entries()) {
    const next = all[(index + 1) % all.length];
    if (next === undefined || next === one) continue;
    const nextFrom = index === all.length - 1 ? next.from + 7 * minutesPerDay : next.from;
    if (one.from + one.block.end - one.block.start > nextFrom) {
      throw new RangeError(`${one.day} ${formatBlock(one.block)} overlaps ${next.day} ${formatBlock(next.block)}`);
    }
  }
}

/**
 * The owner's hours with a client's own week; holidays and closures stay the owner's, on the days of the client's
 * zone. Null means: as the owner.
 */
export function withWeek(
  hours: ContactHours,
  week: WeeklyHours | null,
  timeZone: TimeZone | null = null,
): ContactHours {
  if (week === null && timeZone === null) return hours;
  return {
    timeZone: timeZone ?? hours.timeZone,
    week: week ?? hours.week,
    holiday: (day) => hours.holiday(day),
    closures: hours.closures,
  };
}

const both = new WeakMap<ContactHours, Map<TimeZone, ContactHours>>();

/**
 * The same week on the clock of another zone, open only while it is open on its own clock too. Made once for a zone, so
 * that its days are kept. It may never be open: nine to six in Rome ends as Los Angeles begins.
 */
export function inZoneToo(hours: ContactHours, zone: TimeZone): ContactHours {
  if (zone === hours.timeZone) return hours;
  let known = both.get(hours);
  if (known === undefined) both.set(hours, (known = new Map()));
  let found = known.get(zone);
  if (found === undefined) known.set(zone, (found = { ...withWeek(hours, null, zone), within: hours }));
  return found;
}

// ---- one day -------------------------------------------------------------------------------------------------------

interface Span {
  from: Instant;
  /** exclusive */
  to: Instant;
}

interface OpenDay {
  /** on the clock's face, 0..1440, in order, apart from each other */
  pieces: readonly Block[];
  /** the same as moments, in order; two of them touch where the clock changes */
  spans: readonly Span[];
}

const days = new WeakMap<ContactHours, Map<number, OpenDay>>();
const daysKept = 5000;

function openDay(hours: ContactHours, number: number): OpenDay {
  let known = days.get(hours);
  if (known === undefined) days.set(hours, (known = new Map()));
  let day = known.get(number);
  if (day === undefined) {
    if (known.size >= daysKept) known.clear();
    const pieces = piecesOf(hours, number);
    const spans = spansOf(pieces, number, hours.timeZone);
    known.set(number, (day = { pieces, spans: hours.within === undefined ? spans : shared(spans, hours.within) }));
  }
  return day;
}

function isClosedDay(hours: ContactHours, day: LocalDay): boolean {
  return closureOn(hours, day) !== undefined || hours.holiday(day) !== undefined;
}

function closureOn(hours: ContactHours, day: LocalDay): Closure | undefined {
  return hours.closures.find((closure) => closure.from <= day && day <= closure.to);
}

function piecesOf(hours: ContactHours, number: number): Block[] {
  if (isClosedDay(hours, dayFromNumber(number))) return [];
  const own = hours.week[weekdayOfNumber(number)];
  const eve = hours.week[weekdayOfNumber(number - 1)].filter((block) => block.end > minutesPerDay);
  const tails = eve.length > 0 && !isClosedDay(hours, dayFromNumber(number - 1)) ? eve : [];
  return merge([
    ...tails.map((block) => ({ start: 0, end: block.end - minutesPerDay })),
    ...own.map((block) => ({ start: block.start, end: Math.min(block.end, minutesPerDay) })),
  ]);
}

function merge(pieces: readonly Block[]): Block[] {
  const merged: Block[] = [];
  for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** Lays the clock's face over each stretch of one offset: what spring skips falls out, what autumn repeats comes twice. */
function spansOf(pieces: readonly Block[], number: number, zone: TimeZone): Span[] {
  if (pieces.length === 0) return [];
  const spans: Span[] = [];
  for (const stretch of offsetSpans(number, zone)) {
    const midnight = number * dayMs - stretch.offsetMs;
    for (const piece of pieces) {
      const from = Math.max(midnight + piece.start * minuteMs, stretch.from) as Instant;
      const to = Math.min(midnight + piece.end * minuteMs, stretch.to) as Instant;
      if (from < to) spans.push({ from, to });
    }
  }
  return spans;
}

/** What of them lies in the other hours too. */
function shared(spans: readonly Span[], outer: ContactHours): Span[] {
  return spans.flatMap(({ from, to }) => {
    const first = dayNumberOf(from, outer.timeZone);
    const last = dayNumberOf(to, outer.timeZone);
    const others = Array.from({ length: last - first + 1 }, (_, index) => openDay(outer, first + index).spans).flat();
    return others
      .map((other) => ({ from: Math.max(from, other.from) as Instant, to: Math.min(to, other.to) as Instant }))
      .filter((span) => span.from < span.to);
  });
}

// ---- asking --------------------------------------------------------------------------------------------------------

export function isOpen(hours: ContactHours, at: Instant): boolean {
  const { spans } = openDay(hours, dayNumberOf(at, hours.timeZone));
  return spans.some((span) => span.from <= at && at < span.to);
}

/**
 * The first moment that is open, `at` itself when it is open.
 * @throws NoOpeningError when nothing opens within 400 days
 */
export function nextOpening(hours: ContactHours, at: Instant): Instant {
  const opening = openingFrom(hours, at);
  if (opening === undefined) throw noOpening(wallClock(at, hours.timeZone).day);
  return opening;
}

function openingFrom(hours: ContactHours, at: Instant): Instant | undefined {
  const today = dayNumberOf(at, hours.timeZone);
  for (let day = today; day <= today + daysAhead; day += 1) {
    for (const span of openDay(hours, day).spans) {
      if (at < span.to) return at > span.from ? at : span.from;
    }
  }
  return undefined;
}

function noOpening(day: LocalDay): NoOpeningError {
  return new NoOpeningError({ code: 'no-opening', days: daysAhead, from: day });
}

/** The first moment that is closed, `at` itself when it is; null when nothing closes within 400 days. */
export function nextClosing(hours: ContactHours, at: Instant): Instant | null {
  const today = dayNumberOf(at, hours.timeZone);
  let moment = at;
  for (let day = today; day <= today + daysAhead; day += 1) {
    for (const span of openDay(hours, day).spans) {
      if (span.from <= moment && moment < span.to) moment = span.to;
    }
    if (dayNumberOf(moment, hours.timeZone) <= day) return moment;
  }
  return null;
}

/**
 * The last whole minute of contact hours before a moment: its beginning, always earlier than `at` and open.
 * Null when there was none in the 400 days before.
 */
export function lastOpenMinuteBefore(hours: ContactHours, at: Instant): Instant | null {
  const today = dayNumberOf(at, hours.timeZone);
  for (let day = today; day >= today - daysAhead; day -= 1) {
    const span = openDay(hours, day).spans.findLast(({ from }) => from < at);
    if (span !== undefined) return Math.max(span.from, Math.min(span.to, at) - minuteMs) as Instant;
  }
  return null;
}

/** Whether a block begins on that day: neither a day without hours, nor a holiday, nor in a closure. */
export function isWorkingDay(hours: ContactHours, day: LocalDay): boolean {
  return isWorkingDayNumber(hours, dayNumber(day));
}

/**
 * The first working day from a day on, the day itself when it is one.
 * @throws NoOpeningError when there is none within 400 days
 */
export function nextWorkingDay(hours: ContactHours, from: LocalDay): LocalDay {
  const first = dayNumber(from);
  for (let number = first; number <= first + daysAhead; number += 1) {
    if (isWorkingDayNumber(hours, number)) return dayFromNumber(number);
  }
  throw noOpening(from);
}

function isWorkingDayNumber(hours: ContactHours, number: number): boolean {
  return hours.week[weekdayOfNumber(number)].length > 0 && !isClosedDay(hours, dayFromNumber(number));
}

/**
 * The first open moment, from `at` on, that lies on a working day. It differs from {@link nextOpening} only for an
 * overnight block that runs into a day without hours of its own.
 * @throws NoOpeningError when there is none within 400 days
 */
export function nextWorkingOpening(hours: ContactHours, at: Instant): Instant {
  const today = dayNumberOf(at, hours.timeZone);
  for (let day = today; day <= today + daysAhead; day += 1) {
    if (!isWorkingDayNumber(hours, day)) continue;
    const span = openDay(hours, day).spans.find(({ to }) => at < to);
    if (span !== undefined) return at > span.from ? at : span.from;
  }
  throw noOpening(wallClock(at, hours.timeZone).day);
}

// ---- why it is closed ----------------------------------------------------------------------------------------------

/** Times are of the wall clock of the hours' zone, '08:59'. */
export type ClosedReason =
  | { code: 'closed-weekday'; weekday: Weekday }
  | { code: 'on-holiday'; day: LocalDay; name: string }
  | { code: 'in-closure'; from: LocalDay; to: LocalDay; note: string }
  | { code: 'before-opening'; at: string; opensAt: string }
  | { code: 'between-hours'; at: string; closedAt: string; opensAt: string }
  | { code: 'after-closing'; at: string; closedAt: string };

export interface Explanation {
  open: boolean;
  /** null when open */
  why: ClosedReason | null;
  /** whole minutes, rounded up, to the nearest opening ahead; 0 when open; null when nothing opens within 400 days */
  minutesToOpening: number | null;
}

/** Whether a moment is in contact hours, and if not, why. */
export function explain(hours: ContactHours, at: Instant): Explanation {
  const opening = openingFrom(hours, at);
  const minutesToOpening = opening === undefined ? null : Math.ceil((opening - at) / minuteMs);
  if (opening === at) return { open: true, why: null, minutesToOpening };
  return { open: false, why: closedWhy(hours, at), minutesToOpening };
}

/** What keeps a moment out of contact hours: a closure, a holiday, or the week itself. Null when it is open. */
export type ClosedBy = { kind: 'closure'; closure: Closure } | { kind: 'holiday'; name: string } | { kind: 'week' };

export function closedBy(hours: ContactHours, at: Instant): ClosedBy | null {
  if (isOpen(hours, at)) return null;
  const { day } = wallClock(at, hours.timeZone);
  const closure = closureOn(hours, day);
  if (closure !== undefined) return { kind: 'closure', closure };
  const name = hours.holiday(day);
  return name === undefined ? { kind: 'week' } : { kind: 'holiday', name };
}

function closedWhy(hours: ContactHours, at: Instant): ClosedReason {
  const { day, weekday, minute } = wallClock(at, hours.timeZone);
  const by = closedBy(hours, at);
  if (by?.kind === 'closure') return { code: 'in-closure', ...by.closure };
  if (by?.kind === 'holiday') return { code: 'on-holiday', day, name: by.name };
  if (hours.week[weekday].length === 0) return { code: 'closed-weekday', weekday };
  const { pieces } = openDay(hours, dayNumberOf(at, hours.timeZone));
  return betweenBlocks(
    minute,
    pieces.findLast((piece) => piece.end <= minute),
    pieces.find((piece) => piece.start > minute),
  );
}

function betweenBlocks(minute: number, before: Block | undefined, after: Block | undefined): ClosedReason {
  const at = clockFace(minute);
  if (after === undefined) return { code: 'after-closing', at, closedAt: clockFace(before?.end ?? 0) };
  const opensAt = clockFace(after.start);
  if (before === undefined) return { code: 'before-opening', at, opensAt };
  return { code: 'between-hours', at, closedAt: clockFace(before.end), opensAt };
}

// ---- a week in words -----------------------------------------------------------------------------------------------

interface Phrases {
  and: string;
  everyDay: string;
  allDay: string;
  never: string;
}

const phrases: Record<Language, Phrases> = {
  en: {
    and: 'and',
    everyDay: 'every day',
    allDay: 'all day',
    never: 'no hours',
  },
  it: {
    and: 'e',
    everyDay: 'tutti i giorni',
    allDay: 'tutto il giorno',
    never: 'nessun orario',
  },
};

/**
 * A week in one short line for letters: 'Mon-Fri 9:00-13:00 and 14:00-18:00; Sat 9:00-12:00'. Days with the same
 * hours stand together, and days without hours are left out.
 */
export function describeWeek(week: WeeklyHours, language: Language): string {
  const groups = new Map<string, Weekday[]>();
  for (const day of weekdays) {
    const text = blocksWords(merge(week[day]), language);
    if (text !== '') groups.set(text, [...(groups.get(text) ?? []), day]);
  }
  const lines = [...groups].map(([text, group]) => `${weekdaysWords(group, language)} ${text}`);
  return lines.length === 0 ? phrases[language].never : lines.join('; ');
}

function blocksWords(blocks: readonly Block[], language: Language): string {
  const say = phrases[language];
  const texts = blocks.map((block) =>
    block.start === 0 && block.end === minutesPerDay ? say.allDay : formatBlock(block).replaceAll(/\b0(?=\d:)/g, ''),
  );
  return joined(texts, say.and);
}

/** Neighbours become a range: 'Mon-Wed and Fri'. */
function weekdaysWords(group: readonly Weekday[], language: Language): string {
  const { everyDay, and } = phrases[language];
  const short = (day: Weekday) => weekdaysShort[language][weekdays.indexOf(day)] as string;
  if (group.length === weekdays.length) return everyDay;
  const runs: Weekday[][] = [];
  for (const day of group) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    if (run && previous && weekdays.indexOf(previous) + 1 === weekdays.indexOf(day)) run.push(day);
    else runs.push([day]);
  }
  const texts = runs.map((run) =>
    run.length === 1 ? short(run[0] as Weekday) : `${short(run[0] as Weekday)}-${short(run.at(-1) as Weekday)}`,
  );
  return joined(texts, and);
}

/** 'Mon', 'Mon and Fri', 'Mon, Wed and Fri' */
function joined(texts: readonly string[], and: string): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${and} ${last}`;
}
