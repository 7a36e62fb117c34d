/** A cron expression in words, for a person who wants to know when a job is meant to run. Rings nothing. */

import { monthNames, weekdayNames } from './calendar.ts';

// cron counts its weekdays from Sunday
const weekdays = [...weekdayNames.en.slice(6), ...weekdayNames.en.slice(0, 6)];
const months = monthNames.en;

/** '0 9 * * 1-5' -> 'Monday to Friday at 09:00'; what has no plain words stays as it is, in quotation marks. */
export function bellInWords(expression: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = expression.trim().toLowerCase().split(/\s+/);
  const times = timesInWords(minute, hour);
  const days = daysInWords(day, month, weekday);
  if (times === null || days === null) return `by "${expression}"`;
  if (days === '') return times.startsWith('at ') && hour !== '*' ? `every day ${times}` : times;
  return `${days} ${times}`;
}

function timesInWords(minute: string, hour: string): string | null {
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (hour === '*' && minute === '*') return 'every minute';
  if (hour === '*' && step !== undefined) return step === '1' ? 'every minute' : `every ${step} minutes`;
  const minutes = numbers(minute, 0, 59, []);
  if (minutes === null) return null;
  if (hour === '*')
    return `at ${minutes.length > 1 ? 'minutes' : 'minute'} ${listed(minutes.map(String))} of every hour`;
  const hours = numbers(hour, 0, 23, []);
  if (hours === null || hours.length * minutes.length > 6) return null;
  return `at ${listed(hours.flatMap((h) => minutes.map((m) => `${two(h)}:${two(m)}`)))}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** '' for every day; null without plain words. */
function daysInWords(day: string, month: string, weekday: string): string | null {
  const days = day === '*' ? [] : numbers(day, 1, 31, []);
  const inMonths = month === '*' ? [] : numbers(month, 1, 12, months, 1);
  const on = weekday === '*' ? [] : numbers(weekday, 0, 7, weekdays, 0);
  if (days === null || inMonths === null || on === null) return null;
  const parts = [
    ...(days.length === 0 ? [] : [`on day ${listed(days.map(String))} of the month`]),
    ...(on.length === 0 ? [] : [weekdayWords(weekday, on)]),
  ];
  const said = parts.join(' and ');
  if (inMonths.length === 0) return said;
  return `${said === '' ? 'every day' : said} in ${listed(inMonths.map((one) => months[one - 1] as string))}`;
}

function weekdayWords(field: string, on: readonly number[]): string {
  const name = (one: number) => weekdays[one % 7] as string;
  if (field.includes('-') && !field.includes(',')) return `${name(on[0] as number)} to ${name(on.at(-1) as number)}`;
  return `on ${listed(on.map((one) => `${name(one)}s`))}`;
}

/** '1-3,5' -> 1, 2, 3, 5; names by their first three letters. Null for any other notation. */
function numbers(field: string, least: number, most: number, names: readonly string[], first = 0): number[] | null {
  const valueOf = (text: string) => {
    const named = names.findIndex((name) => name.slice(0, 3).toLowerCase() === text);
    return named >= 0 ? named + first : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  };
  const found = field.split(',').flatMap((part) => {
    const [from = Number.NaN, to = from] = part.split('-').map(valueOf);
    if (!(from >= least && to <= most && from <= to)) return [Number.NaN];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return found.some(Number.isNaN) ? null : found;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
