/** What people wrote between two moments, what of it says that something is paid, and what left since. Reads only. */
import { type Instant, toIso } from '../rules/time.ts';
import type { Reader } from './database.ts';

export function cameBetween(
  r: Reader,
  { from, until }: { from: Instant; until: Instant },
): { arrived: number; saysPaid: number; sent: number } {
  const span = { from: toIso(from), until: toIso(until) };
  const written = `FROM messages m JOIN folders f ON f.id = m.folder_id
    WHERE f.role = 'inbox' AND m.kind = 'human' AND m.history = 0 AND m.received_at > @from AND m.received_at <= @until`;
  const paid = `AND EXISTS (SELECT 1 FROM holds h WHERE h.message_id = m.id AND h.reason = 'payment-claimed')`;
  const amount = (sql: string) => r.get<{ amount: number }>(`SELECT count(*) AS amount ${sql}`, span)?.amount ?? 0;
  return {
    arrived: amount(written),
    saysPaid: amount(`${written} ${paid}`),
    sent: amount(`FROM letters WHERE sent_at > @from`),
  };
}
