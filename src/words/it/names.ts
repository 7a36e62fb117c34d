/** Italian: what letters and their states are called. */
import type { HoldReason } from '../../rules/hold.ts';
import { namesOfKinds } from '../../rules/letter.ts';
import type { Sign } from '../../rules/red-flags.ts';
import type { MarkName } from '../../rules/sign-reason.ts';
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

/** What a warning sign is called. */
export const signNames: Readonly<Record<Sign, string>> = {
  'no-contract': 'niente contratto',
  'refuses-contract': 'rifiuta il contratto',
  'out-of-hours': 'fuori orario',
  pressure: 'pressione',
  silence: 'silenzio',
  'scope-creep': 'richieste oltre il pattuito',
  indecision: 'indecisione',
  'wasted-time': 'tempo perso',
  control: 'controllo',
  'low-pay': 'paga poco',
  'refuses-price': 'rifiuta il prezzo',
  'late-pay': 'paga in ritardo',
  'pays-later': 'paga dopo',
  'no-pay': 'non paga',
  threat: 'attacco o minaccia',
  closeness: 'confidenza',
  'untraceable-channel': 'canale senza traccia',
  'own-hours': 'lavori di notte per lui',
  'no-time': 'manca il tempo',
  'outside-field': 'fuori dal mio campo',
  'different-philosophy': 'filosofia diversa',
  'outside-niche': 'fuori dalla nicchia',
  'unclear-goals': 'obiettivi poco chiari',
  'will-not-sign': 'non vuole firmare',
  'too-close': 'troppa confidenza',
};

/** What the owner says by a mark. */
export const markNames: Readonly<Record<MarkName, string>> = {
  'no-time': 'non c’è tempo',
  'outside-field': 'fuori dal tuo campo',
  'different-philosophy': 'una filosofia diversa',
  'outside-niche': 'fuori dalla tua nicchia',
  'unclear-goals': 'obiettivi poco chiari',
  'will-not-sign': 'non vuole firmare',
  'too-close': 'troppa confidenza',
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
