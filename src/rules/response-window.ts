/**
 * The response window: when an answer is due, when the owner is warned, and what counts as the answer.
 * Finds no messages and sends no warning; it is given facts and `now`, and answers with moments.
 */
import type { ContactHours } from './contact-hours.ts';
import { lastOpenMinuteBefore, nextOpening, nextWorkingDay } from './contact-hours.ts';
import type { Instant, LocalDay } from './time.ts';
import { addDays, at, dayMs, hourMs, minuteMs, plus, wallClock } from './time.ts';

export interface ResponseWindow {
  /** positive; 72 by default */
  hours: number;
  /** `elapsed`: all hours count. `working-days`: only those of working days, all 24 of each. */
  count: 'elapsed' | 'working-days';
}

/**
 * When the answer to a message is due: always in contact hours.
 * - `elapsed`: the given hours after it was received, or the next opening when that is closed. Never earlier.
 * - `working-days`: the time of day is kept, so 72 hours are three working days; a message on another day counts
 *   from the start of the next working day. A clock change in between shifts it by its hour, as the wall clock does.
 * @param openedAt receipt of the first client message that is not yet answered
 * @throws NoOpeningError when nothing opens within 400 days
 */
export function dueAt(window: ResponseWindow, contactHours: ContactHours, openedAt: Instant): Instant {
  const ends =
    window.count === 'elapsed'
      ? plus(openedAt, window.hours * hourMs)
      : plusWorkingHours(contactHours, openedAt, window.hours);
  return nextOpening(contactHours, ends);
}

/** Runs the wall clock on working days only. */
function plusWorkingHours(contactHours: ContactHours, from: Instant, hours: number): Instant {
  const zone = contactHours.timeZone;
  const wall = wallClock(from, zone);
  const day = nextWorkingDay(contactHours, wall.day);
  const inDay = day === wall.day ? wall.minute * minuteMs + wall.second * 1000 + (from % 1000) : 0;
  const total = inDay + hours * hourMs;
  const wholeDays = Math.floor(total / dayMs);
  const rest = total - wholeDays * dayMs;
  const last = plusWorkingDays(contactHours, day, wholeDays);
  const minute = Math.floor(rest / minuteMs);
  return plus(at(last, minute, zone), rest - minute * minuteMs);
}

function plusWorkingDays(contactHours: ContactHours, from: LocalDay, count: number): LocalDay {
  let day = from;
  for (let passed = 0; passed < count; passed += 1) day = nextWorkingDay(contactHours, addDays(day, 1));
  return day;
}

// ---- warnings ------------------------------------------------------------------------------------------------------

export const warningKeys = ['24h', '4h', 'missed'] as const;
export type WarningKey = (typeof warningKeys)[number];

export interface Warning {
  key: WarningKey;
  /** the moment it was meant for, which may be past when the laptop slept */
  at: Instant;
}

/** An open, unanswered window, and what the owner has been told about it. */
export interface WarningState {
  dueAt: Instant;
  /** keys of warnings already given */
  warned: readonly string[];
  /** the owner was told that it was missed */
  missed: boolean;
}

const hoursBefore: Record<Exclude<WarningKey, 'missed'>, number> = { '24h': 24, '4h': 4 };

/**
 * What the owner should be told now: at most one warning, the most urgent; an earlier one that was overtaken (by a
 * sleep, or by a weekend that puts two on the same minute) is never given afterwards.
 *
 * A warning is meant for 24 and 4 hours before the deadline. When that is closed it moves forward to the next
 * opening; when this would be the deadline itself or later, back to the last open minute before the deadline: with
 * a deadline on Monday at nine, Friday at 17:59. `missed` is due at the deadline.
 */
export function warningsDue(window: WarningState, contactHours: ContactHours, now: Instant): Warning[] {
  const due = warningsAhead(window, contactHours).findLast((warning) => warning.at <= now);
  return due === undefined ? [] : [due];
}

/** When {@link warningsDue} will next have something to say (past when it has already); null when never again. */
export function nextWarningAt(window: WarningState, contactHours: ContactHours): Instant | null {
  return warningsAhead(window, contactHours)[0]?.at ?? null;
}

/** What is still to come, in order of urgency and of time. */
function warningsAhead(window: WarningState, contactHours: ContactHours): Warning[] {
  if (window.missed) return [];
  const given = Math.max(...window.warned.map((key) => warningKeys.indexOf(key as WarningKey)), -1);
  return warningKeys.slice(given + 1).map((key) => ({
    key,
    at: key === 'missed' ? window.dueAt : warningAt(window.dueAt, hoursBefore[key], contactHours),
  }));
}

function warningAt(deadline: Instant, hours: number, contactHours: ContactHours): Instant {
  const wanted = plus(deadline, -hours * hourMs);
  const opening = nextOpening(contactHours, wanted);
  if (opening < deadline) return opening;
  return lastOpenMinuteBefore(contactHours, deadline) ?? wanted;
}

/** What showed that a window was answered. */
export type EvidenceKind = 'thread' | 'subject' | 'flag' | 'owner';
