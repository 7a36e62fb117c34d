import { describe, expect, it } from 'vitest';
import { instant, toIso } from '../../src/rules/time.ts';
import { listMessages, searchMessages } from '../../src/store/messages.ts';
import { openWindows } from '../../src/store/windows.ts';
import { makeStudio, openStudio, rome } from '../support/studio.ts';

describe('stories of answering', () => {
  it('saturday-night-message-acknowledged-monday-at-nine', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    const luca = studio.client('Luca Bianchi', { tone: 'informal', contactName: 'Luca' });
    studio.clock.set(instant('2026-11-21T22:15:00+01:00'));
    const { messageId } = studio.clientWrites({ from: 'Luca <luca.bianchi@client.example>', subject: 'Bozze' });
    await studio.until('2026-11-23T08:59:00+01:00');
    expect(studio.sent()).toEqual([]);
    const [message] = studio.app.store.read((r) => listMessages(r, { clientId: luca.id }));
    expect(message?.judged).toMatchObject({
      kind: 'human',
      outOfHours: true,
      outOfHoursWhy: { code: 'closed-weekday', weekday: 'sat' },
    });

    await studio.at('2026-11-23T09:00:00+01:00');
    expect(studio.sent()).toEqual(['acknowledgement-out-of-hours 2026-11-23 Mon 09:00']);
    const [taken] = studio.courier.taken;
    expect(taken?.envelope).toEqual({ from: '', to: 'luca.bianchi@client.example' });
    for (const line of [
      'Auto-Submitted: auto-replied',
      'X-Auto-Response-Suppress: All',
      'Precedence: bulk',
      `In-Reply-To: ${messageId}`,
    ])
      expect(taken?.raw).toContain(line);
    expect(taken?.raw).not.toContain('multipart');
    const [window] = studio.app.store.read((r) => openWindows(r, { clientId: luca.id }));
    // 72 hours from Saturday 22:15 is Tuesday 22:15, when the studio is closed: Wednesday at nine.
    expect(rome(window?.dueAt as never)).toBe('2026-11-25 Wed 09:00');
    expect(window?.promisedAt).toBe(window?.dueAt);
    await studio.until('2026-11-27T18:00:00+01:00', 120);
    expect(studio.courier.taken).toHaveLength(1);
    expect(studio.letters()[0]?.state).toBe('filed');
    expect(await studio.mailbox.count('sent')).toBe(1);
  });

  it('answered-from-the-phone-so-no-acknowledgement', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.clock.set(instant('2026-11-21T22:15:00+01:00'));
    const { messageId } = studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.at('2026-11-21T22:16:00+01:00');
    expect(studio.letters().map((letter) => letter.state)).toEqual(['held']);
    studio.ownerAnswers({ to: 'luca.bianchi@client.example', inReplyTo: messageId }, '2026-11-22T11:00:00+01:00');
    await studio.at('2026-11-23T09:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(studio.letters()[0]).toMatchObject({
      state: 'dropped',
      endedBy: 'system',
      endedWhy: { code: 'answered-first', because: { code: 'in-thread', where: 'sent' } },
    });
    expect(studio.app.store.read((r) => openWindows(r, { clientId: client.id }))).toEqual([]);
  });

  it('newsletter-recorded-never-answered', async () => {
    const studio = await openStudio({
      now: '2026-11-20T10:00:00+01:00',
      config: { acknowledgement: { to: 'everyone' } },
    });
    studio.client('Luca Bianchi');
    studio.clientWrites({
      from: 'luca.bianchi@client.example',
      subject: 'Newsletter di novembre',
      headers: ['List-Unsubscribe: <mailto:x@y.example>', 'List-Id: <news.client.example>'],
    });
    await studio.until('2026-11-24T12:00:00+01:00', 60);
    expect(studio.letters()).toEqual([]);
    const [message] = studio.app.store.read((r) => listMessages(r, {}));
    expect(message?.judged).toMatchObject({ kind: 'list', windowId: null });
    expect(message?.judged?.why).not.toBe('');
    expect(studio.app.store.read((r) => searchMessages(r, 'newsletter novembre', 10))).toHaveLength(1);
  });

  it('first-start-on-a-full-mailbox-sends-nothing', async () => {
    const late = await makeStudio({ now: '2026-11-20T10:00:00+01:00' });
    late.client('Luca Bianchi');
    const start = instant('2026-08-01T10:00:00+01:00');
    for (let day = 0; day < 111; day++) {
      late.clientWrites(
        { from: 'luca.bianchi@client.example', subject: `Domanda ${day}` },
        toIso((start + day * 86_400_000) as never),
      );
    }
    await late.until('2026-11-24T18:00:00+01:00', 60);
    expect(late.courier.taken).toEqual([]);
    expect(late.letters()).toEqual([]);
    expect(late.app.store.read((r) => openWindows(r, {}))).toEqual([]);
    // 90 days back from 20 November: 22 August and later.
    const recorded = late.app.store.read((r) => listMessages(r, {}));
    expect(
      recorded.every((message) => message.history && message.receivedAt >= instant('2026-08-22T00:00:00+02:00')),
    ).toBe(true);
    expect(recorded).toHaveLength(90);
    // What arrives after the start is answered as usual.
    late.clientWrites({ from: 'luca.bianchi@client.example', subject: 'Nuova domanda' });
    await late.until('2026-11-25T12:00:00+01:00');
    expect(late.courier.taken).toHaveLength(1);
  });

  it('one acknowledgement per address within 72 hours, whatever the subject', async () => {
    const studio = await openStudio({ now: '2026-11-17T10:00:00+01:00' });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example', subject: 'Una cosa' });
    studio.clientWrites({ from: 'luca.bianchi@client.example', subject: 'Tutta un’altra cosa' });
    await studio.until('2026-11-17T17:00:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
    expect(studio.app.store.read((r) => openWindows(r, {}))).toHaveLength(2);
  });

  it('an answered flag set on a phone is a hint that closes the window', async () => {
    const studio = await openStudio({ now: '2026-11-17T08:00:00+01:00' });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.at('2026-11-17T08:01:00+01:00');
    studio.mailbox.flag('inbox', 0, '\\Answered');
    await studio.until('2026-11-17T12:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(studio.letters()[0]?.state).toBe('dropped');
  });

  it('a bounced letter puts the client on hold and tells the owner', async () => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.invoice(client, { dueOn: '2026-10-30' });
    await studio.until('2026-11-02T12:00:00+01:00');
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-02 Mon 09:00']);
    const sentId = studio.letters()[0]?.messageId as string;
    const bounce = [
      'Return-Path: <>',
      'From: Mail Delivery System <mailer-daemon@client.example>',
      'To: anna@studio.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Message-ID: <bounce1@client.example>',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'unknown user',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Final-Recipient: rfc822; luca.bianchi@client.example',
      'Action: failed',
      'Status: 5.1.1',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${sentId}`,
      'Subject: Promemoria',
      '',
      '--b--',
      '',
    ].join('\n');
    studio.mailbox.put('inbox', bounce, studio.clock.now());
    await studio.until('2026-12-20T12:00:00+01:00', 240);
    expect(studio.sent()).toHaveLength(1);
    const { unseenNotices } = await import('../support/in-words.ts');
    expect(studio.app.store.read((r) => unseenNotices(r)).some((notice) => notice.key.startsWith('bounce/'))).toBe(
      true,
    );
  });
});
