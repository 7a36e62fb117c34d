/**
 * OFX 1 (SGML: end tags may be missing) and OFX 2 (XML): bank, card and the cash side of investment statements. Reads
 * tags itself, since neither an XML parser nor the packages for OFX read what banks write.
 */
import { Refusal } from './refusal.ts';
import type { BookBalance, BookEntry, BookStatement } from './rows.ts';
import { realDay } from './sums.ts';

export function isOfx(text: string): boolean {
  return /OFXHEADER|<OFX[\s>]/i.test(text.slice(0, 4000));
}

interface Tag {
  name: string;
  /** text after the tag, up to the next one */
  value: string;
  line: number;
}

const accounts: Record<string, string> = { STMTRS: 'bank', CCSTMTRS: 'card', INVSTMTRS: 'investment' };

/** @throws Refusal 'document-type', 'no-statement' */
export function readOfx(text: string): BookStatement[] {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text))
    throw new Refusal('document-type', 'The file has a DOCTYPE or an entity, which no statement needs.', {
      next: 'Export it again.',
    });
  const sections = sectionsOf(tagsOf(text));
  if (sections.length === 0)
    throw new Refusal('no-statement', 'The file holds no statement.', { next: 'Export a period with movements.' });
  return sections.map(readSection);
}

/**
 * Each stretch between two marks as `keep` leaves it. One that is never closed is text: to look for its end again from
 * each beginning would take for ever.
 */
function between(text: string, [opening, closing]: readonly [string, string], keep: (inner: string) => string): string {
  let [kept, at] = ['', 0];
  for (;;) {
    const start = text.indexOf(opening, at);
    const end = start === -1 ? -1 : text.indexOf(closing, start + opening.length);
    if (end === -1) return kept + text.slice(at);
    kept += text.slice(at, start) + keep(text.slice(start + opening.length, end));
    at = end + closing.length;
  }
}

function tagsOf(text: string): Tag[] {
  const plain = between(
    between(text, ['<!--', '-->'], () => ''),
    ['<![CDATA[', ']]>'],
    (inner) => inner,
  );
  const tags: Tag[] = [];
  let line = 1;
  let last = 0;
  for (const match of plain.matchAll(/<(\/?[A-Za-z0-9._]{1,40})\s*(\/?)>([^<]*)/g)) {
    line += newlines(plain, last, match.index);
    last = match.index;
    tags.push({ name: (match[1] as string).toUpperCase(), value: entities((match[3] as string).trim()), line });
  }
  return tags;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function entities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-fA-F]{1,5})|([a-z]{2,5}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name as string] ?? (whole as string);
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : '';
  });
}

function sectionsOf(tags: readonly Tag[]): Tag[][] {
  const sections: Tag[][] = [];
  let open: Tag[] | undefined;
  for (const tag of tags) {
    if (tag.name in accounts) sections.push((open = [tag]));
    else if (tag.name.startsWith('/') && tag.name.slice(1) in accounts) open = undefined;
    else open?.push(tag);
  }
  return sections;
}

/** The first value of a name, inside the part that begins with `within`, if that is given. */
function valueOf(tags: readonly Tag[], name: string, within?: string): string | null {
  const from = within === undefined ? 0 : tags.findIndex((tag) => tag.name === within);
  if (from === -1) return null;
  for (const tag of tags.slice(from)) {
    if (within !== undefined && tag.name === `/${within}`) return null;
    if (tag.name === name && tag.value !== '') return tag.value;
  }
  return null;
}

function readSection(tags: readonly Tag[], index: number): BookStatement {
  const kind = accounts[tags[0]?.name ?? ''] as string;
  const from = kind === 'bank' ? 'BANKACCTFROM' : kind === 'card' ? 'CCACCTFROM' : 'INVACCTFROM';
  const currency = valueOf(tags, 'CURDEF');
  return {
    index,
    kind,
    account: valueOf(tags, 'ACCTID', from),
    bank: valueOf(tags, 'BANKID', from),
    currency,
    opening: null,
    closing: balanceOf(tags, currency),
    entries: transactions(tags).map((each) => readTransaction(each, currency)),
  };
}

function balanceOf(tags: readonly Tag[], currency: string | null): BookBalance | null {
  const cents = amountOf(valueOf(tags, 'BALAMT', 'LEDGERBAL'));
  return cents === null ? null : { amountCents: cents, currency, date: dayOf(valueOf(tags, 'DTASOF', 'LEDGERBAL')) };
}

function transactions(tags: readonly Tag[]): Tag[][] {
  const found: Tag[][] = [];
  let open: Tag[] | undefined;
  for (const tag of tags) {
    if (tag.name === 'STMTTRN') found.push((open = [tag]));
    else if (tag.name === '/STMTTRN' || tag.name === '/BANKTRANLIST') open = undefined;
    else open?.push(tag);
  }
  return found;
}

function readTransaction(tags: readonly Tag[], currency: string | null): BookEntry {
  const amount = valueOf(tags, 'TRNAMT');
  return {
    bookingDate: dayOf(valueOf(tags, 'DTPOSTED')),
    valueDate: dayOf(valueOf(tags, 'DTAVAIL')),
    amountCents: amountOf(amount),
    amount,
    counterparty: valueOf(tags, 'NAME') ?? valueOf(tags, 'PAYEE'),
    remittance: valueOf(tags, 'MEMO'),
    id: valueOf(tags, 'FITID'),
    type: valueOf(tags, 'TRNTYPE'),
    check: valueOf(tags, 'CHECKNUM'),
    counterpartyAccount: valueOf(tags, 'ACCTID', 'BANKACCTTO'),
    currency: valueOf(tags, 'CURSYM', 'CURRENCY') ?? currency,
    corrects: valueOf(tags, 'CORRECTFITID'),
    line: tags[0]?.line ?? 0,
  };
}

/** The last mark of a sum with both is its decimal one; a lone comma is decimal when one or two digits follow. */
function amountOf(text: string | null): number | null {
  if (text === null) return null;
  const decimal =
    /,\d{1,2}$/.test(text) ||
    (text.includes(',') && text.lastIndexOf(',') > text.lastIndexOf('.') && text.includes('.'))
      ? ','
      : '.';
  const plain = text
    .replaceAll(decimal === ',' ? '.' : ',', '')
    .replace(',', '.')
    .replaceAll(/\s/g, '');
  const match = /^([+-]?)(\d{0,15})(?:\.(\d{0,30}))?$/.exec(plain);
  if (match === null || (match[2] === '' && !match[3])) return null;
  const cents = Math.round(Number(`${match[2] || '0'}.${match[3] || '0'}`) * 100);
  return match[1] === '-' && cents !== 0 ? -cents : cents;
}

function dayOf(text: string | null): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})/.exec(text ?? '');
  return match === null ? null : realDay(Number(match[1]), Number(match[2]), Number(match[3]));
}
