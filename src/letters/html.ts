/**
 * The HTML alternative of a letter, made from its text alone: paragraphs, line breaks and lists. Loads nothing from
 * anywhere, carries no style, no link and no picture, and says not one word more than the text.
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
        ? `<ul>\n${run.lines.map((line) => `<li>${escape(line.slice(2))}</li>`).join('\n')}\n</ul>`
        : `<p>${run.lines.map(escape).join('<br>\n')}</p>`,
    )
    .join('\n');
}

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
  return `<!DOCTYPE html>\n<html lang="${language}">\n<head><meta charset="utf-8"></head>\n<body>\n${body}\n</body>\n</html>\n`;
}
