/**
 * Mails that hold files which may be invoices or a bank's: proposed by one notice, fetched only when their owner says so.
 * Anybody may send her a file: none of them is taken by itself.
 */
import { toldAsWritten } from '../rules/told.ts';
import { count } from '../rules/words.ts';
import type { Writer } from '../store/database.ts';
import { hasNewMessages, type MailFile, noteMailFiles, proposedFiles, settleMailFile } from '../store/mail-files.ts';
import { noticeAgain, settleNotices } from '../store/notices.ts';
import { act, type DeskParts } from './parts.ts';

const key = 'mail-files';

/** Costs one look at the newest message when none came. @returns how many files were found */
export function proposeMailFiles(desk: DeskParts): number {
  if (!desk.store.read(hasNewMessages)) return 0;
  return act(desk, (w) => {
    const found = noteMailFiles(w);
    if (found > 0) propose(w);
    return found;
  });
}

function propose(w: Writer): void {
  const files = proposedFiles(w);
  const names = [...new Set(files.map(({ name }) => name))];
  const few = names.slice(0, 3).join(', ');
  const text = `${count(new Set(files.map(({ messageId }) => messageId)).size, 'mail')} with files that may be invoices or a bank's: ${few}${names.length > 3 ? ', …' : ''}.`;
  const isBank = files.every(({ kind }) => kind === 'bank');
  const next = `paletti ${isBank ? 'payments' : 'invoices'} import --mail fetches them and shows what they say`;
  noticeAgain(w, key, () => toldAsWritten(text, next), 0);
}

/** They were read, or are none: they are proposed no more. */
export function settleMailFiles(desk: DeskParts, files: readonly MailFile[], state: 'taken' | 'ignored'): void {
  act(desk, (w) => {
    for (const file of files) settleMailFile(w, file, state);
    if (proposedFiles(w).length === 0) settleNotices(w, key);
  });
}
