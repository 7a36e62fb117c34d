/**
 * Takes out of foreign text what could mislead a person or break a line: control characters, bidi overrides, halves of
 * characters. Also shortens. Judges nothing.
 */

// C0 and C1 controls, DEL, and the bidi embeddings, overrides and isolates of Unicode TR9, which reorder what is shown.
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;
const lineControls = new RegExp(`${controls.source}+`, 'g');
// Marks that are not seen and yet part words or turn their direction (Unicode TR 36, section 2.5). The joiners stay:
// some scripts and emoji need them.
const invisible = /[\u061c\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const everyInvisible = new RegExp(invisible.source, 'gu');
const textControls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** One line of at most `max` characters: controls become one blank, so that words do not grow together; what is unseen goes. */
export function oneLine(text: string, max: number): string {
  const cut = shorten(text, max);
  const seen = invisible.test(cut) ? cut.replace(everyInvisible, '') : cut;
  const plain = controls.test(seen) ? seen.replace(lineControls, ' ') : seen;
  return wellFormed(plain).trim();
}

/** Text of several lines, at most `max` characters; only \n and \t stay of the controls. */
export function manyLines(text: string, max: number): string {
  const cut = shorten(text, max);
  if (!controls.test(cut)) return wellFormed(cut);
  const lines = cut.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(textControls, '');
  return wellFormed(lines);
}

/** Never cuts a character of two code units in half. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

// String.prototype.toWellFormed is in Node 20, but not in the ES2023 types.
function wellFormed(text: string): string {
  return (text as string & { toWellFormed(): string }).toWellFormed();
}
