/** Invoices from files: there and back, twice, and bad ones refused whole. */
import { describe, expect, it } from 'vitest';
import { registerClient } from '../../src/desk/clients.ts';
import { exportInvoices } from '../../src/desk/import-invoices.ts';
import type { PlanOptions } from '../../src/desk/invoice-plan.ts';
import {
  dispute,
  markPaid,
  recordInvoice,
  takeBackPayment,
  voidByHand,
  writeOffByHand,
} from '../../src/desk/invoices.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { day, importFile, journalKinds, openTestDesk, refusal, type TestDesk } from './support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const imported = (desk: TestDesk, text: string, options: Partial<PlanOptions> = {}) =>
  importFile(desk, bytes(text), { file: 'invoices.csv', currency: 'EUR', today: day('2026-11-23'), ...options });
const exported = (desk: TestDesk) => desk.store.read((r) => exportInvoices(r));

function studio(): TestDesk {
  const desk = openTestDesk();
  registerClient(desk, { name: 'Bianchi', addresses: ['b@bianchi.example'], paymentTerms: inDays(30) });
  registerClient(desk, { name: 'Verdi, "SpA"', addresses: ['v@verdi.example'] });
  return desk;
}

/** Without the numbers of rows and the moments of entry. */
function known(desk: TestDesk) {
  return desk.store
    .read((r) => listInvoices(r))
    .map(({ id: _id, instalments, payments, ...invoice }) => ({
      ...invoice,
      instalments: instalments.map(({ dueOn, amountCents }) => [dueOn, amountCents]),
      payments: payments.map(({ amountCents, receivedOn, reference, reversedAt }) => [
        receivedOn,
        amountCents,
        reference,
        reversedAt !== null,
      ]),
    }));
}

function books(desk: TestDesk): void {
  const base = {
    client: 'Bianchi',
    issuedOn: day('2026-01-10'),
    currency: 'EUR',
    project: '=SUM(A1)',
    dueOn: day('2026-02-10'),
    instalments: null,
  };
  const pay = { amountCents: null, receivedOn: day('2026-02-01'), reference: null, again: false };
  for (const number of ['001', '2', '3', '4', '5']) recordInvoice(desk, { ...base, number, totalCents: 122050 });
  recordInvoice(desk, { ...base, client: '2', number: '001', currency: 'JPY', totalCents: 50000, project: null });
  recordInvoice(desk, {
    ...base,
    number: '7',
    totalCents: 300,
    dueOn: null,
    instalments: [
      { dueOn: day('2026-03-01'), amountCents: 100 },
      { dueOn: day('2026-04-01'), amountCents: 200 },
    ],
  });
  markPaid(desk, { number: '2', client: null }, { ...pay, amountCents: 50000, reference: 'CRO 1; "2"' });
  markPaid(desk, { number: '2', client: null }, { ...pay, amountCents: 100, reference: 'back' });
  takeBackPayment(desk, { number: '2', client: null }, 2);
  markPaid(desk, { number: '3', client: null }, pay);
  voidByHand(desk, { number: '4', client: null }, '');
  writeOffByHand(desk, { number: '5', client: null }, '');
  dispute(desk, { number: '001', client: 'Bianchi' }, 22050);
}

it('there and back loses nothing, and a second time changes nothing', () => {
  const desk = studio();
  books(desk);
  const file = exported(desk);
  const other = studio();
  expect(imported(other, file).changes.every((change) => change.what === 'add')).toBe(true);
  expect(known(other)).toEqual(known(desk));
  expect(exported(other)).toBe(file);
  const before = journalKinds(other).length;
  expect(imported(other, file).changes.every((change) => change.what === 'unchanged')).toBe(true);
  expect(journalKinds(other)).toHaveLength(before);
});

describe('a file of an accounting program', () => {
  it('in Italian, with semicolons and commas', () => {
    const desk = studio();
    imported(
      desk,
      'Cliente;Numero;Data;Scadenza;Importo\nBianchi;2026/7;2026-03-01;2026-03-31;1.220,50\nv@verdi.example;8;2026-03-01;2026-04-30;400\n',
    );
    expect(known(desk)).toMatchObject([
      { number: '2026/7', totalCents: 122050, currency: 'EUR', instalments: [['2026-03-31', 122050]], state: 'open' },
      { number: '8', totalCents: 40000, instalments: [['2026-04-30', 40000]] },
    ]);
  });

  it('takes the agreed days where no due date is given', () => {
    const desk = studio();
    imported(desk, 'client,number,issuedOn,total\nBianchi,9,2026-03-01,100\n');
    expect(known(desk)[0]?.instalments).toEqual([['2026-03-31', 10000]]);
  });

  it('that says paid and not how is taken as paid on the due day', () => {
    const desk = studio();
    const file = 'client,number,issuedOn,total,state\nBianchi,9,2026-03-01,100,paid\n';
    imported(desk, file);
    expect(known(desk)).toMatchObject([
      { state: 'paid', payments: [['2026-03-31', 10000, 'imported as paid', false]] },
    ]);
    expect(imported(desk, file).changes[0]?.what).toBe('unchanged');
  });

  it('adds the payments that came since', () => {
    const desk = studio();
    const head = 'client,number,issuedOn,total,payments\nBianchi,9,2026-03-01,100,';
    const one = '{""receivedOn"":""2026-04-01"",""amount"":""40""}';
    imported(desk, `${head}"[${one}]"\n`);
    expect(imported(desk, `${head}"[${one},${one}]"\n`).changes[0]).toMatchObject({ what: 'change', openCents: 2000 });
    expect(known(desk)[0]?.payments).toHaveLength(2);
  });
});

describe('a bad file is refused whole:', () => {
  const good = 'Bianchi,1,2026-03-01,2026-03-31,EUR,100,,,,';
  const head = 'client,number,issuedOn,dueOn,currency,total,instalments,state,disputed,payments';
  it.each([
    ['an unknown client', 'Bianki,2,2026-03-01,2026-03-31,EUR,100,,,,', 'client', /Bianchi/],
    ['no number', 'Bianchi,,2026-03-01,2026-03-31,EUR,100,,,,', 'number', /is empty/],
    ['the other way to write a day', 'Bianchi,2,01/03/2026,2026-03-31,EUR,100,,,,', 'issuedOn', /YYYY-MM-DD/],
    ['29 February of 2026', 'Bianchi,2,2026-02-29,2026-03-31,EUR,100,,,,', 'issuedOn', /not a day/],
    ['due before issued', 'Bianchi,2,2026-03-01,2026-02-28,EUR,100,,,,', 'dueOn', /before the invoice/],
    ['an unknown currency', 'Bianchi,2,2026-03-01,2026-03-31,euro,100,,,,', 'currency', /not a currency/],
    ['a sum in two readings', 'Bianchi,2,2026-03-01,2026-03-31,EUR,1.220,,,,', 'total', /two ways/],
    ['a sum of nothing', 'Bianchi,2,2026-03-01,2026-03-31,EUR,0,,,,', 'dueOn', /more than zero/],
    ['a credit note of nothing known', "Bianchi,2,2026-03-01,2026-03-31,EUR,'-5,,,,", 'creditOf', /belongs to/],
    [
      'instalments that do not fit',
      'Bianchi,2,2026-03-01,,EUR,100,2026-03-31 40; 2026-04-30 50,,,',
      'instalments',
      /come to 90\.00 EUR/,
    ],
    ['an unknown state', 'Bianchi,2,2026-03-01,2026-03-31,EUR,100,,done,,', 'state', /"done"/],
    ['payments that are no list', 'Bianchi,2,2026-03-01,2026-03-31,EUR,100,,,,yes', 'payments', /not JSON/],
    [
      'a payment without a day',
      'Bianchi,2,2026-03-01,2026-03-31,EUR,100,,,,"[{""amount"":""5""}]"',
      'payments',
      /not a day/,
    ],
    [
      'a void invoice with payments',
      'Bianchi,2,2026-03-01,2026-03-31,EUR,100,,void,,"[{""receivedOn"":""2026-04-01"",""amount"":""5""}]"',
      'state',
      /no payments/,
    ],
    ['an invoice twice', good, 'number', /in line 2 too/],
  ])('%s', (_name, row, column, message) => {
    const desk = studio();
    const fault = refusal(() => imported(desk, `${head}\n${good}\n${row}\n`));
    expect(fault.code).toBe('bad-input');
    expect(fault.where).toBe(`invoices.csv:3, column "${column}"`);
    expect(fault.message).toMatch(message);
    expect(known(desk)).toEqual([]);
  });

  it('no due date, and none agreed', () => {
    const fault = refusal(() => imported(studio(), 'client,number,issuedOn,total\nv@verdi.example,9,2026-03-01,100\n'));
    expect(fault.message).toContain('no terms of payment are agreed');
  });

  it.each([
    ['a column that is missing', 'client,number,total\n', 'issuedOn'],
    ['a column that is misspelt', `${head.replace('payments', 'paymets')}\n`, 'paymets'],
    ['no column that names a client', 'number,issuedOn,total\n', 'client'],
    ['two columns of one meaning', 'client,cliente,number,issuedOn,total\n', 'cliente'],
  ])('%s', (_name, text, column) => {
    expect(refusal(() => imported(studio(), text)).where).toBe(`invoices.csv:1, column "${column}"`);
  });
});
