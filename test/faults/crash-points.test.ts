/**
 * The daemon is killed at each commit and each step on the wire, one after the other, and started again. However it
 * died, the end is that of an undisturbed run. The servers live on in this process.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import type { Instant } from '../../src/rules/time.ts';
import { resolveLetter } from '../../src/desk/outbox.ts';
import { unseenNotices } from '../support/in-words.ts';
import { inState } from '../../src/store/outbox-queue.ts';
import { tally } from './figures.ts';
import {
  client,
  invoice,
  makePlace,
  openHere,
  passHere,
  type Place,
  raw,
  rome,
  runDaemon,
  type Servers,
  sentIds,
  startServers,
  stateOf,
  takenIds,
} from './world.ts';

interface Story {
  /** what stands in the mailbox before the daemon is first started */
  history(servers: Servers): void;
  /** what the owner has entered; null: the data folder does not exist yet when the daemon is killed */
  register: ((app: App) => void) | null;
  /** what arrives before the run that is killed */
  arrivals(servers: Servers): void;
  /** of the run that is killed, and of the one after it */
  moments: readonly Instant[];
  /** when things settle, and an unsure letter that the owner says did not arrive leaves */
  later: readonly Instant[];
}

const started = rome('2026-11-08T12:00');

/** One is acknowledged today and reminded tomorrow, one reminded, one answered already, one a newsletter. */
const busyMonday: Story = {
  history({ imap }) {
    const at = rome('2026-11-05T10:00');
    const question = { from: 'Ugo <ugo@client.example>', subject: 'Sito', messageId: '<h1@client.example>' };
    imap.append('inbox', { source: raw(question), receivedAt: at });
    const answer = { from: 'anna@studio.example', to: 'ugo@client.example', subject: 'Re: Sito' };
    imap.append('sent', { source: raw({ ...answer, messageId: '<h2@studio.example>' }), receivedAt: at });
  },
  register(app) {
    app.store.write(started, (w) => {
      for (const name of ['Bianchi', 'Neri']) invoice(w, client(w, name), `2026/${name}`, '2026-10-30');
      client(w, 'Ugo');
    });
  },
  arrivals({ imap }) {
    const night = rome('2026-11-08T23:10');
    const put = (from: string, id: string, headers: string[] = []) =>
      imap.append('inbox', { source: raw({ from, subject: `Tema ${id}`, messageId: id, headers }), receivedAt: night });
    put('Neri <neri@client.example>', '<n1@client.example>');
    put('Ugo <ugo@client.example>', '<n2@client.example>');
    put('News <news@shop.example>', '<n3@shop.example>', ['List-Id: <news.shop.example>', 'Precedence: list']);
    const answer = { from: 'anna@studio.example', to: 'ugo@client.example', subject: 'Re: Tema <n2@client.example>' };
    const headers = ['In-Reply-To: <n2@client.example>'];
    const source = raw({ ...answer, messageId: '<a1@studio.example>', headers });
    imap.append('sent', { source, receivedAt: rome('2026-11-08T23:40') });
  },
  moments: [rome('2026-11-09T08:40'), rome('2026-11-09T09:30'), rome('2026-11-09T10:05')],
  later: [rome('2026-11-09T11:00'), rome('2026-11-10T09:30')],
};

const firstStart: Story = {
  ...busyMonday,
  history(servers) {
    busyMonday.history(servers);
    busyMonday.arrivals(servers);
  },
  register: null,
  arrivals: () => {},
  moments: [started],
  later: [rome('2026-11-08T13:00'), rome('2026-11-09T09:30')],
};

type State = ReturnType<typeof stateOf>;

/** Which rows are in one alone. */
function differences(wanted: State, found: State): string[] {
  const rows = (state: State, part: string) => [state[part]].flat().map((row) => JSON.stringify(row));
  return Object.keys(wanted).flatMap((part) => {
    const [before, after] = [rows(wanted, part), rows(found, part)];
    const missing = before.filter((row) => !after.includes(row)).map((row) => `${part} lacks ${row}`);
    return [...missing, ...after.filter((row) => !before.includes(row)).map((row) => `${part} has ${row}`)];
  });
}

/** Kills at k = 1, 2, 3 … on two lanes, until a run ends by itself. */
class CrashLoop {
  readonly #story: Story;
  #next = 1;
  #last = Number.POSITIVE_INFINITY;
  #template: Place | null = null;
  #undisturbed: State = {};
  /** what went wrong, by point */
  readonly faults: string[] = [];
  tried = 0;
  lost = 0;
  doubled = 0;
  unsure = 0;

  constructor(story: Story) {
    this.#story = story;
  }

  async run(): Promise<void> {
    await this.#prepare();
    this.#undisturbed = (await this.#once(0)).state;
    const lane = async () => {
      while (this.#next <= this.#last) await this.#tryPoint(this.#next++);
    };
    await Promise.all([lane(), lane()]);
    this.#template?.remove();
  }

  get undisturbed(): State {
    return this.#undisturbed;
  }

  async #prepare(): Promise<void> {
    const { register, history } = this.#story;
    if (register === null) return;
    const servers = await startServers();
    history(servers);
    this.#template = makePlace(servers);
    await passHere(this.#template, [started], register);
    await servers.stop();
  }

  async #tryPoint(crashAt: number): Promise<void> {
    try {
      const { died, state } = await this.#once(crashAt);
      if (died === null) this.#last = Math.min(this.#last, crashAt);
      else this.tried += 1;
      this.faults.push(...differences(this.#undisturbed, state).map((what) => `${crashAt} (${died}): ${what}`));
    } catch (error) {
      this.faults.push(`${crashAt}: ${String(error)}`);
      if (this.faults.length > 20) this.#last = 0;
    }
  }

  async #once(crashAt: number): Promise<{ died: string | null; state: State }> {
    const { history, arrivals, moments, later } = this.#story;
    const servers = await startServers();
    history(servers);
    arrivals(servers);
    const place = makePlace(servers, this.#template === null ? {} : { from: this.#template.dataDir });
    try {
      const { died, at } = await runDaemon({ place, servers, moments, crashAt });
      const again = died === null ? [] : moments.slice(at);
      const state = await this.#goOn(place, servers, [...again, ...later]);
      return { died, state };
    } finally {
      place.remove();
      await servers.stop();
    }
  }

  /** The owner is asked about what is unsure, after all that can happen by itself has happened. */
  async #goOn(place: Place, servers: Servers, moments: readonly Instant[]): Promise<State> {
    const clock = new HandClock(moments[0] as Instant);
    const app = await openHere(place, clock);
    try {
      for (const moment of moments) {
        clock.set(moment);
        await app.pass();
        this.#decide(app, servers);
      }
      this.#count(servers);
      return stateOf(app, servers);
    } finally {
      await app.shut();
    }
  }

  #decide(app: App, { smtp }: Servers): void {
    const waiting = app.store.read((r) => inState(r, 'unsure'));
    const told = app.store.read((r) => unseenNotices(r)).map((notice) => notice.key);
    for (const letter of waiting) {
      expect(told).toContain(`unsure/${letter.id}`);
      this.unsure += 1;
      const arrived = takenIds(smtp).includes(letter.messageId as string);
      resolveLetter(app, letter.id, arrived ? 'sent' : 'not-sent');
    }
  }

  #count({ smtp, imap }: Servers): void {
    const taken = takenIds(smtp);
    this.doubled += taken.length - new Set(taken).size;
    const filed = sentIds(imap);
    this.doubled += filed.length - new Set(filed).size;
    const wanted = (this.#undisturbed['taken'] ?? taken) as string[];
    this.lost += wanted.filter((id) => !taken.includes(id)).length;
  }
}

describe('killed at every step', () => {
  const loops: CrashLoop[] = [];

  afterAll(() => {
    const sum = (each: (loop: CrashLoop) => number) => loops.reduce((total, loop) => total + each(loop), 0);
    tally({
      'crash points tried': sum((loop) => loop.tried),
      'left unsure to the owner': sum((loop) => loop.unsure),
      losses: sum((loop) => loop.lost),
      doubles: sum((loop) => loop.doubled),
      'wrong answers': sum((loop) => loop.faults.length),
    });
  });

  it('a busy Monday ends as if nothing had happened', { timeout: 1_200_000 }, async () => {
    const loop = new CrashLoop(busyMonday);
    loops.push(loop);
    await loop.run();
    expect(loop.faults).toEqual([]);
    expect(loop).toMatchObject({ lost: 0, doubled: 0 });
    expect(loop.undisturbed).toMatchObject({ journal: true, database: true });
    expect(loop.undisturbed['taken']).toHaveLength(3);
    expect(loop.tried).toBeGreaterThan(150);
    expect(loop.unsure).toBeGreaterThan(10);
  });

  it('a first start on an empty data folder ends as if nothing had happened', { timeout: 1_200_000 }, async () => {
    const loop = new CrashLoop(firstStart);
    loops.push(loop);
    await loop.run();
    expect(loop.faults).toEqual([]);
    expect(loop.undisturbed['taken']).toEqual([]);
    expect(loop.tried).toBeGreaterThan(40);
  });
});
