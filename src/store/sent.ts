/**
 * What follows once a letter is known to be sent, whoever found out: the courier, a look into Sent, or the owner. The
 * promise stands, the work is paused, the case is looked at again. Sends nothing.
 */
import { type Letter, promisedIn } from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { touchClient } from './cases.ts';
import { clientById, setWorkState } from './clients.ts';
import type { Writer } from './database.ts';
import { endAsked } from './holds.ts';
import { note } from './journal.ts';
import { markSent } from './outbox.ts';
import { promise, windowById } from './windows.ts';

/** @returns false when the letter was not on its way, or not in doubt */
export function settleSent(w: Writer, letter: Letter, why: Reason): boolean {
  if (!markSent(w, letter.id)) return false;
  note(w, { kind: 'letter-sent', subject: `letter/${letter.id}`, clientId: letter.clientId, why });
  const window = letter.windowId === null ? undefined : windowById(w, letter.windowId);
  if (window !== undefined && window.promisedAt === null) promise(w, window.id, promisedIn(letter) ?? window.dueAt);
  if (letter.clientId === null) return true;
  settleWork(w, letter.clientId, letter);
  if (letter.caseId === null) return true;
  if (letter.approvedAt !== null)
    endAsked(w, { clientId: letter.clientId, caseId: letter.caseId }, { code: 'you-let-it-go' });
  touchClient(w, letter.clientId);
  return true;
}

/** The client knows it now: the work is as the letter says. What has ended stays so. */
function settleWork(w: Writer, clientId: number, { effect }: Letter): void {
  const state = clientById(w, clientId)?.workState;
  if (effect === 'pause' && state === 'active') setWorkState(w, clientId, 'paused');
  if (effect === 'resume' && state === 'paused') setWorkState(w, clientId, 'active');
}
