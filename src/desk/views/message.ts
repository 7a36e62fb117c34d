/** One message as it is shown: with its conversation and the letters that it led to. Reads only. */
import type { Letter } from '../../rules/letter.ts';
import type { Reader } from '../../store/database.ts';
import { messageById, type StoredMessage, threadMessages } from '../../store/messages.ts';
import { listLetters } from '../../store/outbox.ts';
import { type MessageView, withNames } from './messages.ts';

export interface MessagePage {
  message: MessageView;
  /** the others of its conversation, oldest first */
  thread: StoredMessage[];
  /** to which its window led */
  letters: Letter[];
}

export function viewMessage(r: Reader, id: number): MessagePage | undefined {
  const found = messageById(r, id);
  if (found === undefined) return undefined;
  const message = withNames(r, found);
  const letters = message.window === null ? [] : listLetters(r, { windowId: message.window.id });
  return { message, letters, thread: threadMessages(r, message.threadId).filter((one) => one.id !== id) };
}
