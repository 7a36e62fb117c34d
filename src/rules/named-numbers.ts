/**
 * Which invoices a payer's text names: 'saldo fatt. 12, 13 e 15', 'INV-31', 'Rechnung 2026/014'. A number counts as a
 * whole token, separators and leading zeros free, its year in two or four digits or left out. Most small numbers in such
 * texts are something else (of 467 real ones, 13.7 % hold a 12 by chance): a short number needs a word for "invoice"
 * before it, or its year beside it; with a year, up to 12, it needs the word too, for 07/2026 is a month.
 *
 * Pure; knows neither sums nor payers.
 */
import type { LocalDay } from './time.ts';

/** What is asked of an invoice here. */
export interface Numbered {
  number: string;
  issuedOn: LocalDay;
}

export interface Mention<T> {
  /** as the text writes it */
  written: string;
  /** the invoices that it may mean: none, one, or those of several years or clients */
  invoices: T[];
  /** the text says the year, or the whole number is unmistakable */
  exact: boolean;
}

/** Words for "invoice" in the texts of payers, in small letters. */
const invoiceWords = new Set(
  'fatt fattura fatture ft fat ftt fattn fatta inv invoice invoices rechnung rechnungen rg rgnr rech re rnr facture factures fact fac factura facturas factuur factuurnummer invoicenr fv nota parcella parc'.split(
    ' ',
  ),
);
/** Words that may stand between that word and a number, or between numbers of a list. */
const between = new Set(
  'n nr no num numero number nummer del dal di of vom du de und and e et y en u a saldo acconto per'.split(' '),
);
/** Prefixes that are no part of a number: transmission formats, and the words above. */
const prefixes = new Set(['fpr', 'fpa', 'fsm', 'n', 'nr', 'no', ...invoiceWords]);

interface Token {
  text: string;
  digits: boolean;
  /** what stands between this token and the one before */
  gap: string;
  from: number;
  to: number;
}

const months =
  'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember';
const dates = new RegExp(
  `\\b\\d{1,2}[./-]\\d{1,2}[./-](?:\\d{4}|\\d{2})\\b|\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}\\.? (?:${months})(?: \\d{4})?\\b|\\b(?:${months}) \\d{4}\\b`,
  'g',
);

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.matchAll(/[a-z]+|\d+/g)) {
    const to = match.index + match[0].length;
    tokens.push({
      text: match[0],
      digits: /\d/.test(match[0]),
      gap: text.slice(last, match.index),
      from: match.index,
      to,
    });
    last = to;
  }
  return tokens;
}

const bareNumber = (text: string): string => text.replace(/^0+(?=\d)/, '');

interface Core {
  key: string;
  /** of the number itself, or of the day of issue */
  year: number;
  /** digits and nothing else, as a number */
  value: number | null;
  length: number;
}

/** 'FPR 014/26' of 2026 -> 14 and its year; '12/A' -> 12, a. */
function coreOf(invoice: Numbered): Core {
  const year = Number(invoice.issuedOn.slice(0, 4));
  const tokens = tokensOf(plain(invoice.number)).filter((token) => !prefixes.has(token.text));
  const numbers = tokens.filter((token) => token.digits);
  const yearAt = numbers.length > 1 ? tokens.findIndex((token) => token.digits && isYear(token.text, year)) : -1;
  const core = tokens.filter((_, at) => at !== yearAt);
  const digits = core.length === 1 && core[0]?.digits === true ? bareNumber(core[0].text) : null;
  const key = core.map((token) => (token.digits ? bareNumber(token.text) : token.text)).join('|');
  return { key, year, value: digits === null ? null : Number(digits), length: digits?.length ?? key.length };
}

function isYear(text: string, year: number): boolean {
  return text === String(year) || (text.length === 2 && Number(text) === year % 100);
}

export interface NumberIndex<T> {
  byKey: ReadonlyMap<string, readonly { invoice: T; core: Core }[]>;
}

/** @param invoices all that may be named, closed ones too: a text that names a closed one is a question */
export function indexNumbers<T extends Numbered>(invoices: readonly T[]): NumberIndex<T> {
  const byKey = new Map<string, { invoice: T; core: Core }[]>();
  for (const invoice of invoices) {
    const core = coreOf(invoice);
    if (core.key === '') continue;
    const list = byKey.get(core.key);
    if (list === undefined) byKey.set(core.key, [{ invoice, core }]);
    else list.push({ invoice, core });
  }
  return { byKey };
}

/**
 * @param text what the payer wrote, in any case and alphabet
 * @returns one mention for each number that stands for an invoice, in the order of the text; a number after a word for
 *   "invoice" that is nobody's has no invoices
 */
export function namedNumbers<T extends Numbered>(text: string, index: NumberIndex<T>): Mention<T>[] {
  const bare = plain(text).replaceAll(dates, ' # ');
  const tokens = tokensOf(bare);
  const mentions: Mention<T>[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = mentionAt(tokens, at, index, bare);
    if (found !== undefined) mentions.push(found.mention);
    at += found?.tokens ?? 1;
  }
  return mentions;
}

const joins = /^\s*(?:[./\-_]\s*)?$/;

/** The longest run of up to three tokens from here that is somebody's number. */
function mentionAt<T extends Numbered>(tokens: readonly Token[], at: number, index: NumberIndex<T>, text: string) {
  for (let length = 3; length >= 1; length -= 1) {
    const run = tokens.slice(at, at + length);
    if (run.length < length || run.some((token, n) => n > 0 && !joins.test(token.gap))) continue;
    const found = runMention(tokens, at, run, index, text);
    if (found !== undefined) return found;
  }
  return unknownMention<T>(tokens, at);
}

function runMention<T extends Numbered>(
  tokens: readonly Token[],
  at: number,
  run: readonly Token[],
  index: NumberIndex<T>,
  text: string,
) {
  const key = run.map((token) => (token.digits ? bareNumber(token.text) : token.text)).join('|');
  const candidates = index.byKey.get(key) ?? [];
  if (candidates.length === 0 || !run.some((token) => token.digits)) return undefined;
  const word = hasWord(tokens, at);
  const beside = yearBeside(tokens, at, run.length);
  const fitting = candidates.filter(({ core }) => beside === null || isYear(beside.text, core.year));
  const named = fitting.filter(({ core }) => countsAsNamed(core, word, beside !== null));
  if (named.length === 0) return undefined;
  const first = beside?.before === true ? (tokens[at - 1] as Token) : (run[0] as Token);
  const last = beside?.before === false ? (tokens[at + run.length] as Token) : (run.at(-1) as Token);
  const exact = beside !== null || named.every(({ core }) => core.length >= 5);
  const mention: Mention<T> = {
    written: text.slice(first.from, last.to),
    invoices: named.map(({ invoice }) => invoice),
    exact,
  };
  return { mention, tokens: run.length + (beside?.before === false ? 1 : 0) };
}

function countsAsNamed(core: Core, word: boolean, year: boolean): boolean {
  if (word) return true;
  if (core.value === null) return core.length >= 4;
  return core.length >= 5 || (year && core.value > 12);
}

/** A year directly before or after, joined by a separator: '2026/014', '14-26'. */
function yearBeside(tokens: readonly Token[], at: number, length: number): { text: string; before: boolean } | null {
  const after = tokens[at + length];
  if (after?.digits === true && /^\s*[./\-_]\s*$|^\s$/.test(after.gap) && /^(?:20\d\d|\d\d)$/.test(after.text)) {
    if (after.text.length === 4 || /[./\-_]/.test(after.gap)) return { text: after.text, before: false };
  }
  const before = tokens[at - 1];
  const gap = tokens[at]?.gap ?? '';
  return before?.digits === true && /^20\d\d$/.test(before.text) && /^\s*[./\-_]\s*$/.test(gap)
    ? { text: before.text, before: true }
    : null;
}

/** A word for "invoice" before it, perhaps with a list of numbers in between. */
function hasWord(tokens: readonly Token[], at: number): boolean {
  for (let back = at - 1; back >= Math.max(0, at - 12); back -= 1) {
    const token = tokens[back] as Token;
    if (invoiceWords.has(token.text)) return true;
    if (!token.digits && !between.has(token.text) && token.text.length > 1) return false;
    if ((tokens[back + 1] as Token).gap.includes('#')) return false;
  }
  return false;
}

/** 'fatt. 99' when there is no 99: somebody's number, and not ours to pass over. */
function unknownMention<T extends Numbered>(
  tokens: readonly Token[],
  at: number,
): { mention: Mention<T>; tokens: number } | undefined {
  const token = tokens[at] as Token;
  const before = tokens[at - 1];
  const word =
    before !== undefined &&
    (invoiceWords.has(before.text) || (between.has(before.text) && before.text.startsWith('n') && hasWord(tokens, at)));
  const after = tokens[at + 1];
  const beginsYear = /^20\d\d$/.test(token.text) && after?.digits === true && joins.test(after.gap);
  if (!token.digits || !word || beginsYear || token.text.length > 12) return undefined;
  return { mention: { written: token.text, invoices: [], exact: false }, tokens: 1 };
}
