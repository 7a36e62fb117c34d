/**
 * Overdue money that goes no further without the owner: what it waits for, since when, and what she may do. The one home
 * of that for the notice that says it each week. Facts in, a value out; reads no clock.
 */
import { asksFirst, type Hold, holdReasonWords, holds as isHolding, type HoldReason, nobodyToWriteTo } from './hold.ts';
import { kindRecords, type Letter, needsApproval } from './letter.ts';
import type { Instant } from './time.ts';
import { count } from './words.ts';

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

export type StandstillCode = 'owner-owes' | 'hold' | 'asks' | 'approval' | 'unsure' | 'failed' | 'dropped';

export interface Standstill {
  code: StandstillCode;
  since: Instant;
  /** what it waits for, as the end of a sentence */
  why: string;
  /** the commands that decide */
  next: string;
}

/** @returns null when it goes on by itself, or waits for a day */
export function standstillOf(facts: StandstillFacts, now: Instant): Standstill | null {
  return forAnswer(facts) ?? forHold(facts, now) ?? forLetter(facts);
}

function forAnswer({ owes }: StandstillFacts): Standstill | null {
  if (owes === null) return null;
  const { since, mails, messageId } = owes;
  const why =
    mails === 1 ? 'the client waits for your answer' : `${count(mails, 'mail')} of the client wait for your answer`;
  const next = `Answer by mail, or: paletti inbox show ${messageId}; when none is due: paletti inbox answered ${messageId}`;
  return { code: 'owner-owes', since, why, next };
}

function forHold({ holds, clientId, numbers }: StandstillFacts, now: Instant): Standstill | null {
  const endless = holds.find((hold) => isHolding(hold, now) && hold.until === null && hold.scope !== 'invoice');
  const asked = holds.find((hold) => asksFirst(hold, now));
  const hold = endless ?? asked;
  if (hold === undefined || hold.note === nobodyToWriteTo) return null;
  const since = hold === endless ? hold.createdAt : (hold.until as Instant);
  const note = hold.note === '' ? '' : ` (${hold.note})`;
  const why =
    hold === endless ? holdReasonWords[hold.reason] : `${holdReasonWords[hold.reason]}, and nobody has decided`;
  const next = whatToDo(hold.reason, { clientId, numbers, messageId: hold.messageId });
  return { code: hold === endless ? 'hold' : 'asks', since, why: why + note, next };
}

interface About {
  clientId: number;
  /** of the invoices that it is about */
  numbers: readonly string[];
  messageId: number | null;
}

/** By the reason of a hold: every way to go on from it, as commands. */
export function whatToDo(reason: HoldReason, about: About): string {
  const { clientId, messageId } = about;
  const read = messageId === null ? '' : `Read it: paletti inbox show ${messageId}. `;
  const goOn = `To let the letters go: paletti clients release ${clientId}`;
  const number = `${about.numbers[0] ?? 'NUMBER'} --client ${clientId}`;
  const paid = `when it is paid: paletti invoices paid ${number}`;
  const disputed = `when it is disputed: paletti invoices dispute ${number}`;
  const ways: Record<HoldReason, string> = {
    reply: `${read}Answer by mail; ${disputed}; ${paid}. ${goOn}`,
    'payment-claimed': `${read}Look at your account; ${paid}. ${goOn}`,
    bounce: `${read}Mend the address: paletti clients edit ${clientId} --address …. ${goOn}`,
    'out-of-office': `${read}${goOn}`,
    'payment-question': 'Answer it: paletti payments questions',
    promise: `${paid}, or a new day: paletti invoices promise ${number} --by DAY. ${goOn}`,
    dispute: `When it is settled: paletti invoices dispute ${number} --settled. ${goOn}`,
    manual: goOn,
    'opt-out': `${goOn}; or ask for the money in another way`,
  };
  return ways[reason].replace(/^w/, 'W');
}

function forLetter({ letters }: StandstillFacts): Standstill | null {
  // what was written after the last that left
  const left = letters.findIndex(({ state }) => state === 'sent' || state === 'filed');
  const letter = letters.slice(0, left < 0 ? letters.length : left).find((one) => one.step !== null && isStuck(one));
  if (letter === undefined) return null;
  const { id, state, kind, createdAt, notBefore } = letter;
  const name = kindRecords[kind].called;
  if (needsApproval(letter))
    return {
      ...{ code: 'approval', since: createdAt, why: `the ${name} waits for your approval` },
      next:
        kind === 'termination'
          ? `Read it: paletti outbox show ${id}; it leaves by its exit, or: paletti outbox drop ${id}`
          : `Read it: paletti outbox show ${id}; then approve ${id}, edit ${id} or drop ${id}`,
    };
  if (state === 'unsure')
    return {
      ...{ code: 'unsure', since: notBefore, why: `it is not known whether the ${name} left` },
      next: `Look in Sent, then: paletti outbox resolve ${id} --sent, or --not-sent`,
    };
  if (state === 'failed')
    return {
      ...{ code: 'failed', since: notBefore, why: `the ${name} was refused by the mail server` },
      next: `Mend the cause, then: paletti outbox retry ${id}; or: paletti outbox drop ${id}`,
    };
  return {
    ...{ code: 'dropped', since: notBefore, why: `you dropped the ${name}, and the ladder stands still` },
    next: `To take it back: paletti outbox restore ${id}; to give the money up: paletti invoices write-off …`,
  };
}

function isStuck(letter: StandstillFacts['letters'][number]): boolean {
  const { state, endedBy } = letter;
  return (
    needsApproval(letter) || state === 'unsure' || state === 'failed' || (state === 'dropped' && endedBy === 'owner')
  );
}
