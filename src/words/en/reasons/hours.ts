/** English: why the studio is closed. */
import type { ClosedReason, NoOpening } from '../../../rules/contact-hours.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { closedWords, dayWords, weekdayName } from '../grammar.ts';

export const hours: SentencesOf<ClosedReason | NoOpening> = {
  'closed-weekday': ({ weekday }) => weekdayName(weekday),
  'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
  'in-closure': ({ from, to, note }) => (note === '' ? closedWords(from, to) : `${closedWords(from, to)}: ${note}`),
  'before-opening': ({ at, opensAt }) => `${at}, before opening at ${opensAt}`,
  'between-hours': ({ at, closedAt, opensAt }) => `${at}, between ${closedAt} and ${opensAt}`,
  'after-closing': ({ at, closedAt }) => `${at}, after closing at ${closedAt}`,
  'no-opening': ({ days, from }) =>
    `no contact hours within ${days} days of ${dayWords(from, 'year')}; look at the week and the closures`,
};
