/**
 * What habits are counted from: of each message with a client only who, when and how it was judged. One walk through
 * an index that holds nothing else, so that a hundred thousand messages take a fraction of a second. Judges nothing.
 */
import { heardCues } from '../rules/red-flags.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { FolderRole, MessageKind } from '../rules/message.ts';
import { grouped } from '../rules/grouped.ts';
import type { Sum } from '../rules/money.ts';
import { fromIso, type Instant, type LocalDay, toIso } from '../rules/time.ts';
import type { Reader } from './database.ts';
import { notDoubted } from './doubted-messages.ts';
import { instantOrNull } from './rows.ts';

export interface HabitMessage {
  id: number;
  receivedAt: Instant;
  role: FolderRole;
  kind: MessageKind;
  outOfHours: boolean;
  /** never acted upon, so it has no window of its own */
  history: boolean;
  threadId: number;
  windowId: number | null;
}

export interface HabitFilter {
  since: Instant;
  clientId?: number | undefined;
}

/** From the letters to their messages: the planner would rather go through all messages. */
const ownLetters =
  'SELECT m.id FROM letters l CROSS JOIN messages m ON m.message_id = l.message_id WHERE l.message_id IS NOT NULL';

/** As one JSON list for each client: reading a hundred thousand rows one by one takes four times as long. */
type PackedMessage = [number, number, FolderRole, MessageKind, number, number, number, number | null];

/** By client, each by the moment of receipt. What could not be read or waits to be judged is left out. */
export function habitMessages(r: Reader, since: Instant, clientId?: number): Map<number, HabitMessage[]> {
  // the index is named, because the planner would rather look up every row by its moment
  const rows = r.all<{ client_id: number; packed: string }>(
    `SELECT client_id, json_group_array(json_array(
       id, unixepoch(received_at), role, kind, out_of_hours, history, thread_id, window_id)) AS packed
     FROM messages INDEXED BY messages_client
     WHERE ${clientId === undefined ? 'client_id IS NOT NULL' : 'client_id = ?'}
       AND received_at >= ? AND replaced_by IS NULL AND kind IS NOT NULL AND ${notDoubted('id')}
     GROUP BY client_id`,
    ...(clientId === undefined ? [] : [clientId]),
    toIso(since),
  );
  return new Map(rows.map((row) => [row.client_id, unpacked(JSON.parse(row.packed) as PackedMessage[])]));
}

function unpacked(messages: readonly PackedMessage[]): HabitMessage[] {
  return messages
    .map(([id, seconds, role, kind, outOfHours, history, threadId, windowId]) => ({
      id,
      receivedAt: (seconds * 1000) as Instant,
      role,
      kind,
      outOfHours: outOfHours === 1,
      history: history === 1,
      threadId,
      windowId,
    }))
    .sort((a, b) => a.receivedAt - b.receivedAt);
}

/**
 * For each client how many letters people of his wrote: what one client is compared with needs no more. Counted client
 * by client, because the index leads from there straight to the period.
 */
export function lettersWritten(r: Reader, since: Instant): Map<number, number> {
  const rows = r.all<{ client_id: number; count: number }>(
    `SELECT c.id AS client_id, (
       SELECT count(*) FROM messages m INDEXED BY messages_client
       WHERE m.client_id = c.id AND m.received_at >= ? AND m.role = 'inbox' AND m.kind = 'human'
         AND m.replaced_by IS NULL AND m.id NOT IN (${ownLetters}) AND ${notDoubted('m.id')}
     ) AS count FROM clients c`,
    toIso(since),
  );
  return new Map(rows.filter((row) => row.count > 0).map((row) => [row.client_id, row.count]));
}

/**
 * For each client what was billed in the period, by currency in the order of its first invoice, less what the owner spent
 * on him. Billed is earned, whether or not it has arrived; void invoices are none.
 */
export function earnedSums(r: Reader, since: Instant, sinceDay: LocalDay): Map<number, Sum[]> {
  const rows = r.all<Sum & { clientId: number }>(
    `SELECT i.client_id AS clientId, i.currency, sum(i.total_cents) - coalesce((
       SELECT sum(l.cost_cents) FROM log_entries l
       WHERE l.client_id = i.client_id AND l.cost_currency = i.currency AND l.at >= ?), 0) AS cents
     FROM invoices i WHERE i.issued_on >= ? AND i.state <> 'void'
     GROUP BY i.client_id, i.currency ORDER BY min(i.issued_on || printf('%016d', i.id))`,
    toIso(since),
    sinceDay,
  );
  return grouped(rows, (row) => row.clientId);
}

/**
 * For each client the minutes of work logged in the period up to the day of the last invoice, which are those that were
 * billed, and how many pieces of work were handed over.
 */
export function loggedSums(r: Reader, since: Instant): Map<number, { billedMinutes: number; deliveries: number }> {
  const rows = r.all<{ id: number; billedMinutes: number; deliveries: number }>(
    `SELECT l.client_id AS id, sum(CASE WHEN l.kind = 'work' AND l.at < (
         SELECT date(max(i.issued_on), '+1 day') FROM invoices i WHERE i.client_id = l.client_id AND i.state <> 'void')
       THEN coalesce(l.minutes, 0) ELSE 0 END) AS billedMinutes,
       sum(l.kind = 'delivery') AS deliveries
     FROM log_entries l WHERE l.at >= ? GROUP BY l.client_id`,
    toIso(since),
  );
  return new Map(rows.map(({ id, billedMinutes, deliveries }) => [id, { billedMinutes, deliveries }]));
}

/** FTS5 strings, so that no word of theirs is taken for an operator. */
const term = (word: string) => (word.endsWith('*') ? `"${word.slice(0, -1)}"*` : `"${word}"`);

/** Of each inner list at least one word; phrases that ask for the same words are asked for once. */
const cueQuery = [
  ...new Set(heardCues.map((lists) => lists.map((words) => `(${words.map(term).join(' OR ')})`).join(' AND '))),
]
  .map((clause) => `(${clause})`)
  .join(' OR ');

const ofOneClient = '+t.rowid IN (SELECT id FROM messages WHERE client_id = ?)';

/**
 * The new text of people's messages in which the words of some phrase of {@link heardCues} occur: the only ones worth listening to. The
 * search index finds them without reading the others. Of one client, what it finds of the others is passed over by
 * number: to look each up takes longer than to find it. Where nobody wrote the index is not asked: the question alone, with
 * its thousands of words, takes as long as going through a year of mail.
 */
export function textsWithCues(r: Reader, { since, clientId }: HabitFilter): Map<number, string> {
  if (!hasAnybodyWritten(r, since)) return new Map();
  const rows = r.all<{ id: number; new_text: string }>(
    `SELECT m.id, m.new_text FROM messages_text t CROSS JOIN messages m ON m.id = t.rowid
     WHERE messages_text MATCH ? AND m.kind = 'human' AND m.role = 'inbox' AND m.replaced_by IS NULL
       AND ${notDoubted('m.id')}
       AND m.received_at >= ? AND ${clientId === undefined ? 'm.client_id IS NOT NULL' : ofOneClient}`,
    ...[`{subject text} : (${cueQuery})`, toIso(since), ...(clientId === undefined ? [] : [clientId])],
  );
  return new Map(rows.map((row) => [row.id, row.new_text]));
}

function hasAnybodyWritten(r: Reader, since: Instant): boolean {
  const sql = "SELECT 1 FROM messages WHERE received_at >= ? AND kind = 'human' AND role = 'inbox' LIMIT 1";
  return r.get(sql, toIso(since)) !== undefined;
}

/** The owner's own messages that ask something: a question mark ends a sentence in what is new of them. */
export function questionsAsked(r: Reader, { since, clientId }: HabitFilter): Set<number> {
  const rows = r.all<{ id: number }>(
    `SELECT m.id FROM messages m INDEXED BY messages_client
     WHERE m.client_id IS NOT NULL AND m.received_at >= ? AND m.role = 'sent'
       AND (instr(m.new_text, '? ') > 0 OR instr(m.new_text, '?' || char(10)) > 0 OR m.new_text LIKE '%?')
       ${clientId === undefined ? '' : 'AND m.client_id = ?'}`,
    ...[toIso(since), ...(clientId === undefined ? [] : [clientId])],
  );
  return new Set(rows.map((row) => row.id));
}

/** Messages in Sent that Paletti wrote itself: neither answers nor requests of the owner. */
export function ownLetterMessages(r: Reader): Set<number> {
  const rows = r.all<{ id: number }>(ownLetters);
  return new Set(rows.map((row) => row.id));
}

/** What a thread is about, to join an answer to its question when a mail program has lost the reference. */
export function threadSubjects(r: Reader, clientId?: number): Map<number, string> {
  const ofClient = 'client_id = ? AND id IN (SELECT thread_id FROM messages WHERE client_id = ?)';
  const row = r.get<{ packed: string }>(
    `SELECT json_group_array(json_array(id, base_subject)) AS packed FROM threads
     WHERE ${clientId === undefined ? 'client_id IS NOT NULL' : ofClient}`,
    ...(clientId === undefined ? [] : [clientId, clientId]),
  );
  return new Map(JSON.parse(row?.packed ?? '[]') as [number, string][]);
}

export interface HabitWindow {
  id: number;
  clientId: number;
  openedAt: Instant;
  dueAt: Instant;
  state: 'open' | 'answered' | 'waived';
  answeredAt: Instant | null;
}

/** The windows that were really kept, of every client or one. */
export function habitWindows(r: Reader, { since, clientId }: HabitFilter): HabitWindow[] {
  const rows = r.all<{
    id: number;
    client_id: number;
    opened_at: string;
    due_at: string;
    state: HabitWindow['state'];
    answered_at: string | null;
  }>(
    `SELECT id, client_id, opened_at, due_at, state, answered_at FROM windows
     WHERE ${clientId === undefined ? 'client_id IS NOT NULL' : 'client_id = ?'} AND opened_at >= ?
       AND believed = 1 ORDER BY opened_at, id`,
    ...[...(clientId === undefined ? [] : [clientId]), toIso(since)],
  );
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    clientId: row.client_id,
    openedAt: fromIso(row.opened_at),
    dueAt: fromIso(row.due_at),
    answeredAt: instantOrNull(row.answered_at),
  }));
}

/** By client the letters that drew a line and left: the last of each kind. */
export function linesDrawn(r: Reader): Map<number, { kind: LetterKind; at: Instant }[]> {
  const rows = r.all<{ id: number; kind: LetterKind; at: string }>(
    `SELECT client_id AS id, kind, max(sent_at) AS at FROM letters
     WHERE kind LIKE 'boundary-%' AND sent_at IS NOT NULL AND client_id IS NOT NULL GROUP BY client_id, kind`,
  );
  const found = grouped(rows, (row) => row.id);
  return new Map([...found].map(([id, some]) => [id, some.map(({ kind, at }) => ({ kind, at: fromIso(at) }))]));
}

/** By client the letter that would pause the work and waits for the owner. */
export function pausesWaiting(r: Reader): Map<number, number> {
  const rows = r.all<{ clientId: number; id: number }>(
    `SELECT client_id AS clientId, min(id) AS id FROM letters
     WHERE state = 'held' AND effect = 'pause' AND approval = 'ask' AND approved_at IS NULL AND client_id IS NOT NULL
     GROUP BY client_id`,
  );
  return new Map(rows.map(({ clientId, id }) => [clientId, id]));
}
