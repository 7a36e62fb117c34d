/** Whatever happens to a mail on its way, reading it ends, and its sender is known where the header says it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/mail/parse.ts';

const head = (type: string, ...more: string[]) => [
  'From: Anna Bianchi <anna@client.example>',
  'To: me@studio.example',
  'Subject: Disegni',
  'Message-ID: <m1@client.example>',
  ...more,
  type,
];
const mail = (lines: string[], body: string) => Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
const parts = (...all: string[]) => `${all.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`;
const pdf =
  'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\nJVBERi0=';

/** Each in a shape that clients' programs write. */
const mails: Buffer[] = [
  mail(head('Content-Type: text/plain; charset=utf-8'), 'Ecco i disegni.'),
  mail(
    head('Content-Type: text/plain; charset=iso-8859-1; format=flowed', 'Content-Transfer-Encoding: quoted-printable'),
    'Perch=E9 no?\r\n',
  ),
  mail(head('Content-Type: multipart/mixed; boundary="b"'), parts('Content-Type: text/plain\r\n\r\nEcco.', pdf)),
  mail(
    head('Content-Type: multipart/alternative; boundary=b'),
    parts('Content-Type: text/plain\r\n\r\nEcco.', 'Content-Type: text/html\r\n\r\n<p>Ecco.</p>'),
  ),
  mail(
    head('Content-Type: multipart/report; report-type=delivery-status; boundary=b'),
    parts(
      '\r\nNot delivered.',
      'Content-Type: message/delivery-status\r\n\r\nAction: failed',
      'Content-Type: message/rfc822\r\n\r\nMessage-ID: <x@y.example>\r\n\r\nx',
    ),
  ),
  mail(
    head('Content-Type: multipart/mixed; boundary="b"', 'X-Trasporto: posta-certificata'),
    parts(
      'Content-Type: message/rfc822; name="postacert.eml"\r\nContent-Disposition: inline; filename="postacert.eml"\r\n\r\nFrom: a@b.example\r\n\r\nCiao',
    ),
  ),
  mail(
    head('Content-Type: multipart/mixed; boundary="b"'),
    parts(
      'Content-Type: text/plain\r\n\r\nVieni?',
      'Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR',
    ),
  ),
];

const types = [
  '',
  ' ',
  '; name="x.zip"',
  ';',
  'text',
  '/',
  'text/',
  '/plain',
  'multipart/mixed',
  'multipart',
  'multipart/mixed; boundary=',
  'multipart/mixed; boundary=""',
  'message/rfc822',
  'text/plain; charset=',
  'text/plain; charset="',
  'text/plain; charset=utf-7',
  'text/html; charset=x-no',
  'text/plain; charset=iso-2022-jp',
  "text/plain; charset*=utf-8''%ff",
  'text/plain; format=flowed; delsp=yes',
  '=?utf-8?Q?text/plain?=',
  'false',
  'null',
  '\0',
  'message/delivery-status',
  'application/ms-tnef',
  'message/external-body; access-type=x',
];
const encodings = ['', 'base64', 'quoted-printable', 'x-uuencode', '8bit', 'binary', 'BASE64 (x)', ';'];
const dispositions = [
  '',
  ';',
  'inline',
  'attachment',
  '; filename=x',
  'attachment; filename="',
  "attachment; filename*=utf-8''%",
  'attachment; filename==?utf-8?Q?=FF?=',
];

type Change = (source: string) => string;
const withField = (name: string, values: string[]): fc.Arbitrary<Change> =>
  fc.tuple(fc.constantFrom(...values), fc.nat(3)).map(([value, which]) => (source) => {
    let seen = -1;
    const field = new RegExp(`^${name}:.*(?:\\r\\n[ \\t].*)*`, 'gim');
    return source.replace(field, (line) => (++seen === which ? `${name}: ${value}` : line));
  });
const changes: fc.Arbitrary<Change> = fc.oneof(
  withField('Content-Type', types),
  withField('Content-Type', types),
  withField('Content-Transfer-Encoding', encodings),
  withField('Content-Disposition', dispositions),
  fc.tuple(fc.nat(2_000), fc.nat(255)).map(
    ([at, byte]): Change =>
      (source) =>
        source.slice(0, at) + String.fromCharCode(byte) + source.slice(at + 1),
  ),
  fc.nat(2_000).map(
    (at): Change =>
      (source) =>
        source.slice(0, at),
  ),
  fc.tuple(fc.nat(2_000), fc.nat(60)).map(
    ([at, length]): Change =>
      (source) =>
        source.slice(0, at) + source.slice(at + length),
  ),
  fc.tuple(fc.nat(2_000), fc.nat(200)).map(
    ([at, length]): Change =>
      (source) =>
        source.slice(0, at + length) + source.slice(at),
  ),
  fc.nat(20).map(
    (which): Change =>
      (source) => {
        const lines = source.split('\r\n');
        return [...lines.slice(0, which), lines[which] ?? '', ...lines.slice(which)].join('\r\n');
      },
  ),
  fc.constant<Change>((source) => source.replaceAll('\r\n', '\n')),
  fc.constant<Change>((source) => source.replaceAll('\r\n', '\r')),
);

const uncaught: unknown[] = [];
const remember = (error: unknown) => void uncaught.push(error);
let others: NodeJS.UncaughtExceptionListener[] = [];

describe('a mail changed on its way', () => {
  beforeAll(() => {
    others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', remember);
  });
  afterAll(() => {
    process.off('uncaughtException', remember);
    for (const listener of others) process.on('uncaughtException', listener);
  });

  it.each(types.flatMap((type) => dispositions.map((disposition): [string, string] => [type, disposition])))(
    'reads the text beside a part of type %j and disposition %j',
    async (type, disposition) => {
      const source = mail(
        head('Content-Type: multipart/mixed; boundary=b'),
        parts(
          'Content-Type: text/plain\r\n\r\nEcco i disegni.',
          `Content-Type: ${type}\r\nContent-Disposition: ${disposition}\r\n\r\nabc`,
        ),
      );
      const read = await parse(source);
      expect(read.text).toContain('Ecco i disegni.');
      expect(read.from?.address).toBe('anna@client.example');
      expect(uncaught).toEqual([]);
    },
  );

  it('is read, or said to be unreadable, and no fault gets past the reading', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...mails),
        fc.array(changes, { minLength: 1, maxLength: 6 }),
        async (source, all) => {
          const changed = Buffer.from(
            all.reduce((text, change) => change(text), source.toString('latin1')),
            'latin1',
          );
          // A reading that takes longer leaves the header, which is what is looked at.
          const read = await parse(changed, { deadlineMs: 1_000 });
          if (
            /^From: Anna Bianchi <anna@client\.example>\r?\n/.test(changed.toString('latin1')) &&
            read.headerCut !== true &&
            !read.unwrapped
          )
            expect(`${read.headers[0]?.name}: ${read.headers[0]?.value}`).toMatch(
              /^from: Anna Bianchi <anna@client\.example>/,
            );
          expect(typeof read.text).toBe('string');
          expect(uncaught).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});
