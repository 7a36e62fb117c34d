import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { type JudgeAtOnce, judge, judgingAtOnce } from '../../src/jobs/judge.ts';
import { receive, receiveNew } from '../../src/jobs/receive.ts';
import { silentLog } from '../../src/log.ts';
import type { Arrival } from '../../src/ports.ts';
import { instant, minuteMs, wallMoment } from '../../src/rules/time.ts';
import { folderOf } from '../../src/store/folders.ts';
import { listMessages } from '../../src/store/messages.ts';
import { entries, unseenNotices } from '../support/in-words.ts';
import { openWindows } from '../../src/store/windows.ts';
import { FakeMailbox } from '../support/fake-mailbox.ts';
import { openStudio as open } from '../support/studio.ts';

/** These reach into the mailbox in memory. */
async function openStudio(options: Parameters<typeof open>[0]) {
  const studio = await open(options);
  return Object.assign(studio, { mailbox: studio.mailbox as FakeMailbox });
}

const start = '2026-11-09T10:00:00+01:00';
const recorded = (studio: Awaited<ReturnType<typeof openStudio>>) => studio.app.store.read((r) => listMessages(r, {}));

/** So many messages come, then the line breaks, at each fetch. @returns what mends it */
function breakLineAfter(count: number, mailbox: FakeMailbox): () => void {
  const fetch = mailbox.fetch.bind(mailbox);
  mailbox.fetch = async function* (role, uids) {
    yield* fetch(role, uids.slice(0, count));
    if (uids.length > count) throw new AppError('unreachable', 'the line broke');
  };
  return () => {
    mailbox.fetch = fetch;
  };
}

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
    const mend = breakLineAfter(2, studio.mailbox);
    const report = await studio.app.pass(['receive']);
    expect(report.faults).toHaveLength(1);
    expect(recorded(studio)).toHaveLength(2);
    mend();
    await studio.app.pass(['receive']);
    expect(recorded(studio)).toHaveLength(5);
  });

  it('gets on with every pass over a line that breaks again and again', async () => {
    const studio = await openStudio({ now: start });
    for (let i = 0; i < 40; i++) studio.clientWrites({ from: 'a@b.example', text: `n. ${i}` });
    breakLineAfter(15, studio.mailbox);
    const after = async () => {
      await studio.app.pass(['receive']);
      return recorded(studio).length;
    };
    expect([await after(), await after(), await after()]).toEqual([15, 30, 40]);
    expect(studio.app.store.read((r) => folderOf(r, 'studio', 'inbox'))?.uidMark).toBe(40);
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

  it('numbered anew more than 72 hours after an acknowledgement, judges and acknowledges nothing again', async () => {
    const studio = await openStudio({ now: start });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
    await studio.until('2026-11-13T10:00:00+01:00', 240);
    for (const role of ['inbox', 'sent'] as const) studio.mailbox.renumber(role);
    expect(await studio.app.pass()).toMatchObject({ judged: 0, sent: 0 });
    await studio.until('2026-11-13T18:00:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
    expect(studio.app.store.read((r) => openWindows(r, {}))).toHaveLength(1);
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

  it.each(['2027-11-09T10:05:00+01:00', '2026-11-11T10:05:00+01:00'])(
    'takes a message of the future, %s, as received now, and says so',
    async (received) => {
      const studio = await openStudio({ now: start });
      studio.client('Luca Bianchi');
      studio.clock.set(instant('2026-11-09T10:06:00+01:00'));
      studio.clientWrites({ from: 'luca.bianchi@client.example' }, received);
      await studio.app.pass();
      await studio.until('2026-11-09T12:00:00+01:00');
      expect(studio.app.store.read((r) => openWindows(r, {}))).toMatchObject([
        { dueAt: instant('2026-11-12T10:06:00+01:00') },
      ]);
      expect(studio.courier.taken).toHaveLength(1);
      const [notice, ...others] = studio.app.store
        .read((r) => unseenNotices(r))
        .filter(({ key }) => key.startsWith('received-ahead/'));
      expect(others).toEqual([]);
      expect(notice?.told).toMatchObject({ messageId: 1, at: wallMoment(instant(received), 'Europe/Rome') });
      expect(notice?.next).toContain('clock');
      const said = studio.app.store.read((r) => entries(r, { subject: 'message/1' }));
      expect(said.filter(({ kind }) => kind === 'message-received-ahead')).toHaveLength(1);
    },
  );

  it('believes a server whose clock is up to a day ahead of this one', async () => {
    const studio = await openStudio({ now: start });
    studio.clientWrites({ from: 'a@b.example' }, '2026-11-10T09:00:00+01:00');
    await studio.app.pass();
    expect(recorded(studio)).toMatchObject([{ receivedAt: instant('2026-11-10T09:00:00+01:00') }]);
    expect(studio.app.store.read((r) => unseenNotices(r))).toEqual([]);
  });

  it('takes what is new after a renumbering for new, although a message of the future was there before', async () => {
    const studio = await openStudio({ now: start });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'a@b.example' }, '2027-11-09T10:00:00+01:00');
    await studio.app.pass();
    studio.clock.advance(minuteMs);
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    studio.mailbox.renumber('inbox');
    await studio.app.pass();
    expect(recorded(studio).filter(({ clientId }) => clientId !== null)).toMatchObject([
      { history: false, judged: { reason: 'acknowledge' } },
    ]);
  });

  it('marks out-of-hours messages on the server', async () => {
    const studio = await openStudio({ now: start });
    studio.clientWrites({ from: 'a@b.example' }, '2026-11-09T22:00:00+01:00');
    await studio.app.pass();
    await studio.app.pass();
    expect(studio.mailbox.folders.inbox.messages[0]?.flags).toContain('$PalettiOutOfHours');
  });

  describe('while it records history', () => {
    const night = '2026-11-07T23:10:00+01:00';

    /** A mailbox that was full before the first start; what was read of it, in one of the two ways. */
    async function firstStart(how: { atOnce: boolean; judge?: JudgeAtOnce['history'] }) {
      const studio = await openStudio({ now: start });
      studio.client('Luca Bianchi');
      const mailbox = new FakeMailbox('old');
      const put = (role: 'inbox' | 'sent', at: string, ...lines: string[]) =>
        mailbox.put(role, ['Content-Type: text/plain', ...lines, '', 'Buongiorno.', ''].join('\n'), at);
      put('inbox', night, 'From: luca.bianchi@client.example', 'To: anna@studio.example', 'Message-ID: <1@c.example>');
      put('inbox', night, 'From: a@list.example', 'List-Id: <l.list.example>', 'Message-ID: <2@c.example>');
      put('inbox', start, 'From: MAILER-DAEMON@x.example', 'Return-Path: <>', 'Auto-Submitted: auto-replied');
      put('inbox', start, 'From: luca.bianchi@client.example', 'References: <1@c.example>', 'Subject: Re: x');
      put('sent', start, 'From: anna@studio.example', 'To: luca.bianchi@client.example', 'In-Reply-To: <1@c.example>');
      const fetch = mailbox.fetch.bind(mailbox);
      mailbox.fetch = async function* (role, uids) {
        for await (const arrival of fetch(role, uids))
          yield role === 'inbox' && arrival.uid === 3 ? torn(arrival) : arrival;
      };
      const parts = { ...studio.app, settings: studio.app.config, log: silentLog, mailbox };
      const judgeAtOnce = { ...judgingAtOnce(parts), ...(how.judge && { history: how.judge }) };
      const report = await receive(how.atOnce ? { ...parts, judgeAtOnce } : parts);
      const later = judge(parts);
      const messages = recorded(studio).toSorted((a, b) => a.id - b.id);
      const said = messages.map(({ id }) => studio.app.store.read((r) => entries(r, { subject: `message/${id}` })));
      return {
        report,
        later,
        messages,
        journal: said.map((entries) => entries.map(({ kind, why, data }) => ({ kind, why, data }))),
      };
    }

    const torn = (arrival: Arrival): Arrival => ({ ...arrival, mail: null, fault: 'torn' });

    it('judges it in the same words as it would be judged in afterwards', async () => {
      const [atOnce, afterwards] = [await firstStart({ atOnce: true }), await firstStart({ atOnce: false })];
      expect(atOnce.messages).toHaveLength(5);
      expect(atOnce.messages).toEqual(afterwards.messages);
      expect(atOnce.journal).toEqual(afterwards.journal);
      expect(atOnce).toMatchObject({ report: { recorded: 5, judged: 4, quarantined: 1 }, later: 0 });
      expect(afterwards).toMatchObject({ report: { recorded: 5, judged: 0, quarantined: 1 }, later: 4 });
    });

    it('writes one line into the journal for all that a transaction read of a large mailbox', async () => {
      const studio = await openStudio({ now: start });
      const mailbox = new FakeMailbox('old');
      const list = 'List-Id: <l.b.example>\n';
      for (let n = 1; n <= 250; n += 1)
        mailbox.put('inbox', `From: a@b.example\n${n % 10 === 0 ? list : ''}Subject: ${n}\n\nx\n`, night);
      const parts = { ...studio.app, settings: studio.app.config, log: silentLog, mailbox };
      await receive({ ...parts, judgeAtOnce: judgingAtOnce(parts) });
      const said = studio.app.store.read((r) => entries(r, {})).filter(({ kind }) => kind.endsWith('-judged'));
      expect(said).toMatchObject([
        { kind: 'history-judged', subject: 'messages/1-200', data: { kinds: { human: 180, list: 20 } } },
        { kind: 'history-judged', subject: 'messages/201-250', data: { kinds: { human: 45, list: 5 } } },
      ]);
      expect(said[0]?.why).toMatch(/^200 messages were there before .*: nothing is done about them$/);
      expect(recorded(studio).every(({ judged }) => judged !== null)).toBe(true);
    });

    it('loses nothing when a message cannot be judged: all are recorded, and judged later', async () => {
      const spoiled = () => {
        throw new Error('no rule for this');
      };
      const { report, later, messages } = await firstStart({ atOnce: true, judge: spoiled });
      expect(report).toMatchObject({ recorded: 5, judged: 0 });
      expect(later).toBe(4);
      expect(messages.every(({ judged }) => judged !== null)).toBe(true);
    });
  });

  describe('a hint that something arrived', () => {
    it.each([1, 30, 250])('%i messages are judged with their recording, and each is told of once', async (count) => {
      const studio = await openStudio({ now: start });
      studio.client('Luca Bianchi');
      await studio.app.pass();
      for (let n = 0; n < count; n += 1)
        studio.clientWrites({ from: 'luca.bianchi@client.example', subject: `n. ${n}`, messageId: `<${n}@c.example>` });
      const told: string[] = [];
      const log = { ...silentLog, info: (_: string, text: string) => told.push(text) };
      const parts = { ...studio.app, settings: studio.app.config, log, mailbox: studio.mailbox };
      for (const expected of [count, 0]) {
        const report = await receiveNew({ ...parts, judgeAtOnce: judgingAtOnce(parts) });
        expect(report).toMatchObject({ recorded: expected, judged: expected });
        expect(judge(parts)).toBe(0);
      }
      expect(told).toHaveLength(count);
      expect(told[0]).toMatch(/^#1 from luca\.bianchi@client\.example: /);
      expect(studio.letters().filter(({ state }) => state === 'held')).toHaveLength(1);
    });
  });
});
