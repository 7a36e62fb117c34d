/**
 * Invoices, their instalments, payments and credit notes. Keeps three things true in the transaction that changes an invoice: its
 * state, which instalments still have something open, and that its case is looked at. What is owed is computed by
 * rules/invoice; when a letter is due is not known here.
 */
import { AppError } from '../errors.ts';
import {
  type Credit,
  creditedCents,
  type Debt,
  debtsOf,
  type Instalment,
  type Invoice,
  invoiceKey,
  type InvoiceState,
  numberKey,
  owedCents,
  paidCents,
  spreadKept,
  surplusCents,
} from '../rules/invoice.ts';
import { nothingSaid, statementOf } from '../rules/said.ts';
import { fromIso, type LocalDay, localDay, toIso } from '../rules/time.ts';
import { touchCase } from './cases.ts';
import type { Reader, Writer } from './database.ts';
import { notePaymentsChecked } from './payments-check.ts';
import { Conditions, insertInto, instantOrNull } from './rows.ts';
import { noteFormerName, putSaid } from './said.ts';

export interface NewInvoice {
  clientId: number;
  number: string;
  issuedOn: LocalDay;
  currency: string;
  totalCents: number;
  project: string | null;
  /** kept back by the client by law; nothing when left out */
  withholdingCents?: number;
  splitVatCents?: number;
  /** at least one; their sum is the total, and what is kept back of them is the sum of the two above */
  instalments: NewInstalment[];
}

export interface NewInstalment {
  dueOn: LocalDay;
  amountCents: number;
  /** of it, what the client keeps back by law */
  withheldCents?: number;
}

interface InvoiceRow {
  id: number;
  client_id: number;
  number: string;
  issued_on: string;
  currency: string;
  total_cents: number;
  withholding_cents: number;
  split_vat_cents: number;
  project: string | null;
  state: InvoiceState;
  disputed_cents: number;
  instalments: string;
  payments: string;
  credits: string;
}

type InstalmentJson = Omit<Instalment, 'backAt' | 'withheldCents'> & { backAt: string | null; withheldCents: number };

interface PaymentJson {
  id: number;
  amountCents: number;
  receivedOn: LocalDay;
  reference: string | null;
  recordedAt: string;
  reversedAt: string | null;
  lineId: number | null;
}

type CreditJson = Omit<Credit, 'recordedAt' | 'takenBackAt'> & { recordedAt: string; takenBackAt: string | null };

/**
 * One statement for an invoice with all that belongs to it, so that lists need no second look for each. Ordered below
 * the aggregates: to order inside of them takes several times as long.
 */
const select = `SELECT i.id, i.client_id, i.number, i.issued_on, i.currency, i.total_cents, i.project, i.state,
    i.disputed_cents, i.withholding_cents, i.split_vat_cents,
    (SELECT json_group_array(json_object('id', id, 'position', position, 'dueOn', due_on, 'amountCents', amount_cents,
       'backAt', back_at, 'withheldCents', withheld_cents))
     FROM (SELECT * FROM instalments WHERE invoice_id = i.id ORDER BY due_on, position)) AS instalments,
    (SELECT json_group_array(json_object('id', id, 'amountCents', amount_cents, 'receivedOn', received_on,
       'reference', reference, 'recordedAt', recorded_at, 'reversedAt', reversed_at, 'lineId', line_id))
     FROM (SELECT * FROM payments WHERE invoice_id = i.id ORDER BY received_on, id)) AS payments,
    (SELECT json_group_array(json_object('id', id, 'amountCents', amount_cents, 'number', number, 'issuedOn', issued_on,
       'why', why, 'recordedAt', recorded_at, 'takenBackAt', taken_back_at))
     FROM (SELECT * FROM credits WHERE invoice_id = i.id ORDER BY issued_on, id)) AS credits
  FROM invoices i`;

function toInvoice(row: InvoiceRow): Invoice {
  const { id, number, currency, project, state } = row;
  return {
    id,
    number,
    currency,
    project,
    state,
    clientId: row.client_id,
    issuedOn: row.issued_on as LocalDay,
    totalCents: row.total_cents,
    ...(row.withholding_cents > 0 && { withholdingCents: row.withholding_cents }),
    ...(row.split_vat_cents > 0 && { splitVatCents: row.split_vat_cents }),
    disputedCents: row.disputed_cents,
    instalments: (JSON.parse(row.instalments) as InstalmentJson[]).map(({ backAt, withheldCents, ...instalment }) => ({
      ...instalment,
      ...(withheldCents > 0 && { withheldCents }),
      ...(backAt !== null && { backAt: fromIso(backAt) }),
    })),
    payments: (JSON.parse(row.payments) as PaymentJson[]).map(({ lineId, ...payment }) => ({
      ...payment,
      ...(lineId !== null && { lineId }),
      invoiceId: id,
      recordedAt: fromIso(payment.recordedAt),
      reversedAt: instantOrNull(payment.reversedAt),
    })),
    credits: (JSON.parse(row.credits) as CreditJson[]).map((credit) => ({
      ...credit,
      recordedAt: fromIso(credit.recordedAt),
      takenBackAt: instantOrNull(credit.takenBackAt),
    })),
  };
}

/**
 * @throws AppError 'bad-input' for sums that do not add up, 'conflict' for a number this client has already in that year,
 *   'not-found' for an unknown client
 */
export function addInvoice(w: Writer, invoice: NewInvoice): Invoice {
  const checked = checkedInvoice(keptAsBefore(invoice));
  refuseTaken(w, checked);
  const id = insertInto(w, 'invoices', {
    client_id: checked.clientId,
    number: checked.number,
    issued_on: checked.issuedOn,
    currency: checked.currency,
    total_cents: checked.totalCents,
    withholding_cents: checked.withholdingCents ?? 0,
    split_vat_cents: checked.splitVatCents ?? 0,
    project: checked.project,
    state: 'open',
    created_at: toIso(w.now),
  });
  putInstalments(w, { id, instalments: [] }, checked.instalments);
  touchCase(w, checked.clientId, checked.currency);
  const added = mustBe(w, id);
  putSaid(w, id, { ...nothingSaid, fields: statementOf(added) });
  return added;
}

function checkedInvoice(invoice: NewInvoice): NewInvoice {
  const number = invoice.number.trim();
  const bad = (what: string, next: string) => new AppError('bad-input', what, { where: `invoice ${number}`, next });
  if (number === '') throw bad('an invoice needs a number', 'Give the number as it stands on the document.');
  if (!/^[A-Z]{3}$/.test(invoice.currency))
    throw bad(`'${invoice.currency}' is no currency`, 'Give three capital letters, such as EUR.');
  const amounts = [invoice.totalCents, ...invoice.instalments.map((instalment) => instalment.amountCents)];
  if (!amounts.every(isAmount)) throw bad('an amount is not above zero', 'Give whole cents, more than none.');
  const sum = invoice.instalments.reduce((total, instalment) => total + instalment.amountCents, 0);
  if (sum !== invoice.totalCents)
    throw bad(`the instalments make ${sum} cents, the total is ${invoice.totalCents}`, 'Make the two agree.');
  const kept = (invoice.withholdingCents ?? 0) + (invoice.splitVatCents ?? 0);
  const keptOf = invoice.instalments.map(({ withheldCents = 0 }) => withheldCents);
  if (keptOf.reduce((all, cents) => all + cents, 0) !== kept || kept >= invoice.totalCents)
    throw bad(`${kept} cents are kept back of ${invoice.totalCents}`, 'Say less, and of which instalment.');
  for (const day of [invoice.issuedOn, ...invoice.instalments.map((instalment) => instalment.dueOn)])
    if (!isDay(day)) throw bad(`'${day}' is no day of the calendar`, 'Write days as YYYY-MM-DD.');
  const instalments = invoice.instalments.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  return { ...invoice, number, instalments };
}

function isAmount(cents: number): boolean {
  return Number.isSafeInteger(cents) && cents > 0;
}

function isDay(text: string): boolean {
  try {
    return localDay(text) === text;
  } catch {
    return false;
  }
}

/** A void invoice has given its number back. */
function refuseTaken(r: Reader, invoice: Pick<NewInvoice, 'clientId' | 'number' | 'issuedOn'>, ownId = 0): void {
  const client = r.get<{ name: string }>('SELECT name FROM clients WHERE id = ?', invoice.clientId);
  if (client === undefined)
    throw new AppError('not-found', `there is no client ${invoice.clientId}`, {
      next: 'Add the client first: `paletti clients add`.',
    });
  const key = invoiceKey(invoice.number, invoice.issuedOn);
  const taken = r
    .all<{ id: number; number: string; issued_on: LocalDay }>(
      "SELECT id, number, issued_on FROM invoices WHERE client_id = ? AND state <> 'void'",
      invoice.clientId,
    )
    .find((other) => other.id !== ownId && invoiceKey(other.number, other.issued_on) === key);
  if (taken === undefined) return;
  throw new AppError('conflict', `${client.name} already has an invoice ${taken.number} of ${taken.issued_on}`, {
    where: `invoice ${invoice.number}`,
    next: 'Look at it with `paletti invoices show`; a number is used once in a year for each client. A wrong one is corrected with `paletti invoices edit`, or void.',
  });
}

export function invoiceById(r: Reader, id: number): Invoice | undefined {
  const row = r.get<InvoiceRow>(`${select} WHERE i.id = ?`, id);
  return row && toInvoice(row);
}

function mustBe(r: Reader, id: number): Invoice {
  const invoice = invoiceById(r, id);
  if (invoice !== undefined) return invoice;
  throw new AppError('not-found', `there is no invoice with the id ${id}`, { next: 'See `paletti invoices list`.' });
}

/** Which of several invoices of one number is meant. */
export interface Meant {
  clientId?: number | undefined;
  /** of issue */
  year?: number | undefined;
  /** the one taken where numbers begin anew each year, if it is the only one of its kind; the open one unless said */
  prefer?: (invoice: Invoice) => boolean;
}

/**
 * @param number as on the document; case and blanks make no difference when none is written exactly so
 * @throws AppError 'not-found', or 'conflict' when several clients, or several years, have an invoice of that number
 */
export function findInvoice(r: Reader, number: string, meant: Meant = {}): Invoice {
  const wanted = number.trim();
  const found = standingFirst(
    named(r, wanted).filter(
      (invoice) =>
        (meant.clientId === undefined || invoice.clientId === meant.clientId) &&
        (meant.year === undefined || Number(invoice.issuedOn.slice(0, 4)) === meant.year),
    ),
  );
  if (found.length === 0) throw new AppError('not-found', { code: 'no-invoice', number: wanted });
  const clients = [...new Set(found.map((invoice) => invoice.clientId))];
  if (clients.length > 1)
    throw new AppError('conflict', `${clients.length} clients have an invoice ${wanted}`, {
      next: `Name the client too: ${clients.map((id) => nameOf(r, id)).join(', ')}.`,
    });
  const preferred = found.filter(meant.prefer ?? ((invoice) => invoice.state === 'open'));
  const [only, second] = found.length === 1 ? found : preferred;
  if (only !== undefined && second === undefined) return only;
  throw new AppError('conflict', `${nameOf(r, clients[0] as number)} has ${found.length} invoices ${wanted}`, {
    next: `Name the year: ${found.map((invoice) => `--year ${invoice.issuedOn.slice(0, 4)} (${invoice.state})`).join(', ')}.`,
  });
}

/** Those written exactly so; else those that differ in case and blanks only. */
function named(r: Reader, wanted: string): Invoice[] {
  const exact = r.all<InvoiceRow>(`${select} WHERE i.number = ? ORDER BY i.client_id, i.issued_on, i.id`, wanted);
  if (exact.length > 0) return exact.map(toInvoice);
  const key = numberKey(wanted);
  const folded = `${select} WHERE lower(replace(i.number, ' ', '')) = lower(replace(?, ' ', ''))
    ORDER BY i.client_id, i.issued_on, i.id`;
  return r
    .all<InvoiceRow>(folded, wanted)
    .map(toInvoice)
    .filter((invoice) => numberKey(invoice.number) === key);
}

/** A void invoice is meant only where no other has its number: of several void ones the last. */
function standingFirst(found: readonly Invoice[]): Invoice[] {
  return found.filter(
    (invoice, index) =>
      invoice.state !== 'void' ||
      !found.some(
        (other, at) =>
          other.clientId === invoice.clientId && other !== invoice && (other.state !== 'void' || at > index),
      ),
  );
}

function nameOf(r: Reader, clientId: number): string {
  return r.get<{ name: string }>('SELECT name FROM clients WHERE id = ?', clientId)?.name ?? String(clientId);
}

/** By day of issue. */
export function listInvoices(r: Reader, filter: { clientId?: number; state?: InvoiceState } = {}): Invoice[] {
  const { where, values } = new Conditions()
    .given('i.client_id = ?', filter.clientId)
    .given('i.state = ?', filter.state);
  return r.all<InvoiceRow>(`${select} ${where} ORDER BY i.issued_on, i.id`, ...values).map(toInvoice);
}

export interface NewPayment {
  amountCents: number;
  receivedOn: LocalDay;
  reference: string | null;
  /** the line of the bank that proves it: then it says nothing of other payments */
  lineId?: number;
  /** an invoice says it: nobody has looked at the account */
  fromFile?: boolean;
}

/**
 * A payment above what is open is kept as it came; nothing open remains.
 * @throws AppError 'conflict' when the invoice is void, 'bad-input' for an amount that is none
 */
export function recordPayment(w: Writer, invoiceId: number, payment: NewPayment): Invoice {
  const invoice = mustBe(w, invoiceId);
  if (invoice.state === 'void') throw settledAlready(invoice, 'Check the number: a void invoice takes no payment.');
  if (!isAmount(payment.amountCents) || !isDay(payment.receivedOn))
    throw new AppError('bad-input', 'a payment needs an amount above zero and a day', {
      where: `invoice ${invoice.number}`,
      next: 'To take a payment back, reverse it.',
    });
  insertInto(w, 'payments', {
    invoice_id: invoiceId,
    amount_cents: payment.amountCents,
    received_on: payment.receivedOn,
    reference: payment.reference,
    recorded_at: toIso(w.now),
    line_id: payment.lineId ?? null,
  });
  if (payment.lineId === undefined && payment.fromFile !== true) notePaymentsChecked(w);
  return settle(w, invoiceId);
}

/** A payment that did not stay: it is marked and counts no more. Twice is once. */
export function reversePayment(w: Writer, paymentId: number): Invoice {
  const payment = w.get<{ invoice_id: number }>('SELECT invoice_id FROM payments WHERE id = ?', paymentId);
  if (payment === undefined)
    throw new AppError('not-found', `there is no payment ${paymentId}`, { next: 'See `paletti invoices show`.' });
  w.run('UPDATE payments SET reversed_at = ? WHERE id = ? AND reversed_at IS NULL', toIso(w.now), paymentId);
  return settle(w, payment.invoice_id);
}

/** @throws AppError 'conflict' when money has come in for it */
export function voidInvoice(w: Writer, id: number): Invoice {
  const invoice = mustBe(w, id);
  if (paidCents(invoice) > 0) throw settledAlready(invoice, 'Reverse its payments first.');
  return putState(w, id, 'void');
}

/** The owner gives the rest up. @throws AppError 'conflict' when nothing is open on it */
export function writeOff(w: Writer, id: number): Invoice {
  const invoice = mustBe(w, id);
  if (invoice.state !== 'open' && invoice.state !== 'written-off')
    throw settledAlready(invoice, 'There is nothing on it to write off.');
  return putState(w, id, 'written-off');
}

function settledAlready(invoice: Invoice, next: string): AppError {
  const state = invoice.state === 'open' ? 'partly paid' : invoice.state;
  return new AppError('conflict', `invoice ${invoice.number} is ${state}`, { next });
}

function putState(w: Writer, id: number, state: InvoiceState): Invoice {
  w.run('UPDATE invoices SET state = ? WHERE id = ?', state, id);
  return settle(w, id);
}

/**
 * @param cents the part of the sum the client disputes; 0 ends the dispute
 * @throws AppError 'bad-input' outside of 0 and the total
 */
export function setDisputed(w: Writer, id: number, cents: number): Invoice {
  const invoice = mustBe(w, id);
  if (!Number.isSafeInteger(cents) || cents < 0 || cents > invoice.totalCents)
    throw new AppError('bad-input', `the disputed part of invoice ${invoice.number} cannot be ${cents} cents`, {
      next: `Give an amount between 0 and the total of ${invoice.totalCents} cents.`,
    });
  w.run('UPDATE invoices SET disputed_cents = ? WHERE id = ?', cents, id);
  return settle(w, id);
}

export interface NewCredit {
  amountCents: number;
  /** of the credit note itself, if it has one */
  number: string | null;
  issuedOn: LocalDay;
  why: string;
}

/**
 * A credit note: less is asked for. On a paid invoice what came is then more than is owed.
 * @throws AppError 'conflict' when the invoice is void; 'bad-input' above what it asks for
 */
export function addCredit(w: Writer, invoiceId: number, credit: NewCredit): Invoice {
  const invoice = mustBe(w, invoiceId);
  if (invoice.state === 'void') throw settledAlready(invoice, 'A void invoice asks for nothing.');
  const most = Math.max(0, invoice.totalCents - creditedCents(invoice));
  if (!isAmount(credit.amountCents) || credit.amountCents > most || !isDay(credit.issuedOn))
    throw new AppError('bad-input', `a credit note of ${credit.amountCents} cents does not fit the invoice`, {
      where: `invoice ${invoice.number}`,
      next: `Give an amount above 0 and up to ${most} cents, and a day of the calendar.`,
    });
  insertInto(w, 'credits', {
    invoice_id: invoiceId,
    amount_cents: credit.amountCents,
    number: credit.number,
    issued_on: credit.issuedOn,
    why: credit.why,
    recorded_at: toIso(w.now),
  });
  return settle(w, invoiceId);
}

/** A credit note that was itself withdrawn: it is marked and counts no more. Twice is once. */
export function takeBackCredit(w: Writer, invoiceId: number, creditId: number): Invoice {
  w.run(
    'UPDATE credits SET taken_back_at = ? WHERE id = ? AND invoice_id = ? AND taken_back_at IS NULL',
    ...[toIso(w.now), creditId, invoiceId],
  );
  return settle(w, invoiceId);
}

/** What can be corrected of an invoice; a member that is absent stays. */
export interface InvoicePatch {
  number?: string;
  issuedOn?: LocalDay;
  totalCents?: number;
  project?: string | null;
  /** all of them, in any order */
  instalments?: NewInstalment[];
  withholdingCents?: number;
  splitVatCents?: number;
}

/**
 * Corrects what is on record of an invoice. Instalments keep their ids by their place, so that a letter about one still
 * names it.
 * @throws AppError as {@link addInvoice}, and 'conflict' for a void one or below what is disputed or credited
 */
export function editInvoice(w: Writer, id: number, patch: InvoicePatch): Invoice {
  const before = mustBe(w, id);
  if (before.state === 'void') throw settledAlready(before, 'Record the new one with `paletti invoices add`.');
  const checked = checkedInvoice(keptAsBefore({ ...before, ...patch }));
  refuseTaken(w, checked, id);
  if (checked.totalCents < Math.max(creditedCents(before), before.disputedCents))
    throw new AppError('conflict', `more than the new total is disputed or credited on invoice ${before.number}`, {
      next: 'End the dispute, or take the credit note back, first.',
    });
  const { number, issuedOn, totalCents, project, withholdingCents = 0, splitVatCents = 0 } = checked;
  w.run(
    `UPDATE invoices SET number = @number, issued_on = @issuedOn, total_cents = @totalCents, project = @project,
       withholding_cents = @withholdingCents, split_vat_cents = @splitVatCents WHERE id = @id`,
    { number, issuedOn, totalCents, project, withholdingCents, splitVatCents, id },
  );
  putInstalments(w, before, checked.instalments);
  const former = invoiceKey(before.number, before.issuedOn);
  if (former !== invoiceKey(number, issuedOn)) noteFormerName(w, id, former);
  return settle(w, id);
}

/** Instalments of which it is not said what is kept back: of each its part. */
function keptAsBefore(invoice: NewInvoice): NewInvoice {
  const kept = (invoice.withholdingCents ?? 0) + (invoice.splitVatCents ?? 0);
  const said = invoice.instalments.reduce((sum, { withheldCents = 0 }) => sum + withheldCents, 0);
  if (said === kept) return invoice;
  const amounts = invoice.instalments.map(({ amountCents }) => amountCents);
  const spread = spreadKept(kept, amounts);
  const instalments = invoice.instalments.map((part, at) => ({ ...part, withheldCents: spread[at] ?? 0 }));
  return { ...invoice, instalments };
}

function putInstalments(
  w: Writer,
  { id, instalments }: Pick<Invoice, 'id' | 'instalments'>,
  parts: NewInvoice['instalments'],
): void {
  const known = instalments.toSorted((a, b) => a.position - b.position);
  for (const [index, { dueOn, amountCents, withheldCents = 0 }] of parts.entries()) {
    const row = known[index];
    if (row !== undefined)
      w.run(
        'UPDATE instalments SET due_on = ?, amount_cents = ?, withheld_cents = ? WHERE id = ?',
        ...[dueOn, amountCents, withheldCents, row.id],
      );
    else
      insertInto(w, 'instalments', {
        invoice_id: id,
        position: index + 1,
        due_on: dueOn,
        amount_cents: amountCents,
        open: 1,
        withheld_cents: withheldCents,
        open_cents: amountCents - withheldCents,
      });
  }
  for (const row of known.slice(parts.length)) w.run('DELETE FROM instalments WHERE id = ?', row.id);
}

/**
 * Brings state and instalments in line with payments and credit notes. Money for a written-off invoice may still make
 * it paid; without any money it is never called so.
 */
function settle(w: Writer, id: number): Invoice {
  const invoice = mustBe(w, id);
  const paid = paidCents(invoice);
  const covered = paid >= owedCents(invoice);
  if (covered && invoice.state !== 'void') invoice.state = paid > 0 ? 'paid' : 'credited';
  else if (invoice.state === 'paid' || invoice.state === 'credited') invoice.state = 'open';
  w.run('UPDATE invoices SET state = ? WHERE id = ?', invoice.state, id);
  const open = new Map(debtsOf(invoice).map((debt) => [debt.instalmentId, debt.openCents]));
  for (const instalment of invoice.instalments) noteOpen(w, instalment.id, open.get(instalment.id) ?? 0);
  touchCase(w, invoice.clientId, invoice.currency);
  return mustBe(w, id);
}

/** When more of it is open than before, the client is given time again: see rules/dunning. */
function noteOpen(w: Writer, instalmentId: number, cents: number): void {
  w.run(
    `UPDATE instalments SET open = @open, open_cents = @cents,
       back_at = iif(@cents > coalesce(open_cents, iif(open = 1, @cents, 0)), @now, back_at) WHERE id = @id`,
    { open: cents > 0 ? 1 : 0, cents, now: toIso(w.now), id: instalmentId },
  );
}

/** Everything open of a client in one currency, due or not, by due day. */
export function debtsOfClient(r: Reader, clientId: number, currency: string): Debt[] {
  return r
    .all<InvoiceRow>(`${select} WHERE i.client_id = ? AND i.currency = ? AND i.state = 'open'`, clientId, currency)
    .flatMap((row) => debtsOf(toInvoice(row)))
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.instalmentId - b.instalmentId));
}

/**
 * Clients with something open that is due by that day and no open case in its currency.
 * @param after null: however long ago it was due; else only what was due after that day
 */
export function dueWithoutCase(
  r: Reader,
  dueOnOrBefore: LocalDay,
  after: LocalDay | null = null,
): { clientId: number; currency: string }[] {
  return r.all(
    `SELECT DISTINCT i.client_id AS clientId, i.currency AS currency
     FROM instalments s CROSS JOIN invoices i ON i.id = s.invoice_id
     WHERE s.open = 1 AND s.due_on > ? AND s.due_on <= ? AND NOT EXISTS (
       SELECT 1 FROM cases c WHERE c.client_id = i.client_id AND c.currency = i.currency AND c.state = 'open')
     ORDER BY i.client_id, i.currency`,
    ...[after ?? '', dueOnOrBefore],
  );
}

/** Nothing of the client is open, disputed or given up, in any currency. */
export function nothingRemains(r: Reader, clientId: number): boolean {
  return (
    r.get("SELECT 1 FROM invoices WHERE client_id = ? AND state IN ('open', 'written-off')", clientId) === undefined
  );
}

/** More than was asked for came in on these invoices of a client. */
export function surplusOf(r: Reader, clientId: number, currency: string): { number: string; cents: number }[] {
  return listInvoices(r, { clientId })
    .map((invoice) => ({ number: invoice.number, cents: surplusCents(invoice), currency: invoice.currency }))
    .filter((one) => one.currency === currency && one.cents > 0);
}
