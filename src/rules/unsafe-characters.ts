/**
 * Characters that nobody sees and that something acts upon: a terminal, a header, the reader's eye (Unicode TR 36,
 * sections 2.5 and 3). The one list of them, and what is done about them. The two joiners are not among them: some
 * scripts and emoji need them. Judges nothing else about a text.
 */

/** Insides of character classes. C0 and C1 controls, DEL, and the two separators of Unicode. */
export const breaks = String.raw`\u0000-\u001F\u007F-\u009F\u2028\u2029`;
/** Embeddings, overrides and isolates (UAX 9): what is shown is in another order than what is written. */
export const overrides = String.raw`\u202A-\u202E\u2066-\u2069`;
/** Marks of direction, of zero width, interlinear and tag characters; for patterns with the flag `u`. */
export const unseen = String.raw`\u061C\u200B\u200E\u200F\u2060-\u2065\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}`;

/** Everything that some reader takes for the end of a line. */
export const lineEnds = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g;

/** What a field of one line consists of. */
export const oneLinePattern = new RegExp(`^[^${breaks}${overrides}]*$`, 'u');

/** Has no line break, no control character and nothing that turns the direction of writing. */
export function isOneLine(text: string): boolean {
  return oneLinePattern.test(text);
}

const harmful = new RegExp(String.raw`[${breaks}${overrides}${unseen}]|\p{Cs}`, 'gu');

/** @param instead for each of them: the text that stands there; nothing when left out */
export function withoutUnsafe(text: string, instead: (mark: string) => string = () => ''): string {
  return text.replace(harmful, instead);
}

const blanks = new RegExp(String.raw`[\s${breaks}${overrides}${unseen}]+`, 'gu');

/** What a stranger's program said, fit for a sentence or a log: one line, blanks folded, `most` characters at most. */
export function asOneLine(text: string, most = Infinity): string {
  return text.replace(blanks, ' ').trim().slice(0, most);
}
