/**
 * The dossier as a PDF, text first: the same sections as the page, with numbered pages and an outline. The only importer
 * of pdfkit. Its built-in letters are those of Western Europe; for others it takes a font of this machine, if there is one.
 */
import { withoutUnsafe } from '../rules/unsafe-characters.ts';
import PDFDocument from 'pdfkit';
import type { Words } from '../words/words.ts';
import type { Dossier } from './dossier.ts';
import { type Block, dossierIntro, dossierSections, dossierTitle, type Fact, type Files } from './dossier-text.ts';

export interface PdfOptions {
  /** a TrueType font with more letters than those built in; null: there is none, and they become '?' */
  font: Uint8Array | null;
  words: Words;
}

const margin = 54;
const ink = '#1f2933';
const faint = '#52606d';
const fallback = 'more-letters';

export async function dossierPdf(dossier: Dossier, files: Files, { font, words }: PdfOptions): Promise<Uint8Array> {
  const title = dossierTitle(dossier, words);
  const date = new Date(dossier.now);
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: margin, bottom: margin, left: margin, right: margin },
    bufferPages: true,
    info: { Title: title, Author: dossier.studio, Creator: 'Paletti', CreationDate: date, ModDate: date },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  const pen = new Pen(document, font);
  pen.write(title, { size: 18, bold: true, after: 4 });
  pen.write(dossierIntro(dossier, words), { colour: faint, after: 8 });
  for (const section of dossierSections(dossier, files, words)) {
    pen.heading(section.title);
    for (const block of section.blocks) draw(pen, block);
  }
  if (pen.hasLost) pen.write(words.terminal.dossier.lostLetters, { colour: faint });
  pen.numberPages(title);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function draw(pen: Pen, block: Block): void {
  switch (block.kind) {
    case 'text':
      return pen.write(block.text, { after: 6 });
    case 'facts':
      return pen.facts(block.facts);
    case 'table':
      pen.write(block.titles.join('  |  '), { bold: true, size: 8.5, keep: 2 });
      for (const row of block.rows) pen.write(row.map((cell) => cell || '–').join('  |  '), { size: 8.5, indent: 10 });
      return pen.gap(6);
    case 'entry':
      pen.write(block.file === null ? block.title : `${block.title}  [${block.file}]`, { bold: true, keep: 4 });
      pen.facts(block.facts);
      for (const line of block.text === '' ? [] : block.text.split(/\r\n|\r|\n/)) pen.write(line, { indent: 14 });
      for (const quote of block.quotes) pen.write(quote, { indent: 14, colour: faint });
      return pen.gap(8);
  }
}

interface Manner {
  size?: number;
  bold?: boolean;
  colour?: string;
  indent?: number;
  /** free space below, in points */
  after?: number;
  /** so many lines must fit below on the same page */
  keep?: number;
}

class Pen {
  hasLost = false;
  readonly #document: PDFKit.PDFDocument;
  readonly #hasFont: boolean;

  constructor(document: PDFKit.PDFDocument, font: Uint8Array | null) {
    this.#document = document;
    this.#hasFont = font !== null && isUsable(document, font);
  }

  heading(text: string): void {
    this.gap(6);
    this.#room(6);
    this.#document.outline.addItem(text);
    this.write(text, { size: 14, bold: true, after: 4 });
  }

  facts(facts: readonly Fact[]): void {
    for (const [name, value] of facts) this.write(`${name}: ${value}`, { size: 8.5, colour: faint });
  }

  write(text: string, { size = 9.5, bold = false, colour = ink, indent = 0, after = 0, keep = 1 }: Manner = {}): void {
    const { page } = this.#document;
    const { said, font } = this.#legible(broken(text), bold);
    this.#document.font(font).fontSize(size).fillColor(colour);
    this.#room(keep);
    this.#document.text(said === '' ? ' ' : said, margin + indent, this.#document.y, {
      width: page.width - 2 * margin - indent,
    });
    this.gap(after);
  }

  gap(points: number): void {
    this.#document.y += points;
  }

  numberPages(title: string): void {
    const { start, count } = this.#document.bufferedPageRange();
    const { said, font } = this.#legible(title.slice(0, 90), false);
    for (let index = 0; index < count; index += 1) {
      this.#document.switchToPage(start + index);
      // below the margin pdfkit would begin a new page
      this.#document.page.margins.bottom = 0;
      this.#document.font(font).fontSize(8).fillColor(faint);
      this.#document.text(`${said}   ${index + 1} / ${count}`, margin, this.#document.page.height - 36, {
        lineBreak: false,
      });
    }
  }

  #room(lines: number): void {
    const { y, page } = this.#document;
    if (y + lines * this.#document.currentLineHeight(true) > page.height - margin) this.#document.addPage();
  }

  #legible(text: string, bold: boolean): { said: string; font: string } {
    const plain = withoutUnsafe(text.replace(/\t/g, '    '));
    const builtIn = bold ? 'Helvetica-Bold' : 'Helvetica';
    if (!unprintable.test(plain)) return { said: plain, font: builtIn };
    if (this.#hasFont) return { said: plain, font: fallback };
    const said = [...plain].map((letter) => (unprintable.test(letter) ? this.#nearest(letter) : letter)).join('');
    return { said, font: builtIn };
  }

  /** The letter without its marks, or a question mark. */
  #nearest(letter: string): string {
    const bare = letter.normalize('NFKD').replace(/\p{M}/gu, '');
    if (bare !== '' && !unprintable.test(bare)) return bare;
    this.hasLost = true;
    return '?';
  }
}

/** One that cannot be read must not cost the dossier. */
function isUsable(document: PDFKit.PDFDocument, font: Uint8Array): boolean {
  try {
    document.registerFont(fallback, Buffer.from(font)).font(fallback);
    return true;
  } catch {
    return false;
  }
}

/** Outside of Windows-1252, which is what the built-in fonts of PDF can be asked for. */
const unprintable = /[^\t\n\u0020-\u007e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

/** A place in a word of more than eighty letters: without a blank there, it would run out of the page. */
const tooLong = /\S{80}(?=\S)/gu;

function broken(text: string): string {
  return text.replace(tooLong, '$& ');
}
