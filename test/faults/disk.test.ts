/**
 * A disk that is full or cannot be written, a database that is locked, damaged, cut short or older than what left. Nothing
 * leaves that could leave twice, and what is said names the file and the next step.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  cpSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { databasePath } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { dayMs, type Instant, instant, minuteMs, plus, toIso } from '../../src/rules/time.ts';
import { openStore } from '../../src/store/database.ts';
import { type Connection, Sqlite } from '../../src/store/driver.ts';
import { factOf } from '../../src/store/facts.ts';
import { unseenNotices } from '../support/in-words.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { inState } from '../../src/store/outbox-queue.ts';
import { pausedNow, resume } from '../../src/store/pause.ts';
import { openStudio, Studio } from '../support/studio.ts';
import { tally } from './figures.ts';
import { openPlace, run, start, until, watching, write } from './program.ts';
import { client, ended, idOf, password, type Place, raw, type Servers, startServers } from './world.ts';

const counted = { tried: 0, doubles: 0, losses: 0 };
afterAll(() => tally({ 'disk faults tried': counted.tried, doubles: counted.doubles, losses: counted.losses }));

const monday = '2026-11-09T10:00:00+01:00';

/** Message-IDs that were handed over, and how many of them more than once. */
function doubled(bodies: readonly Uint8Array[]): number {
  const ids = bodies.map(idOf);
  return ids.length - new Set(ids).size;
}

const takenOf = (studio: Studio) => studio.courier.taken.map((taken) => taken.bytes);

/** Of the studio's database: for what only SQLite itself can be told. Found once for each studio. */
function connectionOf({ app }: Studio): Connection {
  const found = new Set<Connection>();
  const { prepare } = Sqlite.prototype;
  const spy = vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function (this: Connection, sql) {
    found.add(this);
    return prepare.call(this, sql);
  } as typeof prepare);
  // A statement it has not seen yet: others are not prepared again.
  app.store.read((r) => r.get('SELECT 1 AS connection'));
  spy.mockRestore();
  const [connection] = found;
  if (connection === undefined) throw new Error('the connection was not found');
  return connection;
}

async function studioWithWork(options: { dataDir?: string } = {}): Promise<Studio> {
  const studio = await openStudio({ now: monday, ...options });
  studio.invoice(studio.client('Bianchi'), { dueOn: '2026-10-30' });
  studio.client('Neri');
  studio.clientWrites({ from: 'neri@client.example', text: 'a '.repeat(15_000) });
  studio.clock.advance(35 * minuteMs);
  return studio;
}

describe('the disk is full', () => {
  it('at any page: the pass stops, and once there is space everything leaves, once', async () => {
    let [stopped, went] = [0, 0];
    for (let room = 0; went < 2; room += 2) {
      const studio = await studioWithWork();
      const connection = connectionOf(studio);
      const pages = connection.pragma('page_count', { simple: true }) as number;
      connection.pragma(`max_page_count = ${pages + room}`);
      const fault = await studio.app.pass().then(
        () => null,
        (error: unknown) => error,
      );
      if (fault === null) went += 1;
      else {
        stopped += 1;
        expect(fault).toMatchObject({ code: 'store', passing: true, where: studio.app.store.path });
        expect(fault).toMatchObject({
          message: expect.stringContaining('disk is full'),
          next: expect.stringMatching(/space/),
        });
      }
      connection.pragma('max_page_count = 1000000');
      await studio.until('2026-11-09T12:00:00+01:00', 60);
      const unsure = studio.app.store.read((r) => inState(r, 'unsure'));
      counted.tried += 1;
      counted.doubles += doubled(takenOf(studio));
      counted.losses += 2 - studio.courier.taken.length;
      expect(
        unsure.every((letter) =>
          takenOf(studio)
            .map(idOf)
            .includes(letter.messageId as string),
        ),
      ).toBe(true);
      expect(studio.courier.taken).toHaveLength(2);
      expect(studio.app.store.check()).toEqual({ ok: true });
    }
    expect(stopped).toBeGreaterThan(5);
  });
});

// --- the program itself, in a mount namespace of its own ---

const isolated = spawnSync('unshare', ['-m', 'true']).status === 0;
if (!isolated) process.stdout.write('no private mounts here (unshare -m): a full and a read-only disk are not tried\n');
const nodeApi = Number(process.versions['napi'] ?? 0);
const driver = createRequire(import.meta.url).resolve(nodeApi < 10 ? 'better-sqlite3-node20' : 'better-sqlite3');
const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js');

interface Mounted {
  child: ChildProcess;
  said(): string;
  end: ReturnType<typeof ended>;
  /** the data folder as the program sees it */
  inside(...names: string[]): string;
}

/** @param mount shell words that mount something at "$1" */
function startMounted(place: Place, mount: string, args: string[]): Mounted {
  const words = `${mount} && shift && exec "$@"`;
  const program = [process.execPath, main, '--config', place.config.path, ...args];
  const child = spawn('unshare', ['-m', 'sh', '-c', words, 'sh', place.dataDir, ...program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PALETTI_LANG: 'en', PATH: process.env['PATH'], STUDIO_PASSWORD: password },
  });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  const inside = (...names: string[]) => join(`/proc/${child.pid}/root`, place.dataDir, ...names);
  return { child, said: () => said, end: ended(child), inside };
}

const tmpfs =
  'mkdir -p "$1.full" && cp -a "$1/." "$1.full" && mount -t tmpfs -o size=3m none "$1" && cp -a "$1.full/." "$1"';
const readOnly = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"';

let servers: Servers;
let place: Place;

async function studioOfProgram(): Promise<void> {
  servers = await startServers();
  place = openPlace(servers);
  onTestFinished(async () => {
    await servers.stop();
    place.remove();
  });
  await run(place, ['run', '--once']);
  write(place, (w) => ['Neri', 'Verdi'].map((name) => client(w, name)));
}

function arrives(name: string, text?: string): void {
  const source = raw({
    from: `${name} <${name.toLowerCase()}@client.example>`,
    subject: `Da ${name}`,
    messageId: `<${name}@client.example>`,
    ...(text !== undefined && { text }),
  });
  servers.imap.append('inbox', { source, receivedAt: systemClock.now() });
}

/** Whom the server took a letter for. */
const sentTo = () =>
  servers.smtp.bodies.map((body) => /^To:.*?(\w+)@client/im.exec(body.toString())?.[1] ?? '?').toSorted();

describe.skipIf(!isolated)('a disk of its own', () => {
  it('is full: the daemon says so, sends nothing, and goes on by itself when there is space', async () => {
    await studioOfProgram();
    const before = systemClock.now();
    const daemon = startMounted(place, tmpfs, ['run']);
    await until(() => watching.test(daemon.said()));
    await until(() => hasRun(daemon, before));
    fillUp(daemon.inside('ballast'));
    arrives('Neri', 'b '.repeat(25_000));
    await until(() => /store: the disk is full/.test(daemon.said()));
    expect(daemon.said()).toMatch(/Free some space/);
    expect(sentTo()).toEqual([]);
    rmSync(daemon.inside('ballast'));
    await until(() => sentTo().length > 0);
    daemon.child.kill('SIGTERM');
    expect((await daemon.end).code).toBe(0);
    expect(sentTo()).toEqual(['neri']);
    counted.tried += 1;
  });

  it('cannot be written: the program ends, says which file, and sends nothing', async () => {
    await studioOfProgram();
    arrives('Neri');
    const end = await startMounted(place, readOnly, ['run']).end;
    expect(end.code).toBe(1);
    expect(end.stderr).toMatch(/cannot be (?:written|opened)/);
    expect(end.stderr).toContain(place.dataDir);
    expect(end.stderr).toMatch(/may be written by you|folder exists/);
    expect(servers.smtp.connections).toBe(0);
    await run(place, ['run', '--once']);
    await run(place, ['run', '--once']);
    expect(sentTo()).toEqual(['neri']);
    counted.tried += 1;
  });
});

/** Whether a pass that began since then has come to its end; asked from inside, where the database is. */
function hasRun(daemon: Mounted, since: Instant): boolean {
  const words = `new (require(${JSON.stringify(driver)}))(process.argv[1], { readonly: true })
    .prepare("SELECT count(*) FROM runs WHERE job = 'file' AND started_at >= ?").pluck().get(process.argv[2])`;
  const inside = ['-t', String(daemon.child.pid), '-m', process.execPath, '-p', words];
  const { stdout } = spawnSync('nsenter', [...inside, databasePath(place.config), toIso(since)], { encoding: 'utf8' });
  return Number(stdout) > 0;
}

function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [65_536, 4_096, 512]) {
      const block = Buffer.alloc(size, 1);
      for (let full = false; !full; ) full = !wrote(file, block);
    }
  } finally {
    closeSync(file);
  }
}

function wrote(file: number, block: Buffer): boolean {
  try {
    return writeSync(file, block) === block.length && fstatSync(file).size > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}

// --- locked ---

describe('the database is locked by another program', () => {
  it('for half a minute: the daemon says so, sends nothing, and goes on when it is free', async () => {
    await studioOfProgram();
    const daemon = start(place, ['run']);
    await daemon.hears(watching);
    const release = await lockElsewhere(databasePath(place.config));
    arrives('Neri');
    await daemon.hears(/store: another program keeps the database locked/);
    expect(daemon.said()).toMatch(/Close whatever else has the file open/);
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    expect(daemon.child.exitCode).toBeNull();
    expect(sentTo()).toEqual([]);
    await release();
    await until(() => sentTo().length > 0);
    daemon.child.kill('SIGTERM');
    expect((await daemon.end).code).toBe(0);
    expect(sentTo()).toEqual(['neri']);
    counted.tried += 1;
  });

  it('just as the server has taken a letter: it is unsure, and not sent again by itself', async () => {
    const studio = await studioWithWork();
    const other = new Sqlite(studio.app.store.path);
    const send = studio.courier.send.bind(studio.courier);
    studio.courier.send = async (envelope, bytes) => {
      await send(envelope, bytes);
      if (!other.inTransaction) other.exec('BEGIN IMMEDIATE');
    };
    await expect(studio.app.pass()).rejects.toMatchObject({ code: 'store', passing: true });
    other.close();
    studio.courier.send = send;
    expect(studio.courier.taken).toHaveLength(1);
    await studio.until('2026-11-09T12:00:00+01:00', 30);
    const doubted = studio.app.store.read((r) => inState(r, 'unsure'));
    expect(doubted).toHaveLength(1);
    expect(studio.courier.taken).toHaveLength(2);
    expect(doubled(takenOf(studio))).toBe(0);
    counted.tried += 1;
  });
});

/** A database browser with a change that was not written. */
async function lockElsewhere(path: string): Promise<() => Promise<void>> {
  const words = `new (require(${JSON.stringify(driver)}))(${JSON.stringify(path)}).exec('BEGIN IMMEDIATE');
    console.log('locked'); process.stdin.resume(); process.stdin.on('end', () => process.exit())`;
  const child = spawn(process.execPath, ['-e', words], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((done) => child.stdout.once('data', done));
  return async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.stdin.end();
    await gone;
  };
}

// --- damaged ---

describe('the file is damaged', () => {
  let sample: string;

  /** A data folder whose daemon was killed, with a letter sent and one due. */
  beforeAll(async () => {
    servers = await startServers();
    place = openPlace(servers);
    await run(place, ['run', '--once']);
    write(place, (w) => ['Neri', 'Verdi'].map((name) => client(w, name)));
    for (let n = 0; n < 40; n += 1) arrives(`Chi${n}`, `parole ${n} `.repeat(400));
    arrives('Neri');
    await run(place, ['run', '--once']);
    expect(sentTo()).toEqual(['neri']);
    const daemon = start(place, ['run']);
    await daemon.hears(watching);
    await until(() => isInUse());
    daemon.child.kill('SIGKILL');
    await daemon.end;
    // As a power cut after a checkpoint leaves it.
    const store = openStore(databasePath(place.config));
    store.close();
    sample = mkdtempSync(join(tmpdir(), 'paletti-damaged-'));
    cpSync(place.dataDir, sample, { recursive: true });
    arrives('Verdi');
  });

  afterAll(async () => {
    await servers.stop();
    place.remove();
    rmSync(sample, { recursive: true, force: true });
  });

  /** The daemon has begun, and will not end cleanly. */
  function isInUse(): boolean {
    const store = openStore(databasePath(place.config));
    const since = store.read((r) => factOf(r, 'in-use-since'));
    store.close();
    return since !== undefined && since !== '';
  }

  function restore(): string {
    rmSync(place.dataDir, { recursive: true, force: true });
    cpSync(sample, place.dataDir, { recursive: true });
    return databasePath(place.config);
  }

  const harms: [string, (path: string) => void, RegExp][] = [
    ['a page is overwritten', (path) => overwrite(path, 0.4), /damaged/],
    ['another page is overwritten', (path) => overwrite(path, 0.7), /damaged/],
    ['it was cut in half', (path) => truncateSync(path, readFileSync(path).length >> 1), /damaged/],
    ['its beginning is gone', (path) => overwrite(path, 0), /not an SQLite database/],
  ];

  it.each(harms)('%s: nothing leaves, and what is said names the backup', async (_, harm, words) => {
    harm(restore());
    const before = servers.smtp.connections;
    for (const args of [['run'], ['run', '--once']]) {
      const end = await run(place, args);
      expect(end.code).toBe(1);
      expect(end.stderr).toMatch(words);
      expect(end.stderr).toMatch(/newest backup/);
      expect(end.stderr).toContain(databasePath(place.config));
    }
    const doctor = await run(place, ['doctor', '--offline']);
    expect(doctor.code).toBe(1);
    expect(`${doctor.stdout}${doctor.stderr}`).toMatch(/backup/i);
    expect(servers.smtp.connections).toBe(before);
    counted.tried += 1;
  });

  /** Then the file is not read through at the start (see README): what is broken is met where it is read. */
  it.each(harms)('%s within a day of a clean end: doctor sees it, and nothing leaves twice', async (_, harm, words) => {
    const path = restore();
    expect((await run(place, ['run', '--once'])).code).toBe(0);
    harm(path);
    arrives('Neri', 'di nuovo');
    const end = await run(place, ['run', '--once']);
    if (end.code !== 0) expect(end.stderr).toMatch(words);
    if (end.code !== 0) expect(end.stderr).toMatch(/newest backup/);
    const doctor = await run(place, ['doctor', '--offline']);
    expect(doctor.code).toBe(1);
    expect(`${doctor.stdout}${doctor.stderr}`).toMatch(/backup/i);
    expect(sentTo().filter((name) => name === 'neri')).toHaveLength(1);
    counted.tried += 1;
    counted.doubles += doubled(servers.smtp.bodies);
  });

  it('a backup of it is refused rather than kept in place of a good one', async () => {
    restore();
    const file = join(place.dataDir, 'good.db');
    expect((await run(place, ['backup', file])).code).toBe(0);
    const good = readFileSync(file);
    overwrite(databasePath(place.config), 0.4);
    const end = await run(place, ['backup', file, '--force']);
    expect(end.code).toBe(1);
    expect(readFileSync(file).equals(good)).toBe(true);
    counted.tried += 1;
  });

  it('a backup put back while the old log lies beside it is refused, and taken once that is gone', async () => {
    const path = restore();
    const file = join(place.dataDir, 'good.db');
    await run(place, ['backup', file]);
    const daemon = start(place, ['run']);
    await daemon.hears(watching);
    await until(() => existsSync(`${path}-wal`));
    daemon.child.kill('SIGKILL');
    await daemon.end;
    copyFileSync(file, path);
    writeFileSync(`${path}-wal`, readFileSync(`${path}-wal`).length > 0 ? readFileSync(`${path}-wal`) : 'log');
    for (const args of [['run', '--once'], ['doctor', '--offline'], ['status']]) {
      const end = await run(place, args);
      expect(end.code).toBe(1);
      expect(`${end.stdout}${end.stderr}`).toMatch(/paletti\.db-wal/);
    }
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    expect((await run(place, ['doctor', '--offline'])).code).toBe(0);
    counted.tried += 1;
  });

  function overwrite(path: string, where: number): void {
    const file = openSync(path, 'r+');
    try {
      const pages = Math.floor(fstatSync(file).size / 4_096);
      const noise = Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 73 + 41) % 251));
      for (let page = 0; page < (where === 0 ? 1 : 3); page += 1)
        writeSync(file, noise, 0, 4_096, (Math.floor(pages * where) + page) * 4_096);
    } finally {
      closeSync(file);
    }
  }
});

// --- older than what left ---

describe('the database is older than what left', () => {
  /** The same mailbox and the same servers, another database: what a person does who puts a backup back. */
  async function reopen(before: Studio, at: string, replace: () => void): Promise<Studio> {
    const { dataDir } = before.config;
    await before.app.shut();
    replace();
    const after = new Studio({ now: at, dataDir });
    Object.assign(after, { mailbox: before.mailbox, courier: before.courier });
    await after.open();
    onTestFinished(() => after.app.shut());
    // The first one is shut already; whoever opened it shuts it again.
    before.app.shut = async () => {};
    return after;
  }

  function putBack(path: string, from: string): void {
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    copyFileSync(from, path);
  }

  type Provider = [name: string, Partial<Studio['mailbox']>];
  const providers: Provider[] = [
    ['the copies stand in Sent', {}],
    ['the provider files nothing in Sent', { filesSent: true, isInSent: async () => false }],
  ];

  it.each(providers)("yesterday's backup, %s: no letter leaves a second time", async (_, provider) => {
    const studio = await openStudio({ now: monday });
    Object.assign(studio.mailbox, provider);
    const backup = join(studio.config.dataDir, 'yesterday.db');
    studio.client('Neri');
    studio.invoice(studio.client('Bianchi'), { dueOn: '2026-10-30' });
    await studio.app.store.backup(backup);
    studio.clientWrites({ from: 'neri@client.example' }, '2026-11-09T10:00:00+01:00');
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.sent()).toHaveLength(2);

    const path = studio.app.store.path;
    const restored = await reopen(studio, '2026-11-10T09:30:00+01:00', () => putBack(path, backup));
    await restored.until('2026-11-10T12:00:00+01:00');
    expect(restored.courier.taken).toHaveLength(2);
    const told = restored.app.store.read((r) => unseenNotices(r));
    expect(told.filter(({ key }) => /older-database|foreign-letter/.test(key)).length).toBeGreaterThan(0);
    expect(told.map(({ next }) => next).join(' ')).toMatch(/paletti resume/);
    expect(restored.app.store.read((r) => pausedNow(r, restored.clock.now()))).not.toBeNull();

    // The owner looks, and lets it go on: what left in the forgotten time is not sent blindly even so.
    restored.app.store.write(restored.clock.now(), resume);
    await restored.until('2026-11-11T12:00:00+01:00');
    counted.tried += 1;
    counted.doubles += doubled(takenOf(restored));
    expect(doubled(takenOf(restored))).toBe(0);
    expect(restored.courier.taken).toHaveLength(2);
    expect(['unsure', 'sent', 'filed', 'dropped']).toEqual(
      expect.arrayContaining([...new Set(restored.letters().map((letter) => letter.state))]),
    );
  });

  it.each(providers)('the log was lost, %s: no letter leaves a second time', async (_, provider) => {
    const studio = await openStudio({ now: monday });
    Object.assign(studio.mailbox, provider);
    studio.client('Neri');
    studio.invoice(studio.client('Bianchi'), { dueOn: '2026-10-30' });
    const connection = connectionOf(studio);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    const path = studio.app.store.path;
    const withoutLog = join(studio.config.dataDir, 'without-log.db');
    await studio.until('2026-11-09T12:00:00+01:00');
    expect(studio.sent()).toHaveLength(1);
    copyFileSync(path, withoutLog);

    const reopened = await reopen(studio, '2026-11-09T12:30:00+01:00', () => putBack(path, withoutLog));
    expect(reopened.letters()).toEqual([]);
    await reopened.until('2026-11-11T12:00:00+01:00');
    expect(reopened.courier.taken).toHaveLength(1);
    reopened.app.store.write(reopened.clock.now(), resume);
    await reopened.until('2026-11-12T12:00:00+01:00');
    expect(reopened.courier.taken).toHaveLength(1);
    counted.tried += 1;
  });

  it('a letter that was tried and edited since is no sign of an older database', async () => {
    const studio = await openStudio({ now: monday });
    studio.invoice(studio.client('Bianchi'), { dueOn: '2026-10-30' });
    await studio.until('2026-11-09T12:00:00+01:00');
    const again = await reopen(studio, '2026-11-09T12:30:00+01:00', () => {});
    studio.clock.set(plus(instant(monday), dayMs));
    await again.until('2026-11-10T12:00:00+01:00');
    expect(again.app.store.read((r) => [pausedNow(r, again.clock.now()), listLetters(r).length])).toEqual([null, 1]);
  });
});
