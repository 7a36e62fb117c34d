/**
 * Bytes -> text, by what the bytes are where the label they came with cannot be right: mail programs declare UTF-8 and
 * write Latin-1, and the other way round. Decodes; knows nothing of headers and parts.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { upper1252 } from '../rules/windows-1252.ts';

/** Decodes what neither this file nor Node knows: the charsets that mail has and the web has not. */
export type OtherCharsets = (bytes: Buffer, label: string) => string;

/** Labels that say nothing about bytes above 0x7F, or that say UTF-8. */
const saysLittle =
  /^(?:|utf-?8|us-?ascii|ascii|ansi_x3\.4-19\d\d|unknown|unknown-8bit|x-unknown|x-user-defined|iso-8859-8bit|default|none|null|utf8mb4|[78]bit|binary|_?charset)$/;
/** Latin-1 and its names: whoever declares it means Windows-1252 (WHATWG Encoding, 4.2). */
const saysLatin1 =
  /^(?:(?:iso[-_ ]?8859[-_]?1|latin-?1|l1|cp819|ibm819|(?:windows|win|cp|x-cp)[-_]?1252|ansi)(?::1987)?)$/;
const saysSingleByte =
  /^(?:(?:iso[-_ ]?8859|latin|windows|win|cp|koi8|mac|x-mac|ibm|tis|dos)[-_ ]?(?!93[26]|949|950)|macintosh)/;
/** Seven bits with a state: Node's decoder finds fault with a state that changes twice in a row, as joined words have it. */
const hasState = /^(?:iso-2022|hz|csiso2022)/;
const saysUtf7 = /^(?:unicode-1-1-)?utf-?7$/;

/**
 * @param label as written in a header, any case; '' when none was
 * @returns text that has U+FFFD only where no reading of the bytes makes sense
 */
export function decodeBytes(bytes: Buffer, label: string, others: OtherCharsets): string {
  const name = label.trim().toLowerCase();
  if (saysUtf7.test(name)) return fromUtf7(bytes.toString('latin1'));
  if (saysLittle.test(name)) return fromUtf8OrWindows1252(bytes);
  const isSingleByte = saysLatin1.test(name) || saysSingleByte.test(name);
  // Text of a single-byte charset that happens to be UTF-8 throughout is hardly possible.
  if (isSingleByte && isUtf8(bytes)) return bytes.toString('utf8');
  if (saysLatin1.test(name)) return fromWindows1252(bytes, 0, bytes.length);
  return byLabel(bytes, name, others);
}

function byLabel(bytes: Buffer, name: string, others: OtherCharsets): string {
  const decoder = hasState.test(name) ? undefined : decoderOf(name);
  const text = decoder === undefined ? others(bytes, name) : decoder.decode(bytes);
  if (!text.includes('\ufffd') || isAscii(bytes)) return text;
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return decoder === undefined ? fromUtf8OrWindows1252(bytes) : text;
}

function decoderOf(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name);
  } catch {
    return undefined;
  }
}

/**
 * UTF-8; bytes that are none are read as Windows-1252, one by one: whole texts of it come out right, and one wrong byte
 * spoils no other. A character that the end cuts in two is left out.
 */
export function fromUtf8OrWindows1252(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const pieces: string[] = [];
  let start = 0;
  let hasUtf8 = false;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthByLead(bytes[at] as number);
    if (length > 0 && isUtf8(bytes.subarray(at, at + length)) && at + length <= bytes.length) {
      hasUtf8 ||= length > 1;
      at += length;
      continue;
    }
    pieces.push(bytes.toString('utf8', start, at));
    if (length > 1 && hasUtf8 && isCutInTwo(bytes, at, length)) return pieces.join('');
    pieces.push(fromWindows1252(bytes, at, at + 1));
    at += 1;
    start = at;
  }
  pieces.push(bytes.toString('utf8', start));
  return pieces.join('');
}

/** How many bytes a character has that begins with this one; 0 when none does (RFC 3629, section 4). */
function lengthByLead(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

function isCutInTwo(bytes: Buffer, at: number, length: number): boolean {
  const rest = bytes.subarray(at + 1);
  return rest.length < length - 1 && rest.every((byte) => byte >= 0x80 && byte < 0xc0);
}

/** The bytes that the code page leaves open are read as nothing. */
function fromWindows1252(bytes: Buffer, start: number, end: number): string {
  const latin1 = bytes.toString('latin1', start, end);
  return latin1.replace(/[\x80-\x9f]/g, (mark) => {
    const letter = upper1252(mark.charCodeAt(0));
    return letter === mark ? '' : letter;
  });
}

/** RFC 2152: between '+' and '-' stands UTF-16 in base64. For words to be read only, never for markup. */
function fromUtf7(text: string): string {
  return text.replace(/\+([A-Za-z0-9+/]*)-?/g, (_, coded: string) => {
    if (coded === '') return '+';
    const bytes = Buffer.from(coded, 'base64');
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}
