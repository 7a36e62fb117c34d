/** What the owner learned by an exit, which is held against whom she takes on next; files kept with what she logged. */
export const sql = `
-- JSON: the one rule or price that she took up; null: none
ALTER TABLE exits ADD COLUMN lesson TEXT;

CREATE TABLE log_files (
  id INTEGER PRIMARY KEY,
  log_id INTEGER NOT NULL REFERENCES log_entries ON DELETE CASCADE,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  -- as it was called on the owner's machine, without its folder
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (log_id, sha256)
) STRICT;
CREATE INDEX log_files_client ON log_files (client_id);
`;
