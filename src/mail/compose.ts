/**
 * A letter -> the bytes that go over the wire and into Sent: CRLF, UTF-8, text with an optional HTML alternative.
 * The same input gives the same bytes. Reads no file and no address, attaches nothing, sends nothing.
 */
import { isOneLine } from '../rules/unsafe-characters.ts';
import MailComposer from 'nodemailer/lib/mail-composer';
import { AppError } from '../errors.ts';
import type { Draft } from '../ports.ts';
import { sha256 } from '../rules/digest.ts';
import { isWritableAddress } from '../rules/client.ts';
import type { Instant } from '../rules/time.ts';

export interface Stamp {
  /** with its angle brackets */
  messageId: string;
  date: Instant;
}

/** Fields that are built here and may not come from elsewhere. */
const ownFields =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|in-reply-to|references|mime-version|content-.*|x-mailer)$/i;

/** @throws AppError 'bad-input' when a value could become more than one line or an address is not a plain one */
export async function compose(draft: Draft, stamp: Stamp): Promise<Uint8Array> {
  checkDraft(draft, stamp);
  const composer = new MailComposer({
    from: addressOf('From', draft.from),
    to: addressOf('To', draft.to),
    subject: asWritten(draft.subject),
    text: draft.text,
    ...(draft.html === null ? {} : { html: draft.html }),
    ...(draft.inReplyTo === null ? {} : { inReplyTo: draft.inReplyTo }),
    ...(draft.references.length === 0 ? {} : { references: draft.references }),
    messageId: stamp.messageId,
    date: new Date(stamp.date),
    headers: draft.headers,
    xMailer: false,
    newline: 'windows',
    textEncoding: 'quoted-printable',
    encoding: 'utf-8',
    baseBoundary: sha256(stamp.messageId).slice(0, 16),
    disableFileAccess: true,
    disableUrlAccess: true,
  } as ConstructorParameters<typeof MailComposer>[0]);
  return built(composer);
}

function built(composer: MailComposer): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    composer.compile().build((error: Error | null, bytes?: Buffer) => {
      if (error !== null || bytes === undefined)
        reject(new AppError('bad-input', 'the letter cannot be built', { cause: error }));
      else resolve(bytes);
    });
  });
}

function checkDraft(draft: Draft, stamp: Stamp): void {
  line('Subject', draft.subject);
  for (const id of [stamp.messageId, ...(draft.inReplyTo === null ? [] : [draft.inReplyTo]), ...draft.references]) {
    if (!/^<[^<>\s]{1,990}>$/.test(line('Message-ID', id)))
      throw refused('Message-ID', 'is not of the form <left@right>');
  }
  for (const [name, value] of Object.entries(draft.headers)) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,70}$/.test(name)) throw refused('header', 'has a name that is none');
    if (ownFields.test(name)) throw refused(name, 'is written by Paletti and cannot be set');
    line(name, value);
  }
}

function line(field: string, value: string): string {
  if (typeof value !== 'string' || !isOneLine(value)) throw refused(field, 'holds a line break or a control character');
  if (value.length > 998) throw refused(field, 'is longer than 998 characters');
  return value;
}

function addressOf(field: string, { name, address }: Draft['from']): { name: string; address: string } {
  if (!isWritableAddress(address)) throw refused(field, 'is not one plain address');
  return { name: asWritten(line(field, name)), address };
}

/**
 * Plain text that looks like an encoded word (RFC 2047) would be decoded by whoever reads it, into anything, line ends
 * too. A blank in it makes it text again.
 */
function asWritten(text: string): string {
  return text.replaceAll('=?', '= ?');
}

function refused(field: string, why: string): AppError {
  return new AppError('bad-input', `the letter's ${field} ${why}`, { next: 'Edit or drop the letter.' });
}
