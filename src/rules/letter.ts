/** Letters, their states and the legal moves between them (DESIGN 4.6). */
import type { ContactRole, Tone } from './client.ts';
import type { Language } from './language.ts';
import type { Instant } from './time.ts';

export const letterKinds = [
  'acknowledgement',
  'acknowledgement-out-of-hours',
  'payment-reminder',
  'work-paused',
  'work-resumed',
  'payment-received',
  'settled-otherwise',
  'termination',
  'nudge-kind',
  'nudge-firm',
  'boundary-hours',
  'boundary-decisions',
  'boundary-scope',
  'boundary-contract',
  'final-report',
] as const;
export type LetterKind = (typeof letterKinds)[number];

export const acknowledgementKinds: readonly LetterKind[] = ['acknowledgement', 'acknowledgement-out-of-hours'];

export function isAcknowledgementKind(kind: LetterKind): boolean {
  return acknowledgementKinds.includes(kind);
}

/** What a letter is about; which holds keep it follows from this (rules/hold). 'by-hand': it leaves by the owner's word only. */
export type LetterFamily = 'acknowledgement' | 'dunning' | 'closing' | 'nudge' | 'by-hand';

const familyOfKind: Record<LetterKind, LetterFamily> = {
  acknowledgement: 'acknowledgement',
  'acknowledgement-out-of-hours': 'acknowledgement',
  'payment-reminder': 'dunning',
  'work-paused': 'dunning',
  termination: 'dunning',
  'work-resumed': 'closing',
  'payment-received': 'closing',
  'settled-otherwise': 'closing',
  'nudge-kind': 'nudge',
  'nudge-firm': 'nudge',
  'boundary-hours': 'by-hand',
  'boundary-decisions': 'by-hand',
  'boundary-scope': 'by-hand',
  'boundary-contract': 'by-hand',
  'final-report': 'by-hand',
};

/** A letter about money that belongs to no case is one that the owner had written: her own exit, her word that the work goes on. */
export function familyOf({ kind, caseId }: Pick<Letter, 'kind' | 'caseId'>): LetterFamily {
  const family = familyOfKind[kind];
  const isOfCase = family === 'dunning' || family === 'closing';
  return isOfCase && caseId === null ? 'by-hand' : family;
}

/** What a step of the ladder may send; the others have occasions of their own. */
export const ladderLetterKinds = ['payment-reminder', 'work-paused', 'termination'] as const satisfies LetterKind[];
export type LadderLetterKind = (typeof ladderLetterKinds)[number];

/** Which contact of the client a letter is for: what asks for money or tells of it goes to billing, what ends the work does not. */
export function matterOf(kind: LetterKind): ContactRole {
  return billingKinds.has(kind) ? 'billing' : 'general';
}

const billingKinds: ReadonlySet<LetterKind> = new Set([
  'payment-reminder',
  'work-paused',
  'work-resumed',
  'payment-received',
  'settled-otherwise',
]);

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

/**
 * The effect of a letter: what it says goes before what its step is meant to do, for the client knows the letter only.
 * @param step of the ladder, when it has one
 */
export function effectOfLetter(kind: LetterKind, step: StepEffect = 'none'): LetterEffect {
  if (kind === 'work-paused') return 'pause';
  if (kind === 'termination') return 'terminate';
  return kind === 'work-resumed' ? 'resume' : step;
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
  why: string;
  /** what keeps it at the moment, in words */
  waitsFor: string | null;
  inReplyTo: string | null;
  references: string[];
  messageId: string | null;
  attempts: number;
  nextTryAt: Instant | null;
  lastError: string | null;
  createdAt: Instant;
  sentAt: Instant | null;
  filedAt: Instant | null;
  /** why it was dropped or failed, and by whom */
  endedBy: 'owner' | 'system' | null;
  endedWhy: string | null;
}

export function mayMove(from: LetterState, to: LetterState): boolean {
  return legalMoves[from].includes(to);
}

/** Waits for the owner's hand. */
export function needsApproval(letter: Pick<Letter, 'state' | 'approval'> & { approvedAt: unknown }): boolean {
  return letter.state === 'held' && letter.approval === 'ask' && letter.approvedAt === null;
}
