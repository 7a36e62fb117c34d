/** The nouns of mail as Paletti sees them. Types and small readers only; deciding is in triage and judgement. */
import { grouped } from './grouped.ts';
import { dayMs, type Instant, plus } from './time.ts';

/** `kind` of DESIGN 6.1. Only `human` may ever be acknowledged. */
export const messageKinds = ['human', 'automatic', 'list', 'bounce', 'receipt', 'calendar', 'spam', 'own'] as const;
export type MessageKind = (typeof messageKinds)[number];

export type FolderRole = 'inbox' | 'sent';

/**
 * A watched folder of a mailbox: INBOX, the folder where sent mail is filed, or a further one of either kind by its path
 * (`inbox:Clienti/Bianchi`, `sent:Sent Messages`).
 */
export type Place = FolderRole | `${FolderRole}:${string}`;

/** The keyword that marks a message outside contact hours on the server (IMAP keyword, RFC 3501 section 2.3.2). */
export const outOfHoursKeyword = '$PalettiOutOfHours';

export function roleOfPlace(place: Place): FolderRole {
  return place === 'sent' || place.startsWith('sent:') ? 'sent' : 'inbox';
}

export interface Address {
  /** decoded display name without control or bidi characters; '' when there is none */
  name: string;
  /** lower-cased addr-spec; '' for the null address <> */
  address: string;
}

/** One header line of the top level, unfolded, not decoded. Duplicates stay, in their order. */
export interface Header {
  /** lower-cased */
  name: string;
  value: string;
}

export interface Attachment {
  name: string;
  type: string;
  sizeBytes: number | null;
}

/** What a delivery report says of one recipient (RFC 3464). */
export interface DeliveryStatus {
  /** lower-cased: failed, delayed, delivered, relayed, expanded; '' when it says none */
  action: string;
  /** '5.1.1'; '' when it says none */
  status: string;
  /** the final and the original one, lower-cased */
  recipients: string[];
}

/**
 * What `mail/parse` makes of the bytes. All strings are free of control characters (but \n and \t in `text`) and
 * of bidi overrides, and are limited in length. `headers` holds every line of the top level and none of a nested part.
 */
export interface ParsedMail {
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  from: Address | null;
  sender: Address | null;
  replyTo: Address[];
  to: Address[];
  cc: Address[];
  /** decoded; '' when absent */
  subject: string;
  /** the Date header as written; for display only (mailparser turns a bad one into now) */
  dateHeader: string | null;
  headers: Header[];
  /** not all of the header could be kept: `headers` may lack what tells a program's mail from a person's */
  headerCut?: true;
  /** lower-cased media type of the top level, e.g. 'multipart/report' */
  contentType: string;
  /** lower-cased parameters of it, e.g. { 'report-type': 'delivery-status' } */
  contentTypeParameters: Record<string, string>;
  /** lower-cased media types of all parts, the top one included, attached messages not entered */
  partTypes: string[];
  /** METHOD of a text/calendar part, upper-cased */
  calendarMethod: string | null;
  /** address of its ORGANIZER, lower-cased; left out when none is named */
  calendarOrganizer?: string;
  /** the readable text, at most 256 KB; from HTML when there is no plain part */
  text: string;
  /** `text` without quoted mail and signature */
  newText: string;
  attachments: Attachment[];
  /** Message-IDs that a delivery report is about (RFC 3464, the returned message or its headers) */
  reportedMessageIds: string[];
  /** of a delivery report, what it says of each recipient; absent where it says nothing so */
  deliveryStatus?: DeliveryStatus[];
  /** the inner message of a PEC transport envelope was read instead of the envelope (RFC 6109) */
  unwrapped: boolean;
}

/** A message as recorded. */
export interface Message {
  id: number;
  mailbox: string;
  /** `sent`: the owner or a colleague wrote it, wherever it lies; `inbox`: somebody else did */
  role: FolderRole;
  threadId: number;
  /** INTERNALDATE: when the server received it */
  receivedAt: Instant;
  /** recorded as history (first start, UIDVALIDITY change): never acted upon */
  history: boolean;
  clientId: number | null;
  flags: string[];
  sizeBytes: number;
  mail: ParsedMail;
}

/** So far a laptop's clock and a server's may differ: a whole day, since people set the date by hand. */
export const clockErrorMs = dayMs;

/**
 * When a message counts as received: INTERNALDATE, but never further ahead than clocks differ. A server that takes it
 * from elsewhere (a moved mailbox, a broken clock) would else put the deadline a year away.
 */
export function believedReceipt(internalDate: Instant, now: Instant): Instant {
  return internalDate > plus(now, clockErrorMs) ? now : internalDate;
}

/** First value of a header, or undefined. */
export function header(mail: ParsedMail, name: string): string | undefined {
  return headersOf(mail, name)[0];
}

/** Every value of a header, in order. @param name in lower case */
export function headersOf(mail: ParsedMail, name: string): readonly string[] {
  return valuesByName(mail.headers).get(name) ?? noValues;
}

const noValues: readonly string[] = [];

type ValuesByName = ReadonlyMap<string, readonly string[]>;

/** Of one message dozens of names are asked for, one after the other. */
let lastAsked: { headers: readonly Header[] | null; values: ValuesByName } = { headers: null, values: new Map() };

function valuesByName(headers: readonly Header[]): ValuesByName {
  if (lastAsked.headers !== headers) {
    const lines = grouped(headers, (line) => line.name);
    const values = new Map([...lines].map(([name, ones]) => [name, ones.map((line) => line.value)]));
    lastAsked = { headers, values };
  }
  return lastAsked.values;
}
