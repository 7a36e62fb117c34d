/** The response window: its deadline in both ways of counting, its warnings, and the evidence of an answer. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Closure, ContactHours } from '../../src/rules/contact-hours.ts';
import { isOpen, isWorkingDay, NoOpeningError, nextOpening, parseWeek } from '../../src/rules/contact-hours.ts';
import { holidayCalendar } from '../../src/rules/holidays.ts';
import { dueAt, nextWarningAt, warningsDue } from '../../src/rules/response-window.ts';
import type { Instant, LocalDay, TimeZone } from '../../src/rules/time.ts';
import { addDays, at, dayMs, hourMs, instant, localDay, plus, toIso, wallClock } from '../../src/rules/time.ts';

const nineToSix = parseWeek({
  mon: ['09:00-18:00'],
  tue: ['09:00-18:00'],
  wed: ['09:00-18:00'],
  thu: ['09:00-18:00'],
  fri: ['09:00-18:00'],
});

function studio(timeZone: TimeZone = 'Europe/Berlin', closures: readonly Closure[] = []): ContactHours {
  return { timeZone, week: nineToSix, holiday: holidayCalendar({ country: 'DE', language: 'en' }), closures };
}

function on(text: string, zone: TimeZone = 'Europe/Berlin'): Instant {
  return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds as Instant;
}

const elapsed = { hours: 72, count: 'elapsed' } as const;
const workingDays = { hours: 72, count: 'working-days' } as const;

describe('dueAt, studio in Berlin from nine to six', () => {
  it.each([
    // arrival, due after 72 elapsed hours, due after three working days
    ['Friday afternoon', '2026-11-20 17:00', '2026-11-23 17:00', '2026-11-25 17:00'],
    ['Friday night', '2026-11-20 21:04', '2026-11-24 09:00', '2026-11-26 09:00'],
    ['Saturday', '2026-11-21 11:00', '2026-11-24 11:00', '2026-11-26 09:00'],
    ['Christmas Eve', '2026-12-24 16:00', '2026-12-28 09:00', '2026-12-30 16:00'],
    ['over the spring change, onto the closing minute', '2026-03-27 17:00', '2026-03-31 09:00', '2026-04-01 17:00'],
    ['over the autumn change', '2026-10-23 17:00', '2026-10-26 16:00', '2026-10-28 17:00'],
    ['Monday morning', '2026-11-16 09:00', '2026-11-19 09:00', '2026-11-19 09:00'],
    ['Wednesday before the Easter days', '2026-04-01 10:30', '2026-04-07 09:00', '2026-04-08 10:30'],
    ['the first minute of a Monday', '2026-11-16 00:00', '2026-11-19 09:00', '2026-11-19 09:00'],
    ['the last second of a Sunday', '2026-11-15 23:59:59', '2026-11-19 09:00', '2026-11-19 09:00'],
  ])('%s: %s is due %s, or %s', (_name, opened, byHours, byDays) => {
    expect(toIso(dueAt(elapsed, studio(), on(opened)))).toBe(toIso(on(byHours)));
    expect(toIso(dueAt(workingDays, studio(), on(opened)))).toBe(toIso(on(byDays)));
  });

  it.each([
    [36, '2026-11-20 17:00', '2026-11-23 09:00', '2026-11-24 09:00'],
    [24, '2026-11-18 10:15', '2026-11-19 10:15', '2026-11-19 10:15'],
    [1, '2026-11-20 17:30', '2026-11-23 09:00', '2026-11-23 09:00'],
    [0.5, '2026-11-20 17:15', '2026-11-20 17:45', '2026-11-20 17:45'],
    [120, '2026-11-20 10:00', '2026-11-25 10:00', '2026-11-27 10:00'],
  ])('with %d hours, %s is due %s, or %s', (hours, opened, byHours, byDays) => {
    expect(toIso(dueAt({ hours, count: 'elapsed' }, studio(), on(opened)))).toBe(toIso(on(byHours)));
    expect(toIso(dueAt({ hours, count: 'working-days' }, studio(), on(opened)))).toBe(toIso(on(byDays)));
  });

  it('waits for the end of a closure', () => {
    const away = studio('Europe/Berlin', [{ from: localDay('2026-08-10'), to: localDay('2026-08-24'), note: '' }]);
    expect(dueAt(elapsed, away, on('2026-08-07 15:00'))).toBe(on('2026-08-25 09:00'));
    expect(dueAt(workingDays, away, on('2026-08-07 15:00'))).toBe(on('2026-08-27 15:00'));
  });

  it('keeps seconds and parts of them', () => {
    const opened = plus(on('2026-11-16 10:15:30'), 250);
    expect(dueAt(elapsed, studio(), opened)).toBe(opened + 72 * hourMs);
    expect(dueAt(workingDays, studio(), opened)).toBe(opened + 72 * hourMs);
  });

  it('says so when the studio never opens', () => {
    const never = { ...studio(), week: parseWeek({}) };
    expect(() => dueAt(elapsed, never, on('2026-11-16 10:15'))).toThrow(NoOpeningError);
    expect(() => dueAt(workingDays, never, on('2026-11-16 10:15'))).toThrow(NoOpeningError);
    const leaving = studio('Europe/Berlin', [{ from: localDay('2026-11-17'), to: localDay('2028-11-17'), note: '' }]);
    expect(() => dueAt(workingDays, leaving, on('2026-11-16 10:15'))).toThrow(NoOpeningError);
  });
});

describe('dueAt in zones with odd rules', () => {
  it.each([
    ['America/New_York', '2026-03-06T22:00:00Z', '2026-03-10T13:00:00Z', '2026-03-11T21:00:00Z'],
    ['Asia/Kolkata', '2026-03-06T10:00:00Z', '2026-03-09T10:00:00Z', '2026-03-11T10:00:00Z'],
    // 16:00 on Friday; half an hour is lost on Sunday.
    ['Australia/Lord_Howe', '2026-10-02T05:30:00Z', '2026-10-05T05:30:00Z', '2026-10-07T05:00:00Z'],
    // 16:00 on Friday; the midnight to Sunday is skipped.
    ['America/Santiago', '2026-09-04T20:00:00Z', '2026-09-07T20:00:00Z', '2026-09-09T19:00:00Z'],
  ])('%s: opened at %s, due at %s, or %s', (zone, opened, byHours, byDays) => {
    expect(toIso(dueAt(elapsed, studio(zone), instant(opened)))).toBe(byHours);
    expect(toIso(dueAt(workingDays, studio(zone), instant(opened)))).toBe(byDays);
  });
});

// ---- properties ----------------------------------------------------------------------------------------------------

const zones = [
  'Europe/Rome',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
];
const weeks = [
  nineToSix,
  parseWeek({ mon: ['09:00-13:00', '14:00-18:00'], wed: ['09:00-13:00'], sat: ['08:00-12:00'], sun: ['08:00-12:00'] }),
  parseWeek({ tue: ['22:00-02:00'], fri: ['22:00-02:00'], sun: ['00:00-24:00'] }),
];
const anyMoment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) }).map((ms) => ms as Instant);
const anyHours = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    week: fc.constantFrom(...weeks),
    free: fc.uniqueArray(fc.integer({ min: 0, max: 730 }), { maxLength: 60 }),
  })
  .map(({ timeZone, week, free }): ContactHours => {
    const days = new Set<string>(free.map((index) => addDays(localDay('2026-01-01'), index)));
    return { timeZone, week, holiday: (day) => (days.has(day) ? 'Holiday' : undefined), closures: [] };
  });

/** The other formula: so many working days on, at the same time of day. It counts days and never hours. */
function threeWorkingDaysOn(hours: ContactHours, opened: Instant, count: number): Instant {
  const nextWorking = (from: LocalDay): LocalDay => (isWorkingDay(hours, from) ? from : nextWorking(addDays(from, 1)));
  const clock = Temporal.Instant.fromEpochMilliseconds(opened).toZonedDateTimeISO(hours.timeZone);
  const today = clock.toPlainDate().toString() as LocalDay;
  const time = isWorkingDay(hours, today) ? clock.toPlainTime() : Temporal.PlainTime.from('00:00');
  let day = nextWorking(today);
  for (let passed = 0; passed < count; passed += 1) day = nextWorking(addDays(day, 1));
  const moment = Temporal.PlainDate.from(day).toPlainDateTime(time).toZonedDateTime(hours.timeZone);
  return nextOpening(hours, moment.epochMilliseconds as Instant);
}

/** And hour by hour, as a stopwatch that stands still at midnight before each day that is not worked. */
function stopwatch(hours: ContactHours, opened: Instant, hoursToRun: number): Instant {
  const clock = wallClock(opened, hours.timeZone);
  let day = clock.day;
  let minute = clock.minute;
  let left = hoursToRun * 60;
  while (left > 0 || !isWorkingDay(hours, day)) {
    const run = isWorkingDay(hours, day) ? Math.min(left, 1440 - minute) : 0;
    left -= run;
    minute += run;
    if (minute < 1440 && isWorkingDay(hours, day)) break;
    day = addDays(day, 1);
    minute = 0;
  }
  return nextOpening(hours, at(day, minute, hours.timeZone));
}

describe('for any hours, zone and moment', () => {
  it('is due in contact hours, and never before the hours have passed', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.integer({ min: 1, max: 240 }), (hours, opened, length) => {
        const due = dueAt({ hours: length, count: 'elapsed' }, hours, opened);
        expect(isOpen(hours, due)).toBe(true);
        expect(due).toBeGreaterThanOrEqual(opened + length * hourMs);
        expect(due).toBe(nextOpening(hours, plus(opened, length * hourMs)));
      }),
      { numRuns: 300 },
    );
  });

  it('on working days is due in contact hours, no sooner than by hours but for a change of the clock', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.integer({ min: 1, max: 240 }), (hours, opened, length) => {
        const due = dueAt({ hours: length, count: 'working-days' }, hours, opened);
        expect(isOpen(hours, due)).toBe(true);
        expect(due).toBeGreaterThanOrEqual(opened + (length - 1) * hourMs);
      }),
      { numRuns: 300 },
    );
  });

  it('72 hours counted on working days are three working days', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.integer({ min: 1, max: 6 }), (hours, opened, count) => {
        const due = dueAt({ hours: count * 24, count: 'working-days' }, hours, opened);
        expect(toIso(due)).toBe(toIso(threeWorkingDaysOn(hours, opened, count)));
      }),
      { numRuns: 500 },
    );
  });

  it('any hours counted on working days are what a stopwatch shows', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.integer({ min: 1, max: 150 }), (hours, opened, length) => {
        const minute = plus(opened, -(opened % 60_000));
        const due = dueAt({ hours: length, count: 'working-days' }, hours, minute);
        expect(toIso(due)).toBe(toIso(stopwatch(hours, minute, length)));
      }),
      { numRuns: 500 },
    );
  });

  it('a message that comes later is never due sooner', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, fc.integer({ min: 1, max: 3 * dayMs }), (hours, opened, later) => {
        expect(dueAt(elapsed, hours, plus(opened, later))).toBeGreaterThanOrEqual(dueAt(elapsed, hours, opened));
      }),
    );
  });
});

describe('warnings', () => {
  const hours = studio();
  const state = (due: string, warned: string[] = [], missed = false) => ({ dueAt: on(due), warned, missed });

  it.each([
    // due, 24 h before, 4 h before
    ['in hours', '2026-11-19 15:00', '2026-11-18 15:00', '2026-11-19 11:00'],
    [
      'four hours before is the evening before: at the opening',
      '2026-11-19 10:00',
      '2026-11-18 10:00',
      '2026-11-19 09:00',
    ],
    ['24 hours before is Sunday: at the opening on Monday', '2026-11-23 15:00', '2026-11-23 09:00', '2026-11-23 11:00'],
    [
      'due at the opening: four hours before is the last open minute',
      '2026-11-19 09:00',
      '2026-11-18 09:00',
      '2026-11-18 17:59',
    ],
    ['after a holiday', '2026-12-28 12:00', '2026-12-28 09:00', '2026-12-28 09:00'],
  ])('%s: due %s, at %s and at %s', (_name, due, day, fourHours) => {
    const before = (text: string) => plus(on(text), -1);
    expect(nextWarningAt(state(due), hours)).toBe(on(day));
    expect(warningsDue(state(due), hours, before(day))).toEqual([]);
    expect(nextWarningAt(state(due, ['24h']), hours)).toBe(on(fourHours));
    expect(warningsDue(state(due, ['24h']), hours, before(fourHours))).toEqual([]);
    expect(warningsDue(state(due, ['24h']), hours, on(fourHours))).toEqual([{ key: '4h', at: on(fourHours) }]);
    expect(nextWarningAt(state(due, ['24h', '4h']), hours)).toBe(on(due));
    expect(warningsDue(state(due, ['24h', '4h']), hours, before(due))).toEqual([]);
    expect(warningsDue(state(due, ['24h', '4h']), hours, on(due))).toEqual([{ key: 'missed', at: on(due) }]);
  });

  it('gives the first one from its minute on', () => {
    const window = state('2026-11-19 15:00');
    expect(warningsDue(window, hours, on('2026-11-18 15:00'))).toEqual([{ key: '24h', at: on('2026-11-18 15:00') }]);
    expect(warningsDue(window, hours, on('2026-11-19 10:59'))).toEqual([{ key: '24h', at: on('2026-11-18 15:00') }]);
  });

  it('puts both before a deadline on Monday at nine on Friday, and gives one', () => {
    const window = state('2026-11-23 09:00');
    expect(nextWarningAt(window, hours)).toBe(on('2026-11-20 17:59'));
    expect(warningsDue(window, hours, on('2026-11-20 17:59'))).toEqual([{ key: '4h', at: on('2026-11-20 17:59') }]);
    expect(nextWarningAt(state('2026-11-23 09:00', ['4h']), hours)).toBe(on('2026-11-23 09:00'));
  });

  it('after a sleep gives the most urgent one only, and never an overtaken one afterwards', () => {
    expect(warningsDue(state('2026-11-19 15:00'), hours, on('2026-11-19 12:00')).map(({ key }) => key)).toEqual(['4h']);
    expect(warningsDue(state('2026-11-19 15:00', ['4h']), hours, on('2026-11-19 12:00'))).toEqual([]);
    expect(warningsDue(state('2026-11-19 15:00'), hours, on('2026-11-25 12:00')).map(({ key }) => key)).toEqual([
      'missed',
    ]);
  });

  it('says missed once, at the deadline and not before', () => {
    const told = state('2026-11-19 15:00', [], true);
    expect(warningsDue(told, hours, on('2026-11-25 12:00'))).toEqual([]);
    expect(nextWarningAt(told, hours)).toBeNull();
    expect(warningsDue(state('2026-11-19 15:00', ['missed']), hours, on('2026-11-25 12:00'))).toEqual([]);
  });

  it('takes no notice of a key it does not know', () => {
    expect(nextWarningAt(state('2026-11-19 15:00', ['48h']), hours)).toBe(on('2026-11-18 15:00'));
  });

  it('come in contact hours, before the deadline and in order', () => {
    fc.assert(
      fc.property(anyHours, anyMoment, (contactHours, opened) => {
        const due = dueAt(elapsed, contactHours, opened);
        const first = nextWarningAt({ dueAt: due, warned: [], missed: false }, contactHours) as Instant;
        const second = nextWarningAt({ dueAt: due, warned: ['24h'], missed: false }, contactHours) as Instant;
        for (const warning of [first, second]) {
          expect(isOpen(contactHours, warning)).toBe(true);
          expect(warning).toBeLessThan(due);
        }
        expect(first).toBeLessThanOrEqual(second);
      }),
      { numRuns: 300 },
    );
  });
});
