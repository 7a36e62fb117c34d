/**
 * Bytes of a bank's file -> its lines, in our own money and days, each with its account and the key by which the same
 * line is known in another file. Reads no record; what a line pays is decided elsewhere.
 */
import type { FileForm, FormOf } from '../../books/file-form.ts';
import { readBook } from '../../books/read.ts';
import { Refusal } from '../../books/refusal.ts';
import type { BookEntry, BookStatement } from '../../books/rows.ts';
import type { DayOrder } from '../../rules/day-order.ts';
import { sha256 } from '../../rules/digest.ts';
import type { LocalDay } from '../../rules/time.ts';
import { decimalsOf } from '../../rules/money.ts';
import { sumInWords } from '../../rules/words.ts';
import type { NewBankLine } from '../../store/bank-lines.ts';

export interface BankFileOptions {
  /** the owner's accounts, as the configuration names them */
  accounts: readonly string[];
  /** of a file that does not say it; null: the only one that is known */
  account: string | null;
  /** of rows that name none */
  currency: string;
  /** order of day and month, where the file leaves it open */
  days?: DayOrder | undefined;
  /** which column is what, as the owner says it of this file */
  form?: FileForm | undefined;
  /** as she confirmed it before of files with the same headings */
  formOf?: FormOf | undefined;
}

export type ReadLine = Omit<NewBankLine, 'accountId' | 'fileId'> & { account: string };

export interface BankFile {
  format: string;
  statements: BookStatement[];
  lines: ReadLine[];
  /** the last day of which the file says everything, for each account it is about */
  readTo: Map<string, LocalDay>;
  /** what is no payment: pending, without a day or a sum */
  leftOut: { pending: number; unreadable: number };
  warnings: string[];
}

/** @throws Refusal for what cannot be taken whole */
export function readBankFile(bytes: Uint8Array, options: BankFileOptions): BankFile {
  const { format, statements } = statementsIn(bytes, options);
  const file: BankFile = {
    format,
    statements,
    lines: [],
    readTo: new Map(),
    leftOut: { pending: 0, unreadable: 0 },
    warnings: [],
  };
  const occurrences = new Map<string, number>();
  for (const statement of statements) readStatement(file, statement, options, occurrences);
  return file;
}

function statementsIn(bytes: Uint8Array, options: BankFileOptions): { format: string; statements: BookStatement[] } {
  const { form, formOf, days } = options;
  const {
    format,
    invoices,
    statements = [],
  } = readBook(bytes, {
    ...(form && { form }),
    ...(formOf && { formOf }),
    ...(days && { days }),
  });
  if (invoices !== undefined)
    throw new Refusal('no-statement', 'This is an invoice, not a file of a bank.', {
      next: 'Read it with: paletti invoices import FILE',
    });
  const doubt = statements.map((statement) => statement['ambiguous']).find((each) => typeof each === 'string');
  if (doubt !== undefined && format === 'csv')
    throw new Refusal('ambiguous', `The file can be read in two ways: ${String(doubt)}.`, {
      next: /may be/.test(String(doubt))
        ? 'Say which comes first, the day or the month: --dates dmy, or --dates mdy.'
        : `If it is a file of your bank, say so once: ${String(statements[0]?.['proposal'])}`,
    });
  return { format, statements };
}

function readStatement(
  file: BankFile,
  statement: BookStatement,
  options: BankFileOptions,
  occurrences: Map<string, number>,
): void {
  file.leftOut.unreadable += typeof statement['unreadableRows'] === 'number' ? statement['unreadableRows'] : 0;
  if (statement.sumsAgree === false) file.warnings.push(sumsWarning(statement, options));
  const ids = idsIn(statement.entries);
  const days: string[] = [];
  for (const [index, entry] of statement.entries.entries()) {
    const day = entry.bookingDate ?? entry.valueDate ?? null;
    if (day !== null) days.push(day);
    if (entry.status === 'PDNG' || entry.status === 'INFO') file.leftOut.pending += 1;
    else if (day === null || entry.amountCents === null) file.leftOut.unreadable += 1;
    else if (entry.amountCents !== 0) {
      const account = accountIn((entry['account'] as string | undefined) ?? statement.account, options);
      file.lines.push(lineOf(entry, { account, day: day as LocalDay, index, ids, options, statement, occurrences }));
    }
  }
  noteReadTo(file, statement, days, options);
}

/** Reports of the day and notifications of single movements do not say everything up to a day. */
const partial = /notification|052|054|942/i;

function noteReadTo(file: BankFile, statement: BookStatement, days: string[], options: BankFileOptions): void {
  const message = typeof statement['message'] === 'string' ? statement['message'] : '';
  if (partial.test(`${statement.kind} ${message}`)) return;
  const last = [...days, statement.closing?.date ?? ''].toSorted().at(-1) ?? '';
  if (last === '') return;
  const account = accountIn(statement.account ?? (statement.entries[0]?.['account'] as string | undefined), options);
  const known = file.readTo.get(account) ?? '';
  if (last > known) file.readTo.set(account, last as LocalDay);
}

function sumsWarning(statement: BookStatement, { currency: usual }: BankFileOptions): string {
  const currency = statement.currency ?? usual;
  const sum = (cents: number) => sumInWords(minor(cents, currency), currency);
  const entries = statement.entries.reduce((all, entry) => all + (entry.amountCents ?? 0), 0);
  const [opening, closing] = [statement.opening?.amountCents ?? 0, statement.closing?.amountCents ?? 0];
  return `the sums do not hold: opening ${sum(opening)} and movements of ${sum(entries)} make ${sum(opening + entries)}, the closing balance is ${sum(closing)}`;
}

interface Place {
  account: string;
  day: LocalDay;
  index: number;
  ids: ReadonlyMap<BookEntry, string>;
  options: BankFileOptions;
  statement: BookStatement;
  occurrences: Map<string, number>;
}

function lineOf(entry: BookEntry, place: Place): ReadLine {
  const { account, day, index, ids, statement, options, occurrences } = place;
  const currency = currencyOf(entry.currency ?? statement.currency ?? options.currency);
  const amountCents = minor(entry.amountCents as number, currency);
  const text = textOf(entry);
  const payerName = entry.counterparty === null || entry.counterparty === '' ? null : entry.counterparty.slice(0, 200);
  const payerIban = compact(entry.counterpartyIban ?? null);
  const endToEnd = given(entry.endToEndId);
  const id = ids.get(entry) ?? folded(`${payerName ?? ''} ${payerIban ?? ''} ${text} ${endToEnd ?? ''}`);
  const base = sha256([account, day, amountCents, currency, id].join('\n'));
  const occurrence = (occurrences.get(base) ?? 0) + 1;
  occurrences.set(base, occurrence);
  return {
    account,
    currency,
    amountCents,
    text,
    payerName,
    payerIban,
    endToEnd,
    bookedOn: day,
    key: `${base}/${occurrence}`,
    place: placeOf(entry, index),
    bankReference: given(entry.bankReference ?? (entry['id'] as string | undefined)),
    reversal: entry.reversal === true || given(entry['returnReason'] as string | undefined) !== null,
  };
}

function placeOf(entry: BookEntry, index: number): string {
  if (typeof entry.line === 'number') return `line ${entry.line}`;
  return typeof entry['row'] === 'number' ? `row ${entry['row']}` : `entry ${index + 1}`;
}

/** The bank's own names of the movements, where the file gives each another one. */
function idsIn(entries: readonly BookEntry[]): Map<BookEntry, string> {
  const idOf = (entry: BookEntry) => given((entry['id'] as string | undefined) ?? entry.bankReference);
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const id = idOf(entry);
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const own = entries.flatMap((entry): [BookEntry, string][] => {
    const id = idOf(entry);
    return id !== null && id.length >= 4 && counts.get(id) === 1 ? [[entry, id]] : [];
  });
  return new Map(own);
}

/** What banks write where they have nothing to say. */
const nothings = /^(?:not ?provided|nonref|nref|none|null|n\/?a|-+|0+)$/i;

function given(text: string | null | undefined): string | null {
  const bare = text?.trim() ?? '';
  return bare === '' || nothings.test(bare) ? null : bare;
}

function textOf(entry: BookEntry): string {
  const parts = [entry.remittance, entry['invoiceNumber'], entry['additional']].filter(
    (part): part is string => typeof part === 'string' && part.trim() !== '',
  );
  return [...new Set(parts)].join(' ').replaceAll(/\s+/g, ' ').trim().slice(0, 1000);
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function currencyOf(text: string): string {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{3}$/.test(code)) return code;
  throw new Refusal('broken', `"${text.slice(0, 20)}" is no currency.`, { next: 'Say which with --currency EUR.' });
}

/** Books count hundredths, whatever the currency; the record counts what the currency is made of. */
export function minor(hundredths: number, currency: string): number {
  return Math.round(hundredths * 10 ** (decimalsOf(currency) - 2));
}

function compact(iban: string | null): string | null {
  const bare = (iban ?? '').replaceAll(/\s/g, '').toUpperCase();
  return bare === '' ? null : bare;
}

/**
 * The owner's account as the configuration names it, where the file's number is part of it.
 * @throws Refusal 'ambiguous' when the file names none and several are known, or none
 */
function accountIn(text: string | null | undefined, { accounts, account }: BankFileOptions): string {
  const bare = compact(account ?? text ?? null);
  const known = bare === null ? undefined : accounts.find((one) => one === bare || isPartOf(bare, one));
  if (known !== undefined) return known;
  if (bare !== null && (account !== null || accounts.length === 0 || isNumber.test(bare))) return bare;
  const [only, second] = accounts;
  if (only !== undefined && second === undefined) return only;
  throw new Refusal('ambiguous', 'The file does not say of which account it is.', {
    next: `Say it with --account${accounts.length === 0 ? ' IBAN' : `: ${accounts.join(', ')}`}.`,
  });
}

/** A number, and not what the owner calls the account at her bank. */
const isNumber = /\d{5}/;

/** '37040044/0532013000' and '532013000' are DE89370400440532013000. */
function isPartOf(number: string, iban: string): boolean {
  const digits = number.replaceAll(/[^A-Z0-9]/g, '').replace(/^0+/, '');
  return digits.length >= 6 && iban.endsWith(digits);
}
