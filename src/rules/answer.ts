/**
 * What counts as an answer: whether a mail of the owner's side answers a client who waits, with the reason. The one home
 * of it. Finds no mail and closes nothing.
 */
import { recipientsOf } from './authorship.ts';
import { plainAddress } from './client.ts';
import { header, type ParsedMail } from './message.ts';
import { isForwardSubject } from './subject.ts';
import type { Instant } from './time.ts';
import { isOutOfOffice, ownMessageIdPrefix, triage } from './triage.ts';

/** A mail of the owner's or of a colleague's, wherever it lies. */
export interface Reply {
  mail: ParsedMail;
  flags: readonly string[];
  receivedAt: Instant;
  /** without marks of answers */
  baseSubject: string;
}

/** What waits for an answer: the messages of one response window. */
export interface Question {
  /** Message-IDs of the messages that wait */
  messageIds: ReadonlySet<string>;
  /** when the first of them was received */
  openedAt: Instant;
  /** of the first message and of its thread */
  baseSubjects: readonly string[];
  /** the reply lies in the same thread */
  inThread: boolean;
  /** whether an address is the client's, or one that the question came from or wants its answer at */
  isAsker(address: string): boolean;
  /** others that the question was sent to, lower-cased, without the owner's side */
  copiedTo: readonly string[];
}

export type AnswerVerdict =
  | { answers: true; evidence: 'thread' | 'subject'; code: 'names-it' | 'in-thread' | 'same-subject' }
  | { answers: false; code: NoAnswer | NotToThem };

type NoAnswer = 'own-letter' | 'draft' | 'automatic';

type NotToThem = 'to-nobody' | 'to-others' | 'other-matter' | 'earlier';

/**
 * A mail that names the question is later than it, whatever the servers' clocks say; one that does not must have been
 * received after it. Evidence by subject is the weaker one, and needs the client among the recipients.
 */
export function answerTo(reply: Reply, question: Question): AnswerVerdict {
  const no = noAnswer(reply.mail, reply.flags) ?? notToThem(reply, question);
  if (no !== null) return { answers: false, code: no };
  const named = [...reply.mail.inReplyTo, ...reply.mail.references];
  if (named.some((id) => question.messageIds.has(id))) return { answers: true, evidence: 'thread', code: 'names-it' };
  const isSameSubject = question.baseSubjects.includes(reply.baseSubject);
  if (!question.inThread && !isSameSubject) return { answers: false, code: 'other-matter' };
  if (reply.receivedAt < question.openedAt) return { answers: false, code: 'earlier' };
  if (question.inThread) return { answers: true, evidence: 'thread', code: 'in-thread' };
  return { answers: true, evidence: 'subject', code: 'same-subject' };
}

/**
 * Why a mail of the owner's side answers nobody, whatever it is about: nobody has written it by hand, or nobody has sent
 * it yet. Null: a person wrote it and it left.
 */
export function noAnswer(mail: ParsedMail, flags: readonly string[]): NoAnswer | null {
  if (isOwnLetter(mail)) return 'own-letter';
  if (isDraft(mail, flags)) return 'draft';
  const { kind, code } = triage(mail, { role: 'inbox', flags: [], ownAddresses: [] });
  const isRobot = robotKinds.has(kind) && !senderCodes.has(code);
  return isRobot || isOutOfOffice(mail) ? 'automatic' : null;
}

/** An invitation sent as an answer is one: a person chose the day. */
const robotKinds: ReadonlySet<string> = new Set(['automatic', 'receipt', 'bounce']);

/** The owner's address may look like a program's: she writes from it all the same. */
const senderCodes: ReadonlySet<string> = new Set([
  'no-reply-sender',
  'system-sender',
  'notice-sender',
  'daemon-sender',
]);

/** Some providers give what they file a Message-ID of their own; the header stays. */
export function isOwnLetter(mail: ParsedMail): boolean {
  return hasOwnMessageId(mail) || header(mail, 'x-paletti-letter') !== undefined;
}

export function hasOwnMessageId(mail: ParsedMail): boolean {
  return mail.messageId?.startsWith(`<${ownMessageIdPrefix}`) ?? false;
}

/** By the flag (RFC 3501, section 2.3.2), or by what mail programs write into a draft and take out when it leaves. */
export function isDraft(mail: ParsedMail, flags: readonly string[]): boolean {
  if (flags.some((flag) => flag.toLowerCase() === '\\draft')) return true;
  if (header(mail, 'x-mozilla-draft-info') !== undefined || header(mail, 'x-unsent')?.trim() === '1') return true;
  return /mail-draft/i.test(header(mail, 'x-uniform-type-identifier') ?? '');
}

function notToThem({ mail }: Reply, question: Question): NotToThem | null {
  const recipients = recipientsOf(mail);
  if (recipients.some((address) => question.isAsker(address))) return null;
  if (recipients.length === 0) return 'to-nobody';
  const copied = new Set(question.copiedTo.map(plainAddress));
  const isToAll = recipients.some((address) => copied.has(plainAddress(address)));
  // To somebody who had a copy anyway: an answer to all of a list, unless it was sent on to him.
  if (isToAll && question.inThread && !isForwardSubject(mail.subject)) return null;
  return 'to-others';
}
