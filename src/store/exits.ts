/**
 * Exits: one row for each time an end was proposed, at most one open for a client. Where it stands follows from its
 * moments and its letter (rules/exit); nothing is decided here.
 */
import type { Exit, ExitCheck, ExitState } from '../rules/exit.ts';
import type { Lesson } from '../rules/lesson.ts';
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, type LocalDay, toIso } from '../rules/time.ts';
import { setWorkState } from './clients.ts';
import type { Reader, Value, Writer } from './database.ts';
import { isoOrNull, reasonOut } from './rows.ts';
import { Table } from './table.ts';

/** One thing that is handed over at the end. */
export interface HandoverItem {
  item: string;
  /** when it was handed over; null: not yet */
  handedOn: LocalDay | null;
  /** the owner's own work, which passes on with the payment; absent: the client's own, handed over in any case */
  onPayment?: true;
}

export interface StoredExit extends Exit {
  /** unique: `exit/<id>`, or the key of the ladder's step that proposed it */
  letterKey: string;
  /** proposed by the ladder: its letter is written by the dunning job */
  byLadder: boolean;
  /** who could take over; '' when nobody is named */
  referral: string;
  handover: readonly HandoverItem[];
  releasedAt: Instant | null;
  approvedBy: 'owner' | 'system' | null;
  cancelledBy: 'owner' | 'system' | null;
  cancelledWhy: Reason | null;
  notedState: ExitState;
  /** what the owner learned by it; null: nothing yet */
  lesson: Lesson | null;
}

/** As the table has it, and its letter beside it. */
type Kept = Omit<StoredExit, 'letterKey' | 'byLadder' | 'checks' | 'afterPaidDays'> & {
  afterPaidDays: number | null;
  letterKey: string | null;
  checks: readonly { item: ExitCheck; at: string; logId: number | null }[];
};

const exits = new Table<Kept>('exits', {
  id: 'plain',
  clientId: 'plain',
  proposedAt: 'instant',
  proposedBy: 'plain',
  letterKey: 'plain',
  coolingFrom: 'instant',
  reason: 'plain',
  ownWords: 'plain',
  notice: 'json',
  referral: 'plain',
  checks: 'json',
  handover: 'json',
  releasedAt: 'instant',
  approvedAt: 'instant',
  approvedBy: 'plain',
  endedAt: 'instant',
  cancelledAt: 'instant',
  cancelledBy: 'plain',
  cancelledWhy: 'reason',
  notedState: 'plain',
  letterState: 'plain',
  sentAt: 'instant',
  afterPaidDays: 'plain',
  lesson: 'json',
});

/** A letter of a cancelled exit may have been taken up by a later one under the same key: it is not the first one's. */
const select = `SELECT e.*, l.state AS letter_state, l.sent_at FROM exits e
  LEFT JOIN letters l ON e.cancelled_at IS NULL AND l.key = coalesce(e.letter_key, 'exit/' || e.id)`;

function toExit(row: object): StoredExit {
  const { letterKey, checks, ...kept } = exits.read(row);
  return {
    ...kept,
    letterKey: letterKey ?? `exit/${kept.id}`,
    byLadder: letterKey !== null,
    checks: checks.map((check) => ({ ...check, at: fromIso(check.at) })),
  };
}

export type NewExit = Pick<
  StoredExit,
  'clientId' | 'proposedBy' | 'coolingFrom' | 'reason' | 'ownWords' | 'notice' | 'referral' | 'handover'
> & {
  afterPaidDays?: number | null;
  /** null: a key of its own */
  letterKey: string | null;
};

/** The caller has looked that the client has no open exit: a second one is refused by the database. */
export function addExit(w: Writer, exit: NewExit): StoredExit {
  const notedState = exit.coolingFrom === null ? 'proposed' : 'cooling';
  const { clientId, proposedBy, letterKey, coolingFrom, reason, ownWords, notice, referral, handover } = exit;
  const { afterPaidDays = null } = exit;
  const given = {
    clientId,
    proposedBy,
    letterKey,
    coolingFrom,
    reason,
    ownWords,
    notice,
    referral,
    handover,
    afterPaidDays,
  };
  const id = exits.insert(w, { ...given, proposedAt: w.now, notedState }, { look_at: toIso(w.now) });
  return exitById(w, id) as StoredExit;
}

export function exitById(r: Reader, id: number): StoredExit | undefined {
  return many(r, 'WHERE e.id = ?', id)[0];
}

/** Not ended and not cancelled. */
export function openExitOf(r: Reader, clientId: number): StoredExit | undefined {
  return many(r, 'WHERE e.client_id = ? AND e.ended_at IS NULL AND e.cancelled_at IS NULL', clientId)[0];
}

/** By client. */
export function openExits(r: Reader): StoredExit[] {
  return many(r, 'WHERE e.ended_at IS NULL AND e.cancelled_at IS NULL ORDER BY e.client_id');
}

/** Ended and cancelled ones too, oldest first. */
export function exitsOf(r: Reader, clientId: number): StoredExit[] {
  return many(r, 'WHERE e.client_id = ? ORDER BY e.proposed_at, e.id', clientId);
}

/** Numbers of those whose time to look has come: the open ones by client, or those that have ended, the first first. */
export function exitsToLookAt(r: Reader, which: 'open' | 'ended', now: Instant): number[] {
  const [has, order] = which === 'open' ? ['IS', 'client_id'] : ['IS NOT', 'ended_at'];
  const sql = `SELECT id FROM exits WHERE look_at <= ? AND ended_at ${has} NULL ORDER BY ${order}, id`;
  return r.all<{ id: number }>(sql, toIso(now)).map(({ id }) => id);
}

/** @param at null: not before something happens to the exit */
export function lookAtExitAgain(w: Writer, id: number, at: Instant | null): void {
  w.run('UPDATE exits SET look_at = ? WHERE id = ?', isoOrNull(at), id);
}

/** Something happened to the client, the money or the letter: the next pass looks at the exit, if there is one. */
export function touchExit(w: Writer, clientId: number): void {
  w.run(
    `UPDATE exits SET look_at = @now WHERE client_id = @clientId AND cancelled_at IS NULL
       AND (look_at IS NULL OR look_at > @now)`,
    { now: toIso(w.now), clientId },
  );
}

/** {@link touchExit} for every client. */
export function touchOpenExits(w: Writer): void {
  w.run('UPDATE exits SET look_at = ? WHERE ended_at IS NULL AND cancelled_at IS NULL', toIso(w.now));
}

/** The last exit whose letter has this key. */
export function exitOfLetter(r: Reader, letterKey: string): StoredExit | undefined {
  const own = /^exit\/(\d+)$/.exec(letterKey);
  if (own !== null) return exitById(r, Number(own[1]));
  return many(r, 'WHERE e.letter_key = ? ORDER BY e.id DESC LIMIT 1', letterKey)[0];
}

function many(r: Reader, rest: string, ...values: Value[]): StoredExit[] {
  return r.all<object>(`${select} ${rest}`, ...values).map(toExit);
}

/** What may change before the letter has left, and the handover after it. */
export type ExitPatch = Partial<
  Pick<
    StoredExit,
    | 'coolingFrom'
    | 'reason'
    | 'ownWords'
    | 'notice'
    | 'referral'
    | 'checks'
    | 'handover'
    | 'releasedAt'
    | 'approvedAt'
    | 'approvedBy'
    | 'notedState'
    | 'lesson'
  >
>;

/** Only of one that is open, or has ended (its handover goes on). The next pass looks at it. @returns false when it was cancelled */
export function editExit(w: Writer, id: number, patch: ExitPatch): boolean {
  const { checks, ...plain } = patch;
  const asKept = checks && { checks: checks.map((check) => ({ ...check, at: toIso(check.at) })) };
  const row = exits.row({ ...plain, ...asKept });
  const assignments = Object.keys(row).map((column) => `${column} = @${column}`);
  if (assignments.length === 0) return true;
  const { changes } = w.run(
    `UPDATE exits SET ${assignments.join(', ')}, look_at = @now WHERE id = @id AND cancelled_at IS NULL`,
    { ...row, id, now: toIso(w.now) },
  );
  return changes === 1;
}

/** @returns false when it had ended or was cancelled before */
export function cancelExit(w: Writer, id: number, by: 'owner' | 'system', why: Reason): boolean {
  const { changes } = w.run(
    `UPDATE exits SET cancelled_at = ?, cancelled_by = ?, cancelled_why = ?, noted_state = 'cancelled', look_at = NULL
     WHERE id = ? AND cancelled_at IS NULL AND ended_at IS NULL`,
    ...[toIso(w.now), by, reasonOut(why), id],
  );
  return changes === 1;
}

/** The exit and the work end together; the next pass looks after the report. @returns false when it had ended or was cancelled before */
export function endExit(w: Writer, exit: Pick<StoredExit, 'id' | 'clientId'>): boolean {
  const { changes } = w.run(
    `UPDATE exits SET ended_at = @now, noted_state = 'ended', look_at = @now
     WHERE id = @id AND cancelled_at IS NULL AND ended_at IS NULL`,
    { now: toIso(w.now), id: exit.id },
  );
  if (changes === 1) setWorkState(w, exit.clientId, 'ended');
  return changes === 1;
}

/** Those by which the owner learned something, oldest first. */
export function exitsWithLessons(r: Reader): StoredExit[] {
  return many(r, 'WHERE e.lesson IS NOT NULL AND e.cancelled_at IS NULL ORDER BY e.id');
}

/** Proposed since then, of any client; how each ended makes no difference. */
export function countProposed(r: Reader, since: Instant): number {
  return r.get<{ n: number }>('SELECT count(*) AS n FROM exits WHERE proposed_at >= ?', toIso(since))?.n ?? 0;
}
