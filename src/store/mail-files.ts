/** Attachments that may be files of invoices or of a bank, as mails name them. Fetches nothing. */
import { type BookKind, kindInMail } from '../rules/book-names.ts';
import type { Attachment, FolderRole } from '../rules/message.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';

export interface MailFile {
  messageId: number;
  /** among the attachments of the message, from 0 */
  position: number;
  name: string;
  kind: BookKind;
}

const markKey = 'mail-files.mark';
/** So many messages are gone through at once: a large mailbox is no reason to wait. */
const mostAtOnce = 2_000;

/** Goes on where it stopped the last time. @returns how many files were found */
export function noteMailFiles(w: Writer): number {
  const [mark, newest] = marks(w);
  const upTo = Math.min(newest, mark + mostAtOnce);
  const rows = w.all<{ id: number; role: FolderRole; attachments: string }>(
    `SELECT id, role, json_extract(mail, '$.attachments') AS attachments FROM messages
     WHERE id > ? AND id <= ? AND replaced_by IS NULL AND kind IS NOT 'spam' AND instr(mail, '"attachments":[]') = 0`,
    ...[mark, upTo],
  );
  let found = 0;
  for (const { id, role, attachments } of rows) {
    // the same mail under another number: what became of its files stays known
    w.run(
      `UPDATE OR IGNORE mail_files SET message_id = ? WHERE message_id IN
         (SELECT f.message_id FROM mail_files f JOIN messages m ON m.id = f.message_id WHERE m.replaced_by = ?)`,
      ...[id, id],
    );
    for (const [position, { name }] of (JSON.parse(attachments) as Attachment[]).entries()) {
      const kind = kindInMail(name, role === 'sent');
      if (kind === null) continue;
      found += 1;
      w.run(
        'INSERT OR IGNORE INTO mail_files (message_id, position, name, kind) VALUES (?, ?, ?, ?)',
        ...[id, position, name, kind],
      );
    }
  }
  setFact(w, markKey, String(upTo));
  return found;
}

/** Messages came since the last look. */
export function hasNewMessages(r: Reader): boolean {
  const [mark, newest] = marks(r);
  return newest > mark;
}

function marks(r: Reader): [mark: number, newest: number] {
  const newest = r.get<{ id: number | null }>('SELECT max(id) AS id FROM messages')?.id ?? 0;
  return [Number(factOf(r, markKey) ?? 0), newest];
}

/** Oldest first. @param messageIds null: all that are proposed */
export function proposedFiles(r: Reader, messageIds: readonly number[] | null = null): MailFile[] {
  const all = r.all<MailFile>(
    `SELECT message_id AS messageId, position, name, kind FROM mail_files WHERE state = 'proposed'
     ORDER BY message_id, position`,
  );
  return messageIds === null ? all : all.filter(({ messageId }) => messageIds.includes(messageId));
}

/** It was looked at, and is proposed no more. */
export function settleMailFile(w: Writer, { messageId, position }: MailFile, state: 'taken' | 'ignored'): void {
  w.run('UPDATE mail_files SET state = ? WHERE message_id = ? AND position = ?', ...[state, messageId, position]);
}
