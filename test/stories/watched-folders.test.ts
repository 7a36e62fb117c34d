/** Files that lie where her programs put them: taken when all is certain, else one question; moved nowhere, read once. */
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Invoice } from '../../src/rules/invoice.ts';
import { caseOf } from '../../src/store/cases.ts';
import { addClient } from '../../src/store/clients.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { entries } from '../../src/store/journal.ts';
import { unseenNotices } from '../support/in-words.ts';
import { watchedFiles } from '../../src/store/watched-files.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { bankCsv, fattura, ownVat } from '../support/money-files.ts';

interface Watched {
  studio: Studio;
  put(name: string, bytes: string | Uint8Array): string;
  folder: string;
}

const monday = '2026-11-09T08:00:00+01:00';

async function watched(more: Record<string, unknown> = {}): Promise<Watched> {
  const folder = mkdtempSync(join(tmpdir(), 'paletti-watched-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const owner = {
    name: 'Anna Rossi',
    business: 'Studio Rossi',
    addresses: ['anna@studio.example'],
    language: 'it',
    timeZone: 'Europe/Rome',
    iban: 'IT60X0542811101000000123456',
    vat: `IT${ownVat}`,
  };
  const studio = await openStudio({
    now: monday,
    config: {
      owner,
      watch: { folders: [folder] },
      dunning: { steps: [{ letter: 'payment-reminder', afterDays: 3, approval: 'auto' }] },
      ...more,
    },
  });
  const put = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  return { studio, put, folder };
}

const invoices = (studio: Studio): Invoice[] => studio.app.store.read((r) => listInvoices(r));
const notices = (studio: Studio) => studio.app.store.read((r) => unseenNotices(r));
const states = (studio: Studio) => studio.app.store.read((r) => watchedFiles(r)).map(({ state }) => state);
const pass = (studio: Studio) => studio.app.pass(['receive']);

describe('a watched folder', () => {
  it('an invoice, then the bank’s file that pays it: both are taken in the passes that see them, and stay where they are', async () => {
    const { studio, put, folder } = await watched();
    studio.client('Bianchi Srl');
    put('IT01234567890_00001.xml', fattura({ payments: [['2026-11-05', '1220.00']] }));
    await pass(studio);
    expect(invoices(studio).map(({ number, state }) => [number, state])).toEqual([['14/2026', 'open']]);
    put('movimenti.csv', bankCsv([['2026-11-06', 122_000, 'BIANCHI SRL', 'saldo fatt. 14/2026']]));
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(invoices(studio)[0]?.state).toBe('paid');
    expect(studio.letters('payment-reminder')).toEqual([]);
    expect(readdirSync(folder)).toEqual(['IT01234567890_00001.xml', 'movimenti.csv']);
    const read = studio.app.store.read((r) => entries(r)).filter(({ kind }) => kind === 'file-read');
    expect(read.map(({ why }) => why)).toMatchObject([
      {
        code: 'file-taken',
        path: expect.stringMatching(/IT01234567890_00001\.xml$/),
        what: { code: 'took-invoices', added: 1 },
      },
      {
        code: 'file-taken',
        path: expect.stringMatching(/movimenti\.csv$/),
        what: { code: 'took-bank-lines', lines: 1 },
      },
    ]);
    expect(notices(studio)).toEqual([]);
  });

  it('nothing new: nothing is read and nothing is written', async () => {
    const { studio, put } = await watched();
    studio.client('Bianchi Srl');
    put('a.xml', fattura({}));
    await pass(studio);
    const before = studio.app.store.read((r) => entries(r).length);
    const looked = studio.app.store.read((r) => watchedFiles(r));
    for (let n = 0; n < 5; n += 1) await pass(studio);
    expect(studio.app.store.read((r) => entries(r).length)).toBe(before);
    expect(studio.app.store.read((r) => watchedFiles(r))).toEqual(looked);
  });

  it('the same file under another name brings nothing twice', async () => {
    const { studio, put } = await watched();
    studio.client('Bianchi Srl');
    put('a.xml', fattura({}));
    await pass(studio);
    put('copia di a.xml', fattura({}));
    put('a.csv', bankCsv([['2026-11-06', 5_000, 'X', 'y']]));
    await pass(studio);
    put('b.csv', bankCsv([['2026-11-06', 5_000, 'X', 'y']]));
    await pass(studio);
    expect(invoices(studio)).toHaveLength(1);
    expect(states(studio)).toEqual(['taken', 'taken', 'taken', 'taken']);
  });

  it('an unknown buyer is one question with the command that answers, and once he is known the file is taken by itself', async () => {
    const { studio, put } = await watched();
    const path = put('a.xml', fattura({ buyerName: 'Nuovo Srl', buyer: '11111111115' }));
    await pass(studio);
    await pass(studio);
    expect(invoices(studio)).toEqual([]);
    expect(notices(studio).map(({ text, next }) => [text, next])).toEqual([
      [
        'a.xml waits for a word of yours: invoice 14/2026 of Nuovo Srl: there is no client with VAT number IT11111111115.',
        expect.stringContaining(`paletti invoices import '${path}'`),
      ],
    ]);
    studio.client('Nuovo Srl');
    await studio.until('2026-11-09T09:30:00+01:00', 30);
    expect(invoices(studio).map(({ number }) => number)).toEqual(['14/2026']);
    expect(notices(studio)).toEqual([]);
  });

  it('a credit note and its invoice in one look: whichever is read first', async () => {
    const { studio, put } = await watched();
    studio.client('Bianchi Srl');
    put(
      'a-credit.xml',
      fattura({ type: 'TD04', number: 'NC1', total: '220.00', refersTo: ['14/2026', '2026-10-01'], payments: [] }),
    );
    put('b-invoice.xml', fattura({ payments: [['2026-11-05', '1220.00']] }));
    await pass(studio);
    expect(states(studio)).toEqual(['taken', 'taken']);
    expect(invoices(studio)[0]?.credits.map(({ amountCents }) => amountCents)).toEqual([22_000]);
  });

  it('a rejected invoice is proposed to be made void; until she says so its client is not asked for the money', async () => {
    const { studio, put } = await watched();
    const client = studio.client('Bianchi Srl');
    put('IT01234567890_00001.xml', fattura({ payments: [['2026-11-05', '1220.00']] }));
    await pass(studio);
    const notice = put(
      'IT01234567890_00001_NS_001.xml',
      `<?xml version="1.0"?><ns:NotificaScarto xmlns:ns="http://www.fatturapa.gov.it/sdi/messaggi/v1.0"><IdentificativoSdI>1</IdentificativoSdI><NomeFile>IT01234567890_00001.xml</NomeFile></ns:NotificaScarto>`,
    );
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(invoices(studio)[0]?.state).toBe('open');
    expect(studio.letters('payment-reminder')).toEqual([]);
    expect(JSON.stringify(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))?.why)).toMatch(/payment/);
    expect(notices(studio)[0]?.text).toMatch(/it would be made void: the exchange system rejected it/);
    // she takes the file away: the question is gone with it, and so is what waited for it
    rmSync(notice);
    await studio.until('2026-11-13T18:00:00+01:00', 60);
    expect(notices(studio).filter(({ text }) => text.includes('NS_001'))).toEqual([]);
    expect(studio.letters('payment-reminder')).toHaveLength(1);
  });

  it('a bought invoice is no receivable, and what is no such file says nothing', async () => {
    const { studio, put } = await watched();
    studio.client('Bianchi Srl');
    put('bought.xml', fattura({ seller: '02222222221', buyer: ownVat, buyerName: 'Studio Rossi' }));
    put('photo.jpg', 'jpg');
    put('letter.pdf', '%PDF-1.4 no invoice in it');
    put('other.xml', '<rss><channel/></rss>');
    put('half.xml.crdownload', '<p:FatturaElettronica');
    await pass(studio);
    expect(invoices(studio)).toEqual([]);
    expect(notices(studio)).toEqual([]);
  });

  it('a file cut off is one question, and taken when it is whole', async () => {
    const { studio, put } = await watched();
    studio.client('Bianchi Srl');
    const whole = fattura({});
    const path = put('a.xml', whole.subarray(0, whole.length - 200));
    await pass(studio);
    expect(states(studio)).toEqual(['asked']);
    expect(notices(studio)).toHaveLength(1);
    put('a.xml', whole);
    utimesSync(path, new Date(), new Date());
    await studio.until('2026-11-09T09:00:00+01:00', 15);
    expect(invoices(studio)).toHaveLength(1);
    expect(notices(studio)).toEqual([]);
  });

  it('a bank’s file with a payment that is not certain is taken, and the payment is the question', async () => {
    const { studio, put } = await watched();
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    put('movimenti.csv', bankCsv([['2026-11-06', 122_000, 'BIANCHI SRL', 'saldo']]));
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(notices(studio).map(({ text, next }) => [text, next])).toEqual([
      ['movimenti.csv: 1 payment of it is asked about.', 'paletti payments questions'],
    ]);
    expect(studio.letters('payment-reminder')).toEqual([]);
  });

  it('a list of invoices of a program is taken; one of unknown columns is asked about', async () => {
    const { studio, put } = await watched();
    studio.app.store.write(studio.clock.now(), (w) => addClient(w, { name: 'Umbrella Retail', language: 'it' }));
    const zoho =
      'Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer Name,Due Date,Currency Code,Item Name,Total,Balance\n';
    put('zoho.csv', `${zoho}2026-10-02,1,INV-1,Sent,Umbrella Retail,2026-11-01,EUR,X,819.20,819.20\n`);
    put('strange.csv', 'Belegnr;Kunde;vom;Brutto\n7;Rossi;05.10.2026;1.220,00\n');
    await pass(studio);
    expect(invoices(studio).map(({ number }) => number)).toEqual(['INV-1']);
    expect(notices(studio).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^strange\.csv waits for a word of yours/),
    ]);
    expect(notices(studio)[0]?.next).toContain('--map');
  });

  it('a list of invoices is never taken for payments', async () => {
    const { studio, put } = await watched();
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-11-05', number: '14/2026' });
    put(
      'elenco.csv',
      'Data;Numero;Cliente;Descrizione;Valuta;Importo\n06/11/2026;14/2026;Bianchi Srl;Fattura 14/2026;EUR;1.220,00\n16/11/2026;15/2026;Bianchi Srl;Fattura 15/2026;EUR;-10,00\n',
    );
    await pass(studio);
    expect(invoices(studio).find(({ number }) => number === '14/2026')?.payments).toEqual([]);
  });

  it('that is not there is said once, and no more when it is mended', async () => {
    const { studio, folder, put } = await watched();
    rmSync(folder, { recursive: true });
    await pass(studio);
    await pass(studio);
    expect(notices(studio).map(({ text }) => text)).toEqual([
      `The watched folder ${folder} is not read: it is not there.`,
    ]);
    expect(() => put('x', 'y')).toThrow(/ENOENT/);
  });

  it('without the owner’s VAT number no invoice is taken: a bought one would become a debt', async () => {
    const { studio, put } = await watched({
      owner: { name: 'Anna', addresses: ['anna@studio.example'], language: 'it', timeZone: 'Europe/Rome' },
    });
    studio.client('Bianchi Srl');
    put('a.xml', fattura({}));
    await pass(studio);
    expect(invoices(studio)).toEqual([]);
    expect(notices(studio)[0]?.text).toMatch(/the configuration does not say which invoices are yours/);
  });
});
