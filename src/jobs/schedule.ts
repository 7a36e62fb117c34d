/**
 * The bells of the daemon: a tick each minute, one at the start, one on waking, one on a missed tick. Each only asks
 * which jobs are due; the database decides. The only importer of node-cron, which itself loses what sleep swallows.
 */
import cron, { type ScheduledTask } from 'node-cron';
import type { Clock } from '../clock.ts';
import { type Instant, minuteMs } from '../rules/time.ts';

export type Bell = 'start' | 'tick' | 'missed' | 'woke';

export interface Schedule {
  stop(): void;
}

/** How often the wall clock is compared with itself. Timers stand still while a laptop sleeps; the wall clock jumps. */
const watchMs = 15_000;
const jumpMs = 1.5 * minuteMs;

/** Rings until stopped. `ring` must not throw; overlapping rings are the listener's affair. */
export function schedule(clock: Clock, ring: (bell: Bell) => void): Schedule {
  let task = everyMinute(ring);
  let seen: Instant = clock.now();
  const watch = setInterval(() => {
    const now = clock.now();
    const jumped = Math.abs(now - seen - watchMs) > jumpMs;
    seen = now;
    if (!jumped) return;
    // node-cron waits for the minute it had in mind: after a clock that was set back by a day, for a day.
    void task.destroy();
    task = everyMinute(ring);
    ring('woke');
  }, watchMs);
  ring('start');
  return {
    stop: () => {
      clearInterval(watch);
      void task.destroy();
    },
  };
}

function everyMinute(ring: (bell: Bell) => void): ScheduledTask {
  const task = cron.schedule('* * * * *', () => ring('tick'), { timezone: 'UTC', noOverlap: true });
  task.on('execution:missed', () => ring('missed'));
  return task;
}
