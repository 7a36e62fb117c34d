/** The mailbox against a real Dovecot over TLS, with a real Maildir. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser, type Parser } from '../../src/mail/parser.ts';
import type { Arrival, Mailbox } from '../../src/ports.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { connectElsewhere, type Dovecot, startDovecot } from '../support/dovecot.ts';

// In the past: Dovecot turns an INTERNALDATE in the future into the present moment.
const now = instant('2024-11-24T09:00:00Z');
let dovecot: Dovecot;
let parser: Parser;
let mailbox: Mailbox;
/** the phone, or any other program */
let other: ImapFlow;

const mail = (id: string, extra = '') =>
  `From: Anna <anna@client.example>\r\nTo: studio@me.example\r\nSubject: Mail ${id}\r\nMessage-ID: <${id}@client.example>\r\n${extra}\r\nText of ${id}.\r\n`;

function openAt(
  changes: { secure?: boolean; ca?: string | null; password?: string; servername?: string } = {},
): Mailbox {
  const { secure = true, ca = dovecot.ca, password = dovecot.password, servername } = changes;
  const tls = { ...(ca === null ? {} : { ca }), ...(servername === undefined ? {} : { servername }) };
  const port = secure ? dovecot.tlsPort : dovecot.port;
  return openMailbox(
    {
      name: 'studio',
      imap: { host: dovecot.host, port, secure, user: dovecot.user, password: async () => password, tls },
      sent: 'auto',
    },
    { parser, now: () => now, timeouts: { silence: 5_000 } },
  );
}

async function all(arrivals: AsyncIterable<Arrival>): Promise<Arrival[]> {
  const list: Arrival[] = [];
  for await (const arrival of arrivals) list.push(arrival);
  return list;
}

async function emptied(): Promise<void> {
  for (const path of ['INBOX', 'Posta inviata']) {
    await other.mailboxOpen(path);
    await other.messageDelete('1:*');
  }
}

beforeAll(async () => {
  dovecot = await startDovecot();
  parser = openParser();
});

beforeEach(async () => {
  other = await connectElsewhere(dovecot);
  await emptied();
  mailbox = openAt();
});

afterEach(async () => {
  await mailbox.close();
  other.close();
});

afterAll(async () => {
  await parser?.close();
  await dovecot?.stop();
});

describe('a real server', () => {
  it('is read for the first time, with a message nested deeper than imapflow reads', async () => {
    const depth = Array.from(
      { length: 120 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    ).join('');
    await other.append('INBOX', mail('a'), ['\\Seen'], new Date('2024-08-01T10:00:00Z'));
    await other.append(
      'INBOX',
      `Subject: Deep\r\n${depth}Content-Type: text/plain\r\n\r\nIn fondo\r\n`,
      [],
      new Date('2024-11-20T21:04:00Z'),
    );
    await other.append(
      'INBOX',
      mail('c', `X-Pad: ${'p'.repeat(200)}\r\n`) + 'word '.repeat(40_000),
      [],
      new Date('2024-11-21T07:00:00Z'),
    );
    const state = await mailbox.open('inbox');
    expect(state).toMatchObject({ path: 'INBOX', keywordsAllowed: true });
    const uids = await mailbox.list('inbox', 0);
    const arrivals = await all(mailbox.fetch('inbox', uids));
    expect(arrivals.map(({ mail: read }) => read?.subject)).toEqual(['Mail a', 'Deep', 'Mail c']);
    expect(arrivals.map(({ receivedAt }) => receivedAt)).toEqual([
      instant('2024-08-01T10:00:00Z'),
      instant('2024-11-20T21:04:00Z'),
      instant('2024-11-21T07:00:00Z'),
    ]);
    expect(arrivals.map(({ truncated }) => truncated)).toEqual([false, false, true]);
    expect(arrivals[0]?.flags).toContain('\\Seen');
    expect(await mailbox.list('inbox', 0, localDay('2024-11-01'))).toEqual(uids.slice(1));
    expect((await mailbox.source('inbox', uids[2] as number))?.length).toBe(arrivals[2]?.sizeBytes);
    expect(state?.uidNext).toBe((uids.at(-1) as number) + 1);
  });

  it('delivers 1,200 messages once each, in order', async () => {
    for (let n = 0; n < 1_200; n += 1) await other.append('INBOX', mail(`m${n}`), [], new Date(now));
    await mailbox.open('inbox');
    const uids = await mailbox.list('inbox', 0);
    const arrivals = await all(mailbox.fetch('inbox', uids));
    expect(arrivals.map(({ uid }) => uid)).toEqual(uids);
    expect(arrivals.map(({ mail: read }) => read?.messageId)).toEqual(
      Array.from({ length: 1_200 }, (_, n) => `<m${n}@client.example>`),
    );
  });

  it('rings when another connection appends, once for two', async () => {
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    // By then it idles; earlier, the message would be found by looking.
    await sleep(500);
    await other.append('INBOX', mail('x'), [], new Date(now));
    await other.append('INBOX', mail('y'), [], new Date(now));
    await changed;
    await expect.poll(async () => (await mailbox.list('inbox', 0)).length).toBe(2);
  });

  it('numbers anew: seen at the next opening, and not before acted upon', async () => {
    await other.append('INBOX', mail('a'), [], new Date(now));
    const before = await mailbox.open('inbox');
    await dovecot.restart();
    await dovecot.resetUidValidity();
    other.close();
    other = await connectElsewhere(dovecot);
    mailbox.reset();
    await expect(mailbox.list('inbox', 0)).rejects.toMatchObject({ code: 'conflict' });
    const after = await mailbox.open('inbox');
    expect(after?.uidValidity).not.toBe(before?.uidValidity);
    expect(
      (await all(mailbox.fetch('inbox', await mailbox.list('inbox', 0)))).map(({ mail: read }) => read?.subject),
    ).toEqual(['Mail a']);
  });

  it('files a sent letter once, byte for byte, in the folder the server marks', async () => {
    const letter = Buffer.from(mail('letter'));
    expect(await mailbox.open('sent')).toMatchObject({ path: 'Posta inviata' });
    const date = instant('2024-11-23T08:00:00Z');
    expect(await mailbox.fileAsSent(letter, '<letter@client.example>', date)).toBe('filed');
    expect(await mailbox.fileAsSent(letter, '<letter@client.example>', date)).toBe('there-already');
    const [uid] = await mailbox.list('sent', 0);
    expect(Buffer.from((await mailbox.source('sent', uid as number)) ?? []).equals(letter)).toBe(true);
    expect((await all(mailbox.fetch('sent', [uid as number])))[0]).toMatchObject({
      receivedAt: date,
      flags: ['\\Seen'],
    });
    expect(await mailbox.isInSent('<other@client.example>')).toBe(false);
    await other.append('Posta inviata', mail('phone'), [], new Date(now));
    expect(await mailbox.isInSent('<phone@client.example>')).toBe(true);
  });

  it('keeps a keyword, and tells of \\Answered set by another program', async () => {
    await other.append('INBOX', mail('a'), [], new Date(now));
    await mailbox.open('inbox');
    const [uid] = (await mailbox.list('inbox', 0)) as [number];
    expect(await mailbox.mark('inbox', uid, '$PalettiOutOfHours')).toBe(true);
    await other.mailboxOpen('INBOX');
    await other.messageFlagsAdd({ all: true }, ['\\Answered']);
    expect((await mailbox.flags('inbox', [uid, uid + 1])).get(uid)).toEqual(
      expect.arrayContaining(['$PalettiOutOfHours', '\\Answered']),
    );
  });

  it('passes over what was expunged between search and fetch', async () => {
    for (const id of ['a', 'b', 'c']) await other.append('INBOX', mail(id), [], new Date(now));
    await mailbox.open('inbox');
    const uids = await mailbox.list('inbox', 0);
    await other.mailboxOpen('INBOX');
    await other.messageDelete(String(uids[1]), { uid: true });
    // Until then Dovecot may still deliver it.
    await mailbox.open('inbox');
    expect((await all(mailbox.fetch('inbox', uids))).map(({ uid }) => uid)).toEqual([uids[0], uids[2]]);
  });

  it('is found again after its process died and after a restart', async () => {
    await other.append('INBOX', mail('a'), [], new Date(now));
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    setTimeout(() => void dovecot.killWorkers(), 500);
    await expect(changed).rejects.toMatchObject({ code: 'unreachable' });
    expect(await mailbox.list('inbox', 0)).toHaveLength(1);
    await dovecot.restart();
    await expect.poll(() => mailbox.list('inbox', 0).catch(() => []), { timeout: 20_000 }).toHaveLength(1);
    other.close();
    other = await connectElsewhere(dovecot);
  });
});

describe('TLS with a certificate of one’s own authority', () => {
  it('works by STARTTLS as well', async () => {
    const clear = openAt({ secure: false });
    expect(await clear.open('inbox')).not.toBeNull();
    await clear.close();
  });

  it.each([
    ['without the authority', { ca: null }],
    ['without the authority, by STARTTLS', { ca: 'none', secure: false }],
    ['under another name', { servername: 'mail.evil.example' }],
  ])('is refused %s', async (_, changes) => {
    const refused = openAt(changes);
    const fault = await refused.open('inbox').catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'unreachable', message: expect.stringContaining('TLS') });
    await refused.close();
  });

  it('a wrong password is a refused login', async () => {
    const wrong = openAt({ password: 'not-it' });
    await expect(wrong.open('inbox')).rejects.toMatchObject({ code: 'login-refused' });
    await wrong.close();
  });
});
