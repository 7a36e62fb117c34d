/**
 * mailparser, asked for its tree of decoded parts instead of its own idea of the text. Every attached message stays an
 * attachment. Decodes; judges and cleans nothing.
 */
import { createRequire } from 'node:module';
import type * as Mailparser from 'mailparser';
import { AppError } from '../errors.ts';

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
  filename?: string;
  contentType?: string;
  content: NodeJS.ReadableStream;
  release(): void;
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

/** @throws Error of mailparser, or AppError 'bad-input' after the deadline */
export function readTree(source: Buffer, deadlineMs: number): Promise<MimeTree> {
  return new Promise((resolve, reject) => {
    const parser = new MailParser(options);
    const attachments: MimeAttachment[] = [];
    const timer = setTimeout(() => fail(new AppError('bad-input', `not read within ${deadlineMs} ms`)), deadlineMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      parser.destroy();
      reject(error);
    };
    parser.on('error', fail);
    parser.on('data', (event: AttachmentEvent | { type: 'text' }) => {
      if (event.type === 'attachment') collect(event, attachments, fail);
    });
    parser.on('end', () => {
      clearTimeout(timer);
      const { tree } = parser as unknown as { tree: MimePart | false };
      if (tree === false) reject(new AppError('bad-input', 'it holds no message'));
      else resolve({ root: tree, attachments });
    });
    parser.end(source);
  });
}

function collect(event: AttachmentEvent, into: MimeAttachment[], fail: (error: Error) => void): void {
  const pieces: Buffer[] = [];
  event.content.on('data', (piece: Buffer) => pieces.push(piece));
  event.content.on('error', fail);
  event.content.on('end', () => {
    into.push({
      filename: event.filename ?? '',
      contentType: (event.contentType ?? '').toLowerCase(),
      content: Buffer.concat(pieces),
    });
    event.release();
  });
}
