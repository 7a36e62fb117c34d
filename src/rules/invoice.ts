/**
 * Invoices, what is still open on them, and which numbers mean the same invoice. Money is integer minor units (cents)
 * with an ISO 4217 currency.
 */
import type { Instant, LocalDay } from './time.ts';

/** `credited`: credit notes took all of it, and no money came. `paid`: nothing is left to pay, and money came for it. */
export type InvoiceState = 'open' | 'paid' | 'void' | 'written-off' | 'credited';

export interface Instalment {
  id: number;
  position: number;
  dueOn: LocalDay;
  amountCents: number;
  /** of it, what the client keeps back by law: withholding tax, split VAT; absent when nothing is */
  withheldCents?: number;
  /** when more of it was last open again: a payment was taken back, or a dispute ended; absent when it never was */
  backAt?: Instant;
}

export interface Payment {
  id: number;
  invoiceId: number;
  amountCents: number;
  receivedOn: LocalDay;
  reference: string | null;
  recordedAt: Instant;
  /** the line of the bank that proves it; absent: entered by hand, or from a list of invoices */
  lineId?: number;
  /** a reversed payment counts for nothing but stays in the record */
  reversedAt: Instant | null;
}

/** A credit note on an invoice: it lowers what is asked for, and is no money received. */
export interface Credit {
  id: number;
  amountCents: number;
  /** of the credit note itself */
  number: string | null;
  issuedOn: LocalDay;
  why: string;
  recordedAt: Instant;
  /** one that was taken back counts for nothing but stays in the record */
  takenBackAt: Instant | null;
}

export interface Invoice {
  id: number;
  clientId: number;
  /** kept as text: '007' is not 7 */
  number: string;
  issuedOn: LocalDay;
  currency: string;
  totalCents: number;
  /** withholding tax that the client pays to the state for the owner, as the document states it; absent when none */
  withholdingCents?: number;
  /** VAT that the client pays to the state itself (split payment); absent when none */
  splitVatCents?: number;
  project: string | null;
  state: InvoiceState;
  /** part of the sum that the client disputes; the rest goes on */
  disputedCents: number;
  /** in order of due date; their sum is the total */
  instalments: Instalment[];
  payments: Payment[];
  credits: Credit[];
}

/** What of an invoice may be corrected after it was recorded. */
export type InvoiceField = 'number' | 'issuedOn' | 'dueOn' | 'total' | 'project' | 'disputed';

/** One instalment with something open: the unit of dunning (DESIGN 4.4). */
export interface Debt {
  invoiceId: number;
  instalmentId: number;
  number: string;
  issuedOn: LocalDay;
  dueOn: LocalDay;
  currency: string;
  amountCents: number;
  /** after credit notes, payments and the disputed part */
  openCents: number;
  project: string | null;
  /** what the client keeps back of it by law, and no letter asks for: withholding tax, split VAT */
  withheldCents?: number;
  /** which of the two; withholding tax when absent */
  keptFor?: 'split-vat' | 'both';
  /** what payments have covered of it; for the wording of letters */
  paidCents?: number;
  /** what the client disputes of it, and no letter asks for */
  disputedCents?: number;
  /** what credit notes have taken off it; was never received */
  creditedCents?: number;
  /** which of several instalments it is, from 1; absent when the invoice is due in one sum */
  instalment?: { position: number; of: number };
  /** when more of it was last open again; absent when it never was */
  backAt?: Instant;
}

export function paidCents(invoice: Invoice): number {
  return invoice.payments
    .filter((payment) => payment.reversedAt === null)
    .reduce((sum, payment) => sum + payment.amountCents, 0);
}

/** What the standing credit notes come to. */
export function creditedCents(invoice: Pick<Invoice, 'credits'>): number {
  return invoice.credits
    .filter((credit) => credit.takenBackAt === null)
    .reduce((sum, credit) => sum + credit.amountCents, 0);
}

export function openCents(invoice: Invoice): number {
  return invoice.state === 'open' ? Math.max(0, owedCents(invoice) - paidCents(invoice)) : 0;
}

/** What the invoice asks to be transferred: its total, less credit notes and what the client keeps back by law. */
export function owedCents(invoice: Pick<Invoice, 'instalments' | 'credits'>): number {
  return duesOf(invoice).reduce((sum, due) => sum + due.owedCents, 0);
}

/**
 * What has come in above what the invoice asks for: the client's money. A client who withheld nothing has paid the sum
 * of the document, and no more than that.
 */
export function surplusCents(invoice: Invoice): number {
  return Math.max(0, paidCents(invoice) - Math.max(0, invoice.totalCents - creditedCents(invoice)));
}

/** What is kept back of the whole, spread over instalments as their sums are; to the cent. */
export function spreadKept(keptCents: number, amounts: readonly number[]): number[] {
  const total = amounts.reduce((sum, cents) => sum + cents, 0);
  const upTo = (cents: number) => (total === 0 ? 0 : Math.round((keptCents * cents) / total));
  let before = 0;
  return amounts.map((cents) => {
    const [from, to] = [before, before + cents];
    before = to;
    return upTo(to) - upTo(from);
  });
}

/** What an instalment asks for, after credit notes. */
export interface Due {
  instalment: Instalment;
  creditedCents: number;
  /** kept back of what credit notes have left */
  withheldCents: number;
  owedCents: number;
}

/** Credit notes fill the earliest instalment first; of what they leave, the same part is kept back as of the whole. */
export function duesOf(invoice: Pick<Invoice, 'instalments' | 'credits'>): Due[] {
  let credit = creditedCents(invoice);
  return invoice.instalments.map((instalment) => {
    const { amountCents, withheldCents: kept = 0 } = instalment;
    const credited = Math.min(credit, amountCents);
    credit -= credited;
    const rest = amountCents - credited;
    const withheld = kept === 0 ? 0 : Math.round((kept * rest) / amountCents);
    return { instalment, creditedCents: credited, withheldCents: withheld, owedCents: rest - withheld };
  });
}

/**
 * What is open per instalment. Credit notes, then payments fill the earliest instalment first; a dispute is taken off
 * the latest first, so that the undisputed part keeps its earliest due date.
 */
export function debtsOf(invoice: Invoice): Debt[] {
  if (invoice.state !== 'open') return [];
  return sharesOf(invoice)
    .filter((entry) => entry.openCents > 0)
    .map(({ instalment, ...entry }) => ({
      invoiceId: invoice.id,
      instalmentId: instalment.id,
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      dueOn: instalment.dueOn,
      currency: invoice.currency,
      amountCents: instalment.amountCents,
      openCents: entry.openCents,
      project: invoice.project,
      ...(entry.withheldCents > 0 ? { withheldCents: entry.withheldCents, ...keptFor(invoice) } : {}),
      ...(entry.paidCents > 0 ? { paidCents: entry.paidCents } : {}),
      ...(entry.creditedCents > 0 ? { creditedCents: entry.creditedCents } : {}),
      ...(entry.disputedCents > 0 ? { disputedCents: entry.disputedCents } : {}),
      ...placeOf(instalment, invoice),
      ...(instalment.backAt === undefined ? {} : { backAt: instalment.backAt }),
    }));
}

function keptFor({ withholdingCents = 0, splitVatCents = 0 }: Invoice): Pick<Debt, 'keptFor'> {
  if (splitVatCents === 0) return {};
  return { keptFor: withholdingCents > 0 ? 'both' : 'split-vat' };
}

/** How an instalment stands, whatever the state of its invoice. */
export interface Share {
  instalment: Instalment;
  creditedCents: number;
  /** kept back by the client by law */
  withheldCents: number;
  paidCents: number;
  disputedCents: number;
  /** neither credited, kept back, paid nor disputed */
  openCents: number;
}

/** In order of due date; the sum of the five is the amount of each. */
export function sharesOf(invoice: Invoice): Share[] {
  let paid = paidCents(invoice);
  const shares = duesOf(invoice).map(({ owedCents: owed, ...due }) => {
    const covered = Math.min(paid, owed);
    paid -= covered;
    return { ...due, paidCents: covered, disputedCents: 0, openCents: owed - covered };
  });
  let disputed = invoice.disputedCents;
  for (const share of shares.toReversed()) {
    share.disputedCents = Math.min(disputed, share.openCents);
    share.openCents -= share.disputedCents;
    disputed -= share.disputedCents;
  }
  return shares;
}

export function placeOf(instalment: Instalment, { instalments }: Invoice): Pick<Debt, 'instalment'> {
  if (instalments.length < 2) return {};
  return { instalment: { position: instalments.indexOf(instalment) + 1, of: instalments.length } };
}

/** 'FPR  1/26', 'fpr 1/26', 'FPR1/26' -> one text: case, width and blanks tell no two invoices apart; '1 2' is not '12'. */
export function numberKey(number: string): string {
  return number
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/(?<=\d)\s+(?=\d)/g, '\u0000')
    .replace(/\s+/g, '')
    .replaceAll('\u0000', ' ');
}

/**
 * By what an invoice of a client is told from others. Numbers are unique within a year (DPR 633/1972, art. 21, par. 2 b,
 * with the Agenzia delle Entrate's resolution 1/E of 10 January 2013), a series being part of the number; a number that
 * names its year ('2026/14') is one for ever.
 */
export function invoiceKey(number: string, issuedOn: LocalDay): string {
  const key = numberKey(number);
  return /(?<!\d)(?:19|20)\d\d(?!\d)/.test(key) ? key : `${key} of ${issuedOn.slice(0, 4)}`;
}

const shortMonths = 'gen|jan|feb|mar|apr|mag|may|giu|jun|lug|jul|ago|aug|set|sep|sett|ott|oct|nov|dic|dec';
/** What a spreadsheet makes of '1/2026', '3/12' or a long number: a date, or a number with an exponent. */
const rewritten = new RegExp(`^(?:\\d{1,2}[-/ ])?(?:${shortMonths})\\.?(?:[-/ ]\\d{2,4})?$|^\\d(?:[.,]\\d+)?e\\+\\d+$`);

/** Whether one may be the other after a spreadsheet has rewritten it: '0014' -> '14', '1/2026' -> 'gen-26'. */
export function mayBeRewritten(one: string, other: string): boolean {
  const [a, b] = [numberKey(one), numberKey(other)];
  return bare(a) === bare(b) || rewritten.test(a) || rewritten.test(b);
}

/** Without leading noughts and without what stands between letters and digits. */
function bare(key: string): string {
  return key
    .replace(/(?<!\d)0+(?=\d)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
