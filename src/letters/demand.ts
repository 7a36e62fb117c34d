/**
 * Invoices as a letter lists them: what is open, with the total and how to pay, and what went another way. Adds up,
 * formats, and decides nothing about what is due.
 */
import { AppError } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import type { Debt } from '../rules/invoice.ts';
import type { Owner } from '../rules/settings.ts';
import type { SettledPart } from '../rules/settlement.ts';
import type { LocalDay } from '../rules/time.ts';
import { groupedIban, needsBic } from '../rules/iban.ts';
import { oneLine } from './clean.ts';
import { count, day, money, series, weekdayDay } from './format.ts';
import { letterLanguages } from './languages/index.ts';
import type { Values } from './values.ts';

/** A remittance line of a SEPA transfer holds no more (ISO 20022, Unstructured Max140Text). */
const referenceLimit = 140;
const numberLimit = 60;

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
export function invoiceNumbers(debts: readonly Pick<Debt, 'invoiceId' | 'number'>[]): string[] {
  return [...new Map(debts.map((debt) => [debt.invoiceId, oneLine(debt.number, numberLimit)])).values()];
}

type Payee = Pick<Owner, 'name' | 'accountHolder' | 'iban' | 'bic'>;

interface Demand {
  currency: string;
  language: Language;
  today: LocalDay;
  payBy: LocalDay | undefined;
  owner: Payee;
}

/**
 * Values of the list and of the ways to pay; `debts` has at least one, in the order of {@link inOrder}.
 * @throws AppError `internal` without a day to pay by, or for a day that has passed
 */
export function demandValues(debts: readonly Debt[], demand: Demand): Values {
  const { currency, language, today, payBy, owner } = demand;
  if (payBy === undefined || payBy < today)
    throw new AppError('internal', `a letter of ${today} asks for money by ${payBy ?? 'no day at all'}`);
  const hasIban = owner.iban.trim() !== '';
  const isBicNeeded = hasIban && owner.bic.trim() !== '' && needsBic(owner.iban, currency);
  return {
    several: invoiceNumbers(debts).length > 1,
    invoices: openInvoices(debts, { language, today }),
    total: money(totalCents(debts), currency, language),
    payBy: weekdayDay(payBy, language),
    iban: hasIban ? groupedIban(owner.iban) : null,
    bic: isBicNeeded ? owner.bic.trim().toUpperCase() : null,
    payee: oneLine(owner.accountHolder.trim() === '' ? owner.name : owner.accountHolder, 140),
    reference: reference(invoiceNumbers(debts), language),
  };
}

/** The same names, for a client who owes nothing. */
export const nothingOwed: Values = {
  several: false,
  invoices: null,
  total: null,
  payBy: null,
  iban: null,
  bic: null,
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

/** Each in its own currency. */
export function openInvoices(debts: readonly Debt[], at: { language: Language; today: LocalDay }): Values[] {
  return debts.map((debt) => openInvoice(debt, at));
}

function openInvoice(debt: Debt, { language, today }: { language: Language; today: LocalDay }): Values {
  const { currency, paidCents: paid = 0, disputedCents: disputed = 0, creditedCents: credited = 0 } = debt;
  const { withheldCents = 0 } = debt;
  const asked = debt.amountCents - withheldCents;
  const partly = debt.openCents < asked;
  const net = withheldCents > 0 ? netWords(debt, language) : '';
  return {
    number: oneLine(debt.number, numberLimit),
    issued: day(debt.issuedOn, language),
    due: day(debt.dueOn, language),
    amount: `${money(asked, currency, language)}${net}`,
    open: `${money(debt.openCents, currency, language)}${partly ? '' : net}`,
    overdue: debt.dueOn < today,
    partly,
    paid: paid > 0 ? money(paid, currency, language) : null,
    disputed: disputed > 0 ? money(disputed, currency, language) : null,
    // taken off by a credit note: never said to be received
    credited: credited > 0 ? money(credited, currency, language) : null,
    instalment: instalmentOrNull(debt, language),
  };
}

/** Sums of invoices that went one way, as a letter lists them. @returns null when there are none */
export function settledParts(parts: readonly SettledPart[], language: Language): readonly Values[] | null {
  if (parts.length === 0) return null;
  return parts.map((part) => ({
    number: oneLine(part.number, numberLimit),
    issued: day(part.issuedOn, language),
    amount: money(part.cents, part.currency, language),
    instalment: instalmentOrNull(part, language),
    creditNotes: creditNotes(part, language),
  }));
}

/** `nota di credito n. NC 3`; null where none has a number. */
function creditNotes({ creditNotes: numbers = [] }: SettledPart, language: Language): string | null {
  const named = numbers.map((number) => oneLine(number, numberLimit)).filter((number) => number !== '');
  if (named.length === 0) return null;
  const [one, many] = letterLanguages[language].creditNotes;
  return `${named.length === 1 ? one : many} ${series(named, language)}`;
}

/** What has to be transferred is less than the document says, and the client should find the same sum. */
function netWords({ keptFor }: Debt, language: Language): string {
  return letterLanguages[language].keptFor[keptFor ?? 'withholding'];
}

function instalmentOrNull({ instalment }: Pick<Debt, 'instalment'>, language: Language): string | null {
  if (instalment === undefined) return null;
  const { position, of } = instalment;
  return letterLanguages[language].instalment(position, of);
}

/** Whole numbers only: a bank passes on no ellipsis, and half a number is another invoice's. */
function reference(numbers: readonly string[], language: Language): string {
  const [one, many] = letterLanguages[language].invoices;
  const asked = numbers.map(forBanks);
  if (asked.length === 1) return `${one} ${asked[0]}`.slice(0, referenceLimit);
  for (let shown = asked.length; shown > 1; shown -= 1) {
    const others = asked.length - shown;
    const text = `${many} ${others === 0 ? asked.join(', ') : withOthers(asked.slice(0, shown), others, language)}`;
    if (text.length <= referenceLimit) return text;
  }
  return `${many} ${withOthers(asked.slice(0, 1), asked.length - 1, language)}`.slice(0, referenceLimit);
}

function withOthers(numbers: readonly string[], others: number, language: Language): string {
  return series([numbers.join(', '), letterLanguages[language].others(others)], language);
}

/** The letters that a SEPA transfer carries (EPC 217-08): Latin ones without accents, digits, / - ? : ( ) . , ' + */
function forBanks(number: string): string {
  return number
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/…$/, '')
    .replace(/[^A-Za-z0-9/?:().,'+ -]/g, '-');
}
