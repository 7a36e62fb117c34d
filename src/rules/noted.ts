/**
 * Reasons that no rule gives: what jobs and the owner's verbs do and see, as the journal, letters and holds keep it. One
 * list of codes with their facts; says nothing itself.
 */
import type { SettledReason } from './closing.ts';
import type { Coded, NoFacts } from './coded.ts';
import type { ExitState } from './exit.ts';
import type { HoldReason } from './hold.ts';
import type { Reason } from './reason.ts';
import type { Sign } from './red-flags.ts';
import type { SignReason } from './sign-reason.ts';
import type { LocalDay, WallMoment } from './time.ts';
import type { Told } from './told.ts';
import type { Sum } from './money.ts';

/** Of letters: why they wait, changed, left or are not wanted any more. */
type OfLetters = Coded<{
  'client-gone': NoFacts;
  'message-gone': NoFacts;
  'mail-taken-away': { messageId: number };
  'writer-is-client': NoFacts;
  'to-yourself': { to: string };
  'not-the-writer': { to: string };
  'occasion-over': NoFacts;
  'not-answerable': { address: string };
  'address-missing': { client: string };
  'address-is-yours': { client: string; own: string };
  'other-address': { client: string; to: string };
  'address-gone': { client: string; from: string; to: string };
  'addressed-as': { client: string; as: string };
  'sender-gone': { from: string; to: string };
  interrupted: NoFacts;
  'stands-in-sent': NoFacts;
  'handed-over-before': NoFacts;
  'cannot-be-built': { fault: Reason };
  'cannot-be-written': { fault: Reason };
  'server-took-it': NoFacts;
  'left-before': NoFacts;
  'null-sender-refused': { fault: Reason };
  'filed-by-provider': NoFacts;
  'filed-now': NoFacts;
  'filed-before': NoFacts;
  'words-without-ground': NoFacts;
  'subject-as-of-now': NoFacts;
  'says-other': { lines: number };
  'own-words-outdated': NoFacts;
  'words-given-back': { because: Reason };
  'words-fit-no-more': { because: Reason };
  'own-words-of-dropped': NoFacts;
  'no-answer-due': NoFacts;
  'promise-is-due': NoFacts;
  'answered-first': { because: Reason };
  'older-database': { letters: number };
  'facts-changed': { facts: readonly string[] };
}>;

/** Of money and the work that hangs on it. */
type OfMoney = Coded<{
  'money-overdue': { currency: string };
  'open-again': NoFacts;
  'case-gone': NoFacts;
  'paused-again': NoFacts;
  'ground-lost': { because: SettledReason };
  'work-not-paused': NoFacts;
  'money-settled': { hold: HoldReason };
  'time-passed': NoFacts;
  'not-looked-at': NoFacts;
  'not-decided': NoFacts;
  'your-approval': NoFacts;
  'in-outbox': { step: string; because: Reason };
  'rest-begins': { because: SettledReason };
  'step-next': { step: string; because: Reason };
  'held-by-mail': { times: number; since: LocalDay; reasons: readonly HoldReason[] };
  'not-dealt-with': { fault: Reason };
  told: { told: Told };
}>;

/** Of mail that was read. */
type OfMail = Coded<{
  'history-read': { messages: number };
  'not-judged': { fault: Reason };
  'window-opened': { messageId: number; doubt: Reason | null };
  'windows-joined': { into: number };
  unreadable: { fault: string };
  replaced: { by: number };
  'folder-new': { path: string };
  'folder-found': { path: string };
  'folder-renumbered': { path: string; before: string; now: string };
  'received-ahead': { at: WallMoment };
  'in-thread': { where: 'sent' | 'inbox'; from: string | null };
  'same-subject': NoFacts;
  'answered-flag': NoFacts;
  'not-believed-report': { subject: string; to: string; because: Reason };
  'mail-not-believed': { because: Reason };
  'foreign-letter': { subject: string };
  /** the day is null when it is not said */
  'nobody-to-write-to': NoFacts;
  'client-away': { until: LocalDay | null };
  'came-back': { subject: string; to: string };
  /** `from`: who wrote for the client; null: the client */
  'writes-paid': { client: string; from: string | null; messageId: number };
  'wrote-back': { client: string; from: string | null; messageId: number };
  'pause-over': { since: WallMoment };
  'pass-gap': { since: WallMoment; until: WallMoment };
}>;

/** Of what a client shows. `words`: what was seen; a sentence in what was noted before that was a value. */
type OfSigns = Coded<{
  'lines-crossed': { lines: readonly { sign: Sign; words: SignReason | string }[] };
}>;

/** Of requests to clients. */
type OfRequests = Coded<{
  'keyword-seen': { keyword: string; messageId: number };
  'client-wrote': { messageId: number };
  'question-open': { messageId: number; days: number };
  'request-over': { state: 'proposed' | 'open' | 'answered' | 'dropped' };
}>;

/** Of exits. */
type OfExits = Coded<{
  'all-paid': NoFacts;
  'wait-for-money-over': { days: number; open: readonly Sum[] };
  'exit-open': { state: ExitState };
  /** how an earlier one ended; `because`: of one that was cancelled, where it is told */
  'exit-came-to': { how: 'cancelled' | 'ended' | 'open'; because: Reason | null };
  /** of the list of what is handed over */
  'handover-items': { items: readonly string[] };
  'exit-cancelled-by-you': { clientId: number };
  'ladder-ends': { because: Reason };
  'exit-is': { state: ExitState };
  'goes-alone': NoFacts;
  'letter-dropped-by-you': NoFacts;
  'your-exit': NoFacts;
  'notice-has-run': NoFacts;
  'exit-report': NoFacts;
  'never-proposed': NoFacts;
  /** null: by the owner */
  'exit-was-cancelled': { because: Reason | null };
  'exit-not-approved': NoFacts;
  'approved-long-ago': NoFacts;
  'contract-signed': { on: LocalDay };
  'chosen-day-passed': { on: LocalDay };
}>;

/** Of mailboxes and this computer. */
type OfPlaces = Coded<{
  'another-sends': { mailbox: string; host: string; since: LocalDay };
  'taken-over': { host: string };
  'just-taken-over': NoFacts;
}>;

/** Of what the owner did by hand. */
type ByHand = Coded<{
  'you-held': { reason: HoldReason; until: string | null; note: Reason | null };
  /** null: whatever its reason was */
  'you-released': { hold: HoldReason | null };
  'hold-replaced': { hold: HoldReason };
  'has-other-address': { hold: HoldReason };
  'question-answered': NoFacts;
  'you-say-sent': NoFacts;
  'you-say-not-sent': NoFacts;
  'you-let-it-go': NoFacts;
  'calendar-shared': NoFacts;
  'calendar-unshared': NoFacts;
  'payment-in-file': { file: string; line: number };
  'bank-payment': { sum: Sum; day: LocalDay; lineId: number };
}>;

export type NotedReason = OfLetters | OfMoney | OfMail | OfRequests | OfSigns | OfExits | OfPlaces | ByHand;
