/**
 * A signed invoice (.p7m: CMS SignedData, RFC 5652) -> the file inside. Reads DER and BER, base64 and PEM, and a
 * signature around a signature. It unpacks and does not verify: who signed is the exchange system's business, and what
 * is taken from such a file says that the signature was not checked.
 */
import { Refusal } from './refusal.ts';

/** 1.2.840.113549.1.7.2 and .1, as encoded (RFC 5652, sections 4 and 5). */
const signedData = Buffer.from('2a864886f70d010702', 'hex');
const envelopedData = Buffer.from('2a864886f70d010703', 'hex');
const mostLayers = 5;

/**
 * @returns the bytes inside every layer of signature; the bytes themselves when they are no CMS
 * @throws Refusal 'not-signed-content' (a detached or broken signature), 'encrypted'
 */
export function unwrapSigned(bytes: Uint8Array): Uint8Array {
  let inside: Uint8Array = bytes;
  for (let layer = 0; layer < mostLayers; layer += 1) {
    const der = asDer(inside);
    if (der === undefined) return inside;
    inside = contentOf(der);
  }
  throw new Refusal('not-signed-content', `The signature has more than ${mostLayers} layers.`, nextStep);
}

const nextStep = { next: 'Download the invoice again, or take the plain .xml beside it.' };

/** DER or BER as it is, or out of base64 with or without PEM's lines; undefined for what is no ASN.1 sequence. */
function asDer(bytes: Uint8Array): Buffer | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isSequence(buffer)) return buffer;
  const head = buffer.subarray(0, 64).toString('latin1');
  if (!/^\s*(?:-----BEGIN|M[A-Za-z0-9+/]{20})/.test(head)) return undefined;
  const body = buffer
    .toString('latin1')
    .replaceAll(/-----[^\r\n]{1,80}-----/g, '')
    .replaceAll(/\s+/g, '');
  const der = /^[A-Za-z0-9+/]+={0,2}$/.test(body) ? Buffer.from(body, 'base64') : undefined;
  return der !== undefined && isSequence(der) ? der : undefined;
}

/** A text may begin with '0' (0x30) as well; a signed file is longer than a length of one byte can say. */
function isSequence(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;
}

interface Node {
  tag: number;
  /** where its content begins and ends */
  start: number;
  end: number;
  /** where the next one begins */
  next: number;
}

/** SignedData -> encapContentInfo -> eContent, whole or in chunks. */
function contentOf(der: Buffer): Buffer {
  const info = children(der, nodeAt(der, 0, der.length));
  const type = info[0];
  if (type !== undefined && bytesOf(der, type).equals(envelopedData))
    throw new Refusal('encrypted', 'The file is encrypted for somebody.', nextStep);
  if (type === undefined || info[1] === undefined || !bytesOf(der, type).equals(signedData)) throw noContent();
  const signed = children(der, first(der, info[1]));
  const encapsulated = signed.find((each) => each.tag === 0x30);
  const content = encapsulated === undefined ? undefined : children(der, encapsulated)[1];
  if (content === undefined) throw noContent();
  return octets(der, first(der, content));
}

function noContent(): Refusal {
  return new Refusal(
    'not-signed-content',
    'There is no invoice inside this signature (a detached or damaged one).',
    nextStep,
  );
}

function octets(der: Buffer, node: Node): Buffer {
  if (node.tag === 0x04) return bytesOf(der, node);
  if (node.tag !== 0x24) throw noContent();
  return Buffer.concat(children(der, node).map((each) => octets(der, each)));
}

function bytesOf(der: Buffer, node: Node): Buffer {
  return der.subarray(node.start, node.end);
}

function first(der: Buffer, node: Node): Node {
  const child = children(der, node)[0];
  if (child === undefined) throw noContent();
  return child;
}

function children(der: Buffer, parent: Node): Node[] {
  const found: Node[] = [];
  for (let at = parent.start; at < parent.end; ) {
    const node = nodeAt(der, at, parent.end);
    found.push(node);
    at = node.next;
  }
  return found;
}

/** One element; an indefinite length (BER) is measured by walking to its end-of-contents. */
function nodeAt(der: Buffer, at: number, limit: number): Node {
  const tag = der[at];
  const short = der[at + 1];
  if (tag === undefined || short === undefined || at + 2 > limit) throw noContent();
  if (short === 0x80) return indefinite(der, tag, at + 2, limit);
  const bytes = short < 0x80 ? 0 : short - 0x80;
  if (bytes > 4 || at + 2 + bytes > limit) throw noContent();
  const length = bytes === 0 ? short : der.readUIntBE(at + 2, bytes);
  const start = at + 2 + bytes;
  if (start + length > limit) throw noContent();
  return { tag, start, end: start + length, next: start + length };
}

function indefinite(der: Buffer, tag: number, start: number, limit: number): Node {
  let at = start;
  while (at + 1 < limit) {
    if (der[at] === 0 && der[at + 1] === 0) return { tag, start, end: at, next: at + 2 };
    at = nodeAt(der, at, limit).next;
  }
  throw noContent();
}
