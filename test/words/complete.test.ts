/** Every code is said in both languages, in whole sentences and without a word of the other language. */
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/rules/language.ts';
import type { Told } from '../../src/rules/told.ts';
import { isReason, isTold, say, tell } from '../../src/words/voice.ts';
import { sampleOfTriage, sampleReasons, samplesOfTold } from './samples.ts';

const told: readonly Told[] = Object.values(samplesOfTold);

/** What is typed, and names that stay as they are in every language. */
function prose(text: string): string {
  return text
    .replace(/`[^`]*`/g, '')
    .replace(/\bpaletti (?:(?!; )[^,;:.])*/g, '')
    .replace(/[«"][^»"]*[»"]/g, '')
    .replace(/\([^()]*[=:/][^()]*\)/g, '')
    .replace(/--\S+|\S*[@/=\\.]\S*/g, '');
}

/** Words that stand in nearly every sentence of one language and in none of the other. */
const telling: Record<Language, RegExp> = {
  en: /\b(?:the|and|of|is|are|was|to|for|it|you|your|that|not|has|have|by|from|with|which|letters?|client|money|work|mail|until|after|waits?)\b/i,
  it: /(?<!\p{L})(?:il|lo|gli|che|di|del|della|dal|non|è|sono|una?|per|alla|nella|questo|più|lettera|lettere|cliente|soldi|lavoro|posta|dopo|finché|aspetta)(?!\p{L})/iu,
};

const other: Record<Language, Language> = { en: 'it', it: 'en' };
const named = <One extends { code: string }>(one: One): [string, One] => [one.code, one];

describe.each<Language>(['en', 'it'])('in the language %s', (language) => {
  it.each(sampleReasons.map(named))('the reason %s', (code, reason) => {
    const words = say(reason, language);
    expect(words).not.toBe('');
    expect(words).not.toMatch(/undefined|\bnull\b|NaN|\[object|\$\{|Invalid/);
    expect(words.trim()).toBe(words);
    if (code !== 'as-written' && code !== 'on-holiday') expect(prose(words)).not.toMatch(telling[other[language]]);
  });

  it.each(told.map(named))('the matter %s', (_code, one) => {
    const { text, next } = tell(one, language);
    for (const words of [text, next]) {
      expect(words).not.toMatch(/undefined|\bnull\b|NaN|\[object|\$\{|Invalid/);
      expect(prose(words)).not.toMatch(telling[other[language]]);
    }
    expect(text).not.toBe('');
  });

  it('what triage found is said by what was seen', () => {
    expect(say(sampleOfTriage, language)).toBe(say(sampleOfTriage.because, language));
  });
});

it('no sentence is the same in both languages but for a name and a figure', () => {
  const neutral = ['as-written', 'on-holiday', 'handover-items'];
  const same = sampleReasons.filter((reason) => say(reason, 'en') === say(reason, 'it')).map(({ code }) => code);
  expect(same.filter((code) => !neutral.includes(code))).toEqual([]);
});

it('a value of JSON is known as a reason or a matter by its code', () => {
  expect(sampleReasons.filter((reason) => !isReason(JSON.parse(JSON.stringify(reason))))).toEqual([]);
  expect(told.filter((one) => !isTold(JSON.parse(JSON.stringify(one))))).toEqual([]);
  expect(isReason(JSON.parse(JSON.stringify(sampleOfTriage)))).toBe(true);
  for (const none of [null, 'history', { code: 'usage' }, { reason: 'history' }, []])
    expect(isReason(none)).toBe(false);
});
