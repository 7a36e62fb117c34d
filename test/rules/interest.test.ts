/** Interest by law: the two ways of counting, each with a figure computed by hand. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compensation,
  halfYearOf,
  interestSheet,
  type InterestSheet,
  type InterestTerms,
  type LateSum,
} from '../../src/rules/interest.ts';
import { addDays, daysBetween, localDay } from '../../src/rules/time.ts';

const rate = (from: string, basisPoints: number) => ({ from: localDay(from), basisPoints, source: 'test' });
const eu: InterestTerms = {
  law: 'eu',
  rates: [rate('2023-01-01', 250), rate('2023-07-01', 400), rate('2024-01-01', 450), rate('2024-07-01', 425)],
  marginBasisPoints: 800,
};
const uk: InterestTerms = {
  law: 'uk',
  rates: [rate('2023-01-01', 350), rate('2023-07-01', 500)],
  marginBasisPoints: 800,
};
const sum = (over: Partial<LateSum> = {}): LateSum => ({
  clientKind: 'business',
  principalCents: 100_000,
  dueOn: localDay('2023-06-20'),
  payments: [],
  ...over,
});
const until = localDay('2023-08-31');
const linesOf = (sheet: InterestSheet) => (sheet.kind === 'interest' ? sheet.lines : []);

describe('interest in the Union', () => {
  it('splits the days by half-year: 10 at 10.5 % and 62 at 12 % of 1,000.00 are 23.26', () => {
    const sheet = interestSheet(sum(), eu, until);
    expect(sheet).toMatchObject({ kind: 'interest', interestCents: 2326, compensationCents: 4000 });
    expect(
      linesOf(sheet).map((line) => [line.from, line.to, line.days, line.basisPoints, line.exactCents.toFixed(2)]),
    ).toEqual([
      ['2023-06-21', '2023-06-30', 10, 1050, '287.67'],
      ['2023-07-01', '2023-08-31', 62, 1200, '2038.36'],
    ]);
    expect(sheet.why).toEqual({ code: 'runs-from', days: 72, from: '2023-06-21', rate: 'of-each-half-year' });
  });

  it('needs no rate of a half-year without a day', () => {
    const sheet = interestSheet(sum({ dueOn: localDay('2023-06-30') }), { ...eu, rates: eu.rates.slice(1, 2) }, until);
    expect(sheet).toMatchObject({ kind: 'interest', lines: [{ from: '2023-07-01', days: 62 }] });
  });

  it('counts a part payment to the day it came, and the rest after it', () => {
    const sheet = interestSheet(
      sum({ payments: [{ receivedOn: localDay('2023-07-31'), amountCents: 40_000 }] }),
      eu,
      until,
    );
    // 287.671 + 100000*1200*31/3650000 + 60000*1200*31/3650000 = 287.671 + 1019.178 + 611.507
    expect(sheet).toMatchObject({ interestCents: 1918 });
  });

  it('stops when it is paid whole', () => {
    const sheet = interestSheet(
      sum({ payments: [{ receivedOn: localDay('2023-06-30'), amountCents: 100_000 }] }),
      eu,
      until,
    );
    expect(sheet).toMatchObject({ interestCents: 288, lines: [{ days: 10 }] });
  });

  it('says which rate is missing', () => {
    expect(interestSheet(sum(), { ...eu, rates: eu.rates.slice(0, 1) }, until)).toEqual({
      kind: 'none',
      code: 'no-rate',
      why: { code: 'no-rate-from', half: '2023-07-01' },
    });
  });
});

describe('interest in the United Kingdom', () => {
  it('fixes the rate at the start: 72 days at 11.5 % of 5,000.00 are 113.42, with 70 more', () => {
    const sheet = interestSheet(sum({ principalCents: 500_000 }), uk, until);
    expect(sheet).toMatchObject({ kind: 'interest', interestCents: 11_342, compensationCents: 7_000 });
    expect(linesOf(sheet)).toHaveLength(1);
  });

  it('takes the second half-year when interest starts on 1 July', () => {
    const sheet = interestSheet(sum({ dueOn: localDay('2023-06-30') }), uk, until);
    expect(sheet).toMatchObject({ lines: [{ basisPoints: 1300 }] });
  });
});

describe('who owes none', () => {
  it.each([
    ['a consumer', sum({ clientKind: 'consumer' }), '2023-08-31', 'consumer'],
    ['who is not late', sum(), '2023-06-20', 'not-late'],
    ['who owes nothing', sum({ principalCents: 0 }), '2023-08-31', 'not-late'],
  ])('%s', (_name, late, day, code) => {
    expect(interestSheet(late, eu, localDay(day))).toMatchObject({ kind: 'none', code });
  });
  it('one day late is one day', () => {
    expect(interestSheet(sum(), eu, localDay('2023-06-21'))).toMatchObject({ lines: [{ days: 1 }], interestCents: 29 });
  });
});

describe('flat compensation', () => {
  it.each([
    ['eu', 1, 4_000],
    ['eu', 5_000_000, 4_000],
    ['uk', 99_999, 4_000],
    ['uk', 100_000, 7_000],
    ['uk', 999_999, 7_000],
    ['uk', 1_000_000, 10_000],
  ] as const)('%s, %i cents: %i', (law, cents, expected) => {
    expect(compensation(law, cents)).toBe(expected);
  });
});

describe('any stretch of days', () => {
  it('has lines that touch, cover every day once and add up to the total', () => {
    const payment = fc.record({
      receivedOn: fc.integer({ min: -5, max: 400 }),
      amountCents: fc.integer({ min: 1, max: 60_000 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 400 }),
        fc.array(payment, { maxLength: 3 }),
        (start, length, paid) => {
          const dueOn = addDays(localDay('2023-03-01'), start);
          const payments = paid.map((one) => ({ ...one, receivedOn: addDays(dueOn, one.receivedOn) }));
          const to = addDays(dueOn, length);
          const sheet = interestSheet(sum({ dueOn, payments }), eu, to);
          expect(sheet.kind).toBe('interest');
          const lines = linesOf(sheet);
          let next = addDays(dueOn, 1);
          for (const line of lines) {
            expect(line.from).toBe(next);
            expect(line.days).toBe(daysBetween(line.from, line.to) + 1);
            expect(halfYearOf(line.from)).toBe(halfYearOf(line.to));
            next = addDays(line.to, 1);
          }
          if (payments.length > 0) next = addDays(to, 1);
          expect(next).toBe(addDays(to, 1));
          const exact = lines.reduce((all, line) => all + line.exactCents, 0);
          expect(Math.abs(exact - (sheet.kind === 'interest' ? sheet.interestCents : 0))).toBeLessThanOrEqual(0.5001);
        },
      ),
    );
  });
});
