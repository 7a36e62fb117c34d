/** Small helpers between rows and nouns, shared by the tables. Knows no table. */
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Value, Writer } from './database.ts';

export type Row = Readonly<Record<string, Value>>;

/** Inserts one row; the keys are the column names. Returns its id. */
export function insertInto(w: Writer, table: string, row: Row): number {
  return w.run(insertion(table, row), row).id;
}

/** The keys are the column names, and those of the values. */
export function insertion(table: string, row: Row): string {
  const columns = Object.keys(row);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (@${columns.join(', @')})`;
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : toIso(at);
}

export function instantOrNull(text: string | null): Instant | null {
  return text === null ? null : fromIso(text);
}

/** A reason as its column keeps it: JSON. */
export function reasonOut<R extends Reason | null>(reason: R): R extends null ? string | null : string;
export function reasonOut(reason: Reason | null): string | null {
  return reason === null ? null : JSON.stringify(reason);
}

/** '' where a column must not be empty and there is no reason yet */
export function reasonIn(text: string | null): Reason | null {
  return text === null || text === '' ? null : (JSON.parse(text) as Reason);
}

/** `?, ?, ?` for a list of values in an IN. */
export function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Not bound: with each value of a bound limit SQLite prepares the statement anew. Without one, all. */
export function atMost(limit: number | undefined): string {
  return limit === undefined ? '' : `LIMIT ${Math.trunc(limit)}`;
}

/** Conditions that hold together, with their values in the same order. */
export class Conditions {
  readonly values: Value[] = [];
  readonly #texts: string[] = [];

  add(text: string, ...values: Value[]): this {
    this.#texts.push(text);
    this.values.push(...values);
    return this;
  }

  /** Adds the condition when there is a value for it. */
  given(text: string, value: Value | undefined): this {
    return value === undefined ? this : this.add(text, value);
  }

  /** Without a condition, everything. */
  get where(): string {
    return this.#texts.length === 0 ? '' : `WHERE ${this.#texts.join(' AND ')}`;
  }
}

export function isoGiven(at: Instant | undefined): string | undefined {
  return at === undefined ? undefined : toIso(at);
}
