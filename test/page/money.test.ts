/** Money on the page: files are looked at before they are taken, what is not certain is asked with its evidence, an invoice is promised, disputed, ended. */
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/rules/language.ts';
import { openCents } from '../../src/rules/invoice.ts';
import { listLines } from '../../src/store/bank-lines.ts';
import { listClients } from '../../src/store/clients.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { openStudio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

const heading =
  '"Booking Date","Value Date","Partner Name","Partner Iban","Type","Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"';
const bankFile = (...rows: readonly [day: string, sum: string, name: string, text: string][]) =>
  [
    heading,
    ...rows.map(
      ([day, sum, name, text]) => `"${day}","${day}","${name}","","Credit Transfer","${text}","Main","${sum}","","",""`,
    ),
  ].join('\n');
const table =
  'client,number,issuedOn,dueOn,currency,total\nBianchi,2026/90,2026-11-01,2026-12-01,EUR,500.00\nNessuno,2026/91,2026-11-01,2026-12-01,EUR,1.00\n';

async function visiting(language: Language = 'en') {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
  const client = studio.client('Bianchi', { contactName: 'Laura' });
  const page = await served(studio, { language });
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  const plain = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  const bring = async (files: Record<string, string>, more: Record<string, string> = {}) => {
    const answer = await visitor.bring('/money', '/money/files', files, more);
    return {
      answer,
      path: answer.headers.get('location') ?? '',
      text: plain(await visitor.text(answer.headers.get('location') ?? '/money')),
    };
  };
  const invoices = () => studio.app.store.read((r) => listInvoices(r));
  const lines = () => studio.app.store.read((r) => listLines(r));
  return { studio, client, page, visitor, plain, bring, invoices, lines };
}

describe('files', () => {
  it('of a bank are shown first, taken at a word, and taken once', async () => {
    const { studio, client, visitor, bring, invoices, lines } = await visiting();
    const invoice = studio.invoice(client, { number: '2026/77', cents: 122_000, dueOn: '2026-11-10' });
    const file = bankFile(
      ['2026-11-20', '1220.00', 'Bianchi Srl', 'saldo fattura 2026/77'],
      ['2026-11-21', '12.00', 'Altri', 'rimborso'],
    );
    const { path, text } = await bring({ 'conto.csv': file });
    expect(text).toMatch(/conto\.csv: 2 lines, 2 new/);
    expect(text).toContain('1 line placed');
    expect([lines().length, openCents(invoice)]).toEqual([0, 122_000]);
    expect(await visitor.click(path, '/money/files/take')).toContain('Taken.');
    expect(invoices().map(({ state }) => state)).toEqual(['paid']);
    expect((await visitor.get(path)).status).toBe(404);
    const again = await bring({ 'conto.csv': file });
    expect(again.text).toMatch(/read before, as conto\.csv.*There is nothing new\./);
  });

  it('that cannot be taken are refused with their line and the reason, beside those that can', async () => {
    const { bring, invoices, visitor, studio } = await visiting();
    const { text, path } = await bring({ 'register.csv': table, 'note.txt': 'Caro diario', 'foto.xml': '<foto/>' });
    expect(text).toContain('This cannot be taken');
    expect(text).toMatch(/register\.csv:3.*Nessuno/);
    expect(text).toMatch(/note\.txt: The columns of this CSV/);
    expect(text).toContain('does not say which invoices are yours');
    expect(invoices()).toEqual([]);
    const known = await bring({ 'register.csv': table }, { addClients: 'yes' });
    expect(known.text).toMatch(/Row 2 2026\/90 Bianchi new 500\.00 EUR/);
    await visitor.click(known.path, '/money/files/take');
    expect(
      invoices()
        .map(({ number }) => number)
        .toSorted(),
    ).toEqual(['2026/90', '2026/91']);
    expect(studio.app.store.read((r) => listClients(r)).map(({ name }) => name)).toContain('Nessuno');
    expect(path).not.toBe(known.path);
  });

  it('are another session’s own, and no path in a name is followed', async () => {
    const { bring, page, visitor } = await visiting();
    const { path, text } = await bring({
      '../../etc/conto"><img src=x>.csv': bankFile(['2026-11-21', '12.00', 'Altri', 'x']),
    });
    expect(text).not.toContain('../');
    expect(await visitor.text(path)).not.toContain('<img');
    const other = new Visitor(page);
    await other.enter(page.address());
    expect((await other.get(path)).status).toBe(404);
  });

  it('that are too large, or no form of the page, are refused', async () => {
    const { visitor } = await visiting();
    const large = await visitor.bring('/money', '/money/files', { 'x.csv': 'x'.repeat(33 * 1024 * 1024) });
    expect([large.status, await large.text()]).toEqual([400, expect.stringContaining('larger than 32 MB')]);
    const foreign = await visitor.bring(
      '/money',
      '/money/files',
      { 'x.csv': 'x' },
      {},
      { origin: 'https://evil.example' },
    );
    expect(foreign.status).toBe(403);
    const plain = await visitor.post('/money/files', await visitor.fields('/money', '/money/files'));
    expect(plain.status).toBe(400);
  });
});

describe('a payment that is not certain', () => {
  it('is asked with its evidence in the reader’s language, answered by a button, and taken back', async () => {
    const { studio, client, visitor, plain, bring, invoices, lines } = await visiting('it');
    studio.invoice(client, { number: '1', cents: 100_000, dueOn: '2026-11-10' });
    studio.invoice(client, { number: '2', cents: 100_000, dueOn: '2026-11-10' });
    const { path } = await bring({ 'conto.csv': bankFile(['2026-11-20', '1000.00', 'Bianchi', 'saldo']) });
    await visitor.click(path, '/money/files/take');
    const asked = plain(await visitor.text('/money'));
    expect(asked).toMatch(
      /Incassi da attribuire 1 .*1\.000,00 EUR da Bianchi · venerdì|1\.000,00 EUR da Bianchi · ven 20 nov/,
    );
    expect(asked).toContain('1.000,00 EUR è quanto resta da incassare');
    const line = lines()[0]?.id ?? 0;
    const after = await visitor.click('/money', `/payments/${line}/answer`);
    expect(lines()[0]?.state).toBe('matched');
    expect(invoices().filter(({ state }) => state === 'paid')).toHaveLength(1);
    expect(after).toContain(`action="/payments/${line}/undo"`);
    const fields = await visitor.fieldsIn(after, `/payments/${line}/undo`);
    await visitor.post(`/payments/${line}/undo`, fields);
    expect([lines()[0]?.state, invoices().filter(({ state }) => state === 'paid')]).toEqual(['question', []]);
    await visitor.click('/money', `/payments/${line}/link`, { number: '2' });
    expect(invoices().find(({ state }) => state === 'paid')?.number).toBe('2');
  });
});

describe('an invoice', () => {
  it('is promised, disputed in part and settled, each taken back where it can be', async () => {
    const { studio, client, visitor, invoices } = await visiting();
    studio.invoice(client, { number: '7', cents: 100_00, dueOn: '2026-11-20' });
    expect(await visitor.text('/money')).toContain('href="/money/1"');
    expect(await visitor.click('/money/1', '/money/1/promise', { day: '2026-11-27' })).toContain(
      'reminders wait until Friday has passed',
    );
    expect(await visitor.click('/money/1', '/money/1/promise', { day: '2026-11-01' })).toContain('role="alert"');
    await visitor.click('/money/1', '/money/1/dispute', { amount: '40,00' });
    expect(invoices()[0]?.disputedCents).toBe(40_00);
    expect(await visitor.text('/clients/1')).toContain('promised to pay (7)');
    const fields = await visitor.fields('/money/1', '/money/1/dispute');
    await visitor.post('/money/1/dispute', { ...fields, settled: 'yes' });
    expect(invoices()[0]?.disputedCents).toBe(0);
  });

  it('is void or written off only after saying what that does', async () => {
    const { studio, client, visitor, invoices } = await visiting();
    for (const number of ['7', '8']) studio.invoice(client, { number, cents: 100_00, dueOn: '2026-11-20' });
    const text = await visitor.text('/money/1');
    expect(text).toMatch(
      /<details><summary>Make the invoice void<\/summary><div class="row"><p>The invoice counts no more/,
    );
    await visitor.click('/money/1', '/money/1/void', { why: 'sbagliata' });
    await visitor.click('/money/2', '/money/2/write-off');
    expect(
      invoices()
        .map(({ state }) => state)
        .toSorted(),
    ).toEqual(['void', 'written-off']);
    expect(await visitor.text('/money/1')).not.toContain('/money/1/void');
  });

  it('stands with fifty others on a page', async () => {
    const { studio, client, visitor } = await visiting();
    for (let number = 1; number <= 60; number++)
      studio.invoice(client, { number: `N${number}`, cents: 100, dueOn: '2026-12-20' });
    const first = await visitor.text('/money');
    expect(first.match(/<tr data-row/g)).toHaveLength(50);
    expect(first).toContain('/money?show=open&amp;from=50');
    expect((await visitor.text('/money?show=open&from=50')).match(/<tr data-row/g)).toHaveLength(10);
    const csv = await visitor.get('/money.csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect((await csv.text()).trim().split('\n')).toHaveLength(61);
  });
});
