/**
 * The whole app, running as the daemon does, while its line to the IMAP server or the mailbox behind it is spoilt. After
 * each fault the next message is recorded, nothing stands there twice, and nobody is acknowledged for old news.
 */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openCourier } from '../../src/mail/courier.ts';
import { defaultImapTimeouts } from '../../src/mail/imap-line.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import { minuteMs } from '../../src/rules/time.ts';
import { unseenNotices } from '../support/in-words.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { tally } from './figures.ts';
import { startWire, type Wire } from './wire.ts';
import { client, makePlace, password, type Place, passHere, raw, rome, type Servers, startServers } from './world.ts';

/** Sunday night: what arrives now is acknowledged on Monday at nine. */
const night = rome('2026-11-08T22:00');
const timeouts = { connect: 5_000, greeting: 5_000, command: 2_500, silence: 1_500 };
/** Of the test, not of the daemon: the machine may be busy. */
const patience = { timeout: 50_000, interval: 50 };

const counted = { tried: 0, losses: 0, doubles: 0, wrong: 0, slowestMs: 0 };

class World {
  readonly clock = new HandClock(night);
  readonly servers: Servers;
  readonly wire: Wire;
  readonly place: Place;
  app!: App;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  private constructor(servers: Servers, wire: Wire, place: Place) {
    this.servers = servers;
    this.wire = wire;
    this.place = place;
  }

  /** With two clients, and a message of the first that was there and judged before anything went wrong. */
  static async open(): Promise<World> {
    const servers = await startServers();
    const wire = await startWire(servers.imap);
    const place = makePlace({ ...servers, imap: { ...servers.imap, port: wire.port } });
    const world = new World(servers, wire, place);
    await world.start();
    await world.app.pass();
    world.app.store.write(night, (w) => ['Neri', 'Verdi'].map((name) => client(w, name)));
    world.arrives('Neri', 'old');
    await world.app.pass();
    return world;
  }

  async start(): Promise<void> {
    const secret = async () => password;
    const parts = { parser: openParser(), now: () => this.clock.now(), timeouts };
    this.app = await openApp({
      config: this.place.config,
      clock: this.clock,
      log: silentLog,
      network: {
        mailbox: (one) =>
          openMailbox({ ...one, imap: { ...one.imap, secure: false, password: secret, tls: {} } }, parts),
        courier: (one) =>
          openCourier({ mailbox: one.name, smtp: { ...one.smtp, secure: false, password: secret, tls: {} } }),
        close: async () => {},
      },
    });
  }

  /** Until it waits for news. */
  async run(): Promise<void> {
    this.#stop = new AbortController();
    this.#running = this.app.run(this.#stop.signal);
    await vi.waitFor(() => expect(this.wire.idling()).toBe(1), patience);
  }

  async shut(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.app.shut();
  }

  async restart(): Promise<void> {
    await this.shut();
    await this.start();
  }

  async close(): Promise<void> {
    await Promise.all([this.wire.stop(), this.servers.stop()]);
    this.place.remove();
  }

  arrives(name: string, id: string, text?: string): void {
    const from = `${name} <${name.toLowerCase()}@client.example>`;
    this.puts(raw({ from, subject: `Tema ${id}`, messageId: idOf(id), ...(text !== undefined && { text }) }));
  }

  puts(source: string): void {
    this.servers.imap.append('inbox', { source, receivedAt: this.clock.now() });
    this.clock.advance(1_000);
  }

  /** How many messages that stand for themselves are on record with this Message-ID. */
  onRecord(id: string): number {
    const sql = 'SELECT count(*) AS count FROM messages WHERE message_id = ? AND replaced_by IS NULL';
    return this.app.store.read((r) => r.get<{ count: number }>(sql, idOf(id))?.count ?? 0);
  }

  async recorded(...ids: string[]): Promise<void> {
    await vi.waitFor(() => expect(ids.map((id) => this.onRecord(id))).toEqual(ids.map(() => 1)), patience);
  }

  /** Who was acknowledged, when the offices have opened; the mailbox is sound again. */
  async acknowledged(): Promise<string[]> {
    const moments = ['2026-11-09T09:05', '2026-11-09T11:00', '2026-11-10T09:05'].map(rome);
    const who = await passHere(this.place, moments, () =>
      this.servers.smtp.bodies.map((body) => /^To:.*?(\w+)@client/im.exec(body.toString())?.[1] ?? '?').toSorted(),
    );
    counted.tried += 1;
    counted.losses += Number(!who.includes('verdi'));
    counted.doubles += who.length - new Set(who).size;
    counted.wrong += Number(who.length !== 2);
    return who;
  }
}

const idOf = (id: string) => `<${id}@client.example>`;

type Fault = [name: string, spoil: (world: World) => void | Promise<void>];

const seen = (world: World, what: RegExp): Promise<void> =>
  new Promise((done) => {
    world.wire.onCommand = (command) => {
      if (what.test(command)) done();
    };
  });

const soon = () => new Promise((done) => setTimeout(done, 300));

function whenAnswered(world: World, what: RegExp, act: (piece: Buffer) => Buffer): void {
  world.wire.onAnswer = (piece) => {
    if (!what.test(piece.toString('latin1'))) return piece;
    world.wire.onAnswer = (other) => other;
    return act(piece);
  };
}

/** The server dies with half a message said, and is away for a moment. */
function diesInFetch(world: World): Promise<void> {
  return new Promise((done) => {
    whenAnswered(world, /FETCH \(/, (piece) => {
      world.wire.newLines = 'refuse';
      setTimeout(() => {
        world.wire.cut();
        setTimeout(() => ((world.wire.newLines = 'pass'), done()), 500);
      }, 5);
      return piece.subarray(0, Math.min(piece.length >> 1, 200));
    });
    world.arrives('Verdi', 'long', 'x'.repeat(40_000));
  });
}

const nested = Array.from(
  { length: 110 },
  (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
);

const faults: Fault[] = [
  ['the server is restarted in the middle of a fetch', diesInFetch],
  ['the line is cut while it waits for news', ({ wire }) => wire.cut()],
  ['the line goes deaf while it waits for news', ({ wire }) => wire.deafen()],
  [
    'the line goes deaf before the server has confirmed that it waits',
    async (world) => {
      // No pass is at work, whose deadline would end the line: IDLE is begun anew because it was silent for a while.
      const runs = "SELECT count(*) AS count FROM runs WHERE job = 'file'";
      await vi.waitFor(() => expect(world.app.store.read((r) => r.get(runs))).toEqual({ count: 3 }), patience);
      await new Promise<void>((done) => {
        world.wire.onCommand = (command) => {
          if (!/^\S+ IDLE\r\n/i.test(command)) return;
          world.wire.onCommand = () => {};
          world.wire.deafen();
          done();
        };
      });
    },
  ],
  [
    'the line goes deaf in the middle of a pass',
    async (world) => {
      const asked = seen(world, /SELECT|SEARCH/).then(() => world.wire.deafen());
      world.arrives('Verdi', 'long');
      await asked;
    },
  ],
  [
    'the server says BYE and hangs up',
    async ({ wire }) => {
      wire.say('* BYE Server shutting down.');
      wire.newLines = 'refuse';
      wire.cut();
      await soon();
      wire.newLines = 'pass';
    },
  ],
  [
    'the server is there and says nothing',
    async ({ wire }) => {
      wire.newLines = 'silence';
      wire.cut();
      await soon();
      await soon();
      wire.deafen();
      wire.newLines = 'pass';
    },
  ],
  ['INBOX is numbered anew while connected', ({ servers }) => servers.imap.resetUidValidity('inbox')],
  [
    'INBOX is numbered anew while connected, and the line is cut',
    ({ servers, wire }) => {
      servers.imap.resetUidValidity('inbox');
      wire.cut();
    },
  ],
  [
    'INBOX is numbered anew while stopped',
    async (world) => {
      await world.restart();
      world.servers.imap.resetUidValidity('inbox');
      await world.run();
    },
  ],
  [
    'INBOX is numbered anew three times in a row, and Sent as well',
    async (world) => {
      for (const role of ['inbox', 'sent', 'inbox', 'inbox'] as const) {
        world.servers.imap.resetUidValidity(role);
        world.wire.cut();
        await vi.waitFor(() => expect(world.wire.idling()).toBe(1), patience);
      }
    },
  ],
  [
    'INBOX is deleted and made anew, with the old message put back',
    ({ servers, wire }) => {
      const [old] = servers.imap.messages('inbox');
      servers.imap.remove('inbox', old?.uid as number);
      servers.imap.resetUidValidity('inbox');
      servers.imap.append('inbox', { source: old?.source as Buffer, receivedAt: night });
      wire.cut();
    },
  ],
  [
    'a message is expunged between search and fetch',
    async (world) => {
      const fetched = seen(world, /UID FETCH/).then(() => {
        const { imap } = world.servers;
        imap.remove('inbox', imap.messages('inbox').at(-1)?.uid as number);
      });
      world.arrives('Neri', 'brief');
      await fetched;
    },
  ],
  [
    'a message whose structure no library reads',
    (world) => {
      const head = 'From: Verdi <verdi@client.example>\r\nMessage-ID: <deep@client.example>\r\nSubject: Deep';
      world.puts(`${head}\r\n${nested.join('')}Content-Type: text/plain\r\n\r\nIn fondo\r\n`);
    },
  ],
];

describe.concurrent('after a fault of the mailbox the next message is recorded, once', () => {
  afterAll(() => {
    tally({
      'IMAP faults tried': counted.tried,
      losses: counted.losses,
      doubles: counted.doubles,
      'wrong answers': counted.wrong,
    });
    process.stdout.write(
      `the slowest recovery took ${(counted.slowestMs / 1000).toFixed(1)} s, with short deadlines\n`,
    );
  });

  it.for(faults)('%s', { timeout: 120_000 }, async ([, spoil], { onTestFinished }) => {
    const world = await World.open();
    onTestFinished(() => world.close());
    await world.run();
    await spoil(world);
    const before = performance.now();
    world.arrives('Verdi', 'next');
    await world.recorded('next', 'old');
    counted.slowestMs = Math.max(counted.slowestMs, performance.now() - before);
    await world.shut();
    expect(await world.acknowledged()).toEqual(['neri', 'verdi']);
  });

  it('three thousand new messages at once', { timeout: 120_000 }, async ({ onTestFinished }) => {
    const world = await World.open();
    onTestFinished(() => world.close());
    await world.run();
    world.wire.newLines = 'refuse';
    world.wire.cut();
    for (let n = 0; n < 3_000; n += 1)
      world.puts(raw({ from: 'Chi <chi@other.example>', subject: `Numero ${n}`, messageId: idOf(`many-${n}`) }));
    world.wire.newLines = 'pass';
    world.arrives('Verdi', 'next');
    await vi.waitFor(() => expect(world.onRecord('next')).toBe(1), { ...patience, timeout: 100_000 });
    const sql = 'SELECT count(*) AS count, count(DISTINCT message_id) AS ids FROM messages';
    expect(world.app.store.read((r) => r.get(sql))).toEqual({ count: 3_002, ids: 3_002 });
    await world.shut();
    expect(await world.acknowledged()).toEqual(['neri', 'verdi']);
  });

  it('a refused login: the owner hears of it once, nobody hammers the server, no letter is worse off', {
    timeout: 120_000,
  }, async ({ onTestFinished }) => {
    const world = await World.open();
    onTestFinished(() => world.close());
    await world.run();
    world.clock.set(rome('2026-11-09T09:01'));
    world.wire.refusesLogin = true;
    world.wire.logins = 0;
    world.wire.cut();
    const told = () =>
      world.app.store.read((r) => unseenNotices(r)).filter((notice) => notice.key.startsWith('login/studio/imap'));
    await vi.waitFor(() => expect(told()).toHaveLength(1), patience);
    for (let n = 0; n < 5; n += 1) await world.app.pass().catch(() => {});
    expect(world.wire.logins).toBeLessThanOrEqual(2);

    world.clock.advance(minuteMs);
    await vi.waitFor(() => expect(world.wire.logins).toBeGreaterThan(1), patience);
    const letters = world.app.store.read((r) => listLetters(r));
    expect(letters).toMatchObject([{ attempts: 0, lastError: null }]);
    expect(['held', 'queued']).toContain(letters[0]?.state);
    expect(told()).toHaveLength(1);

    world.wire.refusesLogin = false;
    world.arrives('Verdi', 'next');
    world.clock.advance(2 * minuteMs);
    await world.recorded('next');
    await world.shut();
    expect(await world.acknowledged()).toEqual(['neri', 'verdi']);
  });

  it('with the deadlines it really has, a line that went deaf is known within two minutes, and made anew', () => {
    const { silence, connect, greeting, command } = defaultImapTimeouts;
    // what is nearer than a tenth is passed over
    expect(1.1 * silence + greeting).toBeLessThanOrEqual(90_000);
    expect(connect + greeting).toBeLessThanOrEqual(60_000);
    // A line that never gets as far as being logged in is given up after all three.
    expect(connect + greeting + command).toBeLessThan(120_000);
  });
});
