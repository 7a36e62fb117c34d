/** Italian: what codes are called in the terminal. */
import type { CodeWords } from '../../parts/terminal.ts';
import { holdNames, names, signNames } from '../names.ts';
import { page } from '../page.ts';

/** From a table of words to the word of a code. */
const from =
  <Code extends string>(words: Readonly<Record<Code, string>>) =>
  (code: Code): string =>
    words[code];

export const codes: CodeWords = {
  letter: from(names.letters),
  letterState: from(names.letterStates),
  yours: 'aspetta te',
  message: from({
    human: 'persona',
    automatic: 'automatico',
    list: 'lista',
    bounce: 'mancato recapito',
    receipt: 'ricevuta',
    calendar: 'calendario',
    spam: 'spam',
    own: 'tuo',
  }),
  invoice: from(page.money.states),
  work: from(page.clients.workStates),
  request: from({
    proposed: 'proposta',
    open: 'aperta',
    answered: 'risposta ricevuta',
    dropped: 'lasciata',
    parked: 'sospesa',
  }),
  exit: from({
    proposed: 'proposta',
    cooling: 'pausa di riflessione',
    checklist: 'lista di controllo',
    approved: 'approvata',
    'notice-sent': 'disdetta inviata',
    'notice-running': 'preavviso in corso',
    ended: 'conclusa',
    cancelled: 'annullata',
  }),
  exitReason: from({
    'late-payment': 'pagamenti in ritardo',
    'non-payment': 'mancato pagamento',
    silence: 'silenzio',
    control: 'controllo',
    price: 'prezzo rifiutato',
    refusal: 'contratto rifiutato',
    'contact-hours': 'orari non rispettati',
    scope: 'richieste oltre il pattuito',
    'no-contract': 'manca il contratto',
    'different-direction': 'direzione diversa',
    'no-capacity': 'mancanza di tempo',
    'own-words': 'con parole tue',
  }),
  exitCheck: from({
    'contract-read': 'contract-read (contratto riletto)',
    'duties-met': 'duties-met (obblighi assolti)',
    'prepaid-delivered': 'prepaid-delivered (pagato e consegnato)',
    'owed-weighed': 'owed-weighed (crediti valutati)',
    talked: 'talked (parlato a voce)',
  }),
  hold: from(holdNames),
  holdScope: from({ client: 'cliente', case: 'pratica', invoice: 'fattura' }),
  line: from({
    new: 'nuovo',
    matched: 'attribuito',
    question: 'da decidere',
    unrelated: 'senza fattura',
    ignored: 'ignorato',
    'not-a-payment': 'non è un incasso',
    reversed: 'stornato',
    'takes-back': 'storno',
  }),
  project: from({ active: 'in corso', paused: 'sospeso', ended: 'concluso' }),
  kind: from({ business: 'azienda', consumer: 'privato' }),
  language: from({ it: 'italiano', en: 'inglese' }),
  tone: from({ formal: 'Lei', informal: 'tu' }),
  sign: from(signNames),
  rateUnit: from({ hour: 'ora', day: 'giornata', project: 'progetto' }),
};
