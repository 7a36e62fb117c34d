/**
 * Turns what SQLite and the file system throw into faults a person can act on: what happened, to which file, what
 * to do next. Decides nothing about retrying.
 */
import { AppError } from '../errors.ts';

interface Explanation {
  what: string;
  next: string;
}

const restore =
  'Stop Paletti, move the file away with its -wal and -shm, then copy the newest backup into its place and run `paletti doctor`.';

/** Primary result codes of what goes away when the owner, or the other program, is done. */
const passingCodes = ['FULL', 'BUSY', 'LOCKED', 'NOMEM'];

/** By primary result code (https://www.sqlite.org/rescode.html). */
const explanations: Record<string, Explanation> = {
  FULL: {
    what: 'the disk is full; this step was not recorded and nothing was sent for it',
    next: 'Free some space on that disk; Paletti goes on from where it was.',
  },
  BUSY: {
    what: 'another program keeps the database locked',
    next: 'Close whatever else has the file open (a database browser, a backup or sync tool) and try again.',
  },
  LOCKED: {
    what: 'another program keeps the database locked',
    next: 'Close whatever else has the file open (a database browser, a backup or sync tool) and try again.',
  },
  CORRUPT: { what: 'the database is damaged', next: restore },
  NOTADB: { what: 'the file is not an SQLite database, or its beginning is damaged', next: restore },
  READONLY: {
    what: 'the database cannot be written',
    next: 'Check that the file, its folder and the disk may be written by you, and that the file was not moved meanwhile.',
  },
  CANTOPEN: {
    what: 'the database cannot be opened',
    next: 'Check that the folder exists, that it is yours, and that the path is not a folder itself.',
  },
  PERM: {
    what: 'the database may not be accessed',
    next: 'Check that the file and its folder belong to you.',
  },
  AUTH: {
    what: 'the database may not be accessed',
    next: 'Check that the file and its folder belong to you.',
  },
  IOERR: {
    what: 'the disk failed while the database was read or written',
    next: 'Check the disk and its free space; if it happens again, put the newest backup on another disk.',
  },
  PROTOCOL: {
    what: 'the database cannot be locked on this disk',
    next: 'Keep it on a local disk: network and cloud-synced folders do not lock files as SQLite needs it.',
  },
  NOLFS: { what: 'the file has grown too large for this disk', next: 'Move it to another disk.' },
  NOMEM: { what: 'there is not enough memory for the database', next: 'Close other programs and try again.' },
};

/** By errno name, for what happens before SQLite has the file. */
const fileExplanations: Record<string, string> = {
  EACCES: 'READONLY',
  EPERM: 'READONLY',
  EROFS: 'READONLY',
  ENOSPC: 'FULL',
  EDQUOT: 'FULL',
  EIO: 'IOERR',
  ENOTDIR: 'CANTOPEN',
  EISDIR: 'CANTOPEN',
  ENOENT: 'CANTOPEN',
  EEXIST: 'CANTOPEN',
};

/** The code of a driver or file-system error, or undefined: 'SQLITE_BUSY_SNAPSHOT', 'ENOSPC'. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : undefined;
}

/** @returns an AppError when the error is one of SQLite or the file system, else the error itself */
export function storeFault(error: unknown, path: string): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  if (code.startsWith('SQLITE_CONSTRAINT')) return brokenRule(error as Error, path);
  const primary = code.startsWith('SQLITE_') ? primaryOf(code) : (fileExplanations[code] ?? '');
  const explanation = explanations[primary];
  if (explanation !== undefined)
    return new AppError('store', explanation.what, {
      where: path,
      next: explanation.next,
      passing: passingCodes.includes(primary),
      cause: error,
    });
  if (!code.startsWith('SQLITE_')) return error;
  return new AppError('store', `the database refused: ${(error as Error).message}`, {
    where: path,
    next: 'Run `paletti doctor`; if it finds nothing, this is a fault of Paletti: please report it.',
    cause: error,
  });
}

/** No room for the -shm file is said as an I/O error (https://www.sqlite.org/rescode.html#ioerr_shmsize). */
function primaryOf(code: string): string {
  return code === 'SQLITE_IOERR_SHMSIZE' ? 'FULL' : (code.split('_')[1] ?? '');
}

/** For a file that SQLite opens, and finds broken when it reads all of it. */
export function damaged(path: string, problem: string): AppError {
  return new AppError('store', `the database is damaged: ${problem}`, { where: path, next: restore });
}

/** The message names table and column, never a value. */
function brokenRule(error: Error, path: string): AppError {
  return new AppError('internal', `a rule of the database would be broken: ${error.message}`, {
    where: path,
    next: 'This is a fault of Paletti; nothing of this step was recorded. Please report it.',
    cause: error,
  });
}
