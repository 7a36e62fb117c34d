/**
 * What a person may do with invoices: record, correct, credit, mark paid, take a payment back, void, write off, note a
 * dispute or a promise. Each is one transaction with its line in the journal. Sends nothing; dunning looks at the case again.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { Hold } from '../rules/hold.ts';
import {
  type Credit,
  type Invoice,
  type InvoiceField,
  openCents,
  owedCents,
  paidCents,
  type Payment,
  sharesOf,
} from '../rules/invoice.ts';
import { mayBe } from '../rules/seen-payments.ts';
import { dueBy } from '../rules/payment-terms.ts';
import type { Sum } from '../rules/money.ts';
import { dayOf, type LocalDay, type TimeZone, toIso } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import { touchCase } from '../store/cases.ts';
import { findClient } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { activeHolds, addHold, endHold } from '../store/holds.ts';
import {
  addCredit,
  addInvoice,
  editInvoice,
  findInvoice,
  type InvoicePatch,
  listInvoices,
  type NewInstalment,
  recordPayment,
  reversePayment,
  setDisputed,
  takeBackCredit,
  voidInvoice,
  writeOff,
} from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { notePaymentsChecked as noteChecked } from '../store/payments-check.ts';
import { noteByHand } from '../store/said.ts';
import { oneLine } from './client-columns.ts';
import { act, type DeskParts } from './parts.ts';
import { bad, endOfDay } from './values.ts';
import { asWritten, type Reason } from '../rules/reason.ts';

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
  instalments: NewInstalment[] | null;
  /** what the client keeps back by law, as the document states it; nothing when left out */
  withholdingCents?: number;
  splitVatCents?: number;
}

/**
 * @returns twin: an invoice of the client with the same day and sum, under another number
 * @throws AppError 'conflict' when the client has an invoice of that number; 'bad-input' when dates or sums do not fit
 */
export function recordInvoice(
  desk: DeskParts,
  values: InvoiceValues,
): { client: Client; invoice: Invoice; twin: Invoice | undefined } {
  return act(desk, (w) => {
    const client = findClient(w, values.client);
    const invoice = recordInvoiceIn(w, client, values, { code: 'you-entered' });
    return { client, invoice, twin: listInvoices(w, { clientId: client.id }).find((one) => isTwin(one, invoice)) };
  });
}

/** The same day and sum under another number: perhaps the same invoice. */
function isTwin(one: Invoice, other: Invoice): boolean {
  const isSameSum = one.totalCents === other.totalCents && one.currency === other.currency;
  return one.id !== other.id && one.state !== 'void' && one.issuedOn === other.issuedOn && isSameSum;
}

export function recordInvoiceIn(
  w: Writer,
  client: Client,
  values: Omit<InvoiceValues, 'client'>,
  why: Reason,
): Invoice {
  refuseUnprintable(values);
  const instalments = instalmentsOf(values, client);
  const { number, issuedOn, currency, totalCents, project, withholdingCents = 0, splitVatCents = 0 } = values;
  const invoice = addInvoice(w, {
    clientId: client.id,
    number,
    issuedOn,
    currency,
    totalCents,
    project,
    instalments,
    withholdingCents,
    splitVatCents,
  });
  journal(w, 'invoice-added', invoice, why, {
    total: sumInWords(totalCents, currency),
    due: instalments.map((part) => part.dueOn),
  });
  return invoice;
}

/** Number and project stand in subjects and lists. */
function refuseUnprintable({ number, project }: Pick<InvoiceValues, 'number' | 'project'>): void {
  if (number.trim() === '') throw bad({ code: 'invoice-without-number' });
  refuseControls({ 'number of the invoice': number, 'project of the invoice': project ?? '' });
}

function refuseControls(texts: Readonly<Record<string, string>>): void {
  for (const [what, text] of Object.entries(texts)) {
    try {
      oneLine(text);
    } catch (fault) {
      throw bad(`the ${what} ${(fault as Error).message}`, 'Write it on one line, in plain characters.');
    }
  }
}

/** @throws AppError 'bad-input' */
export function instalmentsOf(
  values: Pick<InvoiceValues, 'issuedOn' | 'dueOn' | 'instalments' | 'totalCents' | 'currency'>,
  client: Pick<Client, 'name' | 'paymentTerms'>,
): NewInstalment[] {
  const { issuedOn, totalCents, currency } = values;
  const whole = () => [{ dueOn: dueDay(values, client), amountCents: totalCents }];
  const instalments = values.instalments ?? whole();
  const sum = instalments.reduce((cents, part) => cents + part.amountCents, 0);
  if (totalCents <= 0) throw bad({ code: 'total-not-positive' });
  if (instalments.some((part) => part.amountCents <= 0)) throw bad({ code: 'instalment-not-positive' });
  if (sum !== totalCents) {
    throw bad({ code: 'instalments-differ', sum: { cents: sum, currency }, total: { cents: totalCents, currency } });
  }
  if (instalments.some((part) => part.dueOn < issuedOn)) throw bad({ code: 'due-before-issue' });
  return instalments.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

function dueDay(
  values: Pick<InvoiceValues, 'issuedOn' | 'dueOn'>,
  client: Pick<Client, 'name' | 'paymentTerms'>,
): LocalDay {
  if (values.dueOn !== null) return values.dueOn;
  if (client.paymentTerms !== null) return dueBy(client.paymentTerms, values.issuedOn);
  throw bad({ code: 'no-due-date', client: client.name });
}

export interface PaidValues {
  /** null: all that is open and not disputed */
  amountCents: number | null;
  receivedOn: LocalDay;
  reference: string | null;
  /** the same payment really came twice */
  again: boolean;
}

/**
 * Records a payment. More than what is open is kept and told.
 * @throws AppError 'conflict' when the invoice is not open, or the payment may be recorded already: see
 *   {@link refuseSeenBefore}
 */
export function markPaid(
  desk: DeskParts,
  which: InvoiceName,
  values: PaidValues,
): { invoice: Invoice; overpaidCents: number } {
  return act(desk, (w) => {
    const before = named(w, which);
    const open = Math.max(0, owedCents(before) - paidCents(before));
    const undisputed = undisputedCents(before);
    const amountCents = values.amountCents ?? undisputed;
    if (!values.again)
      refuseSeenBefore(w, before, {
        ...values,
        amountCents: values.amountCents ?? (undisputed > 0 ? undisputed : null),
        isAllOpen: values.amountCents === null || amountCents === open || amountCents === undisputed,
      });
    refuseUnpayable(before, values.again);
    if (values.amountCents === null && undisputed === 0 && open > 0)
      throw bad({ code: before.state === 'open' ? 'all-disputed' : 'all-given-up' });
    if (amountCents <= 0) throw bad({ code: 'payment-not-positive' });
    const { receivedOn, reference } = values;
    const invoice = recordPayment(w, before.id, { amountCents, receivedOn, reference });
    const sums = { sum: sumOn(invoice, amountCents), open: sumOn(invoice, openCents(invoice)) };
    journal(w, 'payment-recorded', invoice, { code: 'money-received', ...sums, day: receivedOn }, { reference });
    return { invoice, overpaidCents: Math.max(0, amountCents - open) };
  });
}

/** Money may still come for what was written off; for what is paid only by the owner's word, and it is the client's. */
function refuseUnpayable({ number, state }: Invoice, again: boolean): void {
  if (state === 'open' || state === 'written-off' || (again && state !== 'void')) return;
  throw new AppError('conflict', { code: 'takes-no-payment', number, state });
}

interface Entered extends Pick<PaidValues, 'receivedOn' | 'reference'> {
  /** null: all that is open, and nothing is */
  amountCents: number | null;
  /** it is just what the invoice still asks for */
  isAllOpen: boolean;
  /** seen on the account: another line of the bank is another payment */
  byLine?: boolean;
}

/**
 * A payment that may be on record is asked about, not counted twice: the same sum on the invoice within days (see
 * rules/seen-payments), or on another one of the client, as one transfer may be typed under two numbers. A sum that is
 * just what an invoice asks for explains itself there: months of one fee are often paid together.
 * @throws AppError 'conflict'
 */
export function refuseSeenBefore(r: Reader, invoice: Invoice, entered: Entered): void {
  const same = standingPayments(invoice).find((payment) => isSeenBefore(payment, entered));
  if (same !== undefined) throw seenBefore(invoice, same);
  if (entered.isAllOpen) return;
  for (const other of listInvoices(r, { clientId: invoice.clientId })) {
    const elsewhere = other.id !== invoice.id && other.currency === invoice.currency ? standingPayments(other) : [];
    const found = elsewhere.find((payment) => isSeenBefore(payment, entered));
    if (found !== undefined) throw seenBefore(other, found);
  }
}

function standingPayments({ payments }: Invoice): Payment[] {
  return payments.filter((payment) => payment.reversedAt === null);
}

/** What the bank writes of a transfer is never what a person writes of it. */
function isSeenBefore(payment: Payment, { receivedOn, amountCents, reference, byLine }: Entered): boolean {
  if (byLine === true && payment.lineId !== undefined) return false;
  if (amountCents === null) return payment.receivedOn === receivedOn;
  const known = { ...payment, reference: payment.lineId === undefined ? payment.reference : null, reversed: false };
  return mayBe(known, { receivedOn, amountCents, reference, reversed: false });
}

function seenBefore({ number, currency }: Invoice, { amountCents, receivedOn, reference }: Payment): AppError {
  return new AppError('conflict', {
    code: 'recorded-twice',
    number,
    sum: { cents: amountCents, currency },
    day: receivedOn,
    reference: reference === null ? '' : `, ${reference}`,
  });
}

/** What is neither paid nor disputed: what a letter asks for. */
function undisputedCents(invoice: Invoice): number {
  return sharesOf(invoice).reduce((sum, share) => sum + share.openCents, 0);
}

/** An invoice by its number; the client is needed when two have the same number, the year when numbers begin anew. */
export interface InvoiceName {
  number: string;
  client: string | null;
  /** of issue; of several years the one that is open is taken without it */
  year?: number | null;
}

/**
 * @param prefer which of several years is meant; the open one unless said
 * @throws AppError 'not-found' or 'conflict', as store/invoices says
 */
export function named(
  r: Reader,
  { number, client, year }: InvoiceName,
  prefer?: (invoice: Invoice) => boolean,
): Invoice {
  const clientId = client === null ? undefined : findClient(r, client).id;
  return findInvoice(r, number, { clientId, year: year ?? undefined, ...(prefer === undefined ? {} : { prefer }) });
}

function hasStandingPayment(invoice: Invoice): boolean {
  return standingPayments(invoice).length > 0;
}

/** A payment that bounced or was booked wrongly: it stays in the record and counts for nothing. */
export function takeBackPayment(desk: DeskParts, which: InvoiceName, paymentId: number | null): Invoice {
  return act(desk, (w) => {
    const before = named(w, which, hasStandingPayment);
    const payment = paymentToReverse(before, paymentId);
    const invoice = reversePayment(w, payment.id);
    const sum = sumOn(invoice, payment.amountCents);
    const why = { code: 'you-took-payment-back', sum, day: payment.receivedOn } as const;
    journal(w, 'payment-reversed', invoice, why, { payment: payment.id });
    return invoice;
  });
}

function paymentToReverse(invoice: Invoice, id: number | null): Payment {
  const standing = standingPayments(invoice);
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
    const before = named(w, which);
    if (before.state === how.state) return { invoice: before, changed: false };
    if (before.state !== 'open') {
      throw new AppError('conflict', { code: 'invoice-state', number: before.number, state: before.state });
    }
    const invoice = how.state === 'void' ? voidInvoice(w, before.id) : writeOff(w, before.id);
    const byHand = { code: how.state === 'void' ? 'you-voided' : 'you-wrote-off' } as const;
    journal(w, how.kind, invoice, how.why === '' ? byHand : asWritten(how.why));
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
    const before = named(w, which);
    if (before.state !== 'open' && cents !== 0)
      throw new AppError('conflict', { code: 'invoice-state', number: before.number, state: before.state });
    const disputed = cents ?? openCents(before);
    if (disputed > before.totalCents) throw bad({ code: 'disputed-too-much' });
    if (disputed === before.disputedCents) return { invoice: before, changed: false };
    const invoice = setDisputed(w, before.id, disputed);
    noteByHand(w, before.id, ['disputed']);
    const sum = sumOn(invoice, disputed);
    const why: Reason = disputed === 0 ? { code: 'dispute-over' } : { code: 'sum-disputed', sum };
    journal(w, 'invoice-disputed', invoice, why, { disputedCents: disputed, currency: invoice.currency });
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
    const invoice = named(w, which);
    if (invoice.state !== 'open') {
      throw new AppError('conflict', `invoice ${invoice.number} is ${invoice.state}: nothing is owed on it`);
    }
    if (by.day < dayOf(w.now, by.zone)) throw bad({ code: 'promise-past' });
    const until = endOfDay(by.day, by.zone);
    const earlier = promisesOn(w, invoice);
    const same = earlier.find((hold) => hold.until === until);
    if (same !== undefined) return { invoice, hold: same };
    for (const hold of earlier) endHold(w, hold.id, { code: 'other-day-promised' });
    const hold = addHold(w, {
      scope: 'invoice',
      scopeId: invoice.id,
      reason: 'promise',
      until,
      note: by.note === '' ? null : asWritten(by.note),
    });
    journal(w, 'promise-noted', invoice, { code: 'promised-by', day: by.day }, { until: toIso(until) });
    touchCase(w, invoice.clientId, invoice.currency);
    return { invoice, hold };
  });
}

function promisesOn(w: Writer, invoice: Invoice): Hold[] {
  return activeHolds(w, { clientId: invoice.clientId, invoiceIds: [invoice.id] }).filter(
    (hold) => hold.scope === 'invoice' && hold.scopeId === invoice.id && hold.reason === 'promise',
  );
}

/** What the owner corrects; a member that is absent stays. Without instalments, `dueOn` and the total are those of one. */
export interface Correction {
  number?: string;
  issuedOn?: LocalDay;
  dueOn?: LocalDay;
  totalCents?: number;
  project?: string | null;
  instalments?: { dueOn: LocalDay; amountCents: number }[];
}

/**
 * Corrects an invoice as the document was corrected. Letters then count from what is on record now.
 * @param why for the journal; '' when none is given
 * @returns the members that changed; nothing is written when none does
 * @throws AppError 'conflict' for a number that is taken, or a void invoice; 'bad-input' when days or sums do not fit
 */
export function correctInvoice(
  desk: DeskParts,
  which: InvoiceName,
  correction: Correction,
  why: string,
): { invoice: Invoice; changed: InvoiceField[] } {
  return act(desk, (w) => {
    const before = named(w, which);
    const done = correctIn(w, before, correction, why === '' ? { code: 'you-corrected' } : asWritten(why));
    noteByHand(w, before.id, done.changed);
    return done;
  });
}

/** {@link correctInvoice} in a transaction that is open already; remembers nothing as done by hand. */
export function correctIn(
  w: Writer,
  before: Invoice,
  correction: Correction,
  why: Reason,
): { invoice: Invoice; changed: InvoiceField[] } {
  const patch = patchOf(before, correction);
  refuseUnprintable({ ...before, ...patch });
  const changed = differences(before, patch);
  if (changed.length === 0) return { invoice: before, changed };
  const invoice = editInvoice(w, before.id, patch);
  journal(w, 'invoice-corrected', invoice, why, { changed, before: printed(before), after: printed(invoice) });
  return { invoice, changed };
}

/** Which members a correction would change. @throws AppError 'bad-input' when days or sums do not fit */
export function patchedFields(before: Invoice, correction: Correction): InvoiceField[] {
  return differences(before, patchOf(before, correction));
}

function patchOf(before: Invoice, { dueOn, ...correction }: Correction): InvoicePatch {
  const totalCents = correction.totalCents ?? before.totalCents;
  const issuedOn = correction.issuedOn ?? before.issuedOn;
  const given = correction.instalments ?? (dueOn === undefined ? partsFor(before, totalCents) : null);
  const values = { totalCents, issuedOn, currency: before.currency, dueOn: dueOn ?? null, instalments: given };
  return { ...correction, instalments: instalmentsOf(values, { name: '', paymentTerms: null }) };
}

/** One instalment takes the new total; of several nobody but the owner knows which. */
function partsFor(before: Invoice, totalCents: number): { dueOn: LocalDay; amountCents: number }[] {
  const [only, second] = before.instalments;
  if (only !== undefined && second === undefined) return [{ dueOn: only.dueOn, amountCents: totalCents }];
  return before.instalments.map(({ dueOn, amountCents }) => ({ dueOn, amountCents }));
}

function differences(before: Invoice, patch: InvoicePatch): InvoiceField[] {
  const parts = (list: readonly { dueOn: string; amountCents: number }[] = []) =>
    list.map((part) => `${part.dueOn} ${part.amountCents}`).join();
  const days = (list: readonly { dueOn: string }[] = []) => list.map((part) => part.dueOn).join();
  const { number, issuedOn, totalCents, project, instalments } = patch;
  const isSameTotal = totalCents === undefined || totalCents === before.totalCents;
  const isSplitAnew = isSameTotal && parts(instalments) !== parts(before.instalments);
  const all: [InvoiceField, boolean][] = [
    ['number', number !== undefined && number.trim() !== before.number],
    ['issuedOn', issuedOn !== undefined && issuedOn !== before.issuedOn],
    ['dueOn', days(instalments) !== days(before.instalments) || isSplitAnew],
    ['total', !isSameTotal],
    ['project', project !== undefined && project !== before.project],
  ];
  return all.filter(([, isChanged]) => isChanged).map(([field]) => field);
}

/** What the document says, for the journal. */
function printed({ number, issuedOn, totalCents, currency, instalments, project }: Invoice): Record<string, unknown> {
  const due = instalments.map((part) => part.dueOn);
  return { number, issuedOn, due, total: sumInWords(totalCents, currency), project };
}

export interface CreditValues {
  /** null: the whole invoice */
  amountCents: number | null;
  /** of the credit note itself */
  number: string | null;
  issuedOn: LocalDay;
  why: string;
  /** the same credit note really was issued twice */
  again: boolean;
}

/**
 * A credit note: less is asked for, and nothing was received.
 * @throws AppError 'conflict' when it is recorded already, or it is not said how much and money has come in;
 *   'bad-input' above what the invoice asks for
 */
export function creditInvoice(desk: DeskParts, which: InvoiceName, values: CreditValues): Invoice {
  return act(desk, (w) => creditIn(w, named(w, which), values));
}

/** @param from where it was read; null: entered by hand, with the owner's own reason in `values.why`, or '' */
export function creditIn(w: Writer, before: Invoice, values: CreditValues, from: Reason | null = null): Invoice {
  const amountCents = values.amountCents ?? wholeOf(before);
  const { number, issuedOn, why } = values;
  refuseControls({ 'number of the credit note': number ?? '', 'reason of the credit note': why });
  refuseSameCredit(before, { amountCents, number, issuedOn }, values.again);
  const invoice = addCredit(w, before.id, { amountCents, number, issuedOn, why });
  const sums = { sum: sumOn(invoice, amountCents), open: sumOn(invoice, openCents(invoice)) };
  const note = from ?? (why === '' ? null : asWritten(why));
  journal(
    w,
    'credit-noted',
    invoice,
    { code: 'credit-note', ...sums, note },
    {
      credit: { amount: sumInWords(amountCents, invoice.currency), number, issuedOn },
    },
  );
  return invoice;
}

function wholeOf(invoice: Invoice): number {
  const [paid, owed] = [paidCents(invoice), owedCents(invoice)];
  if (paid === 0 || paid >= owed) return owed;
  const sum = (cents: number) => sumInWords(cents, invoice.currency);
  throw new AppError(
    'conflict',
    `${sum(paid)} came in for invoice ${invoice.number}: how much is credited is not plain`,
    {
      next: `Give --amount: ${sum(owed - paid)} credits what is open, ${sum(owed)} all of it, also what was paid.`,
    },
  );
}

function refuseSameCredit(
  invoice: Invoice,
  wanted: Pick<Credit, 'amountCents' | 'number' | 'issuedOn'>,
  again: boolean,
) {
  const same = invoice.credits.find(
    (credit) =>
      credit.takenBackAt === null &&
      credit.amountCents === wanted.amountCents &&
      credit.issuedOn === wanted.issuedOn &&
      (credit.number === null || wanted.number === null || credit.number === wanted.number),
  );
  if (same === undefined || again) return;
  throw new AppError('conflict', `this credit note on invoice ${invoice.number} is recorded already`, {
    next: 'If there really are two, repeat the command with --again.',
  });
}

/** A credit note that was withdrawn: its sum is asked for again. */
export function takeBackCreditNote(desk: DeskParts, which: InvoiceName, creditId: number | null): Invoice {
  return act(desk, (w) => {
    const before = named(w, which, (invoice) => invoice.credits.some((credit) => credit.takenBackAt === null));
    const standing = before.credits.filter((credit) => credit.takenBackAt === null);
    const chosen = standing.filter((credit) => creditId === null || credit.id === creditId);
    const [credit, second] = chosen;
    if (credit === undefined || second !== undefined) throw undecided(before, standing);
    const invoice = takeBackCredit(w, before.id, credit.id);
    const sum = sumOn(invoice, credit.amountCents);
    const why = { code: 'credit-note-back', sum, day: credit.issuedOn } as const;
    journal(w, 'credit-taken-back', invoice, why, { credit: credit.id });
    return invoice;
  });
}

function undecided(invoice: Invoice, standing: readonly Credit[]): AppError {
  const list = standing.map((one) => `${one.id} (${one.issuedOn}, ${sumInWords(one.amountCents, invoice.currency)})`);
  const next = standing.length === 0 ? 'There is nothing to take back.' : `Name one with --note: ${list.join(', ')}`;
  const code = standing.length === 0 ? 'not-found' : 'conflict';
  return new AppError(code, `invoice ${invoice.number} has ${standing.length} standing credit notes`, { next });
}

/** The owner says: every payment that came is recorded. Reminders may rely on it for a while. */
export function notePaymentsChecked(desk: DeskParts): void {
  act(desk, (w) => {
    noteChecked(w);
    note(w, { kind: 'payments-checked', subject: 'payments', why: { code: 'payments-complete' } });
  });
}

function sumOn({ currency }: Invoice, cents: number): Sum {
  return { cents, currency };
}

function journal(w: Writer, kind: string, invoice: Invoice, why: Reason, data?: Record<string, unknown>): void {
  const subject = `invoice/${invoice.id}`;
  note(w, { kind, subject, clientId: invoice.clientId, why, data: { number: invoice.number, ...data } });
}
