/**
 * The CSV of a bank or a payment service -> one statement. Columns by their headings (bank-columns.ts) or by a mapping
 * that the owner confirmed; decimal mark and order of day and month decided over the whole file. Rows that state a
 * balance are no payments; what cannot be decided is said in `ambiguous` and is for a person to answer.
 */
import type { DayOrder } from '../rules/day-order.ts';
import { bankMeanings, columnsOf, type Columns, type Meaning } from './bank-columns.ts';
import { type Csv, readCsvRows } from './csv-rows.ts';
import { type FileForm, type FormOf, givenForm, type KnownForm, knownForm, mapWords, placesIn } from './file-form.ts';
import { Refusal } from './refusal.ts';
import type { BookBalance, BookEntry, BookStatement, EntryStatus } from './rows.ts';
import { realDay } from './sums.ts';
import { monthNames } from '../rules/calendar.ts';

export interface BankCsvOptions {
  /** as the owner says it of this file */
  form?: FileForm;
  /** as she confirmed it of files with these headings */
  formOf?: FormOf;
  /** order of day and month, when the owner was asked */
  days?: DayOrder;
}

/** @throws Refusal 'unknown-format' when no row has headings that are known, 'broken' */
export function readBankCsv(bytes: Uint8Array, options: BankCsvOptions = {}): BookStatement[] {
  const csv = readCsvRows(bytes);
  const layout = layoutOf(csv, options);
  if (layout.rows.length === 0) return [emptyStatement(csv)];
  const reader = new RowReader(layout, decimalOf(layout), orderOf(layout, options.days ?? layout.days));
  const { headings, form, columns } = layout;
  const said = form === undefined ? { proposal: mapWords(columnWords(columns, headings)) } : { form };
  return [{ ...reader.statement(csv, layout.rows), headings, ...said }];
}

interface Layout {
  columns: Columns;
  /** the headings as they are written, with their units */
  headings: readonly string[];
  rows: string[][];
  /** as the owner confirmed it of these headings */
  days?: DayOrder;
  form?: FileForm;
}

/** Files without headings whose banks are known by the shape of a row. */
const bare: { cells: number; test: RegExp; columns: Partial<Record<Meaning, number>> }[] = [
  {
    cells: 6,
    test: /^[A-Z0-9]{8,34};[^;]*;\d\d\.\d\d\.\d{4};\d\d\.\d\d\.\d{4};[+-][\d.,]+;[A-Z]{3}$/,
    columns: { account: 0, text: 1, date: 2, value: 3, amount: 4, currency: 5 },
  },
  {
    cells: 19,
    test: /^\d\d-\d\d-\d{4};NL\w{16};[^;]*;[^;]*;/,
    columns: { date: 0, account: 1, iban: 2, name: 3, amount: 10, currency: 9, text: 17 },
  },
];

function layoutOf(csv: Csv, options: BankCsvOptions): Layout {
  const confirmed =
    options.form === undefined ? knownForm(csv.rows, options.formOf) : givenForm(csv.rows, options.form);
  const at = csv.rows.slice(0, 30).findIndex((row) => columnsOf(row) !== undefined);
  const headings = csv.rows[at] ?? [];
  if (confirmed !== undefined && Object.keys(confirmed.form.columns).length > 0) return confirmedLayout(csv, confirmed);
  const columns = columnsOf(headings);
  if (columns !== undefined && isSure(columns, at))
    return { columns, headings, rows: csv.rows.slice(at + 1), ...daysOf(confirmed) };
  const known = bare.find((each) =>
    csv.rows.every((row) => row.length === each.cells && each.test.test(row.join(';'))),
  );
  if (known !== undefined) return { columns: { ...known.columns, all: [], traits: {} }, headings: [], rows: csv.rows };
  throw new Refusal('unknown-format', 'The columns of this CSV are those of no bank that is known for sure.', {
    next:
      columns === undefined
        ? howToMap(csv)
        : `If this is right, say so once: ${mapWords(columnWords(columns, headings))}`,
  });
}

/** @throws Refusal 'unknown-format' when the form has no day or no sum */
function confirmedLayout(csv: Csv, { form, headings, from }: KnownForm): Layout {
  const columns = placesIn<Meaning>(form, headings);
  const sum = columns.amount ?? columns.credit ?? columns.debit;
  if (columns.date === undefined || sum === undefined)
    throw new Refusal('unknown-format', 'A column for the day and one for the sum are needed.', {
      next: "Name them: --map 'date=…' --map 'amount=…', or 'debit=…' and 'credit=…' where they are two.",
    });
  const traits = columns.fee === undefined ? {} : { feeBeside: true };
  return { columns: { ...columns, all: [], traits }, headings, form, rows: csv.rows.slice(from), ...daysOf({ form }) };
}

function daysOf(confirmed: Pick<KnownForm, 'form'> | undefined): { days?: DayOrder } {
  return confirmed?.form.days === undefined ? {} : { days: confirmed.form.days };
}

function columnWords(columns: Columns, headings: readonly string[]): Record<string, string> {
  const named = bankMeanings.flatMap((meaning) => {
    const heading = headings[columns[meaning] ?? -1] ?? '';
    return heading === '' ? [] : [[meaning, heading] as const];
  });
  return Object.fromEntries(named);
}

function howToMap({ rows }: Csv): string {
  const headings = (rows[0] ?? []).slice(0, 30).map((cell) => `"${cell.slice(0, 40)}"`);
  return `Say which column is what, once: --map 'date=…' --map 'amount=…' --map 'text=…' --map 'name=…'. Its first row: ${headings.join(', ')}.`;
}

/** Lines of their own before the headings, or a name for each side of a payment, are for a person to look at first. */
function isSure(columns: Columns, headingRow: number): boolean {
  const bothSides =
    columns.all.some((name) => name.startsWith('auftraggebername')) &&
    columns.all.some((name) => name.startsWith('empfangername'));
  return headingRow === 0 && !bothSides;
}

function emptyStatement(csv: Csv): BookStatement {
  return {
    index: 0,
    kind: 'csv',
    encoding: csv.encoding,
    account: null,
    currency: null,
    opening: null,
    closing: null,
    entries: [],
  };
}

const money: readonly Meaning[] = ['amount', 'debit', 'credit', 'balance', 'gross', 'fee'];

/** The mark before the last two places of most sums. */
function decimalOf({ columns, rows }: Layout): ',' | '.' {
  const cells = rows.flatMap((row) => money.map((meaning) => cellOf(row, columns[meaning])));
  const votes = (mark: RegExp) => cells.filter((cell) => mark.test(cell)).length;
  return votes(/,\d{1,2}\D*$/) > votes(/\.\d{1,2}\D*$/) ? ',' : '.';
}

/** A part above 12 is a day; days with dots are European; else the order in which the file covers the shorter time. */
function orderOf({ columns, rows }: Layout, asked: DayOrder | undefined): { order: DayOrder; doubt: string | null } {
  const days = rows
    .map((row) => /^(\d{1,2})([./-])(\d{1,2})[./-](\d{2,4})/.exec(cellOf(row, columns.date)))
    .filter((match) => match !== null);
  const shown = shownOrder(days);
  if (shown !== null && asked !== undefined && asked !== shown.order)
    throw new Refusal(
      'ambiguous',
      `"${shown.by}" cannot be read with the ${asked === 'dmy' ? 'day' : 'month'} first.`,
      {
        next: `Leave --dates out, or say --dates ${shown.order}.`,
      },
    );
  if (shown !== null || asked !== undefined || days.length === 0)
    return { order: shown?.order ?? asked ?? 'dmy', doubt: null };
  const span = (month: 1 | 3) =>
    spread(days.map((match) => Number(match[4]) * 372 + Number(match[month]) * 31 + Number(match[4 - month])));
  if (span(1) !== span(3)) return { order: span(1) < span(3) ? 'mdy' : 'dmy', doubt: null };
  return { order: 'dmy', doubt: `${days[0]?.[0]} may be ${monthNames.en[Number(days[0]?.[1]) - 1]}` };
}

function shownOrder(days: readonly RegExpExecArray[]): { order: DayOrder; by: string } | null {
  const dayFirst = days.find((match) => match[2] === '.' || Number(match[1]) > 12);
  if (dayFirst !== undefined) return { order: 'dmy', by: dayFirst[0] };
  const monthFirst = days.find((match) => Number(match[3]) > 12);
  return monthFirst === undefined ? null : { order: 'mdy', by: monthFirst[0] };
}

function spread(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}

function cellOf(row: readonly string[], at: number | undefined): string {
  return at === undefined ? '' : (row[at] ?? '');
}

class RowReader {
  private readonly columns: Columns;
  private readonly decimal: ',' | '.';
  private readonly order: { order: DayOrder; doubt: string | null };
  private readonly isConfirmed: boolean;
  private doubt: string | null = null;
  private readonly fallback: string | null;
  private signs: 'own' | 'column' | 'both';

  constructor(layout: Layout, decimal: ',' | '.', order: { order: DayOrder; doubt: string | null }) {
    this.columns = layout.columns;
    this.isConfirmed = layout.form !== undefined;
    this.decimal = decimal;
    this.order = order;
    const unit = layout.headings
      .map((heading) => /\b(EUR|USD|GBP|CHF)\b/.exec(heading)?.[1])
      .find((code) => code !== undefined);
    const sign = layout.rows
      .map(
        (row) =>
          /[€$£]/.exec(`${this.column(row, 'amount')}${this.column(row, 'credit')}${this.column(row, 'debit')}`)?.[0],
      )
      .find((found) => found !== undefined);
    this.fallback =
      layout.columns.traits.currency ?? unit ?? (sign === undefined ? null : (currencySigns[sign] ?? null));
    const sums = layout.rows.map((row) => this.cents(this.column(row, 'amount')) ?? 0);
    this.signs = layout.columns.sign === undefined ? 'own' : sums.every((cents) => cents >= 0) ? 'column' : 'both';
  }

  private column(row: readonly string[], meaning: Meaning): string {
    return cellOf(row, this.columns[meaning]);
  }

  statement(csv: Csv, rows: readonly string[][]): BookStatement {
    const note = this.signs === 'both' ? this.decideSigns(rows) : null;
    const balances = rows.filter((row) => balanceRow.test(cellOf(row, this.columns.text)));
    const entries = rows.flatMap((row, index) =>
      balanceRow.test(cellOf(row, this.columns.text)) ? [] : this.entry(row, index + 1),
    );
    const opening = this.stated(balances.find((row) => /inizial|opening|anfang/i.test(cellOf(row, this.columns.text))));
    const closing = this.stated(
      balances.findLast((row) => /final|closing|schluss|end/i.test(cellOf(row, this.columns.text))),
    );
    const read = entries.filter((entry) => entry.amountCents !== null);
    return {
      index: 0,
      kind: 'csv',
      encoding: csv.encoding,
      delimiter: csv.delimiter,
      decimal: this.decimal,
      account: common(read.map((entry) => (entry.account as string | undefined) ?? null)),
      currency: common(read.map((entry) => entry.currency)),
      opening,
      closing,
      entries: read,
      unreadableRows: entries.length - read.length,
      ...this.sums(opening, closing, read),
      ...(note === null ? {} : { note }),
      ambiguous: this.doubt ?? this.order.doubt ?? (this.isConfirmed ? null : ledgerDoubt(read)),
    };
  }

  private entry(row: readonly string[], number: number): BookEntry[] {
    if (row.every((cell) => cell === '')) return [];
    const cell = (meaning: Meaning) => cellOf(row, this.columns[meaning]);
    const day = this.day(cell('date'));
    const amount = day === null ? null : this.amount(row);
    const optional = {
      ...this.optional('valueDate', this.day(cell('value'))),
      ...this.optional('id', cell('id')),
      ...this.gross(row),
      ...this.optional('refundedCents', this.cents(cell('refunded'))),
      ...this.optional('invoiceNumber', cell('invoiceNumber')),
      ...this.optional('account', cell('account').replaceAll(' ', '')),
      ...this.optional('balanceCents', this.cents(cell('balance'))),
    };
    return [
      {
        amountCents: amount,
        bookingDate: day,
        currency: this.currency(row),
        counterparty: cell('name') || null,
        counterpartyIban: ibanIn(cell('iban')),
        remittance: this.text(row),
        ...optional,
        status: this.status(row),
        row: number,
      },
    ];
  }

  private optional<T>(name: string, value: T | null): Record<string, T> {
    return value === null || value === '' ? {} : { [name]: value };
  }

  private text(row: readonly string[]): string | null {
    const { text, more, all } = this.columns;
    const parts =
      more === undefined
        ? [cellOf(row, text)]
        : all.flatMap((name, at) => (/^omschrijving-\d$/.test(name) ? [row[at] ?? ''] : []));
    const whole = parts.join(' ').replaceAll(/\s+/g, ' ').trim();
    return whole === '' ? null : whole.replace(/^'(.*)'$/, '$1');
  }

  private currency(row: readonly string[]): string | null {
    const stated = cellOf(row, this.columns.currency).toUpperCase();
    if (/^[A-Z]{3}$/.test(stated)) return stated;
    return this.fallback;
  }

  private amount(row: readonly string[]): number | null {
    const { amount, debit, credit } = this.columns;
    if (amount !== undefined) return this.signed(row, this.cents(cellOf(row, amount)));
    const [out, into] = [this.cents(cellOf(row, debit)), this.cents(cellOf(row, credit))];
    if (out === null && into === null) return null;
    if ((into ?? 0) < 0) this.doubt = 'signs inside debit and credit columns contradict the balances';
    return (into ?? 0) - Math.abs(out ?? 0);
  }

  /** The sum itself, or the column of marks beside it; less a fee that stands beside it. */
  private signed(row: readonly string[], cents: number | null): number | null {
    if (cents === null) return null;
    const mark = this.column(row, 'sign').toLowerCase();
    const known = this.signs === 'column' && (isDebit.test(mark) || isCredit.test(mark));
    const signed = known ? (isDebit.test(mark) ? -Math.abs(cents) : Math.abs(cents)) : cents;
    return this.columns.traits.feeBeside === true
      ? signed - Math.abs(this.cents(this.column(row, 'fee')) ?? 0)
      : signed;
  }

  /** Signs in the sums and marks beside them: the marks, when the balances prove them; else a doubt where they differ. */
  private decideSigns(rows: readonly string[][]): string | null {
    this.signs = 'column';
    const byMark = rows.flatMap((row, index) => this.entry(row, index + 1));
    const differs = rows.some((row) => {
      const [cents, mark] = [this.cents(this.column(row, 'amount')) ?? 0, this.column(row, 'sign').toLowerCase()];
      return (isDebit.test(mark) && cents > 0) || (isCredit.test(mark) && cents < 0);
    });
    if (differs && typeof running(byMark) === 'string') return 'sign in the amount AND a D/C column';
    this.signs = 'own';
    if (differs) this.doubt = 'sign contradicts "Transaction Type"';
    return null;
  }

  /** What was paid before a service took its fee; said only where there is a fee or the file states both. */
  private gross(row: readonly string[]): Record<string, number> {
    const fee = this.cents(this.column(row, 'fee'));
    const gross = this.cents(this.column(row, this.columns.gross === undefined ? 'amount' : 'gross'));
    const stated = this.columns.gross !== undefined || (this.columns.traits.feeBeside === true && fee !== 0);
    return !stated || fee === null || gross === null
      ? {}
      : { grossCents: gross, feeCents: this.columns.gross === undefined ? -Math.abs(fee) : fee };
  }

  private status(row: readonly string[]): EntryStatus {
    const words = `${cellOf(row, this.columns.status)} ${cellOf(row, this.columns.pending) === 'True' ? 'pending' : ''}`;
    return /pending|in corso|in sospeso|en attente|vorgemerkt|authori[sz]ed|non contabilizzato|da contabilizzare|reverted|declined|failed|cancel/i.test(
      words,
    )
      ? 'PDNG'
      : 'BOOK';
  }

  private stated(row: readonly string[] | undefined): BookBalance | null {
    const sum = row
      ?.map((cell) => this.cents(cell.replaceAll('|', '')))
      .filter((cents, at) => cents !== null && at !== this.columns.date)[0];
    return row === undefined || sum === undefined || sum === null
      ? null
      : { amountCents: sum, date: this.day(cellOf(row, this.columns.date)) };
  }

  /** Against the stated balances, or against the running ones in either order. */
  private sums(opening: BookBalance | null, closing: BookBalance | null, entries: readonly BookEntry[]) {
    const total = entries.reduce((sum, entry) => sum + (entry.amountCents ?? 0), 0);
    if (opening !== null && closing !== null) return { sumsAgree: opening.amountCents + total === closing.amountCents };
    return { balancesAgree: running(entries) };
  }

  private cents(text: string): number | null {
    const bare = text.replaceAll(this.decimal === ',' ? /[.'\s\u00a0]/g : /[,'\s\u00a0]/g, '').replace(',', '.');
    const match = /^(?:[A-Z]{3}|[€$£])?([+-])?(?:[€$£])?(\d{1,15})?(?:\.(\d{1,6}))?(?:[€$£]|[A-Z]{3})?$/.exec(bare);
    if (match === null || (match[2] === undefined && match[3] === undefined)) return null;
    const value = Math.round(Number(`${match[2] ?? '0'}.${match[3] ?? '0'}`) * 100);
    return match[1] === '-' && value !== 0 ? -value : value;
  }

  private day(text: string): string | null {
    const iso = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)/.exec(text);
    if (iso !== null) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    const match = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)/.exec(text);
    if (match === null) return null;
    const [first, second] = [Number(match[1]), Number(match[2])];
    const year = Number(match[3]) < 100 ? 2000 + Number(match[3]) : Number(match[3]);
    return this.order.order === 'dmy' ? realDay(year, second, first) : realDay(year, first, second);
  }
}

const balanceRow =
  /^\|?\s*saldo (?:iniziale|finale|contabile|disponibile)|^(?:opening|closing) balance|^(?:anfangs|end)saldo/i;

const isDebit = /^(?:d|db|dbit|debit|debet|af|s|soll|dare)$/;
const isCredit = /^(?:c|cr|crdt|credit|bij|h|haben|avere)$/;
const currencySigns: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP' };

function ibanIn(text: string): string | null {
  const compact = text.replaceAll(' ', '');
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(compact) ? compact : null;
}

/** Nothing but sums without a sign, and no currency anywhere: the list of a ledger, where nobody knows what came in. */
function ledgerDoubt(entries: readonly BookEntry[]): string | null {
  const plain =
    entries.length > 1 &&
    entries.every(
      (entry) => entry.currency === null && (entry.amountCents ?? 0) > 0 && entry.balanceCents === undefined,
    );
  return plain ? 'no currency, no sign: a ledger, not a bank' : null;
}

function common(values: readonly (string | null)[]): string | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

function running(entries: readonly BookEntry[]): 'oldest first' | 'newest first' | false | null {
  const steps = entries.map((entry) => ({
    amount: entry.amountCents ?? 0,
    balance: entry.balanceCents as number | undefined,
  }));
  if (steps.length < 2 || steps.some((step) => step.balance === undefined)) return null;
  const holds = (list: typeof steps) =>
    list.every((step, at) => at === 0 || (list[at - 1]?.balance as number) + step.amount === step.balance);
  if (holds(steps)) return 'oldest first';
  return holds(steps.toReversed()) ? 'newest first' : false;
}
