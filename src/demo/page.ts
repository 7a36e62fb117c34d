/**
 * The look of the story in a terminal: lines with a time, a word, a name and a sentence, wrapped to the width; colour
 * only where it is wanted; nothing from a mail but plain characters. Knows nothing of what the lines mean.
 */
import { styleText } from 'node:util';
import { wantsColour } from '../cli/output.ts';
import { clean, fit, widthOf } from '../cli/table.ts';
import type { Sink } from '../cli/terminal.ts';

export type Style = Parameters<typeof styleText>[0];

/** What a line of the story is about; each has a word and a colour of its own. */
export const marks = {
  mail: 'cyan',
  robot: 'gray',
  you: 'blue',
  ack: 'green',
  letter: 'green',
  asks: 'yellow',
  paid: 'green',
  hold: 'magenta',
  drop: 'magenta',
  wait: 'magenta',
  warn: 'yellow',
  done: 'green',
  note: 'gray',
} as const satisfies Record<string, Style>;
export type Mark = keyof typeof marks;

export interface Line {
  /** 'HH:MM' */
  time: string;
  mark: Mark;
  /** whom it is about; '' nobody */
  who: string;
  text: string;
  /** one line is enough for the text: what does not fit is cut */
  short?: boolean;
  /** sentences below it */
  details: { text: string; style?: Style }[];
}

const timeAt = 2;
const markAt = 9;
const whoAt = 16;
const nameWidth = 20;
const textAt = whoAt + nameWidth + 1;
const narrowest = 60;
const widest = 100;

export class Page {
  readonly #sink: Sink;
  readonly #colour: boolean;
  readonly width: number;

  constructor(sink: Sink, env: NodeJS.ProcessEnv) {
    this.#sink = sink;
    this.#colour = wantsColour(sink, env);
    this.width = Math.max(narrowest, Math.min(widest, sink.columns ?? 80));
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }

  blank(): void {
    this.#sink.write('\n');
  }

  /** Words across the page. */
  say(text: string, options: { indent?: number; style?: Style } = {}): void {
    const { indent = 0, style } = options;
    for (const line of wrap(clean(text), this.width - indent))
      this.#put(indent, style ? this.style(style, line) : line);
  }

  heading(text: string): void {
    this.#sink.write(`${this.style('bold', clean(text))}\n`);
  }

  /** The line over each day. */
  day(text: string): void {
    const rule = '─'.repeat(Math.max(0, this.width - widthOf(text) - 1));
    this.#sink.write(`\n${this.style('bold', clean(text))} ${this.style('dim', rule)}\n`);
  }

  line(line: Line): void {
    const name = fit(clean(line.who), nameWidth);
    const from = name === '' ? whoAt : textAt;
    const room = this.width - from;
    const [first = '', ...rest] = line.short === true ? [fit(clean(line.text), room)] : wrap(clean(line.text), room);
    const mark = this.style(marks[line.mark], line.mark.padEnd(whoAt - markAt - 1));
    const who = name === '' ? '' : `${this.style('bold', name)}${' '.repeat(textAt - whoAt - widthOf(name))}`;
    this.#put(timeAt, `${this.style('dim', line.time.padEnd(markAt - timeAt - 1))} ${mark} ${who}${first}`);
    for (const more of rest) this.#put(from, more);
    for (const { text, style = 'dim' } of line.details) this.say(text, { indent: whoAt, style });
  }

  /** A letter as the client reads it. */
  letter(letter: { to: string; subject: string; text: string }): void {
    const bar = this.style('green', '│');
    const put = (text: string, style?: Style) => {
      const shown = style === undefined ? text : this.style(style, text);
      this.#put(whoAt, `${bar} ${shown}`.trimEnd());
    };
    const room = this.width - whoAt - 2;
    for (const line of wrap(clean(`To: ${letter.to}`), room)) put(line, 'dim');
    for (const line of wrap(clean(`Subject: ${letter.subject}`), room)) put(line, 'bold');
    put('');
    for (const line of letter.text.trimEnd().split('\n')) for (const piece of wrap(clean(line), room)) put(piece);
  }

  /** Two columns: a thing and what there is to say about it. */
  pair(left: string, right: string, options: { leftWidth: number; style?: Style }): void {
    const from = 2 + options.leftWidth + 2;
    const [first = '', ...rest] = wrap(clean(right), this.width - from);
    const name = `${clean(left)}${' '.repeat(Math.max(0, options.leftWidth - widthOf(clean(left))))}`;
    this.#put(2, `${options.style === undefined ? name : this.style(options.style, name)}  ${first}`.trimEnd());
    for (const more of rest) this.#put(from, more);
  }

  #put(indent: number, text: string): void {
    this.#sink.write(`${' '.repeat(indent)}${text}`.trimEnd().concat('\n'));
  }
}

/** Breaks at blanks; a word that is longer than the line stands on a line of its own. @returns at least one line */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
