/** Italian: every reason that a rule can give, as part of a sentence. No rule of its own. */
import type { Sentences } from '../parts/reasons.ts';
import { closedWords, dayWords, of, the, weekdayName } from './grammar.ts';

export const reasons: Sentences = {
  'as-written': ({ text }) => text,
  erased: () => '(cancellato)',
  'closed-weekday': ({ weekday }) => weekdayName(weekday),
  'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
  'in-closure': ({ from, to, note }) => noted(closedWords(from, to), note),
  'before-opening': ({ at, opensAt }) => `${at}, prima dell’apertura ${of(opensAt)}`,
  'between-hours': ({ at, closedAt, opensAt }) => `${at}, tra ${the(closedAt)} e ${the(opensAt)}`,
  'after-closing': ({ at, closedAt }) => `${at}, dopo la chiusura ${of(closedAt)}`,
};

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}: ${note}`;
}
