/**
 * Mail that is meant to break a reader: too large, too deep, too long, or with characters that a terminal, a header or
 * a page would act upon. Each comes from a client of its own and is, to its sender, a person's mail.
 */
export const studioAddress = 'anna@studio.example';

export interface HostileMail {
  name: string;
  /** the client it comes from */
  from: string;
  bytes: Uint8Array;
  /** what keeps it from being acknowledged; undefined: it is acknowledged like any other */
  reason?: string;
}

interface Shape {
  /** header lines instead of the usual ones of the same name */
  head?: string[];
  body?: string | Uint8Array;
  reason?: string;
}

const megabyte = 1_048_576;
const escape = '\u001b[31m\u001b]8;;http://evil.example\u0007';
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const word = (text: string | Buffer, charset = 'utf-8') => `=?${charset}?B?${base64(text)}?=`;

/** Each shape by its name. `megabytes` is the size of the largest. */
function shapes(megabytes: number): Record<string, Shape> {
  return {
    [`${megabytes} MB of attachment`]: {
      head: ['Content-Type: multipart/mixed; boundary=b'],
      body: Buffer.concat([
        Buffer.from('--b\r\nContent-Type: text/plain\r\n\r\nIn allegato il filmato.\r\n'),
        Buffer.from('--b\r\nContent-Type: video/mp4; name=a.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n'),
        Buffer.alloc(megabytes * megabyte, `${'A'.repeat(76)}\r\n`),
        Buffer.from('\r\n--b--\r\n'),
      ]),
    },
    '1 MB of nested div': { head: ['Content-Type: text/html'], body: '<div>'.repeat(megabyte / 5) },
    '1 MB of nested tables': { head: ['Content-Type: text/html'], body: '<table><tr><td>'.repeat(megabyte / 15) },
    '10,000 parts': {
      head: ['Content-Type: multipart/mixed; boundary=b'],
      body: '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(10_000),
    },
    '2,000 levels': {
      head: ['Content-Type: multipart/mixed; boundary=n'],
      body: Array.from(
        { length: 2_000 },
        (_, n) => `--n\r\nContent-Type: multipart/mixed; boundary=n${n}\r\n\r\n`,
      ).join(''),
    },
    'a header of 1 MB': { head: [`X-Long: ${'x'.repeat(megabyte)}`], reason: 'header-cut' },
    'a folded header of 1 MB': { head: [`X-Fold: a${'\r\n b'.repeat(megabyte / 4)}`], reason: 'header-cut' },
    'a header of 20,000 lines': {
      head: Array.from({ length: 20_000 }, (_, n) => `X-${n}: ${n}`),
      reason: 'header-cut',
    },
    'a line of 1 MB': { body: 'x'.repeat(megabyte) },
    'NUL bytes': {
      head: ['Subject: Ciao\0 a tutti', 'X-Nul: \0\0'],
      body: 'a\0\0b\0'.repeat(1_000),
    },
    'NUL in encoded words': { head: [`Subject: ${word('Ciao\0\0')}`, `X-Name: ${word('\0')}`] },
    'an unknown charset': { head: ['Content-Type: text/plain; charset=utf-99', 'Subject: =?utf-99?Q?Ci=C3=A0o?='] },
    'a charset that is a path': { head: ['Content-Type: text/plain; charset="../../etc/passwd"'] },
    'broken UTF-8': {
      head: ['Content-Type: text/plain; charset=utf-8', `Subject: ${word(Buffer.from([0xc3, 0x28, 0xff, 0xfe]))}`],
      body: Buffer.from([0x43, 0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0x0d, 0x0a]),
    },
    'half a surrogate pair': { head: [`Subject: ${word(Buffer.from([0x00, 0xd8]), 'utf-16le')}`] },
    'UTF-16 without a mark': {
      head: ['Content-Type: text/plain; charset=utf-16'],
      body: Buffer.from('Ciao, come va?', 'utf16le'),
    },
    'raw Latin-1 in the header': { head: ['Subject: Perch\u00e9'], body: Buffer.from('perch\u00e9', 'latin1') },
    'shift-out codes of ISO-2022': {
      head: ['Content-Type: text/plain; charset=iso-2022-jp'],
      body: '\u001b$B$3$s\u001b(B \u000e\u000f',
    },
    'bidi marks in name and subject': {
      head: [
        `From: ${word('Anna \u202egnp.asaF\u202c\u2066x\u2069\u200f')} <ADDRESS>`,
        `Subject: ${word('\u202eavuoN\u202c \u200bfattura\u2060\u061c \u{e0041}')}`,
      ],
      body: '\u202etxet\u202c \u200fright\u200b\u061c',
    },
    'escape sequences everywhere': {
      head: [
        `From: ${word(`Luca ${escape}`)} <ADDRESS>`,
        `Subject: ${word(`Ciao ${escape}\u009b2J`)}`,
        'Content-Type: multipart/mixed; boundary=b',
      ],
      body: [
        '--b\r\nContent-Type: text/plain; charset=utf-8\r\n',
        `Ciao ${escape}\u009b2J\u0008\u0008 mondo`,
        `--b\r\nContent-Type: application/pdf; name="=?utf-8?B?${base64(`x${escape}.pdf`)}?="\r\n`,
        'x',
        '--b--',
      ].join('\r\n'),
    },
    'raw escape sequences in the header': { head: [`Subject: Ciao ${escape}`, `X-Other: ${escape}`] },
    'line ends in encoded words': {
      head: [
        'From: =?utf-8?Q?Luca=0D=0ABcc:_evil@evil.example?= <ADDRESS>',
        'Subject: =?utf-8?Q?Ciao=0D=0ABcc:_evil@evil.example=0D=0A=0D=0ACorpo?=',
        'Reply-To: =?utf-8?Q?a=0D=0A_b?= <evil@evil.example>',
      ],
    },
    'encoded words within encoded words': {
      head: [
        `From: ${word('=?utf-8?Q?Luca=0D=0ABcc:_evil@evil.example?=')} <ADDRESS>`,
        `Subject: ${word('=?utf-8?Q?Ciao=0D=0ABcc:_evil@evil.example?=')}`,
      ],
    },
    'bare carriage returns in the header': { head: ['Subject: Ciao\rBcc: evil@evil.example\rX-Evil: 1'] },
    'line separators of Unicode': {
      head: [`Subject: ${word('Ciao\u2028Bcc: evil@evil.example\u2029\u0085\u000b\u000cx')}`],
    },
    'a Message-ID over several lines': {
      head: [
        'Message-ID: <a\r\n b\r\n\tBcc:evil@evil.example>',
        'References: <x\r\n y> <\u0007@z> junk <ok@client.example>',
      ],
    },
    'no Message-ID': { head: ['Message-ID:'] },
    'references without end': { head: [`References: ${'<a@b.example> '.repeat(3_000)}`] },
    'a date that is none': { head: ['Date: \u202eyad yna\u0007'] },
    'templates in name and subject': {
      head: ['From: "{{constructor}} {{#each this}}" <ADDRESS>', 'Subject: {{{signature}}} {{> evil}} ${1+1} <%= x %>'],
      body: '{{{constructor}}}',
    },
    'markup in name and subject': {
      head: [
        'From: "<script>alert(1)</script>" <ADDRESS>',
        'Subject: </p><script>alert(1)</script><img src=x onerror=y>',
      ],
    },
    'a name of quotes, commas and addresses': {
      head: ['From: "evil@evil.example, \\"x\\" <evil@evil.example>;" <ADDRESS>'],
    },
    'attachment names that lead elsewhere': {
      head: ['Content-Type: multipart/mixed; boundary=b'],
      body: '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Disposition: attachment; filename="../../\u0007.bashrc"\r\n\r\nx\r\n--b--\r\n',
    },
    'parameters that are not': {
      head: ["Content-Type: text/plain; __proto__=x; constructor=y; charset*0*=utf-8''%00"],
    },
    'thousands of groups in Cc': { head: [`Cc: ${'g: '.repeat(10_000)}`] },
  };
}

/** @param largest megabytes of the largest one */
export function hostileMails(largest: number): HostileMail[] {
  return Object.entries(shapes(largest)).map(([name, shape], index) => {
    const from = `luca@client${index}.example`;
    return { name, from, bytes: bytesOf(shape, { index, from }), ...(shape.reason && { reason: shape.reason }) };
  });
}

function bytesOf(
  { head = [], body = 'Quando ci sentiamo?' }: Shape,
  mail: { index: number; from: string },
): Uint8Array {
  const usual = [
    'From: Luca <ADDRESS>',
    `To: Anna <${studioAddress}>`,
    'Subject: Ciao',
    `Message-ID: <h${mail.index}@client.example>`,
    'Date: Mon, 23 Nov 2026 10:00:00 +0100',
  ];
  const nameOf = (line: string) => line.slice(0, line.indexOf(':')).toLowerCase();
  const replaced = new Set(head.map(nameOf));
  // The usual ones first, so that a header which is cut still names its sender.
  const lines = [...usual.filter((line) => !replaced.has(nameOf(line))), ...head];
  const header = Buffer.from(`${lines.join('\r\n').replaceAll('ADDRESS', mail.from)}\r\n\r\n`);
  return Buffer.concat([header, Buffer.from(body)]);
}

/**
 * What must not reach a terminal, a header, a page or a record of ours: controls but the line feed, marks that turn the
 * direction of writing or are not seen, and halves of surrogate pairs.
 */
export const harmful =
  /(?!\n)[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/u;
