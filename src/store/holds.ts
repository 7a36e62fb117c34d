/**
 * Holds on a client, a case or an invoice. Whether one still holds at a moment is decided by rules/hold; here a
 * hold is active until somebody ended it, so that an expired one is seen and can speak up.
 */
import { asksFirst, type Hold, type HoldScope } from '../rules/hold.ts';
import type { Reason } from '../rules/reason.ts';
import { type Instant, toIso } from '../rules/time.ts';
import { touchCase, touchClient } from './cases.ts';
import type { Reader, Writer } from './database.ts';
import { lookAgainAtWaiting } from './outbox-queue.ts';
import { reasonOut } from './rows.ts';
import { Table } from './table.ts';

export type NewHold = Omit<Hold, 'id' | 'createdAt' | 'askedAt' | 'endedAt' | 'messageId'> &
  Partial<Pick<Hold, 'messageId'>>;

const holds = new Table<Hold>('holds', {
  id: 'plain',
  scope: 'plain',
  scopeId: 'plain',
  reason: 'plain',
  until: 'instant',
  note: 'reason',
  messageId: 'plain',
  createdAt: 'instant',
  askedAt: 'instant',
  endedAt: 'instant',
});

export function holdById(r: Reader, id: number): Hold | undefined {
  return holds.one(r, 'WHERE id = ?', id);
}

/** Also has the cases it concerns looked at. */
export function addHold(w: Writer, hold: NewHold): Hold {
  const { scope, scopeId, reason, until, note, messageId } = hold;
  const noted = note === null ? {} : { note };
  const id = holds.insert(w, { scope, scopeId, reason, until, ...noted, messageId, createdAt: w.now });
  const added = holdById(w, id) as Hold;
  touchConcerned(w, added);
  return added;
}

/** Also has the cases and the letters that it kept looked at. @returns false when it was ended before or never was */
export function endHold(w: Writer, id: number, why: Reason): boolean {
  const { changes } = w.run(
    'UPDATE holds SET ended_at = ?, ended_why = ? WHERE id = ? AND ended_at IS NULL',
    toIso(w.now),
    reasonOut(why),
    id,
  );
  if (changes === 0) return false;
  const ended = holdById(w, id) as Hold;
  touchConcerned(w, ended);
  for (const client of clientsOf(w, ended)) lookAgainAtWaiting(w, client);
  return true;
}

function touchConcerned(w: Writer, hold: Hold): void {
  if (hold.scope === 'client') touchClient(w, hold.scopeId);
  else for (const pair of pairsOf(w, hold)) touchCase(w, pair.client_id, pair.currency);
}

function clientsOf(r: Reader, hold: Hold): number[] {
  return hold.scope === 'client' ? [hold.scopeId] : pairsOf(r, hold).map((pair) => pair.client_id);
}

function pairsOf(r: Reader, hold: Hold): { client_id: number; currency: string }[] {
  const table = hold.scope === 'case' ? 'cases' : 'invoices';
  return r.all(`SELECT client_id, currency FROM ${table} WHERE id = ?`, hold.scopeId);
}

/** Those nobody ended, also those whose end has passed: ask rules/hold whether they hold. Oldest first. */
export function activeHolds(r: Reader, of: { clientId: number; caseId?: number; invoiceIds?: number[] }): Hold[] {
  const found = activeOf(r, 'client', of.clientId);
  if (of.caseId !== undefined) found.push(...activeOf(r, 'case', of.caseId));
  for (const id of of.invoiceIds ?? []) found.push(...activeOf(r, 'invoice', id));
  return found.toSorted((a, b) => a.id - b.id);
}

function activeOf(r: Reader, scope: HoldScope, scopeId: number): Hold[] {
  return holds.many(r, 'WHERE scope = ? AND scope_id = ? AND ended_at IS NULL', scope, scopeId);
}

/** The owner is asked what follows: it stops no longer, and stays until she has decided. */
export function noteAsked(w: Writer, id: number): void {
  w.run('UPDATE holds SET asked_at = ? WHERE id = ? AND ended_at IS NULL', toIso(w.now), id);
}

/** Those of the case, or of its client as a whole, whose time has passed: a letter that the owner approved answers them. */
export function endAsked(w: Writer, of: { clientId: number; caseId: number }, why: Reason): void {
  for (const hold of activeHolds(w, of)) if (asksFirst(hold, w.now)) endHold(w, hold.id, why);
}

/** Those whose end has come, and of which the owner was not told yet. */
export function expiredHolds(r: Reader, now: Instant): Hold[] {
  const rest = 'WHERE ended_at IS NULL AND until IS NOT NULL AND until <= ? AND asked_at IS NULL ORDER BY until, id';
  return holds.many(r, rest, toIso(now));
}

/** Ended ones too, oldest first; of one client: on the client, on its cases and on its invoices. */
export function listHolds(r: Reader, clientId?: number): Hold[] {
  if (clientId === undefined) return holds.many(r, 'ORDER BY id');
  return holds.many(
    r,
    `WHERE (scope = 'client' AND scope_id = @client)
       OR (scope = 'case' AND scope_id IN (SELECT id FROM cases WHERE client_id = @client))
       OR (scope = 'invoice' AND scope_id IN (SELECT id FROM invoices WHERE client_id = @client))
     ORDER BY id`,
    { client: clientId },
  );
}
