/**
 * What the columns of an invoicing program mean: FreshBooks, Xero, QuickBooks, Zoho, Invoice Ninja, Harvest, as they
 * export their invoices. A program is known by headings that no other has together. Reads no rows.
 */
import { plainHeading } from './file-form.ts';

/** What a column of invoices may be; the first ones are those that the register knows. */
export const invoiceMeanings = [
  'client',
  'clientAddress',
  'vatNumber',
  'clientCode',
  'number',
  'issuedOn',
  'dueOn',
  'terms',
  'currency',
  'total',
  /** what the client keeps back by law: withholding tax, VAT that he pays himself */
  'withholding',
  'splitVat',
  'project',
  'state',
  'paid',
  'open',
  'paidOn',
  'kind',
  'creditOf',
  /** of the line that the row is; the invoice is the sum of its rows */
  'lineTotal',
  'lineTax',
] as const;
export type InvoiceMeaning = (typeof invoiceMeanings)[number];

export interface InvoiceProgram {
  name: string;
  has: readonly string[];
  /** plain headings; of several the first that the file has */
  columns: Partial<Record<InvoiceMeaning, string>>;
  /** a row with nothing but a name in its first cell is the client of the rows below */
  grouped?: boolean;
}

const programs: readonly InvoiceProgram[] = [
  {
    name: 'Xero',
    has: ['contactname', 'invoicenumber', 'invoicedate', 'duedate'],
    columns: {
      client: 'contactname',
      clientAddress: 'emailaddress',
      number: 'invoicenumber',
      issuedOn: 'invoicedate',
      dueOn: 'duedate',
      total: 'total',
      paid: 'invoiceamountpaid',
      open: 'invoiceamountdue',
      currency: 'currency',
      kind: 'type',
      state: 'status',
    },
  },
  {
    name: 'FreshBooks',
    has: ['client name', 'invoice #', 'date issued', 'line total'],
    columns: {
      client: 'client name',
      number: 'invoice #',
      issuedOn: 'date issued',
      dueOn: 'date due|due date',
      state: 'invoice status',
      paidOn: 'date paid',
      lineTotal: 'line total',
      currency: 'currency',
      clientAddress: 'email|client email',
    },
  },
  {
    name: 'Zoho',
    has: ['invoice number', 'invoice date', 'customer name', 'total', 'item name'],
    columns: {
      client: 'customer name',
      clientAddress: 'primary contact emailid|customer email|email',
      number: 'invoice number',
      issuedOn: 'invoice date',
      dueOn: 'due date',
      total: 'total',
      open: 'balance',
      state: 'invoice status',
      paidOn: 'last payment date',
      currency: 'currency code|currency',
      vatNumber: 'vat registration number|vat number',
      terms: 'payment terms',
    },
  },
  {
    name: 'QuickBooks',
    has: ['invoiceno', 'customer', 'invoicedate', 'duedate'],
    columns: {
      client: 'customer',
      number: 'invoiceno',
      issuedOn: 'invoicedate',
      dueOn: 'duedate',
      terms: 'terms',
      lineTotal: 'itemamount',
      lineTax: 'item tax amount|itemtaxamount|taxamount',
      currency: 'currency',
      clientAddress: 'email|customer email',
    },
  },
  {
    name: 'QuickBooks (report)',
    has: ['date', 'transaction type', 'num', 'due date', 'amount', 'open balance'],
    columns: {
      client: 'name|customer|customer full name',
      number: 'num',
      issuedOn: 'date',
      dueOn: 'due date',
      total: 'amount',
      open: 'open balance',
      kind: 'transaction type',
      currency: 'currency',
      terms: 'terms|term',
    },
    grouped: true,
  },
  {
    name: 'QuickBooks (list)',
    has: ['date', 'no.', 'customer', 'amount', 'status'],
    columns: {
      client: 'customer',
      number: 'no.',
      issuedOn: 'date',
      dueOn: 'due date',
      total: 'amount',
      open: 'balance',
      state: 'status',
      kind: 'type',
      clientAddress: 'email',
    },
  },
  {
    name: 'Invoice Ninja',
    has: ['invoice invoice number', 'invoice amount', 'invoice date'],
    columns: {
      client: 'client name',
      clientAddress: 'contact email|client email',
      vatNumber: 'client vat number',
      number: 'invoice invoice number',
      issuedOn: 'invoice date',
      dueOn: 'invoice due date',
      total: 'invoice amount',
      paid: 'invoice paid to date',
      open: 'invoice balance',
      state: 'invoice status',
      currency: 'client currency|invoice currency',
    },
  },
  {
    name: 'Invoice Ninja (4)',
    has: ['client', 'invoice number', 'amount', 'balance', 'invoice date'],
    columns: {
      client: 'client',
      clientAddress: 'email',
      number: 'invoice number',
      issuedOn: 'invoice date',
      dueOn: 'due date',
      total: 'amount',
      paid: 'paid to date',
      open: 'balance',
      state: 'status',
      currency: 'currency',
    },
  },
  {
    name: 'Harvest',
    has: ['issue date', 'id', 'client', 'invoice amount', 'paid amount', 'balance'],
    columns: {
      client: 'client',
      number: 'id',
      issuedOn: 'issue date',
      dueOn: 'due date',
      total: 'invoice amount',
      paid: 'paid amount',
      open: 'balance',
      paidOn: 'last payment date',
      currency: 'currency',
      kind: 'document type',
      state: 'status',
    },
  },
];

export function programOf(headings: readonly string[]): InvoiceProgram | undefined {
  const plain = new Set(headings.map(plainHeading));
  return programs.find((program) => program.has.every((heading) => plain.has(heading)));
}

/** Meaning -> heading as this file writes it; meanings that it has no column for are left out. */
export function programColumns(program: InvoiceProgram, headings: readonly string[]): Record<string, string> {
  const plain = headings.map(plainHeading);
  const found = Object.entries(program.columns).flatMap(([meaning, names]) => {
    const at = names.split('|').map((name) => plain.indexOf(name));
    const place = at.find((index) => index >= 0);
    return place === undefined ? [] : [[meaning, headings[place] as string] as const];
  });
  return Object.fromEntries(found);
}

/** What programs call the state of an invoice; the rest is read as it stands. */
const stateWords: readonly [RegExp, string][] = [
  [/^(?:draft|bozza|entwurf|pending approval|awaiting approval|submitted|scheduled|in bozza)$/, 'draft'],
  [/^(?:deleted|archived|reversed|declined|eliminata)$/, 'deleted'],
  [/^(?:paid|closed|auto.?paid|deposited|settled)\b/, 'paid'],
  [/^(?:void|voided|cancell?ed)$/, 'void'],
  [/^(?:write.?off|written.?off|bad debt|uncollectible)$/, 'written-off'],
  [
    /^(?:open|sent|viewed|unpaid|partial(?:ly.?paid)?|outstanding|approved|authori[sz]ed|awaiting payment|not due yet|past due|late|disputed|retry|failed|overdue\b.*|due\b.*|partially paid\b.*|not deposited)$/,
    'open',
  ],
];

/** @returns 'draft' and 'deleted' for what is no invoice, our own words for the others, '' for none, else the text */
export function stateOf(text: string): string {
  const plain = text.trim().toLowerCase().replaceAll(/[_-]/g, ' ').replaceAll(/\s+/g, ' ');
  return stateWords.find(([words]) => words.test(plain))?.[1] ?? text.trim();
}

/** @returns undefined for what is neither invoice nor credit note: a bill, a payment, an estimate */
export function kindOf(text: string): 'invoice' | 'credit note' | undefined {
  const plain = text.trim().toLowerCase();
  if (/^(?:|(?:sales |tax )?invoice|accrec|fattura|rechnung|facture|td01|td02|td06|td24|td25|parcella)$/.test(plain))
    return 'invoice';
  if (/^(?:(?:sales )?credit ?(?:note|memo)?|accreccredit|nota di credito|gutschrift|td04|td08|refund)$/.test(plain))
    return 'credit note';
  return undefined;
}
