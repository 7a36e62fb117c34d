/**
 * Any file of the owner's -> what it is and what it says: invoices or account statements, or a refusal in one sentence.
 * Knows the formats apart by their content; the name only helps where the content cannot (signed files, spreadsheets).
 */
import { type BankCsvOptions, readBankCsv } from './bank-csv.ts';
import { isCamt, readCamt } from './camt.ts';
import { isCii, readCii } from './cii.ts';
import { decodeText } from './decode.ts';
import { isFatturaPa, readFatturaPa } from './fatturapa.ts';
import { isMt940, readMt940 } from './mt940.ts';
import { isOfx, readOfx } from './ofx.ts';
import { unwrapSigned } from './p7m.ts';
import { invoiceInPdf, isPdf } from './pdf.ts';
import { isQif, readQif } from './qif.ts';
import { Refusal } from './refusal.ts';
import type { BookInvoice, BookStatement } from './rows.ts';
import { refuseNotification } from './sdi.ts';
import { isUbl, readUbl } from './ubl.ts';
import { readXml } from './xml.ts';
import { filesInZip, isZip } from './zip.ts';

export type Book =
  | { format: string; invoices: BookInvoice[]; statements?: undefined }
  | { format: string; statements: BookStatement[]; invoices?: undefined };

/**
 * @param csv what is known of a bank's CSV beside its content
 * @throws Refusal for everything that cannot be taken whole
 */
export function readBook(bytes: Uint8Array, csv: BankCsvOptions = {}): Book {
  const inside = unwrapSigned(bytes);
  if (isPdf(inside)) return readXmlBook(invoiceInPdf(inside), 'pdf');
  if (isSpreadsheet(inside))
    throw new Refusal('spreadsheet', 'This is a spreadsheet.', { next: 'Open it and save it as CSV.' });
  const { text } = decodeText(inside);
  if (isOfx(text)) return { format: 'ofx', statements: readOfx(text) };
  if (/^[\s\ufeff]*</.test(text)) return readXmlBook(inside, 'xml');
  if (isMt940(text)) return { format: 'mt940', statements: readMt940(text) };
  if (isQif(text)) return { format: 'qif', statements: readQif(text) };
  if (text.includes('\0'))
    throw new Refusal('unknown-format', 'This is no invoice and no bank file that is known.', {
      next: 'Give FatturaPA, UBL, CII, a PDF with Factur-X; or CAMT, MT940, OFX, QIF or CSV.',
    });
  return { format: 'csv', statements: readBankCsv(inside, csv) };
}

/** A ZIP holds several books, each under its own name. */
export function booksIn(name: string, bytes: Uint8Array): { name: string; bytes: Uint8Array }[] {
  return isZip(bytes) && !isSpreadsheet(bytes)
    ? filesInZip(bytes).map((entry) => ({ ...entry, name: `${name}/${entry.name}` }))
    : [{ name, bytes }];
}

function readXmlBook(bytes: Uint8Array, from: string): Book {
  const root = readXml(bytes);
  if (isFatturaPa(root)) return { format: `fatturapa-${from}`, invoices: readFatturaPa(root) };
  if (isUbl(root)) return { format: `ubl-${from}`, invoices: readUbl(root) };
  if (isCii(root)) return { format: `cii-${from}`, invoices: readCii(root) };
  if (isCamt(root)) return { format: 'camt', statements: readCamt(root, decodeText(bytes).text) };
  refuseNotification(root);
  throw new Refusal('unknown-format', `The XML begins with <${root.name}>, which is no invoice and no statement.`, {
    next: 'Give the file of the invoice itself.',
  });
}

/** XLS (OLE) and XLSX or ODS (a ZIP with a workbook in it). */
function isSpreadsheet(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4000)).toString('latin1');
  return (
    head.startsWith('\u00d0\u00cf\u0011\u00e0') ||
    (head.startsWith('PK') && /xl\/|\[Content_Types\]|opendocument\.spreadsheet/.test(head))
  );
}
