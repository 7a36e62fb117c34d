/** The compiled program as a person or a service runs it: `node dist/main.js …` in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { openDesk } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import type { Writer } from '../../src/store/database.ts';
import { type Ended, ended, makePlace, password, type Place, type PlaceOptions, type Servers } from './world.ts';

const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
const preload = join(import.meta.dirname, 'crash-points.mjs');

export interface Running {
  child: ChildProcess;
  end: Promise<Ended>;
  /** what it has said on stderr so far */
  said(): string;
  /** resolves when it has said this; rejects when it ended before */
  hears(words: RegExp): Promise<void>;
}

/** @param env added to PATH and the password */
export function start(place: Place, args: readonly string[], env: Record<string, string> = {}): Running {
  const points = env['CRASH_SMTP_PORT'] === undefined ? [] : ['--import', preload];
  const child = spawn(process.execPath, [...points, main, '--config', place.config.path, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PALETTI_LANG: 'en', PATH: process.env['PATH'], STUDIO_PASSWORD: password, ...env },
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const end = ended(child);
  const hears = (words: RegExp) =>
    new Promise<void>((done, fail) => {
      const look = () => words.test(said) && done();
      child.stderr.on('data', look);
      look();
      void end.then((how) => fail(new Error(`ended (${String(how.code ?? how.signal)}) without saying it: ${said}`)));
    });
  return { child, end, hears, said: () => said };
}

export function run(place: Place, args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return start(place, args, env).end;
}

/** What the daemon says when it has the data folder to itself. */
export const watching = /start: watching/;

const always = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00-24:00']]),
);

/** A studio that never closes: these processes run by the machine's clock, at whatever hour. */
export function openPlace(servers: Servers, options: PlaceOptions = {}): Place {
  const acknowledgement = { holdMinutes: 0 };
  return makePlace(servers, { ...options, config: { contactHours: always, acknowledgement, ...options.config } });
}

/** The owner's hand, without a process. */
export function write<T>(place: Place, change: (w: Writer) => T): T {
  const desk = openDesk({ config: place.config, clock: systemClock });
  try {
    return desk.store.write(desk.clock.now(), change);
  } finally {
    desk.close();
  }
}

/** @throws when it does not come true in time */
export async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come true');
}
