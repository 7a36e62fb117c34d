/**
 * The columns of a file of clients: how each is written and read. One row is one client; export and import with these
 * columns lose nothing.
 */
import { isOneLine } from '../rules/unsafe-characters.ts';
import type { Count } from '../words/en/faults/sentences.ts';
import { cleanText } from '../letters/clean.ts';
import {
  type Client,
  type Contact,
  isWritableAddress,
  ladderNames,
  referenceKey,
  type ReferenceKind,
  type References,
  type Terms,
} from '../rules/client.ts';
import { formatBlock, parseWeek, type WeeklyHours } from '../rules/contact-hours.ts';
import { parsePaymentTerms, writePaymentTerms } from '../rules/payment-terms.ts';
import { type LocalDay, localDay, type Weekday, weekdays } from '../rules/time.ts';
import { readList, writeList } from './csv.ts';
import { parseCurrency, parseMoney, parseWhole, parseWord, fileMoney } from './values.ts';

/** What a row says of a client; a member is absent when the file has no such column. */
export type ClientValues = Partial<Omit<Client, 'id' | 'createdAt' | 'terms' | 'byHand' | 'references'>> & {
  terms?: Partial<Terms>;
  references?: Partial<References>;
};

export interface ClientColumn {
  name: string;
  write(client: Client): string;
  /** @throws AppError or RangeError with the reason */
  read(cell: string, into: ClientValues): void;
}

type PlainKey = 'contactName' | 'project';

export const clientColumns: readonly ClientColumn[] = [
  { name: 'name', write: (client) => client.name, read: (cell, into) => void (into.name = oneLine(required(cell))) },
  optionalText('contactName'),
  word('kind', ['business', 'consumer']),
  word('language', ['it', 'en']),
  word('tone', ['formal', 'informal']),
  {
    name: 'addresses',
    write: (client) => writeList(client.addresses),
    read: (cell, into) => void (into.addresses = readAddresses(cell)),
  },
  {
    name: 'domains',
    write: (client) => writeList(client.domains),
    read: (cell, into) => void (into.domains = readDomains(cell)),
  },
  {
    name: 'hours',
    write: (client) => (client.hours === null ? '' : writeWeek(client.hours)),
    read: (cell, into) => void (into.hours = cell.trim() === '' ? null : readWeek(cell)),
  },
  {
    name: 'timeZone',
    write: (client) => client.timeZone ?? '',
    read: (cell, into) => void (into.timeZone = cell.trim() === '' ? null : readZone(cell.trim())),
  },
  word('workState', ['active', 'paused', 'ended']),
  {
    name: 'paymentDays',
    write: (client) => (client.paymentTerms === null ? '' : writePaymentTerms(client.paymentTerms)),
    read: (cell, into) => void (into.paymentTerms = cell.trim() === '' ? null : parsePaymentTerms(cell)),
  },
  {
    name: 'contacts',
    write: ({ contacts }) => writeList(contacts.filter(isNotable).map(writeContact)),
    read: (cell, into) => void (into.contacts = readList(cell).map(readContact)),
  },
  {
    name: 'phone',
    write: (client) => client.phone ?? '',
    read: (cell, into) => void (into.phone = cell.trim() === '' ? null : readPhone(cell)),
  },
  reference('vatNumber', 'vat'),
  reference('code', 'code'),
  reference('crmId', 'crm'),
  reference('taxCode', 'tax'),
  reference('pec', 'pec'),
  optionalText('project'),
  { name: 'notes', write: (client) => client.notes, read: (cell, into) => void (into.notes = manyLines(cell)) },
  {
    name: 'contractSignedOn',
    write: ({ terms }) => terms.contractSignedOn ?? (terms.contractNone ? 'none' : ''),
    read: (cell, into) => void (into.terms = { ...into.terms, ...contractIn(cell) }),
  },
  term(
    'scope',
    (terms) => writeList(terms.scope),
    (cell) => readList(cell).map(oneLine),
  ),
  term(
    'revisionsIncluded',
    (terms) => numberText(terms.revisionsIncluded),
    (cell) => readNumber(cell, 'number of revisions', 1000),
  ),
  term(
    'currency',
    (terms) => terms.currency ?? '',
    (cell) => (cell.trim() === '' ? null : parseCurrency(cell)),
  ),
  {
    // after currency, whose decimals it needs
    name: 'rate',
    write: ({ terms }) => (terms.rateCents === null ? '' : fileMoney(terms.rateCents, terms.currency ?? 'EUR')),
    read: (cell, into) => {
      const cents = cell.trim() === '' ? null : parseMoney(cell, into.terms?.currency ?? 'EUR');
      into.terms = { ...into.terms, rateCents: cents };
    },
  },
  term(
    'rateUnit',
    (terms) => terms.rateUnit ?? '',
    (cell) => (cell.trim() === '' ? null : parseWord(cell, 'unit of a rate', ['hour', 'day', 'project'] as const)),
  ),
  term(
    'noticeDays',
    (terms) => numberText(terms.noticeDays),
    (cell) => readNumber(cell, 'number of days', 365),
  ),
  clauseTerm('pauseClause'),
  clauseTerm('exitClause'),
  dayTerm('workPrepaidUntil'),
  dayTerm('startedOn'),
  term(
    'niche',
    (terms) => terms.niche ?? '',
    (cell) => (cell === '' ? null : oneLine(cell)),
  ),
  term(
    'ladder',
    (terms) => terms.ladder ?? '',
    (cell) => (cell.trim() === '' ? null : parseWord(cell, 'ladder', ladderNames)),
  ),
];

function reference(name: string, kind: ReferenceKind): ClientColumn {
  return {
    name,
    write: ({ references }) => writeList(references[kind] ?? []),
    read: (cell, into) => {
      const found = readList(cell).map((text) => readReference(kind, text));
      into.references = { ...into.references, [kind]: found.toSorted() };
    },
  };
}

function readReference(kind: ReferenceKind, text: string): string {
  const key = referenceKey(kind, oneLine(text));
  if (key === '') throw new RangeError(`"${text}" has no letter and no digit`);
  return key;
}

/** Digits, with what people write between them; letters only for an extension. */
function readPhone(cell: string): string {
  const text = oneLine(cell.trim());
  if (/^\+?[\d\s()./-]{4,30}(?:\s?(?:ext|int|x)\.?\s?\d{1,6})?$/i.test(text)) return text;
  throw new RangeError(`"${text}" is not a phone number`);
}

/** What a file has to say of a contact beside its address. */
export function isNotable({ role, person }: Contact): boolean {
  return role !== 'general' || person !== null;
}

/** 'conti@bianchi.example | billing | Rag. Verdi'; a name that is not known is '-'. */
function writeContact({ address, role, person }: Contact): string {
  return [address, role, person ?? '-'].join(' | ');
}

/** @throws RangeError or AppError for what is none */
export function readContact(item: string): Contact {
  const [address = '', role = 'general', ...name] = item.split('|').map((part) => part.trim());
  const person = oneLine(name.join(' | '));
  const [plain] = readAddresses(address);
  if (plain === undefined)
    throw new RangeError(`"${item}" names no address; write it as: conti@firm.example | billing | -`);
  return {
    address: plain,
    role: parseWord(role, 'role of a contact', ['general', 'billing'] as const),
    person: person === '' || person === '-' ? null : person,
  };
}

function optionalText(name: PlainKey): ClientColumn {
  return {
    name,
    write: (client) => client[name] ?? '',
    read: (cell, into) => void (into[name] = cell === '' ? null : oneLine(cell)),
  };
}

/** An empty cell leaves the client as he is, or the default. */
function word<Key extends 'kind' | 'language' | 'tone' | 'workState'>(
  name: Key,
  words: readonly Client[Key][],
): ClientColumn {
  return {
    name,
    write: (client) => client[name],
    read: (cell, into) => {
      if (cell.trim() !== '') into[name] = parseWord(cell, name, words) as never;
    },
  };
}

function term<Key extends keyof Terms>(
  name: Key,
  write: (terms: Terms) => string,
  read: (cell: string) => Terms[Key],
): ClientColumn {
  return {
    name,
    write: (client) => write(client.terms),
    read: (cell, into) => void (into.terms = { ...into.terms, [name]: read(cell) }),
  };
}

/** As a letter names it after 'come prevede' or 'as set out in'. */
function clauseTerm(name: 'pauseClause' | 'exitClause'): ClientColumn {
  return term(
    name,
    (terms) => terms[name] ?? '',
    (cell) => (cell.trim() === '' ? null : oneLine(cell.trim())),
  );
}

/** Signed on a day, said to be none, or not told. */
function contractIn(cell: string): Pick<Terms, 'contractSignedOn' | 'contractNone'> {
  const text = cell.trim().toLowerCase();
  const isNone = text === 'none' || text === 'no';
  return { contractSignedOn: text === '' || isNone ? null : readDay(cell), contractNone: isNone };
}

function dayTerm(name: 'workPrepaidUntil' | 'startedOn'): ClientColumn {
  return term(
    name,
    (terms) => terms[name] ?? '',
    (cell) => (cell.trim() === '' ? null : readDay(cell)),
  );
}

function required(cell: string): string {
  if (cell.trim() === '') throw new RangeError('is empty');
  return cell;
}

export function oneLine(text: string): string {
  if (!isOneLine(text)) throw new RangeError('has a line break or a control character');
  if (text.trim() !== '' && cleanText(text).trim() === '') throw new RangeError('has no sign that can be read');
  if (text.length > 200) throw new RangeError('is longer than 200 characters');
  return text;
}

/** Line breaks and tabs are text; what a terminal would act upon is not. */
function manyLines(text: string): string {
  if (!isOneLine(text.replace(/[\t\r\n]/g, ''))) throw new RangeError('has a control character');
  return text;
}

/** @throws RangeError for one that is never written to */
export function readAddresses(cell: string): string[] {
  const addresses = readList(cell).map((item) => item.toLowerCase());
  const wrong = addresses.find((item) => !isWritableAddress(item));
  if (wrong !== undefined) throw new RangeError(`"${wrong}" is not a plain mail address`);
  return [...new Set(addresses)];
}

/** @throws RangeError for what is no domain */
export function readDomains(cell: string): string[] {
  const domains = readList(cell).map((item) => item.toLowerCase().replace(/^@/, ''));
  const wrong = domains.find((item) => !isWritableAddress(`x@${item}`));
  if (wrong !== undefined) throw new RangeError(`"${wrong}" is not a domain`);
  return [...new Set(domains)].toSorted();
}

export function readDay(cell: string): LocalDay {
  try {
    return localDay(cell.trim());
  } catch {
    throw new RangeError(`"${cell.trim()}" is not a day; write it as YYYY-MM-DD`);
  }
}

/** @throws RangeError for what Intl does not know */
export function readZone(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    throw new RangeError(`"${name}" is not a time zone; write it as in Europe/Rome`);
  }
  return name;
}

function numberText(value: number | null): string {
  return value === null ? '' : String(value);
}

function readNumber(cell: string, what: Count, max: number): number | null {
  return cell.trim() === '' ? null : parseWhole(cell, what, { min: 0, max });
}

/** 'mon 09:00-13:00 14:00-18:00; tue 09:00-13:00'; a week without any block is 'never'. */
export function writeWeek(week: WeeklyHours): string {
  const days = weekdays.filter((day) => week[day].length > 0);
  return days.length === 0 ? 'never' : days.map((day) => `${day} ${week[day].map(formatBlock).join(' ')}`).join('; ');
}

/** @throws RangeError naming the weekday */
export function readWeek(text: string): WeeklyHours {
  if (text.trim().toLowerCase() === 'never') return parseWeek({});
  const week: Partial<Record<Weekday, string[]>> = {};
  for (const part of text
    .split(';')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')) {
    const [day = '', ...blocks] = part.split(/\s+/);
    const name = day.toLowerCase() as Weekday;
    if (week[name] !== undefined) throw new RangeError(`has "${name}" twice`);
    week[name] = blocks;
  }
  return parseWeek(week);
}
