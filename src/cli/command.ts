/** What every command shares: its options, opening and closing the desk, reading files and standard input. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Desk, WritingDesk } from '../app.ts';
import { parseWhole } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import type { Instant, TimeZone } from '../rules/time.ts';
import { languageOf, ownerSpeaks } from './language.ts';
import type { Numbered } from '../words/en/faults/sentences.ts';
import { Output } from './output.ts';
import { type Voice, voiceIn } from './voice.ts';
import type { Terminal } from './terminal.ts';
import type { Config, Ways } from './ways.ts';

export interface GlobalOptions {
  config?: string;
  quiet?: boolean;
  /** false with --no-input */
  input?: boolean;
  json?: boolean;
}

export interface DeskContext<AnyDesk extends Desk = Desk> {
  desk: AnyDesk;
  out: Output;
  json: boolean;
  now: Instant;
  zone: TimeZone;
  voice: Voice;
}

export type WritingContext = DeskContext<WritingDesk>;

/** A command that only tells: it can tell it to a program as well. */
export function reading(command: Command): Command {
  return command.option('--json', 'print JSON: times in ISO 8601 UTC, money in minor units');
}

/** All others tell what they did: `{ "ok": true, "said": [...] }`, with facts where there are any. */
export function acting(command: Command): void {
  const isKnown = command.options.some(({ long }) => long === '--json');
  if (!isKnown) command.option('--json', 'print what was done, or the fault, as JSON');
}

/** A command under its noun, so that `paletti outbox` alone is `paletti outbox list`. */
export function optionsOf<Options extends object>(command: Command): Options & GlobalOptions {
  return command.optsWithGlobals<Options & GlobalOptions>();
}

const outputs = new WeakMap<Ways, Output>();

/** One for a command line, so that its JSON is one document. */
export function outputOf(ways: Ways, command: Command): Output {
  const known = outputs.get(ways);
  if (known !== undefined) return known;
  const { quiet, json } = optionsOf(command);
  const output = new Output(ways, { quiet: quiet === true, json: json === true });
  outputs.set(ways, output);
  return output;
}

/** Before a command line. */
export function beginOutput(ways: Ways): void {
  outputs.delete(ways);
}

/** After a command line that went well: an acting command with --json tells what it said. */
export function finishOutput(ways: Ways): void {
  outputs.get(ways)?.finish();
}

/** Opens what is needed to work on the database, and closes it again whatever happens. */
export function withDesk<T>(ways: Ways, command: Command, work: (context: DeskContext) => T | Promise<T>): Promise<T> {
  return at(ways, command, { read: ways.readKnownConfig, open: ways.openDesk }, work);
}

/** For commands that write a letter, or might: without sound templates nothing is begun. */
export function withWritingDesk<T>(
  ways: Ways,
  command: Command,
  work: (context: WritingContext) => T | Promise<T>,
): Promise<T> {
  return at(ways, command, { read: ways.readConfig, open: ways.openWritingDesk }, work);
}

async function at<T, AnyDesk extends Desk>(
  ways: Ways,
  command: Command,
  { read, open }: { read: Ways['readConfig']; open: (config: Config) => Promise<AnyDesk> },
  work: (context: DeskContext<AnyDesk>) => T | Promise<T>,
): Promise<T> {
  const options = optionsOf(command);
  const config = await read(options.config);
  ownerSpeaks(ways, config.owner.language);
  const desk = await open(config);
  try {
    const here = { now: ways.clock.now(), zone: config.owner.timeZone };
    const voice = voiceIn(languageOf(ways), here);
    return await work({ desk, out: outputOf(ways, command), json: options.json === true, ...here, voice });
  } finally {
    desk.close();
  }
}

/**
 * @param path '-' is standard input
 * @throws AppError 'bad-input' when it cannot be read
 */
export async function readInput(ways: Terminal, path: string): Promise<{ bytes: Uint8Array; name: string }> {
  if (path === '-') return { bytes: await readAll(ways), name: 'standard input' };
  const file = resolve(ways.cwd, path);
  try {
    return { bytes: await readFile(file), name: basename(file) };
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError('bad-input', { code: missing ? 'no-file' : 'file-unreadable' }, { where: file, cause });
  }
}

async function readAll(ways: Terminal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of ways.stdin)
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** @throws AppError 'usage' unless it is a number that rows have */
export function parseId(text: string, what: Numbered): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError('usage', { code: 'no-number-of', text, what });
}

/** A range may name many numbers that no row has. */
const widestRange = 10_000;

/**
 * Numbers as a person writes several: `3 5`, `1,2`, `1-20`, `all`.
 * @returns each once, in the order written; `given` are those named one by one, which must exist
 * @throws AppError 'usage'
 */
export function parseIds(words: readonly string[], what: Numbered, all: () => readonly number[]): Picked[] {
  const picked = words
    .flatMap((word) => word.split(','))
    .filter((word) => word !== '')
    .flatMap((word): Picked[] => {
      if (word === 'all') return all().map((id) => ({ id, isNamed: false }));
      const [, first, last] = /^(\d+)(?:-|\.\.)(\d+)$/.exec(word) ?? [];
      if (first === undefined || last === undefined) return [{ id: parseId(word, what), isNamed: true }];
      const [from, to] = [parseId(first, what), parseId(last, what)];
      if (to < from || to - from > widestRange) throw new AppError('usage', { code: 'no-range', word });
      return Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index, isNamed: false }));
    });
  return picked.filter(({ id }, at) => picked.findIndex((other) => other.id === id) === at);
}

export interface Picked {
  id: number;
  /** by itself, not by a range or `all` */
  isNamed: boolean;
}

/** @throws AppError 'usage' unless it is a number of lines that can be shown */
export function parseLimit(text: string): number {
  return parseWhole(text, 'number of lines', { min: 1, max: 1_000_000 });
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
