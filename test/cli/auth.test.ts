/** `paletti auth`: signing in, how it stands, signing out; against a real authorisation server on this machine. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSignIn } from '../../src/auth/token-file.ts';
import { issuerHere } from '../auth/signed-in.ts';
import { clientId, type Issuer, personAtBrowser } from '../support/issuer.ts';
import { config as base, openTerminal } from './terminal.ts';

const scopes = ['openid', 'offline_access', 'mail'];

function configFor(issuer: string, more: object = {}) {
  const imap = { host: 'imap.studio.example', user: 'studio' };
  const mailbox = { name: 'studio', imap, smtp: { host: 'smtp.studio.example' } };
  const oauth = { issuer, clientId, scopes };
  return {
    ...base,
    mailboxes: [
      { ...mailbox, oauth, ...more },
      { ...base.mailboxes[0], name: 'old' },
    ],
  };
}

/** @param ways what the browser of the desktop does */
function terminalAt(issuer: Issuer, ways: Parameters<typeof openTerminal>[0] = {}) {
  const opened: string[] = [];
  const openBrowser = async (_: unknown, address: string) => {
    opened.push(await personAtBrowser(address, 'studio', issuer.address));
    return true;
  };
  const spoken = { openBrowser, env: { NO_COLOR: '1' }, ...ways?.ways };
  const terminal = openTerminal({ config: configFor(issuer.address), ...ways, ways: spoken });
  return { terminal, opened, path: join(terminal.dir, 'data', 'tokens', 'studio.json') };
}

describe('auth login', () => {
  it('signs in, keeps what it got, tries the servers, and says so in the owner’s language', async () => {
    const issuer = await issuerHere();
    const tried: string[] = [];
    const checkServers = async function* (config: { mailboxes: { name: string }[] }) {
      tried.push(...config.mailboxes.map(({ name }) => name));
      yield { name: 'IMAP of studio', found: 'logged in', fault: null };
    };
    const { terminal, opened, path } = terminalAt(issuer, { ways: { checkServers } });
    const { code, err } = await terminal.type('auth', 'login');
    expect([code, tried]).toEqual([0, ['studio']]);
    expect(err).toMatch(/studio ha l’accesso a 127\.0\.0\.1.*\n.*IMAP of studio: logged in/s);
    expect(opened[0]).toContain('<h1>Accesso riuscito.</h1>');
    expect(await issuer.accountOf(readSignIn(path)?.accessToken ?? '')).toBe('studio');
  });

  it('prints the address where there is no browser, at once and unbroken', async () => {
    const issuer = await issuerHere();
    let coming: Promise<unknown> = Promise.resolve();
    const stderr = {
      text: '',
      write: (text: string) => {
        stderr.text += text;
        const address = /^http\S+$/m.exec(text)?.[0];
        if (address !== undefined) coming = personAtBrowser(address, 'studio', issuer.address);
      },
    };
    const { terminal, path } = terminalAt(issuer, { ways: { stderr, openBrowser: async () => false } });
    const { code } = await terminal.type('auth', 'login', 'studio', '--json');
    await coming;
    expect([code, existsSync(path)]).toEqual([0, true]);
  });

  it('keeps the sign-in where a server says no, and ends with what that one said', async () => {
    const issuer = await issuerHere();
    const checkServers = async function* () {
      yield { name: 'SMTP of studio', found: '', fault: new Error('SMTP AUTH is off') };
    };
    const { terminal, path } = terminalAt(issuer, { ways: { checkServers } });
    const { code, err } = await terminal.type('auth', 'login', 'studio');
    expect([code, existsSync(path)]).toEqual([1, true]);
    expect(err).toContain('SMTP AUTH is off');
  });

  it.each([
    ['of no mailbox', ['nobody'], 1, /there is no mailbox "nobody"[^]*studio, old/],
    ['of one with a password', ['old'], 2, /old logs in with a password[^]*README/],
  ])('%s says what there is', async (_, words, code, message) => {
    const { terminal } = terminalAt(await issuerHere());
    const said = await terminal.type('auth', 'login', ...words);
    expect([said.code, said.err]).toEqual([code, expect.stringMatching(message)]);
  });
});

describe('auth status', () => {
  it('says how each mailbox logs in, and what to type', async () => {
    const issuer = await issuerHere();
    const { terminal } = terminalAt(issuer);
    const before = await terminal.type('auth');
    expect(before.out).toMatch(/studio +127\.0\.0\.1:\d+ +La casella studio non viene letta/);
    expect(before.out).toMatch(/old +password/);
    expect(before.err).toContain('paletti auth login studio');
    await terminal.type('auth', 'login', '--no-check');
    expect(await terminal.json('auth', 'status')).toMatchObject([
      { mailbox: 'studio', by: 'oauth', state: 'signed-in', signedInAt: '2026-11-23T09:00:00Z', endsAt: null },
      { mailbox: 'old', by: 'password', state: null },
    ]);
    expect(issuer.asked).toBe(1);
  });
});

describe('auth logout', () => {
  it('takes the tokens back at the provider, and leaves none here', async () => {
    const issuer = await issuerHere();
    const { terminal, path } = terminalAt(issuer);
    await terminal.type('auth', 'login', '--no-check');
    const token = readSignIn(path)?.accessToken ?? '';
    const { code, err } = await terminal.type('auth', 'logout', 'studio');
    expect([code, existsSync(path), await issuer.accountOf(token)]).toEqual([0, false, null]);
    expect(err).toMatch(/non ha più l’accesso[^]*è stato avvisato/);
    expect((await terminal.type('auth', 'logout', 'studio')).err).toContain('non aveva l’accesso');
    expect(readdirSync(join(terminal.dir, 'data', 'tokens'))).toEqual(['studio.lock']);
  });
});

describe('tokens', () => {
  it('are in no backup and in no dossier', async () => {
    const issuer = await issuerHere();
    const { terminal, path } = terminalAt(issuer);
    await terminal.type('auth', 'login', '--no-check');
    await terminal.type('clients', 'add', 'Bianchi Srl', '--address', 'anna@bianchi.example');
    expect((await terminal.type('backup', join(terminal.dir, 'copy.db'))).code).toBe(0);
    expect((await terminal.type('dossier', 'Bianchi Srl', '--out', join(terminal.dir, 'dossier'))).code).toBe(0);
    const { accessToken, refreshToken } = readSignIn(path) ?? { accessToken: '', refreshToken: '' };
    const holding = readdirSync(terminal.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => [accessToken, refreshToken].some((token) => readFileSync(file, 'latin1').includes(token)));
    expect(holding).toEqual([path]);
  });
});
