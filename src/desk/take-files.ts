/**
 * Files as they are dropped: invoices that say themselves what they are, tables of invoices, files of a bank. Tells which
 * is which, says what taking them would do, and takes them; what is refused is said by file, place and reason.
 */
import { programOf } from '../books/invoice-forms.ts';
import { AppError } from '../errors.ts';
import type { Owner } from '../rules/settings.ts';
import type { LocalDay } from '../rules/time.ts';
import { type BookImport, importBooks } from './import-books.ts';
import { importInvoices, type InvoiceImport } from './import-invoices.ts';
import { importPayments, type PaymentImport } from './import-payments.ts';
import { isBook } from './is-book.ts';
import { type DeskParts, tried } from './parts.ts';

export interface DroppedFile {
  name: string;
  bytes: Uint8Array;
}

export interface TakeOptions {
  owner: Owner;
  today: LocalDay;
  /** clients that a file names and the register does not know are taken in */
  addClients: boolean;
  /** what tables are, where their headings do not say it */
  tables: 'as-they-say' | 'invoices' | 'bank';
}

/** What each file was, and what taking it does or would do. */
export interface Taken {
  books: BookImport | null;
  tables: { file: string; done: InvoiceImport | null; fault: AppError | null }[];
  bank: PaymentImport | null;
  /** the books as a whole were refused: the configuration does not say who the owner is */
  booksFault: AppError | null;
}

/** @param isReal false: the same, taken back */
export function takeFiles(
  desk: DeskParts,
  files: readonly DroppedFile[],
  options: TakeOptions,
  isReal: boolean,
): Taken {
  const books = files.filter(({ bytes }) => isBook(bytes) && !isStatement(bytes));
  const tables = files.filter(({ bytes }) => !isBook(bytes) && isOfInvoices(bytes, options.tables));
  const bank = files.filter((file) => !books.includes(file) && !tables.includes(file));
  const { owner, today, addClients } = options;
  const accounts = owner.accounts ?? [];
  const numbers = { vat: owner.vat ?? '', taxCode: owner.taxCode ?? '' };
  const how = { owner: numbers, accounts, language: owner.language, today, terms: null, addClients };
  const found: Taken = { books: null, tables: [], bank: null, booksFault: null };
  if (books.length > 0)
    found.booksFault = faultOf(() => void (found.books = tried(desk, isReal, (w) => importBooks(w, books, how))));
  for (const { name, bytes } of tables) {
    const table = {
      file: name,
      currency: 'EUR',
      today,
      accounts,
      ...(addClients && { addClients: { language: owner.language } }),
    };
    const one: Taken['tables'][number] = { file: name, done: null, fault: null };
    one.fault = faultOf(() => void (one.done = tried(desk, isReal, (w) => importInvoices(w, bytes, table))));
    found.tables.push(one);
  }
  if (bank.length > 0)
    found.bank = tried(desk, isReal, (w) =>
      importPayments(w, bank, { accounts, account: null, currency: 'EUR', today }),
    );
  return found;
}

function faultOf(work: () => void): AppError | null {
  try {
    work();
    return null;
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'bad-input') return fault;
    throw fault;
  }
}

/** CAMT and OFX are written in angle brackets too. */
function isStatement(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4000)).toString('latin1');
  return /<(?:\w+:)?(?:BkToCstmr|OFX)|camt\.05[234]|OFXHEADER/i.test(head);
}

function isOfInvoices(bytes: Uint8Array, said: TakeOptions['tables']): boolean {
  return said === 'as-they-say' ? isInvoiceTable(bytes) : said === 'invoices';
}

/** A table with our own headings, or with those of a program that writes invoices. */
function isInvoiceTable(bytes: Uint8Array): boolean {
  const [first = ''] = Buffer.from(bytes.subarray(0, 4000))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/);
  const headings = first.split(/[,;\t]/).map((heading) => heading.replaceAll('"', '').trim());
  const isOurs = headings.includes('number') && headings.includes('client');
  return isOurs || programOf(headings) !== undefined;
}
