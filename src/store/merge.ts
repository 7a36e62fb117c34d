/**
 * Two clients of the register become one: all that is the one's is the other's from then on. The journal is not
 * rewritten: what was noted of the one is found under the other (store/journal). Whether it may be done, and what the
 * card of the one that stays takes over, is for the desk.
 */
import { AppError } from '../errors.ts';
import { toIso } from '../rules/time.ts';
import { forgetOpenedUpTo, touchClient } from './cases.ts';
import type { Reader, Writer } from './database.ts';

/** Which client goes, and into which it goes. */
export interface Merging {
  from: number;
  into: number;
}

/** How the rows of a table change hands; `move` is all that most of them need. */
type HandOver = (w: Writer, table: string, merging: Merging) => void;

const move: HandOver = (w, table, merging) => {
  w.run(`UPDATE ${table} SET client_id = @into WHERE client_id = @from`, { ...merging });
};

/** Behind those of the client that stays: the first is the one written to. */
const addresses: HandOver = (w, table, merging) => {
  w.run(
    `UPDATE ${table} SET client_id = @into, position = position + 1 +
       (SELECT coalesce(max(position), -1) FROM ${table} WHERE client_id = @into) WHERE client_id = @from`,
    { ...merging },
  );
};

/** What the owner took away from one of the two, and is an address of neither. */
const removed: HandOver = (w, table, merging) => {
  w.run(
    `INSERT OR IGNORE INTO ${table} (client_id, address, removed_at)
       SELECT @into, address, removed_at FROM ${table} WHERE client_id = @from`,
    { ...merging },
  );
  w.run(`DELETE FROM ${table} WHERE client_id = ?`, merging.from);
  w.run(
    `DELETE FROM ${table} WHERE client_id = @into AND (address IN (SELECT address FROM client_addresses WHERE client_id = @into)
       OR address IN (SELECT '@' || domain FROM client_domains WHERE client_id = @into))`,
    { into: merging.into },
  );
};

/** A project of one name is one project, as the client that stays has it. */
const projects: HandOver = (w, table, merging) => {
  w.run(
    `DELETE FROM ${table} WHERE client_id = @from
       AND name_key IN (SELECT name_key FROM ${table} WHERE client_id = @into)`,
    { ...merging },
  );
  move(w, table, merging);
};

/** A mark stands once: that of the client that stays. */
const ownerMarks: HandOver = (w, table, merging) => {
  w.run(
    `UPDATE ${table} SET removed_at = @now WHERE client_id = @from AND removed_at IS NULL
       AND mark IN (SELECT mark FROM ${table} WHERE client_id = @into AND removed_at IS NULL)`,
    { ...merging, now: toIso(w.now) },
  );
  move(w, table, merging);
};

/** A row of both is one row, of the client that stays. */
const once: HandOver = (w, table, merging) => {
  w.run(`UPDATE OR IGNORE ${table} SET client_id = @into WHERE client_id = @from`, { ...merging });
  w.run(`DELETE FROM ${table} WHERE client_id = ?`, merging.from);
};

/** Of two cases of one currency the one stays whose letters have left; the letters of the other are history. */
const cases: HandOver = (w, table, merging) => {
  for (const { stays, goes } of casePairs(w, merging)) {
    w.run("UPDATE holds SET scope_id = ? WHERE scope = 'case' AND scope_id = ?", stays, goes);
    w.run('UPDATE letters SET case_id = NULL WHERE case_id = ?', goes);
    w.run(`DELETE FROM ${table} WHERE id = ?`, goes);
  }
  move(w, table, merging);
};

/**
 * Every table with rows of a client, in this order. The journal keeps its rows: it is a chain, and says what happened
 * then. A test reads the schema, and fails on a table that is missing here.
 */
export const handedOver: Readonly<Record<string, HandOver>> = {
  client_addresses: addresses,
  client_domains: move,
  client_references: move,
  removed_addresses: removed,
  merged_clients: move,
  threads: move,
  messages: move,
  windows: move,
  cases,
  invoices: move,
  letters: move,
  log_entries: move,
  log_files: move,
  projects,
  owner_marks: ownerMarks,
  sign_lines: once,
  requests: move,
  exits: move,
  confirmed_accounts: once,
  line_concerns: once,
  watched_concerns: once,
};

interface CaseRow {
  id: number;
  client_id: number;
  currency: string;
  cycle: number;
  state: 'open' | 'closed';
  asked: number;
}

/** Whether letters of the case's present cycle have left. */
const caseRows = `SELECT c.id, c.client_id, c.currency, c.cycle, c.state, EXISTS (
    SELECT 1 FROM letters l WHERE l.case_id = c.id AND l.step IS NOT NULL AND l.sent_at IS NOT NULL
      AND l.key LIKE 'dunning/' || c.id || '/' || c.cycle || '/%') AS asked
  FROM cases c WHERE c.client_id IN (@from, @into) ORDER BY c.client_id = @into DESC`;

/** The cases of the two in one currency; the more telling one stays. */
export function casePairs(
  r: Reader,
  merging: Merging,
): { currency: string; stays: number; goes: number; bothAsked: boolean }[] {
  const rows = r.all<CaseRow>(caseRows, { ...merging });
  return rows.flatMap((one) => {
    const other = rows.find((row) => row.currency === one.currency && row.client_id !== one.client_id);
    if (one.client_id !== merging.into || other === undefined) return [];
    const weight = (row: CaseRow) => (row.state === 'open' ? 2 : 0) + row.asked;
    const [stays, goes] = weight(other) > weight(one) ? [other.id, one.id] : [one.id, other.id];
    const bothAsked = weight(one) === 3 && weight(other) === 3;
    return [{ currency: one.currency, stays, goes, bothAsked }];
  });
}

/** How many rows of each table would change hands; tables without any are left out. */
export function countHandedOver(r: Reader, clientId: number): Record<string, number> {
  const counts = Object.keys(handedOver).map((table) => {
    const row = r.get<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE client_id = ?`, clientId);
    return [table, row?.n ?? 0] as const;
  });
  const holds = r.get<{ n: number }>(
    "SELECT count(*) AS n FROM holds WHERE scope = 'client' AND scope_id = ?",
    clientId,
  );
  return Object.fromEntries([...counts, ['holds', holds?.n ?? 0] as const].filter(([, n]) => n > 0));
}

/** Hands everything over and takes the card of the one that goes out of the register. */
export function mergeClients(w: Writer, merging: Merging): void {
  const { from, into } = merging;
  for (const [table, handOver] of Object.entries(handedOver)) handOver(w, table, merging);
  w.run("UPDATE holds SET scope_id = ? WHERE scope = 'client' AND scope_id = ?", into, from);
  const left = Object.keys(countHandedOver(w, from));
  if (left.length > 0) throw new AppError('internal', `rows of client ${from} were left behind in ${left.join(', ')}`);
  w.run(
    `INSERT INTO merged_clients (id, client_id, name, name_key, merged_at)
       SELECT id, ?, name, name_key, ? FROM clients WHERE id = ?`,
    ...[into, toIso(w.now), from],
  );
  w.run('DELETE FROM clients WHERE id = ?', from);
  touchClient(w, into);
  forgetOpenedUpTo(w);
}
