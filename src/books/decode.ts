/**
 * Bytes of a file -> its text. A byte order mark decides first, then the file's own declaration, then whether the bytes
 * are UTF-8; what is none of these is windows-1252, the default of Excel in Italy.
 */
import { upper1252 } from '../rules/windows-1252.ts';
import { Refusal } from './refusal.ts';

export type Encoding = 'utf8' | 'utf16' | 'cp1252' | 'cp1250' | 'iso-8859-15';

export interface Decoded {
  text: string;
  encoding: Encoding;
}

export const largestBytes = 20_000_000;

/**
 * @param declared what the file says of itself, in any spelling ('ISO-8859-1', '1252'); bytes that are UTF-8 with
 *   letters beyond ASCII are read as such whatever is declared
 * @throws Refusal 'too-large', 'empty'
 */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded {
  if (bytes.length > largestBytes)
    throw new Refusal('too-large', `The file has ${bytes.length} bytes; at most ${largestBytes} are read.`, {
      next: 'Export a shorter period.',
    });
  if (bytes.length === 0) throw new Refusal('empty', 'The file is empty.', { next: 'Export it again.' });
  return byMark(bytes) ?? byDeclaration(bytes, declared);
}

function byMark(bytes: Uint8Array): Decoded | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return utf8(bytes.subarray(3));
  if (first === 0xff && second === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(swapped(bytes.subarray(2)), 'utf-16le');
  return undefined;
}

function byDeclaration(bytes: Uint8Array, declared: string | undefined): Decoded {
  const strict = utf8(bytes);
  if (strict !== undefined) return strict;
  const name = declared?.toLowerCase().replaceAll(/[^a-z0-9]/g, '') ?? '';
  if (/(?:8859-?15|latin9)$/.test(name)) return legacy(bytes, 'iso-8859-15');
  if (name.endsWith('1250')) return legacy(bytes, 'cp1250');
  return { text: decode1252(bytes), encoding: 'cp1252' };
}

function utf8(bytes: Uint8Array): Decoded | undefined {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf8' };
  } catch {
    return undefined;
  }
}

function utf16(bytes: Uint8Array, label: string): Decoded {
  return { text: new TextDecoder(label).decode(bytes), encoding: 'utf16' };
}

function swapped(bytes: Uint8Array): Uint8Array {
  const pairs = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return pairs.swap16();
}

function legacy(bytes: Uint8Array, encoding: 'cp1250' | 'iso-8859-15'): Decoded {
  const label = encoding === 'cp1250' ? 'windows-1250' : 'iso-8859-15';
  return { text: new TextDecoder(label).decode(bytes), encoding };
}

function decode1252(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.replaceAll(/[\u0080-\u009f]/g, (letter) => upper1252(letter.charCodeAt(0)));
}
