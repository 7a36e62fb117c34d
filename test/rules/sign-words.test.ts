/** What is heard in a sentence, and what is not: both sides, Italian and English. */
import { describe, expect, it } from 'vitest';
import { asksForMore, asksForRevision, controls, isWithin, pressing, sentences } from '../../src/rules/sign-words.ts';

function both(heard: (sentence: string) => boolean, yes: string[], no: string[]): void {
  it.each(yes)('hears: %s', (sentence) => expect(heard(sentence)).toBe(true));
  it.each(no)('does not hear: %s', (sentence) => expect(heard(sentence)).toBe(false));
}

describe('pressure', () => {
  both(
    pressing,
    [
      'È URGENTE!',
      'Ho una richiesta urgentissima',
      'Mi servirebbe il prima possibile',
      'Mandami il file entro stasera',
      'Mi serve per oggi',
      'Lo pubblichiamo oggi stesso',
      'Entro le 18:00 di oggi, per favore',
      'Non posso aspettare, è urgente',
      'We need this ASAP',
      'Please reply as soon as possible',
      'I need it today',
      'Send it over by end of day',
      'by the end of the day please',
    ],
    [
      'Non è urgente',
      'Nessuna urgenza, fai con calma',
      'This is not urgent at all',
      "It isn't really urgent",
      'No need to answer right now',
      'Ti rispondo subito',
      'Per oggi è tutto, grazie',
      'Oggi sono in ufficio',
      'The insurgents lost',
      'Ne parliamo entro fine mese',
      'Thanks for today',
    ],
  );
});

describe('a wish for more', () => {
  both(
    asksForMore,
    [
      'Già che ci sei, cambi anche il logo?',
      'Potresti anche preparare tre banner?',
      "Un'altra cosa: la newsletter",
      'Mi servirebbe anche una versione in tedesco',
      "While you're at it, fix the footer",
      'Could you also write the product texts?',
      'One more thing: a second landing page',
      'Can we add a blog?',
    ],
    [
      'Potresti anche mandarmi la fattura?',
      "Un'altra cosa: quanto costerebbe una versione in tedesco?",
      'Could you also send me the invoice?',
      'Could you also join the call on Monday?',
      'Can we add it to the quote?',
      'Grazie, tutto perfetto',
      'The addition is fine',
    ],
  );
});

describe('a wish for changes', () => {
  both(
    asksForRevision,
    [
      'Ancora una modifica al titolo',
      'Serve una revisione',
      'Some tweaks please',
      'Could you change the header?',
      'Two changes to page 3',
    ],
    ['Nessuna modifica, va bene così', 'No changes to make, it is great', 'Exchange of views', 'Il revisore dei conti'],
  );
});

describe('control', () => {
  both(
    controls,
    [
      'Prima di procedere devi chiedere il mio ok',
      'Aspetta il mio via libera',
      'Voglio approvare ogni testo',
      'Mettimi sempre in copia',
      'Please run it by me before you publish',
      'Check with me first',
      'I want to approve every post',
      'CC me on everything',
    ],
    [
      'Va bene, procedi pure',
      'Mi fido di te',
      'Approved, thank you',
      'I will check the figures',
      'Ho visto tutto, ottimo',
      'Run the tests',
    ],
  );
});

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
    expect(sentences('While you’re at it').every(asksForMore)).toBe(true);
    expect(sentences('parola '.repeat(100))[0]).toHaveLength(200);
    expect(sentences('')).toEqual([]);
  });
  it('read only the beginning of a very long text', () => {
    expect(sentences('Va bene. '.repeat(10_000) + 'Urgente!').some(pressing)).toBe(false);
    expect(sentences('Urgente! ' + 'non '.repeat(100_000)).some(pressing)).toBe(true);
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
