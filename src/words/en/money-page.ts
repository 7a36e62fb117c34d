/** English: money on the page, beside the list of invoices. */
import type { Evidence } from '../../rules/match-payments.ts';
import type { EvidenceForms, MoneyPageWords } from '../parts/money-page.ts';
import { several } from './grammar.ts';

export const moneyPage: MoneyPageWords = {
  ageing: 'To come in, by how late it is',
  ages: ['not due', '1–30 days', '31–60 days', '61–90 days', 'over 90 days'],
  disputed: 'disputed',
  questions: 'Payments to place',
  questionsHint: 'Until you decide, letters to whom they may concern wait.',
  from: (payer) => `from ${payer}`,
  pays: (what, client) => `Pays ${what.join(', ')}${client === null ? '' : `, of ${client}`}`,
  isRecorded: (client) => `It is on record already${client === null ? '' : `, of ${client}`}`,
  takesBack: (client) => `Takes a payment back${client === null ? '' : ` of ${client}`}`,
  evidence: evidenceWords,
  isIt: 'This is it',
  noneOfThese: 'None of these',
  otherInvoice: 'Another invoice, by its number',
  link: 'Place it',
  cameTwice: 'It really came a second time',
  answered: 'Noted.',
  askedAgain: 'It is to be decided again.',
  readTo: (account, day) => `${account}: ${day === null ? 'not read yet' : `read until ${day}`}`,
  drop: 'Bring a file here',
  dropHint:
    'Invoices (FatturaPA, UBL, CII, PDF with one inside, ZIP, CSV) and bank statements (CAMT, MT940, OFX, QIF, CSV). You first see what would change.',
  files: 'Files',
  tables: 'Tables (CSV) are',
  tableKinds: { 'as-they-say': 'what their columns say', invoices: 'invoices', bank: 'lines of a bank' },
  addClients: 'Take in clients that are not known',
  look: 'See what is in it',
  previewHeading: 'What is in the files',
  previewHint: 'Nothing is taken yet.',
  refused: 'This cannot be taken',
  knownAs: (name) => `read before, as ${name}`,
  file: 'File',
  what: 'What',
  doing: {
    add: 'new',
    change: 'changes',
    unchanged: 'unchanged',
    credit: 'credit note',
    void: 'void',
    'left-out': 'left out',
    asked: 'to decide',
  },
  lines: (lines, news) => `${several(lines, 'line')}, ${news} new`,
  pendingLines: (pending) => `${pending} not booked yet`,
  unreadableLines: (rows) => `${several(rows, 'row')} without a day or a sum, left out`,
  matched: (lines) => `${several(lines, 'line')} placed`,
  toDecide: (lines) => `${several(lines, 'line')} to decide`,
  take: 'Take it',
  taken: 'Taken.',
  nothingToTake: 'There is nothing new.',
  uploadGone: 'These files are gone. Bring them here again.',
  tooLarge: 'The files together are larger than 32 MB. Bring fewer at a time.',
  row: 'Row',
  askedHint: 'What is to be decided stays as it is: paletti invoices import asks it row by row.',
  payments: 'Payments',
  noPayments: 'Nothing has come in yet.',
  promise: 'Promised to pay',
  promiseHint: 'Reminders about this invoice wait until that day has passed.',
  promisedFor: 'By',
  dispute: 'Disputes it',
  disputeHint: 'What is disputed is not reminded of; the rest goes on.',
  disputedSum: 'How much (empty: all of it)',
  disputeOver: 'The dispute is over',
  void: 'Make the invoice void',
  voidHint: 'The invoice counts no more and is not reminded of. Nothing takes that back.',
  writeOff: 'Write it off',
  writeOffHint: 'The money will not come and is not asked for any more. Nothing takes that back.',
  why: 'Why, for the journal',
  issued: 'Issued',
  done: {
    promised: (day) => `Noted: reminders wait until ${day} has passed.`,
    disputed: 'Noted: what is disputed is not reminded of.',
    settled: 'Noted: the dispute is over.',
    voided: 'The invoice is void.',
    writtenOff: 'The invoice is written off.',
  },
  newer: 'Newer',
  older: 'Older',
  asCsv: 'CSV',
};

function evidenceWords(evidence: Evidence, { sum, day, name }: EvidenceForms): string {
  switch (evidence.code) {
    case 'names-invoice':
      return `names ${evidence.number}`;
    case 'names-closed-invoice':
      return `names ${evidence.number}, on which nothing is open`;
    case 'names-unknown-number':
      return `names ${evidence.written}, which is no invoice on record`;
    case 'sum-is-open':
      return `${sum(evidence.cents)} is what is open`;
    case 'sum-less-withholding':
      return `${sum(evidence.openCents - evidence.withholdingCents)} = ${sum(evidence.openCents)} less withholding tax of ${sum(evidence.withholdingCents)}`;
    case 'sum-less-split-vat':
      return `${sum(evidence.openCents - evidence.splitVatCents)} = ${sum(evidence.openCents)} less VAT of ${sum(evidence.splitVatCents)} (split payment)`;
    case 'sum-of-several':
      return `${sum(evidence.cents)} is the sum of ${several(evidence.count, 'invoice')}`;
    case 'stamp-duty':
      return `differs by stamp duty of ${sum(evidence.cents)}`;
    case 'withholding-not-stated':
      return `${sum(evidence.cents)} is ${sum(evidence.openCents)} less withholding tax, which the invoice does not state`;
    case 'short-by':
      return `${sum(evidence.cents)} less than is open: perhaps bank charges`;
    case 'more-by':
      return `${sum(evidence.cents)} more than is open`;
    case 'part-payment':
      return `a part of ${sum(evidence.openCents)}`;
    case 'other-currency':
      return `paid in ${evidence.currency}, another currency than the invoice's`;
    case 'account-of-client':
    case 'account-of-another-client':
      return `from an account that paid for ${name(evidence.clientId)} before`;
    case 'name-of-client':
      return `from somebody named like ${evidence.name}`;
    case 'on-record':
      return `a payment of that sum is on record for ${day(evidence.receivedOn)}`;
    case 'seen-in-another-file':
      return `${evidence.place} has a line of that sum and payer`;
    case 'taken-back':
      return `the bank took back ${sum(evidence.cents)} that came on ${day(evidence.bookedOn)}${evidence.by === null ? '' : `: ${evidence.by}`}`;
  }
}
