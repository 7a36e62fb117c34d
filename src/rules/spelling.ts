/**
 * One spelling for the many in which people and keyboards write the same words: `già`, `gia'`, `GIÀ`, `gia` with a
 * combining accent. Every list of words is written in it and looks at text through it. Judges nothing.
 */

/** What stands in for an apostrophe; before Unicode is normalised, which would take some of them apart. */
const apostrophes = /[’‘‛`´ʼʹʻ′＇]/g;
const marks = /[\u0300-\u036f]+/g;
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
/** Letters that Unicode does not take apart. */
const whole: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ı: 'i' };
const wholeLetters = /[ßøłđðæœı]/g;
/** An accent written behind its vowel, as on keyboards without accents; not the elision of French (qu'). */
const accentAtEnd = /(?<=[aeio]|(?<!q)u)'+(?![a-z'])/g;
/** The same with the blank forgotten: "e'stato", but not "we've". */
const accentInside = /(?<=[aeio]|(?<!q)u)'+(?=[a-z])(?!(?:ve|re|ll|[smdt])(?![a-z]))/g;
/** Nothing in it has a second spelling. */
const isPlain = /^[\n\x20-\x26\x28-\x5f\x61-\x7e]*$/;

/** The same subject is looked at by one list after the other, with other texts between; the same long text in a row. */
const known = new Map<string, string>();
const mostKnown = 16;
const longestKnown = 200;
let last = { text: '', plain: '' };

/**
 * Lower case, without accents, one kind of apostrophe, no unseen characters; a vowel with an apostrophe behind it is the
 * accented vowel, so the apostrophe goes. Scripts without Latin letters keep what they are, in their composed form.
 */
export function plainSpelling(text: string): string {
  if (text.length > longestKnown) {
    if (last.text !== text) last = { text, plain: spelled(text) };
    return last.plain;
  }
  let plain = known.get(text);
  if (plain === undefined) {
    plain = spelled(text);
    if (known.size >= mostKnown) known.clear();
    known.set(text, plain);
  }
  return plain;
}

function spelled(text: string): string {
  return isPlain.test(text) ? text.toLowerCase() : withOneSpelling(text);
}

function withOneSpelling(text: string): string {
  return text
    .replace(unseen, '')
    .replace(apostrophes, "'")
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .normalize('NFC')
    .replace(wholeLetters, (letter) => whole[letter] as string)
    .replace(accentAtEnd, '')
    .replace(accentInside, ' ');
}

/** Words or phrases to be found in a text, however it spells them. */
export interface Words {
  /** patterns in plain spelling */
  readonly phrases: readonly string[];
  isIn(text: string): boolean;
  /** Where the first one begins in the plain spelling of the text, and that spelling; null when none is in it. */
  find(text: string): { plain: string; at: number } | null;
}

/** Whole words or phrases: no letter and no digit stands on either side. @param phrases patterns in plain spelling */
export function words(...phrases: string[]): Words {
  return matching(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})(?![\\p{L}\\p{N}])`, phrases);
}

/** @param source the pattern that looks for the phrases, in plain spelling */
export function matching(source: string, phrases: readonly string[]): Words {
  const pattern = new RegExp(source, 'u');
  return {
    phrases,
    isIn: (text) => pattern.test(plainSpelling(text)),
    find: (text) => {
      const plain = plainSpelling(text);
      const at = plain.search(pattern);
      return at === -1 ? null : { plain, at };
    },
  };
}
