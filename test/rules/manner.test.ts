/** Language and *Lei* or *tu*, told from what the owner wrote, with the sentence that shows it. */
import { describe, expect, it } from 'vitest';
import { mannerOf } from '../../src/rules/manner.ts';

const toneOf = (...texts: string[]) => mannerOf(texts).tone;
const languageOf = (...texts: string[]) => mannerOf(texts).language;

describe('Lei or tu', () => {
  it.each([
    ['Gentile dott.ssa Bianchi,\nLe invio la bozza del catalogo.\nCordiali saluti', 'formal', 'Le invio'],
    ['Buongiorno,\nresto a Sua disposizione per ogni chiarimento.', 'formal', 'Sua disposizione'],
    ['Buongiorno,\nmi faccia sapere se può andare bene.', 'formal', 'mi faccia'],
    ['Egregio avvocato,\nin allegato il documento.', 'formal', 'Egregio'],
    ['Ciao Luca,\nin allegato la bozza.', 'informal', 'Ciao Luca'],
    ['Gentilissimo Luca,\nti mando la bozza domani.', 'informal', 'ti mando'],
    ['Fammi sapere quando hai un momento.', 'informal', 'Fammi'],
    ['Dear Mr Smith,\nplease find the draft attached.\nYours sincerely', 'formal', 'Dear Mr Smith'],
    ['Hi Tom,\nthe draft is attached.', 'informal', 'Hi Tom'],
  ])('%s', (text, tone, words) => {
    expect(toneOf(text)).toMatchObject({ value: tone, sentence: expect.stringContaining(words) });
  });

  it('is not told where nothing shows it', () => {
    expect([toneOf(), toneOf('Buongiorno,\nin allegato il file.\nA presto'), toneOf('')]).toEqual([null, null, null]);
  });

  it('is what most of the letters show, whatever the newest does', () => {
    expect(toneOf('Ciao!', 'Le scrivo per il preventivo.', 'La ringrazio molto.')).toMatchObject({ value: 'formal' });
    expect(toneOf('La ringrazio.', 'Ti chiamo domani.', 'Hai visto la bozza?')).toMatchObject({ value: 'informal' });
  });

  it('is Lei where the letters are divided: that offends nobody', () => {
    expect(toneOf('Ciao Luca, ti chiamo.', 'La ringrazio.')).toMatchObject({ value: 'formal' });
  });
});

describe('the language', () => {
  it('is told from the plain words, with a sentence that is more than a greeting', () => {
    expect(languageOf('Ciao Luca,\nti mando la bozza del catalogo con le foto.')).toEqual({
      value: 'it',
      sentence: 'ti mando la bozza del catalogo con le foto.',
    });
    expect(languageOf('Hi Tom,\nthe draft is ready and will be with you on Monday.')).toMatchObject({ value: 'en' });
  });

  it('is not told from a word or two, nor in a third language', () => {
    expect(languageOf('Ok!')).toBeNull();
    expect(languageOf('Guten Tag Herr Weber, anbei der Entwurf. Mit freundlichen Grüßen')).toBeNull();
    expect(languageOf('Bonjour, veuillez trouver ci-joint le devis. Cordialement')).toBeNull();
  });

  it('cuts a sentence that does not end', () => {
    const { sentence } = languageOf(`di il la per con non una sono ${'parola '.repeat(60)}`) as { sentence: string };
    expect([...sentence].length).toBeLessThanOrEqual(90);
  });
});
