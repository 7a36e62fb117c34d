/**
 * Which notices still fit: a notice is about a matter, and when the matter is over nothing need be known or decided any
 * more, whoever settled it. The one home of that for all kinds, by the key of the notice. Writes only what is over.
 */
import { needsApproval } from '../rules/letter.ts';
import { dayMs, dayOf, fromIso, type Instant, type LocalDay, type TimeZone, toIso } from '../rules/time.ts';
import { clientById } from './clients.ts';
import type { Reader, Writer } from './database.ts';
import { exitById } from './exits.ts';
import { type Notice, unseenNotices } from './notices.ts';
import { letterById } from './outbox.ts';
import { pausedNow } from './pause.ts';
import { requestById } from './requests.ts';
import { windowById } from './windows.ts';

interface Matter {
  /** the parts of the key after the first: numbers, days, words */
  parts: readonly string[];
  notice: Notice;
  now: Instant;
  today: LocalDay;
}

type Fits = (r: Reader, matter: Matter) => boolean;

/** What a warning about the long gap says holds for some days. */
const gapMs = 4 * dayMs;

/** By the first part of the key. A kind that is not here fits until it is seen. */
const fitting: Record<string, Fits> = {
  approve: (r, { parts }) => {
    const letter = letterById(r, idIn(parts));
    return letter !== undefined && needsApproval(letter);
  },
  unsure: (r, { parts }) => letterById(r, idIn(parts))?.state === 'unsure',
  failed: (r, { parts }) => letterById(r, idIn(parts))?.state === 'failed',
  window: (r, { parts, now }) => {
    const window = windowById(r, idIn(parts));
    return window?.state === 'open' && (parts[1] === 'missed' || now < window.dueAt);
  },
  request: (r, { parts }) => {
    const state = requestById(r, idIn(parts))?.state;
    return parts[1] === undefined ? state === 'proposed' : state === 'proposed' || state === 'open';
  },
  exit: (r, { parts }) => {
    const exit = exitById(r, idIn(parts));
    const [, state] = parts;
    if (exit === undefined) return false;
    if (state === 'proposed') return exit.notedState === 'proposed' && exit.coolingFrom === null;
    return state === 'cooling' || state === 'checklist' || state === 'approved' ? exit.notedState === state : true;
  },
  'exit-cooling': (r, { parts, today }) => exitById(r, idIn(parts))?.notedState === 'cooling' && parts[1] === today,
  'no-address': (r, { parts, notice }) =>
    clientById(r, idIn(parts))?.addresses.length === 0 || notice.text.includes('your own address'),
  cap: (_, { parts, today }) => parts[1] === today,
  'payments-stale': (_, { parts, today }) => parts[0] === today,
  'received-ahead': (_, { parts, today }) => parts[1] === today,
  gap: (_, { parts, now }) => now - fromIso(parts[0] ?? toIso(now)) < gapMs,
  'foreign-letter': isPaused,
  'older-database': isPaused,
  'another-paletti': isPaused,
};

function isPaused(r: Reader, { now }: Matter): boolean {
  return pausedNow(r, now) !== null;
}

function idIn(parts: readonly string[]): number {
  return Number(parts[0]);
}

/** Not yet seen, and still so at `now`; oldest first. @param zone the owner's: a day of hers ends at its midnight */
export function standingNotices(r: Reader, now: Instant, zone: TimeZone): Notice[] {
  const today = dayOf(now, zone);
  return unseenNotices(r).filter((notice) => {
    const [kind = '', ...parts] = notice.key.split('/');
    return fitting[kind]?.(r, { parts, notice, now, today }) ?? true;
  });
}

/** Marks as seen what nobody need look at any more. @returns how many */
export function closeOvertaken(w: Writer, zone: TimeZone): number {
  const standing = new Set(standingNotices(w, w.now, zone).map(({ id }) => id));
  const over = unseenNotices(w).filter(({ id }) => !standing.has(id));
  for (const { id } of over) w.run('UPDATE notices SET seen_at = ? WHERE id = ?', toIso(w.now), id);
  return over.length;
}
