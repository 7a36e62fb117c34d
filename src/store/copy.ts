/**
 * A private copy of the working state, in memory: what the jobs look at to decide what comes next. Left out is what
 * is only looked back at (judged messages nobody waits for, their search index, invoices of clients who owe nothing,
 * the journal's and the outbox's old texts), so that a million messages cost neither the memory nor the time.
 */
import { type Connection, Sqlite } from './driver.ts';
import { migrations } from './migrations/index.ts';

/** Messages not yet judged, and those an open window, an open request or a waiting letter is about. */
const waitingMessages = `SELECT id FROM messages WHERE judged_at IS NULL
  UNION SELECT opened_by FROM windows WHERE state = 'open'
  UNION SELECT m.id FROM windows w JOIN messages m ON m.window_id = w.id WHERE w.state = 'open'
  UNION SELECT message_id FROM requests WHERE state IN ('proposed', 'open') AND message_id IS NOT NULL
  UNION SELECT answers_message_id FROM letters
    WHERE state IN ('held', 'queued', 'sending', 'unsure', 'failed') AND answers_message_id IS NOT NULL`;

/** All invoices of the clients about whose account something may be written. */
const accounts = `SELECT id FROM invoices WHERE client_id IN (
    SELECT client_id FROM invoices WHERE state <> 'paid' UNION SELECT client_id FROM exits
    UNION SELECT client_id FROM cases WHERE look_at IS NOT NULL OR state = 'open')`;

/** Which rows of a table to take; every other table is taken whole. */
const taken: Record<string, string> = {
  messages: `WHERE id IN (${waitingMessages})`,
  threads: `WHERE id IN (SELECT thread_id FROM messages WHERE id IN (${waitingMessages})
    UNION SELECT thread_id FROM windows WHERE state = 'open')`,
  thread_references: 'WHERE false',
  windows: `WHERE state = 'open' OR id IN (SELECT window_id FROM letters WHERE window_id IS NOT NULL)`,
  invoices: `WHERE id IN (${accounts})`,
  instalments: `WHERE invoice_id IN (${accounts})`,
  payments: `WHERE invoice_id IN (${accounts})`,
  // what is decided of them stands in payments and holds
  bank_lines: 'WHERE false',
  line_concerns: 'WHERE false',
  confirmed_accounts: 'WHERE false',
  book_files: 'WHERE false',
  watched_files: 'WHERE false',
  watched_concerns: 'WHERE false',
  mail_files: 'WHERE false',
  // neither is kept of what is tried out
  journal: 'WHERE false',
  notices: 'WHERE false',
  runs: 'WHERE id IN (SELECT max(id) FROM runs GROUP BY job)',
};

/** Columns that are not taken as they are. */
const replaced: Record<string, string> = {
  'letters.bytes': "iif(state IN ('sent', 'filed', 'dropped'), NULL, bytes)",
};

/** To be called inside a transaction, for a picture of one moment. */
export function workingCopyOf(source: Connection): Connection {
  const copy = new Sqlite(':memory:');
  for (const migration of migrations) copy.exec(migration);
  // rows that are left out are still pointed at; what is written later is checked again
  copy.pragma('foreign_keys = OFF');
  copy.exec('BEGIN');
  for (const table of tablesOf(copy)) copyRows(source, copy, table);
  copy.exec('COMMIT');
  copy.pragma('foreign_keys = ON');
  return copy;
}

/** All but SQLite's own and those of the search index. */
function tablesOf(connection: Connection): string[] {
  return connection
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];
}

function copyRows(source: Connection, copy: Connection, table: string): void {
  const columns = copy.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  const wanted = columns.map((column) => replaced[`${table}.${column}`] ?? column);
  const insert = copy.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const rows = source.prepare(`SELECT ${wanted.join(', ')} FROM ${table} ${taken[table] ?? ''}`).raw();
  for (const row of rows.iterate()) insert.run(...(row as unknown[]));
}
