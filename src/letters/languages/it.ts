/** Italian for letters: sums, dates, counts, lists, and the phrases that code puts into the templates. */
import { writtenSum } from '../../rules/money.ts';
import type { LetterLanguage } from './language.ts';

const counted = {
  day: ['giorno', 'giorni'],
  'working-day': ['giorno lavorativo', 'giorni lavorativi'],
  hour: ['ora', 'ore'],
  invoice: ['fattura', 'fatture'],
  revision: ['revisione', 'revisioni'],
} as const;

const lowerFirst = (name: string) => name.replace(/^(Ora|Tempo)\b/, (word) => word.toLowerCase());

export const italian: LetterLanguage = {
  locale: 'it-IT',
  money: (cents, currency) => `${writtenSum(cents, currency, { group: '.', point: ',' })} ${currency}`,
  day: ({ dayOfMonth, month, year }) => `${dayOfMonth}${dayOfMonth === 1 ? 'º' : ''} ${month} ${year}`,
  atClock: (clock, hour) => `${hour === 1 ? 'all’' : 'alle '}${clock}`,
  zoneName: (name) => lowerFirst(name).replace(/^ora standard (dell’Europa)/, 'ora $1'),
  zoneOfYear: lowerFirst,
  perUnit: { hour: 'all’ora', day: 'al giorno', project: 'a progetto' },
  paymentTerms: ({ days, endOfMonth, dayAfter }) => {
    const from =
      days === 0
        ? 'al ricevimento della fattura'
        : `a ${days} ${days === 1 ? counted.day[0] : counted.day[1]} dalla fattura`;
    const month = endOfMonth ? ', fine mese' : '';
    return `${from}${month}${dayAfter === null ? '' : `, entro il giorno ${dayAfter} del mese dopo`}`;
  },
  counted,
  and: (last) => (/^[eèé]/i.test(last) ? 'ed' : 'e'),
  greetings: { formal: ['Gentile', 'Buongiorno'], informal: ['Ciao', 'Ciao'] },
  // 'Spett.le' would ask for *Voi*, and the letters speak to the person who reads them
  greetsCompanies: false,
  mayBeginWithFamilyName: true,
  withoutSubject: 'messaggio ricevuto',
  channels: { email: 'email', phone: 'telefono', 'video call': 'videochiamata', meeting: 'incontro' },
  unpaid: ({ several }) =>
    several ? 'le fatture qui sotto non sono state saldate' : 'la fattura qui sotto non è stata saldata',
  exitReasons: {
    'late-payment': 'i pagamenti arrivano ripetutamente in ritardo',
    'non-payment': 'i pagamenti non arrivano alla scadenza',
    silence: 'le mie domande restano senza risposta',
    control: 'ogni passaggio richiede un’approvazione e il lavoro così non procede',
    price: 'non abbiamo trovato un accordo sulla tariffa',
    refusal: 'non abbiamo trovato un accordo sul contratto',
    'contact-hours': 'gli orari e i canali di contatto concordati non sono rispettati',
    scope: 'le richieste vanno oltre quanto concordato',
    'no-contract': 'il contratto non è stato firmato',
    'different-direction': 'il mio lavoro e il progetto vanno in direzioni diverse',
    'no-capacity': 'non ho più il tempo che il progetto richiede',
  },
  creditNotes: ['nota di credito n.', 'note di credito n.'],
  keptFor: {
    withholding: ', al netto della ritenuta',
    'split-vat': ', al netto dell’IVA (scissione dei pagamenti)',
    both: ', al netto della ritenuta e dell’IVA',
  },
  instalment: (position, of) => `rata ${position} di ${of}`,
  invoices: ['Fattura', 'Fatture'],
  others: (count) => (count === 1 ? "un'altra" : `altre ${count}`),
  sample: {
    contactName: 'Laura Bianchi',
    question: 'Una domanda',
    enquiry: 'Richiesta di preventivo',
    request: 'Mi servono i testi della pagina iniziale.',
    quote: 'Già che ci sei, aggiungi anche il blog?',
    item: 'Progetto grafico della pagina iniziale',
  },
};
