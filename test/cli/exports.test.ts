/** What the owner hands on: a month for her accountant, payments and invoices for another program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerminal } from './terminal.ts';

/** On 23 November 2026: two invoices, one paid, one credited in part and disputed; one of before, given up. */
async function books() {
  const terminal = openTerminal();
  const lines = [
    ['clients', 'add', 'Bianchi Srl', '--address', 'conti@bianchi.example', '--vat', 'IT01234567890'],
    ['clients', 'add', '=Harper, Ltd', '--address', 'h@harper.example'],
    ['invoices', 'add', '1', '--client', 'Bianchi', '--total', '1220', '--issued', '2026-10-01', '--due', '2026-10-31'],
    [
      'invoices',
      'add',
      '2',
      '--client',
      '=Harper',
      '--total',
      '500',
      '--currency',
      'GBP',
      '--issued',
      '2026-11-03',
      '--due',
      '2026-12-03',
      '--project',
      'Sito; nuovo',
    ],
    ['invoices', 'add', '3', '--client', 'Bianchi', '--total', '100', '--issued', '2026-06-01', '--due', '2026-07-01'],
    ['invoices', 'paid', '1', '--on', '2026-11-04', '--reference', 'saldo fattura 1'],
    ['invoices', 'credit', '2', '--amount', '120', '--on', '2026-11-10', '--number', 'NC7'],
    ['invoices', 'dispute', '2', '--amount', '80'],
    ['invoices', 'write-off', '3'],
  ];
  for (const line of lines) {
    const { code, err } = await terminal.type(...line);
    expect([line.join(' '), code, code === 0 ? '' : err]).toEqual([line.join(' '), 0, '']);
  }
  return terminal;
}

describe('report --accountant', () => {
  it('has what was invoiced, credited, received, open and doubtful, each with its sum', async () => {
    const terminal = await books();
    const { out, err } = await terminal.type('report', '--accountant', '--month', '2026-11', '--lang', 'en');
    expect(out.replace(/ +/g, ' ')).toContain('2026-11-03 2 =Harper, Ltd 500.00 GBP');
    expect(out).toMatch(/Invoiced[\s\S]*In all: 500\.00 GBP[\s\S]*Credit notes[\s\S]*NC7[\s\S]*In all: 120\.00 GBP/);
    expect(out).toMatch(/Received[\s\S]*saldo fattura 1[\s\S]*In all: 1,220\.00 EUR/);
    expect(out).toMatch(
      /Open at the end[\s\S]*In all: 380\.00 GBP[\s\S]*Doubtful[\s\S]*given up[\s\S]*disputed[\s\S]*In all: 100\.00 EUR \+ 80\.00 GBP/,
    );
    expect(err).toContain('As it is on record today');
  });

  it('is of the month before this one when none is named, in JSON and as a file for its owner alone', async () => {
    const terminal = await books();
    expect(await terminal.json('report', '--accountant')).toMatchObject({
      first: '2026-10-01',
      last: '2026-10-31',
      parts: {
        invoiced: { lines: [{ number: '1', taxId: '01234567890', cents: 122_000 }] },
        received: { lines: [] },
      },
    });
    expect(
      (await terminal.type('report', '--accountant', '--month', '2026-11', '-o', 'nov.csv', '--lang', 'it')).code,
    ).toBe(0);
    const file = readFileSync(join(terminal.dir, 'nov.csv'), 'utf8');
    expect(file.split('\r\n')[0]).toBe('parte,giorno,fattura,cliente,partita IVA o codice fiscale,valuta,importo,nota');
    expect(file).toContain('Incassato,2026-11-04,1,Bianchi Srl,01234567890,EUR,1220.00,saldo fattura 1');
    // a name begins no formula
    expect(file).toContain(`"'=Harper, Ltd"`);
    expect((await terminal.type('report', '--accountant', '-o', 'nov.csv')).code).not.toBe(0);
  });

  it.each([
    [['report', '--accountant', '--month', '2026-13'], 'is not a month'],
    [['report', '--month', '2026-11'], 'belong to --accountant'],
  ])('%j is refused', async (words, fault) => {
    const { code, err } = await (await books()).type(...words, '--lang', 'en');
    expect([code, err]).toEqual([2, expect.stringContaining(fault)]);
  });
});

describe('plan --ics', () => {
  it('has the invoices that fall due, and is written over nothing', async () => {
    const terminal = await books();
    expect((await terminal.type('plan', '--ics', 'dates.ics', '--lang', 'en')).err).toContain('Written: ');
    const text = readFileSync(join(terminal.dir, 'dates.ics'), 'utf8');
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(text).toMatch(/DTSTART;VALUE=DATE:20261203[\s\S]*SUMMARY:.*2.*300\.00 GBP/);
    expect((await terminal.type('plan', '--ics', 'dates.ics')).code).not.toBe(0);
    expect((await terminal.type('plan', '--ics', 'dates.ics', '--force')).code).toBe(0);
  });
});

describe('payments export', () => {
  it('has each payment with its proof, those that were taken back marked', async () => {
    const terminal = await books();
    await terminal.type('invoices', 'paid', '2', '--amount', '50', '--on', '2026-11-20');
    await terminal.type('invoices', 'reverse', '2');
    const { out } = await terminal.type('payments', 'export');
    expect(out.split('\r\n')).toEqual([
      'receivedOn,client,invoice,amount,currency,reference,payer,account,reversed',
      '2026-11-04,Bianchi Srl,1,1220.00,EUR,saldo fattura 1,,,',
      `2026-11-20,"'=Harper, Ltd",2,50.00,GBP,,,,yes`,
      '',
    ]);
    expect(await terminal.json('payments', 'export', '--month', '2026-10')).toEqual([]);
    expect(await terminal.json('payments', 'export')).toMatchObject([
      { receivedOn: '2026-11-04', cents: 122_000, line: null, reversedAt: null },
      { invoice: '2', reversedAt: expect.stringMatching(/Z$/) },
    ]);
  });

  it('for Xero is a statement of one currency, of what stands', async () => {
    const terminal = await books();
    const { out } = await terminal.type('payments', 'export', '--for', 'xero');
    expect(out.split('\r\n')).toEqual([
      '*Date,*Amount,Payee,Description,Reference',
      '04/11/2026,1220.00,Bianchi Srl,saldo fattura 1,1',
      '',
    ]);
    expect((await terminal.type('payments', 'export', '--for', 'xero', '--dates', 'mdy')).out).toContain('11/04/2026');
    expect((await terminal.type('payments', 'export', '--for', 'sage')).code).toBe(2);
  });
});

describe('invoices export --for xero', () => {
  const sales = ['--account-code', '200', '--tax-type', '20% (VAT on Income)'];

  it('says what Xero wants to know, and nobody here knows', async () => {
    const { code, err } = await (await books()).type('invoices', 'export', '--for', 'xero', '--lang', 'en');
    expect([code, err]).toEqual([2, expect.stringContaining('--account-code 200')]);
  });

  it('is what Xero imports, and what is read as written by Xero', async () => {
    const terminal = await books();
    const { out, err } = await terminal.type('invoices', 'export', '--for', 'xero', ...sales, '--lang', 'en');
    expect(out).toContain(
      'Bianchi Srl,conti@bianchi.example,1,,01/10/2026,31/10/2026,1220.00,1,1,1220.00,200,20% (VAT on Income),EUR',
    );
    expect(err).toContain('1 credit note on them is not in it');
    const other = openTerminal();
    for (const [name, address] of [
      ['Bianchi Srl', 'conti@bianchi.example'],
      ['=Harper, Ltd', 'h@harper.example'],
    ] as const)
      await other.type('clients', 'add', name, '--address', address);
    await terminal.type('invoices', 'export', '--for', 'xero', ...sales, '-o', join(other.dir, 'xero.csv'));
    const read = await other.type('invoices', 'import', 'xero.csv', '--yes', '--dates', 'dmy', '--lang', 'en');
    expect([read.code, read.err]).toEqual([0, expect.any(String)]);
    const all = (await other.json('invoices', 'list')) as { number: string; totalCents: number; currency: string }[];
    expect(all.map(({ number, totalCents, currency }) => `${number} ${totalCents} ${currency}`).toSorted()).toEqual([
      '1 122000 EUR',
      '2 50000 GBP',
      '3 10000 EUR',
    ]);
  });
});
