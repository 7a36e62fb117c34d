/** When each warning sign of a client first spoke, and whether it still does; when a notice was last said again. */
export const sql = `
CREATE TABLE sign_lines (
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  sign TEXT NOT NULL,
  crossed_at TEXT NOT NULL,
  -- what it said when it was last looked at
  words TEXT NOT NULL,
  weight REAL NOT NULL,
  -- since when it speaks no longer; null: it does
  gone_at TEXT,
  PRIMARY KEY (client_id, sign)
) STRICT, WITHOUT ROWID;

-- null: it was said once, at its moment
ALTER TABLE notices ADD COLUMN said_at TEXT;
`;
