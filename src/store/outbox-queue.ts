/**
 * The outbox as a queue: whose turn it is, what waits for whom, what left since when, and how long a cap keeps the rest.
 * Moves no letter, but for bringing what waits back to be looked at.
 */
import type { Letter, LetterKind, LetterState } from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { fullUntilKey, lettersBy, notBefore } from './outbox.ts';
import { atMost, Conditions, instantOrNull, marks, reasonIn, reasonOut } from './rows.ts';

const fullWhyKey = 'sending.fullWhy';

/**
 * A cap of all letters together is reached: those it keeps are not looked at before that moment. One that is in force
 * already keeps its end, unless this one ends sooner.
 */
export function noteFull(w: Writer, until: Instant, why: Reason): void {
  const known = factOf(w, fullUntilKey) ?? '';
  if (known > toIso(w.now) && known <= toIso(until)) return;
  setFact(w, fullUntilKey, toIso(until));
  setFact(w, fullWhyKey, reasonOut(why));
}

/** What {@link noteFull} said last. */
export function lastFullWhy(r: Reader): Reason | null {
  return reasonIn(factOf(r, fullWhyKey) ?? null);
}

/** How many letters a cap of all letters together keeps. */
export function countCapped(r: Reader): number {
  return r.get<{ count: number }>(`SELECT count(*) AS count FROM letters WHERE ${held} AND capped = 1`)?.count ?? 0;
}

const held = "state = 'held' AND (approval = 'auto' OR approved_at IS NOT NULL)";
/** As the index has it: their names begin so, and no other's does. */
const acknowledges = "kind GLOB 'acknowledgement*'";

/** Enough to take its turn. */
export type DueLetter = Pick<Letter, 'id' | 'key'>;

/**
 * Held letters whose time has come and which need no approval or have it: acknowledgements first, then the one that
 * has waited longest. Those that a cap keeps come all at one time, when it is over.
 */
export function heldDue(r: Reader, now: Instant, limit?: number): DueLetter[] {
  const free = {
    index: 'letters_due',
    where: `${held} AND capped = 0 AND not_before <= @now`,
    order: 'not_before, id',
  };
  const capped = { index: 'letters_capped', where: `${held} AND capped = 1`, order: 'id' };
  const isCapOver = (factOf(r, fullUntilKey) ?? '') <= toIso(now);
  const ids = (isCapOver ? [free, capped] : [free]).flatMap(({ index, where, order }) => [
    `SELECT id FROM letters INDEXED BY letters_acknowledging WHERE ${where} AND ${acknowledges}`,
    `SELECT id FROM (SELECT id FROM letters INDEXED BY ${index} WHERE ${where} ORDER BY ${order} ${atMost(limit)})`,
  ]);
  return r.all(
    `SELECT id, key FROM letters WHERE id IN (${ids.join(' UNION ')})
     ORDER BY NOT ${acknowledges}, ${notBefore}, id ${atMost(limit)}`,
    { now: toIso(now) },
  );
}

/** Queued letters that may be tried now: acknowledgements first, then the one that has waited longest. */
export function queuedDue(r: Reader, now: Instant): DueLetter[] {
  return r.all(
    `SELECT id, key FROM letters WHERE state = 'queued' AND (next_try_at IS NULL OR next_try_at <= ?)
     ORDER BY NOT ${acknowledges}, not_before, id`,
    toIso(now),
  );
}

export function inState(r: Reader, state: LetterState): Letter[] {
  // not bound: with each value SQLite would prepare the statement anew, because of the indexes of one state
  return lettersBy(r, `WHERE state = '${state}' ORDER BY not_before, id`);
}

export function waitingForApproval(r: Reader): Letter[] {
  return lettersBy(r, "WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL ORDER BY not_before, id");
}

/** Those of {@link waitingForApproval} that pause, end or resume the work. */
export function waitingWithEffect(r: Reader): Letter[] {
  return lettersBy(
    r,
    "WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL AND effect <> 'none' ORDER BY id",
  );
}

/** Letters in the owner's own words that wait for her. */
export function waitingInOwnWords(r: Reader): Letter[] {
  return lettersBy(r, "WHERE state = 'held' AND edited = 1 AND approval = 'ask' AND approved_at IS NULL ORDER BY id");
}

/** Held letters of these kinds that wait for the owner's word. */
export function waitingOf(r: Reader, kinds: readonly LetterKind[]): { id: number; windowId: number | null }[] {
  return r.all(
    `SELECT id, window_id AS windowId FROM letters WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL
       AND kind IN (${marks(kinds)}) ORDER BY id`,
    ...kinds,
  );
}

export interface HeldAnswer {
  clientId: number | null;
  recipient: string;
  windowId: number | null;
  createdAt: Instant;
}

/** Letters of these kinds that have not left and may yet. */
export function heldAnswers(r: Reader, kinds: readonly LetterKind[], recipient?: string): HeldAnswer[] {
  const ofOne = recipient === undefined ? '' : 'AND recipient = ?';
  return r
    .all<Omit<HeldAnswer, 'createdAt'> & { createdAt: string }>(
      `SELECT client_id AS clientId, recipient, window_id AS windowId, created_at AS createdAt FROM letters
       WHERE state IN ('held', 'queued') AND kind IN (${marks(kinds)}) ${ofOne} ORDER BY id`,
      ...kinds,
      ...(recipient === undefined ? [] : [recipient]),
    )
    .map((row) => ({ ...row, createdAt: fromIso(row.createdAt) }));
}

/** Numbers of the letters of these kinds whose time has come and which wait for the owner's word only. */
export function approvalsDue(r: Reader, kinds: readonly LetterKind[], now: Instant): number[] {
  return r
    .all<{ id: number }>(
      `SELECT id FROM letters INDEXED BY letters_asking WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL
         AND kind IN (${marks(kinds)}) AND not_before <= ? ORDER BY not_before, id`,
      ...kinds,
      toIso(now),
    )
    .map(({ id }) => id);
}

/** Whether any letter is on its way, or could be let go now. */
export function isAnyMoving(r: Reader, now: Instant): boolean {
  const row = r.get<{ moving: number }>(
    `SELECT EXISTS (SELECT 1 FROM letters WHERE state IN ('sending', 'unsure'))
       OR EXISTS (SELECT 1 FROM letters WHERE state = 'queued' AND (next_try_at IS NULL OR next_try_at <= @now))
       OR EXISTS (SELECT 1 FROM letters INDEXED BY letters_due WHERE ${held} AND capped = 0 AND not_before <= @now)
       OR EXISTS (SELECT 1 FROM letters WHERE ${held} AND capped = 1 AND @fullUntil <= @now)
         AS moving`,
    { now: toIso(now), fullUntil: factOf(r, fullUntilKey) ?? '' },
  );
  return row?.moving === 1;
}

export interface SentFilter {
  clientId?: number;
  recipient?: string;
  automaticOnly?: boolean;
}

/** What has left since then, and what may be leaving: those in sending or unsure count from their last attempt. */
export function sentSince(r: Reader, since: Instant, filter: SentFilter = {}): Letter[] {
  const asked = () => {
    const conditions = new Conditions()
      .given('client_id = ?', filter.clientId)
      .given('recipient = ?', filter.recipient);
    return filter.automaticOnly === true ? conditions.add("approval = 'auto'") : conditions;
  };
  const left = asked().add('sent_at >= ?', toIso(since));
  const leaving = asked().add("state IN ('sending', 'unsure')").add('claimed_at >= ?', toIso(since));
  return [left, leaving]
    .flatMap((conditions) => lettersBy(r, conditions.where, ...conditions.values))
    .toSorted((a, b) => a.id - b.id);
}

/** How many letters but this one have left since then, or may be leaving: {@link sentSince}, counted. */
export function countSentSince(r: Reader, since: Instant, exceptId: number): number {
  return (
    r.get<{ count: number }>(
      `SELECT (SELECT count(*) FROM letters WHERE sent_at >= @since AND id <> @exceptId)
         + (SELECT count(*) FROM letters
            WHERE state IN ('sending', 'unsure') AND claimed_at >= @since AND id <> @exceptId) AS count`,
      { since: toIso(since), exceptId },
    )?.count ?? 0
  );
}

export interface Addressee {
  recipient: string;
  clientId: number | null;
}

/** Kinds of the letters but this one that left for the address or the client since then, or may be leaving. */
export function kindsSentTo(r: Reader, to: Addressee, since: Instant, exceptId: number): LetterKind[] {
  const left = "(sent_at >= @since OR (state IN ('sending', 'unsure') AND claimed_at >= @since))";
  return r
    .all<{ kind: LetterKind }>(
      `SELECT id, kind FROM letters WHERE recipient = @recipient AND ${left} AND id <> @exceptId
       UNION SELECT id, kind FROM letters WHERE client_id = @clientId AND ${left} AND id <> @exceptId`,
      { ...to, since: toIso(since), exceptId },
    )
    .map((row) => row.kind);
}

/**
 * Since when the work for a client that is paused rests: the first letter that paused it, or the owner's own hand, after
 * the last word that it goes on, by a letter or by her hand. Null when nothing on record says so.
 */
export function pausedSince(r: Reader, clientId: number): Instant | null {
  const byHand = "FROM journal WHERE client_id = @clientId AND kind = 'work-state'";
  const isPause = "ifnull(iif(json_valid(body), body ->> '$.why.state', ''), '') = 'paused'";
  const sql = `WITH goes_on AS (SELECT max(
      ifnull((SELECT max(sent_at) FROM letters WHERE client_id = @clientId AND effect = 'resume'), ''),
      ifnull((SELECT max(at) ${byHand} AND NOT ${isPause}), '')) AS at)
    SELECT min(at) AS at FROM (
      SELECT sent_at AS at FROM letters WHERE client_id = @clientId AND effect = 'pause'
      UNION ALL SELECT at ${byHand} AND ${isPause}
    ) WHERE at > (SELECT at FROM goes_on)`;
  return instantOrNull(r.get<{ at: string | null }>(sql, { clientId })?.at ?? null);
}

/** When the last letter left for this client, if it was since then. */
export function lastSentToClient(r: Reader, clientId: number, since: Instant): Instant | null {
  const row = r.get<{ at: string | null }>(
    'SELECT max(sent_at) AS at FROM letters WHERE client_id = ? AND sent_at >= ?',
    clientId,
    toIso(since),
  );
  return instantOrNull(row?.at ?? null);
}

/** Whether a letter of these kinds, other than this one, waits for the client and may leave before then. */
export function isWaitingFor(
  r: Reader,
  clientId: number,
  of: { kinds: readonly LetterKind[]; before: Instant; exceptId: number },
): boolean {
  return (
    r.get(
      `SELECT 1 FROM letters WHERE client_id = ? AND +state IN ('held', 'queued') AND kind IN (${marks(of.kinds)})
         AND not_before < ? AND id <> ? AND (approval = 'auto' OR approved_at IS NOT NULL) LIMIT 1`,
      clientId,
      ...of.kinds,
      toIso(of.before),
      of.exceptId,
    ) !== undefined
  );
}

/** How many acknowledgements wait for the client. @param clientId null: for strangers */
export function countAcknowledgementsWaiting(r: Reader, clientId: number | null): number {
  const row = r.get<{ count: number }>(
    `SELECT count(*) AS count FROM letters INDEXED BY letters_acknowledging
     WHERE state = 'held' AND ${acknowledges} AND client_id IS ?`,
    clientId,
  );
  return row?.count ?? 0;
}

/** When the last letter of these kinds left, or may have left, for this address. */
export function lastSentTo(r: Reader, recipient: string, kinds: readonly LetterKind[]): Instant | undefined {
  const sent = `recipient = ? AND kind IN (${marks(kinds)})`;
  const { at } = r.get<{ at: string | null }>(
    `SELECT max(at) AS at FROM (
       SELECT max(sent_at) AS at FROM letters WHERE sent_at IS NOT NULL AND ${sent}
       UNION ALL SELECT max(claimed_at) FROM letters WHERE state IN ('sending', 'unsure') AND ${sent})`,
    recipient,
    ...kinds,
    recipient,
    ...kinds,
  ) ?? { at: null };
  return instantOrNull(at) ?? undefined;
}

/** When a letter of these kinds last left for this address, or was written and still waits. */
export function lastWrittenTo(r: Reader, recipient: string, kinds: readonly LetterKind[]): Instant | undefined {
  const sent = lastSentTo(r, recipient, kinds);
  const waiting = r.get<{ at: string | null }>(
    `SELECT max(created_at) AS at FROM letters
     WHERE state IN ('held', 'queued') AND recipient = ? AND kind IN (${marks(kinds)})`,
    recipient,
    ...kinds,
  );
  const written = instantOrNull(waiting?.at ?? null) ?? undefined;
  return sent === undefined || (written !== undefined && written > sent) ? written : sent;
}

/** What kept letters back, or those of one client, may be over: what waits for something is looked at in the next pass. */
export function lookAgainAtWaiting(w: Writer, clientId?: number): void {
  w.run(
    `UPDATE letters SET not_before = @now, capped = 0
     WHERE state = 'held' AND waits_for IS NOT NULL AND (not_before > @now OR capped = 1)
       ${clientId === undefined ? '' : 'AND client_id = @clientId'}`,
    { now: toIso(w.now), ...(clientId === undefined ? {} : { clientId }) },
  );
}

/** The earliest moment after `from` at which a waiting letter may move by itself; undefined when none waits for one. */
export function nextMove(r: Reader, from: Instant): Instant | undefined {
  const row = r.get<{ at: string | null }>(
    `SELECT min(at) AS at FROM (
       SELECT min(not_before) AS at FROM letters WHERE state = 'held' AND capped = 0 AND not_before > @from
       UNION ALL SELECT value FROM facts WHERE key = '${fullUntilKey}' AND value > @from
         AND EXISTS (SELECT 1 FROM letters WHERE ${held} AND capped = 1)
       UNION ALL SELECT min(next_try_at) FROM letters WHERE state = 'queued' AND next_try_at > @from)`,
    { from: toIso(from) },
  );
  return instantOrNull(row?.at ?? null) ?? undefined;
}
