/**
 * Decides whether a message gets an acknowledgement, from when on, what it promises, under which subject and headers.
 * Writes no text, sends nothing and reads no clock.
 */
import type { Belief } from './belief.ts';
import { isWritableAddress } from './client.ts';
import type { ContactHours } from './contact-hours.ts';
import { clockFace, lastOpenMinuteBefore, NoOpeningError, nextOpening } from './contact-hours.ts';
import type { ParsedMail } from './message.ts';
import { headersOf } from './message.ts';
import { isDigestedId } from './message-id.ts';
import type { Answer } from './recipient.ts';
import type { Instant, TimeZone } from './time.ts';
import { addDays, at, dayOf, hourMs, latest, minuteMs, plus, wallClock } from './time.ts';
import type { Verdict } from './triage.ts';
import { addressesIn, isOwnAddress } from './triage.ts';
import { dayInWords } from './words.ts';

export interface AcknowledgementSettings {
  enabled: boolean;
  /** whether strangers who write in person get one too */
  to: 'clients' | 'everyone';
  /** from receipt; so long the owner has the first word */
  holdMinutes: number;
}

/** No second one to an address within this time, whatever the subject (RFC 5230, section 4.2, keys it by sender). */
export const acknowledgementIntervalMs = 72 * hourMs;

/** So many days a promise may be away: what cannot leave by then is not written. */
const daysAhead = 3;

export interface AcknowledgementFacts {
  settings: AcknowledgementSettings;
  verdict: Verdict;
  /** the sender is in the register */
  isClient: boolean;
  /** the work for this client has ended: nothing is promised any more */
  isEnded: boolean;
  /** recorded as history: never acted upon */
  history: boolean;
  receivedAt: Instant;
  /** when Paletti first started here; null: unknown, then nothing is held back for it */
  activatedAt: Instant | null;
  /** whom it would go to, or why to nobody; null: history, which is refused before it is looked at */
  answer: Answer | null;
  /** whether it is what it claims to be; null: nobody asked, as of a stranger's */
  belief: Belief | null;
  /** acknowledgements that wait for the same client already, or for strangers, and how many of them leave on a day */
  waiting: { count: number; perDay: number };
  /** the window the message opens or joins; null: none */
  window: AcknowledgedWindow | null;
  /** when the last one to the same address was written or sent; null: never */
  lastAcknowledgedAt: Instant | null;
  /** those that hold for the client */
  hours: ContactHours;
}

export interface AcknowledgedWindow {
  state: 'open' | 'answered' | 'waived';
  /** the moment the acknowledgement promises */
  dueAt: Instant;
  /** one was written for it already, whatever became of it */
  acknowledged: boolean;
}

export interface AcknowledgementDecision {
  acknowledge: boolean;
  /** stable, kebab-case: the verdict's code, or one of the refusals below, or 'acknowledge' */
  reason: string;
  why: string;
  /** the earliest moment it may leave, always in contact hours; null when there is none */
  holdUntil: Instant | null;
}

interface Refusal {
  code: string;
  when(facts: AcknowledgementFacts, sendAt: Instant | null): string | false;
}

/**
 * Whether the message is any of our business. Tried before what a person's message may forbid, and before the moment of
 * sending is known.
 */
const firstRefusals: readonly Refusal[] = [
  {
    code: 'history',
    when: ({ history }) => history && 'it was there before Paletti, or before the mailbox was renumbered',
  },
  { code: 'before-activation', when: isBeforeActivation },
  { code: 'stranger', when: isStranger },
];

/** The certain and cheap first, the sender's interval late. */
const laterRefusals: readonly Refusal[] = [
  { code: 'acknowledgements-off', when: ({ settings }) => !settings.enabled && 'acknowledgements are switched off' },
  {
    code: 'not-believed',
    when: ({ belief }) => belief?.believed === false && `its sender is doubtful: it ${belief.why}`,
  },
  { code: 'work-ended', when: ({ isEnded }) => isEnded && workEnded },
  { code: 'no-valid-address', when: noAnswer('no-valid-address') },
  { code: 'not-authenticated', when: noAnswer('not-authenticated') },
  { code: 'no-window', when: ({ window }) => window === null && 'no answer is due for it' },
  { code: 'window-answered', when: ({ window }) => window?.state === 'answered' && 'you have answered already' },
  {
    code: 'window-closed',
    when: ({ window }) => window?.state === 'waived' && 'you have settled that no answer is due',
  },
  { code: 'already-acknowledged', when: isAcknowledged },
  {
    code: 'never-open',
    when: (_, sendAt) => sendAt === null && 'there are no contact hours within a year in which it could leave',
  },
  { code: 'recently-acknowledged', when: isWithinInterval },
  {
    code: 'enough-waiting',
    when: ({ waiting: { count, perDay } }) =>
      count >= Math.max(1, perDay) * daysAhead &&
      `${count} acknowledgements wait already, of which ${perDay} may leave on a day`,
  },
  { code: 'promise-past', when: isPromisePast },
];

/**
 * Whether to write an acknowledgement, and until when to hold it: `holdMinutes` after receipt (or until `now`, if that
 * is later), then the next opening. It is refused when the moment it would promise is before the moment it could leave.
 */
export function decideAcknowledgement(facts: AcknowledgementFacts, now: Instant): AcknowledgementDecision {
  const { verdict } = facts;
  if (verdict.kind !== 'human') return refused(verdict.code, verdict.why);
  const byTriage: Refusal = { code: verdict.code, when: () => !verdict.answerable && verdict.why };
  const early = refusalAmong([...firstRefusals, byTriage], facts, null);
  if (early !== null) return early;
  const sendAt = earliestSending(facts, now);
  // Without the moment: the words are kept, and it may wait longer than was known when they were written.
  const held = `${verdict.why}; an acknowledgement leaves, unless you answer first`;
  return (
    refusalAmong(laterRefusals, facts, sendAt) ?? {
      acknowledge: true,
      reason: 'acknowledge',
      why: held,
      holdUntil: sendAt,
    }
  );
}

/** The first that holds. */
function refusalAmong(
  refusals: readonly Refusal[],
  facts: AcknowledgementFacts,
  sendAt: Instant | null,
): AcknowledgementDecision | null {
  for (const { code, when } of refusals) {
    const why = when(facts, sendAt);
    if (why !== false) return refused(code, why);
  }
  return null;
}

function refused(reason: string, why: string): AcknowledgementDecision {
  return { acknowledge: false, reason, why, holdUntil: null };
}

function earliestSending({ receivedAt, settings, hours }: AcknowledgementFacts, now: Instant): Instant | null {
  try {
    return nextOpening(hours, latest(plus(receivedAt, settings.holdMinutes * minuteMs), now));
  } catch (error) {
    if (error instanceof NoOpeningError) return null;
    throw error;
  }
}

function isBeforeActivation({ receivedAt, activatedAt }: AcknowledgementFacts): string | false {
  return activatedAt !== null && receivedAt < activatedAt && 'it was received before Paletti first started';
}

function isStranger({ settings, isClient }: AcknowledgementFacts): string | false {
  return settings.to === 'clients' && !isClient && 'the sender is not in the register of clients';
}

function noAnswer(code: string): Refusal['when'] {
  return ({ answer }) => answer !== null && answer.recipient === null && answer.code === code && answer.why;
}

function isAcknowledged({ window }: AcknowledgementFacts): string | false {
  return window?.acknowledged === true && 'an acknowledgement was already written for this response window';
}

function isWithinInterval({ lastAcknowledgedAt }: AcknowledgementFacts, sendAt: Instant | null): string | false {
  if (lastAcknowledgedAt === null || sendAt === null) return false;
  return sendAt < plus(lastAcknowledgedAt, acknowledgementIntervalMs) && tooSoon;
}

function isPromisePast({ window, hours }: AcknowledgementFacts, sendAt: Instant | null): string | false {
  if (window === null || sendAt === null || sendAt <= window.dueAt) return false;
  return `it could leave after the answer is due (${momentInWords(window.dueAt, hours.timeZone)})`;
}

const workEnded = 'the work for this client has ended: what is answered, and when, is yours to say';
const tooSoon = 'the same reader was sent an acknowledgement less than 72 hours before';

/** '23 November 2026 at 09:00 (Europe/Rome)' */
function momentInWords(moment: Instant, zone: TimeZone): string {
  const { day, minute } = wallClock(moment, zone);
  return `${dayInWords(day)} at ${clockFace(minute)} (${zone})`;
}

/** A promise nearer than this, no person keeps: the owner would be told of it after her last warning was due. */
const leastLeadMs = 4 * hourMs;

/**
 * The moment an acknowledgement promises: when the answer is due. After a closure or a long weekend that is the very
 * moment at which it leaves; then the end of the day's contact hours, or of the first day after it that leaves time
 * enough. Never before the answer is due.
 * @param leavesAt in contact hours, and not after `dueAt` by more than the letter has waited
 */
export function promiseOf({ dueAt, leavesAt, hours }: Promised): Instant {
  const earliest = plus(leavesAt, leastLeadMs);
  if (dueAt >= earliest) return dueAt;
  try {
    return endOfContact(hours, nextOpening(hours, earliest));
  } catch (error) {
    if (error instanceof NoOpeningError) return latest(dueAt, earliest);
    throw error;
  }
}

interface Promised {
  dueAt: Instant;
  leavesAt: Instant;
  /** those that hold for the client */
  hours: ContactHours;
}

/** When the last block of the day ends; a block that runs past midnight counts until midnight. */
function endOfContact(hours: ContactHours, open: Instant): Instant {
  const midnight = at(addDays(dayOf(open, hours.timeZone), 1), 0, hours.timeZone);
  const last = lastOpenMinuteBefore(hours, midnight) ?? open;
  return plus(last, minuteMs) < midnight ? plus(last, minuteMs) : last;
}

export interface StillWantedFacts {
  /** null: the window is gone */
  windowState: 'open' | 'answered' | 'waived' | null;
  /** what the written letter promises */
  promisedAt: Instant | null;
  /** when an acknowledgement last left to the same address; not this one */
  lastAcknowledgedAt: Instant | null;
  /** the work for the client has ended since */
  isEnded: boolean;
}

/** Asked again at the moment of sending: what was right when it was written may be stale now. */
export function stillWantedAcknowledgement(
  facts: StillWantedFacts,
  now: Instant,
): { wanted: boolean; reason: string; why: string } {
  const { windowState, promisedAt, lastAcknowledgedAt, isEnded } = facts;
  const dropped = (reason: string, why: string) => ({ wanted: false, reason, why });
  if (isEnded) return dropped('work-ended', workEnded);
  if (windowState === 'answered') return dropped('window-answered', 'you have answered already');
  if (windowState !== 'open') return dropped('window-closed', 'no answer is due any more');
  if (promisedAt === null || now > promisedAt) return dropped('promise-past', 'the answer it promises is already due');
  if (lastAcknowledgedAt !== null && now < plus(lastAcknowledgedAt, acknowledgementIntervalMs)) {
    return dropped('recently-acknowledged', tooSoon);
  }
  return { wanted: true, reason: 'acknowledge', why: 'the message still waits for its answer' };
}

/** References may grow without end; beyond this many characters the middle of the thread is left out. */
const longestReferences = 6_000;
const longestId = 900;

export interface AcknowledgementHeaders {
  /** the Message-ID answered; null when it had none (RFC 5230, section 5.8) */
  inReplyTo: string | null;
  references: string[];
  headers: Record<string, string>;
}

/**
 * Threading and robot marks of the answer (RFC 3834, section 3.1.7; RFC 5322, section 3.6.4; MS-OXCMAIL). X-Loop carries
 * the owner's alias, so that triage knows the letter when it comes back.
 */
export function acknowledgementHeaders(mail: ParsedMail, options: { alias?: string } = {}): AcknowledgementHeaders {
  const { alias } = options;
  const headers: Record<string, string> = {
    'Auto-Submitted': 'auto-replied',
    'X-Auto-Response-Suppress': 'All',
    Precedence: 'bulk',
  };
  if (alias !== undefined && isWritableAddress(alias)) headers['X-Loop'] = alias;
  return { inReplyTo: cleanId(mail.messageId ?? ''), references: referencesFor(mail), headers };
}

/** The thread so far and the message itself. Without References, In-Reply-To stands in when it names exactly one. */
function referencesFor(mail: ParsedMail): string[] {
  const single = mail.inReplyTo.length === 1 ? mail.inReplyTo : [];
  const older = mail.references.length > 0 ? mail.references : single;
  const ids = [...older, mail.messageId ?? ''].map(cleanId).filter((id) => id !== null);
  // A repeated id counts where it stands last: the newest must be the message answered.
  const once = ids.filter((id, index) => ids.lastIndexOf(id) === index);
  return withinLength(once);
}

/** The first (the root of the thread) and as many of the newest as fit. */
function withinLength(ids: string[]): string[] {
  const [root, ...rest] = ids;
  if (root === undefined) return [];
  let length = root.length;
  const kept: string[] = [];
  for (const id of rest.toReversed()) {
    length += id.length + 1;
    if (length > longestReferences) break;
    kept.unshift(id);
  }
  return [root, ...kept];
}

/** `<id>` on one line, or null when it could not stand in a header. */
function cleanId(text: string): string | null {
  const bare = text.trim().replace(/^<|>$/g, '');
  if (isDigestedId(text)) return null;
  const isUsable = bare !== '' && bare.length <= longestId && /^[^\s<>\p{Cc}\p{Cf}]+$/u.test(bare);
  return isUsable ? `<${bare}>` : null;
}

/**
 * The owner's address that was written to: the first found in To, Cc, Bcc, the Resent- headers, then the delivery's.
 * @param fallback when none of the owner's addresses is named
 * @returns lower-cased, as the owner listed it, without a `+detail` of the sender's
 */
export function aliasWrittenTo(mail: ParsedMail, ownAddresses: readonly string[], fallback: string): string {
  const later = ['bcc', 'resent-to', 'resent-cc', 'resent-bcc', 'delivered-to', 'x-original-to', 'envelope-to'];
  const named = [
    ...[...mail.to, ...mail.cc].map(({ address }) => address),
    ...later.flatMap((name) => headersOf(mail, name).flatMap(addressesIn)),
  ];
  for (const address of named) {
    const own = ownAddresses.find((each) => isOwnAddress(address, [each]));
    if (own !== undefined) return own.toLowerCase();
  }
  return fallback.toLowerCase();
}
