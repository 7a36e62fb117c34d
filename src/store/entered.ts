/** When an invoice was written down, which may be long after its day. Reads only. */
import { fromIso, type Instant } from '../rules/time.ts';
import type { Reader } from './database.ts';

/** By the number of the invoice. */
export function invoicesEntered(r: Reader, clientId: number): Map<number, Instant> {
  const rows = r.all<{ id: number; at: string }>(
    'SELECT id, created_at AS at FROM invoices WHERE client_id = ?',
    clientId,
  );
  return new Map(rows.map(({ id, at }) => [id, fromIso(at)]));
}
