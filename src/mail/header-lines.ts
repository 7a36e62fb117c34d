/**
 * Splits the header of a message into unfolded lines, in their order and with their repetitions (RFC 5322, section 2.2).
 * Decodes no encoded words and understands no field; the body is not looked at.
 */
import { isUtf8 } from 'node:buffer';
import type { Header } from '../rules/message.ts';
import { decodeBytes, fromUtf8OrWindows1252 } from './charset.ts';
import { oneLine } from './clean.ts';
import { readContentType, repairedContentType } from './content-type.ts';

const largestHeaderBytes = 1_048_576;
const mostLines = 256;
const longestValue = 4_096;

/** A line of the header: its name in lower case, its value unfolded but as long as it was written. */
export interface RawHeader {
  name: string;
  value: string;
}

export interface SplitMessage {
  /** every field of the top level; a line without a colon is passed over */
  lines: RawHeader[];
  /** the message with only those fields that a MIME parser decodes: most of the others it would decode in vain */
  essential: Buffer;
}

/** Fields whose decoding is left to the MIME parser. */
const decoded = /^(?:from|sender|reply-to|to|cc|subject|mime-version|content-[a-z-]+)$/;

/** A header that is not UTF-8 throughout is read field by field. */
export function splitMessage(source: Buffer): SplitMessage {
  const start = source.subarray(0, largestHeaderBytes);
  const end = headerEnd(start);
  const isSound = isUtf8(start.subarray(0, end));
  const fields = foldedLines(start.toString(isSound ? 'utf8' : 'latin1', 0, end));
  const lines: RawHeader[] = [];
  const kept: string[] = [];
  for (const written of isSound ? fields : fieldsByBytes(fields)) {
    const line = readLine(written);
    if (line === null) continue;
    lines.push(line);
    if (line.name === 'content-type') kept.push(`Content-Type: ${repairedContentType(line.value)}`);
    else if (decoded.test(line.name)) kept.push(...written);
  }
  const header = Buffer.from([...kept, '', ''].join('\r\n'));
  return { lines, essential: Buffer.concat([header, source.subarray(bodyStart(source, end))]) };
}

/**
 * Fields that were read byte by byte: UTF-8 where they are that, else in the charset that the mail declares for its
 * text, else Windows-1252. They should not be there at all (RFC 5322, section 2.2), but old programs write them.
 */
function fieldsByBytes(fields: string[][]): string[][] {
  const type = fields.map(readLine).find((line) => line?.name === 'content-type')?.value ?? '';
  const { charset = '' } = readContentType(type);
  return fields.map((field) => field.map((line) => textOf(Buffer.from(line, 'latin1'), charset)));
}

function textOf(bytes: Buffer, charset: string): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : decodeBytes(bytes, charset, fromUtf8OrWindows1252);
}

/** The fields alone. */
export function splitHeader(source: Buffer): RawHeader[] {
  const end = headerEnd(source.subarray(0, largestHeaderBytes));
  return splitMessage(source.subarray(0, end)).lines;
}

/** At most 256 lines of at most 4 KB, free of control characters. */
export function cleanHeader(lines: readonly RawHeader[]): Header[] {
  return lines.slice(0, mostLines).map(({ name, value }) => ({ name, value: oneLine(value, longestValue) }));
}

/** Whether lines are left out of what {@link cleanHeader} keeps, or were not there to be read: a source that ends early. */
export function isHeaderCut(source: Buffer, lines: readonly RawHeader[], options: { truncated: boolean }): boolean {
  return lines.length > mostLines || (options.truncated && headerEnd(source) === source.length);
}

/** Header lines written anew, within the limits: what is left to read when the message as a whole cannot be read. */
export function shortHeader(lines: readonly RawHeader[]): Buffer {
  const kept = cleanHeader(lines).filter(({ name }) => !name.startsWith('content-'));
  return Buffer.from(`${kept.map(({ name, value }) => `${name}: ${value}\r\n`).join('')}\r\n`);
}

/** The first value of a field. */
export function firstValue(lines: readonly RawHeader[], name: string): string | undefined {
  return lines.find((line) => line.name === name)?.value;
}

/** Where the line end before the empty line stands, or the end. */
function headerEnd(bytes: Buffer): number {
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
    const next = bytes[at + 1];
    if (next === 10 || (next === 13 && bytes[at + 2] === 10)) return at;
  }
  return bytes.length;
}

function bodyStart(source: Buffer, end: number): number {
  const blank = source.indexOf(10, end + 1);
  return end >= largestHeaderBytes || blank === -1 ? source.length : blank + 1;
}

/** Each field with the lines it is folded into. */
function foldedLines(header: string): string[][] {
  const fields: string[][] = [];
  for (const line of header.split(/\r?\n/)) {
    if (line.startsWith(' ') || line.startsWith('\t')) fields.at(-1)?.push(line);
    else fields.push([line]);
  }
  return fields;
}

function readLine(written: string[]): RawHeader | null {
  const [first = ''] = written;
  const colon = first.indexOf(':');
  const name = colon > 0 ? first.slice(0, colon).trimEnd().toLowerCase() : '';
  if (!/^[!-9;-~]{1,100}$/.test(name)) return null;
  const rest = written.slice(1).map((line) => line.trim());
  return { name, value: [first.slice(colon + 1), ...rest].join(' ').trim() };
}
