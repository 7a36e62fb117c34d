/** Italian: what letters and their states are called. */
import type { NameWords } from '../parts/names.ts';

export const names: NameWords = {
  letters: {
    acknowledgement: 'conferma di ricezione',
    'acknowledgement-out-of-hours': 'conferma di ricezione, fuori orario',
    'payment-reminder': 'promemoria di pagamento',
    'work-paused': 'sospensione dei lavori',
    'work-resumed': 'ripresa dei lavori',
    'payment-received': 'conferma di pagamento',
    'settled-otherwise': 'chiusura senza pagamento',
    termination: 'comunicazione di fine rapporto',
    'nudge-kind': 'sollecito gentile',
    'nudge-firm': 'sollecito deciso',
    'boundary-hours': 'lettera sugli orari',
    'boundary-decisions': 'lettera sulle decisioni',
    'boundary-scope': 'lettera su ciò che è compreso',
    'boundary-contract': 'lettera sul contratto',
    'final-report': 'rapporto finale',
  },
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
};
