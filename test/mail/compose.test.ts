/** The bytes of a letter: identical for identical input, one line a header value, nothing read from elsewhere. */
import { describe, expect, it } from 'vitest';
import { compose } from '../../src/mail/compose.ts';
import { parse } from '../../src/mail/parse.ts';
import type { Draft } from '../../src/ports.ts';
import { instant } from '../../src/rules/time.ts';

const stamp = { messageId: '<paletti.1@studio.example>', date: instant('2026-11-23T08:00:00Z') };

function draft(changes: Partial<Draft> = {}): Draft {
  return {
    from: { name: 'Mario Rossi', address: 'mario@studio.example' },
    to: { name: 'Anna Bianchi', address: 'anna@client.example' },
    subject: 'Perché aspettare? Fattura 12/2026',
    text: 'Gentile dott.ssa Bianchi,\n\nè scaduta la fattura.\n.\nMario\n',
    html: null,
    inReplyTo: null,
    references: [],
    headers: {},
    ...changes,
  };
}

const text = async (changes: Partial<Draft> = {}) =>
  Buffer.from(await compose(draft(changes), stamp)).toString('latin1');
/** Header lines, unfolded. */
const header = (bytes: string) =>
  bytes
    .slice(0, bytes.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');

describe('the bytes of a letter', () => {
  it('are the same for the same input, with and without HTML', async () => {
    expect(await text()).toBe(await text());
    expect(await text({ html: '<p>è scaduta</p>' })).toBe(await text({ html: '<p>è scaduta</p>' }));
  });

  it('have CRLF line ends throughout, are ASCII and end with a line end', async () => {
    const bytes = await text({ html: '<p>perché</p>\n<p>così</p>' });
    expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(bytes).toMatch(/^[\x00-\x7f]*$/);
    expect(bytes.endsWith('\r\n')).toBe(true);
    expect(Math.max(...bytes.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('carry the Message-ID and Date they were given, and no mark of a program', async () => {
    const lines = header(await text());
    expect(lines).toContain('Message-ID: <paletti.1@studio.example>');
    expect(lines).toContain('Date: Mon, 23 Nov 2026 08:00:00 +0000');
    expect(lines.filter((line) => /^x-mailer/i.test(line))).toEqual([]);
  });

  it('carry what an acknowledgement needs', async () => {
    const lines = header(
      await text({
        inReplyTo: '<a@client.example>',
        references: ['<0@client.example>', '<a@client.example>'],
        headers: { 'Auto-Submitted': 'auto-replied', Precedence: 'bulk', 'X-Auto-Response-Suppress': 'All' },
      }),
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        'In-Reply-To: <a@client.example>',
        'References: <0@client.example> <a@client.example>',
        'Auto-Submitted: auto-replied',
        'Precedence: bulk',
        'X-Auto-Response-Suppress: All',
        'From: Mario Rossi <mario@studio.example>',
        'To: Anna Bianchi <anna@client.example>',
      ]),
    );
  });

  it('read back as what was written, in text and HTML', async () => {
    const back = await parse(await compose(draft({ html: '<p>Gentile</p>' }), stamp));
    expect(back).toMatchObject({
      subject: 'Perché aspettare? Fattura 12/2026',
      from: { name: 'Mario Rossi', address: 'mario@studio.example' },
      contentType: 'multipart/alternative',
      partTypes: ['multipart/alternative', 'text/plain', 'text/html'],
    });
    expect(back.text).toBe('Gentile dott.ssa Bianchi,\n\nè scaduta la fattura.\n.\nMario');
  });

  it('keep a name with quotes, commas and accents as one name', async () => {
    const name = 'Rossi, "Mario" <boss@evil.example> è';
    const back = await parse(await compose(draft({ to: { name, address: 'anna@client.example' } }), stamp));
    expect(back.to).toEqual([{ name, address: 'anna@client.example' }]);
  });
});

describe('text that looks like an encoded word', () => {
  it('is text to its reader, and decodes to nothing', async () => {
    const trap = '=?utf-8?Q?Hello=0D=0ABcc:_evil@x.example?=';
    const bytes = await compose(draft({ subject: trap, to: { name: trap, address: 'anna@client.example' } }), stamp);
    const { subject, to } = await parse(bytes);
    expect(subject).toBe(trap.replace('=?', '= ?'));
    expect(to[0]?.name).toBe(trap.replace('=?', '= ?'));
  });
});

describe('a letter that could become something else is refused', () => {
  const id = '<x@y.example>\r\nBcc: evil@x.example';
  const cases: [string, Partial<Draft>][] = [
    ['a line break in the subject', { subject: 'Hello\r\nBcc: evil@x.example' }],
    ['a bare line feed in the subject', { subject: 'Hello\nBcc: evil@x.example' }],
    ['a NUL in the subject', { subject: 'Hello\0' }],
    ['a Unicode line separator in the subject', { subject: 'Hello\u2028x' }],
    ['a subject of 999 characters', { subject: 'x'.repeat(999) }],
    ['a line break in a name', { to: { name: 'A\r\nBcc: evil@x.example', address: 'a@b.example' } }],
    ['two recipients in one', { to: { name: '', address: 'a@b.example, evil@x.example' } }],
    ['a group as recipient', { to: { name: '', address: 'g: a@b.example;' } }],
    ['a line break in the sender', { from: { name: '', address: 'a@b.example\r\nBcc: evil@x.example' } }],
    ['a line break in In-Reply-To', { inReplyTo: id }],
    ['a line break in References', { references: ['<ok@y.example>', id] }],
    ['an id without brackets', { inReplyTo: 'x@y.example' }],
    ['a line break in an extra header', { headers: { 'X-Note': 'a\r\nBcc: evil@x.example' } }],
    ['a line break in the name of a header', { headers: { 'X-A\r\nBcc: evil@x.example': 'a' } }],
    ['an extra Bcc', { headers: { Bcc: 'evil@x.example' } }],
    ['a second Subject', { headers: { subject: 'other' } }],
    ['another Content-Type', { headers: { 'Content-Type': 'text/html' } }],
  ];
  it.each(cases)('%s', async (_, changes) => {
    await expect(compose(draft(changes), stamp)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('an object in place of a text, which would be read as a file', async () => {
    const sly = draft({ headers: { 'X-A': { prepared: true, value: 'a\r\nBcc: b@c.example' } as unknown as string } });
    await expect(compose(sly, stamp)).rejects.toMatchObject({ code: 'bad-input' });
    const file = draft({ text: { path: '/etc/hostname' } as unknown as string });
    await expect(compose(file, stamp)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
