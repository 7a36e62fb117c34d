/**
 * Signs the owner in: in the browser, by a code with PKCE that comes back to this machine (RFC 8252, RFC 7636), or by a
 * code that is typed on another device (RFC 8628). The only user of oauth4webapi, whose `fetch` costs what a daemon need
 * not pay. Keeps nothing: what was given is handed back.
 */
import { asOneLine } from '../rules/unsafe-characters.ts';
import * as oauth from 'oauth4webapi';
import { AppError } from '../errors.ts';
import { type Instant, plus } from '../rules/time.ts';
import { isToken } from './endpoint.ts';
import { openLoopback } from './loopback.ts';
import { type OAuthSettings, placeOf, type SignInPlace } from './providers.ts';
import type { ClientProof, SignIn } from './token-file.ts';

export interface SignInParts {
  now(): Instant;
  /** of the client; null: it is a public one */
  secret: string | null;
  /** filled into the page, where it takes one */
  user: string;
  signal: AbortSignal;
}

export interface BrowserParts extends SignInParts {
  /** told the address of the sign-in page */
  open(address: string): Promise<unknown>;
  /** shown in the browser when it has come back: HTML */
  page: string;
  timeoutMs?: number;
}

export interface DeviceParts extends SignInParts {
  show(code: { address: string; userCode: string; minutes: number }): void;
}

/** Time to find a password, a second factor and a page of consent. */
const patienceMs = 600_000;

export async function signInByBrowser(settings: OAuthSettings, parts: BrowserParts): Promise<SignIn> {
  const client = await clientOf(settings, parts);
  const { server, place } = client;
  const endpoint = server.authorization_endpoint;
  if (endpoint === undefined) throw unusable(place, 'it names no page for signing in');
  const [state, verifier] = [oauth.generateRandomState(), oauth.generateRandomCodeVerifier()];
  const { page, signal, timeoutMs = patienceMs } = parts;
  const loopback = await openLoopback({ host: place.loopback, state, page, timeoutMs, signal });
  try {
    const asked = {
      client_id: settings.clientId,
      redirect_uri: loopback.redirect,
      response_type: 'code',
      scope: place.scope,
      state,
      login_hint: parts.user,
      code_challenge_method: 'S256',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      ...place.asked,
    };
    const address = new URL(endpoint);
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    await parts.open(address.href);
    const back = await loopback.back;
    return await asking(place, async () => {
      const code = oauth.validateAuthResponse(server, client.id, back, state);
      const { redirect } = loopback;
      const answer = await oauth.authorizationCodeGrantRequest(
        ...([server, client.id, client.proof, code, redirect, verifier, client.options] as const),
      );
      return signInOf(await oauth.processAuthorizationCodeResponse(server, client.id, answer), client, parts);
    });
  } finally {
    loopback.close();
  }
}

export async function signInByDevice(settings: OAuthSettings, parts: DeviceParts): Promise<SignIn> {
  const client = await clientOf(settings, parts);
  const { server, place } = client;
  if (server.device_authorization_endpoint === undefined)
    throw new AppError('usage', `${place.title} signs nobody in by a code on another device`, {
      next: 'Sign in with the browser of this machine: leave --device out.',
    });
  return asking(place, async () => {
    const asked = await oauth.deviceAuthorizationRequest(
      ...([server, client.id, client.proof, { scope: place.scope }, client.options] as const),
    );
    const code = await oauth.processDeviceAuthorizationResponse(server, client.id, asked);
    const { verification_uri: address, user_code: userCode, expires_in: seconds } = code;
    parts.show({ address, userCode, minutes: Math.round(seconds / 60) });
    return signInOf(await codeTyped(client, code, parts.signal), client, parts);
  });
}

/** Asks at the pace that the server names until the person has answered there (RFC 8628, section 3.5). */
async function codeTyped(
  { server, id, proof, options }: Client,
  { device_code: code, interval = 5 }: oauth.DeviceAuthorizationResponse,
  signal: AbortSignal,
): Promise<oauth.TokenEndpointResponse> {
  for (let seconds = interval; ; ) {
    await pause(seconds * 1000, signal);
    try {
      const answer = await oauth.deviceCodeGrantRequest(server, id, proof, code, options);
      return await oauth.processDeviceCodeResponse(server, id, answer);
    } catch (fault) {
      if (!(fault instanceof oauth.ResponseBodyError)) throw fault;
      if (fault.error !== 'authorization_pending' && fault.error !== 'slow_down') throw fault;
      if (fault.error === 'slow_down') seconds += 5;
    }
  }
}

interface Client {
  place: SignInPlace;
  server: oauth.AuthorizationServer;
  id: oauth.Client;
  clientProof: ClientProof;
  proof: oauth.ClientAuth;
  options: object;
}

async function clientOf(settings: OAuthSettings, { secret, signal }: SignInParts): Promise<Client> {
  const place = placeOf(settings);
  const options = { signal, ...clearOnLoopback(place) };
  const server = place.endpoints === null ? await discovered(place, options) : knownServer(place);
  if (server.token_endpoint === undefined) throw unusable(place, 'it names no token endpoint');
  const clientProof = proofFor(server, secret);
  const proof =
    clientProof === 'none' || secret === null
      ? oauth.None()
      : clientProof === 'basic'
        ? oauth.ClientSecretBasic(secret)
        : oauth.ClientSecretPost(secret);
  return { place, server, id: { client_id: settings.clientId }, clientProof, proof, options };
}

/** Written down rather than asked for: Microsoft's `common` says an issuer that is none. */
function knownServer({ endpoints, id }: SignInPlace): oauth.AuthorizationServer {
  return {
    issuer: `https://${id}`,
    authorization_endpoint: endpoints?.authorization as string,
    token_endpoint: endpoints?.token as string,
    ...(endpoints?.device == null ? {} : { device_authorization_endpoint: endpoints.device }),
    ...(endpoints?.revocation == null ? {} : { revocation_endpoint: endpoints.revocation }),
  };
}

function discovered(place: SignInPlace, options: object): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(place.issuer as string);
  return asking(place, async () => {
    const answer = await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oidc' });
    const found = answer.ok ? answer : await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' });
    return oauth.processDiscoveryResponse(issuer, found);
  });
}

/** What RFC 8414 takes for granted is basic; a server that takes the secret in the form says so. */
function proofFor({ token_endpoint_auth_methods_supported: ways }: oauth.AuthorizationServer, secret: string | null) {
  if (secret === null) return 'none';
  return ways === undefined || ways.includes('client_secret_post') ? 'post' : 'basic';
}

/** In clear to this machine alone. */
function clearOnLoopback({ issuer }: SignInPlace): object {
  const isHere = issuer !== null && /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/]/.test(`${issuer}/`);
  return isHere ? { [oauth.allowInsecureRequests]: true } : {};
}

function signInOf(answer: oauth.TokenEndpointResponse, client: Client, { now }: SignInParts): SignIn {
  const { place, server, clientProof } = client;
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: lifetime = 3600 } = answer;
  if (!isToken(accessToken)) throw unusable(place, 'its access token cannot be sent to a mail server');
  if (refreshToken === undefined || refreshToken === '')
    throw new AppError('config', `${place.title} gave no refresh token: the sign-in would be over within the hour`, {
      next: 'Ask for one: add "offline_access" to oauth.scopes, and let the client have the grant "refresh_token".',
    });
  const endsIn = Number(answer['refresh_token_expires_in']);
  const at = now();
  return {
    place: place.id,
    clientId: client.id.client_id,
    clientProof,
    scope: place.scopeAgain,
    revocationEndpoint: server.revocation_endpoint ?? null,
    tokenEndpoint: server.token_endpoint as string,
    signedInAt: at,
    obtainedAt: at,
    refreshToken,
    accessToken,
    lifetimeMs: Math.max(1, lifetime) * 1000,
    refreshTokenEndsAt: endsIn > 0 ? plus(at, endsIn * 1000) : null,
    ended: null,
  };
}

function unusable(place: SignInPlace, why: string): AppError {
  return new AppError('config', `nobody can sign in at ${place.title}: ${why}`, {
    next: 'Check "oauth" of the mailbox in config.json.',
  });
}

/** Every fault of the library as one that a person can act on; the words of the provider are passed on, no code or token. */
async function asking<T>(place: SignInPlace, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (fault) {
    throw fault instanceof AppError ? fault : inWords(place, fault);
  }
}

function inWords({ title, issuer }: SignInPlace, fault: unknown): AppError {
  const where = issuer ?? title;
  if (fault instanceof oauth.AuthorizationResponseError || fault instanceof oauth.ResponseBodyError)
    return refused(title, where, fault);
  const { name, message, cause } = fault as Error;
  if (name === 'AbortError') return new AppError('stopped', 'the sign-in was broken off');
  const code = (cause as { code?: string; status?: number } | undefined)?.code ?? '';
  const status = (cause as { status?: number } | undefined)?.status;
  if (message === 'fetch failed')
    return new AppError('unreachable', `${title} was not reached${code === '' ? '' : ` (${code})`}`, {
      where,
      next: 'Check the network, and oauth.issuer in config.json.',
    });
  const said = status === undefined ? message : `it answered ${status}`;
  return new AppError('unreachable', `${title} gave an answer that cannot be used: ${said}`, {
    where,
    next: 'Try again later; if it stays so, check oauth.issuer in config.json.',
  });
}

function refused(
  title: string,
  where: string,
  { error, error_description: told = '' }: oauth.AuthorizationResponseError | oauth.ResponseBodyError,
): AppError {
  const plain = asOneLine(told, 300);
  const words = plain === '' ? error : `${error}: ${plain}`;
  return new AppError('login-refused', `${title} refused the sign-in: ${words}`, {
    where,
    next: nextAfter(error, plain),
  });
}

/** Microsoft's numbers: learn.microsoft.com/entra/identity-platform/reference-error-codes */
function nextAfter(error: string, told: string): string {
  if (/AADSTS(?:65001|90094|900941)\b/.test(told) || error === 'consent_required')
    return 'An administrator of your organisation has to allow the client first.';
  if (/AADSTS(?:50194|700016|9002331)\b/.test(told))
    return 'The client serves one directory alone: write its id into oauth.tenant in config.json.';
  if (error === 'access_denied') return 'Start again, and say yes to reading and sending mail.';
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return 'Check oauth.clientId and oauth.clientSecret in config.json.';
  if (error === 'expired_token') return 'The code was not typed in time: start again.';
  return 'Check the client where you registered it (README, "Signing in"), then start again.';
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const stop = () => (clearTimeout(timer), fail(new AppError('stopped', 'the sign-in was broken off')));
    const timer = setTimeout(() => (signal.removeEventListener('abort', stop), done()), ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
