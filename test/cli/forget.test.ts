/** `paletti clients forget` as it is typed: the refusals, the name, and what is left when it is done. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/errors.ts';
import type { LetterState } from '../../src/rules/letter.ts';
import { listHolds } from '../../src/store/holds.ts';
import { openStudio } from '../support/studio.ts';
import * as make from '../store/make.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const name = 'Quintiliani Srl';

function withClient(): Terminal {
  const terminal = openTerminal();
  const desk = terminal.desk();
  desk.store.write(desk.clock.now(), (w) => {
    make.client(w, { name, addresses: ['gilda@quintiliani.example'], notes: 'pterodattilo' });
    make.message(w, { from: { name: 'Gilda', address: 'gilda@quintiliani.example' }, text: 'melanzana' });
  });
  return terminal;
}

function bytesOfData(dir: string): string {
  const data = join(dir, 'data');
  return readdirSync(data)
    .map((file) => readFileSync(join(data, file), 'latin1'))
    .join('');
}

describe('clients forget', () => {
  it('erases, says what it did, and leaves nothing in any file', async () => {
    const terminal = withClient();
    expect(bytesOfData(terminal.dir)).toContain('quintiliani');
    const { code, err, out } = await terminal.type('clients', 'forget', 'Quint', '--confirm', name);
    expect([code, out]).toEqual([0, '']);
    expect(err).toContain('1 message, 0 letters');
    expect(err).toContain('Backups, dossiers');
    expect(bytesOfData(terminal.dir)).not.toMatch(/quintiliani|gilda|pterodattilo|melanzana/i);
    expect((await terminal.type('journal', 'verify')).code).toBe(0);
    expect((await terminal.type('journal')).out).toContain('client-forgotten');
    expect((await terminal.type('clients', 'show', '1')).out).toContain('(forgotten client 1)');
    expect((await terminal.type('inbox')).out).toContain('(erased)');
    for (const command of [['report'], ['status'], ['plan'], ['clients', 'list'], ['outbox']])
      expect((await terminal.type(...command)).code).toBe(0);
  });

  it('done twice is done once', async () => {
    const terminal = withClient();
    await terminal.type('clients', 'forget', '1', '--confirm', name);
    const again = await terminal.type('clients', 'forget', '1');
    expect(again.code).toBe(0);
    expect(again.err).toContain('was forgotten before');
    expect(await terminal.json('clients', 'forget', '1')).toEqual({
      client: 1,
      erased: null,
      wasErasedBefore: true,
      remains: [],
      halfMade: [],
    });
  });

  it.each([
    [[], 'usage', 'the name is not typed'],
    [['--confirm', 'Quintiliani'], 'bad-input', 'Type it as it stands in the register: Quintiliani Srl'],
    [['--confirm', name, '--why', 'asked by gilda@quintiliani.example'], 'bad-input', 'names the person'],
  ] as const)('refuses %j', async (words, code, said) => {
    const terminal = withClient();
    const refused = await terminal.type('clients', 'forget', '1', ...words);
    expect(refused.code).toBe(exitCodes[code]);
    expect(refused.err).toContain(said);
    expect((await terminal.type('clients', 'show', '1')).out).toContain(name);
  });

  it.each([
    ['queued', true],
    ['unsure', true],
    ['sending', false],
    ['held', null],
    ['filed', null],
  ] as [LetterState, boolean | null][])('with a letter %s', async (state, goesEvenSo) => {
    const terminal = withClient();
    const desk = terminal.desk();
    desk.store.write(desk.clock.now(), (w) =>
      make.letterIn(w, state, { clientId: 1, recipient: 'gilda@quintiliani.example' }),
    );
    const plain = await terminal.type('clients', 'forget', '1', '--confirm', name);
    if (goesEvenSo === null) return expect(plain.code).toBe(0);
    expect(plain.code).toBe(exitCodes.conflict);
    expect(plain.err).toContain(`letter 1 is ${state}`);
    const evenSo = await terminal.type('clients', 'forget', '1', '--confirm', name, '--even-so');
    expect(evenSo.code).toBe(goesEvenSo ? 0 : exitCodes.conflict);
    if (goesEvenSo) expect(bytesOfData(terminal.dir)).not.toContain('quintiliani');
  });

  it('waits for an exit to end, and for money, unless told otherwise', async () => {
    const terminal = withClient();
    await terminal.type('exit', '1', 'propose', '--reason', 'scope');
    const desk = terminal.desk();
    desk.store.write(desk.clock.now(), (w) => make.invoice(w, { clientId: 1 }));
    const { code, err } = await terminal.type('clients', 'forget', '1', '--confirm', name);
    expect(code).toBe(exitCodes.conflict);
    expect(err).toContain('an exit is running; 1220.00 EUR is owed');
    expect(err).toContain('With --even-so');
    expect((await terminal.type('clients', 'forget', '1', '--confirm', name, '--even-so')).code).toBe(0);
    expect((await terminal.type('exit')).err).toContain('No exit is open');
    const [invoice] = await terminal.json('invoices', 'list');
    expect(invoice).toMatchObject({ number: '2026/1', totalCents: 122_000, state: 'open' });
  });

  it('asks on a terminal, and takes nothing but the name', async () => {
    const terminal = withClient();
    const ask = async (typed: string) => {
      const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
      const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
      stderr.resume();
      Object.assign(terminal.ways, { stdin, stderr });
      stdin.write(`${typed}\r`);
      return (await terminal.type('clients', 'forget', '1')).code;
    };
    expect(await ask('Quintilian')).toBe(exitCodes['bad-input']);
    expect(await ask(name)).toBe(0);
    expect(bytesOfData(terminal.dir)).not.toContain('quintiliani');
  });
});

describe('after it', () => {
  it('nobody is reminded of what is owed, and the daemon goes on', async () => {
    const studio = await openStudio({ now: '2026-11-02T10:00:00+01:00' });
    const client = studio.client('Quintiliani', { addresses: ['gilda@quintiliani.example'] });
    studio.invoice(client, { number: '2026/7', dueOn: '2026-10-01' });
    studio.clientWrites({ from: 'gilda@quintiliani.example' });
    await studio.until('2026-11-04T18:00:00+01:00', 120);
    expect(studio.sent().length).toBeGreaterThan(0);
    const terminal = openTerminal({
      config: null,
      ways: {
        clock: studio.clock,
        readConfig: async () => studio.config,
        openDesk: async () => ({ ...studio.app, close: () => {} }),
      },
    });
    const { code, err } = await terminal.type(
      'clients',
      'forget',
      'Quintiliani',
      '--confirm',
      'Quintiliani',
      '--even-so',
    );
    expect([code, err]).toEqual([0, expect.stringContaining('Erased.')]);
    const before = studio.sent().length;
    await studio.until('2026-12-20T18:00:00+01:00', 12 * 60);
    expect(studio.sent().length).toBe(before);
    expect(studio.app.store.read((r) => listHolds(r, client.id))).toMatchObject([{ reason: 'opt-out', endedAt: null }]);
    expect((await terminal.type('notices')).out).not.toMatch(/forgotten|quintiliani/i);
  });
});
