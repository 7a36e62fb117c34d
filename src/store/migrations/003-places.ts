/** A mailbox has any number of watched folders: INBOX and Sent, and further ones known by their path. */
export const sql = `
CREATE TABLE places (
  id INTEGER PRIMARY KEY,
  mailbox TEXT NOT NULL,
  -- 'inbox', 'sent', or one of the two with a path: 'inbox:Clienti/Bianchi'
  place TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('inbox', 'sent')),
  path TEXT NOT NULL,
  uid_validity TEXT NOT NULL,
  uid_mark INTEGER NOT NULL,
  -- UIDs up to this one were there at the first start (or before a UIDVALIDITY change): history, never acted upon
  history_up_to INTEGER NOT NULL,
  UNIQUE (mailbox, place)
) STRICT;
INSERT INTO places (id, mailbox, place, role, path, uid_validity, uid_mark, history_up_to)
  SELECT id, mailbox, role, role, path, uid_validity, uid_mark, history_up_to FROM folders;
DROP TABLE folders;
ALTER TABLE places RENAME TO folders;
`;
