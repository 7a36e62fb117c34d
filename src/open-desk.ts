/**
 * Opens the record of a configuration: the data folder, made private, and the database in it. Loads no letters, no mail
 * and no jobs: a command that only reads starts with this much.
 */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { openStore, type Store } from './store/database.ts';
import { storeFault } from './store/faults.ts';

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
  const store = openStore(databasePath(config), { now: clock.now() });
  return { config, clock, store, close: () => store.close() };
}

/** It holds the mail of others: it is its owner's alone, also where it was there before. */
export function makeDataDir(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
  } catch (error) {
    throw storeFault(error, path);
  }
}
