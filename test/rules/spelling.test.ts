/** One spelling for many; and every list of words is found in whatever spelling a keyboard makes of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courtesy } from '../../src/rules/questions.ts';
import { plainSpelling, type Words } from '../../src/rules/spelling.ts';
import { absenceLists } from '../../src/rules/absence.ts';
import { claimLists, isPaymentClaim } from '../../src/rules/claims.ts';
import * as machines from '../../src/rules/machine-words.ts';
import { samplesOf } from './samples-of.ts';

describe('plainSpelling', () => {
  it.each([
    ['già', 'gia'],
    ["gia'", 'gia'],
    ['gia’', 'gia'],
    ['gia`', 'gia'],
    ['gia´', 'gia'],
    ['GIÀ', 'gia'],
    ["GIA' PAGATO", 'gia pagato'],
    ['già', 'gia'],
    ["rientrero' il 21", 'rientrero il 21'],
    ["perche'?", 'perche?'],
    ['perchè', 'perche'],
    ["e' stato", 'e stato'],
    ["e'stato", 'e stato'],
    ["c'e' un'altra cosa", "c'e un'altra cosa"],
    ["dell'ufficio", "dell'ufficio"],
    ['dell’ufficio', "dell'ufficio"],
    ['we’ve paid', "we've paid"],
    ["they're here", "they're here"],
    ["jusqu'au 16", "jusqu'au 16"],
    ['Büro', 'buro'],
    ['geschlossen für Straße', 'geschlossen fur strasse'],
    ['İSTANBUL', 'istanbul'],
    ['Yanıt', 'yanit'],
    ['odpowiedź', 'odpowiedz'],
    ['ﬁne', 'fine'],
    ['ferie\u00a0fino', 'ferie fino'],
    ['fe\u00adrie', 'ferie'],
    ['自動応答：', '自動応答:'],
    ['자동 회신', '자동 회신'],
    ['Ответ: ёлка', 'ответ: елка'],
    ['', ''],
  ])('%s is %s', (text, plain) => {
    expect(plainSpelling(text)).toBe(plain);
  });

  it('changes nothing the second time', () => {
    const letter = fc.constantFrom(
      ..."aeiouAEIOUnstdlqàÉìÒüñßİıœŁ'’`´ʹ\u0301\u0300\u00ad\u200b\u00a0 .,:…йЁо자動ガﬁ１".split(''),
    );
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 40 }), (text) => {
        const once = plainSpelling(text);
        expect(plainSpelling(once)).toBe(once);
      }),
    );
  });
});

/** The ways in which people and keyboards write one phrase. */
const spellings: Record<string, (phrase: string) => string> = {
  'as it is': (phrase) => phrase,
  'in capitals': (phrase) => phrase.toUpperCase(),
  'with accents': (phrase) => accented(phrase),
  'with accents in capitals': (phrase) => accented(phrase).toUpperCase(),
  decomposed: (phrase) => accented(phrase).normalize('NFD'),
  'with apostrophes for accents': (phrase) => phrase.replace(/[aeiou](?=$| )/g, "$&'"),
  'with typographic apostrophes': (phrase) => phrase.replace(/[aeiou](?=$| )/g, '$&’').replaceAll("'", '’'),
  'with a grave behind': (phrase) => phrase.replace(/[aeiou](?=$| )/g, '$&`'),
};
const accents: Record<string, string> = { a: 'à', e: 'é', i: 'ì', o: 'ò', u: 'ù' };
const accented = (phrase: string) => phrase.replace(/[aeiou](?=$| )/g, (vowel) => accents[vowel] as string);

const isList = (value: unknown): value is Words => typeof value === 'object' && value !== null && 'phrases' in value;
const machineLists = Object.fromEntries(
  Object.entries(machines).filter((entry): entry is [string, Words] => isList(entry[1])),
);
const lists: Record<string, Words> = { ...claimLists, ...absenceLists, courtesy, ...machineLists };

/** Most lists are looked for anywhere, those of subjects at the beginning, with the original subject behind. */
const contexts = [(text: string) => `x ${text} x`, (text: string) => `${text}: x`, (text: string) => text];

describe('every list of words', () => {
  it.each(Object.keys(lists))('%s is in plain spelling', (name) => {
    const sources = (lists[name] as Words).phrases.map((phrase) =>
      phrase.replace(/\\p\{\w+\}|\\[bdsSwW]/g, '').replace(/'/g, ''),
    );
    expect(sources.filter((source) => plainSpelling(source) !== source)).toEqual([]);
  });

  it.each(Object.keys(lists).flatMap((name) => Object.keys(spellings).map((way): [string, string] => [name, way])))(
    'finds each entry of %s %s',
    (name, way) => {
      const list = lists[name] as Words;
      const samples = list.phrases.flatMap((phrase) => samplesOf(phrase));
      expect(samples.length).toBeGreaterThanOrEqual(list.phrases.length);
      const written = samples.map((sample) => (spellings[way] as (phrase: string) => string)(sample));
      expect(written.filter((text) => !contexts.some((context) => list.isIn(context(text))))).toEqual([]);
    },
  );

  it('no rule writes an accent into a pattern of its own, where plain spelling would never be found', () => {
    const folder = join(import.meta.dirname, '../../src/rules');
    const rules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file !== 'spelling.ts',
    );
    const wrong = rules.flatMap((file) => {
      const code = readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return [...code.matchAll(/^.*(?:\/[^/\n]*[à-ÿ][^/\n]*\/[a-z]*[.,;)]|\[[^\]\n]*[à-ÿ][^\]\n]*\]).*$/gm)].map(
        (line) => `${file}: ${line[0]}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    "Buongiorno, ho gia' pagato la fattura 14.",
    'HO GIA’ PAGATO',
    'Abbiamo già effettuato il bonifico',
    "il bonifico e' stato effettuato",
  ])('a claim is heard: %s', (text) => expect(isPaymentClaim(text)).toBe(true));
  it.each(["il bonifico verra' effettuato", 'Il bonifico sarà effettuato domani'])('a promise is none: %s', (text) =>
    expect(isPaymentClaim(text)).toBe(false),
  );
});
