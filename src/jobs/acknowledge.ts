/** Puts the acknowledgement of a message into the outbox, held. Decides nothing: the judgement said yes. */
import { boundaryHours } from '../letters/boundary.ts';
import { hoursInWords, outsideOf } from '../letters/hours.ts';
import type { Letters } from '../letters/library.ts';
import { writeAcknowledgement } from '../letters/write.ts';
import { acknowledgementHeaders, aliasWrittenTo, closureAt, isAtTheEnd, promiseOf } from '../rules/acknowledgement.ts';
import type { Client } from '../rules/client.ts';
import { type ContactHours, nextOpening } from '../rules/contact-hours.ts';
import type { Judgement } from '../rules/judgement.ts';
import type { Language } from '../rules/language.ts';
import type { Message } from '../rules/message.ts';
import type { Recipient } from '../rules/recipient.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { type Instant, type TimeZone, toIso } from '../rules/time.ts';
import type { Reader, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { contentHashById, type StoredMessage } from '../store/messages.ts';
import { putLetter } from '../store/outbox.ts';
import type { Window } from '../store/windows.ts';

interface Parts {
  settings: Settings;
  letters: Letters;
}

/** Named by the content of the message that opened the window, so that a re-read after a restore gives the same key. */
export function acknowledgementKey(r: Reader, window: Window): string {
  return `ack/${contentHashById(r, window.openedBy)?.slice(0, 24) ?? window.id}`;
}

/** The text of an acknowledgement; `decide` shows the same. */
export function acknowledgementText(
  parts: Parts,
  facts: {
    message: Pick<Message, 'mail' | 'receivedAt'>;
    client: Client | undefined;
    dueAt: Instant;
    /** what it promises depends on it */
    leavesAt: Instant;
  },
) {
  const { settings, letters } = parts;
  const { message, client } = facts;
  const language = client?.language ?? settings.owner.language;
  const hours = hoursFor(settings, client);
  const tone = client?.tone ?? 'formal';
  const promised = { dueAt: facts.dueAt, leavesAt: facts.leavesAt, hours };
  return writeAcknowledgement(letters, {
    reader: { language, tone },
    recipientName: client?.contactName ?? message.mail.from?.name ?? '',
    owner: settings.owner,
    originalSubject: message.mail.subject,
    receivedAt: message.receivedAt,
    promisedAt: promiseOf(promised),
    ...hoursToTell(settings, hours, { language, timeZone: client?.timeZone ?? null }),
    channels: settings.channels,
    outside: outsideOf(hours, message.receivedAt),
    closure: closureToTell(hours, message.receivedAt, facts.leavesAt),
    isLate: isAtTheEnd(promised, message.receivedAt),
    timeZone: hours.timeZone,
  });
}

/** The hours, and those of the phone where it is a channel and they are others. */
function hoursToTell(
  settings: Settings,
  hours: ContactHours,
  client: { language: Language; timeZone: TimeZone | null },
): { hours: string; phoneHours: string | null } {
  const told = boundaryHours(settings, { hours, client });
  const plain = hoursInWords(hours, client.language, { reader: client.timeZone ?? settings.owner.timeZone });
  return told.phoneHours === null || told.phoneHours === told.hours
    ? { hours: plain, phoneHours: null }
    : { hours: told.hours, phoneHours: told.phoneHours };
}

/** While it lasts, with the moment at which it ends; null once the studio is open again, or was all the time. */
function closureToTell(hours: ContactHours, receivedAt: Instant, leavesAt: Instant) {
  const closure = closureAt(hours, leavesAt);
  if (closure === null || closureAt(hours, receivedAt) === null) return null;
  return { from: closure.from, to: closure.to, reopensAt: nextOpening(hours, leavesAt) };
}

export function holdAcknowledgement(
  w: Writer,
  parts: Parts,
  facts: {
    message: StoredMessage;
    client: Client | undefined;
    judgement: Judgement;
    window: Window;
    recipient: Recipient;
  },
): void {
  const { settings } = parts;
  const { message, client, judgement, window, recipient } = facts;
  if (judgement.holdUntil === null) return;
  const leavesAt = judgement.holdUntil;
  const text = acknowledgementText(parts, { message, client, dueAt: window.dueAt, leavesAt });
  const sender = aliasWrittenTo(message.mail, settings.owner.addresses, settings.owner.addresses[0] as string);
  const { inReplyTo, references } = acknowledgementHeaders(message.mail);
  const letter = putLetter(w, {
    key: acknowledgementKey(w, window),
    kind: text.kind,
    mailbox: message.mailbox,
    clientId: message.clientId,
    answersMessageId: message.id,
    windowId: window.id,
    caseId: null,
    step: null,
    language: text.language,
    tone: text.tone,
    recipient,
    recipientName: message.mail.from?.name ?? '',
    sender,
    subject: text.subject,
    text: text.text,
    facts: text.facts,
    approval: settings.sending.mode === 'review' ? 'ask' : 'auto',
    notBefore: judgement.holdUntil,
    why: judgement.why,
    inReplyTo,
    references,
  });
  if (letter === undefined) return;
  note(w, {
    kind: 'letter-held',
    subject: `letter/${letter.id}`,
    clientId: message.clientId,
    why: judgement.why,
    data: { key: letter.key, notBefore: toIso(letter.notBefore) },
  });
}
