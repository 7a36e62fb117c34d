/**
 * The folder the demonstration works in: made, or emptied of an earlier demonstration. A file marks the folder as its
 * own; without the mark nothing in it is touched, and even then only the files it makes itself.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stillClockFile, stillClockLine } from '../clock.ts';
import { AppError } from '../errors.ts';
import { handoversFile } from '../store/handovers.ts';
import type { Instant } from '../rules/time.ts';
import { lockDataDir, lockPage } from '../store/lock.ts';

const mark = stillClockFile;
const markText = 'This folder belongs to `paletti demo`, which replaces it each time it runs.\n';
const lock = 'daemon.lock';
const database = 'paletti.db';

export interface DemoFolder {
  dir: string;
  configFile: string;
  passwordFile: string;
}

/**
 * @param dir absolute
 * @throws AppError 'conflict' for a folder that is not the demonstration's; 'already-running' while Paletti works on it
 */
export function prepareFolder(dir: string): DemoFolder {
  const folder = { dir, configFile: join(dir, 'config.json'), passwordFile: join(dir, 'password') };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const isOurs = existsSync(join(dir, mark));
  if (!isOurs && readdirSync(dir).length > 0) throw foreign(dir);
  if (isOurs) clear(folder);
  writeFileSync(join(dir, mark), markText, { mode: 0o600 });
  return folder;
}

/** The story has ended: whoever opens the folder from now on sees it at this moment. */
export function stopClock({ dir }: DemoFolder, at: Instant): void {
  writeFileSync(join(dir, mark), `${markText}${stillClockLine(at)}`, { mode: 0o600 });
}

function clear({ dir, configFile, passwordFile }: DemoFolder): void {
  lockDataDir(dir).release();
  const page = lockPage(dir);
  if (page === null) throw shown(dir);
  page.release();
  const made = ['', '-wal', '-shm', '-journal'].flatMap((end) =>
    [lock, 'page.lock', database].map((name) => join(dir, name + end)),
  );
  for (const file of [...made, join(dir, handoversFile), configFile, passwordFile]) rmSync(file, { force: true });
}

/** A page that shows what is taken away from under it would show nothing true. */
function shown(dir: string): AppError {
  return new AppError('already-running', 'the page of an earlier demonstration is open', {
    where: dir,
    next: 'End it with Ctrl-C where it was started, or name another folder: paletti demo --dir FOLDER',
  });
}

function foreign(dir: string): AppError {
  return new AppError('conflict', 'the folder for the demonstration holds other files', {
    where: dir,
    next: 'Name an empty or a new one: paletti demo --dir FOLDER',
  });
}

/** The password goes into a file of its own, as the configuration wants it. */
export function writeStudio(folder: DemoFolder, config: object, password: string): void {
  writeFileSync(folder.passwordFile, `${password}\n`, { mode: 0o600 });
  writeFileSync(folder.configFile, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
}
