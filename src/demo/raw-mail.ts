/**
 * Sample mail -> the bytes a mail server would hold: what people and robots write, an invitation, and the delivery
 * report of a letter that came back. Sends nothing.
 */
import { compose } from '../mail/compose.ts';
import { type Instant, toIso } from '../rules/time.ts';

export interface Party {
  name: string;
  address: string;
}

export interface RawMail {
  from: Party;
  to: Party;
  subject: string;
  text: string;
  /** with its angle brackets, as are those of the thread */
  messageId: string;
  at: Instant;
  answers: string | null;
  headers: Record<string, string>;
}

export function personalMail(mail: RawMail): Promise<Uint8Array> {
  const { from, to, subject, text, headers, answers, messageId, at } = mail;
  const references = answers === null ? [] : [answers];
  return compose(
    { from, to, subject, text, html: null, inReplyTo: answers, references, headers },
    { messageId, date: at },
  );
}

/** A meeting next week, as calendar programs send it (RFC 5546, METHOD:REQUEST). */
export function invitation(mail: RawMail): Uint8Array {
  const { from, to, subject, text, messageId, at } = mail;
  const stamp = toIso(at).replace(/[-:]/g, '');
  return bytesOf([
    ...top({ from, to, subject, messageId, at }),
    'Content-Type: multipart/alternative; boundary="meeting"',
    '',
    '--meeting',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--meeting',
    'Content-Type: text/calendar; charset=utf-8; method=REQUEST',
    '',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sample//Calendar//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${messageId.slice(1, -1)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${stamp}`,
    `SUMMARY:${text}`,
    `ORGANIZER:mailto:${from.address}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '--meeting--',
  ]);
}

/** The report of a server that knows no such mailbox (RFC 3464), about one of our letters. */
export function deliveryReport(about: { letterId: string; recipient: string; owner: Party; at: Instant }): Uint8Array {
  const { letterId, recipient, owner, at } = about;
  const host = recipient.slice(recipient.lastIndexOf('@') + 1);
  const from = { name: 'Mail Delivery System', address: `mailer-daemon@${host}` };
  const subject = 'Undelivered Mail Returned to Sender';
  return bytesOf([
    'Return-Path: <>',
    ...top({ from, to: owner, subject, messageId: `<report.${letterId.slice(1, -1)}>`, at }),
    'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    '',
    '--report',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `The mail could not be delivered to <${recipient}>: no such mailbox.`,
    '--report',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; mail.${host}`,
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such mailbox',
    '--report',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${letterId}`,
    `To: <${recipient}>`,
    '--report--',
  ]);
}

function top(mail: Pick<RawMail, 'from' | 'to' | 'subject' | 'messageId' | 'at'>): string[] {
  return [
    `From: "${mail.from.name}" <${mail.from.address}>`,
    `To: "${mail.to.name}" <${mail.to.address}>`,
    `Subject: ${mail.subject}`,
    `Message-ID: ${mail.messageId}`,
    `Date: ${new Date(mail.at).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
  ];
}

function bytesOf(lines: string[]): Uint8Array {
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}
