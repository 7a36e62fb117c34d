/**
 * Signing in with real peers: an authorisation server that replaces refresh tokens, Dovecot that asks it about access
 * tokens or knows its key, Dovecot's submission service; the compiled program as a daemon.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { openDesk } from '../../src/app.ts';
import { readSignIn, type SignIn, signInPath } from '../../src/auth/token-file.ts';
import { replaceSignIn } from '../../src/auth/tokens.ts';
import { systemClock } from '../../src/clock.ts';
import { checkConfig, type Config } from '../../src/config.ts';
import { lockFile } from '../../src/store/lock.ts';
import { unseenNotices } from '../support/in-words.ts';
import { run, start, watching } from '../faults/program.ts';
import { settingsFor } from '../auth/signed-in.ts';
import { connectElsewhere, type Dovecot, startDovecot } from '../support/dovecot.ts';
import { clientId, type Issuer, startIssuer } from '../support/issuer.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';

const execute = promisify(execFile);
const ends: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function issuerWith(options: Parameters<typeof startIssuer>[0] = {}): Promise<Issuer> {
  const issuer = await startIssuer(options);
  ends.push(() => issuer.stop());
  return issuer;
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'pa-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** As after signing in, which the tests of the sign-in go through page by page. */
async function signIn(dataDir: string, issuer: Issuer, change: Partial<SignIn> = {}): Promise<void> {
  const at = systemClock.now();
  await replaceSignIn({ dataDir, lock: lockFile }, 'studio', {
    ...(await issuer.give('studio')),
    place: issuer.address,
    clientId,
    clientProof: 'none',
    scope: null,
    ended: null,
    refreshTokenEndsAt: null,
    tokenEndpoint: `${issuer.address}/token`,
    revocationEndpoint: null,
    signedInAt: at,
    obtainedAt: at,
    lifetimeMs: issuer.lifetime * 1000,
    ...change,
  });
}

interface Studio {
  config: Config;
  dataDir: string;
  dovecot: Dovecot;
  sink: Awaited<ReturnType<typeof startSmtpSink>>;
  place: Parameters<typeof start>[0];
}

async function openStudio(issuer: Issuer, mechanisms: string, publicPem: string | null = null): Promise<Studio> {
  const sink = await startSmtpSink();
  ends.push(() => sink.stop());
  const dovecot = await startDovecot({ issuer: issuer.address, publicPem, mechanisms, relayTo: sink.port });
  ends.push(() => dovecot.stop());
  const dir = folder();
  writeFileSync(join(dir, 'ca.pem'), dovecot.ca);
  const day = ['00:00-24:00'];
  const { provider: _, clientSecret: __, tenant: ___, ...oauth } = settingsFor(issuer.address);
  const text = JSON.stringify({
    owner: { name: 'Anna Rossi', addresses: ['studio@studio.example'], language: 'it', timeZone: 'Europe/Rome' },
    contactHours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
    mailboxes: [
      {
        name: 'studio',
        imap: { host: dovecot.host, port: dovecot.tlsPort, secure: true, user: 'studio', ca: 'ca.pem' },
        smtp: { host: dovecot.host, port: dovecot.submissionPort, secure: 'starttls', ca: 'ca.pem' },
        oauth,
      },
    ],
    dataDir: 'data',
  });
  const path = join(dir, 'config.json');
  writeFileSync(path, text, { mode: 0o600 });
  const config = checkConfig(text, path);
  const place = { config, dataDir: config.dataDir, remove: () => {} };
  return { config, dataDir: config.dataDir, dovecot, sink, place };
}

async function deliver(dovecot: Dovecot, subject: string): Promise<void> {
  const other = await connectElsewhere(dovecot);
  const head = `From: Neri <neri@client.example>\r\nTo: studio@studio.example\r\nSubject: ${subject}\r\n`;
  await other.append('INBOX', `${head}Message-ID: <${subject}@client.example>\r\n\r\nText.\r\n`);
  await other.logout();
}

function inside<T>({ config }: Studio, look: (desk: ReturnType<typeof openDesk>) => T): T {
  const desk = openDesk({ config, clock: systemClock });
  try {
    return look(desk);
  } finally {
    desk.close();
  }
}

const subjects = (studio: Studio) =>
  inside(studio, ({ store }) =>
    store.read((r) => r.all<{ subject: string }>('SELECT subject FROM messages')).map((one) => one.subject),
  );

describe('a mailbox that signs in', () => {
  it.each([
    ['by XOAUTH2, asked about', 'xoauth2', false],
    ['by OAUTHBEARER, asked about', 'oauthbearer', false],
    ['by XOAUTH2, with a key', 'xoauth2', true],
  ])('is read and sent from %s', async (_, mechanisms, jwt) => {
    const issuer = await issuerWith({ jwt });
    const studio = await openStudio(issuer, jwt ? mechanisms : `xoauth2 ${mechanisms}`, jwt ? issuer.publicPem : null);
    // A time that is over: the first thing is to renew it.
    await signIn(studio.dataDir, issuer, { accessToken: 'old', lifetimeMs: 1 });
    await deliver(studio.dovecot, 'Ciao');
    const doctor = await run(studio.place, ['doctor', '--json']);
    const checks = JSON.parse(doctor.stdout) as { name: string; state: string; found: string }[];
    expect(checks.filter(({ name }) => name.endsWith('of studio')).map(({ name, state }) => [name, state])).toEqual([
      ['sign-in of studio', 'ok'],
      ['IMAP of studio', 'ok'],
      ['folders of studio', 'ok'],
      ['SMTP of studio', 'ok'],
    ]);
    expect((await run(studio.place, ['run', '--once'])).code).toBe(0);
    expect(subjects(studio)).toEqual(['Ciao']);
    expect(issuer.grants).toBe(1);
  });

  it('goes on when the server ends the session at the end of the token, in silence', async () => {
    const issuer = await issuerWith({ lifetime: 12 });
    const studio = await openStudio(issuer, 'xoauth2');
    await signIn(studio.dataDir, issuer);
    const daemon = start(studio.place, ['run']);
    await daemon.hears(watching);
    for (const subject of ['Primo', 'Secondo', 'Terzo']) {
      await new Promise((done) => setTimeout(done, 12_500));
      await studio.dovecot.killWorkers();
      await deliver(studio.dovecot, subject);
      await expect.poll(() => subjects(studio), { timeout: 60_000 }).toContain(subject);
    }
    daemon.child.kill('SIGTERM');
    const { code, stderr } = await daemon.end;
    expect([code, stderr.split('\n').filter((line) => /pass-fault|error|refused|login/i.test(line))]).toEqual([0, []]);
    expect(issuer.grants).toBeGreaterThanOrEqual(3);
  });

  it('whose sign-in is revoked is left alone until the next one, and then read on', async () => {
    const issuer = await issuerWith({ lifetime: 8 });
    const studio = await openStudio(issuer, 'xoauth2');
    await signIn(studio.dataDir, issuer);
    const daemon = start(studio.place, ['run']);
    await daemon.hears(watching);
    await issuer.revokeAll();
    await new Promise((done) => setTimeout(done, 8_500));
    await studio.dovecot.killWorkers();
    const notices = () => inside(studio, ({ store }) => store.read((r) => unseenNotices(r)));
    await expect
      .poll(() => notices().map(({ told }) => told), { timeout: 90_000 })
      .toContainEqual(expect.objectContaining({ code: 'sign-in-wanted', why: 'ended' }));
    const logins = async () =>
      (await studio.dovecot.log()).split('\n').filter((line) => /imap-login/.test(line)).length;
    const before = [issuer.asked, await logins()];
    await new Promise((done) => setTimeout(done, 15_000));
    expect([issuer.asked, await logins()]).toEqual(before);
    issuer.lifetime = 3600;
    await signIn(studio.dataDir, issuer);
    await deliver(studio.dovecot, 'Di nuovo');
    await expect.poll(() => subjects(studio), { timeout: 120_000 }).toContain('Di nuovo');
    await expect.poll(() => notices().filter(({ key }) => key.startsWith('sign-in/'))).toEqual([]);
    daemon.child.kill('SIGTERM');
    expect((await daemon.end).code).toBe(0);
  });
});

const renewing = join(import.meta.dirname, 'renewing.mjs');

interface Told {
  calls: number;
  seen: number;
  fault?: string;
}

async function renew(dataDir: string, issuer: Issuer, times: number, dieAt?: number): Promise<Told | 'killed'> {
  const given = [renewing, dataDir, JSON.stringify(settingsFor(issuer.address)), String(times)];
  const line = dieAt === undefined ? given : [...given, String(dieAt)];
  try {
    return JSON.parse((await execute(process.execPath, line)).stdout) as Told;
  } catch (fault) {
    if ((fault as { signal?: string }).signal === 'SIGKILL') return 'killed';
    throw fault;
  }
}

describe('a sign-in that is replaced at each use', () => {
  it('is not lost by several processes that renew it at once', async () => {
    const issuer = await issuerWith({ lifetime: 1 });
    const dataDir = folder();
    await signIn(dataDir, issuer);
    const all = await Promise.all([1, 2, 3].map(() => renew(dataDir, issuer, 15)));
    expect(all).toEqual([1, 2, 3].map(() => ({ calls: 0, seen: 15 })));
    expect(readSignIn(signInPath(dataDir, 'studio'))?.ended).toBeNull();
  });

  it('wherever the process is killed: it is good, or the next one is told to sign in again, and never half a file', async () => {
    const issuer = await issuerWith();
    const dataDir = folder();
    const over = {
      accessToken: 'old',
      lifetimeMs: 1,
      obtainedAt: (systemClock.now() - 60_000) as SignIn['obtainedAt'],
    };
    const outcomes: string[] = [];
    for (let at = 1; at <= 40; at += 1) {
      await signIn(dataDir, issuer, over);
      const grants = issuer.grants;
      const how = await renew(dataDir, issuer, 1, at);
      if (how !== 'killed') break;
      const next = await renew(dataDir, issuer, 1);
      const wasGranted = issuer.grants > grants;
      outcomes.push(next === 'killed' ? 'killed' : (next.fault ?? (wasGranted ? 'renewed' : 'not renewed')));
    }
    expect(outcomes.length).toBeGreaterThan(8);
    const lost = outcomes.filter((outcome) => outcome !== 'renewed');
    expect(lost.every((outcome) => outcome.startsWith('SignInNeeded'))).toBe(true);
    // Only between the answer and its first byte on the disk.
    expect(lost.length).toBeLessThanOrEqual(1);
  });
});
