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
    ['Opera in German', 'Ja, gerne.\n\nAm 06.10.2026, 10:00 Uhr, schrieb Giulia Ferri:\n\n> Hier.', 'Ja, gerne.'],
    ['Eudora', 'Yes please.\n\nAt 10:00 06/10/2026 +0200, you wrote:\n>Here.', 'Yes please.'],
    [
      'sup, with the answer below',
      "Excerpts from Giulia Ferri's message of Tue Oct 06 10:00:00 +0200 2026:\n> Here.\n\nYes please.",
      'Yes please.',
    ],
    ['Gnus', 'Yes please.\n\nGiulia Ferri <me@s.example> writes:\n\n> Here.', 'Yes please.'],
    ['a name that wrote', 'Yes please.\n\nGiulia Ferri wrote:\n> Here.', 'Yes please.'],
    [
      'a name that wrote, and nothing quoted',
      'Giulia Ferri wrote:\nthat she comes.',
      'Giulia Ferri wrote:\nthat she comes.',
    ],
    ['Mutt in German', 'Ja.\n\n* Giulia Ferri <me@s.example> [2026-10-06 10:00]:\n> Hier.', 'Ja.'],
    ['Horde', 'Ja.\n\nZitat von Giulia Ferri <me@s.example>:\n\n> Hier.', 'Ja.'],
    [
      'a Russian telephone',
      'Да, согласна.\n\nвторник, 6 октября 2026 г. пользователь Giulia Ferri <me@s.example> написал:\n\n> Смета.',
      'Да, согласна.',
    ],
    ['a Russian Gmail', 'Да.\n\nвт, 6 окт. 2026 г. в 10:00, Giulia Ferri <me@s.example>:\n\n> Смета.', 'Да.'],
    ['Czech', 'Ano.\n\nDne 6. 10. 2026 v 10:00 Giulia Ferri napsal(a):\n> Nabídka.', 'Ano.'],
    [
      'who wrote, before when',
      'Va bene.\n\nGiulia Ferri <me@s.example> ha scritto il 06/10/2026 alle 10:00:\n> Ecco.',
      'Va bene.',
    ],
    [
      'Libero, of which all that follows is the quote',
      'Va bene.\n\nIl 06/10/2026 10:00 CEST Giulia Ferri <me@s.example> ha scritto:\n \n \nEcco.',
      'Va bene.',
    ],
    [
      'dashes of two lengths',
      'In Ordnung.\n\n----- Original Nachricht ----\nVon: X\nDatum: 6.10.\n\nHier.',
      'In Ordnung.',
    ],
    [
      'Thunderbird in French, forwarding',
      'Voir.\n\n-------- Message transféré --------\nSujet : Devis\nDe : X <x@y.example>\n\nVoici.',
      'Voir.',
    ],
    ['Thunderbird in Spanish', 'De acuerdo.\n\n-------- Mensaje original --------\nDe: X\n\nAdjunto.', 'De acuerdo.'],
    [
      'Outlook in Spanish, an address alone',
      'De acuerdo.\n\nDe: me@s.example\nEnviado el: martes 10:00\nPara: Anna\nAsunto: Presupuesto\n\nAdjunto.',
      'De acuerdo.',
    ],
    [
      'Outlook in German, a name alone',
      'Gerne.\n\nVon: Giulia Ferri\nGesendet: Dienstag, 6. Oktober 2026 10:00\nAn: Anna\nBetreff: Angebot\n\nHier.',
      'Gerne.',
    ],
    [
      'Outlook in Dutch',
      'Akkoord.\n\nVan: Giulia Ferri\nVerzonden: dinsdag 6 oktober 2026\nAan: Anna\nOnderwerp: Offerte\n\nHier.',
      'Akkoord.',
    ],
    [
      'Outlook in bold',
      'Fine.\n\n*From:* Giulia Ferri\n*Sent:* Tuesday\n*To:* Anna\n*Subject:* Quote\n\nHere.',
      'Fine.',
    ],
    [
      'own words that begin with Da:',
      'Va bene, partiamo\nDa: lunedì 12 ottobre in poi\ncon la prima parte.',
      'Va bene, partiamo\nDa: lunedì 12 ottobre in poi\ncon la prima parte.',
    ],
    [
      'own words that look like one field',
      'Ecco i dati:\nData: 12 ottobre\nOra: 10:00',
      'Ecco i dati:\nData: 12 ottobre\nOra: 10:00',
    ],
    [
      'own words with an address',
      'Scrivete a info@client.example:\nrispondono subito.',
      'Scrivete a info@client.example:\nrispondono subito.',
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
    'a@b.example wrote:\n',
    'Da: x\nData: y\n',
    '-- Messaggio ',
    'x wrote:\n> ',
    '<a@',
  ])('%j over and over', (piece) => {
    const own = newTextOf(piece.repeat(Math.ceil(262_144 / piece.length)));
    expect(own.length).toBeLessThanOrEqual(262_144);
  });
});
