/**
 * What a file of invoices or of a bank says, in one neutral form for all formats. Days are 'YYYY-MM-DD'; money is whole
 * cents (hundredths, whatever the currency) beside an ISO 4217 code, as the files write it; a field that the file does
 * not state is null and never guessed. Knows no client, no store and no rule: who pays what is decided elsewhere.
 */

export type InvoiceKind = 'invoice' | 'credit-note' | 'self-invoice';

/** A seller or buyer as the document names it. Which identifiers there are depends on the format. */
export interface BookParty {
  name: string | null;
  /** with its country in front, as the document writes it: 'IT01234567890' */
  vatId: string | null;
  /** FatturaPA: codice fiscale */
  fiscalCode?: string | null;
  /** FatturaPA, of the buyer: where the notices go */
  pec?: string | null;
  sdiCode?: string | null;
  tradingName?: string | null;
  email?: string | null;
  /** electronic address (BT-34, BT-49) */
  endpoint?: string | null;
  legalId?: string | null;
}

/** A part of the sum with a day of its own. FatturaPA says more of each than EN 16931 does. */
export interface BookInstalment {
  dueOn: string | null;
  /** null: the file names the day without a sum of its own */
  amountCents: number | null;
  /** 'stated' in the file, or counted from the 'terms' that it states; null: the file says no day */
  dueFrom?: 'stated' | 'terms' | null;
  /** FatturaPA: TP01 in parts, TP02 at once, TP03 in advance */
  condition?: string | null;
  /** FatturaPA: MP01 cash … MP05 transfer … */
  method?: string | null;
  iban?: string | null;
  reference?: string | null;
  beneficiary?: string | null;
}

/** One invoice or credit note of a file. */
export interface BookInvoice {
  /** which document of the file it is, from 0 */
  index: number;
  syntax: 'fatturapa' | 'fatturapa-simplified' | 'ubl' | 'cii' | 'zugferd-1';
  kind: InvoiceKind;
  /** the code of the document's kind: TD01 …, 380 … */
  type: string | null;
  /** text: '007' is not 7 */
  number: string | null;
  date: string | null;
  currency: string | null;
  /** with tax; null when the document states none */
  totalCents: number | null;
  /** what the client has to transfer */
  payableCents: number | null;
  payableFrom?: string;
  instalments: BookInstalment[];
  /** the invoices that it names: of a credit note, those it corrects */
  refersTo: { number: string; date: string | null }[];
  seller: BookParty;
  buyer: BookParty;
  iban: string | null;
  /** FatturaPA only: */
  transmission?: string | null;
  withholdingCents?: number;
  splitPayment?: boolean;
  splitVatCents?: number;
  stampDutyCents?: number | null;
  /** the sums with tax of the summary by rate; a total that differs may be net of withholding already */
  summaryCents?: number | null;
  /** whether the instalments are what total, withholding and split VAT leave; null when there is nothing to compare */
  sumsAgree?: boolean | null;
  /** every instalment is an advance (TP03), which may be paid already */
  advanceOnly?: boolean;
  /** EN 16931 only: */
  prepaidCents?: number | null;
  terms?: string | null;
  ibans?: string[];
  paymentReference?: string | null;
  buyerReference?: string | null;
  profile?: string | null;
}

export type EntryStatus = 'BOOK' | 'PDNG' | 'INFO';

/** One movement of money on an account; a credit is positive. */
export interface BookEntry {
  bookingDate: string | null;
  valueDate?: string | null;
  /** null: the file holds no sum that can be read, and the row is no payment */
  amountCents: number | null;
  /** as the file writes it */
  amount?: string | null;
  currency: string | null;
  /** null: the file does not say; pending money (PDNG) is no payment */
  status?: EntryStatus | null;
  /** it undoes an earlier entry */
  reversal?: boolean;
  counterparty: string | null;
  counterpartyIban?: string | null;
  counterpartyAccount?: string | null;
  counterpartyBank?: string | null;
  /** the text that the payer wrote */
  remittance: string | null;
  /** the bank's own identifier of the entry */
  bankReference?: string | null;
  endToEndId?: string | null;
  mandate?: string | null;
  /** line or row of the file on which it begins, from 1 */
  line?: number;
  /** what a format says beyond this */
  [more: string]: unknown;
}

export interface BookBalance {
  amountCents: number;
  currency?: string | null;
  date: string | null;
  [more: string]: unknown;
}

/** One account in one period, as one message or section of a file says it. */
export interface BookStatement {
  index: number;
  kind: string;
  account: string | null;
  currency: string | null;
  opening: BookBalance | null;
  closing: BookBalance | null;
  entries: BookEntry[];
  /** opening + entries = closing; null when the file does not say all three. A sum that does not hold is a warning */
  sumsAgree?: boolean | null;
  [more: string]: unknown;
}
