/**
 * QIF: lists of bank, cash and card accounts. The order of day and month is stated nowhere: it is decided over the whole
 * file, and asked for when the file does not tell.
 */
import { Refusal } from './refusal.ts';
import type { BookEntry, BookStatement } from './rows.ts';
import { realDay } from './sums.ts';

export type DateOrder = 'mdy' | 'dmy' | 'ymd';

const lists = new Set(['bank', 'cash', 'ccard', 'oth a', 'oth l']);

export function isQif(text: string): boolean {
  return /^\s*!(?:Type|Account|Option|Clear)/i.test(text);
}

interface Record {
  fields: Map<string, string>;
  splits: number;
  line: number;
}

interface List {
  kind: string;
  account: string | null;
  records: Record[];
}

/**
 * @param order of day and month, when the owner was asked
 * @throws Refusal 'no-statement', 'ambiguous' (the order of the days)
 */
export function readQif(text: string, order?: DateOrder): BookStatement[] {
  const found = listsOf(text).filter((list) => list.records.length > 0);
  if (found.length === 0)
    throw new Refusal('no-statement', 'The file holds no list of a bank account.', {
      next: 'Export the account itself.',
    });
  const dates = found.flatMap((list) => list.records.map((record) => record.fields.get('D') ?? ''));
  const decided = order === undefined ? orderOf(dates) : { order, stated: true };
  return found.map((list, index) => ({
    index,
    kind: list.kind,
    account: list.account,
    currency: null,
    dateOrder: decided.order,
    dateOrderStated: decided.stated,
    opening: null,
    closing: null,
    entries: list.records.map((record) => readRecord(record, decided.order)),
  }));
}

function listsOf(text: string): List[] {
  const found: List[] = [];
  let account: string | null = null;
  let mode: 'account' | 'list' | 'other' = 'other';
  let record: Record = { fields: new Map(), splits: 0, line: 1 };
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = raw.trimEnd();
    const header = /^!(\w+)(?::\s*(.*))?$/.exec(line);
    if (header !== null) {
      const kind = (header[2] ?? '').trim().toLowerCase();
      mode = /^account$/i.test(header[1] as string)
        ? 'account'
        : lists.has(kind) && /^type$/i.test(header[1] as string)
          ? 'list'
          : 'other';
      if (mode === 'list') found.push({ kind, account, records: [] });
      record = { fields: new Map(), splits: 0, line: index + 2 };
    } else if (line.startsWith('^')) {
      if (mode === 'account') account = record.fields.get('N') ?? account;
      if (mode === 'list' && record.fields.size > 0) found.at(-1)?.records.push(record);
      record = { fields: new Map(), splits: 0, line: index + 2 };
    } else if (line !== '') {
      if (line[0] === 'S') record.splits += 1;
      if (!record.fields.has(line[0] as string)) record.fields.set(line[0] as string, line.slice(1).trim());
    }
  }
  if (mode === 'list' && record.fields.has('D')) found.at(-1)?.records.push(record);
  return found;
}

/** The three numbers of a day and how its year was written; text may follow without a blank. */
function partsOf(date: string): { numbers: [number, number, number]; century: boolean; long: boolean } | null {
  const match = /^\s*(\d{1,4})\s*[/.\-']\s*(\d{1,2})\s*([/.\-'])\s*(\d{4}|\d{2,3}|\d)/.exec(date);
  if (match === null) return null;
  const numbers: [number, number, number] = [Number(match[1]), Number(match[2]), Number(match[4])];
  return { numbers, century: match[3] === "'", long: (match[1] as string).length === 4 };
}

/**
 * The order in which every day exists. When several do, the American one, which Quicken writes; else the one in which the
 * file covers the shorter time. `stated` is false when another order was possible: then the owner is asked.
 */
function orderOf(dates: readonly string[]): { order: DateOrder; stated: boolean } {
  const short = dates.filter((date) => partsOf(date)?.long === false);
  const possible = (['mdy', 'dmy', 'ymd'] as const).filter((order) =>
    short.every((date) => dayOf(date, order) !== null),
  );
  const [best] = possible.includes('mdy')
    ? ['mdy' as const]
    : possible.toSorted((a, b) => span(short, a) - span(short, b));
  if (best === undefined) throw ambiguous('Days and months change places within the file.');
  return { order: best, stated: short.length === 0 || possible.filter((order) => order !== 'ymd').length < 2 };
}

function span(dates: readonly string[], order: DateOrder): number {
  const days = dates.map((date) => Date.parse(dayOf(date, order) ?? ''));
  return Math.max(...days) - Math.min(...days);
}

function ambiguous(message: string): Refusal {
  return new Refusal('ambiguous', message, { next: 'Say which it is: --dates dmy, mdy or ymd.' });
}

function readRecord(record: Record, order: DateOrder): BookEntry {
  const { fields } = record;
  const payee = fields.get('P') ?? null;
  return {
    bookingDate: dayOf(fields.get('D') ?? '', order),
    amountCents: amountOf(fields.get('T') ?? fields.get('U') ?? ''),
    currency: null,
    counterparty: payee || null,
    remittance: fields.get('M') || null,
    number: fields.get('N') || null,
    cleared: fields.get('C') || null,
    opening: /^opening balance$/i.test(payee ?? ''),
    splits: record.splits === 0 ? null : record.splits,
    line: record.line,
  };
}

/** Years of two digits: after an apostrophe of this century (Quicken's way), else from 70 of the last one. */
function dayOf(text: string, order: DateOrder): string | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const [a, b, c] = parts.numbers;
  const [year, month, day] = parts.long || order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  const full = year > 999 ? year : parts.century || year < 70 ? 2000 + (year % 100) : 1900 + (year % 100);
  return realDay(full, month, day);
}

function amountOf(text: string): number | null {
  const decimal = /,\d{1,2}$/.test(text) ? ',' : '.';
  const plain = text.replaceAll(decimal === ',' ? /[.'\s]/g : /[,'\s]/g, '').replace(',', '.');
  return /^[+-]?(?:\d{1,15}\.?\d{0,6}|\.\d{1,6})$/.test(plain) ? Math.round(Number(plain) * 100) : null;
}
