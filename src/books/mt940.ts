/**
 * SWIFT MT940 and MT942 as banks write them: with or without envelope, fields wrapped at 65 letters, spaces for missing
 * days, three dialects of the text field :86: (German ?20-?63, slash words of Dutch banks, free).
 */
import { Refusal } from './refusal.ts';
import type { BookBalance, BookEntry, BookStatement } from './rows.ts';
import { realDay } from './sums.ts';
import { readDetails } from './mt940-details.ts';

export function isMt940(text: string): boolean {
  return /^:(?:20|25[A-Z]?|28C?|60[FM]|61|62[FM]):/m.test(text.slice(0, 4000));
}

interface Field {
  tag: string;
  text: string;
  line: number;
}

/** @throws Refusal 'no-statement', 'bad-sum' with the line */
export function readMt940(text: string): BookStatement[] {
  const messages = split(fieldsOf(text)).filter((fields) => fields.some((each) => /^(?:25|60|61|62)/.test(each.tag)));
  if (messages.length === 0)
    throw new Refusal('no-statement', 'The file holds no statement (no account, balance or entry).', {
      next: 'Export the period again.',
    });
  return messages.map(readMessage);
}

function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n');
  for (const [index, line] of lines.entries()) {
    const start = /^(?:\{4:)?:(\d{2}[A-Z]?|NS):(.*)$/.exec(line);
    if (start !== null) fields.push({ tag: start[1] as string, text: start[2] as string, line: index + 1 });
    else if (/^-\}?(?:\{5:.*)?\s*$/.test(line)) fields.push({ tag: '-', text: '', line: index + 1 });
    else if (isEnvelope(line)) continue;
    else if (fields.length > 0) (fields.at(-1) as Field).text += `\n${line}`;
  }
  return fields;
}

function isEnvelope(line: string): boolean {
  return /^(?:\{[1-5]:.*|\u0001.*|\u0003)$/.test(line);
}

/** A message begins with its reference (:20:) or after the line that ends the one before. */
function split(fields: readonly Field[]): Field[][] {
  const messages: Field[][] = [[]];
  for (const field of fields) {
    if (field.tag === '20' || field.tag === '-') messages.push([]);
    if (field.tag !== '-') messages.at(-1)?.push(field);
  }
  return messages;
}

function readMessage(fields: readonly Field[], index: number): BookStatement {
  const text = (tags: RegExp) =>
    fields
      .find((each) => tags.test(each.tag))
      ?.text.replaceAll('\n', '')
      .trim() ?? null;
  const opening = balanceOf(fields.find((each) => /^60[FM]?$/.test(each.tag)));
  const closing = balanceOf(fields.findLast((each) => /^62[FM]?$/.test(each.tag)));
  const currency = opening?.currency ?? closing?.currency ?? null;
  const { entries, texts } = entriesOf(fields, currency);
  return {
    index,
    kind: fields.some((each) => /^(?:13D?|34F|90[CD])$/.test(each.tag)) && opening === null ? 'mt942' : 'mt940',
    reference: text(/^20$/),
    account: text(/^25/),
    currency,
    sequence: fields.find((each) => each.tag.startsWith('28'))?.text.trim() ?? null,
    opening,
    closing,
    entries,
    texts,
    sumsAgree: sumsAgree(opening, closing, entries),
  };
}

function sumsAgree(
  opening: BookBalance | null,
  closing: BookBalance | null,
  entries: readonly BookEntry[],
): boolean | null {
  if (opening === null || closing === null) return null;
  return entries.reduce((sum, each) => sum + (each.amountCents ?? 0), opening.amountCents) === closing.amountCents;
}

function balanceOf(field: Field | undefined): BookBalance | null {
  const match = /^([CD])(\d{6})([A-Z]{3})\s*([\d.,]+)/.exec(field?.text.replaceAll('\n', '') ?? '');
  if (field === undefined || match === null) return null;
  const cents = amountOf(match[4] as string, field);
  return {
    amountCents: match[1] === 'D' ? -cents : cents,
    currency: match[3] as string,
    date: shortDay(match[2] as string),
    intermediate: field.tag.endsWith('M'),
  };
}

/** 'YYMMDD'; years from 80 are of the last century. @returns null for what is no day */
function shortDay(text: string): string | null {
  const year = Number(text.slice(0, 2));
  return bankDay(year >= 80 ? 1900 + year : 2000 + year, Number(text.slice(2, 4)), Number(text.slice(4, 6)));
}

/** Banks that count every month as 30 days write 30 February: the last day of that month is meant. */
function bankDay(year: number, month: number, day: number): string | null {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > 31 ? null : realDay(year, month, Math.min(day, last));
}

function amountOf(text: string, field: Field): number {
  const match = /^0{0,20}(\d{1,15})(?:[.,](\d{0,6}))?$/.exec(text);
  if (match === null)
    throw new Refusal('bad-sum', `"${text}" is not a sum.`, {
      place: `line ${field.line}, :${field.tag}:`,
      next: 'Export the file again.',
    });
  return Number(match[1]) * 100 + Math.round(Number(`0.${match[2] || '0'}`) * 100);
}

function entriesOf(fields: readonly Field[], currency: string | null): { entries: BookEntry[]; texts: string[] } {
  const entries: BookEntry[] = [];
  const texts: string[] = [];
  for (const [at, field] of fields.entries()) {
    if (field.tag === '61') entries.push({ ...readLine(field, currency), ...readDetails(null) });
    const last = entries.at(-1);
    if (field.tag === 'NS' && last !== undefined) last.ns ??= field.text;
    if (field.tag !== '86') continue;
    if (fields[at - 1]?.tag === '61' && last !== undefined) Object.assign(last, readDetails(field.text));
    else texts.push(field.text.trim());
  }
  return { entries, texts };
}

/** :61: value day, entry day, mark (C, D, RC, RD), third letter of the currency, sum, type, references. */
const statementLine =
  /^(\d{6})(\d{4}|\s{4})?\s*(R?[CD])([A-Z])?\s*(\d[\d., ]*)([A-Z][A-Z0-9]{2,3})?([^\n]*)((?:\n[\s\S]*)?)$/;

function readLine(field: Field, currency: string | null): BookEntry {
  const match = statementLine.exec(field.text);
  if (match === null)
    throw new Refusal('broken', 'An entry (:61:) cannot be read.', {
      place: `line ${field.line}`,
      next: 'Export the file again.',
    });
  const [, value, booked, mark, , sum, type, references = '', rest = ''] = match;
  const cents = amountOf((sum as string).replaceAll(' ', ''), field);
  const [customer, bank] = cut(references);
  return {
    bookingDate: bookingDay(value as string, booked),
    valueDate: shortDay(value as string),
    amountCents: mark === 'D' || mark === 'RC' ? -cents : cents,
    currency,
    reversal: mark === 'RC' || mark === 'RD',
    type: type ?? null,
    customerReference: customer,
    bankReference: bank,
    extra: rest.trim() === '' ? null : rest.trim(),
    status: 'BOOK',
    counterparty: null,
    remittance: null,
    line: field.line,
  };
}

function cut(references: string): [string | null, string | null] {
  const at = references.indexOf('//');
  const customer = (at === -1 ? references : references.slice(0, at)).trim();
  const bank = at === -1 ? '' : references.slice(at + 2).trim();
  return [customer || null, bank || null];
}

/** The entry day has no year: it is the one nearest to the value day, over a new year too. */
function bookingDay(value: string, booked: string | undefined): string | null {
  const day = shortDay(value);
  if (booked === undefined || booked.trim() === '' || day === null) return day;
  const month = Number(booked.slice(0, 2));
  const year = Number(day.slice(0, 4));
  const valueMonth = Number(day.slice(5, 7));
  const turned = month - valueMonth > 6 ? year - 1 : valueMonth - month > 6 ? year + 1 : year;
  return bankDay(turned, month, Number(booked.slice(2, 4)));
}
