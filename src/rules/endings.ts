/**
 * Passwords, sign-ins and certificates that end on a day: two weeks before, two days before and afterwards the owner hears of
 * it. Knows no secret, only the day.
 */
import { daysBetween, type LocalDay } from './time.ts';

export interface Ending {
  mailbox: string;
  what: 'password' | 'sign-in' | 'certificate';
  /** who it is of: the provider of a sign-in, the file of a certificate; '' for a password */
  of: string;
  on: LocalDay;
}

const fortnight = 14;
const lastDays = 2;

/** A notice for each stage; null: it is far away, or said elsewhere (a sign-in that has ended is asked for). */
export function stageOf({ what, on }: Ending, today: LocalDay): 'fortnight' | 'days' | 'ended' | null {
  const left = daysBetween(today, on);
  if (left > fortnight) return null;
  if (left > lastDays) return 'fortnight';
  if (left >= 0) return 'days';
  return what === 'sign-in' ? null : 'ended';
}
