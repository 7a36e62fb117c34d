/**
 * The whole app, running as the daemon does, against Debian's Dovecot over TLS that is restarted, loses its workers, its
 * numbering and its folders. What an honest server does to one who listens.
 */
import { chownSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImapFlow } from 'imapflow';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openCourier } from '../../src/mail/courier.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import { connectElsewhere, type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';
import { tally } from './figures.ts';
import { hasDovecot } from './machine.ts';
import { client, makePlace, password, type Place, raw, rome, type Servers } from './world.ts';

// Sunday night. In the past: Dovecot turns an INTERNALDATE in the future into the present moment.
const night = rome('2024-11-10T22:00');
const timeouts = { connect: 5_000, greeting: 5_000, command: 5_000, silence: 3_000 };
const patience = { timeout: 80_000, interval: 50 };
const counted = { tried: 0, doubles: 0, losses: 0 };

let dovecot: Dovecot;
let smtp: ScriptedSmtp;
let place: Place;
let clock: HandClock;
let app: App;
let stop: AbortController;
let running: Promise<void>;

async function open(): Promise<void> {
  const parts = { parser: openParser(), now: () => clock.now(), timeouts };
  const { host, tlsPort, user, ca } = dovecot;
  const imap = { host, port: tlsPort, user, secure: true, password: async () => dovecot.password, tls: { ca } };
  app = await openApp({
    config: place.config,
    clock,
    log: silentLog,
    network: {
      mailbox: (one) => openMailbox({ ...one, imap }, parts),
      courier: (one) =>
        openCourier({
          mailbox: one.name,
          smtp: { ...one.smtp, secure: false, password: async () => password, tls: {} },
        }),
      close: async () => {},
    },
  });
}

function run(): void {
  stop = new AbortController();
  running = app.run(stop.signal);
}

async function shut(): Promise<void> {
  stop.abort();
  await running;
  await app.shut();
}

/** The phone, or any other program. */
async function elsewhere<T>(act: (other: ImapFlow) => Promise<T>): Promise<T> {
  const other = await connectElsewhere(dovecot);
  try {
    return await act(other);
  } finally {
    await other.logout();
  }
}

const idOf = (id: string) => `<${id}@client.example>`;
const mail = (name: string, id: string) =>
  raw({ from: `${name} <${name.toLowerCase()}@client.example>`, subject: `Tema ${id}`, messageId: idOf(id) });

async function arrives(name: string, id: string): Promise<void> {
  clock.advance(1_000);
  await elsewhere((other) => other.append('INBOX', mail(name, id), [], new Date(clock.now())));
}

/** Thousands at once, as the delivery agent of the server writes them. */
function arriveTogether(count: number): void {
  const { uid, gid } = statSync(dovecot.maildir);
  for (let n = 0; n < count; n += 1) {
    const path = join(dovecot.maildir, 'new', `${Math.floor(clock.now() / 1000)}.M${n}P1.studio`);
    writeFileSync(path, mail('Chi', `many-${n}`));
    chownSync(path, uid, gid);
  }
}

function onRecord(like: string): { count: number; ids: number } {
  const sql = `SELECT count(*) AS count, count(DISTINCT message_id) AS ids FROM messages
    WHERE message_id LIKE ? AND replaced_by IS NULL AND role = 'inbox'`;
  return app.store.read((r) => r.get(sql, like)) as { count: number; ids: number };
}

async function recorded(id: string): Promise<void> {
  await vi.waitFor(() => expect(onRecord(idOf(id))).toEqual({ count: 1, ids: 1 }), patience);
}

/** Stops, and looks on Monday whom it acknowledges. */
async function acknowledged(): Promise<string[]> {
  await shut();
  await open();
  for (const moment of ['2024-11-11T09:05', '2024-11-11T11:00', '2024-11-12T09:05'].map(rome)) {
    clock.set(moment);
    await app.pass();
  }
  run();
  const taken = smtp.bodies.map((body) => /^To:.*?(\w+)@client/im.exec(body.toString())?.[1] ?? '?').toSorted();
  counted.tried += 1;
  counted.doubles += taken.length - new Set(taken).size;
  counted.losses += Number(!taken.includes('verdi'));
  return taken;
}

describe.skipIf(!hasDovecot)('Dovecot', () => {
  beforeEach(async () => {
    [dovecot, smtp] = await Promise.all([startDovecot(), startScriptedSmtp()]);
    place = makePlace({ imap: { port: dovecot.tlsPort }, smtp } as Servers);
    clock = new HandClock(night);
    await open();
    await app.pass();
    app.store.write(night, (w) => ['Neri', 'Verdi'].map((name) => client(w, name)));
    await arrives('Neri', 'old');
    await app.pass();
    run();
    await recorded('old');
  });

  afterEach(async () => {
    await shut();
    await Promise.all([dovecot.stop(), smtp.stop()]);
    place.remove();
  });

  afterAll(() => tally({ 'IMAP faults tried': counted.tried, doubles: counted.doubles, losses: counted.losses }));

  it('is restarted, and loses its workers, while three thousand messages are fetched', async () => {
    arriveTogether(3_000);
    await vi.waitFor(() => expect(onRecord('<many-%').count).toBeGreaterThan(50), patience);
    await dovecot.killWorkers();
    await vi.waitFor(() => expect(onRecord('<many-%').count).toBeGreaterThan(500), patience);
    await dovecot.restart();
    expect(onRecord('<many-%').count).toBeLessThan(3_000);
    await arrives('Verdi', 'next');
    await recorded('next');
    await vi.waitFor(() => expect(onRecord('<many-%')).toEqual({ count: 3_000, ids: 3_000 }), patience);
    expect(await acknowledged()).toEqual(['neri', 'verdi']);
  });

  it('numbers its folders anew, under the daemon and while it is stopped', async () => {
    await dovecot.resetUidValidity();
    await dovecot.killWorkers();
    await arrives('Verdi', 'next');
    await recorded('next');
    await shut();
    await dovecot.resetUidValidity();
    await open();
    run();
    await arrives('Chi', 'last');
    await recorded('last');
    expect(['old', 'next'].map((id) => onRecord(idOf(id)).count)).toEqual([1, 1]);
    expect(await acknowledged()).toEqual(['neri', 'verdi']);
  });

  it('has its folder of sent mail deleted and made anew, and a message moved away and back', async () => {
    await elsewhere(async (other) => {
      await other.mailboxDelete('Posta inviata');
      await other.mailboxCreate('Altro');
      await other.mailboxOpen('INBOX');
      await other.messageMove('1:*', 'Altro');
      await other.mailboxOpen('Altro');
      await other.messageMove('1:*', 'INBOX');
    });
    await arrives('Verdi', 'next');
    await recorded('next');
    expect(onRecord(idOf('old')).count).toBe(1);
    expect(await acknowledged()).toEqual(['neri', 'verdi']);
    const sent = await elsewhere(async (other) => (await other.mailboxOpen('Posta inviata')).exists);
    expect(sent).toBe(2);
  });
});
