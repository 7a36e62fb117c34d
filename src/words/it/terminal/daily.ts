/** Italian: the small commands (`notices`, `pause`, `resume`, `jobs`, `journal`, `page`, `backup`, `run`) and what all share. */
import type { DailyWords } from '../../parts/terminal.ts';
import { several } from '../grammar.ts';
import { bellWords } from './bells.ts';

export const daily: DailyWords = {
  warning: 'attenzione:',
  notices: {
    none: 'Niente di nuovo.',
    next: (what) => `ora: ${what}`,
    approvals: (amount) => `${several(amount, 'lettera aspetta', 'lettere aspettano')} la tua approvazione.`,
    approve: 'ora: paletti outbox; tutte insieme: paletti outbox approve all',
    done: 'Quando hai fatto: paletti notices seen ID, oppure all',
    seen: (amount) => `${several(amount, 'avviso visto', 'avvisi visti')}.`,
  },
  paused: (until) => (until === null ? 'Non parte nulla fino a: paletti resume' : `Non parte nulla fino a ${until}.`),
  resumed: 'Le lettere possono ripartire.',
  notPaused: 'Non era in pausa nulla.',
  jobs: {
    bell: bellWords,
    columns: { job: 'LAVORO', runs: 'QUANDO', last: 'ULTIMO', next: 'PROSSIMO', does: 'CHE COSA FA' },
    does: {
      receive: 'legge la posta',
      judge: 'valuta i messaggi',
      dun: 'controlla scaduti, richieste e chiusure; scrive le lettere, con la data del prossimo orario di contatto',
      deliver: 'invia ciò che è pronto, in orario di contatto',
      file: 'archivia le copie nella posta inviata',
    },
    never: 'mai',
    failed: '(non riuscito)',
  },
  sieve: {
    head: (from, until) => [
      `Paletti: segna la posta dei clienti fuori orario ($PalettiOutOfHours). Creato il ${from}.`,
      `Dopo il ${until} non fa nulla: rifallo prima, e quando cambiano orari, festività o clienti.`,
    ],
  },
  journal: {
    none: 'Nessuna voce.',
    columns: { when: 'QUANDO', what: 'CHE COSA', about: 'SU', why: 'PERCHÉ' },
    whole: (entries, head) => `Il registro è integro: ${several(entries, 'voce', 'voci')}, ultimo hash ${head}`,
  },
  page: {
    opens: 'La pagina si apre nel browser.',
    noBrowser: (address) => `Non c’è un browser da aprire. Apri questo indirizzo: ${address}`,
    served: 'Resta accessibile fino a Ctrl-C, o finché nessuno la guarda per mezz’ora.',
  },
  run: {
    pass: (done) =>
      `Un giro: ${several(done.recorded, 'messaggio registrato', 'messaggi registrati')}, ${several(done.judged, 'valutato', 'valutati')}, ${several(done.written, 'lettera scritta', 'lettere scritte')}, ${several(done.sent, 'inviata', 'inviate')}, ${several(done.filed, 'archiviata', 'archiviate')}, ${done.waiting} in attesa.`,
    paused: (why) => `Non parte nulla: ${why}\nPer far ripartire le lettere: paletti resume`,
  },
  written: (path) => `Scritto: ${path}`,
  desktop: {
    title: (things) => `Paletti: ${several(things, 'cosa ti aspetta', 'cose ti aspettano')}`,
    test: 'Ecco come appare. La pagina, nel browser: paletti page',
    shown: 'È stata consegnata al desktop. Se non hai visto nulla, lì le notifiche sono spente.',
  },
  ask: {
    needed: 'Scrivi qualcosa',
    note: 'Buono a sapersi',
    doIt: 'Lo faccio?',
    yes: 'sì',
    no: 'no: non si scrive nulla',
    done: 'Fatto.',
    left: 'Tutto resta com’era.',
  },
  subject: 'Oggetto',
};
