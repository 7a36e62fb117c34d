/**
 * A private Dovecot on loopback with Maildir mailboxes, without TLS, as an unprivileged user. Big mailboxes are made
 * once and kept in the system's temporary folder. For measurements only.
 */
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { atEnd, freePort, installed, note, pause, run, started, temporaryFolder } from './measure.mjs';
import { fillMaildir } from './sample-mail.mjs';

export const password = 'bench';
/** `nobody` where we are root; otherwise ourselves. */
export const mailUser = process.getuid() === 0 ? { uid: 65_534, gid: 65_534 } : { uid: process.getuid(), gid: process.getgid() };
const dayMs = 86_400_000;
/** Messages are received within the last 60 days when made, and read when younger than 90. */
const keptDays = 25;

/**
 * @param accounts name -> the folder that is its Maildir
 * @returns null when Dovecot is not installed
 */
export async function startDovecot(accounts) {
  const program = installed('dovecot');
  if (program === null) return null;
  const place = temporaryFolder('dovecot');
  chmodSync(place, 0o755);
  const port = await freePort();
  for (const part of ['run', 'state', 'home']) mkdirSync(join(place, part));
  for (const [user, maildir] of Object.entries(accounts)) writeUser(place, user, maildir);
  const config = join(place, 'dovecot.conf');
  writeFileSync(config, configuration(place, port));
  const server = started(program, ['-F', '-c', config]);
  atEnd(async () => {
    server.child.kill('SIGTERM');
    await server.ended;
  });
  await answering(port, server);
  return { port, place, maildir: (user) => accounts[user] };
}

function writeUser(place, user, maildir) {
  const home = join(place, 'home', user);
  mkdirSync(home);
  chownSync(home, mailUser.uid, mailUser.gid);
  const line = `${user}:{PLAIN}${password}:${mailUser.uid}:${mailUser.gid}::${home}::userdb_mail=maildir:${maildir}:INDEX=${home}/index\n`;
  writeFileSync(join(place, 'passwd'), line, { flag: 'a' });
}

function configuration(place, port) {
  const self = userInfo().username;
  const rootless = process.getuid() === 0 ? [] : [`default_login_user = ${self}`, `default_internal_user = ${self}`, 'service anvil {', 'chroot =', '}'];
  return [
    `base_dir = ${place}/run`,
    `state_dir = ${place}/state`,
    `log_path = ${place}/log`,
    'protocols = imap',
    'listen = 127.0.0.1',
    'ssl = no',
    'disable_plaintext_auth = no',
    'first_valid_uid = 1',
    'mail_max_userip_connections = 100',
    'mail_fsync = optimized',
    'service imap-login {',
    '  chroot =',
    '  inet_listener imap {',
    `    port = ${port}`,
    '  }',
    '  inet_listener imaps {',
    '    port = 0',
    '  }',
    '}',
    'namespace inbox {',
    '  inbox = yes',
    '  separator = /',
    '  mailbox Sent {',
    '    special_use = \\Sent',
    '    auto = subscribe',
    '  }',
    '}',
    `passdb {\n  driver = passwd-file\n  args = ${place}/passwd\n}`,
    `userdb {\n  driver = passwd-file\n  args = ${place}/passwd\n}`,
    ...rootless,
    '',
  ].join('\n');
}

async function answering(port, server) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await connects(port)) return;
    await pause(50);
  }
  throw new Error(`Dovecot does not answer: ${server.said()}`);
}

function connects(port) {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

/**
 * A Maildir with so many messages, made when it is not there yet.
 * @param options.largest bytes of the largest attachment
 */
export async function bigMaildir(total, { largest = 8_000_000, seed = 1 } = {}) {
  const store = join(tmpdir(), `paletti-bench-mail-${total}-${largest}-${seed}`);
  const marker = join(store, 'made.json');
  const made = existsSync(marker) ? JSON.parse(readFileSync(marker, 'utf8')) : null;
  if (made !== null && Date.now() - made.until < keptDays * dayMs) return { path: join(store, 'Maildir'), bytes: made.bytes };
  rmSync(store, { recursive: true, force: true });
  mkdirSync(store, { recursive: true, mode: 0o755 });
  note(`making a mailbox of ${total} messages in ${store}`);
  const until = Date.now();
  const path = join(store, 'Maildir');
  const bytes = fillMaildir(path, total, { until, largest, seed });
  await giveAway(path);
  writeFileSync(marker, JSON.stringify({ until, bytes }));
  return { path, bytes };
}

/** An empty one that lasts as long as the run. */
export async function emptyMaildir(name) {
  const path = join(temporaryFolder(`maildir-${name}`), 'Maildir');
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(path, part), { recursive: true });
  chmodSync(join(path, '..'), 0o755);
  await giveAway(path);
  return path;
}

export async function giveAway(path) {
  if (process.getuid() === 0) await run('chown', ['-R', `${mailUser.uid}:${mailUser.gid}`, path]);
}

/** So that no reader is the first to ask the disk. */
export function readAhead(maildir) {
  for (const file of readdirSync(join(maildir, 'cur'))) readFileSync(join(maildir, 'cur', file));
}
