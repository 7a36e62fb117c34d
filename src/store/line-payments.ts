/** Which payments a line of the bank proves. What a payment does to its invoice is store/invoices' business. */
import type { LocalDay } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';

export interface LinePayment {
  id: number;
  invoiceId: number;
  clientId: number;
  number: string;
  amountCents: number;
  currency: string;
  receivedOn: LocalDay;
  /** it was on record before the line came */
  wasThere: boolean;
}

const select = `SELECT p.id, p.invoice_id AS invoiceId, i.client_id AS clientId, i.number, p.amount_cents AS amountCents,
    i.currency, p.received_on AS receivedOn, p.line_found AS wasThere
  FROM payments p JOIN invoices i ON i.id = p.invoice_id`;

/** Those that stand. */
export function paymentsOfLine(r: Reader, lineId: number): LinePayment[] {
  return r
    .all<Omit<LinePayment, 'wasThere'> & { wasThere: number }>(
      `${select} WHERE p.line_id = ? AND p.reversed_at IS NULL ORDER BY p.id`,
      lineId,
    )
    .map((row) => ({ ...row, wasThere: row.wasThere === 1 }));
}

/** The line proves a payment that was on record already. */
export function proveByLine(w: Writer, paymentId: number, lineId: number): void {
  w.run('UPDATE payments SET line_id = ?, line_found = 1 WHERE id = ? AND line_id IS NULL', lineId, paymentId);
}

/** What was on record before the line stays so without it. */
export function unprove(w: Writer, lineId: number): void {
  w.run('UPDATE payments SET line_id = NULL, line_found = 0 WHERE line_id = ? AND line_found = 1', lineId);
}
