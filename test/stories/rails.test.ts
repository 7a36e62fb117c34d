import { describe, expect, it } from 'vitest';
import { notePaymentsChecked } from '../../src/desk/invoices.ts';
import { pauseSending, resumeSending } from '../../src/desk/sending.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { fromIso, instant } from '../../src/rules/time.ts';
import { caseOf } from '../../src/store/cases.ts';
import { activeHolds } from '../../src/store/holds.ts';
import { factOf } from '../../src/store/facts.ts';
import { entries, said } from '../support/in-words.ts';
import { listMessages } from '../../src/store/messages.ts';
import { noteFull } from '../../src/store/outbox-queue.ts';
import { openWindows } from '../../src/store/windows.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { openStudio, rome, type Studio } from '../support/studio.ts';
import { tell } from '../../src/words/voice.ts';
import type { Told } from '../../src/rules/told.ts';
import { asWritten } from '../../src/rules/reason.ts';

/** `count` clients, each of whom has written. */
function clientsWrite(studio: Studio, count: number): void {
  for (let index = 0; index < count; index++) {
    const client = studio.client(`Cliente ${index}`);
    studio.clientWrites({ from: client.addresses[0] as string, subject: `Domanda ${index}` });
  }
}

/** Also those that are over: what was asked of a day is over with the day. */
const noticesOf = (studio: Studio, prefix: string) =>
  studio.app.store
    .read((r) => r.all<{ key: string; told: string; at: string }>('SELECT key, told, at FROM notices ORDER BY at, id'))
    .map(({ key, told, at }) => ({ key, at, text: tell(JSON.parse(told) as Told, 'en').text }))
    .map((notice) => ({ ...notice, at: fromIso(notice.at) }))
    .filter(({ key }) => key.startsWith(prefix));
const perDay = (studio: Studio) => {
  const days = studio.sent().map((line) => line.split(' ')[1] as string);
  return Object.fromEntries([...new Set(days)].map((day) => [day, days.filter((other) => other === day).length]));
};

describe('caps', () => {
  it('thirty answers wanted on one morning: twenty go, the owner is told, the others go the next day', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    clientsWrite(studio, 30);
    await studio.until('2026-11-23T17:45:00+01:00', 60);
    expect(perDay(studio)).toEqual({ '2026-11-23': 20 });
    expect(noticesOf(studio, 'cap/').map(({ text }) => text)).toEqual([
      'Letters wait: 20 letters left today; the cap is 20.',
    ]);
    await studio.until('2026-11-25T12:00:00+01:00', 120);
    expect(perDay(studio)).toEqual({ '2026-11-23': 20, '2026-11-24': 10 });
    // Each once, and each before the answer it promises is due.
    expect(new Set(studio.courier.taken.map(({ envelope }) => envelope.to)).size).toBe(30);
    expect(noticesOf(studio, 'cap/')).toHaveLength(1);
  });

  it('so many in an hour, and the rest in the next ones', async () => {
    const studio = await openStudio({
      now: '2026-11-23T08:00:00+01:00',
      config: { sending: { mode: 'live', perHour: 4 } },
    });
    clientsWrite(studio, 10);
    await studio.until('2026-11-23T17:00:00+01:00', 20);
    const hours = studio.sent().map((line) => line.split(' ')[3]?.slice(0, 2));
    expect(hours).toEqual([...Array(4).fill('09'), ...Array(4).fill('10'), ...Array(2).fill('11')]);
    expect(noticesOf(studio, 'cap/hour-cap')).toHaveLength(1);
  });

  it('one mail a day to a client: the acknowledgement goes before the reminder', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.invoice(client, { dueOn: '2026-11-12' });
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.until('2026-11-25T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual([
      'acknowledgement-out-of-hours 2026-11-23 Mon 09:00',
      'payment-reminder 2026-11-24 Tue 09:00',
    ]);
  });

  it('an answer to one client leaves the letters to the others where they are', async () => {
    const studio = await openStudio({ now: '2026-11-20T18:30:00+01:00' });
    clientsWrite(studio, 3);
    studio.invoice(studio.client('Luca Bianchi'), { dueOn: '2026-11-10' });
    await studio.at('2026-11-20T19:30:00+01:00');
    studio.ownerAnswers({ to: 'cliente.0@client.example', subject: 'Re: Domanda 0' });
    await studio.until('2026-11-23T12:00:00+01:00', 120);
    expect(studio.courier.taken.map(({ envelope }) => envelope.to).toSorted()).toEqual([
      'cliente.1@client.example',
      'cliente.2@client.example',
      'luca.bianchi@client.example',
    ]);
  });
});

describe('a cap that a client with few hours met', () => {
  const onFridays = parseWeek({ mon: [], tue: [], wed: [], thu: [], fri: ['09:00-13:00'], sat: [], sun: [] });

  it('keeps the letters to others only until the next opening of the owner’s hours', async () => {
    const studio = await openStudio({
      now: '2026-11-20T07:00:00+01:00',
      config: { sending: { mode: 'live', perDay: 2 } },
    });
    for (const name of ['Aaa', 'Bbb', 'Ccc', 'Ddd', 'Eee'])
      studio.invoice(studio.client(name, name === 'Ccc' ? { hours: onFridays } : {}), { dueOn: '2026-10-30' });
    await studio.until('2026-11-23T17:00:00+01:00', 60);
    expect(perDay(studio)).toEqual({ '2026-11-20': 2, '2026-11-23': 2 });
  });

  it('drops no answer by keeping it longer than the cap of its own day does', async () => {
    const studio = await openStudio({
      now: '2026-11-20T07:00:00+01:00',
      config: { sending: { mode: 'live', perDay: 2 } },
    });
    for (const name of ['Aaa', 'Bbb', 'Ccc'])
      studio.invoice(studio.client(name, name === 'Ccc' ? { hours: onFridays } : {}), { dueOn: '2026-10-30' });
    await studio.until('2026-11-20T17:00:00+01:00', 60);
    studio.clock.set(instant('2026-11-23T08:00:00+01:00'));
    clientsWrite(studio, 4);
    await studio.until('2026-11-24T17:00:00+01:00', 60);
    const answers = studio.letters().filter((letter) => letter.kind.startsWith('acknowledgement'));
    expect(answers.map((letter) => letter.state)).toEqual(['filed', 'filed', 'filed', 'filed']);
  });

  it('ends with the day once a clock that was a year ahead is set right', async () => {
    const studio = await openStudio({
      now: '2027-11-23T07:00:00+01:00',
      config: { sending: { mode: 'live', perDay: 1 } },
    });
    clientsWrite(studio, 2);
    await studio.until('2027-11-23T12:00:00+01:00', 60);
    studio.clock.set(instant('2026-11-23T08:00:00+01:00'));
    studio.app.store.write(studio.clock.now(), (w) =>
      noteFull(w, instant('2026-11-24T09:00:00+01:00'), asWritten('the cap')),
    );
    expect(studio.app.store.read((r) => factOf(r, 'sending.fullUntil'))).toBe('2026-11-24T08:00:00Z');
  });
});

describe('the kill switch', () => {
  it('pulled between two letters of one pass: the second stays', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    clientsWrite(studio, 5);
    const send = studio.courier.send.bind(studio.courier);
    studio.courier.send = (envelope, bytes) => {
      if (studio.courier.taken.length === 1) pauseSending(studio.app, { why: 'stop', until: null });
      return send(envelope, bytes);
    };
    await studio.until('2026-11-24T12:00:00+01:00', 120);
    // The one already on its way is not called back.
    expect(studio.courier.taken).toHaveLength(2);
    const waiting = studio.letters().filter(({ state }) => state === 'held');
    expect(waiting.map(({ waitsFor }) => said(waitsFor))).toEqual(Array(3).fill(expect.stringContaining('paused')));
    // What waits says so once, not at every pass.
    const lines = studio.app.store.read((r) => entries(r, { subject: `letter/${waiting[0]?.id}` }));
    expect(lines.filter(({ kind }) => kind === 'letter-waits')).toHaveLength(1);
    studio.courier.send = send;
    resumeSending(studio.app);
    await studio.at('2026-11-24T12:01:00+01:00');
    expect(studio.courier.taken).toHaveLength(5);
  });

  it('with an end lets go by itself, at its end and not before', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    clientsWrite(studio, 1);
    pauseSending(studio.app, { why: '', until: instant('2026-11-23T15:10:00+01:00') });
    await studio.until('2026-11-23T15:05:00+01:00', 85);
    expect(studio.courier.taken).toEqual([]);
    await studio.until('2026-11-23T16:00:00+01:00', 5);
    expect(studio.sent()).toEqual(['acknowledgement-out-of-hours 2026-11-23 Mon 15:10']);
  });

  it('does not stop the record: messages come in, are judged and have their deadline', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    pauseSending(studio.app, { why: 'in viaggio', until: null });
    clientsWrite(studio, 2);
    await studio.until('2026-11-30T12:00:00+01:00', 240);
    expect(studio.courier.taken).toEqual([]);
    expect(studio.app.store.read((r) => openWindows(r, {}))).toHaveLength(2);
    expect(noticesOf(studio, 'window/').some(({ key }) => key.endsWith('/missed'))).toBe(true);
    // A promise that has passed is not made any more.
    resumeSending(studio.app);
    await studio.until('2026-12-01T12:00:00+01:00', 120);
    expect(studio.courier.taken).toEqual([]);
  });
});

describe('payments that nobody has looked at', () => {
  const stale = { dunning: { paymentsCheckedWithinHours: 72 } };

  it('stop the ladder, and the owner is asked once a day at most', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config: stale });
    for (const name of ['Bianchi Srl', 'Verdi Srl']) studio.invoice(studio.client(name), { dueOn: '2026-11-12' });
    await studio.until('2026-11-25T10:00:00+01:00', 60);
    expect(studio.courier.taken).toEqual([]);
    const asked = noticesOf(studio, 'payments-stale/').map(({ at }) => rome(at).slice(0, 10));
    expect(asked).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    notePaymentsChecked(studio.app);
    await studio.until('2026-11-26T17:00:00+01:00', 60);
    expect(studio.sent()).toEqual(Array(2).fill('payment-reminder 2026-11-25 Wed 11:00'));
    expect(noticesOf(studio, 'payments-stale/')).toHaveLength(3);
  });

  it('nobody is asked while no letter about money is due', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config: stale });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-22' });
    await studio.until('2026-11-24T17:00:00+01:00', 120);
    expect(noticesOf(studio, 'payments-stale/')).toEqual([]);
  });

  it('a recorded payment is a look at them too', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config: stale });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-12' });
    const other = studio.invoice(studio.client('Verdi Srl'), { dueOn: '2026-11-12' });
    await studio.until('2026-11-23T10:00:00+01:00', 60);
    studio.paid(other);
    await studio.until('2026-11-23T12:00:00+01:00', 30);
    expect(studio.courier.taken.map(({ envelope }) => envelope.to)).toEqual(['bianchi.srl@client.example']);
  });

  it('that grow old while a letter waits hold it, ask, and let it go', async () => {
    const studio = await openStudio({
      now: '2026-11-23T08:00:00+01:00',
      config: { dunning: { paymentsCheckedWithinHours: 24 }, sending: { mode: 'review' } },
    });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-12' });
    notePaymentsChecked(studio.app);
    await studio.until('2026-11-25T08:30:00+01:00', 150);
    expect(studio.letters()).toMatchObject([{ state: 'held', approval: 'ask' }]);
    studio.approveAll();
    await studio.until('2026-11-25T12:00:00+01:00', 60);
    expect(studio.courier.taken).toEqual([]);
    expect(noticesOf(studio, 'payments-stale/')).toHaveLength(1);
    notePaymentsChecked(studio.app);
    await studio.at('2026-11-25T12:05:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
  });
});

describe('first start and long gap', () => {
  it('asleep for nine days: of what came meanwhile only promises that can be kept are made', async () => {
    const studio = await openStudio({ now: '2026-11-13T10:00:00+01:00' });
    await studio.until('2026-11-13T10:30:00+01:00');
    for (let day = 0; day < 9; day++) {
      const client = studio.client(`Cliente ${day}`);
      const at = new Date(Date.UTC(2026, 10, 14 + day, 12)).toISOString();
      studio.clientWrites({ from: client.addresses[0] as string, subject: `Domanda ${day}` }, at);
    }
    await studio.at('2026-11-23T09:30:00+01:00');
    await studio.until('2026-11-25T12:00:00+01:00', 120);
    // Those of the last three days; the others are overdue, which is said to the owner and not to them.
    expect(studio.courier.taken.map(({ envelope }) => envelope.to)).toEqual(
      ['cliente.6', 'cliente.7', 'cliente.8'].map((name) => `${name}@client.example`),
    );
    expect(studio.app.store.read((r) => openWindows(r, {}))).toHaveLength(9);
    expect(noticesOf(studio, 'gap/')).toHaveLength(1);
  });

  it('a new database on a full mailbox with overdue invoices writes one reminder for each, in their turn', async () => {
    const studio = await openStudio({
      now: '2026-11-23T08:00:00+01:00',
      config: { sending: { mode: 'live', perDay: 3 } },
    });
    for (let index = 0; index < 5; index++) studio.invoice(studio.client(`Cliente ${index}`), { dueOn: '2026-06-30' });
    await studio.until('2026-11-25T12:00:00+01:00', 120);
    expect(perDay(studio)).toEqual({ '2026-11-23': 3, '2026-11-24': 2 });
    expect(new Set(studio.letters().map(({ kind }) => kind))).toEqual(new Set(['payment-reminder']));
  });
});

describe('letters that come back', () => {
  it('a delivery report for another’s letter, or a forged one without ours, holds nobody', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.mailbox.put(
      'inbox',
      [
        'From: MAILER-DAEMON@client.example',
        'To: anna@studio.example',
        'Subject: Undelivered Mail Returned to Sender',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: text/rfc822-headers',
        '',
        'Message-ID: <paletti.0123456789abcdef@studio.example>',
        'To: luca.bianchi@client.example',
        '',
        '--b--',
      ].join('\n'),
      studio.clock.now(),
    );
    await studio.at('2026-11-23T08:05:00+01:00');
    expect(studio.app.store.read((r) => activeHolds(r, { clientId: client.id }))).toEqual([]);
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.until('2026-11-23T12:00:00+01:00', 60);
    expect(studio.courier.taken).toHaveLength(1);
  });

  it('one that is only late holds nobody: the server still tries', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.until('2026-11-23T10:00:00+01:00', 60);
    const text = `Message-ID: ${studio.letters()[0]?.messageId}`;
    for (const subject of ['Delayed Mail (still being retried)', 'Delivery Status Notification (Delay)'])
      studio.clientWrites({ from: 'mailer-daemon@client.example', subject, text, headers: ['Return-Path: <>'] });
    await studio.at('2026-11-23T10:30:00+01:00');
    expect(studio.app.store.read((r) => activeHolds(r, { clientId: client.id }))).toEqual([]);
    expect(noticesOf(studio, 'bounce/')).toEqual([]);
  });

  it('a held client gets no reminder before the owner releases her, and the acknowledgement that bounced is not repeated', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.until('2026-11-23T10:00:00+01:00', 60);
    const messageId = studio.letters()[0]?.messageId as string;
    studio.mailbox.put(
      'inbox',
      [
        'Return-Path: <>',
        'From: Mail Delivery System <postmaster@client.example>',
        'To: anna@studio.example',
        'Subject: Undelivered Mail Returned to Sender',
        'Auto-Submitted: auto-replied',
        '',
        'Your message could not be delivered.',
        '',
        `Message-ID: ${messageId}`,
      ].join('\n'),
      studio.clock.now(),
    );
    studio.invoice(client, { dueOn: '2026-11-12' });
    await studio.until('2026-11-30T12:00:00+01:00', 240);
    expect(said(studio.app.store.read((r) => caseOf(r, client.id, 'EUR'))?.why)).toContain('came back');
    await studio.until('2026-12-04T12:00:00+01:00', 240);
    expect(studio.sent()).toEqual(['acknowledgement-out-of-hours 2026-11-23 Mon 09:00']);
    expect(noticesOf(studio, 'bounce/')).toHaveLength(1);
  });
});

describe('a forged sender', () => {
  const failed =
    'Authentication-Results: mx.studio.example; spf=fail; dmarc=fail (p=reject) header.from=client.example';

  it('by the receiving server’s own word: recorded, marked, not answered', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example', headers: [failed] });
    await studio.until('2026-11-23T17:00:00+01:00', 60);
    expect(studio.courier.taken).toEqual([]);
    const [message] = studio.app.store.read((r) => listMessages(r, { clientId: client.id }));
    expect(message?.judged).toMatchObject({
      kind: 'human',
      reason: 'dmarc-failed',
      why: { code: 'dmarc-failed', because: { code: 'found-forged' } },
    });
    const terminal = terminalOf(studio);
    expect((await terminal.type('inbox')).out).toContain('human, forged?');
    expect((await terminal.type('inbox', 'show', String(message?.id))).out).toContain('dmarc=fail');
    // A real client behind a bad forwarder still gets an answer by hand.
    expect(studio.app.store.read((r) => openWindows(r, { clientId: client.id }))).toHaveLength(1);
  });

  it('parks nobody’s letters with an absence that is forged', async () => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00' });
    const client = studio.client('Luca Bianchi');
    studio.invoice(client, { dueOn: '2026-11-12' });
    const away = { subject: 'Fuori ufficio', text: 'Sono in ferie fino al 31 dicembre 2026.' };
    studio.clientWrites({
      from: 'luca.bianchi@client.example',
      ...away,
      headers: ['Auto-Submitted: auto-replied', failed],
    });
    await studio.until('2026-11-23T12:00:00+01:00', 60);
    expect(studio.sent()).toEqual(['payment-reminder 2026-11-23 Mon 09:00']);
  });

  it.each([
    [
      'below the server’s own',
      ['Authentication-Results: mx.studio.example; dmarc=pass', 'Received: from a by b', failed],
      {},
    ],
    [
      'in another server’s name',
      ['Authentication-Results: mx.studio.example; dmarc=pass', failed.replace('mx.studio', 'mx.evil')],
      {},
    ],
    [
      'not by a server the owner named',
      [failed.replace('mx.studio', 'mx.evil')],
      { authServers: ['MX.studio.example'] },
    ],
  ])('by a word that is itself forged (%s): answered', async (_, headers, options) => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', config: { acknowledgement: options } });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example', headers });
    await studio.until('2026-11-23T12:00:00+01:00', 60);
    expect(studio.courier.taken).toHaveLength(1);
  });

  it('cannot hide behind a forged pass', async () => {
    const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
    studio.client('Luca Bianchi');
    const headers = [failed, 'Authentication-Results: mx.studio.example; dmarc=pass'];
    studio.clientWrites({ from: 'luca.bianchi@client.example', headers });
    await studio.until('2026-11-23T12:00:00+01:00', 60);
    expect(studio.courier.taken).toEqual([]);
  });
});
