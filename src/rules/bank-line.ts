/**
 * A line of a bank file on record, and what may become of it. States are words; each has its legal moves. Pure: what a
 * credit pays is decided by match-payments, what a debit takes back by take-back.
 */
import type { Choice, Credit, Evidence } from './match-payments.ts';
import type { Reason } from './reason.ts';
import { addDays, type LocalDay, weekdayOf } from './time.ts';

/**
 * `new`: not looked at. `matched`: recorded as payments. `question`: the owner is asked, and letters to whom it may
 * concern wait. `unrelated`: no invoice has anything to do with it. `ignored`: by the owner. `not-a-payment`: money that
 * went out, or between own accounts. `reversed`: the bank took it back. `takes-back`: it took another one back.
 */
export const lineStates = [
  'new',
  'matched',
  'question',
  'unrelated',
  'ignored',
  'not-a-payment',
  'reversed',
  'takes-back',
] as const;
export type LineState = (typeof lineStates)[number];

/** From each state to which others. */
export const lineMoves: Readonly<Record<LineState, readonly LineState[]>> = {
  new: ['matched', 'question', 'unrelated', 'not-a-payment', 'takes-back'],
  question: ['question', 'matched', 'unrelated', 'ignored', 'not-a-payment', 'reversed', 'takes-back'],
  unrelated: ['matched', 'question', 'ignored', 'reversed'],
  matched: ['question', 'reversed'],
  ignored: ['question', 'matched', 'reversed'],
  'not-a-payment': ['matched', 'question', 'takes-back'],
  reversed: ['question'],
  'takes-back': ['question'],
};

/** What a line may be, as the owner is asked. */
export type LineChoice =
  /** money for invoices */
  | ({ kind: 'pays' } & Choice)
  /** it is on record already: entered by hand, or from a list of invoices */
  | { kind: 'recorded'; clientId: number; paymentIds: number[]; evidence: Evidence[] }
  /** it takes these payments back */
  | { kind: 'takes-back'; clientId: number; lineId: number | null; paymentIds: number[]; evidence: Evidence[] };

export interface BankLine {
  id: number;
  /** the owner's account: an IBAN, or as its files call it */
  account: string;
  /** the file, and where in it */
  file: string;
  place: string;
  bookedOn: LocalDay;
  /** credits are positive */
  amountCents: number;
  currency: string;
  payerName: string | null;
  payerIban: string | null;
  /** what the payer wrote */
  text: string;
  bankReference: string | null;
  endToEnd: string | null;
  reversal: boolean;
  state: LineState;
  /** in words */
  /** null: not decided yet */
  why: Reason | null;
  choices: LineChoice[];
  decidedBy: 'rule' | 'owner';
  pairId: number | null;
}

/** What the payer wrote, with his own reference where he gave one. */
export function creditOf(
  line: Pick<BankLine, 'amountCents' | 'currency' | 'text' | 'endToEnd' | 'payerName' | 'payerIban'>,
): Credit {
  const { amountCents, currency, payerName, payerIban, endToEnd } = line;
  const text = endToEnd === null ? line.text : `${line.text} ${endToEnd}`;
  return { amountCents, currency, payerName, payerIban, text };
}

/** Where it stands, for the journal and for people: 'conto.csv, row 3'. */
export function placeOf({ file, place }: Pick<BankLine, 'file' | 'place'>): string {
  return `${file}, ${place}`;
}

/**
 * The last day for which a bank has booked everything by the morning of `today`: yesterday, or the working day before a
 * weekend and public holidays, on which banks book nothing.
 */
export function lastBookingDay(today: LocalDay, holiday: (day: LocalDay) => string | undefined): LocalDay {
  const yesterday = addDays(today, -1);
  const isClosed = ['sat', 'sun'].includes(weekdayOf(yesterday)) || holiday(yesterday) !== undefined;
  return isClosed ? lastBookingDay(yesterday, holiday) : yesterday;
}
