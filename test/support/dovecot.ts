/**
 * Debian's Dovecot as a child of the test, with a configuration, a certificate and a Maildir of its own in a temporary
 * folder, on free ports of loopback. For the suites that want a real server; nothing of the system's Dovecot is used.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';

const run = promisify(execFile);

/** Access tokens are taken, too. */
export interface TokenOptions {
  /** its address */
  issuer: string;
  /** checked by a key, without asking the issuer; null: the issuer is asked about each */
  publicPem: string | null;
  mechanisms: string;
  /** letters are taken for sending as well, and passed on to this port of the machine */
  relayTo: number;
}

export interface Dovecot {
  host: string;
  /** takes letters for sending, with STARTTLS; 0: it does not */
  submissionPort: number;
  /** what it has written down so far */
  log(): Promise<string>;
  /** clear text with STARTTLS */
  port: number;
  /** TLS from the first byte */
  tlsPort: number;
  /** PEM of the authority that signed the certificate of `host` */
  ca: string;
  user: string;
  password: string;
  maildir: string;
  /** The process that serves a connection dies, as in a crash. */
  killWorkers(): Promise<void>;
  /** Stops the server and starts it again on the same ports. */
  restart(): Promise<void>;
  /** Throws its indexes away: the next opening has another UIDVALIDITY. */
  resetUidValidity(): Promise<void>;
  stop(): Promise<void>;
}

/** Logged in over TLS as another program would be: the phone, or whoever delivers. To be logged out by the caller. */
export async function connectElsewhere({ host, tlsPort, ca, user, password }: Dovecot): Promise<ImapFlow> {
  const auth = { user, pass: password };
  const other = new ImapFlow({ host, port: tlsPort, secure: true, tls: { ca }, auth, logger: false });
  other.on('error', () => {});
  await other.connect();
  return other;
}

export async function startDovecot(tokens?: TokenOptions): Promise<Dovecot> {
  // A short path: the sockets below it may have 108 characters.
  const home = await mkdtemp(join(tmpdir(), 'pd-'));
  await chmod(home, 0o755);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const submissionPort = tokens === undefined ? 0 : await freePort();
  const maildir = join(home, 'mail');
  const owner = await mailOwner();
  await Promise.all(['mail', 'run', 'state'].map((name) => mkdir(join(home, name))));
  const ca = await makeCertificates(home);
  await writeFile(join(home, 'users'), 'studio:{PLAIN}s3cret-word::::::\n', { mode: 0o644 });
  const tokenLines = tokens === undefined ? '' : await tokenConfig(home, tokens, submissionPort);
  await writeFile(join(home, 'dovecot.conf'), `${configOf({ home, port, tlsPort, maildir, owner })}${tokenLines}`);
  await run('chown', ['-R', `${owner.uid}:${owner.gid}`, maildir]);
  let child = await launch(home, port);
  const stopServer = async () => {
    await ended(child);
  };
  return {
    host: '127.0.0.1',
    submissionPort,
    log: () => readFile(join(home, 'log'), 'utf8'),
    port,
    tlsPort,
    ca,
    user: 'studio',
    password: 's3cret-word',
    maildir,
    killWorkers: () => killWorkers(child.pid as number),
    restart: async () => {
      await stopServer();
      child = await launch(home, port);
    },
    resetUidValidity: async () => {
      const files = await readdir(maildir, { recursive: true });
      await Promise.all(
        files
          .filter((file) => /(?:^|\/)dovecot[^/]*$/.test(file))
          .map((file) => rm(join(maildir, file), { force: true })),
      );
    },
    stop: async () => {
      await stopServer();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Refused logins would be slowed down ever more: that is what the last service is for. */
async function tokenConfig(home: string, tokens: TokenOptions, submissionPort: number): Promise<string> {
  const { issuer, publicPem, mechanisms, relayTo } = tokens;
  const own = 'username_attribute = sub\nscope = mail\n';
  if (publicPem === null) {
    const asked = `http://dovecot:dovecot-secret@${issuer.replace('http://', '')}/token/introspection`;
    const lines = `introspection_mode = post\nintrospection_url = ${asked}\nforce_introspection = yes\nactive_attribute = active\nactive_value = true\n`;
    await writeFile(join(home, 'oauth2.conf'), lines + own, { mode: 0o644 });
  } else {
    await mkdir(join(home, 'keys/default/RS256'), { recursive: true });
    await writeFile(join(home, 'keys/default/RS256/k1'), publicPem, { mode: 0o644 });
    const lines = `introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=${home}/keys/\nissuers = ${issuer}\n`;
    await writeFile(join(home, 'oauth2.conf'), lines + own, { mode: 0o644 });
  }
  return `
auth_mechanisms = plain login ${mechanisms}
passdb {
  driver = oauth2
  mechanisms = ${mechanisms}
  args = ${home}/oauth2.conf
}
protocols = imap submission
hostname = localhost
submission_relay_host = 127.0.0.1
submission_relay_port = ${relayTo}
submission_relay_trusted = no
service submission-login {
  chroot =
  inet_listener submission {
    port = ${submissionPort}
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;
}

interface Owner {
  uid: number;
  gid: number;
  name: string;
}

/** Dovecot serves no mail as root: under root it belongs to the system's user for mail. */
export async function mailOwner(): Promise<Owner> {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { uid, gid, name: username };
  const [, , id = '8', group = '8'] = (await run('getent', ['passwd', 'mail'])).stdout.trim().split(':');
  return { uid: Number(id), gid: Number(group), name: 'mail' };
}

interface ConfigFacts {
  home: string;
  port: number;
  tlsPort: number;
  maildir: string;
  owner: Owner;
}

function configOf({ home, port, tlsPort, maildir, owner }: ConfigFacts): string {
  const internal = owner.uid === userInfo().uid ? owner.name : 'dovecot';
  const login = owner.uid === userInfo().uid ? owner.name : 'dovenull';
  return `
base_dir = ${home}/run
state_dir = ${home}/state
instance_name = ${home.slice(home.lastIndexOf('/') + 1)}
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${internal}
default_login_user = ${login}
first_valid_uid = 1
mail_location = maildir:${maildir}
mail_fsync = never
mail_max_userip_connections = 50
ssl = required
ssl_cert = <${home}/server.pem
ssl_key = <${home}/server.key
disable_plaintext_auth = yes
auth_failure_delay = 0
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${maildir}
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox "Posta inviata" {
    special_use = \\Sent
    auto = subscribe
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service auth {
  user = root
}
`.replaceAll('user = root', owner.uid === userInfo().uid ? `user = ${owner.name}` : 'user = root');
}

/** An authority and a certificate for 127.0.0.1. Answers the authority's PEM. */
async function makeCertificates(home: string): Promise<string> {
  const at = (name: string) => join(home, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await run('openssl', [
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-days',
    '30',
    '-subj',
    '/CN=Test CA',
  ]);
  await run('openssl', [
    'req',
    ...key,
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
    '-subj',
    '/CN=localhost',
  ]);
  await writeFile(at('san'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const signing = [
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '30',
    '-extfile',
    at('san'),
  ];
  await run('openssl', ['x509', '-req', '-in', at('server.csr'), '-out', at('server.pem'), ...signing]);
  return readFile(at('ca.pem'), 'utf8');
}

async function launch(home: string, port: number): Promise<ChildProcess> {
  const child = spawn('dovecot', ['-F', '-c', join(home, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  process.once('exit', () => child.kill('SIGTERM'));
  let words = '';
  child.stderr?.on('data', (piece: Buffer) => {
    words += piece.toString();
  });
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) break;
    if (await answers(port)) return child;
    await sleep(50);
  }
  const log = await readFile(join(home, 'log'), 'utf8').catch(() => '');
  child.kill('SIGKILL');
  throw new Error(`Dovecot did not start: ${words}${log}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await exit;
}

/** Only the imap processes among the server's own children. */
async function killWorkers(master: number): Promise<void> {
  const { stdout } = await run('ps', ['-o', 'pid=,comm=', '--ppid', String(master)]);
  for (const line of stdout.split('\n')) {
    const [pid, name] = line.trim().split(/\s+/);
    if (name === 'imap' && pid !== undefined) process.kill(Number(pid), 'SIGKILL');
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const line = connect(port, '127.0.0.1');
    line.once('data', () => {
      line.destroy();
      done(true);
    });
    line.once('error', () => done(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
