/**
 * Decides whether a message gets an acknowledgement, from when on, what it promises, under which subject and headers.
 * Writes no text, sends nothing and reads no clock.
 */
import type { Belief, BeliefReason } from './belief.ts';
import { isWritableAddress } from './client.ts';
import type { Closure, ContactHours } from './contact-hours.ts';
import { closedBy, lastOpenMinuteBefore, NoOpeningError, nextOpening } from './contact-hours.ts';
import type { ParsedMail } from './message.ts';
import { headersOf } from './message.ts';
import { isDigestedId } from './message-id.ts';
import type { Answer } from './recipient.ts';
import type { Instant, WallMoment } from './time.ts';
import { withoutUnsafe } from './unsafe-characters.ts';
import { addDays, at, dayOf, hourMs, latest, minuteMs, plus, wallMoment } from './time.ts';
import type { Verdict } from './triage.ts';
import { addressesIn, isOwnAddress } from './triage.ts';
import type { Reason } from './reason.ts';
import type { Coded, NoFacts } from './coded.ts';

export interface AcknowledgementSettings {
  enabled: boolean;
  /** whether strangers who write in person get one too */
  to: 'clients' | 'everyone';
  /** from receipt; so long the owner has the first word */
  holdMinutes: number;
  /** during a closure clients are told of it, at what would be the next opening, once for each */
  duringClosures?: boolean;
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
  /** the client was told of the closure that it came in */
  toldOfClosure: boolean;
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
  why: Reason;
  /** the earliest moment it may leave, in contact hours but for a closure that it tells of; null when there is none */
  holdUntil: Instant | null;
}

/** Why none is written, or that one is. */
export type AcknowledgementReason = Coded<{
  history: NoFacts;
  'before-activation': NoFacts;
  stranger: NoFacts;
  'acknowledgements-off': NoFacts;
  'not-believed': { because: BeliefReason };
  'no-window': NoFacts;
  'window-answered': NoFacts;
  'window-closed': NoFacts;
  'already-acknowledged': NoFacts;
  'never-open': NoFacts;
  'recently-acknowledged': NoFacts;
  'enough-waiting': { count: number; perDay: number };
  'promise-past': { due: WallMoment };
  acknowledge: { because: Reason };
  thanks: NoFacts;
}>;

type Refusal = (facts: AcknowledgementFacts, sendAt: Instant | null) => Reason | false;

/**
 * Whether the message is any of our business. Tried before what a person's message may forbid, and before the moment of
 * sending is known.
 */
const firstRefusals: readonly Refusal[] = [
  ({ history }) => history && { code: 'history' },
  ({ receivedAt, activatedAt }) => activatedAt !== null && receivedAt < activatedAt && { code: 'before-activation' },
  ({ settings, isClient }) => settings.to === 'clients' && !isClient && { code: 'stranger' },
];

/** The certain and cheap first, the sender's interval late. */
const laterRefusals: readonly Refusal[] = [
  ({ settings }) => !settings.enabled && { code: 'acknowledgements-off' },
  ({ belief }) => belief?.believed === false && { code: 'not-believed', because: belief.why },
  ({ isEnded }) => isEnded && workEnded,
  ({ answer }) => answer !== null && answer.recipient === null && { code: answer.code },
  ({ window }) => window === null && { code: 'no-window' },
  ({ window }) => window?.state === 'answered' && { code: 'window-answered' },
  ({ window }) => window?.state === 'waived' && { code: 'window-closed' },
  ({ window }) => window?.acknowledged === true && { code: 'already-acknowledged' },
  (_, sendAt) => sendAt === null && { code: 'never-open' },
  isWithinInterval,
  ({ waiting: { count, perDay } }) =>
    count >= Math.max(1, perDay) * daysAhead && { code: 'enough-waiting', count, perDay },
  isPromisePast,
];

/**
 * Whether to write an acknowledgement, and until when to hold it: `holdMinutes` after receipt (or until `now`, if that
 * is later), then the next opening. It is refused when the moment it would promise is before the moment it could leave.
 */
export function decideAcknowledgement(facts: AcknowledgementFacts, now: Instant): AcknowledgementDecision {
  const { verdict } = facts;
  if (verdict.kind !== 'human') return refused(verdict.why);
  const byTriage: Refusal = () => !verdict.answerable && verdict.why;
  const early = refusalAmong([...firstRefusals, byTriage], facts, null);
  if (early !== null) return early;
  const sendAt = earliestSending(facts, now);
  // Without the moment: the reason is kept, and it may wait longer than was known when it was written.
  const why = { code: 'acknowledge', because: verdict.why } as const;
  return refusalAmong(laterRefusals, facts, sendAt) ?? { acknowledge: true, reason: why.code, why, holdUntil: sendAt };
}

/** The first that holds. */
function refusalAmong(
  refusals: readonly Refusal[],
  facts: AcknowledgementFacts,
  sendAt: Instant | null,
): AcknowledgementDecision | null {
  for (const refusal of refusals) {
    const why = refusal(facts, sendAt);
    if (why !== false) return refused(why);
  }
  return null;
}

function refused(why: Reason): AcknowledgementDecision {
  return { acknowledge: false, reason: why.code, why, holdUntil: null };
}

function earliestSending(facts: AcknowledgementFacts, now: Instant): Instant | null {
  const { receivedAt, settings, hours } = facts;
  const tellsOfClosure = settings.duringClosures === true && facts.isClient && !facts.toldOfClosure;
  const isClosed = tellsOfClosure && closureAt(hours, receivedAt) !== null;
  try {
    return nextOpening(
      isClosed ? asIfOpen(hours) : hours,
      latest(plus(receivedAt, settings.holdMinutes * minuteMs), now),
    );
  } catch (error) {
    if (error instanceof NoOpeningError) return null;
    throw error;
  }
}

function isWithinInterval({ lastAcknowledgedAt }: AcknowledgementFacts, sendAt: Instant | null): Reason | false {
  if (lastAcknowledgedAt === null || sendAt === null) return false;
  return sendAt < plus(lastAcknowledgedAt, acknowledgementIntervalMs) && { code: 'recently-acknowledged' };
}

const workEnded: Reason = { code: 'work-ended', answers: true };

function isPromisePast({ window, hours }: AcknowledgementFacts, sendAt: Instant | null): Reason | false {
  if (window === null || sendAt === null || sendAt <= window.dueAt) return false;
  return { code: 'promise-past', due: wallMoment(window.dueAt, hours.timeZone) };
}

/** The weekly hours and holidays, closures not counted: when a letter about a closure leaves. */
export function asIfOpen(hours: ContactHours): ContactHours {
  return { ...hours, closures: [] };
}

/** The closure that a moment lies in; null: none. */
export function closureAt(hours: ContactHours, moment: Instant): Closure | null {
  const by = closedBy(hours, moment);
  return by?.kind === 'closure' ? by.closure : null;
}

/**
 * It leaves when the answer is about to be due, though there were contact hours before in which it could have: the owner
 * holds it for the whole window, and it goes only where she has not answered. What it says is another thing then.
 */
export function isAtTheEnd({ dueAt, leavesAt, hours }: Promised, receivedAt: Instant): boolean {
  const lastCall = plus(dueAt, -leastLeadMs);
  if (leavesAt <= lastCall) return false;
  try {
    return nextOpening(hours, receivedAt) < lastCall;
  } catch (error) {
    if (error instanceof NoOpeningError) return false;
    throw error;
  }
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
): { wanted: true } | { wanted: false; why: Reason } {
  const { windowState, promisedAt, lastAcknowledgedAt, isEnded } = facts;
  const dropped = (why: Reason) => ({ wanted: false, why }) as const;
  if (isEnded) return dropped(workEnded);
  if (windowState === 'answered') return dropped({ code: 'window-answered' });
  if (windowState !== 'open') return dropped({ code: 'no-answer-due' });
  if (promisedAt === null || now > promisedAt) return dropped({ code: 'promise-is-due' });
  const isTooSoon = lastAcknowledgedAt !== null && now < plus(lastAcknowledgedAt, acknowledgementIntervalMs);
  return isTooSoon ? dropped({ code: 'recently-acknowledged' }) : { wanted: true };
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
  const isUsable = bare.length <= longestId && /^[^\s<>]+$/.test(bare) && withoutUnsafe(bare) === bare;
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
