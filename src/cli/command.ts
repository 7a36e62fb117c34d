/** What every command shares: its options, opening and closing the desk, reading files and standard input. */
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Desk, WritingDesk } from '../app.ts';
import { parseWhole } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import type { Instant, TimeZone } from '../rules/time.ts';
import { Output } from './output.ts';
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
}

export type WritingContext = DeskContext<WritingDesk>;

/** A command that only tells: it can tell it to a program as well. */
export function reading(command: Command): Command {
  return command.option('--json', 'print JSON: times in ISO 8601 UTC, money in minor units');
}

/** A command under its noun, so that `paletti outbox` alone is `paletti outbox list`. */
export function optionsOf<Options extends object>(command: Command): Options & GlobalOptions {
  return command.optsWithGlobals<Options & GlobalOptions>();
}

export function outputOf(ways: Ways, command: Command): Output {
  return new Output(ways, { quiet: optionsOf(command).quiet === true });
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
  const desk = await open(config);
  try {
    const context = { desk, out: outputOf(ways, command), json: options.json === true };
    return await work({ ...context, now: ways.clock.now(), zone: config.owner.timeZone });
  } finally {
    desk.close();
  }
}

/**
 * @param path '-' is standard input
 * @throws AppError 'bad-input' when it cannot be read
 */
export async function readInput(ways: Ways, path: string): Promise<{ bytes: Uint8Array; name: string }> {
  if (path === '-') return { bytes: await readAll(ways), name: 'standard input' };
  const file = resolve(ways.cwd, path);
  try {
    return { bytes: await readFile(file), name: basename(file) };
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AppError('bad-input', missing ? 'there is no such file' : 'the file cannot be read', {
      where: file,
      next: 'Check the path and its permissions.',
      cause,
    });
  }
}

async function readAll(ways: Ways): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of ways.stdin)
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** @throws AppError 'usage' unless it is a number that rows have */
export function parseId(text: string, what: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new AppError('usage', `"${text}" is not the number of a ${what}`, {
    next: 'The numbers stand in the first column of its list.',
  });
}

/** @throws AppError 'usage' unless it is a number of lines that can be shown */
export function parseLimit(text: string): number {
  return parseWhole(text, 'number of lines', { min: 1, max: 1_000_000 });
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
