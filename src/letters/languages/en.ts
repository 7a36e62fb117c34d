/** English for letters: sums, dates, counts, lists, and the phrases that code puts into the templates. */
import { writtenSum } from '../../rules/money.ts';
import type { LetterLanguage } from './language.ts';

const signs: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

const counted = {
  day: ['day', 'days'],
  'working-day': ['working day', 'working days'],
  hour: ['hour', 'hours'],
  invoice: ['invoice', 'invoices'],
  revision: ['revision', 'revisions'],
} as const;

export const english: LetterLanguage = {
  locale: 'en-GB',
  money: (cents, currency) => {
    const sum = writtenSum(Math.abs(cents), currency, { group: ',', point: '.' });
    return `${cents < 0 ? '-' : ''}${signs[currency] ?? `${currency} `}${sum}`;
  },
  day: ({ dayOfMonth, month, year }) => `${dayOfMonth} ${month} ${year}`,
  atClock: (clock) => `at ${clock}`,
  zoneName: (name) => name.replace(/European Standard Time$/, 'European Time'),
  zoneOfYear: (name) => name,
  perUnit: { hour: 'per hour', day: 'per day', project: 'per project' },
  paymentTerms: ({ days, endOfMonth, dayAfter }) => {
    const from =
      days === 0
        ? 'on receipt of the invoice'
        : `${days} ${days === 1 ? counted.day[0] : counted.day[1]} from the invoice`;
    const month = endOfMonth ? ', end of month' : '';
    return `${from}${month}${dayAfter === null ? '' : `, by day ${dayAfter} of the next`}`;
  },
  counted,
  and: () => 'and',
  greetings: { formal: ['Dear', 'Hello'], informal: ['Hi', 'Hi'] },
  greetsCompanies: true,
  mayBeginWithFamilyName: false,
  withoutSubject: 'message received',
  channels: { email: 'email', phone: 'phone', 'video call': 'video call', meeting: 'meeting' },
  unpaid: ({ several, paidInPart }) =>
    `the invoice${several ? 's' : ''} below ${several ? 'have' : 'has'} not been paid${paidInPart ? ' in full' : ''}`,
  exitReasons: {
    'late-payment': 'payments have repeatedly come late',
    'non-payment': 'payments do not arrive when they are due',
    silence: 'my questions remain unanswered',
    control: 'every step needs an approval, and the work cannot go on in that way',
    price: 'we have not found an agreement on the rate',
    refusal: 'we have not found an agreement on the contract',
    'contact-hours': 'the agreed contact hours and channels are not kept',
    scope: 'the requests go beyond what was agreed',
    'no-contract': 'the contract has not been signed',
    'different-direction': 'my work and the project are going in different directions',
    'no-capacity': 'I no longer have the time that the project needs',
  },
  creditNotes: ['credit note', 'credit notes'],
  keptFor: {
    withholding: ', net of withholding tax',
    'split-vat': ', net of VAT (split payment)',
    both: ', net of withholding tax and VAT',
  },
  instalment: (position, of) => `instalment ${position} of ${of}`,
  invoices: ['Invoice', 'Invoices'],
  others: (count) => `${count} more`,
  sample: {
    contactName: 'Laura White',
    question: 'A question',
    enquiry: 'Quotation',
    request: 'I need the texts of the home page.',
    quote: 'While you are at it, could you add the blog too?',
    item: 'Design of the home page',
  },
};
