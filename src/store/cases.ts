/**
 * A case: one client's overdue money in one currency. There is one row for each pair; a cycle runs from the first
 * overdue day to the last payment. Decides nothing: the dunning job looks, this remembers when to look again.
 */
import type { Reason } from '../rules/reason.ts';
import type { HowSettled } from '../rules/settlement.ts';
import { fromIso, type Instant, type LocalDay, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { touchExit } from './exits.ts';
import { insertInto, instantOrNull, isoOrNull, reasonIn, reasonOut } from './rows.ts';

export interface Case {
  id: number;
  clientId: number;
  currency: string;
  cycle: number;
  state: 'open' | 'closed';
  openedAt: Instant;
  closedAt: Instant | null;
  /** when the dunning job has to look again; null: not before something happens */
  lookAt: Instant | null;
  /** how the money of the cycle went; null while it is open */
  closedHow: HowSettled | null;
  /** the last decision; null: none yet */
  why: Reason | null;
}

interface CaseRow {
  id: number;
  client_id: number;
  currency: string;
  cycle: number;
  state: 'open' | 'closed';
  opened_at: string;
  closed_at: string | null;
  look_at: string | null;
  closed_how: HowSettled | null;
  why: string;
}

function toCase(row: CaseRow): Case {
  const { id, currency, cycle, state } = row;
  return {
    id,
    currency,
    cycle,
    state,
    why: reasonIn(row.why),
    clientId: row.client_id,
    openedAt: fromIso(row.opened_at),
    closedAt: instantOrNull(row.closed_at),
    lookAt: instantOrNull(row.look_at),
    closedHow: row.closed_how,
  };
}

export function caseById(r: Reader, id: number): Case | undefined {
  const row = r.get<CaseRow>('SELECT * FROM cases WHERE id = ?', id);
  return row && toCase(row);
}

export function caseOf(r: Reader, clientId: number, currency: string): Case | undefined {
  const row = r.get<CaseRow>('SELECT * FROM cases WHERE client_id = ? AND currency = ?', clientId, currency);
  return row && toCase(row);
}

/** By client and currency. */
export function listCases(r: Reader, filter: { state?: 'open' | 'closed' } = {}): Case[] {
  const rows =
    filter.state === undefined
      ? r.all<CaseRow>('SELECT * FROM cases ORDER BY client_id, currency')
      : r.all<CaseRow>('SELECT * FROM cases WHERE state = ? ORDER BY client_id, currency', filter.state);
  return rows.map(toCase);
}

/** The client's open cases, one for each currency. */
export function openCasesOf(r: Reader, clientId: number): Case[] {
  return r
    .all<CaseRow>("SELECT * FROM cases WHERE client_id = ? AND state = 'open' ORDER BY currency", clientId)
    .map(toCase);
}

/** Open or closed ones whose time to look has come: a closed one looks again when a payment of it was reversed. */
export function casesToLookAt(r: Reader, now: Instant): Case[] {
  return r
    .all<CaseRow>('SELECT * FROM cases WHERE look_at IS NOT NULL AND look_at <= ? ORDER BY look_at, id', toIso(now))
    .map(toCase);
}

/** A first cycle, or the next one when the last is closed. An open case stays as it is. */
export function openCase(w: Writer, clientId: number, currency: string): Case {
  const known = caseOf(w, clientId, currency);
  if (known?.state === 'open') return known;
  const now = toIso(w.now);
  if (known === undefined)
    insertInto(w, 'cases', {
      client_id: clientId,
      currency,
      cycle: 1,
      state: 'open',
      opened_at: now,
      look_at: now,
    });
  else
    w.run(
      `UPDATE cases SET cycle = cycle + 1, state = 'open', opened_at = ?, closed_at = NULL, closed_how = NULL, look_at = ?, why = ''
       WHERE id = ?`,
      now,
      now,
      known.id,
    );
  return caseOf(w, clientId, currency) as Case;
}

/** Takes back the closing: the same cycle goes on where it was. */
export function reopenCase(w: Writer, id: number): Case {
  w.run(
    "UPDATE cases SET state = 'open', closed_at = NULL, closed_how = NULL, look_at = ? WHERE id = ? AND state = 'closed'",
    toIso(w.now),
    id,
  );
  return caseById(w, id) as Case;
}

/** @param at null: not before something happens to the case @param why the decision; absent: as it was */
export function lookAgain(w: Writer, id: number, at: Instant | null, why?: Reason): void {
  if (why === undefined) w.run('UPDATE cases SET look_at = ? WHERE id = ?', isoOrNull(at), id);
  else w.run('UPDATE cases SET look_at = ?, why = ? WHERE id = ?', isoOrNull(at), reasonOut(why), id);
}

const openedUpToKey = 'cases.openedUpTo';

/**
 * The due day up to which every debt has had its case opened; null when something happened since to an invoice or a
 * case, so that all of them have to be looked through again.
 */
export function openedUpTo(r: Reader): LocalDay | null {
  return (factOf(r, openedUpToKey) || null) as LocalDay | null;
}

export function noteOpenedUpTo(w: Writer, day: LocalDay): void {
  setFact(w, openedUpToKey, day);
}

/** An invoice or a case changed: all debts are looked through again. */
export function forgetOpenedUpTo(w: Writer): void {
  if (openedUpTo(w) !== null) setFact(w, openedUpToKey, '');
}

/** Something happened: the next pass looks at the case, if there is one, and at the exit of the client. */
export function touchCase(w: Writer, clientId: number, currency: string): void {
  const now = toIso(w.now);
  w.run(
    'UPDATE cases SET look_at = ? WHERE client_id = ? AND currency = ? AND (look_at IS NULL OR look_at > ?)',
    now,
    clientId,
    currency,
    now,
  );
  forgetOpenedUpTo(w);
  touchExit(w, clientId);
}

/** {@link touchCase} for the open case a letter belongs to, if it belongs to one. */
export function touchCaseOfLetter(w: Writer, letterId: number): void {
  const sql = `UPDATE cases SET look_at = @now WHERE id = (SELECT case_id FROM letters WHERE id = @letterId)
    AND state = 'open' AND (look_at IS NULL OR look_at > @now)`;
  w.run(sql, { now: toIso(w.now), letterId });
}

/** {@link touchCase} for every currency of the client. */
export function touchClient(w: Writer, clientId: number): void {
  const now = toIso(w.now);
  w.run('UPDATE cases SET look_at = ? WHERE client_id = ? AND (look_at IS NULL OR look_at > ?)', now, clientId, now);
  touchExit(w, clientId);
}

/** {@link touchCase} for every open case that waits for a time; not for those that wait for something else to happen. */
export function touchOpenCases(w: Writer): void {
  const now = toIso(w.now);
  w.run("UPDATE cases SET look_at = ? WHERE state = 'open' AND look_at > ?", now, now);
}

export function closeCase(w: Writer, id: number, how: HowSettled, why: Reason): void {
  w.run(
    `UPDATE cases SET state = 'closed', closed_at = ?, closed_how = ?, look_at = NULL, why = ?
     WHERE id = ? AND state = 'open'`,
    ...[toIso(w.now), how, reasonOut(why), id],
  );
  forgetOpenedUpTo(w);
}

/** The money of a closed case went another way since: what was written off was paid after all. */
export function closeOtherwise(w: Writer, id: number, how: HowSettled, why: Reason): void {
  w.run("UPDATE cases SET closed_how = ?, why = ? WHERE id = ? AND state = 'closed'", how, reasonOut(why), id);
}
