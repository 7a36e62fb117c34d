/**
 * Text laid out in columns for a terminal: widths as a terminal counts them, no control characters from outside,
 * cut with an ellipsis when the terminal is narrow. Knows nothing of what the cells mean.
 */

import { lineEnds, withoutUnsafe } from '../rules/unsafe-characters.ts';

/**
 * One line that is safe to print: line ends and tabs become a blank; other control characters (an escape sequence
 * needs one) and marks that turn the direction of writing are taken out (Unicode TR 36, section 2.5).
 */
export function clean(text: string): string {
  return withoutUnsafe(text.replace(lineEnds, ' ').replaceAll('\t', ' '));
}

/** JSON text in which what a terminal would act upon is escaped: it means the same to a program. */
export function cleanJson(json: string): string {
  return withoutUnsafe(json, (mark) => (mark === '\n' ? mark : [...utf16(mark)].join('')));
}

function* utf16(mark: string): Generator<string> {
  for (let at = 0; at < mark.length; at++) yield `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`;
}

/** Like {@link clean}, but its lines stay. */
export function cleanLines(text: string): string {
  return text
    .split(/\r\n|[\r\n]/)
    .map(clean)
    .join('\n');
}

/** What a line begins with before its sentence: blanks, a number of a list, a dash, a box to tick. */
const lead = /^\s*(?:(?:\d+ |[-!]|\[[ x]\]|where:|next:|fix:|dove:|ora:|rimedio:)\s+)?/;

/**
 * Breaks lines between words, so that none is wider than the terminal; what goes on stands under what it belongs to.
 * @param text already clean
 * @param width columns of the terminal; undefined: nothing is broken (a pipe, a file)
 */
export function wrapLines(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  return text
    .split('\n')
    .map((line) => (widthOf(line) <= width ? line : wrapLine(line, width)))
    .join('\n');
}

/** A word that is wider than the room stays whole: an address or a path is copied from the screen. */
function wrapLine(line: string, width: number): string {
  const start = (lead.exec(line) as RegExpExecArray)[0];
  const indent = ' '.repeat(start.length < width / 2 ? start.length : 0);
  const lines: string[] = [];
  let current = start;
  for (const word of line.slice(start.length).split(' ')) {
    const isFirst = current === start || current === indent;
    const longer = isFirst ? current + word : `${current} ${word}`;
    if (isFirst || widthOf(longer) <= width) current = longer;
    else {
      lines.push(current.trimEnd());
      current = indent + word;
    }
  }
  return [...lines, current].join('\n');
}

let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: it takes longer than laying out a table of plain text. */
function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

const narrow = /^[\x20-\x7e]*$/;
// East Asian Wide and Fullwidth (Unicode UAX 11), and what is shown as an emoji
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F900}-\u{1F9FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\uFE0F/u;
const zero = /^[\p{Mn}\p{Me}\u200C\u200D\uFE00-\uFE0F]*$/u;

/** Columns of a terminal that the text takes. */
export function widthOf(text: string): number {
  if (narrow.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemesOf(text)) width += widthOfGrapheme(segment);
  return width;
}

function widthOfGrapheme(grapheme: string): number {
  if (zero.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** At most `width` columns; what is cut off is shown by an ellipsis. */
export function fit(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let taken = '';
  let used = 0;
  for (const { segment } of graphemesOf(text)) {
    const next = widthOfGrapheme(segment);
    if (used + next > width - 1) break;
    taken += segment;
    used += next;
  }
  return `${taken.trimEnd()}…`;
}

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** may be cut when the terminal is narrow; the others never are */
  flexible?: boolean;
  /** a sentence: where it would be cut, it goes below its row, on lines of its own. At most one, the last */
  below?: boolean;
}

export interface TableOptions {
  /** columns of the terminal; undefined: as wide as it needs to be (a pipe, a file) */
  width?: number | undefined;
  /** applied to the line of titles */
  emphasis?: (text: string) => string;
  indent?: string;
}

const gap = '  ';
const narrowest = 8;
/** Without a terminal nothing is cut, but one long cell must not push the columns of all other lines away. */
const widestPadding = 60;

/** @returns lines, each ended by a line break; '' without rows */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  if (rows.length === 0) return '';
  if (columns.at(-1)?.below === true && options.width !== undefined && isCut(columns, rows, options))
    return withSentencesBelow(columns, rows, options);
  const { indent = '', emphasis = (text) => text } = options;
  const cells = rows.map((row) => columns.map((_, index) => clean(row[index] ?? '')));
  const titles = columns.map((column) => column.title);
  const widths = columns.map((_, index) => Math.max(...[titles, ...cells].map((row) => widthOf(row[index] as string))));
  if (options.width !== undefined) shrink(widths, columns, options.width - indent.length);
  const shown =
    options.width === undefined
      ? cells
      : cells.map((row) => row.map((cell, index) => fit(cell, widths[index] as number)));
  const padded = options.width === undefined ? widths.map((width) => Math.min(width, widestPadding)) : widths;
  const line = (row: readonly string[]) => indent + layOut(row, padded, columns).trimEnd();
  return `${[emphasis(line(titles)), ...shown.map(line)].join('\n')}\n`;
}

/** Would anything have to be cut to fit the terminal? */
function isCut(columns: readonly Column[], rows: readonly (readonly string[])[], options: TableOptions): boolean {
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(clean(row[index] ?? '')))),
  );
  const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
  return total + (options.indent ?? '').length > (options.width as number);
}

function withSentencesBelow(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string {
  const short = rows.map((row) => row.slice(0, columns.length - 1));
  const [titles = '', ...lines] = table(columns.slice(0, -1), short, options).trimEnd().split('\n');
  const under = `${options.indent ?? ''}    `;
  const sentences = rows.map((row) => {
    const text = clean(row[columns.length - 1] ?? '');
    return text === '' ? '' : `\n${wrapLines(under + text, options.width)}`;
  });
  return `${[titles, ...lines.map((line, index) => line + (sentences[index] ?? ''))].join('\n')}\n`;
}

/** Takes columns away from the widest flexible one until the line fits, or nothing more can go. */
function shrink(widths: number[], columns: readonly Column[], room: number): void {
  const total = () => widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
  for (let excess = total() - room; excess > 0; excess--) {
    let widest = -1;
    for (const [index, column] of columns.entries()) {
      const width = widths[index] as number;
      if (column.flexible === true && width > narrowest && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] as number) - 1;
  }
}

function layOut(row: readonly string[], widths: readonly number[], columns: readonly Column[]): string {
  return row
    .map((text, index) => {
      const blanks = ' '.repeat(Math.max(0, (widths[index] as number) - widthOf(text)));
      return columns[index]?.align === 'right' ? blanks + text : text + blanks;
    })
    .join(gap);
}
