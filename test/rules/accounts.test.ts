/** A month for the accountant: which day and which sum counts for what. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsOf, monthBefore, monthOf } from '../../src/rules/accounts.ts';
import type { Credit, Invoice, Payment } from '../../src/rules/invoice.ts';
import { addDays, instant, localDay } from '../../src/rules/time.ts';

const november = { first: localDay('2026-11-01'), last: localDay('2026-11-30') };
const now = instant('2026-12-05T09:00:00Z');
const payment = (on: string, cents: number, over: Partial<Payment> = {}): Payment => ({
  id: 1,
  invoiceId: 1,
  amountCents: cents,
  receivedOn: localDay(on),
  reference: null,
  recordedAt: now,
  reversedAt: null,
  ...over,
});
const credit = (on: string, cents: number, over: Partial<Credit> = {}): Credit => ({
  id: 1,
  amountCents: cents,
  number: 'NC1',
  issuedOn: localDay(on),
  why: '',
  recordedAt: now,
  takenBackAt: null,
  ...over,
});
const invoice = (issuedOn: string, over: Partial<Invoice> = {}): Invoice => {
  const dueOn = addDays(localDay(issuedOn), 30);
  const instalments = [{ id: 1, dueOn, amountCents: 100_000 }] as Invoice['instalments'];
  return {
    id: 1,
    clientId: 1,
    number: 'E1',
    issuedOn: localDay(issuedOn),
    currency: 'EUR',
    totalCents: 100_000,
    project: null,
    state: 'open',
    disputedCents: 0,
    instalments,
    payments: [],
    credits: [],
    ...over,
  };
};
const withheld = (one: Invoice): Invoice => ({
  ...one,
  instalments: one.instalments.map((part) => ({ ...part, withheldCents: one.withholdingCents ?? 0 })),
});
const short = (one: Invoice) => {
  const made = accountsOf([one], november);
  const sums = (entries: readonly { cents: number }[]) => entries.map(({ cents }) => cents).join('+');
  const doubtful = made.doubtful.map(({ cents, why }) => `${why} ${cents}`).join('+');
  return `${sums(made.invoiced)}|${sums(made.credited)}|${sums(made.received)}|${sums(made.open)}|${doubtful}`;
};

describe('a month', () => {
  it.each([
    ['2026-11', '2026-11-01', '2026-11-30'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['2028-02', '2028-02-01', '2028-02-29'],
  ])('%s is %s to %s', (text, first, last) => expect(monthOf(text)).toEqual({ first, last }));
  it.each(['2026-13', '2026-1', 'November', '2026-00', '2026-11-01'])('%s is none', (text) =>
    expect(monthOf(text)).toBeNull(),
  );
  it('before January is December', () => expect(monthBefore(localDay('2027-01-15'))).toBe('2026-12'));
});

describe('invoiced, credited, received, open and doubtful', () => {
  it.each([
    ['issued in the month', invoice('2026-11-03'), '100000|||100000|'],
    ['issued before, open still', invoice('2026-10-03'), '|||100000|'],
    ['issued after', invoice('2026-12-01'), '||||'],
    ['void', invoice('2026-11-03', { state: 'void' }), '||||'],
    [
      'paid in part in the month',
      invoice('2026-10-03', { payments: [payment('2026-11-10', 40_000)] }),
      '||40000|60000|',
    ],
    [
      'paid on the first of the next month: open at the end of this one',
      invoice('2026-11-03', { state: 'paid', payments: [payment('2026-12-01', 100_000)] }),
      '100000|||100000|',
    ],
    [
      'a payment that bounced since is none',
      invoice('2026-10-03', { payments: [payment('2026-11-10', 100_000, { reversedAt: now })] }),
      '|||100000|',
    ],
    ['credited in the month', invoice('2026-10-03', { credits: [credit('2026-11-10', 30_000)] }), '|30000||70000|'],
    [
      'a credit note that was taken back',
      invoice('2026-10-03', { credits: [credit('2026-11-10', 30_000, { takenBackAt: now })] }),
      '|||100000|',
    ],
    ['disputed in part', invoice('2026-10-03', { disputedCents: 20_000 }), '|||100000|disputed 20000'],
    ['given up', invoice('2026-05-03', { state: 'written-off' }), '||||written-off 100000'],
    [
      'given up after a part came',
      invoice('2026-05-03', { state: 'written-off', payments: [payment('2026-11-02', 25_000)] }),
      '||25000||written-off 75000',
    ],
    ['overdue for 90 days', invoice('2026-08-02'), '|||100000|'],
    ['overdue for 91 days', invoice('2026-08-01'), '|||100000|long-overdue 100000'],
    [
      'what the client keeps back by law is not open',
      withheld(invoice('2026-11-03', { withholdingCents: 20_000 })),
      '100000|||80000|',
    ],
  ])('%s', (_what, one, expected) => expect(short(one)).toBe(expected));

  it('whatever came and was credited: what was invoiced is what came, was credited and is open at the end', () => {
    const parts = fc.array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 30_000 })), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, parts, (paid, credited) => {
        const day = (offset: number) => addDays(localDay('2026-11-15'), offset);
        const one = invoice('2026-11-01', {
          payments: paid.map(([offset, cents]) => payment(day(Math.max(-14, offset)), cents)),
          credits: credited.map(([offset, cents]) => credit(day(Math.max(-14, offset)), cents)),
        });
        const made = accountsOf([one], november);
        const sum = (entries: readonly { cents: number }[]) => entries.reduce((all, { cents }) => all + cents, 0);
        const gone = sum(made.received) + sum(made.credited);
        expect(sum(made.open)).toBe(Math.max(0, sum(made.invoiced) - gone));
      }),
    );
  });
});
