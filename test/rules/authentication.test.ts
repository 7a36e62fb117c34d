import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Authentication, authenticationOf, topServer, usualServers } from '../../src/rules/authentication.ts';
import { aMail } from './a-mail.ts';

const mx = 'mx.studio.example';
const stateOf = (lines: readonly string[], servers: readonly string[] = [], rest = {}): Authentication['state'] =>
  authenticationOf(aMail(lines, rest), servers).state;
const by = (results: string, server = mx) => `Authentication-Results: ${server}; ${results}`;

describe('what the receiving server found (From is bruno@firm.example)', () => {
  it.each<[string, string, Authentication['state']]>([
    ['DMARC passed', 'dmarc=pass header.from=firm.example', 'passed'],
    ['DMARC passed, its domain not said', 'dmarc=pass', 'passed'],
    ['DMARC passed for a domain above', 'dmarc=pass header.from=mail.firm.example', 'passed'],
    ['DMARC passed for somebody else', 'dmarc=pass header.from=evil.example', 'unknown'],
    ['Microsoft’s best guess', 'dmarc=bestguesspass action=none header.from=firm.example', 'passed'],
    ['signed by the domain', 'dkim=pass header.d=firm.example; dmarc=none', 'passed'],
    ['signed in the name of the domain', 'dkim=pass header.i=@firm.example header.s=s1', 'passed'],
    ['signed by a domain below', 'dkim=pass header.d=mail.firm.example', 'passed'],
    ['signed by somebody else', 'dkim=pass header.d=evil.example; dmarc=none', 'unknown'],
    ['signed by a longer name', 'dkim=pass header.d=evilfirm.example', 'unknown'],
    ['signed by the public suffix', 'dkim=pass header.d=example', 'unknown'],
    ['sent by the domain', 'spf=pass (ok) smtp.mailfrom=bruno@firm.example; dmarc=none', 'passed'],
    ['sent by the domain alone', 'spf=pass smtp.mailfrom=firm.example', 'passed'],
    ['sent by somebody else', 'spf=pass smtp.mailfrom=x@evil.example', 'unknown'],
    [
      'sent by somebody else who says so elsewhere',
      'spf=pass smtp.mailfrom=x@evil.example smtp.helo=firm.example',
      'unknown',
    ],
    [
      'signed, not sent, by the domain',
      'spf=fail smtp.mailfrom=fwd.example; dkim=pass header.d=firm.example',
      'passed',
    ],
    ['DMARC failed', 'spf=pass; dkim=pass header.d=firm.example; dmarc=fail', 'failed'],
    ['DMARC’s record unreadable', 'dmarc=permerror', 'failed'],
    ['DMARC’s record unreadable, signed', 'dkim=pass header.d=firm.example; dmarc=permerror', 'passed'],
    [
      'no policy, both failed',
      'spf=fail smtp.mailfrom=firm.example; dkim=fail header.d=firm.example; dmarc=none',
      'failed',
    ],
    ['sent from where the domain never sends', 'spf=fail; dmarc=none', 'failed'],
    ['SPF’s other word', 'spf=hardfail', 'failed'],
    [
      'Microsoft’s composite verdict',
      'spf=none; dkim=none; dmarc=none action=none; compauth=fail reason=601',
      'failed',
    ],
    ['a broken signature alone', 'spf=none; dkim=fail header.d=firm.example; dmarc=none', 'unknown'],
    ['a weak no', 'spf=softfail smtp.mailfrom=firm.example; dkim=none; dmarc=none', 'unknown'],
    ['a passing trouble', 'spf=temperror; dkim=temperror; dmarc=temperror', 'unknown'],
    ['nothing to look at', 'none', 'unknown'],
    ['a word that only begins so', 'dmarc=passed', 'unknown'],
    ['another method', 'x-dmarc=pass', 'unknown'],
    ['in capitals', 'DMARC = FAIL', 'failed'],
    ['with a version', 'dmarc/1=pass', 'passed'],
    // What the sender chose stands in quotation marks or comments.
    ['a pass in a comment', 'spf=none (dmarc=pass; dmarc=pass)', 'unknown'],
    [
      'a pass in quotation marks',
      'spf=none smtp.mailfrom="x; dmarc=pass header.from=firm.example"@evil.example',
      'unknown',
    ],
    ['a pass behind a comment that is never closed', 'spf=none (x; dmarc=pass', 'unknown'],
    ['a pass behind quotation marks that are never closed', 'spf=none smtp.mailfrom="x; dmarc=pass', 'unknown'],
    ['a failure behind a comment that is never closed', 'spf=none (domain of a(b@evil.example; dmarc=fail', 'failed'],
  ])('%s', (_, results, state) => {
    expect(stateOf([by(results)])).toBe(state);
    expect(stateOf([`Authentication-Results: ${results}`])).toBe(state);
  });

  it.each<[string, string[], string[], Authentication['state']]>([
    ['no such header', [], [], 'unknown'],
    [
      'a pass below the server’s own word',
      [by('dmarc=none'), 'Received: from a by b', by('dmarc=pass')],
      [],
      'unknown',
    ],
    ['a pass in another server’s name', [by('dmarc=none'), by('dmarc=pass', 'mx.evil.example')], [], 'unknown'],
    ['a failure in another server’s name', [by('dmarc=pass'), by('dmarc=fail', 'mx.evil.example')], [], 'passed'],
    ['a failure beside a pass of the same server', [by('dmarc=fail'), by('dmarc=pass')], [], 'failed'],
    ['not by a server the owner named', [by('dmarc=pass', 'mx.evil.example')], [mx], 'unknown'],
    ['by a server the owner named', [by('spf=none', 'relay.example'), by('dmarc=pass', `${mx} 1`)], [mx], 'passed'],
    ['of a relay before the owner’s server', ['ARC-Authentication-Results: i=1; x; dmarc=pass'], [], 'unknown'],
    ['without From', ['From:', by('dmarc=pass')], [], 'unknown'],
    ['two authors', ['From: bruno@firm.example, v@third.example', by('dmarc=pass')], [], 'unknown'],
    ['two From lines', ['From: bruno@firm.example', 'From: v@third.example', by('dmarc=pass')], [], 'unknown'],
    ['an address as a name', ['From: "v@third.example" <bruno@firm.example>', by('dmarc=pass')], [], 'passed'],
  ])('%s', (_, lines, servers, state) => {
    expect(stateOf(lines, servers)).toBe(state);
  });

  it('of a certified mail only that it failed: the sender inside is another than the one that was looked at', () => {
    expect(stateOf([by('dmarc=pass')], [], { unwrapped: true })).toBe('unknown');
    expect(stateOf([by('dmarc=fail')], [], { unwrapped: true })).toBe('failed');
  });

  it('names what was found', () => {
    const lines = [by('spf=fail smtp.mailfrom=x; dkim=fail; dmarc=permerror')];
    expect(authenticationOf(aMail(lines)).found).toBe('spf=fail, dmarc=permerror');
  });

  it('nothing that a sender can write inside of the server’s line makes it pass', () => {
    const hostile = fc.stringMatching(/^[a-z0-9 ="();\\@.-]{0,40}$/);
    const planted = fc.constantFrom(
      '; dmarc=pass',
      '"; dmarc=pass',
      '); dmarc=pass',
      '(; dmarc=pass header.from=firm.example',
    );
    fc.assert(
      fc.property(hostile, planted, hostile, (before, pass, after) => {
        // as servers write it: the local part quoted, with what could end the quotation escaped
        const quoted = `${before}${pass}${after}`.replace(/[\\"]/g, String.raw`\$&`);
        expect(stateOf([by(`spf=none smtp.mailfrom="${quoted}"@evil.example; dmarc=none`)])).toBe('unknown');
        expect(stateOf([by(`spf=none smtp.mailfrom="${quoted}"@evil.example; dmarc=fail`)])).toBe('failed');
      }),
      { numRuns: 500 },
    );
  });
});

describe('whose word stands on top of the mail of a mailbox', () => {
  const none = null;
  it.each<[string, (string | null)[], string[] | null]>([
    ['too little mail to tell', Array(7).fill(mx), null],
    ['its own server', Array(8).fill(mx), [mx]],
    ['its own server, some mail has gone another way', [...Array(6).fill(mx), none, none], [mx]],
    ['a server that signs with no name', Array(9).fill(''), ['']],
    ['no server: what stands there came along', [...Array(9).fill(none), 'mx.evil.example'], []],
    ['no server, and each mail brings another', Array.from({ length: 9 }, (_, index) => `mx${index}.example`), []],
    ['two servers, one after the other', [...Array(5).fill(mx), ...Array(5).fill('old.example')], [mx, 'old.example']],
  ])('%s', (_, votes, servers) => {
    expect(usualServers(votes)).toEqual(servers);
  });

  it('is named by the first header line, or by none', () => {
    expect(topServer(aMail([by('dmarc=pass')]))).toBe(mx);
    expect(topServer(aMail([`Authentication-Results: ${mx} 1; dmarc=pass`]))).toBe(mx);
    expect(topServer(aMail(['Authentication-Results: spf=pass (x) smtp.mailfrom=y; dmarc=pass']))).toBe('');
    expect(topServer(aMail())).toBeNull();
  });
});
