/** English: why there is interest on late payment, or none. */
import type { InterestReason } from '../../../rules/interest.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { day, several } from '../grammar.ts';

export const interest: SentencesOf<InterestReason> = {
  'law-for-business-only': () => 'the law on late payment is for business; not for consumers',
  'not-late-on': (reason) => `not late on ${day(reason.day)}`,
  'no-rate-from': ({ half }) => `no reference rate for the half-year from ${day(half)}`,
  'runs-from': ({ days, from, rate }) =>
    `${several(days, 'day')} from ${day(from)}, ${rate === 'fixed-at-start' ? 'one rate fixed at the start' : 'each half-year at its own rate'}`,
  'void-owes-nothing': () => 'the invoice is void',
  'came-in-time': () => 'it was paid in time',
  'consumer-law-unknown': () => 'the law on late payment is for business; what a consumer owes there is not known',
  'country-unknown': () => 'the country of the client is not known: his VAT number would say it',
  'late-law-unknown': ({ country }) => `the law of ${country} on late payment is not known here`,
};
