/** A cron expression as a person would say it, as a value: at what times, on which days. Rings nothing, says nothing. */
import { monthNames, weekdayNames } from './calendar.ts';
import { clockFace } from './contact-hours.ts';

export interface Bell {
  times:
    | { kind: 'every'; minutes: number }
    /** so many minutes after each full hour */
    | { kind: 'hourly'; minutes: number[] }
    /** '09:00' */
    | { kind: 'clock'; at: string[] };
  /** of the month; none: all */
  days: number[];
  /** Monday is 0; none: all */
  weekdays: number[];
  /** the weekdays are one span, from the first to the last */
  isSpan: boolean;
  /** January is 1; none: all */
  months: number[];
}

// cron counts its weekdays from Sunday, by English names
const weekdays = [...weekdayNames.en.slice(6), ...weekdayNames.en.slice(0, 6)];

/** '0 9 * * 1-5' -> Monday to Friday at 09:00; null for what has no plain words. */
export function readBell(expression: string): Bell | null {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = expression.trim().toLowerCase().split(/\s+/);
  const times = timesOf(minute, hour);
  const days = day === '*' ? [] : numbers(day, 1, 31, []);
  const months = month === '*' ? [] : numbers(month, 1, 12, monthNames.en, 1);
  const on = weekday === '*' ? [] : numbers(weekday, 0, 7, weekdays, 0);
  if (times === null || days === null || months === null || on === null) return null;
  const isSpan = weekday.includes('-') && !weekday.includes(',');
  return { times, days, months, weekdays: on.map((one) => (one + 6) % 7), isSpan };
}

function timesOf(minute: string, hour: string): Bell['times'] | null {
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (hour === '*' && minute === '*') return { kind: 'every', minutes: 1 };
  if (hour === '*' && step !== undefined) return { kind: 'every', minutes: Number(step) };
  const minutes = numbers(minute, 0, 59, []);
  if (minutes === null) return null;
  if (hour === '*') return { kind: 'hourly', minutes };
  const hours = numbers(hour, 0, 23, []);
  if (hours === null || hours.length * minutes.length > 6) return null;
  return { kind: 'clock', at: hours.flatMap((h) => minutes.map((m) => clockFace(h * 60 + m))) };
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
