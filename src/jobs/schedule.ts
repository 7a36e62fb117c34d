/**
 * The bells of the daemon: a tick each minute, one at the start, one on waking, one on a missed tick. Each only asks
 * which jobs are due; the database decides. The only importer of node-cron, which itself loses what sleep swallows.
 */
import cron, { type ScheduledTask } from 'node-cron';
import type { Clock } from '../clock.ts';
import { type Instant, minuteMs, plus, untilNextFull } from '../rules/time.ts';

export type Bell = 'start' | 'tick' | 'missed' | 'woke';

export interface Schedule {
  stop(): void;
}

/** A timer that is late by so much has slept: timers stand still while a laptop sleeps; the wall clock jumps. */
const jumpMs = 1.5 * minuteMs;
/**
 * So much before the full minute the watch looks: after a jump node-cron would go through each minute that it missed,
 * for seconds after a season, so that its task has to be replaced before it wakes.
 */
const beforeTickMs = 50;

/** Rings until stopped. `ring` must not throw; overlapping rings are the listener's affair. */
export function schedule(clock: Clock, ring: (bell: Bell) => void): Schedule {
  const bells = new Bells(clock, ring);
  ring('start');
  return bells;
}

class Bells implements Schedule {
  readonly #clock: Clock;
  readonly #ring: (bell: Bell) => void;
  #task: ScheduledTask;
  /** when the watch was set, and for how long */
  #seen: Instant;
  #wait: number;
  #watch: NodeJS.Timeout;

  constructor(clock: Clock, ring: (bell: Bell) => void) {
    this.#clock = clock;
    this.#ring = ring;
    this.#task = this.#everyMinute();
    this.#seen = clock.now();
    this.#wait = untilTick(this.#seen);
    this.#watch = this.#watching();
  }

  stop(): void {
    clearTimeout(this.#watch);
    void this.#task.destroy();
  }

  #everyMinute(): ScheduledTask {
    const rings = (bell: Bell) => {
      // One that was destroyed still tells of each minute that it missed.
      if (task === this.#task) this.#rings(bell);
    };
    const task = cron.schedule('* * * * *', () => rings('tick'), { timezone: 'UTC', noOverlap: true });
    task.on('execution:missed', () => rings('missed'));
    return task;
  }

  /** Beside the tick: node-cron waits for the minute it had in mind, after a clock that was set back by a day for a day. */
  #watching(): NodeJS.Timeout {
    return setTimeout(() => {
      if (this.#hasJumped()) this.#wake();
      else this.#watchOn();
    }, this.#wait);
  }

  /** Until the tick, which has the laptop awake anyway. */
  #watchOn(): void {
    clearTimeout(this.#watch);
    this.#seen = this.#clock.now();
    this.#wait = untilTick(this.#seen);
    this.#watch = this.#watching();
  }

  #hasJumped(): boolean {
    return Math.abs(this.#clock.now() - this.#seen - this.#wait) > jumpMs;
  }

  #rings(bell: Bell): void {
    if (this.#hasJumped()) this.#wake();
    else this.#ring(bell);
  }

  #wake(): void {
    void this.#task.destroy();
    this.#task = this.#everyMinute();
    this.#watchOn();
    this.#ring('woke');
  }
}

function untilTick(from: Instant): number {
  return untilNextFull(minuteMs, plus(from, beforeTickMs));
}
