/** English: when a job is meant to run. */
import type { Bell } from '../../../rules/bells.ts';
import { monthNames, weekdayNames } from '../../../rules/calendar.ts';
import { listed } from '../grammar.ts';

/** 'Monday to Friday at 09:00'; what has no plain words stays as it is, in quotation marks. */
export function bellWords(bell: Bell | null, expression: string): string {
  if (bell === null) return `by "${expression}"`;
  const days = daysWords(bell);
  if (days !== '') return `${days} ${timesWords(bell)}`;
  return bell.times.kind === 'clock' ? `every day ${timesWords(bell)}` : timesWords(bell);
}

function timesWords({ times }: Bell): string {
  if (times.kind === 'every') return times.minutes === 1 ? 'every minute' : `every ${times.minutes} minutes`;
  if (times.kind === 'clock') return `at ${listed(times.at)}`;
  return `at ${times.minutes.length > 1 ? 'minutes' : 'minute'} ${listed(times.minutes.map(String))} of every hour`;
}

function daysWords({ days, weekdays, isSpan, months }: Bell): string {
  const name = (day: number | undefined) => weekdayNames.en[day ?? 0] as string;
  const span = isSpan ? `${name(weekdays[0])} to ${name(weekdays.at(-1))}` : '';
  const parts = [
    ...(days.length === 0 ? [] : [`on day ${listed(days.map(String))} of the month`]),
    ...(weekdays.length === 0 ? [] : [span || `on ${listed(weekdays.map((day) => `${name(day)}s`))}`]),
  ];
  const said = parts.join(' and ');
  if (months.length === 0) return said;
  return `${said === '' ? 'every day' : said} in ${listed(months.map((month) => monthNames.en[month - 1] as string))}`;
}
