/** What happened with a client, in one order: messages, calls and chats as logged, letters, invoices and payments. */
import { type Instant, at as momentOf, type LocalDay, type TimeZone } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import type { Reader } from '../store/database.ts';
import { ownLetterMessages } from '../store/habits.ts';
import { listInvoices } from '../store/invoices.ts';
import { logEntries, type LogKind } from '../store/log-entries.ts';
import { listMessages, type StoredMessage } from '../store/messages.ts';
import { listLetters } from '../store/outbox.ts';

export interface TimelineEntry {
  at: Instant;
  /** `message-in` from the client, `message-out` from the owner */
  kind: 'message-in' | 'message-out' | 'letter' | 'invoice' | 'payment' | LogKind;
  /** number of the message, letter, log entry or invoice */
  id: number;
  text: string;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  /** the reason in words; null when it was in hours, or hours do not matter */
  outOfHours: string | null;
}

/** Newest first. An invoice or payment, which has only a day, stands at its noon. */
export function timeline(
  r: Reader,
  clientId: number,
  { zone, limit, since }: { zone: TimeZone; limit: number; since?: Instant },
): TimelineEntry[] {
  const letters = ownLetterMessages(r);
  const messages = listMessages(r, { clientId, limit: limit + letters.size, ...(since !== undefined && { since }) });
  return [
    ...messages.filter((message) => !letters.has(message.id)).map(messageEntry),
    ...otherEntries(r, clientId, zone),
  ]
    .filter((entry) => since === undefined || entry.at >= since)
    .toSorted((a, b) => b.at - a.at || b.id - a.id)
    .slice(0, limit);
}

/** All but the messages, in no order: the log, letters that left, invoices and payments. */
export function otherEntries(r: Reader, clientId: number, zone: TimeZone): TimelineEntry[] {
  return [
    ...logEntries(r, clientId).map(({ at, kind, id, text, minutes, direction, outOfHours, outOfHoursWhy }) => ({
      ...{ at, kind, id, text, minutes, direction },
      outOfHours: outOfHours ? (outOfHoursWhy ?? 'out of hours') : null,
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

const bare = { minutes: null, direction: null, outOfHours: null };

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
  const noon = (day: LocalDay) => momentOf(day, 720, zone);
  return listInvoices(r, { clientId }).flatMap(({ id, number, issuedOn, totalCents, currency, payments }) => [
    {
      ...bare,
      id,
      at: noon(issuedOn),
      kind: 'invoice' as const,
      text: `${number}, ${sumInWords(totalCents, currency)}`,
    },
    ...payments.map(({ amountCents, receivedOn, reversedAt }) => ({
      ...{ ...bare, id, at: noon(receivedOn), kind: 'payment' as const },
      text: `${sumInWords(amountCents, currency)} for ${number}${reversedAt === null ? '' : ' (reversed)'}`,
    })),
  ]);
}
