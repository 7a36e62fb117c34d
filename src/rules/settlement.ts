/**
 * How the money went that the letters of a cycle asked for: paid, cancelled, given up, disputed, put off. A fact worked
 * out from the record, on which every word about the end of a case rests. Reads no clock and writes no letter.
 */
import { debtsOf, type Invoice, type Payment, placeOf, sharesOf } from './invoice.ts';
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
}

/**
 * - `nothing-asked`: no letter of the cycle has left
 * - `postponed`: something is still open, and not due any more
 * - `mixed`: more than one of the others
 */
export type HowSettled = 'nothing-asked' | 'paid' | 'void' | 'written-off' | 'disputed' | 'postponed' | 'mixed';

export interface Settlement {
  how: HowSettled;
  /** of invoices on which money came after the letter: the sum that payments cover of what was named */
  received: SettledPart[];
  /** the day on which the last of it came; null when none did */
  receivedOn: LocalDay | null;
  voided: SettledPart[];
  writtenOff: SettledPart[];
  disputed: SettledPart[];
  stillOpen: SettledPart[];
}

export const nothingAsked: Settlement = {
  how: 'nothing-asked',
  received: [],
  receivedOn: null,
  voided: [],
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
    writtenOff: of('written-off'),
    disputed: of('disputed'),
    stillOpen: of('open'),
  };
  return { how: howOf(parts), receivedOn: days.toSorted().at(-1) ?? null, ...parts };
}

function howOf(parts: Pick<Settlement, 'received' | 'voided' | 'writtenOff' | 'disputed' | 'stillOpen'>): HowSettled {
  const ways: [HowSettled, number][] = [
    ['paid', parts.received.length],
    ['void', parts.voided.length],
    ['written-off', parts.writtenOff.length],
    ['disputed', parts.disputed.length],
    ['postponed', parts.stillOpen.length],
  ];
  const taken = ways.filter(([, count]) => count > 0).map(([how]) => how);
  return taken.length === 1 ? (taken[0] as HowSettled) : taken.length === 0 ? 'void' : 'mixed';
}

type Way = 'received' | 'void' | 'written-off' | 'disputed' | 'open';

interface Gone {
  way: Way;
  part: SettledPart;
  on?: LocalDay;
}

function waysOf(invoice: Invoice, asked: readonly Asked[]): Gone[] {
  return sharesOf(invoice).flatMap(({ instalment, paidCents, disputedCents }) => {
    const wanted = asked.find((one) => one.instalmentId === instalment.id);
    if (wanted === undefined) return [];
    const part = (cents: number): SettledPart => ({
      ...{ invoiceId: invoice.id, instalmentId: instalment.id, number: invoice.number, issuedOn: invoice.issuedOn },
      ...{ currency: invoice.currency, cents },
      ...placeOf(instalment, invoice),
    });
    const came = lastSince(invoice.payments, wanted.since);
    const open = debtsOf(invoice).find((debt) => debt.instalmentId === instalment.id)?.openCents ?? 0;
    const disputed = invoice.state === 'open' ? Math.min(disputedCents, instalment.amountCents - paidCents - open) : 0;
    const rest = instalment.amountCents - paidCents - open - disputed;
    return [
      ...(came === undefined ? [] : [{ way: 'received' as const, part: part(paidCents), on: came }]),
      { way: invoice.state === 'written-off' ? 'written-off' : 'void', part: part(rest) },
      { way: 'disputed', part: part(disputed) },
      { way: 'open', part: part(open) },
    ];
  });
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
