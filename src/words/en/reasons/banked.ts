/** English: why a line of the bank is what it is, and what was recorded of invoices. */
import type { BankedReason } from '../../../rules/banked.ts';
import type { Sum } from '../../../rules/money.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { evidenceWords } from '../evidence.ts';
import { day, sum } from '../grammar.ts';

function stays(open: Sum): string {
  return open.cents === 0 ? 'nothing is open' : `${sum(open)} stay open`;
}

export const banked: SentencesOf<BankedReason> = {
  'money-out': () => 'money that went out',
  'own-money-back': () => 'money of the owner that came back',
  'own-account': () => 'from another account of the owner',
  'nobody-behind': () => 'no invoice and no client is behind it',
  'takes-back-unknown': () => 'it takes back money of which nothing is on record',
  'by-evidence': ({ evidence, currency, names }) =>
    evidence
      .map((one) =>
        evidenceWords(one, {
          sum: (cents) => sum({ cents, currency }),
          day,
          name: (id) => names[id] ?? `client ${id}`,
        }),
      )
      .join('; '),
  'which-taken-back': () => 'which payment the bank took back is not certain',
  'what-it-pays': () => 'what it pays is not certain',
  'line-asked': ({ because, place }, say) => `${say(because)} (${place})`,
  'question-gone': () => 'the question is gone',
  'question-of-others': () => 'the question is about others now',
  'seen-on-account': ({ because }, say) => `a payment on record is seen on the account: ${say(because)}`,
  'bank-took-back': (reason) =>
    `the bank took it back on ${day(reason.day)}${reason.place === null ? '' : ` (${reason.place})`}`,
  'you-said-pays': ({ because }, say) => `said the owner${because === null ? '' : `: ${say(because)}`}`,
  'none-of-choices': () => 'none of the choices, said the owner',
  'pays-no-invoice': () => 'it pays no invoice, said the owner',
  'you-undid-match': () => 'the match was undone by the owner',
  'you-undid': () => 'undone by the owner',
  'yours-to-say': () => 'undone by the owner; what it pays is hers to say',

  'money-received': (reason) => `${sum(reason.sum)} received on ${day(reason.day)}; ${stays(reason.open)}`,
  'received-by-import': (reason) =>
    `${sum(reason.sum)} received on ${day(reason.day)}${reason.takenBack ? ', and taken back' : ''}, from an import`,
  'you-took-payment-back': (reason) => `${sum(reason.sum)} of ${day(reason.day)} taken back by the owner`,
  'you-voided': () => 'made void by the owner',
  'you-wrote-off': () => 'written off by the owner',
  'dispute-over': () => 'the dispute is over',
  'sum-disputed': (reason) => `the client disputes ${sum(reason.sum)}; the rest goes on`,
  'promised-by': (reason) => `the client promised to pay by ${day(reason.day)}`,
  'other-day-promised': () => 'another day was promised',
  'you-corrected': () => 'corrected by the owner',
  'corrected-by-import': () => 'corrected from an import',
  'credit-note': (reason, say) =>
    `credit note of ${sum(reason.sum)}; ${stays(reason.open)}${reason.note === null ? '' : `: ${say(reason.note)}`}`,
  'credit-note-back': (reason) => `the credit note of ${sum(reason.sum)} of ${day(reason.day)} was taken back`,
  'payments-complete': () => 'the owner says that all payments are recorded',
  'changed-in-file': ({ details }, say) => `changed by an import: ${details.map(say).join('; ')}`,
  'read-from-file': ({ file, details }, say) =>
    `read from ${file}${details.length === 0 ? '' : `: ${details.map(say).join('; ')}`}`,
  'rejected-by-exchange': ({ file }) => `the exchange system rejected it (${file})`,
};
