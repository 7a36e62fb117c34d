import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Authentication } from '../../src/rules/authentication.ts';
import { believe, believeReport, mailHoldUntil } from '../../src/rules/belief.ts';
import { instant, toIso } from '../../src/rules/time.ts';

const passed: Authentication = { state: 'passed', found: 'dmarc=pass' };
const failed: Authentication = { state: 'failed', found: 'dmarc=fail' };
const unknown: Authentication = { state: 'unknown', found: '' };

describe('what may stop letters about money', () => {
  it.each<[string, Authentication, number, boolean, boolean, string]>([
    ['authenticated', passed, 0, false, true, 'authenticated'],
    ['authenticated as always', passed, 9, true, true, 'authenticated'],
    ['failed', failed, 0, false, false, 'authentication-failed'],
    ['failed, of one who never fails', failed, 9, false, false, 'authentication-failed'],
    ['failed, and it names our letter', failed, 9, true, true, 'names-our-letter'],
    ['unknown, of one who is never authenticated', unknown, 0, false, true, 'as-usual'],
    ['unknown, of one who was once', unknown, 1, false, true, 'as-usual'],
    ['unknown, of one who usually is', unknown, 2, false, false, 'not-as-usual'],
    ['unknown, and it names our letter', unknown, 2, true, true, 'names-our-letter'],
  ])('%s', (_, authentication, timesAuthenticated, namesOurLetter, believed, code) => {
    const belief = believe({ authentication, timesAuthenticated, namesOurLetter });
    expect(belief).toMatchObject({ believed, code });
    expect(belief.why).not.toBe('');
  });

  it('to have been authenticated more often makes no mail more believed that is not', () => {
    const state = fc.constantFrom(failed, unknown);
    fc.assert(
      fc.property(state, fc.nat(20), fc.nat(20), fc.boolean(), (authentication, times, more, namesOurLetter) => {
        const of = (timesAuthenticated: number) =>
          believe({ authentication, timesAuthenticated, namesOurLetter }).believed;
        expect(of(times) || !of(times + more)).toBe(true);
      }),
    );
  });
});

describe('a report that a letter came back', () => {
  const real = {
    authentication: unknown,
    envelopeSenders: [''],
    finalRecipient: 'luca@x.example',
    recipient: 'luca@x.example',
  };
  it.each([
    ['a server’s', {}, true],
    ['authenticated', { authentication: passed }, true],
    ['in other letters', { finalRecipient: 'Luca@X.example' }, true],
    ['that names nobody', { finalRecipient: null }, true],
    ['of which no envelope is known', { envelopeSenders: [] }, true],
    ['of a person', { envelopeSenders: ['luca@x.example'] }, false],
    ['of a person who wrote an empty one below', { envelopeSenders: ['luca@x.example', ''] }, false],
    ['that failed DMARC', { authentication: failed }, false],
    ['about somebody else', { finalRecipient: 'carla@x.example' }, false],
  ])('%s', (_, change, believed) => {
    expect(believeReport({ ...real, ...change }).believed).toBe(believed);
  });
});

it('a hold that came by mail ends after seven whole days, at midnight there', () => {
  const until = mailHoldUntil(instant('2026-11-23T23:30:00+01:00'), 'Europe/Rome');
  expect(toIso(until)).toBe('2026-11-30T23:00:00Z');
});
