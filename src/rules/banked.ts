/**
 * Reasons of money: why a line of the bank is what it is, and what was recorded, taken back or set right of invoices. One
 * list of codes with their facts; says nothing itself.
 */
import type { Coded, NoFacts } from './coded.ts';
import type { Evidence } from './match-payments.ts';
import type { Sum } from './money.ts';
import type { Reason } from './reason.ts';
import type { LocalDay } from './time.ts';

/** Of lines of the bank. `place`: the file and where in it. */
export type LineReason = Coded<{
  'money-out': NoFacts;
  'own-money-back': NoFacts;
  'own-account': NoFacts;
  'nobody-behind': NoFacts;
  'takes-back-unknown': NoFacts;
  /** `names`: of the clients that it speaks of, by their number */
  'by-evidence': { evidence: readonly Evidence[]; currency: string; names: Readonly<Record<string, string>> };
  'which-taken-back': NoFacts;
  'what-it-pays': NoFacts;
  'line-asked': { because: Reason; place: string };
  'question-gone': NoFacts;
  'question-of-others': NoFacts;
  'seen-on-account': { because: Reason };
  'bank-took-back': { day: LocalDay; place: string | null };
  /** null: by its number, without more */
  'you-said-pays': { because: Reason | null };
  'none-of-choices': NoFacts;
  'pays-no-invoice': NoFacts;
  'you-undid-match': NoFacts;
  'you-undid': NoFacts;
  'yours-to-say': NoFacts;
}>;

/** Of invoices, credit notes and payments. */
export type BookedReason = Coded<{
  /** `open`: what stays open on the invoice then */
  'money-received': { sum: Sum; day: LocalDay; open: Sum };
  'received-by-import': { sum: Sum; day: LocalDay; takenBack: boolean };
  'you-took-payment-back': { sum: Sum; day: LocalDay };
  'you-voided': NoFacts;
  'you-wrote-off': NoFacts;
  'dispute-over': NoFacts;
  'sum-disputed': { sum: Sum };
  'promised-by': { day: LocalDay };
  'other-day-promised': NoFacts;
  'you-corrected': NoFacts;
  'corrected-by-import': NoFacts;
  'credit-note': { sum: Sum; open: Sum; note: Reason | null };
  'credit-note-back': { sum: Sum; day: LocalDay };
  'payments-complete': NoFacts;
  'changed-in-file': { details: readonly Reason[] };
  'read-from-file': { file: string; details: readonly Reason[] };
  'rejected-by-exchange': { file: string };
}>;

export type BankedReason = BookedReason | LineReason;
