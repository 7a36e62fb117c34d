/** Reads what the week's sheet is made of (rules/week): every client but those whose work has ended. Writes nothing. */
import { needsApproval } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import type { Instant } from '../rules/time.ts';
import { type Week, weekBegins, weekOf } from '../rules/week.ts';
import { clientRecords, periodStart } from './client-facts.ts';
import type { Reader } from './database.ts';
import { listLetters } from './outbox.ts';
import { signLines } from './sign-lines.ts';

/** Habits are counted over a year, as the report counts them. */
const periodDays = 365;

export function readWeek(r: Reader, settings: Settings, now: Instant): Week {
  const zone = settings.owner.timeZone;
  const { day: from, at: since } = weekBegins(now, zone);
  const records = clientRecords(r, settings, { now, since: periodStart(now, periodDays) });
  return weekOf(
    records.filter(({ client }) => client.workState !== 'ended'),
    { lines: signLines(r), waiting: listLetters(r, { states: ['held'] }).filter(needsApproval) },
    { from, since, now, zone },
  );
}
