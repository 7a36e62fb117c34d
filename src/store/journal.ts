/**
 * What happened, when and why, as a chain of SHA-256 hashes: an entry's hash covers the one before it, so that an
 * edit, a removal, an insertion or another order shows. The head stands in `facts`, so that a cut at the end shows
 * too. There is no secret in it: it finds a hand in the file, not somebody who rebuilds the whole chain.
 */
import type { JournalProblem } from '../rules/journal-problem.ts';
import { type Reason, reasonOf } from '../rules/reason.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { sha256 } from '../rules/digest.ts';
import { factOf, setFact } from './facts.ts';
import { Conditions, isoGiven } from './rows.ts';

export interface NewEntry {
  /** what kind of thing happened: 'letter-sent' */
  kind: string;
  /** what it happened to: 'letter/12', 'client/3' */
  subject: string;
  why: Reason;
  clientId?: number | null;
  /** anything JSON can hold that helps to check the decision; no passwords */
  data?: Record<string, unknown>;
}

export interface Entry {
  id: number;
  at: Instant;
  kind: string;
  subject: string;
  clientId: number | null;
  why: Reason;
  data: Record<string, unknown> | null;
  erasedAt: Instant | null;
  hash: string;
}

/** What is hashed. An entry of before reasons were values holds a sentence, and keeps it: the chain covers it. */
interface Body {
  /** a sentence, before reasons were values: the chain covers it as it was written */
  why: Reason | string;
  data: Entry['data'];
}

interface EntryRow {
  id: number;
  at: string;
  kind: string;
  subject: string;
  client_id: number | null;
  body: string | null;
  body_sha256: string;
  erased_at: string | null;
  prev_hash: string;
  hash: string;
}

type Chained = Pick<EntryRow, 'id' | 'at' | 'kind' | 'subject' | 'client_id' | 'body_sha256' | 'prev_hash'>;

interface Head {
  id: number;
  hash: string;
}

const headFact = 'journal/head';
const erasureKind = 'journal-erased';
const genesis: Head = { id: 0, hash: '0'.repeat(64) };

/** JSON with sorted keys and no blanks: the same value is always the same text. `undefined` is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(record)
      .toSorted()
      .map((key) => [key, record[key]]),
  );
}

/** Half a surrogate pair has no UTF-8: it is replaced before hashing, as it would be in the file. */
function asStored(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** A JSON list keeps the fields apart: no two different entries make the same text. */
function hashOf(row: Chained): string {
  // named one by one: of an object spread out and added to, V8 makes a shape that no other shares
  const { id, at, kind, subject, client_id, body_sha256, prev_hash } = row;
  return sha256(JSON.stringify([prev_hash, id, at, kind, subject, client_id, body_sha256]));
}

const insertEntry = `INSERT INTO journal (id, at, kind, subject, client_id, body, body_sha256, prev_hash, hash)
  VALUES (@id, @at, @kind, @subject, @client_id, @body, @body_sha256, @prev_hash, @hash)`;

/** Appends one entry; on a copy that nobody looks back at, nothing. */
export function note(w: Writer, entry: NewEntry): void {
  if (w.isTrial) return;
  const body = canonicalJson({ data: entry.data ?? null, why: entry.why });
  const head = heads.get(w) ?? headToFollow(w);
  const row: Chained = {
    id: head.id + 1,
    at: toIso(w.now),
    kind: asStored(entry.kind),
    subject: asStored(entry.subject),
    client_id: entry.clientId ?? null,
    body_sha256: sha256(body),
    prev_hash: head.hash,
  };
  const hash = hashOf(row);
  // named one by one: of an object spread out and added to, V8 makes a shape that no other shares
  const { id, at, kind, subject, client_id, body_sha256, prev_hash } = row;
  w.run(insertEntry, { id, at, kind, subject, client_id, body, body_sha256, prev_hash, hash });
  setFact(w, headFact, `${id} ${hash}`);
  heads.set(w, { id, hash });
}

/** Nobody else writes within a transaction: each of its entries follows the one before. */
const heads = new WeakMap<Writer, Head>();

/**
 * Follows the remembered head, not the last row: after a cut at the end the next entry leaves a gap that verifying
 * finds for ever. If the remembered head is missing or behind, the last row is followed.
 */
function headToFollow(r: Reader): Head {
  const remembered = rememberedHead(r) ?? genesis;
  const last = r.get<Head>('SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1') ?? genesis;
  return remembered.id >= last.id ? remembered : last;
}

function rememberedHead(r: Reader): Head | undefined {
  const match = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(factOf(r, headFact) ?? '');
  return match === null ? undefined : { id: Number(match[1]), hash: match[2] as string };
}

function toEntry(row: EntryRow): Entry {
  const { id, kind, subject, hash } = row;
  const body = row.body === null ? null : (JSON.parse(row.body) as Body);
  return {
    id,
    kind,
    subject,
    hash,
    at: fromIso(row.at),
    clientId: row.client_id,
    why: body === null ? { code: 'erased' } : reasonOf(body.why),
    data: body?.data ?? null,
    erasedAt: row.erased_at === null ? null : fromIso(row.erased_at),
  };
}

export interface EntryFilter {
  subject?: string;
  /** what the entry is about begins with one of these, as in 'letter/' */
  about?: readonly string[];
  clientId?: number;
  since?: Instant;
  /** exclusive */
  until?: Instant;
  /** the newest this many */
  limit?: number;
}

/** The client's own number, and those that it had before it was made one with others. */
function numbersOf(client: string): string {
  return `WITH asked (id) AS (SELECT ${client}) SELECT id FROM asked
    UNION ALL SELECT m.id FROM merged_clients m JOIN asked ON m.client_id = asked.id`;
}

/** In the order they were written. */
export function entries(r: Reader, filter: EntryFilter = {}): Entry[] {
  const { where, values } = new Conditions()
    .given('subject = ?', filter.subject)
    .given(`client_id IN (${numbersOf('?')})`, filter.clientId)
    .given('at >= ?', isoGiven(filter.since))
    .given('at < ?', isoGiven(filter.until))
    .given(
      'EXISTS (SELECT 1 FROM json_each(?) AS begins WHERE substr(subject, 1, length(begins.value)) = begins.value)',
      filter.about && JSON.stringify(filter.about),
    );
  return r
    .all<EntryRow>(`SELECT * FROM journal ${where} ORDER BY id DESC LIMIT ?`, ...values, filter.limit ?? -1)
    .toReversed()
    .map(toEntry);
}

export type Verdict = { ok: true; count: number; head: string } | { ok: false; id: number; problem: JournalProblem };

/** Walks the whole chain. The first thing that is wrong is told, with the number of its entry. */
export function verifyJournal(r: Reader): Verdict {
  let head = genesis;
  const erased = new Set<number>();
  for (const row of r.iterate<EntryRow>('SELECT * FROM journal ORDER BY id')) {
    const problem = problemOf(row, head);
    if (problem !== undefined) return { ok: false, id: row.id, problem };
    if (row.body === null) erased.add(row.id);
    else if (row.kind === erasureKind) for (const id of erasedIn(row)) erased.delete(id);
    head = { id: row.id, hash: row.hash };
  }
  return problemAtEnd(r, head, erased) ?? { ok: true, count: head.id, head: head.hash };
}

function problemOf(row: EntryRow, head: Head): JournalProblem | undefined {
  if (row.id !== head.id + 1) return { code: 'entry-missing', entry: head.id + 1 };
  if (row.prev_hash !== head.hash) return { code: 'entry-does-not-follow' };
  if (row.body !== null && sha256(row.body) !== row.body_sha256) return { code: 'entry-text-changed' };
  if (row.body !== null && row.erased_at !== null) return { code: 'erased-with-text' };
  return hashOf(row) === row.hash ? undefined : { code: 'entry-head-changed' };
}

function erasedIn(row: EntryRow): number[] {
  return (JSON.parse(row.body as string) as { data: { erased: number[] } }).data.erased;
}

function problemAtEnd(r: Reader, head: Head, erased: Set<number>): Verdict | undefined {
  for (const id of erased) return { ok: false, id, problem: { code: 'text-removed' } };
  const remembered = rememberedHead(r);
  if (head.id === 0 && remembered === undefined) return undefined;
  if (remembered === undefined) return { ok: false, id: head.id, problem: { code: 'end-forgotten' } };
  if (remembered.id > head.id)
    return { ok: false, id: head.id + 1, problem: { code: 'entries-cut-off', from: head.id + 1, to: remembered.id } };
  if (remembered.hash === head.hash) return undefined;
  return { ok: false, id: head.id, problem: { code: 'other-end' } };
}

/** One entry as it stands in the chain, with what is needed to verify it and to find its place between two others. */
export interface ChainEntry {
  id: number;
  /** UTC text, as it was hashed */
  at: string;
  kind: string;
  subject: string;
  clientId: number | null;
  /** canonical JSON of `data` and `why`, as it was hashed; null when erased */
  body: string | null;
  bodySha256: string;
  erasedAt: string | null;
  /** of the entry before it, of whatever client */
  previousHash: string;
  hash: string;
  /** the entry after it, of whatever client; null at the end of the journal */
  next: { id: number; hash: string } | null;
}

/** What was written about one client, in order: by the client's number, or about a thing that is the client's. */
export function chainOf(r: Reader, clientId: number): ChainEntry[] {
  return r
    .all<EntryRow & { next_id: number | null; next_hash: string }>(
      `SELECT j.*, n.id AS next_id, n.hash AS next_hash FROM journal j LEFT JOIN journal n ON n.id = j.id + 1
       WHERE j.id IN (${entryIds}) ORDER BY j.id`,
      { client: clientId },
    )
    .map((row) => ({
      id: row.id,
      at: row.at,
      kind: row.kind,
      subject: row.subject,
      clientId: row.client_id,
      body: row.body,
      bodySha256: row.body_sha256,
      erasedAt: row.erased_at,
      previousHash: row.prev_hash,
      hash: row.hash,
      next: row.next_id === null ? null : { id: row.next_id, hash: row.next_hash },
    }));
}

/** Some entries name no client, because it was not known yet or did not matter: they are found by what they are about. */
const entryIds = `SELECT id FROM journal WHERE client_id IN (${numbersOf('@client')})
  UNION SELECT id FROM journal WHERE client_id IS NULL AND subject IN (
    SELECT 'client/' || id FROM (${numbersOf('@client')})
    UNION SELECT 'message/' || id FROM messages WHERE client_id = @client
    UNION SELECT 'letter/' || id FROM letters WHERE client_id = @client
    UNION SELECT 'window/' || id FROM windows WHERE client_id = @client
    UNION SELECT 'case/' || id FROM cases WHERE client_id = @client
    UNION SELECT 'invoice/' || id FROM invoices WHERE client_id = @client
    UNION SELECT 'request/' || id FROM requests WHERE client_id = @client
    UNION SELECT 'exit/' || id FROM exits WHERE client_id = @client
    UNION SELECT 'hold/' || id FROM holds WHERE (scope = 'client' AND scope_id = @client)
      OR (scope = 'case' AND scope_id IN (SELECT id FROM cases WHERE client_id = @client))
      OR (scope = 'invoice' AND scope_id IN (SELECT id FROM invoices WHERE client_id = @client)))`;

/**
 * Removes the texts about one client, on that person's request (GDPR, Article 17); the chain still verifies, because
 * it covers their digests. An entry says that it was done and why.
 * @param others numbers of entries that name no client, and are about this one all the same
 * @returns how many texts were removed
 */
export function eraseBodies(w: Writer, clientId: number, why: Reason, others: readonly number[] = []): number {
  const found = w.all<{ id: number }>(
    `SELECT id FROM journal WHERE body IS NOT NULL AND kind <> '${erasureKind}'
       AND (client_id IN (${numbersOf('?')}) OR id IN (SELECT value FROM json_each(?))) ORDER BY id`,
    ...[clientId, JSON.stringify(others)],
  );
  if (found.length === 0) return 0;
  for (const { id } of found) w.run('UPDATE journal SET body = NULL, erased_at = ? WHERE id = ?', toIso(w.now), id);
  note(w, { kind: erasureKind, subject: `client/${clientId}`, why, data: { erased: found.map(({ id }) => id) } });
  return found.length;
}
