/**
 * One file of a watched folder -> the record, when all of it is certain; else what has to be asked, with the command that
 * answers. What it would do is done once and taken back, and done for good only when nothing is left open.
 */
import { columnsOf } from '../books/bank-columns.ts';
import { readCsvRows } from '../books/csv-rows.ts';
import { programOf } from '../books/invoice-forms.ts';
import { booksIn, readBook } from '../books/read.ts';
import { Refusal } from '../books/refusal.ts';
import { Notification } from '../books/sdi.ts';
import { AppError } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import { asWritten, type Reason } from '../rules/reason.ts';
import type { LocalDay } from '../rules/time.ts';
import type { WatchedState } from '../store/watched-files.ts';
import { formsOf } from './books/forms.ts';
import type { OwnerNumbers } from './books/whose-invoice.ts';
import { type BookOutcome, importBooks } from './import-books.ts';
import { importInvoices } from './import-invoices.ts';
import { importPayments } from './import-payments.ts';
import { headingOf } from './invoice-columns.ts';
import { type DeskParts, tried } from './parts.ts';

export interface TakeOptions {
  owner: OwnerNumbers;
  accounts: readonly string[];
  language: Language;
  /** whose account it is about, when it does not say so */
  account: string | null;
  today: LocalDay;
}

export interface Taking {
  state: WatchedState;
  /** what was taken, or what is open */
  why: Reason;
  /** the command that answers; '' for none */
  next: string;
  /** clients whose letters about money wait for the answer */
  concerns: number[];
  /** lines of the bank that are asked about, though the file was taken */
  asked: number;
  /** what its owner should know of a file that was taken */
  warnings: string[];
}

interface File {
  /** as it is shown */
  name: string;
  /** as a command names it */
  path: string;
  bytes: Uint8Array;
}

export function takeFile(desk: DeskParts, file: File, options: TakeOptions): Taking {
  const kind = kindOf(desk, file);
  if (kind === 'none') return left({ code: 'no-book' });
  try {
    if (kind === 'bank') return takeBank(desk, file, options);
    return kind === 'invoices' ? takeBooks(desk, file, options) : takeTable(desk, file, options);
  } catch (fault) {
    if (!(fault instanceof AppError) || !['bad-input', 'usage', 'conflict', 'not-found'].includes(fault.code))
      throw fault;
    return asked(asWritten(fault.message), fault.next ?? command(kind, file));
  }
}

const nothing = { concerns: [], asked: 0, warnings: [] };

function left(why: Reason): Taking {
  return { state: 'left', why, next: '', ...nothing };
}

function asked(why: Reason, next: string, concerns: number[] = []): Taking {
  return { ...nothing, state: 'asked', why, next, concerns };
}

type Kind = 'bank' | 'invoices' | 'table' | 'none';

function command(kind: Kind, { path }: File): string {
  const verb = kind === 'bank' ? 'payments' : 'invoices';
  return `paletti ${verb} import '${path.replaceAll("'", "'\\''")}'`;
}

/** By the content; a file that is broken is what its name and its beginning say. */
function kindOf(desk: DeskParts, { name, bytes }: File): Kind {
  try {
    const [first] = booksIn(name, bytes);
    if (first === undefined) return 'none';
    const table = tableKind(desk, first.bytes);
    if (table !== undefined) return table;
    return readBook(first.bytes).invoices === undefined ? 'bank' : 'invoices';
  } catch (fault) {
    if (fault instanceof Notification) return fault.rejected ? 'invoices' : 'none';
    if (fault instanceof Refusal) return refusedKind(fault, name);
    throw fault;
  }
}

/** A list of invoices has days and sums as a bank's file has, and is none. */
function tableKind(desk: DeskParts, bytes: Uint8Array): 'table' | 'bank' | undefined {
  if (/^(?:PK|%PDF|0[\x80-\x84]|[\s\u00ef\u00bb\u00bf]*<|-----BEGIN)/.test(headOf(bytes))) return undefined;
  const rows = readCsvRows(bytes).rows.slice(0, 30);
  const { invoices, bank } = desk.store.read((r) => ({ invoices: formsOf(r, 'invoices'), bank: formsOf(r, 'bank') }));
  if (rows.some((row) => row.length > 1 && (invoices(row) ?? programOf(row) ?? headingOf(row)) !== undefined))
    return 'table';
  return rows.some((row) => row.length > 1 && (bank(row) ?? columnsOf(row)) !== undefined) ? 'bank' : undefined;
}

function headOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 100)).toString('latin1');
}

/** What the owner's programs put there beside invoices and movements says nothing; what is broken or unknown is asked. */
function refusedKind({ code }: Refusal, name: string): Kind {
  if (code === 'no-invoice' || code === 'notification' || code === 'not-signed-content') return 'none';
  if (/\.(?:xml|pdf|zip|txt)$/i.test(name)) return code === 'unknown-format' || code === 'empty' ? 'none' : 'invoices';
  return /\.(?:p7m)$/i.test(name) ? 'invoices' : 'bank';
}

// ---- each kind -------------------------------------------------------------------------------------------------------------

function takeBank(desk: DeskParts, file: File, options: TakeOptions): Taking {
  const { accounts, account, today } = options;
  const how = { accounts, account, currency: 'EUR', today };
  const attempt = (isReal: boolean) => tried(desk, isReal, (w) => importPayments(w, [file], how));
  const refused = attempt(false).files.find((one) => one.refused !== null)?.refused;
  if (refused != null)
    return asked(asWritten(refused.message.replace(/\.$/, '')), `${refused.next} ${command('bank', file)}`.trim());
  const { files, changed } = attempt(true);
  const news = files.reduce((all, one) => all + one.news, 0);
  return {
    state: 'taken',
    why: { code: 'took-bank-lines', lines: news },
    next: '',
    concerns: [],
    asked: changed.filter(({ state }) => state === 'question').length,
    warnings: files.flatMap((one) => one.warnings),
  };
}

const certain: readonly BookOutcome['what'][] = ['add', 'change', 'unchanged', 'credit', 'left-out'];

function takeBooks(desk: DeskParts, file: File, options: TakeOptions): Taking {
  const { owner, accounts, language, today } = options;
  const how = { owner, accounts, language, terms: null, addClients: false, today };
  const attempt = (isReal: boolean) => tried(desk, isReal, (w) => importBooks(w, [file], how));
  const plan = attempt(false);
  const refused = plan.files.find((one) => one.refused !== null && !isBeside(one.refused.code))?.refused;
  if (refused != null)
    return asked(asWritten(refused.message.replace(/\.$/, '')), refused.next || command('invoices', file));
  const open = plan.outcomes.filter(({ what }) => !certain.includes(what));
  const [first] = open;
  if (first === undefined) return taken(attempt(true).outcomes);
  const concerns = [...new Set(open.flatMap(({ clientId }) => clientId ?? []))];
  return asked(
    openWords(open),
    `${first.next === '' ? '' : `${first.next}; then `}${command('invoices', file)}`,
    concerns,
  );
}

/** In a ZIP of invoices lies what says nothing of them. */
function isBeside(code: string): boolean {
  return code === 'unknown-format' || code === 'notification';
}

function openWords(open: readonly BookOutcome[]): Reason {
  const [{ number, client, what, details }] = open as [BookOutcome];
  const because: readonly Reason[] = what === 'void' ? [{ code: 'would-be-void' }] : details.map(asWritten);
  return { code: 'document-asks', number, client, because, more: open.length - 1 };
}

function taken(outcomes: readonly BookOutcome[]): Taking {
  const of = (what: BookOutcome['what']) => outcomes.filter((one) => one.what === what).length;
  const why = { code: 'took-invoices', added: of('add'), credits: of('credit'), leftOut: of('left-out') } as const;
  return { state: 'taken', why, next: '', ...nothing };
}

function takeTable(desk: DeskParts, file: File, { accounts, today }: TakeOptions): Taking {
  const how = { file: file.name, currency: 'EUR', accounts, today };
  const attempt = (isReal: boolean) => tried(desk, isReal, (w) => importInvoices(w, file.bytes, how));
  const plan = attempt(false);
  const [question] = plan.questions;
  if (question !== undefined) {
    const { line, text } = question;
    const why: Reason = { code: 'row-asks', line, question: asWritten(text), more: plan.questions.length - 1 };
    return asked(why, command('table', file));
  }
  const { changes } = attempt(true);
  const of = (what: string) => changes.filter((change) => change.what === what).length;
  const why = { code: 'took-table', added: of('add'), changed: of('change') } as const;
  return { state: 'taken', why, next: '', ...nothing };
}
