/** What happened with a client, in one order: messages, calls and chats as logged, letters, invoices and payments. */
import type { Credit, Invoice } from '../rules/invoice.ts';
import { addDays, at as momentOf, dayOf, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import { dayInWords, sumInWords } from '../rules/words.ts';
import type { Reader } from '../store/database.ts';
import { invoicesEntered } from '../store/entered.ts';
import { ownLetterMessages } from '../store/habits.ts';
import { listInvoices } from '../store/invoices.ts';
import { logEntries, type LogKind } from '../store/log-entries.ts';
import { listMessages, type StoredMessage } from '../store/messages.ts';
import { listLetters } from '../store/outbox.ts';
import { asWritten, type Reason } from '../rules/reason.ts';

export interface TimelineEntry {
  /** null where only the day is known: an invoice, a payment */
  at: Instant | null;
  /** on the owner's calendar, where only the day is known; else null */
  day: LocalDay | null;
  /** when it was written down, where it is known by its day only; else null */
  enteredAt: Instant | null;
  /** `message-in` from the client, `message-out` from the owner */
  kind: 'message-in' | 'message-out' | 'letter' | 'invoice' | 'payment' | 'reversal' | LogKind;
  /** number of the message, letter, log entry or invoice */
  id: number;
  text: string;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  /** the reason in words; null when it was in hours, or hours do not matter */
  outOfHours: Reason | null;
}

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
      ...{ ...bare, at, kind, id, text, minutes, direction },
      outOfHours: outOfHours ? (outOfHoursWhy ?? asWritten('out of hours')) : null,
    })),
    ...letterEntries(r, clientId),
    ...moneyEntries(r, clientId, zone),
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

const bare = { day: null, enteredAt: null, minutes: null, direction: null, outOfHours: null };

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
            },
          ],
  );
}

function moneyEntries(r: Reader, clientId: number, zone: TimeZone): TimelineEntry[] {
  const entered = invoicesEntered(r, clientId);
  return listInvoices(r, { clientId }).flatMap((invoice) => [
    {
      ...bare,
      ...{ id: invoice.id, at: null, day: invoice.issuedOn, enteredAt: entered.get(invoice.id) ?? null },
      kind: 'invoice' as const,
      text: `${invoice.number}, ${sumInWords(invoice.totalCents, invoice.currency)}`,
    },
    ...invoice.payments.flatMap((payment) => paymentEntries(invoice, payment, zone)),
    ...invoice.credits.map((credit) => creditEntry(invoice, credit)),
  ]);
}

function creditEntry({ id, number, currency }: Invoice, credit: Credit): TimelineEntry {
  const { amountCents, issuedOn, recordedAt, takenBackAt } = credit;
  const back = takenBackAt === null ? '' : ' (taken back later)';
  const text = `credit note of ${sumInWords(amountCents, currency)} on ${number}${back}`;
  return { ...bare, id, at: null, day: issuedOn, enteredAt: recordedAt, kind: 'invoice', text };
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
  const paid = { ...bare, id, at: null, day: receivedOn, enteredAt: recordedAt, kind: 'payment' as const };
  if (reversedAt === null) return [{ ...paid, text: `${sum}${later}` }];
  const taken = { ...bare, id, at: reversedAt, kind: 'reversal' as const, text: `${sum} taken back` };
  return [{ ...paid, text: `${sum}${later} (taken back later)` }, taken];
}
