/** An account's number: check digits, length, print, and where a BIC is needed. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { groupedIban, isBic, isIban, needsBic } from '../../src/rules/iban.ts';

describe('an IBAN', () => {
  // examples of the SWIFT IBAN registry
  const sound = [
    'IT60 X054 2811 1010 0000 0123 456',
    'it60x0542811101000000123456',
    'DE89 3704 0044 0532 0130 00',
    'GB29 NWBK 6016 1331 9268 19',
    'SM86 U032 2509 8000 0000 0270 100',
    'AE07 0331 2345 6789 0123 456',
  ];
  test.each(sound)('%s is one', (text) => {
    expect(isIban(text)).toBe(true);
  });

  test.each(
    [
      ['', 'IT60', 'IT00X0542811101000000123456', 'IT60X0542811101000000123457', '60X0542811101000000123456'],
      // right by the check digits, and of no Italian length
      ['IT34 0000 0000 0000 0', 'GB29NWBK6016133192681', 'IT60X054281110100000012345O'],
    ].flat(),
  )('%j is none', (text) => {
    expect(isIban(text)).toBe(false);
  });

  it('one digit that differs, or two that are swapped, are noticed', () => {
    const digits = sound[0]?.replaceAll(' ', '') ?? '';
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 26 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        const other = digits.slice(0, at) + String(digit) + digits.slice(at + 1);
        fc.pre(/\d/.test(digits[at] as string) && other !== digits);
        expect(isIban(other)).toBe(false);
        const swapped = digits.slice(0, at - 1) + digits[at] + digits[at - 1] + digits.slice(at + 1);
        if (swapped !== digits && at > 5) expect(isIban(swapped)).toBe(false);
      }),
    );
  });

  it('is printed in groups of four', () => {
    expect(groupedIban('it60x0542811101000000123456')).toBe('IT60 X054 2811 1010 0000 0123 456');
  });
});

describe('a BIC', () => {
  test.each([
    ['BPMOIT22', true],
    ['BPMOIT22XXX', true],
    ['bpmoit22xxx', true],
    ['BPMOIT2', false],
    ['BPMOIT22XX', false],
    ['BPM1IT22', false],
  ])('%s: %s', (text, expected) => {
    expect(isBic(text)).toBe(expected);
  });

  test.each([
    ['IT60X0542811101000000123456', 'EUR', false],
    ['IT60X0542811101000000123456', 'USD', true],
    ['CH9300762011623852957', 'EUR', false],
    ['AE070331234567890123456', 'EUR', true],
  ])('for %s in %s is needed: %s', (iban, currency, expected) => {
    expect(needsBic(iban, currency)).toBe(expected);
  });
});
