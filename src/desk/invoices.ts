/**
 * What a person may do with invoices: record, mark paid, take a payment back, void, write off, note a dispute or a
 * promise. Each is one transaction with its line in the journal. Sends nothing; dunning looks at the case again.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { Hold } from '../rules/hold.ts';
import { type Invoice, openCents, paidCents, type Payment } from '../rules/invoice.ts';
import { addDays, dayOf, type LocalDay, type TimeZone, toIso } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import { touchCase } from '../store/cases.ts';
import { findClient } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { activeHolds, addHold, endHold } from '../store/holds.ts';
import {
  addInvoice,
  findInvoice,
  recordPayment,
  reversePayment,
  setDisputed,
  voidInvoice,
  writeOff,
} from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { notePaymentsChecked as noteChecked } from '../store/payments-check.ts';
import { oneLine } from './client-columns.ts';
import { act, type DeskParts } from './parts.ts';
import { bad, endOfDay } from './values.ts';

export interface InvoiceValues {
  /** number or name */
  client: string;
  number: string;
  issuedOn: LocalDay;
  currency: string;
  totalCents: number;
  project: string | null;
  /** null: by the client's agreed days, or by `instalments` */
  dueOn: LocalDay | null;
  /** null: one, of the whole sum */
  instalments: { dueOn: LocalDay; amountCents: number }[] | null;
}

/** @throws AppError 'conflict' when the client has an invoice of that number; 'bad-input' when dates or sums do not fit */
export function recordInvoice(desk: DeskParts, values: InvoiceValues): { client: Client; invoice: Invoice } {
  return act(desk, (w) => {
    const client = findClient(w, values.client);
    return { client, invoice: recordInvoiceIn(w, client, values, 'entered by the owner') };
  });
}

export function recordInvoiceIn(
  w: Writer,
  client: Client,
  values: Omit<InvoiceValues, 'client'>,
  why: string,
): Invoice {
  refuseUnprintable(values);
  const instalments = instalmentsOf(values, client);
  const { number, issuedOn, currency, totalCents, project } = values;
  const invoice = addInvoice(w, { clientId: client.id, number, issuedOn, currency, totalCents, project, instalments });
  journal(w, 'invoice-added', invoice, why, {
    total: sumInWords(totalCents, currency),
    due: instalments.map((part) => part.dueOn),
  });
  return invoice;
}

/** Number and project stand in subjects and lists. */
function refuseUnprintable({ number, project }: Pick<InvoiceValues, 'number' | 'project'>): void {
  if (number.trim() === '') throw bad('the invoice has no number', 'Write it as it stands on the document.');
  for (const [what, text] of Object.entries({ number, project: project ?? '' })) {
    try {
      oneLine(text);
    } catch (fault) {
      throw bad(`the ${what} of the invoice ${(fault as Error).message}`, 'Write it on one line, in plain characters.');
    }
  }
}

/** @throws AppError 'bad-input' */
export function instalmentsOf(
  values: Pick<InvoiceValues, 'issuedOn' | 'dueOn' | 'instalments' | 'totalCents' | 'currency'>,
  client: Pick<Client, 'name' | 'paymentDays'>,
): { dueOn: LocalDay; amountCents: number }[] {
  const { issuedOn, totalCents, currency } = values;
  const whole = () => [{ dueOn: dueDay(values, client), amountCents: totalCents }];
  const instalments = values.instalments ?? whole();
  const sum = instalments.reduce((cents, part) => cents + part.amountCents, 0);
  if (totalCents <= 0)
    throw bad('the total must be more than zero', 'A credit note is no invoice: lower the invoice it belongs to.');
  if (instalments.some((part) => part.amountCents <= 0))
    throw bad('an instalment must be more than zero', 'Check the amounts.');
  if (sum !== totalCents) {
    throw bad(
      `the instalments come to ${sumInWords(sum, currency)}, not to ${sumInWords(totalCents, currency)}`,
      'Check the amounts.',
    );
  }
  if (instalments.some((part) => part.dueOn < issuedOn))
    throw bad('the due date is before the invoice', 'Check the dates.');
  return instalments.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

function dueDay(
  values: Pick<InvoiceValues, 'issuedOn' | 'dueOn'>,
  client: Pick<Client, 'name' | 'paymentDays'>,
): LocalDay {
  if (values.dueOn !== null) return values.dueOn;
  if (client.paymentDays !== null) return addDays(values.issuedOn, client.paymentDays);
  throw bad(
    `the invoice has no due date, and no payment days are agreed with ${client.name}`,
    'Give --due YYYY-MM-DD, or set the days: paletti clients edit CLIENT --payment-days 30',
  );
}

export interface PaidValues {
  /** null: all that is open */
  amountCents: number | null;
  receivedOn: LocalDay;
  reference: string | null;
  /** the same payment really came twice */
  again: boolean;
}

/**
 * Records a payment. More than what is open is kept and told.
 * @throws AppError 'conflict' when the invoice is not open, or the very same payment is recorded already
 */
export function markPaid(
  desk: DeskParts,
  which: InvoiceName,
  values: PaidValues,
): { invoice: Invoice; overpaidCents: number } {
  return act(desk, (w) => {
    const before = findInvoice(w, which.number, clientIdOf(w, which));
    refuseUnpayable(before, values);
    const open = Math.max(0, before.totalCents - paidCents(before));
    const amountCents = values.amountCents ?? open;
    if (amountCents <= 0) throw bad('the payment must be more than zero', 'Check the amount.');
    const { receivedOn, reference } = values;
    const invoice = recordPayment(w, before.id, { amountCents, receivedOn, reference });
    const rest = openCents(invoice);
    const left = rest === 0 ? 'nothing is open' : `${sumInWords(rest, invoice.currency)} stay open`;
    journal(
      w,
      'payment-recorded',
      invoice,
      `${sumInWords(amountCents, invoice.currency)} received on ${receivedOn}; ${left}`,
      { reference },
    );
    return { invoice, overpaidCents: Math.max(0, amountCents - open) };
  });
}

function refuseUnpayable(invoice: Invoice, values: PaidValues): void {
  const same = invoice.payments.find(
    (payment) =>
      payment.reversedAt === null &&
      payment.receivedOn === values.receivedOn &&
      payment.reference === values.reference &&
      isSameSum(invoice, payment, values.amountCents),
  );
  if (same !== undefined && !values.again) {
    throw new AppError('conflict', `this payment on invoice ${invoice.number} is recorded already`, {
      next: 'If it really came twice, repeat the command with --again.',
    });
  }
  // money may still come for what was written off
  if (invoice.state === 'open' || invoice.state === 'written-off') return;
  throw new AppError('conflict', `invoice ${invoice.number} is ${invoice.state} and takes no payment`, {
    next: `See: paletti invoices show ${invoice.number}`,
  });
}

/** Without a sum, all that is open is meant: while something is open, that is another payment. */
function isSameSum(invoice: Invoice, payment: Payment, amountCents: number | null): boolean {
  return amountCents === null ? invoice.state === 'paid' : payment.amountCents === amountCents;
}

/** An invoice by its number; the client is needed when two have the same number. */
export interface InvoiceName {
  number: string;
  client: string | null;
}

function clientIdOf(w: Writer, which: InvoiceName): number | undefined {
  return which.client === null ? undefined : findClient(w, which.client).id;
}

/** A payment that bounced or was booked wrongly: it stays in the record and counts for nothing. */
export function takeBackPayment(desk: DeskParts, which: InvoiceName, paymentId: number | null): Invoice {
  return act(desk, (w) => {
    const before = findInvoice(w, which.number, clientIdOf(w, which));
    const payment = paymentToReverse(before, paymentId);
    const invoice = reversePayment(w, payment.id);
    const sum = sumInWords(payment.amountCents, invoice.currency);
    journal(w, 'payment-reversed', invoice, `${sum} of ${payment.receivedOn} taken back by the owner`, {
      payment: payment.id,
    });
    return invoice;
  });
}

function paymentToReverse(invoice: Invoice, id: number | null): Payment {
  const standing = invoice.payments.filter((payment) => payment.reversedAt === null);
  const chosen = id === null ? standing : standing.filter((payment) => payment.id === id);
  if (chosen.length === 1) return chosen[0] as Payment;
  const list = standing.map(
    (payment) => `${payment.id} (${payment.receivedOn}, ${sumInWords(payment.amountCents, invoice.currency)})`,
  );
  throw new AppError(
    standing.length === 0 ? 'not-found' : 'conflict',
    `invoice ${invoice.number} has ${standing.length} standing payments`,
    {
      next: standing.length === 0 ? 'There is nothing to take back.' : `Name one with --payment: ${list.join(', ')}`,
    },
  );
}

/** @returns changed: false when it was void already */
export function voidByHand(desk: DeskParts, which: InvoiceName, why: string): { invoice: Invoice; changed: boolean } {
  return end(desk, which, { state: 'void', kind: 'invoice-voided', why });
}

/** The money will not come and is no longer asked for. */
export function writeOffByHand(
  desk: DeskParts,
  which: InvoiceName,
  why: string,
): { invoice: Invoice; changed: boolean } {
  return end(desk, which, { state: 'written-off', kind: 'invoice-written-off', why });
}

function end(
  desk: DeskParts,
  which: InvoiceName,
  how: { state: 'void' | 'written-off'; kind: string; why: string },
): { invoice: Invoice; changed: boolean } {
  return act(desk, (w) => {
    const before = findInvoice(w, which.number, clientIdOf(w, which));
    if (before.state === how.state) return { invoice: before, changed: false };
    if (before.state !== 'open') {
      throw new AppError('conflict', `invoice ${before.number} is ${before.state} already`, {
        next: `See: paletti invoices show ${before.number}`,
      });
    }
    const invoice = how.state === 'void' ? voidInvoice(w, before.id) : writeOff(w, before.id);
    journal(w, how.kind, invoice, how.why === '' ? 'by the owner' : how.why);
    return { invoice, changed: true };
  });
}

/** @param cents what the client disputes; null: all that is open; 0: the dispute is over */
export function dispute(
  desk: DeskParts,
  which: InvoiceName,
  cents: number | null,
): { invoice: Invoice; changed: boolean } {
  return act(desk, (w) => {
    const before = findInvoice(w, which.number, clientIdOf(w, which));
    const disputed = cents ?? openCents(before);
    if (before.state !== 'open' && disputed > 0) {
      throw new AppError('conflict', `invoice ${before.number} is ${before.state}: there is nothing to dispute`);
    }
    if (disputed > before.totalCents) throw bad('more is disputed than the invoice asks for', 'Check the amount.');
    if (disputed === before.disputedCents) return { invoice: before, changed: false };
    const invoice = setDisputed(w, before.id, disputed);
    const sum = sumInWords(disputed, invoice.currency);
    const why = disputed === 0 ? 'the dispute is over' : `the client disputes ${sum}; the rest goes on`;
    journal(w, 'invoice-disputed', invoice, why);
    return { invoice, changed: true };
  });
}

/** The client promised to pay by a day: reminders about the invoice wait until that day has passed. */
export function notePromise(
  desk: DeskParts,
  which: InvoiceName,
  by: { day: LocalDay; zone: TimeZone; note: string },
): { invoice: Invoice; hold: Hold } {
  return act(desk, (w) => {
    const invoice = findInvoice(w, which.number, clientIdOf(w, which));
    if (invoice.state !== 'open') {
      throw new AppError('conflict', `invoice ${invoice.number} is ${invoice.state}: nothing is owed on it`);
    }
    if (by.day < dayOf(w.now, by.zone)) throw bad('the promised day has passed', 'Name today or a later day.');
    const until = endOfDay(by.day, by.zone);
    const earlier = promisesOn(w, invoice);
    const same = earlier.find((hold) => hold.until === until);
    if (same !== undefined) return { invoice, hold: same };
    for (const hold of earlier) endHold(w, hold.id, 'another day was promised');
    const hold = addHold(w, { scope: 'invoice', scopeId: invoice.id, reason: 'promise', until, note: by.note });
    journal(w, 'promise-noted', invoice, `the client promised to pay by ${by.day}`, { until: toIso(until) });
    touchCase(w, invoice.clientId, invoice.currency);
    return { invoice, hold };
  });
}

function promisesOn(w: Writer, invoice: Invoice): Hold[] {
  return activeHolds(w, { clientId: invoice.clientId, invoiceIds: [invoice.id] }).filter(
    (hold) => hold.scope === 'invoice' && hold.scopeId === invoice.id && hold.reason === 'promise',
  );
}

/** The owner says: every payment that came is recorded. Reminders may rely on it for a while. */
export function notePaymentsChecked(desk: DeskParts): void {
  act(desk, (w) => {
    noteChecked(w);
    note(w, { kind: 'payments-checked', subject: 'payments', why: 'the owner says that all payments are recorded' });
  });
}

function journal(w: Writer, kind: string, invoice: Invoice, why: string, data?: Record<string, unknown>): void {
  const subject = `invoice/${invoice.id}`;
  note(w, { kind, subject, clientId: invoice.clientId, why, data: { number: invoice.number, ...data } });
}
