/** What a token endpoint's answer means, whatever it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../src/auth/endpoint.ts';

const wanted = { refreshToken: 'r-0123456789' };
const answer = (status: number, body: unknown, retryAfter = '') => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  retryAfter,
});

describe('an answer of a token endpoint', () => {
  it.each([
    [
      'with all it may hold',
      { access_token: 'a', refresh_token: 'b', expires_in: 60, refresh_token_expires_in: 604_800 },
      ['a', 'b', 60_000, 604_800_000],
    ],
    ['that leaves the refresh token as it was', { access_token: 'a', expires_in: 60 }, ['a', null, 60_000, null]],
    ['with its number as a text', { access_token: 'a', expires_in: '3599' }, ['a', null, 3_599_000, null]],
    ['without a time', { access_token: 'a' }, ['a', null, 3_600_000, null]],
    ['with a time that is none', { access_token: 'a', expires_in: -5 }, ['a', null, 3_600_000, null]],
    ['with a time that is no end', { access_token: 'a', expires_in: 1e12 }, ['a', null, 86_400_000, null]],
    ['with an empty refresh token', { access_token: 'a', refresh_token: '' }, ['a', null, 3_600_000, null]],
  ])('%s gives an access token', (_, body, [accessToken, refreshToken, lifetimeMs, refreshTokenLifetimeMs]) => {
    const grant = { accessToken, refreshToken, lifetimeMs, refreshTokenLifetimeMs };
    expect(meaningOf(answer(200, body), wanted)).toEqual({ what: 'granted', grant });
  });

  it.each([
    [
      'a revoked token',
      400,
      { error: 'invalid_grant', error_description: 'Token has been\nexpired or revoked.' },
      'ended',
      'invalid_grant: Token has been expired or revoked.',
    ],
    ['a second factor', 400, { error: 'interaction_required' }, 'ended', 'interaction_required'],
    ['a consent', 400, { error: 'consent_required' }, 'ended', 'consent_required'],
    ['a client that is not known', 401, { error: 'invalid_client' }, 'misconfigured', 'invalid_client'],
    ['a client that was deleted', 400, { error: 'deleted_client' }, 'misconfigured', 'deleted_client'],
    ['a server in trouble', 503, '<html>', 'later', 'it answered 503, and nothing that could be read'],
    ['a hotspot', 200, '<html>Welcome</html>', 'later', 'it answered 200, and nothing that could be read'],
    ['a hotspot elsewhere', 302, '', 'later', 'it answered 302, and nothing that could be read'],
    ['too many questions', 429, { error: 'slow_down' }, 'later', 'it answered 429, slow_down'],
    ['a server that errs', 500, { error: 'invalid_grant' }, 'later', 'it answered 500, invalid_grant'],
    [
      'a code nobody knows',
      400,
      { error: 'temporarily_unavailable' },
      'later',
      'it answered 400, temporarily_unavailable',
    ],
    [
      'a token that would break the line',
      200,
      { access_token: 'a\r\nb' },
      'later',
      'it answered 200, and nothing that could be read',
    ],
    ['a list', 200, [], 'later', 'it answered 200, and nothing that could be read'],
    ['nothing', 200, 'null', 'later', 'it answered 200, and nothing that could be read'],
  ])('%s is %s: %s', (_, status, body, what, why) => {
    expect(meaningOf(answer(status, body), wanted)).toMatchObject({ what, why });
  });

  it('says how long it wants to be left alone, unless it says it by a date', () => {
    expect(meaningOf(answer(429, '', '120'), wanted)).toMatchObject({ notBeforeMs: 120_000 });
    expect(meaningOf(answer(429, '', 'Mon, 30 Nov 2026 08:00:00 GMT'), wanted)).toMatchObject({ notBeforeMs: 0 });
  });

  it('never ends a sign-in unless the server says so with a 4xx and its word', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, text) => {
        const { what } = meaningOf({ status, text, retryAfter: '' }, wanted);
        const isSaid = status >= 400 && status < 500 && text.includes('error');
        expect(what !== 'ended' || isSaid).toBe(true);
      }),
    );
  });

  it('repeats no token', () => {
    const told = { error: 'invalid_grant', error_description: `the token ${wanted.refreshToken} is over` };
    expect(meaningOf(answer(400, told), wanted)).toEqual({
      what: 'ended',
      why: 'invalid_grant: the token [hidden] is over',
    });
  });
});
