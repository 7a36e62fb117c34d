/**
 * The invoice inside a PDF (Factur-X, ZUGFeRD: PDF/A-3 with an embedded XML). Scans the streams, inflates each within a
 * limit and takes the first that is such an XML. It reads no page: a PDF without one is refused, never guessed at.
 */
import { inflateSync } from 'node:zlib';
import { Refusal } from './refusal.ts';

const mostXml = 10_000_000;
const mostStreams = 20_000;
const rootName = /<(?:[A-Za-z0-9._-]{1,20}:)?(?:CrossIndustryInvoice|CrossIndustryDocument|Invoice|CreditNote)[\s>]/;

export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** @throws Refusal 'encrypted', 'no-invoice' */
export function invoiceInPdf(bytes: Uint8Array): Uint8Array {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const stream of streamsOf(pdf)) {
    const xml = plain(stream);
    if (xml !== undefined && rootName.test(xml.toString('latin1'))) return xml;
  }
  if (pdf.includes('/Encrypt'))
    throw new Refusal('encrypted', 'The PDF is encrypted.', { next: 'Save it without a password.' });
  throw new Refusal('no-invoice', 'The PDF holds no electronic invoice (Factur-X or ZUGFeRD), only pages.', {
    next: 'Take the .xml of the invoice, or record it with `paletti invoices add`.',
  });
}

function* streamsOf(pdf: Buffer): Generator<Buffer> {
  let at = pdf.indexOf('stream');
  for (let count = 0; at !== -1 && count < mostStreams; count += 1) {
    const start = at + 6 + (pdf[at + 6] === 0x0d ? 1 : 0) + 1;
    const end = pdf.indexOf('endstream', start);
    if (end === -1) return;
    yield pdf.subarray(start, end);
    at = pdf.indexOf('stream', end + 9);
  }
}

/** An XML as it stands, or deflated; nothing for pictures, fonts and pages. */
function plain(stream: Buffer): Buffer | undefined {
  if (looksLikeXml(stream)) return stream;
  if ((stream[0] ?? 0) % 16 !== 8) return undefined;
  try {
    const inflated = inflateSync(stream, { maxOutputLength: mostXml, finishFlush: 2 });
    return looksLikeXml(inflated) ? inflated : undefined;
  } catch {
    return undefined;
  }
}

function looksLikeXml(bytes: Buffer): boolean {
  return /^(?:\xef\xbb\xbf|\s){0,20}<[?!A-Za-z]/.test(bytes.subarray(0, 64).toString('latin1'));
}
