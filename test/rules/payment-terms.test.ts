/** Terms of payment as people write them, and the due days they lead to, written out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueBy, inDays, parsePaymentTerms, writePaymentTerms } from '../../src/rules/payment-terms.ts';
import { addDays, localDay } from '../../src/rules/time.ts';
import { wordsOf } from '../../src/words/voice.ts';

const eom = (days: number, dayAfter: number | null = null) => ({ days, endOfMonth: true, dayAfter });

it.each([
  ['30', inDays(30)],
  ['0', inDays(0)],
  ['30 days', inDays(30)],
  ['30 gg', inDays(30)],
  ['60 giorni', inDays(60)],
  ['30 gg d.f.', inDays(30)],
  ['30 giorni data fattura', inDays(30)],
  ['30 days from the invoice', inDays(30)],
  ['30 eom', eom(30)],
  ['30 EOM', eom(30)],
  ['30eom', eom(30)],
  ['30 fine mese', eom(30)],
  ['30 gg f.m.', eom(30)],
  ['30 gg d.f.f.m.', eom(30)],
  ['60 DFFM', eom(60)],
  ['30 giorni data fattura fine mese', eom(30)],
  ['90 gg. d.f. f.m.', eom(90)],
  ['30 days end of month', eom(30)],
  ['30 eom 10', eom(30, 10)],
  ['30 gg d.f.f.m. + 10', eom(30, 10)],
  ['30 giorni fine mese + 10 gg', eom(30, 10)],
  ['60 gg fm il 15', eom(60, 15)],
  ['30 fine mese 10 del mese successivo', eom(30, 10)],
  ['30 days from the invoice, end of the month, the 10th', eom(30, 10)],
])('"%s" is read', (text, terms) => {
  expect(parsePaymentTerms(text)).toEqual(terms);
});

it.each([
  'many',
  '',
  'eom',
  '-30',
  '30 / 60',
  '30 10',
  '30 eom 32',
  '30 eom 0',
  '400',
  '3,5 eom',
  '3;5',
  '30 gg bonifico',
])('"%s" is refused', (text) => {
  expect(() => parsePaymentTerms(text)).toThrow(/number of days/);
});

it.each([
  ['2026-01-15', inDays(30), '2026-02-14'],
  ['2026-01-15', eom(30), '2026-02-28'],
  ['2026-01-31', eom(30), '2026-03-31'],
  ['2026-01-30', eom(0), '2026-01-31'],
  ['2026-11-30', eom(30), '2026-12-31'],
  ['2026-12-31', eom(60), '2027-03-31'],
  ['2028-01-01', eom(30), '2028-01-31'],
  ['2028-01-31', eom(29), '2028-02-29'],
  ['2026-10-31', eom(30), '2026-11-30'],
  ['2026-10-05', eom(30, 10), '2026-12-10'],
  ['2026-12-05', eom(0, 10), '2027-01-10'],
  ['2026-01-02', eom(0, 31), '2026-02-28'],
])('of %s by %o is due %s', (issued, terms, due) => {
  expect(dueBy(terms, localDay(issued))).toBe(due);
});

it('are said in both languages', () => {
  const [en, it] = [wordsOf('en').terminal.clients, wordsOf('it').terminal.clients];
  expect(en.paymentTerms(inDays(1))).toBe('1 day from the invoice');
  expect(en.paymentTerms(eom(30, 10))).toBe(
    '30 days from the invoice, then the end of that month, then day 10 of the next',
  );
  expect(it.paymentTerms(eom(30, 10))).toBe(
    '30 giorni dalla fattura, poi alla fine di quel mese, poi il giorno 10 del mese dopo',
  );
});

describe('for all terms', () => {
  const terms = fc
    .record({
      days: fc.integer({ min: 0, max: 365 }),
      endOfMonth: fc.boolean(),
      dayAfter: fc.option(fc.integer({ min: 1, max: 31 })),
    })
    .map((one) => (one.endOfMonth ? one : { ...one, dayAfter: null }));
  const days = fc.integer({ min: 0, max: 4000 }).map((count) => addDays(localDay('2024-01-01'), count));

  it('writing and reading gives them back', () => {
    fc.assert(
      fc.property(terms, (one) => {
        expect(parsePaymentTerms(writePaymentTerms(one))).toEqual(one);
      }),
    );
  });

  it('the due day is never before the days are over, nor two months after them', () => {
    fc.assert(
      fc.property(terms, days, (one, issued) => {
        const counted = addDays(issued, one.days);
        const due = dueBy(one, issued);
        expect(due >= counted).toBe(true);
        expect(due <= addDays(counted, 62)).toBe(true);
        if (one.endOfMonth && one.dayAfter === null) expect(addDays(due, 1).endsWith('-01')).toBe(true);
      }),
    );
  });
});
