/**
 * Messages as they were recorded: each (folder, UIDVALIDITY, UID) once, in a thread, with its client, found again by
 * its words. Keeps judgements, and makes none.
 */
import { type Authorship, authorshipOf } from '../rules/authorship.ts';
import { domainOf } from '../rules/client.ts';
import { contentHash } from '../rules/content-hash.ts';
import { isSameMail } from '../rules/copies.ts';
import { type FolderRole, type Message, type MessageKind, type ParsedMail, type Place } from '../rules/message.ts';
import { asWritten, type Reason } from '../rules/reason.ts';
import { baseSubject } from '../rules/subject.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import { clientIdByAddress } from './clients.ts';
import type { Reader, Writer } from './database.ts';
import { carryDoubt, notDoubted } from './doubted-messages.ts';
import type { Folder } from './folders.ts';
import { Conditions, insertInto, instantOrNull, isoGiven, reasonIn, reasonOut, type Row } from './rows.ts';
import { threadOf } from './threads.ts';

export interface Judgement {
  at: Instant;
  /** null for a message that could not be read */
  kind: MessageKind | null;
  outOfHours: boolean;
  outOfHoursWhy: Reason | null;
  minutesToOpening: number | null;
  windowId: number | null;
  /** a stable code */
  reason: string;
  why: Reason;
}

export interface StoredMessage extends Message {
  folderId: number;
  /** where it lies */
  place: Place;
  folderPath: string;
  uid: number;
  uidValidity: string;
  contentHash: string;
  truncated: boolean;
  /** why it could not be read */
  fault: string | null;
  goneAt: Instant | null;
  judged: Judgement | null;
}

/** What a mailbox yields for one UID: either `mail`, or `fault` says why it could not be read. */
export interface Arrival {
  uid: number;
  receivedAt: Instant;
  sizeBytes: number;
  flags: readonly string[];
  /** by which it is known again under another UID; '' when nothing of it was fetched */
  contentHash: string;
  truncated: boolean;
  mail: ParsedMail | null;
  fault: string | null;
}

export interface RecordFacts {
  /** it was there before watching began: never acted upon */
  history: boolean;
  /** the owner's, lower-cased: never a client's */
  ownAddresses: readonly string[];
  /** who answers clients for her, lower-cased */
  colleagues?: readonly string[];
  /**
   * Its judgement stands in the row from the first, so that the row is written once. Not asked about a copy of what was
   * seen before, nor about what could not be read.
   */
  judge?: ((message: StoredMessage) => Verdict) | undefined;
}

/** A judgement before the moment of its writing is put to it. */
export type Verdict = Omit<Judgement, 'at' | 'why'> & { why: Reason };

export interface Recorded {
  id: number;
  isNew: boolean;
  seenBefore: boolean;
  /** when it was judged while it was recorded */
  judged: JudgedMessage | null;
}

/** Without its mail: of a large group all are kept in hand until the last is recorded. */
export interface JudgedMessage extends Pick<StoredMessage, 'id' | 'role' | 'clientId'> {
  judged: Verdict;
}

interface MessageRow {
  id: number;
  folder_id: number;
  mailbox: string;
  place: Place;
  folder_path: string;
  uid_validity: string;
  uid: number;
  role: FolderRole;
  thread_id: number;
  client_id: number | null;
  received_at: string;
  history: number;
  subject: string;
  size_bytes: number;
  flags: string;
  content_hash: string;
  truncated: number;
  fault: string | null;
  gone_at: string | null;
  judged_at: string | null;
  kind: MessageKind | null;
  out_of_hours: number | null;
  out_of_hours_why: string | null;
  minutes_to_opening: number | null;
  window_id: number | null;
  reason: string | null;
  why: string | null;
  mail: string;
  new_text: string;
  text: string;
}

const select =
  'SELECT m.*, f.mailbox, f.place, f.path AS folder_path FROM messages m JOIN folders f ON f.id = m.folder_id';

function toMessage(row: MessageRow): StoredMessage {
  const { id, mailbox, role, uid, fault, subject, text } = row;
  const mail = JSON.parse(row.mail) as Omit<ParsedMail, 'text' | 'newText' | 'subject'>;
  return {
    id,
    mailbox,
    role,
    place: row.place,
    folderPath: row.folder_path,
    uid,
    fault,
    threadId: row.thread_id,
    receivedAt: fromIso(row.received_at),
    history: row.history === 1,
    clientId: row.client_id,
    flags: JSON.parse(row.flags) as string[],
    sizeBytes: row.size_bytes,
    mail: { ...mail, subject, text, newText: row.new_text },
    folderId: row.folder_id,
    uidValidity: row.uid_validity,
    contentHash: row.content_hash,
    truncated: row.truncated === 1,
    goneAt: instantOrNull(row.gone_at),
    judged: toJudgement(row),
  };
}

function toJudgement(row: MessageRow): Judgement | null {
  if (row.judged_at === null) return null;
  return {
    at: fromIso(row.judged_at),
    kind: row.kind,
    outOfHours: row.out_of_hours === 1,
    outOfHoursWhy: reasonIn(row.out_of_hours_why),
    minutesToOpening: row.minutes_to_opening,
    windowId: row.window_id,
    reason: row.reason ?? '',
    why: reasonIn(row.why) ?? asWritten(''),
  };
}

const unreadMail: ParsedMail = {
  messageId: null,
  inReplyTo: [],
  references: [],
  from: null,
  sender: null,
  replyTo: [],
  to: [],
  cc: [],
  subject: '',
  dateHeader: null,
  headers: [],
  contentType: '',
  contentTypeParameters: {},
  partTypes: [],
  calendarMethod: null,
  text: '',
  newText: '',
  attachments: [],
  reportedMessageIds: [],
  unwrapped: false,
};

export const erasedReason = 'erased';
/** What stands in the place of a mail that was erased on request. */
export const erasedMail: ParsedMail = { ...unreadMail, subject: '(erased)' };

/** A message that was recorded before and came again under another UID, or into another folder. */
interface Earlier {
  id: number;
  folder_id: number;
  uid_validity: string;
  thread_id: number;
  client_id: number | null;
  judged_at: string | null;
  reason: string | null;
}

/**
 * Records one arrival, once for each (folder, UIDVALIDITY, UID). What could not be read is recorded with its fault.
 * @returns `seenBefore` when the same mail is known already (a new UIDVALIDITY, a message that was moved, a second copy in
 *   whatever folder or mailbox): the new row takes over the judgement, or the waiting for it, and nothing is done twice
 */
export function recordArrival(w: Writer, folder: Folder, arrival: Arrival, facts: RecordFacts): Recorded {
  const known = w.get<{ id: number }>(
    'SELECT id FROM messages WHERE folder_id = ? AND uid_validity = ? AND uid = ?',
    folder.id,
    folder.uidValidity,
    arrival.uid,
  );
  if (known !== undefined) return { id: known.id, isNew: false, seenBefore: false, judged: null };
  const hash = hashOf(folder, arrival);
  const mail = arrival.mail ?? unreadMail;
  const author = authorOf(w, folder, mail, facts);
  const earlier = sameBytes(w, folder, hash, author) ?? sameMail(w, folder, mail, author);
  const { id, judged } = insertMessage(w, { folder, arrival, facts, hash, author, earlier });
  if (earlier !== undefined) takeOver(w, { earlier, id, folder });
  return { id, isNew: true, seenBefore: earlier !== undefined, judged };
}

/** Nothing fetched is like nothing else: then it is known by where it lies. */
function hashOf(folder: Folder, arrival: Arrival): string {
  if (arrival.contentHash !== '') return arrival.contentHash;
  const place = new TextEncoder().encode(`${folder.id}\n${folder.uidValidity}\n${arrival.uid}`);
  return contentHash(place, arrival.sizeBytes);
}

const earlierColumns = 'id, folder_id, uid_validity, thread_id, client_id, judged_at, reason';

/**
 * Written out, not bound: a partial index names the role, and where a value that is bound is compared with such a column,
 * SQLite plans the statement anew each time it is asked (https://www.sqlite.org/c3ref/prepare.html), at ten times its cost.
 */
const isOf = (role: FolderRole) => `role = '${role}'`;

/** In the flags as they are kept, which is JSON. */
const isDraft = "instr(flags, '\\\\Draft\"')";

/**
 * What a filter took for spam is judged anew when a person has put it elsewhere, and a draft is not yet the mail that it
 * becomes.
 */
const mayStandFor = `replaced_by IS NULL AND (kind IS NOT 'spam' OR folder_id = ?)
  AND NOT ${isDraft}`;

/** Put together once: they are asked about every message. */
const sameBytesSql = forEachRole(
  (role) => `SELECT ${earlierColumns} FROM messages
    WHERE content_hash = ? AND (${isOf(role)} OR reason = '${erasedReason}') AND ${mayStandFor} ORDER BY id DESC LIMIT 1`,
);
const sameMailSql = forEachRole(
  (role) => `SELECT ${earlierColumns}, base_subject AS baseSubject, new_text AS newText FROM messages
    WHERE message_id = ? AND ${isOf(role)} AND from_address IS ? AND ${mayStandFor} ORDER BY id DESC LIMIT 5`,
);

function forEachRole(sqlOf: (role: FolderRole) => string): Record<FolderRole, string> {
  return { inbox: sqlOf('inbox'), sent: sqlOf('sent') };
}

/** What was erased has no author any more, and stays erased. */
function sameBytes(r: Reader, { id: folder }: Folder, hash: string, { role }: Authorship): Earlier | undefined {
  return r.get<Earlier>(sameBytesSql[role], hash, folder);
}

/** Other bytes, since each way here writes its own lines on top, and yet the same mail. */
function sameMail(r: Reader, { id: folder }: Folder, mail: ParsedMail, { role }: Authorship): Earlier | undefined {
  if (mail.messageId === null) return undefined;
  const facts = { baseSubject: baseSubject(mail.subject), newText: mail.newText };
  const from = mail.from?.address ?? null;
  return r
    .all<Earlier & { baseSubject: string; newText: string }>(sameMailSql[role], mail.messageId, from, folder)
    .find((earlier) => isSameMail(facts, earlier));
}

interface NewMessage {
  folder: Folder;
  arrival: Arrival;
  facts: RecordFacts;
  hash: string;
  author: Authorship;
  earlier: Earlier | undefined;
}

function insertMessage(
  w: Writer,
  { folder, arrival, facts, hash, author, earlier }: NewMessage,
): Pick<Recorded, 'id' | 'judged'> {
  // what was erased on request does not come back because the server has numbered its folder anew
  const isErased = earlier?.reason === erasedReason;
  const mail = isErased ? erasedMail : (arrival.mail ?? unreadMail);
  const { role, peer, clientId: named } = isErased ? nobodys(author) : author;
  const clientId = named ?? earlier?.client_id ?? null;
  const message: StoredMessage = {
    id: nextId(w),
    mailbox: folder.mailbox,
    folderId: folder.id,
    role,
    place: folder.place,
    folderPath: folder.path,
    uidValidity: folder.uidValidity,
    uid: arrival.uid,
    threadId: earlier?.thread_id ?? threadOf(w, mail, clientId),
    clientId,
    receivedAt: fromIso(toIso(arrival.receivedAt)),
    history: facts.history,
    flags: [...arrival.flags],
    sizeBytes: arrival.sizeBytes,
    contentHash: hash,
    truncated: arrival.truncated,
    fault: isErased ? null : arrival.fault,
    goneAt: null,
    judged: null,
    mail,
  };
  const isUnreadable = arrival.mail === null && !isErased;
  const verdict = isUnreadable || earlier !== undefined ? undefined : facts.judge?.(message);
  insertRow(w, message, { peer, ...(isUnreadable ? unreadable(w, arrival.fault) : judgementColumns(w, verdict)) });
  const { id } = message;
  return { id, judged: verdict === undefined ? null : { id, role, clientId, judged: verdict } };
}

/** Known before the row is there, for a judgement that names it. */
function nextId(r: Reader): number {
  return (r.get<{ id: number }>('SELECT coalesce(max(id), 0) + 1 AS id FROM messages') as { id: number }).id;
}

function insertRow(w: Writer, message: StoredMessage, { peer, ...judged }: { peer: string | null } & Row): void {
  const { subject, text, newText, ...rest } = message.mail;
  insertInto(w, 'messages', {
    id: message.id,
    folder_id: message.folderId,
    uid_validity: message.uidValidity,
    uid: message.uid,
    role: message.role,
    thread_id: message.threadId,
    client_id: message.clientId,
    received_at: toIso(message.receivedAt),
    history: message.history ? 1 : 0,
    message_id: rest.messageId,
    from_address: rest.from?.address ?? null,
    from_name: rest.from?.name ?? null,
    peer_address: peer,
    peer_domain: peer === null ? null : domainOf(peer),
    subject,
    base_subject: baseSubject(subject),
    size_bytes: message.sizeBytes,
    flags: JSON.stringify(message.flags),
    content_hash: message.contentHash,
    truncated: message.truncated ? 1 : 0,
    fault: message.fault,
    ...judged,
    mail: JSON.stringify(rest),
    own_text: newText === text ? null : newText,
    text,
  });
  w.run(
    'INSERT INTO messages_text (rowid, subject, from_name, from_address, text) VALUES (?, ?, ?, ?, ?)',
    message.id,
    subject,
    rest.from?.name ?? '',
    rest.from?.address ?? '',
    text,
  );
}

/** Judged at once, so that no job tries: nobody can tell what it is. */
function unreadable(w: Writer, fault: string | null): Row {
  const said = fault ?? 'no reason was given';
  return {
    fault: said,
    judged_at: toIso(w.now),
    reason: 'unreadable',
    out_of_hours: 0,
    why: reasonOut({ code: 'unreadable', fault: said }),
  };
}

/** What was erased is with nobody. */
function nobodys({ role, behindOwn }: Authorship): Authorship {
  return { role, behindOwn, clientId: null, peer: null };
}

function authorOf(r: Reader, { role: folder }: Folder, mail: ParsedMail, facts: RecordFacts): Authorship {
  const { ownAddresses, colleagues = [] } = facts;
  return authorshipOf(mail, { folder, ownAddresses, colleagues, clientOf: (address) => clientIdByAddress(r, address) });
}

/**
 * The new row stands for the earlier one from now on. Judged before: the judgement is carried over. Not yet judged:
 * the new row waits for it instead, and is history only if the earlier one was.
 */
function takeOver(w: Writer, { earlier, id, folder }: { earlier: Earlier; id: number; folder: Folder }): void {
  const now = toIso(w.now);
  if (earlier.judged_at === null) handOver(w, earlier.id, id, now);
  else carryOver(w, earlier.id, id);
  carryDoubt(w, earlier.id, id);
  // the earlier one may still be where it was: a look at the flags will tell
  const isRenumbered = earlier.folder_id === folder.id && earlier.uid_validity !== folder.uidValidity;
  const gone = isRenumbered ? now : null;
  w.run(
    "UPDATE messages SET replaced_by = ?, keyword_state = 'none', gone_at = coalesce(gone_at, ?) WHERE id = ?",
    id,
    gone,
    earlier.id,
  );
  w.run('UPDATE windows SET opened_by = ? WHERE opened_by = ?', id, earlier.id);
  w.run('UPDATE windows SET answered_by = ? WHERE answered_by = ?', id, earlier.id);
  w.run('UPDATE letters SET answers_message_id = ? WHERE answers_message_id = ?', id, earlier.id);
}

function handOver(w: Writer, from: number, to: number, now: string): void {
  w.run('UPDATE messages SET history = (SELECT history FROM messages WHERE id = ?) WHERE id = ?', from, to);
  w.run(
    "UPDATE messages SET judged_at = ?, out_of_hours = 0, reason = 'replaced', why = ? WHERE id = ?",
    now,
    reasonOut({ code: 'replaced', by: to }),
    from,
  );
}

function carryOver(w: Writer, from: number, to: number): void {
  w.run(
    `UPDATE messages AS m SET history = 1, judged_at = e.judged_at, kind = e.kind, out_of_hours = e.out_of_hours,
       out_of_hours_why = e.out_of_hours_why, minutes_to_opening = e.minutes_to_opening, window_id = e.window_id,
       reason = e.reason, why = e.why, keyword_state = iif(e.keyword_state = 'none', 'none', 'wanted')
     FROM messages e WHERE e.id = ? AND m.id = ?`,
    from,
    to,
  );
}

/** What no job has judged yet, in the order it was recorded. */
export function unjudged(r: Reader, limit: number): StoredMessage[] {
  return r.all<MessageRow>(`${select} WHERE m.judged_at IS NULL ORDER BY m.id LIMIT ?`, limit).map(toMessage);
}

export function saveJudgement(w: Writer, id: number, verdict: Verdict): void {
  const columns = judgementColumns(w, verdict);
  const set = Object.keys(columns).map((column) => `${column} = @${column}`);
  w.run(`UPDATE messages SET ${set.join(', ')} WHERE id = @id`, { ...columns, id });
}

function judgementColumns(w: Writer, verdict: Verdict | undefined): Row {
  if (verdict === undefined) return {};
  return {
    judged_at: toIso(w.now),
    kind: verdict.kind,
    out_of_hours: verdict.outOfHours ? 1 : 0,
    out_of_hours_why: reasonOut(verdict.outOfHoursWhy),
    minutes_to_opening: verdict.minutesToOpening,
    window_id: verdict.windowId,
    reason: verdict.reason,
    why: reasonOut(verdict.why),
  };
}

/** What belongs to a client, by the moment of receipt: to read one after the other, because the texts are long. */
export function messageIdsOf(r: Reader, clientId: number): number[] {
  return r
    .all<{ id: number }>(
      'SELECT id FROM messages WHERE client_id = ? AND replaced_by IS NULL ORDER BY received_at, id',
      clientId,
    )
    .map(({ id }) => id);
}

/** As much of a source as is fetched when a message arrives. */
const firstBytes = 65_536;

/** Whether these bytes are those that arrived: by the digest that was taken of their beginning and their length. */
export function isAsRecorded(message: StoredMessage, source: Uint8Array): boolean {
  const head = message.truncated ? source.subarray(0, firstBytes) : source;
  return contentHash(head, source.length) === message.contentHash;
}

export function contentHashById(r: Reader, id: number): string | undefined {
  return r.get<{ hash: string }>('SELECT content_hash AS hash FROM messages WHERE id = ?', id)?.hash;
}

export function messageById(r: Reader, id: number): StoredMessage | undefined {
  const row = r.get<MessageRow>(`${select} WHERE m.id = ?`, id);
  return row && toMessage(row);
}

/** When the newest message of a folder was received, of whatever UIDVALIDITY. */
export function newestReceivedAt(r: Reader, folderId: number): Instant | undefined {
  const row = r.get<{ at: string }>(
    'SELECT received_at AS at FROM messages WHERE folder_id = ? ORDER BY received_at DESC LIMIT 1',
    folderId,
  );
  return row && fromIso(row.at);
}

/** Written by a person of the client, those of before the first start too; how many came outside contact hours. */
export function countClientMessages(r: Reader, clientId: number): { messages: number; messagesOutOfHours: number } {
  const sql = `SELECT count(*) AS messages, coalesce(sum(m.out_of_hours), 0) AS messagesOutOfHours
    FROM messages m JOIN folders f ON f.id = m.folder_id WHERE m.client_id = ? AND f.role = 'inbox' AND m.kind = 'human'
    AND m.replaced_by IS NULL AND ${notDoubted('m.id')}`;
  return r.get(sql, clientId) as { messages: number; messagesOutOfHours: number };
}

/** The last message that a person wrote from this address, which is no client's. */
export function lastFrom(r: Reader, address: string): StoredMessage | undefined {
  const row = r.get<MessageRow>(
    `${select} WHERE m.from_address = ? AND m.client_id IS NULL AND m.role = 'inbox' AND m.kind = 'human'
       AND m.replaced_by IS NULL ORDER BY m.received_at DESC, m.id DESC LIMIT 1`,
    address,
  );
  return row && toMessage(row);
}

/** 0 without one. */
export function newestMessageId(r: Reader): number {
  return r.get<{ id: number | null }>('SELECT max(id) AS id FROM messages')?.id ?? 0;
}

/** Clients of whom a person has written since that message was recorded, and not before the first start. */
export function writersSince(r: Reader, id: number): number[] {
  return r
    .all<{ clientId: number }>(
      `SELECT DISTINCT client_id AS clientId FROM messages
       WHERE id > ? AND +client_id IS NOT NULL AND role = 'inbox' AND kind = 'human' AND history = 0`,
      id,
    )
    .map(({ clientId }) => clientId);
}

/** Both roles, by the moment of receipt. */
export function threadMessages(r: Reader, threadId: number): StoredMessage[] {
  return r
    .all<MessageRow>(`${select} WHERE m.thread_id = ? AND m.replaced_by IS NULL ORDER BY m.received_at, m.id`, threadId)
    .map(toMessage);
}

/**
 * Whose word was the last in the thread before a message: a person's, or the owner's side's. A draft is none yet, and
 * thanks are none that counts.
 */
export function lastWordBefore(
  r: Reader,
  { id, threadId, receivedAt }: Pick<StoredMessage, 'id' | 'threadId' | 'receivedAt'>,
): FolderRole | undefined {
  return r.get<{ role: FolderRole }>(
    `SELECT role FROM messages m
     WHERE thread_id = ? AND id <> ? AND received_at <= ? AND replaced_by IS NULL
       AND (kind = 'human' AND reason <> 'thanks' OR role = 'sent' AND NOT ${isDraft})
     ORDER BY received_at DESC, id DESC LIMIT 1`,
    threadId,
    id,
    toIso(receivedAt),
  )?.role;
}

/** What waits for an answer in a window, by the moment of receipt. */
export function messagesOfWindow(r: Reader, window: { id: number; openedBy: number }): StoredMessage[] {
  return r
    .all<MessageRow>(
      `${select} WHERE m.id IN (SELECT id FROM messages WHERE window_id = @id UNION SELECT @openedBy)
         AND m.replaced_by IS NULL ORDER BY m.received_at, m.id`,
      { id: window.id, openedBy: window.openedBy },
    )
    .map(toMessage);
}

/**
 * Whether no message of a window lies where mail is read any more, or under \\Deleted at the most: whoever reads this
 * mailbox has thrown it away, or put it elsewhere.
 * @returns null while one does; since when, as far as it is known
 */
export function takenAway(r: Reader, window: { id: number; openedBy: number }): { since: Instant | null } | null {
  const { there, since } = r.get<{ there: number; since: string | null }>(
    `SELECT count(*) FILTER (WHERE gone_at IS NULL AND flags NOT LIKE '%\\\\Deleted%') AS there, max(gone_at) AS since
     FROM messages WHERE id IN (SELECT id FROM messages WHERE window_id = @id UNION SELECT @openedBy)`,
    { id: window.id, openedBy: window.openedBy },
  ) as { there: number; since: string | null };
  return there > 0 ? null : { since: instantOrNull(since) };
}

/** Where the messages lie, their copies too, that wait for an answer: in one folder, as it is numbered now. */
export function waitingIn(
  r: Reader,
  folder: { id: number; uidValidity: string },
): { id: number; uid: number; flags: string[] }[] {
  return r
    .all<{ id: number; uid: number; flags: string }>(
      // from the windows to their messages: the other way round each message of the folder would ask about each window
      `SELECT m.id, m.uid, m.flags FROM (
         SELECT opened_by AS id FROM windows WHERE state = 'open'
         UNION SELECT one.id FROM windows w CROSS JOIN messages one ON one.window_id = w.id WHERE w.state = 'open'
       ) waiting CROSS JOIN messages m ON m.id = waiting.id
       WHERE m.folder_id = ? AND m.uid_validity = ? AND m.gone_at IS NULL ORDER BY m.uid`,
      folder.id,
      folder.uidValidity,
    )
    .map((row) => ({ ...row, flags: JSON.parse(row.flags) as string[] }));
}

/** Drafts to clients that lie in a folder and came since: what they are when the flag is taken off, they become then. */
export function draftsIn(
  r: Reader,
  folder: { id: number; uidValidity: string },
  since: Instant,
): { id: number; uid: number; flags: string[] }[] {
  return r
    .all<{ id: number; uid: number; flags: string }>(
      // named, because the planner would rather walk through the whole folder
      `SELECT id, uid, flags FROM messages m INDEXED BY messages_written
       WHERE received_at >= ? AND role = 'sent' AND client_id IS NOT NULL AND history = 0 AND replaced_by IS NULL
         AND judged_at IS NOT NULL AND folder_id = ? AND uid_validity = ? AND gone_at IS NULL
         AND ${isDraft} ORDER BY uid`,
      toIso(since),
      folder.id,
      folder.uidValidity,
    )
    .map((row) => ({ ...row, flags: JSON.parse(row.flags) as string[] }));
}

/** It is no longer what was judged: the judge looks at it again. */
export function judgeAgain(w: Writer, id: number): void {
  w.run('UPDATE messages SET judged_at = NULL WHERE id = ?', id);
}

/** Whether the owner has written to this address of the client: by her Sent folder alone, into which nobody else writes. */
export function hasWrittenTo(r: Reader, clientId: number, address: string): boolean {
  const sql = `SELECT 1 FROM messages m JOIN folders f ON f.id = m.folder_id
    WHERE m.client_id = ? AND m.peer_address = ? AND f.role = 'sent' LIMIT 1`;
  return r.get(sql, clientId, address) !== undefined;
}

/** What a list shows of a message, without its long columns. */
export interface MessageHead {
  subject: string;
  fromName: string;
  fromAddress: string;
}

export function messageHead(r: Reader, id: number): MessageHead | undefined {
  return r.get<MessageHead>(
    `SELECT subject, coalesce(from_name, '') AS fromName, coalesce(from_address, '') AS fromAddress
     FROM messages WHERE id = ?`,
    id,
  );
}

export interface MessageFilter {
  clientId?: number;
  kind?: MessageKind;
  outOfHours?: boolean;
  role?: FolderRole;
  /** by its name */
  mailbox?: string;
  since?: Instant;
  limit?: number;
  /** only those whose response window is open */
  unanswered?: boolean;
}

/** Newest first. */
export function listMessages(r: Reader, filter: MessageFilter = {}): StoredMessage[] {
  const { where, values } = conditionsOf(filter);
  const order = 'ORDER BY m.received_at DESC, m.id DESC LIMIT ?';
  return r.all<MessageRow>(`${select} ${where} ${order}`, ...values, filter.limit ?? -1).map(toMessage);
}

function conditionsOf(filter: MessageFilter): Conditions {
  const conditions = new Conditions()
    .add('m.replaced_by IS NULL')
    .given('m.client_id = ?', filter.clientId)
    .given('m.kind = ?', filter.kind)
    .given('f.mailbox = ?', filter.mailbox)
    .given('m.received_at >= ?', isoGiven(filter.since));
  if (filter.role !== undefined) conditions.add(`m.${isOf(filter.role)}`);
  // written out, not bound, so that the partial index of those out of hours can be used
  if (filter.outOfHours !== undefined) conditions.add(`m.out_of_hours = ${filter.outOfHours ? 1 : 0}`);
  if (filter.unanswered === true)
    conditions.add("m.role = 'inbox'").add("m.window_id IN (SELECT id FROM windows WHERE state = 'open')");
  return conditions;
}

const longestQuery = 500;
const mostTerms = 20;
/** A shorter one would stand for half the dictionary, and take seconds. */
const shortestBeginning = 3;

/**
 * Messages that contain every word and every "phrase", in subject, sender or text; the last word may be a beginning
 * of three letters or more. Accents and case do not matter. Last recorded first. Whatever was typed, it is only words.
 */
export function searchMessages(r: Reader, query: string, limit: number): StoredMessage[] {
  const match = matchOf(query);
  if (match === null) return [];
  return r
    .all<MessageRow>(
      `SELECT m.*, f.mailbox, f.place, f.path AS folder_path FROM messages_text t CROSS JOIN messages m ON m.id = t.rowid
         JOIN folders f ON f.id = m.folder_id
       WHERE messages_text MATCH ? AND m.replaced_by IS NULL ORDER BY t.rowid DESC LIMIT ?`,
      match,
      limit,
    )
    .map(toMessage);
}

/** Every term becomes an FTS5 string, so that AND, NEAR, *, :, ( and the like lose their meaning. */
function matchOf(query: string): string | null {
  const terms = [...query.slice(0, longestQuery).matchAll(/"([^"]*)"?|([^\s"]+)/g)]
    .map(([, phrase, word]) => ({ text: phrase ?? word ?? '', isPhrase: phrase !== undefined }))
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .slice(0, mostTerms);
  const last = terms.at(-1);
  if (last === undefined) return null;
  const strings = terms.map(({ text }) => `"${text.replaceAll('\0', ' ')}"`);
  const isBeginning = !last.isPhrase && last.text.length >= shortestBeginning;
  return strings.join(' AND ') + (isBeginning ? '*' : '');
}

export function setFlags(w: Writer, id: number, flags: readonly string[]): void {
  w.run('UPDATE messages SET flags = ? WHERE id = ?', JSON.stringify(flags), id);
}

/** It is no longer on the server. It stays in the record. */
export function markGone(w: Writer, id: number): void {
  w.run('UPDATE messages SET gone_at = ? WHERE id = ? AND gone_at IS NULL', toIso(w.now), id);
}

/** Messages on the server that still want the out-of-hours keyword. */
export function wantedKeywords(
  r: Reader,
  mailbox: string,
  place: Place,
  limit: number,
): { id: number; uid: number; folderId: number }[] {
  return r.all(
    // named, because the planner would rather walk through the whole folder
    `SELECT m.id, m.uid, m.folder_id AS folderId FROM folders f JOIN messages m INDEXED BY messages_keyword
       ON m.folder_id = f.id AND m.uid_validity = f.uid_validity
     WHERE f.mailbox = ? AND f.place = ? AND m.keyword_state = 'wanted' AND m.gone_at IS NULL
     ORDER BY m.uid LIMIT ?`,
    mailbox,
    place,
    limit,
  );
}

export function setKeywordState(w: Writer, id: number, state: 'set' | 'refused' | 'wanted'): void {
  w.run('UPDATE messages SET keyword_state = ? WHERE id = ?', state, id);
}
