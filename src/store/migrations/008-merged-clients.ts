/** Clients that have become one: under which number and name the one that went is still meant. */
export const sql = `
CREATE TABLE merged_clients (
  -- the number that the client had
  id INTEGER PRIMARY KEY,
  client_id INTEGER NOT NULL REFERENCES clients ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- see clients.name_key
  name_key TEXT NOT NULL,
  merged_at TEXT NOT NULL
) STRICT;
CREATE INDEX merged_clients_client ON merged_clients (client_id);
`;
