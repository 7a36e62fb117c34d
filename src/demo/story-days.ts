/**
 * The days of the demonstration: six weeks and three days, from a Monday to a Wednesday, counted from 0. They end
 * before today, so that the commands tried afterwards find a studio of the present. Reads no clock.
 */
import { addDays, at, type Instant, type LocalDay, type TimeZone, weekdayOf, weekdays } from '../rules/time.ts';

/** Monday of the first week is day 0, the last Wednesday day 44. */
export const storyDays = 45;

export interface StoryDays {
  zone: TimeZone;
  first: LocalDay;
  /** @param day 0 is the first; negative: before the story */
  day(day: number): LocalDay;
  /** @param time 'HH:MM' on the wall clock of the zone */
  moment(day: number, time: string): Instant;
}

/** The story that ends on the last Wednesday before `today`. */
export function storyDaysBefore(today: LocalDay, zone: TimeZone): StoryDays {
  const sinceWednesday = (weekdays.indexOf(weekdayOf(today)) - weekdays.indexOf('wed') + 7) % 7;
  const last = addDays(today, -(sinceWednesday === 0 ? 7 : sinceWednesday));
  const first = addDays(last, 1 - storyDays);
  return {
    zone,
    first,
    day: (day) => addDays(first, day),
    moment: (day, time) => atTime(addDays(first, day), time, zone),
  };
}

/** @param time 'HH:MM' */
export function atTime(day: LocalDay, time: string, zone: TimeZone): Instant {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  return at(day, hour * 60 + minute, zone);
}
