/**
 * What a command says: data on stdout (a table or JSON), messages on stderr, colour only where it is wanted.
 * Sets no exit code.
 */
import { styleText } from 'node:util';
import { type Instant, toIso } from '../rules/time.ts';
import { clean, cleanJson, cleanLines, type Column, table, type TableOptions, wrapLines } from './table.ts';
import type { Sink } from './terminal.ts';
import type { Ways } from './ways.ts';
import type { Language } from '../rules/language.ts';
import { isReason, isTold, say, tell, wordsOf } from '../words/voice.ts';
import { languageOf } from './language.ts';

type Style = Parameters<typeof styleText>[0];

/** What a command says when a program reads it (`--json`). */
interface Told {
  /** JSON was written by the command itself */
  isWritten: boolean;
  /** sentences that a person would have read */
  said: string[];
  facts: Record<string, unknown>;
}

export class Output {
  readonly #stdout: Sink;
  readonly #stderr: Sink;
  readonly #colour: { stdout: boolean; stderr: boolean };
  readonly #quiet: boolean;
  readonly #calledAs: string;
  readonly #told: Told | null;
  readonly #ways: Ways;

  constructor(ways: Ways, options: { quiet?: boolean; json?: boolean } = {}) {
    this.#ways = ways;
    this.#stdout = ways.stdout;
    this.#stderr = ways.stderr;
    this.#quiet = options.quiet === true;
    this.#calledAs = ways.calledAs ?? 'paletti';
    this.#told = options.json === true ? { isWritten: false, said: [], facts: {} } : null;
    this.#colour = { stdout: wantsColour(ways.stdout, ways.env), stderr: wantsColour(ways.stderr, ways.env) };
  }

  /** Lines of data for stdout; control characters are taken out. */
  data(text: string): void {
    if (this.#told !== null) return this.#tell(text);
    this.#stdout.write(`${wrapLines(cleanLines(asTyped(text, this.#calledAs)), widthOfSink(this.#stdout))}\n`);
  }

  /** Like {@link data}, for lines that are copied from the screen into a shell: never broken. */
  command(line: string): void {
    if (this.#told !== null) return this.#tell(line);
    this.#stdout.write(`${clean(asTyped(line, this.#calledAs))}\n`);
  }

  /** Facts of what an acting command did, for its JSON; a person reads what is said. */
  did(facts: Record<string, unknown>): void {
    if (this.#told !== null) Object.assign(this.#told.facts, facts);
  }

  /**
   * At the end of a command: an acting one tells a program `{ "ok": true, "said": [...], ... }`; one that has told its own
   * JSON says the rest to the person.
   */
  finish(): void {
    if (this.#told === null) return;
    const { isWritten, said, facts } = this.#told;
    if (!isWritten) this.json({ ok: true, said, ...facts });
    else if (!this.#quiet) for (const line of said) this.#stderr.write(`${line}\n`);
    this.#told.said = [];
  }

  #tell(text: string): void {
    this.#told?.said.push(cleanLines(asTyped(text, this.#calledAs)).trim());
  }

  /** Data exactly as it is, for a file or another program. */
  raw(text: string): void {
    this.#stdout.write(text);
  }

  /** Times as ISO 8601 UTC, money in minor units. */
  json(value: unknown): void {
    if (this.#told !== null) this.#told.isWritten = true;
    this.#stdout.write(`${cleanJson(JSON.stringify(forJson(value, languageOf(this.#ways)), null, 2))}\n`);
  }

  table(
    columns: readonly Column[],
    rows: readonly (readonly string[])[],
    options: Pick<TableOptions, 'indent'> = {},
  ): void {
    if (this.#told !== null) return rows.forEach((row) => this.#tell(row.filter((cell) => cell !== '').join(', ')));
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
    if (this.#told !== null) return this.#tell(text);
    const [, before = '', line = ''] = /^(\n*)(.*)$/s.exec(text) ?? [];
    this.#stdout.write(`${before}${this.style('bold', clean(line))}\n`);
  }

  /** A word for the person, on stderr; kept back by --quiet. */
  say(text: string): void {
    if (this.#told !== null) return this.#tell(text);
    const line = cleanLines(asTyped(text, this.#calledAs));
    if (!this.#quiet) this.#stderr.write(`${wrapLines(line, widthOfSink(this.#stderr))}\n`);
  }

  /** What the person has to do now, while the command waits: on stderr at once, whatever else was asked for; never broken. */
  ask(text: string): void {
    this.#stderr.write(`${cleanLines(asTyped(text, this.#calledAs))}\n`);
  }

  warn(text: string): void {
    const word = wordsOf(languageOf(this.#ways)).terminal.daily.warning;
    const mark = this.#colour.stderr ? styleText('yellow', word, { validateStream: false }) : word;
    const lines = wrapLines(`${word} ${cleanLines(asTyped(text, this.#calledAs))}`, widthOfSink(this.#stderr));
    this.#stderr.write(`${mark}${lines.slice(word.length)}\n`);
  }

  /** @param text already clean */
  style(style: Style, text: string): string {
    return this.#colour.stdout ? styleText(style, text, { validateStream: false }) : text;
  }
}

const commands =
  'init doctor run demo status inbox decide clients invoices outbox requests letter exit plan report dossier journal templates config pause resume notices backup service page payments jobs signs auth logs notify completion';
const hint = new RegExp(`(^|[\\s"'\`(:])paletti (?=(?:${commands.replaceAll(' ', '|')})\\b)`, 'gm');

/** Commands as they work where the program was called: 'paletti status' -> 'npx paletti status'. */
export function asTyped(text: string, calledAs: string): string {
  return calledAs === 'paletti' ? text : text.replace(hint, (_, before: string) => `${before}${calledAs} `);
}

/** Columns of the terminal; undefined where there is none. */
export function widthOfSink(sink: Sink): number | undefined {
  return sink.isTTY === true ? (sink.columns ?? 80) : undefined;
}

/** https://no-color.org: any value but '' turns colour off. */
export function wantsColour(sink: Sink, env: NodeJS.ProcessEnv): boolean {
  return sink.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** From 2000 to 2100 in milliseconds: more than any sum of cents, number or size that is told here. */
const moments = { from: 946_684_800_000, to: 4_102_444_800_000 };
/** What is counted, not told by the clock, whatever it comes to. */
const counted = /(?:cents|bytes|count|id)$/i;
/** Members that hold a moment even when it lies before that: a mail may say so. */
const momentNames = /(?:^(?:now|at|since|until|from|to|when)|At|Until)$/;

function isMoment(value: number, name: string): boolean {
  if (!Number.isInteger(value) || counted.test(name)) return false;
  return (value >= moments.from && value < moments.to) || (momentNames.test(name) && value > 86_400_000);
}

/**
 * A copy in which every moment is ISO 8601 UTC to the second, and beside every reason stands what it says: of `why`, its
 * code and facts, `why` is the sentence and `whyReason` the value. What the owner is told is said as `text` and `next`.
 */
export function forJson(value: unknown, language: Language, key = ''): unknown {
  if (typeof value === 'number') return isMoment(value, key) ? toIso(value as Instant) : value;
  if (Array.isArray(value)) return value.map((entry) => forJson(entry, language, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => membersFor(name, member, language)));
}

function membersFor(name: string, member: unknown, language: Language): [string, unknown][] {
  if (name === 'told' && isTold(member)) return [...Object.entries(tell(member, language)), [name, member]];
  const reasons: unknown[] = Array.isArray(member) ? member : [member];
  if (reasons.length === 0 || !reasons.every(isReason)) return [[name, forJson(member, language, name)]];
  const said = reasons.map((one) => say(one, language));
  return [
    [name, Array.isArray(member) ? said : said[0]],
    [`${name}Reason`, member],
  ];
}
