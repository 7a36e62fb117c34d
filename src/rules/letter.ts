/** Letters, their states and the legal moves between them (DESIGN 4.6). */
import type { ContactRole, Tone } from './client.ts';
import type { Language } from './language.ts';
import { kinds, type LetterFamily, type LetterKind, type LetterKindRecord } from './letter-kinds.ts';
import type { Reason } from './reason.ts';
import { fromIso, type Instant } from './time.ts';

export type { LetterFamily, LetterKind };

export const letterKinds = Object.keys(kinds) as LetterKind[];

/** What is known of each kind. */
export const kindRecords: Readonly<Record<LetterKind, LetterKindRecord>> = kinds;

export type KindOf<Family extends LetterFamily> = {
  [K in LetterKind]: (typeof kinds)[K]['family'] extends Family ? K : never;
}[LetterKind];

export function isOfFamily<Family extends LetterFamily>(kind: LetterKind, family: Family): kind is KindOf<Family> {
  return kinds[kind].family === family;
}

export const acknowledgementKinds: readonly LetterKind[] = letterKinds.filter(isAcknowledgementKind);

export function isAcknowledgementKind(kind: LetterKind): kind is KindOf<'acknowledgement'> {
  return isOfFamily(kind, 'acknowledgement');
}

/** A letter about money that belongs to no case is one that the owner had written: her own exit, her word that the work goes on. */
export function familyOf({ kind, caseId }: Pick<Letter, 'kind' | 'caseId'>): LetterFamily {
  const { family } = kinds[kind];
  const isOfCase = family !== 'acknowledgement' && family !== 'nudge';
  return isOfCase && caseId === null ? 'by-hand' : family;
}

export type LadderLetterKind = {
  [K in LetterKind]: (typeof kinds)[K]['isStep'] extends true ? K : never;
}[LetterKind];
export const ladderLetterKinds = letterKinds.filter((kind): kind is LadderLetterKind => kinds[kind].isStep);

/** Written for something that the client did or said about money. */
export type OccasionKind = KindOf<'asking' | 'confirming'>;

export function isOccasion(kind: LetterKind): kind is OccasionKind {
  return isOfFamily(kind, 'asking') || isOfFamily(kind, 'confirming');
}

export const occasionKinds: readonly OccasionKind[] = letterKinds.filter(isOccasion);

/** As a language names each kind, in a list or on the page. */
export function namesOfKinds(language: Language): Readonly<Record<LetterKind, string>> {
  const names = letterKinds.map((kind) => [kind, kinds[kind].named[language]]);
  return Object.fromEntries(names) as Record<LetterKind, string>;
}

export function matterOf(kind: LetterKind): ContactRole {
  return kinds[kind].contact;
}

export const letterStates = ['held', 'queued', 'sending', 'sent', 'filed', 'dropped', 'failed', 'unsure'] as const;
export type LetterState = (typeof letterStates)[number];

/**
 * From a state to those it may become. `dropped -> held` is the system taking back its own drop (a payment was
 * reversed), or the owner hers; `unsure -> queued` and `failed -> queued` only by the owner's word.
 */
export const legalMoves: Record<LetterState, readonly LetterState[]> = {
  held: ['queued', 'dropped'],
  queued: ['held', 'sending', 'dropped'],
  sending: ['queued', 'sent', 'failed', 'unsure'],
  sent: ['filed'],
  filed: [],
  dropped: ['held'],
  failed: ['queued', 'dropped'],
  unsure: ['sent', 'queued', 'dropped'],
};

/** What a step of the ladder does besides its letter. */
export type StepEffect = 'none' | 'pause' | 'terminate';

/** What follows for the work once a letter has left; kept with it, whatever its step is called or does later. */
export type LetterEffect = StepEffect | 'resume';

/** The effect of a letter. @param step of the ladder, when it has one */
export function effectOfLetter(kind: LetterKind, step: StepEffect = 'none'): LetterEffect {
  return kinds[kind].effect ?? step;
}

export type Approval = 'auto' | 'ask';

export interface Letter {
  id: number;
  /** unique: `ack/<window>`, `dunning/<case>/<cycle>/<step>` */
  key: string;
  kind: LetterKind;
  state: LetterState;
  mailbox: string;
  clientId: number | null;
  /** the message it answers */
  answersMessageId: number | null;
  windowId: number | null;
  caseId: number | null;
  /** name of the ladder's step, as it was called when the letter was written */
  step: string | null;
  effect: LetterEffect;
  language: Language;
  tone: Tone;
  /** one validated address */
  recipient: string;
  recipientName: string;
  sender: string;
  subject: string;
  text: string;
  /** what the text was rendered from; compared before sending */
  facts: Record<string, unknown>;
  edited: boolean;
  approval: Approval;
  approvedAt: Instant | null;
  /** waits at least until then */
  notBefore: Instant;
  /** why it was written */
  why: Reason;
  /** what keeps it at the moment */
  waitsFor: Reason | null;
  inReplyTo: string | null;
  references: string[];
  messageId: string | null;
  attempts: number;
  nextTryAt: Instant | null;
  lastError: Reason | null;
  createdAt: Instant;
  sentAt: Instant | null;
  filedAt: Instant | null;
  /** why it was dropped or failed, and by whom */
  endedBy: 'owner' | 'system' | null;
  endedWhy: Reason | null;
}

export function mayMove(from: LetterState, to: LetterState): boolean {
  return legalMoves[from].includes(to);
}

/** Waits for the owner's hand. */
export function needsApproval(letter: Pick<Letter, 'state' | 'approval'> & { approvedAt: unknown }): boolean {
  return letter.state === 'held' && letter.approval === 'ask' && letter.approvedAt === null;
}

/** Why a letter that had its approval, or needed none, asks for it: said as long as it asks, and no longer. */
const asksBecause: ReadonlySet<Reason['code']> = new Set([
  ...(['words-given-back', 'words-fit-no-more', 'mail-taken-away', 'approved-long-ago'] as const),
  ...(['chosen-day-passed', 'cannot-be-written', 'never-proposed', 'exit-not-approved'] as const),
]);

type Waiting = Pick<Letter, 'waitsFor' | 'state' | 'approval' | 'approvedAt'>;

/** What it waits for; of one that waits for its owner, why it asks her. Null: for its time, or for her as it always did. */
export function waitsNow(letter: Waiting): Reason | null {
  const { waitsFor } = letter;
  return waitsFor !== null && asksBecause.has(waitsFor.code) === needsApproval(letter) ? waitsFor : null;
}

/** Why it has not left, in one reason: what went wrong, why it asks or what it waits for, else why it was written. */
export function whyItWaits(letter: Waiting & Pick<Letter, 'lastError' | 'why'>): Reason {
  return letter.lastError ?? waitsNow(letter) ?? letter.why;
}

/** The moment an acknowledgement promises the answer by; null for any other letter. */
export function promisedIn({ kind, facts }: Pick<Letter, 'kind' | 'facts'>): Instant | null {
  const { promisedAt } = facts;
  return isAcknowledgementKind(kind) && typeof promisedAt === 'string' ? fromIso(promisedAt) : null;
}

/** What a drop by the owner's hand brings about: the end of an exit, a case that asks for nothing more, a client who hears nothing. */
export type AfterDrop = 'exit-cancelled' | 'asks-no-more' | 'hears-nothing' | 'nothing';
