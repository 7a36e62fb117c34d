/**
 * How mail of an address usually comes: how often the receiving server found it to be its sender's own. Kept for each
 * mailbox, because one server may write down what it finds and another not. Reads no header: it is told what was found.
 */
import type { ParsedMail } from '../rules/message.ts';
import type { Reader, Writer } from './database.ts';

/** Of the earlier mail of an address the newest are looked through, once. */
const mostLookedThrough = 50;

/** @returns undefined while the earlier mail was not looked through */
export function timesAuthenticated(r: Reader, mailbox: string, address: string): number | undefined {
  return r.get<{ times: number }>(
    'SELECT times FROM authenticated_senders WHERE mailbox = ? AND address = ?',
    mailbox,
    address,
  )?.times;
}

/** Of the client's mail from this address in the mailbox, before the message of this number; without its text. */
export function earlierMailOf(
  r: Reader,
  from: { clientId: number; mailbox: string; address: string; before: number },
): Pick<ParsedMail, 'headers' | 'from' | 'unwrapped'>[] {
  return r
    .all<{ mail: string }>(
      `SELECT m.mail FROM messages m JOIN folders f ON f.id = m.folder_id
       WHERE m.client_id = ? AND m.role = 'inbox' AND m.from_address = ? AND f.mailbox = ? AND m.id < ?
         AND m.replaced_by IS NULL
       ORDER BY m.received_at DESC LIMIT ${mostLookedThrough}`,
      from.clientId,
      from.address,
      from.mailbox,
      from.before,
    )
    .map(({ mail }) => JSON.parse(mail) as ParsedMail);
}

/** How far back the mail of a mailbox is looked through for who writes into it. */
const mostOfMailbox = 200;

/** The headers of the newest mail of each domain that wrote to the mailbox. */
export function newestMailByDomain(r: Reader, mailbox: string): Pick<ParsedMail, 'headers'>[] {
  return r
    .all<{ mail: string }>(
      `SELECT mail FROM messages WHERE id IN (
         SELECT max(id) FROM (
           SELECT m.id, m.peer_domain FROM messages m JOIN folders f ON f.id = m.folder_id
           WHERE f.mailbox = ? AND f.role = 'inbox' AND m.role = 'inbox' AND m.peer_domain IS NOT NULL
           ORDER BY m.received_at DESC LIMIT ${mostOfMailbox})
         GROUP BY peer_domain)`,
      mailbox,
    )
    .map(({ mail }) => JSON.parse(mail) as ParsedMail);
}

export function setTimesAuthenticated(w: Writer, mailbox: string, address: string, times: number): void {
  w.run(
    `INSERT INTO authenticated_senders (mailbox, address, times) VALUES (?, ?, ?)
     ON CONFLICT (mailbox, address) DO UPDATE SET times = excluded.times`,
    mailbox,
    address,
    times,
  );
}
