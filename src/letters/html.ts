/**
 * The HTML alternative of a letter, made from its text alone: paragraphs, line breaks and lists, in lines that can be
 * read on any screen, with dates, sums and the IBAN kept whole. Loads nothing from anywhere, carries no link, no colour
 * and no picture, and says not one word more than the text.
 */
import type { Language } from '../rules/language.ts';
import { cleanText } from './clean.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] as string);
}

const month =
  '(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|' +
  'January|February|March|April|May|June|July|August|September|October|November|December)';

/** What is read as one thing and must not be parted by the end of a line. */
const wholes = [
  // 1º maggio 2026, 15 May 2026
  new RegExp(`\\d{1,2}º? ${month}(?: \\d{4})?`, 'g'),
  // 1.220,00 EUR, CHF 1,220.00
  /(?<![\d.,])\d[\d.,]* [A-Z]{3}\b|\b[A-Z]{3} \d[\d.,]*/g,
  // n. 2026/014, alle 9:00, at 9:00
  /\bn\. \S|\b(?:alle|at) \d/g,
  // groups of an IBAN
  /\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,4})?/g,
];

/** No-break spaces, in the HTML alone: a number that is copied from the text stays as a bank's form takes it. */
function kept(text: string): string {
  return wholes.reduce((line, whole) => line.replace(whole, (part) => part.replaceAll(' ', '\u00a0')), text);
}

/** Runs of list lines and runs of other lines, in their order. */
function runs(lines: readonly string[]): { isList: boolean; lines: string[] }[] {
  const found: { isList: boolean; lines: string[] }[] = [];
  for (const line of lines) {
    const isList = line.startsWith('- ');
    const last = found.at(-1);
    if (last?.isList === isList) last.lines.push(line);
    else found.push({ isList, lines: [line] });
  }
  return found;
}

function block(lines: readonly string[]): string {
  return runs(lines)
    .map((run) =>
      run.isList
        ? `<ul>\n${run.lines.map((line) => `<li>${escape(kept(line.slice(2)))}</li>`).join('\n')}\n</ul>`
        : `<p>${run.lines.map((line) => escape(kept(line))).join('<br>\n')}</p>`,
    )
    .join('\n');
}

/** Lines of about seventy letters at most, whatever the window; the reader's colours, dark ones too. */
const style = 'max-width: 38em; font-family: Helvetica, Arial, sans-serif; font-size: 16px; line-height: 1.5';

/**
 * @param text a letter's text; blank lines part paragraphs, lines that begin with `- ` are list items
 * @returns a whole HTML document, ending with a line feed
 */
export function htmlOf(text: string, language: Language): string {
  const blocks = cleanText(text)
    .split(/\n(?:[^\S\n]*\n)+/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
  const body = blocks.map(block).join('\n');
  return `<!DOCTYPE html>\n<html lang="${language}">\n<head><meta charset="utf-8"></head>\n<body>\n<div style="${style}">\n${body}\n</div>\n</body>\n</html>\n`;
}
