/**
 * The key with which a calendar program may read the dates, and nothing else: made, replaced and taken back by the owner.
 * Only its digest is kept.
 */
import { sha256 } from '../rules/digest.ts';
import type { Reader } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { note } from '../store/journal.ts';
import { act, type DeskParts } from './parts.ts';

const fact = 'page/calendar-key';

/** @param key hard to guess; an earlier one lets in no more */
export function shareCalendar(desk: DeskParts, key: string): void {
  act(desk, (w) => {
    setFact(w, fact, sha256(key));
    note(w, { kind: 'calendar-shared', subject: 'settings', why: { code: 'calendar-shared' } });
  });
}

/** @returns changed: false when none was given out */
export function unshareCalendar(desk: DeskParts): { changed: boolean } {
  return act(desk, (w) => {
    const changed = isCalendarShared(w);
    if (!changed) return { changed };
    setFact(w, fact, '');
    note(w, { kind: 'calendar-unshared', subject: 'settings', why: { code: 'calendar-unshared' } });
    return { changed };
  });
}

export function isCalendarShared(r: Reader): boolean {
  return (factOf(r, fact) ?? '') !== '';
}

export function opensCalendar(r: Reader, key: string): boolean {
  return isCalendarShared(r) && key !== '' && factOf(r, fact) === sha256(key);
}
