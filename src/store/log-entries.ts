/**
 * What the owner logs by hand: calls, meetings, chats, notes, work, pieces handed over. Whether it was out of hours
 * is the caller's judgement.
 */
import type { Reason } from '../rules/reason.ts';
import { type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { Table } from './table.ts';

export const logKinds = ['call', 'meeting', 'chat', 'note', 'work', 'delivery'] as const;
export type LogKind = (typeof logKinds)[number];

export interface LogEntry {
  id: number;
  clientId: number;
  kind: LogKind;
  at: Instant;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  text: string;
  project: string | null;
  outOfHours: boolean;
  outOfHoursWhy: Reason | null;
  recordedAt: Instant;
}

export type NewLogEntry = Omit<LogEntry, 'id' | 'recordedAt'>;

const logged = new Table<LogEntry>('log_entries', {
  id: 'plain',
  clientId: 'plain',
  kind: 'plain',
  at: 'instant',
  minutes: 'plain',
  direction: 'plain',
  text: 'plain',
  project: 'plain',
  outOfHours: 'flag',
  outOfHoursWhy: 'json',
  recordedAt: 'instant',
});

export function addLogEntry(w: Writer, entry: NewLogEntry): LogEntry {
  const id = logged.insert(w, { ...entry, recordedAt: w.now });
  return logged.one(w, 'WHERE id = ?', id) as LogEntry;
}

/** Oldest first. */
export function logEntries(r: Reader, clientId: number): LogEntry[] {
  return logged.many(r, 'WHERE client_id = ? ORDER BY at, id', clientId);
}

/** Of every client, oldest first. */
export function allLogEntries(r: Reader, since: Instant): LogEntry[] {
  return logged.many(r, 'WHERE at >= ? ORDER BY client_id, at, id', toIso(since));
}
