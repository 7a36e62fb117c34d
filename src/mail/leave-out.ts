/**
 * Leaves out of a source what its reading does not need: the bytes of attachments, and the HTML twin of a plain text.
 * Each body left out is replaced by a mark. It never takes out a line that begins with '--', and takes only base64
 * from attachments, so no boundary and no header can go missing, whatever the structure is. Parses no MIME.
 */

const worthwhileBytes = 2_048;
const longestPartHeader = 8_192;
const attachmentMark = '#left out ';

/** Stands in place of an HTML body. A reader that comes upon it needs the source with its HTML. */
export const htmlMark = '#html left out#';

export interface Lighter {
  bytes: Buffer;
  /** decoded size of each attachment left out, by the number in its mark; null when the source ends in it */
  sizes: (number | null)[];
}

interface Cut {
  start: number;
  end: number;
  mark: string;
}

/** @param options.html whether HTML that follows a plain part is left out as well */
export function leaveOut(source: Buffer, options: { html: boolean }): Lighter {
  if (source.length < worthwhileBytes * 2) return { bytes: source, sizes: [] };
  const text = source.toString('latin1');
  const sizes: (number | null)[] = [];
  const cuts = [...attachmentCuts(source, text, sizes), ...(options.html ? htmlCuts(text) : [])];
  return { bytes: cuts.length === 0 ? source : without(source, cuts), sizes };
}

/** The size that was noted for the content of an attachment; undefined when it was not left out. */
export function sizeLeftOut(content: Buffer, sizes: readonly (number | null)[]): number | null | undefined {
  if (content.length > attachmentMark.length + 6) return undefined;
  const text = content.toString('latin1');
  return text.startsWith(attachmentMark) ? sizes[Number(text.slice(attachmentMark.length))] : undefined;
}

function attachmentCuts(source: Buffer, text: string, sizes: (number | null)[]): Cut[] {
  const cuts: Cut[] = [];
  const encoding = /^content-transfer-encoding[ \t]*:[ \t]*base64[ \t]*\r?$/gim;
  for (let found = encoding.exec(text); found !== null; found = encoding.exec(text)) {
    const part = partAround(text, found.index);
    if (part === null || !isBulk(part.header)) continue;
    const run = base64Run(source, part.bodyStart);
    if (run.end - part.bodyStart < worthwhileBytes) continue;
    const mark = Buffer.from(`${attachmentMark}${sizes.length}`).toString('base64');
    sizes.push(run.end === source.length ? null : Math.floor((run.digits * 3) / 4));
    cuts.push({ start: part.bodyStart, end: run.end, mark: `${mark}\r\n` });
    encoding.lastIndex = run.end;
  }
  return cuts;
}

function htmlCuts(text: string): Cut[] {
  const plain = text.search(/^content-type[ \t]*:[ \t]*text\/plain/im);
  if (plain === -1) return [];
  const cuts: Cut[] = [];
  const html = /^content-type[ \t]*:[ \t]*text\/html/gim;
  html.lastIndex = plain;
  for (let found = html.exec(text); found !== null; found = html.exec(text)) {
    const part = partAround(text, found.index);
    if (part === null) continue;
    const next = text.indexOf('\n--', part.bodyStart);
    const end = next === -1 ? text.length : next + 1;
    if (end - part.bodyStart < worthwhileBytes) continue;
    const inBase64 = /^content-transfer-encoding[ \t]*:[ \t]*base64/im.test(part.header);
    const mark = inBase64 ? Buffer.from(htmlMark).toString('base64') : htmlMark;
    cuts.push({ start: part.bodyStart, end, mark: `${mark}\r\n` });
    html.lastIndex = end;
  }
  return cuts;
}

/** The header lines around a position, back to a boundary or an empty line, and where the body begins. */
function partAround(text: string, at: number): { header: string; bodyStart: number } | null {
  const before = text.slice(Math.max(0, at - longestPartHeader), at);
  const start = Math.max(before.lastIndexOf('\n--'), before.lastIndexOf('\n\n'), before.lastIndexOf('\n\r\n'), 0);
  const ahead = text.slice(at, at + longestPartHeader);
  const blank = /\n\r?\n/.exec(ahead);
  if (blank === null) return null;
  return { header: before.slice(start) + ahead.slice(0, blank.index), bodyStart: at + blank.index + blank[0].length };
}

/** Text, attached messages and parts of unknown type stay: they may have to be read. */
function isBulk(header: string): boolean {
  const type = /^content-type[ \t]*:\s*([^\s;]+)/im.exec(header)?.[1]?.toLowerCase();
  return type !== undefined && /^(?:application|image|audio|video|font|model)\//.test(type);
}

const isBase64Digit = new Uint8Array(256);
for (const digit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
  isBase64Digit[digit.charCodeAt(0)] = 1;
const isFiller = new Uint8Array(256);
for (const filler of '=\r\n') isFiller[filler.charCodeAt(0)] = 1;

/** How far base64 goes on from `start`, and how many digits it has. */
function base64Run(source: Buffer, start: number): { end: number; digits: number } {
  let digits = 0;
  let at = start;
  for (; at < source.length; at += 1) {
    const byte = source[at] as number;
    if (isBase64Digit[byte] === 1) digits += 1;
    else if (isFiller[byte] !== 1) break;
  }
  return { end: at, digits };
}

function without(source: Buffer, cuts: Cut[]): Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const cut of cuts.toSorted((a, b) => a.start - b.start)) {
    if (cut.start < at) continue;
    pieces.push(source.subarray(at, cut.start), Buffer.from(cut.mark, 'latin1'));
    at = cut.end;
  }
  pieces.push(source.subarray(at));
  return Buffer.concat(pieces);
}
