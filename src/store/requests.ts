/**
 * What the owner has asked clients for, and how it ended. When to nudge is decided by rules/requests; whether a mail
 * is a request or an answer by the jobs and the owner.
 */
import type { Reason } from '../rules/reason.ts';
import { type Instant, type LocalDay, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { notDoubted } from './doubted-messages.ts';
import type { StoredMessage } from './messages.ts';
import { messageById } from './messages.ts';
import { Conditions, reasonOut } from './rows.ts';
import { Table } from './table.ts';

export type RequestState = 'proposed' | 'open' | 'answered' | 'dropped';

export interface StoredRequest {
  id: number;
  clientId: number;
  /** the owner's message that asked; null: asked otherwise */
  messageId: number | null;
  /** by hand, by the keyword in a subject, or proposed from a question */
  madeBy: 'owner' | 'keyword' | 'question';
  state: RequestState;
  /** what was asked */
  text: string;
  project: string | null;
  openedAt: Instant;
  dueOn: LocalDay;
  deliveryOn: LocalDay | null;
  answeredBy: number | null;
  closedAt: Instant | null;
  closedWhy: Reason | null;
  /** what the silence has cost; null while it is open */
  daysLost: number | null;
  newDeliveryOn: LocalDay | null;
  /** the last decision; null: none yet */
  why: Reason | null;
}

const requests = new Table<StoredRequest>('requests', {
  id: 'plain',
  clientId: 'plain',
  messageId: 'plain',
  madeBy: 'plain',
  state: 'plain',
  text: 'plain',
  project: 'plain',
  openedAt: 'instant',
  dueOn: 'plain',
  deliveryOn: 'plain',
  answeredBy: 'plain',
  closedAt: 'instant',
  closedWhy: 'reason',
  daysLost: 'plain',
  newDeliveryOn: 'plain',
  why: 'reason',
});

export type NewRequest = Pick<
  StoredRequest,
  'clientId' | 'messageId' | 'madeBy' | 'text' | 'project' | 'openedAt' | 'dueOn' | 'deliveryOn'
> & { state: 'proposed' | 'open' };

/** @returns undefined when this message made a request already */
export function addRequest(w: Writer, request: NewRequest): StoredRequest | undefined {
  const { clientId, messageId, madeBy, state, text, project, openedAt, dueOn, deliveryOn } = request;
  if (messageId !== null && requestOfMessage(w, messageId) !== undefined) return undefined;
  return requestById(
    w,
    requests.insert(w, { clientId, messageId, madeBy, state, text, project, openedAt, dueOn, deliveryOn }),
  );
}

export function requestById(r: Reader, id: number): StoredRequest | undefined {
  return requests.one(r, 'WHERE id = ?', id);
}

export function requestOfMessage(r: Reader, messageId: number): StoredRequest | undefined {
  return requests.one(r, 'WHERE message_id = ?', messageId);
}

/** Proposed and open ones, by client, oldest first. */
export function requestsWaiting(r: Reader, clientId?: number): StoredRequest[] {
  const { where, values } = new Conditions().add("state IN ('proposed', 'open')").given('client_id = ?', clientId);
  return requests.many(r, `${where} ORDER BY client_id, id`, ...values);
}

/** All of them, oldest first. */
export function listRequests(r: Reader, filter: { clientId?: number } = {}): StoredRequest[] {
  const { where, values } = new Conditions().given('client_id = ?', filter.clientId);
  return requests.many(r, `${where} ORDER BY opened_at, id`, ...values);
}

/** What was proposed counts from now on. @returns false when it is not in that state */
export function acceptRequest(w: Writer, id: number, dueOn: LocalDay, deliveryOn: LocalDay | null): boolean {
  const { changes } = w.run(
    "UPDATE requests SET state = 'open', due_on = ?, delivery_on = ? WHERE id = ? AND state = 'proposed'",
    ...[dueOn, deliveryOn, id],
  );
  return changes === 1;
}

export interface RequestEnd {
  state: 'answered' | 'dropped';
  answeredBy: number | null;
  at: Instant;
  why: Reason;
  daysLost: number;
  newDeliveryOn: LocalDay | null;
}

/** @returns false when it was closed before */
export function closeRequest(w: Writer, id: number, end: RequestEnd): boolean {
  const { state, answeredBy, why, daysLost, newDeliveryOn } = end;
  const { changes } = w.run(
    `UPDATE requests SET state = @state, answered_by = @answeredBy, closed_at = @at, closed_why = @why,
       days_lost = @daysLost, new_delivery_on = @newDeliveryOn WHERE id = @id AND state IN ('proposed', 'open')`,
    { id, state, answeredBy, why: reasonOut(why), daysLost, newDeliveryOn, at: toIso(end.at) },
  );
  return changes === 1;
}

export function explainRequest(w: Writer, id: number, given: Reason): void {
  const why = reasonOut(given);
  w.run('UPDATE requests SET why = ? WHERE id = ? AND why <> ?', why, id, why);
}

/** The client's first message by a person after that moment, in any thread; what may be anybody's is none. */
export function firstHumanMessage(r: Reader, clientId: number, after: Instant): StoredMessage | undefined {
  const row = r.get<{ id: number }>(
    `SELECT id FROM messages WHERE client_id = ? AND received_at > ? AND role = 'inbox' AND kind = 'human'
       AND replaced_by IS NULL AND ${notDoubted('id')} ORDER BY received_at, id LIMIT 1`,
    ...[clientId, toIso(after)],
  );
  return row && messageById(r, row.id);
}

/** The owner's messages to clients received between two moments and recorded as they came, oldest first. */
export function sentToClients(r: Reader, since: Instant, until: Instant): StoredMessage[] {
  const rows = r.all<{ id: number }>(
    `SELECT id FROM messages WHERE received_at >= ? AND received_at <= ? AND role = 'sent' AND client_id IS NOT NULL
       AND history = 0 AND replaced_by IS NULL AND judged_at IS NOT NULL ORDER BY received_at, id`,
    ...[toIso(since), toIso(until)],
  );
  return rows.flatMap(({ id }) => messageById(r, id) ?? []);
}
