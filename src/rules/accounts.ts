/**
 * One month of a studio as its accountant wants it: what was invoiced, credited and received, what was open at its end,
 * and what of that is doubtful. Everything as it is on record today: a payment of the month that bounced since is none.
 */
import { type Invoice, sharesOf } from './invoice.ts';
import { addDays, daysBetween, type LocalDay } from './time.ts';

export interface Month {
  first: LocalDay;
  last: LocalDay;
}

interface Entry {
  clientId: number;
  number: string;
  currency: string;
  cents: number;
}

export interface Invoiced extends Entry {
  on: LocalDay;
  /** what the client keeps back by law, of the sum */
  withheldCents: number;
}

export interface Credited extends Entry {
  on: LocalDay;
  /** of the credit note; null: it has none */
  note: string | null;
}

export interface Received extends Entry {
  on: LocalDay;
  reference: string | null;
  /** a line of the bank proves it; else it was entered by hand or by a list */
  isProven: boolean;
}

export interface Unpaid extends Entry {
  dueOn: LocalDay;
}

export interface Doubtful extends Unpaid {
  why: 'disputed' | 'written-off' | 'long-overdue';
}

export interface MonthOfAccounts extends Month {
  invoiced: Invoiced[];
  credited: Credited[];
  received: Received[];
  /** at the end of the last day, disputed parts too; what was given up is not among it */
  open: Unpaid[];
  /** what of the open is disputed, or overdue for longer than that; and what was given up */
  doubtful: Doubtful[];
}

export const longOverdueDays = 90;

/** '2026-11' -> its first and last day; null for any other text */
export function monthOf(text: string): Month | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text.trim());
  if (match === null) return null;
  const [year, month] = [Number(match[1]), Number(match[2])];
  const next =
    month === 12
      ? `${String(year + 1).padStart(4, '0')}-01-01`
      : `${match[1]}-${String(month + 1).padStart(2, '0')}-01`;
  return { first: `${match[1]}-${match[2]}-01` as LocalDay, last: addDays(next as LocalDay, -1) };
}

/** The month before the one of this day: '2026-11'. */
export function monthBefore(day: LocalDay): string {
  return addDays(`${day.slice(0, 7)}-01` as LocalDay, -1).slice(0, 7);
}

export function accountsOf(all: readonly Invoice[], month: Month): MonthOfAccounts {
  const invoices = all
    .filter(({ state }) => state !== 'void')
    .toSorted((a, b) => (a.issuedOn === b.issuedOn ? a.id - b.id : a.issuedOn < b.issuedOn ? -1 : 1));
  const isIn = (day: LocalDay) => day >= month.first && day <= month.last;
  const issued = invoices.filter(({ issuedOn }) => issuedOn <= month.last).map((invoice) => asOf(invoice, month.last));
  return {
    ...month,
    invoiced: invoices.filter(({ issuedOn }) => isIn(issuedOn)).map(invoicedOf),
    credited: byDay(invoices.flatMap((invoice) => creditedOf(invoice).filter(({ on }) => isIn(on)))),
    received: byDay(invoices.flatMap((invoice) => receivedOf(invoice).filter(({ on }) => isIn(on)))),
    open: byDue(issued.filter(({ state }) => state !== 'written-off').flatMap(unpaidOf)),
    doubtful: byDue(issued.flatMap((invoice) => doubtfulOf(invoice, month.last))),
  };
}

function byDay<Dated extends { on: LocalDay }>(entries: readonly Dated[]): Dated[] {
  return entries.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function byDue<Dated extends { dueOn: LocalDay }>(entries: readonly Dated[]): Dated[] {
  return entries.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

function entryOf({ clientId, number, currency }: Invoice, cents: number): Entry {
  return { clientId, number, currency, cents };
}

function invoicedOf(invoice: Invoice): Invoiced {
  const withheldCents = (invoice.withholdingCents ?? 0) + (invoice.splitVatCents ?? 0);
  return { ...entryOf(invoice, invoice.totalCents), on: invoice.issuedOn, withheldCents };
}

function creditedOf(invoice: Invoice): Credited[] {
  return invoice.credits
    .filter(({ takenBackAt }) => takenBackAt === null)
    .map(({ amountCents, issuedOn, number }) => ({ ...entryOf(invoice, amountCents), on: issuedOn, note: number }));
}

function receivedOf(invoice: Invoice): Received[] {
  return invoice.payments
    .filter(({ reversedAt }) => reversedAt === null)
    .map(({ amountCents, receivedOn, reference, lineId }) => ({
      ...entryOf(invoice, amountCents),
      on: receivedOn,
      reference,
      isProven: lineId !== undefined,
    }));
}

/** With what had come, and had been credited, by the end of that day. */
function asOf(invoice: Invoice, last: LocalDay): Invoice {
  return {
    ...invoice,
    payments: invoice.payments.filter(({ reversedAt, receivedOn }) => reversedAt === null && receivedOn <= last),
    credits: invoice.credits.filter(({ takenBackAt, issuedOn }) => takenBackAt === null && issuedOn <= last),
  };
}

function unpaidOf(invoice: Invoice): Unpaid[] {
  return sharesOf(invoice).flatMap(({ instalment, openCents, disputedCents }) =>
    openCents + disputedCents > 0 ? [{ ...entryOf(invoice, openCents + disputedCents), dueOn: instalment.dueOn }] : [],
  );
}

function doubtfulOf(invoice: Invoice, last: LocalDay): Doubtful[] {
  if (invoice.state === 'written-off') return unpaidOf(invoice).map((one) => ({ ...one, why: 'written-off' as const }));
  return sharesOf(invoice).flatMap(({ instalment: { dueOn }, openCents, disputedCents }): Doubtful[] => {
    const isLong = daysBetween(dueOn, last) > longOverdueDays;
    return [
      ...(disputedCents > 0 ? [{ ...entryOf(invoice, disputedCents), dueOn, why: 'disputed' as const }] : []),
      ...(isLong && openCents > 0 ? [{ ...entryOf(invoice, openCents), dueOn, why: 'long-overdue' as const }] : []),
    ];
  });
}
