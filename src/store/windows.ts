/**
 * Response windows: from the first unanswered message of a thread until the answer is due. At most one is open for
 * a thread. When one opens and when it is due is computed elsewhere.
 */
import type { EvidenceKind } from '../rules/response-window.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { Conditions, isoGiven } from './rows.ts';
import { Table } from './table.ts';

export interface Window {
  id: number;
  threadId: number;
  clientId: number | null;
  /** the message that opened it */
  openedBy: number;
  openedAt: Instant;
  dueAt: Instant;
  state: 'open' | 'answered' | 'waived';
  /** how we know that it was answered */
  evidence: EvidenceKind | null;
  answeredBy: number | null;
  answeredAt: Instant | null;
  /** the due moment an acknowledgement has promised: it never changes again */
  promisedAt: Instant | null;
  /** keys of the warnings the owner has had */
  warned: string[];
  missedAt: Instant | null;
  /** false: opened by mail that is not believed; it is shown, but nothing waits for it */
  believed: boolean;
}

const windows = new Table<Window>('windows', {
  id: 'plain',
  threadId: 'plain',
  clientId: 'plain',
  openedBy: 'plain',
  openedAt: 'instant',
  dueAt: 'instant',
  state: 'plain',
  evidence: 'plain',
  answeredBy: 'plain',
  answeredAt: 'instant',
  promisedAt: 'instant',
  warned: 'json',
  missedAt: 'instant',
  believed: 'flag',
});

export interface NewWindow {
  threadId: number;
  clientId: number | null;
  openedBy: number;
  openedAt: Instant;
  dueAt: Instant;
  /** true when not given */
  believed?: boolean;
}

/** The thread's open window when it has one: later messages join it. */
export function openWindow(w: Writer, window: NewWindow): Window {
  const open = openWindowOfThread(w, window.threadId);
  if (open !== undefined) return open;
  const { threadId, clientId, openedBy, openedAt, dueAt, believed = true } = window;
  const id = windows.insert(w, { state: 'open', threadId, clientId, openedBy, openedAt, dueAt, believed });
  return windowById(w, id) as Window;
}

export function windowById(r: Reader, id: number): Window | undefined {
  return windows.one(r, 'WHERE id = ?', id);
}

export function openWindowOfThread(r: Reader, threadId: number): Window | undefined {
  return windows.one(r, "WHERE thread_id = ? AND state = 'open'", threadId);
}

/**
 * A message that is believed joined it: it counts from that message on.
 * @returns false when it was believed already
 */
export function believeWindow(w: Writer, id: number, by: Pick<NewWindow, 'openedBy' | 'openedAt' | 'dueAt'>): boolean {
  const { changes } = w.run(
    `UPDATE windows SET believed = 1, opened_by = ?, opened_at = ?, due_at = coalesce(promised_at, ?)
     WHERE id = ? AND state = 'open' AND believed = 0`,
    by.openedBy,
    toIso(by.openedAt),
    toIso(by.dueAt),
    id,
  );
  return changes === 1;
}

export interface WindowFilter {
  /** null: strangers' */
  clientId?: number | null;
  dueBefore?: Instant;
  /** only those for which something may wait */
  believed?: true;
}

/** By due moment. */
export function openWindows(r: Reader, filter: WindowFilter = {}): Window[] {
  const conditions = new Conditions()
    .add("state = 'open'")
    .given('client_id IS ?', filter.clientId)
    .given('due_at < ?', isoGiven(filter.dueBefore));
  if (filter.believed === true) conditions.add('believed = 1');
  const { where, values } = conditions;
  return windows.many(r, `${where} ORDER BY due_at, id`, ...values);
}

/** Open ones that are due before then, believed, and not known to be missed: of which the owner may have to hear. */
export function windowsToWarnOf(r: Reader, dueBefore: Instant): Window[] {
  const rest = "WHERE state = 'open' AND due_at < ? AND missed_at IS NULL AND believed = 1 ORDER BY due_at, id";
  return windows.many(r, rest, toIso(dueBefore));
}

/** Open ones of whose messages one carries the `\Answered` flag. */
export function openWindowsFlaggedAnswered(r: Reader): Window[] {
  return r
    .all<object>(
      `SELECT w.* FROM windows w
       WHERE w.state = 'open' AND EXISTS (
         SELECT 1 FROM messages m, json_each(m.flags) f
         WHERE m.id IN (SELECT id FROM messages WHERE window_id = w.id UNION SELECT w.opened_by)
           AND f.value = '\\Answered')
       ORDER BY w.due_at, w.id`,
    )
    .map(windows.read);
}

/** @returns false when it was not open */
export function answerWindow(
  w: Writer,
  id: number,
  answer: { evidence: EvidenceKind; answeredBy: number | null; answeredAt: Instant },
): boolean {
  const { changes } = w.run(
    `UPDATE windows SET state = 'answered', evidence = ?, answered_by = ?, answered_at = ?
     WHERE id = ? AND state = 'open'`,
    answer.evidence,
    answer.answeredBy,
    toIso(answer.answeredAt),
    id,
  );
  return changes === 1;
}

/** The owner says that no answer is needed. @returns false when it was not open */
export function waiveWindow(w: Writer, id: number): boolean {
  return w.run("UPDATE windows SET state = 'waived' WHERE id = ? AND state = 'open'", id).changes === 1;
}

/** Freezes what an acknowledgement promised. A second promise changes nothing. */
export function promise(w: Writer, windowId: number, dueAt: Instant): void {
  w.run('UPDATE windows SET promised_at = ? WHERE id = ? AND promised_at IS NULL', toIso(dueAt), windowId);
}

/** Remembers that the owner had this warning. */
export function noteWarned(w: Writer, windowId: number, key: string): void {
  const window = windowById(w, windowId);
  if (window === undefined || window.warned.includes(key)) return;
  w.run('UPDATE windows SET warned = ? WHERE id = ?', JSON.stringify([...window.warned, key]), windowId);
}

/** Remembers when the miss was noticed, the first time. */
export function noteMissed(w: Writer, windowId: number): void {
  w.run('UPDATE windows SET missed_at = ? WHERE id = ? AND missed_at IS NULL', toIso(w.now), windowId);
}

/** Open windows of a client whose opening message or thread has this base subject. */
export function openWindowsWithSubject(r: Reader, clientId: number, baseSubject: string): Window[] {
  return r
    .all<object>(
      `SELECT w.* FROM windows w JOIN messages m ON m.id = w.opened_by JOIN threads t ON t.id = w.thread_id
       WHERE w.client_id = ? AND w.state = 'open' AND ? IN (m.base_subject, t.base_subject)
       ORDER BY w.due_at, w.id`,
      clientId,
      baseSubject,
    )
    .map(windows.read);
}

/** Those that the owner has said to be answered, without a mail that shows it. */
export function answeredByWord(
  r: Reader,
  clientId: number,
): { openedBy: number; answeredAt: Instant; subject: string }[] {
  return r
    .all<{ opened_by: number; answered_at: string; subject: string }>(
      `SELECT w.opened_by, w.answered_at, m.subject FROM windows w JOIN messages m ON m.id = w.opened_by
       WHERE w.client_id = ? AND w.evidence = 'owner' AND w.answered_at IS NOT NULL ORDER BY w.id`,
      clientId,
    )
    .map((row) => ({ openedBy: row.opened_by, answeredAt: fromIso(row.answered_at), subject: row.subject }));
}
