/**
 * What a file may be by its name alone: a document of invoices, a file of a bank, either, or neither. Only says whether
 * it is worth a look; what it is shows when it is read. Pure.
 */
export type BookKind = 'invoices' | 'bank' | 'either';

/** Downloads that are not finished, and what programs put beside the file that they have open. */
const unfinished = /^(?:\.|~\$)|\.(?:part|crdownload|download|tmp|partial)$/i;

/** The name that the exchange system asks for: country, number of the sender, what tells it from his others. */
const fatturaPa = /^[A-Z]{2}[A-Z0-9]{2,28}_[A-Z0-9]{1,5}(?:_[A-Z]{2}_[A-Z0-9]{1,3})?\.xml(?:\.p7m)?$/i;
const bank = /\.(?:sta|mt940|940|942|ofx|qfx|qif|camt|05[234])$/i;
const invoiceWords = /fattur|invoice|rechnung|factur|parcell|zugferd|xrechnung|nota.?di.?credito|credit.?note/i;

/** A file in a folder that the owner named for such files. */
export function kindInFolder(name: string): BookKind | null {
  if (unfinished.test(name)) return null;
  if (bank.test(name)) return 'bank';
  if (/\.(?:p7m|pdf)$/i.test(name)) return 'invoices';
  return /\.(?:xml|zip|csv|tsv|txt|xlsx?|ods)$/i.test(name) ? 'either' : null;
}

/** A file of a mail: anybody sends attachments, so that only a name that says something counts. */
export function kindInMail(name: string, isOwn: boolean): BookKind | null {
  if (unfinished.test(name)) return null;
  if (bank.test(name)) return 'bank';
  if (fatturaPa.test(name) || /\.xml\.p7m$/i.test(name)) return 'invoices';
  if (!invoiceWords.test(name)) return null;
  // an invoice in a PDF that somebody else wrote is one that she received
  return /\.(?:xml|zip|csv)$/i.test(name) || (isOwn && /\.pdf$/i.test(name)) ? 'invoices' : null;
}
