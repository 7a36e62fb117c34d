/**
 * Faults of config.json in words: where, what, and what to write instead. Never repeats a value: it may be a secret.
 */
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { JsonFault, type JsonPath, type JsonText, parseJson, type Position } from './json-text.ts';

export interface ConfigFault {
  path: JsonPath;
  /** the end of a sentence that begins with the path */
  message: string;
  next?: string;
}

export const waysToKeepPassword =
  'Keep it elsewhere: {"env": "NAME"}, {"command": ["pass", "show", "mail"]}, {"file": "secret.txt"} with mode 0600, or {"keyring": "account"}.';

/** ['mailboxes', 0, 'imap'] -> 'mailboxes[0].imap'; the top is 'the file' */
export function pathText(path: JsonPath): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}

export interface Known {
  /** the JSON Schema: it knows the keys of each place */
  schema: Record<string, unknown>;
  nearest(name: string, known: readonly string[]): string | undefined;
}

/** What zod found, in our words. */
export function faultsOfIssues(issues: readonly z.core.$ZodIssue[], known: Known): ConfigFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path as JsonPath;
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], known));
    return [{ path, ...inWords(issue) }];
  });
}

function inWords(issue: z.core.$ZodIssue): { message: string; next?: string } {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue, issue.expected);
    case 'invalid_value':
      return { message: `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}` };
    case 'invalid_union':
      return { message: 'must be true, false or "starttls"' };
    case 'too_small':
      return { message: tooSmall(issue.origin, Number(issue.minimum)) };
    case 'too_big':
      return { message: tooBig(issue.origin, Number(issue.maximum)) };
    case 'custom':
      return { message: issue.message, ...timeZoneHint(issue) };
    default:
      return { message: issue.message };
  }
}

function wrongType(issue: z.core.$ZodIssue, expected: string): { message: string; next?: string } {
  const isPassword = ['password', 'clientSecret'].includes(String(issue.path.at(-1)));
  if (isPassword && issue.message.endsWith('received string')) {
    return {
      message: `holds a ${issue.path.at(-1) === 'password' ? 'password' : 'secret'} in clear`,
      next: waysToKeepPassword,
    };
  }
  if (issue.message.endsWith('received undefined')) {
    return { message: 'is missing', ...(isPassword ? { next: waysToKeepPassword } : {}) };
  }
  if (['command', 'tokenCommand'].includes(String(issue.path.at(-1)))) {
    return { message: 'must be a list of a program and its arguments, as in ["pass", "show", "mail"]' };
  }
  return { message: `must be ${typeNames[expected] ?? expected}` };
}

const typeNames: Record<string, string> = {
  string: 'a text in double quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return 'must not be empty';
  if (origin === 'array') return 'needs at least one entry';
  return `must be at least ${minimum}`;
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `is longer than ${maximum} characters`;
  if (origin === 'array') return `has more than ${maximum} entries`;
  return `must be at most ${maximum}`;
}

function timeZoneHint(issue: z.core.$ZodIssueCustom): { next?: string } {
  if (issue.params?.['timeZone'] !== true) return {};
  return {
    next: 'The names are in https://en.wikipedia.org/wiki/List_of_tz_database_time_zones, column "TZ identifier".',
  };
}

function unknownKey(path: JsonPath, { schema, nearest }: Known): ConfigFault {
  const key = String(path.at(-1));
  const here = keysAt(schema, path.slice(0, -1));
  const near =
    dayNamed(key, here) ??
    nearest(key, here) ??
    here.find((name) => key.length >= 3 && name.toLowerCase().startsWith(key.toLowerCase()));
  const elsewhere = near === undefined ? placesOf(schema, key) : [];
  const known = here.filter((name) => name !== '$schema').join(', ');
  return {
    path,
    message: 'is not a known key',
    next:
      near !== undefined
        ? `Did you mean "${near}"?`
        : elsewhere.length > 0
          ? `Did you mean ${elsewhere.join(' or ')}?`
          : `Known keys here: ${known}.`,
  };
}

/** Days as they are called in Italian, whole or by their first three letters, with or without the accent. */
const italianDays: Record<string, string> = {
  lun: 'mon',
  mar: 'tue',
  mer: 'wed',
  gio: 'thu',
  ven: 'fri',
  sab: 'sat',
  dom: 'sun',
};

/** 'lun', 'Lunedì' and 'monday' are days where days are known. */
function dayNamed(key: string, here: readonly string[]): string | undefined {
  const start = key.toLowerCase().slice(0, 3);
  const isDay = /^(?:lun|mar|mer|gio|ven|sab|dom|mon|tue|wed|thu|fri|sat|sun)/i.test(key);
  const day = isDay ? (italianDays[start] ?? start) : undefined;
  return day !== undefined && here.includes(day) ? day : undefined;
}

function keysAt(schema: Record<string, unknown>, path: JsonPath): string[] {
  let part: Schema | undefined = schema;
  for (const key of path) part = child(part, key);
  return Object.keys(propertiesOf(part));
}

type Schema = Record<string, unknown>;

/** A nullable part is an `anyOf` with `null` beside the object. */
function propertiesOf(part: Schema | undefined): Record<string, Schema> {
  const candidates = [part, ...((part?.['anyOf'] as Schema[] | undefined) ?? [])];
  const object = candidates.find((candidate) => candidate?.['properties'] !== undefined);
  return (object?.['properties'] as Record<string, Schema> | undefined) ?? {};
}

function child(part: Schema | undefined, key: string | number): Schema | undefined {
  if (typeof key === 'number') return part?.['items'] as Schema | undefined;
  return propertiesOf(part)[key];
}

/** Where else in the file a key of this name belongs. */
function placesOf(schema: Schema, key: string, prefix: JsonPath = []): string[] {
  return Object.entries(propertiesOf(schema)).flatMap(([name, part]) => {
    const path = [...prefix, name];
    const own = name.toLowerCase() === key.toLowerCase() ? [`"${pathText(path)}"`] : [];
    const items = part['items'] as Schema | undefined;
    return [...own, ...placesOf(part, key, path), ...(items === undefined ? [] : placesOf(items, key, [...path, 0]))];
  });
}

/** One fault that names all of them, each with its line and column. */
export function configError(file: string, text: JsonText, faults: readonly ConfigFault[]): AppError {
  const placed = faults
    .map((fault) => ({ fault, position: text.positionOf(fault.path) }))
    .toSorted((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  const first = placed[0] as (typeof placed)[number];
  if (placed.length === 1) {
    return new AppError('config', sentence(first.fault), {
      where: place(file, first.position),
      next: first.fault.next,
    });
  }
  const lines = placed.map(({ fault, position }) => {
    const next = fault.next === undefined ? '' : ` ${fault.next}`;
    return `  ${position.line}:${position.column}  ${sentence(fault)}.${next}`;
  });
  return new AppError('config', `the configuration has ${placed.length} faults:\n${lines.join('\n')}`, {
    where: file,
    next: 'Mend them, then run: paletti config check',
  });
}

function sentence(fault: ConfigFault): string {
  return `${pathText(fault.path)} ${fault.message}`;
}

export function place(file: string, position: Position): string {
  return `${file}:${position.line}:${position.column}`;
}

/** @throws AppError 'config' naming the place of the first character that is wrong */
export function parseText(text: string, path: string): JsonText {
  try {
    return parseJson(text);
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    throw new AppError('config', `this is not JSON: ${fault.message}`, {
      where: place(path, fault.position),
      next: 'Mend the line, then run: paletti config check',
    });
  }
}
