/**
 * Writes single values of a JSON text anew, and leaves every other character of it as its owner wrote it. Knows nothing
 * of what the values mean.
 */
import { type JsonPath, type JsonText, parseJson } from './json-text.ts';

export interface NewValue {
  /** keys of objects only: a list is written as a whole */
  path: readonly string[];
  /** undefined takes the member out */
  value: unknown;
}

/** Longer lines are broken. */
const widest = 100;
const step = '  ';

/**
 * @param source sound JSON whose value is an object
 * @returns the same text with these values; what they have already stays as it is written
 */
export function rewritten(source: string, values: readonly NewValue[]): string {
  return values.reduce((text, one) => written(text, one), source);
}

function written(source: string, { path, value }: NewValue): string {
  const text = parseJson(source);
  const span = text.spanOf(path);
  if (value === undefined) return span === undefined ? source : without(source, text, path);
  if (span === undefined) return withMember(source, text, path, value);
  if (isSame(valueAt(text.value, path), value)) return source;
  return source.slice(0, span.start) + printed(value, indentAt(source, span.start)) + source.slice(span.end);
}

/** Puts a member behind the last one of its object; an object that is missing comes with it. */
function withMember(source: string, text: JsonText, path: readonly string[], value: unknown): string {
  const parent = path.slice(0, -1);
  const key = path.at(-1) as string;
  const span = text.spanOf(parent);
  if (span === undefined) return withMember(source, text, parent, { [key]: value });
  const members = membersOf(text, parent);
  const last = members.at(-1);
  if (last === undefined) {
    const object = printed({ [key]: value }, indentAt(source, span.start));
    return source.slice(0, span.start) + object + source.slice(span.end);
  }
  const { end } = text.spanOf([...parent, last]) as { end: number };
  const keyAt = text.keyAt([...parent, members[0] as string]) as number;
  const before = blankBefore(source, keyAt);
  const member = `${JSON.stringify(key)}: ${printed(value, indentAt(source, keyAt))}`;
  return `${source.slice(0, end)},${before === '' ? ' ' : before}${member}${source.slice(end)}`;
}

/** Takes a member out, with the comma that it no longer needs. */
function without(source: string, text: JsonText, path: readonly string[]): string {
  const parent = path.slice(0, -1);
  const keys = membersOf(text, parent);
  const place = keys.indexOf(path.at(-1) as string);
  const endOf = (key: string) => (text.spanOf([...parent, key]) as { end: number }).end;
  const end = endOf(path.at(-1) as string);
  const before = keys[place - 1];
  if (before !== undefined) return source.slice(0, endOf(before)) + source.slice(end);
  const start = text.keyAt(path) as number;
  const after = keys[place + 1];
  if (after !== undefined) return source.slice(0, start) + source.slice(text.keyAt([...parent, after]) as number);
  const span = text.spanOf(parent) as { start: number; end: number };
  return `${source.slice(0, span.start)}{}${source.slice(span.end)}`;
}

/** As they stand in the text: an object of JavaScript has numbers among its keys first. */
function membersOf(text: JsonText, parent: JsonPath): string[] {
  const at = (key: string) => text.keyAt([...parent, key]) as number;
  return Object.keys(valueAt(text.value, parent) as object).toSorted((a, b) => at(a) - at(b));
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce((part, key) => (part as Record<string | number, unknown>)[key], value);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The blanks before a key, with the line feed when it begins a line. */
function blankBefore(source: string, at: number): string {
  const before = source.slice(0, at);
  return before.slice(before.trimEnd().length);
}

function indentAt(source: string, at: number): string {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** On one line where it is short enough, as a person would write it. */
function printed(value: unknown, indent: string): string {
  const line = onOneLine(value);
  if (line.length + indent.length <= widest && !isDeep(value)) return line;
  const deeper = indent + step;
  const entries = Array.isArray(value)
    ? value.map((item) => deeper + printed(item, deeper))
    : Object.entries(value as object).map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${printed(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return entries.length === 0 || typeof value !== 'object'
    ? line
    : `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** An object within an object, or objects in a list, are read more easily on lines of their own. */
function isDeep(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  const parts: unknown[] = Object.values(value);
  const hasObjects = parts.some((part) => part !== null && typeof part === 'object' && !Array.isArray(part));
  return hasObjects && parts.length > (Array.isArray(value) ? 1 : 0);
}
