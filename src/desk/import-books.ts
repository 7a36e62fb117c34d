/**
 * Files of invoices that say themselves what they are (FatturaPA, UBL, CII, PDF with one inside, ZIP of them) -> the
 * record. The owner must be the seller; credit notes lower what they name; an unknown buyer is taken in as a client; a
 * notice of rejection makes its invoice void. What is not certain is left out and said. One transaction.
 */
import { type Asked, askedOf } from '../books/asked.ts';
import { booksIn, readBook } from '../books/read.ts';
import { Refusal } from '../books/refusal.ts';
import type { BookInvoice } from '../books/rows.ts';
import { Notification } from '../books/sdi.ts';
import { AppError } from '../errors.ts';
import { type Client, isWritableAddress } from '../rules/client.ts';
import { sha256 } from '../rules/digest.ts';
import { creditedCents, type Invoice, invoiceKey, numberKey, openCents, paidCents } from '../rules/invoice.ts';
import type { Language } from '../rules/language.ts';
import { dueBy, parsePaymentTerms, type PaymentTerms } from '../rules/payment-terms.ts';
import { asWritten } from '../rules/reason.ts';
import { addDays, type LocalDay } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import { addFile, fileOf, invoicesFromFile, noteSource } from '../store/book-files.ts';
import { editClient } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { editInvoice, invoiceById, listInvoices, recordPayment, voidInvoice } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { minor } from './books/bank-file.ts';
import { type Buyer, buyerOf, notOwn, type OwnerNumbers } from './books/whose-invoice.ts';
import { isSharedDomain, registerIn } from './clients.ts';
import { creditIn, recordInvoiceIn } from './invoices.ts';
import { matchLines } from './payments.ts';

export interface BookImportOptions {
  owner: OwnerNumbers;
  accounts: readonly string[];
  language: Language;
  /** of invoices whose file says no day, and whose client has no terms; null: they are left out */
  terms: PaymentTerms | null;
  /** an unknown buyer is taken in as a client */
  addClients: boolean;
  today: LocalDay;
}

export interface BookOutcome {
  file: string;
  /** which document of the file, from 0 */
  index: number;
  number: string | null;
  client: string | null;
  /** in the register; null: not known, or of nobody there */
  clientId: number | null;
  what: 'add' | 'change' | 'unchanged' | 'credit' | 'void' | 'left-out' | 'asked';
  totalCents: number;
  currency: string | null;
  openCents: number;
  details: string[];
  /** how to answer what is asked */
  next: string;
}

export interface ReadBookFile {
  file: string;
  format: string | null;
  refused: { code: string; message: string; place: string; next: string } | null;
  knownAs: string | null;
  invoices: BookInvoice[];
}

export interface BookImport {
  files: ReadBookFile[];
  outcomes: BookOutcome[];
}

/**
 * @throws AppError 'bad-input' when the configuration does not say who the owner is: a bought invoice must not become a
 *   receivable
 */
export function importBooks(
  w: Writer,
  files: readonly { name: string; bytes: Uint8Array }[],
  options: BookImportOptions,
): BookImport {
  if (options.owner.vat === '' && options.owner.taxCode === '')
    throw new AppError('bad-input', { code: 'whose-invoices' }, { where: 'owner.vat' });
  const done: BookImport = { files: [], outcomes: [] };
  const all = files.flatMap(({ name, bytes }) => insideOf(name, bytes));
  const read = all.map((inside) => readOne(w, inside));
  done.files.push(...read.map(({ file }) => file));
  // an invoice first, then the credit notes on it, in whichever file they are; what was rejected last
  for (const kind of ['invoice', 'credit-note', 'self-invoice'])
    for (const { file, digest } of read)
      for (const invoice of file.invoices.filter((one) => one.kind === kind))
        done.outcomes.push(take(w, { file, digest, invoice }, options));
  for (const { file, rejected } of read) if (rejected !== undefined) done.outcomes.push(...reject(w, file, rejected));
  matchLines(w, options.accounts, addDays(options.today, -unrelatedDays));
  return done;
}

/** Money that came before its invoice was recorded. */
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

interface Read {
  file: ReadBookFile;
  digest: string;
  /** the file that a notice says was rejected */
  rejected?: string;
}

function readOne(w: Writer, inside: Inside): Read {
  const { name } = inside;
  if ('refusal' in inside) return refusedFile(name, '', inside.refusal);
  const digest = sha256(inside.bytes);
  const knownAs = fileOf(w, digest)?.name ?? null;
  try {
    const book = readBook(inside.bytes);
    if (book.invoices === undefined)
      throw new Refusal('no-invoice', 'This is a file of a bank, not an invoice.', {
        next: 'Read it with: paletti payments import FILE',
      });
    return { file: { file: name, format: book.format, refused: null, knownAs, invoices: book.invoices }, digest };
  } catch (fault) {
    if (fault instanceof Notification && fault.rejected && fault.about !== null)
      return {
        file: { file: name, format: 'notice', refused: null, knownAs, invoices: [] },
        digest,
        rejected: fault.about,
      };
    if (fault instanceof Refusal) return refusedFile(name, digest, fault);
    throw fault;
  }
}

function refusedFile(file: string, digest: string, { code, message, place, next }: Refusal): Read {
  const refused = { code, message, place, next };
  return { file: { file, format: null, refused, knownAs: null, invoices: [] }, digest };
}

interface Document {
  file: ReadBookFile;
  digest: string;
  invoice: BookInvoice;
}

function take(w: Writer, document: Document, options: BookImportOptions): BookOutcome {
  const { invoice } = document;
  const why = notOwn(invoice, options.owner);
  if (why !== undefined) return outcome(document, { what: 'left-out', details: [why] });
  const { number, date, currency } = invoice;
  if (number === null || date === null || currency === null || !/^[A-Z]{3}$/.test(currency))
    return outcome(document, { what: 'left-out', details: ['it has no number, no day or no currency'] });
  const buyer = buyerOf(w, invoice.buyer);
  if ('doubt' in buyer) return outcome(document, { what: 'asked', details: [buyer.doubt], next: sayWhose(invoice) });
  const known = { ...document, number, issuedOn: date as LocalDay, currency };
  return invoice.kind === 'credit-note' ? takeCredit(w, known, buyer) : takeInvoice(w, known, buyer, options);
}

function sayWhose({ buyer }: BookInvoice): string {
  return `Give the client its VAT number: paletti clients edit CLIENT --vat ${buyer.vatId ?? 'NUMBER'}`;
}

type Known = Document & { number: string; issuedOn: LocalDay; currency: string };

function takeInvoice(
  w: Writer,
  known: Known,
  buyer: Exclude<Buyer, { doubt: string }>,
  options: BookImportOptions,
): BookOutcome {
  const asked = askedOf(known.invoice);
  if (asked === null || asked.totalCents <= 0)
    return outcome(known, { what: 'left-out', details: ['it asks for nothing'] });
  const doubt = asked.doubts[0];
  if ('proposed' in buyer && !options.addClients)
    return outcome(known, {
      what: 'asked',
      client: buyer.proposed.name,
      details: [`there is no client with VAT number ${buyer.proposed.vat}`],
      next: `Add it: paletti clients add '${buyer.proposed.name}' --vat ${buyer.proposed.vat}; or import with --add-clients`,
    });
  const terms = ('client' in buyer ? buyer.client.paymentTerms : null) ?? options.terms;
  const parts = dated(asked, known, terms);
  if (parts === null) return noDay(known, buyer);
  const { client, details } = clientOf(w, buyer, options);
  const existing = listInvoices(w, { clientId: client.id }).find(
    (one) => one.state !== 'void' && invoiceKey(one.number, one.issuedOn) === invoiceKey(known.number, known.issuedOn),
  );
  const remarks = [...details, ...(doubt === undefined ? [] : [doubt])];
  if (existing !== undefined) return again(w, known, { existing, client, asked, remarks });
  return add(w, known, { client, asked, parts, remarks });
}

/** Each day from the file, its terms, or those of the client; null when none says one. */
function dated(
  asked: Asked,
  { invoice, issuedOn }: Known,
  agreed: PaymentTerms | null,
): (Asked['parts'][number] & { dueOn: LocalDay })[] | null {
  const terms = termsOf(invoice.terms ?? null) ?? agreed;
  const byTerms = terms === null ? null : dueBy(terms, issuedOn);
  const parts = asked.parts.flatMap((part) => {
    const due = (part.dueOn as LocalDay | null) ?? byTerms;
    return due === null ? [] : [{ ...part, dueOn: due < issuedOn ? issuedOn : due }];
  });
  return parts.length === asked.parts.length ? parts : null;
}

function termsOf(text: string | null): PaymentTerms | null {
  try {
    return text === null ? null : parsePaymentTerms(text);
  } catch {
    return null;
  }
}

function noDay(known: Known, buyer: Exclude<Buyer, { doubt: string }>): BookOutcome {
  const client = 'client' in buyer ? buyer.client.name : buyer.proposed.name;
  return outcome(known, {
    what: 'asked',
    client,
    details: ['the file says no day to pay by, and no terms are agreed with the client'],
    next: `Say the terms: paletti clients edit '${client}' --payment-days 30; or for this import: --terms 30`,
  });
}

function clientOf(
  w: Writer,
  buyer: Exclude<Buyer, { doubt: string }>,
  { language }: BookImportOptions,
): { client: Client; details: string[] } {
  if ('client' in buyer) return { client: buyer.client, details: [] };
  const { name, vat, taxCode, pec, email, isBusiness } = buyer.proposed;
  const isItalian = /^IT/i.test(vat) || (vat === '' && taxCode !== '');
  const domain = email.split('@')[1]?.toLowerCase() ?? '';
  const client = registerIn(
    w,
    {
      name,
      kind: isBusiness ? 'business' : 'consumer',
      language: isItalian ? 'it' : vat === '' ? language : 'en',
      addresses: isWritableAddress(email) ? [email.toLowerCase()] : [],
      domains: domain === '' || isSharedDomain(domain) ? [] : [domain],
    },
    { code: 'buyer-of-invoice' },
  );
  const references = {
    ...(vat !== '' && { vat: [vat] }),
    ...(taxCode !== '' && taxCode !== vat && { tax: [taxCode] }),
    ...(pec !== '' && { pec: [pec] }),
  };
  const address = client.addresses.length === 0 ? ', without an address to write to' : '';
  return { client: editClient(w, client.id, { references }), details: [`a new client${address}`] };
}

interface Adding {
  client: Client;
  asked: Asked;
  remarks: string[];
}

function add(
  w: Writer,
  known: Known,
  adding: Adding & { parts: (Asked['parts'][number] & { dueOn: LocalDay })[] },
): BookOutcome {
  const { client, asked, parts, remarks } = adding;
  const { number, issuedOn, currency } = known;
  const money = (cents: number) => minor(cents, currency);
  const invoice = recordInvoiceIn(
    w,
    client,
    {
      number,
      issuedOn,
      currency,
      totalCents: money(asked.totalCents),
      project: null,
      dueOn: null,
      withholdingCents: money(asked.withholdingCents),
      splitVatCents: money(asked.splitVatCents),
      instalments: parts.map((part) => ({
        dueOn: part.dueOn,
        amountCents: money(part.amountCents),
        withheldCents: money(part.withheldCents),
      })),
    },
    { code: 'read-from-file', file: known.file.file, details: [] },
  );
  noteSource(w, { invoiceId: invoice.id, fileId: fileId(w, known), position: known.invoice.index });
  if (asked.prepaidCents > 0)
    recordPayment(w, invoice.id, {
      amountCents: money(asked.prepaidCents),
      receivedOn: issuedOn,
      reference: `paid in advance, as the invoice says [${known.file.file}]`,
      fromFile: true,
    });
  const after = invoiceById(w, invoice.id) as Invoice;
  return outcome(known, {
    what: 'add',
    client: client.name,
    invoice: after,
    details: [...keptWords(after), ...remarks],
  });
}

function keptWords({ withholdingCents = 0, splitVatCents = 0, currency }: Invoice): string[] {
  return [
    ...(withholdingCents > 0 ? [`less withholding tax of ${sumInWords(withholdingCents, currency)}`] : []),
    ...(splitVatCents > 0 ? [`less VAT of ${sumInWords(splitVatCents, currency)} (split payment)`] : []),
  ];
}

function fileId(w: Writer, { file, digest }: Document): number {
  return fileOf(w, digest)?.id ?? addFile(w, { sha256: digest, name: file.file, format: file.format ?? '' });
}

/** The record has it: only what the client keeps back by law is learned from the file, as nobody enters it by hand. */
function again(
  w: Writer,
  known: Known,
  { existing, client, asked, remarks }: Adding & { existing: Invoice },
): BookOutcome {
  const total = minor(asked.totalCents, known.currency);
  const told = { client: client.name, invoice: existing };
  if (total !== existing.totalCents || known.currency !== existing.currency) {
    const said = `the file says ${sumInWords(total, known.currency)}, on record are ${sumInWords(existing.totalCents, existing.currency)}`;
    const next = `When the file is right: paletti invoices edit ${existing.number} --total SUM`;
    return outcome(known, { ...told, what: 'asked', details: [said], next });
  }
  noteSource(w, { invoiceId: existing.id, fileId: fileId(w, known), position: known.invoice.index });
  const [withholdingCents, splitVatCents] = [asked.withholdingCents, asked.splitVatCents].map((cents) =>
    minor(cents, known.currency),
  );
  const isSame =
    (existing.withholdingCents ?? 0) === withholdingCents && (existing.splitVatCents ?? 0) === splitVatCents;
  if (isSame || paidCents(existing) > 0) return outcome(known, { ...told, what: 'unchanged', details: remarks });
  const instalments = existing.instalments.map(({ dueOn, amountCents }) => ({ dueOn, amountCents }));
  const invoice = editInvoice(w, existing.id, {
    withholdingCents: withholdingCents ?? 0,
    splitVatCents: splitVatCents ?? 0,
    instalments,
  });
  const details = keptWords(invoice);
  note(w, {
    kind: 'invoice-corrected',
    subject: `invoice/${invoice.id}`,
    clientId: client.id,
    why: { code: 'read-from-file', file: known.file.file, details: details.map(asWritten) },
    data: { number: invoice.number },
  });
  return outcome(known, { client: client.name, invoice, what: 'change', details });
}

/** On the invoices that it names: one takes all of it, several when it is just the sum of them. */
function takeCredit(w: Writer, known: Known, buyer: Exclude<Buyer, { doubt: string }>): BookOutcome {
  const { invoice, number, issuedOn, currency } = known;
  if ('proposed' in buyer)
    return outcome(known, {
      what: 'asked',
      client: buyer.proposed.name,
      details: ['a credit note for nobody in the register'],
      next: sayWhose(invoice),
    });
  const { client } = buyer;
  const cents = minor(Math.abs(invoice.totalCents ?? invoice.payableCents ?? 0), currency);
  const own = listInvoices(w, { clientId: client.id }).filter(
    (one) => one.state !== 'void' && one.currency === currency,
  );
  const done = own.find((one) =>
    one.credits.some((credit) => credit.takenBackAt === null && numberKey(credit.number ?? '') === numberKey(number)),
  );
  if (done !== undefined) return outcome(known, { what: 'unchanged', client: client.name, invoice: done, details: [] });
  const named = [...new Set(invoice.refersTo.flatMap((one) => namedBy(own, one)))];
  const shares = sharesOfCredit(named, cents);
  if (shares === null)
    return outcome(known, {
      what: 'asked',
      client: client.name,
      clientId: client.id,
      details: [
        named.length === 0 ? 'it names no invoice on record' : 'it is more than is left of the invoices that it names',
      ],
      next: `Say on which: paletti invoices credit NUMBER --amount ${(cents / 100).toFixed(2)} --number ${number} --on ${issuedOn}`,
    });
  for (const share of shares)
    creditIn(
      w,
      share.invoice,
      { amountCents: share.cents, number, issuedOn, why: '', again: true },
      { code: 'read-from-file', file: known.file.file, details: [] },
    );
  noteSource(w, { invoiceId: (named[0] as Invoice).id, fileId: fileId(w, known), position: invoice.index });
  const after = invoiceById(w, (named[0] as Invoice).id) as Invoice;
  const numbers = named.map((one) => one.number).join(', ');
  return outcome(known, {
    what: 'credit',
    client: client.name,
    invoice: after,
    totalCents: cents,
    details: [`on ${numbers}`],
  });
}

function namedBy(own: readonly Invoice[], { number, date }: { number: string; date: string | null }): Invoice[] {
  const found = own.filter((one) => numberKey(one.number) === numberKey(number));
  const ofDay = found.filter((one) => date !== null && one.issuedOn === date);
  return ofDay.length > 0 ? ofDay : found.length === 1 ? found : [];
}

function sharesOfCredit(named: readonly Invoice[], cents: number): { invoice: Invoice; cents: number }[] | null {
  const left = (invoice: Invoice) => invoice.totalCents - creditedCents(invoice);
  const [only] = named;
  if (only !== undefined && named.length === 1 && cents > 0 && cents <= left(only)) return [{ invoice: only, cents }];
  const all = named.reduce((sum, invoice) => sum + left(invoice), 0);
  return named.length > 1 && all === cents ? named.map((invoice) => ({ invoice, cents: left(invoice) })) : null;
}

/** An invoice that the exchange system rejected counts as not issued (provvedimento AdE 89757/2018, point 2.4). */
function reject(w: Writer, file: ReadBookFile, about: string): BookOutcome[] {
  const ids = [...new Set(invoicesFromFile(w, about))];
  const none = {
    ...blank(file.file),
    what: 'left-out' as const,
    details: [`it says that ${about} was rejected, and no invoice came from that file`],
  };
  if (ids.length === 0) return [{ ...none, next: 'Void the invoice by hand: paletti invoices void NUMBER' }];
  return ids.map((id) => rejected(w, file, invoiceById(w, id) as Invoice));
}

function rejected(w: Writer, { file }: ReadBookFile, before: Invoice): BookOutcome {
  const told = {
    ...blank(file),
    clientId: before.clientId,
    number: before.number,
    totalCents: before.totalCents,
    currency: before.currency,
  };
  if (before.state === 'void') return { ...told, what: 'unchanged', details: ['it is void already'] };
  if (paidCents(before) > 0)
    return {
      ...told,
      what: 'asked',
      details: ['it was rejected, and money came for it'],
      next: `Take the payment back first: paletti invoices reverse ${before.number}`,
    };
  voidInvoice(w, before.id);
  note(w, {
    kind: 'invoice-voided',
    subject: `invoice/${before.id}`,
    clientId: before.clientId,
    why: { code: 'rejected-by-exchange', file },
    data: { number: before.number },
  });
  return { ...told, what: 'void', details: ['the exchange system rejected it'] };
}

function blank(file: string): BookOutcome {
  return {
    file,
    index: 0,
    number: null,
    client: null,
    clientId: null,
    what: 'left-out',
    totalCents: 0,
    currency: null,
    openCents: 0,
    details: [],
    next: '',
  };
}

function outcome(
  { file, invoice }: Document,
  told: Partial<Omit<BookOutcome, 'file' | 'index'>> & { invoice?: Invoice },
): BookOutcome {
  const { invoice: record, ...said } = told;
  const currency = record?.currency ?? invoice.currency;
  const stated = invoice.totalCents ?? invoice.payableCents ?? 0;
  return {
    ...blank(file.file),
    index: invoice.index,
    number: invoice.number,
    client: invoice.buyer.name,
    currency,
    clientId: record?.clientId ?? null,
    totalCents:
      record?.totalCents ?? (currency !== null && /^[A-Z]{3}$/.test(currency) ? minor(stated, currency) : stated),
    openCents: record === undefined ? 0 : openCents(record),
    ...said,
  };
}
