/** Which column is what in files with certain headings, as the owner confirmed it once. What that means is books' business. */
import { sha256 } from '../rules/digest.ts';
import { toIso } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';

/** What the files are about. */
export type FormKind = 'bank' | 'invoices';

/** @param headings as one text, by which files are known again; only a digest of it is kept */
export function formText(r: Reader, kind: FormKind, headings: string): string | undefined {
  return r.get<{ form: string }>('SELECT form FROM file_forms WHERE key = ?', keyOf(kind, headings))?.form;
}

/** One that was confirmed before is replaced. */
export function putFormText(w: Writer, kind: FormKind, headings: string, form: string): void {
  w.run(
    `INSERT INTO file_forms (key, form, confirmed_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET form = excluded.form, confirmed_at = excluded.confirmed_at`,
    ...[keyOf(kind, headings), form, toIso(w.now)],
  );
}

function keyOf(kind: FormKind, headings: string): string {
  return sha256(`${kind}\n${headings}`);
}
