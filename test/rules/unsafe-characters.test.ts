/** What nobody sees and something acts upon is one list, and nothing of it passes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asOneLine, isOneLine, withoutUnsafe } from '../../src/rules/unsafe-characters.ts';

const harmful = ['\u0000', '\u001b', '\u007f', '\u0085', '\u009b', '\u2028', '\u2029', '\u202e', '\u2066', '\u2069'];
const unseen = ['\u061c', '\u200b', '\u200e', '\u200f', '\u2060', '\u206f', '\ufeff', '\ufff9', '\u{e0041}', '\ud800'];

describe('unsafe characters', () => {
  it.each([...harmful, ...unseen])('%j goes', (mark) => expect(withoutUnsafe(`a${mark}b`)).toBe('ab'));
  it.each(harmful)('%j is not in a field of one line', (mark) => expect(isOneLine(`a${mark}b`)).toBe(false));
  it.each(['Zoë', 'नमस्ते\u200d', '👩\u200d💻', 'שלום', '–‘’…', '\u00ad'])('%j stays as it is', (text) => {
    expect(withoutUnsafe(text)).toBe(text);
    expect(isOneLine(text)).toBe(true);
  });

  it('can be shown instead of taken out', () =>
    expect(withoutUnsafe('a\u202eb', (mark) => `<${mark.codePointAt(0)?.toString(16)}>`)).toBe('a<202e>b'));

  it('what was made one line is one, of its length at most, and stays so', () => {
    const strange = fc.string({ unit: fc.constantFrom(...harmful, ...unseen, ' ', '\t', '\n', 'a', 'é', '👩') });
    fc.assert(
      fc.property(strange, fc.nat(20), (text, most) => {
        const line = asOneLine(text, most);
        expect(isOneLine(line)).toBe(true);
        expect(line.length).toBeLessThanOrEqual(most);
        expect(asOneLine(line, most)).toBe(line.trim());
      }),
    );
  });
});
