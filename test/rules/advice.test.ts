/** The table of steps, row by row: what the signs say, what was tried, how the money stands, and the command that does it. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rows, suggest, type Tried } from '../../src/rules/advice.ts';
import { exitReasons } from '../../src/rules/exit-reason.ts';
import { type RedFlag, type Sign, signs, weigh } from '../../src/rules/red-flags.ts';
import { nextSteps } from '../../src/rules/sign.ts';
import { instant } from '../../src/rules/time.ts';
import { say } from '../../src/words/voice.ts';

const told = instant('2026-05-03T09:00:00Z');

function flag(sign: Sign, strength = 1, evidence: RedFlag['evidence'] = []): RedFlag {
  return { sign, strength, words: { code: 'marked-by-you', mark: 'too-close', note: sign }, evidence, tooFew: false };
}

function tried(over: Partial<Tried> = {}): Tried {
  return {
    clientId: 7,
    workState: 'active',
    owes: true,
    zone: 'Europe/Rome',
    told: [],
    goesOn: new Set(),
    pauseLetterId: null,
    exit: null,
    requests: { proposedId: null, openId: null, longestDays: 10 },
    activeProject: null,
    paysInAdvance: 'no',
    wroteOutOfHours: true,
    contractSigned: false,
    usualRate: null,
    provable: new Set(exitReasons),
    ...over,
  } as Tried;
}

function advice(flags: readonly RedFlag[], over: Partial<Tried> = {}) {
  const { step, sign, command } = suggest(weigh(flags), tried(over));
  return [step, sign, command];
}

const wrote = (kind: string) => [{ kind, at: told }] as Tried['told'];
const goesOn = (...some: Sign[]) => new Set(some);
const others = { provable: new Set(['different-direction'] as const) };

describe('an exit, an attack, an end', () => {
  it.each([
    [
      'an exit outranks all',
      [flag('threat'), flag('no-pay')],
      { exit: { state: 'checklist', command: 'paletti exit 7 check duties-met' } },
      ['exit', null, 'paletti exit 7 check duties-met'],
    ],
    [
      'a threat',
      [flag('threat', 0.6), flag('no-pay')],
      {},
      ['document', 'threat', 'paletti dossier 7 --out dossier-7'],
    ],
    [
      'a threat after the end',
      [flag('threat', 0.6)],
      { workState: 'ended' },
      ['document', 'threat', 'paletti dossier 7 --out dossier-7'],
    ],
    ['after the end nothing else', [flag('no-pay'), flag('pressure')], { workState: 'ended' }, ['keep', null, null]],
  ] as [string, RedFlag[], Partial<Tried>, unknown[]][])('%s', (_name, flags, over, expected) => {
    expect(advice(flags, over)).toEqual(expected);
  });
});

describe('the owner’s marks outrank what is computed', () => {
  const heavy = [flag('no-contract'), flag('out-of-hours'), flag('no-pay')];
  it.each([
    ['will not sign', 'will-not-sign', {}, ['end', 'paletti exit 7 propose --reason refusal']],
    ['another philosophy', 'different-philosophy', {}, ['end', 'paletti exit 7 propose --reason different-direction']],
    ['no time', 'no-time', {}, ['refer', 'paletti exit 7 propose --reason no-capacity']],
    ['outside the field', 'outside-field', {}, ['refer', 'paletti exit 7 propose --reason different-direction']],
    ['outside the niche', 'outside-niche', {}, ['refer', 'paletti exit 7 propose --reason different-direction']],
    ['no clear goals', 'unclear-goals', {}, ['ask-contract', 'paletti letter 7 contract']],
    ['no clear goals, signed', 'unclear-goals', { contractSigned: true }, ['decisions', 'paletti letter 7 decisions']],
    ['too close', 'too-close', {}, ['boundary', 'paletti letter 7 boundary']],
    ['too close, all in hours', 'too-close', { wroteOutOfHours: false }, ['boundary', null]],
  ] as [string, Sign, Partial<Tried>, [string, string | null]][])('%s', (_name, sign, over, [step, command]) => {
    expect(advice([...heavy, flag(sign)], over)).toEqual([step, sign, command]);
  });
});

describe('money', () => {
  it.each([
    [
      'no pay: pause',
      [flag('no-pay', 0.4), flag('out-of-hours')],
      {},
      ['pause', 'no-pay', 'paletti clients edit 7 --work paused'],
    ],
    [
      'no pay, the letter waits',
      [flag('no-pay')],
      { pauseLetterId: 12 },
      ['pause', 'no-pay', 'paletti outbox approve 12'],
    ],
    [
      'no pay, paused already: end',
      [flag('no-pay')],
      { workState: 'paused' },
      ['end', 'no-pay', 'paletti exit 7 propose --reason non-payment'],
    ],
    [
      'no pay, given up: end',
      [flag('no-pay')],
      { owes: false },
      ['end', 'no-pay', 'paletti exit 7 propose --reason non-payment'],
    ],
    [
      'pays later',
      [flag('pays-later', 0.6)],
      {},
      ['in-advance', 'pays-later', 'paletti clients terms 7 --payment-days 0'],
    ],
    [
      'late as a habit',
      [flag('late-pay', 0.5)],
      {},
      ['in-advance', 'late-pay', 'paletti clients terms 7 --payment-days 0'],
    ],
    [
      'late although in advance is agreed',
      [flag('late-pay', 0.5)],
      { paysInAdvance: 'broken' },
      ['end', 'late-pay', 'paletti exit 7 propose --reason late-payment'],
    ],
    [
      'late before payment in advance was agreed, and not since: keep',
      [flag('late-pay', 0.9)],
      { paysInAdvance: 'agreed' },
      ['keep', 'late-pay', null],
    ],
    [
      'only said, never late: no reason that the record disproves',
      [flag('pays-later')],
      { paysInAdvance: 'broken', ...others },
      ['end', 'pays-later', 'paletti exit 7 propose --reason different-direction'],
    ],
    [
      'the price refused, by the log',
      [flag('refuses-price', 1, [{ logId: 3 }])],
      {},
      ['end', 'refuses-price', 'paletti exit 7 propose --reason price'],
    ],
    [
      'the price refused, as heard',
      [flag('refuses-price', 0.5, [{ messageId: 3 }])],
      {},
      ['raise-price', 'refuses-price', 'paletti clients log 7 price refused'],
    ],
    [
      'low pay',
      [flag('low-pay', 0.5)],
      { usualRate: { cents: 9_040, currency: 'EUR' } },
      ['raise-price', 'low-pay', 'paletti letter 7 price --rate 90 --unit hour --currency EUR'],
    ],
    ['low pay by the message', [flag('low-pay', 0.5)], {}, ['raise-price', 'low-pay', null]],
  ] as [string, RedFlag[], Partial<Tried>, unknown[]][])('%s', (_name, flags, over, expected) => {
    expect(advice(flags, over)).toEqual(expected);
  });
});

describe('the line, once; then the end', () => {
  it.each([
    ['nights', 'out-of-hours', {}, ['boundary', 'paletti letter 7 boundary']],
    ['pressure in hours: no letter on hours', 'pressure', { wroteOutOfHours: false }, ['boundary', null]],
    ['scope creep', 'scope-creep', {}, ['scope', 'paletti letter 7 scope']],
    ['control', 'control', {}, ['decisions', 'paletti letter 7 decisions']],
    ['indecision', 'indecision', {}, ['decisions', 'paletti letter 7 decisions']],
    ['wasted time', 'wasted-time', {}, ['decisions', 'paletti letter 7 decisions']],
    ['no contract', 'no-contract', {}, ['ask-contract', 'paletti letter 7 contract']],
    ['refuses the contract', 'refuses-contract', {}, ['ask-contract', 'paletti letter 7 contract']],
    ['chats', 'untraceable-channel', {}, ['by-mail', 'paletti letter 7 channel']],
    ['her own hours', 'own-hours', {}, ['own-hours', null]],
    ['silence', 'silence', {}, ['nudge', 'paletti requests list --client 7']],
    [
      'silence, a question proposed',
      'silence',
      { requests: { proposedId: 4, openId: null, longestDays: 20 } },
      ['nudge', 'paletti requests accept 4'],
    ],
    [
      'silence of two months',
      'silence',
      { requests: { proposedId: 4, openId: 5, longestDays: 60 }, activeProject: 'Sito' },
      ['archive', 'paletti clients project 7 pause "Sito"'],
    ],
    [
      'silence of two months, no project',
      'silence',
      { requests: { proposedId: null, openId: 5, longestDays: 60 } },
      ['archive', 'paletti clients edit 7 --work paused'],
    ],
    [
      'a project that a shell would take apart',
      'silence',
      { requests: { proposedId: null, openId: 5, longestDays: 60 }, activeProject: 'a "b" $c' },
      ['archive', 'paletti clients edit 7 --work paused'],
    ],
    [
      'it goes on after the letter',
      'out-of-hours',
      { told: wrote('boundary-hours'), goesOn: goesOn('out-of-hours') },
      ['end', 'paletti exit 7 propose --reason contact-hours'],
    ],
    [
      'scope goes on',
      'scope-creep',
      { told: wrote('boundary-scope'), goesOn: goesOn('scope-creep') },
      ['end', 'paletti exit 7 propose --reason scope'],
    ],
    [
      'control goes on',
      'control',
      { told: wrote('boundary-decisions'), goesOn: goesOn('control') },
      ['end', 'paletti exit 7 propose --reason control'],
    ],
    [
      'still will not sign',
      'refuses-contract',
      { told: wrote('boundary-contract'), goesOn: goesOn('refuses-contract') },
      ['end', 'paletti exit 7 propose --reason refusal'],
    ],
    ['said, and it does not go on', 'out-of-hours', { told: wrote('boundary-hours') }, ['keep', null]],
  ] as [string, Sign, Partial<Tried>, [string, string | null]][])('%s', (_name, sign, over, [step, command]) => {
    expect(advice([flag(sign)], over)).toEqual([step, sign, command]);
  });

  it('what was said already makes room for what was not', () => {
    expect(advice([flag('out-of-hours'), flag('scope-creep', 0.9)], { told: wrote('boundary-hours') })).toEqual([
      'scope',
      'scope-creep',
      'paletti letter 7 scope',
    ]);
  });

  it('says when it was said', () => {
    expect(say(suggest(weigh([flag('control')]), tried({ told: wrote('boundary-decisions') })).why, 'en')).toBe(
      'you wrote about it on 3 May 2026, and nothing since shows that it goes on',
    );
  });
});

describe('little, or nothing', () => {
  it.each([
    ['no sign', [], ['keep', null, null]],
    ['a little', [flag('silence', 0.4)], ['keep', 'silence', null]],
    ['too few to tell', [{ ...flag('no-pay', 0), tooFew: true }], ['keep', null, null]],
  ] as [string, RedFlag[], unknown[]][])('%s', (_name, flags, expected) => {
    expect(advice(flags)).toEqual(expected);
  });
});

it('each row has a name, and the last ones answer whatever is asked', () => {
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length);
  const arb = fc.record({
    flags: fc.uniqueArray(fc.constantFrom(...signs), { maxLength: 8 }),
    strength: fc.double({ min: 0.1, max: 1, noNaN: true }),
    workState: fc.constantFrom('active' as const, 'paused' as const, 'ended' as const),
    wroteOutOfHours: fc.boolean(),
    contractSigned: fc.boolean(),
    toldOf: fc.subarray(['boundary-hours', 'boundary-scope', 'boundary-decisions', 'boundary-contract'] as const),
    onAgain: fc.boolean(),
  });
  fc.assert(
    fc.property(arb, ({ flags, strength, toldOf, onAgain, ...rest }) => {
      const found = suggest(
        weigh(flags.map((sign) => flag(sign, strength))),
        tried({ ...rest, told: toldOf.map((kind) => ({ kind, at: told })), goesOn: new Set(onAgain ? flags : []) }),
      );
      expect(nextSteps).toContain(found.step);
      expect(say(found.why, 'en')).not.toBe('');
      if (found.command !== null)
        expect(found.command).toMatch(/^paletti (?:letter|exit|clients|outbox|requests|dossier) /);
      if (!rest.wroteOutOfHours) expect(found.command).not.toBe('paletti letter 7 boundary');
      if (rest.contractSigned) expect(found.command).not.toBe('paletti letter 7 contract');
      for (const kind of toldOf)
        expect(found.command).not.toBe(`paletti letter 7 ${kind === 'boundary-hours' ? 'boundary' : kind.slice(9)}`);
    }),
    { numRuns: 300 },
  );
});
