import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { debtsOf, type Invoice, openCents } from '../../src/rules/invoice.ts';
import { caseOf, lookAgain, openCase } from '../../src/store/cases.ts';
import type { Writer } from '../../src/store/database.ts';
import {
  addCredit,
  addInvoice,
  debtsOfClient,
  dueWithoutCase,
  editInvoice,
  findInvoice,
  invoiceById,
  listInvoices,
  recordPayment,
  reversePayment,
  setDisputed,
  takeBackCredit,
  voidInvoice,
  writeOff,
} from '../../src/store/invoices.ts';
import { client, day, faultOf, inStore, invoice, later, memoryStore, now } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const instalments = [
  { dueOn: day('2026-11-30'), amountCents: 60_000 },
  { dueOn: day('2026-10-31'), amountCents: 40_000 },
];

function split(w: Writer) {
  return invoice(w, { clientId: client(w).id, totalCents: 100_000, instalments });
}

const pay = (amountCents: number) => ({ amountCents, receivedOn: day('2026-11-20'), reference: 'CRO 1' });
const openDays = (w: Writer) =>
  w.all<{ due_on: string }>('SELECT due_on FROM instalments WHERE open = 1 ORDER BY due_on').map((row) => row.due_on);

describe('adding', () => {
  it('keeps all of it, the instalments by due day', () => {
    inStore((w) => {
      const added = invoice(w, {
        clientId: client(w).id,
        number: ' 007 ',
        totalCents: 100_000,
        instalments,
        project: 'site',
      });
      expect(added).toEqual({
        id: 1,
        clientId: 1,
        number: '007',
        issuedOn: '2026-10-01',
        currency: 'EUR',
        totalCents: 100_000,
        project: 'site',
        state: 'open',
        disputedCents: 0,
        instalments: [
          { id: 1, position: 1, dueOn: '2026-10-31', amountCents: 40_000 },
          { id: 2, position: 2, dueOn: '2026-11-30', amountCents: 60_000 },
        ],
        payments: [],
        credits: [],
      });
    });
  });

  it.each([
    ['no number', { number: ' ' }],
    ['a currency in small letters', { currency: 'eur' }],
    ['instalments that do not add up', { totalCents: 100_001, instalments }],
    ['no instalment', { instalments: [] }],
    ['nothing', { totalCents: 0, instalments: [] }],
    ['a half cent', { totalCents: 10.5 }],
    [
      'a negative instalment',
      {
        totalCents: 1,
        instalments: [
          { dueOn: day('2026-01-01'), amountCents: 2 },
          { dueOn: day('2026-01-01'), amountCents: -1 },
        ],
      },
    ],
    ['a sum beyond exact numbers', { totalCents: 2 ** 53 }],
    ['a day that is none', { issuedOn: day('2026-02-30') }],
    ['a due day that is none', { instalments: [{ dueOn: day('31/10/2026'), amountCents: 122_000 }] }],
  ])('refuses %s', (_what, values) => {
    expect(faultOf(() => inStore((w) => invoice(w, { clientId: client(w).id, ...values }))).code).toBe('bad-input');
  });

  it('refuses a number the client has already, but not one of another client', () => {
    inStore((w) => {
      const one = client(w).id;
      const other = client(w, { name: 'Verdi', addresses: [] }).id;
      invoice(w, { clientId: one });
      invoice(w, { clientId: other });
      const fault = faultOf(() => invoice(w, { clientId: one }));
      expect(fault).toMatchObject({ code: 'conflict', message: 'Bianchi already has an invoice 2026/1 of 2026-10-01' });
    });
  });

  it('takes a number again in another year, and one that a void invoice has given back', () => {
    inStore((w) => {
      const clientId = client(w).id;
      const first = invoice(w, { clientId, number: '1', issuedOn: day('2025-01-31') });
      const second = invoice(w, { clientId, number: '1', issuedOn: day('2026-01-31') });
      expect(faultOf(() => invoice(w, { clientId, number: ' 1', issuedOn: day('2026-10-01') })).code).toBe('conflict');
      voidInvoice(w, second.id);
      const third = invoice(w, { clientId, number: '1', issuedOn: day('2026-01-31') });
      expect(new Set([first.id, second.id, third.id]).size).toBe(3);
      expect(faultOf(() => invoice(w, { clientId, number: '1', issuedOn: day('2026-01-31') })).code).toBe('conflict');
    });
  });

  it('refuses a number that differs in case and blanks only, or that names its year, in whatever year it is issued', () => {
    inStore((w) => {
      const clientId = client(w).id;
      invoice(w, { clientId, number: 'FPR 1/26' });
      expect(faultOf(() => invoice(w, { clientId, number: 'fpr  1/26' })).code).toBe('conflict');
      invoice(w, { clientId, number: '2026/9', issuedOn: day('2026-01-02') });
      expect(faultOf(() => invoice(w, { clientId, number: '2026/9', issuedOn: day('2025-12-31') })).code).toBe(
        'conflict',
      );
    });
  });

  it('refuses an unknown client', () => {
    expect(faultOf(() => inStore((w) => invoice(w, { clientId: 9 }))).code).toBe('not-found');
  });
});

describe('finding', () => {
  it('goes by the exact number, and asks for the client when two have it', () => {
    inStore((w) => {
      const one = client(w).id;
      const other = client(w, { name: 'Verdi', addresses: [] }).id;
      for (const clientId of [one, other]) invoice(w, { clientId, number: '7' });
      invoice(w, { clientId: one, number: '007' });
      expect(findInvoice(w, ' 007').number).toBe('007');
      expect(findInvoice(w, '7', { clientId: other }).clientId).toBe(other);
      expect(faultOf(() => findInvoice(w, '7'))).toMatchObject({
        code: 'conflict',
        next: expect.stringContaining('Bianchi, Verdi'),
      });
      expect(faultOf(() => findInvoice(w, '8')).code).toBe('not-found');
      expect(faultOf(() => findInvoice(w, '007', { clientId: other })).code).toBe('not-found');
    });
  });

  it('takes the open one where numbers begin anew each year, else asks for the year', () => {
    inStore((w) => {
      const clientId = client(w).id;
      const old = invoice(w, { clientId, number: '1', issuedOn: day('2025-01-31') });
      const young = invoice(w, { clientId, number: '1', issuedOn: day('2026-01-31') });
      const fault = faultOf(() => findInvoice(w, '1'));
      expect(fault).toMatchObject({ code: 'conflict', next: 'Name the year: --year 2025 (open), --year 2026 (open).' });
      recordPayment(w, old.id, { amountCents: 122_000, receivedOn: day('2026-11-20'), reference: null });
      expect(findInvoice(w, '1').id).toBe(young.id);
      expect(findInvoice(w, '1', { year: 2025 }).id).toBe(old.id);
      const isPaid = (one: Invoice) => one.state === 'paid';
      expect(findInvoice(w, '1', { prefer: isPaid }).id).toBe(old.id);
      voidInvoice(w, young.id);
      expect(findInvoice(w, '1').id).toBe(old.id);
      const last = invoice(w, { clientId, number: '1', issuedOn: day('2026-01-31') });
      expect(findInvoice(w, '1', { year: 2026 }).id).toBe(last.id);
    });
  });

  it('takes a number that is typed in another case, unless one is written exactly so', () => {
    inStore((w) => {
      const clientId = client(w).id;
      const { id } = invoice(w, { clientId, number: 'FPR 1/26' });
      expect(findInvoice(w, 'fpr1/26').id).toBe(id);
      expect(faultOf(() => findInvoice(w, 'fpr 1-26')).code).toBe('not-found');
    });
  });

  it('lists by day of issue, of a client, in a state', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      invoice(w, { clientId, number: 'late', issuedOn: day('2026-10-02') });
      const { id } = invoice(w, { clientId, number: 'early', issuedOn: day('2026-09-02') });
      voidInvoice(w, id);
      const numbers = (filter: Parameters<typeof listInvoices>[1]) =>
        listInvoices(w, filter).map(({ number }) => number);
      expect(numbers({})).toEqual(['early', 'late']);
      expect(numbers({ clientId, state: 'open' })).toEqual(['late']);
      expect(numbers({ clientId: 9 })).toEqual([]);
    });
  });
});

describe('a payment', () => {
  it('in part closes the earliest instalment first, and the whole makes it paid', () => {
    inStore((w) => {
      const { id } = split(w);
      expect(recordPayment(w, id, pay(39_999)).state).toBe('open');
      expect(openDays(w)).toEqual(['2026-10-31', '2026-11-30']);
      recordPayment(w, id, pay(1));
      expect(openDays(w)).toEqual(['2026-11-30']);
      const paid = recordPayment(w, id, pay(60_000));
      expect(paid).toMatchObject({ state: 'paid' });
      expect(paid.payments).toHaveLength(3);
      expect(invoiceById(w, id)).toEqual(paid);
      expect(openDays(w)).toEqual([]);
    });
  });

  it('above what is open is kept as it came', () => {
    inStore((w) => {
      const paid = recordPayment(w, split(w).id, pay(150_000));
      expect(paid).toMatchObject({
        state: 'paid',
        payments: [{ amountCents: 150_000, reference: 'CRO 1', recordedAt: now }],
      });
      expect(openCents(paid)).toBe(0);
      expect(debtsOfClient(w, 1, 'EUR')).toEqual([]);
    });
  });

  it('that is reversed opens the invoice again, and stays in the record', () => {
    const store = memoryStore();
    const paid = store.write(now, (w) => recordPayment(w, split(w).id, pay(100_000)));
    const paymentId = paid.payments[0]?.id ?? 0;
    const reversed = store.write(later, (w) => reversePayment(w, paymentId));
    expect(reversed).toMatchObject({ state: 'open', payments: [{ amountCents: 100_000, reversedAt: later }] });
    expect(store.write(now, openDays)).toEqual(['2026-10-31', '2026-11-30']);
    expect(store.write(now, (w) => reversePayment(w, paymentId)).payments[0]?.reversedAt).toBe(later);
  });

  it.each([0, -5, 0.5, Number.NaN, 2 ** 60])('of %d cents is refused', (cents) => {
    expect(faultOf(() => inStore((w) => recordPayment(w, split(w).id, pay(cents)))).code).toBe('bad-input');
  });

  it('for what is void, unknown, or on no day is refused', () => {
    inStore((w) => {
      const { id } = split(w);
      expect(faultOf(() => recordPayment(w, id, { ...pay(1), receivedOn: day('yesterday') })).code).toBe('bad-input');
      voidInvoice(w, id);
      expect(faultOf(() => recordPayment(w, id, pay(1))).code).toBe('conflict');
      expect(faultOf(() => recordPayment(w, 99, pay(1))).code).toBe('not-found');
      expect(faultOf(() => reversePayment(w, 99)).code).toBe('not-found');
    });
  });

  it('for what was written off is kept, and can make it paid', () => {
    inStore((w) => {
      const { id } = split(w);
      writeOff(w, id);
      expect(recordPayment(w, id, pay(1)).state).toBe('written-off');
      expect(recordPayment(w, id, pay(99_999)).state).toBe('paid');
    });
  });
});

describe('void and write-off', () => {
  it('leave nothing open, and twice is once', () => {
    inStore((w) => {
      const one = split(w).id;
      const other = invoice(w, { clientId: 1, number: '2' }).id;
      for (let i = 0; i < 2; i += 1) {
        expect(voidInvoice(w, one).state).toBe('void');
        expect(writeOff(w, other).state).toBe('written-off');
      }
      expect(openDays(w)).toEqual([]);
      expect(faultOf(() => writeOff(w, one)).code).toBe('conflict');
    });
  });

  it('are refused when money has come in', () => {
    inStore((w) => {
      const { id } = split(w);
      recordPayment(w, id, pay(10));
      expect(faultOf(() => voidInvoice(w, id)).message).toContain('partly paid');
      recordPayment(w, id, pay(100_000));
      expect(faultOf(() => voidInvoice(w, id)).message).toContain('is paid');
      expect(faultOf(() => writeOff(w, id)).code).toBe('conflict');
    });
  });
});

describe('a dispute', () => {
  it('takes its part off the latest instalment, and the rest goes on', () => {
    inStore((w) => {
      const { id } = split(w);
      expect(setDisputed(w, id, 70_000).disputedCents).toBe(70_000);
      expect(openDays(w)).toEqual(['2026-10-31']);
      expect(debtsOfClient(w, 1, 'EUR')).toMatchObject([{ dueOn: '2026-10-31', openCents: 30_000 }]);
      setDisputed(w, id, 100_000);
      expect(openDays(w)).toEqual([]);
      setDisputed(w, id, 0);
      expect(openDays(w)).toEqual(['2026-10-31', '2026-11-30']);
    });
  });

  it.each([-1, 100_001, 0.5])('of %d cents is refused', (cents) => {
    expect(faultOf(() => inStore((w) => setDisputed(w, split(w).id, cents))).code).toBe('bad-input');
  });
});

describe('the case', () => {
  const changes: [string, (w: Writer, id: number) => unknown][] = [
    ['a payment', (w, id) => recordPayment(w, id, pay(10))],
    ['a reversal', (w) => reversePayment(w, 1)],
    ['a dispute', (w, id) => setDisputed(w, id, 10)],
    ['a write-off', (w, id) => writeOff(w, id)],
    ['another invoice', (w) => invoice(w, { clientId: 1, number: 'next' })],
  ];

  it.each(changes)('is looked at after %s', (_what, change) => {
    const store = memoryStore();
    const id = store.write(now, (w) => {
      const added = split(w);
      recordPayment(w, added.id, pay(10));
      const eur = openCase(w, 1, 'EUR');
      lookAgain(w, eur.id, null, asWritten('nothing to do'));
      const usd = openCase(w, 1, 'USD');
      lookAgain(w, usd.id, null, asWritten('nothing to do'));
      return added.id;
    });
    store.write(later, (w) => change(w, id));
    expect(store.read((r) => [caseOf(r, 1, 'EUR')?.lookAt, caseOf(r, 1, 'USD')?.lookAt])).toEqual([later, null]);
  });

  it('is wanted for every client and currency with something due and no open case', () => {
    inStore((w) => {
      const one = client(w).id;
      const other = client(w, { name: 'Verdi', addresses: [] }).id;
      invoice(w, { clientId: one });
      invoice(w, { clientId: one, number: '2' });
      invoice(w, { clientId: one, number: '3', currency: 'USD' });
      invoice(w, { clientId: other, instalments: [{ dueOn: day('2026-12-01'), amountCents: 122_000 }] });
      const paid = invoice(w, { clientId: other, number: '2', currency: 'CHF' });
      recordPayment(w, paid.id, pay(122_000));
      expect(dueWithoutCase(w, day('2026-10-30'))).toEqual([]);
      expect(dueWithoutCase(w, day('2026-10-31'))).toEqual([
        { clientId: one, currency: 'EUR' },
        { clientId: one, currency: 'USD' },
      ]);
      openCase(w, one, 'EUR');
      expect(dueWithoutCase(w, day('2026-12-01'))).toEqual([
        { clientId: one, currency: 'USD' },
        { clientId: other, currency: 'EUR' },
      ]);
      expect(dueWithoutCase(w, day('2026-12-01'), day('2026-10-31'))).toEqual([{ clientId: other, currency: 'EUR' }]);
    });
  });
});

describe('debts of a client', () => {
  it('are all that is open in one currency, by due day', () => {
    inStore((w) => {
      split(w);
      invoice(w, { clientId: 1, number: '2', instalments: [{ dueOn: day('2026-11-01'), amountCents: 122_000 }] });
      invoice(w, { clientId: 1, number: '3', currency: 'USD' });
      const debts = debtsOfClient(w, 1, 'EUR').map(({ number, dueOn, openCents: cents }) => [number, dueOn, cents]);
      expect(debts).toEqual([
        ['2026/1', '2026-10-31', 40_000],
        ['2', '2026-11-01', 122_000],
        ['2026/1', '2026-11-30', 60_000],
      ]);
    });
  });

  it('always agree with the invoice, its state and its open instalments', () => {
    const step = fc.oneof(
      fc.record({ act: fc.constant('pay' as const), cents: fc.integer({ min: 1, max: 80_000 }) }),
      fc.record({ act: fc.constant('reverse' as const), cents: fc.nat(5) }),
      fc.record({ act: fc.constant('dispute' as const), cents: fc.integer({ min: 0, max: 100_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        inStore((w) => {
          const { id } = split(w);
          for (const { act, cents } of steps) {
            if (act === 'pay') recordPayment(w, id, pay(cents));
            if (act === 'dispute') setDisputed(w, id, cents);
            const payment = invoiceById(w, id)?.payments[cents];
            if (act === 'reverse' && payment !== undefined) reversePayment(w, payment.id);
          }
          const stored = invoiceById(w, id);
          const paid =
            stored?.payments.reduce((sum, one) => sum + (one.reversedAt === null ? one.amountCents : 0), 0) ?? 0;
          const debts = debtsOfClient(w, 1, 'EUR');
          const open = Math.max(0, 100_000 - paid);
          expect(stored?.state).toBe(open === 0 ? 'paid' : 'open');
          expect(debts.reduce((sum, debt) => sum + debt.openCents, 0)).toBe(
            Math.max(0, open - (stored?.disputedCents ?? 0)),
          );
          expect(openDays(w)).toEqual(debts.map((debt) => debt.dueOn));
        });
      }),
      { numRuns: 60 },
    );
  });
});

it('adds what it was given, untouched by what the caller does with it later', () => {
  inStore((w) => {
    const { id: clientId } = client(w);
    const given = {
      clientId,
      number: '1',
      issuedOn: day('2026-10-01'),
      currency: 'EUR',
      totalCents: 100_000,
      project: null,
      instalments: [...instalments],
    };
    addInvoice(w, given);
    expect(given.instalments).toEqual(instalments);
  });
});

describe('a credit note', () => {
  const note = (amountCents: number) => ({ amountCents, number: 'NC 1', issuedOn: day('2026-11-10'), why: 'discount' });

  it('lowers what is asked for; when it takes all of it and no money came, the invoice is credited and not paid', () => {
    inStore((w) => {
      const { id } = invoice(w, { clientId: client(w).id, totalCents: 1000 });
      expect(debtsOf(addCredit(w, id, note(400)))).toMatchObject([{ openCents: 600, creditedCents: 400 }]);
      expect(addCredit(w, id, note(600)).state).toBe('credited');
      const noteId = invoiceById(w, id)?.credits[0]?.id as number;
      expect(takeBackCredit(w, id, noteId)).toMatchObject({ state: 'open', credits: [{ takenBackAt: now }, {}] });
      expect(takeBackCredit(w, id, noteId).credits).toHaveLength(2);
    });
  });

  it('and money for the rest make it paid, and open again when either is taken back', () => {
    inStore((w) => {
      const { id } = invoice(w, { clientId: client(w).id, totalCents: 1000 });
      const credited = addCredit(w, id, note(400));
      const paid = recordPayment(w, id, { amountCents: 600, receivedOn: day('2026-11-20'), reference: null });
      expect([paid.state, openDays(w)]).toEqual(['paid', []]);
      expect(takeBackCredit(w, id, credited.credits[0]?.id as number).state).toBe('open');
      addCredit(w, id, note(400));
      expect(reversePayment(w, paid.payments[0]?.id as number).state).toBe('open');
    });
  });

  it.each([0, -1, 1.5, 1001])('of %s cents on 1000 is refused', (cents) => {
    inStore((w) => {
      const { id } = invoice(w, { clientId: client(w).id, totalCents: 1000 });
      expect(faultOf(() => addCredit(w, id, note(cents))).code).toBe('bad-input');
    });
  });

  it('is refused on a void invoice', () => {
    inStore((w) => {
      const { id } = invoice(w, { clientId: client(w).id });
      voidInvoice(w, id);
      expect(faultOf(() => addCredit(w, id, note(1))).code).toBe('conflict');
    });
  });
});

describe('correcting', () => {
  it('changes what is named, keeps the ids of the instalments, and looks at the state again', () => {
    inStore((w) => {
      const one = invoice(w, {
        clientId: client(w).id,
        totalCents: 1000,
        instalments: [
          { dueOn: day('2026-10-31'), amountCents: 400 },
          { dueOn: day('2026-11-30'), amountCents: 600 },
        ],
      });
      recordPayment(w, one.id, { amountCents: 1000, receivedOn: day('2026-11-20'), reference: null });
      const parts = [
        { dueOn: day('2026-12-31'), amountCents: 700 },
        { dueOn: day('2026-11-30'), amountCents: 400 },
      ];
      const after = editInvoice(w, one.id, { totalCents: 1100, instalments: parts });
      expect(after.instalments).toMatchObject([
        { id: one.instalments[0]?.id, dueOn: '2026-11-30', amountCents: 400 },
        { id: one.instalments[1]?.id, dueOn: '2026-12-31', amountCents: 700 },
      ]);
      expect([after.state, openDays(w)]).toEqual(['open', ['2026-12-31']]);
      const single = editInvoice(w, one.id, {
        totalCents: 900,
        instalments: [{ dueOn: day('2026-11-30'), amountCents: 900 }],
      });
      expect(single).toMatchObject({ state: 'paid', instalments: [{ id: one.instalments[0]?.id }] });
      expect(editInvoice(w, one.id, { number: '9' }).number).toBe('9');
    });
  });

  it('refuses the number of another, a void invoice, and a total below what is credited or disputed', () => {
    inStore((w) => {
      const clientId = client(w).id;
      const one = invoice(w, { clientId, number: '1', totalCents: 1000 });
      invoice(w, { clientId, number: '2', totalCents: 1000 });
      expect(faultOf(() => editInvoice(w, one.id, { number: '2' })).code).toBe('conflict');
      setDisputed(w, one.id, 500);
      const parts = [{ dueOn: day('2026-10-31'), amountCents: 400 }];
      expect(faultOf(() => editInvoice(w, one.id, { totalCents: 400, instalments: parts })).code).toBe('conflict');
      voidInvoice(w, one.id);
      expect(faultOf(() => editInvoice(w, one.id, { number: '3' })).code).toBe('conflict');
    });
  });
});
