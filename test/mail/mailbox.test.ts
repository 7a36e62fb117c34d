/** The mailbox against an embedded IMAP server over a real socket. Odd servers are in mailbox-faults.test.ts. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser, type Parser } from '../../src/mail/parser.ts';
import { contentHash } from '../../src/rules/content-hash.ts';
import type { Arrival, Mailbox } from '../../src/ports.ts';
import { type Instant, instant, localDay } from '../../src/rules/time.ts';
import { type EmbeddedImap, startEmbeddedImap } from '../support/embedded-imap.ts';

const now = instant('2026-11-24T08:00:00Z');
let imap: EmbeddedImap;
let parser: Parser;
let mailbox: Mailbox;

function mail(id: string, extra = ''): string {
  return `From: Anna <anna@client.example>\r\nTo: studio@me.example\r\nSubject: Mail ${id}\r\nMessage-ID: <${id}@client.example>\r\n${extra}\r\nText of ${id}.\r\n`;
}

function openAt(server: EmbeddedImap, config: { sent?: string; password?: string; host?: string } = {}): Mailbox {
  const { sent = 'auto', password = server.password, host = server.host } = config;
  return openMailbox(
    {
      name: 'studio',
      imap: { host, port: server.port, secure: false, user: server.user, password: async () => password },
      sent,
    },
    { parser, now: () => now },
  );
}

async function all(arrivals: AsyncIterable<Arrival>): Promise<Arrival[]> {
  const list: Arrival[] = [];
  for await (const arrival of arrivals) list.push(arrival);
  return list;
}

beforeEach(async () => {
  imap = await startEmbeddedImap();
  parser = openParser();
  mailbox = openAt(imap);
});

afterEach(async () => {
  await mailbox.close();
  await parser.close();
  await imap.stop();
});

describe('reading a folder', () => {
  it('delivers each message once, in order, with the moment the server received it', async () => {
    for (const n of [1, 2, 3])
      imap.append('inbox', { source: mail(`m${n}`), receivedAt: instant(`2026-11-0${n}T20:0${n}:07Z`) });
    expect(await mailbox.open('inbox')).toMatchObject({
      role: 'inbox',
      path: 'INBOX',
      uidNext: 4,
      keywordsAllowed: true,
    });
    const uids = await mailbox.list('inbox', 0);
    const arrivals = await all(mailbox.fetch('inbox', uids));
    expect(arrivals.map(({ uid }) => uid)).toEqual([1, 2, 3]);
    expect(arrivals.map(({ receivedAt }) => receivedAt)).toEqual([
      instant('2026-11-01T20:01:07Z'),
      instant('2026-11-02T20:02:07Z'),
      instant('2026-11-03T20:03:07Z'),
    ]);
    expect(arrivals.map(({ mail: read }) => read?.subject)).toEqual(['Mail m1', 'Mail m2', 'Mail m3']);
    expect(arrivals.every(({ fault, truncated }) => fault === null && !truncated)).toBe(true);
    expect(arrivals[1]?.contentHash).toBe(contentHash(Buffer.from(mail('m2')), mail('m2').length));
  });

  it('lists only what is above a UID, though the server names its last message again', async () => {
    for (const n of [1, 2, 3]) imap.append('inbox', { source: mail(`m${n}`), receivedAt: now });
    await mailbox.open('inbox');
    expect(await mailbox.list('inbox', 2)).toEqual([3]);
    expect(await mailbox.list('inbox', 3)).toEqual([]);
    expect(await mailbox.list('inbox', 99)).toEqual([]);
  });

  it('lists from a day on, by the moment of receipt', async () => {
    for (const day of ['2026-08-01', '2026-09-01', '2026-09-02'])
      imap.append('inbox', { source: mail(day), receivedAt: instant(`${day}T10:00:00Z`) });
    await mailbox.open('inbox');
    expect(await mailbox.list('inbox', 0, localDay('2026-09-01'))).toEqual([2, 3]);
  });

  it('passes over a message that was expunged meanwhile, and delivers its neighbours', async () => {
    for (const n of [1, 2, 3]) imap.append('inbox', { source: mail(`m${n}`), receivedAt: now });
    await mailbox.open('inbox');
    imap.remove('inbox', 2);
    expect((await all(mailbox.fetch('inbox', [1, 2, 3]))).map(({ uid }) => uid)).toEqual([1, 3]);
  });

  it('delivers 600 messages in batches, in order', async () => {
    for (let n = 1; n <= 600; n += 1) imap.append('inbox', { source: mail(`m${n}`), receivedAt: now });
    await mailbox.open('inbox');
    const arrivals = await all(mailbox.fetch('inbox', await mailbox.list('inbox', 0)));
    expect(arrivals.map(({ uid }) => uid)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
    expect(arrivals.at(-1)?.mail?.messageId).toBe('<m600@client.example>');
  });

  it('allows other commands between two messages of a fetch', async () => {
    for (let n = 1; n <= 300; n += 1) imap.append('inbox', { source: mail(`m${n}`), receivedAt: now });
    await mailbox.open('inbox');
    let seen = 0;
    for await (const { uid } of mailbox.fetch('inbox', await mailbox.list('inbox', 0))) {
      if (uid % 100 === 0) expect(await mailbox.mark('inbox', uid, '$Seen-by-test')).toBe(true);
      seen += 1;
    }
    expect(seen).toBe(300);
  });

  it('fetches only the beginning of a large message and says so', async () => {
    const source = `${mail('big')}${'word '.repeat(40_000)}`;
    imap.append('inbox', { source, receivedAt: now });
    await mailbox.open('inbox');
    const [arrival] = await all(mailbox.fetch('inbox', [1]));
    expect(arrival).toMatchObject({ truncated: true, fault: null });
    expect(arrival?.contentHash).toBe(contentHash(Buffer.from(source.slice(0, 65_536)), source.length));
    expect(arrival?.sizeBytes).toBeGreaterThan(200_000);
    expect((await mailbox.source('inbox', 1))?.length).toBe(arrival?.sizeBytes);
    expect(await mailbox.source('inbox', 7)).toBeNull();
  });

  it('yields a message that cannot be parsed with its fault, and the next one whole', async () => {
    imap.append('inbox', { source: mail('bad'), receivedAt: now });
    imap.append('inbox', { source: mail('good'), receivedAt: now });
    const choking: Parser = {
      ...parser,
      parse: (source, options) =>
        Buffer.from(source).includes('Mail bad') ? Promise.reject(new Error('stuck')) : parser.parse(source, options),
    };
    const other = openMailbox(
      {
        name: 'studio',
        imap: { host: imap.host, port: imap.port, secure: false, user: imap.user, password: async () => imap.password },
        sent: 'auto',
      },
      { parser: choking, now: () => now },
    );
    await other.open('inbox');
    const arrivals = await all(other.fetch('inbox', [1, 2]));
    await other.close();
    expect(arrivals.map(({ uid, fault, mail: read }) => [uid, fault, read?.subject])).toEqual([
      [1, 'stuck', undefined],
      [2, null, 'Mail good'],
    ]);
    expect(arrivals[0]?.contentHash).toBe(contentHash(Buffer.from(mail('bad')), mail('bad').length));
  });

  it('reads a UIDVALIDITY afresh at each opening, and refuses to go on with old UIDs', async () => {
    imap.append('inbox', { source: mail('m1'), receivedAt: now });
    const first = await mailbox.open('inbox');
    imap.resetUidValidity('inbox');
    const second = await mailbox.open('inbox');
    expect(second?.uidValidity).not.toBe(first?.uidValidity);
    imap.resetUidValidity('inbox');
    mailbox.reset();
    await expect(mailbox.list('inbox', 0)).rejects.toMatchObject({ code: 'conflict' });
    expect((await mailbox.open('inbox'))?.uidValidity).not.toBe(second?.uidValidity);
  });
});

describe('flags and keywords', () => {
  it('sets a keyword and reads it back; a UID that is gone is absent', async () => {
    imap.append('inbox', { source: mail('m1'), receivedAt: now, flags: ['\\Answered'] });
    await mailbox.open('inbox');
    expect(await mailbox.mark('inbox', 1, '$PalettiOutOfHours')).toBe(true);
    const flags = await mailbox.flags('inbox', [1, 5]);
    expect(flags.get(1)).toEqual(expect.arrayContaining(['\\Answered', '$PalettiOutOfHours']));
    expect(flags.has(5)).toBe(false);
  });
});

describe('Sent', () => {
  it('files a letter once, at its moment, read, byte for byte', async () => {
    const bytes = Buffer.from(mail('letter', 'X-Long: '.padEnd(200, 'ü')));
    const date = instant('2026-11-23T09:00:00Z');
    expect(await mailbox.isInSent('<letter@client.example>')).toBe(false);
    expect(await mailbox.fileAsSent(bytes, '<letter@client.example>', date)).toBe('filed');
    expect(await mailbox.isInSent('<letter@client.example>')).toBe(true);
    expect(await mailbox.fileAsSent(bytes, '<letter@client.example>', date)).toBe('there-already');
    expect(imap.messages('sent')).toHaveLength(1);
    expect(imap.messages('sent')[0]?.source.equals(bytes)).toBe(true);
    await mailbox.open('sent');
    const [arrival] = await all(mailbox.fetch('sent', [1]));
    expect(arrival).toMatchObject({ receivedAt: date, flags: ['\\Seen'] });
  });

  it('sees what another program filed after Sent was opened', async () => {
    await mailbox.open('sent');
    expect(await mailbox.isInSent('<phone@client.example>')).toBe(false);
    imap.append('sent', { source: mail('phone'), receivedAt: now });
    expect(await mailbox.isInSent('<phone@client.example>')).toBe(true);
  });

  it('is null when the folder named in the config is not there', async () => {
    const other = openAt(imap, { sent: 'No such folder' });
    expect(await other.open('sent')).toBeNull();
    expect(await other.isInSent('<a@b>')).toBe(false);
    await expect(other.fileAsSent(Buffer.from(mail('a')), '<a@b>', now)).rejects.toMatchObject({ code: 'not-found' });
    await other.close();
  });

  it('is filed by the provider itself at Gmail, Outlook and iCloud', () => {
    const filesSent = (host: string, given?: boolean) =>
      openMailbox(
        {
          name: 'x',
          imap: { host, port: 993, secure: true, user: 'u', password: async () => 'p' },
          sent: 'auto',
          ...(given === undefined ? {} : { filesSent: given }),
        },
        { parser, now: () => now },
      ).filesSent;
    expect(['imap.gmail.com', 'outlook.office365.com', 'imap.mail.me.com'].map((host) => filesSent(host))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['imaps.aruba.it', 'notgmail.com.example', 'localhost'].map((host) => filesSent(host))).toEqual([
      false,
      false,
      false,
    ]);
    expect(filesSent('imap.gmail.com', false)).toBe(false);
  });
});

describe('waiting for new mail', () => {
  it('resolves when a message arrives, and the message is there', async () => {
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    setTimeout(() => imap.append('inbox', { source: mail('new'), receivedAt: now }), 200);
    await changed;
    expect(await mailbox.list('inbox', 0)).toEqual([1]);
  });

  it('resolves at once for a message that came between looking and waiting', async () => {
    await mailbox.open('inbox');
    await mailbox.list('inbox', 0);
    imap.append('inbox', { source: mail('between'), receivedAt: now });
    await mailbox.changed('inbox', new AbortController().signal);
    expect(await mailbox.list('inbox', 0)).toEqual([1]);
  });

  it('goes on waiting while other commands break in', async () => {
    await mailbox.open('inbox');
    let resolved = false;
    const changed = mailbox.changed('inbox', new AbortController().signal).then(() => {
      resolved = true;
    });
    await mailbox.fileAsSent(Buffer.from(mail('letter')), '<letter@client.example>', now);
    await mailbox.isInSent('<other@client.example>');
    expect(resolved).toBe(false);
    imap.append('inbox', { source: mail('new'), receivedAt: now });
    await changed;
    expect(resolved).toBe(true);
  });

  it('resolves when the caller gives up, and the line still works', async () => {
    await mailbox.open('inbox');
    const stop = new AbortController();
    const changed = mailbox.changed('inbox', stop.signal);
    setTimeout(() => stop.abort(), 100);
    await changed;
    expect(await mailbox.list('inbox', 0)).toEqual([]);
  });

  it('throws on a lost line, and the next call connects anew', async () => {
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    setTimeout(() => imap.dropConnections(), 200);
    await expect(changed).rejects.toMatchObject({ code: 'unreachable' });
    expect(await mailbox.list('inbox', 0)).toEqual([]);
  });
});

describe('faults', () => {
  it('names a refused login and never the password', async () => {
    const other = openAt(imap, { password: 'wrong-secret' });
    const fault = await other.open('inbox').catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'login-refused', where: `127.0.0.1:${imap.port}` });
    expect(
      JSON.stringify([fault, String(fault), String((fault as Error).cause), (fault as Error).stack]),
    ).not.toContain('wrong-secret');
    await other.close();
  });

  it('asks for the password at every connection', async () => {
    let asked = 0;
    const other = openMailbox(
      {
        name: 'studio',
        imap: {
          host: imap.host,
          port: imap.port,
          secure: false,
          user: imap.user,
          password: async () => {
            asked += 1;
            return imap.password;
          },
        },
        sent: 'auto',
      },
      { parser, now: () => now },
    );
    await other.open('inbox');
    other.reset();
    await other.open('inbox');
    await other.close();
    expect(asked).toBe(2);
  });

  it('names the server that cannot be reached, and connects once it is back', async () => {
    const { port } = imap;
    await imap.stop();
    await expect(mailbox.open('inbox')).rejects.toMatchObject({ code: 'unreachable', where: `127.0.0.1:${port}` });
    imap = await startEmbeddedImap();
    mailbox = openAt(imap);
    expect(await mailbox.open('inbox')).not.toBeNull();
  });

  it('goes on after a reset in the middle of an idle wait', async () => {
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    setTimeout(() => mailbox.reset(), 200);
    await expect(changed).rejects.toMatchObject({ code: 'unreachable' });
    imap.append('inbox', { source: mail('later'), receivedAt: now as Instant });
    expect(await mailbox.list('inbox', 0)).toEqual([1]);
  });
});
