/**
 * Makes text from outside harmless before it stands in a letter: no control characters, no marks that turn the
 * direction of writing or hide letters. Judges nothing else about the text.
 */
import { lineEnds, withoutUnsafe } from '../rules/unsafe-characters.ts';

export function hasLineEnd(text: string): boolean {
  return text.search(lineEnds) !== -1;
}

/** Stands where a character could not be read: it would tell a client that her mail was not. */
const unreadable = '\uFFFD';

/** What nearly all text is made of: Latin letters and the punctuation of letters, where there is nothing to clean. */
const plain = /^[\n\x20-\x7e\u00a0-\u024f\u2010-\u2027\u20ac]*$/;

/** Text of one or more lines: line ends become `\n`, tabs blanks, harmful characters nothing. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  const lines = text.replace(lineEnds, '\n').replaceAll('\t', ' ').replaceAll(unreadable, '');
  return withoutUnsafe(lines, (mark) => (mark === '\n' ? mark : ''));
}

/** Without the letters at its end that are among `marks`; a pattern would look again from each of them. */
export function withoutEnd(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && marks.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/**
 * One line of at most `limit` code points, blanks folded; what is cut off is shown by an ellipsis.
 */
export function oneLine(text: string, limit: number): string {
  const folded = cleanText(text).replace(/\s+/gu, ' ').trim();
  if (folded.length <= limit) return folded;
  const points = Array.from(folded);
  return points.length <= limit
    ? folded
    : `${points
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}
