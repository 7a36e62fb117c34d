/** Bytes of all kinds -> a mail: what is read, what is cleaned, and that nothing hostile stops it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/mail/parse.ts';
import type { ParsedMail } from '../../src/rules/message.ts';

const lines = (...parts: string[]) => parts.join('\r\n');
const read = (source: string, encoding: BufferEncoding = 'utf8', truncated = false): Promise<ParsedMail> =>
  parse(Buffer.from(source, encoding), { truncated });

/** A mail with some header lines and a body. */
const mail = (header: string[], body = 'Text.\r\n') => lines(...header, '', body);

/** A message of parts under one boundary. */
function multipart(type: string, parts: string[], header: string[] = []): string {
  return mail(
    [...header, 'MIME-Version: 1.0', `Content-Type: multipart/${type}; boundary="b1"`],
    lines(...parts.flatMap((part) => ['--b1', part]), '--b1--', ''),
  );
}

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');

describe('an ordinary mail', () => {
  it('is read whole', async () => {
    const source = mail(
      [
        'Return-Path: <anna@client.example>',
        'Received: from a by b;',
        ' Mon, 23 Nov 2026 09:00:00 +0100',
        'Received: from c by d; Mon, 23 Nov 2026 08:59:59 +0100',
        'From: =?utf-8?Q?Anna_Bianch=C3=AC?= <Anna@Client.Example>',
        'Sender: assistente@client.example',
        'Reply-To: "Anna, Ufficio" <ufficio@client.example>',
        'To: Studio <studio@me.example>, Team: Uno <uno@client.example>, due@client.example;',
        'Cc: tre@client.example',
        'Subject: =?utf-8?B?UGVyY2jDqSBjb3PDrA==?= tardi?',
        'Message-ID: <1.a@client.example>',
        'In-Reply-To: <0.a@me.example> (your message)',
        'References: <x@me.example>',
        '\t<0.a@me.example>',
        'Date: Mon, 23 Nov 2026 09:00:00 +0100',
        'Content-Type: Text/Plain; charset=UTF-8; Format="Flowed"',
      ],
      'Buongiorno,\r\nquando?\r\n\r\n> prima\r\n',
    );
    expect(await read(source)).toEqual({
      messageId: '<1.a@client.example>',
      inReplyTo: ['<0.a@me.example>'],
      references: ['<x@me.example>', '<0.a@me.example>'],
      from: { name: 'Anna Bianchì', address: 'anna@client.example' },
      sender: { name: '', address: 'assistente@client.example' },
      replyTo: [{ name: 'Anna, Ufficio', address: 'ufficio@client.example' }],
      to: [
        { name: 'Studio', address: 'studio@me.example' },
        { name: 'Uno', address: 'uno@client.example' },
        { name: '', address: 'due@client.example' },
      ],
      cc: [{ name: '', address: 'tre@client.example' }],
      subject: 'Perché così tardi?',
      dateHeader: 'Mon, 23 Nov 2026 09:00:00 +0100',
      headers: expect.arrayContaining([
        { name: 'received', value: 'from a by b; Mon, 23 Nov 2026 09:00:00 +0100' },
        { name: 'received', value: 'from c by d; Mon, 23 Nov 2026 08:59:59 +0100' },
        { name: 'return-path', value: '<anna@client.example>' },
      ]),
      contentType: 'text/plain',
      contentTypeParameters: { charset: 'utf-8', format: 'flowed' },
      partTypes: ['text/plain'],
      calendarMethod: null,
      text: 'Buongiorno,\nquando?\n\n> prima',
      newText: 'Buongiorno,\nquando?',
      attachments: [],
      reportedMessageIds: [],
      unwrapped: false,
    });
  });

  it('keeps repeated header lines, in order, and none of a nested part', async () => {
    const part = lines('Content-Type: text/plain', 'X-Inner: 1', '', 'Text.');
    const source = multipart(
      'mixed',
      [part],
      ['Precedence: bulk', 'X-A: 1', 'Precedence: normal', 'List-Id: <l.example>'],
    );
    const { headers } = await read(source);
    expect(headers.filter(({ name }) => name === 'precedence').map(({ value }) => value)).toEqual(['bulk', 'normal']);
    expect(headers.find(({ name }) => name === 'list-id')?.value).toBe('<l.example>');
    expect(headers.some(({ name }) => name === 'x-inner')).toBe(false);
  });

  it('leaves the Date header as it was written, however wrong', async () => {
    for (const date of ['garbage', 'Thu, 32 Foo 2026 99:99:99 H0500', '']) {
      expect((await read(mail([`Date: ${date}`]))).dateHeader).toBe(date);
    }
    expect((await read(mail(['X-A: 1']))).dateHeader).toBeNull();
  });

  it('has no Message-ID, no sender and no subject when it names none', async () => {
    expect(await read(mail(['X-A: 1']))).toMatchObject({
      messageId: null,
      from: null,
      sender: null,
      subject: '',
      text: 'Text.',
    });
    expect((await read(mail(['Message-ID: bare.id@client.example']))).messageId).toBe('<bare.id@client.example>');
    expect((await read(mail(['Message-ID: two words']))).messageId).toBeNull();
  });
});

describe('addresses', () => {
  const from = async (value: string) => (await read(mail([`From: ${value}`]))).from;

  it.each([
    ['<>', { name: '', address: '' }],
    ['MAILER-DAEMON', { name: 'MAILER-DAEMON', address: '' }],
    ['"a b"@client.example', expect.objectContaining({ address: '' })],
    ['Anna <anna@client.example>, Evil <evil@x.example>', { name: 'Anna', address: 'anna@client.example' }],
    ['"anna@client.example" <evil@x.example>', { name: 'anna@client.example', address: 'evil@x.example' }],
    ['=?utf-8?Q?evil=40x.example?= <anna@client.example>', { name: 'evil@x.example', address: 'anna@client.example' }],
    ['Anna <anna@xn--mnchen-3ya.example>', { name: 'Anna', address: 'anna@xn--mnchen-3ya.example' }],
    ['=?utf-8?Q?A=0D=0ABcc=3A_evil?= <anna@client.example>', { name: 'A Bcc: evil', address: 'anna@client.example' }],
    ['=?utf-8?B?4oCuZXZpbA==?= <anna@client.example>', { name: 'evil', address: 'anna@client.example' }],
  ])('%s', async (value, expected) => {
    expect(await from(value)).toEqual(expected);
  });

  it('are at most a hundred', async () => {
    const to = Array.from({ length: 500 }, (_, n) => `a${n}@client.example`).join(',\r\n ');
    expect((await read(mail([`To: ${to}`]))).to).toHaveLength(100);
  });

  it('of an undisclosed group are none', async () => {
    expect((await read(mail(['To: undisclosed-recipients:;']))).to).toEqual([]);
  });
});

describe('the text', () => {
  const plain = lines('Content-Type: text/plain; charset=utf-8', '', 'Perché no?');
  const html = lines('Content-Type: text/html; charset=utf-8', '', '<p>Perch&eacute; <b>no</b>?</p>');

  it.each([
    ['of alternatives is the plain one', multipart('alternative', [plain, html]), 'Perché no?'],
    ['of HTML alone is made from it', multipart('alternative', [html]), 'Perché no?'],
    [
      'is made from HTML when the plain part is empty',
      multipart('alternative', [lines('Content-Type: text/plain', '', '  '), html]),
      'Perché no?',
    ],
    [
      'of HTML with a plain foot has both',
      multipart('mixed', [html, lines('Content-Type: text/plain', '', 'A list foot.')]),
      'Perché no?\n\nA list foot.',
    ],
    [
      'in base64 is decoded',
      mail(
        ['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: base64'],
        base64(Buffer.from('è così', 'latin1')),
      ),
      'è così',
    ],
    [
      'in quoted-printable is decoded',
      mail(
        ['Content-Type: text/plain; charset=windows-1252', 'Content-Transfer-Encoding: quoted-printable'],
        '12 =80 =\r\nsubito',
      ),
      '12 € subito',
    ],
    ['in format=flowed is joined', mail(['Content-Type: text/plain; format=flowed'], 'uno \r\ndue\r\n'), 'uno due'],
  ])('%s', async (_, source, text) => {
    expect((await read(source)).text).toBe(text);
  });

  it('of large HTML is read when its plain twin says nothing, and not when it does', async () => {
    const large = lines('Content-Type: text/html; charset=utf-8', '', '<p>parola</p>\r\n'.repeat(2_000));
    const said = await read(multipart('alternative', [plain, large]));
    expect(said).toMatchObject({ text: 'Perché no?', partTypes: ['multipart/alternative', 'text/plain', 'text/html'] });
    const empty = lines('Content-Type: text/plain', '', ' ');
    expect((await read(multipart('alternative', [empty, large]))).text).toMatch(/^parola\n\nparola/);
    expect((await read(multipart('mixed', [plain, large]))).text).toMatch(/^Perché no\?\n\nparola\n\nparola/);
    const inBase64 = lines(
      'Content-Type: text/html',
      'Content-Transfer-Encoding: base64',
      '',
      base64('<p>parola</p>\n'.repeat(2_000)),
    );
    expect((await read(multipart('mixed', [plain, inBase64]))).text).toMatch(/^Perché no\?\n\nparola/);
  });

  it('of an attached message is not taken for the sender’s', async () => {
    const attached = lines(
      'Content-Type: message/rfc822',
      'Content-Disposition: inline',
      '',
      'Subject: x',
      '',
      'Not mine.',
    );
    const read1 = await read(multipart('mixed', [plain, attached]));
    expect(read1.text).toBe('Perché no?');
    expect(read1.partTypes).toEqual(['multipart/mixed', 'text/plain', 'message/rfc822']);
  });

  it('of a header that is not whole is marked as such, and of no other', async () => {
    const head = ['From: anna@client.example', 'Subject: Ciao'];
    const long = mail([...head, `X-Long: ${'x'.repeat(70_000)}`]);
    const start = new TextEncoder().encode(long).slice(0, 65_536);
    expect((await parse(start, { truncated: true })).headerCut).toBe(true);
    expect((await read(mail([...head, ...Array.from({ length: 300 }, (_, n) => `X-${n}: ${n}`)]))).headerCut).toBe(
      true,
    );
    const whole = new TextEncoder().encode(mail(head, 'x'.repeat(70_000))).slice(0, 65_536);
    expect((await parse(whole, { truncated: true })).headerCut).toBeUndefined();
    expect((await read('From: anna@client.example')).headerCut).toBeUndefined();
  });

  it('is free of controls and bidi overrides, and at most 256 KB', async () => {
    const { text } = await read(
      mail(['Content-Type: text/plain; charset=utf-8'], 'a\0b\x1b[31mc\u202ed\u2066e\tf\r\ng'),
    );
    expect(text).toBe('ab[31mcde\tf\ng');
    expect((await read(mail(['X-A: 1'], 'parola '.repeat(100_000)))).text.length).toBeLessThanOrEqual(262_144);
  });

  it.each(['x-unknown-9', 'utf-99', '', '../../etc/passwd', '__proto__', 'ks_c_5601-1987', 'iso-2022-jp', 'utf-7'])(
    'in the charset %j is read somehow',
    async (charset) => {
      const { text } = await read(
        mail([`Content-Type: text/plain; charset=${charset}`], 'Hello \xe8 \x1b$B'),
        'latin1',
      );
      expect(text).toContain('Hello');
    },
  );
});

describe('attachments', () => {
  const pdf = (bytes: number, name = 'filename="Fattura n. 3.pdf"') =>
    lines(
      'Content-Type: application/pdf',
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; ${name}`,
      '',
      base64(Buffer.alloc(bytes, 7)),
    );
  const plain = lines('Content-Type: text/plain', '', 'Ecco.');

  it.each([100, 5_000, 30_000])('of %i bytes are named and measured', async (bytes) => {
    const { attachments, text } = await read(multipart('mixed', [plain, pdf(bytes), pdf(bytes + 1)]));
    expect(attachments).toEqual([
      { name: 'Fattura n. 3.pdf', type: 'application/pdf', sizeBytes: bytes },
      { name: 'Fattura n. 3.pdf', type: 'application/pdf', sizeBytes: bytes + 1 },
    ]);
    expect(text).toBe('Ecco.');
  });

  it('in which the source ends have no size', async () => {
    const whole = multipart('mixed', [plain, pdf(5_000), pdf(90_000)]);
    const { attachments, text } = await read(whole.slice(0, 65_536), 'latin1', true);
    expect(attachments.map(({ sizeBytes }) => sizeBytes)).toEqual([5_000, null]);
    expect(text).toBe('Ecco.');
  });

  it('before the text do not hide it', async () => {
    expect((await read(multipart('mixed', [pdf(30_000), plain]))).text).toBe('Ecco.');
  });

  it.each([
    ["filename*=utf-8''perch%C3%A9.pdf", 'perché.pdf'],
    ['filename="=?utf-8?Q?perch=C3=A9.pdf?="', 'perché.pdf'],
    ['filename="a\u202egpj.exe"', 'a gpj.exe'],
    [`filename="${'x'.repeat(600)}.pdf"`, 'x'.repeat(256)],
  ])('with %s are named', async (name, shown) => {
    expect((await read(multipart('mixed', [plain, pdf(10, name)]))).attachments[0]?.name).toBe(shown);
  });
});

describe('what the judging of kinds needs', () => {
  it.each([
    [
      'in the type',
      lines('Content-Type: text/calendar; method=REQUEST; charset=utf-8', '', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR'),
      'REQUEST',
    ],
    [
      'in the calendar',
      lines('Content-Type: text/calendar', '', 'BEGIN:VCALENDAR\r\nMETHOD:reply\r\nEND:VCALENDAR'),
      'REPLY',
    ],
    ['nowhere', lines('Content-Type: text/calendar', '', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR'), null],
  ])('the METHOD of a calendar: %s', async (_, part, method) => {
    const read1 = await read(multipart('mixed', [lines('Content-Type: text/plain', '', 'Invito'), part]));
    expect(read1).toMatchObject({
      calendarMethod: method,
      partTypes: ['multipart/mixed', 'text/plain', 'text/calendar'],
    });
  });

  const notice = lines('Content-Type: text/plain', '', 'It could not be delivered.');
  const status = lines(
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; anna@client.example',
    'Action: failed',
  );

  it.each([
    [
      'the returned message',
      lines('Content-Type: message/rfc822', '', 'Message-ID: <sent.1@studio.example>', 'Subject: x', '', 'Body'),
      ['<sent.1@studio.example>'],
    ],
    [
      'its header alone',
      lines('Content-Type: text/rfc822-headers', '', 'Subject: x', 'Message-ID:', ' <sent.2@studio.example>', ''),
      ['<sent.2@studio.example>'],
    ],
  ])('the Message-ID a delivery report is about, from %s', async (_, returned, ids) => {
    const type = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"';
    const source = mail(
      ['From: MAILER-DAEMON@mx.example', type],
      lines('--b1', notice, '--b1', status, '--b1', returned, '--b1--', ''),
    );
    const report = await read(source);
    expect(report).toMatchObject({ reportedMessageIds: ids, contentType: 'multipart/report' });
    expect(report.contentTypeParameters['report-type']).toBe('delivery-status');
    expect(report.partTypes.slice(0, 3)).toEqual(['multipart/report', 'text/plain', 'message/delivery-status']);
  });

  it('the Original-Message-ID of a reading receipt', async () => {
    const type = 'Content-Type: multipart/report; report-type=disposition-notification; boundary="b1"';
    const disposition = lines(
      'Content-Type: message/disposition-notification',
      '',
      'Original-Message-ID: <sent.3@studio.example>',
    );
    const { reportedMessageIds } = await read(mail([type], lines('--b1', notice, '--b1', disposition, '--b1--', '')));
    expect(reportedMessageIds).toEqual(['<sent.3@studio.example>']);
  });

  it('the Message-ID in a plain bounce, but not one that a person quotes', async () => {
    const body = 'Undeliverable.\r\n\r\n--- copy of the message ---\r\nMessage-ID: <sent.4@studio.example>\r\n';
    expect((await read(mail(['From: Mailer-Daemon@mx.example'], body))).reportedMessageIds).toEqual([
      '<sent.4@studio.example>',
    ]);
    expect((await read(mail(['From: anna@client.example'], body))).reportedMessageIds).toEqual([]);
  });
});

describe('certified mail (PEC)', () => {
  const inner = lines(
    'From: Anna Bianchi <anna@pec.client.example>',
    'To: studio@pec.me.example',
    'Subject: Contestazione',
    'Message-ID: <inner@pec.client.example>',
    'References: <old@pec.me.example>',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Perché la fattura?',
  );
  const envelope = (part: string, header = 'X-Trasporto: posta-certificata') =>
    multipart(
      'mixed',
      [
        lines('Content-Type: text/plain', '', 'Messaggio di posta certificata'),
        part,
        lines('Content-Type: application/xml; name=daticert.xml', '', '<x/>'),
      ],
      [
        'From: "Per conto di: anna@pec.client.example" <posta-certificata@provider.example>',
        'Reply-To: anna@pec.client.example',
        'Subject: POSTA CERTIFICATA: Contestazione',
        'Message-ID: <opec1@provider.example>',
        'X-Riferimento-Message-ID: <inner@pec.client.example>',
        header,
      ],
    );
  const asIs = lines(
    'Content-Type: message/rfc822; name="postacert.eml"',
    'Content-Disposition: inline; filename="postacert.eml"',
    '',
    inner,
  );
  const coded = lines(
    'Content-Type: message/rfc822; name="postacert.eml"',
    'Content-Transfer-Encoding: base64',
    '',
    base64(inner),
  );

  it.each([
    ['as it is', asIs],
    ['in base64', coded],
  ])('is read by its inner message, %s', async (_, part) => {
    expect(await read(envelope(part))).toMatchObject({
      unwrapped: true,
      from: { name: 'Anna Bianchi', address: 'anna@pec.client.example' },
      subject: 'Contestazione',
      text: 'Perché la fattura?',
      messageId: '<opec1@provider.example>',
      references: ['<old@pec.me.example>', '<inner@pec.client.example>'],
      attachments: [],
    });
    const { headers } = await read(envelope(part));
    expect(headers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['subject', 'x-trasporto', 'x-riferimento-message-id']),
    );
  });

  it.each([
    ['a receipt', envelope(asIs, 'X-Ricevuta: avvenuta-consegna')],
    ['an anomaly', envelope(asIs, 'X-Trasporto: errore')],
    ['an envelope without its message', envelope(lines('Content-Type: text/plain', '', 'x'))],
  ])('is left as it is: %s', async (_, source) => {
    expect(await read(source)).toMatchObject({
      unwrapped: false,
      from: { address: 'posta-certificata@provider.example' },
    });
  });
});

describe('nasty input is still a mail', () => {
  const head = ['From: anna@client.example', 'Subject: Ancora qui', 'Message-ID: <n@client.example>'];
  const nested = (depth: number) => {
    const open = Array.from({ length: depth }, (_, n) =>
      lines(`Content-Type: multipart/mixed; boundary="n${n}"`, '', `--n${n}`),
    );
    return lines(...head, ...open, 'Content-Type: text/plain', '', 'In fondo');
  };
  const cases: [string, string][] = [
    [
      'line breaks in encoded words',
      mail(['From: anna@client.example', 'Subject: =?utf-8?Q?Ancora=0D=0Aqui?=', 'Message-ID: <n@client.example>']),
    ],
    ['NUL bytes', mail(head, 'a\0\0b')],
    ['5,000 nested div', mail([...head, 'Content-Type: text/html'], '<div>'.repeat(5_000))],
    [
      '1,500 parts',
      multipart(
        'mixed',
        Array.from({ length: 1_500 }, () => lines('Content-Type: text/plain', '', 'x')),
        head,
      ),
    ],
    ['200 levels', nested(200)],
    ['2,000 levels', nested(2_000)],
    ['a header of a megabyte', mail([...head, `X-Long: ${'x'.repeat(1_100_000)}`])],
    ['a header of many lines', mail([...head, ...Array.from({ length: 20_000 }, (_, n) => `X-${n}: ${n}`)])],
    ['a header of folded lines', mail([...head, `X-Fold: a${'\r\n b'.repeat(100_000)}`])],
    ['a boundary that is never there', mail([...head, 'Content-Type: multipart/mixed; boundary=none'], 'x')],
    [
      'a boundary that is never closed',
      mail(
        [...head, 'Content-Type: multipart/mixed; boundary=b'],
        lines('--b', 'Content-Type: application/pdf', 'Content-Transfer-Encoding: base64', '', 'AAAA'),
      ),
    ],
    [
      'an attached message that is never closed',
      mail(
        [...head, 'Content-Type: multipart/mixed; boundary=b'],
        lines('--b', 'Content-Type: message/rfc822', '', 'Subject: x'),
      ),
    ],
    ['no body', lines(...head)],
    ['no line end at all', mail(head, 'x'.repeat(1_000_000))],
    ['bare line feeds', mail(head).replaceAll('\r\n', '\n')],
    ['an mbox line before', `From anna Mon Nov 23 09:00:00 2026\r\n${mail(head)}`],
    ['encoded words without end', mail([...head, `X-A: ${'=?utf-8?Q?'.repeat(50_000)}`])],
    ['commas without end in To', mail([...head, `To: ${','.repeat(500_000)}`])],
    ['brackets without end in To', mail([...head, `To: ${'<'.repeat(200_000)}`])],
    ['nested groups in To', mail([...head, `To: ${'g: '.repeat(50_000)}`])],
    ['References without end', mail([...head, `References: ${'<a@b> '.repeat(100_000)}`])],
    ['parameters without end', mail([...head, `Content-Type: text/plain${'; a=b'.repeat(100_000)}`])],
    ['a parameter named __proto__', mail([...head, 'Content-Type: text/plain; __proto__=x; constructor=y'])],
    ['text that backtracks', mail(head, 'Op schreef: '.repeat(5_000))],
  ];
  it.each(cases)('%s', async (_, source) => {
    const parsed = await read(source);
    expect(parsed).toMatchObject({ subject: 'Ancora qui', messageId: '<n@client.example>' });
    expect(parsed.from?.address).toBe('anna@client.example');
    expect(parsed.headers.length).toBeLessThanOrEqual(256);
    expect(Math.max(...parsed.headers.map(({ value }) => value.length))).toBeLessThanOrEqual(4_096);
    expect(parsed.references.length).toBeLessThanOrEqual(100);
  });

  it('nothing at all, and bytes without sense', async () => {
    expect(await read('')).toMatchObject({ from: null, subject: '', text: '' });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        expect(typeof (await parse(bytes)).text).toBe('string');
      }),
      { numRuns: 50 },
    );
  });

  it('any mixture of MIME pieces gives clean, limited values', async () => {
    const piece = fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b\r\n',
      'Content-Type: text/html\r\n',
      'Content-Transfer-Encoding: base64\r\n',
      'Subject: =?utf-8?Q?a=00=1B=0A?=\r\n',
      'From: =?utf-8?B?4oCu?= <a@b.example>\r\n',
      '\r\n',
      '--b\r\n',
      '--b--\r\n',
      'QUJD\r\n',
      '<p>&#27;\u202e\r\n',
      '\0',
      '\r',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const { text, ...rest } = await read(pieces.join(''));
        const dirty = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
        expect(text).not.toMatch(dirty);
        for (const value of [rest.subject, rest.from?.name ?? '', ...rest.headers.map((line) => line.value)])
          expect(value).not.toMatch(dirty);
      }),
      { numRuns: 200 },
    );
  });
});
