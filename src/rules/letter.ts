/** Letters, their states and the legal moves between them (DESIGN 4.6). */
import type { ContactRole, Tone } from './client.ts';
import type { Language } from './language.ts';
import type { Reason } from './reason.ts';
import { fromIso, type Instant } from './time.ts';

/** What a letter is about; which holds keep it follows from this (rules/hold). 'by-hand': it leaves by the owner's word only. */
export type LetterFamily = 'acknowledgement' | 'dunning' | 'closing' | 'nudge' | 'by-hand';

/** All that is known of a kind of letter but its variables (letters/variables) and its words (templates). */
interface Kind {
  family: LetterFamily;
  /** which contact of the client it is for: what asks for money or tells of it goes to billing, what ends the work does not */
  contact: ContactRole;
  /** a step of the ladder may send it; the others have occasions of their own */
  isStep: boolean;
  /** what it does to the work, whatever its step is meant to do: the client knows the letter only; null: what its step does */
  effect: 'pause' | 'terminate' | 'resume' | null;
  /** by the program, to its owner */
  called: string;
  /** by a later letter that lists what was written before; null: it asked for nothing, and is no step on the way */
  asEarlier: Record<Language, string> | null;
}

const kinds = {
  acknowledgement: {
    family: 'acknowledgement',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'acknowledgement',
    asEarlier: null,
  },
  'acknowledgement-out-of-hours': {
    family: 'acknowledgement',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'acknowledgement',
    asEarlier: null,
  },
  'payment-reminder': {
    family: 'dunning',
    contact: 'billing',
    isStep: true,
    effect: null,
    called: 'payment reminder',
    asEarlier: { it: 'promemoria di pagamento', en: 'payment reminder' },
  },
  'work-paused': {
    family: 'dunning',
    contact: 'billing',
    isStep: true,
    effect: 'pause',
    called: 'work-paused letter',
    asEarlier: { it: 'avviso di sospensione dei lavori', en: 'notice of paused work' },
  },
  'work-resumed': {
    family: 'closing',
    contact: 'billing',
    isStep: false,
    effect: 'resume',
    called: 'work-resumed letter',
    asEarlier: null,
  },
  'payment-received': {
    family: 'closing',
    contact: 'billing',
    isStep: false,
    effect: null,
    called: 'thanks for the payment',
    asEarlier: null,
  },
  'settled-otherwise': {
    family: 'closing',
    contact: 'billing',
    isStep: false,
    effect: null,
    called: 'letter on what need not be paid',
    asEarlier: null,
  },
  termination: {
    family: 'dunning',
    contact: 'general',
    isStep: true,
    effect: 'terminate',
    called: 'termination letter',
    asEarlier: null,
  },
  'nudge-kind': {
    family: 'nudge',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'nudge',
    asEarlier: null,
  },
  'nudge-firm': {
    family: 'nudge',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'firm nudge',
    asEarlier: null,
  },
  'boundary-hours': {
    family: 'by-hand',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'boundary letter',
    asEarlier: { it: 'lettera su orari e canali di contatto', en: 'letter on contact hours and channels' },
  },
  'boundary-decisions': {
    family: 'by-hand',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'boundary letter',
    asEarlier: { it: 'lettera su decisioni e approvazioni', en: 'letter on decisions and approvals' },
  },
  'boundary-scope': {
    family: 'by-hand',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'boundary letter',
    asEarlier: { it: 'lettera sulle richieste oltre gli accordi', en: 'letter on requests beyond the agreement' },
  },
  'boundary-contract': {
    family: 'by-hand',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'boundary letter',
    asEarlier: { it: 'lettera sul contratto da firmare', en: 'letter on the contract to be signed' },
  },
  'final-report': {
    family: 'by-hand',
    contact: 'general',
    isStep: false,
    effect: null,
    called: 'final report',
    asEarlier: null,
  },
} as const satisfies Record<string, Kind>;

export type LetterKind = keyof typeof kinds;
export const letterKinds = Object.keys(kinds) as LetterKind[];

/** What is known of each kind; a new one begins here. */
export const kindRecords: Readonly<Record<LetterKind, Kind>> = kinds;

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
  const isOfCase = family === 'dunning' || family === 'closing';
  return isOfCase && caseId === null ? 'by-hand' : family;
}

export type LadderLetterKind = {
  [K in LetterKind]: (typeof kinds)[K]['isStep'] extends true ? K : never;
}[LetterKind];
export const ladderLetterKinds = letterKinds.filter((kind): kind is LadderLetterKind => kinds[kind].isStep);

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

/** The moment an acknowledgement promises the answer by; null for any other letter. */
export function promisedIn({ kind, facts }: Pick<Letter, 'kind' | 'facts'>): Instant | null {
  const { promisedAt } = facts;
  return isAcknowledgementKind(kind) && typeof promisedAt === 'string' ? fromIso(promisedAt) : null;
}

/** What a drop by the owner's hand brings about: the end of an exit, a case that asks for nothing more, a client who hears nothing. */
export type AfterDrop = 'exit-cancelled' | 'asks-no-more' | 'hears-nothing' | 'nothing';
