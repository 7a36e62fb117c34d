/** Thanks that ask for nothing, and words that ask for something. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCourtesy } from '../../src/rules/courtesy.ts';

const names = ['Anna Bianchi', 'Bianchi Srl', 'Giulia Ferri'];

describe('a bare thank-you', () => {
  it.each([
    'Grazie mille, ricevuto!\n\nAnna',
    'Ricevuto, grazie.',
    'Ok perfetto, grazie ancora Giulia',
    'Va bene, d’accordo.\nCordiali saluti\nDott.ssa Anna Bianchi',
    'Thanks a lot, got it!\n\nBest regards\nAnna',
    'Thank you very much for the quick reply.',
    'Vielen Dank für die schnelle Antwort!\n\nMit freundlichen Grüßen\nAnna Bianchi',
    'Merci beaucoup pour votre réponse rapide.\nBonne journée',
    'Muchas gracias, recibido.\nUn saludo',
    'Muito obrigada pela resposta!\nCumprimentos',
    'Hartelijk bedankt voor het snelle antwoord.\nMet vriendelijke groet, Anna',
    'GRAZIE!!!',
    'Grazie 😊\n\nInviato da iPhone',
    '👍',
    '👍🏻👍🏻',
  ])('is "%s"', (text) => {
    expect(isCourtesy(text, names)).toBe(true);
  });

  const card = 'Bianchi Srl\nVia Roma 1, 00100 Roma\nTel. +39 06 1234567\nanna@bianchi.example · www.bianchi.example';
  it.each([
    `Grazie mille!\n\nAnna Bianchi\n${card}`,
    `Ricevuto, grazie.\nCordiali saluti\n\nDott.ssa Anna Bianchi\nResponsabile Acquisti\n${card}`,
    'Thanks!\n\nAnna\nHead of Sales\nP.IVA 01234567890',
  ])('with the writer’s card below her name is "%s"', (text) => {
    expect(isCourtesy(text, names)).toBe(true);
  });

  it.each([
    `Grazie mille!\n\nAnna Bianchi\n${card}\nPS: manca la terza pagina`,
    'Grazie!\n\nAnna\nmi chiami domani allo 06 1234567?',
    'Grazie!\n\nAnna\nora resta da fare il logo',
    `Grazie, chiamo io.\n\nAnna Bianchi\n${card}`,
  ])('is none below which something is asked, or above: "%s"', (text) => {
    expect(isCourtesy(text, names)).toBe(false);
  });

  it.each([
    'Grazie, e il logo?',
    'Grazie. Mi manda anche la fattura',
    'Grazie, ci vediamo alle 10',
    'Ok procedete pure con il pagamento',
    'Perfetto, attendo il contratto',
    'Thanks, please call me',
    'Danke, bitte rufen Sie mich an',
    'Non va bene',
    'Grazie, non ho ricevuto',
    'Buongiorno Giulia',
    '',
    'Saluti',
  ])('is not "%s"', (text) => {
    expect(isCourtesy(text, names)).toBe(false);
  });

  it('is none with one word more that nobody knows, with a number, or with a question', () => {
    const more = fc.constantFrom(
      'fattura',
      'logo',
      'urgente',
      'invoice',
      'Rechnung',
      '14',
      '?',
      'domani',
      'not',
      'non',
    );
    fc.assert(
      fc.property(more, fc.boolean(), (word, first) => {
        expect(isCourtesy(first ? `${word} grazie mille` : `Grazie mille ${word}`, names)).toBe(false);
      }),
    );
  });
});
