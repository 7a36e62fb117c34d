/**
 * Overdue money that goes no further without the owner: what it waits for, and since when. The one home
 * of that for the notice that says it each week. Facts in, a value out; reads no clock.
 */
import { asksFirst, type Hold, holds as isHolding, type HoldReason } from './hold.ts';
import { type Letter, type LetterKind, needsApproval } from './letter.ts';
import type { Reason } from './reason.ts';
import type { Instant } from './time.ts';

/** The client's windows that are past their day. */
export interface OverdueAnswers {
  /** when the first was due */
  since: Instant;
  mails: number;
  /** the message that opened the first */
  messageId: number;
}

export interface StandstillFacts {
  clientId: number;
  /** of the case's present cycle, the newest first */
  letters: readonly Pick<
    Letter,
    'id' | 'kind' | 'state' | 'step' | 'approval' | 'approvedAt' | 'createdAt' | 'notBefore' | 'endedBy'
  >[];
  /** of the client and the case */
  holds: readonly Hold[];
  owes: OverdueAnswers | null;
  /** numbers of the overdue invoices */
  numbers: readonly string[];
}

/** What it waits for, with what the commands that decide need. */
export type StandstillMatter =
  | { code: 'owner-owes'; mails: number; messageId: number }
  /** a hold without an end, or one whose end has left a question */
  | { code: 'hold' | 'asks'; hold: HoldReason; note: Reason | null; about: HoldMatter }
  | { code: 'approval' | 'unsure' | 'failed' | 'dropped'; letterId: number; kind: LetterKind };

export type StandstillCode = StandstillMatter['code'];

/** What a hold is about. */
export interface HoldMatter {
  clientId: number;
  /** of the invoices that it is about */
  numbers: readonly string[];
  /** the message that it came of */
  messageId: number | null;
}

export interface Standstill {
  matter: StandstillMatter;
  since: Instant;
}

/** @returns null when it goes on by itself, or waits for a day */
export function standstillOf(facts: StandstillFacts, now: Instant): Standstill | null {
  return forAnswer(facts) ?? forHold(facts, now) ?? forLetter(facts);
}

function forAnswer({ owes }: StandstillFacts): Standstill | null {
  if (owes === null) return null;
  const { since, mails, messageId } = owes;
  return { since, matter: { code: 'owner-owes', mails, messageId } };
}

function forHold({ holds, clientId, numbers }: StandstillFacts, now: Instant): Standstill | null {
  const endless = holds.find((hold) => isHolding(hold, now) && hold.until === null && hold.scope !== 'invoice');
  const hold = endless ?? holds.find((one) => asksFirst(one, now));
  if (hold === undefined) return null;
  const { reason, note, messageId, createdAt, until } = hold;
  if (note?.code === 'nobody-to-write-to') return null;
  const about = { clientId, numbers, messageId };
  return {
    since: hold === endless ? createdAt : (until as Instant),
    matter: { code: hold === endless ? 'hold' : 'asks', hold: reason, note, about },
  };
}

function forLetter({ letters }: StandstillFacts): Standstill | null {
  // what was written after the last that left
  const left = letters.findIndex(({ state }) => state === 'sent' || state === 'filed');
  const letter = letters.slice(0, left < 0 ? letters.length : left).find((one) => one.step !== null && isStuck(one));
  if (letter === undefined) return null;
  const { id: letterId, state, kind, createdAt, notBefore } = letter;
  if (needsApproval(letter)) return { since: createdAt, matter: { code: 'approval', letterId, kind } };
  const code = state === 'unsure' || state === 'failed' ? state : 'dropped';
  return { since: notBefore, matter: { code, letterId, kind } };
}

function isStuck(letter: StandstillFacts['letters'][number]): boolean {
  const { state, endedBy } = letter;
  return (
    needsApproval(letter) || state === 'unsure' || state === 'failed' || (state === 'dropped' && endedBy === 'owner')
  );
}
