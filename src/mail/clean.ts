/**
 * Takes out of foreign text what could mislead a person or break a line: control characters, bidi overrides, halves of
 * characters. Also shortens. Judges nothing.
 */

import { breaks, overrides, unseen } from '../rules/unsafe-characters.ts';

// A byte order mark inside a text is an unseen mark that older programs left there: it goes with the controls.
const controls = new RegExp(`[${breaks}${overrides}\\uFEFF]`);
const lineControls = new RegExp(`${controls.source}+`, 'g');
const invisible = new RegExp(`[${unseen}]`, 'u');
const everyInvisible = new RegExp(invisible.source, 'gu');
const textControls = new RegExp(`(?:(?![\\t\\n])${controls.source})+`, 'g');

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
