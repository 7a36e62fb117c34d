/**
 * Closes response windows on evidence: what the owner or a colleague wrote, or the \Answered flag. Whether a mail is an
 * answer is decided in rules/answer. Also notices letters that another Paletti sent from the same mailbox. Writes no
 * letter.
 */
import { answerTo, hasOwnMessageId, type Question } from '../rules/answer.ts';
import { authenticationOf } from '../rules/authentication.ts';
import { recipientsOf } from '../rules/authorship.ts';
import { plainAddress } from '../rules/client.ts';
import { roleOfPlace } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { baseSubject } from '../rules/subject.ts';
import { dayMs, latest } from '../rules/time.ts';
import { isOwnAddress } from '../rules/triage.ts';
import { clientIdByAddress } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { listMessages, messageById, messagesOfWindow, type StoredMessage, threadMessages } from '../store/messages.ts';
import { notice, settleNotices } from '../store/notices.ts';
import { drop, letterByMessageId, listLetters } from '../store/outbox.ts';
import { pause, pausedNow } from '../store/pause.ts';
import { threadSubject } from '../store/threads.ts';
import {
  answerWindow,
  openWindowOfThread,
  openWindowsFlaggedAnswered,
  openWindowsWithSubject,
  type Window,
} from '../store/windows.ts';
import type { Reason } from '../rules/reason.ts';

/** A letter of another Paletti older than this says nothing about two being at work now. */
const foreignLetterDays = 30;

/** A message of the owner's side: what does it answer? */
export function noteAnswer(w: Writer, settings: Settings, message: StoredMessage): void {
  const { messageId } = message.mail;
  if (hasOwnMessageId(message.mail) && messageId !== null && roleOfPlace(message.place) === 'sent')
    return noteOwnLetter(w, message, messageId);
  if (isDoubtful(settings, message)) return;
  for (const window of windowsConcerned(w, message)) closeIfAnswered(w, settings, window, message);
}

/** In INBOX anybody may have put her name on it. */
function isDoubtful({ acknowledgement }: Settings, { place, mail }: StoredMessage): boolean {
  const { authServers } = acknowledgement.policies;
  return roleOfPlace(place) === 'inbox' && authenticationOf(mail, authServers).state === 'failed';
}

/** The thread's window, and those of the client on the same subject. */
function windowsConcerned(r: Reader, { threadId, clientId, mail }: StoredMessage): Window[] {
  const inThread = openWindowOfThread(r, threadId);
  const onSubject = clientId === null ? [] : openWindowsWithSubject(r, clientId, baseSubject(mail.subject));
  return inThread === undefined ? onSubject : [inThread, ...onSubject.filter(({ id }) => id !== inThread.id)];
}

/**
 * A window that opens although the answer is known already: Sent was read before the question was. Closed at once, so
 * that the record shows both.
 */
export function noteEarlierAnswer(w: Writer, settings: Settings, window: Window, question: StoredMessage): void {
  const inThread = threadMessages(w, question.threadId);
  const { clientId } = question;
  const later =
    clientId === null ? [] : listMessages(w, { clientId, role: 'sent', since: question.receivedAt }).toReversed();
  for (const message of [...inThread, ...later])
    if (message.role === 'sent' && !isDoubtful(settings, message) && closeIfAnswered(w, settings, window, message))
      return;
}

/** @returns whether it was closed */
function closeIfAnswered(w: Writer, settings: Settings, window: Window, message: StoredMessage): boolean {
  const { mail, flags, receivedAt } = message;
  const reply = { mail, flags, receivedAt, baseSubject: baseSubject(mail.subject) };
  const verdict = answerTo(reply, questionOf(w, settings, window, message));
  if (!verdict.answers) return false;
  return close(w, window, { evidence: verdict.evidence, by: message, why: whyAnswered(verdict.evidence, message) });
}

function whyAnswered(evidence: 'thread' | 'subject', { place, mail }: StoredMessage): Reason {
  if (evidence === 'subject') return { code: 'same-subject' };
  return { code: 'in-thread', where: roleOfPlace(place), from: mail.from?.address ?? null };
}

/** What waits in a window, as the rule asks for it. */
function questionOf(r: Reader, settings: Settings, window: Window, { threadId }: StoredMessage): Question {
  const waiting = messagesOfWindow(r, window);
  const ours = [...settings.owner.addresses, ...settings.owner.colleagues];
  const isTheirs = (address: string) => address !== '' && !isOwnAddress(address, ours);
  const askers = new Set(
    waiting
      .flatMap(({ mail }) => askersOf(mail))
      .filter(isTheirs)
      .map(plainAddress),
  );
  const isClients = (address: string) => window.clientId !== null && clientIdByAddress(r, address) === window.clientId;
  return {
    messageIds: new Set(waiting.flatMap(({ mail }) => mail.messageId ?? [])),
    openedAt: window.openedAt,
    baseSubjects: [...waiting.map(({ mail }) => baseSubject(mail.subject)), ...threadSubject(r, window.threadId)],
    inThread: window.threadId === threadId,
    isAsker: (address) => askers.has(plainAddress(address)) || isClients(address),
    copiedTo: waiting.flatMap(({ mail }) => recipientsOf(mail)).filter(isTheirs),
  };
}

/** Whoever wrote it, and where the answer is wanted. */
function askersOf({ from, sender, replyTo }: StoredMessage['mail']): string[] {
  return [from, sender, ...replyTo].flatMap((one) => one?.address ?? []);
}

/**
 * A letter with our mark that this database does not know: a second Paletti watches the mailbox, or the database is
 * older than the letter (a restored backup). Either way two might write the same letter, so nothing leaves until the
 * owner has decided.
 */
function noteOwnLetter(w: Writer, message: StoredMessage, messageId: string): void {
  if (letterByMessageId(w, messageId) !== undefined) return;
  if (message.receivedAt < w.now - foreignLetterDays * dayMs) return;
  const why = { code: 'foreign-letter', subject: message.mail.subject } as const;
  const isNew = pausedNow(w, w.now)?.until !== null;
  if (isNew) pause(w, { why, until: null });
  note(w, { kind: 'foreign-letter', subject: `message/${message.id}`, clientId: message.clientId, why });
  // told of once for each time that it stops everything: after `resume` the next one is news again
  if (!isNew) return;
  notice(w, `foreign-letter/${message.id}`, { code: 'foreign-letter', because: why });
}

interface Evidence {
  evidence: 'thread' | 'subject' | 'flag';
  by: StoredMessage;
  why: Reason;
}

/** A copy's own date may be earlier than the question that it names: then it counts as given when the question came. */
function close(w: Writer, window: Window, { evidence, by, why }: Evidence): boolean {
  const isFlag = evidence === 'flag';
  const answeredAt = isFlag ? w.now : latest(by.receivedAt, window.openedAt);
  if (!answerWindow(w, window.id, { evidence, answeredBy: isFlag ? null : by.id, answeredAt })) return false;
  note(w, {
    kind: 'window-answered',
    subject: `window/${window.id}`,
    clientId: window.clientId,
    why,
    data: { by: by.id },
  });
  settleNotices(w, `window/${window.id}`);
  dropAcknowledgements(w, window, { code: 'answered-first', because: why });
  return true;
}

/** An acknowledgement that has not left is needless once the answer has. */
export function dropAcknowledgements(w: Writer, window: Window, why: Reason): void {
  for (const { id } of listLetters(w, { states: ['held', 'queued'], windowId: window.id })) drop(w, id, 'system', why);
}

/** Whether a message that waits for an answer carries the flag. */
export function hasAnsweredFlags(r: Reader): boolean {
  return openWindowsFlaggedAnswered(r).length > 0;
}

export function noteAnsweredFlags(w: Writer): void {
  for (const window of openWindowsFlaggedAnswered(w)) {
    const message = messageById(w, window.openedBy);
    if (message === undefined) continue;
    close(w, window, { evidence: 'flag', by: message, why: { code: 'answered-flag' } });
  }
}
