/**
 * Bank files -> the record: lines that were not seen before, up to which day each account is known, and what the lines
 * pay. One transaction; a preview does the same and takes it back.
 */
import type { Meaning } from '../books/bank-columns.ts';
import { booksIn } from '../books/read.ts';
import { Refusal } from '../books/refusal.ts';
import type { BookStatement } from '../books/rows.ts';
import type { BankLine } from '../rules/bank-line.ts';
import { sha256 } from '../rules/digest.ts';
import { addDays, type LocalDay } from '../rules/time.ts';
import { addLine, countFromOthers } from '../store/bank-lines.ts';
import { accountOf, accounts, addFile, fileOf, noteReadTo } from '../store/book-files.ts';
import type { Writer } from '../store/database.ts';
import { lookAtMoneyAgain } from '../store/payments-check.ts';
import { type BankFile, readBankFile } from './books/bank-file.ts';
import type { DeskParts } from './parts.ts';
import { matchLines } from './payments.ts';

export interface BankImportOptions {
  /** the owner's accounts, as the configuration names them */
  accounts: readonly string[];
  account: string | null;
  currency: string;
  days?: 'dmy' | 'mdy' | undefined;
  columns?: Partial<Record<Meaning, number>> | undefined;
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

/** @throws what `work` throws; the record is as it was when `isReal` is false */
export function tried<T>(desk: DeskParts, isReal: boolean, work: (w: Writer) => T): T {
  if (isReal) return desk.store.write(desk.clock.now(), work);
  const undone = new Undone<T>();
  try {
    return desk.store.write(desk.clock.now(), (w) => {
      undone.result = work(w);
      throw undone;
    });
  } catch (thrown) {
    if (thrown === undone) return undone.result as T;
    throw thrown;
  }
}

class Undone<T> extends Error {
  result: T | undefined;
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

const nothing = { statements: [], lines: 0, news: 0, leftOut: { pending: 0, unreadable: 0 }, warnings: [] };

function readOne(w: Writer, inside: Inside, options: BankImportOptions): ReadFile {
  const file = inside.name;
  if ('refusal' in inside) return refusedFile(file, inside.refusal);
  const digest = sha256(inside.bytes);
  const before = fileOf(w, digest);
  try {
    const read = readBankFile(inside.bytes, options);
    const told = {
      ...{ file, format: read.format, refused: null, statements: read.statements },
      lines: read.lines.length,
    };
    const rest = { leftOut: read.leftOut, warnings: read.warnings };
    if (before !== undefined) return { ...told, ...rest, knownAs: before.name, news: 0 };
    return { ...told, ...rest, knownAs: null, news: keep(w, read, { file, digest, today: options.today }) };
  } catch (fault) {
    if (fault instanceof Refusal) return refusedFile(file, fault);
    throw fault;
  }
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
