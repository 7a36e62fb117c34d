import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayMs, hourMs, type Instant, instant, minuteMs, plus } from '../../src/rules/time.ts';
import { listMessages } from '../../src/store/messages.ts';
import type { Taken } from '../support/fake-courier.ts';
import { openStudio, Studio } from '../support/studio.ts';

const start = instant('2026-11-23T08:00:00+01:00');
/** Nothing but triage and the interval stands between two programs. */
const open = { acknowledgement: { to: 'everyone', holdMinutes: 0 } };

function ownerOf(name: string, address: string) {
  return { name, business: name, addresses: [address], language: 'it', timeZone: 'Europe/Rome', iban: '' };
}

/** An instance of its own for each name, all on one clock. */
async function instances(names: readonly string[]): Promise<Studio[]> {
  const studios = names.map((name) => {
    const owner = ownerOf(name, `${name}@${name}.example`);
    const dataDir = mkdtempSync(join(tmpdir(), 'paletti-loop-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    return new Studio({
      now: '2026-11-23T08:00:00+01:00',
      dataDir,
      config: { owner: { ...owner, iban: null }, ...open, contactHours: always },
    });
  });
  for (const studio of studios) {
    await studio.open();
    onTestFinished(() => studio.app.shut());
    await studio.app.pass();
  }
  return studios;
}

const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const always = Object.fromEntries(week.map((day) => [day, ['00:00-24:00']]));

interface Post {
  from: Studio;
  letter: Taken;
}

interface Turn {
  days: number;
  everyMinutes: number;
  /** what left goes where it goes */
  post(post: Post): void;
  before?(): void;
}

/** Turns the clock of all of them together, a pass at each moment. */
async function turn(studios: readonly Studio[], { days, everyMinutes, post, before }: Turn): Promise<void> {
  for (let now = start; now < plus(start, days * dayMs); now = plus(now, everyMinutes * minuteMs)) {
    for (const studio of studios) studio.clock.set(now);
    before?.();
    for (const studio of studios) {
      const known = studio.courier.taken.length;
      await studio.app.pass();
      for (const letter of studio.courier.taken.slice(known)) post({ from: studio, letter });
    }
  }
}

const aWeek = (studios: readonly Studio[], post: Turn['post']) => turn(studios, { days: 7, everyMinutes: 480, post });

/** What a receiving server writes on top of mail that is its sender's own. */
const proven = (address: string) => `Authentication-Results: mx.example; dkim=pass header.d=${address.split('@')[1]}`;

const addressOf = (studio: Studio) => studio.config.owner.addresses[0] as string;

/** A person writes by hand: it lies in her Sent, and in the other's inbox. */
function writes(from: Studio, to: Studio, subject: string): void {
  const raw = [
    proven(addressOf(from)),
    `From: ${addressOf(from)}`,
    `To: ${addressOf(to)}`,
    `Subject: ${subject}`,
    `Message-ID: <${subject.replaceAll(' ', '')}@${addressOf(from)}>`,
    'Content-Type: text/plain',
    '',
    'Ciao, come va?',
    '',
  ].join('\n');
  from.mailbox.put('sent', raw, start, ['\\Seen']);
  to.mailbox.put('inbox', raw, plus(start, minuteMs));
}

/** A server that adds the envelope sender, as RFC 5321 asks, and one that does not. */
const servers: Record<string, (letter: Taken) => string> = {
  'as it left': ({ raw }) => `${proven('x@bea.example')}\r\n${raw}`,
  'with its empty envelope sender': ({ raw, envelope }) =>
    `Return-Path: <${envelope.from}>\r\n${proven('x@bea.example')}\r\n${raw}`,
  'without any mark of a program': ({ raw }) =>
    `${proven('x@bea.example')}\r\n${raw}`.replace(
      /^(?:auto-submitted|precedence|x-[a-z-]+|in-reply-to|references):.*\r\n(?:[ \t].*\r\n)*/gim,
      '',
    ),
};

describe('two instances that face each other', () => {
  it.each(Object.keys(servers))(
    'exchange at most one mail for each that a person wrote (delivered %s)',
    async (how) => {
      const [anna, bea] = (await instances(['anna', 'bea'])) as [Studio, Studio];
      writes(anna, bea, 'Una domanda');
      await aWeek([anna, bea], ({ from, letter }) => {
        const to = from === anna ? bea : anna;
        expect(letter.envelope.to).toBe(addressOf(to));
        to.mailbox.put('inbox', (servers[how] as (letter: Taken) => string)(letter), to.clock.now());
      });
      expect([anna.courier.taken.length, bea.courier.taken.length]).toEqual([0, 1]);
      // The answer by a program is recorded, and silence is the answer to it.
      const heard = anna.app.store.read((r) => listMessages(r, { role: 'inbox' }));
      expect(heard.map((message) => message.judged?.kind)).toEqual(['automatic']);
    },
  );

  it('who both wrote first: one answer each', async () => {
    const [anna, bea] = (await instances(['anna', 'bea'])) as [Studio, Studio];
    writes(anna, bea, 'Una domanda');
    writes(bea, anna, 'Un preventivo');
    await aWeek([anna, bea], ({ from, letter }) => {
      const to = from === anna ? bea : anna;
      to.mailbox.put('inbox', letter.raw, to.clock.now());
    });
    expect([anna.courier.taken.length, bea.courier.taken.length]).toEqual([1, 1]);
  });

  it('three in a ring, each of whom sends on what arrives: one answer to each letter of a person', async () => {
    const ring = await instances(['anna', 'bea', 'carla']);
    for (const [index, studio] of ring.entries()) writes(studio, ring[(index + 1) % 3] as Studio, `Domanda ${index}`);
    await aWeek(ring, ({ from, letter }) => {
      const addressee = ring.find((studio) => addressOf(studio) === letter.envelope.to) as Studio;
      const next = ring[(ring.indexOf(from) + 1) % 3] as Studio;
      addressee.mailbox.put('inbox', letter.raw, addressee.clock.now());
      next.mailbox.put('inbox', letter.raw, next.clock.now());
      next.mailbox.put('inbox', `Resent-To: ${addressOf(next)}\r\n${letter.raw}`, next.clock.now());
    });
    expect(ring.map((studio) => studio.courier.taken.length)).toEqual([1, 1, 1]);
  });
});

describe('our own answer that comes back', () => {
  it.each([
    ['as it was', (raw: string) => raw],
    ['under another sender', (raw: string) => raw.replace(/^From:.*$/m, 'From: luca.bianchi@client.example')],
    [
      'quoted by a responder without a mark',
      (raw: string) =>
        ['From: luca.bianchi@client.example', 'To: anna@studio.example', 'Subject: Re: Auto: Preventivo', '', raw].join(
          '\r\n',
        ),
    ],
    [
      'attached to a delivery report without a mark',
      (raw: string) =>
        [
          'From: postmaster@client.example',
          'To: anna@studio.example',
          'Subject: Re: Auto: Preventivo',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          'Content-Type: message/rfc822',
          '',
          raw,
          '--b--',
        ].join('\r\n'),
    ],
  ])('is met with silence: %s', async (_, returned) => {
    const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config: open });
    studio.client('Luca Bianchi');
    studio.clientWrites({ from: 'luca.bianchi@client.example' });
    await studio.until('2026-11-23T10:00:00+01:00');
    const [answer] = studio.courier.taken;
    studio.mailbox.put('inbox', returned(answer?.raw as string), studio.clock.now());
    await studio.until('2026-11-26T10:00:00+01:00', 360);
    expect(studio.courier.taken).toHaveLength(1);
  });
});

describe('a responder that hides every mark of a program', () => {
  interface Responder {
    delayHours: number;
    /** who the n-th answer comes from */
    sender: (count: number) => string;
    /** days it is watched */
    days: number;
    config?: Record<string, unknown>;
    client?: boolean;
  }

  /** Answers each of our letters after its delay, in words of a person. @returns the days on which we wrote */
  async function daysWritten({ delayHours, sender, days, config, client }: Responder): Promise<string[]> {
    const studio = await openStudio({
      now: '2026-11-23T08:00:00+01:00',
      config: { ...open, contactHours: always, ...config },
    });
    if (client === true) studio.client('Luca', { addresses: [], domains: ['person.example'] });
    let answers = 0;
    const due: Instant[] = [start];
    await turn([studio], {
      days,
      everyMinutes: 240,
      post: () => due.push(plus(studio.clock.now(), delayHours * hourMs)),
      before: () => {
        while (due[0] !== undefined && due[0] <= studio.clock.now()) {
          due.shift();
          const count = answers++;
          const headers = [proven('luca@person.example')];
          studio.clientWrites({
            from: sender(count),
            subject: `Messaggio ${count}`,
            text: 'Sono fuori sede.',
            headers,
          });
        }
      },
    });
    return studio.sent().map((line) => line.split(' ')[1] as string);
  }

  it('gets one answer in 72 hours, however fast it is', async () => {
    expect(await daysWritten({ delayHours: 0, sender: () => 'luca@person.example', days: 7 })).toHaveLength(1);
  });

  it('that waits out the 72 hours gets one in each', async () => {
    const slow = await daysWritten({ delayHours: 73, sender: () => 'luca@person.example', days: 7 });
    expect(slow).toEqual(['2026-11-23', '2026-11-26', '2026-11-29']);
  });

  it('under a new name each time is a client once a day, and a stranger as often as the caps allow', async () => {
    const sender = (count: number) => `luca${count}@person.example`;
    const oneADay = await daysWritten({ delayHours: 0, sender, days: 4, client: true });
    expect(oneADay).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
    const capped = { sending: { mode: 'live', perDay: 3 } };
    const flood = await daysWritten({ delayHours: 0, sender, days: 2, config: capped });
    expect(flood).toEqual(
      ['2026-11-23', '2026-11-24', '2026-11-25'].flatMap((day) => Array(3).fill(day)).slice(0, flood.length),
    );
    expect(flood.length).toBeGreaterThanOrEqual(6);
  });
});
