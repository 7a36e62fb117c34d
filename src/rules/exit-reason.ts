/**
 * Does the record bear out the reason of an exit? A letter that ends the work may name only what is so. What only the
 * owner can judge (scope, direction, capacity, her own words) is hers to say. Sends nothing, reads nothing.
 */
import type { Debt } from './invoice.ts';
import { nearest } from './nearest.ts';
import { type RedFlag, type Sign, signs, signTitle } from './red-flags.ts';
import type { SettledDate } from './settled-dates.ts';
import type { LocalDay } from './time.ts';
import { count, dayInWords } from './words.ts';

export const exitReasons = [
  'late-payment',
  'non-payment',
  'contact-hours',
  'scope',
  'silence',
  'control',
  'price',
  'refusal',
  'no-contract',
  'different-direction',
  'no-capacity',
  'own-words',
] as const;
export type ExitReason = (typeof exitReasons)[number];

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
export function reasonFaults(exit: { reason: ExitReason; ownWords: string }): string[] {
  if (exit.reason !== 'own-words') return [];
  const words = exit.ownWords.trim();
  if (words === '') return ['give the reason in one sentence'];
  const isList = /[\n;•]|^\s*[-*\d]+[.)]?\s/u.test(words) || /[.!?]\s+\p{L}/u.test(words);
  if (isList) return ['give one reason in one sentence, not a list'];
  return words.length > longestReason ? [`the reason is longer than ${longestReason} characters; keep it short`] : [];
}

/** The letter says "repeatedly". */
const repeatedly = 2;

/** Why the letter may not name this reason, with the figures; empty when it may. */
export function reasonAgainstRecord(reason: ExitReason, record: ReasonRecord): string[] {
  if (reason === 'late-payment') return latePaymentFaults(record);
  if (reason === 'non-payment') return nonPaymentFaults(record);
  if (reason === 'contact-hours') return contactHoursFaults(record);
  if (reason === 'refusal' && record.contractSignedOn !== null)
    return [`refusal is not what the record shows: a contract of ${dayInWords(record.contractSignedOn)} is on it`];
  if (isOfSigns(reason)) return signFaults(reason, record);
  if (reason === 'no-contract' && record.contractSignedOn !== null)
    return [`no-contract is not what the record shows: a contract of ${dayInWords(record.contractSignedOn)} is on it`];
  return [];
}

function isOfSigns(reason: ExitReason): reason is keyof typeof signsFor {
  return Object.hasOwn(signsFor, reason);
}

function signFaults(reason: keyof typeof signsFor, { signs }: ReasonRecord): string[] {
  const wanted: readonly string[] = signsFor[reason];
  const found = signs.filter(({ sign }) => wanted.includes(sign));
  if (found.some(({ strength }) => strength > 0)) return [];
  const said = found.map(({ words }) => words).join('; ');
  return [`${reason} is not what the record shows: ${said === '' ? 'nothing of the kind is on it' : said}`];
}

function nonPaymentFaults({ overdue }: ReasonRecord): string[] {
  return overdue.length > 0 ? [] : ['non-payment is not what the record shows: nothing is overdue'];
}

/** Something overdue is named with its figures; without it, payments must have come late more than once. */
function latePaymentFaults({ overdue, settled }: ReasonRecord): string[] {
  const late = settled.filter(({ daysLate }) => daysLate > 0);
  if (overdue.length > 0 || late.length >= repeatedly) return [];
  const each = settled.map(({ number, daysLate }) => `${number}: ${paidWhen(daysLate)}`).join(', ');
  const paid =
    settled.length === 0
      ? 'no due date was met or missed yet'
      : `of ${count(settled.length, 'due date')} ${late.length} was paid late (${each})`;
  return [`late-payment is not what the record shows: nothing is overdue, and ${paid}`];
}

function paidWhen(daysLate: number): string {
  if (daysLate === 0) return 'on the day';
  return daysLate > 0 ? `${count(daysLate, 'day')} late` : `${count(-daysLate, 'day')} early`;
}

function contactHoursFaults(record: ReasonRecord): string[] {
  const { messages, messagesOutOfHours, contacts, contactsOutOfHours } = record;
  if (messagesOutOfHours + contactsOutOfHours >= repeatedly) return [];
  const calls = contacts === 0 ? '' : `, and of ${count(contacts, 'contact')} in the log ${contactsOutOfHours}`;
  return [
    `contact-hours is not what the record shows: of ${count(messages, 'message')} ${messagesOutOfHours} came outside contact hours${calls}`,
  ];
}

/**
 * A word that was meant to be one of the known reasons, or looks like a code: never a sentence for a client.
 * @returns what to say about it; null when it may be the owner's own words
 */
export function misspeltReason(text: string): string | null {
  const words = text.trim().split(/\s+/);
  const joined = words.join('-').toLowerCase();
  const known = exitReasons.filter((reason) => reason !== 'own-words');
  const sign = signs.find((one) => one === joined || signTitle(one).replaceAll(' ', '-') === joined);
  if (sign !== undefined && !known.some((reason) => reason === joined))
    return `"${text.trim()}" is the name of a warning sign, and no sentence for a client`;
  const meant = nearest(joined, known);
  const isNear = meant !== undefined && words.length <= 3 && isAlike(joined, meant);
  if (words.length > 1 && !isNear) return null;
  const hint = isNear ? `; did you mean ${meant}?` : ', and one word is no sentence';
  return `"${text.trim()}" is not a reason that is known${hint}`;
}

/** Most of its letters in their order: a slip of the fingers, not another word. */
function isAlike(one: string, other: string): boolean {
  return Math.abs(one.length - other.length) <= 3 && nearest(one, [other]) === other && one[0] === other[0];
}
