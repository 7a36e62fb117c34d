/** Mails of the owner's own that wait for the hours of those they go to. */
export const sql = `
CREATE TABLE own_mails (
  id INTEGER PRIMARY KEY,
  mailbox TEXT NOT NULL,
  -- where it lies until it has left: the folder's numbering and the number in it
  uid_validity TEXT NOT NULL,
  uid INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'asks', 'sending', 'sent', 'filed', 'unsure', 'failed', 'taken-back')),
  -- JSON: the reason of the state
  why TEXT NOT NULL,
  subject TEXT NOT NULL,
  sender TEXT NOT NULL,
  -- JSON: plain addresses of To, Cc and Bcc
  recipients TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  -- when it may leave; null: it waits for the owner
  due_at TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  message_id TEXT NOT NULL,
  -- frozen in the transaction that begins to send it, taken away when the copy lies in Sent
  bytes BLOB,
  sent_at TEXT
) STRICT;
CREATE UNIQUE INDEX own_mails_place ON own_mails (mailbox, uid_validity, uid);
CREATE INDEX own_mails_state ON own_mails (state) WHERE state NOT IN ('filed', 'taken-back');
`;
