/**
 * The sheet of interest on late payment, of one invoice or of all of a client: worked out by law, with the source of
 * every rate. It is asked for by no letter, and changes nothing.
 */
import type { Client } from '../rules/client.ts';
import { halfYearOf, type InterestReason, type ReferenceRate } from '../rules/interest.ts';
import type { Invoice } from '../rules/invoice.ts';
import { type InvoiceInterest, invoiceInterest } from '../rules/invoice-interest.ts';
import { type LateLaw, type LawCode, lateLaw, lawCodeOf, type MoreRates } from '../rules/late-law.ts';
import type { LocalDay } from '../rules/time.ts';
import { writeCsv } from './csv.ts';
import { fileMoney } from './values.ts';

export interface InterestOptions {
  until: LocalDay;
  /** null: that of the client's country */
  law: LawCode | null;
  more?: MoreRates;
}

export interface InterestReport {
  until: LocalDay;
  client: string;
  /** null: why none is known stands in `none` */
  law: { code: LawCode; name: string; marginBasisPoints: number } | null;
  none: InterestReason | null;
  invoices: InvoiceInterest[];
  totals: { currency: string; interestCents: number; flatCents: number }[];
  /** of the half-years that were used, in order */
  rates: ReferenceRate[];
}

export function interestReport(
  client: Client,
  invoices: readonly Invoice[],
  { until, law: said, more = {} }: InterestOptions,
): InterestReport {
  const base = { until, client: client.name, law: null, invoices: [], totals: [], rates: [] };
  const code = said ?? lawCodeOf(client);
  if (typeof code !== 'string') return { ...base, none: code.none };
  const law = lateLaw(code, { kind: client.kind, contractOn: client.terms.contractSignedOn, more });
  if ('none' in law) return { ...base, none: law.none };
  const found = invoices.map((invoice) => invoiceInterest(invoice, { kind: client.kind, law, until }));
  return {
    ...base,
    none: null,
    law: { code, name: law.name, marginBasisPoints: law.terms.marginBasisPoints },
    invoices: found,
    totals: totalsOf(found),
    rates: usedRates(law, found),
  };
}

function totalsOf(invoices: readonly InvoiceInterest[]): InterestReport['totals'] {
  const totals = new Map<string, InterestReport['totals'][number]>();
  const of = (currency: string) => {
    const known = totals.get(currency) ?? { currency, interestCents: 0, flatCents: 0 };
    totals.set(currency, known);
    return known;
  };
  for (const { currency, interestCents, flat } of invoices) {
    if (interestCents > 0) of(currency).interestCents += interestCents;
    if (flat !== null) of(flat.currency).flatCents += flat.cents;
  }
  return [...totals.values()];
}

function usedRates({ terms }: LateLaw, invoices: readonly InvoiceInterest[]): ReferenceRate[] {
  const rows = invoices.flatMap(({ rows: all }) => all);
  // where one rate is fixed at the start, later half-years are not asked for
  const first = (row: InvoiceInterest['rows'][number]) =>
    rows
      .filter(({ dueOn }) => dueOn === row.dueOn)
      .map(({ from }) => from)
      .toSorted()[0] ?? row.from;
  const halves = new Set(rows.map((row) => halfYearOf(terms.law === 'uk' ? first(row) : row.from)));
  return terms.rates.filter(({ from }) => halves.has(from));
}

/** 1015 -> '10.15 %' */
export function percentWords(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)} %`;
}

/** One row for each stretch of days; then the flat sums. Money with a point, days as YYYY-MM-DD. */
export function interestCsv({ invoices, until }: InterestReport): string {
  const head = ['invoice', 'dueOn', 'from', 'to', 'days', 'principal', 'percent', 'interest', 'flat', 'currency'];
  const rows = invoices.flatMap(({ number, currency, rows: lines, flat }) => [
    ...lines.map(({ dueOn, from, to, days, principalCents, basisPoints, exactCents }) => [
      ...[number, dueOn, from, to, String(days), fileMoney(principalCents, currency)],
      ...[(basisPoints / 100).toFixed(2), (exactCents / 100).toFixed(4), '', currency],
    ]),
    ...(flat === null
      ? []
      : [[number, '', '', until, '', '', '', '', fileMoney(flat.cents, flat.currency), flat.currency]]),
  ]);
  return writeCsv([head, ...rows]);
}
