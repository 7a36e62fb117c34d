import { describe, expect, it } from 'vitest';
import { folderOf } from '../../src/store/folders.ts';
import { listMessages } from '../../src/store/messages.ts';
import type { FakeMailbox } from '../support/fake-mailbox.ts';
import { openStudio as open } from '../support/studio.ts';

/** These reach into the mailbox in memory. */
async function openStudio(options: Parameters<typeof open>[0]) {
  const studio = await open(options);
  return Object.assign(studio, { mailbox: studio.mailbox as FakeMailbox });
}

const start = '2026-11-09T10:00:00+01:00';
const recorded = (studio: Awaited<ReturnType<typeof openStudio>>) => studio.app.store.read((r) => listMessages(r, {}));

describe('receive', () => {
  it('records a message once, however often it runs', async () => {
    const studio = await openStudio({ now: start });
    studio.clientWrites({ from: 'a@b.example' });
    for (let i = 0; i < 3; i++) await studio.app.pass(['receive']);
    expect(recorded(studio)).toHaveLength(1);
  });

  it('keeps two messages that share a Message-ID', async () => {
    const studio = await openStudio({ now: start });
    studio.clientWrites({ from: 'a@b.example', messageId: '<same@b.example>', text: 'uno' });
    studio.clientWrites({ from: 'a@b.example', messageId: '<same@b.example>', text: 'due' });
    await studio.app.pass();
    expect(recorded(studio)).toHaveLength(2);
  });

  it('moves the mark over a message expunged between search and fetch', async () => {
    const studio = await openStudio({ now: start });
    studio.clientWrites({ from: 'a@b.example' });
    studio.clientWrites({ from: 'a@b.example', text: 'due' });
    const list = studio.mailbox.list.bind(studio.mailbox);
    studio.mailbox.list = async (role, after, since) => {
      const uids = await list(role, after, since);
      if (role === 'inbox') studio.mailbox.folders.inbox.messages.splice(1, 1);
      return uids;
    };
    await studio.app.pass(['receive']);
    expect(recorded(studio)).toHaveLength(1);
    expect(studio.app.store.read((r) => folderOf(r, 'studio', 'inbox'))?.uidMark).toBe(2);
  });

  it('does not move the mark past what it has not got when the line breaks', async () => {
    const studio = await openStudio({ now: start });
    for (let i = 0; i < 5; i++) studio.clientWrites({ from: 'a@b.example', text: `n. ${i}` });
    const fetch = studio.mailbox.fetch.bind(studio.mailbox);
    const { AppError } = await import('../../src/errors.ts');
    studio.mailbox.fetch = async function* (role, uids) {
      let count = 0;
      for await (const arrival of fetch(role, uids)) {
        if (++count > 2) throw new AppError('unreachable', 'the line broke');
        yield arrival;
      }
    };
    const report = await studio.app.pass(['receive']);
    expect(report.faults).toHaveLength(1);
    expect(recorded(studio)).toHaveLength(2);
    studio.mailbox.fetch = fetch;
    await studio.app.pass(['receive']);
    expect(recorded(studio)).toHaveLength(5);
  });

  it('acts on nothing twice when the server numbers a folder anew, and still sees what is new in it', async () => {
    const studio = await openStudio({ now: start });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example', text: 'prima' });
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
    studio.clock.advance(60_000);
    studio.clientWrites({ from: 'luca.bianchi@client.example', subject: 'Altro', text: 'nuova' });
    studio.mailbox.renumber('inbox');
    studio.mailbox.renumber('sent');
    await studio.until('2026-11-14T12:00:00+01:00', 120);
    const texts = recorded(studio)
      .filter((message) => message.role === 'inbox' && !message.history)
      .map((message) => message.mail.text.trim());
    expect(texts.filter((text) => text === 'nuova')).toHaveLength(1);
    expect(studio.letters().filter((letter) => letter.state === 'filed').length).toBe(1);
    const again = await studio.app.pass();
    expect(again).toMatchObject({ recorded: 0, judged: 0 });
  });

  it('records what cannot be read, and goes on with the next', async () => {
    const studio = await openStudio({ now: start });
    const fetch = studio.mailbox.fetch.bind(studio.mailbox);
    studio.mailbox.fetch = async function* (role, uids) {
      for await (const arrival of fetch(role, uids))
        yield arrival.uid === 1 ? { ...arrival, mail: null, fault: 'nested beyond reading' } : arrival;
    };
    studio.clientWrites({ from: 'a@b.example' });
    studio.clientWrites({ from: 'a@b.example', text: 'due' });
    const report = await studio.app.pass();
    expect(report).toMatchObject({ recorded: 2, quarantined: 1 });
    expect(
      recorded(studio)
        .map((message) => message.fault ?? '')
        .sort(),
    ).toEqual(['', 'nested beyond reading']);
  });

  it('marks out-of-hours messages on the server', async () => {
    const studio = await openStudio({ now: start });
    studio.clientWrites({ from: 'a@b.example' }, '2026-11-09T22:00:00+01:00');
    await studio.app.pass();
    await studio.app.pass();
    expect(studio.mailbox.folders.inbox.messages[0]?.flags).toContain('$PalettiOutOfHours');
  });
});
