import { describe, expect, it } from 'vitest';
import { hasKeyword, questionsIn, requestWords } from '../../src/rules/questions.ts';

describe('questions in the owner’s mail', () => {
  it.each([
    ['Buongiorno,\nmi conferma il logo entro venerdì?\n\nAnna', ['mi conferma il logo entro venerdì?']],
    ['Hi Tom, which of the two texts shall we use?', ['which of the two texts shall we use?']],
    [
      'Puoi mandarmi le foto? Preferisci il blu o il verde?',
      ['Puoi mandarmi le foto?', 'Preferisci il blu o il verde?'],
    ],
    ['Ecco la bozza, buon lavoro.', []],
    ['Ciao Luca, come va?', []],
    ['How are you?', []],
    ['Tutto bene?', []],
    ['Eh?', []],
    ['La pagina: https://example.com/ricerca?q=uno', []],
    ['', []],
  ])('%j asks for %j', (text, questions) => {
    expect(questionsIn(text)).toEqual(questions);
  });

  it.each([
    ['[?] Testi', '[?]', true],
    ['Re: testi [DOMANDA]', '[domanda]', true],
    ['Testi?', '[?]', false],
    ['[?] Testi', '', false],
    ['[?] Testi', '  ', false],
  ])('%j has the keyword %j: %s', (subject, keyword, found) => {
    expect(hasKeyword(subject, keyword)).toBe(found);
  });

  it('quotes the questions, or else the subject without its marks', () => {
    expect(requestWords('[?] Testi', 'Mi mandi i testi della home?', '[?]')).toBe('Mi mandi i testi della home?');
    expect(requestWords('Re: [?] Testi della home', 'Come da oggetto.', '[?]')).toBe('Testi della home');
    expect(requestWords('Testi', 'Come da oggetto.', '')).toBe('Testi');
  });
});
