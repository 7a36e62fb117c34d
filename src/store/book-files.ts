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

/** The invoices that came in a file of that name, whatever its folder and ending: 'IT01234567890_00001'. */
export function invoicesFromFile(r: Reader, name: string): number[] {
  const stem = stemOf(name);
  const rows = r.all<{ id: number; name: string }>(
    'SELECT s.invoice_id AS id, f.name FROM invoice_sources s JOIN book_files f ON f.id = s.file_id ORDER BY s.position',
  );
  return rows.filter((row) => stemOf(row.name) === stem).map(({ id }) => id);
}

function stemOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? name;
  // one ending at a time: a pattern for all of them would look from each again
  let stem = last.toLowerCase();
  for (let shorter = stem; shorter !== ''; stem = shorter) {
    shorter = stem.replace(/\.(?:xml|p7m|zip)$/, '');
    if (shorter === stem) break;
  }
  return stem;
}

export function noteSource(w: Writer, source: { invoiceId: number; fileId: number; position: number }): void {
  w.run(
    'INSERT OR IGNORE INTO invoice_sources (invoice_id, file_id, position) VALUES (?, ?, ?)',
    ...[source.invoiceId, source.fileId, source.position],
  );
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
