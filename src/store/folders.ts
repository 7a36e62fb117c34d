/** Watched folders and how far each was read. Knows nothing of the server. */
import { type FolderRole, type Place, roleOfPlace } from '../rules/message.ts';
import type { Reader, Writer } from './database.ts';
import { insertion } from './rows.ts';
import { Table } from './table.ts';

export interface Folder {
  id: number;
  mailbox: string;
  /** which of the mailbox's folders it is */
  place: Place;
  role: FolderRole;
  path: string;
  uidValidity: string;
  /** every UID up to it is recorded or quarantined */
  uidMark: number;
  /** UIDs up to it were there before watching began: history */
  historyUpTo: number;
}

const folders = new Table<Folder>('folders', {
  id: 'plain',
  mailbox: 'plain',
  place: 'plain',
  role: 'plain',
  path: 'plain',
  uidValidity: 'plain',
  uidMark: 'plain',
  historyUpTo: 'plain',
});

export function folderOf(r: Reader, mailbox: string, place: Place): Folder | undefined {
  return folders.one(r, 'WHERE mailbox = ? AND place = ?', mailbox, place);
}

/** Every folder of a mailbox that was ever read. */
export function foldersOf(r: Reader, mailbox: string): Folder[] {
  return folders.many(r, 'WHERE mailbox = ? ORDER BY id', mailbox);
}

/** The names of all mailboxes that were ever read. */
export function mailboxNames(r: Reader): string[] {
  return r.all<{ mailbox: string }>('SELECT DISTINCT mailbox FROM folders ORDER BY mailbox').map((row) => row.mailbox);
}

/** Writes the folder of this mailbox and place as given; a new UIDVALIDITY comes here, with its own marks. */
export function putFolder(w: Writer, folder: Omit<Folder, 'id' | 'role'>): Folder {
  const row = folders.row({ ...folder, role: roleOfPlace(folder.place) });
  w.run(
    `${insertion('folders', row)} ON CONFLICT (mailbox, place) DO UPDATE SET path = excluded.path,
       uid_validity = excluded.uid_validity, uid_mark = excluded.uid_mark, history_up_to = excluded.history_up_to`,
    row,
  );
  return folderOf(w, folder.mailbox, folder.place) as Folder;
}

/** Moves the mark forward; never back. */
export function moveMark(w: Writer, folderId: number, uid: number): void {
  w.run('UPDATE folders SET uid_mark = ? WHERE id = ? AND uid_mark < ?', uid, folderId, uid);
}
