/** Invoices at the desk: each act once, and again. */
import { describe, expect, it } from 'vitest';
import { registerClient } from '../../src/desk/clients.ts';
import {
  correctInvoice,
  creditInvoice,
  dispute,
  type InvoiceValues,
  markPaid,
  notePaymentsChecked,
  notePromise,
  recordInvoice,
  takeBackCreditNote,
  takeBackPayment,
  voidByHand,
  writeOffByHand,
} from '../../src/desk/invoices.ts';
import { openCents, surplusCents } from '../../src/rules/invoice.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { instant } from '../../src/rules/time.ts';
import { listHolds } from '../../src/store/holds.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { entries } from '../support/in-words.ts';
import { paymentsCheckedAt } from '../../src/store/payments-check.ts';
import { saidOf } from '../../src/store/said.ts';
import { day, journalKinds, openTestDesk, refusal, type TestDesk, zone } from './support.ts';

const which = { number: '2026/7', client: null };
const invoice = (values: Partial<InvoiceValues> = {}): InvoiceValues => ({
  client: 'Bianchi',
  number: '2026/7',
  issuedOn: day('2026-10-01'),
  currency: 'EUR',
  totalCents: 122000,
  project: null,
  dueOn: day('2026-10-31'),
  instalments: null,
  ...values,
});
const payment = { amountCents: null, receivedOn: day('2026-11-20'), reference: null, again: false };

function studio(): TestDesk {
  const desk = openTestDesk();
  registerClient(desk, { name: 'Bianchi', addresses: ['laura@bianchi.example'], paymentTerms: inDays(30) });
  return desk;
}

describe('an invoice', () => {
  it('has one due date, or instalments that come to its total', () => {
    const desk = studio();
    expect(recordInvoice(desk, invoice()).invoice.instalments).toMatchObject([
      { dueOn: '2026-10-31', amountCents: 122000 },
    ]);
    const parts = [
      { dueOn: day('2026-12-31'), amountCents: 61000 },
      { dueOn: day('2026-11-30'), amountCents: 61000 },
    ];
    const second = recordInvoice(desk, invoice({ number: '8', dueOn: null, instalments: parts })).invoice;
    expect(second.instalments.map((part) => part.dueOn)).toEqual(['2026-11-30', '2026-12-31']);
  });

  it('is due by the agreed days when no day is given', () => {
    expect(recordInvoice(studio(), invoice({ dueOn: null })).invoice.instalments[0]?.dueOn).toBe('2026-10-31');
  });

  it.each([
    ['of nothing', { totalCents: 0 }, 'bad-input', /more than zero/],
    ['without a number', { number: ' ' }, 'bad-input', /no number/],
    ['whose number has a line break', { number: '7\r\nBcc: x@y.example' }, 'bad-input', /line break/],
    ['whose number turns the direction of writing', { number: '\u202e7' }, 'bad-input', /control character/],
    ['due before it is issued', { dueOn: day('2026-09-01') }, 'bad-input', /before the invoice/],
    [
      'whose instalments do not fit',
      { instalments: [{ dueOn: day('2026-12-01'), amountCents: 100 }] },
      'bad-input',
      /come to 1\.00 EUR, not to 1,220\.00 EUR/,
    ],
    ['of nobody', { client: 'Nobody' }, 'not-found', /Nobody/],
  ] as const)('%s is refused and leaves nothing', (_name, values, code, message) => {
    const desk = studio();
    const fault = refusal(() => recordInvoice(desk, invoice(values as Partial<InvoiceValues>)));
    expect([fault.code, message.test(fault.message)]).toEqual([code, true]);
    expect(journalKinds(desk)).toEqual(['client-added']);
  });

  it('of the same number is refused', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    expect(refusal(() => recordInvoice(desk, invoice())).code).toBe('conflict');
  });
});

describe('a payment', () => {
  it('of all that is open makes it paid; the same again is refused', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    expect(markPaid(desk, which, payment)).toMatchObject({ invoice: { state: 'paid' }, overpaidCents: 0 });
    expect(refusal(() => markPaid(desk, which, payment)).message).toContain('may be recorded already');
    expect(journalKinds(desk)).toEqual(['client-added', 'invoice-added', 'payment-recorded']);
  });

  it('in parts, also two alike when they really came twice', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const half = { ...payment, amountCents: 50000 };
    expect(openCents(markPaid(desk, which, half).invoice)).toBe(72000);
    expect(refusal(() => markPaid(desk, which, half)).next).toContain('--again');
    expect(openCents(markPaid(desk, which, { ...half, again: true }).invoice)).toBe(22000);
    expect(markPaid(desk, which, { ...payment, amountCents: 30000 }).overpaidCents).toBe(8000);
  });

  it.each([
    ['the day after', '2026-11-21', null],
    ['some days before', '2026-11-14', null],
    ['after a week and more', '2026-11-30', null],
    ['the day after, with how it came', '2026-11-21', 'bonifico'],
    ['the day after, with the number of the transfer', '2026-11-21', 'CRO 4711'],
    ['on that day, with the number of the transfer', '2026-11-20', 'CRO 4711'],
  ])('entered again %s is asked about, and counted once', (_when, receivedOn, reference) => {
    const desk = studio();
    recordInvoice(desk, invoice());
    markPaid(desk, which, { ...payment, amountCents: 50000 });
    const again = { ...payment, receivedOn: day(receivedOn), reference, amountCents: 50000 };
    expect(refusal(() => markPaid(desk, which, again))).toMatchObject({
      code: 'conflict',
      next: expect.stringContaining('--again'),
    });
    expect(openCents(markPaid(desk, which, { ...again, again: true }).invoice)).toBe(22000);
  });

  it.each([
    ['of all that was open', { amountCents: 122000 }, {}],
    ['that is paid already, with another sum', { amountCents: null }, { amountCents: 1000 }],
  ])('%s, entered again, is the client’s surplus by the owner’s word alone', (_what, first, second) => {
    const desk = studio();
    recordInvoice(desk, invoice());
    markPaid(desk, which, { ...payment, ...first });
    const again = { ...payment, receivedOn: day('2026-11-21'), amountCents: 122000, ...second };
    expect(refusal(() => markPaid(desk, which, again)).next).toContain('--again');
    const { invoice: after, overpaidCents } = markPaid(desk, which, { ...again, again: true });
    expect([surplusCents(after), overpaidCents]).toEqual([again.amountCents, again.amountCents]);
  });

  it('of weeks later, or of another transfer, is another one', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const part = { ...payment, amountCents: 20000, reference: 'CRO 1' };
    markPaid(desk, which, part);
    markPaid(desk, which, { ...part, receivedOn: day('2026-11-21'), reference: 'CRO 2' });
    const later = markPaid(desk, which, { ...part, receivedOn: day('2026-12-20'), reference: null });
    expect(openCents(later.invoice)).toBe(62000);
  });

  it('typed under another invoice of the client is asked about, unless it is just what that one asks for', () => {
    const desk = studio();
    for (const number of ['7', '8', '9']) recordInvoice(desk, invoice({ number }));
    markPaid(desk, { number: '7', client: null }, { ...payment, amountCents: 50000 });
    const eighth = { number: '8', client: null };
    const part = { ...payment, receivedOn: day('2026-11-21'), amountCents: 50000 };
    expect(refusal(() => markPaid(desk, eighth, part)).message).toContain('on invoice 7');
    markPaid(desk, eighth, { ...part, amountCents: 122000 });
    markPaid(desk, { number: '9', client: null }, { ...payment, receivedOn: day('2026-11-21') });
    expect(desk.store.read((r) => listInvoices(r, {})).map((one) => [one.number, openCents(one)])).toEqual(
      expect.arrayContaining([
        ['7', 72000],
        ['8', 0],
        ['9', 0],
      ]),
    );
  });

  it('of a part and, on the same day, of the rest', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    markPaid(desk, which, { ...payment, amountCents: 50000 });
    expect(markPaid(desk, which, payment)).toMatchObject({ invoice: { state: 'paid' }, overpaidCents: 0 });
  });

  it('is taken back, and the invoice is open again', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    markPaid(desk, which, payment);
    expect(takeBackPayment(desk, which, null)).toMatchObject({ state: 'open' });
    expect(refusal(() => takeBackPayment(desk, which, null)).code).toBe('not-found');
  });

  it('must be named when there are several', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    for (const amountCents of [100, 200]) markPaid(desk, which, { ...payment, amountCents });
    const fault = refusal(() => takeBackPayment(desk, which, null));
    expect(fault.next).toMatch(/--payment: 1 \(2026-11-20, 1\.00 EUR\), 2 /);
    expect(openCents(takeBackPayment(desk, which, 2))).toBe(121900);
  });

  it('is not taken for a void invoice, but still for one written off', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    writeOffByHand(desk, which, '');
    expect(markPaid(desk, which, payment).invoice.state).toBe('paid');
    recordInvoice(desk, invoice({ number: '9' }));
    voidByHand(desk, { number: '9', client: 'Bianchi' }, 'a mistake');
    expect(refusal(() => markPaid(desk, { number: '9', client: null }, payment)).code).toBe('conflict');
  });
});

describe('the end of an invoice', () => {
  it.each([
    ['void', voidByHand],
    ['written-off', writeOffByHand],
  ] as const)('%s, once', (state, end) => {
    const desk = studio();
    recordInvoice(desk, invoice());
    expect(end(desk, which, 'agreed')).toMatchObject({ changed: true, invoice: { state } });
    expect(end(desk, which, 'agreed')).toMatchObject({ changed: false });
    expect(journalKinds(desk).filter((kind) => kind.startsWith('invoice-'))).toHaveLength(2);
  });

  it('is not for one that is paid', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    markPaid(desk, which, payment);
    expect(refusal(() => voidByHand(desk, which, '')).code).toBe('conflict');
  });
});

describe('a dispute', () => {
  it('is about a part, about all, and over', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    expect(dispute(desk, which, 22000)).toMatchObject({ changed: true, invoice: { disputedCents: 22000 } });
    expect(dispute(desk, which, 22000).changed).toBe(false);
    expect(dispute(desk, which, null).invoice.disputedCents).toBe(122000);
    expect(dispute(desk, which, 0).invoice.disputedCents).toBe(0);
    expect(refusal(() => dispute(desk, which, 999999)).code).toBe('bad-input');
  });

  it.each([
    ['paid', (desk: TestDesk) => markPaid(desk, which, payment)],
    ['void', (desk: TestDesk) => voidByHand(desk, which, '')],
    ['written-off', (desk: TestDesk) => writeOffByHand(desk, which, '')],
  ] as const)('of one that is %s is none, of how much ever', (state, end) => {
    const desk = studio();
    recordInvoice(desk, invoice());
    end(desk);
    for (const cents of [null, 100])
      expect(refusal(() => dispute(desk, which, cents)).fault).toEqual({
        code: 'invoice-state',
        number: '2026/7',
        state,
      });
  });
});

it('what was given up is not said to be disputed when money is entered without a sum', () => {
  const desk = studio();
  recordInvoice(desk, invoice());
  dispute(desk, which, null);
  writeOffByHand(desk, which, 'too little');
  expect(refusal(() => markPaid(desk, which, { ...payment, amountCents: null })).fault).toEqual({
    code: 'all-given-up',
  });
});

describe('a promise', () => {
  const by = { day: day('2026-11-27'), zone, note: 'by phone' };

  it('holds until the end of its day, and a new one replaces it', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const { hold } = notePromise(desk, which, by);
    expect(hold).toMatchObject({ scope: 'invoice', reason: 'promise', until: instant('2026-11-28T00:00:00+01:00') });
    expect(notePromise(desk, which, by).hold.id).toBe(hold.id);
    const next = notePromise(desk, which, { ...by, day: day('2026-12-04') }).hold;
    const open = desk.store.read((r) => listHolds(r, 1)).filter((entry) => entry.endedAt === null);
    expect(open.map((entry) => entry.id)).toEqual([next.id]);
  });

  it('may be for today, not for a day that has passed, nor for a paid invoice', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    expect(refusal(() => notePromise(desk, which, { ...by, day: day('2026-11-22') })).code).toBe('bad-input');
    expect(notePromise(desk, which, { ...by, day: day('2026-11-23') }).hold.until).toBe(
      instant('2026-11-24T00:00:00+01:00'),
    );
    markPaid(desk, which, payment);
    expect(refusal(() => notePromise(desk, which, by)).code).toBe('conflict');
  });
});

it('that all payments are recorded is remembered with its moment', () => {
  const desk = studio();
  notePaymentsChecked(desk);
  expect(desk.store.read((r) => paymentsCheckedAt(r))).toBe(desk.clock.now());
});

describe('a correction', () => {
  it('is journaled with its reason, with what was there before, and once', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const done = correctInvoice(desk, which, { dueOn: day('2026-11-30') }, 'put off by phone');
    expect(done).toMatchObject({ changed: ['dueOn'], invoice: { instalments: [{ dueOn: '2026-11-30' }] } });
    const [entry] = desk.store.read((r) => entries(r)).filter((one) => one.kind === 'invoice-corrected');
    expect(entry).toMatchObject({
      why: 'put off by phone',
      data: { changed: ['dueOn'], before: { due: ['2026-10-31'] }, after: { due: ['2026-11-30'] } },
    });
    expect(correctInvoice(desk, which, { dueOn: day('2026-11-30') }, '').changed).toEqual([]);
    expect(journalKinds(desk).filter((kind) => kind === 'invoice-corrected')).toHaveLength(1);
    expect(desk.store.read((r) => saidOf(r, done.invoice.id)).byHand).toEqual(['dueOn']);
  });

  it.each([
    ['the number', { number: '2026/8' }, ['number'], { number: '2026/8' }],
    [
      'the total of one sum',
      { totalCents: 100000 },
      ['total'],
      { totalCents: 100000, instalments: [{ amountCents: 100000 }] },
    ],
    ['the day of issue', { issuedOn: day('2026-10-02') }, ['issuedOn'], { issuedOn: '2026-10-02' }],
    ['the project', { project: 'Sito' }, ['project'], { project: 'Sito' }],
    [
      'the way it is split',
      {
        instalments: [
          { dueOn: day('2026-10-31'), amountCents: 22000 },
          { dueOn: day('2026-12-31'), amountCents: 100000 },
        ],
      },
      ['dueOn'],
      { totalCents: 122000, instalments: [{ amountCents: 22000 }, { amountCents: 100000 }] },
    ],
  ] as const)('changes %s', (_name, correction, changed, expected) => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const done = correctInvoice(desk, which, correction as never, '');
    expect(done).toMatchObject({ changed, invoice: expected });
  });

  it.each([
    ['a due day before the invoice', { dueOn: day('2026-09-01') }, /before the invoice/],
    ['a total of nothing', { totalCents: 0 }, /more than zero/],
    ['a number with a line break', { number: '7\nBcc: x' }, /line break/],
  ])('refuses %s and changes nothing', (_name, correction, message) => {
    const desk = studio();
    recordInvoice(desk, invoice());
    expect(refusal(() => correctInvoice(desk, which, correction, '')).message).toMatch(message);
    expect(journalKinds(desk)).not.toContain('invoice-corrected');
  });

  it('of the total of an invoice in instalments asks for the instalments', () => {
    const desk = studio();
    const parts = [
      { dueOn: day('2026-10-31'), amountCents: 61000 },
      { dueOn: day('2026-11-30'), amountCents: 61000 },
    ];
    recordInvoice(desk, invoice({ dueOn: null, instalments: parts }));
    expect(refusal(() => correctInvoice(desk, which, { totalCents: 100000 }, '')).message).toContain(
      '1,220.00 EUR, not to',
    );
  });
});

describe('a credit note at the desk', () => {
  const note = { amountCents: null, number: null, issuedOn: day('2026-11-20'), why: '', again: false };

  it('of the whole closes the invoice without any money, and is taken back', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const credited = creditInvoice(desk, which, note);
    expect([credited.state, openCents(credited), credited.payments]).toEqual(['credited', 0, []]);
    expect(takeBackCreditNote(desk, which, null).state).toBe('open');
    expect(refusal(() => takeBackCreditNote(desk, which, null)).code).toBe('not-found');
    expect(journalKinds(desk)).toEqual(expect.arrayContaining(['credit-noted', 'credit-taken-back']));
  });

  it('is recorded once, unless there really are two', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    const part = { ...note, amountCents: 1000 };
    creditInvoice(desk, which, part);
    expect(refusal(() => creditInvoice(desk, which, { ...part, number: 'NC 1' })).next).toContain('--again');
    expect(openCents(creditInvoice(desk, which, { ...part, again: true }))).toBe(120000);
    expect(refusal(() => takeBackCreditNote(desk, which, null)).next).toContain('--note');
  });

  it('asks how much when money has come in', () => {
    const desk = studio();
    recordInvoice(desk, invoice());
    markPaid(desk, which, { ...payment, amountCents: 22000 });
    expect(refusal(() => creditInvoice(desk, which, note)).next).toBe(
      'Give --amount: 1000.00 EUR credits what is open, 1220.00 EUR all of it, also what was paid.',
    );
    const all = creditInvoice(desk, which, { ...note, amountCents: 122000 });
    expect([all.state, surplusCents(all)]).toEqual(['paid', 22000]);
  });
});
