/** Names of holidays, by country, region and the owner's own list. */
import { describe, expect, it } from 'vitest';
import type { HolidayOptions } from '../../src/rules/holidays.ts';
import { checkPlace, holidayCalendar, holidayYears } from '../../src/rules/holidays.ts';
import { addDays, localDay } from '../../src/rules/time.ts';

function nameOf(day: string, options: Partial<HolidayOptions>): string | undefined {
  return holidayCalendar({ language: 'en', ...options })(localDay(day));
}

describe('public holidays', () => {
  it.each([
    ['IT', null, 'en', '2026-04-25', 'Liberation Day'],
    ['IT', null, 'it', '2026-04-25', 'Festa della Liberazione'],
    ['IT', null, 'it', '2026-12-25', 'Natale'],
    ['IT', null, 'en', '2026-04-05', 'Easter Sunday'],
    ['IT', null, 'en', '2026-04-06', 'Easter Monday'],
    ['IT', null, 'en', '2026-08-15', 'Assumption'],
    // Law 151 of 2025: a holiday again from 2026 on.
    ['IT', null, 'en', '2026-10-04', 'National Day of Saint Francis of Assisi'],
    ['IT', null, 'en', '2025-10-04', undefined],
    ['IT', null, 'en', '2026-04-24', undefined],
    ['IT', '32', 'it', '2026-05-25', 'Lunedì di Pentecoste'],
    ['IT', null, 'it', '2026-05-25', undefined],
    ['DE', 'BY', 'it', '2026-01-06', 'Epifania'],
    ['DE', 'BE', 'it', '2026-01-06', undefined],
    // Without a name in the language asked for, the country's own.
    ['DE', null, 'it', '2026-10-03', 'Tag der Deutschen Einheit'],
    // Substitute days, beside the days themselves.
    ['GB', 'ENG', 'en', '2027-12-25', 'Christmas Day'],
    ['GB', 'ENG', 'en', '2027-12-27', 'Christmas Day (substitute day)'],
    ['GB', 'ENG', 'en', '2027-12-28', 'Boxing Day (substitute day)'],
    ['GB', 'ENG', 'en', '2027-12-29', undefined],
    // New Year of 2022, a Saturday, is kept on the Friday before: in the year before.
    ['US', null, 'en', '2021-12-31', "New Year's Day (substitute day)"],
    // Of several days.
    ['KR', null, 'en', '2026-02-19', 'Korean New Year'],
    ['KR', null, 'en', '2026-02-20', undefined],
    // Begun on 31 December.
    ['EG', null, 'en', '2007-01-02', 'Feast of the Sacrifice (Eid al-Adha)'],
  ] as const)('%s %s (%s): %s is %s', (country, region, language, day, name) => {
    expect(nameOf(day, { country, region, language })).toBe(name);
  });

  it('leaves out half days and days that are no public holiday', () => {
    // New Year's Eve is free from one o'clock in Iceland, Christmas Eve from noon in Guatemala; Mother's Day is only observed.
    expect(nameOf('2026-12-31', { country: 'IS' })).toBeUndefined();
    expect(nameOf('2026-12-24', { country: 'GT' })).toBeUndefined();
    expect(nameOf('2026-05-10', { country: 'IT' })).toBeUndefined();
  });

  it.each(['32', 'it-32', 'IT-32', 'Alto Adige', 'alto adige'])('takes the region as "%s"', (region) => {
    expect(nameOf('2026-05-25', { country: 'it', region })).toBe('Whit Monday');
  });

  it('takes a part of a region', () => {
    expect(nameOf('2026-08-08', { country: 'DE', region: 'BY.A' })).toBeDefined();
    expect(nameOf('2026-08-08', { country: 'DE', region: 'BY' })).toBeUndefined();
  });

  it('has thirteen days in the Italian year 2026, and the same ones when asked again', () => {
    const calendar = holidayCalendar({ country: 'IT', language: 'it' });
    const year = Array.from({ length: 365 }, (_, index) => addDays(localDay('2026-01-01'), index));
    const names = year.map(calendar);
    expect(names.filter((name) => name !== undefined)).toHaveLength(13);
    expect(year.map(calendar)).toEqual(names);
  });
});

describe('extra days', () => {
  const extra = [
    { date: '06-24', name: 'San Giovanni' },
    { date: '2026-05-04', name: 'bridge' },
    { date: '02-29', name: 'leap day' },
    { date: '04-25', name: 'San Marco' },
  ];

  it.each([
    ['2026-06-24', 'San Giovanni'],
    ['2031-06-24', 'San Giovanni'],
    ['2026-05-04', 'bridge'],
    ['2027-05-04', undefined],
    ['2028-02-29', 'leap day'],
    ['2027-03-01', undefined],
    // The country's name goes first.
    ['2026-04-25', 'Liberation Day'],
  ])('%s is %s', (day, name) => {
    expect(nameOf(day, { country: 'IT', extra })).toBe(name);
  });

  it('stand alone when no country is named', () => {
    expect(nameOf('2026-06-24', { extra })).toBe('San Giovanni');
    expect(nameOf('2026-12-25', { extra })).toBeUndefined();
    expect(nameOf('2026-12-25', { country: null })).toBeUndefined();
  });

  it.each(['24-06-2026', '13-01', '02-30', '2027-02-29', '6-24', ''])(
    'refuses "%s" and says how to write it',
    (date) => {
      expect(() => nameOf('2026-01-01', { extra: [{ date, name: 'x' }] })).toThrow(/"06-24" \(every year\)/);
    },
  );
});

describe('a place that is not known', () => {
  it.each([
    ['UK', 'GB'],
    ['ITA', 'IT'],
    ['Italy', 'IT'],
    ['Germania', 'DE'],
    ['Itlaia', 'IT'],
    ['Deutschland', 'DE'],
  ])('suggests for the country "%s" "%s"', (country, near) => {
    expect(() => nameOf('2026-01-01', { country })).toThrow(new RegExp(`"${country}"; did you mean "${near}"`));
  });

  it.each([
    ['DE', 'BAY', 'BY'],
    ['DE', 'Bayrn', 'BY'],
    ['IT', 'Lombardia', '25'],
    ['IT', 'constructor', '\\d+'],
    ['DE', 'BY.B', 'A'],
  ])('suggests for the region "%s-%s" "%s", and names those it knows', (country, region, near) => {
    expect(() => nameOf('2026-01-01', { country, region })).toThrow(new RegExp(`did you mean ${near} \\(.*Known: `));
  });

  it('says so when a country has one list for all its regions', () => {
    expect(() => nameOf('2026-01-01', { country: 'VA', region: 'x' })).toThrow(/the same everywhere/);
  });

  it.each(['', '__proto__', 'constructor', 'ZZ', '??'])('refuses the country "%s"', (country) => {
    expect(() => nameOf('2026-01-01', { country })).toThrow(/no holidays are known/);
  });

  it('refuses a region without a country', () => {
    expect(() => nameOf('2026-01-01', { region: 'BY' })).toThrow(/needs its country/);
  });
});

describe('years worked out before', () => {
  const italy = { country: 'IT', region: '32', language: 'it' } as const;

  it('say the same, and other years are worked out when asked for', () => {
    const known = holidayYears(italy, [2026, 2027]);
    expect(Object.keys(known)).toEqual(['2026', '2027']);
    const [calendar, remembering] = [holidayCalendar(italy), holidayCalendar({ ...italy, known })];
    for (const day of ['2026-01-01', '2026-05-25', '2027-12-26', '2028-12-25', '2026-03-03'].map(localDay))
      expect(remembering(day)).toBe(calendar(day));
  });

  it('are none without a country', () => {
    expect(holidayYears({ country: null, language: 'it' }, [2026])).toEqual({});
  });
});

it('a place is looked up without asking for a day', () => {
  expect(() => checkPlace({ country: 'IT', region: '32' })).not.toThrow();
  expect(() => checkPlace({ country: null })).not.toThrow();
  expect(() => checkPlace({ country: 'UK' })).toThrow(/did you mean "GB"/);
});
