/**
 * Everything that full runs produced is searched for what must not be in it: the password in every form it has on the
 * wire, and, outside of the two places that hold mail, the text of mails.
 */
import { type Dirent, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { addDays, dayOf } from '../../src/rules/time.ts';
import { tally } from './figures.ts';
import { openPlace, run, start, until, watching, write } from './program.ts';
import {
  client,
  type Ended,
  invoice,
  password,
  type Place,
  raw,
  type Servers,
  startServers,
  takenIds,
} from './world.ts';

/** Words that stand in the text of a mail that comes, or of each letter, and in no subject, name or address. */
const inMail = 'zucchini-quarantasette';
const inLetter = 'ravanelli-cinquantotto';
const bodies = [inMail, inLetter];
const owner = {
  name: 'Anna Rossi',
  business: 'Studio Rossi',
  addresses: ['anna@studio.example'],
  language: 'it',
  timeZone: 'Europe/Rome',
  iban: 'IT60X0542811101000000123456',
  signature: `Anna\n${inLetter}`,
};
const user = 'studio';
const forms = [
  password,
  Buffer.from(password).toString('base64'),
  Buffer.from(`\0${user}\0${password}`).toString('base64'),
  encodeURIComponent(password),
  Buffer.from(password).toString('hex'),
];

let searched = 0;
let found = 0;
afterAll(() => tally({ 'outputs searched for secrets': searched, 'secrets found': found }));

function search(where: string, text: string, words: readonly string[]): string[] {
  searched += 1;
  const hits = words.filter((word) => text.includes(word)).map((word) => `${where} holds ${word}`);
  found += hits.length;
  return hits;
}

function filesIn(folder: string): string[] {
  const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name);
  return readdirSync(folder, { recursive: true, withFileTypes: true }).map(pathOf);
}

/** A database or what belongs to one: -wal and -shm have no such beginning. */
const isDatabase = (path: string, text: string) =>
  text.startsWith('SQLite format 3\0') || /\.db-(?:wal|shm)$/.test(path);

/** Mail is at home in databases alone; a signature is also in the configuration that was found sound. */
function wordsFor(path: string, text: string): string[] {
  if (isDatabase(path, text)) return forms;
  return path.endsWith('config.sound.json') ? [...forms, inMail] : [...forms, ...bodies];
}

/** The password is nowhere; mail stands in the database and its copies alone. */
function searchFiles(place: Place): string[] {
  return filesIn(place.dataDir)
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => {
      const text = readFileSync(path, 'latin1');
      return search(path, text, wordsFor(path, text));
    });
}

function searchSaid(where: string, { stdout, stderr }: Ended): string[] {
  return search(where, stdout + stderr, [...forms, ...bodies]);
}

/** Tables that tell what happened hold no mail: those of messages and letters (and their search index) do. */
function searchTables(place: Place): string[] {
  const desk = openDesk({ config: place.config, clock: systemClock });
  try {
    return desk.store.read((r) => {
      const tables = r
        .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .map(({ name }) => name);
      const quiet = tables.filter((name) => !/^(?:messages|letters)/.test(name));
      return quiet.flatMap((name) => {
        const rows = r.all(`SELECT * FROM ${name}`).map((row) => JSON.stringify(row));
        return search(`table ${name}`, rows.join('\n'), [...forms, ...bodies]);
      });
    });
  } finally {
    desk.close();
  }
}

function openToOthers(folder: string): string[] {
  return [folder, ...filesIn(folder)]
    .map((path) => ({ path, mode: statSync(path).mode & 0o777, wanted: statSync(path).isDirectory() ? 0o700 : 0o600 }))
    .filter(({ mode, wanted }) => mode !== wanted)
    .map(({ path, mode }) => `${path} ${mode.toString(8)}`);
}

function commandLine(pid: number | undefined): string {
  return readFileSync(`/proc/${String(pid)}/cmdline`, 'latin1').replaceAll('\0', ' ');
}

/** A mail that is acknowledged and an invoice that is reminded of, with the marked words in all three. */
function fill(servers: Servers, place: Place): void {
  const overdue = addDays(dayOf(systemClock.now(), 'Europe/Rome'), -10);
  write(place, (w) => {
    invoice(w, client(w, 'Bianchi'), 'Bianchi', overdue);
    client(w, 'Neri');
  });
  const mail = { from: 'neri@client.example', subject: 'Tema', messageId: '<m@client.example>', text: inMail };
  servers.imap.append('inbox', { source: raw(mail), receivedAt: systemClock.now() });
}

interface Keeper {
  how: string;
  /** what stands in the config, beside a folder that it may use */
  source(folder: string): Record<string, unknown>;
  env: Record<string, string>;
}

const keepers: Keeper[] = [
  { how: 'the environment', source: () => ({ env: 'STUDIO_PASSWORD' }), env: {} },
  {
    how: 'a command',
    source: (folder) => ({
      command: [process.execPath, keep(join(folder, 'tell.mjs'), `console.log('${password}')\n`)],
    }),
    env: { STUDIO_PASSWORD: '' },
  },
  {
    how: 'a file',
    source: (folder) => ({ file: keep(join(folder, 'secret'), `${password}\n`) }),
    env: { STUDIO_PASSWORD: '' },
  },
];

function keep(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

function placeFor(servers: Servers, password: Record<string, unknown>): Place {
  const server = { host: '127.0.0.1', secure: false, user, password };
  const mailboxes = [
    { name: 'studio', imap: { ...server, port: servers.imap.port }, smtp: { ...server, port: servers.smtp.port } },
  ];
  return openPlace(servers, { config: { mailboxes, owner } });
}

describe('what runs leave behind', () => {
  it.for(keepers)('a password from $how stands nowhere', async ({ source, env }) => {
    const servers = await startServers();
    const keptIn = openPlace(servers);
    const place = placeFor(servers, source(join(keptIn.dataDir, '..', 'kept')));
    // The first start makes what is there history; what comes after it is answered.
    expect(await run(place, ['run', '--once'], env)).toMatchObject({ code: 0 });
    fill(servers, place);
    const said: string[] = [];
    for (const form of ['json', 'human']) {
      const daemon = start(place, ['run', '--log-level', 'debug'], { ...env, PALETTI_LOG: form });
      await daemon.hears(/watching/);
      said.push(...search('the process list', commandLine(daemon.child.pid), forms));
      await until(() => takenIds(servers.smtp).length > 0 && servers.imap.messages('sent').length > 0);
      daemon.child.kill('SIGTERM');
      said.push(...searchSaid(`the ${form} log`, await daemon.end));
    }
    const once = await run(place, ['run', '--once', '--json'], env);
    expect(once.code).toBe(0);
    expect(takenIds(servers.smtp).length).toBeGreaterThan(0);
    for (const args of [['backup'], ['status'], ['journal'], ['notices'], ['outbox'], ['plan'], ['config', 'check']])
      said.push(...searchSaid(args.join(' '), await run(place, args, env)));
    expect([...said, ...searchSaid('run --once', once), ...searchFiles(place), ...searchTables(place)]).toEqual([]);
    expect(openToOthers(place.dataDir)).toEqual([]);
    // The search can find: mail and letters are where they belong.
    for (const words of bodies) expect(readFileSync(join(place.dataDir, 'paletti.db'), 'latin1')).toContain(words);
    for (const body of servers.smtp.bodies) expect(body.toString()).toContain(inLetter);
    place.remove();
    keptIn.remove();
    await servers.stop();
  });

  it.for([
    ['with these words', '535 5.7.8 bad credentials'],
    ['repeating what it was given', `535 5.7.8 no: AUTH PLAIN ${forms[2]} (${password})`],
  ])('a login refused by SMTP %s leaves no password behind', async ([, auth]) => {
    const servers = await startServers({ auth: auth as string });
    const place = openPlace(servers);
    write(place, (w) =>
      invoice(w, client(w, 'Bianchi'), 'Bianchi', addDays(dayOf(systemClock.now(), 'Europe/Rome'), -10)),
    );
    await run(place, ['run', '--once']);
    const said = await everythingSaid(place);
    expect(said.texts.join('\n')).toMatch(/refused the login/);
    expect([...said.hits, ...searchFiles(place)]).toEqual([]);
    place.remove();
    await servers.stop();
  });

  it('an IMAP server that repeats the login in its refusal is not repeated', async () => {
    const imap = await startRepeatingImap();
    const servers = { imap: { port: imap.port }, smtp: { port: 1 } } as Servers;
    const place = openPlace(servers);
    const said = await everythingSaid(place);
    expect(imap.heard()).toContain(password);
    expect(said.texts.join('\n')).toMatch(/refused the login/);
    expect([...said.hits, ...searchFiles(place)]).toEqual([]);
    place.remove();
    imap.stop();
  });

  it('a login refused by IMAP leaves no password behind, and ends with 5', async () => {
    const servers = await startServers();
    const place = openPlace(servers);
    const wrong = 'Zx-other-5521';
    const refused = await run(place, ['run', '--once', '--log-level', 'debug'], { STUDIO_PASSWORD: wrong });
    expect(refused.code).toBe(5);
    const daemon = start(place, ['run', '--log-level', 'debug'], { STUDIO_PASSWORD: wrong });
    await daemon.hears(watching);
    await new Promise((resolve) => setTimeout(resolve, 500));
    daemon.child.kill('SIGTERM');
    const outputs = [refused, await daemon.end, await run(place, ['doctor'], { STUDIO_PASSWORD: wrong })];
    const words = [wrong, Buffer.from(wrong).toString('base64')];
    const hits = outputs.flatMap(({ stdout, stderr }) => search('the refused run', stdout + stderr, words));
    const files = filesIn(place.dataDir).filter((path) => statSync(path).isFile());
    hits.push(...files.flatMap((path) => search(path, readFileSync(path, 'latin1'), words)));
    expect(hits).toEqual([]);
    expect(openToOthers(place.dataDir)).toEqual([]);
    place.remove();
    await servers.stop();
  });

  async function everythingSaid(place: Place): Promise<{ hits: string[]; texts: string[] }> {
    const texts: string[] = [];
    const hits: string[] = [];
    for (const args of [['run', '--once', '--log-level', 'debug'], ['status'], ['journal'], ['notices'], ['doctor']]) {
      const end = await run(place, args);
      texts.push(end.stdout + end.stderr);
      hits.push(...searchSaid(args.join(' '), end));
    }
    return { hits, texts };
  }
});

/** Says no to every login, and says it again word for word. */
async function startRepeatingImap(): Promise<{ port: number; heard(): string; stop(): void }> {
  let heard = '';
  const lines = new Set<Socket>();
  const server = createServer((line) => {
    lines.add(line);
    line.on('error', () => {});
    line.write('* OK ready\r\n');
    line.on('data', (piece) => {
      const [tag = '*', verb = ''] = piece.toString().split(' ');
      if (verb.startsWith('LOGIN')) heard += piece.toString();
      if (verb.startsWith('CAPABILITY')) line.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`);
      else line.write(`${tag} NO [AUTHENTICATIONFAILED] what is ${piece.toString().trim()}\r\n`);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stop = () => (server.close(), lines.forEach((line) => void line.destroy()));
  return { port: (server.address() as AddressInfo).port, heard: () => heard, stop };
}
