/** Clients as they are shown: the register with what is open, and one with all that is on record. Reads only. */
import { type Sum, sumsByCurrency } from '../../rules/money.ts';
import type { Client } from '../../rules/client.ts';
import type { Hold } from '../../rules/hold.ts';
import { type Invoice, openCents } from '../../rules/invoice.ts';
import type { Letter } from '../../rules/letter.ts';
import type { Settings } from '../../rules/settings.ts';
import type { Instant } from '../../rules/time.ts';
import type { SignSettings } from '../../store/client-facts.ts';
import { clientById, listClients } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { activeHolds } from '../../store/holds.ts';
import { listInvoices } from '../../store/invoices.ts';
import { listLetters } from '../../store/outbox.ts';
import { openWindows, type Window } from '../../store/windows.ts';
import { type Project, projectsOf } from '../../store/projects.ts';
import { exitOfClient, type ExitView } from '../exit.ts';
import { makeReport, type Report } from '../report.ts';
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

/** Habits are counted in so many days. */
export const habitDays = 365;

export interface ClientPage {
  client: Client;
  /** the client alone: when it writes, what was promised, signs with their evidence */
  report: Report;
  projects: Project[];
  exit: ExitView | null;
  invoices: Invoice[];
  holds: Hold[];
  letters: Letter[];
  windows: Window[];
  /** newest first */
  timeline: TimelineEntry[];
}

const mostLetters = 20;

/** A client by its number, and no more. */
export function clientOf(r: Reader, id: number): Client | undefined {
  return clientById(r, id);
}

/** @param most so many entries of the timeline, the newest */
export function viewClient(
  r: Reader,
  settings: Settings & SignSettings,
  { id, now, most }: { id: number; now: Instant; most: number },
): ClientPage | undefined {
  const client = clientById(r, id);
  if (client === undefined) return undefined;
  const zone = settings.owner.timeZone;
  const invoices = listInvoices(r, { clientId: id });
  return {
    client,
    report: makeReport(r, settings, { now, days: habitDays, clientId: id }),
    projects: projectsOf(r, id),
    exit: exitOfClient(r, settings, id, now),
    invoices,
    holds: activeHolds(r, { clientId: id, invoiceIds: invoices.map((invoice) => invoice.id) }),
    letters: listLetters(r, { clientId: id, limit: mostLetters }),
    windows: openWindows(r, { clientId: id }),
    timeline: timeline(r, id, { zone, limit: most }),
  };
}
