/**
 * A message as a mail file, from what the record holds of it: its header lines and its text. For when the whole message
 * is no longer to be had; it says so at its top. Attachments, formatting and signatures of the original are not in it.
 */
import { asOneLine } from '../rules/unsafe-characters.ts';
import { type Instant, toIso } from '../rules/time.ts';
import type { StoredMessage } from '../store/messages.ts';
import type { DossierWords } from '../words/parts/terminal.ts';
import { wordsOf } from '../words/voice.ts';

/** Why the record stands in for the message. */
export type FromRecord = keyof DossierWords['files']['missing'];

/** A mail file's own headers are English. */
const english = wordsOf('en').terminal.dossier.files.missing;

/** Lines that describe a body which is not here: they would make a reader look for parts in vain. */
const ofTheBody = new Set(['content-type', 'content-transfer-encoding', 'content-disposition', 'mime-version']);

/** RFC 5322, section 2.1.1 */
const longestLine = 998;
const usualLine = 78;

/** UTF-8 with CRLF, as RFC 5322 and RFC 6532 want it. */
export function mailFromRecord(message: StoredMessage, why: FromRecord): Uint8Array {
  const { mail } = message;
  const text = mail.text.replace(/\r\n?|\n/g, '\r\n');
  const fits = text.split('\r\n').every((line) => Buffer.byteLength(line) <= longestLine);
  const lines = [
    line('X-Paletti-Source', `header and text from the record, not the message itself (${english[why]})`),
    line('X-Paletti-Received', toIso(message.receivedAt)),
    ...(message.fault === null ? [] : [line('X-Paletti-Fault', message.fault)]),
    ...mail.attachments.map(({ name, type }) => line('X-Paletti-Attachment-Left-Out', `${name} (${type})`)),
    ...headersOf(message),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${fits ? '8bit' : 'base64'}`,
  ];
  const body = fits ? text : wrapped(Buffer.from(text).toString('base64'));
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}\r\n`);
}

function headersOf({ mail, receivedAt }: StoredMessage): string[] {
  if (mail.headers.length === 0)
    return [line('Subject', mail.subject || '(unknown)'), line('Date', rfcDate(receivedAt))];
  return mail.headers.map(({ name, value }) => line(ofTheBody.has(name) ? `X-Original-${name}` : name, value));
}

function rfcDate(at: Instant): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

/** One header line: no value may begin another, and a long one is folded where it has blanks. */
function line(name: string, value: string): string {
  const written = name.replace(
    /(^|-)([a-z])/g,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
  const words = asOneLine(value).split(/ +/);
  const rows = [`${written}:`];
  for (const word of words) {
    const last = rows.length - 1;
    if (`${rows[last]} ${word}`.length > usualLine && rows[last] !== `${written}:`) rows.push(` ${word}`);
    else rows[last] += ` ${word}`;
  }
  return rows.join('\r\n');
}

function wrapped(base64: string): string {
  return (base64.match(/.{1,76}/g) ?? []).join('\r\n');
}
