/**
 * Which debts each letter asks for, and with which sum: kept in the transaction that writes the letter's facts, so that
 * no later letter refers to one that was about other money. Decides nothing.
 */
import type { Debt } from '../rules/invoice.ts';
import type { LocalDay } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { insertInto, marks } from './rows.ts';

export interface NamedDebt {
  letterId: number;
  invoiceId: number;
  instalmentId: number;
  dueOn: LocalDay;
  /** the open sum that was asked for */
  cents: number;
  /** what was paid of it then; null when it was not kept yet */
  paidCents: number | null;
}

/** @param facts of the letter: what it asks for is under `debts` */
export function noteNamed(w: Writer, letterId: number, facts: Record<string, unknown>): void {
  w.run('DELETE FROM letter_debts WHERE letter_id = ?', letterId);
  for (const { invoiceId, instalmentId, dueOn, openCents, paidCents = 0 } of asked(facts)) {
    // an invoice that is no longer there can be asked for no more
    if (w.get('SELECT 1 FROM invoices WHERE id = ?', invoiceId) === undefined) continue;
    insertInto(w, 'letter_debts', {
      letter_id: letterId,
      invoice_id: invoiceId,
      instalment_id: instalmentId,
      due_on: dueOn,
      cents: openCents,
      paid_cents: paidCents,
    });
  }
}

function asked({ debts }: Record<string, unknown>): Debt[] {
  if (!Array.isArray(debts)) return [];
  return (debts as Partial<Debt>[]).filter((debt): debt is Debt => typeof debt.instalmentId === 'number');
}

/** By letter. */
export function namedBy(r: Reader, letterIds: readonly number[]): NamedDebt[] {
  if (letterIds.length === 0) return [];
  return r.all(
    `SELECT letter_id AS letterId, invoice_id AS invoiceId, instalment_id AS instalmentId, due_on AS dueOn, cents,
       paid_cents AS paidCents FROM letter_debts WHERE letter_id IN (${marks(letterIds)}) ORDER BY letter_id, instalment_id`,
    ...letterIds,
  );
}
