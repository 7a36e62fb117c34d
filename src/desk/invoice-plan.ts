/**
 * What a file of invoices would change, row by row: which invoice each row means, what is new in it, what the owner set
 * by hand and keeps, and what has to be asked. Changes nothing.
 */
import type { Client } from '../rules/client.ts';
import type { DayOrder } from '../rules/day-order.ts';
import { grouped } from '../rules/grouped.ts';
import {
  type Credit,
  creditedCents,
  type Invoice,
  type InvoiceField,
  invoiceKey,
  type InvoiceState,
  mayBeRewritten,
  numberKey,
  openCents,
  owedCents,
  paidCents,
} from '../rules/invoice.ts';
import {
  compareStated,
  dueText,
  nothingSaid,
  type Said,
  type Statement,
  type StatedField,
  statementOf,
} from '../rules/said.ts';
import {
  compareSeen,
  type Comparison,
  everListed,
  isSame,
  type KnownPayment,
  mayBe,
  type SeenCredit,
  type SeenPayment,
  take,
} from '../rules/seen-payments.ts';
import { dueBy, type PaymentTerms } from '../rules/payment-terms.ts';
import { daysBetween, type LocalDay } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import type { Reader } from '../store/database.ts';
import { listInvoices } from '../store/invoices.ts';
import { allSaid } from '../store/said.ts';
import { clientInFile, type Register, registerOf } from './client-in-file.ts';
import type { FileForm } from '../books/file-form.ts';
import type { InvoiceTable } from '../books/invoice-csv.ts';
import { readInvoiceFile } from './books/invoice-table.ts';
import { type CsvFault, refused } from './csv.ts';
import { type Answers, Inquiry, type Question, question } from './import-questions.ts';
import { inHeadings, type InvoiceRow, readInvoices, tried } from './invoice-columns.ts';
import { type Correction, instalmentsOf, patchedFields } from './invoices.ts';

export interface PlanOptions {
  /** its name, for the faults */
  file: string;
  /** of rows that name none */
  currency: string;
  /** no payment of the file is later */
  today: LocalDay;
  /** whether the day or the month comes first; null: as the file shows */
  dates?: DayOrder | null;
  /** which column is what, as the owner says it of this file; remembered for files with the same headings */
  form?: FileForm | null;
  /** of invoices whose file says no day, and whose client has no terms */
  terms?: PaymentTerms | null;
  answers?: Answers;
}

/** One row and what becomes of it. */
export interface Entry {
  row: InvoiceRow;
  client: Client;
  what: 'add' | 'change' | 'unchanged' | 'asked';
  details: string[];
  /** the invoice it is about; undefined: it is new, or a credit note on one that is new */
  existing: Invoice | undefined;
  correction: Correction;
  /** null: as it is */
  disputedCents: number | null;
  ends: boolean;
  payments: Comparison;
  /** what the client keeps back by law, learned from the file; null: nothing new */
  kept: { withholdingCents: number; splitVatCents: number } | null;
  credits: SeenCredit[];
  creditsBack: Credit[];
  /** the credit note that the row is; null for an invoice */
  listed: SeenCredit | null;
  /** an open question about money: letters about this invoice wait */
  holds: boolean;
  openAfter: number;
}

export interface Plan {
  entries: Entry[];
  ignored: string[];
  inquiry: Inquiry;
  /** how the file was read; null: by our own columns */
  table: InvoiceTable | null;
}

/** A row whose client is found. */
interface Found {
  row: InvoiceRow;
  client: Client;
}

interface Context {
  options: PlanOptions;
  inquiry: Inquiry;
  faults: CsvFault[];
  /** the invoices of each client */
  record: ReadonlyMap<number, readonly Invoice[]>;
  /** what files have said of each invoice before */
  said: ReadonlyMap<number, Said>;
  /** which invoices of the record a row of the file names by its number */
  named: ReadonlySet<number>;
  rows: readonly Found[];
}

/**
 * Compares a file with the record; changes nothing.
 * @throws AppError 'bad-input' naming file, line, column and reason of every fault; 'usage' for an answer to nothing
 */
export function planned(r: Reader, bytes: Uint8Array, options: PlanOptions): Plan {
  const { file } = options;
  const { rows, ignored, table } = rowsOf(r, bytes, options);
  const faults: CsvFault[] = [];
  const refuse = () => refused(file, inHeadings(faults, table?.form.columns));
  const found = findClients(registerOf(r), rows, faults);
  if (faults.length === 0) faults.push(...doubles(found));
  if (faults.length > 0) throw refuse();
  const inquiry = new Inquiry(r, options.answers ?? new Map());
  const record = grouped(listInvoices(r), (invoice) => invoice.clientId);
  const said = allSaid(r);
  const named = new Set(found.flatMap((one) => byNumber(one, { record, said })?.id ?? []));
  const context: Context = { options, inquiry, faults, record, said, named, rows: found };
  const entries = found.map((one) =>
    one.row.creditOf === null ? invoiceEntry(one, context) : creditEntry(one, one.row.creditOf, context),
  );
  faults.push(...overCredited(entries));
  if (faults.length > 0) throw refuse();
  inquiry.refuseUnused();
  return { entries, ignored, inquiry, table };
}

/** @throws AppError 'bad-input' */
export function rowsOf(
  r: Reader,
  bytes: Uint8Array,
  options: PlanOptions,
): { rows: InvoiceRow[]; ignored: string[]; table: InvoiceTable | null } {
  const { csv, table } = readInvoiceFile(r, bytes, options.file, options.form ?? null);
  const dates = options.dates ?? table?.form.days ?? null;
  const headings = table === null ? {} : { headings: table.form.columns };
  const { rows, ignored } = readInvoices(csv, { ...options, dates, ...headings });
  return { rows, ignored: table === null ? ignored : table.ignored, table };
}

function findClients(register: Register, rows: readonly InvoiceRow[], faults: CsvFault[]): Found[] {
  return rows.flatMap((row) => {
    const client = tried({ line: row.line, column: 'client', faults }, () => clientInFile(register, row.client));
    return client === undefined ? [] : [{ row, client }];
  });
}

function doubles(rows: readonly Found[]): CsvFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ row, client }) => {
    if (row.state === 'void') return [];
    const key = `${client.id} ${row.creditOf === null ? '' : 'credit '}${invoiceKey(row.number, row.issuedOn)}`;
    const before = seen.get(key);
    seen.set(key, before ?? row.line);
    if (before === undefined) return [];
    const reason = `invoice ${row.number} of ${client.name} is in line ${before} too`;
    return [{ line: row.line, column: 'number', reason }];
  });
}

/** The invoice of this number and year; one that is void only where no other has it, or the row is of that one. */
function byNumber({ row, client }: Found, { record, said }: Pick<Context, 'record' | 'said'>): Invoice | undefined {
  if (row.creditOf !== null) return undefined;
  const key = invoiceKey(row.number, row.issuedOn);
  const same = (record.get(client.id) ?? []).filter((one) => invoiceKey(one.number, one.issuedOn) === key);
  const standing = same.find((one) => one.state !== 'void');
  if (standing !== undefined && isSameRow(standing, row, said)) return standing;
  const gone = same.filter((one) => one.state === 'void');
  return gone.findLast((one) => isSameRow(one, row, said)) ?? standing ?? gone.at(-1);
}

/** The same day and sum: what a person would take for the same invoice, whatever its number has become. */
function isSamePaper(one: Pick<Invoice, 'issuedOn' | 'totalCents' | 'currency'>, row: InvoiceRow): boolean {
  return one.issuedOn === row.issuedOn && one.totalCents === row.totalCents && one.currency === row.currency;
}

/** The row is of this invoice as it is on record, or as a file stated it the last time. */
function isSameRow(one: Invoice, row: InvoiceRow, said: Context['said']): boolean {
  const { issuedOn = one.issuedOn, total = one.totalCents } = said.get(one.id)?.fields ?? {};
  return isSamePaper(one, row) || isSamePaper({ issuedOn, totalCents: total, currency: one.currency }, row);
}

function entryOf({ row, client }: Found, over: Partial<Entry>): Entry {
  return {
    row,
    client,
    what: 'unchanged',
    details: [],
    existing: undefined,
    correction: {},
    disputedCents: null,
    ends: false,
    payments: { news: [], bounced: [], doubtful: [] },
    kept: null,
    credits: [],
    creditsBack: [],
    listed: null,
    holds: false,
    openAfter: over.existing === undefined ? row.totalCents : openCents(over.existing),
    ...over,
  };
}

/** Nothing of the row is taken until the owner has answered. */
function askedEntry(found: Found, existing: Invoice | undefined, holds = false): Entry {
  return entryOf(found, { what: 'asked', existing, holds });
}

// ---- which invoice -------------------------------------------------------------------------------------------------------

function invoiceEntry(found: Found, context: Context): Entry {
  const numbered = byNumber(found, context);
  // one that was made void may have no sum any more: then it says nothing but that
  const saysVoid = found.row.state === 'void' && found.row.totalCents === 0;
  if (saysVoid && numbered === undefined) return entryOf(found, { details: ['void, and not on record'] });
  if (saysVoid && numbered !== undefined && numbered.totalCents > 0)
    return invoiceEntry({ ...found, row: { ...found.row, totalCents: numbered.totalCents } }, context);
  if (found.row.state === 'void' && numbered?.state !== 'void' && isGivenAway(found, context))
    return entryOf(found, { openAfter: 0, details: ['void: another row has its number now'] });
  if (numbered !== undefined && numbered.state !== 'void') return knownEntry(found, numbered, context);
  if (numbered !== undefined) return voidEntry(found, numbered, context);
  const twin = formerOf(found, context) ?? twinOf(found, context);
  if (twin === undefined) return newEntry(found, context);
  const answer = twin.question === null ? 'same' : context.inquiry.ask(twin.question);
  if (answer === 'new') return newEntry(found, context);
  if (answer === undefined) return askedEntry(found, twin.invoice);
  return twin.invoice === undefined ? entryOf(found, {}) : knownEntry(found, twin.invoice, context);
}

/** Another row of the file has the number of one that is void there. */
function isGivenAway({ row, client }: Found, { rows }: Context): boolean {
  const key = invoiceKey(row.number, row.issuedOn);
  return rows.some(
    (one) =>
      one.client.id === client.id &&
      one.row.creditOf === null &&
      one.row.state !== 'void' &&
      invoiceKey(one.row.number, one.row.issuedOn) === key,
  );
}

/** What the owner declared void stays so; another invoice of its number is asked about. */
function voidEntry(found: Found, existing: Invoice, context: Context): Entry {
  const { row, client } = found;
  const kept = () => {
    paymentsOf(found, existing, context);
    return entryOf(found, { existing, openAfter: 0, details: ['void, and stays so'] });
  };
  if (row.state === 'void' || isSameRow(existing, row, context.said)) return kept();
  const answer = context.inquiry.ask(
    question(
      row.line,
      `invoice ${existing.number} of ${client.name} is void on record (of ${existing.issuedOn}, ${sumOf(existing)}); in the file it is of ${row.issuedOn}, ${sumOf(row)}. Is that the new one?`,
      { new: 'the number was given to a new invoice', same: 'it is the void one' },
      ['void', existing.id, numberKey(row.number), row.issuedOn, row.totalCents],
    ),
  );
  if (answer === 'new') return newEntry(found, context);
  return answer === 'same' ? kept() : askedEntry(found, existing);
}

interface Twin {
  /** undefined: in the same file */
  invoice: Invoice | undefined;
  /** null: there is no doubt */
  question: Question | null;
}

const sameOrNew = { same: 'the same invoice, under another number', new: 'another invoice' } as const;

/** An invoice that had this number or year before, or that the owner said a file calls so. */
function formerOf({ row, client }: Found, { record, said, named }: Context): Twin | undefined {
  const key = invoiceKey(row.number, row.issuedOn);
  const invoice = (record.get(client.id) ?? []).findLast((one) => said.get(one.id)?.names.includes(key));
  if (invoice === undefined) return undefined;
  if (isSameRow(invoice, row, said) && !named.has(invoice.id)) return { invoice, question: null };
  const text = `invoice ${row.number} of ${client.name} has the number ${invoice.number} on record (of ${invoice.issuedOn}, ${sumOf(invoice)}); the file has ${row.number} of ${row.issuedOn}, ${sumOf(row)}. The same?`;
  const matter = ['former', invoice.id, numberKey(row.number), row.issuedOn, row.totalCents];
  return { invoice, question: question(row.line, text, sameOrNew, matter) };
}

/** An invoice of the record, or of the file, that this one may be under another number. */
function twinOf(found: Found, context: Context): Twin | undefined {
  const { row, client } = found;
  const invoice = (context.record.get(client.id) ?? []).find(
    (one) => !context.named.has(one.id) && mayBeTwin(one, row, context.said),
  );
  if (invoice !== undefined) {
    const text = `${client.name} has on record invoice ${invoice.number} of ${invoice.issuedOn}, ${sumOf(invoice)}; the file has ${row.number} of ${row.issuedOn}, ${sumOf(row)}. The same?`;
    const matter = ['twin', invoice.id, numberKey(row.number), row.issuedOn, row.totalCents];
    return { invoice, question: question(row.line, text, sameOrNew, matter) };
  }
  const other = context.rows.find((one) => one.client.id === client.id && isFullerTwin(one.row, row));
  if (other === undefined) return undefined;
  const text = `line ${other.row.line} has invoice ${other.row.number} of the same day and sum as ${row.number}. The same?`;
  const matter = ['twins', client.id, numberKey(other.row.number), numberKey(row.number), row.issuedOn, row.totalCents];
  return { invoice: undefined, question: question(row.line, text, sameOrNew, matter) };
}

/** Around the turn of a year an invoice that was dated anew keeps its number, and would be one of another year. */
const redatedDays = 45;

function mayBeTwin(one: Invoice, row: InvoiceRow, said: Context['said']): boolean {
  const isSamePaperNow = isSameRow(one, row, said);
  if (one.state === 'void') return isSamePaperNow && mayBeRewritten(one.number, row.number);
  if (isSamePaperNow) return true;
  const isSameSum = one.totalCents === row.totalCents && one.currency === row.currency;
  const isNear = Math.abs(daysBetween(one.issuedOn, row.issuedOn)) <= redatedDays;
  return isSameSum && isNear && numberKey(one.number) === numberKey(row.number);
}

/** Of two rows the one whose number a spreadsheet has spoiled is asked about, whatever their order. */
function isFullerTwin(other: InvoiceRow, row: InvoiceRow): boolean {
  if (other.creditOf !== null || !isSamePaper(other, row) || !mayBeRewritten(other.number, row.number)) return false;
  return fullness(other.number) > fullness(row.number);
}

/** Digits, then length, then the letters themselves: orders any two numbers that are not the same. */
function fullness(number: string): string {
  const key = numberKey(number);
  const two = (count: number) => String(count).padStart(3, '0');
  return `${two(key.replace(/\D/g, '').length)} ${two(key.length)} ${key}`;
}

function sumOf({ totalCents, currency }: Pick<Invoice, 'totalCents' | 'currency'>): string {
  return sumInWords(totalCents, currency);
}

// ---- what changes --------------------------------------------------------------------------------------------------------

function newEntry(undated: Found, context: Context): Entry {
  const found = { ...undated, row: withDay(undated, context.options.terms ?? null) };
  const { row, client } = found;
  const column = row.instalments === null ? 'dueOn' : 'instalments';
  if (row.dueOn === null && row.instalments === null && client.paymentTerms === null)
    context.faults.push({ line: row.line, column, reason: noDay(client) });
  else tried({ line: row.line, column, faults: context.faults }, () => instalmentsOf(row, client));
  return entryOf(found, {
    what: 'add',
    disputedCents: row.disputedCents,
    ends: row.state !== null && row.state !== 'open',
    payments: { news: withSettled(found, row.payments, context), bounced: [], doubtful: [] },
    credits: row.credits,
    openAfter: openOfNew(row),
  });
}

function noDay({ name }: Client): string {
  return `the invoice has no due date, and no terms of payment are agreed with ${name} (set them: paletti clients edit '${name}' --payment-days 30; or for this import: --terms 30)`;
}

/** By the terms that are said with the file, where neither it nor the client has any; of what has ended no day is needed. */
function withDay({ row, client }: Found, terms: PaymentTerms | null): InvoiceRow {
  if (row.dueOn !== null || row.instalments !== null || client.paymentTerms !== null) return row;
  if (terms !== null) return { ...row, dueOn: dueBy(terms, row.issuedOn) };
  return row.state === null || row.state === 'open' ? row : { ...row, dueOn: row.issuedOn };
}

/**
 * With what came in by the file beyond the payments that it lists, what it said before and what is on record. When it
 * came the file may not say: then it is the day on which it was seen.
 */
function withSettled(
  { row }: Found,
  news: readonly SeenPayment[],
  { options }: Context,
  before: { saidCents: number; paidCents: number } = { saidCents: 0, paidCents: 0 },
): SeenPayment[] {
  const listed = news.filter((one) => !one.reversed).reduce((sum, one) => sum + one.amountCents, 0);
  const settled = row.settledCents ?? 0;
  const amountCents = Math.min(settled - before.saidCents, settled - before.paidCents - listed);
  if (amountCents <= 0) return [...news];
  const receivedOn = row.paidOn ?? options.today;
  return [...news, { receivedOn, amountCents, reference: assumedReference, reversed: false }];
}

function openOfNew(row: InvoiceRow): number {
  if (row.state !== null && row.state !== 'open') return 0;
  const listed = row.payments.filter((one) => !one.reversed).reduce((sum, one) => sum + one.amountCents, 0);
  const paid = Math.max(listed, row.settledCents ?? 0);
  const credited = row.credits.filter((one) => !one.takenBack).reduce((sum, one) => sum + one.amountCents, 0);
  const kept = (row.withholdingCents ?? 0) + (row.splitVatCents ?? 0);
  return Math.max(0, row.totalCents - kept - paid - credited);
}

function knownEntry(found: Found, existing: Invoice, context: Context): Entry {
  const { row } = found;
  const listed = paymentsOf(found, existing, context);
  if (listed === undefined) return askedEntry(found, existing, existing.state === 'open');
  const said = context.said.get(existing.id) ?? nothingSaid;
  const before = { saidCents: said.settled ?? 0, paidCents: paidCents(existing) };
  const payments = { ...listed, news: withSettled(found, listed.news, context, before) };
  const { correction, disputedCents, kept: stays } = correctionOf(found, existing, said, context.faults);
  const credits = creditsOf(row, existing, said);
  const end = endOf({ row, existing, said, payments, isTotalNew: correction.totalCents !== undefined });
  const kept = keptAnew(row, existing);
  const details = newsWords(existing, {
    kept,
    correction,
    payments,
    credits,
    disputedCents,
    state: end.ends ? row.state : null,
  });
  return entryOf(found, {
    what: details.length === 0 ? 'unchanged' : 'change',
    details: [...details, ...stays, ...end.kept],
    existing,
    kept,
    correction,
    payments,
    disputedCents,
    ends: end.ends,
    credits: credits.news,
    creditsBack: credits.back,
    openAfter:
      details.length === 0
        ? openCents(existing)
        : openAfter(existing, correction, { payments, credits, ends: end.ends }),
  });
}

/** Nobody enters by hand what is kept back: it is learned from the file while nothing was paid. */
function keptAnew({ withholdingCents, splitVatCents }: InvoiceRow, existing: Invoice): Entry['kept'] {
  if (withholdingCents === undefined || splitVatCents === undefined || paidCents(existing) > 0) return null;
  const isSame =
    withholdingCents === (existing.withholdingCents ?? 0) && splitVatCents === (existing.splitVatCents ?? 0);
  return isSame || existing.state !== 'open' ? null : { withholdingCents, splitVatCents };
}

interface News {
  kept: Entry['kept'];
  correction: Correction;
  payments: Comparison;
  credits: { news: SeenCredit[]; back: Credit[] };
  disputedCents: number | null;
  state: InvoiceState | null;
}

/** What the preview says of the row. */
function newsWords(existing: Invoice, { kept, correction, payments, credits, disputedCents, state }: News): string[] {
  const sum = (cents: number) => sumInWords(cents, existing.currency);
  return [
    ...patchedFields(existing, correction).map((field) => changeWords(field, existing, correction)),
    ...(kept === null ? [] : [`less ${sum(kept.withholdingCents + kept.splitVatCents)} that the client keeps back`]),
    ...payments.news.map((one) => `payment of ${sum(one.amountCents)} on ${one.receivedOn}`),
    ...payments.bounced.map((one) => `payment of ${sum(one.amountCents)} taken back`),
    ...credits.news.map((one) => `credit note of ${sum(one.amountCents)}`),
    ...credits.back.map((one) => `credit note of ${sum(one.amountCents)} taken back`),
    ...(disputedCents === null ? [] : [`disputed: ${sum(disputedCents)}`]),
    ...(state === null ? [] : [`state: ${state}`]),
  ];
}

function openAfter(
  existing: Invoice,
  { totalCents = existing.totalCents }: Correction,
  change: { payments: Comparison; credits: { news: SeenCredit[]; back: Credit[] }; ends: boolean },
): number {
  if (change.ends || (existing.state !== 'open' && totalCents <= existing.totalCents)) return 0;
  const sum = (list: readonly { amountCents: number }[]) => list.reduce((cents, one) => cents + one.amountCents, 0);
  const credited =
    creditedCents(existing) + sum(change.credits.news.filter((one) => !one.takenBack)) - sum(change.credits.back);
  const paid =
    paidCents(existing) + sum(change.payments.news.filter((one) => !one.reversed)) - sum(change.payments.bounced);
  return Math.max(0, totalCents - credited - paid);
}

/** What the row says anew, where the owner left the record. A column that is not there says nothing. */
function correctionOf(
  { row }: Found,
  existing: Invoice,
  said: Said,
  faults: CsvFault[],
): { correction: Correction; disputedCents: number | null; kept: string[] } {
  const nothing = { correction: {}, disputedCents: null, kept: [] };
  const fault = (column: string, reason: string) => {
    faults.push({ line: row.line, column, reason });
    return nothing;
  };
  if (row.currency !== existing.currency)
    return fault(
      'currency',
      `invoice ${existing.number} is recorded in ${existing.currency}: void it and record the new one`,
    );
  const { taken, kept } = compared(row, existing, said);
  const correction = correctionFrom(row, taken);
  const total = correction.totalCents ?? existing.totalCents;
  const disputedCents = taken.includes('disputed') ? row.disputedCents : null;
  if (disputedCents !== null && disputedCents > total)
    return fault('disputed', `is more than invoice ${existing.number} asks for`);
  if (total < Math.max(creditedCents(existing), disputedCents ?? existing.disputedCents))
    return fault('total', `is less than what is credited or disputed on invoice ${existing.number}`);
  const place = { line: row.line, column: row.instalments === null ? 'dueOn' : 'instalments', faults };
  if (tried(place, () => patchedFields(existing, correction)) === undefined) return nothing;
  return { correction, disputedCents, kept: kept.map((field) => `${field} stays as you set it`) };
}

/** Of what is due in parts, sum and parts go together: one that stays keeps the other. */
function compared(row: InvoiceRow, existing: Invoice, said: Said): ReturnType<typeof compareStated> {
  const record = statementOf(existing);
  const { taken, kept } = compareStated(said, statedBy(row, existing), record);
  const isParts = existing.instalments.length > 1 || row.instalments !== null;
  const isSplitByHand = said.byHand.includes('dueOn') || said.fields.dueOn !== record.dueOn;
  const stays = (field: StatedField) =>
    isParts &&
    ((field === 'dueOn' && kept.includes('total')) ||
      (field === 'total' && (kept.includes('dueOn') || (isSplitByHand && !taken.includes('dueOn')))));
  return { taken: taken.filter((field) => !stays(field)), kept: [...kept, ...taken.filter(stays)] };
}

/** What the row states; one due day says nothing of an invoice that is due in several parts. */
function statedBy(row: InvoiceRow, existing: Invoice): Partial<Statement> {
  const { issuedOn, totalCents, project, disputedCents, instalments } = row;
  const dueOn = instalments === null && existing.instalments.length === 1 ? row.dueOn : null;
  return {
    issuedOn,
    total: totalCents,
    ...(project === null ? {} : { project }),
    ...(disputedCents === null ? {} : { disputed: disputedCents }),
    ...(dueOn === null ? {} : { dueOn }),
    ...(instalments === null ? {} : { dueOn: dueText(instalments) }),
  };
}

function correctionFrom(row: InvoiceRow, taken: readonly StatedField[]): Correction {
  const has = (field: StatedField) => taken.includes(field);
  return {
    ...(has('issuedOn') ? { issuedOn: row.issuedOn } : {}),
    ...(has('total') ? { totalCents: row.totalCents } : {}),
    ...(has('project') ? { project: row.project } : {}),
    ...(has('dueOn') && row.instalments === null && row.dueOn !== null ? { dueOn: row.dueOn } : {}),
    ...(has('dueOn') && row.instalments !== null ? { instalments: row.instalments } : {}),
  };
}

/** What files have said of an invoice once the row is taken. */
export function saidWith(said: Said, row: InvoiceRow, invoice: Invoice): Said {
  const stated = statedBy(row, invoice);
  const name = invoiceKey(row.number, row.issuedOn);
  const isKnown = name === invoiceKey(invoice.number, invoice.issuedOn) || said.names.includes(name);
  const payments = everListed({ seen: row.payments, said: said.payments }, isSame, (one) => one.reversed);
  return {
    fields: { ...said.fields, ...stated },
    byHand: said.byHand.filter((field) => !(field in stated)),
    state: row.state ?? said.state,
    ...(row.settledCents === null ? {} : { settled: Math.max(row.settledCents, said.settled ?? 0) }),
    payments: payments.map(({ one }) => one),
    credits: listedCredits(row.credits, said).map(({ one }) => one),
    names: isKnown ? said.names : [...said.names, name],
  };
}

/** {@link saidWith} for a credit note that is a row of its own. */
export function saidWithCredit(said: Said, credit: SeenCredit): Said {
  return { ...said, credits: listedCredits([credit], said).map(({ one }) => one) };
}

function changeWords(field: InvoiceField, existing: Invoice, correction: Correction): string {
  const days = (list: readonly { dueOn: string }[] = []) => list.map((part) => part.dueOn).join(', ');
  switch (field) {
    case 'total':
      return `total ${sumOf(existing)} -> ${sumInWords(correction.totalCents ?? existing.totalCents, existing.currency)}`;
    case 'issuedOn':
      return `issued ${existing.issuedOn} -> ${correction.issuedOn}`;
    case 'dueOn':
      return `due ${days(existing.instalments)} -> ${correction.dueOn ?? days(correction.instalments)}`;
    default:
      return field;
  }
}

/**
 * What the row says anew of the state, an invoice being open. Where its sum is new, its state is said of that. 'Paid'
 * whose payment came back is the payment that came back.
 */
function endOf(facts: { row: InvoiceRow; existing: Invoice; said: Said; payments: Comparison; isTotalNew: boolean }): {
  ends: boolean;
  kept: string[];
} {
  const { row, existing, said, payments, isTotalNew } = facts;
  const { state } = row;
  if (state === null || (state === existing.state && !isTotalNew)) return { ends: false, kept: [] };
  const isNew = state !== said.state;
  const stays = (why: string) => ({ ends: false, kept: [why] });
  if (state === 'open' || (existing.state !== 'open' && state !== existing.state))
    return isNew ? stays(`stays ${existing.state}`) : { ends: false, kept: [] };
  if (!isNew && !isTotalNew) return stays(`stays ${existing.state} as you left it`);
  if (state === 'void' && paidCents(existing) > 0) return stays('not void: money came in for it');
  const isReversed = existing.payments.some((one) => one.reversedAt !== null) || payments.bounced.length > 0;
  if (state === 'paid' && isReversed) return stays('not paid: a payment was taken back');
  const isBack = existing.credits.some((one) => one.takenBackAt !== null);
  if (state === 'credited' && isBack) return stays('not credited: the credit note was taken back');
  return { ends: true, kept: [] };
}

/** On a payment that stands for a 'paid' which said neither when nor how. */
export const assumedReference = 'imported as paid';

/** @returns undefined while it is not sure which payments are new */
function paymentsOf(found: Found, existing: Invoice, context: Context): Comparison | undefined {
  const { row, client } = found;
  const known = existing.payments.map(
    (payment): KnownPayment => ({
      ...payment,
      reversed: payment.reversedAt !== null,
      isAssumed: payment.reference === assumedReference,
    }),
  );
  const said = context.said.get(existing.id) ?? nothingSaid;
  const compared = compareSeen({ seen: row.payments, said: said.payments }, known, owedCents(existing));
  if (existing.state === 'void' && compared.news.length + compared.doubtful.length > 0)
    context.faults.push({
      line: row.line,
      column: 'payments',
      reason: `invoice ${existing.number} is void, and takes no payment`,
    });
  const [first] = compared.doubtful;
  if (first === undefined) return compared;
  const asked = question(
    row.line,
    `is the payment of ${payWords(first.seen, existing)} on invoice ${existing.number} of ${client.name} the one on record (${payWords(first.known, existing)})?`,
    { same: 'the same payment, already on record', second: 'it came beside the one on record' },
    ['payment', existing.id, ...compared.doubtful.map(({ seen, known: one }) => [seen, one.id])],
  );
  const answer = context.inquiry.ask(asked);
  if (answer === 'second')
    return { ...compared, news: [...compared.news, ...compared.doubtful.map(({ seen }) => seen)], doubtful: [] };
  return answer === 'same' ? { ...compared, doubtful: [] } : undefined;
}

function payWords({ amountCents, receivedOn, reference, reversed }: SeenPayment, { currency }: Invoice): string {
  const named = reference === null || reference === '' ? 'no reference' : reference;
  return `${sumInWords(amountCents, currency)}, ${receivedOn}, ${named}${reversed ? ', taken back' : ''}`;
}

/** A credit note on record answers for one that files list, also when it was taken back by hand. */
function creditsOf(row: InvoiceRow, existing: Invoice, said: Said): { news: SeenCredit[]; back: Credit[] } {
  const rest = [...existing.credits];
  const pairs = listedCredits(row.credits, said).map((listed) => ({
    ...listed,
    known: take(rest, (known) => isSameCredit(listed.one, known)),
  }));
  return {
    news: pairs.flatMap(({ one, isNew, known }) => (isNew && known === undefined ? [one] : [])),
    back: pairs.flatMap(({ one, isNew, known }) =>
      isNew && one.takenBack && known !== undefined && known.takenBackAt === null ? [known] : [],
    ),
  };
}

function listedCredits(seen: readonly SeenCredit[], said: Said): ReturnType<typeof everListed<SeenCredit>> {
  return everListed({ seen, said: said.credits }, isSameCredit, (one) => one.takenBack);
}

type CreditNote = Pick<SeenCredit, 'amountCents' | 'issuedOn' | 'number'>;

function isSameCredit(one: CreditNote, other: CreditNote): boolean {
  if (one.amountCents !== other.amountCents) return false;
  if (one.number !== null && other.number !== null) return numberKey(one.number) === numberKey(other.number);
  return one.issuedOn === other.issuedOn;
}

// ---- credit notes as rows of their own -----------------------------------------------------------------------------------

function creditEntry(found: Found, creditOf: string, context: Context): Entry {
  const { row } = found;
  const credit = { issuedOn: row.issuedOn, amountCents: row.totalCents, number: row.number, takenBack: false };
  if (row.issuedOn > context.options.today)
    context.faults.push({ line: row.line, column: 'issuedOn', reason: `${row.issuedOn} has not come yet` });
  const details = [`credit note on ${creditOf}`];
  const existing = creditedInvoice(found, creditOf, context);
  if (existing === undefined)
    return entryOf(found, { what: 'add', listed: credit, credits: [credit], openAfter: 0, details });
  const said = context.said.get(existing.id) ?? nothingSaid;
  const { news } = creditsOf({ ...row, credits: [credit] }, existing, said);
  if (news.length === 0) return entryOf(found, { existing, listed: credit });
  const near = existing.credits.find((one) => mayBe(seenAs(credit), seenAs(one)));
  const answer = near === undefined ? 'second' : context.inquiry.ask(creditQuestion(found, existing, near));
  if (answer === undefined) return askedEntry(found, existing);
  if (answer === 'same') return entryOf(found, { existing, listed: credit });
  const open = Math.max(0, openCents(existing) - credit.amountCents);
  return entryOf(found, { what: 'change', existing, listed: credit, credits: [credit], openAfter: open, details });
}

function seenAs(credit: Pick<SeenCredit, 'amountCents' | 'issuedOn' | 'number'>): SeenPayment {
  return { receivedOn: credit.issuedOn, amountCents: credit.amountCents, reference: credit.number, reversed: false };
}

function creditQuestion({ row, client }: Found, existing: Invoice, near: Credit): Question {
  const sum = sumInWords(near.amountCents, existing.currency);
  return question(
    row.line,
    `is credit note ${row.number} of ${row.issuedOn} on invoice ${existing.number} of ${client.name} the one of ${near.issuedOn} on record (${sum})?`,
    { same: 'the same credit note', second: 'another one' },
    ['credit', existing.id, near.id, numberKey(row.number), row.issuedOn, row.totalCents],
  );
}

/** What the credit notes of the file come to on one invoice, with those on record, may not be more than it asks for. */
function overCredited(entries: readonly Entry[]): CsvFault[] {
  const credited = entries.filter((entry) => entry.what !== 'asked' && entry.credits.some((one) => !one.takenBack));
  const last = new Map(credited.map((entry) => [targetOf(entry, entries), entry]));
  return [...last].flatMap(([target, { row }]) => {
    const on = credited.filter((entry) => targetOf(entry, entries) === target).flatMap((entry) => entry.credits);
    const owner = entries.find((entry) => entry.row.creditOf === null && targetOf(entry, entries) === target);
    const existing = owner?.existing ?? credited.find((entry) => targetOf(entry, entries) === target)?.existing;
    const total = owner?.correction.totalCents ?? existing?.totalCents ?? owner?.row.totalCents ?? 0;
    const back = sumOfCredits(owner?.creditsBack ?? []);
    const asked = total - (existing === undefined ? 0 : creditedCents(existing)) + back;
    if (sumOfCredits(on.filter((one) => !one.takenBack)) <= asked) return [];
    const number = existing?.number ?? owner?.row.number ?? row.creditOf ?? '';
    const column = row.creditOf === null ? 'credits' : 'total';
    return [
      {
        line: row.line,
        column,
        reason: `is more than invoice ${number} asks for (${sumInWords(asked, row.currency)})`,
      },
    ];
  });
}

function sumOfCredits(list: readonly { amountCents: number }[]): number {
  return list.reduce((sum, one) => sum + one.amountCents, 0);
}

/** The invoice of a row, or of the credit note that it is: by its id, or where the file has it. */
function targetOf({ row, client, existing }: Entry, entries: readonly Entry[]): string {
  if (existing !== undefined) return `invoice ${existing.id}`;
  if (row.creditOf === null) return `line ${row.line}`;
  const key = numberKey(row.creditOf);
  const meant = entries.findLast(
    (one) => one.row.creditOf === null && one.client.id === client.id && numberKey(one.row.number) === key,
  );
  return meant === undefined ? `line ${row.line}` : targetOf(meant, entries);
}

/** On record, or undefined for one that the file records. A fault when there is neither. */
function creditedInvoice({ row, client }: Found, creditOf: string, context: Context): Invoice | undefined {
  const key = numberKey(creditOf);
  const isMeant = (number: string, issuedOn: LocalDay) => numberKey(number) === key && issuedOn <= row.issuedOn;
  const known = (context.record.get(client.id) ?? []).filter(
    (one) => one.state !== 'void' && isMeant(one.number, one.issuedOn),
  );
  // numbers begin anew each year: the credit note is on the last one before it
  if (known.length > 0) return known.at(-1);
  const inFile = context.rows.some(
    (one) => one.client.id === client.id && one.row.creditOf === null && isMeant(one.row.number, one.row.issuedOn),
  );
  if (!inFile)
    context.faults.push({ line: row.line, column: 'creditOf', reason: `${client.name} has no invoice ${creditOf}` });
  return undefined;
}
