/** The one place that reads the machine's time. Everything else is handed a moment. */
import type { Instant } from './rules/time.ts';

export interface Clock {
  now(): Instant;
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
