/**
 * Interest on one invoice: of each instalment what the client had to transfer and did not dispute, from the day after it
 * was due, less what came in when it came in; the flat sum once. A sheet beside the invoice: no letter asks for it. Pure.
 */
import { compensation, type InterestLine, type InterestReason, interestSheet } from './interest.ts';
import { duesOf, type Invoice, sharesOf } from './invoice.ts';
import type { ClientKind } from './client.ts';
import type { LateLaw } from './late-law.ts';
import type { LocalDay } from './time.ts';

export interface InterestRow extends InterestLine {
  dueOn: LocalDay;
}

export interface InvoiceInterest {
  invoiceId: number;
  number: string;
  currency: string;
  rows: InterestRow[];
  interestCents: number;
  /** of this invoice; null: none is owed */
  flat: { cents: number; currency: string } | null;
  /** why there is nothing, when there is nothing */
  none: { code: 'consumer' | 'not-late' | 'no-rate' | 'not-owed'; why: InterestReason } | null;
}

export function invoiceInterest(
  invoice: Invoice,
  facts: { kind: ClientKind; law: LateLaw; until: LocalDay },
): InvoiceInterest {
  const base = { invoiceId: invoice.id, number: invoice.number, currency: invoice.currency };
  const nothing = { ...base, rows: [], interestCents: 0, flat: null };
  if (invoice.state === 'void') return { ...nothing, none: { code: 'not-owed', why: { code: 'void-owes-nothing' } } };
  const { kind, law, until } = facts;
  const sheets = lateSums(invoice).map((sum) => ({
    sum,
    sheet: interestSheet({ clientKind: kind, ...sum }, law.terms, until),
  }));
  // one half-year without a rate makes the whole sheet wrong
  const missing = sheets.find(({ sheet }) => sheet.kind === 'none' && sheet.code === 'no-rate')?.sheet;
  const late = sheets.filter(({ sheet }) => sheet.kind === 'interest' && sheet.lines.length > 0);
  const first = missing ?? (late.length === 0 ? sheets[0]?.sheet : undefined);
  if (first?.kind === 'none') return { ...nothing, none: { code: first.code, why: first.why } };
  if (late.length === 0) return { ...nothing, none: { code: 'not-late', why: { code: 'came-in-time' } } };
  const rows = late.flatMap(({ sum, sheet }) =>
    sheet.kind === 'interest' ? sheet.lines.map((line) => ({ ...line, dueOn: sum.dueOn })) : [],
  );
  const interestCents = late.reduce((all, { sheet }) => all + (sheet.kind === 'interest' ? sheet.interestCents : 0), 0);
  return { ...base, rows, interestCents, flat: flatOf(law, rows), none: null };
}

/** By the size of what was late where the law asks for that; once an invoice, however many instalments it has. */
function flatOf({ flatCurrency, terms }: LateLaw, rows: readonly InterestRow[]): InvoiceInterest['flat'] {
  if (flatCurrency === null) return null;
  const firsts = new Map(rows.toReversed().map((row) => [row.dueOn, row.principalCents]));
  const late = [...firsts.values()].reduce((all, cents) => all + cents, 0);
  return { cents: compensation(terms.law, late), currency: flatCurrency };
}

interface Sum {
  principalCents: number;
  dueOn: LocalDay;
  payments: { receivedOn: LocalDay; amountCents: number }[];
}

/** Payments fill the earliest instalment first, as everywhere; what is disputed is in nobody's sheet. */
function lateSums(invoice: Invoice): Sum[] {
  const disputed = new Map(sharesOf(invoice).map((share) => [share.instalment.id, share.disputedCents]));
  const payments = invoice.payments
    .filter(({ reversedAt }) => reversedAt === null)
    .toSorted((a, b) => (a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : a.id - b.id))
    .map(({ receivedOn, amountCents }) => ({ receivedOn, amountCents }));
  return duesOf(invoice).map(({ instalment, owedCents }) => {
    const principalCents = owedCents - (disputed.get(instalment.id) ?? 0);
    return { principalCents, dueOn: instalment.dueOn, payments: takeFrom(payments, principalCents) };
  });
}

/** Takes so much from the front of the list. */
function takeFrom(payments: { receivedOn: LocalDay; amountCents: number }[], cents: number): Sum['payments'] {
  const taken: Sum['payments'] = [];
  for (let rest = cents; rest > 0 && payments.length > 0; ) {
    const [next] = payments as [{ receivedOn: LocalDay; amountCents: number }];
    const amountCents = Math.min(rest, next.amountCents);
    taken.push({ receivedOn: next.receivedOn, amountCents });
    rest -= amountCents;
    if (amountCents === next.amountCents) payments.shift();
    else payments[0] = { ...next, amountCents: next.amountCents - amountCents };
  }
  return taken;
}
