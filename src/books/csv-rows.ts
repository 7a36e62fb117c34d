/**
 * A CSV file of a bank or an invoicing program -> its rows, whatever its delimiter, encoding and line ends, with the
 * lines before its header left out. Knows no meaning of a column.
 */
import { csvParser } from './csv-parser.ts';
import { type FoundRecord, linesOf } from './csv-lines.ts';
import { decodeText, type Encoding } from './decode.ts';
import { Refusal } from './refusal.ts';

export interface Csv {
  encoding: Encoding;
  delimiter: string;
  rows: string[][];
  /** of the file, on which each row begins; from 1 */
  lines: number[];
}

const delimiters = [',', ';', '\t', '|'] as const;

/** @throws Refusal 'broken', with the line */
export function readCsvRows(bytes: Uint8Array): Csv {
  const { text, encoding } = decodeText(bytes, looksCentralEuropean(bytes) ? 'windows-1250' : undefined);
  const delimiter = delimiterOf(text);
  return { encoding, delimiter, ...parseRows(text, delimiter) };
}

function parseRows(text: string, delimiter: string): Pick<Csv, 'rows' | 'lines'> {
  const source = Buffer.from(text);
  try {
    const found = csvParser().parse(source, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      info: true,
    }) as unknown as FoundRecord[];
    const rows = found.map(({ record }) => record.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')));
    return { rows, lines: linesOf(source, found) };
  } catch (error) {
    const line = (error as { lines?: number }).lines;
    throw new Refusal('broken', 'A quotation mark is opened and never closed, or a row is far too long.', {
      place: line === undefined ? '' : `line ${line}`,
      next: 'Export the file again.',
    });
  }
}

/** The mark that cuts most lines into the same number of cells, more than one. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/, 200).filter((line) => line.trim() !== '');
  const best = delimiters
    .map((mark) => ({ mark, score: evenness(lines, mark) }))
    .toSorted((a, b) => b.score - a.score)[0];
  return best === undefined || best.score === 0 ? ',' : best.mark;
}

/** The mark's count in the first line, then how many lines agree on a count outside quotation marks. */
function evenness(lines: readonly string[], mark: string): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    const bare = line.replaceAll(/"[^"]*"/g, '');
    const count = bare.split(mark).length - 1;
    if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  const head = (lines[0]?.replaceAll(/"[^"]*"/g, '').split(mark).length ?? 1) - 1;
  return (
    Math.max(0, ...[...counts].map(([count, often]) => often * 100 + Math.min(count, 50))) + Math.min(head, 50) * 1000
  );
}

/** Letters that only make words in windows-1250: between small letters, 0x9C is ś and not œ, 0xBF is ż and not ¿. */
function looksCentralEuropean(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, 20_000)).toString('latin1');
  const marks = text.match(/[a-z][\u00b3\u00b9\u00bf\u009c\u009f\u00bc\u009a\u009e][a-z]/g);
  return (marks?.length ?? 0) > 0;
}
