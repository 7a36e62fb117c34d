/** What a person may say about a message: it was answered elsewhere, or needs no answer. Speaks to no server. */
import { AppError } from '../errors.ts';
import type { Reason } from '../rules/reason.ts';
import { settleBefore, unansweredBefore } from '../store/before.ts';
import type { Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { messageById, type StoredMessage } from '../store/messages.ts';
import { settleNotices } from '../store/notices.ts';
import { drop, listLetters } from '../store/outbox.ts';
import { answerWindow, openWindowOfThread, waiveWindow, type Window, windowById } from '../store/windows.ts';
import { act, type DeskParts } from './parts.ts';

export type Settled = 'answered' | 'needs-no-answer';

/**
 * Closes the response window that the message belongs to, and drops its acknowledgement if that has not left.
 * @param id of the message
 * @returns changed: false when the window was closed already, or the message never opened one
 */
export function settleMessage(
  desk: DeskParts,
  id: number,
  how: Settled,
): { message: StoredMessage; window: Window | null; changed: boolean } {
  return act(desk, (w) => {
    const message = messageById(w, id);
    if (message === undefined) {
      throw new AppError('not-found', { code: 'no-message', id });
    }
    const window = openWindowOfThread(w, message.threadId);
    if (window === undefined)
      return { message, window: lastWindow(w, message), changed: settledBefore(w, message, how) };
    close(w, window, how);
    return { message, window: windowById(w, window.id) ?? window, changed: true };
  });
}

/** One from before the first start has no window: nothing was promised, but `status` names it. */
function settledBefore(w: Writer, message: StoredMessage, how: Settled): boolean {
  if (!unansweredBefore(w).some(({ id }) => id === message.id)) return false;
  const why = saidBy(how);
  note(w, { kind: 'before-settled', subject: `message/${message.id}`, clientId: message.clientId, why });
  return settleBefore(w, message.id, how);
}

function lastWindow(w: Writer, message: StoredMessage): Window | null {
  const id = message.judged?.windowId ?? null;
  return id === null ? null : (windowById(w, id) ?? null);
}

function saidBy(how: Settled): Reason {
  return { code: how === 'answered' ? 'you-say-answered' : 'you-say-none-needed' };
}

function close(w: Writer, window: Window, how: Settled): void {
  if (how === 'answered') answerWindow(w, window.id, { evidence: 'owner', answeredBy: null, answeredAt: w.now });
  else waiveWindow(w, window.id);
  const why = saidBy(how);
  note(w, { kind: `window-${how}`, subject: `window/${window.id}`, clientId: window.clientId, why });
  settleNotices(w, `window/${window.id}`);
  for (const { id } of listLetters(w, { states: ['held', 'queued'], windowId: window.id })) drop(w, id, 'owner', why);
}
