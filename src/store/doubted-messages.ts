/**
 * Mail that bears a client's name and of which nothing vouches that the client wrote it (see rules/belief). It stays on
 * record and is shown; where the question is what the client wrote, it does not count. Decides nothing.
 */
import type { Writer } from './database.ts';

/** For a WHERE: the client wrote it, as far as anybody can tell. @param id the column that holds the message's number */
export const notDoubted = (id: string) => `${id} NOT IN (SELECT message_id FROM doubted_messages)`;

export function noteDoubted(w: Writer, id: number): void {
  w.run('INSERT INTO doubted_messages (message_id) VALUES (?) ON CONFLICT DO NOTHING', id);
}

/** A copy that stands for an earlier message is as doubtful as that. */
export function carryDoubt(w: Writer, from: number, to: number): void {
  w.run(
    `INSERT INTO doubted_messages (message_id) SELECT ? FROM doubted_messages WHERE message_id = ?
     ON CONFLICT DO NOTHING`,
    to,
    from,
  );
}
