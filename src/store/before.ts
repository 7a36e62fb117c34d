/**
 * Client mail from before the first start to which no answer is known: shown, so that nothing is overlooked. No window is
 * opened for it and no letter is written.
 */
import { dayMs, fromIso, plus, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { messageById, type StoredMessage } from './messages.ts';

/** Older ones are not worth a line: whoever waited so long has asked again. */
const beforeDays = 14;

/** Of people of clients, with nothing of the owner's in their thread since. One for each thread, the newest first. */
export function unansweredBefore(r: Reader): StoredMessage[] {
  const activated = factOf(r, 'activated-at');
  if (activated === undefined) return [];
  const sql = `SELECT m.id FROM messages m JOIN folders f ON f.id = m.folder_id
    WHERE m.history = 1 AND f.role = 'inbox' AND m.kind = 'human' AND m.client_id IS NOT NULL AND m.received_at >= ?
      AND m.replaced_by IS NULL AND m.flags NOT LIKE '%Answered%'
      AND NOT EXISTS (SELECT 1 FROM facts WHERE key = 'settled-before/' || m.id)
      AND NOT EXISTS (SELECT 1 FROM messages later JOIN folders lf ON lf.id = later.folder_id
        WHERE later.thread_id = m.thread_id AND later.id <> m.id AND later.received_at >= m.received_at
          AND (lf.role = 'sent' OR later.kind = 'human'))
    ORDER BY m.received_at DESC, m.id DESC`;
  const since = toIso(plus(fromIso(activated), -beforeDays * dayMs));
  return r.all<{ id: number }>(sql, since).map(({ id }) => messageById(r, id) as StoredMessage);
}

/** By the owner's word. @returns false when it was settled already */
export function settleBefore(w: Writer, id: number, how: string): boolean {
  const key = `settled-before/${id}`;
  const isNew = factOf(w, key) === undefined;
  setFact(w, key, how);
  return isNew;
}
