/** Italian: `paletti status`. */
import type { JobName } from '../../../rules/job-times.ts';
import type { StatusWords } from '../../parts/terminal.ts';
import { several, withArticle } from '../grammar.ts';

const jobs: Record<JobName, string> = {
  receive: 'leggere la posta',
  judge: 'valutare i messaggi',
  dun: 'controllare gli scaduti',
  deliver: 'inviare le lettere',
  file: 'archiviare le copie nella posta inviata',
};

export const status: StatusWords = {
  modes: { review: 'in revisione: ogni lettera aspetta te', live: 'attivo' },
  head: (owner, mode) => `Paletti per ${owner}. Invio: ${mode}.`,
  notRunning: 'NON è in funzione.',
  singlePass: 'È in corso un giro singolo.',
  runningSince: (when) => `In funzione da ${when}.`,
  neverWorked: 'Non ha ancora lavorato.',
  lastAtWork: (when, ago, sent) =>
    `Ultimo giro ${when} (${ago}); ${several(sent, 'lettera inviata', 'lettere inviate')} nelle ultime 24 ore.`,
  startHint: '(avvialo con "paletti run"; con "paletti service install" parte a ogni accesso)',
  failed: (job, ago, why) => `L’ultima volta (${ago}) non è riuscito a ${jobs[job]}: ${why}`,
  account: (number, readTo) =>
    `Conto ${number}: ${readTo === null ? 'mai letto' : `letto fino ${withArticle('al', readTo)}`}.`,
  paused: (until, why) => `Non parte nulla${until === null ? '' : ` fino a ${until}`}: ${why}`,
  resumeHint: '(con "paletti resume" le lettere ripartono)',
  nothing: 'Niente ti aspetta, e nessuna lettera è in attesa di partire.',
  notices: { title: 'Da sapere o da decidere', hint: '(quando hai fatto: "paletti notices seen ID")' },
  toPlace: {
    title: 'Incassi che potrebbero essere di tuoi clienti: le loro lettere aspettano',
    hint: '(usa "paletti payments questions", poi "paletti payments answer ID SCELTA")',
    day: 'GIORNO',
    sum: 'IMPORTO',
    from: 'DA',
    why: 'PERCHÉ',
  },
  waiting: {
    title: 'Aspettano la tua approvazione',
    hint: '(usa "paletti outbox show ID", poi approve ID, edit ID o drop ID)',
  },
  trouble: { title: 'Non partite, o forse non partite', hint: '(usa "paletti outbox show ID")' },
  next: {
    title: 'Le prossime a partire',
    hint: '("paletti plan" per le prossime settimane, "paletti outbox drop ID" per fermarne una)',
  },
  letters: { letter: 'LETTERA', to: 'A', notBefore: 'NON PRIMA DI', why: 'PERCHÉ' },
  toAnswer: {
    title: 'A cui rispondere',
    hint: '(rispondi per posta come sempre; se hai risposto in altro modo: "paletti inbox answered ID")',
    due: 'ENTRO',
    from: 'DA',
    subject: 'OGGETTO',
    late: 'in ritardo',
  },
  before: {
    title: (amount) =>
      `Prima di Paletti: ${several(amount, 'messaggio', 'messaggi')} di cui non si è trovata la risposta`,
    hint: '(non se ne fa nulla; per quelli già sistemati: "paletti inbox answered ID")',
    came: 'ARRIVATO',
    from: 'DA',
    subject: 'OGGETTO',
  },
  owed: {
    title: 'Scaduto',
    hint: '(quando arriva il denaro: "paletti invoices paid NUMERO")',
    client: 'CLIENTE',
    overdue: 'SCADUTO',
    nextLook: 'SI RIVEDE',
    why: 'PERCHÉ',
    whenever: 'quando succede qualcosa',
    keepsWaiting: (sum, client, why) => `${sum} di ${client} continuano ad aspettare: ${why}`,
  },
  asked: {
    title: 'Chiesto ai clienti',
    hint: '(usa "paletti requests answered ID", "accept ID" per una proposta, o "drop ID")',
    client: 'CLIENTE',
    state: 'STATO',
    due: 'ENTRO',
    asked: 'CHIESTO',
  },
  exits: {
    title: 'Chiusure',
    hint: '(usa "paletti exit CLIENTE status")',
    client: 'CLIENTE',
    state: 'STATO',
    waitsFor: 'ASPETTA',
  },
  signs: {
    title: 'Segnali',
    hint: '(usa "paletti clients show CLIENTE" per vedere da che cosa si capisce, e il passo da valutare)',
    sign: (title, since, why) => `${title} da ${since} (${why})`,
  },
  more: (amount) => `… e ${several(amount, 'altro', 'altri')}`,
};
