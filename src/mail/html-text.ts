/**
 * HTML mail -> text a person can read. One pass from left to right, so that hostile input costs no more than plain
 * input of that length. No DOM, no CSS, no links followed; quoted blocks get the '> ' of plain mail.
 */

const latin1Names =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const otherNames: Record<string, number> = {
  amp: 38,
  lt: 60,
  gt: 62,
  quot: 34,
  apos: 39,
  euro: 8364,
  ndash: 8211,
  mdash: 8212,
  lsquo: 8216,
  rsquo: 8217,
  sbquo: 8218,
  ldquo: 8220,
  rdquo: 8221,
  bdquo: 8222,
  bull: 8226,
  hellip: 8230,
  trade: 8482,
  lsaquo: 8249,
  rsaquo: 8250,
  zwnj: 8204,
  zwj: 8205,
  ensp: 8194,
  emsp: 8195,
  thinsp: 8201,
};
const names = new Map<string, number>([
  ...latin1Names.split(' ').map((name, index) => [name, 160 + index] as const),
  ...Object.entries(otherNames),
]);

/** Elements whose content is no text for a reader. */
const unread = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg']);
/** Elements that begin and end a line. */
const blocks = new Set(
  'address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
/** Elements with an empty line around them. */
const apart = new Set(['p', 'blockquote', 'h1', 'h2', 'h3', 'pre', 'ul', 'ol']);
const deepestQuote = 8;

/** @param max characters of the answer; reading stops there */
export function htmlToText(html: string, max: number): string {
  const page = new Page(max);
  let at = 0;
  while (at < html.length && !page.full) {
    const open = html.indexOf('<', at);
    const end = open === -1 ? html.length : open;
    if (end > at) page.write(decodeEntities(html.slice(at, end)));
    if (open === -1) break;
    at = readTag(html, open, page);
  }
  return page.text();
}

/** Handles what begins with '<' at `open`; says where reading goes on. */
function readTag(html: string, open: number, page: Page): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open + 4);
  const name = /^<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})/.exec(html.slice(open, open + 24));
  if (name === null) return plainBracket(html, open, page);
  const tag = (name[2] as string).toLowerCase();
  const end = after(html, '>', open);
  if (name[1] === '/') {
    page.close(tag);
    return end;
  }
  page.open(tag);
  return unread.has(tag) ? skipElement(html, tag, { from: end, page }) : end;
}

/** '<!doctype', '<?xml' and the like vanish; a '<' that begins no tag is a character. */
function plainBracket(html: string, open: number, page: Page): number {
  const next = html[open + 1];
  if (next === '!' || next === '?' || next === '/') return after(html, '>', open);
  page.write('<');
  return open + 1;
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at === -1 ? html.length : at + mark.length;
}

/** An element that is never closed swallows the rest; a missing </head> is common, and the text after it counts. */
function skipElement(html: string, tag: string, { from, page }: { from: number; page: Page }): number {
  if (page.unclosed.has(tag)) return from;
  const closing = new RegExp(`</${tag}[\\s>]`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  if (found !== null) return after(html, '>', found.index);
  page.unclosed.add(tag);
  return tag === 'head' || tag === 'title' ? from : html.length;
}

/** Collects lines; knows the quote depth and whether blanks count. Pieces are joined once a line: += would copy. */
class Page {
  /** tags whose end was looked for in vain: not looked for again */
  readonly unclosed = new Set<string>();
  readonly #max: number;
  #lines: string[] = [];
  #line: string[] = [];
  #endsBlank = false;
  #emptyBefore = false;
  #length = 0;
  #quotes = 0;
  #kept = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get full(): boolean {
    return this.#length >= this.#max;
  }

  write(text: string): void {
    if (this.#kept > 0) return this.#writeKept(text);
    const folded = text.replace(/[ \t\r\n\f]+/g, ' ');
    this.#add(this.#line.length === 0 || this.#endsBlank ? folded.trimStart() : folded);
  }

  open(tag: string): void {
    if (tag === 'br') return this.#endLine();
    if (tag === 'td' || tag === 'th') return this.#gap();
    if (!blocks.has(tag)) return;
    this.#block(tag);
    if (tag === 'blockquote') this.#quotes += 1;
    else if (tag === 'pre') this.#kept += 1;
    else if (tag === 'li') this.#add('- ');
  }

  close(tag: string): void {
    if (!blocks.has(tag)) return;
    if (this.#line.length > 0) this.#endLine();
    if (tag === 'blockquote') this.#quotes = Math.max(0, this.#quotes - 1);
    else if (tag === 'pre') this.#kept = Math.max(0, this.#kept - 1);
    this.#block(tag);
  }

  text(): string {
    if (this.#line.length > 0) this.#endLine();
    while (/^[> ]*$/.test(this.#lines.at(-1) ?? '-')) this.#lines.pop();
    return this.#lines.join('\n').slice(0, this.#max).trim();
  }

  #writeKept(text: string): void {
    const [first, ...rest] = text.split(/\r?\n/);
    this.#add(first as string);
    for (const line of rest) {
      this.#endLine();
      this.#add(line);
    }
  }

  #add(text: string): void {
    if (text === '') return;
    this.#line.push(text);
    this.#endsBlank = text.endsWith(' ');
    this.#length += text.length;
  }

  #gap(): void {
    if (this.#line.length > 0 && !this.#endsBlank) this.#add(' ');
  }

  #block(tag: string): void {
    if (this.#line.length > 0) this.#endLine();
    if (apart.has(tag) && !this.#emptyBefore && this.#lines.length > 0) this.#endLine();
  }

  /** Several empty lines become one. */
  #endLine(): void {
    const line = this.#line.join('').trimEnd();
    this.#line = [];
    this.#endsBlank = false;
    if (line === '' && this.#emptyBefore) return;
    const quote = '> '.repeat(Math.min(this.#quotes, deepestQuote));
    this.#emptyBefore = line === '';
    this.#lines.push((quote + line).trimEnd());
    this.#length += quote.length + 1;
  }
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,7}));?/g,
    (whole, decimal, hex, name) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : names.get(name);
      if (code === undefined || code > 0x10ffff || code === 0) return whole;
      return code === 160 ? ' ' : String.fromCodePoint(code);
    },
  );
}
