import { describe, expect, it } from 'vitest';
import { cleanText, oneLine } from '../../src/letters/clean.ts';

describe('cleaning text', () => {
  it('says the same of each character alone as beside one that is taken out', () => {
    const signs = Array.from({ length: 0x1_0000 }, (_, code) => String.fromCharCode(code));
    const others = signs.filter((sign) => cleanText(sign) !== cleanText(`\u200b${sign}`));
    expect(others).toEqual([]);
  });

  it('one line is cut after whole characters, and shows it', () => {
    expect(oneLine('Città  di\nRoma', 12)).toBe('Città di Ro…');
    expect(oneLine('Città di Rom', 12)).toBe('Città di Rom');
    expect(oneLine('😀😀😀', 3)).toBe('😀😀😀');
    expect(oneLine('😀😀😀', 2)).toBe('😀…');
  });
});
