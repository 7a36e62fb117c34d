/** Puts the final report into the outbox, held, or writes the waiting one anew; its line in the journal, its question. */
import type { Client } from '../rules/client.ts';
import type { Letter } from '../rules/letter.ts';
import type { Writer } from './database.ts';
import type { StoredExit } from './exits.ts';
import { note } from './journal.ts';
import { askForApproval, letterById, letterByKey, type NewLetter, putLetter, rewrite } from './outbox.ts';

/** @returns null when it has left, holds the owner's own words, or there is nobody to write to */
export function putReport(
  w: Writer,
  { exit, client, letter }: { exit: StoredExit; client: Client; letter: NewLetter },
): Letter | null {
  const known = letterByKey(w, letter.key);
  if (known !== undefined)
    return !known.edited && rewrite(w, known.id, letter) ? (letterById(w, known.id) ?? null) : null;
  if (client.addresses.length === 0) return null;
  const put = putLetter(w, letter);
  if (put === undefined) return null;
  const { id, why } = put;
  note(w, { kind: 'letter-held', subject: `letter/${id}`, clientId: client.id, why, data: { exit: exit.id } });
  askForApproval(w, id, { code: 'report-asks', id, client: client.name });
  return put;
}
