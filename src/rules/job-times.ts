/** When a job was meant to run, by its cron expression in the owner's zone. Rings no bell: it only says what is due. */
import { Cron } from 'croner';
import type { ContactHours } from './contact-hours.ts';
import { nextWorkingOpening } from './contact-hours.ts';
import { at, dayOf, type Instant, type TimeZone } from './time.ts';

export const jobNames = ['receive', 'judge', 'dun', 'deliver', 'file'] as const;
export type JobName = (typeof jobNames)[number];
export type JobTimes = Record<JobName, string>;

/** Judging follows receiving and filing follows delivering, in the same pass; both also have a bell of their own. */
export const defaultJobTimes: JobTimes = {
  receive: '*/5 * * * *',
  judge: '*/5 * * * *',
  dun: '0 9 * * *',
  deliver: '* * * * *',
  file: '*/5 * * * *',
};

const parsed = new Map<string, Cron>();

function cronOf(expression: string, zone: TimeZone): Cron {
  const key = `${zone} ${expression}`;
  let cron = parsed.get(key);
  if (cron === undefined) {
    cron = new Cron(expression, { timezone: zone, paused: true, mode: '5-part' });
    parsed.set(key, cron);
  }
  return cron;
}

/** @throws when the text is no cron expression of five fields, saying what is wrong with it */
export function checkJobTime(expression: string): void {
  if (cronOf(expression, 'UTC').nextRun(new Date(0)) === null) throw new Error('it never rings');
}

/** The first moment after `from` at which the expression rings on the zone's wall clock; undefined: never. */
export function nextRing(expression: string, zone: TimeZone, from: Instant): Instant | undefined {
  return cronOf(expression, zone).nextRun(new Date(from))?.getTime() as Instant | undefined;
}

/** When a job rings: its cron expression, on the wall clock of the zone. */
export interface Bell {
  expression: string;
  zone: TimeZone;
}

/**
 * Whether a letter that waits for the day of its opening misses it: the job rings that day when the studio has closed, or
 * on another day. Then it is written before, dated to the opening; a bell that never rings in hours would silence it for
 * ever. Without a bell the job looks in time.
 */
export function missesOpening(bell: Bell | undefined, opening: Instant, hours: ContactHours): boolean {
  if (bell === undefined) return false;
  const day = dayOf(opening, hours.timeZone);
  const next = nextRing(bell.expression, bell.zone, (at(day, 0, hours.timeZone) - 1) as Instant);
  return next === undefined || dayOf(nextWorkingOpening(hours, next), hours.timeZone) > day;
}

/**
 * Whether the job's time came since it last ran. Several missed times are one. A last run in the future means that
 * the clock was set back: then it is due, for waiting would deafen the daemon.
 */
export function isDue(expression: string, zone: TimeZone, lastRunAt: Instant | undefined, now: Instant): boolean {
  if (lastRunAt === undefined || lastRunAt > now) return true;
  const next = nextRing(expression, zone, lastRunAt);
  return next !== undefined && next <= now;
}
