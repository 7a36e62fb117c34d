/** What waits for the owner, on the desktop: gathered, once, in her hours, and only what asks something of her. */
import { describe, expect, it } from 'vitest';
import { announcement } from '../../src/jobs/announce.ts';
import type { Settings } from '../../src/rules/settings.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { HandClock } from '../../src/clock.ts';
import { instant } from '../../src/rules/time.ts';
import { notice } from '../../src/store/notices.ts';
import { memoryStore } from '../store/make.ts';
import { toldAsWritten } from '../../src/rules/told.ts';

const settings = {
  owner: { timeZone: 'Europe/Rome', language: 'en' },
  hours: {
    timeZone: 'Europe/Rome',
    week: parseWeek({ mon: ['09:00-18:00'], tue: ['09:00-18:00'] }),
    closures: [],
    holiday: () => undefined,
  },
} as unknown as Settings;

function studio() {
  const store = memoryStore();
  const clock = new HandClock(instant('2026-11-23T10:00:00+01:00'));
  return {
    clock,
    look: () => announcement({ store, clock, settings }),
    tell: (key: string, next = 'paletti doctor') =>
      store.write(clock.now(), (w) => notice(w, key, toldAsWritten(`What ${key} says.`, next))),
  };
}

describe('on the desktop', () => {
  it('is nothing when nothing waits', () => {
    expect(studio().look()).toBeNull();
  });

  it('is one word for all that is new, and each matter once', () => {
    const { look, tell } = studio();
    tell('a');
    tell('b');
    expect(look()).toEqual({ title: 'Paletti: 2 things wait for you', body: 'What a says.' });
    expect(look()).toBeNull();
    tell('c');
    expect(look()).toEqual({ title: 'Paletti: 1 thing waits for you', body: 'What c says.' });
  });

  it('is not of what asks nothing of her', () => {
    const { look, tell } = studio();
    tell('a', '');
    expect(look()).toBeNull();
    tell('b');
    expect(look()?.title).toContain('1 thing waits');
  });

  it('waits for her hours', () => {
    const { clock, look, tell } = studio();
    clock.set(instant('2026-11-23T22:00:00+01:00'));
    tell('a');
    expect(look()).toBeNull();
    clock.set(instant('2026-11-24T09:00:00+01:00'));
    expect(look()?.body).toBe('What a says.');
  });
});
