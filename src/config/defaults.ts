/**
 * Puts into a sound config.json what it leaves out, as config.schema.json says, which comes with the program and is made
 * from the same source as the checks. Checks nothing: for a text that was found sound before.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  default?: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  allOf?: Schema[];
}

type Members = Record<string, unknown>;

const file = join(import.meta.dirname, '..', '..', 'config.schema.json');

/** @param value what stands in the file; @returns the same with all defaults, as the schema's own parser would give it */
export function withDefaults(value: unknown): unknown {
  return filled(JSON.parse(readFileSync(file, 'utf8')) as Schema, value);
}

function filled(schema: Schema, value: unknown): unknown {
  const given = value === undefined ? structuredClone(schema.default) : value;
  if (Array.isArray(given)) return given.map((item) => filled(partOf(schema, 'items')?.items ?? {}, item));
  if (given === null || typeof given !== 'object') return given;
  const { properties = {} } = partOf(schema, 'properties') ?? {};
  const members: Members = {};
  for (const name of new Set([...Object.keys(properties), ...Object.keys(given)])) {
    const member = filled(properties[name] ?? {}, (given as Members)[name]);
    if (member !== undefined) Object.defineProperty(members, name, { value: member, enumerable: true, writable: true });
  }
  return members;
}

/** The part of a schema that says what is within: of alternatives, the one that has such a part. */
function partOf(schema: Schema, key: 'items' | 'properties'): Schema | undefined {
  if (schema[key] !== undefined) return schema;
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? [])];
  return parts.map((part) => partOf(part, key)).find((part) => part !== undefined);
}
