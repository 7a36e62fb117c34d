/**
 * Changes config.json by a program: proposed, held against the one schema and all checks, shown as a difference, then
 * written in its place, with the one before kept beside it. Touches nothing in the text but the values that change.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { AppError } from '../errors.ts';
import { sha256 } from '../rules/digest.ts';
import type { Config } from './build.ts';
import { checkText } from './check.ts';
import type { ConfigFault } from './faults.ts';
import { readText } from './file.ts';
import { type NewValue, rewritten } from './rewrite.ts';

/** One setting that is to be another; a list is shown by its entries. */
export interface Difference {
  path: readonly string[];
  /** what there is no more; of a single value: what it was */
  less: readonly unknown[];
  /** what comes in its place, or on top */
  more: readonly unknown[];
}

export interface Proposal {
  /** the whole file as it would be written */
  text: string;
  /** of the text that it begins from: written is over that one only */
  from: string;
  /** of what the file means, defaults included */
  differences: Difference[];
  /** with one it cannot be written */
  faults: readonly ConfigFault[];
  /** the same as one fault */
  refusal: AppError | null;
  /** what it would mean; null with a fault */
  config: Config | null;
}

/**
 * @param path of the file, absolute
 * @throws AppError 'config' when the file as it stands cannot be used
 */
export function proposed(path: string, values: readonly NewValue[]): Proposal {
  const source = readText(path);
  return compared(path, source, rewritten(source, values));
}

/** The same for a whole text in its place. */
export function proposedText(path: string, text: string): Proposal {
  return compared(path, readText(path), text);
}

function compared(path: string, source: string, text: string): Proposal {
  const before = checkText(source, path);
  if ('error' in before) throw before.error();
  const after = checkText(text, path);
  const proposal = { text, from: sha256(source), faults: after.faults };
  if ('error' in after) return { ...proposal, refusal: after.error(), config: null, differences: [] };
  const { config, input } = after;
  return { ...proposal, refusal: null, config, differences: differences(before.input, input) };
}

/** Where the text before the last change is kept. */
export function keptPath(path: string): string {
  return `${path}.before`;
}

/**
 * Writes what was proposed. Who reads meanwhile finds the one or the other, never a part.
 * @throws AppError 'conflict' when the file was changed since it was looked at
 */
export function written(path: string, { text, from }: Pick<Proposal, 'text' | 'from'>): void {
  // a link stays one, and what it leads to is written
  const file = realpathSync(path);
  const source = readText(file);
  if (sha256(source) !== from)
    throw new AppError('conflict', 'the configuration was changed meanwhile by another hand', {
      where: path,
      next: 'Look at it again, then change it.',
    });
  const mode = statSync(file).mode & 0o777;
  replace(keptPath(file), source, mode & 0o700);
  replace(file, text, mode);
}

/** The text before the last change; null when none is kept. */
export function kept(path: string): string | null {
  const file = keptPath(realpathSync(path));
  return existsSync(file) ? readText(file) : null;
}

export function nothingKept(path: string): AppError {
  return new AppError('not-found', 'there is no earlier configuration', {
    where: keptPath(path),
    next: 'Change what you like: the one before is kept each time.',
  });
}

function replace(path: string, text: string, mode: number): void {
  const part = `${path}.${process.pid}`;
  try {
    const descriptor = openSync(part, 'wx', mode);
    try {
      writeSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(part, path);
  } catch (cause) {
    rmSync(part, { force: true });
    throw new AppError('config', 'the configuration cannot be written', {
      where: path,
      next: 'Look at the permissions of its folder, and whether the disk is full.',
      cause,
    });
  }
}

/** Leaf by leaf, in the order of the schema. */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  if (isSame(before, after)) return [];
  const [old, now] = [entries(before), entries(after)];
  return [{ path, less: lacking(old, now), more: lacking(now, old) }];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function entries(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Those of the first that the second has not; of entries in another order all. */
function lacking(these: readonly unknown[], those: readonly unknown[]): unknown[] {
  const others = these.filter((one) => !those.some((other) => isSame(one, other)));
  const isReordered = others.length === 0 && these.length === those.length;
  return isReordered ? [...these] : others;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
