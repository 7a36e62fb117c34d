/**
 * Reasons of the owner's verbs: what she did, said or let be read, as the journal, letters and holds keep it. One list of
 * codes with their facts; says nothing itself. What she typed as her own reason stands beside them, as it is written.
 */
import type { Terms, Tone } from './client.ts';
import type { Coded, NoFacts } from './coded.ts';
import type { ExitCheck } from './exit.ts';
import type { ExitReason } from './exit-reason.ts';
import type { ExitNote } from './exit-remarks.ts';
import type { Language } from './language.ts';
import type { Lesson, Rate } from './lesson.ts';
import type { LetterKind } from './letter.ts';
import type { Reason } from './reason.ts';
import type { OwnerMark } from './red-flags.ts';
import type { LocalDay } from './time.ts';

/** Of letters and the work that they speak of. */
type OfLetters = Coded<{
  'you-approved': NoFacts;
  'you-edited': NoFacts;
  'you-dropped': NoFacts;
  'you-restored': NoFacts;
  'you-retry': NoFacts;
  'you-decline': { messageId: number };
  'you-work-again': NoFacts;
  'you-set-work': { state: 'active' | 'paused' | 'ended' };
  'became-one': NoFacts;
  'erased-on-request': NoFacts;
  'person-asked': NoFacts;
  /** `until`: a moment of ISO; null: until she resumes */
  'you-paused': { until: string | null; note: Reason | null };
  'you-resumed': NoFacts;
}>;

/** Of mail and of what was asked of a client. */
type OfAnswers = Coded<{
  'you-say-answered': NoFacts;
  'you-say-none-needed': NoFacts;
  'you-asked': NoFacts;
  'you-took-up': NoFacts;
}>;

/** What the owner and a client agree on. */
export type TermField = keyof Terms | 'paymentTerms';

/** Of the register and of what was agreed. `fields`: names of what changed, as the program calls them. */
type OfRecords = Coded<{
  'you-entered': NoFacts;
  /** proposed from the mailbox, by so many mails each way */
  'you-ticked': { received: number; sent: number };
  'you-changed': NoFacts;
  imported: NoFacts;
  'buyer-of-invoice': NoFacts;
  'named-in-invoices': NoFacts;
  'changed-by-import': NoFacts;
  'address-to-other': NoFacts;
  'you-changed-terms': { fields: readonly TermField[] };
  'you-marked': { mark: OwnerMark; note: string };
  'you-unmarked': { mark: OwnerMark };
  'project-is': { project: string; state: 'active' | 'paused' | 'ended'; on: LocalDay };
  /** `outside`: what said that it was outside the hours */
  'you-logged': {
    kind: 'call' | 'meeting' | 'chat' | 'note' | 'work' | 'delivery' | 'lunch' | 'dinner' | 'price' | 'attack';
    outside: Reason | null;
  };
  'dossier-made': NoFacts;
  'became-client': { into: number; note: Reason | null };
  'took-client-in': { from: number; note: Reason | null };
  'you-changed-settings': { fields: readonly string[] };
  'you-put-settings-back': { fields: readonly string[] };
  'you-saved-wording': { letter: LetterKind; language: Language; tone: Tone };
  'you-dropped-wording': { letter: LetterKind; language: Language; tone: Tone };
}>;

/** Of exits, and of what was learned by them. */
type OfExits = Coded<{
  'you-proposed-exit': { reason: ExitReason; words: string };
  'you-took-exit-up': NoFacts;
  /** `note`: a sentence in what was noted before that was a value */
  'you-checked': { item: ExitCheck; note: ExitNote | string; undone: boolean };
  'you-approved-by-name': NoFacts;
  'exit-was-approved': { exitId: number };
  'you-took-approval-back': NoFacts;
  'exit-approval-back': { exitId: number };
  'you-cancelled': NoFacts;
  'you-ended-exit': NoFacts;
  'milestone-reached': { on: LocalDay };
  'you-learned': { lesson: Pick<Lesson, 'rule' | 'rate' | 'words'> };
  'you-dropped-lesson': NoFacts;
}>;

/** On what a letter about boundaries stands. `days`: how far back was looked. */
type OfBoundaries = Coded<{
  'you-asked-for-it': NoFacts;
  'how-you-work': NoFacts;
  /** `rate`: what is agreed now */
  'you-ask-price': { rate: Rate | null };
  'chats-by': { chats: number; channel: string; days: number };
  'questions-waited': { questions: number; days: number };
  'came-outside': { outside: number; messages: number; days: number };
  'revisions-agreed': { revisions: number };
  'message-says': { messageId: number; on: LocalDay; quote: string };
  'no-contract-on-record': NoFacts;
}>;

/** Of files in watched folders. `more`: how many further ones there are beside the first. */
type OfFiles = Coded<{
  'no-book': NoFacts;
  'file-too-big': { megabytes: number; most: number };
  'file-unreadable': { fault: string };
  'file-gone': NoFacts;
  'file-waits': { name: string; because: Reason };
  'file-taken': { path: string; what: Reason };
  'took-bank-lines': { lines: number };
  'took-invoices': { added: number; credits: number; leftOut: number };
  'took-table': { added: number; changed: number };
  'document-asks': { number: string | null; client: string | null; because: readonly Reason[]; more: number };
  'would-be-void': NoFacts;
  'row-asks': { line: number; question: Reason; more: number };
}>;

export type OwnerReason = OfAnswers | OfBoundaries | OfExits | OfFiles | OfLetters | OfRecords;
