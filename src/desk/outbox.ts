/**
 * What a person may do with a letter in the outbox: approve, edit, drop, try again, settle what is unsure. Each is one
 * transaction with its line in the journal; done twice it changes nothing more. Sends nothing itself.
 */
import { isOneLine } from '../rules/unsafe-characters.ts';
import { AppError } from '../errors.ts';
import { type Letter, needsApproval } from '../rules/letter.ts';
import { clientById } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { approve, drop, edit, type Ground, letterById, requeue, restore } from '../store/outbox.ts';
import { settleSent } from '../store/sent.ts';
import { refuseUnapprovedEnd } from './exit.ts';
import type { AfterDrop } from '../rules/letter.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';
import { say } from '../words/voice.ts';
import { named } from '../rules/told.ts';
import { asWritten, type Reason } from '../rules/reason.ts';

export interface Moved {
  letter: Letter;
  /** false: it was so already */
  changed: boolean;
}

/** @throws AppError 'not-found'; 'conflict' when the letter is past approval */
export function approveLetter(desk: DeskParts, id: number): Moved {
  return act(desk, (w) => {
    const letter = find(w, id);
    if (!needsApproval(letter)) {
      if (letter.state === 'held' || letter.state === 'queued') return { letter, changed: false };
      throw wrongState(letter, 'be approved');
    }
    refuseUnapprovedEnd(w, letter);
    if (!approve(w, id)) throw wrongState(letter, 'be approved');
    return noted(w, id, 'letter-approved', { code: 'you-approved' });
  });
}

/**
 * @param text of subject and body; what is left out stays; and what she had before her, where that is known
 * @returns the letter, which waits for approval again
 */
export function editLetter(
  desk: DeskParts,
  id: number,
  text: { subject?: string; text?: string; upon?: Ground | undefined },
): Moved {
  return act(desk, (w) => {
    const letter = find(w, id);
    const subject = checkedSubject(text.subject ?? letter.subject);
    const body = `${(text.text ?? letter.text).trimEnd()}\n`;
    if (body.trim() === '') throw bad({ code: 'letter-empty' });
    if (subject === letter.subject && body.trimEnd() === letter.text.trimEnd()) return { letter, changed: false };
    if (!edit(w, id, { subject, text: body, upon: text.upon })) throw wrongState(letter, 'be edited');
    return noted(w, id, 'letter-edited', { code: 'you-edited' });
  });
}

/** A header is one line (RFC 5322, section 2.2); a line break in it would let a header in. */
function checkedSubject(subject: string): string {
  if (!isOneLine(subject)) throw bad({ code: 'subject-broken' });
  if (subject.trim() === '') throw bad({ code: 'subject-empty' });
  return subject.trim();
}

export function dropLetter(desk: DeskParts, id: number, why: string): Moved {
  return act(desk, (w) => {
    const letter = find(w, id);
    if (letter.state === 'dropped') return { letter, changed: false };
    const reason: Reason = why === '' ? { code: 'you-dropped' } : asWritten(why);
    if (!drop(w, id, 'owner', reason)) throw wrongState(letter, 'be dropped');
    askForWork(w, letter);
    return { letter: find(w, id), changed: true };
  });
}

/**
 * The owner thought better of it. What it says is held against the record once more before it leaves.
 * @throws AppError 'conflict' when Paletti dropped it, or it may have left once, or its exit is over
 */
export function restoreLetter(desk: DeskParts, id: number): Moved {
  return act(desk, (w) => {
    const letter = find(w, id);
    if (letter.state === 'held' || letter.state === 'queued') return { letter, changed: false };
    if (letter.state === 'dropped' && letter.endedBy === 'system')
      throw new AppError(
        'conflict',
        `Paletti dropped letter ${id} itself: ${letter.endedWhy === null ? 'it fitted no more' : say(letter.endedWhy, 'en')}`,
        {
          next: 'It is written anew by itself when there is a reason again.',
        },
      );
    if (letter.kind === 'termination') throw new AppError('conflict', { code: 'exit-gone', id });
    if (!restore(w, id))
      throw wrongState(letter, letter.state === 'dropped' ? 'leave again: it may have left' : 'be restored');
    return noted(w, id, 'letter-restored', { code: 'you-restored' });
  });
}

/** What follows when the letter does not leave. */
export function afterDrop({ kind, step, caseId, windowId }: Letter): AfterDrop {
  if (kind === 'termination') return 'exit-cancelled';
  if (caseId !== null && step !== null) return 'asks-no-more';
  return windowId === null ? 'nothing' : 'hears-nothing';
}

/** She does not let the client know that the work goes on: then it is hers to say whether it does. */
function askForWork(w: Writer, { id, effect, clientId }: Letter): void {
  const client = effect !== 'resume' || clientId === null ? undefined : clientById(w, clientId);
  if (client?.workState !== 'paused') return;
  notice(w, `work-state/${id}`, { code: 'work-still-paused', client: named(client) });
}

/** A letter the server refused: the owner has mended the cause. */
export function retryLetter(desk: DeskParts, id: number): Moved {
  return act(desk, (w) => {
    const letter = find(w, id);
    if (letter.state === 'queued') return { letter, changed: false };
    if (letter.state === 'unsure') throw unsureFirst(letter);
    if (!requeue(w, id)) throw wrongState(letter, 'be tried again');
    return noted(w, id, 'letter-retried', { code: 'you-retry' });
  });
}

/** Nobody knows whether it left: the owner has looked, in Sent or with the client. */
export function resolveLetter(desk: DeskParts, id: number, outcome: 'sent' | 'not-sent'): Moved {
  return act(desk, (w) => {
    const letter = find(w, id);
    if (letter.state !== 'unsure') {
      const already = outcome === 'sent' ? ['sent', 'filed'] : ['queued'];
      if (already.includes(letter.state)) return { letter, changed: false };
      throw wrongState(letter, 'be resolved');
    }
    if (outcome === 'sent') {
      settleSent(w, letter, { code: 'you-say-sent' });
      return { letter: find(w, id), changed: true };
    }
    requeue(w, id);
    return noted(w, id, 'letter-resolved', { code: 'you-say-not-sent' });
  });
}

function find(w: Writer, id: number): Letter {
  const letter = letterById(w, id);
  if (letter !== undefined) return letter;
  throw new AppError('not-found', { code: 'no-letter', id });
}

function noted(w: Writer, id: number, kind: string, why: Reason): Moved {
  const letter = find(w, id);
  note(w, { kind, subject: `letter/${id}`, clientId: letter.clientId, why });
  return { letter, changed: true };
}

function wrongState(letter: Letter, wish: string): AppError {
  return new AppError('conflict', { code: 'letter-wrong-state', id: letter.id, state: letter.state, wish });
}

function unsureFirst(letter: Letter): AppError {
  return new AppError('conflict', { code: 'may-have-left', id: letter.id });
}
