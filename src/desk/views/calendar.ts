/** Days as the owner's hours have them: open with which blocks, or closed by which holiday or closure. Pure facts, no words. */
import { type ContactHours, formatBlock } from '../../rules/contact-hours.ts';
import { addDays, type LocalDay, weekdayOf } from '../../rules/time.ts';

export interface CalendarDay {
  day: LocalDay;
  state: 'open' | 'closed' | 'holiday' | 'closure';
  /** the name of the holiday, or the note of the closure; '' otherwise */
  note: string;
  /** 'HH:MM-HH:MM' */
  blocks: string[];
}

/** So many days from the first one on. */
export function calendarDays(hours: ContactHours, first: LocalDay, amount: number): CalendarDay[] {
  return Array.from({ length: amount }, (_, index) => calendarDay(hours, addDays(first, index)));
}

function calendarDay(hours: ContactHours, day: LocalDay): CalendarDay {
  const closure = hours.closures.find(({ from, to }) => from <= day && day <= to);
  if (closure !== undefined) return { day, state: 'closure', note: closure.note, blocks: [] };
  const holiday = hours.holiday(day);
  if (holiday !== undefined) return { day, state: 'holiday', note: holiday, blocks: [] };
  const blocks = hours.week[weekdayOf(day)].map(formatBlock);
  return { day, state: blocks.length === 0 ? 'closed' : 'open', note: '', blocks };
}
