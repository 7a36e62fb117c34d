/**
 * A credit on the account beside payments that were entered by hand or came in a list of invoices: whether it is one of
 * them, seen by the bank. To find that costs nothing and to miss it counts money twice. Pure.
 */
import type { Credit, Evidence, Payable } from './match-payments.ts';
import type { Mention } from './named-numbers.ts';
import { daysBetween, type LocalDay } from './time.ts';

/** A payment on record that no line of the bank proves yet. */
export interface Unproved {
  paymentId: number;
  invoiceId: number;
  clientId: number;
  amountCents: number;
  currency: string;
  receivedOn: LocalDay;
}

export interface Recorded {
  clientId: number;
  paymentIds: number[];
  evidence: Evidence[];
}

/** Between what a person enters when she sees it and the day that the bank writes. */
const nearDays = 10;

/**
 * @param owner whose account the payer's is known to be
 * @param resembling clients whose name the payer has
 * @returns certain: of the invoices it names, or of the payer's, near its day; else what may be, to be asked
 */
export function recordedPayment(
  credit: Credit & { bookedOn: LocalDay },
  facts: {
    unproved: readonly Unproved[];
    mentions: readonly Mention<Payable>[];
    owner: number | 'nobody' | undefined;
    resembling: readonly number[];
  },
): { certain: boolean; recorded: Recorded } | undefined {
  const open = facts.unproved.filter((one) => one.currency === credit.currency);
  const isNear = (one: Unproved) => Math.abs(daysBetween(one.receivedOn, credit.bookedOn)) <= nearDays;
  const named = new Set(facts.mentions.flatMap((mention) => mention.invoices.map((payable) => payable.invoiceId)));
  const ofNamed = open.filter((one) => named.has(one.invoiceId));
  const evidence = namedEvidence(facts.mentions);
  const together = wholeSum(ofNamed.filter(isNear), credit.amountCents);
  if (together !== undefined) return { certain: true, recorded: recordedOf(together, evidence) };
  const [far] = ofNamed.filter((one) => one.amountCents === credit.amountCents);
  if (far !== undefined) return { certain: false, recorded: recordedOf([far], evidence) };
  if (named.size > 0) return undefined;
  const known = typeof facts.owner === 'number' ? [facts.owner] : facts.resembling;
  const ofPayer = open.filter(
    (one) => known.includes(one.clientId) && one.amountCents === credit.amountCents && isNear(one),
  );
  const [first] = ofPayer;
  if (first === undefined) return undefined;
  const isSure = ofPayer.length === 1 && typeof facts.owner === 'number';
  return { certain: isSure, recorded: recordedOf([first], payerEvidence(facts.owner, first)) };
}

function recordedOf(payments: readonly Unproved[], evidence: Evidence[]): Recorded {
  const clientId = (payments[0] as Unproved).clientId;
  return {
    clientId,
    paymentIds: payments.map((one) => one.paymentId),
    evidence: [...evidence, ...payments.map((one): Evidence => ({ code: 'on-record', receivedOn: one.receivedOn }))],
  };
}

function namedEvidence(mentions: readonly Mention<Payable>[]): Evidence[] {
  const numbers = mentions.flatMap((mention) => mention.invoices.map((payable) => payable.number));
  return [...new Set(numbers)].map((number) => ({ code: 'names-invoice', number }));
}

function payerEvidence(owner: number | 'nobody' | undefined, { clientId }: Unproved): Evidence[] {
  return owner === clientId ? [{ code: 'account-of-client', clientId }] : [];
}

/** One of them of exactly the sum, or all of them together. */
function wholeSum(payments: readonly Unproved[], cents: number): Unproved[] | undefined {
  const one = payments.filter((payment) => payment.amountCents === cents);
  if (one.length === 1) return one;
  const all = payments.reduce((sum, payment) => sum + payment.amountCents, 0);
  return payments.length > 1 && all === cents ? [...payments] : undefined;
}
