/**
 * Bank files -> the record: lines that were not seen before, up to which day each account is known, and what the lines
 * pay. One transaction; a preview does the same and takes it back.
 */
import { bankMeanings } from '../books/bank-columns.ts';
import { type FileForm, mapWords } from '../books/file-form.ts';
import { booksIn } from '../books/read.ts';
import { Refusal } from '../books/refusal.ts';
import type { BookStatement } from '../books/rows.ts';
import type { BankLine } from '../rules/bank-line.ts';
import type { DayOrder } from '../rules/day-order.ts';
import { sha256 } from '../rules/digest.ts';
import { addDays, type LocalDay } from '../rules/time.ts';
import { addLine, countFromOthers } from '../store/bank-lines.ts';
import { accountOf, accounts, addFile, fileOf, noteReadTo } from '../store/book-files.ts';
import type { Writer } from '../store/database.ts';
import { lookAtMoneyAgain } from '../store/payments-check.ts';
import { type BankFile, readBankFile } from './books/bank-file.ts';
import { formsOf, parseMap, rememberForm } from './books/forms.ts';
import { matchLines } from './payments.ts';

export interface BankImportOptions {
  /** the owner's accounts, as the configuration names them */
  accounts: readonly string[];
  account: string | null;
  currency: string;
  days?: DayOrder | undefined;
  /** which column is what, where the owner says it; remembered for files with the same headings */
  form?: FileForm | undefined;
  today: LocalDay;
}

export interface ReadFile {
  file: string;
  format: string | null;
  /** why it was not taken, with what to do next; null: it was */
  refused: { code: string; message: string; place: string; next: string } | null;
  /** the same bytes were read before, under that name */
  knownAs: string | null;
  statements: BookStatement[];
  /** the options that say which column is what, when the owner did; null: it is known */
  map: string | null;
  lines: number;
  /** lines that were not on record yet */
  news: number;
  leftOut: { pending: number; unreadable: number };
  warnings: string[];
}

export interface PaymentImport {
  files: ReadFile[];
  /** lines that became something else than before */
  changed: BankLine[];
  accounts: { number: string; readTo: LocalDay | null }[];
}

export function importPayments(
  w: Writer,
  files: readonly { name: string; bytes: Uint8Array }[],
  options: BankImportOptions,
): PaymentImport {
  const all = files.flatMap(({ name, bytes }) => insideOf(name, bytes));
  const known = [
    ...new Set([...options.accounts, ...(options.accounts.length === 0 ? accounts(w).map((a) => a.number) : [])]),
  ];
  const read = all.map((one) => readOne(w, one, { ...options, accounts: known }));
  const changed = matchLines(w, options.accounts, addDays(options.today, -unrelatedDays));
  if (read.some((file) => file.refused === null)) lookAtMoneyAgain(w);
  return { files: read, changed, accounts: accounts(w).map(({ number, readTo }) => ({ number, readTo })) };
}

/** An invoice that comes in later may still be what an older line paid. */
const unrelatedDays = 120;

type Inside = { name: string; bytes: Uint8Array } | { name: string; refusal: Refusal };

function insideOf(name: string, bytes: Uint8Array): Inside[] {
  try {
    return booksIn(name, bytes);
  } catch (fault) {
    if (fault instanceof Refusal) return [{ name, refusal: fault }];
    throw fault;
  }
}

const nothing = { statements: [], map: null, lines: 0, news: 0, leftOut: { pending: 0, unreadable: 0 }, warnings: [] };

function readOne(w: Writer, inside: Inside, options: BankImportOptions): ReadFile {
  const file = inside.name;
  if ('refusal' in inside) return refusedFile(file, inside.refusal);
  const digest = sha256(inside.bytes);
  const before = fileOf(w, digest);
  try {
    const read = readBankFile(inside.bytes, { ...options, formOf: formsOf(w, 'bank') });
    const told = {
      file,
      format: read.format,
      refused: null,
      statements: read.statements,
      lines: read.lines.length,
      map: mapOf(read),
    };
    const rest = { leftOut: read.leftOut, warnings: read.warnings };
    rememberForm(w, 'bank', headingsOf(read), { form: options.form ?? null, days: options.days ?? null });
    if (before !== undefined) return { ...told, ...rest, knownAs: before.name, news: 0 };
    return { ...told, ...rest, knownAs: null, news: keep(w, read, { file, digest, today: options.today }) };
  } catch (fault) {
    if (fault instanceof Refusal) return refusedFile(file, fault);
    throw fault;
  }
}

/** What `--map` of a bank's file says. */
export function parseBankMap(texts: readonly string[] | undefined): FileForm | undefined {
  return parseMap(texts, bankMeanings) ?? undefined;
}

/** The meanings that `--map` knows. */
export const bankMeaningWords = bankMeanings.join(', ');

function mapOf({ statements }: BankFile): string | null {
  const form = statements[0]?.['form'] as FileForm | undefined;
  return form === undefined ? null : mapWords(form.columns);
}

function headingsOf({ statements }: BankFile): readonly string[] {
  return (statements[0]?.['headings'] as readonly string[] | undefined) ?? [];
}

function refusedFile(file: string, { code, message, place, next }: Refusal): ReadFile {
  return { file, format: null, ...nothing, knownAs: null, refused: { code, message, place, next } };
}

/** @returns how many lines are new */
function keep(
  w: Writer,
  read: BankFile,
  { file, digest, today }: { file: string; digest: string; today: LocalDay },
): number {
  const fileId = addFile(w, { sha256: digest, name: file, format: read.format });
  const seen = new Map<string, number>();
  let news = 0;
  for (const { account, ...line } of read.lines) {
    const { id: accountId } = accountOf(w, account);
    const group = [account, line.bookedOn, line.amountCents, line.currency].join('|');
    const nth = (seen.get(group) ?? 0) + 1;
    seen.set(group, nth);
    const inOthers = countFromOthers(w, { ...line, accountId, format: read.format });
    if (nth > inOthers && addLine(w, { ...line, accountId, fileId }) !== undefined) news += 1;
  }
  for (const [account, day] of read.readTo) noteReadTo(w, accountOf(w, account).id, day < today ? day : today);
  return news;
}
