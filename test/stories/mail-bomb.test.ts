/** Mail by the thousand in one name: counted in letters, notices and statements, which grow with the mail or do not. */
import { describe, expect, it } from 'vitest';
import type { Reader, Writer } from '../../src/store/database.ts';
import { markSeen } from '../../src/store/notices.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openWindows } from '../../src/store/windows.ts';
import { terminalOf } from '../cli/terminal-of.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const proven = 'Authentication-Results: mx.studio.example; dmarc=pass';
type Sender = (index: number) => string;
const oneClient: Sender = () => 'luca@client.example';
const manyOfADomain: Sender = (index) => `luca${index}@client.example`;
const strangers: Sender = (index) => `luca${index}@other${index}.example`;

interface Bomb {
  mails: number;
  sender: Sender;
  config?: Record<string, unknown>;
}

/** A Monday morning: all of it comes in a minute, and is judged in the pass that follows. */
async function bombed({ mails, sender, config = {} }: Bomb): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-23T08:00:00+01:00', config });
  studio.client('Luca', { addresses: ['luca@client.example'], domains: ['client.example'] });
  for (let index = 0; index < mails; index += 1)
    studio.clientWrites({ from: sender(index), subject: `Ciao ${index}`, headers: [proven] });
  await studio.at('2026-11-23T08:01:00+01:00');
  return studio;
}

/** What the habit of the sender comes to is a sign, and told besides. */
const noticesOf = (studio: Studio) =>
  studio.app.store.read((r) => unseenNotices(r)).filter(({ key }) => !key.startsWith('sign/'));
const waiting = (studio: Studio) => studio.letters().filter(({ state }) => state === 'held' || state === 'queued');

/** How many statements the database is given while the work goes on. */
async function statementsDuring(studio: Studio, work: () => Promise<unknown>): Promise<number> {
  const { store } = studio.app;
  let count = 0;
  const counting = <T extends Reader>(session: T): T =>
    new Proxy(session, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value === 'function') count += 1;
        return value;
      },
    });
  const { read, write } = store;
  Object.assign(store, {
    read: <T>(fn: (r: Reader) => T) => read.call(store, (r) => fn(counting(r))),
    write: <T>(now: Parameters<typeof write>[0], fn: (w: Writer) => T) =>
      write.call(store, now, (w) => fn(counting(w))),
  });
  try {
    await work();
  } finally {
    Object.assign(store, { read, write });
  }
  return count;
}

describe('a mail bomb', () => {
  it.each([
    ['of one client', oneClient],
    ['of many senders of a client’s domain', manyOfADomain],
  ])('%s costs one notice, and no more acknowledgements than can leave in time', async (_, sender) => {
    const studio = await bombed({ mails: 60, sender });
    expect(waiting(studio).length).toBeLessThanOrEqual(3);
    expect(studio.app.store.read((r) => openWindows(r))).toHaveLength(60);
    await studio.until('2026-11-27T12:00:00+01:00', 240);
    expect(noticesOf(studio).map(({ key, text }) => [key, text])).toEqual([
      ['windows/1', 'Answers to Luca are overdue: 60 mails wait, the first "Ciao 0"'],
    ]);
    expect((await terminalOf(studio).type('notices')).out.split('\n').length).toBeLessThan(8);
    // It was seen, and nothing is said again of what it said.
    studio.app.store.write(studio.clock.now(), (w) => markSeen(w, 'all'));
    await studio.until('2026-11-30T12:00:00+01:00', 480);
    expect(noticesOf(studio)).toEqual([]);
  });

  it('of strangers, where everyone is answered, costs one notice of them all, and what the caps let leave in time', async () => {
    const config = { acknowledgement: { to: 'everyone' }, sending: { mode: 'live', perDay: 5 } };
    const studio = await bombed({ mails: 60, sender: strangers, config });
    expect(waiting(studio)).toHaveLength(15);
    await studio.until('2026-11-27T12:00:00+01:00', 240);
    expect(noticesOf(studio).filter(({ key }) => key.startsWith('window'))).toMatchObject([
      { text: 'Answers to strangers are overdue: 60 mails wait, the first "Ciao 0"' },
    ]);
  });

  it('three mails are warned of one by one, as before', async () => {
    const studio = await bombed({ mails: 3, sender: oneClient });
    await studio.until('2026-11-27T12:00:00+01:00', 60);
    expect(noticesOf(studio).map(({ text }) => text)).toEqual(
      [0, 1, 2].map((index) => `The answer to Luca ("Ciao ${index}") is overdue`),
    );
  });

  it.each(['2026-11-23T20:00:00+01:00', '2026-11-25T03:00:00+01:00', '2026-11-28T10:00:00+01:00'])(
    'asks no more of the database at %s for many mails that wait than for few',
    async (moment) => {
      const counts = [];
      for (const mails of [10, 60]) {
        const studio = await bombed({ mails, sender: manyOfADomain });
        await studio.until(moment, 600);
        counts.push(await statementsDuring(studio, () => studio.app.pass()));
      }
      const [few, many] = counts as [number, number];
      expect(few).toBeGreaterThan(5);
      expect(many).toBe(few);
    },
  );
});
