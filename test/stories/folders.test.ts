/** Mail that lies elsewhere than in INBOX and Sent: filed by rules, by hand, by filters. */
import { describe, expect, it } from 'vitest';
import { listMessages } from '../../src/store/messages.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openWindows } from '../../src/store/windows.ts';
import type { FakeMailbox } from '../support/fake-mailbox.ts';
import { openStudio, owner, type Studio } from '../support/studio.ts';

const mailboxOf = (studio: Studio) => studio.mailbox as FakeMailbox;
const windows = (studio: Studio) => studio.app.store.read((r) => openWindows(r));
const messages = (studio: Studio) => studio.app.store.read((r) => listMessages(r));

const raw = (from: string, to: string, id: string, more: string[] = []) =>
  [
    `From: ${from}`,
    `To: ${to}`,
    'Subject: Preventivo',
    `Message-ID: <${id}>`,
    ...more,
    '',
    'Mi manda il preventivo?',
    '',
  ].join('\n');
const question = (id = 'q1@bianchi.example') => raw('b@bianchi.example', owner, id);

async function studioWithClient(): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-24T09:30:00+01:00' });
  studio.client('Bianchi Srl', { addresses: ['b@bianchi.example'] });
  return studio;
}

describe.skipIf(process.env['PALETTI_SUITE'] === 'real')('a further folder', () => {
  it('that a rule made since the last look holds what is new, and is acknowledged', async () => {
    const studio = await studioWithClient();
    mailboxOf(studio).make('inbox:Clienti/Bianchi');
    mailboxOf(studio).put('inbox:Clienti/Bianchi', question('old@bianchi.example'), '2026-11-20T10:00:00+01:00');
    mailboxOf(studio).put('inbox:Clienti/Bianchi', question(), '2026-11-24T10:00:00+01:00');
    await studio.at('2026-11-24T10:01:00+01:00');
    expect(messages(studio).map(({ history }) => history)).toEqual([false, true]);
    expect(windows(studio)).toHaveLength(1);
    await studio.at('2026-11-24T17:00:00+01:00');
    expect(studio.sent()).toHaveLength(1);
  });

  it('that is asked for only now was there before: nobody is answered for what lies in it', async () => {
    const studio = await studioWithClient();
    mailboxOf(studio).make('inbox:Archivio');
    mailboxOf(studio).wanted = 'also, and the archive';
    mailboxOf(studio).put('inbox:Archivio', question(), '2026-11-24T10:00:00+01:00');
    await studio.at('2026-11-24T17:00:00+01:00');
    expect(messages(studio).map(({ history }) => history)).toEqual([true]);
    expect(studio.sent()).toEqual([]);
  });

  it('into which a message is moved holds the same message: its window, its acknowledgement and its flag stay', async () => {
    const studio = await studioWithClient();
    mailboxOf(studio).make('inbox:Archivio');
    await studio.at('2026-11-24T09:40:00+01:00');
    mailboxOf(studio).put('inbox', question(), '2026-11-24T10:00:00+01:00');
    await studio.at('2026-11-24T10:01:00+01:00');
    mailboxOf(studio).move('inbox', 0, 'inbox:Archivio');
    await studio.at('2026-11-24T10:02:00+01:00');
    expect(messages(studio)).toMatchObject([{ place: 'inbox:Archivio' }]);
    expect(windows(studio)).toHaveLength(1);
    mailboxOf(studio).flag('inbox:Archivio', 0, '\\Answered');
    await studio.at('2026-11-24T10:03:00+01:00');
    expect(windows(studio)).toEqual([]);
    await studio.at('2026-11-24T17:00:00+01:00');
    expect(studio.sent()).toEqual([]);
    expect(studio.letters()).toMatchObject([{ state: 'dropped' }]);
  });

  it('archived before the laptop woke is seen where it lies', async () => {
    const studio = await studioWithClient();
    mailboxOf(studio).make('inbox:Archivio');
    await studio.at('2026-11-24T09:40:00+01:00');
    mailboxOf(studio).put('inbox', question(), '2026-11-24T10:00:00+01:00');
    mailboxOf(studio).move('inbox', 0, 'inbox:Archivio');
    await studio.at('2026-11-24T11:00:00+01:00');
    expect(windows(studio)).toHaveLength(1);
  });

  it('for unsolicited mail: a client’s is told and waits, and nothing there is acknowledged', async () => {
    const studio = await studioWithClient();
    mailboxOf(studio).make('inbox:Posta indesiderata');
    mailboxOf(studio).put('inbox:Posta indesiderata', question(), '2026-11-24T10:00:00+01:00');
    mailboxOf(studio).put('inbox:Posta indesiderata', raw('x@y.example', owner, 'x'), '2026-11-24T10:00:00+01:00');
    await studio.at('2026-11-24T17:00:00+01:00');
    expect(new Set(messages(studio).map(({ judged }) => judged?.reason))).toEqual(
      new Set(['in-spam-folder', 'spam-folder']),
    );
    expect(windows(studio)).toHaveLength(1);
    expect(
      studio.app.store
        .read((r) => unseenNotices(r))
        .map(({ text }) => text)
        .join(),
    ).toContain('Posta indesiderata');
    expect(studio.sent()).toEqual([]);
    // what a person puts into INBOX is no longer spam
    mailboxOf(studio).move('inbox:Posta indesiderata', 1, 'inbox');
    await studio.at('2026-11-24T17:05:00+01:00');
    expect(messages(studio).find(({ mail }) => mail.messageId === '<x>')?.judged?.kind).toBe('human');
  });

  it('of sent mail: an answer in it is one', async () => {
    const studio = await studioWithClient();
    mailboxOf(studio).make('sent:Sent Messages');
    mailboxOf(studio).put('inbox', question(), '2026-11-24T10:00:00+01:00');
    mailboxOf(studio).put(
      'sent:Sent Messages',
      raw(owner, 'b@bianchi.example', 'a1@studio.example', ['In-Reply-To: <q1@bianchi.example>']),
      '2026-11-24T10:05:00+01:00',
    );
    await studio.at('2026-11-24T17:00:00+01:00');
    expect(windows(studio)).toEqual([]);
    expect(studio.sent()).toEqual([]);
  });
});
