/**
 * Phrases that a sentence is searched for, written as people read them and compiled from one line each. The same line
 * says which words a search index must find, so that a phrase cannot be heard in tests and missed in the product.
 *
 * A phrase is words with blanks between: `a|b` one of these, `stem*` a beginning, `word?` may be missing, `..` up to five
 * other words, `^` the beginning of the sentence, `$` its end, `$?` its end with a question mark, `!word` a word that
 * must not stand anywhere in the sentence. Small letters, no accents; an apostrophe is a blank: `un altra`, `don t`.
 */
import { plainSpelling } from './spelling.ts';

/** The sentence in plain spelling, everything but letters and digits a single blank; a blank at both ends. */
function plainWords(sentence: string): string {
  return ` ${plainSpelling(sentence)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

export interface Phrases {
  hears(sentence: string): boolean;
  /** for each phrase words that a text must hold: of each inner list at least one */
  cues: readonly (readonly (readonly string[])[])[];
}

interface Element {
  alternatives: string[];
  optional: boolean;
}

const gap = '(?: [^ ]+){0,5}?';
const anyDenial =
  / (?:non|no|nessun[ao]?|niente|nulla|senza|mai|not|isn t|isnt|nothing|never|without|don t|dont|no need)(?: [^ ]+){0,3}$/;

/**
 * @param lines of phrases
 * @param options.unlessDenied a denial shortly before the phrase silences it: 'non è urgente'
 */
export function phrases(lines: readonly string[], options: { unlessDenied?: boolean } = {}): Phrases {
  const compiled = lines.map(compile);
  return {
    hears: (sentence) => {
      const asks = /\?\s*(?:["')\]]+\s*)?$/.test(sentence);
      const whole = plainWords(sentence);
      // What is denied before a comma is not denied behind it: 'Non posso aspettare, è urgente'.
      const parts =
        options.unlessDenied === true && /[,;:]/.test(sentence) ? sentence.split(/[,;:]/).map(plainWords) : [];
      return [whole, ...parts].some((words) =>
        compiled.some((one) => matches(one, words, { whole, asks, unlessDenied: options.unlessDenied === true })),
      );
    },
    cues: compiled.map((one) => one.cues),
  };
}

interface Compiled {
  pattern: RegExp;
  unless: RegExp | null;
  question: boolean;
  cues: string[][];
}

function matches(one: Compiled, words: string, of: { whole: string; asks: boolean; unlessDenied: boolean }): boolean {
  if (one.question && !of.asks) return false;
  const match = one.pattern.exec(words);
  if (match === null || one.unless?.test(of.whole) === true) return false;
  return !of.unlessDenied || !anyDenial.test(words.slice(0, match.index));
}

function compile(line: string): Compiled {
  const parts = line.split(' ').filter((part) => part !== '');
  const unless = parts.filter((part) => part.startsWith('!')).flatMap((part) => part.slice(1).split('|'));
  const body = parts.filter((part) => !part.startsWith('!'));
  const source = body.map(sourceOf).join('');
  return {
    pattern: new RegExp(`${source}(?= |$)`),
    unless: unless.length === 0 ? null : new RegExp(` (?:${unless.map(wordSource).join('|')})(?= )`),
    question: body.includes('$?'),
    cues: cuesOf(body.filter((part) => !/^(?:\.\.|\^|\$\??)$/.test(part)).map(elementOf)),
  };
}

function sourceOf(part: string): string {
  if (part === '..') return gap;
  // A sentence may begin with a word or two that say nothing: 'Scusa, …', 'Ok ma …'.
  if (part === '^') return '^(?: (?:ok|ma|e|poi|scusa|scusi|ciao|allora|pero|and|but|so|hi|hey|sorry|well)){0,2}';
  if (part === '$' || part === '$?') return '(?= $)';
  const { alternatives, optional } = elementOf(part);
  return `(?: (?:${alternatives.map(wordSource).join('|')})(?= ))${optional ? '?' : ''}`;
}

function elementOf(part: string): Element {
  const words = (part.endsWith('?') ? part.slice(0, -1) : part).split('|');
  return {
    alternatives: words.map((word) => word.replaceAll(/[?!$]/g, '')).filter((word) => word !== ''),
    optional: part.endsWith('?') || words.includes('?'),
  };
}

function wordSource(word: string): string {
  return word.endsWith('*') ? `${word.slice(0, -1)}[^ ]*` : word;
}

/** Words too common to look for when there are others. */
const common = new Set(
  (
    'bene va cosi grazie a al alla che chi ci come con cosa da dal del della di e i il in io l la le lo lui ma me mi mia mio ne nei nel nella no noi non o ' +
    'per piu poi se si siamo su te ti tu un una vi voi ha hai ho abbiamo avete fai fa fare fatto puoi puo the an and are as at be but by can did do for from ' +
    'have i if is it let me my not of on or our s so t that this to us we will with would you your d ll re ve m don could'
  ).split(' '),
);

/** How many elements a search index is asked for: more of them find fewer texts, and each costs a look. */
const mostCues = 4;

/** The elements that are rarest to meet first; those with common words after them. */
function cuesOf(elements: readonly Element[]): string[][] {
  const needed = elements.filter((element) => !element.optional);
  const isRare = (element: Element) => element.alternatives.every((word) => !common.has(word));
  return [...needed.filter(isRare), ...needed.filter((element) => !isRare(element))]
    .slice(0, mostCues)
    .map((element) => element.alternatives);
}
