/**
 * What an invoice of a file asks to be transferred, and when: its instalments with what the client keeps back of each by
 * law. Programs write instalments gross or net of withholding tax, and totals net of it already; which of these a file
 * does is found from its own sums, and what cannot be is said. Makes up no day.
 */
import type { BookInvoice } from './rows.ts';

export interface AskedPart {
  dueOn: string | null;
  /** with what is kept back */
  amountCents: number;
  withheldCents: number;
}

export interface Asked {
  totalCents: number;
  withholdingCents: number;
  splitVatCents: number;
  /** paid in advance, as the document says */
  prepaidCents: number;
  parts: AskedPart[];
  /** what the sums of the file leave open, as phrases; empty when they hold */
  doubts: string[];
}

/** Hundredths, as the file. @returns null when the file states no sum at all */
export function askedOf(invoice: BookInvoice): Asked | null {
  const [withholding, splitVat] = [invoice.withholdingCents ?? 0, invoice.splitVatCents ?? 0];
  const kept = withholding + splitVat;
  const all = invoice.instalments.filter((part) => part.amountCents !== 0);
  // an advance beside other instalments is paid already, or not asked for here
  const later = all.filter((part) => part.condition !== 'TP03');
  const advance = later.length > 0 ? sum(all) - sum(later) : 0;
  const gross = grossOf(invoice, kept);
  if (gross === null) return null;
  const total = gross - advance;
  const prepaid = Math.max(0, invoice.prepaidCents ?? 0);
  const base = { totalCents: total, withholdingCents: withholding, splitVatCents: splitVat, prepaidCents: prepaid };
  const doubts = invoice.advanceOnly === true ? ['it is an advance, which may be paid already'] : [];
  const parts = later.length > 0 ? later : all;
  if (parts.length === 0 || parts.some((part) => part.amountCents === null))
    return { ...base, parts: [{ dueOn: parts[0]?.dueOn ?? null, amountCents: total, withheldCents: kept }], doubts };
  return withParts(
    base,
    parts.map((part) => ({ dueOn: part.dueOn, cents: part.amountCents ?? 0 })),
    doubts,
  );
}

function sum(parts: readonly { amountCents: number | null }[]): number {
  return parts.reduce((cents, part) => cents + (part.amountCents ?? 0), 0);
}

/** The sum with tax: a total that is less than its summary by what is withheld is net already. */
function grossOf(invoice: BookInvoice, kept: number): number | null {
  const { totalCents, summaryCents = null, payableCents } = invoice;
  if (totalCents !== null && summaryCents !== null && kept > 0 && totalCents === summaryCents - kept)
    return summaryCents;
  if (totalCents !== null) return totalCents;
  if (summaryCents !== null && summaryCents > 0) return summaryCents;
  return payableCents === null ? null : payableCents + kept + (invoice.prepaidCents ?? 0);
}

type Base = Omit<Asked, 'parts' | 'doubts'>;

/** Two euros of stamp duty stand in one of two sums in many a file. */
const stampDuty = 200;

function withParts(base: Base, parts: readonly { dueOn: string | null; cents: number }[], doubts: string[]): Asked {
  const { totalCents, prepaidCents, withholdingCents, splitVatCents } = base;
  const kept = withholdingCents + splitVatCents;
  const stated = parts.reduce((cents, part) => cents + part.cents, 0);
  const isGross = kept > 0 && stated + prepaidCents === totalCents;
  const withheld = spread(kept, parts);
  const amounts = parts.map(({ cents }, at) => (isGross ? cents : cents + (withheld[at] ?? 0)));
  const left = totalCents - prepaidCents;
  const all = amounts.reduce((cents, each) => cents + each, 0);
  const more = Math.abs(all - left) <= stampDuty ? [] : [sumsDoubt(all, left)];
  const asked = parts.map(({ dueOn }, at) => ({
    dueOn,
    // what was paid in advance stays part of the invoice, and of its first instalment
    amountCents: (amounts[at] ?? 0) + (at === 0 ? prepaidCents : 0),
    withheldCents: withheld[at] ?? 0,
  }));
  return { ...base, totalCents: all + prepaidCents, parts: asked, doubts: [...doubts, ...more] };
}

function sumsDoubt(all: number, left: number): string {
  const plain = (cents: number) => (cents / 100).toFixed(2);
  return `its instalments come to ${plain(all)}, and its total to ${plain(left)}`;
}

function spread(kept: number, parts: readonly { cents: number }[]): number[] {
  const total = parts.reduce((cents, part) => cents + part.cents, 0);
  const upTo = (cents: number) => (total === 0 ? 0 : Math.round((kept * cents) / total));
  let before = 0;
  return parts.map(({ cents }) => {
    const from = before;
    before += cents;
    return upTo(before) - upTo(from);
  });
}
