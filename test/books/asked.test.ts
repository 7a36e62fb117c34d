/** What an invoice of a file asks to be transferred: gross or net as its own sums show, and never a sum made up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Asked, askedOf } from '../../src/books/asked.ts';
import type { BookInstalment, BookInvoice } from '../../src/books/rows.ts';

const part = (dueOn: string | null, amountCents: number | null, condition = 'TP02'): BookInstalment => ({
  dueOn,
  amountCents,
  condition,
});
const invoice = (values: Partial<BookInvoice>): BookInvoice => ({
  index: 0,
  syntax: 'fatturapa',
  kind: 'invoice',
  type: 'TD01',
  number: '1',
  date: '2026-10-01',
  currency: 'EUR',
  totalCents: 122_000,
  payableCents: null,
  instalments: [],
  refersTo: [],
  iban: null,
  seller: { name: 'Studio', vatId: 'IT1' },
  buyer: { name: 'Bianchi', vatId: 'IT2' },
  ...values,
});
const asked = (values: Partial<BookInvoice>): Asked => askedOf(invoice(values)) as Asked;
const parts = (found: Asked) =>
  found.parts.map(({ dueOn, amountCents, withheldCents }) => [dueOn, amountCents, withheldCents]);

describe('with withholding tax', () => {
  const tax = { withholdingCents: 20_000 };

  it.each([
    ['gross instalments, which make the total', { instalments: [part('2026-10-31', 122_000)] }],
    ['net instalments, which leave the tax out', { instalments: [part('2026-10-31', 102_000)] }],
  ])('%s: the client transfers the rest', (_name, values) => {
    expect(parts(asked({ ...tax, ...values }))).toEqual([['2026-10-31', 122_000, 20_000]]);
  });

  it('a total that is net already (the summary says so) is made gross', () => {
    const found = asked({
      ...tax,
      totalCents: 102_000,
      summaryCents: 122_000,
      instalments: [part('2026-10-31', 102_000)],
    });
    expect([found.totalCents, parts(found)]).toEqual([122_000, [['2026-10-31', 122_000, 20_000]]]);
  });

  it('is divided over instalments, and none of it is lost in rounding', () => {
    const found = asked({
      ...tax,
      instalments: [part('2026-10-31', 34_000), part('2026-11-30', 34_000), part('2026-12-31', 34_000)],
    });
    expect(found.parts.map(({ withheldCents }) => withheldCents)).toEqual([6_667, 6_666, 6_667]);
    expect(found.parts.reduce((sum, one) => sum + one.amountCents, 0)).toBe(122_000);
  });

  it('and split VAT: both stay with the client', () => {
    const found = asked({ ...tax, splitVatCents: 22_000, instalments: [part('2026-10-31', 80_000)] });
    expect(parts(found)).toEqual([['2026-10-31', 122_000, 42_000]]);
  });
});

describe('an advance', () => {
  it('beside other instalments is not asked for again', () => {
    const found = asked({ instalments: [part('2026-10-01', 22_000, 'TP03'), part('2026-10-31', 100_000, 'TP01')] });
    expect([found.totalCents, parts(found), found.doubts]).toEqual([100_000, [['2026-10-31', 100_000, 0]], []]);
  });

  it('alone may be paid already: that is said', () => {
    const found = asked({ advanceOnly: true, instalments: [part('2026-10-01', 122_000, 'TP03')] });
    expect(found.doubts).toEqual(['it is an advance, which may be paid already']);
  });
});

describe('sums', () => {
  it('that do not agree are a doubt with the figures; two euros of stamp duty are none', () => {
    expect(asked({ instalments: [part('2026-10-31', 100_000)] }).doubts).toEqual([
      'its instalments come to 1000.00, and its total to 1220.00',
    ]);
    expect(asked({ instalments: [part('2026-10-31', 122_200)] }).doubts).toEqual([]);
  });

  it('are taken from the summary where there is no total, and from what is payable where there is neither', () => {
    expect(asked({ totalCents: null, summaryCents: 50_000 }).totalCents).toBe(50_000);
    expect(asked({ totalCents: null, payableCents: 40_000, prepaidCents: 10_000 }).totalCents).toBe(50_000);
    expect(askedOf(invoice({ totalCents: null }))).toBeNull();
  });

  it('paid in advance stay part of the invoice, and of its first instalment', () => {
    const found = asked({
      prepaidCents: 22_000,
      instalments: [part('2026-10-31', 50_000), part('2026-11-30', 50_000)],
    });
    expect([found.totalCents, found.prepaidCents, parts(found)]).toEqual([
      122_000,
      22_000,
      [
        ['2026-10-31', 72_000, 0],
        ['2026-11-30', 50_000, 0],
      ],
    ]);
  });

  it('without a day or a sum of their own say no more than the file does', () => {
    expect(parts(asked({}))).toEqual([[null, 122_000, 0]]);
    expect(parts(asked({ instalments: [part('2026-10-31', null)] }))).toEqual([['2026-10-31', 122_000, 0]]);
    expect(parts(asked({ instalments: [part('2026-10-31', 0), part('2026-11-30', 122_000)] }))).toEqual([
      ['2026-11-30', 122_000, 0],
    ]);
  });

  it('whatever they are: the parts make the total, and less is kept back than there is', () => {
    const cents = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (amounts, rate) => {
          const total = amounts.reduce((sum, one) => sum + one, 0);
          const withholdingCents = Math.floor(total * rate);
          const instalments = amounts.map((amount) => part('2026-10-31', amount));
          const found = asked({ totalCents: total, withholdingCents, instalments });
          expect(found.parts.reduce((sum, one) => sum + one.amountCents, 0)).toBe(found.totalCents);
          expect(found.parts.reduce((sum, one) => sum + one.withheldCents, 0)).toBe(withholdingCents);
          for (const one of found.parts) expect(one.withheldCents).toBeLessThanOrEqual(one.amountCents);
        },
      ),
      { numRuns: 300, seed: 17 },
    );
  });
});
