import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listClients } from '../../src/store/clients.ts';
import { openStore, type Store } from '../../src/store/database.ts';
import { Sqlite } from '../../src/store/driver.ts';
import { factOf, setFact } from '../../src/store/facts.ts';
import { invoiceById } from '../../src/store/invoices.ts';
import { logEntries } from '../../src/store/log-entries.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { allSaid } from '../../src/store/said.ts';
import { client, faultOf, fileStore, later, memoryStore, now, rawConnection, tempDir } from './make.ts';

const mode = (path: string) => statSync(path).mode & 0o777;
const onWindows = process.platform === 'win32';

describe('opening', () => {
  it('makes the folder and the schema from nothing, and says when', () => {
    const path = join(tempDir(), 'deep', 'data', 'paletti.db');
    const store = openStore(path, { now });
    onTestFinished(() => store.close());
    expect(store.path).toBe(path);
    expect(store.read((r) => factOf(r, 'migrated/1'))).toBe('2026-11-23T09:00:00Z');
    expect(store.read(listClients)).toEqual([]);
  });

  it('finds again what was written before', () => {
    const path = join(tempDir(), 'paletti.db');
    const first = openStore(path);
    first.write(now, (w) => setFact(w, 'a', '1'));
    first.close();
    const second = fileStore(path);
    expect(second.read((r) => factOf(r, 'a'))).toBe('1');
    expect(second.check()).toEqual({ ok: true });
  });

  it('may be opened by two at once, a daemon and a command', () => {
    const path = join(tempDir(), 'paletti.db');
    const daemon = fileStore(path);
    const command = fileStore(path);
    daemon.write(now, (w) => setFact(w, 'a', '1'));
    command.write(now, (w) => setFact(w, 'b', '2'));
    expect(daemon.read((r) => factOf(r, 'b'))).toBe('2');
  });

  it('gives each value its own name after a newer program has added a column', () => {
    const path = join(tempDir(), 'paletti.db');
    const daemon = fileStore(path);
    daemon.write(now, (w) => setFact(w, 'a', '1'));
    const rows = () => {
      const sql = "SELECT f.*, 'last' AS tail FROM facts f WHERE key = 'a'";
      return daemon.read((r) => [r.get(sql), ...r.all(sql), ...r.iterate(sql)]);
    };
    expect(rows()).toEqual(Array(3).fill({ key: 'a', value: '1', tail: 'last' }));
    rawConnection(path).exec("ALTER TABLE facts ADD COLUMN added TEXT DEFAULT 'new'");
    expect(rows()).toEqual(Array(3).fill({ key: 'a', value: '1', added: 'new', tail: 'last' }));
  });

  it.skipIf(onWindows)('keeps everything from other users, whatever the umask', () => {
    const before = process.umask(0);
    onTestFinished(() => void process.umask(before));
    const path = join(tempDir(), 'data', 'paletti.db');
    const store = fileStore(path);
    store.write(now, (w) => setFact(w, 'a', '1'));
    expect([path, `${path}-wal`, `${path}-shm`].map(mode)).toEqual([0o600, 0o600, 0o600]);
    expect(mode(dirname(path))).toBe(0o700);
  });

  it.skipIf(onWindows)(
    'takes a file back that was left open to others, and leaves a folder it did not make as it is',
    () => {
      const dir = join(tempDir(), 'shared');
      mkdirSync(dir, { mode: 0o755 });
      const path = join(dir, 'paletti.db');
      writeFileSync(path, '', { mode: 0o644 });
      fileStore(path);
      expect(mode(path)).toBe(0o600);
      expect(mode(dir)).toBe(0o755);
    },
  );

  it('flushes every commit: WAL with synchronous FULL, still so after a write', () => {
    const dir = tempDir();
    const path = join(dir, 'paletti.db');
    const seen: unknown[] = [];
    const store = openStore(path);
    onTestFinished(() => store.close());
    for (const at of [now, later]) {
      store.write(at, (w) => setFact(w, 'a', String(at)));
      seen.push(store.read((r) => r.get('PRAGMA synchronous')));
    }
    expect(seen).toEqual([{ synchronous: 2 }, { synchronous: 2 }]);
    expect(rawConnection(path).pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(store.read((r) => r.get('PRAGMA foreign_keys'))).toEqual({ foreign_keys: 1 });
  });

  it('refuses a database of a newer Paletti and leaves it as it is', () => {
    const path = join(tempDir(), 'paletti.db');
    openStore(path).close();
    const raw = new Sqlite(path);
    raw.pragma(`user_version = ${migrations.length + 1}`);
    raw.close();
    const fault = faultOf(() => openStore(path));
    expect(fault).toMatchObject({ code: 'store', where: path });
    expect(fault.message).toContain('newer');
    expect(new Sqlite(path).pragma('user_version', { simple: true })).toBe(migrations.length + 1);
  });

  it("refuses another program's database and leaves it as it is", () => {
    const path = join(tempDir(), 'other.db');
    const raw = new Sqlite(path);
    raw.exec('CREATE TABLE notes (a)');
    raw.close();
    expect(faultOf(() => openStore(path)).message).toContain("another program's");
    expect(rawConnection(path).prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['notes']);
  });

  it('brings a file of the first schema up to date with every row that refers to another', () => {
    const path = join(tempDir(), 'paletti.db');
    const raw = new Sqlite(path);
    raw.exec(migrations[0] as string);
    raw.pragma('user_version = 1');
    raw.pragma(`application_id = ${0x50414c45}`);
    raw.exec(`
      INSERT INTO clients (id, name, name_key, kind, language, tone, payment_days, created_at)
        VALUES (7, 'Bianchi', 'bianchi', 'business', 'it', 'formal', 30, '2026-11-23T09:00:00Z');
      INSERT INTO client_addresses VALUES ('luca@bianchi.example', 7, 0);
      INSERT INTO client_domains VALUES ('bianchi.example', 7);
      INSERT INTO invoices (id, client_id, number, issued_on, currency, total_cents, state, disputed_cents, created_at)
        VALUES (3, 7, '1', '2026-10-01', 'EUR', 1000, 'open', 5, '2026-11-23T09:00:00Z');
      INSERT INTO instalments VALUES (4, 3, 1, '2026-10-31', 1000, 1);
      INSERT INTO payments VALUES (5, 3, 200, '2026-11-01', 'CRO', '2026-11-23T09:00:00Z', NULL);
      INSERT INTO cases (id, client_id, currency, cycle, state, opened_at) VALUES (6, 7, 'EUR', 1, 'open', '2026-11-23T09:00:00Z');
      INSERT INTO threads VALUES (1, 'Preventivo', 7);
      INSERT INTO log_entries (client_id, kind, at, direction, text, out_of_hours, out_of_hours_why, recorded_at)
        VALUES (7, 'call', '2026-11-22T20:00:00Z', 'in', 'Logo', 1, 'Sunday', '2026-11-23T09:00:00Z'),
          (7, 'note', '2026-11-22T21:00:00Z', NULL, 'Fonts', 0, NULL, '2026-11-23T09:00:00Z');`);
    raw.close();
    const store = fileStore(path);
    const [found] = store.read(listClients);
    expect(found).toMatchObject({ id: 7, addresses: ['luca@bianchi.example'], domains: ['bianchi.example'] });
    expect(found?.paymentTerms).toEqual({ days: 30, endOfMonth: false, dayAfter: null });
    expect(store.read((r) => invoiceById(r, 3))).toMatchObject({
      clientId: 7,
      disputedCents: 5,
      instalments: [{ id: 4 }],
      payments: [{ id: 5, reference: 'CRO' }],
    });
    expect(store.read((r) => r.all('SELECT client_id FROM threads UNION ALL SELECT client_id FROM cases'))).toEqual([
      { client_id: 7 },
      { client_id: 7 },
    ]);
    expect(store.read((r) => logEntries(r, 7).map((entry) => entry.outOfHoursWhy))).toEqual([
      { code: 'as-written', text: 'Sunday' },
      null,
    ]);
    expect(store.read((r) => r.get('PRAGMA foreign_keys'))).toEqual({ foreign_keys: 1 });
    store.write(now, (w) => w.run('DELETE FROM clients WHERE id = 7'));
    expect(store.read((r) => r.get('SELECT count(*) AS n FROM payments'))).toEqual({ n: 0 });
    expect(store.check()).toEqual({ ok: true });
  });

  it('applies a migration as a whole or not at all', () => {
    const path = join(tempDir(), 'paletti.db');
    openStore(path).close();
    const undo = withMigration('CREATE TABLE half (a TEXT) STRICT; CREATE TABLE broken (');
    expect(() => openStore(path)).toThrow(/incomplete input/);
    undo();
    expect(rawConnection(path).pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(rawConnection(path).prepare("SELECT 1 FROM sqlite_schema WHERE name = 'half'").get()).toBeUndefined();
  });

  it('brings an older file up to date and keeps what is in it', () => {
    const path = join(tempDir(), 'paletti.db');
    const older = openStore(path);
    older.write(now, (w) => client(w));
    older.close();
    const undo = withMigration('CREATE TABLE added (a TEXT) STRICT');
    const store = openStore(path, { now: later });
    undo();
    expect(namesIn(store)).toEqual(['Bianchi']);
    expect(store.read((r) => [r.all('SELECT * FROM added'), factOf(r, `migrated/${migrations.length + 1}`)])).toEqual([
      [],
      '2026-11-23T10:00:00Z',
    ]);
    store.close();
    expect(faultOf(() => openStore(path)).message).toContain('newer');
  });

  it.each([
    ['a text file', 'this is no database, whatever its name says. '.repeat(40), 'not an SQLite database'],
    ['a cut header', 'SQLite format 3\0', 'not an SQLite database'],
  ])('says that %s is no database', (_what, content, problem) => {
    const path = join(tempDir(), 'paletti.db');
    writeFileSync(path, content);
    const fault = faultOf(() => openStore(path));
    expect(fault).toMatchObject({ code: 'store', where: path });
    expect(fault.message).toContain(problem);
    expect(fault.next).toContain('backup');
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('says that a folder is no database, and that a file is no folder', () => {
    const dir = tempDir();
    expect(faultOf(() => openStore(dir))).toMatchObject({ code: 'store', where: dir });
    const path = join(dir, 'file');
    writeFileSync(path, '');
    const below = join(path, 'paletti.db');
    expect(faultOf(() => openStore(below))).toMatchObject({ code: 'store', where: below });
  });
});

it('an invoice of before is taken to be as files said, but where the owner set it by hand', () => {
  const path = join(tempDir(), 'paletti.db');
  const raw = new Sqlite(path);
  for (const sql of migrations.slice(0, 6)) raw.exec(sql);
  raw.pragma('user_version = 6');
  raw.pragma(`application_id = ${0x50414c45}`);
  raw.exec(`
    INSERT INTO clients (id, name, name_key, kind, language, tone, created_at)
      VALUES (1, 'Bianchi', 'bianchi', 'business', 'it', 'formal', '2026-11-23T09:00:00Z');
    INSERT INTO invoices (id, client_id, number, issued_on, currency, total_cents, state, disputed_cents, by_hand, created_at)
      VALUES (1, 1, '1', '2026-10-01', 'EUR', 1000, 'open', 5, '["dueOn"]', '2026-11-23T09:00:00Z'),
        (2, 1, '2', '2026-10-02', 'EUR', 900, 'open', 0, '[]', '2026-11-23T09:00:00Z');
    INSERT INTO instalments (id, invoice_id, position, due_on, amount_cents, open)
      VALUES (1, 1, 1, '2026-10-31', 1000, 1), (2, 2, 1, '2026-11-30', 500, 1), (3, 2, 2, '2026-10-31', 400, 1);
    INSERT INTO payments VALUES (1, 2, 200, '2026-11-01', 'imported as paid', '2026-11-23T09:00:00Z', NULL);`);
  raw.close();
  const said = fileStore(path).read(allSaid);
  const nothing = { payments: [], credits: [], names: [] };
  expect(said.get(1)).toEqual({
    fields: { issuedOn: '2026-10-01', dueOn: '2026-10-31', total: 1000, project: null, disputed: 5 },
    byHand: ['dueOn'],
    state: 'open',
    ...nothing,
  });
  expect(said.get(2)).toEqual({
    fields: { issuedOn: '2026-10-02', dueOn: '2026-10-31 400; 2026-11-30 500', total: 900, project: null, disputed: 0 },
    byHand: [],
    state: 'paid',
    ...nothing,
  });
});

/** As if a later version had one more. Returns how to take it back. */
function withMigration(sql: string): () => void {
  const list = migrations as string[];
  list.push(sql);
  const undo = () => void (list.at(-1) === sql && list.pop());
  onTestFinished(undo);
  return undo;
}

describe('a transaction', () => {
  it('is undone as a whole when it throws', () => {
    const store = memoryStore();
    const act = () =>
      store.write(now, (w) => {
        setFact(w, 'a', '1');
        throw new RangeError('enough');
      });
    expect(act).toThrow(RangeError);
    expect(store.read((r) => factOf(r, 'a'))).toBeUndefined();
  });

  it('has one moment for all it writes', () => {
    const store = memoryStore();
    expect(store.write(later, (w) => w.now)).toBe(later);
  });

  it('refuses to be asynchronous, and keeps nothing of it', async () => {
    const store = memoryStore();
    const act = () => store.write(now, async (w) => setFact(w, 'a', '1'));
    expect(faultOf(act).code).toBe('internal');
    await Promise.resolve();
    expect(store.read((r) => factOf(r, 'a'))).toBeUndefined();
  });

  it('is never begun inside another', () => {
    const store = memoryStore();
    expect(faultOf(() => store.write(now, () => store.write(now, () => 1))).code).toBe('internal');
    expect(faultOf(() => store.read(() => store.write(now, () => 1))).code).toBe('internal');
  });

  it('gives a reader no way to write', () => {
    const store = memoryStore();
    expect(store.read((r) => Object.keys(r))).toEqual(['get', 'all', 'iterate']);
    const act = () => store.read((r) => r.all("INSERT INTO facts VALUES ('a', '1') RETURNING key"));
    expect(faultOf(act).code).toBe('internal');
    expect(store.read((r) => factOf(r, 'a'))).toBeUndefined();
  });

  it('names a broken rule of the schema without the values', () => {
    const store = memoryStore();
    const insert = () =>
      store.write(now, (w) => w.run("INSERT INTO cases VALUES (1, 99, 'secret', 1, 'open', '', NULL, NULL, '', NULL)"));
    const fault = faultOf(insert);
    expect(fault.code).toBe('internal');
    expect(fault.message).not.toContain('secret');
  });
});

describe('when the disk or the file fails', () => {
  it('undoes the transaction on a full disk, says so, and goes on when there is space', () => {
    const store = fileStore();
    // per connection: so it is set on the store's own
    store.read((r) => r.get('PRAGMA max_page_count = 1'));
    const fill = () => store.write(now, (w) => setFact(w, 'big', 'x'.repeat(2_000_000)));
    const fault = faultOf(fill);
    expect(fault).toMatchObject({ code: 'store', where: store.path });
    expect(fault.message).toContain('disk is full');
    expect(fault.next).toContain('space');
    expect(store.read((r) => factOf(r, 'big'))).toBeUndefined();
    expect(store.check()).toEqual({ ok: true });
    store.read((r) => r.get('PRAGMA max_page_count = 100000'));
    fill();
    expect(store.read((r) => factOf(r, 'big'))).toHaveLength(2_000_000);
  });

  it('says that another program keeps the file locked', () => {
    const store = fileStore();
    store.read((r) => r.get('PRAGMA busy_timeout = 10'));
    const other = rawConnection(store.path);
    other.exec('BEGIN IMMEDIATE');
    const fault = faultOf(() => store.write(now, (w) => setFact(w, 'a', '1')));
    expect(fault).toMatchObject({ code: 'store', where: store.path });
    expect(fault.message).toContain('locked');
    other.exec('ROLLBACK');
    store.write(now, (w) => setFact(w, 'a', '1'));
  });

  it('waits for another writer instead of failing at once', () => {
    expect(fileStore().read((r) => r.get('PRAGMA busy_timeout'))).toEqual({ timeout: 5000 });
  });

  it('finds a damaged page when it checks, and when the page is read', () => {
    const path = filledFile();
    damagePages(path);
    const store = fileStore(path);
    expect(store.check()).toMatchObject({ ok: false });
    const fault = faultOf(() => store.read((r) => r.all('SELECT * FROM facts')));
    expect(fault).toMatchObject({ code: 'store', where: path });
    expect(fault.message).toContain('damaged');
    expect(fault.next).toContain('backup');
  });

  it('finds that the file was cut short, at opening or when it checks', () => {
    const path = filledFile();
    truncateSync(path, Math.floor(statSync(path).size / 2 / 4096) * 4096);
    // Where the cut falls decides whether SQLite notices while it opens the file.
    const problem = () => {
      const checked = fileStore(path).check();
      return checked.ok ? '' : checked.problem;
    };
    let found: string;
    try {
      found = problem();
    } catch (error) {
      found = (error as Error).message;
    }
    expect(found).toMatch(/malformed|damaged|invalid|out of range|missing/);
  });

  it('finds a damaged beginning', () => {
    const path = filledFile();
    overwrite(path, 0, 100);
    expect(faultOf(() => openStore(path)).message).toContain('not an SQLite database');
  });
});

/** A closed store with some hundred pages. */
function filledFile(): string {
  const path = join(tempDir(), 'paletti.db');
  const store = openStore(path);
  store.write(now, (w) => {
    // so much that the second half of the file holds nothing of the schema
    for (let i = 0; i < 3000; i += 1) setFact(w, `key ${i}`, 'x'.repeat(1000));
  });
  store.close();
  return path;
}

function damagePages(path: string): void {
  const { size } = statSync(path);
  for (let page = Math.floor(size / 4096 / 2); page < size / 4096; page += 1) overwrite(path, page * 4096, 4096);
}

function overwrite(path: string, position: number, length: number): void {
  writeSync(openSync(path, 'r+'), Buffer.alloc(length, 0xa5), 0, length, position);
}

describe('a backup', () => {
  it('is one complete private file, also of what is still in the log', async () => {
    const store = fileStore();
    store.write(now, (w) => client(w));
    const to = join(tempDir(), 'backups', 'copy.db');
    await store.backup(to);
    expect(existsSync(`${to}.part`)).toBe(false);
    expect(existsSync(`${to}-wal`)).toBe(false);
    expect(mode(to)).toBe(onWindows ? 0o666 : 0o600);
    expect(readFileSync(to).subarray(18, 20)).toEqual(Buffer.from([1, 1]));
    expect(namesIn(fileStore(restored(to)))).toEqual(['Bianchi']);
  });

  it('takes the place of an older one', async () => {
    const store = fileStore();
    const to = join(tempDir(), 'copy.db');
    await store.backup(to);
    store.write(now, (w) => client(w));
    await store.backup(to);
    expect(namesIn(fileStore(restored(to)))).toEqual(['Bianchi']);
  });

  it('goes on while the store is written', async () => {
    const store = fileStore();
    const to = join(tempDir(), 'copy.db');
    const copied = store.backup(to);
    store.write(now, (w) => client(w));
    await copied;
    expect(fileStore(restored(to)).check()).toEqual({ ok: true });
  });

  it('of a damaged store is refused, and the older backup stays', async () => {
    const path = filledFile();
    const to = join(tempDir(), 'copy.db');
    const sound = openStore(path);
    await sound.backup(to);
    sound.close();
    damagePages(path);
    const store = fileStore(path);
    await expect(store.backup(to)).rejects.toMatchObject({ code: 'store' });
    expect(fileStore(restored(to)).check()).toEqual({ ok: true });
  });

  it('to where nothing can be written says where', async () => {
    const dir = tempDir();
    const file = join(dir, 'file');
    writeFileSync(file, '');
    const to = join(file, 'copy.db');
    await expect(fileStore().backup(to)).rejects.toMatchObject({ code: 'store', where: to });
  });
});

/** As a person would: the one file, copied to a new place. */
function restored(from: string): string {
  const to = join(tempDir(), 'paletti.db');
  copyFileSync(from, to);
  return to;
}

function namesIn(store: Store): string[] {
  return store.read(listClients).map(({ name }) => name);
}
