/** An access token whenever one is asked for: renewed in silence, by one at a time, and never after the provider said no. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { signInLockPath } from '../../src/auth/token-file.ts';
import { openTokens, replaceSignIn } from '../../src/auth/tokens.ts';
import { SignInNeeded } from '../../src/errors.ts';
import { hourMs, minuteMs } from '../../src/rules/time.ts';
import { lockFile } from '../../src/store/lock.ts';
import { issuerHere, mailbox, settingsFor, signedIn } from './signed-in.ts';

const json =
  (status: number, body: object, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    return true;
  };

describe('an access token', () => {
  it('is used until its time is nearly over, then renewed, and the server is asked no oftener', async () => {
    const issuer = await issuerHere();
    const { access, clock, kept } = await signedIn(issuer);
    const first = await access();
    clock.advance(54 * minuteMs);
    expect([await access(), issuer.asked]).toEqual([first, 0]);
    const before = kept().refreshToken;
    clock.advance(2 * minuteMs);
    const second = await access();
    expect(second).not.toBe(first);
    expect(kept()).toMatchObject({ accessToken: second, obtainedAt: clock.now() });
    expect(kept().refreshToken).not.toBe(before);
    expect([await access(), issuer.asked]).toEqual([second, 1]);
    expect(await issuer.accountOf(second)).toBe('studio');
  });

  it('goes on for days', async () => {
    const issuer = await issuerHere();
    const { access, clock } = await signedIn(issuer);
    const seen = new Set<string>();
    for (let hour = 0; hour < 48; hour += 1) {
      seen.add(await access());
      clock.advance(hourMs);
    }
    expect(seen.size).toBe(48);
  });

  it('that a server refused is renewed before its time, but not one that was made just now', async () => {
    const issuer = await issuerHere();
    const { access, clock } = await signedIn(issuer);
    const first = await access();
    expect(await access(first)).toBe(first);
    clock.advance(3 * minuteMs);
    const second = await access(first);
    expect(second).not.toBe(first);
    expect(await access(first)).toBe(second);
    expect(await access(second)).toBe(second);
  });

  it('is one for all who ask at once', async () => {
    const issuer = await issuerHere();
    const { process, clock } = await signedIn(issuer);
    clock.advance(2 * hourMs);
    const askers = [process(), process(), process()];
    const got = await Promise.all(askers.flatMap((access) => [access(), access()]));
    expect([new Set(got).size, issuer.asked]).toEqual([1, 1]);
  });

  it('waits while another process renews it, and takes what that one got', async () => {
    const issuer = await issuerHere();
    const { access, clock, dataDir, kept } = await signedIn(issuer);
    clock.advance(2 * hourMs);
    const other = lockFile(signInLockPath(dataDir, mailbox));
    const waiting = access();
    const theirs = { ...kept(), accessToken: 'theirs', obtainedAt: clock.now() };
    await new Promise((done) => setTimeout(done, 250));
    expect(issuer.asked).toBe(0);
    writeFileSync(join(dataDir, 'tokens', `${mailbox}.json`), asFile(theirs), { mode: 0o600 });
    other?.release();
    expect([await waiting, issuer.asked]).toEqual(['theirs', 0]);
  });

  it.each([
    ['set back by a day', -24 * hourMs],
    ['set back by an hour', -hourMs],
    ['set forward by a year', 8760 * hourMs],
  ])('is renewed when the clock was %s: its time cannot be told any more', async (_, ms) => {
    const issuer = await issuerHere();
    const { access, clock } = await signedIn(issuer);
    clock.set((clock.now() + ms) as never);
    const second = await access();
    expect([await access(), issuer.asked]).toEqual([second, 1]);
  });

  it('of a minute is not renewed at every look', async () => {
    const issuer = await issuerHere({ lifetime: 60 });
    const { access, clock } = await signedIn(issuer);
    const first = await access();
    clock.advance(40_000);
    expect(await access()).toBe(first);
    clock.advance(10_000);
    expect(await access()).not.toBe(first);
  });

  it('and all that belongs to it is kept out of the log', async () => {
    const issuer = await issuerHere();
    const { access, clock, hidden, kept } = await signedIn(issuer);
    const before = kept().refreshToken;
    clock.advance(hourMs);
    const token = await access();
    expect([...hidden].sort()).toEqual([before, kept().refreshToken, token].sort());
  });
});

describe('a sign-in', () => {
  it('that the provider has ended asks nobody any more, and says what to type', async () => {
    const issuer = await issuerHere();
    const { access, process, clock } = await signedIn(issuer);
    clock.advance(hourMs);
    await issuer.revokeAll();
    const fault = await access().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(SignInNeeded);
    expect(fault).toMatchObject({
      code: 'login-refused',
      next: 'Sign in: paletti auth login studio',
      need: { why: 'ended' },
    });
    const { asked } = issuer;
    for (const again of [access, process()]) await expect(again()).rejects.toBeInstanceOf(SignInNeeded);
    clock.advance(240 * hourMs);
    await expect(access()).rejects.toBeInstanceOf(SignInNeeded);
    expect(issuer.asked).toBe(asked);
  });

  it('is good again after the next one', async () => {
    const issuer = await issuerHere();
    const { access, clock, dataDir, kept } = await signedIn(issuer);
    const good = kept();
    clock.advance(hourMs);
    issuer.answerToken = json(400, { error: 'invalid_grant' });
    await expect(access()).rejects.toBeInstanceOf(SignInNeeded);
    issuer.answerToken = null;
    await replaceSignIn({ dataDir, lock: lockFile }, mailbox, good);
    expect(await access()).toMatch(/./);
  });

  it('that is not there, or was made for another client, is asked for', async () => {
    const issuer = await issuerHere();
    const { settings, dataDir, clock } = await signedIn(issuer);
    const tokens = openTokens({ dataDir, now: () => clock.now(), lock: lockFile, readSecret: async () => '' });
    const need = (name: string, oauth = settings) =>
      tokens(name, oauth).catch((error: SignInNeeded) => error.need?.why);
    expect(await need('other')).toBe('absent');
    expect(await need(mailbox, { ...settings, clientId: 'another' })).toBe('foreign');
    expect(await need(mailbox, settingsFor('http://127.0.0.1:1'))).toBe('foreign');
    expect(issuer.asked).toBe(0);
  });

  it.each([
    ['offline', null, /ECONN/],
    ['a server in trouble', json(503, {}), /answered 503/],
    ['a server that wants less', json(429, { error: 'slow_down' }), /slow_down/],
  ])('survives %s, and goes on when that is over', async (_, trouble, words) => {
    const issuer = await issuerHere();
    const { access, clock, kept } = await signedIn(issuer);
    const before = readFileOf(kept());
    clock.advance(hourMs);
    issuer.answerToken = trouble ?? ((response) => (response.socket?.resetAndDestroy(), true));
    await expect(access()).rejects.toMatchObject({ code: 'unreachable', message: expect.stringMatching(words) });
    expect(readFileOf(kept())).toBe(before);
    issuer.answerToken = null;
    clock.advance(minuteMs);
    expect(await access()).toMatch(/./);
  });

  it('leaves a provider in trouble alone, longer each time, as long as that one asks for at the least', async () => {
    const issuer = await issuerHere();
    const { access, clock } = await signedIn(issuer);
    clock.advance(hourMs);
    issuer.answerToken = json(503, {}, { 'retry-after': '120' });
    const askedWithin = async (minutes: number) => {
      const before = issuer.asked;
      for (let second = 0; second < minutes * 60; second += 5) {
        await access().catch(() => {});
        clock.advance(5_000);
      }
      return issuer.asked - before;
    };
    expect(await askedWithin(10)).toBeLessThanOrEqual(5);
    expect(await askedWithin(60)).toBeLessThanOrEqual(10);
  });

  it('whose client is not accepted is no sign-in that ended', async () => {
    const issuer = await issuerHere();
    const { access, clock, kept } = await signedIn(issuer);
    clock.advance(hourMs);
    issuer.answerToken = json(401, { error: 'invalid_client' });
    const fault = await access().catch((error: unknown) => error);
    expect(fault).not.toBeInstanceOf(SignInNeeded);
    expect(fault).toMatchObject({ code: 'login-refused', next: expect.stringContaining('oauth.clientId') });
    expect(kept().ended).toBeNull();
  });

  it('is asked about by nobody on a full or closed disk: what is replaced there could not be kept', async () => {
    const issuer = await issuerHere();
    const { access, clock, path, dataDir } = await signedIn(issuer);
    clock.advance(hourMs);
    // A folder stands where the new file would: root may write anywhere.
    mkdirSync(join(`${path}.new`, 'in-the-way'), { recursive: true });
    await expect(access()).rejects.toMatchObject({ code: 'store' });
    expect(issuer.asked).toBe(0);
    rmSync(`${path}.new`, { recursive: true });
    expect(await access()).toMatch(/./);
    expect(readdirSync(join(dataDir, 'tokens')).sort()).toEqual([`${mailbox}.json`, `${mailbox}.lock`]);
  });

  it('that a killed process had written and not put in its place is not lost', async () => {
    const issuer = await issuerHere();
    const { access, clock, path, kept } = await signedIn(issuer);
    const old = readFileSync(path, 'utf8');
    clock.advance(hourMs);
    const token = await access();
    renameSync(path, `${path}.new`);
    writeFileSync(path, old, { mode: 0o600 });
    writeFileSync(`${path}.new`, `${readFileSync(`${path}.new`, 'utf8')}${' '.repeat(5000)}`);
    const { asked } = issuer;
    expect([await access(), issuer.asked, kept().accessToken]).toEqual([token, asked, token]);
  });

  it('half written by a killed process is none', async () => {
    const issuer = await issuerHere();
    const { access, clock, path } = await signedIn(issuer);
    writeFileSync(`${path}.new`, readFileSync(path, 'utf8').slice(0, 100), { mode: 0o600 });
    clock.advance(hourMs);
    expect(await access()).toMatch(/./);
    expect(existsSync(`${path}.new`)).toBe(false);
  });
});

describe('the file of a sign-in', () => {
  it('is its owner’s alone, in a folder of its owner', async () => {
    const { path } = await signedIn(await issuerHere());
    expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('that others can read is refused, with the command that mends it', async () => {
    const { access, path } = await signedIn(await issuerHere());
    chmodSync(path, 0o640);
    await expect(access()).rejects.toMatchObject({ code: 'config', next: `Run: chmod 600 ${path}` });
  });

  it.each([
    ['nothing', ''],
    ['half', '{"version":1,"place":"x"'],
    ['another version', '{"version":2}'],
    ['a list', '[]'],
  ])('that holds %s is said to be damaged', async (_, text) => {
    const { access, path } = await signedIn(await issuerHere());
    writeFileSync(path, text);
    await expect(access()).rejects.toMatchObject({ code: 'config', where: path, next: 'Sign in again.' });
  });
});

function readFileOf(value: unknown): string {
  return JSON.stringify(value);
}

function asFile(signIn: object): string {
  return JSON.stringify({ version: 1, ...signIn }, (key, value: unknown) =>
    key.endsWith('At') && typeof value === 'number' ? new Date(value).toISOString() : value,
  );
}
