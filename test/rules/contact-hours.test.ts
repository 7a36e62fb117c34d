/** Contact hours: reading them, asking them, and saying them. The model of what is open is written here once more. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Block, ClosedReason, Closure, ContactHours, WeeklyHours } from '../../src/rules/contact-hours.ts';
import {
  describeWeek,
  explain,
  formatBlock,
  isOpen,
  isWorkingDay,
  lastOpenMinuteBefore,
  NoOpeningError,
  nextClosing,
  nextOpening,
  nextWorkingDay,
  nextWorkingOpening,
  parseBlock,
  parseWeek,
  withWeek,
} from '../../src/rules/contact-hours.ts';
import { holidayCalendar } from '../../src/rules/holidays.ts';
import type { Instant, LocalDay, TimeZone, Weekday } from '../../src/rules/time.ts';
import {
  addDays,
  dayMs,
  dayOf,
  hourMs,
  instant,
  localDay,
  minuteMs,
  plus,
  toIso,
  weekdays,
} from '../../src/rules/time.ts';

const officeDay = ['09:00-13:00', '14:00-18:00'];
const office = parseWeek({ mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay });
const italian = holidayCalendar({ country: 'IT', language: 'en' });

interface Setting {
  week?: WeeklyHours;
  timeZone?: TimeZone;
  holiday?: (day: LocalDay) => string | undefined;
  closures?: readonly Closure[];
}

function hoursOf({
  week = office,
  timeZone = 'Europe/Rome',
  holiday = () => undefined,
  closures = [],
}: Setting): ContactHours {
  return { week, timeZone, holiday, closures };
}

/** '2026-11-20 17:00' on the wall of a zone; the first of two. */
function on(text: string, zone: TimeZone = 'Europe/Rome'): Instant {
  return Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds as Instant;
}

function closure(from: string, to: string, note = ''): Closure {
  return { from: localDay(from), to: localDay(to), note };
}

function holidaysOn(...list: string[]): (day: LocalDay) => string | undefined {
  return (day) => (list.includes(day) ? 'Holiday' : undefined);
}

describe('parseBlock', () => {
  it.each([
    ['09:00-13:00', 540, 780],
    ['9:00-13:00', 540, 780],
    [' 09:00 - 13:00 ', 540, 780],
    ['22:00-02:00', 1320, 1560],
    ['22:00-00:00', 1320, 1440],
    ['22:00-24:00', 1320, 1440],
    ['00:00-24:00', 0, 1440],
    ['23:59-23:58', 1439, 2878],
  ])('reads "%s" as %i to %i', (text, start, end) => {
    expect(parseBlock(text)).toEqual({ start, end });
  });

  it.each([
    ['09:00', /not a block of hours; write it like "09:00-13:00"/],
    ['', /not a block/],
    ['9-13', /not a block/],
    ['09:00-13:00-15:00', /not a block/],
    ['09:00–13:00', /not a block/],
    ['9am-1pm', /not a block/],
    ['-09:00-13:00', /not a block/],
    ['09:00-25:00', /no clock shows: 25:00/],
    ['09:60-13:00', /no clock shows: 09:60/],
    ['09:00-24:01', /no clock shows: 24:01/],
    ['24:00-25:00', /no clock shows/],
    ['24:00-02:00', /opens at 24:00/],
    ['09:00-09:00', /the whole day is "00:00-24:00"/],
  ])('refuses "%s"', (text, message) => {
    expect(() => parseBlock(text)).toThrow(RangeError);
    expect(() => parseBlock(text)).toThrow(message);
  });

  it('reads back what formatBlock writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1439 }), (start, length) => {
        const block = { start, end: start + length };
        expect(parseBlock(formatBlock(block))).toEqual(block);
      }),
    );
  });
});

describe('parseWeek', () => {
  it('sorts the blocks of a day, and closes the days that are absent', () => {
    const week = parseWeek({ mon: ['14:00-18:00', '09:00-13:00'] });
    expect(week.mon.map(formatBlock)).toEqual(['09:00-13:00', '14:00-18:00']);
    expect(weekdays.filter((day) => week[day].length > 0)).toEqual(['mon']);
  });

  it.each<[string, Partial<Record<Weekday, string[]>>, RegExp]>([
    ['two on a day', { tue: ['09:00-13:00', '12:59-18:00'] }, /tue 09:00-13:00 overlaps tue 12:59-18:00/],
    ['one inside another', { tue: ['09:00-18:00', '10:00-11:00'] }, /overlaps/],
    ['the same twice', { tue: ['09:00-13:00', '09:00-13:00'] }, /overlaps/],
    [
      'overnight into the next day',
      { mon: ['22:00-02:00'], tue: ['01:00-05:00'] },
      /mon 22:00-02:00 overlaps tue 01:00-05:00/,
    ],
    ['overnight into its own evening', { mon: ['22:00-02:00', '23:00-24:00'] }, /overlaps/],
    [
      'Sunday night into Monday',
      { sun: ['22:00-02:00'], mon: ['00:00-08:00'] },
      /sun 22:00-02:00 overlaps mon 00:00-08:00/,
    ],
  ])('refuses blocks that overlap: %s', (_name, week, message) => {
    expect(() => parseWeek(week)).toThrow(message);
  });

  it.each<[string, Partial<Record<Weekday, string[]>>]>([
    ['touching blocks', { mon: ['09:00-13:00', '13:00-18:00'] }],
    ['a night that ends where the morning begins', { mon: ['22:00-02:00'], tue: ['02:00-05:00'] }],
    ['every hour of every day', Object.fromEntries(weekdays.map((day) => [day, ['00:00-24:00']]))],
    ['a single overnight block', { sun: ['22:00-21:59'] }],
    ['no block at all', {}],
  ])('takes %s', (_name, week) => {
    expect(Object.keys(parseWeek(week))).toEqual([...weekdays]);
  });

  it('names the weekday of a block that cannot be read, and an unknown weekday', () => {
    expect(() => parseWeek({ wed: ['09:00-13:00', 'later'] })).toThrow(/^wed: "later" is not a block/);
    expect(() => parseWeek({ lun: [] } as never)).toThrow(/"lun" is no weekday; the names are mon, tue/);
    expect(() => parseWeek({ constructor: [] } as never)).toThrow(/no weekday/);
  });
});

describe('isOpen and nextOpening', () => {
  const hours = hoursOf({ holiday: italian, closures: [closure('2026-08-10', '2026-08-24', 'vacation')] });

  it.each([
    ['the opening minute', '2026-11-20 09:00', '2026-11-20 09:00'],
    ['the last second', '2026-11-20 17:59:59', '2026-11-20 17:59:59'],
    ['the closing minute', '2026-11-20 18:00', '2026-11-23 09:00'],
    ['before opening', '2026-11-20 07:10', '2026-11-20 09:00'],
    ['the lunch hour', '2026-11-20 13:20', '2026-11-20 14:00'],
    ['Saturday night', '2026-11-21 23:30', '2026-11-23 09:00'],
    ['Christmas Eve after hours', '2026-12-24 18:00', '2026-12-28 09:00'],
    ['New Year across the year', '2026-12-31 18:00', '2027-01-04 09:00'],
    ['a vacation', '2026-08-10 10:00', '2026-08-25 09:00'],
    ['Friday before the spring change', '2026-03-27 18:00', '2026-03-30 09:00'],
  ])('%s: from %s the next opening is %s', (_name, from, to) => {
    expect(toIso(nextOpening(hours, on(from)))).toBe(toIso(on(to)));
    expect(isOpen(hours, on(from))).toBe(from === to);
  });

  it('counts on the clock of its own zone', () => {
    const moment = instant('2026-11-20T12:30:00Z');
    expect(isOpen(hoursOf({ timeZone: 'America/New_York' }), moment)).toBe(false);
    expect(toIso(nextOpening(hoursOf({ timeZone: 'America/New_York' }), moment))).toBe('2026-11-20T14:00:00Z');
    // 18:00 in Kolkata, half an hour off the full one.
    expect(toIso(nextOpening(hoursOf({ timeZone: 'Asia/Kolkata' }), moment))).toBe('2026-11-23T03:30:00Z');
  });

  it('says so when nothing opens within 400 days', () => {
    const never = hoursOf({ week: parseWeek({}) });
    const away = hoursOf({ closures: [closure('2026-11-20', '2027-12-31', 'sabbatical')] });
    expect(() => nextOpening(never, on('2026-11-20 10:00'))).toThrow(NoOpeningError);
    expect(() => nextOpening(away, on('2026-11-20 10:00'))).toThrow(/within 400 days of 2026-11-20/);
    expect(() => nextWorkingOpening(away, on('2026-11-20 10:00'))).toThrow(NoOpeningError);
    expect(() => nextWorkingDay(never, localDay('2026-11-20'))).toThrow(NoOpeningError);
    expect(toIso(nextOpening(away, on('2026-12-01 10:00')))).toBe('2028-01-03T08:00:00Z');
  });
});

describe('the clock changes', () => {
  const sundays = (block: string, timeZone: TimeZone) => hoursOf({ week: parseWeek({ sun: [block] }), timeZone });

  it.each([
    // Spring: 02:00 is followed by 03:00.
    ['Europe/Rome', '02:30-05:00', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00Z'],
    ['Europe/Rome', '01:00-02:30', '2026-03-28T12:00:00Z', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z'],
    ['Europe/Rome', '01:00-04:00', '2026-03-28T12:00:00Z', '2026-03-29T00:00:00Z', '2026-03-29T02:00:00Z'],
    // A block that spring skips altogether waits a week.
    ['Europe/Rome', '02:10-02:50', '2026-03-28T12:00:00Z', '2026-04-05T00:10:00Z', '2026-04-05T00:50:00Z'],
    // Autumn: 03:00 is followed by 02:00.
    ['Europe/Rome', '01:00-04:00', '2026-10-24T12:00:00Z', '2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z'],
    ['Europe/Rome', '02:00-03:00', '2026-10-24T12:00:00Z', '2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z'],
    ['Europe/Rome', '02:15-02:45', '2026-10-24T12:00:00Z', '2026-10-25T00:15:00Z', '2026-10-25T00:45:00Z'],
    ['Europe/Rome', '02:15-02:45', '2026-10-25T00:45:00Z', '2026-10-25T01:15:00Z', '2026-10-25T01:45:00Z'],
    ['America/New_York', '02:30-05:00', '2026-03-08T06:00:00Z', '2026-03-08T07:00:00Z', '2026-03-08T09:00:00Z'],
    // Half an hour: 02:00 is followed by 02:30.
    ['Australia/Lord_Howe', '02:10-03:00', '2026-10-03T12:00:00Z', '2026-10-03T15:30:00Z', '2026-10-03T16:00:00Z'],
    ['Australia/Lord_Howe', '01:40-01:50', '2026-04-04T14:50:00Z', '2026-04-04T15:10:00Z', '2026-04-04T15:20:00Z'],
    // A midnight that does not come: the day begins at one.
    ['America/Santiago', '00:00-24:00', '2026-09-06T03:00:00Z', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'],
    // A Saturday of which the last hour comes twice: Sunday begins late.
    ['America/Santiago', '00:00-09:00', '2026-04-05T03:30:00Z', '2026-04-05T04:00:00Z', '2026-04-05T13:00:00Z'],
    ['Asia/Kolkata', '09:00-13:00', '2026-03-28T12:00:00Z', '2026-03-29T03:30:00Z', '2026-03-29T07:30:00Z'],
  ])('%s, Sunday %s: from %s it opens at %s and closes at %s', (zone, block, from, opens, closes) => {
    const hours = sundays(block, zone);
    expect(toIso(nextOpening(hours, instant(from)))).toBe(opens);
    expect(nextClosing(hours, instant(opens))).toBe(instant(closes));
  });
});

describe('overnight blocks', () => {
  const night = parseWeek({ thu: ['22:00-02:00'], fri: ['22:00-02:00'] });

  it('run past midnight into a day without hours of its own', () => {
    const hours = hoursOf({ week: night });
    expect(isOpen(hours, on('2026-11-21 01:59:59'))).toBe(true);
    expect(isOpen(hours, on('2026-11-21 02:00'))).toBe(false);
    expect(nextClosing(hours, on('2026-11-20 23:00'))).toBe(on('2026-11-21 02:00'));
  });

  it('end at midnight on the eve of a holiday', () => {
    const hours = hoursOf({ week: night, holiday: holidaysOn('2026-11-21') });
    expect(nextClosing(hours, on('2026-11-20 23:00'))).toBe(on('2026-11-21 00:00'));
  });

  it('that begin on a holiday do not take place, not even after midnight', () => {
    const hours = hoursOf({ week: night, holiday: holidaysOn('2026-11-19') });
    expect(nextOpening(hours, on('2026-11-19 00:00'))).toBe(on('2026-11-20 22:00'));
  });

  it('leave the day they run into a day without work', () => {
    const hours = hoursOf({ week: night });
    expect(isWorkingDay(hours, localDay('2026-11-20'))).toBe(true);
    expect(isWorkingDay(hours, localDay('2026-11-21'))).toBe(false);
    expect(nextWorkingOpening(hours, on('2026-11-21 01:00'))).toBe(on('2026-11-26 22:00'));
    expect(nextWorkingOpening(hours, on('2026-11-20 01:00'))).toBe(on('2026-11-20 01:00'));
  });
});

describe('nextClosing', () => {
  it('is the moment itself when it is closed', () => {
    expect(nextClosing(hoursOf({}), on('2026-11-21 11:00'))).toBe(on('2026-11-21 11:00'));
  });

  it('passes over touching blocks and open midnights', () => {
    const week = parseWeek({ fri: ['09:00-13:00', '13:00-24:00'], sat: ['00:00-03:00'] });
    expect(nextClosing(hoursOf({ week }), on('2026-11-20 10:00'))).toBe(on('2026-11-21 03:00'));
  });

  it('is null for a studio that never closes', () => {
    const week = parseWeek(Object.fromEntries(weekdays.map((day) => [day, ['00:00-24:00']])));
    expect(nextClosing(hoursOf({ week }), on('2026-11-20 10:00'))).toBeNull();
    expect(nextClosing(hoursOf({ week, holiday: holidaysOn('2026-12-25') }), on('2026-11-20 10:00'))).toBe(
      on('2026-12-25 00:00'),
    );
  });
});

describe('lastOpenMinuteBefore', () => {
  it.each([
    ['2026-11-23 09:00', '2026-11-20 17:59'],
    ['2026-11-20 18:00', '2026-11-20 17:59'],
    ['2026-11-20 17:00', '2026-11-20 16:59'],
    ['2026-11-20 09:00:20', '2026-11-20 09:00'],
    ['2026-11-20 14:00', '2026-11-20 12:59'],
  ])('before %s is %s', (before, minute) => {
    expect(lastOpenMinuteBefore(hoursOf({}), on(before))).toBe(on(minute));
  });

  it('is null when there was none', () => {
    expect(lastOpenMinuteBefore(hoursOf({ week: parseWeek({}) }), on('2026-11-20 10:00'))).toBeNull();
  });
});

describe('isWorkingDay and nextWorkingDay', () => {
  const hours = hoursOf({ holiday: italian, closures: [closure('2026-08-10', '2026-08-24')] });

  it.each([
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['2026-12-08', false],
    ['2026-08-10', false],
    ['2026-08-24', false],
    ['2026-08-25', true],
  ])('%s: %s', (day, working) => {
    expect(isWorkingDay(hours, localDay(day))).toBe(working);
    expect(nextWorkingDay(hours, localDay(day)) === day).toBe(working);
  });
});

describe('explain', () => {
  const hours = hoursOf({
    holiday: italian,
    closures: [
      closure('2026-08-10', '2026-08-24', 'vacation'),
      closure('2026-07-30', '2026-08-01', ''),
      closure('2026-12-24', '2027-01-06', 'holidays'),
      closure('2026-09-11', '2026-09-11', 'fair'),
      closure('2026-10-08', '2026-10-11', 'fiera'),
    ],
  });

  it.each<[string, ClosedReason, number]>([
    ['2026-11-22 11:00', { code: 'closed-weekday', weekday: 'sun' }, 22 * 60],
    ['2026-11-21 23:30', { code: 'closed-weekday', weekday: 'sat' }, 33 * 60 + 30],
    ['2026-11-19 21:04', { code: 'after-closing', at: '21:04', closedAt: '18:00' }, 716],
    ['2026-11-19 18:00', { code: 'after-closing', at: '18:00', closedAt: '18:00' }, 900],
    ['2026-11-19 07:10', { code: 'before-opening', at: '07:10', opensAt: '09:00' }, 110],
    ['2026-11-19 08:59:01', { code: 'before-opening', at: '08:59', opensAt: '09:00' }, 1],
    ['2026-11-19 13:20', { code: 'between-hours', at: '13:20', closedAt: '13:00', opensAt: '14:00' }, 40],
    ['2026-04-25 10:00', { code: 'on-holiday', day: localDay('2026-04-25'), name: 'Liberation Day' }, 47 * 60],
    ['2026-08-15 10:00', { code: 'in-closure', ...closure('2026-08-10', '2026-08-24', 'vacation') }, 239 * 60],
    ['2026-07-31 10:00', { code: 'in-closure', ...closure('2026-07-30', '2026-08-01', '') }, 71 * 60],
    ['2027-01-06 10:00', { code: 'in-closure', ...closure('2026-12-24', '2027-01-06', 'holidays') }, 23 * 60],
  ])('%s: %j, %i minutes', (text, why, minutesToOpening) => {
    expect(explain(hours, on(text))).toEqual({ open: false, why, minutesToOpening });
  });

  it('has no reason when it is open', () => {
    expect(explain(hours, on('2026-11-19 10:00'))).toEqual({ open: true, why: null, minutesToOpening: 0 });
  });

  it('counts real minutes over a change of the clock', () => {
    expect(explain(hours, on('2026-03-28 09:00')).minutesToOpening).toBe(47 * 60);
    expect(explain(hours, on('2026-10-24 09:00')).minutesToOpening).toBe(49 * 60);
  });

  it('says the weekday after a night that ran into it, and the gap between night and evening', () => {
    const week = parseWeek({ thu: ['22:00-02:00'], fri: ['22:00-02:00'] });
    expect(explain(hoursOf({ week }), on('2026-11-21 03:00')).why).toEqual({ code: 'closed-weekday', weekday: 'sat' });
    const between = { code: 'between-hours', at: '12:00', closedAt: '02:00', opensAt: '22:00' };
    expect(explain(hoursOf({ week }), on('2026-11-20 12:00')).why).toEqual(between);
    const before = { code: 'before-opening', at: '12:00', opensAt: '22:00' };
    expect(explain(hoursOf({ week }), on('2026-11-19 12:00')).why).toEqual(before);
  });

  it('does not mention a border between touching blocks', () => {
    const week = parseWeek({ fri: ['09:00-13:00', '13:00-18:00'] });
    expect(explain(hoursOf({ week }), on('2026-11-20 19:00')).why).toMatchObject({
      code: 'after-closing',
      closedAt: '18:00',
    });
  });

  it('knows no minutes when nothing opens', () => {
    expect(explain(hoursOf({ week: parseWeek({}) }), on('2026-11-20 10:00'))).toEqual({
      open: false,
      why: { code: 'closed-weekday', weekday: 'fri' },
      minutesToOpening: null,
    });
  });
});

describe('withWeek', () => {
  const owner = hoursOf({ holiday: italian, closures: [closure('2026-08-10', '2026-08-24')] });
  const mornings = parseWeek({ mon: ['08:00-10:00'], sat: ['08:00-10:00'] });

  it("takes the client's week and zone, and the owner's holidays and closures", () => {
    const client = withWeek(owner, mornings, 'America/New_York');
    expect(nextOpening(client, on('2026-11-20 12:00'))).toBe(on('2026-11-21 08:00', 'America/New_York'));
    // 15 August is a Saturday, and 26 December too.
    expect(isWorkingDay(client, localDay('2026-08-15'))).toBe(false);
    expect(isWorkingDay(client, localDay('2026-12-26'))).toBe(false);
    expect(withWeek(owner, mornings).timeZone).toBe('Europe/Rome');
    expect(withWeek(owner, null, 'Asia/Kolkata')).toMatchObject({ week: office, timeZone: 'Asia/Kolkata' });
  });

  it("is the owner's own when the client has none", () => {
    expect(withWeek(owner, null, null)).toBe(owner);
  });
});

describe('describeWeek', () => {
  it.each<[string, Partial<Record<Weekday, string[]>>, string, string]>([
    [
      'an office week',
      { mon: officeDay, tue: officeDay, wed: officeDay, thu: officeDay, fri: officeDay },
      'Mon-Fri 9:00-13:00 and 14:00-18:00',
      'lun-ven 9:00-13:00 e 14:00-18:00',
    ],
    [
      'a short Saturday',
      { mon: ['09:00-18:00'], tue: ['09:00-18:00'], sat: ['09:00-12:30'] },
      'Mon-Tue 9:00-18:00; Sat 9:00-12:30',
      'lun-mar 9:00-18:00; sab 9:00-12:30',
    ],
    [
      'a free Wednesday',
      { mon: ['09:00-18:00'], tue: ['09:00-18:00'], thu: ['09:00-18:00'], sun: ['09:00-18:00'] },
      'Mon-Tue, Thu and Sun 9:00-18:00',
      'lun-mar, gio e dom 9:00-18:00',
    ],
    ['one day', { wed: ['00:30-01:00'] }, 'Wed 0:30-1:00', 'mer 0:30-1:00'],
    [
      'three blocks',
      { fri: ['08:00-09:00', '10:00-11:00', '22:00-02:00'] },
      'Fri 8:00-9:00, 10:00-11:00 and 22:00-2:00',
      'ven 8:00-9:00, 10:00-11:00 e 22:00-2:00',
    ],
    ['touching blocks', { fri: ['09:00-13:00', '13:00-18:00'] }, 'Fri 9:00-18:00', 'ven 9:00-18:00'],
    [
      'always',
      Object.fromEntries(weekdays.map((day) => [day, ['00:00-24:00']])),
      'every day all day',
      'tutti i giorni tutto il giorno',
    ],
    ['never', {}, 'no hours', 'nessun orario'],
  ])('%s', (_name, week, english, italianText) => {
    expect(describeWeek(parseWeek(week), 'en')).toBe(english);
    expect(describeWeek(parseWeek(week), 'it')).toBe(italianText);
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
const start = Date.UTC(2026, 0, 1);

/** Up to two blocks a day, in order and short of the next day's first; the last may run past midnight. */
const anyDay = fc
  .uniqueArray(fc.integer({ min: 16, max: 110 }), { maxLength: 4 })
  .map((edges) => edges.toSorted((a, b) => a - b).map((edge) => edge * 15))
  .map((edges): Block[] =>
    edges.length < 2
      ? []
      : [
          { start: edges[0] as number, end: edges[1] as number },
          ...(edges[3] ? [{ start: edges[2] as number, end: edges[3] }] : []),
        ],
  )
  .map((blocks) => blocks.filter((block) => block.start < 1440));
const anyWeek = fc
  .tuple(anyDay, anyDay, anyDay, anyDay, anyDay, anyDay, anyDay)
  .map((list) => Object.fromEntries(weekdays.map((day, index) => [day, list[index]])) as unknown as WeeklyHours)
  .filter((week) => weekdays.some((day) => week[day].length > 0));
const anyHours = fc
  .record({
    week: anyWeek,
    timeZone: fc.constantFrom(...zones),
    free: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 }),
    away: fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 20 })),
  })
  .map(({ week, timeZone, free, away: [from, length] }) => {
    const day = (index: number) => addDays(localDay('2026-01-01'), index);
    return hoursOf({
      week,
      timeZone,
      holiday: holidaysOn(...free.map(day)),
      closures: [closure(day(from), day(from + length))],
    });
  });
const anyMoment = fc.integer({ min: start, max: start + 400 * dayMs }).map((ms) => ms as Instant);
/** The days around clock changes, so that they are met often. */
const nearChange = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-04',
      '2026-04-05',
      '2026-09-06',
      '2026-10-03',
      '2026-10-25',
      '2026-11-01',
    ),
    fc.integer({ min: -dayMs, max: 2 * dayMs }),
  )
  .map(([day, ms]) => plus(instant(`${day}T00:00:00Z`), ms));
const someMoment = fc.oneof(anyMoment, nearChange);

/** The rule in one sentence each, read off Temporal's clock. */
function modelOpen(hours: ContactHours, moment: Instant): boolean {
  const clock = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(hours.timeZone);
  const minute = clock.hour * 60 + clock.minute;
  const today = clock.toPlainDate();
  const blocks = (date: Temporal.PlainDate) => {
    const day = date.toString() as LocalDay;
    const closed = hours.holiday(day) !== undefined || hours.closures.some(({ from, to }) => from <= day && day <= to);
    return closed ? null : hours.week[weekdays[date.dayOfWeek - 1] as Weekday];
  };
  const own = blocks(today);
  if (own === null) return false;
  const eve = blocks(today.subtract({ days: 1 })) ?? [];
  return (
    own.some((block) => block.start <= minute && minute < block.end) || eve.some((block) => minute + 1440 < block.end)
  );
}

describe('for any hours, zone and moment', () => {
  it('isOpen is what the clock on the wall says, and explain agrees', () => {
    fc.assert(
      fc.property(anyHours, someMoment, (hours, moment) => {
        const open = modelOpen(hours, moment);
        expect(isOpen(hours, moment)).toBe(open);
        const explained = explain(hours, moment);
        expect(explained.open).toBe(open);
        expect(explained.why === null).toBe(open);
        expect(explained.minutesToOpening === 0).toBe(open);
      }),
      { numRuns: 1000 },
    );
  });

  it('nextOpening is open, not before, the same when asked again, and nothing opens in between', () => {
    fc.assert(
      fc.property(
        anyHours,
        someMoment,
        fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { maxLength: 20 }),
        (hours, moment, parts) => {
          const opening = nextOpening(hours, moment);
          expect(opening).toBeGreaterThanOrEqual(moment);
          expect(modelOpen(hours, opening)).toBe(true);
          expect(nextOpening(hours, opening)).toBe(opening);
          for (const part of parts) {
            const between = Math.floor(moment + (opening - moment) * part) as Instant;
            if (between < opening) expect(modelOpen(hours, between)).toBe(false);
          }
          if (opening > moment) expect(modelOpen(hours, plus(opening, -1))).toBe(false);
          expect(explain(hours, moment).minutesToOpening).toBe(Math.ceil((opening - moment) / minuteMs));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('nextClosing is closed, not before, and all is open until then', () => {
    fc.assert(
      fc.property(anyHours, someMoment, (hours, moment) => {
        const from = nextOpening(hours, moment);
        const closing = nextClosing(hours, from) as Instant;
        expect(closing).toBeGreaterThan(from);
        expect(modelOpen(hours, closing)).toBe(false);
        for (let between = from as number; between < closing; between += hourMs / 4) {
          expect(modelOpen(hours, between as Instant)).toBe(true);
        }
        expect(modelOpen(hours, plus(closing, -1))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('the last open minute before a moment is open and earlier, and nothing later is', () => {
    fc.assert(
      fc.property(anyHours, someMoment, (hours, moment) => {
        const minute = lastOpenMinuteBefore(hours, moment);
        if (minute === null) return;
        expect(minute).toBeLessThan(moment);
        expect(modelOpen(hours, minute)).toBe(true);
        const after = plus(minute, minuteMs);
        if (after < moment) expect(nextOpening(hours, after)).toBeGreaterThanOrEqual(moment);
      }),
      { numRuns: 300 },
    );
  });

  it('nextWorkingOpening is an opening on a working day, and no earlier working day has one left', () => {
    fc.assert(
      fc.property(anyHours, someMoment, (hours, moment) => {
        const opening = nextWorkingOpening(hours, moment);
        expect(modelOpen(hours, opening)).toBe(true);
        expect(isWorkingDay(hours, dayOf(opening, hours.timeZone))).toBe(true);
        for (let other = nextOpening(hours, moment); other < opening; other = nextOpening(hours, plus(other, hourMs))) {
          expect(isWorkingDay(hours, dayOf(other, hours.timeZone))).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});
