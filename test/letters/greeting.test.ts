/** How a letter begins: by name where the name is sure, else by none. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { greetingOf, greetingToWriter } from '../../src/letters/greeting.ts';
import type { Reader } from '../../src/letters/library.ts';

const formal: Reader = { language: 'it', tone: 'formal' };
const readers: readonly Reader[] = [
  formal,
  { language: 'it', tone: 'informal' },
  { language: 'en', tone: 'formal' },
  { language: 'en', tone: 'informal' },
];

/** A contact's name, and the greeting in it/formal, it/informal, en/formal, en/informal. */
const people: [string, string, string, string, string][] = [
  ['Luca Verdi', 'Gentile Luca Verdi', 'Ciao Luca', 'Dear Luca Verdi', 'Hi Luca'],
  ['Luca', 'Gentile Luca', 'Ciao Luca', 'Dear Luca', 'Hi Luca'],
  ['Tom Lowe', 'Gentile Tom Lowe', 'Ciao Tom', 'Dear Tom Lowe', 'Hi Tom'],
  ['Priya Nair', 'Gentile Priya Nair', 'Ciao Priya', 'Dear Priya Nair', 'Hi Priya'],
  ['Ngozi Obi', 'Gentile Ngozi Obi', 'Ciao', 'Dear Ngozi Obi', 'Hi Ngozi'],
  ['Sigfrido Ranucci', 'Gentile Sigfrido Ranucci', 'Ciao Sigfrido', 'Dear Sigfrido Ranucci', 'Hi Sigfrido'],
  ['Nicolò D’Amico-Però', 'Gentile Nicolò D’Amico-Però', 'Ciao Nicolò', 'Dear Nicolò D’Amico-Però', 'Hi Nicolò'],
  ["Zoë O'Neill", "Gentile Zoë O'Neill", 'Ciao Zoë', "Dear Zoë O'Neill", 'Hi Zoë'],
  ['Maria De Luca', 'Gentile Maria De Luca', 'Ciao Maria', 'Dear Maria De Luca', 'Hi Maria'],
  [
    'Maria Grazia Rossi',
    'Gentile Maria Grazia Rossi',
    'Ciao Maria Grazia',
    'Dear Maria Grazia Rossi',
    'Hi Maria Grazia',
  ],
  ['Anna Maria', 'Gentile Anna Maria', 'Ciao Anna Maria', 'Dear Anna Maria', 'Hi Anna Maria'],
  ['Jean-Luc Martin', 'Gentile Jean-Luc Martin', 'Ciao', 'Dear Jean-Luc Martin', 'Hi Jean-Luc'],
  // which of the two is the family name?
  ['Franco Martina', 'Gentile Franco Martina', 'Ciao', 'Dear Franco Martina', 'Hi Franco'],
  ['Martin Scott', 'Gentile Martin Scott', 'Ciao', 'Dear Martin Scott', 'Hi Martin'],
  // the family name first, or alone
  ['Rossi Maria', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  ['Rossi', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  ['Esposito Ciro', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  ['Zampetti Maria', 'Gentile Zampetti Maria', 'Ciao', 'Dear Zampetti Maria', 'Hi'],
  ['De Luca Maria', 'Gentile De Luca Maria', 'Ciao', 'Dear De Luca Maria', 'Hi'],
  ['De', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  // titles
  [
    'Dott.ssa Bianchi',
    'Gentile Dott.ssa Bianchi',
    'Ciao Dott.ssa Bianchi',
    'Dear Dott.ssa Bianchi',
    'Hi Dott.ssa Bianchi',
  ],
  ['Ing. Neri', 'Gentile Ing. Neri', 'Ciao Ing. Neri', 'Dear Ing. Neri', 'Hi Ing. Neri'],
  ['Ms Harper', 'Gentile Ms Harper', 'Ciao Ms Harper', 'Dear Ms Harper', 'Hi Ms Harper'],
  ['Signora Bianchi', 'Gentile Signora Bianchi', 'Ciao Signora Bianchi', 'Dear Signora Bianchi', 'Hi Signora Bianchi'],
  [
    'Avvocato De Luca',
    'Gentile Avvocato De Luca',
    'Ciao Avvocato De Luca',
    'Dear Avvocato De Luca',
    'Hi Avvocato De Luca',
  ],
  ['Signora', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  ['Dott.', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  // initials
  ['J. R. Smith', 'Gentile J. R. Smith', 'Ciao', 'Dear J. R. Smith', 'Hi'],
  ['J.', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
  ['J.R.', 'Buongiorno', 'Ciao', 'Hello', 'Hi'],
];

/** Nobody by name, in any tone. */
const nobody = [
  ...['', '  ', 'noreply', 'no-reply', 'NoReply', 'Info', 'Amministrazione', 'Ufficio Acquisti', 'Accounts Payable'],
  ...['ROSSI', 'MARIO ROSSI', 'luca', 'luca verdi', 'info@verdi.example', 'www.evil.example', 'Rossi, Maria'],
  ...['Maria (Verdi)', '+39 333 1234567', 'Maria & Luca', 'Maria e Luca', 'Tom and Jane', 'Verdi Arredi S.r.l.'],
  ...[
    'Studio Neri',
    'Harper Ltd',
    'Vinci un premio su evil.example adesso',
    'Click here to win',
    'Mario 🎉',
    'M4rio Rossi',
  ],
  ...['Luca\u202e Verdi!', 'x'.repeat(61), `Maria ${'Rossi '.repeat(12)}`],
];

describe('the greeting of a client', () => {
  test.each(people)('%s', (contactName, ...expected) => {
    const greeted = readers.map((reader) =>
      greetingOf({ name: 'Verdi S.r.l.', contactName, kind: 'business', ...reader }),
    );
    expect(greeted).toEqual(expected);
  });

  test.each(nobody.filter((name) => name.trim() !== ''))('names nobody for the contact %j', (contactName) => {
    const greeted = readers.map((reader) =>
      greetingOf({ name: 'Verdi S.r.l.', contactName, kind: 'business', ...reader }),
    );
    expect(greeted).toEqual(['Buongiorno', 'Ciao', 'Hello', 'Hi']);
  });

  test.each([
    ['Verdi Arredi S.r.l.', 'business', ['Buongiorno', 'Ciao', 'Dear Verdi Arredi S.r.l.', 'Hi']],
    ['Harper & Lowe Ltd', 'business', ['Buongiorno', 'Ciao', 'Dear Harper & Lowe Ltd', 'Hi']],
    [
      'A company of a very long name that no greeting holds, and its sons',
      'business',
      ['Buongiorno', 'Ciao', 'Hello', 'Hi'],
    ],
    ['Maria Rossi', 'consumer', ['Gentile Maria Rossi', 'Ciao Maria', 'Dear Maria Rossi', 'Hi Maria']],
    ['Verdi S.r.l.', 'consumer', ['Buongiorno', 'Ciao', 'Hello', 'Hi']],
  ] as const)('without a contact: %s, %s', (name, kind, expected) => {
    expect(readers.map((reader) => greetingOf({ name, contactName: null, kind, ...reader }))).toEqual(expected);
  });
});

describe('the greeting of a writer', () => {
  test.each([
    ['Maria Rossi', 'Gentile Maria Rossi'],
    ['Dott.ssa Bianchi', 'Gentile Dott.ssa Bianchi'],
    ['J. R. Smith', 'Gentile J. R. Smith'],
  ])('%j: %s', (name, expected) => {
    expect(greetingToWriter(name, formal)).toBe(expected);
  });

  test.each(nobody)('names nobody for %j', (name) => {
    expect(readers.map((reader) => greetingToWriter(name, reader))).toEqual(['Buongiorno', 'Ciao', 'Hello', 'Hi']);
  });

  test('whatever a header says, it is one short line, and no web address', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...readers), (name, reader) => {
        const greeting = greetingToWriter(name, reader);
        expect(greeting).toMatch(/^(Gentile|Buongiorno|Ciao|Dear|Hello|Hi)( [^\n]{1,60})?$/u);
        expect(greeting).not.toMatch(/[@:/<>{}]|\.\p{L}{3}/u);
      }),
    );
  });
});
