/**
 * The CSV of an invoicing program, or any other whose columns the owner named -> one row for each invoice, under the
 * names of our own columns: rows of its lines are joined, sums are plain, states are our words. What is no invoice of
 * hers (drafts, bills, estimates, payments) is left out and said. Looks up no client and compares with no record.
 */
import type { Csv } from './csv-rows.ts';
import { type FileForm, type FormOf, givenForm, isHeadless, knownForm, placesIn } from './file-form.ts';
import { type InvoiceMeaning, invoiceMeanings, kindOf, programColumns, programOf, stateOf } from './invoice-forms.ts';
import { addPlain, decimalMark, plainSum } from './plain-sums.ts';
import { Refusal } from './refusal.ts';

/** The columns of the table: those that the register knows. */
export type TableColumn = Exclude<InvoiceMeaning, 'lineTotal' | 'lineTax'>;

const tableColumns = invoiceMeanings.filter(
  (meaning): meaning is TableColumn => meaning !== 'lineTotal' && meaning !== 'lineTax',
);

export interface InvoiceTable {
  /** 'Xero'; null: by the owner's own mapping */
  program: string | null;
  form: FileForm;
  headings: readonly string[];
  columns: readonly TableColumn[];
  rows: { line: number; cells: string[] }[];
  leftOut: { line: number; number: string; why: string }[];
  /** headings that mean nothing here */
  ignored: string[];
}

export interface InvoiceCsvOptions {
  /** as the owner says it of this file */
  form?: FileForm;
  /** as she confirmed it of files with these headings */
  formOf?: FormOf;
}

/**
 * @returns undefined when the headings are of no program and were never confirmed: it may be a file of our own columns
 * @throws Refusal when the columns that the owner names are not there, or are not enough
 */
export function readInvoiceCsv(csv: Csv, { form, formOf }: InvoiceCsvOptions): InvoiceTable | undefined {
  const confirmed = form === undefined ? knownForm(csv.rows, formOf) : givenForm(csv.rows, form);
  if (confirmed !== undefined && Object.keys(confirmed.form.columns).length > 0)
    return tableOf(csv, { ...confirmed, program: null, grouped: false });
  const at = csv.rows.slice(0, 30).findIndex((row) => programOf(row) !== undefined);
  const headings = csv.rows[at] ?? [];
  const program = programOf(headings);
  if (program === undefined) return undefined;
  const columns = programColumns(program, headings);
  const days = confirmed?.form.days;
  const known = { columns, ...(days === undefined ? {} : { days }) };
  return tableOf(csv, {
    form: known,
    headings,
    from: at + 1,
    program: program.name,
    grouped: program.grouped === true,
  });
}

interface Layout {
  form: FileForm;
  headings: readonly string[];
  from: number;
  program: string | null;
  grouped: boolean;
}

type Places = Partial<Record<InvoiceMeaning, number>>;

function tableOf(csv: Csv, layout: Layout): InvoiceTable {
  const places = placesIn<InvoiceMeaning>(layout.form, layout.headings);
  checkEnough(places, layout.grouped);
  const invoices = joined(linesIn(csv, layout, places));
  const decimal = decimalMark(invoices.flatMap((lines) => lines.flatMap(sumCells)));
  const table: InvoiceTable = {
    program: layout.program,
    form: layout.form,
    headings: layout.headings,
    columns: tableColumns,
    rows: [],
    leftOut: [],
    ignored: notUsed(layout, places),
  };
  for (const lines of invoices) addInvoice(table, lines, decimal);
  return table;
}

function checkEnough(places: Places, grouped: boolean): void {
  const isNamed = grouped || ['client', 'clientAddress', 'vatNumber', 'clientCode'].some((name) => name in places);
  const missing = [
    ...(places.number === undefined ? ['number'] : []),
    ...(places.issuedOn === undefined ? ['issuedOn'] : []),
    ...(places.total === undefined && places.lineTotal === undefined ? ['total'] : []),
    ...(isNamed ? [] : ['client']),
  ];
  if (missing.length === 0) return;
  throw new Refusal('unknown-format', `No column is named for ${missing.join(', ')}.`, {
    next: `Name them too: ${missing.map((name) => `--map '${name}=…'`).join(' ')}`,
  });
}

function notUsed({ form, headings }: Layout, places: Places): string[] {
  if (isHeadless(form)) return [];
  const used = new Set(Object.values(places));
  return headings.filter((heading, at) => heading !== '' && !used.has(at));
}

/** A row of the file by what its cells mean. */
interface Line {
  line: number;
  cells: Partial<Record<InvoiceMeaning, string>>;
}

function linesIn(csv: Csv, { from, grouped }: Layout, places: Places): Line[] {
  const named = Object.entries(places) as [InvoiceMeaning, number][];
  let client = '';
  return csv.rows.slice(from).flatMap((row, index): Line[] => {
    const filled = row.flatMap((cell, at) => (cell === '' ? [] : [at]));
    if (filled.length === 0) return [];
    if (filled.length === 1 && grouped && filled[0] === 0) client = row[0] as string;
    // a name above, a total below, the hour at which it was made
    const cells: Line['cells'] = Object.fromEntries(named.map(([meaning, at]) => [meaning, row[at] ?? '']));
    if (filled.length === 1 || ((cells.number ?? '') === '' && totalWord.test(row[filled[0] as number] ?? '')))
      return [];
    if (grouped && (cells.client ?? '') === '') cells.client = client;
    return [{ line: csv.lines[from + index] ?? 0, cells }];
  });
}

const totalWord = /^(?:grand )?(?:total|totale|summe|subtotal)\b/i;

/** Rows of one invoice: of its number and client, or below it without a number of their own. */
function joined(lines: readonly Line[]): Rows[] {
  const invoices: Rows[] = [];
  const byNumber = new Map<string, Rows[]>();
  let last: Rows | undefined;
  for (const line of lines) {
    const { number = '', client = '', lineTotal = '' } = line.cells;
    const same = byNumber.get(number) ?? [];
    const known =
      number === ''
        ? lineTotal === ''
          ? undefined
          : last
        : same.find(([first]) => client === '' || first.cells.client === client);
    if (known === undefined) {
      last = [line];
      invoices.push(last);
      byNumber.set(number, [...same, last]);
    } else {
      known.push(line);
      last = known;
    }
  }
  return invoices;
}

type Rows = [Line, ...Line[]];

const sums = ['total', 'withholding', 'splitVat', 'paid', 'open', 'lineTotal', 'lineTax'] as const;

function sumCells({ cells }: Line): string[] {
  return sums.flatMap((name) => cells[name] ?? []);
}

function addInvoice(table: InvoiceTable, lines: Rows, decimal: ',' | '.' | null): void {
  const [{ line }] = lines;
  const said = (name: InvoiceMeaning) => lines.map(({ cells }) => cells[name] ?? '').find((text) => text !== '') ?? '';
  const number = said('number');
  const [kind, state] = [kindOf(said('kind')), stateOf(said('state'))];
  const total = totalOf(lines, decimal);
  const why = reasonToLeaveOut({ kind, state, kindText: said('kind'), total, creditOf: said('creditOf') });
  if (why !== undefined) return void table.leftOut.push({ line, number, why });
  const isCredit = kind === 'credit note' || total.startsWith('-');
  // the last day of a payment says nothing where no sum stands beside it
  const saysPayment = state === 'paid' || (state !== 'void' && said('paid') + said('open') !== '');
  // what became of a credit note is no business of the invoice that it names
  const money = (name: 'paid' | 'open' | 'withholding' | 'splitVat') =>
    isCredit || said(name) === '' ? '' : plainSum(said(name), decimal);
  const cells: Record<TableColumn, string> = {
    client: said('client'),
    clientAddress: said('clientAddress'),
    vatNumber: said('vatNumber'),
    clientCode: said('clientCode'),
    number,
    issuedOn: said('issuedOn'),
    dueOn: said('dueOn'),
    terms: said('terms'),
    currency: currencyIn(said('currency')),
    total,
    project: said('project'),
    withholding: money('withholding'),
    splitVat: money('splitVat'),
    state: isCredit ? '' : state,
    paid: money('paid'),
    open: money('open'),
    paidOn: isCredit || !saysPayment ? '' : said('paidOn'),
    kind: isCredit ? 'credit note' : '',
    creditOf: said('creditOf'),
  };
  table.rows.push({ line, cells: table.columns.map((name) => cells[name]) });
}

/** 'Euro - EUR' is EUR; what names no code stays, to be refused where it is needed. */
function currencyIn(text: string): string {
  return /(?:^|[^\p{L}])([A-Z]{3})(?:[^\p{L}]|$)/u.exec(text)?.[1] ?? text;
}

/** The one that all its rows state, else the sum of its lines. @throws Refusal where rows of one invoice differ */
function totalOf(lines: Rows, decimal: ',' | '.' | null): string {
  const stated = new Set(lines.map(({ cells }) => plainSum(cells.total ?? '', decimal)).filter((text) => text !== ''));
  const [only] = stated;
  if (stated.size > 1)
    throw new Refusal('bad-sum', `Rows of invoice ${lines[0].cells.number ?? ''} state different totals.`, {
      place: `lines ${lines.map(({ line }) => line).join(', ')}`,
      next: 'Export the invoices again.',
    });
  if (only !== undefined) return only;
  const parts = lines
    .flatMap(({ cells }) => [cells.lineTotal ?? '', cells.lineTax ?? ''])
    .filter((text) => text !== '');
  if (parts.length === 0) return '';
  return addPlain(parts.map((text) => plainSum(text, decimal))) ?? parts.join(' + ');
}

interface Judged {
  kind: ReturnType<typeof kindOf>;
  state: string;
  kindText: string;
  total: string;
  creditOf: string;
}

/** Nobody owes a draft; a bill is what the owner owes. */
function reasonToLeaveOut({ kind, state, kindText, total, creditOf }: Judged): string | undefined {
  if (kind === undefined) return `it is no invoice: ${kindText}`;
  if (state === 'draft') return 'it is a draft';
  if (state === 'deleted') return 'it is deleted';
  const isCredit = kind === 'credit note' || total.startsWith('-');
  if (isCredit && creditOf === '')
    return 'a credit note that names no invoice; enter it with: paletti invoices credit NUMBER --amount SUM';
  // one that was made void may have no sum any more, and the record learns of it
  return state !== 'void' && total !== '' && /^-?0*(?:\.0*)?$/.test(total) ? 'it asks for nothing' : undefined;
}
