import { describe, expect, it } from 'vitest';
import { importClients } from '../../src/desk/import-clients.ts';
import { registerClient } from '../../src/desk/clients.ts';
import { isWritableAddress } from '../../src/rules/client.ts';
import { editClient, listClients } from '../../src/store/clients.ts';
import { unseenNotices } from '../support/in-words.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { openStudio } from '../support/studio.ts';

/** One client, and everything that looks like her address and would reach somebody else, or nobody. */
const good = 'luca@client.example';
const evil = 'evil@evil.example';
const hostile = [
  `${good}\r\nBcc: ${evil}`,
  `${good}\nRCPT TO:<${evil}>`,
  `${good}\r\n.\r\nMAIL FROM:<${evil}>`,
  `${good}, ${evil}`,
  `${good} ${evil}`,
  `g: ${evil}, ${good};`,
  `Luca <${good}> <${evil}>`,
  `<${evil}> ${good}`,
  `"${good}" <${evil}>`,
  `${good}(${evil})`,
  `(c)${evil}(${good})`,
  `"luca@client.example"@evil.example`,
  `"luca x"@client.example`,
  `luca\\@client.example@evil.example`,
  `luca@client.example@evil.example`,
  `@evil.example:${good}`,
  `luca%client.example@[127.0.0.1]`,
  'luca@[10.0.0.1]',
  'luca@localhost',
  'luca@client',
  'luca@client..example',
  '.luca@client.example',
  'luca.@client.example',
  'lu..ca@client.example',
  'luca@-client.example',
  'luca@client.example.',
  ' @client.example',
  'luca@',
  '@client.example',
  '',
  '<>',
  `luca@client.example\0`,
  `luca\u200b@client.example`,
  `\u202eluca@client.example`,
  'luca@cl\u0456ent.example',
  'l\u00fcca@client.example',
  `=?utf-8?Q?${evil.replace('@', '=40')}?=`,
  `${'x'.repeat(65)}@client.example`,
  `luca@${'x'.repeat(64)}.example`,
  `luca@${'client.'.repeat(40)}example`,
  'luca@client.example>',
  'mailto:luca@client.example',
  'luca@client.example?bcc=evil@evil.example',
  `luca@client.example;${evil}`,
];

const live = { acknowledgement: { to: 'everyone' }, sending: { mode: 'live', perDay: 1000, perHour: 1000 } };
const rowsOf = (address: string) =>
  new TextEncoder().encode(`name,addresses\r\nRossi,"${address.replaceAll('"', '""')}"\r\n`);
const crmRow = (address: string) =>
  new TextEncoder().encode(`Company name,Email\r\nRossi,"${address.replaceAll('"', '""')}"\r\n`);

/** '' when it was taken. */
function refusalOf(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('hostile addresses', () => {
  it('are refused by the register, at the desk and at the command line', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    const terminal = terminalOf(studio);
    for (const address of hostile.filter((text) => text !== '')) {
      expect(() => studio.client('Rossi', { addresses: [address] })).toThrow(/not an address/);
      expect(() => registerClient(studio.app, { name: 'Rossi', addresses: [address] })).toThrow(/not an address/);
      // No command line holds a NUL, and a semicolon parts two addresses there.
      if (/[\0;]/.test(address)) continue;
      const { code } = await terminal.type('clients', 'add', 'Rossi', '--address', address);
      expect({ address, code }).not.toEqual({ address, code: 0 });
    }
    expect(studio.app.store.read((r) => listClients(r))).toEqual([]);
  });

  it('come in by no file, or only as the plain addresses that stand in it', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    for (const address of hostile) {
      for (const bytes of [rowsOf(address), crmRow(address)]) {
        const refusal = refusalOf(() => importClients(studio.app, bytes, { file: 'clients.csv', own: [] }));
        expect(refusal).toMatch(/^$|address|control character|quotation|empty/i);
      }
      for (const client of studio.app.store.read((r) => listClients(r))) {
        expect({ address, found: client.addresses.every(isWritableAddress) }).toEqual({ address, found: true });
        // A list of plain addresses is a list; nothing else may become one.
        const plain = address.split(/[;,]/).map((item) => item.trim().replace(/^'/, ''));
        expect(client.addresses.filter((one) => !plain.includes(one))).toEqual([]);
        studio.app.store.write(studio.clock.now(), (w) =>
          editClient(w, client.id, { name: `x${client.id}`, addresses: [] }),
        );
      }
    }
  });

  it('of whoever writes get nothing, or the one plain address that wrote', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', config: live });
    studio.client('Luca', { addresses: [good] });
    for (const from of hostile) {
      // Believed by the server, each of them: nothing but the form of the address is in question.
      const headers = ['Authentication-Results: mx.studio.example; dmarc=pass'];
      studio.clientWrites({ from, subject: `Da ${hostile.indexOf(from)}`, headers });
      studio.clientWrites({
        headers,
        from: `"${from.replace(/["\\\r\n\0]/g, '')}" <ada${hostile.indexOf(from)}@person.example>`,
      });
    }
    await studio.at('2026-11-23T10:01:00+01:00');
    await studio.until('2026-11-23T12:30:00+01:00', 75);
    const written = studio.courier.taken.map(({ envelope }) => envelope.to);
    expect(written.filter((to) => to.endsWith('@person.example'))).toHaveLength(hostile.length);
    const others = written.filter((to) => !to.endsWith('@person.example'));
    // The client herself, the one who put her name before his own address, and the domain that only looks like hers.
    expect(others.toSorted()).toEqual([evil, good, 'luca@xn--clent-o2e.example']);
    for (const { envelope, raw } of studio.courier.taken) {
      const header = raw.slice(0, raw.indexOf('\r\n\r\n'));
      expect(header.match(/^(?:to|cc|bcc):/gim)).toEqual(['To:']);
      expect(/^To: .*?<?([^<>\s]+@[^<>\s]+?)>?$/im.exec(header.replace(/\r\n[\t ]+/g, ' '))?.[1]).toBe(envelope.to);
    }
  });

  it.each([
    [[`Reply-To: ${evil}`], 'Reply-To'],
    [[`Reply-To: ${good}, ${evil}`], 'several in Reply-To'],
    [[`Return-Path: <${evil}>`], 'the envelope sender of another firm'],
    [[`Return-Path: <${good}>,<${evil}>`], 'two envelope senders'],
    [[`Sender: ${evil}`], 'Sender'],
    [[`Sender: ${evil}`, `Return-Path: <"x"@evil.example>`], 'a quoted envelope sender'],
    [[`Resent-From: ${evil}`], 'Resent-From'],
    [[`Errors-To: ${evil}`, `Disposition-Notification-To: ${evil}`, `Return-Receipt-To: ${evil}`], 'receipts'],
    [[`Bcc: ${evil}`, `X-Original-To: ${evil}`], 'Bcc'],
  ])('named in %j beside a client’s are not written to (%s)', async (headers) => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    studio.client('Luca', { addresses: [good] });
    studio.clientWrites({ from: `Luca <${good}>`, headers });
    await studio.until('2026-11-23T12:30:00+01:00', 75);
    expect(studio.courier.taken.map(({ envelope }) => envelope.to)).toEqual([good]);
    expect(studio.courier.taken[0]?.raw).not.toContain(evil);
  });

  it('two senders in one message: nobody is written to', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', config: live });
    studio.client('Luca', { addresses: [good] });
    studio.clientWrites({ from: `${good}, ${evil}` });
    studio.clientWrites({ from: `${good}`, headers: [`From: ${evil}`] });
    await studio.until('2026-11-23T12:30:00+01:00', 75);
    expect(studio.courier.taken).toEqual([]);
  });
});

describe('a letter under which the register changes', () => {
  it('goes to the address that is there when it leaves', async () => {
    const studio = await openStudio({ now: '2026-11-20T18:30:00+01:00' });
    const client = studio.client('Luca', { addresses: ['old@client.example'] });
    studio.invoice(client, { dueOn: '2026-11-10' });
    await studio.at('2026-11-23T08:59:00+01:00');
    studio.app.store.write(studio.clock.now(), (w) => editClient(w, client.id, { addresses: [good] }));
    await studio.until('2026-11-23T12:00:00+01:00', 30);
    expect(studio.courier.taken.map(({ envelope, raw }) => [envelope.to, raw.includes('old@client.example')])).toEqual([
      [good, false],
    ]);
  });

  it.each(['before it is written', 'while it waits'])(
    'without an address %s waits, and the owner is asked once',
    async (when) => {
      const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config: { sending: { mode: 'review' } } });
      const client = studio.client('Luca', {
        addresses: when === 'while it waits' ? [good] : [],
        domains: ['client.example'],
      });
      const other = studio.client('Giulia');
      studio.invoice(client, { dueOn: '2026-11-10' });
      studio.invoice(other, { dueOn: '2026-11-10' });
      await studio.until('2026-11-23T09:30:00+01:00', 30);
      if (when === 'while it waits')
        studio.app.store.write(studio.clock.now(), (w) => editClient(w, client.id, { addresses: [] }));
      studio.approveAll();
      await studio.until('2026-11-25T12:00:00+01:00', 180);
      studio.approveAll();
      await studio.until('2026-11-25T13:00:00+01:00', 30);
      expect(studio.courier.taken.map(({ envelope }) => envelope.to)).toEqual([other.addresses[0]]);
      const asked = studio.app.store.read((r) => unseenNotices(r)).filter(({ key }) => key.startsWith('no-address/'));
      expect(asked).toHaveLength(1);
      studio.app.store.write(studio.clock.now(), (w) => editClient(w, client.id, { addresses: [good] }));
      await studio.until('2026-11-27T12:00:00+01:00', 240);
      studio.approveAll();
      await studio.until('2026-11-30T12:00:00+01:00', 240);
      expect(studio.courier.taken.map(({ envelope }) => envelope.to)).toContain(good);
    },
  );
});
