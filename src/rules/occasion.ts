/**
 * What a client did or said about money that a letter may answer: a part payment, a promise, a promise that was not kept,
 * a dispute. Facts in, values out; whether a letter is written, and when, is decided elsewhere. Reads no clock.
 */
import type { Coded } from './coded.ts';
import { type Hold, holds as isHolding } from './hold.ts';
import { type Debt, debtsOf, type Invoice, type Payment } from './invoice.ts';
import type { OccasionKind } from './letter.ts';
import { dayOf, type Instant, type LocalDay, type TimeZone } from './time.ts';

/** why there is a letter about it */
export type OccasionReason = Coded<{
  'part-paid': { number: string };
  'promise-broken': { number: string };
  'promise-made': { number: string };
  'client-disputes': { number: string };
}>;

export interface Occasion {
  kind: OccasionKind;
  /** unique: the letter's key */
  key: string;
  /** when it came up; null: not known */
  at: Instant | null;
  invoice: Invoice;
  /** what is asked for with it; empty where nothing is */
  debts: Debt[];
  payment?: { cents: number; on: LocalDay };
  promise?: { cents: number; by: LocalDay; number: string };
  dispute?: { cents: number; number: string; issuedOn: LocalDay };
  why: OccasionReason;
}

export interface OccasionFacts {
  /** of one client */
  invoices: readonly Invoice[];
  /** of the client and its invoices, ended ones too */
  holds: readonly Hold[];
  zone: TimeZone;
}

/** All that stand at `now`, the oldest first of each kind. */
export function occasionsOf(facts: OccasionFacts, now: Instant): Occasion[] {
  const open = facts.invoices.filter((invoice) => invoice.state === 'open');
  return [
    ...open.flatMap(partPayment),
    ...open.flatMap((invoice) => promises(invoice, facts, now)),
    ...open.flatMap(disputed),
  ];
}

/** The last payment, where it left a part of what it was for. */
function partPayment(invoice: Invoice): Occasion[] {
  const last = standing(invoice).at(-1);
  const debts = debtsOf(invoice);
  const isPart = debts.some((debt) => (debt.paidCents ?? 0) > 0 && debt.openCents > 0);
  if (last === undefined || !isPart) return [];
  return [
    {
      kind: 'part-payment',
      key: `occasion/part-payment/${last.id}`,
      at: last.recordedAt,
      invoice,
      debts,
      payment: { cents: last.amountCents, on: last.receivedOn },
      why: { code: 'part-paid', number: invoice.number },
    },
  ];
}

function standing({ payments }: Invoice): Payment[] {
  return payments.filter((payment) => payment.reversedAt === null);
}

/** Of each promise what stands: noted while it runs, broken once its day has passed and something is still open. */
function promises(invoice: Invoice, { holds, zone }: OccasionFacts, now: Instant): Occasion[] {
  const debts = debtsOf(invoice);
  const cents = debts.reduce((sum, debt) => sum + debt.openCents, 0);
  const last = holds
    .filter(({ scope, scopeId, reason }) => scope === 'invoice' && scopeId === invoice.id && reason === 'promise')
    .at(-1);
  if (last === undefined || last.until === null || cents === 0) return [];
  const promise = { cents, by: dayOf((last.until - 1) as Instant, zone), number: invoice.number };
  const kind = now < last.until ? 'promise-confirmed' : 'promise-broken';
  const isReleased = kind === 'promise-confirmed' && !isHolding(last, now);
  if (isReleased) return [];
  return [
    {
      kind,
      key: `occasion/${kind}/${last.id}`,
      invoice,
      promise,
      at: kind === 'promise-broken' ? last.until : last.createdAt,
      debts: kind === 'promise-broken' ? debts : [],
      why: { code: kind === 'promise-broken' ? kind : 'promise-made', number: invoice.number },
    },
  ];
}

function disputed(invoice: Invoice): Occasion[] {
  const { disputedCents: cents, number, issuedOn, id } = invoice;
  if (cents === 0) return [];
  return [
    {
      kind: 'dispute-noted',
      key: `occasion/dispute-noted/${id}-${cents}`,
      at: null,
      invoice,
      debts: debtsOf(invoice),
      dispute: { cents, number, issuedOn },
      why: { code: 'client-disputes', number },
    },
  ];
}
