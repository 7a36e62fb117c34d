/**
 * Closes response windows on evidence: the owner's mail in Sent, or the \Answered flag. Also notices letters that
 * another Paletti sent from the same mailbox. Writes no letter.
 */
import { baseSubject, header } from '../rules/message.ts';
import { dayMs } from '../rules/time.ts';
import { ownMessageIdPrefix } from '../rules/triage.ts';
import type { Reader, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { listMessages, messageById, type StoredMessage, threadMessages } from '../store/messages.ts';
import { notice, settleNotices } from '../store/notices.ts';
import { drop, letterByMessageId, listLetters } from '../store/outbox.ts';
import { pause, pausedNow } from '../store/pause.ts';
import {
  answerWindow,
  openWindowOfThread,
  openWindowsFlaggedAnswered,
  openWindowsWithSubject,
  type Window,
} from '../store/windows.ts';

/** A letter of another Paletti older than this says nothing about two being at work now. */
const foreignLetterDays = 30;

/** The owner's message in Sent: what does it answer? */
export function noteAnswer(w: Writer, message: StoredMessage): void {
  if (hasOwnMessageId(message)) return noteOwnLetter(w, message, message.mail.messageId as string);
  if (isAutomatic(message) || isOwnLetter(message)) return;
  const inThread = openWindowOfThread(w, message.threadId);
  if (inThread !== undefined && inThread.openedAt <= message.receivedAt) close(w, inThread, 'thread', message);
  if (message.clientId === null) return;
  for (const window of openWindowsWithSubject(w, message.clientId, subjectOf(message))) {
    if (window.openedAt <= message.receivedAt) close(w, window, 'subject', message);
  }
}

/**
 * A window that opens although the answer is known already: Sent was read before the question was. Closed at once, so
 * that the record shows both.
 */
export function noteEarlierAnswer(w: Writer, window: Window, question: StoredMessage): void {
  const later = (message: StoredMessage) =>
    message.role === 'sent' &&
    message.receivedAt >= question.receivedAt &&
    !isAutomatic(message) &&
    !isOwnLetter(message);
  const inThread = threadMessages(w, question.threadId).find(later);
  if (inThread !== undefined) return close(w, window, 'thread', inThread);
  if (question.clientId === null) return;
  const since = listMessages(w, { clientId: question.clientId, role: 'sent', since: question.receivedAt });
  const onSubject = since.find((message) => later(message) && subjectOf(message) === subjectOf(question));
  if (onSubject !== undefined) close(w, window, 'subject', onSubject);
}

const subjectOf = (message: StoredMessage) => baseSubject(message.mail.subject);

/** Some providers give what they file a Message-ID of their own; the header stays. */
export function isOwnLetter(message: StoredMessage): boolean {
  return hasOwnMessageId(message) || header(message.mail, 'x-paletti-letter') !== undefined;
}

function hasOwnMessageId(message: StoredMessage): boolean {
  return message.mail.messageId?.startsWith(`<${ownMessageIdPrefix}`) ?? false;
}

/** Her own vacation responder is no answer (RFC 3834, section 5). */
export function isAutomatic(message: StoredMessage): boolean {
  const value = header(message.mail, 'auto-submitted');
  return value !== undefined && !/^\s*no\b/i.test(value);
}

/**
 * A letter with our mark that this database does not know: a second Paletti watches the mailbox, or the database is
 * older than the letter (a restored backup). Either way two might write the same letter, so nothing leaves until the
 * owner has decided.
 */
function noteOwnLetter(w: Writer, message: StoredMessage, messageId: string): void {
  if (letterByMessageId(w, messageId) !== undefined) return;
  if (message.receivedAt < w.now - foreignLetterDays * dayMs) return;
  const why = `Sent holds a letter of Paletti that this database did not write ("${message.mail.subject}"): another Paletti may watch this mailbox, or the database was restored from a backup`;
  const isNew = pausedNow(w, w.now)?.until !== null;
  if (isNew) pause(w, { why, until: null });
  note(w, { kind: 'foreign-letter', subject: `message/${message.id}`, clientId: message.clientId, why });
  // told of once for each time that it stops everything: after `resume` the next one is news again
  if (!isNew) return;
  notice(
    w,
    `foreign-letter/${message.id}`,
    `${why}. Nothing leaves until you decide.`,
    'Make sure that only one Paletti runs, read `paletti outbox`, then `paletti resume`',
  );
}

function close(w: Writer, window: Window, evidence: 'thread' | 'subject' | 'flag', by: StoredMessage): void {
  const answeredAt = evidence === 'flag' ? w.now : by.receivedAt;
  const answeredBy = evidence === 'flag' ? null : by.id;
  if (!answerWindow(w, window.id, { evidence, answeredBy, answeredAt })) return;
  const why = {
    thread: 'your answer in the same thread is in Sent',
    subject: 'you wrote to the client on the same subject',
    flag: 'the message carries the \\Answered flag',
  }[evidence];
  note(w, {
    kind: 'window-answered',
    subject: `window/${window.id}`,
    clientId: window.clientId,
    why,
    data: { by: by.id },
  });
  settleNotices(w, `window/${window.id}`);
  dropAcknowledgements(w, window, `answered first: ${why}`);
}

/** An acknowledgement that has not left is needless once the answer has. */
export function dropAcknowledgements(w: Writer, window: Window, why: string): void {
  for (const letter of listLetters(w, { states: ['held', 'queued'], windowId: window.id })) {
    if (!drop(w, letter.id, 'system', why)) continue;
    note(w, { kind: 'letter-dropped', subject: `letter/${letter.id}`, clientId: letter.clientId, why });
  }
}

/** Whether a message that waits for an answer carries the flag. */
export function hasAnsweredFlags(r: Reader): boolean {
  return openWindowsFlaggedAnswered(r).length > 0;
}

export function noteAnsweredFlags(w: Writer): void {
  for (const window of openWindowsFlaggedAnswered(w)) {
    const message = messageById(w, window.openedBy);
    if (message !== undefined) close(w, window, 'flag', message);
  }
}
