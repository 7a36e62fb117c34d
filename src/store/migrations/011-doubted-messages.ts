/** Mail of which nothing vouches that a client wrote it is remembered as such: it answers nothing, and makes no habit. */
export const sql = `
CREATE TABLE doubted_messages (
  message_id INTEGER PRIMARY KEY REFERENCES messages
) STRICT;
INSERT INTO doubted_messages (message_id)
  SELECT id FROM messages WHERE role = 'inbox' AND client_id IS NOT NULL AND reason = 'not-believed'
  UNION SELECT m.id FROM windows w CROSS JOIN messages m ON m.id = w.opened_by
    WHERE w.believed = 0 AND m.role = 'inbox' AND m.client_id IS NOT NULL;
`;
