/**
 * What a file of invoices would change, row by row: which invoice each row means, what is new in it, what the owner set
 * by hand and keeps, and what has to be asked. Changes nothing.
 */
import type { Client } from '../rules/client.ts';
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
import { compareSeen, type Comparison, type KnownPayment, mayBe, type SeenPayment } from '../rules/seen-payments.ts';
import { daysBetween, type LocalDay } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import type { Reader } from '../store/database.ts';
import { answerTo } from '../store/import-answers.ts';
import { listInvoices } from '../store/invoices.ts';
import { clientInFile, type Register, registerOf } from './client-in-file.ts';
import { type CsvFault, readCsv, refused } from './csv.ts';
import type { DayOrder } from './file-days.ts';
import { type Answers, formerKey, Inquiry, type Question, question } from './import-questions.ts';
import { type InvoiceRow, type ReadCredit, readInvoices, tried } from './invoice-columns.ts';
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
  credits: ReadCredit[];
  creditsBack: Credit[];
  /** an open question about money: letters about this invoice wait */
  holds: boolean;
  openAfter: number;
}

export interface Plan {
  entries: Entry[];
  ignored: string[];
  inquiry: Inquiry;
}

/** A row whose client is found. */
interface Found {
  row: InvoiceRow;
  client: Client;
}

interface Context {
  r: Reader;
  options: PlanOptions;
  inquiry: Inquiry;
  faults: CsvFault[];
  /** the invoices of each client */
  record: ReadonlyMap<number, readonly Invoice[]>;
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
  const { rows, ignored } = readInvoices(readCsv(bytes, file), { ...options, dates: options.dates ?? null });
  const faults: CsvFault[] = [];
  const found = findClients(registerOf(r), rows, faults);
  if (faults.length === 0) faults.push(...doubles(found));
  if (faults.length > 0) throw refused(file, faults);
  const inquiry = new Inquiry(r, options.answers ?? new Map());
  const record = grouped(listInvoices(r), (invoice) => invoice.clientId);
  const named = new Set(found.flatMap((one) => byNumber(one, record)?.id ?? []));
  const context: Context = { r, options, inquiry, faults, record, named, rows: found };
  const entries = found.map((one) =>
    one.row.creditOf === null ? invoiceEntry(one, context) : creditEntry(one, one.row.creditOf, context),
  );
  if (faults.length > 0) throw refused(file, faults);
  inquiry.refuseUnused();
  return { entries, ignored, inquiry };
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
    const key = `${client.id} ${row.creditOf === null ? '' : 'credit '}${invoiceKey(row.number, row.issuedOn)}`;
    const before = seen.get(key);
    seen.set(key, before ?? row.line);
    if (before === undefined) return [];
    const reason = `invoice ${row.number} of ${client.name} is in line ${before} too`;
    return [{ line: row.line, column: 'number', reason }];
  });
}

/** The invoice of this number and year; one that is void only where no other has it. */
function byNumber({ row, client }: Found, record: Context['record']): Invoice | undefined {
  if (row.creditOf !== null) return undefined;
  const key = invoiceKey(row.number, row.issuedOn);
  const same = (record.get(client.id) ?? []).filter((one) => invoiceKey(one.number, one.issuedOn) === key);
  return same.find((one) => one.state !== 'void') ?? same.findLast((one) => isSamePaper(one, row)) ?? same.at(-1);
}

/** The same day and sum: what a person would take for the same invoice, whatever its number has become. */
function isSamePaper(one: Pick<Invoice, 'issuedOn' | 'totalCents' | 'currency'>, row: InvoiceRow): boolean {
  return one.issuedOn === row.issuedOn && one.totalCents === row.totalCents && one.currency === row.currency;
}

function entryOf({ row, client }: Found, over: Partial<Entry>): Entry {
  return {
    ...{ row, client, what: 'unchanged', details: [], existing: undefined, correction: {}, disputedCents: null },
    ...{ ends: false, payments: { news: [], bounced: [], doubtful: [] }, credits: [], creditsBack: [], holds: false },
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
  const numbered = byNumber(found, context.record);
  if (numbered !== undefined && numbered.state !== 'void') return knownEntry(found, numbered, context);
  if (numbered !== undefined) return voidEntry(found, numbered, context);
  const twin = formerOf(found, context) ?? twinOf(found, context);
  if (twin === undefined) return newEntry(found, context);
  const answer = twin.question === null ? 'same' : context.inquiry.ask(twin.question);
  if (answer === 'new') return newEntry(found, context);
  if (answer === undefined) return askedEntry(found, twin.invoice);
  return twin.invoice === undefined ? entryOf(found, {}) : knownEntry(found, twin.invoice, context);
}

/** What the owner declared void stays so; another invoice of its number is asked about. */
function voidEntry(found: Found, existing: Invoice, context: Context): Entry {
  const { row, client } = found;
  const kept = () => {
    paymentsOf(found, existing, context);
    return entryOf(found, { existing, openAfter: 0, details: ['void, and stays so'] });
  };
  if (row.state === 'void' || isSamePaper(existing, row)) return kept();
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

/** An invoice that the owner gave another number or year by hand, and that the file still calls as before. */
function formerOf({ row, client }: Found, { r, record }: Context): Twin | undefined {
  const id = answerTo(r, formerKey(client.id, invoiceKey(row.number, row.issuedOn)));
  const invoice = (record.get(client.id) ?? []).find((one) => String(one.id) === id);
  if (invoice === undefined) return undefined;
  if (isSamePaper(invoice, row)) return { invoice, question: null };
  const text = `you gave invoice ${row.number} of ${client.name} the number ${invoice.number} (of ${invoice.issuedOn}, ${sumOf(invoice)}); the file has ${row.number} of ${row.issuedOn}, ${sumOf(row)}. The same?`;
  const matter = ['former', invoice.id, numberKey(row.number), row.issuedOn, row.totalCents];
  return { invoice, question: question(row.line, text, sameOrNew, matter) };
}

/** An invoice of the record, or of the file, that this one may be under another number. */
function twinOf(found: Found, context: Context): Twin | undefined {
  const { row, client } = found;
  const invoice = (context.record.get(client.id) ?? []).find(
    (one) => !context.named.has(one.id) && mayBeTwin(one, row),
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

function mayBeTwin(one: Invoice, row: InvoiceRow): boolean {
  if (one.state === 'void') return isSamePaper(one, row) && mayBeRewritten(one.number, row.number);
  if (isSamePaper(one, row)) return true;
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

function newEntry(found: Found, context: Context): Entry {
  const { row, client } = found;
  const column = row.instalments === null ? 'dueOn' : 'instalments';
  tried({ line: row.line, column, faults: context.faults }, () => instalmentsOf(row, client));
  return entryOf(found, {
    what: 'add',
    disputedCents: row.disputedCents,
    ends: row.state !== null && row.state !== 'open',
    payments: { news: row.payments, bounced: [], doubtful: [] },
    credits: row.credits,
    openAfter: openOfNew(row),
  });
}

function openOfNew(row: InvoiceRow): number {
  if (row.state !== null && row.state !== 'open') return 0;
  const paid = row.payments.filter((one) => !one.reversed).reduce((sum, one) => sum + one.amountCents, 0);
  const credited = row.credits.filter((one) => !one.takenBack).reduce((sum, one) => sum + one.amountCents, 0);
  return Math.max(0, row.totalCents - paid - credited);
}

function knownEntry(found: Found, existing: Invoice, context: Context): Entry {
  const { row } = found;
  const payments = paymentsOf(found, existing, context);
  if (payments === undefined) return askedEntry(found, existing, existing.state === 'open');
  const { correction, kept } = correctionOf(row, existing, context.faults);
  const disputed = disputeOf(row, existing);
  const credits = creditsOf(row, existing);
  const end = endOf(row, existing, payments);
  const details = newsWords(existing, {
    correction,
    payments,
    credits,
    disputedCents: disputed.cents,
    state: end.ends ? row.state : null,
  });
  return entryOf(found, {
    what: details.length === 0 ? 'unchanged' : 'change',
    details: [...details, ...kept, ...disputed.kept, ...end.kept],
    ...{ existing, correction, payments, disputedCents: disputed.cents, ends: end.ends },
    ...{ credits: credits.news, creditsBack: credits.back },
    openAfter:
      details.length === 0
        ? openCents(existing)
        : openAfter(existing, correction, { payments, credits, ends: end.ends }),
  });
}

interface News {
  correction: Correction;
  payments: Comparison;
  credits: { news: ReadCredit[]; back: Credit[] };
  disputedCents: number | null;
  state: InvoiceState | null;
}

/** What the preview says of the row. */
function newsWords(existing: Invoice, { correction, payments, credits, disputedCents, state }: News): string[] {
  const sum = (cents: number) => sumInWords(cents, existing.currency);
  return [
    ...patchedFields(existing, correction).map((field) => changeWords(field, existing, correction)),
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
  change: { payments: Comparison; credits: { news: ReadCredit[]; back: Credit[] }; ends: boolean },
): number {
  if (change.ends || (existing.state !== 'open' && totalCents <= existing.totalCents)) return 0;
  const sum = (list: readonly { amountCents: number }[]) => list.reduce((cents, one) => cents + one.amountCents, 0);
  const credited =
    creditedCents(existing) + sum(change.credits.news.filter((one) => !one.takenBack)) - sum(change.credits.back);
  const paid =
    paidCents(existing) + sum(change.payments.news.filter((one) => !one.reversed)) - sum(change.payments.bounced);
  return Math.max(0, totalCents - credited - paid);
}

/** What the document says now, where the owner has not corrected it by hand. A column that is not there says nothing. */
function correctionOf(
  row: InvoiceRow,
  existing: Invoice,
  faults: CsvFault[],
): { correction: Correction; kept: string[] } {
  const nothing = { correction: {}, kept: [] };
  const fault = (column: string, reason: string) => {
    faults.push({ line: row.line, column, reason });
    return nothing;
  };
  if (row.currency !== existing.currency)
    return fault(
      'currency',
      `invoice ${existing.number} is recorded in ${existing.currency}: void it and record the new one`,
    );
  const place = { line: row.line, column: row.instalments === null ? 'dueOn' : 'instalments', faults };
  const wanted = saidOf(row, existing);
  const fields = tried(place, () => patchedFields(existing, wanted));
  if (fields === undefined) return nothing;
  const byHand = fields.filter((field) => existing.byHand.includes(field));
  const correction = without(wanted, byHand);
  if (fields.includes('total') && (correction.totalCents ?? existing.totalCents) < leastTotal(existing))
    return fault('total', `is less than what is credited or disputed on invoice ${existing.number}`);
  if (tried(place, () => patchedFields(existing, correction)) === undefined) return nothing;
  return { correction, kept: byHand.map((field) => `${field} stays as you set it`) };
}

function leastTotal(existing: Invoice): number {
  return Math.max(creditedCents(existing), existing.disputedCents);
}

/** One due day says nothing of an invoice that is due in several parts. */
function saidOf(row: InvoiceRow, existing: Invoice): Correction {
  const dueOn = row.dueOn === null || existing.instalments.length > 1 ? {} : { dueOn: row.dueOn };
  return {
    ...{ issuedOn: row.issuedOn, totalCents: row.totalCents },
    ...(row.project === null ? {} : { project: row.project }),
    ...(row.instalments === null ? dueOn : { instalments: row.instalments }),
  };
}

function without(correction: Correction, fields: readonly InvoiceField[]): Correction {
  const { issuedOn, totalCents, project, dueOn, instalments } = correction;
  const has = (field: InvoiceField) => fields.includes(field);
  return {
    ...(issuedOn === undefined || has('issuedOn') ? {} : { issuedOn }),
    ...(totalCents === undefined || has('total') ? {} : { totalCents }),
    ...(project === undefined || has('project') ? {} : { project }),
    ...(dueOn === undefined || has('dueOn') ? {} : { dueOn }),
    ...(instalments === undefined || has('dueOn') || has('total') ? {} : { instalments }),
  };
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

function disputeOf(row: InvoiceRow, existing: Invoice): { cents: number | null; kept: string[] } {
  const { disputedCents } = row;
  if (disputedCents === null || disputedCents === existing.disputedCents) return { cents: null, kept: [] };
  if (existing.byHand.includes('disputed')) return { cents: null, kept: ['the dispute stays as you noted it'] };
  return { cents: disputedCents, kept: [] };
}

/** 'Paid' of a file whose payment came back is the payment that came back. */
function endOf(row: InvoiceRow, existing: Invoice, payments: Comparison): { ends: boolean; kept: string[] } {
  if (row.state === null || row.state === 'open' || existing.state !== 'open') return { ends: false, kept: [] };
  const isReversed = existing.payments.some((one) => one.reversedAt !== null) || payments.bounced.length > 0;
  if (row.state === 'paid' && isReversed) return { ends: false, kept: ['not paid: a payment was taken back'] };
  const isBack = existing.credits.some((one) => one.takenBackAt !== null);
  if (row.state === 'credited' && isBack)
    return { ends: false, kept: ['not credited: the credit note was taken back'] };
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
  const compared = compareSeen(row.payments, known, owedCents(existing));
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

/** A credit note on record answers for one of the file, also when it was taken back by hand. */
function creditsOf(row: InvoiceRow, existing: Invoice): { news: ReadCredit[]; back: Credit[] } {
  const rest = [...existing.credits];
  const back: Credit[] = [];
  const news = row.credits.filter((one) => {
    const index = rest.findIndex((other) => isSameCredit(one, other));
    const [known] = index < 0 ? [] : rest.splice(index, 1);
    if (known !== undefined && one.takenBack && known.takenBackAt === null) back.push(known);
    return known === undefined;
  });
  return { news, back };
}

function isSameCredit(one: Pick<ReadCredit, 'amountCents' | 'issuedOn' | 'number'>, other: Credit): boolean {
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
  if (existing === undefined) return entryOf(found, { what: 'add', credits: [credit], openAfter: 0, details });
  if (existing.credits.some((one) => isSameCredit(credit, one))) return entryOf(found, { existing });
  if (credit.amountCents > owedCents(existing)) {
    const asks = sumInWords(owedCents(existing), existing.currency);
    context.faults.push({
      line: row.line,
      column: 'total',
      reason: `is more than invoice ${existing.number} asks for (${asks})`,
    });
  }
  const near = existing.credits.find((one) => mayBe(seenAs(credit), seenAs(one)));
  const answer = near === undefined ? 'second' : context.inquiry.ask(creditQuestion(found, existing, near));
  if (answer === undefined) return askedEntry(found, existing);
  if (answer === 'same') return entryOf(found, { existing });
  const open = Math.max(0, openCents(existing) - credit.amountCents);
  return entryOf(found, { what: 'change', existing, credits: [credit], openAfter: open, details });
}

function seenAs(credit: Pick<ReadCredit, 'amountCents' | 'issuedOn' | 'number'>): SeenPayment {
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
