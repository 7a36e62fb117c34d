/** English: why a payment is taken for what it is, in words that its reader can check. */
import type { Evidence } from '../../rules/match-payments.ts';
import type { EvidenceForms } from '../parts/evidence.ts';
import { several } from './grammar.ts';

export function evidenceWords(evidence: Evidence, { sum, day, name }: EvidenceForms): string {
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
