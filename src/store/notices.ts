/** What the owner has to know or decide: one row for each matter, shown until seen. Tells nobody by itself. */
import type { Instant } from '../rules/time.ts';
import { fromIso, toIso } from '../rules/time.ts';
import type { Told } from '../rules/told.ts';
import type { Reader, Writer } from './database.ts';
import { Table } from './table.ts';

export interface Notice {
  id: number;
  /** one matter, one key: a second notice with it changes nothing */
  key: string;
  at: Instant;
  told: Told;
  /** how often the matter has come up since it was last seen */
  times: number;
  seenAt: Instant | null;
}

const notices = new Table<Notice>('notices', {
  id: 'plain',
  key: 'plain',
  at: 'instant',
  told: 'json',
  times: 'plain',
  seenAt: 'instant',
});

export type NewNotice = Pick<Notice, 'key' | 'told'>;

/** @returns true when the matter is new; on a copy that nobody looks back at, always */
export function notice(w: Writer, key: string, said: Told): boolean {
  if (w.isTrial) return true;
  const { changes } = w.run(
    'INSERT INTO notices (key, at, told) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING',
    key,
    toIso(w.now),
    JSON.stringify(said),
  );
  return changes === 1;
}

/**
 * A matter that comes up again and again is one notice, which says what is known by now. One that was seen is shown
 * again when the matter comes up after `restMs`, and counts anew.
 * @param tell is told how often it has come up
 */
export function noticeAgain(w: Writer, key: string, tell: (times: number) => Told, restMs: number): void {
  if (w.isTrial) return;
  const known = notices.one(w, 'WHERE key = ?', key);
  if (known !== undefined && known.seenAt !== null && w.now - known.seenAt < restMs) return;
  const times = known === undefined || known.seenAt !== null ? 1 : known.times + 1;
  const at = known === undefined || known.seenAt !== null ? w.now : known.at;
  w.run(
    `INSERT INTO notices (key, at, told, times) VALUES (@key, @at, @told, @times)
     ON CONFLICT (key) DO UPDATE SET at = @at, told = @told, times = @times, seen_at = NULL`,
    { key, at: toIso(at), times, told: JSON.stringify(tell(times)) },
  );
}

/**
 * What still waits for her is said again, seen or not, and not before so long a time has passed since it was last said.
 * @returns whether it was said now
 */
export function sayAgain(w: Writer, { key, told }: NewNotice, everyMs: number): boolean {
  if (w.isTrial) return false;
  const known = w.get<{ said: string; times: number }>(
    'SELECT coalesce(said_at, at) AS said, times FROM notices WHERE key = ?',
    key,
  );
  if (known !== undefined && w.now - fromIso(known.said) < everyMs) return false;
  w.run(
    `INSERT INTO notices (key, at, told, times, said_at) VALUES (@key, @now, @told, 1, @now)
     ON CONFLICT (key) DO UPDATE SET told = @told, times = times + 1, said_at = @now, seen_at = NULL`,
    { key, told: JSON.stringify(told), now: toIso(w.now) },
  );
  return true;
}

/** Oldest first. */
export function unseenNotices(r: Reader): Notice[] {
  return notices.many(r, 'WHERE seen_at IS NULL ORDER BY at, id');
}

export function markSeen(w: Writer, which: number | 'all'): void {
  const now = toIso(w.now);
  if (which === 'all') w.run('UPDATE notices SET seen_at = ? WHERE seen_at IS NULL', now);
  else w.run('UPDATE notices SET seen_at = ? WHERE id = ? AND seen_at IS NULL', now, which);
}

/** The matter is settled: its notice, and those below it (`approve/3`, `approve/3/…`), need no look any more. */
export function settleNotices(w: Writer, key: string): void {
  if (w.isTrial) return;
  // '0' follows '/': the keys below it are a stretch of the index
  const sql = `UPDATE notices SET seen_at = @now WHERE seen_at IS NULL
    AND id IN (SELECT id FROM notices WHERE key = @key UNION ALL
      SELECT id FROM notices WHERE key >= @key || '/' AND key < @key || '0')`;
  w.run(sql, { now: toIso(w.now), key });
}
