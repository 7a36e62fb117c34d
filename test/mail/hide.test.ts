import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPassword } from '../../src/mail/hide.ts';

const login = { user: 'anna', pass: 's3c"ret\\' };
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('what a server repeats of a login', () => {
  it.each([
    ['as it is', `535 no: ${login.pass}`],
    ['within a quoted string', 'BAD LOGIN "anna" "s3c\\"ret\\\\"'],
    ['as SASL PLAIN', `535 no: AUTH PLAIN ${base64(`\0anna\0${login.pass}`)}`],
    ['as SASL PLAIN with an identity', `535 no: ${base64(`anna\0anna\0${login.pass}`)}`],
    ['as SASL LOGIN', `535 no: ${base64(login.pass)}`],
  ])('is hidden %s', (_, words) => {
    const shown = withoutPassword(words, login);
    expect(shown).toContain('[hidden]');
    expect(shown).not.toContain(login.pass);
    expect(shown).not.toMatch(/[A-Za-z0-9+/]{12,}/);
  });

  const token = 'ya29.a0AfH6SMBx-3cret_0123456789';
  const bearer = { user: 'anna@studio.example', pass: token, isToken: true };
  const pieces = (length: number) => [...token.slice(0, 1 - length)].map((_, from) => token.slice(from, from + length));
  const xoauth2 = base64(`user=${bearer.user}\u0001auth=Bearer ${token}\u0001\u0001`);
  const oauthbearer = base64(
    `n,a=${bearer.user},\u0001host=imap.example\u0001port=993\u0001auth=Bearer ${token}\u0001\u0001`,
  );
  it.each([
    ['as it is', `535 no: ${token}`],
    ['cut off', `535 no: ${token.slice(0, 20)}…`],
    ['as XOAUTH2', `535 no: AUTH XOAUTH2 ${xoauth2}`],
    ['as OAUTHBEARER', `NO AUTHENTICATE OAUTHBEARER ${oauthbearer}`],
    ['as XOAUTH2, its end cut off', `BAD AUTHENTICATE XOAUTH2 ${xoauth2.slice(0, -17)}`],
    ['as OAUTHBEARER, its beginning cut off', `BAD …${oauthbearer.slice(21)}`],
    ['as a line alone', base64(token)],
  ])('of a token is hidden %s', (_, words) => {
    const shown = withoutPassword(words, bearer);
    expect(shown).toContain('[hidden]');
    expect(pieces(12).filter((piece) => shown.includes(piece))).toEqual([]);
    expect(shown).not.toMatch(/[A-Za-z0-9+/]{20,}/);
  });

  it('of a token is nowhere in it, wherever the line is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(xoauth2, oauthbearer), fc.nat(90), fc.nat(90), (payload, from, off) => {
        const shown = withoutPassword(`NO ${payload.slice(from, payload.length - off)}`, bearer);
        for (const run of shown.match(/[A-Za-z0-9+/=]{4,}/g) ?? [])
          for (const at of [0, 1, 2, 3])
            expect(
              pieces(8).filter((piece) => Buffer.from(run.slice(at), 'base64').toString('latin1').includes(piece)),
            ).toEqual([]);
      }),
    );
  });

  it('leaves other words alone', () => {
    expect(withoutPassword('535 5.7.8 bad credentials for anna', login)).toBe('535 5.7.8 bad credentials for anna');
    expect(withoutPassword('535 5.7.8 bad credentials', { user: 'anna', pass: '' })).toBe('535 5.7.8 bad credentials');
  });

  it('is nowhere in it, whatever the password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (pass) => {
        const shown = withoutPassword(`535 ${pass}`, { user: 'anna', pass });
        expect(shown.replaceAll('[hidden]', '')).not.toContain(pass);
      }),
    );
  });
});
