/**
 * How the money went that the letters of a cycle asked for: paid, cancelled, credited, given up, disputed, put off. A
 * fact worked out from the record, on which every word about the end of a case rests. Reads no clock, writes no letter.
 */
import { type Credit, debtsOf, type Invoice, type Payment, placeOf, type Share, sharesOf } from './invoice.ts';
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
  /** of invoices on which money came after the letter: the sum that payments cover of what was named */
  received: SettledPart[];
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
  receivedOn: null,
  voided: [],
  credited: [],
  writtenOff: [],
  disputed: [],
  stillOpen: [],
};

/**
 * @param asked of one client in one currency, each instalment once
 * @param invoices those that were asked for, as they stand now
 */
export function settlementOf(asked: readonly Asked[], invoices: readonly Invoice[]): Settlement {
  if (asked.length === 0) return nothingAsked;
  const found = invoices.flatMap((invoice) => waysOf(invoice, asked));
  const of = (way: Way) => found.filter((one) => one.way === way && one.part.cents > 0).map((one) => one.part);
  const days = found.filter((one) => one.way === 'received').flatMap((one) => one.on ?? []);
  const parts = {
    received: of('received'),
    voided: of('void'),
    credited: of('credited'),
    writtenOff: of('written-off'),
    disputed: of('disputed'),
    stillOpen: of('open'),
  };
  return { how: howOf(parts), receivedOn: days.toSorted().at(-1) ?? null, ...parts };
}

function howOf(parts: Omit<Settlement, 'how' | 'receivedOn'>): HowSettled {
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

type Way = 'received' | 'void' | 'credited' | 'written-off' | 'disputed' | 'open';

interface Gone {
  way: Way;
  part: SettledPart;
  on?: LocalDay;
}

function waysOf(invoice: Invoice, asked: readonly Asked[]): Gone[] {
  return sharesOf(invoice).flatMap((share) => {
    const wanted = asked.find((one) => one.instalmentId === share.instalment.id);
    return wanted === undefined ? [] : waysOfShare(invoice, share, wanted);
  });
}

function waysOfShare(invoice: Invoice, share: Share, { since }: Asked): Gone[] {
  const { instalment, paidCents, disputedCents, creditedCents, withheldCents } = share;
  const part = (cents: number): SettledPart => ({
    ...{ invoiceId: invoice.id, instalmentId: instalment.id, number: invoice.number, issuedOn: invoice.issuedOn },
    ...{ currency: invoice.currency, cents },
    ...placeOf(instalment, invoice),
  });
  const came = lastSince(invoice.payments, since);
  const open = debtsOf(invoice).find((debt) => debt.instalmentId === instalment.id)?.openCents ?? 0;
  // what the client keeps back by law was never asked for
  const due = instalment.amountCents - creditedCents - withheldCents;
  const disputed = invoice.state === 'open' ? Math.min(disputedCents, Math.max(0, due - paidCents - open)) : 0;
  const isGone = invoice.state === 'void' || invoice.state === 'written-off';
  const { cents: credited, notes } = isGone ? { cents: 0, notes: [] } : creditedSince(invoice, share, since);
  const rest = isGone ? due - paidCents : 0;
  return [
    ...(came === undefined ? [] : [{ way: 'received' as const, part: part(paidCents), on: came }]),
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

/** The day of the last standing payment that was recorded since then. */
function lastSince(payments: readonly Payment[], since: Instant): LocalDay | undefined {
  return payments
    .filter((payment) => payment.reversedAt === null && payment.recordedAt >= since)
    .map((payment) => payment.receivedOn)
    .toSorted()
    .at(-1);
}

/** The sum of the parts, in minor units. */
export function centsOf(parts: readonly SettledPart[]): number {
  return parts.reduce((sum, part) => sum + part.cents, 0);
}
