/** Messages as they are shown: with the client's name and the window that each opened or joined. Reads only. */
import { clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { listMessages, type MessageFilter, searchMessages, type StoredMessage } from '../../store/messages.ts';
import { type Window, windowById } from '../../store/windows.ts';

export interface MessageView extends StoredMessage {
  client: string | null;
  window: Window | null;
}

export function withNames(r: Reader, message: StoredMessage): MessageView {
  const client = message.clientId === null ? null : (clientName(r, message.clientId) ?? null);
  const windowId = message.judged?.windowId ?? null;
  return { ...message, client, window: windowId === null ? null : (windowById(r, windowId) ?? null) };
}

/** Newest first. */
export function viewMessages(r: Reader, filter: MessageFilter): MessageView[] {
  return listMessages(r, filter).map((message) => withNames(r, message));
}

/** Those that contain every word, best first. */
export function viewFound(r: Reader, words: string, limit: number): MessageView[] {
  return searchMessages(r, words, limit).map((message) => withNames(r, message));
}
