/**
 * Invoices and payments as files for other programs: a list of payments, and both in the forms that Xero reads (its
 * templates for sales invoices and for bank statements). What Xero wants and nobody here knows is the owner's to say.
 */
import { readerOf } from '../rules/client.ts';
import type { Month } from '../rules/accounts.ts';
import type { DayOrder } from '../rules/day-order.ts';
import type { Invoice } from '../rules/invoice.ts';
import type { Instant, LocalDay } from '../rules/time.ts';
import { lineById } from '../store/bank-lines.ts';
import { clientById, clientName } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { listInvoices } from '../store/invoices.ts';
import { writeCsv } from './csv.ts';
import { fileMoney } from './values.ts';

export const exportPrograms = ['xero'] as const;

/** A payment as it is on record. */
export interface ExportedPayment {
  receivedOn: LocalDay;
  client: string;
  invoice: string;
  cents: number;
  currency: string;
  reference: string | null;
  /** whoever paid, as the bank calls him; null: entered by hand, or not said */
  payer: string | null;
  /** the line of the bank that proves it, with its account; null: entered by hand, or by a list of invoices */
  line: { id: number; account: string } | null;
  recordedAt: Instant;
  /** it was taken back, and counts for nothing; null: it stands */
  reversedAt: Instant | null;
}

/** By day. @param month null: all there ever were */
export function exportedPayments(r: Reader, month: Month | null): ExportedPayment[] {
  return listInvoices(r)
    .flatMap((invoice) => paymentsOf(r, invoice))
    .filter(({ receivedOn }) => month === null || (receivedOn >= month.first && receivedOn <= month.last))
    .toSorted((a, b) => (a.receivedOn === b.receivedOn ? 0 : a.receivedOn < b.receivedOn ? -1 : 1));
}

function paymentsOf(r: Reader, invoice: Invoice): ExportedPayment[] {
  const client = clientName(r, invoice.clientId) ?? '';
  return invoice.payments.map(({ receivedOn, amountCents, reference, lineId, recordedAt, reversedAt }) => {
    const line = lineId === undefined ? undefined : lineById(r, lineId);
    return {
      receivedOn,
      client,
      invoice: invoice.number,
      cents: amountCents,
      currency: invoice.currency,
      reference,
      payer: line?.payerName ?? null,
      line: line === undefined ? null : { id: line.id, account: line.account },
      recordedAt,
      reversedAt,
    };
  });
}

/** Those that were taken back stand in it, too, marked. */
export function paymentsFile(payments: readonly ExportedPayment[]): string {
  const headings = [
    'receivedOn',
    'client',
    'invoice',
    'amount',
    'currency',
    'reference',
    'payer',
    'account',
    'reversed',
  ];
  return writeCsv([
    headings,
    ...payments.map((one) => [
      ...[one.receivedOn, one.client, one.invoice, fileMoney(one.cents, one.currency), one.currency],
      ...[one.reference ?? '', one.payer ?? '', one.line?.account ?? '', one.reversedAt === null ? '' : 'yes'],
    ]),
  ]);
}

/** What stands, of one currency: a statement in Xero is of one account. */
export function xeroStatement(
  payments: readonly ExportedPayment[],
  { currency, dates }: { currency: string; dates: DayOrder },
): string {
  return writeCsv([
    ['*Date', '*Amount', 'Payee', 'Description', 'Reference'],
    ...payments
      .filter((one) => one.reversedAt === null && one.currency === currency)
      .map((one) => [
        ...[dayIn(one.receivedOn, dates), fileMoney(one.cents, currency), one.payer ?? one.client],
        ...[one.reference ?? '', one.invoice],
      ]),
  ]);
}

export interface XeroWish {
  /** the account of sales, as it is called in her Xero: '200' */
  accountCode: string;
  /** the tax rate by its name there, VAT included: '20% (VAT on Income)' */
  taxType: string;
  dates: DayOrder;
  month: Month | null;
}

export interface XeroInvoices {
  text: string;
  /** void ones, which Xero knows nothing of, are not counted */
  invoices: number;
  /** credit notes are no rows of this form: to be entered there by hand */
  creditNotes: number;
}

/** One line an invoice, its whole sum: "tax inclusive" in Xero. Issued in the month, or all. */
export function xeroInvoices(r: Reader, wish: XeroWish): XeroInvoices {
  const { month } = wish;
  const chosen = listInvoices(r)
    .filter(({ state, issuedOn }) => state !== 'void' && (month === null || isIn(issuedOn, month)))
    .toSorted((a, b) => (a.issuedOn === b.issuedOn ? a.id - b.id : a.issuedOn < b.issuedOn ? -1 : 1));
  const credits = chosen.flatMap((invoice) => invoice.credits.filter(({ takenBackAt }) => takenBackAt === null));
  return {
    text: writeCsv([xeroHeadings, ...chosen.map((invoice) => xeroRow(r, invoice, wish))]),
    invoices: chosen.length,
    creditNotes: credits.length,
  };
}

const xeroHeadings = [
  ...['*ContactName', 'EmailAddress', '*InvoiceNumber', 'Reference', '*InvoiceDate', '*DueDate', 'Total'],
  ...['Description', '*Quantity', '*UnitAmount', '*AccountCode', '*TaxType', 'Currency'],
];

function xeroRow(r: Reader, invoice: Invoice, { accountCode, taxType, dates }: XeroWish): string[] {
  const client = clientById(r, invoice.clientId);
  const email = client === undefined ? '' : (readerOf(client, 'billing').addresses[0] ?? '');
  const total = fileMoney(invoice.totalCents, invoice.currency);
  const dueOn = invoice.instalments.at(-1)?.dueOn ?? invoice.issuedOn;
  return [
    ...[client?.name ?? '', email, invoice.number, invoice.project ?? ''],
    ...[dayIn(invoice.issuedOn, dates), dayIn(dueOn, dates), total],
    ...[invoice.project ?? invoice.number, '1', total, accountCode, taxType, invoice.currency],
  ];
}

function isIn(day: LocalDay, { first, last }: Month): boolean {
  return day >= first && day <= last;
}

/** '24/11/2026', or '11/24/2026' for an organisation in the United States. */
function dayIn(day: LocalDay, order: DayOrder): string {
  const [year, month, date] = day.split('-') as [string, string, string];
  return order === 'mdy' ? `${month}/${date}/${year}` : `${date}/${month}/${year}`;
}
