/** Italian: why the studio is closed. */
import type { ClosedReason, NoOpening } from '../../../rules/contact-hours.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { closedWords, dayWords, of, since, the, weekdayName } from '../grammar.ts';

export const hours: SentencesOf<ClosedReason | NoOpening> = {
  'closed-weekday': ({ weekday }) => weekdayName(weekday),
  'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
  'in-closure': ({ from, to, note }) => (note === '' ? closedWords(from, to) : `${closedWords(from, to)}: ${note}`),
  'before-opening': ({ at, opensAt }) => `${at}, prima dell’apertura ${of(opensAt)}`,
  'between-hours': ({ at, closedAt, opensAt }) => `${at}, tra ${the(closedAt)} e ${the(opensAt)}`,
  'after-closing': ({ at, closedAt }) => `${at}, dopo la chiusura ${of(closedAt)}`,
  'no-opening': ({ days, from }) =>
    `nessun orario di contatto per ${days} giorni ${since(from)}: controlla la settimana e le chiusure`,
};
