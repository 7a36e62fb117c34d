/** Files of watched folders, and files of mails that may be invoices or a bank's: what became of each look at them. */
export const sql = `
CREATE TABLE watched_files (
  path TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  -- when the file was changed last, by the file system: milliseconds of the epoch
  changed_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  -- taken: its content is in the record; asked: the owner has to say something first; left: it is no such file
  state TEXT NOT NULL CHECK (state IN ('taken', 'asked', 'left')),
  looked_at TEXT NOT NULL
) STRICT;
CREATE INDEX watched_files_asked ON watched_files (looked_at) WHERE state = 'asked';

-- Whose letters wait while a file is asked about, and the hold that makes them wait.
CREATE TABLE watched_concerns (
  path TEXT NOT NULL REFERENCES watched_files ON DELETE CASCADE,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  hold_id INTEGER NOT NULL REFERENCES holds ON DELETE CASCADE,
  PRIMARY KEY (path, client_id)
) STRICT, WITHOUT ROWID;

-- Attachments whose names say that they may be invoices or a bank's files. None is fetched before its owner says so.
CREATE TABLE mail_files (
  message_id INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  -- among the attachments of the message, from 0
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('invoices', 'bank', 'either')),
  state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'taken', 'ignored')),
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_files_proposed ON mail_files (message_id) WHERE state = 'proposed';
`;
