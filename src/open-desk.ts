/**
 * Opens the record of a configuration: the data folder, made private, and the database in it. Loads no letters, no mail
 * and no jobs: a command that only reads starts with this much.
 */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { AppError } from './errors.ts';
import { openStore, type Store } from './store/database.ts';
import { storeFault } from './store/faults.ts';
import { whose } from './store/whose.ts';

/** What is needed to work on the record; for writing a letter see WritingDesk in app.ts. */
export interface Desk {
  config: Config;
  clock: Clock;
  store: Store;
  close(): void;
}

/** Where the database of a configuration is. */
export function databasePath(config: Config): string {
  return join(config.dataDir, 'paletti.db');
}

/** @throws AppError 'store' */
export function openDesk({ config, clock }: { config: Config; clock: Clock }): Desk {
  makeDataDir(config.dataDir);
  refuseLost(config);
  const store = openStore(databasePath(config), { now: clock.now() });
  return { config, clock, store, close: () => store.close() };
}

/** Another user of the machine may not look into it, and whatever she wrote there its owner could not use. */
function refuseForeign(path: string): void {
  const owner = whose(path);
  if (owner === undefined || owner.isMine || process.getuid?.() === 0) return;
  // a folder above it may be anybody's, as long as one may write there
  if (owner.path !== path && mayWrite(owner.path)) return;
  throw new AppError('store', `this data folder belongs to ${owner.name}, and you are ${userInfo().username}`, {
    where: path,
    next: `Run it as ${owner.name}; for a Paletti of your own name a configuration of your own: paletti --config FILE`,
  });
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * What left is on record beside the database: where that is there and the database is not, the file was lost, and a new
 * one would know of no client, no invoice and no letter.
 */
function refuseLost(config: Config): void {
  const path = databasePath(config);
  const isThere = (file: string) => existsSync(file) && statSync(file).size > 0;
  if (isThere(path) || !isThere(join(config.dataDir, 'handovers.log'))) return;
  throw new AppError(
    'store',
    `the database is gone: ${existsSync(path) ? 'the file is empty' : 'there is no such file'}`,
    {
      where: path,
      next: 'Put the newest copy in its place (see "Putting a copy back" in the README). To begin anew: move handovers.log away, too.',
    },
  );
}

/** It holds the mail of others: it is its owner's alone, also where it was there before. */
export function makeDataDir(path: string): void {
  refuseForeign(path);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
  } catch (error) {
    throw storeFault(error, path);
  }
}
