/**
 * Which column of a CSV file is what: as a profile knows it of a program or a bank, or as the owner confirmed it once for
 * files with these headings. Reads no rows.
 */
import type { DayOrder } from '../rules/day-order.ts';
import { Refusal } from './refusal.ts';

export interface FileForm {
  /** meaning -> heading as the file writes it; without headings the number of the column, from 1. Empty: as known */
  columns: Readonly<Record<string, string>>;
  /** where the files leave it open */
  days?: DayOrder;
}

/** What is known of files with such a row of headings. */
export type FormOf = (headings: readonly string[]) => FileForm | undefined;

/** Small letters, no accents, no mark of what is needed, no unit: '*Amount (EUR)' is 'amount'. */
export function plainHeading(heading: string): string {
  return heading
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/^\*/, '')
    .replace(/(?<!\s)\s*\((?:[a-z]{3}|utc|incl\. vat|in eur)\)$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** By what files with the same headings are known again. */
export function headingsKey(headings: readonly string[]): string {
  return headings.map(plainHeading).join('\n');
}

/** A form that the owner gives with a file: it is for the row that has all of its headings. */
export function formGiven(form: FileForm): FormOf {
  const wanted = Object.values(form.columns).map(plainHeading);
  return (headings) => {
    const known = new Set(headings.map(plainHeading));
    return wanted.every((heading) => known.has(heading)) ? form : undefined;
  };
}

/** Whether its columns are told by their numbers: the file has no headings. */
export function isHeadless({ columns }: FileForm): boolean {
  const values = Object.values(columns);
  return values.length > 0 && values.every((value) => /^[1-9]\d{0,3}$/.test(value));
}

/** Column of each meaning, from 0. */
export function placesIn<Meaning extends string>(
  form: FileForm,
  headings: readonly string[],
): Partial<Record<Meaning, number>> {
  const plain = headings.map(plainHeading);
  const at = (heading: string) => (isHeadless(form) ? Number(heading) - 1 : plain.indexOf(plainHeading(heading)));
  const places = Object.entries(form.columns).map(([meaning, heading]) => [meaning, at(heading)] as const);
  return Object.fromEntries(places.filter(([, place]) => place >= 0)) as Partial<Record<Meaning, number>>;
}

/** Rows of a file: where the headings of a known form stand, and how its columns are read. */
export interface KnownForm {
  form: FileForm;
  headings: readonly string[];
  /** the first row below them */
  from: number;
}

/** Headings stand in one of the first rows, below what a program tells of itself. */
const deepestHeading = 30;

export function knownForm(rows: readonly (readonly string[])[], formOf: FormOf | undefined): KnownForm | undefined {
  if (formOf === undefined) return undefined;
  for (const [at, headings] of rows.slice(0, deepestHeading).entries()) {
    const form = formOf(headings);
    if (form !== undefined) return { form, headings, from: at + 1 };
  }
  return undefined;
}

/**
 * @param form as the owner gives it for this file
 * @throws Refusal 'unknown-format' when the file has no such headings, naming those that it has
 */
export function givenForm(rows: readonly (readonly string[])[], form: FileForm): KnownForm {
  if (isHeadless(form) && knownForm(rows, formGiven(form)) === undefined) return { form, headings: [], from: 0 };
  const found = knownForm(rows, formGiven(form));
  if (found !== undefined) return found;
  const all = new Set(rows.slice(0, deepestHeading).flatMap((row) => row.map(plainHeading)));
  const missing = Object.values(form.columns).filter((heading) => !all.has(plainHeading(heading)));
  const named = missing.length === 0 ? Object.values(form.columns) : missing;
  throw new Refusal('unknown-format', `No row of the file has these headings: ${named.map(quoted).join(', ')}.`, {
    next: `Its first row is: ${(rows[0] ?? []).slice(0, 40).map(quoted).join(', ')}.`,
  });
}

/** As the option is written that confirms a form: --map 'date=Buchungstag' --map 'amount=Betrag'. */
export function mapWords(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([meaning, heading]) => `--map '${meaning}=${heading.replaceAll("'", "'\\''")}'`)
    .join(' ');
}

function quoted(text: string): string {
  return `"${text.slice(0, 60)}"`;
}
