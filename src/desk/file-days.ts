/**
 * Days as files write them: 2026-10-30, 30/10/2026, 30.10.26, 30 Oct 2026. Whether the day or the month comes first is decided once
 * for a whole file, from what is plain in it or from the owner's word; what can be read in two ways is refused.
 */
import { monthNames } from '../rules/calendar.ts';
import type { DayOrder } from '../rules/day-order.ts';
import { type LocalDay, localDay } from '../rules/time.ts';

const slashed = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})$/;
/** With dots the day comes first, wherever it is written so. */
const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/;
/** A day with the midnight that programs put behind it. */
const withMidnight = /^(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?Z?$/;

/**
 * @param cells every cell of the file that holds a day
 * @returns the order that some of them show (one above 12 is no month); null when none does; 'mixed' when they differ
 */
export function orderIn(cells: readonly string[]): DayOrder | 'mixed' | null {
  const found = new Set(
    cells.flatMap((cell): DayOrder[] => {
      const [, one = '0', , two = '0'] = slashed.exec(cell.trim()) ?? [];
      return Number(one) > 12 ? ['dmy'] : Number(two) > 12 ? ['mdy'] : [];
    }),
  );
  if (found.size > 1) return 'mixed';
  return [...found][0] ?? null;
}

/** @throws RangeError for what is no day, or can be read in two ways */
export function readFileDay(cell: string, order: DayOrder | 'mixed' | null): LocalDay {
  const text = cell.trim();
  const named = namedDay(text);
  if (named !== null) return dayFrom(text, named.year, named.month, named.date);
  const dots = dotted.exec(text);
  if (dots !== null) return dayFrom(text, dots[3] as string, dots[2] as string, dots[1] as string);
  const [, one, , two, year] = slashed.exec(text) ?? [];
  if (one === undefined || two === undefined || year === undefined)
    return dayFrom(text, ...((withMidnight.exec(text)?.[1] ?? text).split('-') as [string, string, string]));
  if (order === 'dmy') return dayFrom(text, year, two, one);
  if (order === 'mdy') return dayFrom(text, year, one, two);
  // a day that is its own month is the same either way
  if (Number(one) === Number(two)) return dayFrom(text, year, one, two);
  const why =
    order === 'mixed' ? 'and other days of the file are written in both' : 'and no other day of the file shows which';
  throw new RangeError(
    `"${text}" can be read with the day or the month first, ${why}; write it as YYYY-MM-DD, or say --dates dmy (or mdy)`,
  );
}

const dayThenMonth = /^(\d{1,2})(?:st|nd|rd|th|º|°)?[.\s/-]+(\p{L}{3,10})\.?[,\s/-]+(\d{4}|\d{2})$/u;
const monthThenDay = /^(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u;

/** A month in words leaves no doubt: '5 Oct 2026', '05-ott-26', 'Oct 5, 2026'. */
function namedDay(text: string): { year: string; month: string; date: string } | null {
  const [, date, word, year] = dayThenMonth.exec(text) ?? [];
  if (date !== undefined && word !== undefined && year !== undefined) return withMonth(word, date, year);
  const [, first, second, last] = monthThenDay.exec(text) ?? [];
  return first === undefined || second === undefined || last === undefined ? null : withMonth(first, second, last);
}

function withMonth(word: string, date: string, year: string): { year: string; month: string; date: string } | null {
  const start = word.toLowerCase();
  const found = Object.values(monthNames).map((names) =>
    names.findIndex((name) => name.toLowerCase().startsWith(start)),
  );
  const month = found.find((index) => index >= 0);
  return month === undefined ? null : { year, month: String(month + 1), date };
}

function dayFrom(text: string, year = '', month = '', date = ''): LocalDay {
  const full = year.length === 2 ? `20${year}` : year;
  try {
    return localDay(`${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  } catch {
    throw new RangeError(`"${text}" is not a day; write it as YYYY-MM-DD`);
  }
}
