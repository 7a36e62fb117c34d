/**
 * What happened with a client, in one order: messages, calls and chats as logged, letters, money and what was said about
 * it, holds, and answers that no mail shows.
 */
import type { Credit, Invoice } from '../rules/invoice.ts';
import { addDays, at as momentOf, dayOf, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import { dayInWords, sumInWords } from '../rules/words.ts';
import type { Reader } from '../store/database.ts';
import { invoicesEntered } from '../store/entered.ts';
import { ownLetterMessages } from '../store/habits.ts';
import { listInvoices } from '../store/invoices.ts';
import { logEntries, type LogKind } from '../store/log-entries.ts';
import { entries as journalOf } from '../store/journal.ts';
import { listHolds } from '../store/holds.ts';
import { listMessages, type StoredMessage } from '../store/messages.ts';
import { listLetters } from '../store/outbox.ts';
import { asWritten, type Reason } from '../rules/reason.ts';
import { answeredByWord } from '../store/windows.ts';
import { say } from '../words/voice.ts';
import type { HappenedFacts } from '../words/happened.ts';

export interface TimelineEntry {
  /** null where only the day is known: an invoice, a payment */
  at: Instant | null;
  /** on the owner's calendar, where only the day is known; else null */
  day: LocalDay | null;
  /** when it was written down, where it is known by its day only; else null */
  enteredAt: Instant | null;
  /** `message-in` from the client, `message-out` from the owner */
  kind: EntryKind;
  /** number of the message, letter, log entry or invoice */
  id: number;
  text: string;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  /** the reason in words; null when it was in hours, or hours do not matter */
  outOfHours: Reason | null;
  /** what `text` says, as facts, where it is not somebody's own words: for who says it in another language */
  facts: HappenedFacts | null;
}

export const eventKinds = [
  'message-in',
  'message-out',
  'letter',
  'invoice',
  'credit',
  'payment',
  'reversal',
  'void',
  'written-off',
  'dispute',
  'promise',
  'hold',
  'hold-ended',
  'answered',
] as const;
export type EventKind = (typeof eventKinds)[number];
export type EntryKind = EventKind | LogKind;

/** Newest first. */
export function timeline(
  r: Reader,
  clientId: number,
  { zone, limit, since }: { zone: TimeZone; limit: number; since?: Instant },
): TimelineEntry[] {
  const letters = ownLetterMessages(r);
  const messages = listMessages(r, { clientId, limit: limit + letters.size, ...(since !== undefined && { since }) });
  const entries = [
    ...messages.filter((message) => !letters.has(message.id)).map(messageEntry),
    ...otherEntries(r, clientId, zone),
  ].filter((entry) => since === undefined || placeOf(entry, zone) >= since);
  return inOrder(entries, zone).toReversed().slice(0, limit);
}

/** Oldest first. */
export function inOrder(entries: readonly TimelineEntry[], zone: TimeZone): TimelineEntry[] {
  const places = new Map(entries.map((entry) => [entry, placeOf(entry, zone)]));
  return entries.toSorted((a, b) => (places.get(a) as number) - (places.get(b) as number) || a.id - b.id);
}

/**
 * Where an entry stands among the others. What has only a day stands where it was written down, if that was on the day
 * itself: what was done before knew nothing of it. Entered later, it stands at the end of its day; earlier, at the
 * beginning.
 */
function placeOf({ at, day, enteredAt }: TimelineEntry, zone: TimeZone): Instant {
  if (at !== null) return at;
  const begins = momentOf(day as LocalDay, 0, zone);
  const ends = plus(momentOf(addDays(day as LocalDay, 1), 0, zone), -1);
  return Math.min(Math.max(enteredAt ?? ends, begins), ends) as Instant;
}

/** All but the messages, in no order: the log, letters that left, invoices and payments. */
export function otherEntries(r: Reader, clientId: number, zone: TimeZone): TimelineEntry[] {
  return [
    ...logEntries(r, clientId).map(({ at, kind, id, text, minutes, direction, outOfHours, outOfHoursWhy }) => ({
      ...bare,
      at,
      kind,
      id,
      text,
      minutes,
      direction,
      outOfHours: outOfHours ? (outOfHoursWhy ?? asWritten('out of hours')) : null,
    })),
    ...letterEntries(r, clientId),
    ...moneyEntries(r, clientId, zone),
    ...holdEntries(r, clientId, zone),
    ...journalEntries(r, clientId),
    ...answeredEntries(r, clientId),
  ];
}

export function messageEntry(message: StoredMessage): TimelineEntry {
  const { id, receivedAt, role, judged, mail } = message;
  const kind = judged?.kind ?? 'human';
  const aside = role === 'inbox' && kind !== 'human' ? ` (${kind})` : '';
  return {
    ...bare,
    id,
    at: receivedAt,
    kind: role === 'inbox' ? 'message-in' : 'message-out',
    direction: role === 'inbox' ? 'in' : 'out',
    text: `${mail.subject || '(no subject)'}${aside}`,
    outOfHours: role === 'inbox' && kind === 'human' && judged?.outOfHours === true ? judged.outOfHoursWhy : null,
  };
}

const bare = { day: null, enteredAt: null, minutes: null, direction: null, outOfHours: null, facts: null };

function letterEntries(r: Reader, clientId: number): TimelineEntry[] {
  return listLetters(r, { clientId, states: ['sent', 'filed', 'unsure'] }).flatMap(
    ({ id, kind, sentAt, subject, state }) =>
      sentAt === null
        ? []
        : [
            {
              ...bare,
              id,
              at: sentAt,
              kind: 'letter' as const,
              text: `${kind}${state === 'unsure' ? ' (unsure)' : ''}: ${subject}`,
              facts: { letter: kind, subject, isUnsure: state === 'unsure' },
            },
          ],
  );
}

function moneyEntries(r: Reader, clientId: number, zone: TimeZone): TimelineEntry[] {
  const entered = invoicesEntered(r, clientId);
  return listInvoices(r, { clientId }).flatMap((invoice) => [
    {
      ...bare,
      id: invoice.id,
      at: null,
      day: invoice.issuedOn,
      enteredAt: entered.get(invoice.id) ?? null,
      kind: 'invoice' as const,
      text: `${invoice.number}, ${sumInWords(invoice.totalCents, invoice.currency)}`,
      facts: { number: invoice.number, sum: { cents: invoice.totalCents, currency: invoice.currency } },
    },
    ...invoice.payments.flatMap((payment) => paymentEntries(invoice, payment, zone)),
    ...invoice.credits.map((credit) => creditEntry(invoice, credit)),
  ]);
}

function creditEntry({ id, number, currency }: Invoice, credit: Credit): TimelineEntry {
  const { amountCents, issuedOn, recordedAt, takenBackAt } = credit;
  const back = takenBackAt === null ? '' : ' (taken back later)';
  const text = `credit note of ${sumInWords(amountCents, currency)} on ${number}${back}`;
  const facts = { number, sum: { cents: amountCents, currency }, isTakenBack: takenBackAt !== null };
  return { ...bare, id, at: null, day: issuedOn, enteredAt: recordedAt, kind: 'credit', text, facts };
}

/** A reversal is an event of its own: until then the money was there. */
function paymentEntries(
  { id, number, currency }: Invoice,
  { amountCents, receivedOn, recordedAt, reversedAt }: Invoice['payments'][number],
  zone: TimeZone,
): TimelineEntry[] {
  const sum = `${sumInWords(amountCents, currency)} for ${number}`;
  const recordedOn = dayOf(recordedAt, zone);
  const later = recordedOn > receivedOn ? `, entered on ${dayInWords(recordedOn)}` : '';
  const about = { number, sum: { cents: amountCents, currency } };
  const facts = {
    ...about,
    isTakenBack: reversedAt !== null,
    ...(recordedOn > receivedOn && { enteredOn: recordedOn }),
  };
  const paid = { ...bare, id, at: null, day: receivedOn, enteredAt: recordedAt, kind: 'payment' as const, facts };
  if (reversedAt === null) return [{ ...paid, text: `${sum}${later}` }];
  const taken = { ...bare, id, at: reversedAt, kind: 'reversal' as const, text: `${sum} taken back`, facts: about };
  return [{ ...paid, text: `${sum}${later} (taken back later)` }, taken];
}

/** Both ends of a hold. A promise is one by what it is called. */
function holdEntries(r: Reader, clientId: number, zone: TimeZone): TimelineEntry[] {
  const numbers = new Map(listInvoices(r, { clientId }).map(({ id, number }) => [id, number]));
  return listHolds(r, clientId).flatMap(({ id, scope, scopeId, reason, until, note, createdAt, endedAt }) => {
    const number = scope === 'invoice' ? numbers.get(scopeId) : undefined;
    const facts = { hold: reason, note, until, ...(number !== undefined && { number }) };
    const about = [reason, number, note === null ? undefined : say(note, 'en')]
      .filter((part) => part !== undefined)
      .join(', ');
    const end = until === null ? '' : `, until ${dayInWords(dayOf(until, zone))}`;
    const kind = reason === 'promise' ? ('promise' as const) : ('hold' as const);
    const begun = { ...bare, id, at: createdAt, kind, text: `${about}${end}`, facts };
    return endedAt === null ? [begun] : [begun, { ...begun, at: endedAt, kind: 'hold-ended' as const, text: about }];
  });
}

const journalKinds: Readonly<Record<string, EventKind>> = {
  'invoice-voided': 'void',
  'invoice-written-off': 'written-off',
  'invoice-disputed': 'dispute',
};

/** What was said of an invoice and stands in no table of its own. */
function journalEntries(r: Reader, clientId: number): TimelineEntry[] {
  return journalOf(r, { clientId }).flatMap(({ kind: noted, at, subject, data }) => {
    const kind = journalKinds[noted];
    if (kind === undefined) return [];
    const { number, disputedCents, currency } = (data ?? {}) as Partial<Record<string, string | number>>;
    const sum =
      typeof disputedCents === 'number' && typeof currency === 'string' ? { cents: disputedCents, currency } : null;
    const facts = { ...(typeof number === 'string' && { number }), ...(sum !== null && { sum }) };
    const text = [number, sum === null ? undefined : sumInWords(sum.cents, sum.currency)].filter(
      (part) => part !== undefined,
    );
    return [{ ...bare, id: Number(subject.split('/')[1]), at, kind, text: text.join(', '), facts }];
  });
}

/** Answered by the owner's word: on the phone, or from another address. */
function answeredEntries(r: Reader, clientId: number): TimelineEntry[] {
  return answeredByWord(r, clientId).map(({ openedBy, answeredAt, subject }) => ({
    ...bare,
    id: openedBy,
    at: answeredAt,
    kind: 'answered' as const,
    direction: 'out' as const,
    text: subject,
  }));
}
