/**
 * One daemon per data directory: an exclusive lock on a tiny database beside the real one, which stays free for the
 * command line. The kernel frees it when the process ends in any way, so there is no stale lock to clean up.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import { makePrivateFile, type Reader, type Writer } from './database.ts';
import { type Connection, Sqlite } from './driver.ts';
import { factOf, setFact } from './facts.ts';
import { codeOf, storeFault } from './faults.ts';

/** Of two that begin at the same moment each finds the other halfway: without a second try neither would have it. */
const patienceMs = 250;

/**
 * @returns release, safe to call twice
 * @throws AppError 'already-running' when another process (or this one) has it
 */
export function lockDataDir(dataDir: string): { release(): void } {
  return lock(join(dataDir, 'daemon.lock'), patienceMs);
}

/** One page per data directory, in the same way. @returns null when another process serves it */
export function lockPage(dataDir: string): { release(): void } | null {
  return lockFile(join(dataDir, 'page.lock'));
}

/** For whatever one process at a time may do. @returns null when another one has it */
export function lockFile(path: string): { release(): void } | null {
  try {
    return lock(path, 0);
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'already-running') return null;
    throw fault;
  }
}

function lock(path: string, timeout: number): { release(): void } {
  let connection: Connection | undefined;
  try {
    makePrivateFile(path);
    connection = new Sqlite(path, { timeout });
    // held open until release: nothing is ever written in it
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    throw lockFault(error, path);
  }
  const held = connection;
  return { release: () => void held.close() };
}

/** Whether a process has it, as of now. Takes nothing that a daemon which begins at this moment would have to wait for. */
export function isDataDirLocked(dataDir: string): boolean {
  const path = join(dataDir, 'daemon.lock');
  if (!existsSync(path)) return false;
  let connection: Connection | undefined;
  try {
    connection = new Sqlite(path, { timeout: 0, fileMustExist: true });
    connection.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (codeOf(error)?.startsWith('SQLITE_BUSY') === true) return true;
    throw storeFault(error, path);
  } finally {
    connection?.close();
  }
}

/** Key in the facts table: since when the daemon watches; empty when it does not, or when only one pass is made. */
const watchingKey = 'watching-since';

export function noteWatching(w: Writer, since: Instant | null): void {
  setFact(w, watchingKey, since === null ? '' : toIso(since));
}

/** Since when, by its own word: a daemon that was killed has not taken it back. See {@link isDataDirLocked}. */
export function watchingSince(r: Reader): Instant | null {
  const text = factOf(r, watchingKey) ?? '';
  return text === '' ? null : fromIso(text);
}

function lockFault(error: unknown, path: string): unknown {
  if (codeOf(error)?.startsWith('SQLITE_BUSY') !== true) return storeFault(error, path);
  return new AppError('already-running', { code: 'already-running' }, { where: path, cause: error });
}
