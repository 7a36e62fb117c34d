/** The parts of a day by the names of a language. Which of them a sentence needs, and in which order, is the language's. */
import type { LocalDay } from '../rules/time.ts';

export type UpTo = 'day' | 'month' | 'year';

/** '2026-04-05' -> ['5', 'April', '2026'], cut after the part that is wanted. Months: January first. */
export function dayParts(day: LocalDay, months: readonly string[], upTo: UpTo): string[] {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const parts = [String(date), months[month - 1] as string, String(year)];
  return parts.slice(0, ['day', 'month', 'year'].indexOf(upTo) + 1);
}

/** How much of the first day has to be said before the last one says month and year. */
export function sharedParts(first: LocalDay, last: LocalDay): UpTo {
  if (first.slice(0, 7) === last.slice(0, 7)) return 'day';
  return first.slice(0, 4) === last.slice(0, 4) ? 'month' : 'year';
}
