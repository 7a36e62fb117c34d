/** Two daemons on one data folder, a command beside a daemon, two copies of Paletti on one mailbox. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { dayOf, addDays } from '../../src/rules/time.ts';
import { listClients } from '../../src/store/clients.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { tally } from './figures.ts';
import { openPlace, run, start, until, watching, write } from './program.ts';
import { client, invoice, type Place, raw, type Servers, sentIds, startServers, takenIds } from './world.ts';

/** Nothing listens there: the daemon starts all the same, and waits for its servers. */
const nowhere = { imap: { port: 1 }, smtp: { port: 1 } } as Servers;

const overdue = () => addDays(dayOf(systemClock.now(), 'Europe/Rome'), -10);

function lookInto<T>(place: Place, look: (desk: ReturnType<typeof openDesk>) => T): T {
  const desk = openDesk({ config: place.config, clock: systemClock });
  try {
    return look(desk);
  } finally {
    desk.close();
  }
}

describe('two daemons on one data folder', () => {
  it('started at the same moment, fifty times: one runs, the other says so and ends with 6', {
    timeout: 1_200_000,
  }, async () => {
    const place = openPlace(nowhere);
    const ends: string[] = [];
    for (let round = 0; round < 50; round += 1) {
      const both = [start(place, ['run']), start(place, ['run'])];
      const loser = await Promise.race(both.map(async (one) => (await one.end, one)));
      const winner = both.find((one) => one !== loser);
      await winner?.hears(watching);
      winner?.child.kill('SIGTERM');
      const [lost, won] = [await loser.end, await winner?.end];
      ends.push(`${won?.code} ${lost.code} ${/already running/.test(lost.stderr)}`);
    }
    place.remove();
    expect(ends).toEqual(Array.from({ length: 50 }, () => '0 6 true'));
    tally({ 'double starts': 50 });
  });

  it('the next one starts within 5 s of a SIGKILL of the holder', async () => {
    const place = openPlace(nowhere);
    const holder = start(place, ['run']);
    await holder.hears(watching);
    holder.child.kill('SIGKILL');
    await holder.end;
    const since = performance.now();
    const next = start(place, ['run']);
    await next.hears(watching);
    expect(performance.now() - since).toBeLessThan(5_000);
    next.child.kill('SIGTERM');
    expect((await next.end).code).toBe(0);
    place.remove();
  });

  it('a holder that stands still is still the holder', async () => {
    const place = openPlace(nowhere);
    const holder = start(place, ['run']);
    await holder.hears(watching);
    holder.child.kill('SIGSTOP');
    expect((await run(place, ['run'])).code).toBe(6);
    expect((await run(place, ['run', '--once'])).code).toBe(6);
    // A command beside it reads and writes: the lock is not on the database.
    expect((await run(place, ['status'])).code).toBe(0);
    expect((await run(place, ['clients', 'add', 'Rossi', '--address', 'rossi@client.example'])).code).toBe(0);
    holder.child.kill('SIGCONT');
    holder.child.kill('SIGTERM');
    expect((await holder.end).code).toBe(0);
    place.remove();
  });
});

describe('commands beside a daemon', () => {
  it('all that they write is there, and the daemon goes on', async () => {
    const servers = await startServers();
    const place = openPlace(servers, { config: { sending: { mode: 'review' } } });
    const daemon = start(place, ['run']);
    await daemon.hears(watching);
    const names = Array.from({ length: 6 }, (_, index) => `Client ${index}`);
    const putMail = (index: number) => {
      const mail = { from: 'neri@client.example', subject: `Tema ${index}`, messageId: `<m${index}@client.example>` };
      servers.imap.append('inbox', { source: raw(mail), receivedAt: systemClock.now() });
    };
    const commands = names.map((name, index) =>
      run(place, ['clients', 'add', name, '--address', `c${index}@client.example`]),
    );
    // While they run, mail arrives and another hand writes as fast as it can.
    for (let index = 0; index < 30; index += 1) {
      putMail(index);
      write(place, (w) => client(w, `Hand ${index}`.replace(' ', '-')));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await Promise.all(commands)).map(({ code, stderr }) => `${code} ${stderr}`.trim())).toEqual(
      names.map(() => expect.stringMatching(/^0/)),
    );
    await until(() =>
      lookInto(place, ({ store }) => store.read((r) => r.all('SELECT id FROM messages').length === 30)),
    );
    lookInto(place, ({ store }) => {
      const known = store.read((r) => listClients(r)).map(({ name }) => name);
      expect(known).toEqual(expect.arrayContaining([...names, ...Array.from({ length: 30 }, (_, i) => `Hand-${i}`)]));
      expect(store.read((r) => verifyJournal(r))).toMatchObject({ ok: true });
      expect(store.check()).toEqual({ ok: true });
    });
    daemon.child.kill('SIGTERM');
    const { code, stderr } = await daemon.end;
    expect(stderr).not.toMatch(/locked|fault in the program|busy/i);
    expect(code).toBe(0);
    place.remove();
    await servers.stop();
  });
});

describe('two copies of Paletti on one mailbox', () => {
  it('the second sees the letters of the first in Sent, sends nothing and says so', async () => {
    const servers = await startServers();
    onTestFinished(() => tally({ doubles: Math.max(0, takenIds(servers.smtp).length - 2) }));
    const [first, second] = [openPlace(servers), openPlace(servers)];
    for (const place of [first, second])
      write(place, (w) => ['Bianchi', 'Verdi'].forEach((name) => invoice(w, client(w, name), name, overdue())));
    expect(await run(first, ['run', '--once'])).toMatchObject({ code: 0 });
    expect(await run(first, ['run', '--once'])).toMatchObject({ code: 0 });
    expect(takenIds(servers.smtp)).toHaveLength(2);
    expect(sentIds(servers.imap)).toHaveLength(2);

    for (let pass = 0; pass < 3; pass += 1) expect(await run(second, ['run', '--once'])).toMatchObject({ code: 0 });
    expect(takenIds(servers.smtp)).toHaveLength(2);
    expect(sentIds(servers.imap)).toHaveLength(2);
    expect((await run(second, ['notices'])).stdout).toMatch(/another Paletti may watch this mailbox/);
    expect((await run(second, ['status'])).stdout).toMatch(/Nothing leaves: Sent holds a letter of Paletti/);
    lookInto(second, ({ store }) => {
      const states = store.read((r) => listLetters(r)).map(({ state }) => state);
      expect(states.every((state) => state === 'held' || state === 'queued')).toBe(true);
      expect(states).toHaveLength(2);
    });
    for (const place of [first, second]) place.remove();
    await servers.stop();
  });
});
