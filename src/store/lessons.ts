/** What of a client is on record that no rule learned before asks the register for. Reads only. */
import type { Reader } from './database.ts';

/** A welcome letter has left: the hours, the channels and the terms were told. */
export function hasWelcomed(r: Reader, clientId: number): boolean {
  const sql = "SELECT 1 FROM letters WHERE client_id = ? AND kind = 'welcome' AND sent_at IS NOT NULL";
  return r.get(sql, clientId) !== undefined;
}
