/** Invoices as they are shown: what each is still worth, and since when it is late. Reads only. */
import { debtsOf, type Invoice, type InvoiceState, openCents } from '../../rules/invoice.ts';
import { daysBetween, type LocalDay } from '../../rules/time.ts';
import { clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { invoiceById, listInvoices } from '../../store/invoices.ts';

export interface InvoiceView {
  invoice: Invoice;
  client: string;
  openCents: number;
  /** of the oldest part that is due and open; 0: nothing is late */
  daysOverdue: number;
  /** when the next open part is due, or the last of all */
  dueOn: LocalDay;
}

/** @param today on the owner's calendar */
export function viewInvoices(r: Reader, today: LocalDay, state?: InvoiceState): InvoiceView[] {
  return listInvoices(r, state === undefined ? {} : { state }).map((invoice) => viewed(r, invoice, today));
}

/** One of them. */
export function viewInvoice(r: Reader, id: number, today: LocalDay): InvoiceView | undefined {
  const invoice = invoiceById(r, id);
  return invoice && viewed(r, invoice, today);
}

function viewed(r: Reader, invoice: Invoice, today: LocalDay): InvoiceView {
  const [oldest] = debtsOf(invoice)
    .map(({ dueOn }) => dueOn)
    .toSorted();
  const dueOn = oldest ?? invoice.instalments.at(-1)?.dueOn ?? invoice.issuedOn;
  return {
    invoice,
    client: clientName(r, invoice.clientId) ?? '',
    openCents: openCents(invoice),
    daysOverdue: oldest === undefined ? 0 : Math.max(0, daysBetween(oldest, today)),
    dueOn,
  };
}
