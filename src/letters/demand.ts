/**
 * Open and settled invoices as a letter lists them, with the total and how to pay. Adds up, formats, and decides
 * nothing about what is due.
 */
import { AppError } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import type { Debt } from '../rules/invoice.ts';
import type { Owner } from '../rules/settings.ts';
import type { LocalDay } from '../rules/time.ts';
import { oneLine } from './clean.ts';
import { count, day, money } from './format.ts';
import type { Values } from './values.ts';

/** A remittance line of a SEPA transfer holds no more (ISO 20022, Unstructured Max140Text). */
const referenceLimit = 140;
const numberLimit = 60;

interface Situation {
  currency: string;
  language: Language;
}

/** Open cents of all of them, in minor units. */
export function totalCents(debts: readonly Debt[]): number {
  return debts.reduce((sum, debt) => sum + debt.openCents, 0);
}

/** Oldest due date first, as a letter lists them. @throws AppError `internal` when one is in another currency */
export function inOrder(debts: readonly Debt[], currency: string): Debt[] {
  const other = debts.find((debt) => debt.currency !== currency);
  if (other !== undefined)
    throw new AppError('internal', `invoice ${other.number} is in ${other.currency}, the letter in ${currency}`);
  return debts.toSorted((a, b) => compare(a.dueOn, b.dueOn) || compare(a.number, b.number));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Several instalments of one invoice are one invoice. */
export function invoiceNumbers(debts: readonly Debt[]): string[] {
  return [...new Map(debts.map((debt) => [debt.invoiceId, oneLine(debt.number, numberLimit)])).values()];
}

/** Values of the list and of the ways to pay; `debts` has at least one, in the order of {@link inOrder}. */
export function demandValues(
  debts: readonly Debt[],
  {
    currency,
    language,
    today,
    owner,
  }: Situation & { today: LocalDay; owner: Pick<Owner, 'name' | 'business' | 'iban'> },
): Values {
  const hasIban = owner.iban.trim() !== '';
  return {
    several: invoiceNumbers(debts).length > 1,
    invoices: debts.map((debt) => openInvoice(debt, { currency, language, today })),
    total: money(totalCents(debts), currency, language),
    iban: hasIban ? groupedIban(owner.iban) : null,
    payee: oneLine(owner.business.trim() === '' ? owner.name : owner.business, 140),
    reference: reference(invoiceNumbers(debts), language),
  };
}

/** The same names, for a client who owes nothing. */
export const nothingOwed: Values = {
  several: false,
  invoices: null,
  total: null,
  iban: null,
  payee: null,
  reference: null,
};

/** What a subject says of the invoices. */
export function headline(debts: readonly Debt[], language: Language): Values {
  const first = debts[0];
  return {
    invoiceCount: count(invoiceNumbers(debts).length, 'invoice', language),
    firstNumber: oneLine(first?.number ?? '', numberLimit),
    firstDue: first === undefined ? '' : day(first.dueOn, language),
  };
}

/** For letters that say thank you; without debts they name none. */
export function settledValues(debts: readonly Debt[], { currency, language }: Situation): Values {
  if (debts.length === 0) return { several: false, invoices: null, invoiceCount: null, firstNumber: null };
  const { invoiceCount, firstNumber } = headline(debts, language);
  return {
    several: invoiceNumbers(debts).length > 1,
    invoiceCount: invoiceCount as string,
    firstNumber: firstNumber as string,
    invoices: debts.map((debt) => ({
      number: oneLine(debt.number, numberLimit),
      issued: day(debt.issuedOn, language),
      amount: money(receivedCents(debt), currency, language),
      instalment: instalmentOrNull(debt, language),
    })),
  };
}

/** What was asked for has come in, beside what was paid before; a disputed part was never asked for. */
function receivedCents({ openCents, paidCents = 0, amountCents }: Debt): number {
  return openCents + paidCents || amountCents;
}

function openInvoice(debt: Debt, { currency, language, today }: Situation & { today: LocalDay }): Values {
  const paid = debt.paidCents ?? 0;
  return {
    number: oneLine(debt.number, numberLimit),
    issued: day(debt.issuedOn, language),
    due: day(debt.dueOn, language),
    amount: money(debt.amountCents, currency, language),
    open: money(debt.openCents, currency, language),
    overdue: debt.dueOn < today,
    partly: debt.openCents < debt.amountCents,
    paid: paid > 0 ? money(paid, currency, language) : null,
    instalment: instalmentOrNull(debt, language),
  };
}

function instalmentOrNull({ instalment }: Debt, language: Language): string | null {
  if (instalment === undefined) return null;
  const { position, of } = instalment;
  return language === 'it' ? `rata ${position} di ${of}` : `instalment ${position} of ${of}`;
}

/** Groups of four, as on paper (ISO 13616). */
function groupedIban(iban: string): string {
  return iban
    .replace(/\s/g, '')
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ');
}

function reference(numbers: readonly string[], language: Language): string {
  const [one, many] = language === 'it' ? ['Fattura', 'Fatture'] : ['Invoice', 'Invoices'];
  return oneLine(`${numbers.length === 1 ? one : many} ${numbers.join(', ')}`, referenceLimit);
}
