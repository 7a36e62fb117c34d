/** Clients as they are shown: the register with what is open, and one with all that is on record. Reads only. */
import { type Sum, sumsByCurrency } from '../../rules/money.ts';
import type { Client } from '../../rules/client.ts';
import type { Hold } from '../../rules/hold.ts';
import { type Invoice, openCents } from '../../rules/invoice.ts';
import type { Letter } from '../../rules/letter.ts';
import type { TimeZone } from '../../rules/time.ts';
import { clientById, listClients } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { activeHolds } from '../../store/holds.ts';
import { listInvoices } from '../../store/invoices.ts';
import { listLetters } from '../../store/outbox.ts';
import { openWindows, type Window } from '../../store/windows.ts';
import { timeline, type TimelineEntry } from '../timeline.ts';

export interface ClientRow {
  client: Client;
  /** what is still to pay, one for each currency */
  open: Sum[];
  waiting: number;
}

/** By name. */
export function viewClients(r: Reader): ClientRow[] {
  const waiting = openWindows(r);
  return listClients(r).map((client) => ({
    client,
    open: openSums(listInvoices(r, { clientId: client.id, state: 'open' })),
    waiting: waiting.filter(({ clientId }) => clientId === client.id).length,
  }));
}

export function openSums(invoices: readonly Invoice[]): Sum[] {
  return sumsByCurrency(invoices.map((invoice) => ({ cents: openCents(invoice), currency: invoice.currency })));
}

export interface ClientPage {
  client: Client;
  invoices: Invoice[];
  holds: Hold[];
  letters: Letter[];
  windows: Window[];
  /** newest first */
  timeline: TimelineEntry[];
}

const mostEntries = 50;
const mostLetters = 20;

/** @param zone the owner's */
export function viewClient(r: Reader, id: number, zone: TimeZone): ClientPage | undefined {
  const client = clientById(r, id);
  if (client === undefined) return undefined;
  const invoices = listInvoices(r, { clientId: id });
  return {
    client,
    invoices,
    holds: activeHolds(r, { clientId: id, invoiceIds: invoices.map((invoice) => invoice.id) }),
    letters: listLetters(r, { clientId: id, limit: mostLetters }),
    windows: openWindows(r, { clientId: id }),
    timeline: timeline(r, id, { zone, limit: mostEntries }),
  };
}
