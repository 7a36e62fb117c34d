/**
 * After a refused login the server is left alone for a while (for reading, longer each time): repeated refusals lock
 * accounts, but many a refusal is only the server's bad minute. The owner hears of each such time once, until it is over.
 * Speaks to no server.
 */
import { type AppError, type SignInNeed, SignInNeeded } from '../errors.ts';
import { fromIso, hourMs, type Instant, minuteMs, plus, toIso } from '../rules/time.ts';
import type { Reader, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { notice, settleNotices } from '../store/notices.ts';
import { faultReason } from '../rules/reason.ts';

const firstPauseMs = minuteMs;
const longestPauseMs = hourMs / 2;

const key = (mailbox: string) => `imap-login-refused/${mailbox}`;

interface Refusals {
  since: Instant;
  count: number;
  until: Instant;
}

/** A pause that lies further ahead than any can be was written by a clock that has been set back since. */
export function loginPausedUntil(r: Reader, mailbox: string, now: Instant): Instant | undefined {
  const until = refusalsOf(r, mailbox)?.until;
  return until !== undefined && now < until && until - now <= longestPauseMs ? until : undefined;
}

export function isLoginPaused(r: Reader, mailbox: string, now: Instant): boolean {
  return loginPausedUntil(r, mailbox, now) !== undefined;
}

export function noteLoginRefused(w: Writer, mailbox: string, error: AppError): void {
  if (error instanceof SignInNeeded) return noteSignInNeeded(w, error.need);
  // the same refusal, seen by a pass and by the listener
  if (isLoginPaused(w, mailbox, w.now)) return;
  const { since, count } = refusalsOf(w, mailbox) ?? { since: w.now, count: 0 };
  const until = plus(w.now, Math.min(longestPauseMs, firstPauseMs * 2 ** count));
  setFact(w, key(mailbox), [toIso(since), count + 1, toIso(until)].join(' '));
  notice(w, `login/${mailbox}/imap/${toIso(since)}`, {
    code: 'login-refused',
    mailbox,
    how: 'reading',
    fault: faultReason(error),
  });
}

export function noteLoginAccepted(w: Writer, mailbox: string): void {
  for (const known of [key(mailbox), signInKey(mailbox)]) if ((factOf(w, known) ?? '') !== '') setFact(w, known, '');
  settleNotices(w, `login/${mailbox}/imap`);
  settleNotices(w, `sign-in/${mailbox}`);
}

export function wasLoginRefused(r: Reader, mailbox: string): boolean {
  return refusalsOf(r, mailbox) !== undefined || (factOf(r, signInKey(mailbox)) ?? '') !== '';
}

/** Since when a sign-in is wanted; '' when none is. */
const signInKey = (mailbox: string) => `sign-in-needed/${mailbox}`;

/**
 * No pause: no server is asked while a sign-in is wanted, and the first look after it should not have to wait. One notice,
 * whoever met it first, until the mailbox is read again.
 */
function noteSignInNeeded(w: Writer, need: SignInNeed): void {
  const since = factOf(w, signInKey(need.mailbox)) || toIso(w.now);
  setFact(w, signInKey(need.mailbox), since);
  notice(w, `sign-in/${need.mailbox}/${since}`, { code: 'sign-in-wanted', ...need });
}

function refusalsOf(r: Reader, mailbox: string): Refusals | undefined {
  const [since = '', count = '0', until = ''] = (factOf(r, key(mailbox)) ?? '').split(' ');
  if (since === '' || until === '') return undefined;
  return { since: fromIso(since), count: Number(count), until: fromIso(until) };
}

/** Of one length: a letter that waits does not ask as often as the inbox. */
const sendingPauseMs = hourMs / 2;

const sendingPausedKey = (mailbox: string) => `smtp-login-paused/${mailbox}`;
const sendingRefusedKey = (mailbox: string) => `smtp-login-refused/${mailbox}`;

/** A pause that lies further ahead than any can be was written by a clock that has been set back since. */
export function isSendingPaused(r: Reader, mailbox: string, now: Instant): boolean {
  const until = factOf(r, sendingPausedKey(mailbox)) ?? '';
  const left = until === '' ? 0 : fromIso(until) - now;
  return left > 0 && left <= sendingPauseMs;
}

/** @returns when it may be tried again */
export function noteSendingRefused(w: Writer, mailbox: string, error: AppError): Instant {
  if (error.cause instanceof SignInNeeded) {
    noteSignInNeeded(w, error.cause.need);
    return plus(w.now, minuteMs);
  }
  const until = plus(w.now, sendingPauseMs);
  setFact(w, sendingPausedKey(mailbox), toIso(until));
  const since = factOf(w, sendingRefusedKey(mailbox)) || toIso(w.now);
  setFact(w, sendingRefusedKey(mailbox), since);
  notice(w, `login/${mailbox}/smtp/${since}`, {
    code: 'login-refused',
    mailbox,
    how: 'sending',
    fault: faultReason(error),
  });
  return until;
}

export function noteSendingAccepted(w: Writer, mailbox: string): void {
  for (const key of [sendingPausedKey(mailbox), sendingRefusedKey(mailbox)])
    if ((factOf(w, key) ?? '') !== '') setFact(w, key, '');
  settleNotices(w, `login/${mailbox}/smtp`);
}
