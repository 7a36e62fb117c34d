/**
 * A CSV file of invoices -> the record, whole or not at all, and back. Importing the same file again changes nothing.
 * A file never undoes what the owner did by hand, and never says by being silent: what may be the same invoice or the
 * same payment seen twice is asked, and the row that asks is left as it is.
 */
import { type Credit, type Invoice, numberKey, owedCents, paidCents } from '../rules/invoice.ts';
import type { SeenCredit, SeenPayment } from '../rules/seen-payments.ts';
import type { Language } from '../rules/language.ts';
import { asWritten } from '../rules/reason.ts';
import { addDays, dayMs, type LocalDay, plus } from '../rules/time.ts';
import type { Reader, Writer } from '../store/database.ts';
import { activeHolds, addHold, endHold } from '../store/holds.ts';
import {
  editInvoice,
  invoiceById,
  listInvoices,
  recordPayment,
  reversePayment,
  setDisputed,
  takeBackCredit,
  voidInvoice,
  writeOff,
} from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { putSaid, saidOf } from '../store/said.ts';
import { formWords } from './books/invoice-table.ts';
import { rememberForm } from './books/forms.ts';
import { nameInFile, registerOf, strangerInFile } from './client-in-file.ts';
import { registerIn } from './clients.ts';
import { writeCsv } from './csv.ts';
import type { Question } from './import-questions.ts';
import { columnNames, type InvoiceRow } from './invoice-columns.ts';
import {
  assumedReference,
  type Entry,
  type Plan,
  planned,
  type PlanOptions,
  rowsOf,
  saidWith,
  saidWithCredit,
} from './invoice-plan.ts';
import { correctIn, creditIn, recordInvoiceIn } from './invoices.ts';
import { matchLines } from './payments.ts';
import { fileMoney } from './values.ts';
import type { Hold } from '../rules/hold.ts';

export interface InvoiceChange {
  line: number;
  client: string;
  number: string;
  /** `asked`: the row leaves a question open, and nothing of it was taken */
  what: 'add' | 'change' | 'unchanged' | 'asked';
  totalCents: number;
  currency: string;
  openCents: number;
  /** what changes, and what is kept as the owner set it by hand; each a phrase */
  details: string[];
}

export interface InvoiceImport {
  changes: InvoiceChange[];
  questions: Question[];
  /** columns that were not used */
  ignored: string[];
  /** how the columns of another's file were read, in words; null: it is of our own columns */
  form: string | null;
  /** what is no invoice of the owner's */
  leftOut: { line: number; number: string; why: string }[];
  /** clients that the register did not know */
  newClients: string[];
}

export interface ImportOptions extends PlanOptions {
  /** clients that the file names and the register does not know are taken in, in this language */
  addClients?: { language: Language };
  /** the owner's: what came in on them before may be for what the file brings */
  accounts?: readonly string[];
}

/** Money that came before its invoice was recorded. */
const unrelatedDays = 120;

/**
 * All of the file or nothing; what it would do is seen by undoing it, see `tried`.
 * @throws AppError 'bad-input' naming file, line, column and reason of every fault; 'usage' for an answer to nothing
 */
export function importInvoices(w: Writer, bytes: Uint8Array, options: ImportOptions): InvoiceImport {
  const { addClients } = options;
  const newClients =
    addClients === undefined ? [] : addStrangers(w, rowsOf(w, bytes, options).rows, addClients.language);
  const plan = planned(w, bytes, options);
  // an invoice first, then the credit notes on it, wherever they stand in the file; what is left then is paid
  const ended = plan.entries.flatMap((entry) => (entry.row.creditOf === null ? carryOut(w, entry, options) : []));
  for (const entry of plan.entries) if (entry.row.creditOf !== null) carryOutCredit(w, entry);
  for (const { id, row } of ended) settle(w, row, invoiceById(w, id) as Invoice, options.today);
  plan.inquiry.remember(w);
  const { table } = plan;
  const said = { form: options.form ?? null, days: options.dates ?? null };
  if (table !== null) rememberForm(w, 'invoices', table.headings, said);
  if (options.accounts !== undefined) matchLines(w, options.accounts, addDays(options.today, -unrelatedDays));
  return { ...told(plan), newClients };
}

/** Whom a row names by a name that nobody in the register has, nor one like it. */
function addStrangers(w: Writer, rows: readonly InvoiceRow[], language: Language): string[] {
  const added: string[] = [];
  for (const { client } of rows) {
    const stranger = strangerInFile(registerOf(w), client);
    if (stranger === undefined) continue;
    const { name, address, vat } = stranger;
    const addresses = address === '' ? [] : [address];
    registerIn(
      w,
      { name, language, addresses, ...(vat !== '' && { references: { vat: [vat] } }) },
      { code: 'named-in-invoices' },
    );
    added.push(name);
  }
  return added;
}

/** All invoices as CSV. When a payment was entered or taken back is not in it: that is in the journal. */
export function exportInvoices(r: Reader): string {
  const register = registerOf(r);
  const clients = new Map(register.clients.map((client) => [client.id, nameInFile(register, client)]));
  const rows = listInvoices(r).map((invoice) => {
    const cells = cellsOf(invoice, clients.get(invoice.clientId) ?? '');
    return columnNames.map((name) => cells[name]);
  });
  return writeCsv([columnNames, ...rows]);
}

function cellsOf(invoice: Invoice, client: string): Record<(typeof columnNames)[number], string> {
  const money = (cents: number) => fileMoney(cents, invoice.currency);
  const single = invoice.instalments.length === 1 ? invoice.instalments[0] : undefined;
  const payments = invoice.payments.map(({ receivedOn, amountCents, reference, reversedAt }) => ({
    receivedOn,
    amount: money(amountCents),
    reference,
    ...(reversedAt === null ? {} : { reversed: true }),
  }));
  const credits = invoice.credits.map(({ issuedOn, amountCents, number, takenBackAt }) => ({
    issuedOn,
    amount: money(amountCents),
    number,
    ...(takenBackAt === null ? {} : { takenBack: true }),
  }));
  return {
    client,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    dueOn: single?.dueOn ?? '',
    currency: invoice.currency,
    total: money(invoice.totalCents),
    withholding: invoice.withholdingCents === undefined ? '' : money(invoice.withholdingCents),
    splitVat: invoice.splitVatCents === undefined ? '' : money(invoice.splitVatCents),
    project: invoice.project ?? '',
    instalments: single ? '' : invoice.instalments.map((part) => `${part.dueOn} ${money(part.amountCents)}`).join('; '),
    state: invoice.state,
    disputed: invoice.disputedCents === 0 ? '' : money(invoice.disputedCents),
    payments: payments.length === 0 ? '' : JSON.stringify(payments),
    credits: credits.length === 0 ? '' : JSON.stringify(credits),
  };
}

function told({ entries, ignored, inquiry, table }: Plan): InvoiceImport {
  const changes = entries.map(({ row, client, what, details, openAfter }) => ({
    line: row.line,
    client: client.name,
    number: row.number,
    what,
    details,
    totalCents: row.totalCents,
    currency: row.currency,
    openCents: openAfter,
  }));
  return {
    changes,
    questions: inquiry.open,
    ignored,
    newClients: [],
    form: table === null ? null : formWords(table),
    leftOut: table?.leftOut ?? [],
  };
}

// ---- doing it ------------------------------------------------------------------------------------------------------------

/** @returns the invoice, when the row says that it has ended */
function carryOut(w: Writer, entry: Entry, options: PlanOptions): { id: number; row: InvoiceRow }[] {
  const { row, client, existing } = entry;
  if (entry.what === 'asked' && entry.holds && existing !== undefined) waitForAnswer(w, entry, existing, options);
  if (entry.what === 'unchanged' && existing !== undefined) remember(w, entry, existing);
  if (entry.what !== 'add' && entry.what !== 'change') {
    endWait(w, entry, existing);
    return [];
  }
  const lowered = entry.disputedCents !== null && entry.disputedCents < (existing?.disputedCents ?? 0);
  if (lowered && existing !== undefined) setDisputed(w, existing.id, entry.disputedCents as number);
  const recorded = existing ?? recordInvoiceIn(w, client, row, { code: 'imported' });
  const { id } =
    existing === undefined
      ? recorded
      : correctIn(w, recorded, entry.correction, { code: 'corrected-by-import' }).invoice;
  if (entry.kept !== null)
    editInvoice(w, id, { ...entry.kept, instalments: withoutKept(invoiceById(w, id) as Invoice) });
  for (const credit of entry.creditsBack) takeBackCredit(w, id, credit.id);
  for (const credit of entry.credits) credited(w, id, credit);
  for (const payment of entry.payments.news) paid(w, id, payment);
  for (const payment of entry.payments.bounced) reversePayment(w, payment.id);
  if (entry.disputedCents !== null) setDisputed(w, id, entry.disputedCents);
  endWait(w, entry, existing);
  remember(w, entry, invoiceById(w, id) as Invoice);
  if (existing !== undefined)
    note(w, {
      kind: 'invoice-changed',
      subject: `invoice/${id}`,
      clientId: client.id,
      why: { code: 'changed-in-file', details: entry.details.map(asWritten) },
      data: { number: existing.number },
    });
  return entry.ends ? [{ id, row }] : [];
}

/** Of each instalment its part is kept back: how much is worked out anew. */
function withoutKept({ instalments }: Invoice): { dueOn: LocalDay; amountCents: number }[] {
  return instalments.map(({ dueOn, amountCents }) => ({ dueOn, amountCents }));
}

/** What the file says, so that the next one is compared with it. */
function remember(w: Writer, { row }: Entry, invoice: Invoice): void {
  putSaid(w, invoice.id, saidWith(saidOf(w, invoice.id), row, invoice));
}

function carryOutCredit(w: Writer, entry: Entry): void {
  const { row, client, existing, listed } = entry;
  if (listed === null || entry.what === 'asked') return;
  const key = numberKey(row.creditOf ?? '');
  const target =
    existing ??
    listInvoices(w, { clientId: client.id }).findLast((one) => numberKey(one.number) === key && one.state !== 'void');
  if (target === undefined) return;
  for (const credit of entry.credits) credited(w, target.id, credit);
  putSaid(w, target.id, saidWithCredit(saidOf(w, target.id), listed));
}

function credited(w: Writer, id: number, credit: SeenCredit): void {
  const { issuedOn, amountCents, number, takenBack } = credit;
  const values = { amountCents, number, issuedOn, why: '', again: true };
  const invoice = creditIn(w, invoiceById(w, id) as Invoice, values, { code: 'imported' });
  if (takenBack) takeBackCredit(w, id, (invoice.credits.toSorted((a, b) => a.id - b.id).at(-1) as Credit).id);
}

function paid(w: Writer, id: number, { receivedOn, amountCents, reference, reversed }: SeenPayment): void {
  const after = recordPayment(w, id, { receivedOn, amountCents, reference });
  const newest = Math.max(...after.payments.map((payment) => payment.id));
  if (reversed) reversePayment(w, newest);
  note(w, {
    kind: 'payment-recorded',
    subject: `invoice/${id}`,
    clientId: after.clientId,
    why: {
      code: 'received-by-import',
      sum: { cents: amountCents, currency: after.currency },
      day: receivedOn,
      takenBack: reversed,
    },
    data: { number: after.number, reference },
  });
}

/** 'Paid' without the payments that would cover it: the rest is taken as paid on the day that is said, or the last due day. */
function settle(w: Writer, row: InvoiceRow, invoice: Invoice, today: LocalDay): void {
  if (invoice.state !== 'open') return;
  if (row.state === 'void') voidInvoice(w, invoice.id);
  if (row.state === 'written-off') writeOff(w, invoice.id);
  const rest = owedCents(invoice) - paidCents(invoice);
  const lastDue = invoice.instalments.at(-1)?.dueOn ?? invoice.issuedOn;
  const on = row.paidOn ?? (lastDue < today ? lastDue : today);
  if (row.state === 'paid')
    paid(w, invoice.id, { amountCents: rest, receivedOn: on, reference: assumedReference, reversed: false });
  if (row.state === 'credited')
    credited(w, invoice.id, { amountCents: rest, issuedOn: on, number: null, takenBack: false });
}

const waitDays = 7;

/** Money that may have come is asked about; until then nobody is reminded of it. */
function waitForAnswer(w: Writer, { row, client }: Entry, invoice: Invoice, { file }: PlanOptions): void {
  const running = activeHolds(w, { clientId: client.id, invoiceIds: [invoice.id] });
  if (running.some(isQuestion)) return;
  const why = { code: 'payment-in-file', file, line: row.line } as const;
  addHold(w, {
    scope: 'invoice',
    scopeId: invoice.id,
    reason: 'payment-claimed',
    until: plus(w.now, waitDays * dayMs),
    note: why,
  });
  note(w, { kind: 'hold-added', subject: `invoice/${invoice.id}`, clientId: client.id, why });
  notice(w, `import-payment/${invoice.id}/${row.line}`, {
    code: 'import-asks',
    client: client.name,
    number: invoice.number,
    file,
    line: row.line,
    note: why,
  });
}

/** One of before reasons were values has its words only. */
function isQuestion({ scope, note: of }: Hold): boolean {
  if (scope !== 'invoice' || of === null) return false;
  const words = 'a file has a payment that may be on record already';
  return of.code === 'payment-in-file' || (of.code === 'as-written' && of.text.startsWith(words));
}

function endWait(w: Writer, { what }: Entry, invoice: Invoice | undefined): void {
  if (invoice === undefined || what === 'asked') return;
  for (const hold of activeHolds(w, { clientId: invoice.clientId, invoiceIds: [invoice.id] }))
    if (isQuestion(hold)) endHold(w, hold.id, { code: 'question-answered' });
}
