/** Files that came by mail: proposed once, fetched when their owner says so, and none by itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { openInvoices } from '../support/money-scenes.ts';
import { camt, fattura, ownVat } from '../support/money-files.ts';
import { openStudio, owner, type Studio } from '../support/studio.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { openTerminal, type Terminal } from './terminal.ts';

interface Scene {
  studio: Studio;
  terminal: Terminal;
  /** how often a message was fetched whole */
  fetched: () => number;
}

async function scene(): Promise<Scene> {
  const named = {
    name: 'Anna Rossi',
    addresses: [owner],
    language: 'it',
    timeZone: 'Europe/Rome',
    vat: `IT${ownVat}`,
    iban: 'IT60X0542811101000000123456',
  };
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { owner: named } });
  studio.client('Bianchi Srl');
  let count = 0;
  const source = studio.mailbox.source.bind(studio.mailbox);
  studio.mailbox.source = (place, uid) => {
    count += 1;
    return source(place, uid);
  };
  const dir = mkdtempSync(join(tmpdir(), 'paletti-mail-files-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const terminal = openTerminal({
    config: null,
    ways: {
      cwd: dir,
      clock: studio.clock,
      readConfig: async () => studio.config,
      openDesk: async (config) => openDesk({ config, clock: studio.clock }),
      openMailboxes: async () => ({ mailboxes: [studio.mailbox], close: async () => {} }),
    },
  });
  return { studio, terminal, fetched: () => count };
}

function withFile(from: string, to: string, name: string, bytes: Uint8Array): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    'Subject: Invio file',
    `Message-ID: <${name}@y.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'In allegato.',
    '--b',
    `Content-Type: application/octet-stream; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '--b--',
    '',
  ].join('\n');
}

/** A certified mail (RFC 6109): the message that was sent is a part of the one that comes. */
function certified(inner: string): string {
  return [
    'From: "Per conto di: sdi01@pec.fatturapa.it" <posta-certificata@pec.example>',
    `To: ${owner}`,
    'Subject: POSTA CERTIFICATA: Invio file',
    'Message-ID: <pec@pec.example>',
    'X-Trasporto: posta-certificata',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Messaggio di posta certificata',
    '--outer',
    'Content-Type: message/rfc822; name="postacert.eml"',
    'Content-Disposition: attachment; filename="postacert.eml"',
    '',
    inner,
    '--outer--',
    '',
  ].join('\n');
}

const notices = (studio: Studio) => studio.app.store.read((r) => unseenNotices(r)).map(({ told }) => told);

describe('a file that came by mail', () => {
  it('an invoice that she sent is proposed, and read when she says so: nothing is fetched before', async () => {
    const { studio, terminal, fetched } = await scene();
    studio.mailbox.put(
      'sent',
      withFile(`Anna <${owner}>`, 'bianchi.srl@client.example', 'IT01234567890_00014.xml', fattura({})),
      studio.clock.now(),
    );
    studio.mailbox.put(
      'sent',
      withFile(`Anna <${owner}>`, 'bianchi.srl@client.example', 'preventivo.pdf', Buffer.from('%PDF')),
      studio.clock.now(),
    );
    await studio.app.pass();
    await studio.app.pass();
    expect(notices(studio)).toEqual([
      {
        code: 'as-written',
        text: "1 mail with files that may be invoices or a bank's: IT01234567890_00014.xml.",
        next: 'paletti invoices import --mail fetches them and shows what they say',
      },
    ]);
    expect([openInvoices(studio), fetched()]).toEqual([[], 0]);
    const preview = await terminal.type('invoices', 'import', '--mail');
    expect(preview.out + preview.err).toMatch(/14\/2026.*Would be done: 1 added/s);
    expect(openInvoices(studio)).toEqual([]);
    await terminal.type('invoices', 'import', '--mail', '--yes');
    expect(openInvoices(studio)).toEqual(['14/2026']);
    await studio.app.pass();
    expect(notices(studio)).toEqual([]);
    expect((await terminal.type('invoices', 'import', '--mail')).err).toMatch(/no mail holds a file/);
  });

  it('is found in the message that a certified mail carries', async () => {
    const { studio, terminal } = await scene();
    const inner = withFile(
      'sdi01@pec.fatturapa.it',
      owner,
      'IT01234567890_00015.xml.p7m',
      fattura({ number: '15/2026' }),
    );
    studio.mailbox.put('inbox', certified(inner), studio.clock.now());
    await studio.app.pass();
    expect(notices(studio)).toHaveLength(1);
    await terminal.type('invoices', 'import', '--mail', '--yes');
    expect(openInvoices(studio)).toEqual(['15/2026']);
  });

  it('a bank’s file is never believed because somebody sent it', async () => {
    const { studio, terminal } = await scene();
    const client = studio.app.store.read((r) => r.get<{ id: number }>('SELECT id FROM clients'))?.id;
    expect(client).toBe(1);
    studio.mailbox.put(
      'inbox',
      withFile('evil@evil.example', owner, 'estratto.camt', camt([['2026-11-06', 122_000, 'X', 'fatt. 14']])),
      studio.clock.now(),
    );
    await studio.until('2026-11-10T18:00:00+01:00', 60);
    expect(await terminal.json('payments', 'list', '--json')).toEqual([]);
    expect(notices(studio).map((told) => (told as { next: string }).next)).toEqual([
      'paletti payments import --mail fetches them and shows what they say',
    ]);
    const read = await terminal.json('payments', 'import', '--mail', '--json', '--yes');
    expect(read).toMatchObject({ files: [{ file: 'estratto.camt', news: 1 }] });
  });

  it('no file named and no mail meant is a slip', async () => {
    const { terminal } = await scene();
    expect(await terminal.type('invoices', 'import')).toMatchObject({ code: 2 });
    expect(await terminal.type('payments', 'import')).toMatchObject({ code: 2 });
  });
});
