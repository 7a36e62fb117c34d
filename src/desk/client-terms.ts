/**
 * What was agreed with a client, changed by hand: contract, scope, rate and the rest. Read in the same way as the
 * columns of a file. Each change stands in the journal with what it was before.
 */
import { AppError } from '../errors.ts';
import type { TermField } from '../rules/by-owner.ts';
import type { Client, Terms } from '../rules/client.ts';
import { touchClient } from '../store/cases.ts';
import { editClient, findClient, noteByHand } from '../store/clients.ts';
import { note } from '../store/journal.ts';
import { type ClientValues, clientColumns } from './client-columns.ts';
import { byHandOf } from './clients.ts';
import { writeList } from './csv.ts';
import { act, type DeskParts } from './parts.ts';

/** What may be set, each by the column of that name. Currency comes before the rate, whose decimals it decides. */
export const termNames = [
  'contractSignedOn',
  'scope',
  'revisionsIncluded',
  'paymentDays',
  'currency',
  'rate',
  'rateUnit',
  'noticeDays',
  'pauseClause',
  'exitClause',
  'workPrepaidUntil',
  'startedOn',
  'niche',
  'ladder',
] as const;
export type TermName = (typeof termNames)[number];

/** Texts as typed; '' or 'none' takes a value away. The scope is a list of lines. */
export type TermTexts = Partial<Record<Exclude<TermName, 'scope'>, string>> & { scope?: readonly string[] };

/** What was agreed as it would be typed, by name; '' where nothing is known. The scope has a line for each thing. */
export function termTexts(client: Client): Readonly<Record<TermName, string>> {
  const texts = termNames.map((name) => {
    const text = clientColumns.find((column) => column.name === name)?.write(client) ?? '';
    return [name, name === 'scope' ? client.terms.scope.join('\n') : text] as const;
  });
  return Object.fromEntries(texts) as Record<TermName, string>;
}

/**
 * @returns the names of what changed; nothing is written when nothing did
 * @throws AppError 'usage' naming the term that cannot be read
 */
export function changeTerms(desk: DeskParts, who: string, texts: TermTexts): { client: Client; changed: string[] } {
  return act(desk, (w) => {
    const before = findClient(w, who);
    const values = readTerms(before, texts);
    const after = { ...before.terms, ...values.terms };
    const paymentTerms = values.paymentTerms === undefined ? before.paymentTerms : values.paymentTerms;
    const changed: TermField[] = [
      ...(Object.keys(after) as (keyof Terms)[]).filter((key) => !same(after[key], before.terms[key])),
      ...(same(paymentTerms, before.paymentTerms) ? [] : (['paymentTerms'] as const)),
    ];
    if (changed.length === 0) return { client: before, changed };
    const client = editClient(w, before.id, { terms: after, paymentTerms });
    noteByHand(w, client.id, byHandOf({ terms: values.terms, paymentTerms: values.paymentTerms }));
    touchClient(w, client.id);
    note(w, {
      kind: 'terms-changed',
      subject: `client/${client.id}`,
      clientId: client.id,
      why: { code: 'you-changed-terms', fields: changed },
      data: { before: picked(before, changed), after: picked(client, changed) },
    });
    return { client, changed };
  });
}

function readTerms(client: Client, texts: TermTexts): ClientValues {
  // the rate is read with the currency that is agreed, unless another one is given
  const values: ClientValues = { terms: { currency: client.terms.currency } };
  for (const name of termNames) {
    const text = name === 'scope' ? scopeText(texts.scope) : texts[name];
    if (text !== undefined) readTerm(name, text, values);
  }
  return values;
}

/** One term with nothing in it clears the scope. */
function scopeText(lines: readonly string[] | undefined): string | undefined {
  if (lines === undefined) return undefined;
  return writeList(
    lines.map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '' && line !== 'none'),
  );
}

function readTerm(name: TermName, text: string, into: ClientValues): void {
  const column = clientColumns.find((one) => one.name === name);
  const cell = cellOf(name, text.trim());
  try {
    column?.read(cell, into);
  } catch (fault) {
    if (fault instanceof AppError) throw fault;
    if (!(fault instanceof RangeError)) throw fault;
    throw new AppError('usage', `${name}: ${fault.message}`, { next: 'See: paletti clients terms --help' });
  }
}

/** 'none' takes a value away; that there is no contract is something told, so there 'unknown' does. */
function cellOf(name: TermName, text: string): string {
  return text.toLowerCase() === (name === 'contractSignedOn' ? 'unknown' : 'none') ? '' : text;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function picked(client: Client, names: readonly string[]): Record<string, unknown> {
  const all: Record<string, unknown> = { ...client.terms, paymentTerms: client.paymentTerms };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
