/**
 * CSV in and out (RFC 4180; UTF-8 out, and in as spreadsheets save it): cells with their line and column, and a writer whose files a spreadsheet opens
 * without running anything. Knows no nouns.
 */
import type * as CsvParse from 'csv-parse/sync';
import { csvParser } from '../books/csv-parser.ts';
import { type FoundRecord, linesOf } from '../books/csv-lines.ts';
import { decodeText } from '../books/decode.ts';
import { Refusal } from '../books/refusal.ts';
import { AppError } from '../errors.ts';

export interface CsvRow {
  /** line of the file on which the row begins, from 1 */
  line: number;
  cells: string[];
}

export interface CsvFile {
  columns: string[];
  rows: CsvRow[];
}

export interface CsvFault {
  line: number;
  /** name of the column, or its number from 1 */
  column: string;
  reason: string;
}

const largestBytes = 50_000_000;
const mostShown = 20;

/**
 * A spreadsheet takes a cell that begins with one of these for a formula (OWASP, "CSV Injection"). The writer puts an
 * apostrophe before such a cell; the reader takes it away again, so that nothing is lost on the way there and back.
 */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** The marks that spreadsheets divide cells at, whatever ours is: Excel in Italian takes the semicolon. */
const marks = [',', ';', '\t'];

/** @param cells rows of text, the first of them the column names */
export function writeCsv(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${guarded(safe).replaceAll('"', '""')}"` : safe;
}

/**
 * Where a spreadsheet divides at another mark it does not know our quotation marks for such: what begins a formula after
 * a mark within the cell gets an apostrophe too.
 */
function guarded(text: string): string {
  return text.replace(/([;\t\r\n])('*[=+\-@＝＋－＠])/g, "$1'$2");
}

function readCell(text: string): string {
  const plain = text.replace(/([;\t\r\n])'('*[=+\-@＝＋－＠])/g, '$1$2');
  return plain.startsWith("'") && formulaStart.test(plain) ? plain.slice(1) : plain;
}

/**
 * @param bytes of the file; comma, semicolon or tab between cells, as its first line shows
 * @throws AppError 'bad-input' naming the line: no text, no CSV, rows of different length
 */
export function readCsv(bytes: Uint8Array, file: string): CsvFile {
  const text = decode(bytes, file);
  const records = parseRecords(text, file);
  const [head, ...rows] = records;
  if (head === undefined) {
    throw new AppError('bad-input', { code: 'file-empty' }, { where: file });
  }
  const width = widthOf(head.cells);
  const columns = head.cells.slice(0, width).map((cell) => cell.trim());
  const faults = [
    ...headFaults(head.line, columns),
    ...rows.flatMap((row) => rowFaults(row, columns, head.cells.length)),
  ];
  if (faults.length > 0) throw refused(file, faults);
  const named = columns.flatMap((name, index) => (name === '' ? [] : [index]));
  return {
    columns: named.map((index) => columns[index] as string),
    rows: rows.map(({ line, cells }) => ({ line, cells: named.map((index) => readCell(cells[index] as string)) })),
  };
}

/** Without the empty columns at the end, which a spreadsheet leaves behind. */
function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}

function headFaults(line: number, columns: readonly string[]): CsvFault[] {
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  return twice === undefined ? [] : [{ line, column: twice, reason: 'this column is there twice' }];
}

/** A cell without a heading says something that nobody can read; an empty one falls away. */
function rowFaults({ line, cells }: CsvRow, columns: readonly string[], given: number): CsvFault[] {
  const isTooLong = cells.slice(Math.max(given, columns.length)).some((cell) => cell.trim() !== '');
  if (cells.length < columns.length || isTooLong) {
    const column = String(Math.min(cells.length, given) + 1);
    return [{ line, column, reason: 'this row has more or fewer cells than the first line' }];
  }
  const unnamed = cells.findIndex((cell, index) => (columns[index] ?? '') === '' && cell.trim() !== '');
  return unnamed < 0 ? [] : [{ line, column: String(unnamed + 1), reason: 'the column has no heading' }];
}

function decode(bytes: Uint8Array, file: string): string {
  if (bytes.length > largestBytes) {
    throw new AppError('bad-input', { code: 'file-too-large' }, { where: file });
  }
  const text = utf8(bytes) ?? otherText(bytes);
  if (text !== undefined) return text;
  throw new AppError('bad-input', 'the file is not text', {
    where: file,
    next: 'Save it again as "CSV UTF-8" in the spreadsheet.',
  });
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    // the decoder takes a byte order mark away
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** As Excel saves it where it is not asked: windows-1252, or UTF-16 with a mark. */
function otherText(bytes: Uint8Array): string | undefined {
  try {
    const { text } = decodeText(bytes);
    return text.includes('\0') ? undefined : text;
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}

function parseRecords(text: string, file: string): CsvRow[] {
  const source = Buffer.from(text);
  const { CsvError, parse } = csvParser();
  try {
    const found = parse(source, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as FoundRecord[];
    const lines = linesOf(source, found);
    const rows = found.map(({ record }, at) => ({ line: lines[at] as number, cells: record }));
    return rows.filter((row) => row.cells.some((cell) => cell.trim() !== ''));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { lines, index } = cause as CsvParse.CsvError & { lines?: number; index?: number };
    throw refused(file, [{ line: Number(lines ?? 1), column: String((index ?? 0) + 1), reason: reasonOf(cause) }]);
  }
}

function reasonOf(fault: CsvParse.CsvError): string {
  switch (fault.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quotation mark is opened and never closed';
    default:
      return 'a quotation mark stands where none belongs';
  }
}

/** The mark that is most frequent in the first line, outside of quotation marks. */
function delimiterOf(text: string): string {
  const head = (/^[^\r\n]*/.exec(text.replace(/^[\r\n]*/, ''))?.[0] ?? '').replace(/"[^"]*"/g, '');
  return marks.toSorted((a, b) => head.split(b).length - head.split(a).length)[0] as string;
}

/** One fault that names them all; nothing of the file was taken. */
export function refused(file: string, faults: readonly CsvFault[]): AppError {
  const [first] = faults as [CsvFault];
  if (faults.length === 1) {
    return new AppError('bad-input', `${first.column}: ${first.reason}`, {
      where: `${file}:${first.line}, column "${first.column}"`,
      next: 'Mend the file and import it again; nothing of it was taken.',
    });
  }
  const lines = faults
    .slice(0, mostShown)
    .map(({ line, column, reason }) => `  line ${line}, column "${column}": ${reason}`);
  const more = faults.length > mostShown ? [`  and ${faults.length - mostShown} more`] : [];
  return new AppError('bad-input', `the file has ${faults.length} faults:\n${[...lines, ...more].join('\n')}`, {
    where: file,
    next: 'Mend the file and import it again; nothing of it was taken.',
  });
}

/** 'Due date', 'due_on', 'DueOn' -> 'dueon': how column names are compared. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Items of a list in one cell: 'a; b', or JSON when an item would not survive that. */
export function writeList(items: readonly string[]): string {
  const plain = items.every(
    (item) => item !== '' && item === item.trim() && !item.includes(';') && !item.startsWith('['),
  );
  return plain ? items.join('; ') : JSON.stringify(items);
}

/** @throws RangeError when it begins like JSON and is none */
export function readList(cell: string): string[] {
  const text = cell.trim();
  if (!text.startsWith('['))
    return text
      .split(';')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const items = jsonOf(text);
  if (Array.isArray(items) && items.every((item) => typeof item === 'string')) return items as string[];
  throw new RangeError('must be a list of texts, as in: one; two');
}

/** @throws RangeError when it is not JSON */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('is not JSON');
  }
}
