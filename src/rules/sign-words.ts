/**
 * A client's text as sentences, and whether a sentence is about what was agreed. What is heard in one: signs/heard.ts.
 */
import { plainSpelling } from './spelling.ts';

const longestText = 20_000;
const longestQuote = 200;

/**
 * A text cut into sentences, blanks folded, each at most 200 characters long. A break after a full line is a soft wrap;
 * after a short one it ends the sentence. Very long texts are read to 20,000 characters.
 */
export function sentences(text: string): string[] {
  if (text === '') return [];
  return unwrapped(text.slice(0, longestText).replace(/[’`´]/g, "'").replace(/\r\n?/g, '\n'))
    .split(/(?<=[.!?])\s+|\n+/u)
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => (sentence.length > longestQuote ? `${sentence.slice(0, longestQuote - 1)}…` : sentence));
}

const fullLine = 55;

function unwrapped(text: string): string {
  const lines = text.split('\n');
  return lines.reduce((before, line, index) => {
    const isSoft = line !== '' && (lines[index - 1] as string).length >= fullLine;
    return `${before}${isSoft ? ' ' : '\n'}${line}`;
  });
}

/** Whether a sentence shares a word of substance with a line of the scope: then it is taken to be within it. */
export function isWithin(sentence: string, scope: readonly string[]): boolean {
  const agreed = new Set(scope.flatMap(stems));
  return stems(sentence).some((stem) => agreed.has(stem));
}

/** Beginnings of words that say nothing about the work. */
const fillers = new Set(
  (
    'anche potre picco aggiu altra ultim vorre servi quest quell della delle degli nella alla dopo solo cosa come sono ' +
    'fare dare puoi ogni per more could would while small quick thing pleas there about littl with also that this what ' +
    'from your need have just like want'
  ).split(' '),
);

/** The first five letters of words of four and more. */
function stems(text: string): string[] {
  return (plainSpelling(text).match(/\p{L}{4,}/gu) ?? [])
    .map((word) => word.slice(0, 5))
    .filter((stem) => !fillers.has(stem));
}
