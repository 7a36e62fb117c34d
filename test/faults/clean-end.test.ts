/** A request to end (SIGTERM) at many moments: over within 10 s, exit code 0, nothing half-done and nothing forgotten. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { systemClock } from '../../src/clock.ts';
import { addDays, dayOf, minuteMs, plus } from '../../src/rules/time.ts';
import type { Reader } from '../../src/store/database.ts';
import { listLetters } from '../../src/store/outbox.ts';
import type { SmtpScript } from '../support/scripted-smtp.ts';
import { tally } from './figures.ts';
import { openPlace, start, until, watching, write } from './program.ts';
import { client, invoice, passHere, type Place, raw, type Servers, sentIds, startServers, takenIds } from './world.ts';

const overdue = () => addDays(dayOf(systemClock.now(), 'Europe/Rome'), -10);
/** Every so many points; they are one or two milliseconds apart. */
const stride = 6;
const longestMs = 10_000;

let [ended, doubles] = [0, 0];
afterAll(() => tally({ 'clean ends': ended, doubles }));

function look<T>(place: Place, read: (r: Reader) => T): T {
  const desk = openDesk({ config: place.config, clock: systemClock });
  try {
    return desk.store.read(read);
  } finally {
    desk.close();
  }
}

const statesOf = (place: Place): string[] => look(place, (r) => listLetters(r)).map(({ state }) => state);

/** What a daemon is about to do when it is asked to end. */
interface Work {
  what: string;
  /** letters that must have left in the end, each once */
  letters: number;
  begin(place: Place, servers: Servers): Promise<void>;
}

const works: Work[] = [
  {
    what: 'two letters are due',
    letters: 2,
    begin: async (place) =>
      write(place, (w) => ['Bianchi', 'Verdi'].forEach((name) => invoice(w, client(w, name), name, overdue()))),
  },
  {
    what: 'a client has written',
    letters: 1,
    begin: async (place, { imap }) => {
      // The first start makes what is there history; what comes after it is answered.
      await passHere(place, [plus(systemClock.now(), -minuteMs)], () => write(place, (w) => client(w, 'Neri')));
      const source = raw({ from: 'neri@client.example', subject: 'Bozze', messageId: written });
      imap.append('inbox', { source, receivedAt: systemClock.now() });
    },
  },
];

const written = '<n1@client.example>';

/** How often the client's mail is on record, and how many windows it opened. */
function recordOf(place: Place): { messages: number; windows: number } {
  const sql = `SELECT (SELECT count(*) FROM messages WHERE message_id = ?) AS messages,
    (SELECT count(*) FROM windows) AS windows`;
  return look(place, (r) => r.get(sql, written)) as { messages: number; windows: number };
}

describe('asked to end at any moment', () => {
  it.each(works)(
    'while $what: finishes what is in hand, exits with 0, and goes on where it was',
    {
      timeout: 1_200_000,
    },
    async (work) => {
      const failures: string[] = [];
      let point = 1;
      let last = false;
      for (; !last; point += stride) last = await endAt(point, work, failures);
      expect(failures).toEqual([]);
      expect(point).toBeGreaterThan(80);
    },
  );

  /** @returns whether it had come to rest before that point */
  async function endAt(point: number, work: Work, failures: string[]): Promise<boolean> {
    const servers = await startServers();
    const place = openPlace(servers);
    await work.begin(place, servers);
    const env = { CRASH_SMTP_PORT: `${servers.smtp.port}`, CRASH_IMAP_PORT: `${servers.imap.port}` };
    const daemon = start(place, ['run'], {
      ...env,
      CRASH_AT: `${point}`,
      CRASH_SIGNAL: 'SIGTERM',
      CRASH_REST_AFTER: `${work.letters}`,
    });
    let asked = 0;
    daemon.child.stdout?.once('data', () => (asked = performance.now()));
    const { code, signal, stdout, stderr } = await daemon.end;
    const took = Math.round(performance.now() - asked);
    ended += 1;
    const fail = (what: string) => failures.push(`${point} ${stdout.trim()}: ${what} ${stderr}`);
    if (code !== 0) fail(`ended with ${code ?? signal}`);
    if (took > longestMs) fail(`took ${took} ms`);
    const states = statesOf(place);
    if (states.some((state) => state === 'sending' || state === 'unsure')) fail(`left ${states.join(', ')}`);
    const now = systemClock.now();
    const after = await passHere(place, [now, plus(now, minuteMs)], () => statesOf(place));
    if (after.length !== work.letters || after.some((state) => state !== 'filed')) fail(`came to ${after.join(', ')}`);
    const [taken, filed] = [takenIds(servers.smtp), sentIds(servers.imap)];
    doubles += taken.length - new Set(taken).size;
    if (taken.length !== work.letters || filed.length !== work.letters) fail('lost or doubled a letter');
    const { messages, windows } = recordOf(place);
    const mails = servers.imap.messages('inbox').length;
    if (messages !== mails || windows !== mails) fail(`has ${messages} messages and ${windows} windows on record`);
    place.remove();
    await servers.stop();
    return stdout.includes('at rest');
  }
});

describe.concurrent('asked to end while a server keeps silent', () => {
  const conversations: [string, string, SmtpScript][] = [
    ['the greeting', 'queued', { greeting: 'silence' }],
    ['the login', 'queued', { auth: 'silence' }],
    ['the recipient', 'queued', { rcpt: 'silence' }],
    ['the body', 'unsure', { muteBodyAfter: 300 }],
    ['the answer to the body', 'unsure', { dot: 'silence' }],
  ];

  it.for(conversations)('SMTP, at %s: over within 10 s, and the letter stands as %s', async ([, state, script]) => {
    const servers = await startServers(script);
    const place = openPlace(servers);
    write(place, (w) => invoice(w, client(w, 'Bianchi'), 'Bianchi', overdue()));
    for (const args of [['run'], ['run', '--once']]) {
      const daemon = start(place, args);
      await until(() => servers.smtp.connections > 0 && hangs(servers, script));
      const took = await endIt(daemon);
      expect(took).toBeLessThan(longestMs);
      expect(statesOf(place)).toEqual([state]);
      servers.smtp.connections = 0;
      servers.smtp.commands.length = 0;
      if (state === 'unsure') break;
      write(place, (w) => w.run('UPDATE letters SET next_try_at = NULL'));
    }
    place.remove();
    await servers.stop();
  });

  it.for(['says nothing', 'greets only'])('IMAP, a server that %s', async (how) => {
    const silent = await startSilent(how === 'greets only' ? '* OK ready\r\n' : '');
    const place = openPlace({ imap: { port: silent.port }, smtp: { port: 1 } } as Servers);
    for (const args of [['run'], ['run', '--once']]) {
      const daemon = start(place, args);
      await until(() => silent.heard() > 0);
      expect(await endIt(daemon)).toBeLessThan(longestMs);
      silent.forget();
    }
    place.remove();
    silent.stop();
  });

  it('a password command that never ends', async () => {
    const server = { host: '127.0.0.1', port: 1, secure: false, user: 'studio' };
    const password = { command: [process.execPath, '-e', 'setTimeout(() => {}, 60_000)'] };
    const mailboxes = [{ name: 'studio', imap: { ...server, password }, smtp: { ...server, password } }];
    const place = openPlace({ imap: { port: 1 }, smtp: { port: 1 } } as Servers, { config: { mailboxes } });
    const daemon = start(place, ['run']);
    await daemon.hears(watching);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await endIt(daemon)).toBeLessThan(longestMs);
    place.remove();
  });

  async function endIt(daemon: ReturnType<typeof start>): Promise<number> {
    const since = performance.now();
    daemon.child.kill('SIGTERM');
    const { code, stderr } = await daemon.end;
    // 130: a single pass that was stopped before its end
    expect(`${code} ${stderr}`).toMatch(/^(?:0|4|130) /);
    ended += 1;
    return performance.now() - since;
  }
});

/** The line at which the server falls silent has been reached. */
function hangs({ smtp }: Servers, script: SmtpScript): boolean {
  const said = smtp.commands.join(' ');
  if ('greeting' in script) return true;
  if ('auth' in script) return said.includes('AUTH');
  if ('rcpt' in script) return said.includes('RCPT');
  return said.includes('DATA') && (!('dot' in script) || smtp.bodies.length > 0);
}

interface Silent {
  port: number;
  /** connections so far */
  heard(): number;
  forget(): void;
  stop(): void;
}

async function startSilent(greeting: string): Promise<Silent> {
  const lines = new Set<Socket>();
  let count = 0;
  const server = createServer((line) => {
    lines.add(line);
    count += 1;
    line.on('error', () => {});
    line.resume();
    line.write(greeting);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stop = () => {
    server.close();
    for (const line of lines) line.destroy();
  };
  return { port: (server.address() as AddressInfo).port, heard: () => count, forget: () => void (count = 0), stop };
}
