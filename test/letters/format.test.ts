import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  count,
  day,
  dayAndTime,
  moment,
  money,
  series,
  weekdayDay,
  withArticle,
  zoneName,
} from '../../src/letters/format.ts';
import { instant, localDay } from '../../src/rules/time.ts';

describe('money', () => {
  test.each([
    [122_000, 'EUR', '1.220,00 EUR', '€1,220.00'],
    [122_000, 'USD', '1.220,00 USD', '$1,220.00'],
    [122_000, 'GBP', '1.220,00 GBP', '£1,220.00'],
    [122_000, 'CHF', '1.220,00 CHF', 'CHF 1,220.00'],
    [0, 'EUR', '0,00 EUR', '€0.00'],
    [5, 'EUR', '0,05 EUR', '€0.05'],
    [99_999, 'EUR', '999,99 EUR', '€999.99'],
    [123_456_789, 'EUR', '1.234.567,89 EUR', '€1,234,567.89'],
    [-122_000, 'EUR', '-1.220,00 EUR', '-€1,220.00'],
    [-5, 'CHF', '-0,05 CHF', '-CHF 0.05'],
    [1_220, 'JPY', '1.220 JPY', 'JPY 1,220'],
    [7, 'JPY', '7 JPY', 'JPY 7'],
    [1_220_500, 'KWD', '1.220,500 KWD', 'KWD 1,220.500'],
  ])('%i %s is %s, %s', (cents, currency, italian, english) => {
    expect(money(cents, currency, 'it')).toBe(italian);
    expect(money(cents, currency, 'en')).toBe(english);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 12.5, 2 ** 60])('refuses %d cents', (cents) => {
    expect(() => money(cents, 'EUR', 'it')).toThrow(RangeError);
  });

  test.each(['', 'eur', 'EURO', '€', 'EU1'])('refuses the currency %j', (currency) => {
    expect(() => money(100, currency, 'en')).toThrow(RangeError);
  });

  test('keeps every digit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
        const digits = (text: string) => Number(text.replace(/[^\d-]/g, ''));
        expect(digits(money(cents, 'EUR', 'it'))).toBe(cents);
        expect(digits(money(cents, 'EUR', 'en'))).toBe(cents);
      }),
    );
  });
});

describe('days', () => {
  test.each([
    ['2026-05-15', '15 maggio 2026', '15 May 2026'],
    ['2026-05-01', '1º maggio 2026', '1 May 2026'],
    ['2026-05-31', '31 maggio 2026', '31 May 2026'],
    ['2028-02-29', '29 febbraio 2028', '29 February 2028'],
    ['2026-12-08', '8 dicembre 2026', '8 December 2026'],
  ])('%s is %s, %s', (written, italian, english) => {
    expect(day(localDay(written), 'it')).toBe(italian);
    expect(day(localDay(written), 'en')).toBe(english);
  });

  test.each([
    ['2026-11-23', 'lunedì 23 novembre 2026', 'Monday 23 November 2026'],
    ['2026-11-29', 'domenica 29 novembre 2026', 'Sunday 29 November 2026'],
    ['2026-08-01', 'sabato 1º agosto 2026', 'Saturday 1 August 2026'],
  ])('%s is %s, %s', (written, italian, english) => {
    expect(weekdayDay(localDay(written), 'it')).toBe(italian);
    expect(weekdayDay(localDay(written), 'en')).toBe(english);
  });

  test.each([
    ['il', '15 maggio 2026', 'il 15 maggio 2026'],
    ['il', '8 maggio 2026', 'l’8 maggio 2026'],
    ['del', '8 maggio 2026', 'dell’8 maggio 2026'],
    ['al', '11 maggio 2026', 'all’11 maggio 2026'],
    ['dal', '11 maggio 2026', 'dall’11 maggio 2026'],
    ['dal', '1º maggio 2026', 'dal 1º maggio 2026'],
    ['del', '18 maggio 2026', 'del 18 maggio 2026'],
    ['al', '28 maggio 2026', 'al 28 maggio 2026'],
    ['il', '31 maggio 2026', 'il 31 maggio 2026'],
  ] as const)('"%s" before %s is %s', (article, date, expected) => {
    expect(withArticle(article, date)).toBe(expected);
  });
});

describe('moments', () => {
  test.each([
    [
      '2026-11-23T08:00:00Z',
      'Europe/Rome',
      'lunedì 23 novembre 2026 alle 9:00 (ora dell’Europa centrale)',
      'Monday 23 November 2026 at 9:00 (Central European Time)',
    ],
    [
      '2026-07-20T07:05:00Z',
      'Europe/Rome',
      'lunedì 20 luglio 2026 alle 9:05 (ora legale dell’Europa centrale)',
      'Monday 20 July 2026 at 9:05 (Central European Summer Time)',
    ],
    [
      '2026-07-20T23:30:00Z',
      'Europe/Rome',
      'martedì 21 luglio 2026 all’1:30 (ora legale dell’Europa centrale)',
      'Tuesday 21 July 2026 at 1:30 (Central European Summer Time)',
    ],
    // autumn: half past two comes twice, and the name of the time tells them apart
    [
      '2026-10-25T00:30:00Z',
      'Europe/Rome',
      'domenica 25 ottobre 2026 alle 2:30 (ora legale dell’Europa centrale)',
      'Sunday 25 October 2026 at 2:30 (Central European Summer Time)',
    ],
    [
      '2026-10-25T01:30:00Z',
      'Europe/Rome',
      'domenica 25 ottobre 2026 alle 2:30 (ora dell’Europa centrale)',
      'Sunday 25 October 2026 at 2:30 (Central European Time)',
    ],
  ])('%s in %s', (iso, zone, italian, english) => {
    expect(moment(instant(iso), zone, 'it')).toBe(italian);
    expect(moment(instant(iso), zone, 'en')).toBe(english);
  });

  test('midnight is 00:00 of the new day', () => {
    expect(dayAndTime(instant('2026-11-23T23:00:00Z'), 'Europe/Rome', 'it')).toBe('martedì 24 novembre 2026 alle 0:00');
  });

  test.each([
    ['America/New_York', '2026-01-15T12:00:00Z', 'Eastern Standard Time'],
    ['America/New_York', '2026-07-15T12:00:00Z', 'Eastern Daylight Time'],
    ['Europe/London', '2026-01-15T12:00:00Z', 'Greenwich Mean Time'],
    ['Europe/London', '2026-07-15T12:00:00Z', 'British Summer Time'],
    ['Asia/Kolkata', '2026-07-15T12:00:00Z', 'India Standard Time'],
    ['Europe/Athens', '2026-01-15T12:00:00Z', 'Eastern European Time'],
    ['UTC', '2026-01-15T12:00:00Z', 'Coordinated Universal Time'],
  ])('%s at %s is on %s', (zone, iso, name) => {
    expect(zoneName(instant(iso), zone, 'en')).toBe(name);
  });

  test.each(['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Dubai', 'UTC'])(
    'the Italian name of the time in %s begins small',
    (zone) => {
      expect(zoneName(instant('2026-01-15T12:00:00Z'), zone, 'it')).toMatch(/^(ora|tempo) \p{L}/u);
    },
  );
});

describe('counts and series', () => {
  test.each([
    [1, 'day', '1 giorno', '1 day'],
    [3, 'day', '3 giorni', '3 days'],
    [0, 'day', '0 giorni', '0 days'],
    [1, 'working-day', '1 giorno lavorativo', '1 working day'],
    [2, 'working-day', '2 giorni lavorativi', '2 working days'],
    [1, 'hour', '1 ora', '1 hour'],
    [72, 'hour', '72 ore', '72 hours'],
    [1, 'invoice', '1 fattura', '1 invoice'],
    [4, 'invoice', '4 fatture', '4 invoices'],
    [1, 'revision', '1 revisione', '1 revision'],
    [2, 'revision', '2 revisioni', '2 revisions'],
  ] as const)('%i %s is "%s", "%s"', (amount, of, italian, english) => {
    expect(count(amount, of, 'it')).toBe(italian);
    expect(count(amount, of, 'en')).toBe(english);
  });

  test.each([
    [[], '', ''],
    [['email'], 'email', 'email'],
    [['email', 'chat'], 'email e chat', 'email and chat'],
    [['email', 'chat', 'fax'], 'email, chat e fax', 'email, chat and fax'],
  ])('%j are said as "%s", "%s"', (items, italian, english) => {
    expect(series(items, 'it')).toBe(italian);
    expect(series(items, 'en')).toBe(english);
  });
});
