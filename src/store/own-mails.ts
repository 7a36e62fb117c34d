/**
 * Mails of the owner's own on their way: one row for each that lies, or lay, in the folder of what waits for hours. Each
 * move is guarded by the state that it leaves. Decides nothing.
 */
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, minuteMs, plus, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { insertInto, instantOrNull, isoOrNull, marks, reasonOut } from './rows.ts';

export type OwnMailState = 'waiting' | 'asks' | 'sending' | 'sent' | 'filed' | 'unsure' | 'failed' | 'taken-back';

export interface OwnMailRow {
  id: number;
  mailbox: string;
  uidValidity: string;
  uid: number;
  contentHash: string;
  state: OwnMailState;
  why: Reason;
  subject: string;
  sender: string;
  recipients: string[];
  seenAt: Instant;
  dueAt: Instant | null;
  attempts: number;
  messageId: string;
  sentAt: Instant | null;
}

type Stored = Record<keyof OwnMailRow, never> & {
  why: string;
  recipients: string;
  seenAt: string;
  dueAt: string | null;
  sentAt: string | null;
};

const columns = `id, mailbox, uid_validity AS uidValidity, uid, content_hash AS contentHash, state, why, subject, sender,
  recipients, seen_at AS seenAt, due_at AS dueAt, attempts, message_id AS messageId, sent_at AS sentAt`;

function rowsOf(r: Reader, rest: string, ...values: (string | number)[]): OwnMailRow[] {
  return r.all<Stored>(`SELECT ${columns} FROM own_mails ${rest}`, ...values).map((row) => ({
    ...(row as unknown as OwnMailRow),
    why: JSON.parse(row.why) as Reason,
    recipients: JSON.parse(row.recipients) as string[],
    seenAt: fromIso(row.seenAt),
    dueAt: instantOrNull(row.dueAt),
    sentAt: instantOrNull(row.sentAt),
  }));
}

/** All that are not at their end, oldest first. */
export function ownMailsOnTheWay(r: Reader, mailbox?: string): OwnMailRow[] {
  const ofOne = mailbox === undefined ? '' : 'AND mailbox = ?';
  const values = mailbox === undefined ? [] : [mailbox];
  return rowsOf(r, `WHERE state NOT IN ('filed', 'taken-back') ${ofOne} ORDER BY id`, ...values);
}

export function ownMailById(r: Reader, id: number): OwnMailRow | undefined {
  return rowsOf(r, 'WHERE id = ?', id)[0];
}

export function ownMailAt(
  r: Reader,
  { mailbox, uidValidity, uid }: Pick<OwnMailRow, 'mailbox' | 'uidValidity' | 'uid'>,
): OwnMailRow | undefined {
  return rowsOf(r, 'WHERE mailbox = ? AND uid_validity = ? AND uid = ?', mailbox, uidValidity, uid)[0];
}

export type NewOwnMail = Omit<OwnMailRow, 'id' | 'seenAt' | 'attempts' | 'sentAt'>;

export function addOwnMail(w: Writer, mail: NewOwnMail): OwnMailRow {
  const id = insertInto(w, 'own_mails', {
    mailbox: mail.mailbox,
    uid_validity: mail.uidValidity,
    uid: mail.uid,
    content_hash: mail.contentHash,
    state: mail.state,
    why: reasonOut(mail.why),
    subject: mail.subject,
    sender: mail.sender,
    recipients: JSON.stringify(mail.recipients),
    seen_at: toIso(w.now),
    due_at: isoOrNull(mail.dueAt),
    message_id: mail.messageId,
  });
  return ownMailById(w, id) as OwnMailRow;
}

/** The server has numbered its folder anew: the same mail under another number. */
export function renumberOwnMail(
  w: Writer,
  id: number,
  { uidValidity, uid }: Pick<OwnMailRow, 'uidValidity' | 'uid'>,
): void {
  w.run('UPDATE own_mails SET uid_validity = ?, uid = ? WHERE id = ?', uidValidity, uid, id);
}

/** Moves it from one of these states. @returns whether it was in one of them */
export function moveOwnMail(
  w: Writer,
  id: number,
  from: readonly OwnMailState[],
  to: { state: OwnMailState; why: Reason; dueAt?: Instant | null },
): boolean {
  const due = to.dueAt === undefined ? '' : ', due_at = @due';
  const { changes } = w.run(
    `UPDATE own_mails SET state = @state, why = @why ${due} WHERE id = @id AND state IN (${from.map((state) => `'${state}'`).join(', ')})`,
    { id, state: to.state, why: reasonOut(to.why), ...(to.dueAt === undefined ? {} : { due: isoOrNull(to.dueAt) }) },
  );
  return changes === 1;
}

/** The bytes are frozen with the state, in one transaction. */
export function claimOwnMail(w: Writer, id: number, frozen: { bytes: Uint8Array; why: Reason }): boolean {
  const { changes } = w.run(
    `UPDATE own_mails SET state = 'sending', why = @why, bytes = @bytes, sent_at = @at,
       attempts = attempts + 1 WHERE id = @id AND state = 'waiting'`,
    { id, bytes: frozen.bytes, why: reasonOut(frozen.why), at: toIso(w.now) },
  );
  return changes === 1;
}

export function bytesOfOwnMail(r: Reader, id: number): Uint8Array | null {
  return r.get<{ bytes: Uint8Array | null }>('SELECT bytes FROM own_mails WHERE id = ?', id)?.bytes ?? null;
}

export function noteOwnMailFiled(w: Writer, id: number, why: Reason): boolean {
  const { changes } = w.run(
    `UPDATE own_mails SET state = 'filed', why = ?, bytes = NULL WHERE id = ? AND state = 'sent'`,
    reasonOut(why),
    id,
  );
  return changes === 1;
}

/** So long after it left its copy in Sent may not have been read yet. */
const unreadMs = 15 * minuteMs;

/** A mail of hers to one of these addresses that leaves before anything else does. */
export function ownMailTo(r: Reader, addresses: readonly string[], now: Instant): OwnMailRow | undefined {
  return rowsOf(
    r,
    `WHERE (state IN ('waiting', 'sending', 'sent') OR (state = 'filed' AND sent_at > ?))
       AND EXISTS (SELECT 1 FROM json_each(recipients) one WHERE one.value IN (${marks(addresses)})) ORDER BY id LIMIT 1`,
    toIso(plus(now, -unreadMs)),
    ...addresses,
  )[0];
}

/** The person is erased: what lies in the folder still is the owner's own to take out. */
export function forgetOwnMails(w: Writer, addresses: readonly string[]): void {
  if (addresses.length === 0) return;
  w.run(
    `DELETE FROM own_mails WHERE EXISTS (SELECT 1 FROM json_each(recipients) one WHERE one.value IN (${marks(addresses)}))`,
    ...addresses,
  );
}
