/**
 * Asks a token endpoint for an access token in exchange for a refresh token (RFC 6749, section 6), on Node's own http:
 * `fetch` would cost the daemon 20 MB. Says what the answer means; keeps nothing and tries nothing twice.
 */
import { asOneLine } from '../rules/unsafe-characters.ts';
import { request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import type { ClientProof } from './token-file.ts';

export interface RefreshRequest {
  tokenEndpoint: string;
  clientId: string;
  clientSecret: string | null;
  clientProof: ClientProof;
  refreshToken: string;
  scope: string | null;
}

export interface Grant {
  accessToken: string;
  /** null: the one in hand stays good */
  refreshToken: string | null;
  lifetimeMs: number;
  /** null: the server does not say */
  refreshTokenLifetimeMs: number | null;
}

/**
 * `ended`: the refresh token is good for nothing any more. `misconfigured`: the client is, or what it asks for.
 * `later`: nothing is decided. `why` is one line from the server, without any token.
 */
export type Refreshed =
  | { what: 'granted'; grant: Grant }
  | { what: 'ended' | 'misconfigured'; why: string }
  | { what: 'later'; why: string; wasAnswered: boolean; notBeforeMs: number };

export interface Answer {
  status: number;
  text: string;
  /** as it came; '' when there is none */
  retryAfter: string;
}

const deadlineMs = 30_000;
const largestAnswer = 65_536;

export async function refresh(wanted: RefreshRequest): Promise<Refreshed> {
  const { tokenEndpoint, refreshToken, scope } = wanted;
  const { fields, headers } = proofOf(wanted);
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...fields,
    ...(scope === null ? {} : { scope }),
  };
  try {
    return meaningOf(await post(tokenEndpoint, form, headers), wanted);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return { what: 'later', why: code ?? message, wasAnswered: false, notBeforeMs: 0 };
  }
}

/** Takes a refresh token back (RFC 7009), and with it what was given for it. @returns whether the server said yes */
export async function revoke(
  address: string,
  client: Omit<RefreshRequest, 'tokenEndpoint' | 'scope'>,
): Promise<boolean> {
  const { fields, headers } = proofOf(client);
  const form = { token: client.refreshToken, token_type_hint: 'refresh_token', ...fields };
  const answer = await post(address, form, headers).catch(() => null);
  return answer?.status === 200;
}

/** A public client has no secret: its id is all it says (RFC 6749, section 2.3.1 and 3.2.1). */
function proofOf({
  clientId,
  clientSecret,
  clientProof,
}: Pick<RefreshRequest, 'clientId' | 'clientSecret' | 'clientProof'>): {
  fields: Record<string, string>;
  headers: Record<string, string>;
} {
  if (clientSecret === null || clientProof === 'none') return { fields: { client_id: clientId }, headers: {} };
  if (clientProof === 'post') return { fields: { client_id: clientId, client_secret: clientSecret }, headers: {} };
  const pair = [clientId, clientSecret].map(formEncoded).join(':');
  return { fields: {}, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Codes that only a new sign-in mends: RFC 6749 section 5.2, OpenID Connect Core 3.1.2.6. */
const endedCodes = ['invalid_grant', 'interaction_required', 'consent_required', 'login_required'];
/** Codes that only another configuration mends; the last two are Google's. */
const misconfiguredCodes = [
  ...['invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_request', 'unsupported_grant_type'],
  ...['deleted_client', 'org_internal'],
];

/** Anything that is no clear answer decides nothing: a hotspot, a proxy or a bad day of the server. */
export function meaningOf(
  { status, text, retryAfter }: Answer,
  wanted: Pick<RefreshRequest, 'refreshToken'>,
): Refreshed {
  const json = membersOf(text);
  const grant = json === null || status !== 200 ? null : grantOf(json);
  if (grant !== null) return { what: 'granted', grant };
  const code = typeof json?.['error'] === 'string' ? json['error'] : '';
  const told = typeof json?.['error_description'] === 'string' ? `: ${json['error_description']}` : '';
  const why = asOneLine(`${code}${told}`.replaceAll(wanted.refreshToken, '[hidden]'), 300);
  if (status >= 400 && status < 500 && endedCodes.includes(code)) return { what: 'ended', why };
  if (status >= 400 && status < 500 && misconfiguredCodes.includes(code)) return { what: 'misconfigured', why };
  const said = code === '' ? `it answered ${status}, and nothing that could be read` : `it answered ${status}, ${why}`;
  return { what: 'later', why: said, wasAnswered: true, notBeforeMs: secondsOf(retryAfter) * 1000 };
}

function membersOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const usualLifetimeS = 3600;
const longestLifetimeS = 86_400;

function grantOf(json: Record<string, unknown>): Grant | null {
  const { access_token: accessToken, refresh_token: refreshToken, refresh_token_expires_in: endsIn } = json;
  // RFC 6750, section 2.1: visible ASCII; anything else would break out of the line it is sent in.
  if (typeof accessToken !== 'string' || !isToken(accessToken)) return null;
  const lifetime = positive(json['expires_in']) ?? usualLifetimeS;
  const ends = positive(endsIn);
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
    lifetimeMs: Math.min(lifetime, longestLifetimeS) * 1000,
    refreshTokenLifetimeMs: ends === null ? null : ends * 1000,
  };
}

export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Some servers write the number as a text. */
function positive(value: unknown): number | null {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) && number > 0 ? number : null;
}

/** Retry-After in seconds; a date is not read: it would hang on two clocks. */
function secondsOf(retryAfter: string): number {
  return /^\d{1,5}$/.test(retryAfter.trim()) ? Number(retryAfter) : 0;
}

/** Never in clear, but to this machine itself. */
function post(address: string, form: Record<string, string>, headers: Record<string, string>): Promise<Answer> {
  const url = new URL(address);
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    return Promise.reject(new Error('the token endpoint is not reached by https'));
  const body = new URLSearchParams(form).toString();
  const options = {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    },
  };
  return new Promise((done, fail) => {
    const request = (url.protocol === 'https:' ? safeRequest : plainRequest)(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
        if (text.length > largestAnswer) request.destroy(new Error('the answer was too large'));
      });
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] ?? '' }),
      );
      response.on('error', fail);
    });
    const timer = setTimeout(
      () => request.destroy(new Error(`no answer within ${deadlineMs / 1000} seconds`)),
      deadlineMs,
    );
    request.on('close', () => clearTimeout(timer));
    request.on('error', fail);
    request.end(body);
  });
}
