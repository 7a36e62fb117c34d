/**
 * What a command says: data on stdout (a table or JSON), messages on stderr, colour only where it is wanted.
 * Sets no exit code.
 */
import { styleText } from 'node:util';
import { type Instant, toIso } from '../rules/time.ts';
import { clean, cleanJson, cleanLines, type Column, table, type TableOptions, wrapLines } from './table.ts';
import type { Sink, Ways } from './ways.ts';

type Style = Parameters<typeof styleText>[0];

export class Output {
  readonly #stdout: Sink;
  readonly #stderr: Sink;
  readonly #colour: { stdout: boolean; stderr: boolean };
  readonly #quiet: boolean;

  constructor(ways: Ways, options: { quiet?: boolean } = {}) {
    this.#stdout = ways.stdout;
    this.#stderr = ways.stderr;
    this.#quiet = options.quiet === true;
    this.#colour = { stdout: wantsColour(ways.stdout, ways.env), stderr: wantsColour(ways.stderr, ways.env) };
  }

  /** Lines of data for stdout; control characters are taken out. */
  data(text: string): void {
    this.#stdout.write(`${wrapLines(cleanLines(text), widthOfSink(this.#stdout))}\n`);
  }

  /** Like {@link data}, for lines that are copied from the screen into a shell: never broken. */
  command(line: string): void {
    this.#stdout.write(`${clean(line)}\n`);
  }

  /** Data exactly as it is, for a file or another program. */
  raw(text: string): void {
    this.#stdout.write(text);
  }

  /** Times as ISO 8601 UTC, money in minor units. */
  json(value: unknown): void {
    this.#stdout.write(`${cleanJson(JSON.stringify(forJson(value), null, 2))}\n`);
  }

  table(
    columns: readonly Column[],
    rows: readonly (readonly string[])[],
    options: Pick<TableOptions, 'indent'> = {},
  ): void {
    this.#stdout.write(
      table(columns, rows, {
        ...options,
        width: widthOfSink(this.#stdout),
        emphasis: (text) => this.style('bold', text),
      }),
    );
  }

  /** @param text one line; line breaks before it set it apart */
  heading(text: string): void {
    const [, before = '', line = ''] = /^(\n*)(.*)$/s.exec(text) ?? [];
    this.#stdout.write(`${before}${this.style('bold', clean(line))}\n`);
  }

  /** A word for the person, on stderr; kept back by --quiet. */
  say(text: string): void {
    if (!this.#quiet) this.#stderr.write(`${wrapLines(cleanLines(text), widthOfSink(this.#stderr))}\n`);
  }

  warn(text: string): void {
    const mark = this.#colour.stderr ? styleText('yellow', 'warning:', { validateStream: false }) : 'warning:';
    const lines = wrapLines(`warning: ${cleanLines(text)}`, widthOfSink(this.#stderr));
    this.#stderr.write(`${mark}${lines.slice('warning:'.length)}\n`);
  }

  /** @param text already clean */
  style(style: Style, text: string): string {
    return this.#colour.stdout ? styleText(style, text, { validateStream: false }) : text;
  }
}

/** Columns of the terminal; undefined where there is none. */
export function widthOfSink(sink: Sink): number | undefined {
  return sink.isTTY === true ? (sink.columns ?? 80) : undefined;
}

/** https://no-color.org: any value but '' turns colour off. */
export function wantsColour(sink: Sink, env: NodeJS.ProcessEnv): boolean {
  return sink.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** Members that hold a moment. All others are left as they are. */
const moments = new Set([
  ...[
    'now',
    'at',
    'since',
    'until',
    'notBefore',
    'holdUntil',
    'nextTryAt',
    'createdAt',
    'sentAt',
    'filedAt',
    'approvedAt',
  ],
  ...['receivedAt', 'judgedAt', 'goneAt', 'openedAt', 'opensAt', 'dueAt', 'answeredAt', 'promisedAt', 'missedAt'],
  ...[
    'recordedAt',
    'reversedAt',
    'endedAt',
    'startedAt',
    'closedAt',
    'lookAt',
    'seenAt',
    'erasedAt',
    'checkedAt',
    'proposedAt',
    'coolingEndsAt',
    'cancelledAt',
    'awayUntil',
    'coolingFrom',
    'releasedAt',
    'removedAt',
    'when',
  ],
]);

/** A copy in which every moment is ISO 8601 UTC to the second. */
export function forJson(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return moments.has(key) ? toIso(value as Instant) : value;
  if (Array.isArray(value)) return value.map((entry) => forJson(entry, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, forJson(member, name)]));
}
