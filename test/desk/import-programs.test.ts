/** Exports of invoicing programs in the record: what came in, what is asked of whom, and the same file again. */
import { describe, expect, it } from 'vitest';
import { registerClient } from '../../src/desk/clients.ts';
import { parseInvoiceMap } from '../../src/desk/books/invoice-table.ts';
import { exportInvoices, type ImportOptions, importInvoices } from '../../src/desk/import-invoices.ts';
import { takeBackPayment } from '../../src/desk/invoices.ts';
import { tried } from '../../src/desk/parts.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { openCents } from '../../src/rules/invoice.ts';
import { listClients } from '../../src/store/clients.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import {
  freshbooks,
  harvest,
  invoiceNinja,
  quickbooks,
  quickbooksReport,
  xero,
  zoho,
} from '../books/program-samples.ts';
import { day, importFile, openTestDesk, refusal, type TestDesk } from './support.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const imported = (desk: TestDesk, text: string | Uint8Array, options: Partial<ImportOptions> = {}) =>
  importFile(desk, typeof text === 'string' ? bytes(text) : text, {
    file: 'export.csv',
    currency: 'EUR',
    today: day('2026-11-23'),
    addClients: { language: 'it' },
    terms: inDays(30),
    ...options,
  });
const known = (desk: TestDesk) =>
  desk.store
    .read((r) => listInvoices(r))
    .map((one) => [
      one.number,
      one.state,
      one.totalCents,
      openCents(one),
      one.instalments.map(({ dueOn }) => dueOn).join(),
    ]);
const words = (desk: TestDesk, text: string) => imported(desk, text).changes.map(({ what }) => what);

describe('an export of a program', () => {
  it.each([
    [
      'Xero',
      xero,
      [
        ['INV-0031', 'open', 149_500, 100_000, '2026-11-04'],
        ['INV-0032', 'paid', 20_000, 0, '2026-11-12'],
      ],
    ],
    [
      'FreshBooks',
      freshbooks(true),
      [
        ['0000012', 'open', 115_050, 115_050, '2026-11-04'],
        ['0000013', 'paid', 30_000, 0, '2026-11-12'],
      ],
    ],
    [
      'Zoho',
      zoho,
      [
        ['INV-000041', 'open', 81_920, 31_920, '2026-11-01'],
        ['INV-000042', 'paid', 88_540, 0, '2026-10-20'],
        ['INV-000044', 'void', 10_000, 0, '2026-11-05'],
      ],
    ],
    [
      'QuickBooks',
      quickbooks,
      [
        ['1001', 'open', 170_800, 170_800, '2026-09-08'],
        ['1002', 'open', 5_000, 5_000, '2026-09-20'],
      ],
    ],
    [
      'QuickBooks report',
      quickbooksReport,
      [
        ['1001', 'open', 170_800, 70_800, '2026-09-08'],
        ['1003', 'open', 7_500, 7_500, '2026-09-29'],
      ],
    ],
    ['Invoice Ninja', invoiceNinja, [['0007', 'open', 59_500, 59_500, '2026-11-04']]],
  ] as const)('of %s is taken once: the second time nothing changes', (_name, text, expected) => {
    const desk = openTestDesk();
    imported(desk, text);
    expect(known(desk)).toEqual(expected);
    expect(new Set(words(desk, text))).toEqual(new Set(['unchanged']));
    expect(known(desk)).toEqual(expected);
  });

  it('says a sum that came in: what is new of it is recorded, and what was taken back by hand stays so', () => {
    const desk = openTestDesk();
    imported(desk, xero);
    imported(desk, xero.replaceAll('495.0000,1000.0000', '995.0000,500.0000'));
    expect(known(desk)[0]).toEqual(['INV-0031', 'open', 149_500, 50_000, '2026-11-04']);
    const [invoice] = desk.store.read((r) => listInvoices(r));
    expect(invoice?.payments.map(({ amountCents }) => amountCents)).toEqual([49_500, 50_000]);
    takeBackPayment(desk, { number: 'INV-0031', client: null }, invoice?.payments[1]?.id ?? 0);
    imported(desk, xero.replaceAll('495.0000,1000.0000', '995.0000,500.0000'));
    expect(known(desk)[0]?.[3]).toBe(100_000);
  });

  it('that lists as void what is on record makes it void, though it has no sum any more', () => {
    const desk = openTestDesk();
    imported(desk, zoho);
    const voided = zoho.replace(/(?<=INV-000041,)PartiallyPaid(.*)819\.20,319\.20/g, 'Void$10.00,0.00');
    const [change] = imported(desk, voided.replaceAll('INV-000041,PartiallyPaid', 'INV-000041,Void')).changes;
    // money came for it: that is for a person to settle
    expect(change?.details).toContain('not void: money came in for it');
    imported(desk, invoiceNinja);
    imported(desk, invoiceNinja.replace('595.00,595.00,0.00', '0.00,0.00,0.00').replace('Sent', 'Cancelled'));
    expect(known(desk).find(([number]) => number === '0007')?.[1]).toBe('void');
  });

  it('brings clients in only when that is wanted, and never one whose name is like another’s', () => {
    const desk = openTestDesk();
    const { addClients: _none, ...plain } = { addClients: undefined };
    expect(
      refusal(() =>
        importFile(desk, bytes(xero), { ...plain, file: 'x.csv', currency: 'EUR', today: day('2026-11-23') }),
      ).message,
    ).toContain('there is no client "Harbour Cafe"');
    registerClient(desk, { name: 'Harbour Café', addresses: ['x@cafe.example'] });
    expect(refusal(() => imported(desk, xero)).message).toContain('did you mean Harbour Café');
    const other = openTestDesk();
    expect(imported(other, xero).newClients).toEqual(['Harbour Cafe', 'Nair Studio']);
    expect(other.store.read((r) => listClients(r)).map(({ addresses }) => addresses)).toEqual([
      ['accounts@harbour.example'],
      [],
    ]);
  });

  it('tells faults by the headings of the file', () => {
    const desk = openTestDesk();
    const fault = refusal(() => imported(desk, xero.replaceAll('05/10/2026', '45/10/2026')));
    expect(fault.message + fault.where).toMatch(/\*InvoiceDate/);
  });

  it('says what it left out, and nothing of a preview stays', () => {
    const desk = openTestDesk();
    const how = { file: 'x.csv', currency: 'EUR', today: day('2026-11-23'), addClients: { language: 'it' as const } };
    const plan = tried(desk, false, (w) => importInvoices(w, bytes(xero), how));
    expect(plan.leftOut.map(({ number }) => number)).toEqual(['INV-0033', 'B-7', 'CN-0004']);
    expect(plan.form).toMatch(/^read as Xero writes it: --map 'client=\*ContactName'/);
    expect(known(desk)).toEqual([]);
    expect(desk.store.read((r) => listClients(r))).toEqual([]);
  });

  it('with a currency in words', () => {
    const desk = openTestDesk();
    imported(desk, harvest);
    expect(known(desk)).toEqual([['204', 'open', 120_000, 100_000, '2026-11-04']]);
  });

  it('without a day to pay by asks for the terms, of what is open alone', () => {
    const desk = openTestDesk();
    const fault = refusal(() => imported(desk, freshbooks(false), { terms: null }));
    expect(fault.message).toMatch(/no terms of payment are agreed with Harbour Cafe .*--terms 30/);
    const paid = freshbooks(false).replaceAll(',overdue,', ',paid,');
    imported(desk, paid, { terms: null });
    expect(known(desk).map(([, state]) => state)).toEqual(['paid', 'paid']);
  });
});

describe('a file of other columns', () => {
  const text = 'Belegnr;Kunde;vom;fällig;Brutto\n7;Rossi;05.10.2026;04.11.2026;1.220,00\n';
  const map = ['number=Belegnr', 'client=Kunde', 'issuedOn=vom', 'dueOn=fällig', 'total=Brutto'];

  it('is refused with what to say of it, read so once, and known from then on', () => {
    const desk = openTestDesk();
    const fault = refusal(() => imported(desk, text));
    expect(fault.next).toMatch(/--map 'issuedOn=…'/);
    imported(desk, text, { form: parseInvoiceMap(map) });
    imported(desk, text.replace('7;', '8;').replace('1.220,00', '61,00'));
    expect(known(desk)).toEqual([
      ['7', 'open', 122_000, 122_000, '2026-11-04'],
      ['8', 'open', 6_100, 6_100, '2026-11-04'],
    ]);
  });

  it('is not remembered by a preview, nor for other headings', () => {
    const desk = openTestDesk();
    const how = { file: 'x.csv', currency: 'EUR', today: day('2026-11-23'), addClients: { language: 'it' as const } };
    tried(desk, false, (w) => importInvoices(w, bytes(text), { ...how, form: parseInvoiceMap(map) }));
    expect(refusal(() => imported(desk, text)).next).toContain('--map');
    imported(desk, text, { form: parseInvoiceMap(map) });
    expect(refusal(() => imported(desk, text.replace('fällig', 'Netto'))).next).toContain('--map');
  });

  it('as Excel saves it in Italy, with months in words', () => {
    const desk = openTestDesk();
    const excel = 'Cliente;Numero;Data;Scadenza;Totale\nCaff\xe8 Rossi;12/A;5 ott 2026;04-nov-26;\x80 1.220,00\n';
    imported(desk, Buffer.from(excel, 'latin1'));
    expect(known(desk)).toEqual([['12/A', 'open', 122_000, 122_000, '2026-11-04']]);
    expect(desk.store.read((r) => listClients(r))[0]?.name).toBe('Caffè Rossi');
  });

  it('with a title above its headings is read below it', () => {
    const desk = openTestDesk();
    imported(
      desk,
      'Studio Rossi;;;\nFatture emesse;;;\nCliente;Numero;Data;Totale\nBianchi;1;05/10/2026;100,00\nVerdi;2;25/10/2026;100,00\n',
    );
    expect(known(desk).map(([number]) => number)).toEqual(['1', '2']);
  });

  it('whose balance is less than its total was paid in part', () => {
    const desk = openTestDesk();
    imported(
      desk,
      'cliente;numero;data;totale;residuo\nBianchi;1;25/10/2026;100,00;40,00\nBianchi;2;25/10/2026;100,00;0,00\n',
    );
    expect(known(desk).map(([, state, , open]) => [state, open])).toEqual([
      ['open', 4000],
      ['paid', 0],
    ]);
  });

  it('that says what the client withholds asks for the rest, and learns it of an invoice that is on record', () => {
    const desk = openTestDesk();
    const file = (ritenuta: string) =>
      `cliente;numero;data;totale;ritenuta;residuo\nBianchi;1;25/10/2026;1.220,00;${ritenuta}\n`;
    imported(desk, file(';1.220,00'));
    expect(known(desk)[0]?.[3]).toBe(122_000);
    const [change] = imported(desk, file('-200,00;1.020,00')).changes;
    expect([change?.what, change?.details]).toEqual(['change', ['less 200.00 EUR that the client keeps back']]);
    expect(known(desk)[0]?.slice(1, 4)).toEqual(['open', 122_000, 102_000]);
    expect(imported(desk, file('-200,00;1.020,00')).changes.map(({ what }) => what)).toEqual(['unchanged']);
    imported(desk, file('200,00;20,00'));
    expect(known(desk)[0]?.[3]).toBe(2_000);
    const exported = desk.store.read((r) => exportInvoices(r));
    expect(exported).toContain('1220.00,200.00,');
  });

  it.each([
    [['numbre=Nr'], /"numbre" is nothing that a column may be/, /Did you mean number/],
    [['number'], /does not say which column is what/, /MEANING=HEADING/],
    [['number=A', 'number=B'], /named twice/, /one column/],
  ])('named wrongly as %j is refused', (texts, message, next) => {
    const fault = refusal(() => parseInvoiceMap(texts));
    expect(fault.message).toMatch(message);
    expect(fault.next).toMatch(next);
  });

  it('may be named in one option: a comma in a heading divides nothing', () => {
    expect(parseInvoiceMap(['number=No., internal, client=Name,total=Sum'])?.columns).toEqual({
      number: 'No., internal',
      client: 'Name',
      total: 'Sum',
    });
  });
});
