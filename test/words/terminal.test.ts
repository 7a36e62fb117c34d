/** The catalogue of each language, walked with sample facts: everything says something, and nothing in the other language. */
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/words/voice.ts';
import { englishIn, italianIn } from './leftovers.ts';

interface Said {
  where: string;
  text: string;
}

/** What a function may be handed: it is called with each sample that it takes without a fault. */
const samples: readonly unknown[][] = [
  Array.from({ length: 8 }, () => 3),
  Array.from({ length: 8 }, () => 1),
  Array.from({ length: 8 }, () => 'Bianchi'),
  Array.from({ length: 8 }, () => null),
  Array.from({ length: 8 }, () => new Proxy({}, { get: () => 2 })),
  Array.from({ length: 8 }, () => new Proxy({}, { get: () => 'Bianchi' })),
  Array.from({ length: 8 }, () => true),
  Array.from({ length: 8 }, () => false),
];

function walk(value: unknown, where: string): Said[] {
  if (typeof value === 'string') return [{ where, text: value }];
  if (typeof value === 'function') return samples.flatMap((sample) => attempt(value as () => unknown, sample, where));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => walk(member, `${where}.${name}`));
}

function attempt(say: (...facts: unknown[]) => unknown, sample: unknown[], where: string): Said[] {
  try {
    return walk(say(...sample.slice(0, say.length)), `${where}()`);
  } catch {
    return [];
  }
}

const spoken = (language: 'it' | 'en', part: 'terminal' | 'faults' = 'terminal') =>
  walk(wordsOf(language)[part], part).filter(({ text }) => !/undefined|\[object/.test(text));

describe('the words of the terminal', () => {
  it('are all walked', () => {
    expect(spoken('en').length).toBeGreaterThan(150);
    const placesOf = (language: 'it' | 'en') => new Set(spoken(language).map(({ where }) => where));
    const [italian, english] = [placesOf('it'), placesOf('en')];
    expect([...english].filter((where) => !italian.has(where) && !where.startsWith('terminal.codes.'))).toEqual([]);
  });

  it('hold no English in Italian', () => {
    expect(
      spoken('it').flatMap(({ where, text }) => englishIn(text).map((word) => `${where}: ${word}: ${text}`)),
    ).toEqual([]);
  });

  it('hold no Italian in English', () => {
    expect(
      spoken('en').flatMap(({ where, text }) => italianIn(text).map((word) => `${where}: ${word}: ${text}`)),
    ).toEqual([]);
  });
});

describe('the words of faults', () => {
  it('hold no English in Italian, and no Italian in English', () => {
    const inItalian = spoken('it', 'faults').flatMap(({ where, text }) =>
      englishIn(text).map((word) => `${where}: ${word}: ${text}`),
    );
    const inEnglish = spoken('en', 'faults').flatMap(({ where, text }) =>
      italianIn(text).map((word) => `${where}: ${word}: ${text}`),
    );
    expect(spoken('it', 'faults').length).toBeGreaterThan(100);
    expect([inItalian, inEnglish]).toEqual([[], []]);
  });
});
