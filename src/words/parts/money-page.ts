/** What a language says of money on the page, beside the list of invoices. Sums and days come in as they are shown. */
import type { Evidence } from '../../rules/match-payments.ts';

/** How sums, days and clients of an evidence are said. */
export interface EvidenceForms {
  sum(cents: number): string;
  day(day: string): string;
  name(clientId: number): string;
}

export interface MoneyPageWords {
  ageing: string;
  /** in the order of `ages` */
  ages: readonly string[];
  disputed: string;
  questions: string;
  questionsHint: string;
  from(payer: string): string;
  pays(what: readonly string[], client: string | null): string;
  isRecorded(client: string | null): string;
  takesBack(client: string | null): string;
  evidence(evidence: Evidence, forms: EvidenceForms): string;
  isIt: string;
  noneOfThese: string;
  otherInvoice: string;
  link: string;
  cameTwice: string;
  answered: string;
  askedAgain: string;
  readTo(account: string, day: string | null): string;
  drop: string;
  dropHint: string;
  files: string;
  tables: string;
  tableKinds: Readonly<Record<'as-they-say' | 'invoices' | 'bank', string>>;
  addClients: string;
  look: string;
  previewHeading: string;
  previewHint: string;
  refused: string;
  knownAs(name: string): string;
  file: string;
  what: string;
  doing: Readonly<Record<'add' | 'change' | 'unchanged' | 'credit' | 'void' | 'left-out' | 'asked', string>>;
  lines(lines: number, news: number): string;
  pendingLines(pending: number): string;
  unreadableLines(rows: number): string;
  matched(lines: number): string;
  toDecide(lines: number): string;
  take: string;
  taken: string;
  nothingToTake: string;
  uploadGone: string;
  tooLarge: string;
  row: string;
  askedHint: string;
  payments: string;
  noPayments: string;
  promise: string;
  promiseHint: string;
  promisedFor: string;
  dispute: string;
  disputeHint: string;
  disputedSum: string;
  disputeOver: string;
  void: string;
  voidHint: string;
  writeOff: string;
  writeOffHint: string;
  why: string;
  issued: string;
  done: { promised(day: string): string; disputed: string; settled: string; voided: string; writtenOff: string };
  newer: string;
  older: string;
  asCsv: string;
}
