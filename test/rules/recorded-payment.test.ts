/** A credit of the bank beside payments entered by hand: the same one, counted once, or a question. */
import { describe, expect, it } from 'vitest';
import type { Payable } from '../../src/rules/match-payments.ts';
import { recordedPayment, type Unproved } from '../../src/rules/recorded-payment.ts';
import { addDays, localDay } from '../../src/rules/time.ts';

const booked = localDay('2026-11-10');
const unproved = (values: Partial<Unproved> = {}): Unproved => ({
  paymentId: 1,
  invoiceId: 14,
  clientId: 1,
  amountCents: 122_000,
  currency: 'EUR',
  receivedOn: booked,
  ...values,
});
const credit = (cents = 122_000, currency = 'EUR') => ({
  amountCents: cents,
  currency,
  text: '',
  payerName: null,
  payerIban: null,
  bookedOn: booked,
});
const payable = (invoiceId: number): Payable => ({
  invoiceId,
  clientId: 1,
  number: `${invoiceId}/2026`,
  issuedOn: localDay('2026-10-01'),
  currency: 'EUR',
  closed: true,
  totalCents: 122_000,
  open: [],
  withholdingCents: 0,
  splitVatCents: 0,
});
const naming = (...ids: number[]) => ids.map((id) => ({ written: String(id), invoices: [payable(id)], exact: true }));
const nobody = { mentions: [], owner: undefined, resembling: [] };

describe('is on record already', () => {
  it.each([0, 1, 10, -10])('for certain, when it names the invoice and is %i days away', (days) => {
    const one = unproved({ receivedOn: addDays(booked, days) });
    expect(recordedPayment(credit(), { ...nobody, unproved: [one], mentions: naming(14) })).toMatchObject({
      certain: true,
      recorded: { clientId: 1, paymentIds: [1], evidence: [{ code: 'names-invoice' }, { code: 'on-record' }] },
    });
  });

  it('for certain, when several entered payments of the invoices named make its sum', () => {
    const two = [unproved({ amountCents: 100_000 }), unproved({ paymentId: 2, invoiceId: 15, amountCents: 22_000 })];
    const found = recordedPayment(credit(), { ...nobody, unproved: two, mentions: naming(14, 15) });
    expect(found).toMatchObject({ certain: true, recorded: { paymentIds: [1, 2] } });
  });

  it('for certain, when the account is the client’s and one payment of that sum is near', () => {
    expect(recordedPayment(credit(), { ...nobody, unproved: [unproved()], owner: 1 })).toMatchObject({
      certain: true,
      recorded: { evidence: [{ code: 'account-of-client', clientId: 1 }, { code: 'on-record' }] },
    });
  });

  it.each([
    [
      'the day is far away, though it names the invoice',
      [unproved({ receivedOn: addDays(booked, -11) })],
      { mentions: naming(14) },
    ],
    ['only the name is like the client’s', [unproved()], { resembling: [1] }],
    ['two payments of that sum are near', [unproved(), unproved({ paymentId: 2, invoiceId: 15 })], { owner: 1 }],
  ])('perhaps, when %s: that is asked', (_name, list, facts) => {
    expect(recordedPayment(credit(), { ...nobody, unproved: list, ...facts })).toMatchObject({ certain: false });
  });
});

describe('is another payment', () => {
  it.each([
    ['nothing speaks for it but the sum', [unproved()], {}],
    ['the sum is another', [unproved({ amountCents: 100 })], { mentions: naming(14), owner: 1 }],
    ['the currency is another', [unproved({ currency: 'USD' })], { mentions: naming(14), owner: 1 }],
    ['it names another invoice, though the account is the client’s', [unproved()], { mentions: naming(15), owner: 1 }],
    ['the account is nobody’s', [unproved()], { owner: 'nobody' as const }],
    ['the account is another client’s', [unproved()], { owner: 2, resembling: [1] }],
    ['it is too far away to be the payer’s', [unproved({ receivedOn: addDays(booked, 11) })], { owner: 1 }],
  ])('when %s', (_name, list, facts) => {
    expect(recordedPayment(credit(), { ...nobody, unproved: list, ...facts })).toBeUndefined();
  });
});
