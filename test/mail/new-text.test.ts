/** What the sender wrote himself, in the manners of the mail programs of Italian and English clients. */
import { describe, expect, it } from 'vitest';
import { newTextOf } from '../../src/mail/new-text.ts';

describe("the sender's own text", () => {
  const cases: [string, string, string][] = [
    [
      'a mail without a quote is all his own',
      'Buongiorno,\n\nva bene giovedì?\n\nAnna',
      'Buongiorno,\n\nva bene giovedì?\n\nAnna',
    ],
    [
      'Gmail in Italian',
      'Va bene.\n\nIl giorno lun 23 nov 2026 alle ore 10:15 Mario Rossi <mario@studio.example>\nha scritto:\n\n> Quando?\n> Mario',
      'Va bene.',
    ],
    ['Gmail in English', 'Fine.\n\nOn Mon, 23 Nov 2026 at 10:15, Mario <m@s.example> wrote:\n\n> When?', 'Fine.'],
    [
      'Outlook in Italian',
      'Procediamo.\n\n-----Messaggio originale-----\nDa: Mario Rossi\nInviato: lunedì 23 novembre 2026\nOggetto: Preventivo\n\nQuando?',
      'Procediamo.',
    ],
    [
      'Outlook with a Da: line',
      'Procediamo.\n\nDa: Mario Rossi <mario@studio.example>\nInviato: lunedì\n\nQuando?',
      'Procediamo.',
    ],
    ['a telephone’s line', 'Ok domani\n\nInviato da iPhone', 'Ok domani'],
    ['a signature after two dashes', 'Ok domani\n\n-- \nAnna Bianchi\nClient Srl', 'Ok domani'],
    ['a forwarded mail without a word', '---------- Forwarded message ---------\nFrom: X <x@y.example>\n\nText', ''],
    ['answers between the quoted lines', '> Quando?\nGiovedì.\n> Dove?\nDa noi.', 'Giovedì.\nDa noi.'],
    ['a mail in capital letters', 'VA BENE.\n\n-----MESSAGGIO ORIGINALE-----\nDA: X', 'VA BENE.'],
    [
      'a letter that is two in lower case, before the quote',
      'İİİİ tamam.\n\nOn Mon, 23 Nov 2026 at 10:15, Mario <m@s.example> wrote:\n\n> When?',
      'İİİİ tamam.',
    ],
    ['nothing', '', ''],
    ['only a quote', '> uno\n> due', ''],
  ];
  it.each(cases)('%s', (_, text, own) => {
    expect(newTextOf(text).replace(/\n+/g, '\n')).toBe(own.replace(/\n+/g, '\n'));
  });

  it('a sentence about a telephone in the middle stays', () => {
    expect(newTextOf('Sent from the office this time.\n\nSee you.')).toBe(
      'Sent from the office this time.\n\nSee you.',
    );
  });
});

describe('hostile text ends', () => {
  // An expression that backtracks without end runs into the limit of the test.
  it.each([
    'Op schreef: ',
    'Op \n',
    'On at wrote ',
    '\n',
    ' \n',
    '>',
    '> ',
    '-',
    '~',
    'Dnia pisze',
    'etc. skrev ',
    'a',
    'On a on at wrote: <',
    '12.12.2026 12:12 "<',
    'Da: [<',
    '在 写道',
  ])('%j over and over', (piece) => {
    const own = newTextOf(piece.repeat(Math.ceil(262_144 / piece.length)));
    expect(own.length).toBeLessThanOrEqual(262_144);
  });
});
