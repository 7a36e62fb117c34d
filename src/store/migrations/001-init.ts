/**
 * The first schema. Times are UTC text to the second ('2026-11-24T08:00:00Z'), days 'YYYY-MM-DD', money integer
 * minor units, lists and records JSON. Never edited after release: a change is a new migration.
 */
export const sql = `
CREATE TABLE facts (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE clients (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- the name in one case and with single blanks: COLLATE NOCASE would take 'É' and 'é' for two names
  name_key TEXT NOT NULL UNIQUE,
  contact_name TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('business', 'consumer')),
  language TEXT NOT NULL CHECK (language IN ('it', 'en')),
  tone TEXT NOT NULL CHECK (tone IN ('formal', 'informal')),
  hours TEXT,
  time_zone TEXT,
  work_state TEXT NOT NULL DEFAULT 'active' CHECK (work_state IN ('active', 'paused', 'ended')),
  payment_days INTEGER,
  project TEXT,
  notes TEXT NOT NULL DEFAULT '',
  terms TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE client_addresses (
  address TEXT PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX client_addresses_client ON client_addresses (client_id, position);

CREATE TABLE client_domains (
  domain TEXT PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE
) STRICT;
CREATE INDEX client_domains_client ON client_domains (client_id);

-- A watched folder. uid_mark: every UID up to it is recorded or quarantined.
CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  mailbox TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('inbox', 'sent')),
  path TEXT NOT NULL,
  uid_validity TEXT NOT NULL,
  uid_mark INTEGER NOT NULL,
  -- UIDs up to this one were there at the first start (or before a UIDVALIDITY change): history, never acted upon
  history_up_to INTEGER NOT NULL,
  UNIQUE (mailbox, role)
) STRICT;

CREATE TABLE threads (
  id INTEGER PRIMARY KEY,
  base_subject TEXT NOT NULL,
  client_id INTEGER REFERENCES clients ON DELETE SET NULL
) STRICT;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folders,
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('inbox', 'sent')),
  thread_id INTEGER NOT NULL REFERENCES threads,
  client_id INTEGER REFERENCES clients ON DELETE SET NULL,
  received_at TEXT NOT NULL,
  history INTEGER NOT NULL CHECK (history IN (0, 1)),
  message_id TEXT,
  from_address TEXT,
  from_name TEXT,
  -- whom it is with: the sender of a message in the inbox, the first recipient of one of the owner's
  peer_address TEXT,
  peer_domain TEXT,
  subject TEXT NOT NULL,
  base_subject TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  flags TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  truncated INTEGER NOT NULL DEFAULT 0 CHECK (truncated IN (0, 1)),
  -- why it could not be read; such a message is recorded, shown and never acted upon
  fault TEXT,
  gone_at TEXT,
  -- the same bytes came again under a new UID: that row is the one shown
  replaced_by INTEGER REFERENCES messages,
  -- the judgement
  judged_at TEXT,
  kind TEXT CHECK (kind IN ('human', 'automatic', 'list', 'bounce', 'receipt', 'calendar', 'spam', 'own')),
  out_of_hours INTEGER CHECK (out_of_hours IN (0, 1)),
  out_of_hours_why TEXT,
  minutes_to_opening INTEGER,
  window_id INTEGER REFERENCES windows,
  reason TEXT,
  why TEXT,
  -- out-of-hours keyword still to be set on the server
  keyword_state TEXT NOT NULL DEFAULT 'none' CHECK (keyword_state IN ('none', 'wanted', 'set', 'refused')),
  -- everything ParsedMail holds but text, newText and subject, as JSON. The long columns come last, so that
  -- reading the others leaves their overflow pages alone.
  mail TEXT NOT NULL,
  -- what is new in a text that also quotes; null where all of it is new, as in most
  own_text TEXT,
  text TEXT NOT NULL,
  new_text TEXT NOT NULL AS (coalesce(own_text, text)),
  UNIQUE (folder_id, uid_validity, uid)
) STRICT;
CREATE INDEX messages_unjudged ON messages (id) WHERE judged_at IS NULL;
CREATE INDEX messages_keyword ON messages (folder_id, uid) WHERE keyword_state = 'wanted';
CREATE INDEX messages_message_id ON messages (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX messages_thread ON messages (thread_id, received_at);
-- holds all that habits are counted from, so that a year of a busy studio is read without touching the long rows
CREATE INDEX messages_client ON messages (
  client_id, received_at, role, kind, out_of_hours, history, replaced_by, thread_id, window_id
);
CREATE INDEX messages_received ON messages (received_at);
CREATE INDEX messages_out_of_hours ON messages (received_at) WHERE out_of_hours = 1;
-- what the owner wrote to clients since the first start: questions are looked for in it at each pass
CREATE INDEX messages_written ON messages (received_at) WHERE role = 'sent' AND client_id IS NOT NULL AND history = 0
  AND replaced_by IS NULL AND judged_at IS NOT NULL;
CREATE INDEX messages_window ON messages (window_id) WHERE window_id IS NOT NULL;
CREATE INDEX messages_hash ON messages (content_hash);
CREATE INDEX messages_stranger ON messages (peer_domain, peer_address) WHERE client_id IS NULL;

-- Message-IDs a thread is known by: those of its messages and those they refer to, seen or not.
CREATE TABLE thread_references (
  message_id TEXT NOT NULL,
  thread_id INTEGER NOT NULL REFERENCES threads,
  PRIMARY KEY (message_id, thread_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_references_thread ON thread_references (thread_id);

CREATE VIRTUAL TABLE messages_text USING fts5 (
  subject, from_name, from_address, text,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Pieces of the index are merged sixteen at a time, not a little with each message: half the work in the end.
INSERT INTO messages_text (messages_text, rank) VALUES ('automerge', 0);

CREATE TABLE windows (
  id INTEGER PRIMARY KEY,
  thread_id INTEGER NOT NULL REFERENCES threads,
  client_id INTEGER REFERENCES clients ON DELETE SET NULL,
  opened_by INTEGER NOT NULL REFERENCES messages,
  opened_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'waived')),
  -- how we know it was answered: thread, subject, flag, owner
  evidence TEXT CHECK (evidence IN ('thread', 'subject', 'flag', 'owner')),
  answered_by INTEGER REFERENCES messages,
  answered_at TEXT,
  -- the due moment that an acknowledgement has promised: frozen
  promised_at TEXT,
  warned TEXT NOT NULL DEFAULT '[]',
  missed_at TEXT
) STRICT;
CREATE INDEX windows_open ON windows (due_at) WHERE state = 'open';
CREATE UNIQUE INDEX windows_thread ON windows (thread_id) WHERE state = 'open';
CREATE INDEX windows_client ON windows (client_id, state, due_at);

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  number TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  total_cents INTEGER NOT NULL CHECK (total_cents > 0),
  project TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'paid', 'void', 'written-off')),
  disputed_cents INTEGER NOT NULL DEFAULT 0 CHECK (disputed_cents >= 0),
  created_at TEXT NOT NULL,
  UNIQUE (client_id, number)
) STRICT;
CREATE INDEX invoices_number ON invoices (number);
CREATE INDEX invoices_state ON invoices (state, issued_on);
CREATE INDEX invoices_open ON invoices (client_id, currency) WHERE state = 'open';

CREATE TABLE instalments (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoices ON DELETE CASCADE,
  position INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  -- open = something is owed on it after payments and the disputed part; kept by the store in the transaction that changes the invoice
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  UNIQUE (invoice_id, position)
) STRICT;
CREATE INDEX instalments_open ON instalments (due_on, invoice_id) WHERE open = 1;

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoices ON DELETE CASCADE,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  received_on TEXT NOT NULL,
  reference TEXT,
  recorded_at TEXT NOT NULL,
  reversed_at TEXT
) STRICT;
CREATE INDEX payments_invoice ON payments (invoice_id);

-- One client's overdue money in one currency. A cycle runs from the first overdue day to the last payment.
CREATE TABLE cases (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  currency TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  opened_at TEXT NOT NULL,
  closed_at TEXT,
  -- when the dunning job has to look again; null: not before something happens
  look_at TEXT,
  -- the last decision in words, for status
  why TEXT NOT NULL DEFAULT '',
  UNIQUE (client_id, currency)
) STRICT;
CREATE INDEX cases_look ON cases (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE holds (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('client', 'case', 'invoice')),
  scope_id INTEGER NOT NULL,
  reason TEXT NOT NULL,
  until TEXT,
  note TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  ended_at TEXT,
  ended_why TEXT
) STRICT;
CREATE INDEX holds_active ON holds (scope, scope_id) WHERE ended_at IS NULL;
CREATE INDEX holds_until ON holds (until) WHERE ended_at IS NULL AND until IS NOT NULL;

CREATE TABLE letters (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held', 'queued', 'sending', 'sent', 'filed', 'dropped', 'failed', 'unsure')),
  mailbox TEXT NOT NULL,
  client_id INTEGER REFERENCES clients ON DELETE SET NULL,
  answers_message_id INTEGER REFERENCES messages,
  window_id INTEGER REFERENCES windows,
  case_id INTEGER REFERENCES cases,
  step TEXT,
  language TEXT NOT NULL,
  tone TEXT NOT NULL,
  recipient TEXT NOT NULL,
  recipient_name TEXT NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  facts TEXT NOT NULL,
  edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1)),
  approval TEXT NOT NULL CHECK (approval IN ('auto', 'ask')),
  approved_at TEXT,
  not_before TEXT NOT NULL,
  why TEXT NOT NULL,
  -- what keeps it at the moment, in words; the reason it was written stays in why
  waits_for TEXT,
  in_reply_to TEXT,
  reference_ids TEXT NOT NULL DEFAULT '[]',
  message_id TEXT UNIQUE,
  bytes_sha256 TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  last_error TEXT,
  created_at TEXT NOT NULL,
  -- when it was last handed to the courier
  claimed_at TEXT,
  -- kept by a cap of all letters together: not looked at before that is over (fact sending.fullUntil)
  capped INTEGER NOT NULL DEFAULT 0 CHECK (capped IN (0, 1)),
  -- the server may have got it at some time: never written anew by the system
  doubted INTEGER NOT NULL DEFAULT 0 CHECK (doubted IN (0, 1)),
  sent_at TEXT,
  filed_at TEXT,
  ended_by TEXT CHECK (ended_by IN ('owner', 'system')),
  ended_why TEXT,
  bytes BLOB
) STRICT;
CREATE INDEX letters_state ON letters (state, not_before);
CREATE INDEX letters_due ON letters (not_before)
  WHERE state = 'held' AND (approval = 'auto' OR approved_at IS NOT NULL) AND capped = 0;
CREATE INDEX letters_capped ON letters (capped)
  WHERE state = 'held' AND (approval = 'auto' OR approved_at IS NOT NULL) AND capped = 1;
CREATE INDEX letters_asking ON letters (kind, not_before)
  WHERE state = 'held' AND approval = 'ask' AND approved_at IS NULL;
CREATE INDEX letters_acknowledging ON letters (not_before)
  WHERE state = 'held' AND kind IN ('acknowledgement', 'acknowledgement-out-of-hours');
CREATE INDEX letters_client ON letters (client_id, sent_at);
CREATE INDEX letters_recipient ON letters (recipient, sent_at);
CREATE INDEX letters_sent_at ON letters (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX letters_case ON letters (case_id);
CREATE INDEX letters_window ON letters (window_id);

-- What the owner has to know or decide; one row for each matter, shown until seen.
CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  next TEXT NOT NULL DEFAULT '',
  seen_at TEXT
) STRICT;
CREATE INDEX notices_unseen ON notices (at) WHERE seen_at IS NULL;

-- Append-only hash chain. hash = SHA-256 over prev_hash, id, at, kind, subject, client_id and body_sha256 (see store/journal.ts).
-- A body may be erased on a person's request; its digest stays, so that the chain still verifies.
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  client_id INTEGER,
  body TEXT,
  body_sha256 TEXT NOT NULL,
  erased_at TEXT,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX journal_subject ON journal (subject);
CREATE INDEX journal_client ON journal (client_id) WHERE client_id IS NOT NULL;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NEW.subject IS NOT OLD.subject
  OR NEW.client_id IS NOT OLD.client_id OR NEW.body_sha256 IS NOT OLD.body_sha256 OR NEW.prev_hash IS NOT OLD.prev_hash OR NEW.hash IS NOT OLD.hash
  OR NEW.body IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT,
  detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX runs_job ON runs (job, started_at);

-- By hand: calls, meetings, chats, notes, work, pieces handed over (the client file).
CREATE TABLE log_entries (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'meeting', 'chat', 'note', 'work', 'delivery')),
  at TEXT NOT NULL,
  minutes INTEGER,
  direction TEXT CHECK (direction IN ('in', 'out')),
  text TEXT NOT NULL,
  project TEXT,
  out_of_hours INTEGER NOT NULL,
  out_of_hours_why TEXT,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX log_entries_client ON log_entries (client_id, at);

CREATE TABLE projects (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- see clients.name_key
  name_key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
  started_on TEXT,
  ended_on TEXT,
  UNIQUE (client_id, name_key)
) STRICT;

-- What only the owner can judge. A mark that is taken away stays in the record.
CREATE TABLE owner_marks (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  mark TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  removed_at TEXT
) STRICT;
CREATE UNIQUE INDEX owner_marks_standing ON owner_marks (client_id, mark) WHERE removed_at IS NULL;
CREATE INDEX owner_marks_client ON owner_marks (client_id);

-- What the owner has asked a client for. Proposed: found in a question, not counted before the owner says so.
CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  -- the owner's message that asked; null: asked otherwise
  message_id INTEGER UNIQUE REFERENCES messages,
  made_by TEXT NOT NULL CHECK (made_by IN ('owner', 'keyword', 'question')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'answered', 'dropped')),
  -- what was asked, as the nudges quote it
  text TEXT NOT NULL,
  project TEXT,
  opened_at TEXT NOT NULL,
  due_on TEXT NOT NULL,
  -- what was agreed to be delivered, if the answer comes in time
  delivery_on TEXT,
  answered_by INTEGER REFERENCES messages,
  closed_at TEXT,
  closed_why TEXT,
  -- what the silence has cost, kept when it ended
  days_lost INTEGER,
  new_delivery_on TEXT,
  -- the last decision in words
  why TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX requests_open ON requests (client_id) WHERE state IN ('proposed', 'open');
CREATE INDEX requests_client ON requests (client_id, opened_at);

-- The way out of the work for a client. Its state follows from the moments and from its letter (rules/exit).
CREATE TABLE exits (
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  proposed_at TEXT NOT NULL,
  proposed_by TEXT NOT NULL CHECK (proposed_by IN ('owner', 'dunning')),
  -- of the step of the ladder that proposed it; null: 'exit/<id>'
  letter_key TEXT,
  cooling_from TEXT,
  reason TEXT NOT NULL,
  own_words TEXT NOT NULL DEFAULT '',
  notice TEXT NOT NULL,
  referral TEXT NOT NULL DEFAULT '',
  checks TEXT NOT NULL DEFAULT '[]',
  handover TEXT NOT NULL DEFAULT '[]',
  -- the owner lets the handover go although money is owed
  released_at TEXT,
  approved_at TEXT,
  approved_by TEXT CHECK (approved_by IN ('owner', 'system')),
  ended_at TEXT,
  cancelled_at TEXT,
  cancelled_by TEXT CHECK (cancelled_by IN ('owner', 'system')),
  cancelled_why TEXT,
  -- the state that the journal knows of
  noted_state TEXT NOT NULL,
  -- when the dunning job has to look again; null: not before something happens
  look_at TEXT
) STRICT;
CREATE INDEX exits_look ON exits (look_at) WHERE look_at IS NOT NULL;
CREATE UNIQUE INDEX exits_open ON exits (client_id) WHERE ended_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX exits_ended ON exits (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX exits_client ON exits (client_id, proposed_at);
CREATE INDEX exits_letter ON exits (letter_key) WHERE letter_key IS NOT NULL;
`;
