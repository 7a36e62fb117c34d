/** The mails between the owner and each address, as a proposal of clients is made of them. Reads only. */
import type { Exchanged } from '../rules/correspondents.ts';
import type { Address, FolderRole, MessageKind } from '../rules/message.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Reader } from './database.ts';
import { notDoubted } from './doubted-messages.ts';

interface Row {
  at: string;
  role: FolderRole;
  address: string | null;
  name: string | null;
  kind: MessageKind;
  outOfHours: number;
  subject: string;
  text: string;
  /** JSON lists of addresses; of what she wrote */
  written: string | null;
  copied: string | null;
}

/** The beginning of a mail says what it is about; what goes to more than so many is no letter to any of them. */
const longestText = 1_500;
const mostReaders = 8;

/** As many mails of the newest as tell who is who; a studio of 50 a day writes them in three months. */
const mostMails = 10_000;

/** Of people, lists and programs; what nothing vouches for is left out, and so are drafts and copies. */
export function exchangedSince(r: Reader, since: Instant): Exchanged[] {
  const rows = r.all<Row>(
    `SELECT received_at AS at, role, from_address AS address, from_name AS name, kind, out_of_hours AS outOfHours, subject,
       CASE WHEN kind IN ('human', 'own') THEN substr(new_text, 1, ${longestText}) ELSE '' END AS text,
       CASE role WHEN 'sent' THEN mail ->> '$.to' END AS written, CASE role WHEN 'sent' THEN mail ->> '$.cc' END AS copied
     FROM messages
     WHERE received_at >= ? AND replaced_by IS NULL AND kind IS NOT NULL AND kind NOT IN ('spam', 'bounce')
       AND NOT instr(flags, '\\\\Draft"') AND ${notDoubted('id')}
     ORDER BY received_at DESC, id DESC LIMIT ${mostMails}`,
    toIso(since),
  );
  return rows.flatMap(lettersOf);
}

/** What the owner wrote is one letter to each of its readers. */
function lettersOf(row: Row): Exchanged[] {
  const { role, kind, subject, text } = row;
  const same = { at: fromIso(row.at), kind, outOfHours: row.outOfHours === 1, subject, text };
  if (role === 'inbox')
    return [{ ...same, direction: 'in', address: row.address ?? '', name: row.name ?? '', copyOf: [] }];
  const [to, cc] = [addressesIn(row.written), addressesIn(row.copied)];
  if (to.length + cc.length > mostReaders) return [];
  const copyOf = to.map(({ address }) => address);
  return [
    ...to.map(({ address, name }) => ({ ...same, direction: 'out' as const, address, name, copyOf: [] })),
    ...cc.map(({ address, name }) => ({ ...same, direction: 'out' as const, address, name, copyOf })),
  ];
}

function addressesIn(list: string | null): Address[] {
  return list === null ? [] : (JSON.parse(list) as Address[]);
}

/** When the owner wrote, whatever to whom: drafts and what Paletti wrote for her are left out. */
export function writtenSince(r: Reader, since: Instant): Instant[] {
  const sql = `SELECT received_at AS at FROM messages WHERE received_at >= ? AND role = 'sent' AND replaced_by IS NULL
    AND NOT instr(flags, '\\\\Draft"')
    AND (message_id IS NULL OR message_id NOT IN (SELECT message_id FROM letters WHERE message_id IS NOT NULL))`;
  return r.all<{ at: string }>(sql, toIso(since)).map(({ at }) => fromIso(at));
}
