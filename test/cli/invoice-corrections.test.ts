/** `paletti invoices edit`, `credit` and `import --answer`, and `clients merge`, as they are typed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import { openTerminal, type Terminal } from './terminal.ts';

let terminal: Terminal;

beforeEach(async () => {
  terminal = openTerminal();
  await terminal.type('clients', 'add', 'Neri Srl', '--address', 'neri@client.example');
  await terminal.type(
    ...['invoices', 'add', '2026/1', '--client', 'Neri Srl', '--total', '1220', '--issued', '2026-09-30'],
    ...['--due', '2026-10-30'],
  );
});

const typed = (...words: string[]) => terminal.type(...words);
const shown = (number = '2026/1') => terminal.json('invoices', 'show', number);
const lastReason = async (kind: string) => {
  const all = (await terminal.json('journal')) as { kind: string; why: string }[];
  return all.findLast((entry) => entry.kind === kind)?.why;
};

describe('invoices edit', () => {
  it.each([
    [['--due', '2026-11-30'], { dueOn: '2026-11-30' }, 'due 2026-11-30; open 1,220.00 EUR'],
    [['--total', '1000,50'], { totalCents: 100050, openCents: 100050 }, 'open 1,000.50 EUR'],
    [['--issued', '2026-10-01'], { issuedOn: '2026-10-01' }, 'of 2026-10-01'],
    [['--project', 'Sito'], { project: 'Sito' }, 'Invoice 2026/1'],
    [
      ['--instalment', '2026-10-30:220', '--instalment', '2026-11-30:1000'],
      { instalments: [{ amountCents: 22000 }, { amountCents: 100000 }] },
      'due 2026-10-30, 2026-11-30',
    ],
  ] as [string[], object, string][])(
    '%j corrects, says how it is now, and is in the journal',
    async (words, now, says) => {
      const { code, out, err } = await typed('invoices', 'edit', '2026/1', ...words, '--why', 'put off by phone');
      expect([code, out]).toEqual([0, '']);
      expect(err).toContain(says);
      expect(await shown()).toMatchObject(now);
      expect(await lastReason('invoice-corrected')).toBe('put off by phone');
    },
  );

  it('of the number leaves it to be found under the new one', async () => {
    expect((await typed('invoices', 'edit', '2026/1', '--number', '2026/7')).code).toBe(0);
    expect((await shown('2026/7')).number).toBe('2026/7');
    expect((await typed('invoices', 'show', '2026/1')).code).toBe(exitCodes['not-found']);
  });

  it('of what is so already says that it stays', async () => {
    const { code, err } = await typed('invoices', 'edit', '2026/1', '--due', '2026-10-30');
    expect([code, err]).toEqual([0, 'Invoice 2026/1 stays as it is.\n']);
  });

  it.each([
    [['2026/9', '--due', '2026-11-30'], 'not-found', 'there is no invoice 2026/9'],
    [['2026/1', '--due', '2026-09-01'], 'bad-input', 'the due date is before the invoice'],
    [['2026/1', '--total', '0'], 'bad-input', 'more than zero'],
    [['2026/1', '--instalment', '2026-10-30:20'], 'bad-input', 'the instalments come to'],
    [['2026/1', '--instalment', 'soon'], 'usage', 'Write it as 2026-01-31:610.00'],
    [['2026/1', '--due', '31/31/2026'], 'usage', '31/31/2026'],
    [['2026/1', '--year', 'x', '--due', '2026-11-30'], 'usage', 'year'],
  ] as [string[], keyof typeof exitCodes, string][])(
    '%j is refused, and changes nothing',
    async (words, code, says) => {
      const before = await shown();
      const refused = await typed('invoices', 'edit', ...words);
      expect(refused.err).toContain(says);
      expect(refused.code).toBe(exitCodes[code]);
      expect(await shown()).toEqual(before);
    },
  );

  it('names the client, or the year, where two have the number', async () => {
    await typed('clients', 'add', 'Blu', '--address', 'blu@client.example');
    await typed(
      'invoices',
      'add',
      '2026/1',
      '--client',
      'Blu',
      '--total',
      '5',
      '--issued',
      '2026-09-30',
      '--due',
      '2026-10-30',
    );
    const refused = await typed('invoices', 'edit', '2026/1', '--total', '6');
    expect([refused.code, refused.err]).toEqual([exitCodes.conflict, expect.stringContaining('Name the client too')]);
    expect((await typed('invoices', 'edit', '2026/1', '--client', 'Blu', '--total', '6')).code).toBe(0);
  });
});

describe('invoices credit', () => {
  it('lowers what is open, once, and is taken back', async () => {
    const credit = ['invoices', 'credit', '2026/1', '--amount', '220', '--on', '2026-11-02', '--number', 'NC 1'];
    const first = await typed(...credit, '--why', 'a page less');
    expect([first.code, first.err]).toEqual([
      0,
      'Credited on 2026/1: 220.00 EUR of 1,220.00 EUR; open 1,000.00 EUR.\n',
    ]);
    expect(await shown()).toMatchObject({
      state: 'open',
      openCents: 100000,
      creditedCents: 22000,
      paidCents: 0,
      credits: [{ number: 'NC 1', issuedOn: '2026-11-02', amountCents: 22000, takenBackAt: null }],
    });
    const again = await typed(...credit);
    expect([again.code, again.err]).toEqual([exitCodes.conflict, expect.stringContaining('recorded already')]);
    expect(again.err).toContain('--again');
    expect((await typed(...credit, '--again')).code).toBe(0);
    const several = await typed('invoices', 'credit', '2026/1', '--back');
    expect([several.code, several.err]).toEqual([exitCodes.conflict, expect.stringContaining('--note')]);
    const { credits } = await shown();
    const back = await typed('invoices', 'credit', '2026/1', '--back', '--note', String(credits[0].id));
    expect([back.code, back.err]).toEqual([0, 'Taken back. Open on 2026/1: 1,000.00 EUR.\n']);
  });

  it('of the whole invoice leaves nothing open, and calls it credited, not paid', async () => {
    const { code, err } = await typed('invoices', 'credit', '2026/1');
    expect([code, err]).toEqual([0, expect.stringContaining('open 0.00 EUR')]);
    expect(await shown()).toMatchObject({ state: 'credited', openCents: 0, paidCents: 0 });
    expect((await typed('invoices', 'list', '--state', 'credited')).out).toContain('2026/1');
  });

  it('says whose money is left over, and what is still disputed', async () => {
    await typed('invoices', 'paid', '2026/1', '--amount', '1000', '--on', '2026-11-02');
    await typed('invoices', 'dispute', '2026/1', '--amount', '100');
    expect((await typed('invoices', 'credit', '2026/1')).err).toContain('how much is credited is not plain');
    expect((await typed('invoices', 'credit', '2026/1', '--amount', '50')).err).toContain('dispute 2026/1 --settled');
    expect((await typed('invoices', 'credit', '2026/1', '--amount', '400')).err).toContain(
      '230.00 EUR more than is owed came in',
    );
  });

  it.each([
    [['2026/1', '--amount', '2000'], 'bad-input'],
    [['2026/1', '--amount', '5', '--on', '2026-12-24'], 'bad-input'],
    [['2026/9', '--amount', '5'], 'not-found'],
    [['2026/1', '--back'], 'not-found'],
  ] as [string[], keyof typeof exitCodes][])('%j is refused, and changes nothing', async (words, code) => {
    const before = await shown();
    expect((await typed('invoices', 'credit', ...words)).code).toBe(exitCodes[code]);
    expect(await shown()).toEqual(before);
  });
});

describe('invoices import --answer', () => {
  const file = (text: string) => {
    writeFileSync(join(terminal.dir, 'f.csv'), text);
    return ['invoices', 'import', 'f.csv'] as const;
  };
  const paid = `client,number,issuedOn,dueOn,total,payments
Neri Srl,2026/1,2026-09-30,2026-10-30,1220.00,"[{""receivedOn"":""2026-10-30"",""amount"":""610.00"",""reference"":""CRO 1""}]"
`;
  const import_ = () => file(paid);

  beforeEach(() => typed('invoices', 'paid', '2026/1', '--amount', '610', '--on', '2026-10-30'));

  it('is asked for with the commands that answer, which do what they say', async () => {
    const words = import_();
    const asked = await typed(...words, '--yes');
    expect(asked.code).toBe(0);
    expect(asked.err).toContain('line 2: is the payment of 610.00 EUR');
    expect(asked.err).toContain('1 asked about and left as they are');
    const command = /paletti (invoices import f\.csv --yes --answer 2=same)/.exec(asked.err)?.[1] as string;
    expect((await shown()).holds).toMatchObject([{ reason: 'payment-claimed' }]);
    const answered = await typed(...command.split(' '));
    expect([answered.code, answered.err]).toEqual([0, expect.stringContaining('0 added, 0 changed, 1 unchanged')]);
    expect(await shown()).toMatchObject({ paidCents: 61000, holds: [] });
    expect((await typed(...words, '--yes')).err).not.toContain('line 2');
  });

  it('"second" is another payment', async () => {
    expect((await typed(...import_(), '--yes', '--answer', '2=second')).code).toBe(0);
    expect(await shown()).toMatchObject({ state: 'paid', paidCents: 122000 });
  });

  it('without --yes only shows what would be done', async () => {
    const preview = await typed(...import_(), '--answer', '2=second');
    expect(preview.out).toContain('payment of 610.00 EUR on 2026-10-30');
    expect(preview.err).toContain('To do it, repeat the command with --yes.');
    expect((await shown()).paidCents).toBe(61000);
  });

  it('as JSON says whether it was done, and the questions with their answers', async () => {
    expect(await terminal.json(...import_())).toMatchObject({
      done: false,
      changes: [{ line: 2, client: 'Neri Srl', number: '2026/1', what: 'asked' }],
      questions: [
        { line: 2, text: expect.any(String), answers: { same: expect.any(String), second: expect.any(String) } },
      ],
      ignored: [],
    });
    expect(await terminal.json(...import_(), '--yes', '--answer', '2=second')).toMatchObject({
      done: true,
      changes: [{ what: 'change', openCents: 0 }],
      questions: [],
    });
  });

  it.each([
    [['--answer', '2=perhaps'], 'Known are: same'],
    [['--answer', '3=same'], 'line 3 of the file asks nothing'],
    [['--answer', 'same'], 'Write it as LINE=WORD'],
  ])('%j is no answer: refused as usage, nothing is done', async (words, says) => {
    const refused = await typed(...import_(), '--yes', ...words);
    expect([refused.code, refused.err]).toEqual([exitCodes.usage, expect.stringContaining(says)]);
    expect((await shown()).paidCents).toBe(61000);
  });

  it('a file with faults is refused whole, by line and column', async () => {
    const refused = await typed(
      ...file('client,number,issuedOn,total\nNer,1,2026-09-30,5\nNeri Srl,2,soon,5\n'),
      '--yes',
    );
    expect(refused.code).toBe(exitCodes['bad-input']);
    expect(refused.err).toContain('f.csv:3, column "issuedOn"');
    expect(await terminal.json('invoices', 'list')).toHaveLength(1);
  });
});

describe('clients merge', () => {
  beforeEach(() => typed('clients', 'add', 'Neri', '--address', 'conti@neri.example', '--phone', '06 1'));

  it('shows what it would do, and changes nothing, with --dry-run', async () => {
    const { code, out, err } = await typed('clients', 'merge', 'Neri Srl', 'conti@neri.example', '--dry-run');
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('Neri Srl (client 1) becomes Neri (client 2).');
    expect(err).toContain('Goes over: 1 address, 1 invoice.');
    expect(err).toContain('Nothing was changed.');
    expect(await terminal.json('clients', 'list')).toHaveLength(2);
    expect(await terminal.json('clients', 'merge', '2', '1', '--dry-run')).toMatchObject({
      done: false,
      from: { id: 2, name: 'Neri' },
      into: { id: 1, name: 'Neri Srl' },
      takes: ['phone 06 1'],
      moves: { client_addresses: 1 },
      leaves: [],
      letters: [],
      obstacles: [],
    });
  });

  it('wants the name of the one that goes, typed', async () => {
    const without = await typed('clients', 'merge', '2', '1');
    expect([without.code, without.err]).toEqual([exitCodes.usage, expect.stringContaining('--confirm "Neri"')]);
    const wrong = await typed('clients', 'merge', '2', '1', '--confirm', 'Neri Srl');
    expect([wrong.code, wrong.err]).toEqual([
      exitCodes['bad-input'],
      expect.stringContaining('Type it as it stands in the register: Neri'),
    ]);
    expect(await terminal.json('clients', 'list')).toHaveLength(2);
    const done = await typed('clients', 'merge', '2', '1', '--confirm', 'Neri', '--why', 'one and the same');
    expect([done.code, done.err]).toEqual([
      0,
      expect.stringContaining('Done. Neri is Neri Srl (client 1) from now on'),
    ]);
    expect((await typed('clients', 'show', '2')).out).toContain('1, Neri Srl');
    expect((await typed('clients', 'show', 'neri')).out).toContain('conti@neri.example');
    expect(await lastReason('clients-merged')).toContain('one and the same');
    expect((await typed('journal', 'verify')).code).toBe(0);
    expect((await typed('clients', 'merge', '2', '1', '--confirm', 'Neri')).code).toBe(exitCodes.usage);
  });

  it('asks for it at a terminal', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    stderr.resume();
    Object.assign(terminal.ways, { stdin, stderr });
    stdin.write('Neri\r');
    expect((await typed('clients', 'merge', '2', '1')).code).toBe(0);
    expect(await terminal.json('clients', 'list')).toHaveLength(1);
  });

  it('in the way of which something is says what to do first, whatever was typed', async () => {
    await typed(
      'invoices',
      'add',
      '2026/1',
      '--client',
      '2',
      '--total',
      '5',
      '--issued',
      '2026-09-30',
      '--due',
      '2026-10-30',
    );
    const refused = await typed('clients', 'merge', '2', '1', '--confirm', 'Neri');
    expect(refused.code).toBe(exitCodes.conflict);
    expect(refused.err).toContain('both have an invoice 2026/1 of 2026');
    expect(refused.err).toContain('paletti invoices void 2026/1 --client 2 --year 2026');
    await typed('invoices', 'void', '2026/1', '--client', '2', '--year', '2026');
    expect((await typed('clients', 'merge', '2', '1', '--confirm', 'Neri')).code).toBe(0);
  });
});
