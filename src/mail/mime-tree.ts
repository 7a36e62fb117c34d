/**
 * mailparser, asked for its tree of decoded parts instead of its own idea of the text. Every attached message stays an
 * attachment. What it would decode wrongly, or choke on, is handed to our own readers of charsets, encoded words and
 * types. Decodes; judges and cleans nothing.
 */
import { createRequire } from 'node:module';
import { Transform } from 'node:stream';
import type * as Mailparser from 'mailparser';
import { AppError } from '../errors.ts';
import { decodeBytes } from './charset.ts';
import { readContentType } from './content-type.ts';
import { decodeWords } from './encoded-words.ts';

// Its splitter requires libmime; imported, mailparser would load that a second time.
const { MailParser } = createRequire(import.meta.url)('mailparser') as typeof Mailparser;

/** One part, as mailparser keeps it while it reads (a field of its parser object that its types leave out). */
export interface MimePart {
  contentType: string | false;
  headers: Map<string, unknown>;
  children: MimePart[];
  /** decoded text of an inline text/plain, text/html or message/delivery-status */
  textContent?: string;
}

export interface MimeAttachment {
  filename: string;
  contentType: string;
  /** decoded */
  content: Buffer;
}

export interface MimeTree {
  root: MimePart;
  /** in the order of the source */
  attachments: MimeAttachment[];
}

interface AttachmentEvent {
  type: 'attachment';
  filename?: string | false;
  /** false for a part whose Content-Type names none */
  contentType?: string | false;
  headers?: Map<string, unknown>;
  content: NodeJS.ReadableStream;
  release(): void;
}

/** A part as the splitter hands it over, before mailparser makes its own of it. */
interface SplitPart {
  root: boolean;
  contentType: string | false;
  charset: string | false;
  disposition: string | false;
  filename: string | false;
  headers: { getFirst(name: string): string };
}

/** What of mailparser's parser its types leave out. */
interface Inside {
  tree: MimePart | false;
  libmime: {
    decodeWords(text: string): string;
    decodeWord(charset: string, encoding: 'B', text: string): string;
  };
  decoder: { decodeStream(charset: string): Transform };
  createNode(part: SplitPart): MimePart & { charset?: string };
  processChunk(data: unknown, done: (error?: Error) => void): void;
}

// mailparser's own rendering of text as HTML and of HTML as text takes seconds on hostile input (mailparser #389),
// so all of it is skipped. Nobody asks for a hash of an attachment.
const options = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipImageLinks: true,
  skipTextLinks: true,
  ignoreEmbedded: true,
  checksumAlgo: false,
} as const;

/** Ends the readings that are under way, each with the fault. */
const underWay = new Set<(error: Error) => void>();

/**
 * For a fault that came out of a stream's own turn, where nobody can catch it: gives up the messages being read.
 * @returns false when none is
 */
export function giveUpReading(error: Error): boolean {
  const readings = [...underWay];
  for (const fail of readings) fail(error);
  return readings.length > 0;
}

/**
 * Text that mailparser reads as UTF-8 and is none is read a second time, by its bytes: that is seldom, and to look at
 * the bytes of every text would cost all the others.
 * @throws Error of mailparser, or AppError 'bad-input' after the deadline
 */
export async function readTree(source: Buffer, deadlineMs: number): Promise<MimeTree> {
  const tree = await readOnce(source, { deadlineMs, byBytes: false });
  return isGarbled(tree.root) ? readOnce(source, { deadlineMs, byBytes: true }) : tree;
}

function isGarbled(part: MimePart): boolean {
  return part.textContent?.includes('\ufffd') === true || part.children.some(isGarbled);
}

function readOnce(
  source: Buffer,
  { deadlineMs, byBytes }: { deadlineMs: number; byBytes: boolean },
): Promise<MimeTree> {
  return new Promise((resolve, reject) => {
    const parser = new MailParser(options);
    const attachments: MimeAttachment[] = [];
    const timer = setTimeout(() => fail(new AppError('bad-input', `not read within ${deadlineMs} ms`)), deadlineMs);
    const end = () => {
      clearTimeout(timer);
      underWay.delete(fail);
    };
    const fail = (error: Error) => {
      end();
      parser.destroy();
      reject(error);
    };
    underWay.add(fail);
    const inside = parser as unknown as Inside;
    withOurReaders(inside, { byBytes, fail });
    parser.on('error', fail);
    parser.on('data', (event: AttachmentEvent | { type: 'text' }) => {
      if (event.type === 'attachment') collect(event, attachments, fail);
    });
    parser.on('end', () => {
      end();
      if (inside.tree === false) reject(new AppError('bad-input', 'it holds no message'));
      else resolve({ root: inside.tree, attachments });
    });
    parser.end(source);
  });
}

/** Its own methods stay as they are; this one parser is given others in front of them. */
function withOurReaders(inside: Inside, { byBytes, fail }: { byBytes: boolean; fail: (error: Error) => void }): void {
  const { libmime } = inside;
  const others = (bytes: Buffer, label: string) => libmime.decodeWord(label, 'B', bytes.toString('base64'));
  const decode = (bytes: Buffer, label: string) => decodeBytes(bytes, label, others);
  libmime.decodeWords = (text) => decodeWords(String(text ?? ''), decode);
  inside.decoder = { decodeStream: (charset) => new CharsetStream((bytes) => decode(bytes, plainLabel(charset))) };
  const createNode = inside.createNode.bind(inside);
  inside.createNode = (part) => {
    mendType(part);
    const node = createNode(part);
    // Under its own name UTF-8 would not come to the stream above.
    if (byBytes) node.charset = `${bytesLabel}${node.charset ?? ''}`;
    return node;
  };
  const processChunk = inside.processChunk.bind(inside);
  inside.processChunk = (data, done) => {
    try {
      processChunk(data, done);
    } catch (error) {
      fail(error as Error);
    }
  };
}

const bytesLabel = 'bytes of ';

function plainLabel(charset: string): string {
  return charset.startsWith(bytesLabel) ? charset.slice(bytesLabel.length) : charset;
}

const typeShape = /^[^\s/;,"'()]+\/[^\s/;,"'()]+$/;

/** An unreadable type would hide a text among the attachments (RFC 2045, section 5.2). */
function mendType(part: SplitPart): void {
  if (part.contentType !== false && typeShape.test(part.contentType)) return;
  const isFile = part.disposition === 'attachment' || part.filename !== false;
  const { type, charset } = readContentType(part.headers.getFirst('content-type'));
  part.contentType = type ?? (isFile ? 'application/octet-stream' : 'text/plain');
  if (part.charset === false && charset !== undefined) part.charset = charset;
}

/** Collects the bytes of one text, to decode them in one piece. */
class CharsetStream extends Transform {
  readonly #decode: (bytes: Buffer) => string;
  readonly #pieces: Buffer[] = [];

  constructor(decode: (bytes: Buffer) => string) {
    super();
    this.#decode = decode;
  }

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#pieces.push(piece);
    done();
  }

  override _flush(done: (error?: Error | null) => void): void {
    try {
      this.push(Buffer.from(this.#decode(Buffer.concat(this.#pieces))));
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

function collect(event: AttachmentEvent, into: MimeAttachment[], fail: (error: Error) => void): void {
  const pieces: Buffer[] = [];
  event.content.on('data', (piece: Buffer) => pieces.push(piece));
  event.content.on('error', fail);
  event.content.on('end', () => {
    into.push({
      filename: filenameOf(event),
      contentType: (event.contentType || '').toLowerCase(),
      content: Buffer.concat(pieces),
    });
    event.release();
  });
}

/** Encoded words in it are read by the splitter; where it read them wrongly, our reading is taken. */
function filenameOf({ filename, headers }: AttachmentEvent): string {
  const name = filename || '';
  if (!name.includes('\ufffd')) return name;
  const field = (header: string) => headers?.get(header) as { params?: Record<string, string> } | undefined;
  return field('content-disposition')?.params?.['filename'] ?? field('content-type')?.params?.['name'] ?? name;
}
