/** Bytes and the labels they come with: what is read, whatever a mail program declared. */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes, fromUtf8OrWindows1252 } from '../../src/mail/charset.ts';
import { parse } from '../../src/mail/parse.ts';

const none = () => {
  throw new Error('no other charset is asked for');
};
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text);

describe('bytes are read as what they are', () => {
  it.each<[string, string, Buffer, string]>([
    ['declared UTF-8, written in Latin-1', 'utf-8', latin1('già perché'), 'già perché'],
    ['declared UTF-8, written in Windows-1252', 'UTF-8', Buffer.from([0x80, 0x20, 0x93, 0x61, 0x94]), '€ “a”'],
    ['declared ASCII, written in UTF-8', 'us-ascii', utf8('già'), 'già'],
    ['declared ASCII, written in Latin-1', 'US-ASCII', latin1('già'), 'già'],
    ['nothing declared, Latin-1', '', latin1('già'), 'già'],
    ['nothing declared, UTF-8', '', utf8('già'), 'già'],
    ['an unknown label that admits it', 'unknown-8bit', latin1('è'), 'è'],
    ['declared Latin-1, written in UTF-8', 'iso-8859-1', utf8('già effettuato'), 'già effettuato'],
    ['declared Windows-1252, written in UTF-8', 'windows-1252', utf8('“perché”'), '“perché”'],
    ['declared Latin-9, written in UTF-8', 'iso-8859-15', utf8('più €'), 'più €'],
    ['declared Latin-9, and so it is', 'iso-8859-15', Buffer.from([0xa4]), '€'],
    ['declared Latin-1 with quotation marks of Windows', 'iso-8859-1', Buffer.from([0x91, 0xe8, 0x92]), '‘è’'],
    ['Cyrillic as declared', 'koi8-r', Buffer.from([0xd3, 0xcd, 0xc5, 0xd4, 0xc1]), 'смета'],
    ['Cyrillic declared, written in UTF-8', 'windows-1251', utf8('смета'), 'смета'],
    ['Chinese as declared', 'gbk', Buffer.from([0xb1, 0xa8, 0xbc, 0xdb]), '报价'],
    ['Chinese declared, written in UTF-8', 'gb2312', utf8('报价单。'), '报价单。'],
    ['UTF-7', 'utf-7', latin1('Perch+AOk- +- la fattura'), 'Perché + la fattura'],
    [
      'a wrong byte in UTF-8 spoils no other',
      'utf-8',
      Buffer.concat([utf8('più '), Buffer.from([0xe8]), utf8(' già')]),
      'più è già',
    ],
    ['a character cut in two by the end', 'utf-8', utf8('già più').subarray(0, -1), 'già pi'],
    ['nothing', 'utf-8', utf8(''), ''],
  ])('%s', (_, label, bytes, text) => {
    expect(decodeBytes(bytes, label, none)).toBe(text);
  });

  it('asks for a charset that neither the web nor this file knows, and reads it by its bytes when nobody does', () => {
    expect(decodeBytes(Buffer.from([0x82]), 'cp437', () => 'é')).toBe('é');
    expect(decodeBytes(latin1('già'), 'x-no-such', () => 'gi\ufffd')).toBe('già');
  });

  it('is the Windows-1252 of the web for every byte, but for those it leaves open', () => {
    const open = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
    for (let byte = 0x80; byte <= 0xff; byte += 1) {
      if (open.includes(byte)) continue;
      const text = fromUtf8OrWindows1252(Buffer.from([byte]));
      expect([text.length, text.codePointAt(0)]).not.toContain(0xfffd);
      if (byte >= 0xa0) expect(text.codePointAt(0)).toBe(byte);
    }
  });

  it('any text comes through, whether it was written in UTF-8 or in Latin-1, and whatever of the two was declared', () => {
    const letter = fc.constantFrom(...'aeiou àèéìòùñüßç,.\n'.split(''));
    const label = fc.constantFrom('utf-8', 'us-ascii', '', 'iso-8859-1', 'windows-1252', 'x-unknown');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 60 }), label, fc.boolean(), (letters, declared, inUtf8) => {
        const text = letters.join('');
        const bytes = inUtf8 ? utf8(text) : latin1(text);
        expect(decodeBytes(bytes, declared, none)).toBe(text);
      }),
    );
  });

  it('what is UTF-8 is read as Node reads it, and no bytes at all give a broken character', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom('', 'utf-8', 'iso-8859-1'), (array, label) => {
        const text = decodeBytes(Buffer.from(array), label, none);
        if (isUtf8(array)) expect(text).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(array));
        else expect(text).not.toContain('\ufffd');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a mail whose labels are wrong', () => {
  const whole = (lines: string[], body: Buffer | string) =>
    Buffer.concat([latin1(`${['From: anna@client.example', ...lines].join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
  const words = 'Buongiorno, abbiamo già effettuato il bonifico.';

  it.each<[string, string[], Buffer]>([
    ['UTF-8 declared', ['Content-Type: text/plain; charset=utf-8'], latin1(words)],
    ['UTF-8 declared, flowed', ['Content-Type: text/plain; charset=utf-8; format=flowed'], latin1(words)],
    ['Latin-1 declared, UTF-8 sent', ['Content-Type: text/plain; charset=iso-8859-1'], utf8(words)],
    ['nothing declared', [], latin1(words)],
    [
      'in quoted-printable',
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      utf8('Buongiorno, abbiamo gi=E0 effettuato il bonifico.'),
    ],
    [
      'in base64',
      ['Content-Type: text/plain; charset=us-ascii', 'Content-Transfer-Encoding: base64'],
      utf8(latin1(words).toString('base64')),
    ],
    ['no semicolon', ['Content-Type: text/plain charset=iso-8859-1'], latin1(words)],
    ['no subtype', ['Content-Type: text'], latin1(words)],
    ['only parameters', ['Content-Type: ; charset=utf-8'], utf8(words)],
    ['an empty type', ['Content-Type:'], latin1(words)],
    ['a quoted type', ['Content-Type: "text/plain"; charset="utf-8"'], utf8(words)],
    ['a comma', ['Content-Type: text/plain, charset=iso-8859-1'], latin1(words)],
    ['a comment', ['Content-Type: text/plain (really); charset=utf-8'], utf8(words)],
  ])('is read: %s', async (_, lines, body) => {
    expect((await parse(whole(lines, body))).text).toBe(words);
  });

  it('is read in its parts too', async () => {
    const part = Buffer.concat([
      latin1('--b\r\nContent-Type: text/plain charset=utf-8\r\n\r\n'),
      latin1(words),
      latin1('\r\n--b\r\nContent-Type: text\r\n\r\nPerché no\r\n--b--\r\n'),
    ]);
    const { text } = await parse(whole(['Content-Type: multipart/mixed boundary=b'], part));
    expect(text).toBe(`${words}\n\nPerché no`);
  });

  it('is read in seven bits, in words that each end their state', async () => {
    const word = (text: string) => `=?iso-2022-jp?B?${latin1(`\u001b$B${text}\u001b(B`).toString('base64')}?=`;
    const lines = [`Subject: ${word('8+')}\r\n ${word('@Q')}`, 'Content-Type: text/plain; charset=iso-2022-jp'];
    const { subject, text } = await parse(whole(lines, latin1('\u001b$B8+@Q\u001b(B')));
    expect([subject, text]).toEqual(['見積', '見積']);
  });

  it.each<[string, Buffer[], { subject?: string; name?: string }]>([
    ['a subject in Latin-1', [latin1('Subject: Perché è lento?')], { subject: 'Perché è lento?' }],
    ['a name in Latin-1', [latin1('From: Nicolò Bianchi <anna@client.example>')], { name: 'Nicolò Bianchi' }],
    [
      'a subject in UTF-8 beside a name in Latin-1',
      [utf8('Subject: Perché'), latin1('From: Nicolò <a@b.example>')],
      { subject: 'Perché', name: 'Nicolò' },
    ],
    [
      'in the charset of the text',
      [
        Buffer.from([...latin1('Subject: '), 0xd3, 0xcd, 0xc5, 0xd4, 0xc1]),
        latin1('Content-Type: text/plain; charset=koi8-r'),
      ],
      { subject: 'смета' },
    ],
    ['an encoded word with the wrong charset', [latin1('Subject: =?utf-8?Q?Perch=E9?=')], { subject: 'Perché' }],
    [
      'one character in two words',
      [latin1('Subject: =?utf-8?B?UGVyY2jD?=\r\n =?utf-8?Q?=A9_ora?=')],
      { subject: 'Perché ora' },
    ],
    ['UTF-7', [latin1('Subject: =?utf-7?Q?Perch+AOk-_la_fattura?=')], { subject: 'Perché la fattura' }],
    [
      'words of two charsets',
      [latin1('Subject: =?utf-8?Q?gi=C3=A0_?= =?iso-8859-1?Q?pi=F9?= fine')],
      { subject: 'già più fine' },
    ],
    ['a language behind the charset', [latin1('Subject: =?utf-8*it?Q?gi=C3=A0?=')], { subject: 'già' }],
    [
      'an encoded word that is never closed',
      [latin1('Subject: =?utf-8?Q?gi=C3=A0')],
      { subject: '=?utf-8?Q?gi=C3=A0' },
    ],
    ['a name in an encoded word', [latin1('From: =?utf-8?Q?Nicol=F2?= <a@b.example>')], { name: 'Nicolò' }],
  ])('has a header that is read: %s', async (_, lines, { subject, name }) => {
    const mail = await parse(
      Buffer.concat([...lines.map((line) => Buffer.concat([line, latin1('\r\n')])), latin1('\r\nCiao')]),
    );
    if (subject !== undefined) expect(mail.subject).toBe(subject);
    if (name !== undefined) expect(mail.from?.name).toBe(name);
    expect(JSON.stringify(mail)).not.toContain('\ufffd');
  });

  it('names an attachment by what its name is', async () => {
    const part =
      '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="=?utf-8?Q?perch=E9.pdf?="\r\n\r\nx\r\n--b--\r\n';
    const { attachments } = await parse(whole(['Content-Type: multipart/mixed; boundary=b'], part));
    expect(attachments.map(({ name }) => name)).toEqual(['perché.pdf']);
  });
});
