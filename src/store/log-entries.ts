/**
 * What the owner logs by hand: calls, meetings, chats, notes, work, pieces handed over; lunches and dinners,
 * a refused price, an attack. Whether it was out of hours
 * is the caller's judgement.
 */
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { insertInto, reasonIn, reasonOut } from './rows.ts';

/** What a special entry is besides: lunches and dinners are meetings, a refused price and an attack are notes. */
const specialKinds = { lunch: 'meeting', dinner: 'meeting', price: 'note', attack: 'note' } as const;
type Special = keyof typeof specialKinds;

export const logKinds = [
  ...(['call', 'meeting', 'chat', 'note', 'work', 'delivery'] as const),
  ...(['lunch', 'dinner', 'price', 'attack'] as const),
];
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
  /** of a call or a chat: 'whatsapp'; null: not said */
  via: string | null;
  /** what the owner paid for it */
  cost: { cents: number; currency: string } | null;
  recordedAt: Instant;
}

export type NewLogEntry = Omit<LogEntry, 'id' | 'recordedAt' | 'via' | 'cost'> &
  Partial<Pick<LogEntry, 'via' | 'cost'>>;

interface LogEntryRow {
  id: number;
  client_id: number;
  kind: Exclude<LogKind, Special>;
  special: Special | null;
  at: string;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  text: string;
  project: string | null;
  out_of_hours: number;
  out_of_hours_why: string | null;
  via: string | null;
  cost_cents: number | null;
  cost_currency: string | null;
  recorded_at: string;
}

function toLogEntry(row: LogEntryRow): LogEntry {
  const { id, minutes, direction, text, project, via } = row;
  return {
    id,
    kind: row.special ?? row.kind,
    via,
    cost: row.cost_cents === null ? null : { cents: row.cost_cents, currency: row.cost_currency ?? 'EUR' },
    minutes,
    direction,
    text,
    project,
    clientId: row.client_id,
    at: fromIso(row.at),
    outOfHours: row.out_of_hours === 1,
    outOfHoursWhy: reasonIn(row.out_of_hours_why),
    recordedAt: fromIso(row.recorded_at),
  };
}

export function addLogEntry(w: Writer, entry: NewLogEntry): LogEntry {
  const { clientId, kind, minutes, direction, text, project } = entry;
  const special = kind in specialKinds ? (kind as Special) : null;
  const id = insertInto(w, 'log_entries', {
    kind: special === null ? kind : specialKinds[special],
    special,
    via: entry.via ?? null,
    cost_cents: entry.cost?.cents ?? null,
    cost_currency: entry.cost?.currency ?? null,
    minutes,
    direction,
    text,
    project,
    client_id: clientId,
    at: toIso(entry.at),
    out_of_hours: entry.outOfHours ? 1 : 0,
    out_of_hours_why: reasonOut(entry.outOfHoursWhy),
    recorded_at: toIso(w.now),
  });
  return toLogEntry(w.get<LogEntryRow>('SELECT * FROM log_entries WHERE id = ?', id) as LogEntryRow);
}

/** Oldest first. */
export function logEntries(r: Reader, clientId: number): LogEntry[] {
  return r.all<LogEntryRow>('SELECT * FROM log_entries WHERE client_id = ? ORDER BY at, id', clientId).map(toLogEntry);
}

/** Of every client, oldest first. */
export function allLogEntries(r: Reader, since: Instant): LogEntry[] {
  return r
    .all<LogEntryRow>('SELECT * FROM log_entries WHERE at >= ? ORDER BY client_id, at, id', toIso(since))
    .map(toLogEntry);
}
