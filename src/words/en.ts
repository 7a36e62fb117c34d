/** English: what the program says to its owner. One entry for each reason that a rule can give; no rule of its own. */
import type { LocalDay } from '../rules/time.ts';
import { dayParts, sharedParts, weekdayName } from './calendar.ts';
import type { Words } from './voice.ts';

export const en: Words = {
  locale: 'en-GB',
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  reasons: {
    'as-written': ({ text }) => text,
    'closed-weekday': ({ weekday }, words) => weekdayName(weekday, words),
    'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
    'in-closure': ({ from, to, note }) => noted(closedWords(from, to), note),
    'before-opening': ({ at, opensAt }) => `${at}, before opening at ${opensAt}`,
    'between-hours': ({ at, closedAt, opensAt }) => `${at}, between ${closedAt} and ${opensAt}`,
    'after-closing': ({ at, closedAt }) => `${at}, after closing at ${closedAt}`,
  },
};

function closedWords(from: LocalDay, to: LocalDay): string {
  if (from === to) return `closed on ${dayWords(to, 'year')}`;
  return `closed from ${dayWords(from, sharedParts(from, to))} to ${dayWords(to, 'year')}`;
}

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}: ${note}`;
}

/** '25', '25 April', '25 April 2026' */
function dayWords(day: LocalDay, upTo: 'day' | 'month' | 'year'): string {
  return dayParts(day, en, upTo).join(' ');
}
