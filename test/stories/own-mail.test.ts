/** The owner's own mails that wait in a folder for the hours of those they go to: every step, and every wrong turn. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../src/errors.ts';
import { isOpen, parseWeek } from '../../src/rules/contact-hours.ts';
import { hourMs, type Instant, instant, plus } from '../../src/rules/time.ts';
import { ownMailById, ownMailsOnTheWay } from '../../src/store/own-mails.ts';
import { openWindows } from '../../src/store/windows.ts';
import type { FakeCourier } from '../support/fake-courier.ts';
import type { FakeMailbox } from '../support/fake-mailbox.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openStudio, owner, rome, type Studio } from '../support/studio.ts';

const path = 'Paletti/In orario';
const place = `inbox:${path}` as const;
const carla = 'carla@client.example';
const midnight = '2026-11-24T00:10:00+01:00';
const atNine = '2026-11-24T09:00:00+01:00';

const mailboxOf = ({ mailbox }: Studio) => mailbox as FakeMailbox;
const courierOf = ({ courier }: Studio) => courier as FakeCourier;
const left = (studio: Studio) => courierOf(studio).own;
const row = (studio: Studio, id = 1) => studio.app.store.read((r) => ownMailById(r, id));
const lies = (studio: Studio) => mailboxOf(studio).folders[place]?.messages.length ?? 0;
const inSent = (studio: Studio) => mailboxOf(studio).folders.sent.messages;
const told = (studio: Studio) => studio.app.store.read((r) => unseenNotices(r)).map(({ text }) => text);

interface Mail {
  from?: string;
  to?: string;
  subject?: string;
  headers?: string[];
  body?: string;
}

function raw({ from = `Anna Rossi <${owner}>`, to = carla, subject = 'Re: Preventivo', ...mail }: Mail = {}): string {
  const { headers = ['Message-ID: <mine@studio.example>'], body = 'Ecco la risposta.' } = mail;
  return [
    `From: ${from}`,
    ...(to === '' ? [] : [`To: ${to}`]),
    ...(subject === '' ? [] : [`Subject: ${subject}`]),
    'Date: Mon, 23 Nov 2026 23:50:00 +0100',
    ...headers,
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ].join('\n');
}

async function studioWithFolder(now = '2026-11-23T20:00:00+01:00'): Promise<Studio> {
  const studio = await openStudio({ now });
  mailboxOf(studio).ownMailFolder = path;
  studio.client('Carla', { addresses: [carla] });
  await studio.app.pass();
  return studio;
}

/** Put there at midnight. */
async function written(mail: Mail = {}, flags: string[] = []): Promise<Studio> {
  const studio = await studioWithFolder();
  mailboxOf(studio).put(place, raw(mail), midnight, flags);
  await studio.at(midnight);
  return studio;
}

describe('an own mail in the folder', () => {
  it('waits through the night, leaves at nine with the date of then, and lies in Sent alone afterwards', async () => {
    const studio = await written({ headers: ['Message-ID: <mine@studio.example>', 'Bcc: capo@altro.example'] }, [
      '\\Draft',
    ]);
    await studio.until('2026-11-24T08:55:00+01:00', 60);
    expect(left(studio)).toEqual([]);
    expect(lies(studio)).toBe(1);
    await studio.at(atNine);
    expect(left(studio)).toMatchObject([{ from: owner, to: [carla, 'capo@altro.example'] }]);
    const sent = left(studio)[0]?.raw ?? '';
    expect(sent).toMatch(/^Date: Tue, 24 Nov 2026 08:00:00 \+0000\r$/m);
    expect(sent.match(/^Date:/gm)).toHaveLength(1);
    expect(sent.match(/^Message-ID: <mine@studio.example>\r$/gm)).toHaveLength(1);
    expect(sent).not.toMatch(/^bcc:/im);
    expect(sent.endsWith('\r\n\r\nEcco la risposta.\r\n')).toBe(true);
    expect(inSent(studio)).toHaveLength(1);
    expect(lies(studio)).toBe(0);
    expect(row(studio)).toMatchObject({ state: 'filed' });
    await studio.until('2026-11-25T18:00:00+01:00', 120);
    expect(left(studio)).toHaveLength(1);
  });

  it('in open hours leaves at once', async () => {
    const studio = await studioWithFolder('2026-11-24T10:00:00+01:00');
    mailboxOf(studio).put(place, raw(), '2026-11-24T10:05:00+01:00');
    await studio.at('2026-11-24T10:05:00+01:00');
    expect(left(studio)).toHaveLength(1);
  });

  it('that she takes out before does not leave', async () => {
    const studio = await written();
    mailboxOf(studio).remove(place, 0);
    await studio.at(atNine);
    expect(left(studio)).toEqual([]);
    expect(row(studio)).toMatchObject({ state: 'taken-back' });
  });

  it('to one client waits for her hours, to two for the owner’s', async () => {
    const studio = await studioWithFolder();
    studio.client('Tarda', { addresses: ['tarda@late.example'], hours: parseWeek({ tue: ['16:00-17:00'] }) });
    const put = (to: string, id: string) =>
      mailboxOf(studio).put(place, raw({ to, headers: [`Message-ID: ${id}`] }), midnight);
    put('tarda@late.example', '<one@studio.example>');
    put(`tarda@late.example, ${carla}`, '<two@studio.example>');
    await studio.at(midnight);
    await studio.at(atNine);
    expect(left(studio).map(({ to }) => to.length)).toEqual([2]);
    await studio.at('2026-11-24T16:00:00+01:00');
    expect(left(studio).map(({ to }) => to.length)).toEqual([2, 1]);
  });

  it('keeps its attachment byte for byte, and what is not ASCII', async () => {
    const studio = await studioWithFolder();
    const body = Buffer.from(
      Array.from({ length: 5_000 }, (_, index) => (index * 37) % 251).map((b) => (b === 10 || b === 13 ? 65 : b)),
    );
    const bytes = Buffer.concat([
      Buffer.from(raw({ body: '' }).trimEnd().replaceAll('\n', '\r\n')),
      Buffer.from('\r\n\r\n'),
      body,
    ]);
    mailboxOf(studio).put(place, bytes, midnight);
    await studio.at(midnight);
    await studio.at(atNine);
    expect(
      Buffer.from(left(studio)[0]?.bytes ?? [])
        .subarray(-body.length)
        .equals(body),
    ).toBe(true);
  });

  it('without a Message-ID gets one, and the copy in Sent has the same', async () => {
    const studio = await written({ headers: [] });
    await studio.at(atNine);
    const id = /^Message-ID: (<own\.[0-9a-f]{32}@studio\.example>)\r$/m.exec(left(studio)[0]?.raw ?? '')?.[1];
    expect(id).toBeDefined();
    expect(new TextDecoder().decode(inSent(studio)[0]?.bytes)).toContain(id);
  });
});

describe('what cannot leave stays, and she is told once', () => {
  it.each<[string, Mail, string]>([
    ['without a recipient', { to: '' }, 'no recipient'],
    ['without a subject', { subject: '' }, 'no subject'],
    ['from somebody else', { from: 'Carla <carla@client.example>' }, 'none of your addresses'],
    ['to what is no address', { to: '-oQ/tmp@client.example' }, 'no address'],
  ])('%s', async (_, mail, words) => {
    const studio = await written(mail);
    await studio.at(atNine);
    expect(left(studio)).toEqual([]);
    expect(lies(studio)).toBe(1);
    expect(told(studio).filter((text) => text.includes(words))).toHaveLength(1);
    // mended: another mail in its place
    mailboxOf(studio).remove(place, 0);
    mailboxOf(studio).put(place, raw(), '2026-11-24T09:10:00+01:00');
    await studio.at('2026-11-24T09:10:00+01:00');
    expect(left(studio)).toHaveLength(1);
    expect(told(studio).filter((text) => text.includes(words))).toEqual([]);
  });

  it('a copy of what stands in Sent is not sent a second time', async () => {
    const studio = await studioWithFolder();
    mailboxOf(studio).put('sent', raw(), midnight);
    mailboxOf(studio).put(place, raw(), midnight);
    await studio.at(atNine);
    expect(left(studio)).toEqual([]);
    expect(told(studio).join()).toContain('stands in Sent');
  });

  it('refused for good: it stays; put back in, it is tried again', async () => {
    const studio = await written();
    courierOf(studio).failWith.push(new DeliveryError('refused', 'recipient', '550 no such user', {}));
    await studio.at(atNine);
    expect(row(studio)).toMatchObject({ state: 'failed' });
    expect(told(studio).join()).toContain('550 no such user');
    await studio.at('2026-11-24T10:00:00+01:00');
    expect(left(studio)).toEqual([]);
    mailboxOf(studio).move(place, 0, place);
    await studio.at('2026-11-24T10:05:00+01:00');
    expect(left(studio)).toHaveLength(1);
  });

  it('refused for now: it is tried again later', async () => {
    const studio = await written();
    courierOf(studio).failWith.push(new DeliveryError('retry', 'server', '421 later', {}));
    await studio.at(atNine);
    expect(left(studio)).toEqual([]);
    await studio.until('2026-11-24T12:00:00+01:00', 5);
    expect(left(studio)).toHaveLength(1);
  });

  it('not taken for one of two: it left, and she hears for whom not', async () => {
    const studio = await written({ to: `${carla}, nobody@client.example` });
    courierOf(studio).rejects = ['nobody@client.example'];
    await studio.at(atNine);
    expect(left(studio)).toHaveLength(1);
    expect(told(studio).join()).toContain('did not take it for nobody@client.example');
    expect(lies(studio)).toBe(0);
  });
});

describe('nothing is lost and nothing leaves twice', () => {
  it('the line breaks: nobody knows; it is not sent again, and found in Sent it is done', async () => {
    const studio = await written();
    courierOf(studio).failWith.push(new DeliveryError('unsure', 'connection', 'the line broke', {}));
    await studio.at(atNine);
    await studio.at('2026-11-24T10:00:00+01:00');
    expect(row(studio)).toMatchObject({ state: 'unsure' });
    expect(left(studio)).toEqual([]);
    expect(told(studio).join()).toContain('may have arrived');
    mailboxOf(studio).put('sent', raw(), '2026-11-24T10:01:00+01:00');
    await studio.at('2026-11-24T10:05:00+01:00');
    expect(row(studio)).toMatchObject({ state: 'filed' });
    expect({ lies: lies(studio), sent: inSent(studio).length, left: left(studio).length }).toEqual({
      lies: 0,
      sent: 1,
      left: 0,
    });
  });

  it.each(['isInSent', 'fileAsSent', 'takeOut', 'source', 'list', 'claims'] as const)(
    'the mailbox breaks at %s: the next pass goes on there',
    async (step) => {
      const studio = await written();
      const mailbox = mailboxOf(studio);
      const act = mailbox[step] as (...args: unknown[]) => unknown;
      let broken = false;
      Object.assign(mailbox, {
        [step]: (...args: unknown[]) => {
          if (broken) return Reflect.apply(act, mailbox, args);
          broken = true;
          throw new DeliveryError('retry', 'connection', 'gone', {});
        },
      });
      studio.clock.set(instant(atNine));
      await studio.app.pass().catch(() => {});
      await studio.at('2026-11-24T09:05:00+01:00');
      expect({ lies: lies(studio), sent: inSent(studio).length, left: left(studio).length }).toEqual({
        lies: 0,
        sent: 1,
        left: 1,
      });
    },
  );

  it('killed while it was handed over: it is asked about, and not sent again', async () => {
    const studio = await written();
    courierOf(studio).sendOwn = () => {
      throw new DeliveryError('unsure', 'connection', 'killed', {});
    };
    await studio.at(atNine);
    await studio.restartWith({});
    await studio.at('2026-11-24T11:00:00+01:00');
    expect(row(studio)).toMatchObject({ state: 'unsure' });
    expect(lies(studio)).toBe(1);
  });

  it('the server numbers the folder anew while it waits: the same mail, once', async () => {
    const studio = await written();
    mailboxOf(studio).renumber(place);
    await studio.at('2026-11-24T08:00:00+01:00');
    await studio.at(atNine);
    expect(left(studio)).toHaveLength(1);
    expect(row(studio, 2)).toBeUndefined();
  });
});

describe('the client who waits', () => {
  it('gets no acknowledgement while the answer waits to leave, nor after it', async () => {
    const studio = await studioWithFolder();
    const { messageId } = studio.clientWrites({ from: carla, subject: 'Preventivo' }, '2026-11-23T22:00:00+01:00');
    await studio.at('2026-11-23T22:05:00+01:00');
    const headers = ['Message-ID: <mine@studio.example>', `In-Reply-To: ${messageId}`];
    mailboxOf(studio).put(place, raw({ headers }), midnight);
    await studio.at(midnight);
    expect(studio.app.store.read((r) => openWindows(r))).toHaveLength(1);
    await studio.until('2026-11-24T12:00:00+01:00', 5);
    expect(studio.app.store.read((r) => openWindows(r))).toEqual([]);
    expect(studio.courier.taken).toEqual([]);
    expect(studio.letters()).toMatchObject([{ state: 'dropped' }]);
  });

  it('gets it when the answer is taken back', async () => {
    const studio = await studioWithFolder();
    studio.clientWrites({ from: carla, subject: 'Preventivo' }, '2026-11-23T22:00:00+01:00');
    mailboxOf(studio).put(place, raw(), midnight);
    await studio.at(midnight);
    mailboxOf(studio).remove(place, 0);
    await studio.until('2026-11-24T12:00:00+01:00', 5);
    expect(studio.courier.taken).toHaveLength(1);
  });
});

it('for no moment does an own mail leave in closed hours, or before it was there', async () => {
  const studio = await studioWithFolder();
  const hours = studio.config.hours;
  let moment = instant('2026-11-24T00:00:00+01:00');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (quarters) => {
      moment = plus(moment, (quarters * hourMs) / 4);
      const before = left(studio).length;
      mailboxOf(studio).put(place, raw({ headers: [`Message-ID: <m${moment}@studio.example>`] }), moment);
      await studio.at(moment);
      if (left(studio).length > before)
        expect({ at: rome(moment as Instant), open: isOpen(hours, moment) }).toMatchObject({ open: true });
      else expect(isOpen(hours, moment)).toBe(false);
    }),
    { numRuns: 25 },
  );
  expect(
    studio.app.store.read((r) => ownMailsOnTheWay(r)).every(({ dueAt }) => dueAt !== null && isOpen(hours, dueAt)),
  ).toBe(true);
});

it('while sending is paused, nothing of hers leaves either', async () => {
  const studio = await written();
  const { pause } = await import('../../src/store/pause.ts');
  studio.app.store.write(studio.clock.now(), (w) =>
    pause(w, { why: { code: 'as-written', text: 'holiday' }, until: null }),
  );
  await studio.at(atNine);
  expect(left(studio)).toEqual([]);
  expect(lies(studio)).toBe(1);
});
