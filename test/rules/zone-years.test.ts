/** The years of a zone that were worked out once: they say what the zone rules say, and Intl is not asked again. */
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, vi } from 'vitest';
import { dayMs, hourMs, type Instant, learnZone, offsetMs, zoneYears } from '../../src/rules/time.ts';

const zones = [
  'Europe/Rome',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Sao_Paulo',
  'UTC',
];
const [first, last] = [2016, 2019] as const;
const exactly = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;

/** Every half day of the years and of the days beside them, and the seconds around each change. */
function momentsOf(zone: string, from: number, to: number): number[] {
  const halves = Array.from(
    { length: (to + 2 - (from - 2)) * 2 },
    (_, index) => (from - 2) * dayMs + index * 12 * hourMs,
  );
  const changes = zoneYears(zone, first, last).changes.flatMap(({ at }) => [at - 1000, at - 1, at, at + 1000]);
  return [...halves, ...changes];
}

describe('learned years', () => {
  it.each(zones)('of %s say what Temporal says, to the second, and before and after them too', (zone) => {
    const years = JSON.parse(JSON.stringify(zoneYears(zone, first, last)));
    learnZone(years);
    for (const ms of momentsOf(zone, years.from, years.to)) {
      const moment = new Date(ms).toISOString();
      expect([moment, offsetMs(ms as Instant, zone)]).toEqual([moment, exactly(ms, zone)]);
    }
  });

  it('hold the day that Samoa left out', () => {
    const { changes } = zoneYears('Pacific/Apia', 2011, 2011);
    expect(changes.at(-1)).toEqual({ at: Date.parse('2011-12-30T10:00:00Z'), offsetMs: 14 * hourMs });
  });

  it('need no Intl, and refuse what is no moment', () => {
    learnZone(zoneYears('Europe/Madrid', first, last));
    const asked = vi.spyOn(Intl, 'DateTimeFormat');
    expect(offsetMs(Date.parse('2018-07-01T00:00:00Z') as Instant, 'Europe/Madrid')).toBe(2 * hourMs);
    expect(asked).not.toHaveBeenCalled();
    expect(() => offsetMs(Number.NaN as Instant, 'Europe/Madrid')).toThrow(RangeError);
  });

  it('are those of a zone that there is', () => {
    expect(() => zoneYears('Europe/Nowhere', first, last)).toThrow(RangeError);
  });
});
