/**
 * A table as one descriptor: which member of a noun stands in which column, and in what form. Rows are read, written and
 * listed from it, so that a member is named once. What a table means is its own file's business.
 */
import type { Reason } from '../rules/reason.ts';
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Binding, Reader, Value, Writer } from './database.ts';
import { insertInto, reasonIn, reasonOut, type Row } from './rows.ts';

/** How a member of this type is kept: moments as UTC text, truths as 0 and 1, records and lists as JSON. */
export type Form<T> = [T] extends [Instant | null]
  ? 'instant'
  : [T] extends [Reason | null]
    ? 'reason'
    : [T] extends [boolean]
      ? 'flag'
      : [T] extends [string | number | null]
        ? 'plain'
        : 'json';

type AnyForm = 'instant' | 'reason' | 'flag' | 'plain' | 'json';
type Stored = Record<string, Value>;

const reading: Record<Exclude<AnyForm, 'plain'>, (value: Value) => unknown> = {
  instant: (value) => fromIso(value as string),
  reason: (value) => reasonIn(value as string),
  flag: (value) => value === 1,
  json: (value) => JSON.parse(value as string),
};

const writing: Record<AnyForm, (value: unknown) => Value> = {
  plain: (value) => value as Value,
  instant: (value) => toIso(value as Instant),
  reason: (value) => reasonOut(value as Reason),
  flag: (value) => Number(value),
  json: (value) => JSON.stringify(value),
};

/** 'openedAt' -> 'opened_at' */
function columnOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export class Table<Noun extends object> {
  readonly name: string;
  /** of the members, in their order: for a SELECT that wants no more */
  readonly columns: string;
  readonly #forms: readonly (readonly [member: string, column: string, form: AnyForm])[];

  /** @param names of the columns that do not bear their member's name */
  constructor(
    name: string,
    forms: { readonly [K in keyof Noun]-?: Form<Noun[K]> },
    names: { readonly [K in keyof Noun]?: string } = {},
  ) {
    this.name = name;
    this.#forms = Object.entries<AnyForm>(forms).map(([member, form]) => [
      member,
      names[member as keyof Noun] ?? columnOf(member),
      form,
    ]);
    this.columns = this.#forms.map(([, column]) => column).join(', ');
  }

  /** The noun of a row that has all its columns, and may have more. */
  readonly read = (row: object): Noun => {
    const noun: Record<string, unknown> = {};
    for (const [member, column, form] of this.#forms) {
      const value = (row as Stored)[column] ?? null;
      noun[member] = value === null || form === 'plain' ? value : reading[form](value);
    }
    return noun as Noun;
  };

  /** The columns of those members that are given. */
  row(values: Partial<Noun>): Row {
    const row: Record<string, Value> = {};
    for (const [member, column, form] of this.#forms) {
      const value = (values as Record<string, unknown>)[member];
      if (value !== undefined) row[column] = value === null ? null : writing[form](value);
    }
    return row;
  }

  /** @param rest what follows FROM and the name of the table */
  one(r: Reader, rest: string, ...bindings: Binding[]): Noun | undefined {
    const row = r.get<object>(`SELECT * FROM ${this.name} ${rest}`, ...bindings);
    return row && this.read(row);
  }

  /** As {@link one}. */
  many(r: Reader, rest = '', ...bindings: Binding[]): Noun[] {
    return r.all<object>(`SELECT * FROM ${this.name} ${rest}`, ...bindings).map(this.read);
  }

  /** @param values named one by one: of a wider object all members would go in. @param more columns that are no members. @returns the id */
  insert(w: Writer, values: Partial<Noun>, more: Row = {}): number {
    return insertInto(w, this.name, { ...this.row(values), ...more });
  }
}
