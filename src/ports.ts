/** The whole seam to the network: types only. `mail/` implements them; jobs and tests use them. */
import type { Claim } from './rules/claim.ts';
import type { FolderRole, ParsedMail, Place } from './rules/message.ts';
import type { OwnEnvelope } from './rules/own-mail.ts';
import type { Recipient } from './rules/recipient.ts';
import type { Instant, LocalDay } from './rules/time.ts';

/** A watched folder as the server has it now. */
export interface FolderState {
  role: FolderRole;
  path: string;
  /** a BigInt on the wire; text here */
  uidValidity: string;
  uidNext: number;
  keywordsAllowed: boolean;
}

export interface FurtherPlaces {
  /** what was asked for, as text: when it changes, what is found anew was there before */
  wanted: string;
  places: Place[];
}

export interface FolderSurvey {
  /** paths of the further folders that are read */
  read: string[];
  /** what was asked for by name or pattern and is not there */
  unmatched: string[];
  /** folders that look like one of sent mail and are not read */
  sentLike: string[];
  /** every other folder with who wrote what came into it since, one entry a message */
  unread: { path: string; senders: string[] }[];
}

/** One message as the server gave it. Either `mail`, or `fault` says why it could not be read: never neither. */
export interface Arrival {
  uid: number;
  receivedAt: Instant;
  sizeBytes: number;
  flags: string[];
  /** by which it is known again under another UID; '' when nothing of it was fetched */
  contentHash: string;
  /** only the first bytes of the source were read, at most 64 KB unless configured otherwise */
  truncated: boolean;
  /** may be made anew each time it is looked at */
  mail: ParsedMail | null;
  fault: string | null;
  /** To be called when it is recorded, and its mail wanted no more: what it holds of memory is given back at once. */
  release?(): void;
}

/** One account on one IMAP server. Methods connect when needed; every one has a deadline and throws AppError. */
export interface Mailbox {
  readonly name: string;
  /** false when the provider files a copy of what is submitted by itself (Gmail, Outlook, iCloud) */
  readonly filesSent: boolean;
  /** path of the folder in which the owner's own mails wait for hours; undefined: she has none */
  readonly ownMailFolder?: string | undefined;
  /** Makes a folder, and shows it to other programs; false when the server refuses. */
  makeFolder?(path: string): Promise<boolean>;
  /** Takes one message out of a folder for good; one that is gone already is no fault. */
  takeOut?(place: Place, uid: number): Promise<void>;
  /** The further folders that are there now and are to be read beside INBOX and Sent; none when left out. */
  places?(): Promise<FurtherPlaces>;
  /** What lies in the folders that nobody reads, for the doctor; a look that changes nothing. */
  survey?(since: LocalDay): Promise<FolderSurvey>;
  /** Selects freshly (never a cached UIDVALIDITY). Null when the server has no such folder. */
  open(place: Place): Promise<FolderState | null>;
  /** UIDs above `afterUid`, ascending, by UID SEARCH; with `since`, only those received on or after that day. */
  list(place: Place, afterUid: number, since?: LocalDay): Promise<number[]>;
  /**
   * For a hint that something arrived: what follows `afterUid`, in one round trip. Only where that leaves nothing
   * open: some few messages with consecutive UIDs, in the numbering named. Null: list and fetch them.
   */
  tail?(place: Place, from: { uidValidity: string; afterUid: number }): Promise<Arrival[] | null>;
  /** Each UID asked for is yielded once, in ascending order, or was expunged meanwhile (then it is skipped). */
  fetch(place: Place, uids: number[]): AsyncIterable<Arrival>;
  /** Flags of known UIDs; a UID that is gone is absent. */
  flags(place: Place, uids: number[]): Promise<Map<number, string[]>>;
  /** Sets a keyword; false when the server does not take it. */
  mark(place: Place, uid: number, keyword: string): Promise<boolean>;
  /** Looks for a Message-ID in every folder of sent mail. */
  isInSent(messageId: string): Promise<boolean>;
  /** Appends to Sent unless the Message-ID is there already. Says which. */
  fileAsSent(bytes: Uint8Array, messageId: string, date: Instant): Promise<'filed' | 'there-already'>;
  /** The claims that stand in the mailbox (see rules/claim), as of now; null where the server gives no place for one. */
  claims(): Promise<Claim[] | null>;
  /** Puts one there; false when the server refuses it. */
  putClaim(source: string, since: Instant): Promise<boolean>;
  /** Takes these away; one that is gone already is no fault. */
  dropClaims(claims: readonly Claim[]): Promise<void>;
  /** Paths of all folders, for a person who has to name one. */
  paths?(): Promise<string[]>;
  /** The whole message as it is on the server; null when it is gone. */
  source(place: Place, uid: number): Promise<Uint8Array | null>;
  /** Resolves at the next sign of new mail in the folder (IDLE), or when `signal` aborts. Only a hint. Throws on a lost line. */
  changed(place: Place, signal: AbortSignal): Promise<void>;
  /** Drops the connection without ceremony; the next call builds a new client. For a line that may be half-open. */
  reset(): void;
  close(): Promise<void>;
}

export interface Envelope {
  /** '' is the null sender */
  from: string;
  /** exactly one, through the gate */
  to: Recipient;
}

/** A letter ready to become bytes. `headers` are extra ones, values of one line. */
export interface Draft {
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** null: text/plain only */
  html: string | null;
  inReplyTo: string | null;
  references: string[];
  headers: Record<string, string>;
}

export interface Courier {
  readonly mailbox: string;
  /** Builds the bytes (CRLF) that will go over the wire and into Sent. Deterministic for the same input. */
  compose(draft: Draft, stamp: { messageId: string; date: Instant }): Promise<Uint8Array>;
  /** Resolves only on a well-formed 250 after the final dot. Otherwise throws DeliveryError. */
  send(envelope: Envelope, bytes: Uint8Array): Promise<void>;
  /**
   * Hands over a mail of the owner's own, to all of its recipients at once. Throws as `send` does.
   * @returns those that the server did not take; it took it for the others
   */
  sendOwn?(envelope: OwnEnvelope, bytes: Uint8Array): Promise<{ rejected: string[] }>;
  /** Connects and logs in as for sending, and says goodbye: nothing is handed over. Throws DeliveryError. */
  verify(): Promise<void>;
  /** The program ends: a hand-over in hand breaks off now, as with a lost line, and none begins any more. */
  cut?(): void;
}
