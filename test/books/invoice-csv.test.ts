/** Exports of invoicing programs: one row for each invoice, what is none left out, and columns that the owner names. */
import { describe, expect, it } from 'vitest';
import { readCsvRows } from '../../src/books/csv-rows.ts';
import type { FileForm } from '../../src/books/file-form.ts';
import { type InvoiceTable, readInvoiceCsv } from '../../src/books/invoice-csv.ts';
import { addPlain, decimalMark, plainSum } from '../../src/books/plain-sums.ts';
import { Refusal } from '../../src/books/refusal.ts';
import {
  freshbooks,
  harvest,
  invoiceNinja,
  invoiceNinja4,
  quickbooks,
  quickbooksList,
  quickbooksReport,
  xero,
  zoho,
} from './program-samples.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, form?: FileForm): InvoiceTable => {
  const table = readInvoiceCsv(readCsvRows(bytes(text)), form === undefined ? {} : { form });
  if (table === undefined) throw new Error('no program');
  return table;
};
/** The cells that say something. */
const rows = (table: InvoiceTable) =>
  table.rows.map(({ cells }) =>
    Object.fromEntries(table.columns.map((name, at) => [name, cells[at]]).filter(([, text]) => text !== '')),
  );

describe('an export', () => {
  it('of Xero: a row for each invoice, whatever its lines; bills and drafts are nobody’s debt', () => {
    const table = read(xero);
    expect(table.program).toBe('Xero');
    expect(rows(table)).toEqual([
      {
        client: 'Harbour Cafe',
        clientAddress: 'accounts@harbour.example',
        number: 'INV-0031',
        issuedOn: '05/10/2026',
        dueOn: '04/11/2026',
        total: '1495.0000',
        paid: '495.0000',
        open: '1000.0000',
        currency: 'EUR',
        state: 'open',
      },
      {
        client: 'Nair Studio',
        number: 'INV-0032',
        issuedOn: '13/10/2026',
        dueOn: '12/11/2026',
        total: '200.0000',
        paid: '200.0000',
        open: '0.0000',
        currency: 'EUR',
        state: 'paid',
      },
    ]);
    expect(table.leftOut.map(({ number, why }) => [number, why])).toEqual([
      ['INV-0033', 'it is a draft'],
      ['B-7', 'it is no invoice: Bill'],
      ['CN-0004', expect.stringMatching(/^a credit note that names no invoice/)],
    ]);
    expect(table.ignored).toContain('Description');
  });

  it('of FreshBooks is the sum of its lines, with and without a due day', () => {
    for (const [text, dueOn] of [
      [freshbooks(true), '11/04/2026'],
      [freshbooks(false), undefined],
    ] as const) {
      const [first, second] = rows(read(text));
      expect(first).toEqual({
        client: 'Harbour Cafe',
        number: '0000012',
        issuedOn: '10/05/2026',
        total: '1150.50',
        currency: 'USD',
        state: 'open',
        ...(dueOn === undefined ? {} : { dueOn }),
      });
      expect(second).toMatchObject({ number: '0000013', state: 'paid', paidOn: '10/20/2026', total: '300.00' });
    }
  });

  it('of Zoho repeats the total on every line, and counts it once', () => {
    expect(rows(read(zoho))).toEqual([
      {
        client: 'Umbrella Retail',
        number: 'INV-000041',
        issuedOn: '2026-10-02',
        dueOn: '2026-11-01',
        total: '819.20',
        open: '319.20',
        paidOn: '2026-10-20',
        currency: 'EUR',
        state: 'open',
      },
      {
        client: 'Krishna Enterprises',
        number: 'INV-000042',
        issuedOn: '2026-10-05',
        dueOn: '2026-10-20',
        total: '885.40',
        open: '0.00',
        paidOn: '2026-10-19',
        currency: 'EUR',
        state: 'paid',
      },
      {
        client: 'Umbrella Retail',
        number: 'INV-000044',
        issuedOn: '2026-10-06',
        dueOn: '2026-11-05',
        total: '100.00',
        open: '0.00',
        currency: 'EUR',
        state: 'void',
      },
    ]);
  });

  it('of QuickBooks names the customer in the first row of an invoice only', () => {
    expect(rows(read(quickbooks))).toEqual([
      {
        client: 'Haven Rentals',
        number: '1001',
        issuedOn: '09/08/2026',
        dueOn: '08/09/2026',
        terms: 'Net 30',
        total: '1708.00',
        currency: 'EUR',
      },
      {
        client: 'Owner, Jane',
        number: '1002',
        issuedOn: '21/08/2026',
        dueOn: '20/09/2026',
        terms: 'Net 30',
        total: '50.00',
        currency: 'EUR',
      },
    ]);
  });

  it('of QuickBooks, as a report by customer, with its titles above and totals below', () => {
    const table = read(quickbooksReport);
    expect(rows(table)).toEqual([
      {
        client: 'Haven Rentals',
        number: '1001',
        issuedOn: '08/09/2026',
        dueOn: '09/08/2026',
        total: '1708.00',
        open: '708.00',
      },
      {
        client: 'Total Energy Ltd',
        number: '1003',
        issuedOn: '08/30/2026',
        dueOn: '09/29/2026',
        total: '75.00',
        open: '75.00',
      },
    ]);
    expect(table.leftOut).toEqual([{ line: 8, number: '', why: 'it is no invoice: Payment' }]);
  });

  it('of QuickBooks, as its list of invoices', () => {
    expect(rows(read(quickbooksList)).map(({ number, state, total }) => [number, state, total])).toEqual([
      ['1001', 'open', '1708.00'],
      ['1002', 'paid', '50.00'],
    ]);
  });

  it('of Invoice Ninja, new and old', () => {
    expect(rows(read(invoiceNinja))).toEqual([
      {
        client: 'Kunde GmbH',
        number: '0007',
        issuedOn: '05/Oct/2026',
        dueOn: '04/Nov/2026',
        total: '595.00',
        paid: '0.00',
        open: '595.00',
        state: 'open',
        currency: 'EUR',
      },
    ]);
    expect(rows(read(invoiceNinja4))).toEqual([
      {
        client: 'Kunde GmbH',
        clientAddress: 'buch@kunde.example',
        number: '0007',
        issuedOn: '2026-10-05',
        dueOn: '2026-11-04',
        total: '595.00',
        open: '95.00',
        state: 'open',
      },
    ]);
  });

  it('of Harvest', () => {
    expect(rows(read(harvest))).toMatchObject([
      { client: 'Acme', number: '204', total: '1200.0', paid: '200.0', open: '1000.0' },
    ]);
  });

  it('whose rows of one invoice state different totals is refused with their lines', () => {
    expect(() => read(zoho.replace('160,819.20', '160,820.20'))).toThrow(Refusal);
  });
});

describe('columns that the owner names', () => {
  const text = 'Titolo;;;\nNr.;Kunde;vom;Brutto\n7;Rossi;05.10.2026;1.220,00\n8;Verdi;06.10.2026;61,50\n';
  const columns = { number: 'Nr.', client: 'Kunde', issuedOn: 'vom', total: 'Brutto' };

  it('are found below what stands above them', () => {
    expect(rows(read(text, { columns }))).toEqual([
      { number: '7', client: 'Rossi', issuedOn: '05.10.2026', total: '1220.00' },
      { number: '8', client: 'Verdi', issuedOn: '06.10.2026', total: '61.50' },
    ]);
  });

  it('may be numbers, where the file has no headings', () => {
    const bare = '7;Rossi;05.10.2026;1.220,00\n8;Verdi;06.10.2026;61,50\n';
    const table = read(bare, { columns: { number: '1', client: '2', issuedOn: '3', total: '4' } });
    expect(rows(table).map(({ number }) => number)).toEqual(['7', '8']);
  });

  it('that the file does not have are refused with those that it has', () => {
    const refused = () => read(text, { columns: { ...columns, total: 'Netto' } });
    expect(refused).toThrow(/no row of the file has these headings: "Netto"/i);
  });

  it('that are not enough are refused with what is missing', () => {
    expect(() => read(text, { columns: { number: 'Nr.', total: 'Brutto' } })).toThrow(/issuedOn, client/);
  });
});

describe('sums', () => {
  it.each([
    ['€ 1.495,00', ',', '1495.00'],
    ['1,495.00 EUR', '.', '1495.00'],
    ["1'495.00", '.', '1495.00'],
    ['(610.00)', '.', '-610.00'],
    ['-610,00', ',', '-610.00'],
    ['610.00-', '.', '-610.00'],
    ['$1,150.50', '.', '1150.50'],
    ['1495.0000', '.', '1495.0000'],
    ['1.495', null, '1.495'],
    ['£300', null, '300'],
    ['about 10', '.', 'about 10'],
  ] as const)('%s with %s is %s', (text, mark, plain) => expect(plainSum(text, mark)).toBe(plain));

  it('show their decimal mark over the whole file, and three places show none', () => {
    expect(decimalMark(['1.495', '12,50'])).toBe(',');
    expect(decimalMark(['1,495', '12.50', '1495.0000'])).toBe('.');
    expect(decimalMark(['1.495', '2.000'])).toBeNull();
  });

  it('are added without losing a fraction', () => {
    expect(addPlain(['0.1', '0.2', '-0.05', '100'])).toBe('100.25');
    expect(addPlain(['0.333333', '0.333333', '0.333334'])).toBe('1.00');
    expect(addPlain(['1', 'x'])).toBeUndefined();
  });
});
