/** Builds a ParsedMail from header lines as they stand in a message, for the tests of triage and what follows it. */
import type { Address, ParsedMail } from '../../src/rules/message.ts';

export const owner = 'anna@studio.example';
export const client = 'bruno@firm.example';

const usual = [
  `From: Bruno Neri <${client}>`,
  `To: Anna <${owner}>`,
  'Subject: The brochure',
  'Message-ID: <m1@firm.example>',
  'Date: Mon, 23 Nov 2026 10:00:00 +0100',
];

/** A person's mail to the owner. A line takes the place of the usual ones with the same name; 'To:' alone removes it. */
export function aMail(lines: readonly string[] = [], rest: Partial<ParsedMail> = {}): ParsedMail {
  const nameOf = (line: string) => line.slice(0, line.indexOf(':')).toLowerCase();
  const replaced = new Set(lines.map(nameOf));
  const all = [...lines, ...usual.filter((line) => !replaced.has(nameOf(line)))];
  const headers = all
    .map((line) => ({ name: nameOf(line), value: line.slice(line.indexOf(':') + 1).trim() }))
    .filter(({ name, value }) => value !== '' || !['from', 'to', 'subject', 'message-id'].includes(name));
  const first = (name: string) => headers.find((header) => header.name === name)?.value;
  const every = (name: string) => addresses(first(name));
  return {
    messageId: first('message-id') ?? null,
    inReplyTo: first('in-reply-to')?.match(/<[^>]+>/g) ?? [],
    references: first('references')?.match(/<[^>]+>/g) ?? [],
    from: every('from')[0] ?? null,
    sender: every('sender')[0] ?? null,
    replyTo: every('reply-to'),
    to: every('to'),
    cc: every('cc'),
    subject: first('subject') ?? '',
    dateHeader: first('date') ?? null,
    headers,
    contentType: 'text/plain',
    contentTypeParameters: {},
    partTypes: ['text/plain'],
    calendarMethod: null,
    text: 'Could you send me the brochure?',
    newText: 'Could you send me the brochure?',
    attachments: [],
    reportedMessageIds: [],
    unwrapped: false,
    ...rest,
  };
}

function addresses(value = ''): Address[] {
  return value
    .split(',')
    .map((entry) => {
      const [, name = '', address = entry] = /^\s*"?([^"<]*?)"?\s*<([^>]*)>/.exec(entry) ?? [];
      return { name, address: address.trim().toLowerCase() };
    })
    .filter(({ name, address }) => name !== '' || address !== '');
}
