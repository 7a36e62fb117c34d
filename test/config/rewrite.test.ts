/** A text of JSON after some of its values were written anew: those are as wanted, and not one character else differs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/config/json-text.ts';
import { type NewValue, rewritten } from '../../src/config/rewrite.ts';

const example = readFileSync(join(import.meta.dirname, '..', '..', 'config.example.json'), 'utf8');
const linesBut = (text: string, lines: readonly string[]) => text.split('\n').filter((line) => !lines.includes(line));

describe('a value written anew', () => {
  it('stands in its place, and every other line as it was', () => {
    const text = rewritten(example, [
      { path: ['contactHours', 'fri'], value: ['09:00-13:00'] },
      { path: ['sending', 'mode'], value: 'live' },
    ]);
    expect(text).toContain('    "fri": ["09:00-13:00"],\n');
    expect(text).toContain('  "sending": { "mode": "live", "perClientPerDay": 1, "perDay": 20 },\n');
    const changed = ['    "fri": ["09:00-13:00", "14:00-17:00"],', '    "fri": ["09:00-13:00"],'];
    const others = ['  "sending": { "mode": "review", "perClientPerDay": 1, "perDay": 20 },'];
    const now = ['  "sending": { "mode": "live", "perClientPerDay": 1, "perDay": 20 },'];
    expect(linesBut(text, [...changed, ...now])).toEqual(linesBut(example, [...changed, ...others]));
  });

  it('that it has already changes nothing, however it is written', () => {
    const source = '{ "a" : [ 1,\n 2 ],"b":{"c":null} }';
    expect(rewritten(source, [{ path: ['a'], value: [1, 2] }])).toBe(source);
    expect(rewritten(source, [{ path: ['b', 'c'], value: null }])).toBe(source);
  });

  const table: [string, string, NewValue, string][] = [
    ['is put behind the last one', '{\n  "a": 1\n}\n', { path: ['b'], value: 2 }, '{\n  "a": 1,\n  "b": 2\n}\n'],
    ['on the line where the others stand', '{ "a": 1 }', { path: ['b'], value: 2 }, '{ "a": 1, "b": 2 }'],
    ['into an object that is empty', '{ "a": {} }', { path: ['a', 'b'], value: 2 }, '{ "a": { "b": 2 } }'],
    [
      'with the objects it needs',
      '{"x":0}',
      { path: ['a', 'b', 'c'], value: 2 },
      '{"x":0, "a": {\n  "b": { "c": 2 }\n}}',
    ],
    ['and goes with its comma', '{"a":1, "b":2}', { path: ['b'], value: undefined }, '{"a":1}'],
    ['also as the first of several', '{"a":1, "b":2}', { path: ['a'], value: undefined }, '{"b":2}'],
    ['and as the only one', '{ "a": { "b": 2 } }', { path: ['a', 'b'], value: undefined }, '{ "a": {} }'],
    ['and where there was none, nothing goes', '{"a":1}', { path: ['z', 'y'], value: undefined }, '{"a":1}'],
    [
      'of a list of objects takes lines',
      '{\n  "a": []\n}',
      { path: ['a'], value: [{ b: 1 }, { b: 2 }] },
      '{\n  "a": [\n    { "b": 1 },\n    { "b": 2 }\n  ]\n}',
    ],
  ];
  it.each(table)('%s', (_, source, change, wanted) => expect(rewritten(source, [change])).toBe(wanted));

  it('survives any object, any key and any value, behind a byte order mark too', () => {
    const objects = fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())));
    const change = fc.record({ path: fc.array(fc.string(), { minLength: 1, maxLength: 3 }), value: fc.jsonValue() });
    fc.assert(
      fc.property(
        objects,
        change,
        fc.constantFrom('', ' ', '\t', '\n'),
        fc.boolean(),
        (object, { path, value }, gap, bom) => {
          const plain = JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
          fc.pre(path.slice(0, -1).every((_, at) => isObjectOrNothing(at, plain, path)));
          const source =
            (bom ? '\ufeff' : '') + JSON.stringify(plain, null, gap.trim() === '' && gap !== '' ? gap : undefined);
          const text = rewritten(source, [{ path, value }]);
          const wanted = structuredClone(plain);
          put(wanted, path, JSON.parse(JSON.stringify(value)));
          expect(parseJson(text).value).toEqual(wanted);
          expect(parseJson(rewritten(text, [{ path, value: undefined }])).value).toEqual(lacking(wanted, path));
        },
      ),
      { numRuns: 300 },
    );
  });
});

function isObjectOrNothing(depth: number, object: Record<string, unknown>, path: readonly string[]): boolean {
  let part: unknown = object;
  for (const key of path.slice(0, depth + 1)) {
    if (!Object.hasOwn(part as object, key)) return true;
    part = (part as Record<string, unknown>)[key];
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return false;
  }
  return true;
}

function put(object: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const define = (target: object, key: string, what: unknown) =>
    Object.defineProperty(target, key, { value: what, enumerable: true, configurable: true, writable: true });
  let part = object;
  for (const key of path.slice(0, -1)) {
    if (!Object.hasOwn(part, key)) define(part, key, {});
    part = Object.getOwnPropertyDescriptor(part, key)?.value as Record<string, unknown>;
  }
  define(part, path.at(-1) as string, value);
}

function lacking(object: Record<string, unknown>, path: readonly string[]): Record<string, unknown> {
  const copy = structuredClone(object);
  let part: Record<string, unknown> = copy;
  for (const key of path.slice(0, -1)) part = Object.getOwnPropertyDescriptor(part, key)?.value as typeof part;
  delete part[path.at(-1) as string];
  return copy;
}
