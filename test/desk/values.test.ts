/** What a person types: read when it is clear, refused when it can be read in two ways. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay, parseMoment, parseMoney, parseUntil, fileMoney } from '../../src/desk/values.ts';
import { instant, toIso } from '../../src/rules/time.ts';
import { day, refusal, zone } from './support.ts';

const now = instant('2026-11-23T10:00:00+01:00');

describe('a sum', () => {
  it.each([
    ['1220', 'EUR', 122000],
    ['1220.5', 'EUR', 122050],
    ['1220,50', 'EUR', 122050],
    ['1.220,50', 'EUR', 122050],
    ['1,220.50', 'EUR', 122050],
    ["1'220.50", 'CHF', 122050],
    ['1 220,50', 'EUR', 122050],
    ['€ 1.220,00', 'EUR', 122000],
    ['1220,00 €', 'EUR', 122000],
    ['1.220.300', 'EUR', 122030000],
    ['0.05', 'EUR', 5],
    ['50000', 'JPY', 50000],
    ['1,220.500', 'KWD', 1220500],
    ['1.220,500', 'KWD', 1220500],
    ['1220.500', 'KWD', 1220500],
    ['0.220', 'KWD', 220],
    ['1.2200', 'KWD', 1220],
    ['1220.0000', 'EUR', 122000],
    ['1220,5000', 'EUR', 122050],
    ['1.220,0000', 'EUR', 122000],
    ['0.500', 'EUR', 50],
    ['1220.500', 'EUR', 122050],
    ['12000.00', 'JPY', 12000],
    ['12,000.00', 'JPY', 12000],
    ['12000.0', 'JPY', 12000],
    ['EUR 1.220,00', 'EUR', 122000],
    ['1220.00 EUR', 'EUR', 122000],
    ['12', 'KWD', 12000],
  ])('%s %s', (text, currency, cents) => {
    expect(parseMoney(text, currency)).toBe(cents);
  });

  it.each([
    ['1.220', 'EUR', /two ways/],
    ['1,220', 'EUR', /two ways/],
    ['1,220', 'KWD', /two ways/],
    ['1.220', 'KWD', /two ways/],
    ['12.000', 'JPY', /two ways/],
    ['1220.00 USD', 'EUR', /not a sum/],
    ['1220.0001', 'EUR', /not a sum/],
    ['1.220.', 'EUR', /not a sum/],
    ['.50', 'EUR', /not a sum/],
    ['12.345', 'EUR', /two ways/],
    ['', 'EUR', /not a sum/],
    ['-5', 'EUR', /not a sum/],
    ['1.2.3', 'EUR', /not a sum/],
    ['1.220.50', 'EUR', /not a sum/],
    ['1,220.300,50', 'EUR', /not a sum/],
    ['1220.505', 'EUR', /not a sum/],
    ['50000.5', 'JPY', /not a sum/],
    ['1e9', 'EUR', /not a sum/],
    ['0x10', 'EUR', /not a sum/],
    ['٣', 'EUR', /not a sum/],
    ['99999999999999', 'EUR', /too large/],
  ])('%j %s is refused', (text, currency, message) => {
    expect(refusal(() => parseMoney(text, currency)).message).toMatch(message);
  });

  it('there and back is the same sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (cents, currency) => {
          expect(parseMoney(fileMoney(cents, currency), currency)).toBe(cents);
        },
      ),
    );
  });
});

describe('a day', () => {
  it.each([
    ['2026-11-24', '2026-11-24'],
    ['today', '2026-11-23'],
    ['Yesterday', '2026-11-22'],
    ['tomorrow', '2026-11-24'],
  ])('%s', (text, expected) => {
    expect(parseDay(text, day('2026-11-23'))).toBe(expected);
  });

  it.each(['2026-02-29', '24/11/2026', '2026-1-1', '', 'soon'])('%j is none', (text) => {
    expect(refusal(() => parseDay(text, day('2026-11-23'))).code).toBe('usage');
  });
});

describe('an end', () => {
  it.each([
    ['3h', '2026-11-23T12:00:00Z'],
    ['5d', '2026-11-28T09:00:00Z'],
    ['2w', '2026-12-07T09:00:00Z'],
    ['2026-11-27', '2026-11-27T23:00:00Z'],
    ['today', '2026-11-23T23:00:00Z'],
    ['2027-03-28', '2027-03-28T22:00:00Z'],
    ['2026-11-24T09:00:00+01:00', '2026-11-24T08:00:00Z'],
  ])('%s', (text, expected) => {
    expect(toIso(parseUntil(text, { now, zone }))).toBe(expected);
  });

  it.each(['0h', 'yesterday', '2026-11-22', '2026-11-23T09:00:00+01:00', 'never', '3 fortnights'])(
    '%j is none',
    (text) => {
      expect(refusal(() => parseUntil(text, { now, zone })).code).toBe('usage');
    },
  );
});

describe('a moment', () => {
  it.each([
    ['now', '2026-11-23T09:00:00Z'],
    ['2026-11-22 21:30', '2026-11-22T20:30:00Z'],
    ['2026-07-01 9:05', '2026-07-01T07:05:00Z'],
    ['yesterday 21:30', '2026-11-22T20:30:00Z'],
    ['2026-03-29 02:30', '2026-03-29T01:30:00Z'],
    ['2026-11-22T21:30:00Z', '2026-11-22T21:30:00Z'],
  ])('%s', (text, expected) => {
    expect(toIso(parseMoment(text, { now, zone }))).toBe(expected);
  });

  it.each(['21:30', '2026-11-22', '2026-11-22 25:00', 'later'])('%j is none', (text) => {
    expect(refusal(() => parseMoment(text, { now, zone })).code).toBe('usage');
  });
});
