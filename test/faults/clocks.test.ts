/**
 * A real daemon whose clock jumps under it (libfaketime), both days of the clock change in five zones, and a system that
 * is set to another zone. Each due thing happens once, and none in a forbidden hour.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { isDue } from '../../src/rules/job-times.ts';
import { dayMs, hourMs, type Instant, instant, minuteMs, plus, toIso } from '../../src/rules/time.ts';
import type { Reader } from '../../src/store/database.ts';
import { unseenNotices } from '../support/in-words.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { openStudio } from '../support/studio.ts';
import { tally } from './figures.ts';
import { faketimeLibrary } from './machine.ts';
import { start, type Running } from './program.ts';
import {
  client,
  idOf,
  invoice,
  makePlace,
  passHere,
  type Place,
  raw,
  rome,
  type Servers,
  startServers,
} from './world.ts';

const counted = { jumps: 0, changes: 0, doubles: 0, losses: 0, wrongHours: 0 };

afterAll(async () => {
  for (const studio of opened) await studio.end();
  tally({
    'clock jumps': counted.jumps,
    'clock changes': counted.changes,
    doubles: counted.doubles,
    losses: counted.losses,
    'wrong hours': counted.wrongHours,
  });
});

// --- jumps ---

/** 'stopped': the monotonic clock sleeps with the machine, as on Linux. 'running': it jumps as well. */
type Monotonic = 'stopped' | 'running';

/** What a studio has left behind. */
interface Left {
  code: number | null | undefined;
  /** Message-IDs that SMTP took */
  taken: string[];
  sent: string[];
}

/** Counted at the end even if its test gave up half-way. */
const opened: Sleeper[] = [];

/** A studio with a daemon of its own, at whatever time the test says it is. */
class Sleeper {
  readonly servers: Servers;
  readonly place: Place;
  readonly #clockFile: string;
  #daemon: Running | undefined;
  #offset = 0;
  #end: Promise<Left> | undefined;

  private constructor(servers: Servers, place: Place) {
    this.servers = servers;
    this.place = place;
    this.#clockFile = join(place.dataDir, '..', 'clock');
  }

  /** Three clients, one of whom owes money. */
  static async open(at: Instant): Promise<Sleeper> {
    const servers = await startServers();
    const place = makePlace(servers);
    await passHere(place, [plus(at, -dayMs)], (app) =>
      app.store.write(plus(at, -dayMs), (w) => {
        for (const name of ['Neri', 'Verdi']) client(w, name);
        invoice(w, client(w, 'Bianchi'), '2026/7', '2026-10-30');
      }),
    );
    const studio = new Sleeper(servers, place);
    opened.push(studio);
    return studio;
  }

  arrives(name: string, at: Instant): void {
    const from = `${name} <${name.toLowerCase()}@client.example>`;
    const source = raw({ from, subject: `Da ${name}`, messageId: `<${name}@client.example>` });
    this.servers.imap.append('inbox', { source, receivedAt: at });
  }

  async start(at: Instant, monotonic: Monotonic): Promise<void> {
    const before = this.#passes();
    this.#set(at);
    this.#daemon = start(this.place, ['run'], {
      LD_PRELOAD: faketimeLibrary as string,
      FAKETIME_TIMESTAMP_FILE: this.#clockFile,
      FAKETIME_NO_CACHE: '1',
      ...(monotonic === 'stopped' && { FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' }),
    });
    await this.#fullPass(before);
  }

  /** Until the daemon has noticed, and made a whole pass. */
  async jumps(by: number): Promise<void> {
    const before = this.#passes();
    this.#set(plus(this.now(), by));
    await this.#fullPass(before);
    counted.jumps += 1;
  }

  /** A job that rings each minute runs once more, with no jump to wake it. */
  async ringsAgain(): Promise<void> {
    const last = () => this.#look((r) => r.get<{ id: number }>('SELECT max(id) AS id FROM runs')?.id ?? 0);
    const before = last();
    await this.#until(() => last() > before);
  }

  /** `run --once` on a system set to this zone; kind, moment to the minute, and words of each letter. */
  async oncePassIn(zone: string, at: Instant): Promise<unknown[]> {
    this.#set(at);
    this.#daemon = start(this.place, ['run', '--once'], {
      TZ: zone,
      LD_PRELOAD: faketimeLibrary as string,
      FAKETIME_TIMESTAMP_FILE: this.#clockFile,
      FAKETIME_NO_CACHE: '1',
    });
    await this.#daemon.end;
    return this.#look((r) =>
      listLetters(r).map(({ kind, recipient, state, text, notBefore, sentAt }) => {
        const when = sentAt === null ? null : Math.floor((sentAt - at) / (5 * minuteMs));
        return { kind, recipient, state, text, when, waits: notBefore > plus(at, 5 * minuteMs) };
      }),
    );
  }

  now(): Instant {
    return Math.round(performance.timeOrigin + performance.now() + this.#offset) as Instant;
  }

  async recorded(name: string): Promise<void> {
    const sql = 'SELECT count(*) AS count FROM messages WHERE message_id = ?';
    await this.#until(() => this.#look((r) => r.get<{ count: number }>(sql, `<${name}@client.example>`)?.count === 1));
  }

  /** 'payment-reminder bianchi Mon 09:05', in the order in which they left. */
  sent(): string[] {
    return this.#look((r) =>
      listLetters(r)
        .filter((letter) => letter.sentAt !== null)
        .toSorted((a, b) => (a.sentAt as number) - (b.sentAt as number) || a.id - b.id)
        .map((letter) => {
          const { weekday, time } = wall(letter.sentAt as Instant, 'Europe/Rome');
          return `${letter.kind} ${letter.recipient.split('@')[0]} ${weekday} ${time}`;
        }),
    );
  }

  told(): string[] {
    return this.#look((r) => unseenNotices(r).map((notice) => notice.key));
  }

  letters(): string[] {
    return this.#look((r) => listLetters(r).map(({ kind, recipient, state }) => `${kind} ${recipient} ${state}`));
  }

  /** Ends the daemon; what the servers got must be what the database says, each once. */
  async close(): Promise<void> {
    const { code, taken, sent } = await this.end();
    expect(code).toBe(0);
    expect(taken).toHaveLength(new Set(taken).size);
    expect(taken).toHaveLength(sent.length);
  }

  end(): Promise<Left> {
    this.#end ??= this.#count();
    return this.#end;
  }

  async #count(): Promise<Left> {
    this.#daemon?.child.kill('SIGTERM');
    const end = await this.#daemon?.end;
    const taken = this.servers.smtp.bodies.map(idOf);
    const sent = this.sent();
    counted.doubles += taken.length - new Set(taken).size;
    counted.losses += Math.max(0, sent.length - taken.length);
    counted.wrongHours += sent.filter((line) => !/ (?:Mon|Tue|Wed|Thu|Fri) (?:09|1[0-7]):/.test(line)).length;
    await this.servers.stop();
    this.place.remove();
    return { code: end?.code, taken, sent };
  }

  #set(at: Instant): void {
    this.#offset += at - this.now();
    writeFileSync(this.#clockFile, `${this.#offset < 0 ? '' : '+'}${(this.#offset / 1000).toFixed(3)}\n`);
  }

  /** Every job has a bell when the daemon starts and when it wakes; dunning has no other at most hours. */
  #passes(): number {
    return this.#look((r) => r.get<{ id: number }>("SELECT max(id) AS id FROM runs WHERE job = 'dun'")?.id ?? 0);
  }

  /** Filing is the last thing in a pass. */
  async #fullPass(after: number): Promise<void> {
    await this.#until(() => this.#passes() > after);
    const filed = "SELECT count(*) AS count FROM runs WHERE job = 'file' AND id > ?";
    const dun = this.#passes();
    await this.#until(() => this.#look((r) => (r.get<{ count: number }>(filed, dun)?.count ?? 0) > 0));
  }

  #look<T>(read: (r: Reader) => T): T {
    const desk = openDesk({ config: this.place.config, clock: new HandClock(this.now()) });
    try {
      return desk.store.read(read);
    } finally {
      desk.close();
    }
  }

  async #until(isTrue: () => boolean): Promise<void> {
    const giveUp = performance.now() + 90_000;
    while (!isTrue()) {
      if (performance.now() > giveUp) throw new Error(`it did not come true: ${this.#daemon?.said()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

function wall(at: Instant, timeZone: string): { weekday: string; time: string; day: string } {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Date(at).toLocaleString('en-GB', { timeZone, hourCycle: 'h23', ...options });
  return {
    weekday: part({ weekday: 'short' }),
    time: part({ hour: '2-digit', minute: '2-digit' }),
    day: part({ day: '2-digit', month: '2-digit' }),
  };
}

const shapes = (lines: string[]) => lines.map((line) => line.replace(/:\d\d$/, ''));
const late = { timeout: 240_000 };

describe.skipIf(faketimeLibrary === undefined)('the clock jumps under a running daemon', { concurrent: true }, () => {
  it('a minute after a day back the daemon still hears its own bells', late, async () => {
    const night = rome('2026-11-10T03:00');
    const studio = await Sleeper.open(night);
    await studio.start(night, 'stopped');
    await studio.jumps(-dayMs);
    await expect(studio.ringsAgain()).resolves.toBeUndefined();
    await studio.close();
  });

  it.for(['stopped', 'running'] as const)(
    '10 hours, and then the night; monotonic clock %s',
    late,
    async (monotonic) => {
      const noon = rome('2026-11-09T12:00');
      const studio = await Sleeper.open(noon);
      studio.arrives('Neri', plus(noon, -minuteMs));
      await studio.start(noon, monotonic);
      await studio.jumps(10 * hourMs);
      studio.arrives('Verdi', studio.now());
      await studio.recorded('Verdi');
      expect(shapes(studio.sent())).toEqual(['payment-reminder bianchi Mon 12']);
      await studio.jumps(11.25 * hourMs);
      expect(shapes(studio.sent().toSorted())).toEqual([
        'acknowledgement neri Tue 09',
        'acknowledgement-out-of-hours verdi Tue 09',
        'payment-reminder bianchi Mon 12',
      ]);
      await studio.close();
    },
  );

  it.for(['stopped', 'running'] as const)('9 days; monotonic clock %s', late, async (monotonic) => {
    const night = rome('2026-11-09T00:30');
    const studio = await Sleeper.open(night);
    studio.arrives('Neri', plus(night, -minuteMs));
    await studio.start(night, monotonic);
    await studio.recorded('Neri');
    await studio.jumps(9 * dayMs);
    expect(studio.sent()).toEqual([]);
    expect(studio.told().some((key) => key.startsWith('gap/'))).toBe(true);
    await studio.jumps(9 * hourMs);
    // Nineteen days late, one step; and no promise that has passed already.
    expect(shapes(studio.sent())).toEqual(['payment-reminder bianchi Wed 09']);
    expect(studio.letters().find((line) => line.includes('neri'))).toMatch(/dropped$/);
    expect(studio.told().some((key) => key.includes('missed'))).toBe(true);
    await studio.close();
  });

  // A monotonic clock never runs back (clock_gettime(2)), so here it always goes its own way.
  it.for([
    ['an hour', hourMs, '2026-11-09T10:35'],
    ['a day', dayMs, '2026-11-10T10:05'],
  ] as const)('%s back', late, async ([, by, from]) => {
    const morning = rome(from);
    const studio = await Sleeper.open(morning);
    studio.arrives('Neri', plus(morning, -hourMs));
    await studio.start(morning, 'stopped');
    const once = studio.sent();
    expect(shapes(once.toSorted())).toEqual([
      expect.stringContaining('acknowledgement neri'),
      expect.stringContaining('payment-reminder bianchi'),
    ]);
    await studio.jumps(-by);
    expect(studio.sent()).toEqual(once);
    studio.arrives('Verdi', studio.now());
    await studio.recorded('Verdi');
    await studio.jumps(31 * minuteMs);
    expect(shapes(studio.sent()).filter((line) => line.includes('verdi'))).toEqual(['acknowledgement verdi Mon 10']);
    await studio.close();
  });
});

// --- zones ---

/** The Sundays of 2026 on which the clock is changed (IANA time zone database). */
const changes: [zone: string, spring: string, autumn: string][] = [
  ['Europe/Rome', '2026-03-29', '2026-10-25'],
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
  ['America/Santiago', '2026-09-06', '2026-04-05'],
];
const days = changes.flatMap(([zone, spring, autumn]) => [
  [zone, spring],
  [zone, autumn],
]) as [string, string][];

/** The opening lies inside the hour that is left out or comes twice. Blocks of the wall clock, by weekday. */
const blocks: Record<string, [string, string][]> = {
  Sun: [
    ['00:00', '00:20'],
    ['02:15', '05:00'],
  ],
  Mon: [['09:00', '18:00']],
};

const isAllowed = (at: Instant, zone: string) => {
  const { weekday, time } = wall(at, zone);
  return (blocks[weekday] ?? []).some(([from, to]) => from <= time && time < to);
};

/** Midnight UTC of the day is near enough to begin well before the change, in any zone. */
const eveOf = (day: string) => plus(instant(`${day}T00:00:00Z`), -18 * hourMs);

describe('the days on which the clock is changed', () => {
  it.each(days)('%s on %s: each letter once, none in a forbidden hour', async (timeZone, day) => {
    const eve = eveOf(day);
    const hours = Object.fromEntries(
      Object.entries(blocks).map(([weekday, of]) => [weekday.toLowerCase(), of.map((block) => block.join('-'))]),
    );
    const studio = await openStudio({
      now: toIso(eve),
      config: {
        contactHours: hours,
        owner: { name: 'Anna', business: 'Studio', addresses: ['anna@studio.example'], language: 'it', timeZone },
      },
    });
    studio.client('Neri');
    studio.invoice(studio.client('Bianchi'), { dueOn: toIso(plus(eve, -10 * dayMs)).slice(0, 10) });
    studio.clientWrites({ from: 'neri@client.example' });
    await studio.until(toIso(plus(eve, 3 * dayMs)), 20);
    const sent = studio.letters().filter((letter) => letter.sentAt !== null);
    expect(sent.map(({ recipient }) => recipient.slice(0, recipient.indexOf('@'))).toSorted()).toEqual([
      'bianchi',
      'neri',
    ]);
    expect(studio.courier.taken).toHaveLength(2);
    const wrong = sent.filter((letter) => !isAllowed(letter.sentAt as Instant, timeZone));
    counted.changes += 1;
    counted.wrongHours += wrong.length;
    expect(wrong.map((letter) => wall(letter.sentAt as Instant, timeZone))).toEqual([]);
  });

  it.each(days)('%s on %s: a job that is meant for the changed hour runs once', (zone, day) => {
    for (const expression of ['30 2 * * *', '15 0 * * *', '0 9 * * *', '45 1 * * *']) {
      const runs: Instant[] = [];
      let last = plus(eveOf(day), -minuteMs);
      for (let now = eveOf(day); now < eveOf(day) + 3 * dayMs; now = plus(now, minuteMs)) {
        if (!isDue(expression, zone, last, now)) continue;
        last = now;
        runs.push(now);
      }
      const perDay = runs.map((at) => wall(at, zone).day);
      const changed = wall(instant(`${day}T12:00:00Z`), zone).day;
      expect([expression, perDay.length - new Set(perDay).size]).toEqual([expression, 0]);
      expect([expression, perDay.filter((one) => one === changed).length]).toEqual([expression, 1]);
    }
  });
});

// --- the system's zone ---

describe.skipIf(faketimeLibrary === undefined)('the zone of the system', () => {
  it('changes nothing: the same letters at the same moments, in the same words', late, async () => {
    const morning = rome('2026-11-09T09:31');
    const outcomes = [];
    for (const zone of ['UTC', 'Asia/Tokyo', 'America/Los_Angeles']) {
      const studio = await Sleeper.open(morning);
      studio.arrives('Neri', plus(morning, -hourMs));
      studio.arrives('Verdi', plus(morning, -10 * hourMs));
      outcomes.push(await studio.oncePassIn(zone, morning));
      await studio.close();
    }
    const [first, ...others] = outcomes;
    expect(first).toHaveLength(3);
    for (const other of others) expect(other).toEqual(first);
  });

  it(
    'may be another at each start: on one data folder no letter leaves twice, and none in the night',
    late,
    async () => {
      const morning = rome('2026-11-09T09:31');
      const studio = await Sleeper.open(morning);
      studio.arrives('Neri', plus(morning, -hourMs));
      await studio.oncePassIn('Asia/Tokyo', morning);
      const once = studio.sent();
      expect(shapes(once.toSorted())).toEqual([
        expect.stringContaining('acknowledgement-out-of-hours neri'),
        expect.stringContaining('payment-reminder bianchi'),
      ]);
      // In Los Angeles it is still Sunday evening, in Kiritimati Tuesday already.
      await studio.oncePassIn('America/Los_Angeles', plus(morning, minuteMs));
      await studio.oncePassIn('Pacific/Kiritimati', plus(morning, 2 * minuteMs));
      studio.arrives('Verdi', rome('2026-11-09T23:00'));
      await studio.oncePassIn('America/Los_Angeles', rome('2026-11-09T23:01'));
      expect(studio.sent()).toEqual(once);
      await studio.oncePassIn('UTC', rome('2026-11-10T09:05'));
      expect(shapes(studio.sent()).slice(once.length)).toEqual(['acknowledgement-out-of-hours verdi Tue 09']);
      await studio.close();
    },
  );
});
