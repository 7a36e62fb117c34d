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
