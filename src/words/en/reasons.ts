/** English: every reason that a rule can give, as part of a sentence. No rule of its own. */
import type { Sentences } from '../parts/reasons.ts';
import { closedWords, dayWords, weekdayName } from './grammar.ts';

export const reasons: Sentences = {
  'as-written': ({ text }) => text,
  erased: () => '(erased)',
  'closed-weekday': ({ weekday }) => weekdayName(weekday),
  'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
  'in-closure': ({ from, to, note }) => noted(closedWords(from, to), note),
  'before-opening': ({ at, opensAt }) => `${at}, before opening at ${opensAt}`,
  'between-hours': ({ at, closedAt, opensAt }) => `${at}, between ${closedAt} and ${opensAt}`,
  'after-closing': ({ at, closedAt }) => `${at}, after closing at ${closedAt}`,
};

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}: ${note}`;
}
