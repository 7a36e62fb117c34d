/** The bells, on a clock that is turned by hand; sleep is a wall clock that jumps while timers stand still. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Bell, type Schedule, schedule } from '../../src/jobs/schedule.ts';
import { dayMs, hourMs, minuteMs } from '../../src/rules/time.ts';

let rung: Bell[];
let bells: Schedule;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T08:00:25Z') });
  rung = [];
  bells = schedule(systemClock, (bell) => rung.push(bell));
});
afterEach(() => {
  bells.stop();
  vi.useRealTimers();
});

describe('the bells', () => {
  it('ring at the start, and then at each full minute', async () => {
    await vi.advanceTimersByTimeAsync(34_000);
    expect(rung).toEqual(['start']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(rung).toEqual(['start', 'tick']);
    await vi.advanceTimersByTimeAsync(9 * minuteMs);
    expect(rung).toEqual(['start', ...Array.from({ length: 10 }, () => 'tick')]);
  });

  it('wake the laptop at no other moment', async () => {
    const moments = new Set<number>();
    for (let next = 0; next < 20; next += 1) {
      await vi.advanceTimersToNextTimerAsync();
      moments.add(Math.round(Date.now() / 1000) % 60);
    }
    expect([...moments]).toEqual([0]);
  });

  it.each([
    ['ten hours', 10 * hourMs],
    ['nine days', 9 * dayMs],
    // node-cron would first go through each of the minutes that it missed
    ['twenty years', 7_300 * dayMs],
    ['two minutes', 2 * minuteMs],
    ['an hour back', -hourMs],
    ['a day back', -dayMs],
  ])('after a jump of the clock, %s, ring within little more than a minute, once, and tick again', async (_, jump) => {
    await vi.advanceTimersByTimeAsync(5_000);
    vi.setSystemTime(Date.now() + jump);
    await vi.advanceTimersByTimeAsync(1.1 * minuteMs);
    expect(rung.slice(0, 2)).toEqual(['start', 'woke']);
    expect(rung.slice(2).every((bell) => bell === 'tick')).toBe(true);
    rung.length = 0;
    await vi.advanceTimersByTimeAsync(10 * minuteMs);
    expect(rung.filter((bell) => bell === 'tick').length).toBeGreaterThanOrEqual(9);
    expect(rung).not.toContain('woke');
  });

  it('are silent once stopped', async () => {
    bells.stop();
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(rung).toEqual(['start']);
  });
});
