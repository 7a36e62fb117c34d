/**
 * Checks the values of one letter against its table before anything is rendered: every one there, none unknown,
 * each of its type, harmless and not too long. Renders nothing.
 */
import { AppError } from '../errors.ts';
import { cleanText, hasLineEnd } from './clean.ts';
import { nearest } from '../rules/nearest.ts';
import type { Variable, Variables } from './variables.ts';

export type Value = string | boolean | null | readonly Values[];
export interface Values {
  readonly [name: string]: Value;
}

const limits = { line: 1_000, block: 10_000, items: 500 } as const;

/**
 * @param where the letter's name, for the fault
 * @returns a copy without a prototype, its texts cleaned and trimmed
 * @throws AppError `template` naming the value
 */
export function checkedValues(values: Values, variables: Variables, where: string): Values {
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(variables, name)) refuse(where, name, unknown(name, Object.keys(variables)));
  }
  const checked: Record<string, Value> = Object.create(null);
  for (const [name, variable] of Object.entries(variables)) {
    if (!Object.hasOwn(values, name) || values[name] === undefined) refuse(where, name, 'is missing');
    checked[name] = checkedValue(values[name] as Value, variable, { where, name });
  }
  for (const [name, variable] of Object.entries(variables)) {
    if (variable.when !== null && (checked[name] === null) !== (checked[variable.when] === null))
      refuse(where, name, `must be given exactly when "${variable.when}" is`);
  }
  return checked;
}

function checkedValue(value: Value, variable: Variable, at: { where: string; name: string }): Value {
  if (value === null && variable.when !== null) return null;
  switch (variable.type) {
    case 'flag':
      return typeof value === 'boolean' ? value : refuse(at.where, at.name, 'must be true or false');
    case 'list':
      return checkedList(value, variable.fields, at);
    default:
      return checkedText(value, variable.type, at);
  }
}

function checkedList(value: Value, fields: Variables, { where, name }: { where: string; name: string }): Value {
  if (!Array.isArray(value) || value.length === 0) return refuse(where, name, 'must be a list with something in it');
  if (value.length > limits.items) return refuse(where, name, `has more than ${limits.items} entries`);
  return value.map((item, index) => checkedValues(item, fields, `${where}, ${name} ${index + 1}`));
}

function checkedText(value: Value, type: 'line' | 'block', { where, name }: { where: string; name: string }): string {
  if (typeof value !== 'string') return refuse(where, name, 'must be text');
  if (type === 'line' && hasLineEnd(value)) return refuse(where, name, 'has a line break');
  const text = cleanText(value).trim();
  if (text === '') return refuse(where, name, 'is empty');
  if (text.length > limits[type]) return refuse(where, name, `is longer than ${limits[type]} characters`);
  return text;
}

function unknown(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `is not known${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

function refuse(where: string, name: string, problem: string): never {
  throw new AppError('template', `${where}: the value "${name}" ${problem}`, {
    where,
    next: 'nothing was written; mend the client, the invoice or the owner’s details that the value comes from',
  });
}
