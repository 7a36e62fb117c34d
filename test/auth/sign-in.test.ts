/** Signing in, page by page, at a real authorisation server: in the browser of this machine, and by a code. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type OAuthSettings, placeOf } from '../../src/auth/providers.ts';
import { type BrowserParts, signInByBrowser, signInByDevice } from '../../src/auth/sign-in.ts';
import { HandClock } from '../../src/clock.ts';
import { instant } from '../../src/rules/time.ts';
import { clientId, personAtBrowser } from '../support/issuer.ts';
import { issuerHere, settingsFor } from './signed-in.ts';

const clock = new HandClock(instant('2026-11-30T08:00:00Z'));
const parts = (open: BrowserParts['open'], more: Partial<BrowserParts> = {}): BrowserParts => ({
  now: () => clock.now(),
  secret: null,
  user: 'studio',
  signal: new AbortController().signal,
  page: '<h1>Accesso riuscito.</h1>',
  open,
  ...more,
});

/** Brings the browser back without any page. */
async function comeBack(address: string, answer: Record<string, string>): Promise<Response> {
  const asked = new URL(address).searchParams;
  const back = new URL(asked.get('redirect_uri') as string);
  for (const [name, value] of Object.entries({ state: asked.get('state') as string, ...answer }))
    back.searchParams.set(name, value);
  return fetch(back);
}

describe('signing in with the browser', () => {
  it('ends with tokens that are good, and a page that says so', async () => {
    const issuer = await issuerHere();
    const said: string[] = [];
    const open = async (address: string) => said.push(await personAtBrowser(address, 'studio', issuer.address));
    const signIn = await signInByBrowser(settingsFor(issuer.address), parts(open));
    expect(signIn).toMatchObject({
      place: issuer.address,
      clientId,
      clientProof: 'none',
      tokenEndpoint: `${issuer.address}/token`,
      signedInAt: clock.now(),
      lifetimeMs: 3_600_000,
      ended: null,
      revocationEndpoint: `${issuer.address}/token/revocation`,
    });
    expect(await issuer.accountOf(signIn.accessToken)).toBe('studio');
    expect(said).toEqual(['<h1>Accesso riuscito.</h1>']);
  });

  it('shows the client’s secret where it was given one', async () => {
    const issuer = await issuerHere({ secret: 'of-the-client' });
    const open = (address: string) => personAtBrowser(address, 'studio', issuer.address);
    const signIn = await signInByBrowser(settingsFor(issuer.address), parts(open, { secret: 'of-the-client' }));
    expect(signIn.clientProof).toBe('post');
    const wrong = signInByBrowser(settingsFor(issuer.address), parts(open, { secret: 'another' }));
    await expect(wrong).rejects.toMatchObject({ code: 'login-refused', next: expect.stringContaining('clientSecret') });
  });

  it('asks with PKCE, for its scopes, for the mailbox’s user, and is not told to anybody else', async () => {
    const issuer = await issuerHere();
    let asked = new URLSearchParams();
    const open = async (address: string) => {
      asked = new URL(address).searchParams;
      await comeBack(address, { error: 'access_denied', iss: issuer.address });
    };
    await signInByBrowser(settingsFor(issuer.address), parts(open)).catch(() => {});
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid offline_access mail',
      login_hint: 'studio',
      client_id: clientId,
      redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    });
    expect([asked.get('code_challenge')?.length, (asked.get('state')?.length ?? 0) > 20]).toEqual([43, true]);
  });

  it('that the person refuses is said as that', async () => {
    const issuer = await issuerHere();
    const open = (address: string) => comeBack(address, { error: 'access_denied', iss: issuer.address });
    await expect(signInByBrowser(settingsFor(issuer.address), parts(open))).rejects.toMatchObject({
      code: 'login-refused',
      message: expect.stringContaining('access_denied'),
      next: expect.stringContaining('say yes'),
    });
  });

  it('is not ended by whoever else knocks', async () => {
    const issuer = await issuerHere();
    const answers: number[] = [];
    const open = async (address: string) => {
      const asked = new URL(address).searchParams;
      const home = asked.get('redirect_uri') as string;
      const state = asked.get('state') as string;
      for (const path of ['/', '/favicon.ico', '/?code=x&state=wrong', '/?code=x', `/elsewhere?code=x&state=${state}`])
        answers.push((await fetch(home + path)).status);
      answers.push((await fetch(`${home}/?code=x&state=${state}`, { method: 'POST' })).status);
      await personAtBrowser(address, 'studio', issuer.address);
    };
    const signIn = await signInByBrowser(settingsFor(issuer.address), parts(open));
    expect([answers, await issuer.accountOf(signIn.accessToken)]).toEqual([[404, 404, 404, 404, 404, 404], 'studio']);
  });

  it('with a code that is none is refused', async () => {
    const issuer = await issuerHere();
    const open = (address: string) => comeBack(address, { code: 'nonsense', iss: issuer.address });
    const signing = signInByBrowser(settingsFor(issuer.address), parts(open));
    await expect(signing).rejects.toMatchObject({
      code: 'login-refused',
      message: expect.stringContaining('invalid_grant'),
    });
  });

  it('ends when nobody comes, or with Ctrl-C, and listens no more', async () => {
    const issuer = await issuerHere();
    let home = '';
    const open = async (address: string) => void (home = new URL(address).searchParams.get('redirect_uri') as string);
    const settings = settingsFor(issuer.address);
    await expect(signInByBrowser(settings, parts(open, { timeoutMs: 50 }))).rejects.toMatchObject({
      code: 'unreachable',
    });
    const ending = new AbortController();
    const signing = signInByBrowser(
      settings,
      parts(async (address) => (await open(address), ending.abort()), { signal: ending.signal }),
    );
    await expect(signing).rejects.toMatchObject({ code: 'stopped' });
    await expect(fetch(home)).rejects.toThrow('fetch failed');
  });

  it('is refused where no refresh token is given: it would be over within the hour', async () => {
    const server = createServer((request, response) => {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      response.setHeader('content-type', 'application/json');
      if (request.url === '/.well-known/openid-configuration')
        response.end(
          JSON.stringify({
            issuer: address,
            authorization_endpoint: `${address}/auth`,
            token_endpoint: `${address}/token`,
          }),
        );
      else response.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 60 }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const signing = signInByBrowser(
      settingsFor(issuer),
      parts((address) => comeBack(address, { code: 'x' })),
    );
    await expect(signing).rejects.toMatchObject({ code: 'config', next: expect.stringContaining('offline_access') });
  });

  it('where nobody answers says so', async () => {
    const issuer = await issuerHere();
    await issuer.stop();
    const signing = signInByBrowser(
      settingsFor(issuer.address),
      parts(async () => {}),
    );
    const message = expect.stringContaining('was not reached (ECONNREFUSED)');
    await expect(signing).rejects.toMatchObject({ code: 'unreachable', message });
  });
});

describe('signing in by a code', () => {
  it('shows where to type it, waits, and ends with tokens that are good', async () => {
    const issuer = await issuerHere();
    const shown: string[] = [];
    let typing: Promise<unknown> = Promise.resolve();
    const signIn = await signInByDevice(settingsFor(issuer.address), {
      now: () => clock.now(),
      secret: null,
      user: 'studio',
      signal: new AbortController().signal,
      show: ({ address, userCode, minutes }) => {
        shown.push(userCode, String(minutes));
        typing = personAtBrowser(`${address}?user_code=${userCode}`, 'studio', issuer.address);
      },
    });
    await typing;
    expect(shown).toEqual([expect.stringMatching(/^[A-Z0-9-]{8,}$/), '5']);
    expect(await issuer.accountOf(signIn.accessToken)).toBe('studio');
    expect(signIn.refreshToken).not.toBe('');
  });

  it('is said to be impossible where the provider has none', async () => {
    const google: OAuthSettings = { ...settingsFor(''), provider: 'google', issuer: null, scopes: [] };
    const signing = signInByDevice(google, {
      now: () => clock.now(),
      secret: null,
      user: 'studio',
      signal: new AbortController().signal,
      show: () => {},
    });
    await expect(signing).rejects.toMatchObject({ code: 'usage', next: expect.stringContaining('--device') });
  });
});

describe('a provider that is known', () => {
  const of = (provider: OAuthSettings['provider'], more: Partial<OAuthSettings> = {}) =>
    placeOf({ provider, issuer: null, clientId: 'x', clientSecret: null, tenant: 'common', scopes: [], ...more });

  it('has its endpoints and scopes', () => {
    expect(of('google')).toMatchObject({
      id: 'google',
      loopback: '127.0.0.1',
      scope: 'https://mail.google.com/',
      scopeAgain: null,
    });
    expect(of('microsoft')).toMatchObject({
      id: 'microsoft/common',
      loopback: 'localhost',
      endpoints: {
        authorization: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
        device: 'https://login.microsoftonline.com/common/oauth2/v2.0/devicecode',
      },
      scopeAgain: expect.stringContaining('offline_access'),
    });
    expect(of('microsoft', { tenant: 'studio.example' }).endpoints?.token).toBe(
      'https://login.microsoftonline.com/studio.example/oauth2/v2.0/token',
    );
    expect(of('fastmail').title).toBe('Fastmail');
    expect(of('google', { scopes: ['a', 'b'] }).scope).toBe('a b');
  });
});
