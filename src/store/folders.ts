/** Watched folders and how far each was read. Knows nothing of the server. */
import { type FolderRole, type Place, roleOfPlace } from '../rules/message.ts';
import type { Reader, Writer } from './database.ts';

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

interface FolderRow {
  id: number;
  mailbox: string;
  place: Place;
  role: FolderRole;
  path: string;
  uid_validity: string;
  uid_mark: number;
  history_up_to: number;
}

function toFolder(row: FolderRow): Folder {
  return {
    id: row.id,
    mailbox: row.mailbox,
    place: row.place,
    role: row.role,
    path: row.path,
    uidValidity: row.uid_validity,
    uidMark: row.uid_mark,
    historyUpTo: row.history_up_to,
  };
}

export function folderOf(r: Reader, mailbox: string, place: Place): Folder | undefined {
  const row = r.get<FolderRow>('SELECT * FROM folders WHERE mailbox = ? AND place = ?', mailbox, place);
  return row && toFolder(row);
}

/** Every folder of a mailbox that was ever read. */
export function foldersOf(r: Reader, mailbox: string): Folder[] {
  return r.all<FolderRow>('SELECT * FROM folders WHERE mailbox = ? ORDER BY id', mailbox).map(toFolder);
}

/** Writes the folder of this mailbox and place as given; a new UIDVALIDITY comes here, with its own marks. */
export function putFolder(w: Writer, folder: Omit<Folder, 'id' | 'role'>): Folder {
  w.run(
    `INSERT INTO folders (mailbox, place, role, path, uid_validity, uid_mark, history_up_to) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (mailbox, place) DO UPDATE SET path = excluded.path, uid_validity = excluded.uid_validity,
       uid_mark = excluded.uid_mark, history_up_to = excluded.history_up_to`,
    folder.mailbox,
    folder.place,
    roleOfPlace(folder.place),
    folder.path,
    folder.uidValidity,
    folder.uidMark,
    folder.historyUpTo,
  );
  return folderOf(w, folder.mailbox, folder.place) as Folder;
}

/** Moves the mark forward; never back. */
export function moveMark(w: Writer, folderId: number, uid: number): void {
  w.run('UPDATE folders SET uid_mark = ? WHERE id = ? AND uid_mark < ?', uid, folderId, uid);
}
