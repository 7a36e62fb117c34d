/** A mailbox that has signed in: its folder, its file, and the token source that a process would have. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OAuthSettings } from '../../src/auth/providers.ts';
import { signInByBrowser } from '../../src/auth/sign-in.ts';
import { readSignIn, type SignIn, signInPath } from '../../src/auth/token-file.ts';
import { openTokens, replaceSignIn } from '../../src/auth/tokens.ts';
import { HandClock } from '../../src/clock.ts';
import { instant } from '../../src/rules/time.ts';
import { lockFile } from '../../src/store/lock.ts';
import { clientId, type Issuer, personAtBrowser, startIssuer } from '../support/issuer.ts';

export const mailbox = 'studio';

export async function issuerHere(options: Parameters<typeof startIssuer>[0] = {}): Promise<Issuer> {
  const issuer = await startIssuer(options);
  onTestFinished(() => issuer.stop());
  return issuer;
}

export function settingsFor(issuer: string): OAuthSettings {
  const scopes = ['openid', 'offline_access', 'mail'];
  return { provider: null, issuer, clientId, clientSecret: null, tenant: 'common', scopes };
}

export function dataFolder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'paletti-auth-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

export async function signIn(issuer: Issuer, clock: HandClock, user = 'studio'): Promise<SignIn> {
  return signInByBrowser(settingsFor(issuer.address), {
    now: () => clock.now(),
    secret: null,
    user,
    signal: new AbortController().signal,
    page: '<h1>done</h1>',
    open: (address) => personAtBrowser(address, user, issuer.address),
  });
}

/** As after signing in, which the tests of the sign-in go through page by page. */
async function given(issuer: Issuer, clock: HandClock): Promise<SignIn> {
  return {
    ...(await issuer.give('studio')),
    place: issuer.address,
    clientId,
    clientProof: 'none',
    scope: null,
    ended: null,
    refreshTokenEndsAt: null,
    tokenEndpoint: `${issuer.address}/token`,
    revocationEndpoint: `${issuer.address}/token/revocation`,
    signedInAt: clock.now(),
    obtainedAt: clock.now(),
    lifetimeMs: issuer.lifetime * 1000,
  };
}

/** @param change of what stands in the file */
export async function signedIn(issuer: Issuer, change: Partial<SignIn> = {}) {
  const dataDir = dataFolder();
  const clock = new HandClock(instant('2026-11-30T08:00:00Z'));
  await replaceSignIn({ dataDir, lock: lockFile }, mailbox, { ...(await given(issuer, clock)), ...change });
  const settings = settingsFor(issuer.address);
  const path = signInPath(dataDir, mailbox);
  const hidden = new Set<string>();
  const process = () => {
    const tokens = openTokens({
      dataDir,
      now: () => clock.now(),
      lock: lockFile,
      hide: (secret) => hidden.add(secret),
      readSecret: async () => 'no secret',
    });
    return (refused?: string) => tokens(mailbox, settings, refused);
  };
  const kept = () => readSignIn(path) as SignIn;
  return { dataDir, clock, settings, path, access: process(), process, kept, hidden };
}
