/**
 * A CSV file of invoices -> rows under the names of our own columns: our own files and lists of spreadsheets as they
 * stand, those of invoicing programs by their profile, others by what the owner said of their columns. Compares nothing.
 */
import { type Csv, readCsvRows } from '../../books/csv-rows.ts';
import { type FileForm, mapWords } from '../../books/file-form.ts';
import { type InvoiceTable, readInvoiceCsv } from '../../books/invoice-csv.ts';
import { invoiceMeanings } from '../../books/invoice-forms.ts';
import { Refusal } from '../../books/refusal.ts';
import { AppError } from '../../errors.ts';
import type { Reader } from '../../store/database.ts';
import { type CsvFile, readCsv } from '../csv.ts';
import { headingOf } from '../invoice-columns.ts';
import { formsOf, parseMap } from './forms.ts';

export interface InvoiceFile {
  csv: CsvFile;
  /** null: a file of our own columns */
  table: InvoiceTable | null;
}

/**
 * @param form as the owner says it of this file
 * @throws AppError 'bad-input' naming the line
 */
export function readInvoiceFile(r: Reader, bytes: Uint8Array, file: string, form: FileForm | null): InvoiceFile {
  try {
    const csv = readCsvRows(bytes);
    const table = readInvoiceCsv(csv, { ...(form && { form }), formOf: formsOf(r, 'invoices') }) ?? belowPreamble(csv);
    if (table === undefined) return { csv: readCsv(bytes, file), table: null };
    return { csv: { columns: [...table.columns], rows: table.rows }, table };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    // what our own reader says of such a file names line and column
    if (form === null && fault.code === 'broken') return { csv: readCsv(bytes, file), table: null };
    const where = fault.place === '' ? file : `${file}, ${fault.place}`;
    throw new AppError('bad-input', fault.message.replace(/\.$/, ''), { where, next: fault.next });
  }
}

/** Headings of ours that stand below lines of their own: a title, a period, the name of the studio. */
function belowPreamble(csv: Csv): InvoiceTable | undefined {
  const at = csv.rows.slice(0, 30).findIndex((row) => headingOf(row) !== undefined);
  const columns = at <= 0 ? undefined : headingOf(csv.rows[at] as string[]);
  if (columns === undefined) return undefined;
  return readInvoiceCsv({ ...csv, rows: csv.rows.slice(at), lines: csv.lines.slice(at) }, { form: { columns } });
}

/** What `--map` of a file of invoices says. */
export function parseInvoiceMap(texts: readonly string[] | undefined): FileForm | null {
  return parseMap(texts, invoiceMeanings);
}

export const invoiceMeaningWords = invoiceMeanings.join(', ');

/** How it was read, for who looks at the preview; null: by our own columns. */
export function formWords({ program, form }: InvoiceTable): string {
  return program === null
    ? `read with ${mapWords(form.columns)}`
    : `read as ${program} writes it: ${mapWords(form.columns)}`;
}
