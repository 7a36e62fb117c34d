/** Two installations on one mailbox, each with its own database: a client hears once, and the second one asks the owner. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { HandClock } from '../../src/clock.ts';
import { openParser } from '../../src/mail/parser.ts';
import { instant, minuteMs, plus } from '../../src/rules/time.ts';
import { type EmbeddedImap, startEmbeddedImap } from '../support/embedded-imap.ts';
import { Installation, passTogether, question, type Server } from '../support/two-installations.ts';

const monday = instant('2026-11-16T10:00:00+01:00');
let imap: EmbeddedImap;
const parser = openParser();

async function freshServer(): Promise<Server> {
  imap = await startEmbeddedImap({ user: 'studio', password: 'demo' });
  const { host, port, user } = imap;
  return {
    imap: { host, port, user, secure: false, password: async () => 'demo' },
    parser,
    arrives: (source, receivedAt) => imap.append('inbox', { source, receivedAt }),
  };
}

let server: Server;
beforeAll(async () => void (server = await freshServer()));
afterAll(async () => {
  await imap.stop();
  await parser.close();
});

async function pair(at = monday): Promise<[Installation, Installation, HandClock]> {
  const clock = new HandClock(at);
  const both: [Installation, Installation] = [new Installation(server, clock), new Installation(server, clock)];
  for (const one of both) {
    await one.open();
    one.knowsClient();
    await one.app.pass();
  }
  onTestFinished(async () => void (await Promise.all(both.map((one) => one.shut()))));
  return [...both, clock];
}

describe('two installations that pass at the same moment', () => {
  it.each([
    ['each begun by itself', false],
    ['one a copy of the other', true],
  ])('%s: the client hears once, one of them waits and says why', async (_, copied) => {
    for (let round = 0; round < 3; round += 1) {
      await imap.stop();
      server = await freshServer();
      const { heard, paused } = await passTogether(server, `r${round}`, monday, copied);
      expect(heard[0] + heard[1]).toBe(1);
      const waits = paused.filter((why) => why !== null);
      expect(waits).toEqual([expect.stringContaining('another Paletti sends from the mailbox studio')]);
      expect(paused[heard.indexOf(1)]).toBeNull();
    }
  });
});

describe('who sends from a mailbox', () => {
  it('stays so: the claim is written once, the other one is asked again only when somebody else came', async () => {
    await imap.stop();
    server = await freshServer();
    const [one, other, clock] = await pair();
    let [first, second] = [one, other];
    const writes = async (id: string) => {
      await server.arrives(question(id), clock.now());
      clock.set(plus(clock.now(), 31 * minuteMs));
    };
    await writes('one');
    await Promise.all([first.app.pass(), second.app.pass()]);
    if (first.courier.taken.length === 0) [first, second] = [second, first];
    expect([first.courier.taken.length, second.courier.taken.length]).toEqual([1, 0]);
    expect(second.notices().join()).toMatch(/Nothing leaves from here: another Paletti sends/);

    await second.app.pass();
    // The owner says that this one sends from now on: it rests until the other can have nothing in hand, then goes.
    second.resume();
    clock.set(plus(monday, 4 * 24 * 60 * minuteMs));
    await writes('two');
    await second.app.pass();
    expect(second.courier.taken).toHaveLength(0);
    clock.set(plus(clock.now(), 11 * minuteMs));
    await Promise.all([first.app.pass(), second.app.pass()]);
    await Promise.all([first.app.pass(), second.app.pass()]);
    expect([first.courier.taken.length, second.courier.taken.length]).toEqual([1, 1]);
    expect(first.paused()).toMatch(/another Paletti sends/);
    expect(second.paused()).toBeNull();
  });
});
