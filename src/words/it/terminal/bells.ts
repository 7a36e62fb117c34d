/** Italian: when a job is meant to run. */
import type { Bell } from '../../../rules/bells.ts';
import { monthNames, weekdayNames } from '../../../rules/calendar.ts';
import { at, listed, withArticle } from '../grammar.ts';

/** 'da lunedì a venerdì alle 9:00'; what has no plain words stays as it is, in quotation marks. */
export function bellWords(bell: Bell | null, expression: string): string {
  if (bell === null) return `secondo "${expression}"`;
  const days = daysWords(bell);
  if (days !== '') return `${days} ${timesWords(bell)}`;
  return bell.times.kind === 'clock' ? `ogni giorno ${timesWords(bell)}` : timesWords(bell);
}

function timesWords({ times }: Bell): string {
  if (times.kind === 'every') return times.minutes === 1 ? 'ogni minuto' : `ogni ${times.minutes} minuti`;
  if (times.kind === 'clock') return listed(times.at.map(at));
  return `${times.minutes.length > 1 ? 'ai minuti' : 'al minuto'} ${listed(times.minutes.map(String))} di ogni ora`;
}

function daysWords({ days, weekdays, isSpan, months }: Bell): string {
  const name = (day: number | undefined) => weekdayNames.it[day ?? 0] as string;
  const span = isSpan ? `da ${name(weekdays[0])} a ${name(weekdays.at(-1))}` : '';
  const parts = [
    ...(days.length === 0 ? [] : [`${listed(days.map((day) => withArticle('il', String(day))))} del mese`]),
    ...(weekdays.length === 0 ? [] : [span || `ogni ${listed(weekdays.map(name))}`]),
  ];
  const said = parts.join(' e ');
  if (months.length === 0) return said;
  return `${said === '' ? 'ogni giorno' : said} a ${listed(months.map((month) => monthNames.it[month - 1] as string))}`;
}
