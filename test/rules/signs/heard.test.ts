/** What is heard in a client's sentence and what is not, Italian and English; and how seldom an ordinary one is. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { heardCues, heardIn, heardKinds, hears } from '../../../src/rules/red-flags.ts';

const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const examples = read('heard.json') as Record<string, string[]>;

function both(kind: string, yes: string[], no: string[]): void {
  it.each(yes)('hears: %s', (sentence) => expect(hears(kind, sentence)).toBe(true));
  it.each(no)('does not hear: %s', (sentence) => expect(hears(kind, sentence)).toBe(false));
}

describe.each(Object.entries(examples))('%s', (kind, sentences) => {
  it.each(sentences)('%s', (sentence) => expect(heardIn(sentence)).toContain(kind));
  it.each(sentences)('however it is written: %s', (sentence) => {
    for (const other of [
      sentence.toUpperCase(),
      sentence.normalize('NFD'),
      sentence.replaceAll("'", '\u2019'),
      `  ${sentence}  `,
    ])
      expect(heardIn(other)).toContain(kind);
  });
});

/**
 * Sentences written apart from the phrases, in two rounds, each measured before any phrase was added for it: of the first
 * 106 there were 77 heard (73 %) and of 302 ordinary ones 11 taken for something; of the second 119 there were 71 heard (60 %),
 * and of 125 ordinary ones 8 taken for something. The phrases were widened after each round, so these sets measure no
 * more what a new sentence meets: they keep what was gained.
 */
describe('sentences written apart from the phrases', () => {
  const apart = ['fresh-sentences.json', 'more-sentences.json'].flatMap((file) =>
    Object.entries<string[]>(read(file)).flatMap(([kind, some]) => some.map((sentence) => ({ kind, sentence }))),
  );
  const plain = ['fresh-ordinary.json', 'more-ordinary.json', 'ordinary.json'].flatMap(
    (file) => read(file) as string[],
  );

  it('are heard, all but a few', () => {
    const missed = apart.filter(({ kind, sentence }) => !heardIn(sentence).includes(kind));
    expect(missed.map((one) => one.sentence)).toHaveLength(2);
    expect(apart.length).toBe(225);
  });

  it('of ordinary ones at most one in 150 is heard as anything', () => {
    const heard = plain.filter((sentence) => heardIn(sentence).length > 0);
    expect({ heard, few: heard.length <= plain.length / 150 }).toMatchObject({ few: true });
    expect(plain.length).toBeGreaterThan(750);
  });
});

it('every phrase has a word that an index can be asked for, in plain spelling', () => {
  expect(heardCues.every((lists) => lists.length > 0 && lists.every((words) => words.length > 0))).toBe(true);
  const odd = heardCues.flat(2).filter((word) => !/^[a-z0-9]+\*?$/.test(word));
  expect(odd).toEqual([]);
});

it('every sentence that is heard holds the words of some phrase', () => {
  const holds = (sentence: string) => {
    const words = sentence
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^a-z0-9]+/);
    const has = (cue: string) =>
      words.some((word) => (cue.endsWith('*') ? word.startsWith(cue.slice(0, -1)) : word === cue));
    return heardCues.some((lists) => lists.every((list) => list.some(has)));
  };
  expect(heardKinds.flatMap((kind) => examples[kind] ?? []).filter((sentence) => !holds(sentence))).toEqual([]);
});

describe('pressure', () => {
  both(
    'pressing',
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
    'asksForMore',
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
    'revision',
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
    'controls',
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
