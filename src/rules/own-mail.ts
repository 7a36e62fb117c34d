/**
 * A mail of the owner's own that she puts into the folder of what waits for hours: whom it goes to, what it lacks, when it
 * leaves, and the bytes that leave. The one gate for its recipients. Facts in, values out; sends nothing.
 */
import { type Client, domainOf, isWritableAddress } from './client.ts';
import { recipientsOf } from './authorship.ts';
import type { Coded, NoFacts } from './coded.ts';
import { type ContactHours, isOpen, nextOpening, NoOpeningError } from './contact-hours.ts';
import type { ParsedMail } from './message.ts';
import type { Reason } from './reason.ts';
import { hoursFor, type Settings } from './settings.ts';
import type { Instant } from './time.ts';
import { isOwnAddress, ownMessageIdPrefix } from './triage.ts';

declare const throughTheGate: unique symbol;

/** A plain address that the owner has written to herself, in a mail of her own. */
export type OwnRecipient = string & { readonly [throughTheGate]: true };

export interface OwnEnvelope {
  from: string;
  to: readonly OwnRecipient[];
}

/** What such a mail lacks, or how its sending ended. */
export type OwnMailReason = Coded<{
  'own-mail-waits': NoFacts;
  'own-mail-to-nobody': NoFacts;
  'own-mail-without-subject': NoFacts;
  'own-mail-not-yours': { from: string };
  'own-mail-bad-address': { address: string };
  'own-mail-too-large': { megabytes: number };
  'own-mail-unreadable': { fault: Reason };
  'own-mail-never-open': NoFacts;
  'own-mail-stands-in-sent': NoFacts;
  'own-mail-unsure': NoFacts;
  'own-mail-refused': { fault: Reason };
  'own-mail-partly': { addresses: readonly string[] };
  'own-mail-put-back': NoFacts;
  'own-mail-first': { subject: string };
}>;

export const largestOwnMail = 25 * 1024 * 1024;

/** What can be seen of it without reading it whole. */
export interface OwnMailFacts {
  mail: ParsedMail | null;
  fault: string | null;
  sizeBytes: number;
}

export type OwnMail = { ready: true; envelope: OwnEnvelope } | { ready: false; why: OwnMailReason };

/** Whether it can leave as it lies there. */
export function ownMailOf({ mail, fault, sizeBytes }: OwnMailFacts, ownAddresses: readonly string[]): OwnMail {
  const no = (why: OwnMailReason): OwnMail => ({ ready: false, why });
  if (sizeBytes > largestOwnMail) return no({ code: 'own-mail-too-large', megabytes: largestOwnMail / 1024 / 1024 });
  if (mail === null)
    return no({ code: 'own-mail-unreadable', fault: { code: 'as-written', text: fault ?? 'it cannot be read' } });
  const from = mail.from?.address.toLowerCase() ?? '';
  if (!isOwnAddress(from, ownAddresses) || !isWritableAddress(from)) return no({ code: 'own-mail-not-yours', from });
  const to = [...new Set(recipientsOf(mail).map((address) => address.toLowerCase()))];
  if (to.length === 0) return no({ code: 'own-mail-to-nobody' });
  const bad = to.find((address) => !isWritableAddress(address));
  if (bad !== undefined) return no({ code: 'own-mail-bad-address', address: bad });
  if (mail.subject.trim() === '') return no({ code: 'own-mail-without-subject' });
  return { ready: true, envelope: { from, to: to as OwnRecipient[] } };
}

/** One reader's own hours; of several, or of nobody in the register, the owner's. */
export function hoursOfOwnMail(
  settings: Pick<Settings, 'hours'>,
  recipients: readonly string[],
  clientOf: (address: string) => Client | undefined,
): ContactHours {
  const [only] = recipients;
  const client = recipients.length === 1 && only !== undefined ? clientOf(only) : undefined;
  return hoursFor(settings, client);
}

/** At once in open hours, else at the next opening; null: they never open. */
export function ownMailDue(hours: ContactHours, from: Instant): Instant | null {
  if (isOpen(hours, from)) return from;
  try {
    return nextOpening(hours, from);
  } catch (error) {
    if (error instanceof NoOpeningError) return null;
    throw error;
  }
}

/** What mail programs write for themselves, and what must not be seen by all: taken out when it leaves. */
const inward = new Set(['bcc', 'date', 'x-unsent', 'x-mozilla-draft-info', 'x-mozilla-status', 'x-mozilla-status2']);
const isInward = (name: string) => inward.has(name) || /^(?:x-mozilla-keys|x-uniform-type-identifier|fcc)$/.test(name);

/** Asked once more before it leaves: her addresses may be others by now. Null: it may not leave so. */
export function envelopeOf(
  { sender, recipients }: { sender: string; recipients: readonly string[] },
  ownAddresses: readonly string[],
): OwnEnvelope | null {
  const mayLeave = isOwnAddress(sender, ownAddresses) && recipients.length > 0 && recipients.every(isWritableAddress);
  return mayLeave ? { from: sender, to: recipients as OwnRecipient[] } : null;
}

export function madeMessageId(digest: string, address: string): string {
  return `<own.${digest.slice(0, 32)}@${domainOf(address)}>`;
}

/** The Message-ID that it has, if another program can find it by that. */
export function usableMessageId(mail: Pick<ParsedMail, 'messageId'>): string | null {
  const id = mail.messageId ?? '';
  return /^<[^\s<>@]{1,400}@[^\s<>@]{1,255}>$/.test(id) && !id.startsWith(`<${ownMessageIdPrefix}`) ? id : null;
}

/** The bytes that leave: the header with the day on which it leaves and without what is hers alone, the rest as it is. */
export function outgoing(source: Uint8Array, { date, messageId }: { date: Instant; messageId: string }): Uint8Array {
  const end = endOfHeader(source);
  const header = Buffer.from(source.subarray(0, end)).toString('latin1');
  const fields = header.split(/\r?\n(?![ \t])/).filter((field) => field !== '');
  const isKept = (field: string) => {
    const colon = Math.max(0, field.indexOf(':'));
    const name = field.slice(0, colon).trim().toLowerCase();
    return !isInward(name) && (name !== 'message-id' || field.slice(colon + 1).trim() === messageId);
  };
  const kept = fields.filter(isKept);
  const isNamed = kept.some((field) => /^message-id\s*:/i.test(field));
  const stamped = [...kept, `Date: ${rfcDate(date)}`, ...(isNamed ? [] : [`Message-ID: ${messageId}`])];
  const top = stamped.map((field) => field.replace(/\r?\n/g, '\r\n')).join('\r\n');
  return Buffer.concat([Buffer.from(`${top}\r\n\r\n`, 'latin1'), source.subarray(bodyFrom(source, end))]);
}

/** Where the empty line stands. */
function endOfHeader(source: Uint8Array): number {
  for (let at = source.indexOf(10); at >= 0; at = source.indexOf(10, at + 1)) {
    if (source[at + 1] === 10 || (source[at + 1] === 13 && source[at + 2] === 10)) return at + 1;
  }
  return source.length;
}

function bodyFrom(source: Uint8Array, end: number): number {
  if (end >= source.length) return source.length;
  return source[end] === 13 ? end + 2 : end + 1;
}

/** RFC 5322, section 3.3, in UTC. */
function rfcDate(at: Instant): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
