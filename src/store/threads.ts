/**
 * Threads: messages joined by In-Reply-To, References and their own Message-ID (RFC 5322, section 3.6.4). Joins by
 * identifiers only, never by subject, and never across two known clients: a mail forwarded from one to another must
 * not make the answer to the one an answer to the other.
 */
import type { ParsedMail } from '../rules/message.ts';
import { baseSubject } from '../rules/subject.ts';
import type { Reader, Writer } from './database.ts';
import { note } from './journal.ts';
import { insertInto, marks } from './rows.ts';

interface Thread {
  id: number;
  client_id: number | null;
}

/** A hostile or endless References costs no more than this. */
const keptIds = 50;

/** The thread of a message that is being recorded: found, merged or new. Remembers its identifiers. */
export function threadOf(w: Writer, mail: ParsedMail, clientId: number | null): number {
  const ids = identifiersOf(mail);
  const fitting = fittingThreads(w, ids, clientId);
  const [oldest, ...younger] = fitting;
  const id = oldest?.id ?? insertInto(w, 'threads', { base_subject: baseSubject(mail.subject), client_id: clientId });
  for (const thread of younger) merge(w, thread.id, id);
  if (oldest?.client_id === null) nameClient(w, id, clientId ?? clientAmong(younger));
  for (const messageId of ids)
    w.run('INSERT INTO thread_references (message_id, thread_id) VALUES (?, ?) ON CONFLICT DO NOTHING', messageId, id);
  return id;
}

/** Of what its first message spoke; none when there is no such thread. */
export function threadSubject(r: Reader, id: number): string[] {
  return r
    .all<{ subject: string }>('SELECT base_subject AS subject FROM threads WHERE id = ?', id)
    .map((t) => t.subject);
}

/**
 * Only where there is something to write: an UPDATE that could fail halfway begins a savepoint, and at every savepoint
 * FTS5 writes out the words it has gathered in the transaction, which makes recording many messages twice as slow.
 */
function nameClient(w: Writer, threadId: number, clientId: number | null): void {
  if (clientId !== null) w.run('UPDATE threads SET client_id = ? WHERE id = ?', clientId, threadId);
}

function clientAmong(threads: readonly Thread[]): number | null {
  return threads.find((thread) => thread.client_id !== null)?.client_id ?? null;
}

/** The nearest ancestors stand last in References. */
function identifiersOf(mail: ParsedMail): string[] {
  const related = [...new Set([...mail.references, ...mail.inReplyTo])].slice(-keptIds);
  return [...new Set(mail.messageId === null ? related : [...related, mail.messageId])];
}

function fittingThreads(r: Reader, ids: string[], clientId: number | null): Thread[] {
  if (ids.length === 0) return [];
  const found = r.all<Thread>(
    `SELECT DISTINCT t.id, t.client_id FROM thread_references x JOIN threads t ON t.id = x.thread_id
     WHERE x.message_id IN (${marks(ids)}) ORDER BY t.id`,
    ...ids,
  );
  const client = clientId ?? clientAmong(found);
  return found.filter((thread) => thread.client_id === null || client === null || thread.client_id === client);
}

function merge(w: Writer, from: number, into: number): void {
  joinWindows(w, from, into);
  w.run('UPDATE messages SET thread_id = ? WHERE thread_id = ?', into, from);
  w.run('UPDATE windows SET thread_id = ? WHERE thread_id = ?', into, from);
  w.run(
    `INSERT INTO thread_references (message_id, thread_id)
     SELECT message_id, ? FROM thread_references WHERE thread_id = ? ON CONFLICT DO NOTHING`,
    into,
    from,
  );
  w.run('DELETE FROM thread_references WHERE thread_id = ?', from);
  w.run('DELETE FROM threads WHERE id = ?', from);
}

/** One thread has one open window: of two, the one that is due first stays, and the other's messages join it. */
function joinWindows(w: Writer, from: number, into: number): void {
  const [stays, joins] = w.all<{ id: number }>(
    "SELECT id FROM windows WHERE thread_id IN (?, ?) AND state = 'open' ORDER BY due_at, id",
    from,
    into,
  );
  if (stays === undefined || joins === undefined) return;
  w.run("UPDATE windows SET state = 'waived' WHERE id = ?", joins.id);
  w.run('UPDATE messages SET window_id = ? WHERE window_id = ?', stays.id, joins.id);
  note(w, {
    kind: 'window-joined',
    subject: `window/${joins.id}`,
    why: { code: 'windows-joined', into: stays.id },
    data: { into: stays.id },
  });
}
