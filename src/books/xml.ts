/**
 * Bytes of XML -> a tree of elements by their local names. A streaming parser reads it, so that a file that was cut off
 * is refused; a DOCTYPE is refused (nothing an invoice or a bank needs, and the way of every entity attack); depth and
 * number of elements have limits. Attachments inside invoices are passed over and never built.
 */
import { SaxesParser } from 'saxes';
import { decodeText } from './decode.ts';
import { Refusal } from './refusal.ts';

export interface XmlElement {
  /** without its prefix */
  name: string;
  /** own text, trimmed */
  text: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** of the file, from 1 */
  line: number;
}

const deepest = 64;
const mostElements = 2_000_000;
/** Whole documents in base64: they are not read, and must not be kept. */
const passedOver = new Set(['Attachment', 'EmbeddedDocumentBinaryObject', 'AttachmentBinaryObject', 'Allegati']);

/** @throws Refusal 'broken' with the line, 'document-type', 'too-deep', 'too-large' */
export function readXml(bytes: Uint8Array): XmlElement {
  return readXmlText(decodeText(bytes, declaredIn(bytes)).text);
}

/** @param text of a whole document */
export function readXmlText(text: string): XmlElement {
  const builder = new TreeBuilder();
  const parser = builder.parser;
  parser.write(text.replace(/^\s+/, '')).close();
  return builder.root();
}

/** The encoding in `<?xml … encoding="…"?>`, which is ASCII in every encoding that is read here. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1];
}

class TreeBuilder {
  readonly parser = new SaxesParser({ xmlns: false, position: true });
  private readonly open: XmlElement[] = [];
  private first: XmlElement | undefined;
  private skipped = 0;
  private count = 0;

  constructor() {
    const { parser } = this;
    parser.on('error', (error) => this.refuse('broken', `The XML is broken: ${error.message}`));
    parser.on('doctype', () =>
      this.refuse('document-type', 'The XML has a DOCTYPE, which no invoice or statement needs.'),
    );
    parser.on('opentag', (tag) => this.begin(tag.name, tag.attributes));
    parser.on('text', (text) => this.add(text));
    parser.on('cdata', (text) => this.add(text));
    parser.on('closetag', () => this.end());
  }

  root(): XmlElement {
    if (this.first === undefined) throw new Refusal('broken', 'The XML has no element.');
    return this.first;
  }

  private begin(tag: string, attributes: Record<string, string>): void {
    const name = localName(tag);
    if (this.skipped > 0 || passedOver.has(name)) this.skipped += 1;
    if (this.skipped > 0) return;
    this.count += 1;
    if (this.open.length >= deepest || this.count > mostElements)
      this.refuse('too-deep', 'The XML nests too deep or too wide.');
    const element: XmlElement = {
      name,
      text: '',
      attributes: new Map(Object.entries(attributes).map(([key, value]) => [localName(key), value])),
      children: [],
      line: this.parser.line,
    };
    this.open.at(-1)?.children.push(element);
    this.first ??= element;
    this.open.push(element);
  }

  private add(text: string): void {
    const element = this.open.at(-1);
    if (this.skipped === 0 && element !== undefined) element.text += text;
  }

  private end(): void {
    if (this.skipped > 0) this.skipped -= 1;
    else {
      const element = this.open.pop();
      if (element !== undefined) element.text = element.text.trim();
    }
  }

  private refuse(code: 'broken' | 'document-type' | 'too-deep', message: string): never {
    throw new Refusal(code, message, { place: `line ${this.parser.line}`, next: 'Export or download the file again.' });
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The first element along a path of local names below this one. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at;
}

/** All elements at the end of a path of local names. */
export function findAll(element: XmlElement | undefined, ...path: readonly string[]): XmlElement[] {
  let at = element === undefined ? [] : [element];
  for (const name of path) at = at.flatMap((one) => one.children.filter((child) => child.name === name));
  return at;
}

/** The text along a path; null when the element is missing or empty. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | null {
  const text = find(element, ...path)?.text;
  return text === undefined || text === '' ? null : text;
}

/** Every element of one of these names, anywhere below (and the element itself). */
export function everyElement(element: XmlElement, names: ReadonlySet<string>): XmlElement[] {
  const own = names.has(element.name) ? [element] : [];
  return [...own, ...element.children.flatMap((child) => everyElement(child, names))];
}
