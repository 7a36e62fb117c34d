/**
 * What the owner is told, as values: a stable code and its facts; the words, and what to do next, are in `words/`. A
 * reason is part of a sentence; this is a sentence of its own, with a next step. Says nothing itself.
 */
import type { AdviceReason } from './advice.ts';
import type { SettledReason } from './closing.ts';
import type { Coded } from './coded.ts';
import type { Ending } from './endings.ts';
import type { HoldReason } from './hold.ts';
import type { Lesson } from './lesson.ts';
import type { LetterKind } from './letter.ts';
import type { Sign } from './red-flags.ts';
import type { Sum } from './money.ts';
import type { OwnMailReason } from './own-mail.ts';
import type { Reason } from './reason.ts';
import type { WarningKey } from './response-window.ts';
import type { LocalDay, WallMoment } from './time.ts';
import type { SignReason } from './sign-reason.ts';
import type { Wording } from './wording-changes.ts';
import type { HoldMatter, StandstillMatter } from './standstill.ts';

/** What was told in words before it was a value, or stands in words for want of one. */
export interface ToldAsWritten {
  code: 'as-written';
  text: string;
  /** the next act, as a sentence; '' when there is none */
  next: string;
}

export function toldAsWritten(text: string, next = ''): ToldAsWritten {
  return { code: 'as-written', text, next };
}

/** As the owner calls her, and by what commands know her. */
export interface ClientNamed {
  id: number;
  name: string;
}

/** A mailbox is not read until its owner signs in at the provider: see errors.ts, SignInNeed. */
export interface SignInWanted {
  code: 'sign-in-wanted';
  mailbox: string;
  title: string;
  why: 'absent' | 'foreign' | 'ended';
  said: string;
}

export function named({ id, name }: ClientNamed): ClientNamed {
  return { id, name };
}

/** Of letters: one that waits for the owner, did not leave, or was met by a machine. */
type OfLetters = Coded<{
  'letter-asks': { id: number; kind: LetterKind; client: string };
  'report-asks': { id: number; client: string };
  'closing-asks': { id: number; client: string; why: SettledReason; isPaused: boolean };
  'approval-lapsed': { id: number; subject: string; because: Reason };
  /** `changes`: the first few, of so many */
  'own-words-replaced': {
    id: number;
    to: string;
    subject: string;
    because: Reason;
    changes: readonly Wording[];
    of: number;
  };
  'letter-unsure': { id: number; subject: string; to: string };
  'letter-failed': { id: number; subject: string; to: string; fault: Reason };
  'letter-challenged': { subject: string; to: string; messageId: number };
  'letter-returned': { subject: string; to: string; client: ClientNamed };
  'letters-capped': { because: Reason };
  'letter-asks-still': { id: number; kind: LetterKind; client: string; days: number };
  'letter-unsure-still': { id: number; kind: LetterKind; client: string; days: number };
  /** `own`: the address on record is the owner's; null: there is none */
  'no-address': { client: ClientNamed; own: string | null };
  gap: { how: 'away' | 'paused'; since: WallMoment };
  'work-still-paused': { client: ClientNamed };
}>;

/** Of money: what waits for the owner's word, or is over. */
type OfMoney = Coded<{
  'payments-unchecked': { withinHours: number };
  'case-settled': { client: ClientNamed; why: SettledReason; isPaused: boolean };
  'too-little-owed': { client: ClientNamed; sum: Sum; numbers: readonly string[] };
  surplus: { client: ClientNamed; parts: readonly { number: string; sum: Sum }[] };
  'settled-is-open': { client: ClientNamed };
  'promise-kept': { client: ClientNamed; on: LocalDay };
  /** `numbers`: of the invoices; absent in what was told before */
  'promise-broken': { client: ClientNamed; on: LocalDay; open: readonly Sum[]; numbers?: readonly string[] };
  /** nothing is asked for any more, and a payment alone is not why */
  'promise-lapsed': { client: ClientNamed; on: LocalDay; disputed: readonly Sum[]; came: boolean };
  'hold-ended': {
    client: ClientNamed;
    on: LocalDay;
    reason: HoldReason;
    open: readonly Sum[];
    /** absent in what was told before */
    disputed?: readonly Sum[];
  };
  'hold-asks': {
    client: ClientNamed;
    on: LocalDay;
    reason: HoldReason;
    open: readonly Sum[];
    about: HoldMatter;
  };
  /** overdue for so many days, and waiting for the owner for so many */
  'stands-still': {
    client: string;
    open: readonly Sum[];
    overdueDays: number;
    matter: StandstillMatter;
    days: number;
  };
  'reply-holds': { reason: HoldReason; note: Reason; scope: 'case' | 'client'; about: HoldMatter };
  'money-waits': { client: ClientNamed; open: readonly Sum[]; because: Reason };
  'not-dunned': { client: ClientNamed; fault: Reason };
  'import-asks': { client: string; number: string; file: string; line: number; note: Reason };
}>;

/** Of mail that came, or that waits for an answer. */
type OfMail = Coded<{
  'mail-doubted': {
    client: ClientNamed;
    because: Reason;
    times: number;
    subject: string;
    says: 'away' | 'paid' | null;
    messageId: number;
  };
  'false-report': {
    client: ClientNamed;
    subject: string;
    to: string;
    because: Reason;
    times: number;
    messageId: number;
  };
  /** a threat, or a mail after the end of the work; `text`: the sentence or the subject */
  'client-writes': {
    client: ClientNamed;
    text: string;
    isThreat: boolean;
    isEnded: boolean;
    times: number;
    messageId: number;
  };
  unjudged: { messageId: number; fault: Reason };
  'in-junk': { client: string; subject: string; folder: string; messageId: number };
  'answer-due': { key: WarningKey; who: string; subject: string; messageId: number };
  /** `who`: null: strangers */
  'answers-due': { key: WarningKey; who: string | null; waiting: number; subject: string };
  'question-unanswered': { client: string; days: number; question: string; requestId: number };
  'question-open-still': { client: string; days: number; question: string; requestId: number };
  'silence-goes-on': { client: string; requestId: number; text: string; dueOn: LocalDay; isLadderDone: boolean };
  'request-failed': { requestId: number; fault: Reason };
}>;

/** Of the end of the work. */
type OfExits = Coded<{
  'exit-proposed': { client: ClientNamed; because: Reason; before: readonly LocalDay[] };
  /** `alone`: the letter then goes without a question */
  'exit-cooling': { client: ClientNamed; until: LocalDay; alone: boolean };
  'exit-checklist': { client: ClientNamed };
  'exit-waits-still': { client: ClientNamed; state: 'proposed' | 'checklist'; days: number };
  'exit-refused': { client: ClientNamed; because: readonly Reason[] };
  /** the money it waited for is there, or is waited for no longer */
  'exit-woken': { client: ClientNamed; because: Reason };
  'exit-left': { client: ClientNamed };
  'exit-ended': { client: ClientNamed };
  /** the first sign of somebody new is of the kind by whom the owner learned a rule */
  'lesson-again': {
    client: ClientNamed;
    sign: Sign;
    lesson: Pick<Lesson, 'rule' | 'rate' | 'words'>;
    taughtBy: string;
  };
  'exit-cancelled': { client: ClientNamed; because: Reason };
  'exit-failed': { exitId: number; fault: Reason };
}>;

/** Of warning signs. `advice`: the step that answers them, as it is typed; null: no command takes it. */
type OfSigns = Coded<{
  'line-crossed': {
    client: ClientNamed;
    lines: readonly { sign: Sign; words: SignReason }[];
    advice: { why: AdviceReason; command: string } | null;
  };
  /** at the first look at a register that is full of them */
  'lines-crossed-already': { clients: number; heaviest: string };
}>;

/** Of files in watched folders. `next`: the command that answers; '' for none. */
type OfFiles = Coded<{
  'file-asks': { name: string; because: Reason; next: string };
  'file-lines-asked': { name: string; payments: number };
  'file-warns': { name: string; warning: Reason };
  'folder-unread': { path: string; fault: Reason };
}>;

/** Of mailboxes, servers and this computer. */
type OfPlaces = Coded<{
  'no-sent': { mailbox: string };
  /** `days`: to its last day; less than 0 afterwards */
  ends: Ending & { days: number };
  /** a mail of the owner's own that does not leave by itself, or not to all */
  'own-mail-stays': { mailbox: string; subject: string; because: OwnMailReason };
  'received-ahead': { messageId: number; at: WallMoment };
  'login-refused': { mailbox: string; how: 'reading' | 'sending'; fault: Reason };
  unmarked: { mailbox: string };
  'another-paletti': { because: Reason };
  'foreign-letter': { because: Reason };
  'older-database': { because: Reason };
}>;

export type Told = ToldAsWritten | OfLetters | OfMoney | OfMail | OfExits | OfSigns | OfFiles | OfPlaces | SignInWanted;
export type ToldCode = Told['code'];
export type ToldOf<Code extends ToldCode> = Extract<Told, { code: Code }>;
