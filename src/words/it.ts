/**
 * Italian: what the program says to its owner, whom it addresses as `tu`. One entry for each reason that a rule can give;
 * no rule of its own.
 */
import type { LocalDay } from '../rules/time.ts';
import { dayParts, sharedParts, weekdayName } from './calendar.ts';
import type { Words } from './voice.ts';

export const it: Words = {
  locale: 'it-IT',
  months: [
    'gennaio',
    'febbraio',
    'marzo',
    'aprile',
    'maggio',
    'giugno',
    'luglio',
    'agosto',
    'settembre',
    'ottobre',
    'novembre',
    'dicembre',
  ],
  weekdays: ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'],
  reasons: {
    'as-written': ({ text }) => text,
    'closed-weekday': ({ weekday }, words) => weekdayName(weekday, words),
    'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
    'in-closure': ({ from, to, note }) => noted(closedWords(from, to), note),
    'before-opening': ({ at, opensAt }) => `${at}, prima dell’apertura ${of(opensAt)}`,
    'between-hours': ({ at, closedAt, opensAt }) => `${at}, tra ${the(closedAt)} e ${the(opensAt)}`,
    'after-closing': ({ at, closedAt }) => `${at}, dopo la chiusura ${of(closedAt)}`,
  },
};

function closedWords(from: LocalDay, to: LocalDay): string {
  const last = dayWords(to, 'year');
  if (from === to) return `chiuso ${withArticle('il', last)}`;
  return `chiuso ${withArticle('dal', dayWords(from, sharedParts(from, to)))} ${withArticle('al', last)}`;
}

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}: ${note}`;
}

/** '25', '25 aprile', '1º maggio 2026' */
function dayWords(day: LocalDay, upTo: 'day' | 'month' | 'year'): string {
  const [date, ...rest] = dayParts(day, it, upTo);
  return [date === '1' ? '1º' : date, ...rest].join(' ');
}

const elided = { il: 'l’', dal: 'dall’', al: 'all’' };

/** Eight and eleven begin with a vowel: `dall’8`, `l’11`. */
function withArticle(article: keyof typeof elided, day: string): string {
  return /^(?:8|11)(?!\d)/.test(day) ? `${elided[article]}${day}` : `${article} ${day}`;
}

/** One o’clock stands in the singular: `l’1:00`, `le 9:00`. */
function the(clock: string): string {
  return isOne(clock) ? `l’${clock}` : `le ${clock}`;
}

function of(clock: string): string {
  return isOne(clock) ? `dell’${clock}` : `delle ${clock}`;
}

function isOne(clock: string): boolean {
  return /^0?1:/.test(clock);
}
