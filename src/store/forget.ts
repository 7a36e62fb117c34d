/**
 * Takes one person out of the database, on request (GDPR, Article 17): messages, letters, what was logged, agreed,
 * marked and asked. Invoices stay as figures under a name that says nothing. What was freed is still in the file until
 * `Store.scrub`. Decides nothing, and knows nothing of backups or of the mail server.
 */
import type { Client } from '../rules/client.ts';
import type { Reason } from '../rules/reason.ts';
import type { LocalDay } from '../rules/time.ts';
import { forgetOwnMails } from './own-mails.ts';
import { forgetOpenedUpTo } from './cases.ts';
import { formerClients } from './clients.ts';
import type { Reader, Writer } from './database.ts';
import { columnsOf, erase, erasures, type Things } from './erasure.ts';
import { addHold } from './holds.ts';
import { chainOf, eraseBodies, note } from './journal.ts';
import { drop } from './outbox.ts';

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

/**
 * @param options.why goes into the journal, and must name nobody
 * @param options.keepFrom as for {@link holdingsOf}
 */
export function forget(w: Writer, client: Client, options: { why: Reason; keepFrom: LocalDay }): Holdings {
  const done = holdingsOf(w, client, options.keepFrom);
  const things = thingsOf(w, client);
  for (const id of things.letters) drop(w, id, 'owner', { code: 'erased-on-request' });
  const entries = entriesAbout(w, client, things);
  forgetNotices(w, client, things);
  forgetTraces(w, client, things);
  for (const { id } of oldInvoices(w, client.id, options.keepFrom)) w.run('DELETE FROM invoices WHERE id = ?', id);
  erase(w, things);
  for (const id of things.threads) forgetThread(w, id);
  forgetOpenedUpTo(w);
  holdWhatIsOwed(w, client);
  eraseBodies(w, client.id, options.why, entries);
  const subject = `client/${client.id}`;
  note(w, { kind: forgottenKind, subject, why: options.why, data: { ...done } });
  // merges the search index into one piece without the words of the messages that were taken out
  w.run("INSERT INTO messages_text (messages_text) VALUES ('optimize')");
  return done;
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

const threadsOf = `SELECT id FROM threads WHERE client_id = @client OR client_id IS NULL AND id IN (
    SELECT thread_id FROM messages WHERE id IN (${messagesOf}))`;

/** Lines of the bank that pay its invoices, may be of it, or come from an account of it. */
const linesOf = `SELECT line_id AS id FROM line_concerns WHERE client_id = @client UNION
  SELECT line_id FROM confirmed_accounts WHERE client_id = @client UNION
  SELECT id FROM bank_lines WHERE payer_iban IN (SELECT iban FROM confirmed_accounts WHERE client_id = @client) UNION
  SELECT p.line_id FROM payments p JOIN invoices i ON i.id = p.invoice_id
    WHERE i.client_id = @client AND p.line_id IS NOT NULL`;

function linesNaming(r: Reader, client: Client): number[] {
  const traces = tracesOf(r, client);
  const lines = r.all<{ id: number; said: string }>(
    "SELECT id, coalesce(payer_name, '') || ' ' || text || ' ' || why AS said FROM bank_lines",
  );
  return lines.filter(({ said }) => names(said, traces)).map(({ id }) => id);
}

function thingsOf(r: Reader, client: Client): Things {
  const { id } = client;
  const ids = (sql: string) => r.all<{ id: number }>(sql, { client: id }).map((row) => row.id);
  return {
    client: [id],
    invoices: ids('SELECT id FROM invoices WHERE client_id = @client'),
    messages: ids(messagesOf),
    letters: ids(lettersOf),
    windows: ids(windowsOf),
    threads: ids(threadsOf),
    holds: ids(holdsOf),
    exits: ids('SELECT id FROM exits WHERE client_id = @client'),
    requests: ids('SELECT id FROM requests WHERE client_id = @client'),
    cases: ids('SELECT id FROM cases WHERE client_id = @client'),
    lines: [...new Set([...ids(linesOf), ...linesNaming(r, client)])],
  };
}

/** Records of the client, for the counting. */
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
  const former = formerClients(r).filter((one) => one.clientId === client.id);
  const names = [client.name, client.contactName ?? '', ...former.map((one) => one.name)];
  const full = names.filter((name) => name.length >= 4);
  const all = [...client.addresses, ...client.domains, ...wrote.map(({ address }) => address), ...full];
  return [...new Set(all.map((text) => text.toLowerCase()))];
}

/** Whether a text names the person; a name only as whole words. */
export function names(text: string, traces: Traces): boolean {
  // a reason is kept as JSON, which puts a stroke before quotation marks
  const low = text.toLowerCase().replaceAll('\\"', '"');
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
  approve: 'letters',
  unsure: 'letters',
  failed: 'letters',
  window: 'windows',
  unjudged: 'messages',
  'hold-ended': 'holds',
  exit: 'exits',
  'exit-cooling': 'exits',
  request: 'requests',
  undunned: 'cases',
  closing: 'cases',
  standstill: 'cases',
  back: 'cases',
  'too-little': 'cases',
  surplus: 'cases',
  'work-state': 'letters',
};

/** Which of their keys name the client. */
const clientNouns = ['unbelieved', 'false-report', 'waiting', 'windows', 'sign', 'threat', 'after-end', 'lesson'];

function forgetNotices(w: Writer, client: Client, things: Things): void {
  const traces = tracesOf(w, client);
  const concerned = w
    .all<{ id: number; key: string; told: string }>('SELECT id, key, told FROM notices')
    .filter(({ key, told }) => {
      const [, noun = '', id] = /^([a-z-]+)\/(\d+)/.exec(key) ?? [];
      if (clientNouns.includes(noun) && Number(id) === client.id) return true;
      const about = noticeNouns[noun];
      return (about !== undefined && things[about].includes(Number(id))) || names(told, traces);
    });
  for (const { id } of concerned) w.run('DELETE FROM notices WHERE id = ?', id);
}

/** Whose mail was found to be its own, and what its threads are known by; before the messages are cleared. */
function forgetTraces(w: Writer, client: Client, things: Things): void {
  w.run(
    `DELETE FROM authenticated_senders
     WHERE address IN (SELECT from_address FROM messages WHERE id IN (${messagesOf}))
       OR address IN (SELECT address FROM client_addresses WHERE client_id = @client)`,
    { client: client.id },
  );
  forgetOwnMails(w, client.addresses);
  for (const id of things.messages) {
    w.run('DELETE FROM thread_references WHERE message_id = (SELECT message_id FROM messages WHERE id = ?)', id);
    w.run('DELETE FROM messages_text WHERE rowid = ?', id);
  }
}

/** A thread that another client writes in keeps its references. */
function forgetThread(w: Writer, id: number): void {
  w.run(
    `DELETE FROM thread_references WHERE thread_id = @id
       AND NOT EXISTS (SELECT 1 FROM messages WHERE thread_id = @id AND client_id IS NOT NULL)`,
    { id },
  );
}

function oldInvoices(r: Reader, clientId: number, keepFrom: LocalDay): { id: number }[] {
  return r.all(
    `SELECT id FROM invoices i WHERE client_id = @client AND state <> 'open' AND issued_on < @from
       AND NOT EXISTS (SELECT 1 FROM instalments WHERE invoice_id = i.id AND due_on >= @from)
       AND NOT EXISTS (SELECT 1 FROM payments WHERE invoice_id = i.id AND received_on >= @from)`,
    { client: clientId, from: keepFrom },
  );
}

/** Where something is still open, it stays so, and nobody is reminded of it. */
function holdWhatIsOwed(w: Writer, { id }: Client): void {
  const open = w.get("SELECT id FROM invoices WHERE client_id = ? AND state = 'open'", id);
  if (open === undefined) return;
  const hold = { scope: 'client', scopeId: id, reason: 'opt-out', until: null } as const;
  addHold(w, { ...hold, note: { code: 'nobody-to-write-to' } });
}

/** Where the person is still mentioned. */
export interface Remain {
  table: string;
  id: number;
}

/**
 * What other people's records still say: their mails, their letters, their log. It is theirs, and stays. Every text of
 * every table is read through, row by row: this is seldom done.
 */
export function remainsOf(r: Reader, traces: Traces): Remain[] {
  return Object.keys(erasures).flatMap((table) => {
    const columns = columnsOf(r, table);
    const texts = columns.filter(({ type }) => type === 'TEXT').map(({ name }) => `coalesce(${name}, '')`);
    if (texts.length === 0 || !columns.some(({ name }) => name === 'id')) return [];
    const found: Remain[] = [];
    for (const row of r.iterate<{ id: number; said: string }>(
      `SELECT id, ${texts.join(" || ' ' || ")} AS said FROM ${table}`,
    ))
      if (names(row.said, traces)) found.push({ table, id: row.id });
    return found;
  });
}
