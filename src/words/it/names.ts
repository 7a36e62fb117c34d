/** Italian: what letters and their states are called. */
import type { HoldReason } from '../../rules/hold.ts';
import { namesOfKinds } from '../../rules/letter.ts';
import type { NameWords } from '../parts/names.ts';

/** What a hold is called in brackets. */
export const holdNames: Readonly<Record<HoldReason, string>> = {
  promise: 'promessa di pagamento',
  dispute: 'contestazione',
  reply: 'risposta da leggere',
  'out-of-office': 'assenza',
  bounce: 'posta respinta',
  'payment-claimed': 'dice di aver pagato',
  'payment-question': 'incasso da attribuire',
  manual: 'fermato da te',
  'opt-out': 'non vuole queste mail',
};

export const holdReasons: NameWords['holdReasons'] = {
  promise: 'il cliente ha promesso di pagare',
  dispute: 'il cliente la contesta',
  reply: 'il cliente ha risposto: leggi e decidi',
  'out-of-office': 'il cliente è assente',
  bounce: 'la posta a questo cliente torna indietro: correggi l’indirizzo',
  'payment-claimed': 'il cliente dice di aver pagato: guarda in banca',
  'payment-question': 'un pagamento sul tuo conto può essere di questo cliente: rispondi alla domanda',
  manual: 'l’hai fermata tu',
  'opt-out': 'il cliente ha chiesto di non ricevere queste lettere',
};

export const names: NameWords = {
  letters: namesOfKinds('it'),
  letterStates: {
    held: 'in attesa',
    queued: 'in partenza',
    sending: 'sta partendo',
    sent: 'inviata',
    filed: 'inviata',
    dropped: 'scartata',
    failed: 'rifiutata dal server',
    unsure: 'forse partita',
  },
  holdReasons,
};
