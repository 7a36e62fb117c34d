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

interface Watch {
  from: Instant;
  /** milliseconds */
  wait: number;
  timer: NodeJS.Timeout;
}

class Bells implements Schedule {
  readonly #clock: Clock;
  readonly #ring: (bell: Bell) => void;
  #task: ScheduledTask;
  #watch: Watch;

  constructor(clock: Clock, ring: (bell: Bell) => void) {
    this.#clock = clock;
    this.#ring = ring;
    this.#task = this.#everyMinute();
    this.#watch = this.#newWatch();
  }

  stop(): void {
    clearTimeout(this.#watch.timer);
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
  #newWatch(): Watch {
    const from = this.#clock.now();
    // The tick has the laptop awake anyway.
    const wait = untilNextFull(minuteMs, plus(from, beforeTickMs));
    const timer = setTimeout(() => {
      if (this.#hasJumped()) this.#wake();
      else this.#watch = this.#newWatch();
    }, wait);
    return { from, wait, timer };
  }

  #hasJumped(): boolean {
    const { from, wait } = this.#watch;
    return Math.abs(this.#clock.now() - from - wait) > jumpMs;
  }

  #rings(bell: Bell): void {
    if (this.#hasJumped()) this.#wake();
    else this.#ring(bell);
  }

  #wake(): void {
    void this.#task.destroy();
    this.#task = this.#everyMinute();
    clearTimeout(this.#watch.timer);
    this.#watch = this.#newWatch();
    this.#ring('woke');
  }
}
