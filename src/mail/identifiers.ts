/**
 * Message-IDs as they stand in In-Reply-To, References and Message-ID, brought to one form, so that two spellings of one
 * identifier are equal: encoded words undone, blanks folded away, a missing pair of brackets added. Looks up nothing.
 */
import { digestedId } from '../rules/message-id.ts';

/** RFC 5322, section 2.1.1: a line has at most 998 characters; what is longer is kept as its digest. */
const longestId = 990;

/** In the form to which the others are brought, as most are. */
const oneId = /^<[^<>\s=%]{1,990}>$/;

/** Every identifier of a field; it also holds comments and junk (RFC 5322, section 3.6.4). */
export function messageIds(value: string | undefined): string[] {
  if (value === undefined) return [];
  if (oneId.test(value)) return [value];
  const plain = plainField(value);
  const bracketed = [...plain.matchAll(/<([^<>]*)>/g)].flatMap((match) => idOf(match[1] as string) ?? []);
  return bracketed.length > 0 ? bracketed : bareIds(plain);
}

/** The identifier of the message itself: without brackets it may be any word. */
export function messageIdOf(value: string | undefined): string | null {
  const [first] = messageIds(value);
  if (first !== undefined || value === undefined) return first ?? null;
  const word = plainField(value).trim();
  return /[<>\s]/.test(word) ? null : idOf(word);
}

/** Blanks are none of it: they come from folding (RFC 5322, section 4.5.4), and each program folds elsewhere. */
function idOf(written: string): string | null {
  const id = written.replace(/\s+/g, '');
  if (id === '') return null;
  return id.length > longestId ? digestedId(id) : `<${id}>`;
}

/** `x@y` without brackets, between blanks or commas. */
function bareIds(field: string): string[] {
  return field
    .split(/[\s,;]+/)
    .filter((word) => /^[^@"()<>]+@[^@"()<>]+$/.test(word))
    .flatMap((word) => idOf(word) ?? []);
}

/** Some programs encode an identifier like a subject (RFC 2047 forbids it), or take it over from a link. */
function plainField(value: string): string {
  const decoded = value.includes('=?') ? withoutEncodedWords(value) : value;
  return /%3c/i.test(decoded) ? decoded.replace(/%(3c|3e|40|2b|20)/gi, unescaped) : decoded;
}

function unescaped(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

/** Blanks between two encoded words are none (RFC 2047, section 6.2). Identifiers are ASCII, so the charset says nothing. */
function withoutEncodedWords(field: string): string {
  return field
    .replace(/\?=[ \t]+(?==\?)/g, '?=')
    .replace(/=\?[^?\s]{1,40}\?([bq])\?([^?\s]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('latin1') : fromQ(text),
    );
}

function fromQ(text: string): string {
  return text
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
