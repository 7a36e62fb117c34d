/** What differs between two wordings of a letter, and what only the passing of days changes in one. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { differences, movedDays, saysTheSame } from '../../src/rules/wording-changes.ts';

const letter = (text: string, subject = 'Promemoria') => ({ subject, text });

describe('the differences', () => {
  test.each([
    ['nothing', 'a\n\nb\nc\n', 'a\n\nb\nc\n', []],
    ['a line replaced', 'a\nIBAN: 1\nc\n', 'a\nIBAN: 2\nc\n', [{ was: 'IBAN: 1', now: 'IBAN: 2' }]],
    ['a line gone', 'a\nb\nc\n', 'a\nc\n', [{ was: 'b', now: '' }]],
    ['a line more', 'a\nc\n', 'a\nb\nc\n', [{ was: '', now: 'b' }]],
    [
      'all of it',
      'a\nb\n',
      'x\ny\nz\n',
      [
        { was: 'a', now: 'x' },
        { was: 'b', now: 'y' },
        { was: '', now: 'z' },
      ],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(differences(letter(before), letter(after))).toEqual(expected);
  });

  it('of the subject come first; without a text only the subject counts', () => {
    expect(differences(letter('a\n', 'A'), letter('b\n', 'B'))[0]).toEqual({ was: 'A', now: 'B' });
    expect(differences(letter('a\n', 'A'), letter('', 'A'))).toEqual([]);
  });

  it('are none exactly when the lines are the same, and each names a line of one of the two', () => {
    const lines = fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd'), { maxLength: 7 });
    fc.assert(
      fc.property(lines, lines, (one, other) => {
        const [before, after] = [letter(`x\n${one.join('\n')}`), letter(`x\n${other.join('\n')}`)];
        const found = differences(before, after);
        expect(found.length === 0).toBe(one.join() === other.join());
        for (const { was, now } of found) {
          expect(was === '' || one.includes(was)).toBe(true);
          expect(now === '' || other.includes(now)).toBe(true);
        }
      }),
    );
  });
});

describe('the passing of days', () => {
  test.each([
    ['entro lunedì 9 novembre 2026 a X', 'entro venerdì 11 dicembre 2026 a X', true],
    ['dall’8 luglio 2026', 'dal 1º maggio 2026', true],
    ['Finora si è perso 1 giorno', 'Finora si sono persi 12 giorni', true],
    ['by Monday 9 November 2026', 'by Friday 11 December 2026', true],
    ['The wait so far is 1 day', 'The wait so far is 12 days', true],
    ['Totale: 10,00 EUR', 'Totale: 12,00 EUR', false],
    ['IBAN: IT60', 'IBAN: DE89', false],
    ['Gentile Luca,', 'Dear Luca,', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(saysTheSame(letter(one), letter(other))).toBe(expected);
  });

  test.each([
    ['her words name it', 'paghi entro il 9 novembre', ['9 novembre']],
    ['her words name none', 'paghi presto', []],
    ['her words name another', 'paghi entro il 30 novembre', []],
  ])('a day that moved: %s', (_what, own, expected) => {
    const [before, after] = [letter('entro lunedì 9 novembre 2026'), letter('entro martedì 10 novembre 2026')];
    expect(movedDays(letter(own), before, after)).toEqual(expected);
  });
});
