/** The one place that reads the machine's time. Everything else is handed a moment. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromIso, type Instant, toIso } from './rules/time.ts';

export interface Clock {
  now(): Instant;
  /** it is the clock of a demonstration, whose story has ended */
  readonly standsStill?: true;
}

export const systemClock: Clock = {
  now: () => Date.now() as Instant,
};

/** A clock that a person turns: for `plan`, `demo` and the tests. It stands still between turns. */
export class HandClock implements Clock {
  #now: Instant;

  constructor(start: Instant) {
    this.#now = start;
  }

  now(): Instant {
    return this.#now;
  }

  set(to: Instant): void {
    this.#now = to;
  }

  advance(ms: number): void {
    this.#now = (this.#now + ms) as Instant;
  }
}

/** Marks the folder of a demonstration, and says where its clock stands. */
export const stillClockFile = 'paletti-demo.txt';
const standsAt = /^Its clock stands at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\.$/m;

/** A line of the mark. */
export function stillClockLine(at: Instant): string {
  return `Its clock stands at ${toIso(at)}.\n`;
}

/**
 * The clock of a data folder: the machine's, or the one that stands still where the story of a demonstration ends, so
 * that whoever looks at it later, by a command or on the page, sees it as it ended.
 */
export function clockOf(dataDir: string): Clock {
  const at = standsAt.exec(markIn(dataDir))?.[1];
  if (at === undefined) return systemClock;
  const end = fromIso(at);
  return { now: () => end, standsStill: true };
}

function markIn(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, stillClockFile), 'utf8');
  } catch {
    return '';
  }
}
