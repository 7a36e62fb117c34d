/** The files whose content is in the record, the owner's bank accounts and up to which day their files say everything. */
import { fromIso, type Instant, type LocalDay, toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { insertInto } from './rows.ts';

export interface BookFile {
  id: number;
  name: string;
  format: string;
  readAt: Instant;
}

/** @param sha256 of the bytes, in hexadecimal */
export function fileOf(r: Reader, sha256: string): BookFile | undefined {
  const row = r.get<{ id: number; name: string; format: string; read_at: string }>(
    'SELECT id, name, format, read_at FROM book_files WHERE sha256 = ?',
    sha256,
  );
  return row && { id: row.id, name: row.name, format: row.format, readAt: fromIso(row.read_at) };
}

export function addFile(w: Writer, file: { sha256: string; name: string; format: string }): number {
  return insertInto(w, 'book_files', { ...file, read_at: toIso(w.now) });
}

export interface Account {
  id: number;
  number: string;
  readTo: LocalDay | null;
}

export function accountOf(w: Writer, number: string): Account {
  const known = accounts(w).find((account) => account.number === number);
  return known ?? { id: insertInto(w, 'accounts', { number, read_to: null }), number, readTo: null };
}

export function accounts(r: Reader): Account[] {
  return r.all('SELECT id, number, read_to AS readTo FROM accounts ORDER BY id');
}

/** Everything up to the day was in a file. An older file takes nothing of that back. */
export function noteReadTo(w: Writer, id: number, day: LocalDay): void {
  w.run('UPDATE accounts SET read_to = max(coalesce(read_to, ?), ?) WHERE id = ?', day, day, id);
}
