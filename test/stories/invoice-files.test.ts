/** Invoices that come as files: what is asked of whom, what is nobody's debt, and what a later document takes back. */
import { describe, expect, it } from 'vitest';
import { importBooks, type BookImportOptions } from '../../src/desk/import-books.ts';
import { tried } from '../../src/desk/parts.ts';
import { openCents, type Invoice } from '../../src/rules/invoice.ts';
import { parsePaymentTerms } from '../../src/rules/payment-terms.ts';
import { dayOf } from '../../src/rules/time.ts';
import { caseOf } from '../../src/store/cases.ts';
import { listClients } from '../../src/store/clients.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type Doc, fattura, ownVat } from '../support/money-files.ts';

const live = { dunning: { steps: [{ letter: 'payment-reminder', afterDays: 3, approval: 'auto' }] } };

let files = 0;
function read(studio: Studio, bytes: Buffer, more: Partial<BookImportOptions> & { name?: string } = {}) {
  const { name = `IT${ownVat}_${String(++files).padStart(5, '0')}.xml`, ...options } = more;
  return tried(studio.app, true, (w) =>
    importBooks(w, [{ name, bytes }], {
      owner: { vat: `IT${ownVat}`, taxCode: '' },
      accounts: [],
      language: 'it',
      terms: null,
      addClients: false,
      today: dayOf(studio.clock.now(), 'Europe/Rome'),
      ...options,
    }),
  );
}

const only = (studio: Studio): Invoice => {
  const found = studio.app.store.read((r) => listInvoices(r));
  expect(found).toHaveLength(1);
  return found[0] as Invoice;
};

const open = async () => {
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: live });
  return { studio, client: studio.client('Bianchi Srl') };
};

describe('an invoice from a file', () => {
  it('is recorded with its days and sums, once, and its buyer’s number is not needed where his name is his alone', async () => {
    const { studio, client } = await open();
    const bytes = fattura({
      payments: [
        ['2026-10-31', '610.00'],
        ['2026-11-30', '610.00'],
      ],
    });
    expect(read(studio, bytes).outcomes).toMatchObject([{ what: 'add', openCents: 122_000 }]);
    expect(read(studio, bytes).outcomes).toMatchObject([{ what: 'unchanged' }]);
    expect(only(studio)).toMatchObject({
      clientId: client.id,
      number: '14/2026',
      issuedOn: '2026-10-01',
      totalCents: 122_000,
      instalments: [
        { dueOn: '2026-10-31', amountCents: 61_000 },
        { dueOn: '2026-11-30', amountCents: 61_000 },
      ],
    });
  });

  it.each([
    ['net of it, as most programs write them', '1020.00'],
    ['gross, as some do', '1220.00'],
  ])('the letter asks for what is left of the withholding tax; instalments %s', async (_how, sum) => {
    const { studio } = await open();
    read(studio, fattura({ withholding: '200.00', payments: [['2026-10-31', sum]] }));
    expect(openCents(only(studio))).toBe(102_000);
    await studio.until('2026-11-09T12:00:00+01:00', 30);
    const [letter] = studio.letters('payment-reminder');
    expect(letter?.text).toContain('1.020,00 EUR, al netto della ritenuta');
    expect(letter?.text).not.toContain('1.220,00');
  });

  it('a public body pays no VAT to the owner', async () => {
    const { studio } = await open();
    read(studio, fattura({ split: true, payments: [['2026-10-31', '1000.00']] }));
    expect(openCents(only(studio))).toBe(100_000);
    await studio.until('2026-11-09T12:00:00+01:00', 30);
    expect(studio.letters('payment-reminder')[0]?.text).toContain('1.000,00 EUR, al netto dell’IVA');
  });

  it('bought-invoice-is-no-receivable, nor is one that a buyer wrote, and without a number of the owner nothing is read', async () => {
    const { studio } = await open();
    const bought = fattura({ seller: '11111111115', buyer: ownVat });
    expect(read(studio, bought).outcomes).toMatchObject([
      { what: 'left-out', details: [expect.stringContaining('you received it')] },
    ]);
    expect(read(studio, fattura({ type: 'TD17' })).outcomes).toMatchObject([{ what: 'left-out' }]);
    expect(read(studio, fattura({ seller: '11111111115' })).outcomes).toMatchObject([{ what: 'left-out' }]);
    expect(() => read(studio, fattura({}), { owner: { vat: '', taxCode: '' } })).toThrow('which invoices are yours');
    expect(studio.app.store.read((r) => listInvoices(r))).toEqual([]);
  });

  it('credit-note-closes-the-case, and counts once', async () => {
    const { studio, client } = await open();
    read(studio, fattura({}));
    await studio.until('2026-11-10T18:00:00+01:00', 60);
    expect(studio.letters('payment-reminder')).toHaveLength(1);
    const note = fattura({
      type: 'TD04',
      number: '15/2026',
      date: '2026-11-09',
      refersTo: ['14/2026', '2026-10-01'],
      payments: [],
    });
    expect(read(studio, note).outcomes).toMatchObject([{ what: 'credit', details: ['on 14/2026'] }]);
    expect(read(studio, note).outcomes).toMatchObject([{ what: 'unchanged' }]);
    expect(only(studio)).toMatchObject({ state: 'credited', credits: [{ amountCents: 122_000, number: '15/2026' }] });
    await studio.until('2026-11-30T18:00:00+01:00', 120);
    expect(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))).toMatchObject({ state: 'closed' });
    expect(studio.letters('payment-reminder')).toHaveLength(1);
  });

  it('a credit note on an invoice less withholding tax takes off the whole of both', async () => {
    const { studio } = await open();
    read(studio, fattura({ withholding: '200.00', payments: [['2026-12-31', '1020.00']] }));
    read(
      studio,
      fattura({ type: 'TD04', number: '15/2026', total: '610.00', refersTo: ['14/2026', '2026-10-01'], payments: [] }),
    );
    expect(openCents(only(studio))).toBe(51_000);
    read(
      studio,
      fattura({ type: 'TD04', number: '16/2026', total: '610.00', refersTo: ['14/2026', '2026-10-01'], payments: [] }),
    );
    expect(only(studio)).toMatchObject({ state: 'credited' });
  });

  it('a credit note that names nothing on record, or more than is left, is asked about', async () => {
    const { studio } = await open();
    read(studio, fattura({}));
    const asked = (doc: Doc) =>
      read(studio, fattura({ type: 'TD04', number: '15/2026', payments: [], ...doc })).outcomes;
    expect(asked({})).toMatchObject([{ what: 'asked' }]);
    expect(asked({ refersTo: ['99', '2026-01-01'] })).toMatchObject([{ what: 'asked' }]);
    expect(asked({ refersTo: ['14/2026', '2026-10-01'], total: '2000.00' })).toMatchObject([{ what: 'asked' }]);
    expect(openCents(only(studio))).toBe(122_000);
  });

  it('rejected-by-sdi: it counts as not issued, and nobody is reminded', async () => {
    const { studio } = await open();
    read(studio, fattura({}), { name: `IT${ownVat}_00abc.xml` });
    const notice = Buffer.from(
      `<?xml version="1.0"?><ns:NotificaScarto xmlns:ns="http://www.fatturapa.gov.it/sdi/messaggi/v1.0"><IdentificativoSdI>1</IdentificativoSdI><NomeFile>IT${ownVat}_00abc.xml.p7m</NomeFile></ns:NotificaScarto>`,
    );
    expect(read(studio, notice, { name: 'NS_001.xml' }).outcomes).toMatchObject([{ what: 'void', number: '14/2026' }]);
    expect(read(studio, notice, { name: 'NS_001.xml' }).outcomes).toMatchObject([{ what: 'unchanged' }]);
    expect(only(studio).state).toBe('void');
    await studio.until('2026-11-20T18:00:00+01:00', 120);
    expect(studio.sent()).toEqual([]);
  });

  it('without a day in the file the terms of the client count; without terms it is asked, never made up', async () => {
    const { studio } = await open();
    const bytes = fattura({ payments: [['', '1220.00']] });
    expect(read(studio, bytes).outcomes).toMatchObject([{ what: 'add' }]);
    expect(only(studio).instalments).toMatchObject([{ dueOn: '2026-10-31' }]);
    const other = fattura({ payments: [], buyer: '11111111115', buyerName: 'Verdi Snc', number: '20/2026' });
    expect(read(studio, other, { addClients: true }).outcomes).toMatchObject([{ what: 'asked', client: 'Verdi Snc' }]);
    expect(only(studio).number).toBe('14/2026');
    const said = read(studio, other, { addClients: true, terms: parsePaymentTerms('60') });
    expect(said.outcomes).toMatchObject([{ what: 'add', client: 'Verdi Snc' }]);
  });

  it('an unknown buyer is proposed, and taken in with his numbers when the owner says so', async () => {
    const { studio } = await open();
    const bytes = fattura({ buyer: '11111111115', buyerName: 'Verdi Snc' });
    expect(read(studio, bytes).outcomes).toMatchObject([{ what: 'asked', client: 'Verdi Snc' }]);
    expect(studio.app.store.read((r) => listClients(r))).toHaveLength(1);
    read(studio, bytes, { addClients: true });
    const [, verdi] = studio.app.store.read((r) => listClients(r)).toSorted((a, b) => a.id - b.id);
    expect(verdi).toMatchObject({
      name: 'Verdi Snc',
      references: { vat: ['11111111115'], pec: ['bianchi@pec.example'] },
    });
  });

  it('what is on record already keeps its sum, and learns what is kept back', async () => {
    const { studio, client } = await open();
    studio.invoice(client, { dueOn: '2026-10-31', number: '14/2026' });
    expect(
      read(studio, fattura({ date: '2026-10-01', withholding: '200.00', payments: [['2026-10-31', '1020.00']] }))
        .outcomes,
    ).toMatchObject([{ what: 'change' }]);
    expect(openCents(only(studio))).toBe(102_000);
    expect(read(studio, fattura({ total: '1342.00' })).outcomes).toMatchObject([{ what: 'asked' }]);
    expect(only(studio).totalCents).toBe(122_000);
  });
});
