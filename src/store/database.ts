/**
 * One SQLite file, opened the careful way: private to its owner, write-ahead log, every commit flushed to the disk,
 * schema brought up to date. Gives out transactions; the tables themselves are the business of the sibling files.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { syncFile, syncFolder } from '../durable.ts';
import { AppError } from '../errors.ts';
import { type Instant, toIso } from '../rules/time.ts';
import { workingCopyOf } from './copy.ts';
import { type Connection, Sqlite, type Statement } from './driver.ts';
import { storeFault } from './faults.ts';
import { migrations } from './migrations/index.ts';

export type Value = string | number | null | Uint8Array;
/** Positional values, or one record for `@names`. */
export type Binding = Value | Readonly<Record<string, Value>>;

/** Reading inside one transaction: a consistent picture. Statements are prepared once per connection. */
export interface Reader {
  get<Row>(sql: string, ...bindings: Binding[]): Row | undefined;
  all<Row>(sql: string, ...bindings: Binding[]): Row[];
  iterate<Row>(sql: string, ...bindings: Binding[]): IterableIterator<Row>;
}

/** Writing inside one transaction. `now` is its one moment: every row it writes is stamped with it. */
export interface Writer extends Reader {
  readonly now: Instant;
  /** a private copy: nobody looks back at what is done in it, so that no journal, notice or run tells of it */
  readonly isTrial: boolean;
  run(sql: string, ...bindings: Binding[]): { changes: number; id: number };
}

export interface Store {
  /** Runs `fn` in a deferred transaction. `fn` must be synchronous. */
  read<T>(fn: (r: Reader) => T): T;
  /**
   * Runs `fn` in an immediate transaction, undone as a whole when it throws. `fn` must be synchronous.
   * @throws AppError 'store' for a full disk, a locked, damaged or read-only file, saying which and what to do
   */
  write<T>(now: Instant, fn: (w: Writer) => T): T;
  /** A complete copy in one file, checked before it takes its name; an older file of that name is replaced. */
  backup(toPath: string): Promise<void>;
  /** SQLite's quick_check: reads the whole file. */
  check(): { ok: true } | { ok: false; problem: string };
  /**
   * A private copy in memory, to try out what would happen: nothing written to it reaches the file. It has what the
   * jobs need to decide; judged messages nobody waits for, the search index, journal and notices are left out, and
   * nothing is written to these two.
   */
  copyToMemory(): Store;
  /**
   * Writes the file anew from what is in it, and empties the write-ahead log: what was deleted can be read out of
   * neither. Takes as long as a copy, and as much free disk.
   * @throws AppError 'store' when another program is in the way: nothing is lost, and it can be done again
   */
  scrub(): void;
  readonly path: string;
  close(): void;
}

const inMemory = ':memory:';
/** 'PALE' in ASCII: tells our file from another program's. */
const applicationId = 0x50414c45;
const busyTimeoutMs = 5000;

/**
 * @param path of the file, made with its folder when missing; ':memory:' for one that is never on disk
 * @param options.now the moment written beside each migration that is applied
 * @throws AppError 'store' when the file cannot be opened, is not ours, or was written by a newer Paletti
 */
export function openStore(path: string, options: { now?: Instant } = {}): Store {
  let connection: Connection | undefined;
  try {
    if (path !== inMemory) {
      makePrivateFile(path);
      refuseLeftovers(path);
    }
    connection = new Sqlite(path, { timeout: busyTimeoutMs });
    configure(connection, path);
    migrate(connection, path, options.now);
    return new SqliteStore(connection, path);
  } catch (error) {
    connection?.close();
    throw storeFault(error, path);
  }
}

/**
 * The file is made with mode 0600 before SQLite sees it; SQLite gives -wal and -shm the mode of the file.
 * An existing file is never opened and closed here: closing it would drop every lock this process holds on it
 * (fcntl locks belong to the process; see "How To Corrupt An SQLite Database File", section 2.2).
 */
export function makePrivateFile(path: string): void {
  mkdirSync(dirname(resolve(path)), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) createFile(path);
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600);
}

/**
 * A backup is no WAL database; ours always is. Beside a backup that was copied into place, SQLite would mix in the log of
 * the database it replaced ("How To Corrupt An SQLite Database File", section 1.4).
 */
function refuseLeftovers(path: string): void {
  const log = `${path}-wal`;
  if (!existsSync(log) || statSync(log).size === 0 || isWal(path)) return;
  throw new AppError('store', 'a backup was put in place, but files of the database it replaced are still beside it', {
    where: path,
    next: `Remove ${log} and ${path}-shm, with Paletti stopped; then run \`paletti doctor\`.`,
  });
}

/**
 * By bytes 18 and 19 of the header (https://www.sqlite.org/fileformat2.html, section 1.3.3). The descriptor is left open
 * until the process ends, for the reason given at makePrivateFile: another connection of this process may hold locks.
 */
function isWal(path: string): boolean {
  const header = new Uint8Array(20);
  return readSync(openSync(path, 'r'), header, 0, 20, 0) < 20 || header[18] === 2;
}

function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    // another process was faster: then the file is there, which is all that was wanted
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** WAL alone means synchronous NORMAL in this build of SQLite: a commit could be lost with the power. So FULL, always. */
function configure(connection: Connection, path: string): void {
  const mode = connection.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal' && mode !== 'memory') throw notDurable(path, `journal_mode is ${String(mode)} instead of wal`);
  connection.pragma('synchronous = FULL');
  connection.pragma('fullfsync = ON');
  connection.pragma('checkpoint_fullfsync = ON');
  connection.pragma('foreign_keys = ON');
  connection.pragma('cell_size_check = ON');
  connection.pragma('journal_size_limit = 67108864');
  // 16 MB: pages that many commits change in a row are copied back once for all of them
  connection.pragma('wal_autocheckpoint = 4000');
  // 8 MB: what does not fit is in the system's memory anyway
  connection.pragma('cache_size = -8000');
}

function notDurable(path: string, problem: string): AppError {
  return new AppError('store', `commits to the database would not survive a power cut: ${problem}`, {
    where: path,
    next: 'Keep the data folder on a local disk, not on a network or cloud-synced one.',
  });
}

function migrate(connection: Connection, path: string, now: Instant | undefined): void {
  refuseForeign(connection, path);
  if (versionOf(connection) === migrations.length) return;
  // a table is built anew under its own name: dropping the old one must not take along what refers to it
  // (https://www.sqlite.org/lang_altertable.html, section 7); inside a transaction the pragma does nothing
  connection.pragma('foreign_keys = OFF');
  for (let version = versionOf(connection); version < migrations.length; version += 1)
    connection.transaction(applyMigration).immediate(connection, version, now);
  connection.pragma('foreign_keys = ON');
}

function versionOf(connection: Connection): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

function applyMigration(connection: Connection, from: number, now: Instant | undefined): void {
  // the daemon and a command may start at the same moment: whoever comes second finds it done
  if (versionOf(connection) !== from) return;
  connection.exec(migrations[from] as string);
  const [broken] = connection.pragma('foreign_key_check') as { table: string }[];
  if (broken !== undefined)
    throw new AppError('internal', `migration ${from + 1} left ${broken.table} without its rows`);
  connection.pragma(`user_version = ${from + 1}`);
  connection.pragma(`application_id = ${applicationId}`);
  if (now === undefined) return;
  connection.prepare('INSERT INTO facts (key, value) VALUES (?, ?)').run(`migrated/${from + 1}`, toIso(now));
}

function refuseForeign(connection: Connection, path: string): void {
  const version = versionOf(connection);
  if (version > migrations.length)
    throw new AppError('store', `the database was written by a newer Paletti (schema ${version})`, {
      where: path,
      next: `This version knows schemas up to ${migrations.length}: update Paletti, or put back the backup from before the update.`,
    });
  const id = connection.pragma('application_id', { simple: true });
  const tables = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (tables > 0 && (id !== applicationId || version === 0))
    throw new AppError('store', "the file is another program's database", {
      where: path,
      next: 'Choose another dataDir in the config; this file was left as it was.',
    });
}

type Values = unknown[];

/** Rows come from SQLite as lists of values and get their names here, which takes half the time. */
class Query {
  readonly isReading: boolean;
  readonly #statement: Statement;
  #names: string[] = [];

  constructor(statement: Statement) {
    this.isReading = statement.readonly;
    this.#statement = statement.reader ? statement.raw() : statement;
  }

  get<Row>(bindings: Binding[]): Row | undefined {
    const values = this.#statement.get(...bindings) as Values | undefined;
    return values && (this.#row(values) as Row);
  }

  all<Row>(bindings: Binding[]): Row[] {
    return (this.#statement.all(...bindings) as Values[]).map((values) => this.#row(values)) as Row[];
  }

  *iterate<Row>(bindings: Binding[]): IterableIterator<Row> {
    for (const values of this.#statement.iterate(...bindings)) yield this.#row(values as Values) as Row;
  }

  run(bindings: Binding[]): { changes: number; id: number } {
    const { changes, lastInsertRowid } = this.#statement.run(...bindings);
    return { changes, id: Number(lastInsertRowid) };
  }

  /** A newer program may have added a column since: `*` then stands for more, and what follows it moves on. */
  #row(values: Values): unknown {
    if (values.length !== this.#names.length) this.#names = this.#statement.columns().map(({ name }) => name);
    const names = this.#names;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) row[names[index] as string] = values[index];
    return row;
  }
}

/** Prepares each text once for its connection. */
class Session {
  readonly #connection: Connection;
  readonly #queries = new Map<string, Query>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  query(sql: string): Query {
    let query = this.#queries.get(sql);
    if (query === undefined) {
      query = new Query(this.#connection.prepare(sql) as Statement);
      this.#queries.set(sql, query);
    }
    return query;
  }

  /** The query, unless it writes. */
  reading(sql: string): Query {
    const query = this.query(sql);
    if (query.isReading) return query;
    throw new AppError('internal', 'a statement that writes was given to a reader', { next: 'Use store.write.' });
  }
}

/** A Reader is an object of its own: whoever casts it finds nothing that writes. */
function readerOf(session: Session): Reader {
  return {
    get: (sql, ...bindings) => session.reading(sql).get(bindings),
    all: (sql, ...bindings) => session.reading(sql).all(bindings),
    iterate: (sql, ...bindings) => session.reading(sql).iterate(bindings),
  };
}

function writerOf(session: Session, moment: Pick<Writer, 'now' | 'isTrial'>): Writer {
  return {
    ...moment,
    get: (sql, ...bindings) => session.query(sql).get(bindings),
    all: (sql, ...bindings) => session.query(sql).all(bindings),
    iterate: (sql, ...bindings) => session.query(sql).iterate(bindings),
    run: (sql, ...bindings) => session.query(sql).run(bindings),
  };
}

function transactionOf(connection: Connection) {
  return connection.transaction((work: () => unknown) => work());
}

class SqliteStore implements Store {
  readonly path: string;
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #reader: Reader;
  /** made once: it prepares its BEGIN and COMMIT */
  readonly #transaction: ReturnType<typeof transactionOf>;
  readonly #isTrial: boolean;
  #durabilityChecked: boolean;

  constructor(connection: Connection, path: string, isTrial = false) {
    this.path = path;
    this.#isTrial = isTrial;
    this.#connection = connection;
    this.#session = new Session(connection);
    this.#reader = readerOf(this.#session);
    this.#transaction = transactionOf(connection);
    this.#durabilityChecked = path === inMemory;
  }

  read<T>(fn: (r: Reader) => T): T {
    return this.#translated(() => this.#transaction.deferred(() => settled(fn(this.#reader))) as T);
  }

  write<T>(now: Instant, fn: (w: Writer) => T): T {
    if (this.#connection.inTransaction)
      throw new AppError('internal', 'a write was begun inside another transaction', {
        next: 'Pass the Writer of the outer transaction on.',
      });
    return this.#translated(() => {
      const result = this.#transaction.immediate(() =>
        settled(fn(writerOf(this.#session, { now, isTrial: this.#isTrial }))),
      );
      this.#checkDurability();
      return result as T;
    });
  }

  /** Read back after the first write, because that is when SQLite falls back to NORMAL when FULL was not asked for. */
  #checkDurability(): void {
    if (this.#durabilityChecked) return;
    const level = this.#connection.pragma('synchronous', { simple: true });
    if (level !== 2) throw notDurable(this.path, `synchronous is ${String(level)} instead of 2 (FULL)`);
    this.#durabilityChecked = true;
  }

  async backup(toPath: string): Promise<void> {
    const part = `${toPath}.part`;
    try {
      for (const file of [part, `${part}-journal`]) rmSync(file, { force: true });
      makePrivateFile(part);
      await this.#connection.backup(part);
      sealBackup(part);
      renameSync(part, toPath);
      syncFolder(dirname(resolve(toPath)));
    } catch (error) {
      throw storeFault(error, toPath);
    }
  }

  check(): { ok: true } | { ok: false; problem: string } {
    try {
      return checkOf(this.#connection);
    } catch (error) {
      const fault = storeFault(error, this.path);
      if (fault instanceof AppError) return { ok: false, problem: fault.message };
      throw error;
    }
  }

  copyToMemory(): Store {
    const copy = this.#translated(() => this.#connection.transaction(() => workingCopyOf(this.#connection)).deferred());
    return new SqliteStore(copy, inMemory, true);
  }

  scrub(): void {
    this.#translated(() => {
      this.#connection.exec('VACUUM');
      if (this.path === inMemory) return;
      const [log] = this.#connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
      if (log?.busy !== 0) throw stillRead(this.path);
    });
  }

  close(): void {
    this.#connection.close();
  }

  #translated<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw storeFault(error, this.path);
    }
  }
}

function stillRead(path: string): AppError {
  return new AppError('store', 'the write-ahead log could not be emptied: another program reads the database', {
    where: path,
    next: 'Do it again in a moment; if it stays so, stop Paletti first.',
    passing: true,
  });
}

/** A transaction ends when `fn` returns: work that goes on after an await would run outside of it. */
function settled<T>(result: T): T {
  if (result instanceof Promise) {
    // nobody will ever look at it: without this its failure would end the process
    result.catch(() => undefined);
    throw new AppError('internal', 'a transaction was given an asynchronous function', {
      next: 'Do the waiting before or after the transaction.',
    });
  }
  return result;
}

function checkOf(connection: Connection): { ok: true } | { ok: false; problem: string } {
  const problem = connection.pragma('quick_check(1)', { simple: true }) as string;
  // the pages of the whole file passed through the cache: none is kept
  connection.pragma('shrink_memory');
  return problem === 'ok' ? { ok: true } : { ok: false, problem };
}

/** Checks the copy and takes it out of WAL mode, so that the one file is the whole backup. */
function sealBackup(path: string): void {
  const copy = new Sqlite(path);
  try {
    const result = checkOf(copy);
    if (!result.ok)
      throw new AppError('store', `the copy is damaged: ${result.problem}`, {
        where: path,
        next: 'The database itself is likely damaged: run `paletti doctor`. An older backup was kept.',
      });
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  syncFile(path);
}
