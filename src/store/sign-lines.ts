/** When each warning sign of a client first spoke, and what it says now: one row for a client and a sign. Judges nothing. */
import type { Reason } from '../rules/reason.ts';
import type { Sign } from '../rules/red-flags.ts';
import type { Instant } from '../rules/time.ts';
import { toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { reasonOut } from './rows.ts';
import { Table } from './table.ts';

export interface SignLine {
  clientId: number;
  sign: Sign;
  /** when it first spoke, as far as anybody looked */
  crossedAt: Instant;
  /** what it said when it was last looked at */
  words: Reason;
  weight: number;
  /** since when it speaks no longer; null: it does */
  goneAt: Instant | null;
}

const lines = new Table<SignLine>('sign_lines', {
  clientId: 'plain',
  sign: 'plain',
  crossedAt: 'instant',
  words: 'reason',
  weight: 'plain',
  goneAt: 'instant',
});

/** Also those that speak no longer; of one client when one is given; in the order in which they were crossed. */
export function signLines(r: Reader, clientId?: number): SignLine[] {
  const order = 'ORDER BY crossed_at, client_id, sign';
  return clientId === undefined ? lines.many(r, order) : lines.many(r, `WHERE client_id = ? ${order}`, clientId);
}

/** The sign speaks. @returns whether it did so for the first time */
export function noteSignLine(
  w: Writer,
  { clientId, sign, words, weight }: Pick<SignLine, 'clientId' | 'sign' | 'words' | 'weight'>,
): boolean {
  const values = { clientId, sign, words: reasonOut(words), weight };
  const { changes } = w.run(
    `INSERT INTO sign_lines (client_id, sign, crossed_at, words, weight) VALUES (@clientId, @sign, @now, @words, @weight)
     ON CONFLICT DO NOTHING`,
    { ...values, now: toIso(w.now) },
  );
  if (changes === 1) return true;
  w.run(
    `UPDATE sign_lines SET words = @words, weight = @weight, gone_at = NULL WHERE client_id = @clientId AND sign = @sign
       AND (words <> @words OR weight <> @weight OR gone_at IS NOT NULL)`,
    values,
  );
  return false;
}

/** It speaks no longer: it counts less, or what it spoke of is over. */
export function noteSignGone(w: Writer, clientId: number, sign: Sign): void {
  w.run(
    'UPDATE sign_lines SET gone_at = ? WHERE client_id = ? AND sign = ? AND gone_at IS NULL',
    toIso(w.now),
    clientId,
    sign,
  );
}
