/**
 * The columns of a file of invoices: what accounting programs and spreadsheets call them in two languages, and how one
 * row is read. Knows no register and no record: clients are looked up and rows compared by desk/import-invoices.
 */
import { AppError } from '../errors.ts';
import type { DayOrder } from '../rules/day-order.ts';
import { distance } from '../rules/nearest.ts';
import type { InvoiceState } from '../rules/invoice.ts';
import { dueBy, parsePaymentTerms } from '../rules/payment-terms.ts';
import type { SeenCredit, SeenPayment } from '../rules/seen-payments.ts';
import type { LocalDay } from '../rules/time.ts';
import { oneLine } from './client-columns.ts';
import type { ClientCells } from './client-in-file.ts';
import { columnKey, type CsvFault, type CsvFile, type CsvRow, jsonOf, refused } from './csv.ts';
import { orderIn, readFileDay } from './file-days.ts';
import { parseCurrency, parseMoney } from './values.ts';

export const columnNames = [
  'client',
  'number',
  'issuedOn',
  'dueOn',
  'currency',
  'total',
  'withholding',
  'splitVat',
  'project',
  'instalments',
  'state',
  'disputed',
  'payments',
  'credits',
] as const;
/** Columns that we read and never write: they say what others say already. */
const readOnly = [
  'clientAddress',
  'vatNumber',
  'clientCode',
  'paidOn',
  'paid',
  'open',
  'terms',
  'kind',
  'creditOf',
] as const;
type ColumnName = (typeof columnNames)[number] | (typeof readOnly)[number];

/** Other names that programs and people use, as {@link columnKey} folds them. */
const otherNames: Record<ColumnName, string> = {
  client: 'customer customername clientname cliente nomecliente ragionesociale denominazione intestatario',
  clientAddress: 'email emailcliente clientemail customeremail mail indirizzoemail',
  vatNumber: 'vat vatid partitaiva piva partitaivacliente pivacliente',
  clientCode: 'code customercode clientnumber customernumber codicecliente codcliente',
  number:
    'invoice invoicenumber invoiceno numero numerofattura nfattura nrfattura nofattura fattura numerodocumento ndocumento nrdocumento documentnumber numdoc',
  issuedOn: 'date invoicedate dateissued issued issuedate data datafattura dataemissione datadocumento emessail',
  dueOn: 'due duedate scadenza datascadenza datadiscadenza scadeil',
  currency: 'valuta divisa',
  total:
    'amount totalamount grandtotal invoicetotal importo importototale totale totalefattura totaledocumento lordo importolordo totaleivainclusa',
  withholding: 'ritenuta ritenutaacconto ritenutadacconto importoritenuta withholdingtax',
  splitVat: 'ivasplitpayment importosplitpayment ivascissionepagamenti',
  project: 'progetto commessa',
  instalments: 'installments rate',
  state: 'status stato statopagamento paymentstatus',
  disputed: 'contestato contestata importocontestato',
  payments: 'pagamenti',
  credits: 'creditnotes notedicredito',
  paidOn: 'datapagamento dataincasso datasaldo paymentdate datepaid pagatail',
  paid: 'amountpaid paidamount totalpaid paidtodate importopagato pagato incassato importoincassato',
  open: 'balance balancedue amountdue openbalance openamount outstanding residuo importoresiduo saldo dapagare dasaldare importodapagare',
  terms: 'paymentterms terminipagamento terminidipagamento condizionipagamento condizionidipagamento',
  kind: 'type documenttype tipo tipodocumento',
  creditOf: 'creditnoteof notadicreditodi fatturacollegata documentocollegato fatturadiriferimento',
};

const byKey = new Map<string, ColumnName>(
  (Object.entries(otherNames) as [ColumnName, string][]).flatMap(([name, others]) =>
    [columnKey(name), ...others.split(' ')].map((key) => [key, name] as const),
  ),
);

const needed: readonly ColumnName[] = ['number', 'issuedOn', 'total'];
const naming: readonly ColumnName[] = ['client', 'clientAddress', 'vatNumber', 'clientCode'];

/** A row as the file has it. What a column that is not there, or an empty cell, would say is null. */
export interface InvoiceRow {
  line: number;
  client: ClientCells;
  number: string;
  issuedOn: LocalDay;
  dueOn: LocalDay | null;
  currency: string;
  totalCents: number;
  /** what the client keeps back by law; absent: the file says nothing of it */
  withholdingCents?: number;
  splitVatCents?: number;
  project: string | null;
  instalments: { dueOn: LocalDay; amountCents: number }[] | null;
  state: InvoiceState | null;
  paidOn: LocalDay | null;
  disputedCents: number | null;
  /** what came in so far, where the file says that much and no more */
  settledCents: number | null;
  payments: SeenPayment[];
  credits: SeenCredit[];
  /** the invoice that a credit note belongs to; null for an invoice */
  creditOf: string | null;
}

export interface ReadOptions {
  file: string;
  /** of rows that name none */
  currency: string;
  today: LocalDay;
  /** the owner's word; null: as the file shows */
  dates: DayOrder | null;
  /** our names -> the headings of the file, where it is another's */
  headings?: Readonly<Record<string, string>>;
}

export interface InvoiceFile {
  rows: InvoiceRow[];
  /** columns that were not used */
  ignored: string[];
}

/** @throws AppError 'bad-input' naming file, line, column and reason of every fault */
export function readInvoices(csv: CsvFile, options: ReadOptions): InvoiceFile {
  const { places, ignored } = placesOf(csv, options.file);
  const order = options.dates ?? orderIn(dayCells(csv, places));
  const faults: CsvFault[] = [];
  const rows = csv.rows.flatMap((row) => {
    const before = faults.length;
    const read = readRow({ row, places, order, options, faults });
    return faults.length > before ? [] : [read];
  });
  if (faults.length > 0) throw refused(options.file, inHeadings(faults, options.headings));
  return { rows, ignored };
}

/** Faults under the headings of the file, where they are not ours. */
export function inHeadings(faults: readonly CsvFault[], headings: Readonly<Record<string, string>> = {}): CsvFault[] {
  return faults.map((fault) => ({ ...fault, column: headings[fault.column] ?? fault.column }));
}

/** What the columns are called in a row that has all that is needed; undefined for any other row. */
export function headingOf(row: readonly string[]): Record<string, string> | undefined {
  const found = new Map<ColumnName, string>();
  for (const heading of row) {
    const name = byKey.get(columnKey(heading));
    if (name !== undefined && !found.has(name)) found.set(name, heading);
  }
  const isWhole = needed.every((name) => found.has(name)) && naming.some((name) => found.has(name));
  const read = [...found].filter(([name]) => !onlyOurs.has(name));
  return isWhole ? Object.fromEntries(read) : undefined;
}

/** Columns of ours that no other program writes. */
const onlyOurs = new Set<ColumnName>(['instalments', 'disputed', 'payments', 'credits']);

type Places = ReadonlyMap<ColumnName, number>;

function placesOf(csv: CsvFile, file: string): { places: Places; ignored: string[] } {
  const places = new Map<ColumnName, number>();
  const ignored: string[] = [];
  const faults: CsvFault[] = [];
  for (const [index, name] of csv.columns.entries()) {
    const known = knownColumn(csv, index);
    const near = known === undefined ? misspelt(name) : undefined;
    if (near !== undefined)
      faults.push({ line: 1, column: name, reason: `is not a known column; did you mean "${near}"?` });
    else if (known === undefined) ignored.push(name);
    else if (!places.has(known)) places.set(known, index);
    else
      faults.push({ line: 1, column: name, reason: `says the same as "${csv.columns[places.get(known) as number]}"` });
  }
  for (const name of needed)
    if (!places.has(name)) faults.push({ line: 1, column: name, reason: `${noSuchColumn}${notUsed(ignored)}` });
  if (!naming.some((name) => places.has(name)))
    faults.push({ line: 1, column: 'client', reason: `${noSuchColumn}${notUsed(ignored)}` });
  if (faults.length > 0) throw withHint(refused(file, faults), faults);
  return { places, ignored };
}

/** A file of another's columns is not mended: it is said which is what. */
function withHint(refusal: AppError, faults: readonly CsvFault[]): AppError {
  const missing = faults.filter(({ reason }) => reason.startsWith(noSuchColumn)).map(({ column }) => column);
  if (missing.length === 0 || refusal.where === undefined) return refusal;
  const options = missing.map((name) => `--map '${name}=…'`).join(' ');
  return new AppError(refusal.code, refusal.message, {
    where: refusal.where,
    next: `Say which column is what, once: ${options}, with the heading after the =. Nothing of the file was taken.`,
  });
}

const noSuchColumn = 'the file has no such column';

function notUsed(ignored: readonly string[]): string {
  return ignored.length === 0 ? '' : `; not known are ${ignored.map((name) => `"${name}"`).join(', ')}`;
}

/** 'Type' says in some files what kind of document it is, and in others what kind of work. */
function knownColumn(csv: CsvFile, index: number): ColumnName | undefined {
  const name = byKey.get(columnKey(csv.columns[index] as string));
  if (name !== 'kind') return name;
  return csv.rows.every((row) => documentKind(row.cells[index] ?? '') !== undefined) ? name : undefined;
}

/** One or two letters off one of our own names: such a slip must not lose payments. */
function misspelt(name: string): string | undefined {
  const key = columnKey(name);
  return columnNames.find((known) => known.length > 4 && distance(key, columnKey(known)) <= (known.length > 6 ? 2 : 1));
}

function dayCells(csv: CsvFile, places: Places): string[] {
  const columns = (['issuedOn', 'dueOn', 'paidOn'] as const).flatMap((name) => places.get(name) ?? []);
  const plain = csv.rows.flatMap((row) => columns.map((column) => row.cells[column] ?? ''));
  const lists = (['payments', 'instalments', 'credits'] as const).flatMap((name) => places.get(name) ?? []);
  const inside = csv.rows.flatMap((row) =>
    lists.flatMap((column) => (row.cells[column] ?? '').match(/[\d/-]+/g) ?? []),
  );
  return [...plain, ...inside];
}

interface RowContext {
  row: CsvRow;
  places: Places;
  order: DayOrder | 'mixed' | null;
  options: ReadOptions;
  faults: CsvFault[];
}

/** Reads the cells of one row; a fault is noted, and the row that has one is given up. */
class RowReader {
  readonly #context: RowContext;
  readonly currency: string;

  constructor(context: RowContext) {
    this.#context = context;
    const usual = context.options.currency;
    this.currency = this.read('currency', (text) => (text === '' ? usual : parseCurrency(text))) ?? usual;
  }

  cell(name: ColumnName): string {
    const { row, places } = this.#context;
    return (row.cells[places.get(name) ?? -1] ?? '').trim();
  }

  read<T>(column: ColumnName, reader: (text: string) => T): T {
    const { row, faults } = this.#context;
    return tried({ line: row.line, column, faults }, () => reader(this.cell(column)));
  }

  /** null where the column is missing or the cell empty: it says nothing */
  maybe<T>(column: ColumnName, reader: (text: string) => T): T | null {
    return this.read(column, (text) => (text === '' ? null : reader(text)));
  }

  fault(column: ColumnName, reason: string): void {
    this.#context.faults.push({ line: this.#context.row.line, column, reason });
  }

  /** A day that has happened. */
  past(column: ColumnName, day: LocalDay): void {
    if (day > this.#context.options.today) this.fault(column, `${day} has not come yet`);
  }

  readonly day = (text: string): LocalDay => readFileDay(text, this.#context.order);
  readonly money = (text: string): number => parseMoney(text, this.currency);
}

function readRow(context: RowContext): InvoiceRow {
  const reader = new RowReader(context);
  const { day, money, currency } = reader;
  const kind = reader.read('kind', (text) => documentKind(text) ?? 'invoice');
  const sum = reader.read('total', (text) => signedMoney(text, money)) ?? 0;
  const creditOf = reader.maybe('creditOf', oneLine);
  const isCredit = kind === 'credit note' || sum < 0;
  if (isCredit && creditOf === null) reader.fault('creditOf', creditWithout);
  const disputedCents = reader.maybe('disputed', money);
  if ((disputedCents ?? 0) > Math.abs(sum)) reader.fault('disputed', 'is more than the total');
  const totalCents = Math.abs(sum);
  const kept = keptBack(reader, isCredit ? 0 : totalCents);
  const keptCents = (kept.withholdingCents ?? 0) + (kept.splitVatCents ?? 0);
  const issuedOn = reader.read('issuedOn', (text) => day(filled(text)));
  return {
    line: context.row.line,
    client: {
      client: reader.cell('client'),
      address: reader.cell('clientAddress'),
      vat: reader.cell('vatNumber'),
      code: reader.cell('clientCode'),
    },
    number: reader.read('number', (text) => oneLine(filled(text))),
    issuedOn,
    dueOn: reader.maybe('dueOn', day) ?? (issuedOn === undefined ? null : byTerms(reader.cell('terms'), issuedOn)),
    project: reader.maybe('project', oneLine),
    instalments: reader.maybe('instalments', (text) => text.split(';').map((part) => readInstalment(part, money, day))),
    disputedCents,
    currency,
    totalCents,
    creditOf: isCredit ? creditOf : null,
    ...kept,
    ...readSettlement(reader, { isCredit, totalCents: totalCents - keptCents, issuedOn }),
  };
}

/** A column of sums that the client keeps back; in some files they stand with a minus. */
function keptBack(reader: RowReader, totalCents: number): Pick<InvoiceRow, 'withholdingCents' | 'splitVatCents'> {
  const sum = (name: 'withholding' | 'splitVat') =>
    reader.maybe(name, (text) => Math.abs(signedMoney(text, reader.money)));
  const [withholdingCents, splitVatCents] = [sum('withholding'), sum('splitVat')];
  if (totalCents === 0 || (withholdingCents == null && splitVatCents == null)) return {};
  const kept = (withholdingCents ?? 0) + (splitVatCents ?? 0);
  if (kept >= totalCents) reader.fault('withholding', 'is not less than the total');
  return { withholdingCents: withholdingCents ?? 0, splitVatCents: splitVatCents ?? 0 };
}

/** What became of the invoice: its state, and the payments and credit notes that are listed with it. */
function readSettlement(
  reader: RowReader,
  document: Owed,
): Pick<InvoiceRow, 'state' | 'paidOn' | 'settledCents' | 'payments' | 'credits'> {
  const { day, money } = reader;
  const { isCredit } = document;
  const { state, settledCents, credited } = readSums(reader, document);
  const paidOn = reader.maybe('paidOn', day);
  const payments = reader.read('payments', (text) => readPayments(text, money, day)) ?? [];
  const credits = reader.read('credits', (text) => readCredits(text, money, day)) ?? [];
  if (credited !== null) credits.push(credited);
  if (paidOn != null && state !== 'paid' && settledCents === null && !isCredit)
    reader.fault('paidOn', 'says when it was paid, and the state is not "paid"');
  if (paidOn != null) reader.past('paidOn', paidOn);
  for (const payment of payments) reader.past('payments', payment.receivedOn);
  for (const credit of credits) reader.past('credits', credit.issuedOn);
  if (state === 'void' && payments.some((payment) => !payment.reversed))
    reader.fault('state', 'a void invoice has no payments');
  return { state, paidOn, settledCents, payments, credits };
}

interface Owed {
  isCredit: boolean;
  /** less what the client keeps back by law */
  totalCents: number;
  issuedOn: LocalDay;
}

interface Sums {
  state: InvoiceState | null;
  settledCents: number | null;
  /** what neither was paid nor is open: credited, on a day that the file does not say */
  credited: SeenCredit | null;
}

/** State, sum paid and sum open say the same in three ways; where they differ, whoever paid by one of them has paid. */
function readSums(reader: RowReader, { isCredit, totalCents, issuedOn }: Owed): Sums {
  const stated = reader.maybe('state', readState);
  const paid = reader.maybe('paid', (text) => paidIn(text, totalCents, reader.money));
  const open = reader.maybe('open', (text) => Math.max(0, signedMoney(text, reader.money)));
  const isOver = isCredit || (stated !== null && stated !== 'open') || (paid == null && open == null);
  if (isOver) return { state: stated, settledCents: null, credited: null };
  const rest = Math.max(0, totalCents - (open ?? totalCents - (paid ?? 0)));
  const creditedCents = paid == null || open == null ? 0 : Math.max(0, rest - paid);
  const credited =
    creditedCents === 0 ? null : { issuedOn, amountCents: creditedCents, number: null, takenBack: false };
  const settledCents = rest - creditedCents;
  if (rest >= totalCents && creditedCents === 0) return { state: 'paid', settledCents: null, credited };
  return { state: stated, settledCents, credited };
}

/** A sum, or whether it was paid. */
function paidIn(text: string, totalCents: number, money: (text: string) => number): number | null {
  const key = columnKey(text);
  if (['yes', 'true', 'si', 'sì', 'x'].includes(key)) return totalCents;
  if (['no', 'false', 'n'].includes(key)) return null;
  return Math.max(0, signedMoney(text, money));
}

/** Terms that cannot be read say nothing: then those of the client count. */
function byTerms(text: string, issuedOn: LocalDay): LocalDay | null {
  try {
    return text === '' ? null : dueBy(parsePaymentTerms(text), issuedOn);
  } catch {
    return null;
  }
}

const creditWithout =
  'a credit note names the invoice it belongs to; without it, enter it with: paletti invoices credit NUMBER --amount SUM';

/** A fault is noted; the value is then never used, as the row is given up. */
export function tried<T>(place: { line: number; column: string; faults: CsvFault[] }, read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof RangeError) && !(fault instanceof AppError)) throw fault;
    const next = fault instanceof AppError && fault.next !== undefined ? ` (${fault.next})` : '';
    place.faults.push({ line: place.line, column: place.column, reason: `${fault.message}${next}` });
    return undefined as T;
  }
}

function filled(text: string): string {
  if (text === '') throw new RangeError('is empty');
  return text;
}

/** '-610.00', '(610,00)' and '610-' are sums of a credit note. */
function signedMoney(text: string, money: (text: string) => number): number {
  const negative = /^[-−]\s?(.+)$/.exec(text)?.[1] ?? /^\((.+)\)$/.exec(text)?.[1] ?? /^(.+)[-−]$/.exec(text)?.[1];
  return negative === undefined ? money(text) : -money(negative);
}

const states: Record<InvoiceState, string> = {
  open: 'open unpaid sent viewed partial partiallypaid overdue due outstanding awaitingpayment aperta parziale aperto nonpagata nonpagato dapagare dasaldare nonsaldata emessa inviata insoluta insoluto scaduta',
  paid: 'paid closed pagata pagato saldata saldato incassata incassato',
  void: 'void voided cancelled canceled annullata annullato scartata rifiutata',
  'written-off': 'writtenoff stralciata stralciato inesigibile uncollectible',
  credited: 'credited stornata stornato',
};

function readState(text: string): InvoiceState {
  const key = columnKey(text);
  const found = (Object.keys(states) as InvoiceState[]).find((state) => states[state].split(' ').includes(key));
  if (found !== undefined) return found;
  throw new RangeError(
    `"${text}" is not a state; known are open, paid, void, written-off (aperta, pagata, annullata, inesigibile)`,
  );
}

/** undefined for what is none; an empty cell is an invoice. */
function documentKind(text: string): 'invoice' | 'credit note' | undefined {
  const key = columnKey(text);
  if (/^(?:td04|td08|nc|notadicredito|notacredito|creditnote|credit)$/.test(key)) return 'credit note';
  if (/^(?:|td01|td02|td06|td24|td25|fattura|fatturaimmediata|fatturadifferita|parcella|invoice)$/.test(key))
    return 'invoice';
  return undefined;
}

type Money = (text: string) => number;
type Day = (text: string) => LocalDay;

/** '2026-01-31 610.00' */
function readInstalment(text: string, money: Money, day: Day): { dueOn: LocalDay; amountCents: number } {
  const match = /^(\S+)\s+(\S.*)$/.exec(text.trim());
  if (match === null) throw new RangeError(`"${text.trim()}" is not an instalment; write it as 2026-01-31 610.00`);
  return { dueOn: day(match[1] as string), amountCents: money(match[2] as string) };
}

function readPayments(text: string, money: Money, day: Day): SeenPayment[] {
  return readRecords(text, '[{"receivedOn": "2026-02-03", "amount": "610.00"}]').map(
    ({ receivedOn, amount, reference, reversed }) => {
      const amountCents = money(textOf(amount));
      if (amountCents <= 0) throw new RangeError('has a payment of nothing');
      const note = typeof reference === 'string' ? reference : null;
      return { receivedOn: day(textOf(receivedOn)), amountCents, reference: note, reversed: reversed === true };
    },
  );
}

function readCredits(text: string, money: Money, day: Day): SeenCredit[] {
  return readRecords(text, '[{"issuedOn": "2026-02-03", "amount": "610.00"}]').map(
    ({ issuedOn, amount, number, takenBack }) => {
      const amountCents = money(textOf(amount));
      if (amountCents <= 0) throw new RangeError('has a credit note of nothing');
      const name = typeof number === 'string' ? oneLine(number) : null;
      return { issuedOn: day(textOf(issuedOn)), amountCents, number: name, takenBack: takenBack === true };
    },
  );
}

function readRecords(text: string, example: string): Record<string, unknown>[] {
  if (text === '') return [];
  const list = jsonOf(text);
  if (!Array.isArray(list)) throw new RangeError(`must be a list, as in ${example}`);
  return list.map((entry: unknown) => (entry ?? {}) as Record<string, unknown>);
}

/** A sum may stand there as a number too. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
