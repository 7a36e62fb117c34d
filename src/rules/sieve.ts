/**
 * Contact hours -> a Sieve script (RFC 5228) that flags clients' mail outside them on the server, while the laptop
 * sleeps: date and time tests of RFC 5260, comparisons of RFC 5231, flags of RFC 5232. It holds for the span it is made
 * for, since Sieve knows neither holidays nor the rules of a time zone: each stretch between two changes of the clock is
 * written with its fixed offset. Decides nothing of its own: what is open is asked of rules/contact-hours.
 */
import { clockFace, type ContactHours, isOpen, nextClosing, nextOpening, NoOpeningError } from './contact-hours.ts';
import { chunks } from './grouped.ts';
import {
  addDays,
  dayMs,
  dayNumberOf,
  dayOf,
  earliest,
  type Instant,
  latest,
  type LocalDay,
  minuteMs,
  offsetSpans,
  type TimeZone,
  type Weekday,
  weekdayOf,
  weekdays,
} from './time.ts';

/** Clients for whom the same hours hold. */
export interface HoursFor {
  hours: ContactHours;
  addresses: readonly string[];
  domains: readonly string[];
}

export interface SieveFacts {
  from: Instant;
  /** the script does nothing from here on */
  until: Instant;
  groups: readonly HoursFor[];
  /** IMAP keyword (RFC 3501, section 2.3.2) */
  keyword: string;
  /** lines of explanation at its head, in words */
  head: readonly string[];
}

const capabilities = ['date', 'relational', 'imap4flags'];

/** Addresses in one test: a line that a person can still read. */
const addressesInTest = 50;

/** @returns the whole script, with CRLF as RFC 5228, section 2.2 wants it */
export function sieveScript({ from, until, groups, keyword, head }: SieveFacts): string {
  const lines = [
    ...head.map((line) => `# ${line}`),
    `require [${capabilities.map(quoted).join(', ')}];`,
    ...groups.flatMap((group) => ['', ...flagging(group, { from, until, keyword })]),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function flagging(group: HoursFor, { from, until, keyword }: Pick<SieveFacts, 'from' | 'until' | 'keyword'>): string[] {
  const senders = [
    ...chunks(group.addresses, addressesInTest).map((some) => `address :is "from" [${some.map(quoted).join(', ')}]`),
    ...chunks(group.domains, addressesInTest).map(
      (some) => `address :domain :is "from" [${some.map(quoted).join(', ')}]`,
    ),
  ];
  if (senders.length === 0) return [];
  const open = spansOf(from, until, group.hours.timeZone).flatMap((span) => openIn(span, group.hours));
  const tests = [
    anyOf(senders),
    `not ${anyOf(byMachines)}`,
    moment('ge', from),
    moment('lt', until),
    ...(open.length === 0 ? [] : [`not ${anyOf(open)}`]),
  ];
  return [`if ${allOf(tests)} {`, `  addflag ${quoted(keyword)};`, '}'];
}

/** Answers of machines and lists (RFC 3834, RFC 2919): nobody waits for an answer to them. */
const byMachines = [
  'exists "list-id"',
  'header :contains "auto-submitted" "auto-"',
  'header :is "precedence" ["bulk", "list", "junk"]',
];

// ---- hours -----------------------------------------------------------------------------------------------------------

/** A stretch in which the zone's clock is not changed. */
interface Span {
  from: Instant;
  to: Instant;
  offsetMs: number;
}

/** One after the other, without a gap. */
function spansOf(from: Instant, until: Instant, zone: TimeZone): Span[] {
  const spans: Span[] = [];
  for (let day = dayNumberOf(from, zone); day <= dayNumberOf(until, zone) + 1; day += 1) {
    for (const { from: begins, to: ends, offsetMs: offset } of offsetSpans(day, zone)) {
      const last = spans.at(-1);
      if (last?.offsetMs === offset) last.to = latest(last.to, ends);
      else if (last === undefined || begins >= last.to) spans.push({ from: begins, to: ends, offsetMs: offset });
    }
  }
  return spans
    .map((span) => ({ ...span, from: latest(span.from, from), to: earliest(span.to, until) }))
    .filter((span) => span.from < span.to);
}

/** Tests of which one is true while the hours are open in the span. */
function openIn(span: Span, hours: ContactHours): string[] {
  const days = openDays(span, hours);
  const usual = new Map(weekdays.map((weekday) => [weekday, usualOf(weekday, days)]));
  const exceptions = [...days].filter(([day, key]) => key !== usual.get(weekdayOf(day)));
  const inSpan = [moment('ge', span.from), moment('lt', span.to)];
  const zone = zoneText(span.offsetMs);
  const regular = [...byHours(weekdays.map((weekday) => [weekday, usual.get(weekday) as string]))].map(([key, on]) =>
    allOf([...inSpan, weekdayTest(zone, on), ...notOn(zone, exceptions), timeTest(zone, key)]),
  );
  const special = [...byHours(exceptions)].map(([key, on]) =>
    allOf([...inSpan, dateTest(zone, on), timeTest(zone, key)]),
  );
  return [...regular, ...special];
}

const closedAllDay = '';

/** Each local day of the span with what is open on it, as '540-780 840-1080'. */
function openDays(span: Span, hours: ContactHours): Map<LocalDay, string> {
  const days = new Map<LocalDay, string>();
  for (let day = localDayIn(span, span.from); day <= localDayIn(span, (span.to - 1) as Instant); day = addDays(day, 1))
    days.set(day, closedAllDay);
  for (const { from, to } of openStretches(span, hours)) {
    for (let at = from; at < to; ) {
      const day = localDayIn(span, at);
      const midnight = (Date.parse(`${addDays(day, 1)}T00:00:00Z`) - span.offsetMs) as Instant;
      const end = earliest(to, midnight);
      const stretch = `${minuteIn(span, at, day)}-${minuteIn(span, end, day)}`;
      days.set(day, [days.get(day), stretch].filter(Boolean).join(' '));
      at = end;
    }
  }
  return days;
}

function* openStretches({ from, to }: Span, hours: ContactHours): Generator<{ from: Instant; to: Instant }> {
  for (let at = from; at < to; ) {
    const opens = isOpen(hours, at) ? at : openingAfter(hours, at);
    if (opens === null || opens >= to) return;
    const closes = nextClosing(hours, opens) ?? to;
    yield { from: opens, to: earliest(closes, to) };
    at = closes;
  }
}

function openingAfter(hours: ContactHours, at: Instant): Instant | null {
  try {
    return nextOpening(hours, at);
  } catch (error) {
    if (error instanceof NoOpeningError) return null;
    throw error;
  }
}

function localDayIn({ offsetMs: offset }: Span, at: Instant): LocalDay {
  return dayOf((at + offset) as Instant, 'UTC');
}

function minuteIn({ offsetMs: offset }: Span, at: Instant, day: LocalDay): number {
  return (at + offset - Date.parse(`${day}T00:00:00Z`)) / minuteMs;
}

/** What is open on most of the weekday's days: the others are named one by one. */
function usualOf(weekday: Weekday, days: ReadonlyMap<LocalDay, string>): string {
  const counts = new Map<string, number>();
  for (const [day, key] of days) if (weekdayOf(day) === weekday) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? closedAllDay;
}

/** Days that are open at the same times, together; closed ones are left out. */
function byHours<Day extends string>(days: readonly (readonly [Day, string])[]): Map<string, Day[]> {
  const found = new Map<string, Day[]>();
  for (const [day, key] of days) if (key !== closedAllDay) found.set(key, [...(found.get(key) ?? []), day]);
  return found;
}

// ---- words of the language -------------------------------------------------------------------------------------------

function moment(comparison: 'ge' | 'lt', at: Instant): string {
  const text = new Date(at).toISOString().slice(0, 19);
  return `currentdate :zone "+0000" :value "${comparison}" "iso8601" "${text}+00:00"`;
}

/** Sunday is 0 (RFC 5260, section 4). */
function weekdayTest(zone: string, on: readonly Weekday[]): string {
  const numbers = on.map((day) => quoted(String((weekdays.indexOf(day) + 1) % 7)));
  return `currentdate :zone "${zone}" :is "weekday" [${numbers.join(', ')}]`;
}

function dateTest(zone: string, on: readonly LocalDay[]): string {
  return `currentdate :zone "${zone}" :is "date" [${on.map(quoted).join(', ')}]`;
}

function notOn(zone: string, exceptions: readonly (readonly [LocalDay, string])[]): string[] {
  return exceptions.length === 0
    ? []
    : [
        `not ${dateTest(
          zone,
          exceptions.map(([day]) => day),
        )}`,
      ];
}

function timeTest(zone: string, key: string): string {
  return anyOf(
    key
      .split(' ')
      .map((text) => text.split('-').map(Number) as [number, number])
      .map(([start, end]) => {
        const from = `currentdate :zone "${zone}" :value "ge" "time" "${clockFace(start)}:00"`;
        // nothing is later than the end of the day
        return end >= dayMs / minuteMs
          ? from
          : allOf([from, `currentdate :zone "${zone}" :value "lt" "time" "${clockFace(end)}:00"`]);
      }),
  );
}

/** '+0100' (RFC 5260, section 4.1) */
function zoneText(offset: number): string {
  const minutes = Math.abs(offset) / minuteMs;
  return `${offset < 0 ? '-' : '+'}${clockFace(minutes).replace(':', '')}`;
}

/** RFC 5228, section 2.4.2 */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function allOf(tests: readonly string[]): string {
  return tests.length === 1 ? (tests[0] as string) : `allof (${indented(tests)})`;
}

function anyOf(tests: readonly string[]): string {
  return tests.length === 1 ? (tests[0] as string) : `anyof (${indented(tests)})`;
}

function indented(tests: readonly string[]): string {
  const lines = tests.join(',\r\n').split('\r\n');
  return `\r\n${lines.map((line) => `  ${line}`).join('\r\n')}\r\n`;
}
