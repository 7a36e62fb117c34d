/**
 * In which language a person writes, and whether with *Lei* or *tu*: told from what she wrote herself, with a sentence that
 * shows it. What shows nothing is not told. Reads no mail and decides nothing.
 */
import type { Tone } from './client.ts';
import type { Language } from './language.ts';
import { type Phrases, phrases } from './phrases.ts';
import { plainSpelling } from './spelling.ts';

/** What was told, and the words that show it. */
export interface Shown<T> {
  value: T;
  sentence: string;
}

/** Null: nothing shows it. */
export interface Manner {
  language: Shown<Language> | null;
  tone: Shown<Tone> | null;
}

/** The plainest words of each language, which the other has not. */
const plainest: Readonly<Record<Language, ReadonlySet<string>>> = {
  it: new Set(
    `di il la che per non una con del della dei sono ho hai grazie ciao buongiorno anche questo questa come alla nel
    gli le ti mi ci vi si quando domani oggi allora invece appena buona gentile saluti abbiamo perche piu`.split(/\s+/),
  ),
  en: new Set(
    `the and you of to for is with this that thanks have please hello hi are we will your my it be can would when dear
    regards let know on at from not`.split(/\s+/),
  ),
};
const leastWords = 3;

/** What can be said to one person only; what only opens or closes a letter weighs where that is silent. */
interface Tells {
  plain: Phrases;
  greets: Phrases;
}

const informal: Tells = {
  plain: phrases([
    'ti|te',
    'tuo|tua|tuoi|tue',
    'hai|puoi|vuoi|devi|sai',
    'fammi|dimmi|mandami|scrivimi|chiamami|dammi|inviami',
  ]),
  greets: phrases(['^ ciao', 'un abbraccio', '^ hi', '^ hey', 'cheers']),
};
const formal: Tells = {
  plain: phrases([
    'la ringrazi*',
    'le invi*|allego|scrivo|confermo|mando|chiedo|ricordo|comunico|auguro|propongo|porgo|faccio',
    'mi faccia|dica|scriva|mandi',
    'a sua disposizione',
    'suo gentile riscontro',
    'attesa di suo|un suo',
    'arrivederla',
  ]),
  greets: phrases([
    '^ egregi*',
    '^ gentil*',
    '^ spett*',
    '^ buongiorno signor|signora|sig|dottore|dottoressa|dott|avvocato|architetto|ingegner*',
    'distinti saluti',
    '^ dear mr|mrs|ms|dr|sir|madam|prof|professor',
    'yours sincerely|faithfully',
  ]),
};

const longest = 90;

/** @param texts of hers, the newest first, without what they quote */
export function mannerOf(texts: readonly string[]): Manner {
  return { language: languageOf(texts), tone: toneOf(texts) };
}

function languageOf(texts: readonly string[]): Shown<Language> | null {
  const votes = texts.map((text) => ({ text, told: languageOfText(text) }));
  const of = (language: Language) => votes.filter(({ told }) => told === language);
  const [it, en] = [of('it'), of('en')];
  const most = it.length >= en.length ? it : en;
  const [newest] = most;
  if (newest === undefined) return null;
  return { value: most === it ? 'it' : 'en', sentence: firstSentence(newest.text) };
}

/** Null where the words are few, or as many of the one as of the other. */
function languageOfText(text: string): Language | null {
  const words = plainSpelling(text).split(/[^\p{L}]+/u);
  const [it, en] = [words.filter((word) => plainest.it.has(word)), words.filter((word) => plainest.en.has(word))];
  if (it.length >= leastWords && it.length >= 2 * en.length) return 'it';
  return en.length >= leastWords && en.length >= 2 * it.length ? 'en' : null;
}

/** Each text has one vote; where they are even, *Lei*, which offends nobody. */
function toneOf(texts: readonly string[]): Shown<Tone> | null {
  const shown = texts.flatMap((text) => toneOfText(text) ?? []);
  const count = (tone: Tone) => shown.filter(({ value }) => value === tone).length;
  const tone = count('informal') > count('formal') ? 'informal' : 'formal';
  return shown.find(({ value }) => value === tone) ?? null;
}

function toneOfText(text: string): Shown<Tone> | null {
  const sentences = sentencesOf(text);
  for (const part of ['plain', 'greets'] as const) {
    const [tu, lei] = [informal, formal].map((tells) => sentences.filter(tells[part].hears)) as [string[], string[]];
    const [sentence] = tu.length > lei.length ? tu : lei;
    if (sentence !== undefined)
      return { value: tu.length > lei.length ? 'informal' : 'formal', sentence: cut(sentence) };
  }
  return null;
}

export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?])\s+|[\r\n]+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => /\p{L}/u.test(sentence));
}

/** The first that is more than a greeting. */
function firstSentence(text: string): string {
  const sentences = sentencesOf(text);
  return cut(sentences.find((sentence) => sentence.split(' ').length > 3) ?? sentences[0] ?? '');
}

function cut(sentence: string): string {
  const letters = [...sentence];
  return letters.length <= longest
    ? sentence
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}
