/**
 * Encoded words in a header -> text (RFC 2047). Words that follow each other are put together as bytes before they are
 * decoded, since programs cut characters in two, even between words of different encodings. Reads no header fields.
 */

export type DecodeBytes = (bytes: Buffer, label: string) => string;

/** Charset, with the language of RFC 2231 passed over; encoding; payload. */
const word = /=\?([^?*\s=]{1,80})(?:\*[^?\s=]{0,40})?\?([BbQq])\?([^?]*)\?=/g;

interface Run {
  label: string;
  bytes: Buffer[];
}

/** Blanks between encoded words are dropped (RFC 2047, section 6.2); everything else stays as it is. */
export function decodeWords(text: string, decode: DecodeBytes): string {
  if (!text.includes('=?')) return text;
  const said: string[] = [];
  let run: Run | undefined;
  let end = 0;
  const endRun = () => {
    if (run !== undefined) said.push(decode(Buffer.concat(run.bytes), run.label));
    run = undefined;
  };
  for (const found of text.matchAll(word)) {
    const [whole, label, encoding, payload] = found as unknown as [string, string, string, string];
    const between = text.slice(end, found.index);
    const follows = end > 0 && between.trim() === '';
    if (!follows || run?.label !== label.toLowerCase()) endRun();
    if (!follows) said.push(between);
    run ??= { label: label.toLowerCase(), bytes: [] };
    run.bytes.push(/b/i.test(encoding) ? fromBase64(payload) : fromQuoted(payload));
    end = found.index + whole.length;
  }
  endRun();
  said.push(text.slice(end));
  return said.join('');
}

/** Several padded pieces in one word are decoded one by one. */
function fromBase64(payload: string): Buffer {
  const pieces = payload.split('=').filter((piece) => piece !== '');
  return pieces.length === 1
    ? Buffer.from(payload, 'base64')
    : Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64')));
}

/** A line that was folded inside the word left a blank between '=' and its digits. */
function fromQuoted(payload: string): Buffer {
  const plain = payload.replace(/=[ \t\r\n]+(?=[0-9A-Fa-f])/g, '=').replace(/[_\s]/g, ' ');
  const bytes = Buffer.from(plain, 'utf8').toString('latin1');
  return Buffer.from(
    bytes.replace(/=([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  );
}
