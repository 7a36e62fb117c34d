/**
 * What is said of an exit on its way, as values: what the record knows of each item of the checklist, what is worth
 * knowing, why something may not be done now, and what speaks against a reason. Types only; the sentences are in `words/`.
 */
import type { Coded, NoFacts } from './coded.ts';
import type { LetterState } from './letter.ts';
import type { Sum } from './money.ts';
import type { SignReason } from './sign-reason.ts';
import type { LocalDay } from './time.ts';

/** The five questions before an end. */
export const exitChecks = ['contract-read', 'duties-met', 'prepaid-delivered', 'owed-weighed', 'talked'] as const;
export type ExitCheck = (typeof exitChecks)[number];

export const exitReasons = [
  'late-payment',
  'non-payment',
  'contact-hours',
  'scope',
  'silence',
  'control',
  'price',
  'refusal',
  'no-contract',
  'different-direction',
  'no-capacity',
  'own-words',
] as const;
export type ExitReason = (typeof exitReasons)[number];

/** What the record says to an item of the checklist. */
export type ExitNote = Coded<{
  'contract-on-record': { signedOn: LocalDay | null; noticeDays: number | null };
  'duties-on-record': { owedSince: LocalDay | null; toAnswer: number };
  'prepaid-on-record': {
    undelivered: readonly { number: string; on: LocalDay }[];
    until: LocalDay | null;
    deliveredOn: LocalDay | null;
  };
  'owed-on-record': { open: readonly Sum[]; disputed: readonly Sum[] };
  'talk-on-record': { talk: { kind: string; on: LocalDay } | null };
  /** an entry of the log that was named as the talk */
  'entry-is-no-talk': { entry: number };
}>;

/** Worth knowing; stops nothing. */
export type ExitWarning = Coded<{
  'thought-of-before': { on: readonly LocalDay[] };
  'exits-in-a-year': { exits: number };
  'paid-ahead-until': { until: LocalDay };
  'client-waits-for-you': NoFacts;
  'work-unbilled': NoFacts;
  'needs-just-cause': NoFacts;
  'other-currencies-overdue': { currencies: readonly string[] };
}>;

/** Why something may not be done now. */
export type ExitRefusal = Coded<{
  'exit-not-taken-up': NoFacts;
  'exit-still-cools': { until: LocalDay };
  'exit-is-cancelled': NoFacts;
  'exit-is-already': { state: 'approved' | 'notice-sent' | 'notice-running' | 'ended' };
  'check-is-open': { item: ExitCheck; note: ExitNote };
  'name-not-as-it-stands': { name: string };
  'milestone-not-said': NoFacts;
  'milestone-too-soon': { by: LocalDay; agreedDays: number };
  'notice-not-whole-days': { days: number };
  'notice-too-short': { days: number; agreedDays: number };
  'exit-ended-already': NoFacts;
  'no-notice-was-given': NoFacts;
  'milestone-not-reached': NoFacts;
  'notice-still-runs': { until: LocalDay };
  'exit-letter-left': NoFacts;
  'exit-letter-leaving': { state: Extract<LetterState, 'sending' | 'unsure'> };
}>;

/** What is on record instead of what a reason claims. */
export type RecordShows = Coded<{
  'contract-is-signed': { on: LocalDay };
  'nothing-is-overdue': NoFacts;
  'paid-in-time': { settled: readonly { number: string; daysLate: number }[] };
  'hours-are-kept': { messages: number; messagesOutOfHours: number; contacts: number; contactsOutOfHours: number };
  'signs-are-silent': { seen: readonly SignReason[] };
}>;

/** Why a letter may not name a reason. */
export type ReasonFault = Coded<{
  'reason-is-empty': NoFacts;
  'reason-is-a-list': NoFacts;
  'reason-too-long': { longest: number };
  'reason-unreadable': NoFacts;
  'reason-names-a-sign': { text: string };
  /** `meant`: the reason that is spelt alike; null: none is */
  'reason-unknown': { text: string; meant: ExitReason | null };
  'not-what-the-record-shows': { reason: ExitReason; because: RecordShows };
}>;

/** Whether what passes on payment may be handed over. `handover-released`: by the owner, though something is owed. */
export type HandoverReason = Coded<{
  'account-settled': NoFacts;
  'handover-released': { open: readonly Sum[]; disputed: readonly Sum[] };
}>;

export type ExitRemark = ExitNote | ExitWarning | ExitRefusal | ReasonFault | RecordShows | HandoverReason;
