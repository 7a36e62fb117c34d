/**
 * Whether a mail answers letters of ours, or says that money was sent: whoever wrote it, and however his program marks
 * it. The one home of it. What follows is decided where holds are made.
 */
import { isChallenge } from './challenge.ts';
import type { MessageKind, ParsedMail } from './message.ts';
import { baseSubject, hasMark } from './subject.ts';
import { isOutOfOffice, isPaymentClaim } from './triage.ts';

export interface LetterFacts {
  id: number;
  subject: string;
}

export interface LetterReplyFacts<L extends LetterFacts> {
  mail: ParsedMail;
  kind: MessageKind;
  /** it is recorded for a client */
  isClient: boolean;
  /** letters whose Message-ID stands in its In-Reply-To or References */
  named: readonly L[];
  /** letters that left for this client not long ago */
  recent: readonly L[];
}

export interface LetterReply<L extends LetterFacts> {
  /** those that it answers; none for a claim that names none */
  letters: L[];
  claims: boolean;
  code: 'names-a-letter' | 'on-the-subject' | 'claims-payment';
}

/** In its own words, or in a subject of its own: one behind "Re:" is somebody else's. */
export function claimsPayment({ newText, subject }: Pick<ParsedMail, 'newText' | 'subject'>): boolean {
  return isPaymentClaim(newText) || (!hasMark(subject) && isPaymentClaim(subject));
}

/** What a program sends without anybody having written. */
const nobodys: ReadonlySet<MessageKind> = new Set(['bounce', 'receipt', 'own', 'spam']);

/**
 * A mail that names a letter answers it. A client's on the very subject of a letter does, too: some programs take the
 * references out. A client's claim of payment counts in every kind of mail.
 */
export function letterReply<L extends LetterFacts>(facts: LetterReplyFacts<L>): LetterReply<L> | null {
  const { mail, kind, isClient, named, recent } = facts;
  const isNobodys = nobodys.has(kind) && !(kind === 'spam' && named.length > 0);
  if (isNobodys || isOutOfOffice(mail) || isChallenge(mail)) return null;
  const claims = claimsPayment(mail);
  if (named.length > 0) return { letters: [...named], claims, code: 'names-a-letter' };
  if (!isClient) return null;
  const subject = baseSubject(mail.subject);
  const onSubject = subject === '' ? [] : recent.filter((letter) => baseSubject(letter.subject) === subject);
  if (onSubject.length > 0) return { letters: onSubject, claims, code: 'on-the-subject' };
  return claims ? { letters: [], claims, code: 'claims-payment' } : null;
}
