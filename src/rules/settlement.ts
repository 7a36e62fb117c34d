/**
 * How the money went that the letters of a cycle asked for: paid, cancelled, credited, given up, disputed, put off. A
 * fact worked out from the record, on which every word about the end of a case rests. Reads no clock, writes no letter.
 */
import {
  type Credit,
  debtsOf,
  type Invoice,
  type Payment,
  placeOf,
  type Share,
  sharesOf,
  surplusCents,
} from './invoice.ts';
import type { Instant, LocalDay } from './time.ts';

/** What a letter that left asked for. */
export interface Asked {
  instalmentId: number;
  invoiceId: number;
  /** when the first letter that named it left */
  since: Instant;
}

/** One instalment, with the sum of it that went this way. */
export interface SettledPart {
  invoiceId: number;
  instalmentId: number;
  number: string;
  issuedOn: LocalDay;
  currency: string;
  cents: number;
  /** which of several instalments it is, from 1; absent when the invoice is due in one sum */
  instalment?: { position: number; of: number };
  /** numbers of the credit notes that took it off; absent when it went another way, or none has a number */
  creditNotes?: string[];
  /** of what came in: all that payments cover of it, also what came before it was asked for */
  coveredCents?: number;
}

/**
 * - `nothing-asked`: no letter of the cycle has left
 * - `postponed`: something is still open, and not due any more
 * - `mixed`: more than one of the others
 */
export type HowSettled =
  | 'nothing-asked'
  | 'paid'
  | 'void'
  | 'credited'
  | 'written-off'
  | 'disputed'
  | 'postponed'
  | 'mixed';

export interface Settlement {
  how: HowSettled;
  /** what came after the letter for what it named */
  received: SettledPart[];
  /** what came with it, in one payment or on one day, for what no letter of the cycle named */
  also: SettledPart[];
  /** what came with it above all that these invoices ask for: the client's money. The three are the sum that came. */
  beyondCents: number;
  /** the day on which the last of it came; null when none did */
  receivedOn: LocalDay | null;
  /** the invoice itself does not count any more */
  voided: SettledPart[];
  /** taken off by credit notes that came after the letter: the invoice stands, and less is asked for */
  credited: SettledPart[];
  writtenOff: SettledPart[];
  disputed: SettledPart[];
  stillOpen: SettledPart[];
}

export const nothingAsked: Settlement = {
  how: 'nothing-asked',
  received: [],
  also: [],
  beyondCents: 0,
  receivedOn: null,
  voided: [],
  credited: [],
  writtenOff: [],
  disputed: [],
  stillOpen: [],
};

/**
 * @param asked of one client in one currency, each instalment once
 * @param invoices of that client in that currency as they stand now: those that were asked for, and what else there is
 */
export function settlementOf(asked: readonly Asked[], invoices: readonly Invoice[]): Settlement {
  if (asked.length === 0) return nothingAsked;
  const named = new Set(asked.map((one) => one.invoiceId));
  const found = invoices.filter(({ id }) => named.has(id)).map((invoice) => askedOf(invoice, asked));
  const of = (way: Way) =>
    found.flatMap(({ gone }) => gone.filter((one) => one.way === way && one.part.cents > 0).map((one) => one.part));
  const parts = {
    received: found.flatMap(({ came }) => came.named),
    voided: of('void'),
    credited: of('credited'),
    writtenOff: of('written-off'),
    disputed: of('disputed'),
    stillOpen: of('open'),
  };
  const since = firstOf(asked);
  const payments = parts.received.length === 0 ? [] : found.flatMap(({ came }) => came.payments);
  const beside = invoices
    .filter(({ id }) => !named.has(id))
    .map((invoice) => cameFor(invoice, (payment) => isWith(payments, payment, since), new Set()));
  const all = [...found.map(({ came }) => came), ...beside];
  return {
    how: howOf(parts),
    ...parts,
    also: all.flatMap((one) => one.also),
    beyondCents: all.reduce((sum, one) => sum + one.beyondCents, 0),
    receivedOn:
      payments
        .map((payment) => payment.receivedOn)
        .toSorted()
        .at(-1) ?? null,
  };
}

/** When the first of them was asked for. */
function firstOf(asked: readonly Asked[]): Instant {
  return asked.reduce((first, one) => (one.since < first.since ? one : first)).since;
}

/** By one line of the bank; or, entered by hand, on one day. */
function isWith(payments: readonly Payment[], { lineId, receivedOn, recordedAt }: Payment, since: Instant): boolean {
  return (
    recordedAt >= since &&
    payments.some((one) => (lineId === undefined ? one.receivedOn === receivedOn : one.lineId === lineId))
  );
}

function howOf(parts: Omit<Settlement, 'how' | 'receivedOn' | 'also' | 'beyondCents'>): HowSettled {
  const ways: [HowSettled, number][] = [
    ['paid', parts.received.length],
    ['void', parts.voided.length],
    ['credited', parts.credited.length],
    ['written-off', parts.writtenOff.length],
    ['disputed', parts.disputed.length],
    ['postponed', parts.stillOpen.length],
  ];
  const taken = ways.filter(([, count]) => count > 0).map(([how]) => how);
  return taken.length === 1 ? (taken[0] as HowSettled) : taken.length === 0 ? 'void' : 'mixed';
}

type Way = 'void' | 'credited' | 'written-off' | 'disputed' | 'open';

interface Gone {
  way: Way;
  part: SettledPart;
}

/** What became of what letters named of this invoice, and what came for it since the first of them. */
function askedOf(invoice: Invoice, asked: readonly Asked[]): { gone: Gone[]; came: Came } {
  const wanted = new Map(
    asked.flatMap((one) => (one.invoiceId === invoice.id ? [[one.instalmentId, one] as const] : [])),
  );
  const since = firstOf([...wanted.values()]);
  const gone = sharesOf(invoice).flatMap((share) => {
    const one = wanted.get(share.instalment.id);
    return one === undefined ? [] : waysOfShare(invoice, share, one);
  });
  return { gone, came: cameFor(invoice, ({ recordedAt }) => recordedAt >= since, new Set(wanted.keys())) };
}

interface Came {
  /** the standing ones that are meant */
  payments: readonly Payment[];
  named: SettledPart[];
  also: SettledPart[];
  beyondCents: number;
}

/** The sum of those payments, as it fills the invoice beside what was there before. */
function cameFor(invoice: Invoice, isMeant: (payment: Payment) => boolean, named: ReadonlySet<number>): Came {
  const payments = invoice.payments.filter((payment) => payment.reversedAt === null && isMeant(payment));
  const without = { ...invoice, payments: invoice.payments.filter((payment) => !payments.includes(payment)) };
  const before = sharesOf(without);
  const filled = sharesOf(invoice).map((share, at) => ({
    share,
    cents: share.paidCents - (before[at]?.paidCents ?? 0),
  }));
  const beyondCents = surplusCents(invoice) - surplusCents(without);
  const sum = payments.reduce((cents, payment) => cents + payment.amountCents, 0);
  // who keeps nothing back pays the sum of the document, which is more than was asked for and no surplus
  const kept = sum - beyondCents - filled.reduce((cents, one) => cents + one.cents, 0);
  const last = filled.findLast((one) => one.cents > 0) ?? filled.at(-1);
  if (last !== undefined) last.cents += kept;
  const parts = filled.flatMap(({ share, cents }) =>
    cents > 0 ? [{ ...partOf(invoice, share, cents), coveredCents: share.paidCents }] : [],
  );
  const isNamed = (part: SettledPart) => named.has(part.instalmentId);
  return { payments, named: parts.filter(isNamed), also: parts.filter((part) => !isNamed(part)), beyondCents };
}

function partOf(invoice: Invoice, { instalment }: Share, cents: number): SettledPart {
  return {
    invoiceId: invoice.id,
    instalmentId: instalment.id,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    currency: invoice.currency,
    cents,
    ...placeOf(instalment, invoice),
  };
}

function waysOfShare(invoice: Invoice, share: Share, { since }: Asked): Gone[] {
  const { instalment, paidCents, disputedCents, creditedCents, withheldCents } = share;
  const part = (cents: number) => partOf(invoice, share, cents);
  const open = debtsOf(invoice).find((debt) => debt.instalmentId === instalment.id)?.openCents ?? 0;
  // what the client keeps back by law was never asked for
  const due = instalment.amountCents - creditedCents - withheldCents;
  const disputed = invoice.state === 'open' ? Math.min(disputedCents, Math.max(0, due - paidCents - open)) : 0;
  const isGone = invoice.state === 'void' || invoice.state === 'written-off';
  const { cents: credited, notes } = isGone ? { cents: 0, notes: [] } : creditedSince(invoice, share, since);
  const rest = isGone ? due - paidCents : 0;
  return [
    { way: invoice.state === 'written-off' ? 'written-off' : 'void', part: part(rest) },
    { way: 'credited', part: { ...part(credited), ...(notes.length === 0 ? {} : { creditNotes: notes }) } },
    { way: 'disputed', part: part(disputed) },
    { way: 'open', part: part(open) },
  ];
}

/** What credit notes that were recorded since then took off this instalment: what was off before was never asked for. */
function creditedSince(invoice: Invoice, share: Share, since: Instant): { cents: number; notes: string[] } {
  const isLater = (credit: Credit) => credit.takenBackAt === null && credit.recordedAt >= since;
  const later = invoice.credits.filter(isLater);
  const before = sharesOf({ ...invoice, credits: invoice.credits.filter((credit) => !isLater(credit)) });
  const was = before.find((one) => one.instalment.id === share.instalment.id)?.creditedCents ?? 0;
  return { cents: share.creditedCents - was, notes: later.flatMap(({ number }) => number ?? []) };
}

/** The sum of the parts, in minor units. */
export function centsOf(parts: readonly SettledPart[]): number {
  return parts.reduce((sum, part) => sum + part.cents, 0);
}
