/**
 * What becomes of each table when a person is erased on request (GDPR, Article 17). A column of a row about the person is
 * cleared unless it is named here as kept, with the reason and the law; so what a later migration adds is cleared, too.
 * Knows nothing of what else follows; decides nothing.
 */
import { toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { erasedMail, erasedReason } from './messages.ts';
import type { Row } from './rows.ts';

/** Why a column stays. */
export interface Kept {
  columns: readonly string[];
  why: string;
  law: string;
}

/** Numbers of what belongs to the person, and of what was written before it stood in the register. */
export interface Things {
  client: number[];
  invoices: number[];
  messages: number[];
  letters: number[];
  windows: number[];
  threads: number[];
  holds: number[];
  exits: number[];
  requests: number[];
  cases: number[];
  /** of the bank */
  lines: number[];
}

export type Erasure =
  /** the rows whose column has one of those numbers go as a whole */
  | { fate: 'deleted'; by: readonly [column: string, of: keyof Things] }
  /** of those rows every column is cleared: to what `as` says (SQL), else to nothing, else to the default */
  | {
      fate: 'cleared';
      by: readonly [column: string, of: keyof Things];
      as?: Readonly<Record<string, string>>;
      kept: readonly Kept[];
    }
  /** by a way of its own, in store/forget: the rows that name the person */
  | { fate: 'by-hand'; how: string; kept: readonly Kept[] }
  /** it holds nothing of a person's: which columns were looked at for that */
  | { fate: 'kept'; columns: readonly string[]; why: string };

const books = {
  why: 'figures of the books, under a name that says nothing',
  law: 'Civil Code, article 2220; GDPR, Article 17(3)(b)',
};
const nameless = {
  why: 'numbers, days and states that belong to nobody once the rest is gone',
  law: 'GDPR, recital 26',
};
const proof = {
  why: 'that something was sent, when, and how it went; not to whom, nor what',
  law: 'GDPR, Article 17(3)(e)',
};
const again = {
  why: 'by them the same mail is known, should the server number its folder anew, and is not taken in a second time',
  law: 'GDPR, Article 17(1)',
};
const chain = { why: 'the chain of hashes, which shows that nothing was edited', law: 'GDPR, Article 17(3)(e)' };

const { subject, text: _text, newText: _newText, ...restOfMail } = erasedMail;
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** the reason of what is erased */
const erased = quoted(JSON.stringify({ code: 'erased' }));
const tombstone = "'(forgotten client ' || id || ')'";

/** In this order nothing is looked up by what is gone already. */
export const erasures: Readonly<Record<string, Erasure>> = {
  authenticated_senders: { fate: 'by-hand', how: 'the rows of the addresses it wrote from', kept: [] },
  own_mails: { fate: 'by-hand', how: 'the rows of mails to it: what lies in her folder is read anew', kept: [] },
  thread_references: { fate: 'by-hand', how: 'those of its messages, and of threads that are its alone', kept: [] },
  messages_text: { fate: 'by-hand', how: 'the rows of its messages, and the index is written anew', kept: [] },
  notices: { fate: 'by-hand', how: 'those about its things, and those that name it', kept: [] },
  journal: {
    fate: 'by-hand',
    how: 'the texts of the entries about it, its things, or that name it',
    kept: [
      {
        columns: ['id', 'at', 'kind', 'subject', 'client_id', 'body_sha256', 'erased_at', 'prev_hash', 'hash'],
        ...chain,
      },
    ],
  },

  log_files: { fate: 'deleted', by: ['client_id', 'client'] },
  log_entries: { fate: 'deleted', by: ['client_id', 'client'] },
  projects: { fate: 'deleted', by: ['client_id', 'client'] },
  owner_marks: { fate: 'deleted', by: ['client_id', 'client'] },
  sign_lines: { fate: 'deleted', by: ['client_id', 'client'] },
  requests: { fate: 'deleted', by: ['client_id', 'client'] },
  exits: { fate: 'deleted', by: ['client_id', 'client'] },
  line_concerns: { fate: 'deleted', by: ['client_id', 'client'] },
  watched_concerns: { fate: 'deleted', by: ['client_id', 'client'] },
  mail_files: { fate: 'deleted', by: ['message_id', 'messages'] },
  confirmed_accounts: { fate: 'deleted', by: ['client_id', 'client'] },
  holds: { fate: 'deleted', by: ['id', 'holds'] },
  invoice_sources: { fate: 'deleted', by: ['invoice_id', 'invoices'] },
  invoice_said: { fate: 'deleted', by: ['invoice_id', 'invoices'] },
  doubted_messages: { fate: 'deleted', by: ['message_id', 'messages'] },
  letter_debts: { fate: 'deleted', by: ['letter_id', 'letters'] },
  client_addresses: { fate: 'deleted', by: ['client_id', 'client'] },
  client_domains: { fate: 'deleted', by: ['client_id', 'client'] },
  client_references: { fate: 'deleted', by: ['client_id', 'client'] },
  removed_addresses: { fate: 'deleted', by: ['client_id', 'client'] },
  merged_clients: { fate: 'deleted', by: ['client_id', 'client'] },

  letters: {
    fate: 'cleared',
    by: ['id', 'letters'],
    // its key is given up: a number that is used again must not meet it
    as: {
      key: "'erased/' || id",
      subject: quoted(subject),
      facts: "'{}'",
      why: erased,
      ended_why: `iif(ended_why IS NULL, NULL, ${erased})`,
    },
    kept: [
      { columns: ['id', 'kind', 'state', 'effect', 'language', 'tone', 'edited', 'approval', 'mailbox'], ...proof },
      { columns: ['sender'], why: "an address of the owner's", law: 'no data of the person' },
      {
        columns: ['approved_at', 'not_before', 'created_at', 'claimed_at', 'sent_at', 'filed_at', 'ended_by'],
        ...proof,
      },
      { columns: ['attempts', 'next_try_at', 'capped', 'doubted'], ...proof },
    ],
  },
  windows: {
    fate: 'cleared',
    by: ['id', 'windows'],
    as: { state: "iif(state = 'open', 'waived', state)" },
    kept: [
      { columns: ['id', 'thread_id', 'opened_by', 'opened_at', 'due_at', 'evidence', 'answered_by'], ...nameless },
      { columns: ['answered_at', 'promised_at', 'warned', 'missed_at', 'believed'], ...nameless },
    ],
  },
  messages: {
    fate: 'cleared',
    by: ['id', 'messages'],
    as: {
      subject: quoted(subject),
      flags: "'[]'",
      mail: quoted(JSON.stringify(restOfMail)),
      out_of_hours: '0',
      reason: quoted(erasedReason),
      why: erased,
      judged_at: 'coalesce(judged_at, @now)',
    },
    kept: [
      { columns: ['folder_id', 'uid_validity', 'uid', 'content_hash', 'size_bytes', 'truncated'], ...again },
      { columns: ['id', 'role', 'thread_id', 'received_at', 'history', 'gone_at', 'replaced_by'], ...nameless },
    ],
  },
  threads: { fate: 'cleared', by: ['id', 'threads'], kept: [{ columns: ['id'], ...nameless }] },

  bank_lines: {
    fate: 'cleared',
    by: ['id', 'lines'],
    as: { state: "iif(state = 'question', 'ignored', state)", decided_by: "'owner'" },
    kept: [
      { columns: ['id', 'account_id', 'booked_on', 'amount_cents', 'currency', 'decided_at'], ...books },
      { columns: ['key'], why: 'a digest, by which the same line is not taken in again', law: 'GDPR, Article 17(1)' },
      { columns: ['file_id', 'place', 'reversal', 'pair_id'], ...nameless },
    ],
  },
  invoices: {
    fate: 'cleared',
    by: ['id', 'invoices'],
    kept: [
      { columns: ['id', 'client_id', 'number', 'issued_on', 'currency', 'total_cents', 'state'], ...books },
      { columns: ['disputed_cents', 'withholding_cents', 'split_vat_cents', 'created_at'], ...books },
    ],
  },
  instalments: {
    fate: 'cleared',
    by: ['invoice_id', 'invoices'],
    kept: [
      {
        columns: ['id', 'invoice_id', 'position', 'due_on', 'amount_cents', 'open', 'open_cents', 'back_at'],
        ...books,
      },
      { columns: ['withheld_cents'], ...books },
    ],
  },
  payments: {
    fate: 'cleared',
    by: ['invoice_id', 'invoices'],
    kept: [
      { columns: ['id', 'invoice_id', 'amount_cents', 'received_on', 'recorded_at', 'reversed_at'], ...books },
      { columns: ['line_id', 'line_found'], ...nameless },
    ],
  },
  credits: {
    fate: 'cleared',
    by: ['invoice_id', 'invoices'],
    kept: [
      {
        columns: ['id', 'invoice_id', 'amount_cents', 'number', 'issued_on', 'recorded_at', 'taken_back_at'],
        ...books,
      },
    ],
  },
  cases: {
    fate: 'cleared',
    by: ['id', 'cases'],
    as: { state: "'closed'", closed_at: 'coalesce(closed_at, @now)' },
    kept: [{ columns: ['id', 'client_id', 'currency', 'cycle', 'opened_at', 'closed_how'], ...nameless }],
  },
  clients: {
    fate: 'cleared',
    by: ['id', 'client'],
    as: { name: tombstone, name_key: tombstone, work_state: "'ended'", language: "'it'", tone: "'formal'" },
    kept: [
      { columns: ['id', 'created_at'], ...books },
      { columns: ['kind'], why: 'what the law gives on an invoice that stays hangs on it', law: books.law },
    ],
  },

  book_files: {
    fate: 'kept',
    columns: ['id', 'sha256', 'name', 'format', 'read_at'],
    why: "the owner's own files, by the names that she gave them",
  },
  watched_files: {
    fate: 'kept',
    columns: ['path', 'size_bytes', 'changed_ms', 'sha256', 'state', 'looked_at'],
    why: "the owner's own files, by the names that she gave them",
  },
  accounts: { fate: 'kept', columns: ['id', 'number', 'read_to'], why: "the owner's own accounts" },
  file_forms: {
    fate: 'kept',
    columns: ['key', 'form', 'confirmed_at'],
    why: 'which column is what in files with certain headings',
  },
  facts: {
    fate: 'kept',
    columns: ['key', 'value'],
    why: "the program's own state: moments, mailboxes, what servers said",
  },
  folders: {
    fate: 'kept',
    why: "the owner's own mailboxes",
    columns: ['id', 'mailbox', 'place', 'role', 'path', 'uid_validity', 'uid_mark', 'history_up_to'],
  },
  import_answers: {
    fate: 'kept',
    columns: ['key', 'answer', 'at'],
    why: 'digests of rows of files, and numbers of clients',
  },
  runs: {
    fate: 'kept',
    columns: ['id', 'job', 'started_at', 'ended_at', 'outcome', 'detail'],
    why: 'what each pass did, in counts; where one names the person, it is said',
  },
};

/** Deletes and clears what the table says of these things; not what has a way of its own. */
export function erase(w: Writer, things: Things): void {
  for (const [table, erasure] of Object.entries(erasures)) {
    if (erasure.fate !== 'deleted' && erasure.fate !== 'cleared') continue;
    const [column, of] = erasure.by;
    const sql = erasure.fate === 'cleared' ? clearing(w, table, erasure) : `DELETE FROM ${table}`;
    const now: Row = sql.includes('@now') ? { now: toIso(w.now) } : {};
    for (const id of things[of]) w.run(`${sql} WHERE ${column} = @id`, { id, ...now });
  }
}

interface Column {
  name: string;
  notnull: number;
  dflt_value: string | null;
  type: string;
}

/** The columns as the file has them, not as anybody thinks. */
export function columnsOf(r: Reader, table: string): Column[] {
  return r.all<Column>(`SELECT name, "notnull", dflt_value, type FROM pragma_table_info('${table}')`);
}

function clearing(w: Writer, table: string, { by, as = {}, kept }: Erasure & { fate: 'cleared' }): string {
  const stays = new Set(kept.flatMap(({ columns }) => columns));
  const set = columnsOf(w, table)
    .filter(({ name }) => !stays.has(name))
    .map((column) => `${column.name} = ${as[column.name] ?? nothing(column)}`);
  const [key] = by;
  return `UPDATE ${table} SET ${set.length === 0 ? `${key} = ${key}` : set.join(', ')}`;
}

function nothing({ notnull, dflt_value, type }: Column): string {
  if (notnull === 0) return 'NULL';
  if (dflt_value !== null) return dflt_value;
  return type === 'TEXT' ? "''" : type === 'BLOB' ? "x''" : '0';
}
