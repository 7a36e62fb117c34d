/** Invoices and what is still open on them. Money is integer minor units (cents) with an ISO 4217 currency. */
import type { Instant, LocalDay } from './time.ts';

export type InvoiceState = 'open' | 'paid' | 'void' | 'written-off';

export interface Instalment {
  id: number;
  position: number;
  dueOn: LocalDay;
  amountCents: number;
}

export interface Payment {
  id: number;
  invoiceId: number;
  amountCents: number;
  receivedOn: LocalDay;
  reference: string | null;
  recordedAt: Instant;
  /** a reversed payment counts for nothing but stays in the record */
  reversedAt: Instant | null;
}

export interface Invoice {
  id: number;
  clientId: number;
  /** kept as text: '007' is not 7 */
  number: string;
  issuedOn: LocalDay;
  currency: string;
  totalCents: number;
  project: string | null;
  state: InvoiceState;
  /** part of the sum that the client disputes; the rest goes on */
  disputedCents: number;
  /** in order of due date; their sum is the total */
  instalments: Instalment[];
  payments: Payment[];
}

/** One instalment with something open: the unit of dunning (DESIGN 4.4). */
export interface Debt {
  invoiceId: number;
  instalmentId: number;
  number: string;
  issuedOn: LocalDay;
  dueOn: LocalDay;
  currency: string;
  amountCents: number;
  /** after payments and the disputed part */
  openCents: number;
  project: string | null;
  /** what payments have covered of it; for the wording of letters */
  paidCents?: number;
  /** what the client disputes of it, and no letter asks for */
  disputedCents?: number;
  /** which of several instalments it is, from 1; absent when the invoice is due in one sum */
  instalment?: { position: number; of: number };
}

export function paidCents(invoice: Invoice): number {
  return invoice.payments
    .filter((payment) => payment.reversedAt === null)
    .reduce((sum, payment) => sum + payment.amountCents, 0);
}

export function openCents(invoice: Invoice): number {
  return invoice.state === 'open' ? Math.max(0, invoice.totalCents - paidCents(invoice)) : 0;
}

/**
 * What is open per instalment. Payments fill the earliest instalment first; a dispute is taken off the latest
 * first, so that the undisputed part keeps its earliest due date.
 */
export function debtsOf(invoice: Invoice): Debt[] {
  if (invoice.state !== 'open') return [];
  let paid = paidCents(invoice);
  const open = invoice.instalments.map((instalment) => {
    const covered = Math.min(paid, instalment.amountCents);
    paid -= covered;
    return { instalment, paidCents: covered, openCents: instalment.amountCents - covered, disputedCents: 0 };
  });
  let disputed = invoice.disputedCents;
  for (const entry of open.toReversed()) {
    const taken = Math.min(disputed, entry.openCents);
    disputed -= taken;
    entry.openCents -= taken;
    entry.disputedCents = taken;
  }
  return open
    .filter((entry) => entry.openCents > 0)
    .map(({ instalment, openCents: cents, paidCents: covered, disputedCents }) => ({
      invoiceId: invoice.id,
      instalmentId: instalment.id,
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      dueOn: instalment.dueOn,
      currency: invoice.currency,
      amountCents: instalment.amountCents,
      openCents: cents,
      project: invoice.project,
      ...(covered > 0 ? { paidCents: covered } : {}),
      ...(disputedCents > 0 ? { disputedCents } : {}),
      ...placeOf(instalment, invoice),
    }));
}

function placeOf(instalment: Instalment, { instalments }: Invoice): Pick<Debt, 'instalment'> {
  if (instalments.length < 2) return {};
  return { instalment: { position: instalments.indexOf(instalment) + 1, of: instalments.length } };
}
