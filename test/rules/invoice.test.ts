/** What is owed on an invoice after credit notes, payments and disputes, and which numbers mean the same invoice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Credit,
  creditedCents,
  debtsOf,
  type Invoice,
  invoiceKey,
  mayBeRewritten,
  numberKey,
  openCents,
  owedCents,
  type Payment,
  surplusCents,
} from '../../src/rules/invoice.ts';
import { type Instant, localDay } from '../../src/rules/time.ts';

const at = 1 as Instant;

function credit(amountCents: number, takenBack = false): Credit {
  const day = localDay('2026-05-01');
  return {
    id: 1,
    amountCents,
    number: null,
    issuedOn: day,
    why: '',
    recordedAt: at,
    takenBackAt: takenBack ? at : null,
  };
}

function payment(amountCents: number): Payment {
  const receivedOn = localDay('2026-05-01');
  return { id: 1, invoiceId: 1, amountCents, receivedOn, reference: null, recordedAt: at, reversedAt: null };
}

function invoice(parts: number[], over: Partial<Invoice> = {}): Invoice {
  return {
    id: 1,
    clientId: 1,
    number: '1',
    issuedOn: localDay('2026-04-01'),
    currency: 'EUR',
    project: null,
    state: 'open',
    disputedCents: 0,
    payments: [],
    credits: [],
    totalCents: parts.reduce((sum, cents) => sum + cents, 0),
    instalments: parts.map((amountCents, index) => ({
      id: index + 1,
      position: index + 1,
      amountCents,
      dueOn: localDay(`2026-0${index + 5}-01`),
    })),
    ...over,
  };
}

describe('a credit note', () => {
  it('lowers what is asked for and is nothing received', () => {
    const one = invoice([1000], { credits: [credit(300)], payments: [payment(200)] });
    expect(openCents(one)).toBe(500);
    expect(debtsOf(one)).toMatchObject([{ openCents: 500, amountCents: 1000, paidCents: 200, creditedCents: 300 }]);
  });

  it('fills the earliest instalment first, before payments', () => {
    const one = invoice([300, 700], { credits: [credit(400)], payments: [payment(100)] });
    expect(debtsOf(one)).toMatchObject([{ instalmentId: 2, openCents: 500, paidCents: 100, creditedCents: 100 }]);
  });

  it('counts no more when it was taken back', () => {
    const one = invoice([1000], { credits: [credit(300, true)] });
    expect([creditedCents(one), openCents(one), debtsOf(one)[0]?.creditedCents]).toEqual([0, 1000, undefined]);
  });

  it('on a paid invoice leaves what came above it as the client’s', () => {
    const one = invoice([1000], { state: 'paid', credits: [credit(300)], payments: [payment(1000)] });
    expect([surplusCents(one), openCents(one)]).toEqual([300, 0]);
  });

  it('and whatever else is on record, each instalment is split without a cent lost or asked for twice', () => {
    const cents = fc.integer({ min: 1, max: 5000 });
    const facts = fc.record({
      parts: fc.array(cents, { minLength: 1, maxLength: 4 }),
      credits: fc.array(cents, { maxLength: 3 }),
      payments: fc.array(cents, { maxLength: 3 }),
      disputed: fc.integer({ min: 0, max: 8000 }),
    });
    fc.assert(
      fc.property(facts, ({ parts, credits, payments, disputed }) => {
        const one = invoice(parts, {
          credits: credits.map((sum) => credit(sum)),
          payments: payments.map(payment),
          disputedCents: disputed,
        });
        const debts = debtsOf(one);
        const asked = debts.reduce((sum, debt) => sum + debt.openCents, 0);
        expect(asked).toBe(Math.max(0, openCents(one) - disputed));
        for (const debt of debts) {
          expect(debt.openCents + (debt.paidCents ?? 0) + (debt.creditedCents ?? 0)).toBeLessThanOrEqual(
            debt.amountCents,
          );
          expect(debt.openCents).toBeGreaterThan(0);
        }
        const received = debts.reduce((sum, debt) => sum + (debt.paidCents ?? 0), 0);
        expect(received).toBeLessThanOrEqual(payments.reduce((sum, one) => sum + one, 0));
        expect(surplusCents(one) === 0 || openCents(one) === 0).toBe(true);
        expect(owedCents(one)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['FPR 1/26', 'FPR  1/26', true],
    ['FPR 1/26', 'fpr1/26', true],
    ['ＦＰＲ 1/26', 'FPR 1/26', true],
    ['0014', '14', false],
    ['1 2', '12', false],
    ['1/26', '1-26', false],
    ['A1', 'B1', false],
  ])('"%s" and "%s" are the same: %s', (one, other, same) => {
    expect(numberKey(one) === numberKey(other)).toBe(same);
  });

  it.each([
    ['1', '2025-12-31', '1', '2026-01-01', false],
    ['1', '2026-01-01', '1', '2026-12-31', true],
    ['2026/1', '2025-12-31', '2026/1', '2026-01-02', true],
    ['1/2026', '2026-01-02', '1/2026', '2027-01-02', true],
    ['FPR 3', '2025-05-01', 'FPR 3', '2026-05-01', false],
    ['12026', '2025-05-01', '12026', '2026-05-01', false],
  ])('%s of %s and %s of %s are one invoice: %s', (one, day, other, otherDay, same) => {
    expect(invoiceKey(one, localDay(day)) === invoiceKey(other, localDay(otherDay))).toBe(same);
  });

  it.each([
    ['0014', '14', true],
    ['FPR 01/26', 'FPR 1-26', true],
    ['1/2026', 'gen-26', true],
    ['1/2026', 'Jan-26', true],
    ['3/12', '03-dic', true],
    ['202600000123', '2,026E+11', true],
    ['14', '15', false],
    ['140', '14', false],
    ['A 14', 'B 14', false],
  ])('a spreadsheet may have made one of "%s" and "%s": %s', (one, other, may) => {
    expect([mayBeRewritten(one, other), mayBeRewritten(other, one)]).toEqual([may, may]);
  });
});
