/**
 * Takes one person out of the database, on request (GDPR, Article 17): messages, letters, what was logged, agreed,
 * marked and asked. Invoices stay as figures under a name that says nothing. What was freed is still in the file until
 * `Store.scrub`. Decides nothing, and knows nothing of backups or of the mail server.
 */
import type { Client } from '../rules/client.ts';
import type { LocalDay } from '../rules/time.ts';
import { toIso } from '../rules/time.ts';
import { forgetOpenedUpTo } from './cases.ts';
import type { Reader, Writer } from './database.ts';
import { addHold } from './holds.ts';
import { chainOf, eraseBodies, note } from './journal.ts';
import { eraseMessage } from './messages.ts';
import { drop, eraseLetter } from './outbox.ts';
import { marks } from './rows.ts';

const forgottenKind = 'client-forgotten';

/** How much there is of one client. */
export interface Holdings {
  messages: number;
  letters: number;
  /** calls, notes, projects, marks, requests, exits, holds */
  records: number;
  /** entries of the journal that lose their text */
  entries: number;
  /** kept as figures */
  invoices: number;
  /** old enough to go */
  oldInvoices: number;
}

/** What a person is known by: addresses, domains, names. */
export type Traces = readonly string[];

/** @param keepFrom invoices on which nothing happened since then need not be kept */
export function holdingsOf(r: Reader, client: Client, keepFrom: LocalDay): Holdings {
  const things = thingsOf(r, client);
  const old = oldInvoices(r, client.id, keepFrom).length;
  return {
    messages: things.messages.length,
    letters: things.letters.length,
    records: ownTables.reduce((sum, table) => sum + countOf(r, table, client.id), 0) + things.holds.length,
    entries: entriesAbout(r, client, things).length,
    invoices: countOf(r, 'invoices', client.id) - old,
    oldInvoices: old,
  };
}

export function isForgotten(r: Reader, clientId: number): boolean {
  const kept = r.get('SELECT id FROM journal WHERE subject = ? AND kind = ?', `client/${clientId}`, forgottenKind);
  return kept !== undefined;
}

/** The name under which the invoices stay. */
export function tombstoneName(clientId: number): string {
  return `(forgotten client ${clientId})`;
}

/**
 * @param options.why goes into the journal, and must name nobody
 * @param options.keepFrom as for {@link holdingsOf}
 */
export function forget(w: Writer, client: Client, options: { why: string; keepFrom: LocalDay }): Holdings {
  const done = holdingsOf(w, client, options.keepFrom);
  const things = thingsOf(w, client);
  const entries = entriesAbout(w, client, things);
  forgetNotices(w, client, things);
  forgetLetters(w, things);
  forgetMessages(w, client, things);
  forgetRecords(w, client, things);
  forgetMoney(w, client, options.keepFrom);
  buryClient(w, client);
  eraseBodies(w, client.id, options.why, entries);
  const subject = `client/${client.id}`;
  note(w, { kind: forgottenKind, subject, why: options.why, data: { ...done } });
  // merges the search index into one piece without the words of the messages that were taken out
  w.run("INSERT INTO messages_text (messages_text) VALUES ('optimize')");
  return done;
}

/** Numbers of what belongs to the client, and of what was written before the client stood in the register. */
interface Things {
  messages: number[];
  letters: number[];
  windows: number[];
  holds: number[];
  exits: number[];
  requests: number[];
  cases: number[];
}

/**
 * A stranger's message in the client's thread goes too: it quotes the client. What another client wrote or was written
 * stays, whomever it mentions: see {@link remainsOf}.
 */
const messagesOf = `SELECT id FROM messages WHERE client_id = @client OR client_id IS NULL AND (
    thread_id IN (SELECT id FROM threads WHERE client_id = @client)
    OR peer_address IN (SELECT address FROM client_addresses WHERE client_id = @client)
    OR from_address IN (SELECT address FROM client_addresses WHERE client_id = @client)
    OR peer_domain IN (SELECT domain FROM client_domains WHERE client_id = @client))`;

const windowsOf = `SELECT id FROM windows WHERE client_id = @client OR client_id IS NULL AND opened_by IN (${messagesOf})`;

const lettersOf = `SELECT id FROM letters WHERE client_id = @client OR client_id IS NULL AND (
    recipient IN (SELECT address FROM client_addresses WHERE client_id = @client)
    OR answers_message_id IN (${messagesOf}) OR window_id IN (${windowsOf}))`;

const holdsOf = `SELECT id FROM holds WHERE scope = 'client' AND scope_id = @client
    OR scope = 'case' AND scope_id IN (SELECT id FROM cases WHERE client_id = @client)
    OR scope = 'invoice' AND scope_id IN (SELECT id FROM invoices WHERE client_id = @client)`;

function thingsOf(r: Reader, { id }: Client): Things {
  const ids = (sql: string) => r.all<{ id: number }>(sql, { client: id }).map((row) => row.id);
  return {
    messages: ids(messagesOf),
    letters: ids(lettersOf),
    windows: ids(windowsOf),
    holds: ids(holdsOf),
    exits: ids('SELECT id FROM exits WHERE client_id = @client'),
    requests: ids('SELECT id FROM requests WHERE client_id = @client'),
    cases: ids('SELECT id FROM cases WHERE client_id = @client'),
  };
}

/** Rows that go as a whole; in this order nothing points at what is gone. */
const ownTables = ['log_entries', 'projects', 'owner_marks', 'requests', 'exits'] as const;

function countOf(r: Reader, table: string, clientId: number): number {
  return r.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE client_id = ?`, clientId)?.n ?? 0;
}

/** Entries about the client, about its things, or without a client and naming it. */
function entriesAbout(r: Reader, client: Client, things: Things): number[] {
  const subjects = new Set(
    [
      ['message', things.messages] as const,
      ['letter', things.letters] as const,
      ['window', things.windows] as const,
    ].flatMap(([noun, ids]) => ids.map((id) => `${noun}/${id}`)),
  );
  const traces = tracesOf(r, client);
  const others = r
    .all<{ id: number; subject: string; body: string }>(
      `SELECT id, subject, body FROM journal WHERE client_id IS NULL AND body IS NOT NULL AND kind NOT IN ('journal-erased', ?)`,
      forgottenKind,
    )
    .filter((entry) => subjects.has(entry.subject) || names(entry.body, traces));
  const known = chainOf(r, client.id).filter((entry) => entry.body !== null && !isTombstone(entry.kind));
  return [...new Set([...known, ...others].map((entry) => entry.id))];
}

function isTombstone(kind: string): boolean {
  return kind === 'journal-erased' || kind === forgottenKind;
}

/** Addresses and domains; the name and the contact's name, unless they are too short to mean one person. */
export function tracesOf(r: Reader, client: Client): Traces {
  const wrote = r.all<{ address: string }>(
    `SELECT DISTINCT peer_address AS address FROM messages WHERE client_id = ? AND peer_address IS NOT NULL`,
    client.id,
  );
  const full = [client.name, client.contactName ?? ''].filter((name) => name.length >= 4);
  const all = [...client.addresses, ...client.domains, ...wrote.map(({ address }) => address), ...full];
  return [...new Set(all.map((text) => text.toLowerCase()))];
}

/** Whether a text names the person; a name only as whole words. */
export function names(text: string, traces: Traces): boolean {
  const low = text.toLowerCase();
  return traces.some((trace) => {
    for (let at = low.indexOf(trace); at >= 0; at = low.indexOf(trace, at + 1))
      if (!isLetter(low[at - 1]) && !isLetter(low[at + trace.length])) return true;
    return false;
  });
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** Which things the key of a notice may be about. */
const noticeNouns: Record<string, keyof Things> = {
  ...{ approve: 'letters', unsure: 'letters', failed: 'letters', window: 'windows', unjudged: 'messages' },
  ...{ 'hold-ended': 'holds', exit: 'exits', 'exit-cooling': 'exits', request: 'requests', undunned: 'cases' },
  ...{ closing: 'cases', back: 'cases', 'too-little': 'cases', surplus: 'cases', 'work-state': 'letters' },
};

/** Which of their keys name the client. */
const clientNouns = ['unbelieved', 'false-report', 'waiting', 'windows'];

function forgetNotices(w: Writer, client: Client, things: Things): void {
  const traces = tracesOf(w, client);
  const concerned = w
    .all<{ id: number; key: string; text: string; next: string }>('SELECT id, key, text, next FROM notices')
    .filter(({ key, text, next }) => {
      const [, noun = '', id] = /^([a-z-]+)\/(\d+)/.exec(key) ?? [];
      if (clientNouns.includes(noun) && Number(id) === client.id) return true;
      const about = noticeNouns[noun];
      return (about !== undefined && things[about].includes(Number(id))) || names(`${text} ${next}`, traces);
    });
  for (const { id } of concerned) w.run('DELETE FROM notices WHERE id = ?', id);
}

function forgetLetters(w: Writer, things: Things): void {
  for (const id of things.letters) {
    drop(w, id, 'owner', 'erased on request');
    eraseLetter(w, id);
  }
}

function forgetMessages(w: Writer, client: Client, things: Things): void {
  const threads = w.all<{ id: number }>(
    `SELECT id FROM threads WHERE client_id = @client OR client_id IS NULL AND id IN (
       SELECT thread_id FROM messages WHERE id IN (${messagesOf}))`,
    { client: client.id },
  );
  w.run(
    `DELETE FROM authenticated_senders
     WHERE address IN (SELECT from_address FROM messages WHERE id IN (${messagesOf}))
       OR address IN (SELECT address FROM client_addresses WHERE client_id = @client)`,
    { client: client.id },
  );
  for (const id of things.windows)
    w.run("UPDATE windows SET client_id = NULL, state = iif(state = 'open', 'waived', state) WHERE id = ?", id);
  for (const id of things.messages) {
    w.run('DELETE FROM thread_references WHERE message_id = (SELECT message_id FROM messages WHERE id = ?)', id);
    eraseMessage(w, id);
  }
  for (const { id } of threads) forgetThread(w, id);
}

/** A thread that another client writes in keeps its references. */
function forgetThread(w: Writer, id: number): void {
  w.run("UPDATE threads SET client_id = NULL, base_subject = '' WHERE id = ?", id);
  w.run(
    `DELETE FROM thread_references WHERE thread_id = @id
       AND NOT EXISTS (SELECT 1 FROM messages WHERE thread_id = @id AND client_id IS NOT NULL)`,
    { id },
  );
}

function forgetRecords(w: Writer, { id }: Client, things: Things): void {
  if (things.holds.length > 0) w.run(`DELETE FROM holds WHERE id IN (${marks(things.holds)})`, ...things.holds);
  for (const table of ownTables) w.run(`DELETE FROM ${table} WHERE client_id = ?`, id);
}

function oldInvoices(r: Reader, clientId: number, keepFrom: LocalDay): { id: number }[] {
  return r.all(
    `SELECT id FROM invoices i WHERE client_id = @client AND state <> 'open' AND issued_on < @from
       AND NOT EXISTS (SELECT 1 FROM instalments WHERE invoice_id = i.id AND due_on >= @from)
       AND NOT EXISTS (SELECT 1 FROM payments WHERE invoice_id = i.id AND received_on >= @from)`,
    { client: clientId, from: keepFrom },
  );
}

/** Number, days and sums stay. Where something is still open, it stays so, and nobody is reminded of it. */
function forgetMoney(w: Writer, { id }: Client, keepFrom: LocalDay): void {
  for (const invoice of oldInvoices(w, id, keepFrom)) w.run('DELETE FROM invoices WHERE id = ?', invoice.id);
  w.run('UPDATE invoices SET project = NULL WHERE client_id = ?', id);
  w.run('DELETE FROM invoice_said WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = ?)', id);
  w.run('UPDATE payments SET reference = NULL WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = ?)', id);
  w.run("UPDATE credits SET why = '' WHERE invoice_id IN (SELECT id FROM invoices WHERE client_id = ?)", id);
  w.run(
    "UPDATE cases SET state = 'closed', closed_at = coalesce(closed_at, ?), look_at = NULL, why = '' WHERE client_id = ?",
    ...[toIso(w.now), id],
  );
  forgetOpenedUpTo(w);
  const open = w.get("SELECT id FROM invoices WHERE client_id = ? AND state = 'open'", id);
  if (open === undefined) return;
  const hold = { scope: 'client', scopeId: id, reason: 'opt-out', until: null } as const;
  addHold(w, { ...hold, note: 'erased on request: there is nobody to write to' });
}

function buryClient(w: Writer, { id }: Client): void {
  const name = tombstoneName(id);
  w.run('DELETE FROM client_addresses WHERE client_id = ?', id);
  w.run('DELETE FROM client_domains WHERE client_id = ?', id);
  w.run('DELETE FROM client_references WHERE client_id = ?', id);
  w.run('DELETE FROM removed_addresses WHERE client_id = ?', id);
  w.run(
    `UPDATE clients SET name = @name, name_key = @name, contact_name = NULL, hours = NULL, time_zone = NULL,
       work_state = 'ended', payment_terms = NULL, phone = NULL, by_hand = '[]', project = NULL, notes = '', terms = '{}' WHERE id = @id`,
    { id, name },
  );
}

/** Where the person is still mentioned. */
export interface Remain {
  table: string;
  id: number;
}

/** Tables with texts that may mention a person, and those texts. Read through row by row: this is seldom done. */
const texts: Record<string, readonly string[]> = {
  clients: ['name', 'contact_name', 'phone', 'project', 'notes', 'terms'],
  messages: ['mail', 'subject', 'text'],
  letters: ['recipient', 'recipient_name', 'subject', 'text', 'facts', 'why'],
  invoices: ['project'],
  payments: ['reference'],
  credits: ['why'],
  holds: ['note'],
  log_entries: ['text'],
  projects: ['name'],
  owner_marks: ['note'],
  requests: ['text', 'why'],
  exits: ['own_words', 'notice', 'referral', 'handover', 'cancelled_why'],
  notices: ['text'],
  journal: ['body'],
  runs: ['detail'],
};

/** What other people's records still say: their mails, their letters, their log. It is theirs, and stays. */
export function remainsOf(r: Reader, traces: Traces): Remain[] {
  return Object.entries(texts).flatMap(([table, columns]) => {
    const joined = columns.map((column) => `coalesce(${column}, '')`).join(" || ' ' || ");
    const found: Remain[] = [];
    for (const row of r.iterate<{ id: number; said: string }>(`SELECT id, ${joined} AS said FROM ${table}`))
      if (names(row.said, traces)) found.push({ table, id: row.id });
    return found;
  });
}
