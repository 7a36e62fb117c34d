/**
 * Days as files write them: 2026-10-30, 30/10/2026, 30.10.26. Whether the day or the month comes first is decided once
 * for a whole file, from what is plain in it or from the owner's word; what can be read in two ways is refused.
 */
import { type LocalDay, localDay } from '../rules/time.ts';

export const dayOrders = ['dmy', 'mdy'] as const;
export type DayOrder = (typeof dayOrders)[number];

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

function dayFrom(text: string, year = '', month = '', date = ''): LocalDay {
  const full = year.length === 2 ? `20${year}` : year;
  try {
    return localDay(`${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  } catch {
    throw new RangeError(`"${text}" is not a day; write it as YYYY-MM-DD`);
  }
}
