/**
 * Does the record bear out the reason of an exit? A letter that ends the work may name only what is so. What only the
 * owner can judge (scope, direction, capacity, her own words) is hers to say. Sends nothing, reads nothing.
 */
import type { Debt } from './invoice.ts';
import { nearest } from './nearest.ts';
import { type ExitReason, exitReasons, type ReasonFault, type RecordShows } from './exit-remarks.ts';
import { type RedFlag, type Sign, signs } from './red-flags.ts';
import type { SettledDate } from './settled-dates.ts';
import type { LocalDay } from './time.ts';

export { exitReasons, type ExitReason };

/** What is on record of the client, as of now. */
export interface ReasonRecord {
  /** past their day, undisputed */
  overdue: readonly Debt[];
  settled: readonly SettledDate[];
  /** written by a person of the client */
  messages: number;
  messagesOutOfHours: number;
  /** calls, chats and meetings that the client began, as logged */
  contacts: number;
  contactsOutOfHours: number;
  contractSignedOn: LocalDay | null;
  /** what warning signs say of the client, speaking or with too few cases to tell */
  signs: readonly Pick<RedFlag, 'sign' | 'words' | 'strength'>[];
}

/** Which signs bear out a reason that the record cannot count by itself: one of them has to speak. */
const signsFor = {
  silence: ['silence'],
  control: ['control'],
  price: ['refuses-price'],
  refusal: ['refuses-contract', 'will-not-sign'],
} as const satisfies Partial<Record<ExitReason, readonly Sign[]>>;

const longestReason = 160;

/** The letter takes one reason. Own words are one short line, not a list. */
export function reasonFaults(exit: { reason: ExitReason; ownWords: string }): ReasonFault[] {
  if (exit.reason !== 'own-words') return [];
  const words = exit.ownWords.trim();
  if (words === '') return [{ code: 'reason-is-empty' }];
  const isList = /[\n;•]|^\s*[-*\d]+[.)]?\s/u.test(words) || /[.!?]\s+\p{L}/u.test(words);
  if (isList) return [{ code: 'reason-is-a-list' }];
  return words.length > longestReason ? [{ code: 'reason-too-long', longest: longestReason }] : [];
}

/** The letter says "repeatedly". */
const repeatedly = 2;

/** Why the letter may not name this reason, with the figures; empty when it may. */
export function reasonAgainstRecord(reason: ExitReason, record: ReasonRecord): ReasonFault[] {
  const because = showsInstead(reason, record);
  return because === null ? [] : [{ code: 'not-what-the-record-shows', reason, because }];
}

function showsInstead(reason: ExitReason, record: ReasonRecord): RecordShows | null {
  if (reason === 'late-payment') return latePaymentFault(record);
  if (reason === 'non-payment') return record.overdue.length > 0 ? null : { code: 'nothing-is-overdue' };
  if (reason === 'contact-hours') return contactHoursFault(record);
  if ((reason === 'refusal' || reason === 'no-contract') && record.contractSignedOn !== null)
    return { code: 'contract-is-signed', on: record.contractSignedOn };
  return isOfSigns(reason) ? signFault(reason, record) : null;
}

function isOfSigns(reason: ExitReason): reason is keyof typeof signsFor {
  return Object.hasOwn(signsFor, reason);
}

function signFault(reason: keyof typeof signsFor, { signs }: ReasonRecord): RecordShows | null {
  const wanted: readonly string[] = signsFor[reason];
  const found = signs.filter(({ sign }) => wanted.includes(sign));
  if (found.some(({ strength }) => strength > 0)) return null;
  return { code: 'signs-are-silent', seen: found.map(({ words }) => words) };
}

/** Something overdue is named with its figures; without it, payments must have come late more than once. */
function latePaymentFault({ overdue, settled }: ReasonRecord): RecordShows | null {
  const late = settled.filter(({ daysLate }) => daysLate > 0);
  if (overdue.length > 0 || late.length >= repeatedly) return null;
  return { code: 'paid-in-time', settled: settled.map(({ number, daysLate }) => ({ number, daysLate })) };
}

function contactHoursFault(record: ReasonRecord): RecordShows | null {
  const { messages, messagesOutOfHours, contacts, contactsOutOfHours } = record;
  if (messagesOutOfHours + contactsOutOfHours >= repeatedly) return null;
  return { code: 'hours-are-kept', messages, messagesOutOfHours, contacts, contactsOutOfHours };
}

/**
 * A word that was meant to be one of the known reasons, or looks like a code: never a sentence for a client.
 * @returns what to say about it; null when it may be the owner's own words
 */
export function misspeltReason(text: string): ReasonFault | null {
  const words = text.trim().split(/\s+/);
  const joined = words.join('-').toLowerCase();
  const known = exitReasons.filter((reason) => reason !== 'own-words');
  const isSign = signs.some((one) => one === joined) && !known.some((reason) => reason === joined);
  if (isSign) return { code: 'reason-names-a-sign', text: text.trim() };
  const meant = nearest(joined, known);
  const isNear = meant !== undefined && words.length <= 3 && isAlike(joined, meant);
  if (words.length > 1 && !isNear) return null;
  return { code: 'reason-unknown', text: text.trim(), meant: isNear ? (meant as ExitReason) : null };
}

/** Most of its letters in their order: a slip of the fingers, not another word. */
function isAlike(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= 3 && nearest(one, [other]) === other && one[0] === other[0];
}
