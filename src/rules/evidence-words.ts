/** Why a payment is taken for what it is, in words that its reader can check. English, as all that the owner reads. */
import type { Evidence } from './match-payments.ts';
import { dayInWords, sumInWords } from './words.ts';

/** @param nameOf a client's name */
export function evidenceInWords(evidence: Evidence, currency: string, nameOf: (clientId: number) => string): string {
  const sum = (cents: number) => sumInWords(cents, currency);
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
      return `${sum(evidence.cents)} is the sum of ${evidence.count} invoices`;
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
      return `from an account that paid for ${nameOf(evidence.clientId)} before`;
    case 'account-of-another-client':
      return `from an account that paid for ${nameOf(evidence.clientId)} before`;
    case 'name-of-client':
      return `from somebody named like ${evidence.name}`;
    case 'on-record':
      return `a payment of that sum is on record for ${dayInWords(evidence.receivedOn)}`;
    case 'seen-in-another-file':
      return `${evidence.place} has a line of that sum and payer`;
    case 'taken-back':
      return `the bank took back ${sum(evidence.cents)} that came on ${dayInWords(evidence.bookedOn)}${evidence.by === null ? '' : `: ${evidence.by}`}`;
  }
}
