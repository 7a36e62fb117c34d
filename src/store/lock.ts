/**
 * One daemon per data directory: an exclusive lock on a tiny database beside the real one, which stays free for the
 * command line. The kernel frees it when the process ends in any way, so there is no stale lock to clean up.
 */
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { makePrivateFile } from './database.ts';
import { type Connection, Sqlite } from './driver.ts';
import { codeOf, storeFault } from './faults.ts';

/** Of two that begin at the same moment each finds the other halfway: without a second try neither would have it. */
const patienceMs = 250;

/**
 * @returns release, safe to call twice
 * @throws AppError 'already-running' when another process (or this one) has it
 */
export function lockDataDir(dataDir: string): { release(): void } {
  const path = join(dataDir, 'daemon.lock');
  let connection: Connection | undefined;
  try {
    makePrivateFile(path);
    connection = new Sqlite(path, { timeout: patienceMs });
    // held open until release: nothing is ever written in it
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection?.close();
    throw lockFault(error, path);
  }
  const held = connection;
  return { release: () => void held.close() };
}

function lockFault(error: unknown, path: string): unknown {
  if (codeOf(error)?.startsWith('SQLITE_BUSY') !== true) return storeFault(error, path);
  return new AppError('already-running', 'Paletti is already running on this data folder', {
    where: path,
    next: 'Use the one that runs (`paletti status` works beside it), or stop it first.',
    cause: error,
  });
}
