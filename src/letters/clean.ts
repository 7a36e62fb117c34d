/**
 * Makes text from outside harmless before it stands in a letter: no control characters, no marks that turn the
 * direction of writing or hide letters. Judges nothing else about the text.
 */

// Control characters except tab and line feed (line ends have become line feeds before); marks of zero width and of
// direction (Unicode TR 36, section 2.5); interlinear and tag characters, and halves of surrogate pairs; and the sign
// that a character could not be read, which says to a client that her mail was not.
const harmful =
  /(?![\t\n])\p{Cc}|[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\uFFFD\u{E0000}-\u{E007F}]|\p{Cs}/gu;

/** Everything that some reader takes for the end of a line. */
const lineEnds = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g;

export function hasLineEnd(text: string): boolean {
  return text.search(lineEnds) !== -1;
}

/** What nearly all text is made of: Latin letters and the punctuation of letters, where there is nothing to clean. */
const plain = /^[\n\x20-\x7e\u00a0-\u024f\u2010-\u2027\u20ac]*$/;

/** Text of one or more lines: line ends become `\n`, tabs blanks, harmful characters nothing. */
export function cleanText(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(lineEnds, '\n').replaceAll('\t', ' ').replace(harmful, '');
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
