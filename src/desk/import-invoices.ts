/**
 * A CSV file of invoices -> the record, whole or not at all, and back. Importing the same file again changes nothing;
 * a payment that the file has and the record has not is added.
 */
import { AppError } from '../errors.ts';
import { nearest } from '../rules/nearest.ts';
import type { Client } from '../rules/client.ts';
import { type Invoice, type InvoiceState, openCents, paidCents } from '../rules/invoice.ts';
import type { LocalDay } from '../rules/time.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import {
  invoiceById,
  listInvoices,
  recordPayment,
  reversePayment,
  setDisputed,
  voidInvoice,
  writeOff,
} from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { oneLine, readDay } from './client-columns.ts';
import { columnKey, type CsvFault, type CsvRow, jsonOf, readCsv, refused, writeCsv } from './csv.ts';
import { instalmentsOf, type InvoiceValues, recordInvoiceIn } from './invoices.ts';
import { act, type DeskParts } from './parts.ts';
import { parseCurrency, parseMoney, parseWord, plainMoney } from './values.ts';

const columnNames = [
  'client',
  'number',
  'issuedOn',
  'dueOn',
  'currency',
  'total',
  'project',
  'instalments',
  'state',
  'disputed',
  'payments',
] as const;
type ColumnName = (typeof columnNames)[number];

const needed: readonly ColumnName[] = ['client', 'number', 'issuedOn', 'total'];

/** Other names that accounting programs use, as {@link columnKey} folds them. */
const otherNames: Record<string, ColumnName> = {
  customer: 'client',
  cliente: 'client',
  invoice: 'number',
  invoicenumber: 'number',
  numero: 'number',
  date: 'issuedOn',
  invoicedate: 'issuedOn',
  data: 'issuedOn',
  duedate: 'dueOn',
  scadenza: 'dueOn',
  amount: 'total',
  importo: 'total',
  totale: 'total',
  valuta: 'currency',
  progetto: 'project',
  status: 'state',
};

interface ImportedPayment {
  receivedOn: LocalDay;
  amountCents: number;
  reference: string | null;
  reversed: boolean;
}

interface Row {
  line: number;
  client: Client;
  values: Omit<InvoiceValues, 'client'> & { instalments: { dueOn: LocalDay; amountCents: number }[] };
  state: InvoiceState;
  disputedCents: number;
  payments: ImportedPayment[];
}

export interface InvoiceChange {
  line: number;
  client: string;
  number: string;
  what: 'add' | 'change' | 'unchanged';
  totalCents: number;
  currency: string;
  openCents: number;
}

export interface InvoiceImport {
  changes: InvoiceChange[];
}

/**
 * What the import would do.
 * @param currency of rows that name none
 * @throws AppError 'bad-input' naming file, line, column and reason of every fault
 */
export function planInvoiceImport(
  r: Reader,
  bytes: Uint8Array,
  options: { file: string; currency: string },
): InvoiceImport {
  return { changes: planned(r, bytes, options).map((entry) => entry.change) };
}

/** Does what {@link planInvoiceImport} says, in one transaction. */
export function importInvoices(
  desk: DeskParts,
  bytes: Uint8Array,
  options: { file: string; currency: string },
): InvoiceImport {
  return act(desk, (w) => {
    const plan = planned(w, bytes, options);
    for (const { row, change, existing } of plan) if (change.what !== 'unchanged') carryOut(w, row, existing);
    return { changes: plan.map((entry) => entry.change) };
  });
}

/** All invoices as CSV. When a payment was entered or taken back is not in it: that is in the journal. */
export function exportInvoices(r: Reader): string {
  const rows = listInvoices(r).map((invoice) => {
    const cells = cellsOf(invoice, clientById(r, invoice.clientId)?.name ?? '');
    return columnNames.map((name) => cells[name]);
  });
  return writeCsv([columnNames, ...rows]);
}

function cellsOf(invoice: Invoice, client: string): Record<ColumnName, string> {
  const money = (cents: number) => plainMoney(cents, invoice.currency);
  const single = invoice.instalments.length === 1 ? invoice.instalments[0] : undefined;
  const payments = invoice.payments.map(({ receivedOn, amountCents, reference, reversedAt }) => ({
    receivedOn,
    amount: money(amountCents),
    reference,
    ...(reversedAt === null ? {} : { reversed: true }),
  }));
  return {
    client,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    dueOn: single?.dueOn ?? '',
    currency: invoice.currency,
    total: money(invoice.totalCents),
    project: invoice.project ?? '',
    instalments: single ? '' : invoice.instalments.map((part) => `${part.dueOn} ${money(part.amountCents)}`).join('; '),
    state: invoice.state,
    disputed: invoice.disputedCents === 0 ? '' : money(invoice.disputedCents),
    payments: payments.length === 0 ? '' : JSON.stringify(payments),
  };
}

interface Planned {
  row: Row;
  change: InvoiceChange;
  existing: Invoice | undefined;
}

function planned(r: Reader, bytes: Uint8Array, options: { file: string; currency: string }): Planned[] {
  const { file } = options;
  const csv = readCsv(bytes, file);
  const places = placesOf(csv.columns, file);
  const faults: CsvFault[] = [];
  const rows = csv.rows.map((row) => readRow(r, row, { places, currency: options.currency, faults }));
  if (faults.length === 0) faults.push(...doubles(rows as Row[]));
  if (faults.length > 0) throw refused(file, faults);
  const known = knownInvoices(r);
  const plan = (rows as Row[]).map((row) => compare(row, known.get(keyOf(row.client.id, row.values.number)), faults));
  if (faults.length > 0) throw refused(file, faults);
  return plan;
}

function keyOf(clientId: number, number: string): string {
  return `${clientId} ${number}`;
}

function knownInvoices(r: Reader): ReadonlyMap<string, Invoice> {
  return new Map(listInvoices(r).map((invoice) => [keyOf(invoice.clientId, invoice.number), invoice]));
}

function placesOf(columns: readonly string[], file: string): Map<ColumnName, number> {
  const places = new Map<ColumnName, number>();
  const faults: CsvFault[] = [];
  for (const [index, name] of columns.entries()) {
    const key = columnKey(name);
    const known = columnNames.find((candidate) => columnKey(candidate) === key) ?? otherNames[key];
    if (known !== undefined && !places.has(known)) places.set(known, index);
    else
      faults.push({
        line: 1,
        column: name,
        reason:
          known === undefined ? unknownColumn(name) : `says the same as "${columns[places.get(known) as number]}"`,
      });
  }
  for (const name of needed)
    if (!places.has(name)) faults.push({ line: 1, column: name, reason: 'the file has no such column' });
  if (faults.length > 0) throw refused(file, faults);
  return places;
}

function unknownColumn(name: string): string {
  const near = nearest(name, columnNames);
  return near === undefined
    ? `is not a known column; known are ${columnNames.join(', ')}`
    : `is not a known column; did you mean "${near}"?`;
}

interface RowContext {
  places: ReadonlyMap<ColumnName, number>;
  currency: string;
  faults: CsvFault[];
}

/** @returns undefined when it has a fault, which is noted */
function readRow(r: Reader, row: CsvRow, context: RowContext): Row | undefined {
  const before = context.faults.length;
  const cell = (name: ColumnName) => (row.cells[context.places.get(name) ?? -1] ?? '').trim();
  const read = <T>(column: ColumnName, reader: (text: string) => T): T =>
    tried(row, column, context.faults, () => reader(cell(column)));
  const currency = read('currency', (text) => (text === '' ? context.currency : parseCurrency(text)));
  const money = (text: string) => parseMoney(text, currency ?? context.currency);
  const client = read('client', (text) => findClient(r, text));
  const number = read('number', numberOf);
  const issuedOn = read('issuedOn', readDay);
  const dueOn = read('dueOn', (text) => (text === '' ? null : readDay(text)));
  const totalCents = read('total', money);
  const project = read('project', (text) => (text === '' ? null : oneLine(text)));
  const given = read('instalments', (text) =>
    text === '' ? null : text.split(';').map((part) => readInstalment(part, money)),
  );
  const state = read('state', stateOf);
  const disputedCents = read('disputed', (text) => (text === '' ? 0 : money(text)));
  const payments = read('payments', (text) => readPayments(text, money));
  if (state === 'void' && payments?.some((payment) => !payment.reversed)) {
    context.faults.push({ line: row.line, column: 'state', reason: 'a void invoice has no payments' });
  }
  if (context.faults.length > before) return undefined;
  const values = { number, issuedOn, dueOn, totalCents, currency, project, instalments: given };
  const column = given === null ? 'dueOn' : 'instalments';
  const instalments = tried(row, column, context.faults, () => instalmentsOf(values, client));
  if (context.faults.length > before) return undefined;
  return { line: row.line, client, values: { ...values, instalments }, state, disputedCents, payments };
}

/** A fault is noted; the value is then never used, as the row is given up. */
function tried<T>(row: CsvRow, column: string, faults: CsvFault[], read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof RangeError) && !(fault instanceof AppError)) throw fault;
    const next = fault instanceof AppError && fault.next !== undefined ? ` (${fault.next})` : '';
    faults.push({ line: row.line, column, reason: `${fault.message}${next}` });
    return undefined as T;
  }
}

function numberOf(text: string): string {
  if (text === '') throw new RangeError('is empty');
  return oneLine(text);
}

function stateOf(text: string): InvoiceState {
  return text === '' ? 'open' : parseWord(text, 'state', ['open', 'paid', 'void', 'written-off']);
}

/** '2026-01-31 610.00' */
function readInstalment(text: string, money: (text: string) => number): { dueOn: LocalDay; amountCents: number } {
  const match = /^(\d{4}-\d{2}-\d{2})\s+(\S.*)$/.exec(text.trim());
  if (match === null) throw new RangeError(`"${text.trim()}" is not an instalment; write it as 2026-01-31 610.00`);
  return { dueOn: readDay(match[1] as string), amountCents: money(match[2] as string) };
}

function readPayments(text: string, money: (text: string) => number): ImportedPayment[] {
  if (text === '') return [];
  const list = jsonOf(text);
  if (!Array.isArray(list))
    throw new RangeError('must be a list, as in [{"receivedOn": "2026-02-03", "amount": "610.00"}]');
  return list.map((entry: unknown) => {
    const { receivedOn, amount, reference, reversed } = (entry ?? {}) as Record<string, unknown>;
    const amountCents = money(textOf(amount));
    if (amountCents <= 0) throw new RangeError('has a payment of nothing');
    const note = typeof reference === 'string' ? reference : null;
    return { receivedOn: readDay(textOf(receivedOn)), amountCents, reference: note, reversed: reversed === true };
  });
}

/** A sum may stand there as a number too. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function doubles(rows: readonly Row[]): CsvFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ line, client, values }) => {
    const key = keyOf(client.id, values.number);
    const before = seen.get(key);
    seen.set(key, before ?? line);
    if (before === undefined) return [];
    return [{ line, column: 'number', reason: `invoice ${values.number} of ${client.name} is in line ${before} too` }];
  });
}

function compare(row: Row, existing: Invoice | undefined, faults: CsvFault[]): Planned {
  const { totalCents, currency, number } = row.values;
  const change = (what: InvoiceChange['what'], open: number): Planned => ({
    row,
    existing,
    change: { line: row.line, client: row.client.name, number, what, totalCents, currency, openCents: open },
  });
  if (existing === undefined) return change('add', openAfter(row));
  const clash = differenceOf(row, existing);
  if (clash !== undefined) {
    const reason = `invoice ${number} is recorded with another ${clash}; void it and give the new one its own number`;
    faults.push({ line: row.line, column: clash, reason });
  }
  const isNews =
    missingPayments(row, existing).length > 0 || endsIt(row, existing) || row.disputedCents !== existing.disputedCents;
  return isNews ? change('change', openAfter(row)) : change('unchanged', openCents(existing));
}

function openAfter(row: Row): number {
  if (row.state !== 'open') return 0;
  const paid = row.payments
    .filter((payment) => !payment.reversed)
    .reduce((sum, payment) => sum + payment.amountCents, 0);
  return Math.max(0, row.values.totalCents - paid);
}

/** What is printed on an invoice does not change. */
function differenceOf({ values }: Row, existing: Invoice): ColumnName | undefined {
  const parts = (list: readonly { dueOn: string; amountCents: number }[]) =>
    list.map((part) => `${part.dueOn} ${part.amountCents}`).join();
  if (values.currency !== existing.currency) return 'currency';
  if (values.totalCents !== existing.totalCents) return 'total';
  if (values.issuedOn !== existing.issuedOn) return 'issuedOn';
  if (parts(values.instalments) !== parts(existing.instalments)) return 'dueOn';
  return undefined;
}

/** Payments of the file that the record does not have: each recorded one answers for one of the file. */
function missingPayments(row: Row, existing: Invoice | undefined): ImportedPayment[] {
  const recorded = (existing?.payments ?? []).map((payment) =>
    paymentKey({ ...payment, reversed: payment.reversedAt !== null }),
  );
  return row.payments.filter((payment) => {
    const index = recorded.indexOf(paymentKey(payment));
    if (index < 0) return true;
    recorded.splice(index, 1);
    return false;
  });
}

function paymentKey({ receivedOn, amountCents, reference, reversed }: ImportedPayment): string {
  return JSON.stringify([receivedOn, amountCents, reference, reversed]);
}

function endsIt(row: Row, existing: Invoice | undefined): boolean {
  return row.state !== 'open' && (existing?.state ?? 'open') === 'open';
}

function carryOut(w: Writer, row: Row, existing: Invoice | undefined): void {
  const invoice = existing ?? recordInvoiceIn(w, row.client, row.values, 'imported');
  for (const payment of missingPayments(row, existing)) {
    const { receivedOn, amountCents, reference, reversed } = payment;
    const after = recordPayment(w, invoice.id, { receivedOn, amountCents, reference });
    if (reversed) reversePayment(w, (after.payments.at(-1) as { id: number }).id);
  }
  if (row.disputedCents !== invoice.disputedCents) setDisputed(w, invoice.id, row.disputedCents);
  if (endsIt(row, existing)) settle(w, row, invoiceById(w, invoice.id) as Invoice);
  if (existing === undefined) return;
  note(w, {
    kind: 'invoice-changed',
    subject: `invoice/${invoice.id}`,
    clientId: invoice.clientId,
    why: 'changed by an import',
    data: { number: invoice.number },
  });
}

/** 'paid' without the payments that would cover it: the rest is taken as paid on the last due day. */
function settle(w: Writer, row: Row, invoice: Invoice): void {
  if (row.state === 'void') voidInvoice(w, invoice.id);
  if (row.state === 'written-off') writeOff(w, invoice.id);
  const rest = invoice.totalCents - paidCents(invoice);
  if (row.state !== 'paid' || rest <= 0) return;
  const receivedOn = (row.values.instalments.at(-1) as { dueOn: LocalDay }).dueOn;
  recordPayment(w, invoice.id, { amountCents: rest, receivedOn, reference: 'imported as paid' });
}
