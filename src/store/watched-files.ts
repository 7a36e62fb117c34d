/** Files of watched folders as they were at the last look, and whose letters wait for an answer about one. Reads no file. */
import { type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { addHold, endHold } from './holds.ts';
import { Table } from './table.ts';
import type { Reason } from '../rules/reason.ts';

export type WatchedState = 'taken' | 'asked' | 'left';

export interface WatchedFile {
  path: string;
  sizeBytes: number;
  /** by the file system, in milliseconds of the epoch */
  changedMs: number;
  sha256: string;
  state: WatchedState;
  lookedAt: Instant;
}

const files = new Table<WatchedFile>('watched_files', {
  path: 'plain',
  sizeBytes: 'plain',
  changedMs: 'plain',
  sha256: 'plain',
  state: 'plain',
  lookedAt: 'instant',
});

export function watchedFiles(r: Reader): WatchedFile[] {
  return files.many(r, 'ORDER BY path');
}

/** Whether one was asked about that was not looked at since. */
export function isAskedBefore(r: Reader, at: Instant): boolean {
  return files.one(r, "WHERE state = 'asked' AND looked_at <= ? LIMIT 1", toIso(at)) !== undefined;
}

/** As it is now; what was asked about it before is settled by it. */
export function putWatchedFile(w: Writer, file: Omit<WatchedFile, 'lookedAt'>): void {
  w.run(
    `INSERT INTO watched_files (path, size_bytes, changed_ms, sha256, state, looked_at)
     VALUES (@path, @sizeBytes, @changedMs, @sha256, @state, @lookedAt)
     ON CONFLICT (path) DO UPDATE SET size_bytes = @sizeBytes, changed_ms = @changedMs, sha256 = @sha256, state = @state,
       looked_at = @lookedAt`,
    { ...file, lookedAt: toIso(w.now) },
  );
}

/** The file is gone, and what was asked about it with it. */
export function dropWatchedFile(w: Writer, path: string, why: Reason): void {
  setFileConcerns(w, path, [], { note: why, why });
  w.run('DELETE FROM watched_files WHERE path = ?', path);
}

/** Letters about money to these clients, and to no others, wait for the answer. */
export function setFileConcerns(
  w: Writer,
  path: string,
  clientIds: readonly number[],
  words: { note: Reason; why: Reason },
): void {
  const known = w.all<{ client_id: number; hold_id: number }>(
    'SELECT client_id, hold_id FROM watched_concerns WHERE path = ?',
    path,
  );
  for (const { client_id, hold_id } of known) {
    if (clientIds.includes(client_id)) continue;
    w.run('DELETE FROM watched_concerns WHERE path = ? AND client_id = ?', path, client_id);
    endHold(w, hold_id, words.why);
  }
  for (const clientId of clientIds) {
    if (known.some((one) => one.client_id === clientId)) continue;
    const values = { scope: 'client', scopeId: clientId, reason: 'payment-question', until: null } as const;
    const hold = addHold(w, { ...values, note: words.note });
    w.run('INSERT INTO watched_concerns (path, client_id, hold_id) VALUES (?, ?, ?)', path, clientId, hold.id);
  }
}
