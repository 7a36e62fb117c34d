/** The demonstration from end to end: real sockets on loopback, a real database, a turned clock. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clockOf, HandClock, systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { demo } from '../../src/demo/demo.ts';
import { prepareFolder } from '../../src/demo/demo-folder.ts';
import { isOpen } from '../../src/rules/contact-hours.ts';
import { fromIso, instant, toIso } from '../../src/rules/time.ts';
import { listClients } from '../../src/store/clients.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { listInvoices } from '../../src/store/invoices.ts';
import { entries, verifyJournal } from '../../src/store/journal.ts';
import { lockDataDir, lockPage } from '../../src/store/lock.ts';
import { listMessages } from '../../src/store/messages.ts';
import { listLetters } from '../../src/store/outbox.ts';

function sink() {
  const written: string[] = [];
  return { write: (text: string) => void written.push(text), text: () => written.join('') };
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'paletti-demo-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function run(dir: string, days?: number, signal = new AbortController().signal) {
  const [stdout, stderr] = [sink(), sink()];
  await demo({
    dir: 'demo',
    days,
    cwd: dir,
    env: {},
    stdout,
    stderr,
    signal,
    program: 'paletti',
    clock: new HandClock(instant('2026-12-10T11:00:00+01:00')),
  });
  return { told: stdout.text(), progress: stderr.text() };
}

function opened(dir: string): Store {
  const store = openStore(join(dir, 'demo', 'paletti.db'));
  onTestFinished(() => store.close());
  return store;
}

const settled = (store: Store) =>
  store.read((r) => ({
    clients: Object.fromEntries(listClients(r).map((client) => [client.name, client])),
    letters: listLetters(r).toReversed(),
    messages: listMessages(r).toReversed(),
    invoices: Object.fromEntries(listInvoices(r).map((invoice) => [invoice.number, invoice])),
    journal: entries(r),
  }));

describe('demo', () => {
  it('tells 45 days, and leaves a database of them behind; a second run replaces the first', async () => {
    const dir = folder();
    const short = await run(dir, 2);
    expect(short.told).toContain('Paletti, 2 days in the life of Studio Rossi');
    expect(short.told).not.toContain('Wed 28 October 2026 ─');

    const { told, progress } = await run(dir);
    expect(told).toContain('paletti page --config demo/config.json');
    // whoever opens it later sees it as it ended
    const clock = clockOf(join(dir, 'demo'));
    expect([clock.standsStill, toIso(clock.now())]).toEqual([true, '2026-12-09T17:00:00Z']);
    expect(clockOf(dir)).toBe(systemClock);
    expect(progress).not.toContain('\u001b');
    expect(told.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(told).toContain('Mon 26 October 2026 ─');
    for (const seen of [
      'out of hours: 21:37, after closing at 18:00',
      'acknowledgement held until Tue 27 Oct 09:00',
      'acknowledgement dropped: the answer was faster',
      "out of hours: 1 November, All Saints' Day",
      'out of hours: 11 November, Patron saint’s day',
      'a newsletter or list: recorded, never answered',
      'Dear Ms Hale,',
      'Payment reference: Invoice 31',
      'work-paused letter sent',
      'work-resumed letter sent',
      'approved the work-paused letter',
      'Ferrari Eventi kept the promise to pay by 20 November 2026',
      'Paletti ends nothing by itself',
      'paletti plan --days 30 --config demo/config.json',
    ])
      expect(told).toContain(seen);

    const store = opened(dir);
    const { clients, letters, messages, invoices, journal } = settled(store);
    expect(store.read(verifyJournal)).toMatchObject({ ok: true });
    expect(Object.keys(clients)).toHaveLength(6);
    expect(clients['Moretti Immobiliare']?.workState).toBe('paused');
    expect(clients['Harbour Books']?.workState).toBe('active');
    expect(clients['Greta Conti']?.addresses[0]).toBe('greta@contifotografia.example');

    const history = messages.filter((message) => message.history);
    expect(history).toHaveLength(8);
    expect(history.filter((message) => message.judged?.windowId !== null)).toEqual([]);
    const inbox = messages.filter((message) => message.role === 'inbox' && !message.history);
    expect(new Set(inbox.map((message) => message.judged?.kind))).toEqual(
      new Set(['human', 'list', 'automatic', 'bounce', 'calendar']),
    );
    expect(inbox.filter((message) => message.judged?.outOfHours).length).toBeGreaterThan(15);
    expect(inbox).toHaveLength(42);

    const left = letters.filter((letter) => letter.sentAt !== null);
    expect(left.every((letter) => letter.state === 'filed')).toBe(true);
    const config = readConfig(join(dir, 'demo', 'config.json'), {});
    expect(left.filter((letter) => !isOpen(config.hours, letter.sentAt ?? fromIso('')))).toEqual([]);
    const money = left
      .filter((letter) => letter.caseId !== null)
      .map((letter) => `${letter.recipientName}: ${letter.kind}`);
    expect(money).toEqual([
      'Ms Hale: payment-reminder',
      'Ms Hale: work-paused',
      'Geom. Moretti: payment-reminder',
      'Priya: payment-reminder',
      'Ms Hale: work-resumed',
      'Dott.ssa Bianchi: payment-reminder',
      // his second invoice fell overdue meanwhile: a reminder of its own
      'Geom. Moretti: payment-reminder',
      'Geom. Moretti: work-paused',
      'Greta: payment-reminder',
    ]);
    expect(letters.filter((letter) => letter.kind === 'termination' && letter.sentAt !== null)).toEqual([]);
    const dropped = letters.filter((letter) => letter.state === 'dropped');
    expect(dropped.filter((letter) => letter.kind === 'work-paused').map((letter) => letter.recipientName)).toEqual([
      'Priya',
    ]);
    expect(dropped.filter((letter) => letter.windowId !== null).length).toBeGreaterThan(4);

    const states = Object.entries(invoices).map(([number, invoice]) => `${number} ${invoice.state}`);
    expect(states.toSorted()).toEqual([
      '27 paid',
      '28 paid',
      '29 void',
      '30 paid',
      '31 paid',
      '32 open',
      '33 paid',
      '34 paid',
      '35 open',
      '36 open',
      '37 open',
      '38 open',
    ]);
    expect(invoices['35']?.disputedCents).toBe(15_000);
    expect(invoices['37']?.payments).toHaveLength(1);

    const kinds = new Set(journal.map((entry) => entry.kind));
    for (const kind of ['promise-kept', 'promise-broken', 'hold-added', 'hold-ended', 'window-warned', 'log-added'])
      expect(kinds).toContain(kind);
  }, 60_000);

  it('writes a configuration the commands can use, for its owner alone', async () => {
    const dir = folder();
    await run(dir, 1);
    const config = readConfig(join(dir, 'demo', 'config.json'), {});
    expect(config.dataDir).toBe(join(dir, 'demo'));
    expect(config.mailboxes[0]?.imap.host).toBe('127.0.0.1');
    const files = ['config.json', 'password', 'paletti.db'];
    expect(files.filter((file) => (statSync(join(dir, 'demo', file)).mode & 0o077) !== 0)).toEqual([]);
    expect(readFileSync(join(dir, 'demo', 'config.json'), 'utf8')).not.toContain('"demo"');
    // the lock is free again
    lockDataDir(join(dir, 'demo')).release();
  });

  it('ends soon, and in order, when it is asked to', async () => {
    const dir = folder();
    const stop = new AbortController();
    stop.abort();
    const { told } = await run(dir, 45, stop.signal);
    expect(told).toContain('What it came to');
    expect(told).not.toContain('Tue 27 October 2026 ─');
    expect(opened(dir).read(verifyJournal)).toMatchObject({ ok: true });
  });
});

describe('prepareFolder', () => {
  it('makes a folder, and takes an empty one', () => {
    const dir = folder();
    expect(existsSync(prepareFolder(join(dir, 'a', 'b')).dir)).toBe(true);
    expect(() => prepareFolder(dir)).toThrow('holds other files');
    expect(readdirSync(dir)).toEqual(['a']);
  });

  it('leaves a folder alone that is not its own', () => {
    const dir = folder();
    writeFileSync(join(dir, 'config.json'), '{}');
    expect(() => prepareFolder(dir)).toThrow('holds other files');
    expect(readdirSync(dir)).toEqual(['config.json']);
  });

  it('takes out of its own folder only what it made', () => {
    const dir = folder();
    const { configFile } = prepareFolder(dir);
    for (const name of ['config.json', 'password', 'paletti.db', 'paletti.db-wal', 'notes.txt'])
      writeFileSync(join(dir, name), 'x');
    expect(prepareFolder(dir).configFile).toBe(configFile);
    expect(readdirSync(dir).toSorted()).toEqual(['notes.txt', 'paletti-demo.txt']);
  });

  it('touches nothing while a page is open on the folder', () => {
    const dir = folder();
    prepareFolder(dir);
    const lock = lockPage(dir);
    onTestFinished(() => lock?.release());
    writeFileSync(join(dir, 'config.json'), '{}');
    expect(() => prepareFolder(dir)).toThrow('the page of an earlier demonstration is open');
    expect(readdirSync(dir)).toContain('config.json');
  });

  it('touches nothing while Paletti works on the folder', () => {
    const dir = folder();
    prepareFolder(dir);
    writeFileSync(join(dir, 'config.json'), '{}');
    const lock = lockDataDir(dir);
    onTestFinished(() => lock.release());
    expect(() => prepareFolder(dir)).toThrow('already running');
    expect(existsSync(join(dir, 'config.json'))).toBe(true);
  });
});
