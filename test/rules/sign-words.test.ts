/** A text as sentences, and what is within a scope. What is heard in a sentence: signs/heard.test.ts. */
import { describe, expect, it } from 'vitest';
import { isWithin, sentences } from '../../src/rules/sign-words.ts';
import { hears } from '../../src/rules/red-flags.ts';

describe('sentences', () => {
  it('end at a stop or after a short line, not at a soft wrap', () => {
    const text =
      'Ciao Luca,\nti scrivo per il sito nuovo che abbiamo discusso ieri: potresti\nanche rifare il logo? Grazie.\n\nAnna';
    expect(sentences(text)).toEqual([
      'Ciao Luca,',
      'ti scrivo per il sito nuovo che abbiamo discusso ieri: potresti anche rifare il logo?',
      'Grazie.',
      'Anna',
    ]);
  });
  it('read curly apostrophes and cut what is too long to quote', () => {
    expect(sentences('While you’re at it').every((sentence) => hears('asksForMore', sentence))).toBe(true);
    expect(sentences('parola '.repeat(100))[0]).toHaveLength(200);
    expect(sentences('')).toEqual([]);
  });
  it('read only the beginning of a very long text', () => {
    expect(sentences('Va bene. '.repeat(10_000) + 'Urgente!').some((sentence) => hears('pressing', sentence))).toBe(
      false,
    );
    expect(sentences('Urgente! ' + 'non '.repeat(100_000)).some((sentence) => hears('pressing', sentence))).toBe(true);
  });
});

describe('within the scope', () => {
  const scope = ['Logo e immagine coordinata', 'Sito di cinque pagine'];
  it.each([
    ['Potresti anche cambiare il logo?', true],
    ['Mi serve anche una pagina per le città', true],
    ['Potresti anche preparare la newsletter?', false],
    ['Già che ci sei, anche i volantini', false],
  ])('%s', (sentence, expected) => {
    expect(isWithin(sentence, scope)).toBe(expected);
  });
  it('nothing is within no scope', () => {
    expect(isWithin('Potresti anche cambiare il logo?', [])).toBe(false);
  });
});
