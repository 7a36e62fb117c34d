/** Moments, days and wall clocks; checked against Temporal, which works out the same rules by other code. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/rules/time.ts';
import {
  addDays,
  at,
  dayFromNumber,
  dayNumber,
  dayNumberOf,
  daysBetween,
  fromIso,
  hourMs,
  instant,
  localDay,
  offsetMs,
  offsetSpans,
  toIso,
  untilNextFull,
  wallClock,
  weekdayOf,
} from '../../src/rules/time.ts';

const zones = [
  'Europe/Rome',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Pacific/Apia',
  'UTC',
];
const anyZone = fc.constantFrom(...zones);
const anyMoment = fc.integer({ min: 0, max: Date.UTC(2060, 0, 1) }).map((ms) => ms as Instant);
const anyDay = fc.integer({ min: 0, max: 32_000 }).map(dayFromNumber);

describe('wallClock', () => {
  it('shows what Temporal shows, in every zone and at every moment', () => {
    fc.assert(
      fc.property(anyMoment, anyZone, (moment, zone) => {
        const there = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone);
        const clock = wallClock(moment, zone);
        expect(clock.day).toBe(there.toPlainDate().toString());
        expect([clock.minute, clock.second]).toEqual([there.hour * 60 + there.minute, there.second]);
        expect(weekdayOf(clock.day)).toBe(clock.weekday);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['Europe/Rome', '2026-03-29T00:59:59Z', '2026-03-29', '01:59:59'],
    ['Europe/Rome', '2026-03-29T01:00:00Z', '2026-03-29', '03:00:00'],
    ['Europe/Rome', '2026-10-25T00:59:59Z', '2026-10-25', '02:59:59'],
    ['Europe/Rome', '2026-10-25T01:00:00Z', '2026-10-25', '02:00:00'],
    ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08', '03:00:00'],
    ['Asia/Kolkata', '2026-12-31T18:30:00Z', '2027-01-01', '00:00:00'],
    // Half an hour of summer time.
    ['Australia/Lord_Howe', '2026-10-03T15:29:59Z', '2026-10-04', '01:59:59'],
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', '2026-10-04', '02:30:00'],
    // The day begins at one o'clock.
    ['America/Santiago', '2026-09-06T03:59:59Z', '2026-09-05', '23:59:59'],
    ['America/Santiago', '2026-09-06T04:00:00Z', '2026-09-06', '01:00:00'],
    // Samoa left out 30 December 2011.
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29', '23:59:59'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31', '00:00:00'],
    // Before 1970.
    ['Europe/Rome', '1969-07-20T20:17:40Z', '1969-07-20', '22:17:40'],
  ])('%s at %s shows %s %s', (zone, iso, day, time) => {
    const clock = wallClock(instant(iso), zone);
    const [hour, minute, second] = time.split(':').map(Number);
    expect(clock).toMatchObject({ day, minute: (hour as number) * 60 + (minute as number), second });
  });

  it('refuses a zone that there is not, and a moment that is none', () => {
    expect(() => wallClock(instant('2026-01-01T00:00:00Z'), 'Europe/Atlantis')).toThrow(RangeError);
    expect(() => wallClock(Number.NaN as Instant, 'Europe/Rome')).toThrow(RangeError);
  });
});

describe('at', () => {
  it('finds the moment that Temporal finds, in gaps and repeated hours too', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 1439 }), anyZone, (day, minute, zone) => {
        const there = Temporal.PlainDate.from(day)
          .toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 })
          .toZonedDateTime(zone, { disambiguation: 'compatible' });
        expect(at(day, minute, zone)).toBe(there.epochMilliseconds);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    // Skipped: half past two in Rome becomes half past three.
    ['Europe/Rome', '2026-03-29', 150, '2026-03-29T01:30:00Z'],
    // Repeated: the first of the two.
    ['Europe/Rome', '2026-10-25', 150, '2026-10-25T00:30:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:45:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', 105, '2026-04-04T14:45:00Z'],
    // A midnight that is skipped.
    ['America/Santiago', '2026-09-06', 0, '2026-09-06T04:00:00Z'],
    // A day that is skipped.
    ['Pacific/Apia', '2011-12-30', 720, '2011-12-30T22:00:00Z'],
    // The end of a day is the start of the next.
    ['Europe/Rome', '2026-12-31', 1440, '2026-12-31T23:00:00Z'],
  ])('%s, %s at minute %i is %s', (zone, day, minute, iso) => {
    expect(toIso(at(localDay(day), minute, zone))).toBe(iso);
  });

  it('is undone by wallClock wherever the clock shows that time', () => {
    fc.assert(
      fc.property(anyMoment, anyZone, (moment, zone) => {
        const clock = wallClock(moment, zone);
        const again = wallClock(at(clock.day, clock.minute, zone), zone);
        expect([again.day, again.minute]).toEqual([clock.day, clock.minute]);
      }),
    );
  });

  it('refuses a zone that there is not, and a day that is none', () => {
    expect(() => at(localDay('2026-01-01'), 0, 'Mars/Olympus')).toThrow(RangeError);
    expect(() => at('yesterday' as never, 0, 'Europe/Rome')).toThrow(RangeError);
  });
});

describe('offsetSpans', () => {
  it('holds the whole local day in stretches that touch and keep one offset', () => {
    fc.assert(
      fc.property(anyMoment, anyZone, (moment, zone) => {
        const spans = offsetSpans(dayNumberOf(moment, zone), zone);
        const own = spans.find((span) => span.from <= moment && moment < span.to);
        expect(own?.offsetMs).toBe(offsetMs(moment, zone));
        for (const [index, span] of spans.entries()) {
          expect(span.from).toBeLessThan(span.to);
          if (index > 0) expect(spans[index - 1]).toMatchObject({ to: span.from });
        }
      }),
    );
  });

  it('splits a day at the moment of the change', () => {
    const spans = offsetSpans(dayNumber(localDay('2026-10-25')), 'Europe/Rome');
    expect(spans.map((span) => [toIso(span.to), span.offsetMs / hourMs])).toEqual([
      ['2026-10-25T01:00:00Z', 2],
      ['2026-10-27T00:00:00Z', 1],
    ]);
  });
});

describe('days', () => {
  it.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-03-28', 2, '2026-03-30'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(localDay(from), days)).toBe(to);
    expect(daysBetween(localDay(from), localDay(to))).toBe(days);
  });

  it.each([
    ['1969-12-28', 'sun'],
    ['1970-01-01', 'thu'],
    ['2026-11-20', 'fri'],
    ['2026-11-22', 'sun'],
    ['2026-11-23', 'mon'],
  ])('%s is a %s', (day, weekday) => {
    expect(weekdayOf(localDay(day))).toBe(weekday);
  });

  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00', 'oggi', ''])(
    'refuses "%s"',
    (text) => {
      expect(() => localDay(text)).toThrow(RangeError);
    },
  );
});

describe('ISO texts', () => {
  it('are read back as written, to the second', () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        expect(fromIso(toIso(moment))).toBe(Math.floor(moment / 1000) * 1000);
      }),
    );
  });

  it('are read with any offset, and refused without one', () => {
    expect(toIso(instant('2026-11-24T09:00:00+01:00'))).toBe('2026-11-24T08:00:00Z');
    expect(() => instant('2026-11-24T09:00:00')).toThrow(RangeError);
  });

  it('are days of the calendar exactly where Temporal finds them to be', () => {
    const two = (most: number) => fc.integer({ min: 0, max: most }).map((number) => String(number).padStart(2, '0'));
    const year = fc.constantFrom('2026', '2024', '1900', '2000', '0001', '9999', '+02026', '26');
    const text = fc
      .tuple(year, two(13), two(32), fc.constantFrom('', ' ', 'Z', 'T00:00'))
      .map(([y, m, d, rest]) => `${y}-${m}-${d}${rest}`);
    const strict = (day: string) => {
      if (day.length !== 10) throw new RangeError('longer forms are not taken');
      return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString();
    };
    fc.assert(
      fc.property(text, (day) => {
        expect(readBy(() => localDay(day))).toBe(readBy(() => strict(day)));
      }),
      { numRuns: 2_000 },
    );
  });
});

function readBy(read: () => string): string {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof RangeError) return 'refused';
    throw fault;
  }
}

describe('untilNextFull', () => {
  it.each([
    ['2026-11-24T08:00:20.000Z', 40_000],
    ['2026-11-24T08:00:00.000Z', 60_000],
    ['2026-11-24T08:00:59.999Z', 60_001],
    ['2026-11-24T08:00:53.000Z', 7_000],
  ])('from %s to the full minute: %i ms', (from, ms) => {
    expect(untilNextFull(60_000, Date.parse(from) as Instant)).toBe(ms);
  });

  it('always ends on a full one, never at once, and never much later than a whole period', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 10, max: 3_600_000 }), (from, period) => {
        const ms = untilNextFull(period, from);
        expect((from + ms) % period).toBe(0);
        expect(ms).toBeGreaterThanOrEqual(period / 10);
        expect(ms).toBeLessThan(1.1 * period);
      }),
    );
  });
});
