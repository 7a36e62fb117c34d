/** `paletti payments` on a terminal: preview, doing it, questions and their answers, and what programs are told. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTerminal, type Terminal } from './terminal.ts';

const header =
  '"Booking Date","Value Date","Partner Name","Partner Iban","Type","Payment Reference","Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"';

function bank(terminal: Terminal, name: string, rows: readonly [string, string, string, string][]): string {
  const lines = rows.map(
    ([day, amount, who, text]) =>
      `"${day}","${day}","${who}","","Credit Transfer","${text}","Main","${amount}","","",""`,
  );
  writeFileSync(join(terminal.dir, name), `${[header, ...lines].join('\n')}\n`);
  return name;
}

async function studio(): Promise<Terminal> {
  const terminal = openTerminal();
  await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'a@bianchi.example');
  for (const number of ['2026/14', '2026/15'])
    await terminal.type(
      ...['invoices', 'add', number, '--client', 'Bianchi Srl', '--total', '1220.00'],
      ...['--issued', '2026-10-01', '--due', '2026-10-31'],
    );
  return terminal;
}

describe('paletti payments', () => {
  it('shows what a file would do, does it with --yes, and takes the file once', async () => {
    const terminal = await studio();
    const file = bank(terminal, 'n26.csv', [
      ['2026-11-20', '1220.00', 'BIANCHI SRL', 'saldo fatt. 2026/14'],
      ['2026-11-20', '-12.00', 'Bar', 'caffe'],
    ]);
    const tried = await terminal.type('payments', 'import', file);
    expect(tried.out + tried.err).toMatch(/Would be done: 2 new lines, 1 matched, 0 questions/);
    expect(tried.out + tried.err).toContain('--yes');
    expect(await terminal.json('payments', 'list', '--json')).toEqual([]);
    const done = await terminal.type('payments', 'import', file, '--yes');
    expect(done.out + done.err).toMatch(/Done: 2 new lines, 1 matched/);
    expect(await terminal.json('invoices', 'show', '2026/14', '--json')).toMatchObject({
      state: 'paid',
      payments: [{ receivedOn: '2026-11-20', reference: 'saldo fatt. 2026/14 [n26.csv, row 1]' }],
    });
    const again = await terminal.json('payments', 'import', file, '--yes', '--json');
    expect(again).toMatchObject({ files: [{ news: 0, knownAs: 'n26.csv' }], lines: [] });
    expect((await terminal.type('status')).out).toContain('read to 20 November 2026');
  });

  it('asks with at most five choices, holds the letters meanwhile, and takes the answer back', async () => {
    const terminal = await studio();
    const file = bank(terminal, 'n26.csv', [['2026-11-20', '1220.00', 'BIANCHI SRL', 'saldo']]);
    await terminal.type('payments', 'import', file, '--yes');
    const asked = await terminal.type('payments', 'questions');
    expect(asked.out).toMatch(/Payment 1: 1,220\.00 EUR of 2026-11-20/);
    expect(asked.out).toMatch(
      / 1 {2}pays 2026\/14 .*from somebody named like Bianchi Srl; 1,220\.00 EUR is what is open/,
    );
    const held = await terminal.type('clients', 'show', 'Bianchi Srl');
    expect(held.out).toContain('payment-question');
    expect((await terminal.type('status')).out).toContain('Payments that may be of your clients');
    expect((await terminal.type('payments', 'answer', '1', '7')).code).toBe(2);
    expect((await terminal.type('payments', 'answer', '1', '2')).err).toContain('2026/15');
    expect(await terminal.json('invoices', 'show', '2026/15', '--json')).toMatchObject({ state: 'paid' });
    await terminal.type('payments', 'undo', '1');
    expect(await terminal.json('invoices', 'show', '2026/15', '--json')).toMatchObject({ state: 'open' });
    expect((await terminal.type('payments', 'ignore', '1', '--reason', 'caparra')).code).toBe(0);
    // it has ended: only what was lately tells of it
    const [now] = (await terminal.type('clients', 'show', 'Bianchi Srl')).out.split('Last (all');
    expect(now).not.toContain('payment-question');
    expect((await terminal.type('payments', 'link', '1', '2026/14')).err).toContain('2026/14');
  });

  it('a file that cannot be taken is refused in a sentence, and the others are taken', async () => {
    const terminal = await studio();
    writeFileSync(join(terminal.dir, 'bad.xml'), '<?xml version="1.0"?><!DOCTYPE x><x/>');
    const good = bank(terminal, 'n26.csv', [['2026-11-20', '1220.00', 'BIANCHI SRL', 'fatt. 2026/14']]);
    const said = await terminal.type('payments', 'import', 'bad.xml', good, '--yes');
    expect(said.code).toBe(1);
    expect(said.err).toContain('bad.xml');
    expect(await terminal.json('invoices', 'show', '2026/14', '--json')).toMatchObject({ state: 'paid' });
  });

  it.each([
    ['--yes', 'payments', ['--yes']],
    ['looking only', 'payments', []],
  ])('what is wrong with a refused file is said once, each of several its own (%s)', async (_how, noun, options) => {
    const terminal = await studio();
    writeFileSync(join(terminal.dir, 'bad.xml'), '<?xml version="1.0"?><Document><a>');
    writeFileSync(join(terminal.dir, 'worse.xml'), '<?xml version="1.0"?><!DOCTYPE x><x/>');
    const one = await terminal.type(noun, 'import', 'bad.xml', ...options);
    expect(one.code).toBe(1);
    const fault = /^paletti: (.*)$/m.exec(one.err)?.[1] ?? '';
    expect(fault).not.toBe('');
    expect(`${one.out}${one.err}`.split(fault)).toHaveLength(2);
    expect(`${one.out}${one.err}`).not.toMatch(/\b0 new/);
    const two = await terminal.type(noun, 'import', 'bad.xml', 'worse.xml', ...options);
    expect(two.err.split(fault)).toHaveLength(2);
    expect(two.err.match(/worse\.xml/g)).toHaveLength(1);
  });

  it('with --dry-run --json tells each file as it reads it', async () => {
    const terminal = await studio();
    const file = bank(terminal, 'n26.csv', [['2026-11-20', '1220.00', 'BIANCHI SRL', 'fatt. 2026/14']]);
    const said = await terminal.json('payments', 'import', file, '--dry-run', '--json');
    expect(said).toMatchObject({
      done: false,
      files: [
        {
          file,
          format: 'csv',
          refuse: false,
          statements: [{ entries: [{ bookingDate: '2026-11-20', amountCents: 122_000, counterparty: 'BIANCHI SRL' }] }],
        },
      ],
      lines: [{ state: 'matched' }],
    });
    expect(readFileSync(join(terminal.dir, file), 'utf8')).toContain('BIANCHI');
  });

  it('a client who is forgotten is in no line of the bank', async () => {
    const terminal = await studio();
    const file = bank(terminal, 'n26.csv', [['2026-11-20', '1220.00', 'BIANCHI SRL', 'fatt. 2026/14 Bianchi Srl']]);
    await terminal.type('payments', 'import', file, '--yes');
    await terminal.type('invoices', 'write-off', '2026/15');
    const forgotten = await terminal.type('clients', 'forget', 'Bianchi Srl', '--confirm', 'Bianchi Srl');
    expect(forgotten.code).toBe(0);
    const [line] = await terminal.json('payments', 'list', '--json');
    expect(JSON.stringify(line).toLowerCase()).not.toContain('bianchi');
  });

  it('reads a file of an unknown bank by what the owner says of its columns, and the next one without a word', async () => {
    const terminal = await studio();
    const file = (name: string, rows: string) => {
      writeFileSync(join(terminal.dir, name), `Konto 7;;;\nTag;Wer;Wofür;Summe\n${rows}`);
      return name;
    };
    const one = file('eins.csv', '20.11.2026;BIANCHI SRL;saldo fatt. 2026/14;1.220,00\n');
    const refused = await terminal.type('payments', 'import', one);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/--map 'date=…'/);
    const map = ['--map', 'date=Tag', '--map', 'name=Wer', '--map', 'text=Wofür', '--map', 'amount=Summe'];
    const tried = await terminal.type('payments', 'import', one, ...map);
    expect(tried.out + tried.err).toContain("read with --map 'date=Tag' --map 'name=Wer'");
    expect((await terminal.type('payments', 'import', one)).code).toBe(1);
    await terminal.type('payments', 'import', one, ...map, '--yes');
    expect(await terminal.json('invoices', 'show', '2026/14', '--json')).toMatchObject({ state: 'paid' });
    const two = file('zwei.csv', '21.11.2026;BIANCHI SRL;saldo fatt. 2026/15;1.220,00\n');
    await terminal.type('payments', 'import', two, '--yes');
    // sums without a sign and a currency may be any list of sums: it is hers to say that it is a bank's
    writeFileSync(join(terminal.dir, 'list.csv'), 'Date,Name,Amount\n2026-11-20,X,5.00\n2026-11-21,Y,6.00\n');
    const list = await terminal.type('payments', 'import', 'list.csv');
    expect(list.err).toContain("say so once: --map 'date=Date' --map 'amount=Amount' --map 'name=Name'");
    const said = await terminal.type('payments', 'import', 'list.csv', '--map', 'date=Date,amount=Amount', '--yes');
    expect(said.err).toContain('2 new lines');
    expect(await terminal.json('invoices', 'show', '2026/15', '--json')).toMatchObject({ state: 'paid' });
  });

  it('asks for the order of days once for each bank, and never against what a file shows', async () => {
    const terminal = await studio();
    const paypal = (name: string, rows: string) => {
      writeFileSync(join(terminal.dir, name), `Date,Name,Description,Amount\n${rows}`);
      return name;
    };
    const open = paypal('a.csv', '02/11/2026,BIANCHI,fatt. 2026/14,1220.00\n11/02/2026,BIANCHI,x,-5.00\n');
    const shown = paypal('b.csv', '20/11/2026,BIANCHI,fatt. 2026/15,1220.00\n');
    const asked = await terminal.type('payments', 'import', open);
    expect(asked.err).toMatch(/--dates dmy, or --dates mdy/);
    const against = await terminal.type('payments', 'import', shown, '--dates', 'mdy');
    expect(against.err).toMatch(/"20\/11\/2026" cannot be read with the month first/);
    await terminal.type('payments', 'import', open, '--dates', 'dmy', '--yes');
    const again = paypal('c.csv', '03/11/2026,BIANCHI,fatt. 2026/15,1220.00\n11/03/2026,BIANCHI,x,-5.00\n');
    await terminal.type('payments', 'import', again, '--yes');
    expect(await terminal.json('invoices', 'show', '2026/15', '--json')).toMatchObject({
      payments: [{ receivedOn: '2026-11-03' }],
    });
  });
});
