/** What files have said of each invoice (rules/said). Takes nothing from them: that is for the desk. */
import type { InvoiceField } from '../rules/invoice.ts';
import { nothingSaid, type Said } from '../rules/said.ts';
import type { Reader, Writer } from './database.ts';

export function saidOf(r: Reader, invoiceId: number): Said {
  const row = r.get<{ said: string }>('SELECT said FROM invoice_said WHERE invoice_id = ?', invoiceId);
  return row === undefined ? nothingSaid : (JSON.parse(row.said) as Said);
}

/** By the id of the invoice. */
export function allSaid(r: Reader): ReadonlyMap<number, Said> {
  const rows = r.all<{ invoice_id: number; said: string }>('SELECT invoice_id, said FROM invoice_said');
  return new Map(rows.map((row) => [row.invoice_id, JSON.parse(row.said) as Said]));
}

export function putSaid(w: Writer, invoiceId: number, said: Said): void {
  w.run(
    `INSERT INTO invoice_said (invoice_id, said) VALUES (?, ?)
     ON CONFLICT (invoice_id) DO UPDATE SET said = excluded.said WHERE said <> excluded.said`,
    ...[invoiceId, JSON.stringify(said)],
  );
}

/** The owner has set these by hand: the record stands until a file says the same. */
export function noteByHand(w: Writer, invoiceId: number, set: readonly InvoiceField[]): void {
  const said = saidOf(w, invoiceId);
  putSaid(w, invoiceId, { ...said, byHand: [...new Set([...said.byHand, ...set])] });
}

/** It had this number and year before: a file may still call it so. */
export function noteFormerName(w: Writer, invoiceId: number, name: string): void {
  const said = saidOf(w, invoiceId);
  putSaid(w, invoiceId, { ...said, names: [...new Set([...said.names, name])] });
}
