/** Italian: `paletti inbox` and `paletti decide`. */
import type { EvidenceKind } from '../../../rules/response-window.ts';
import type { MailWords } from '../../parts/terminal.ts';

const known: Record<EvidenceKind, string> = {
  thread: 'la tua risposta nella stessa conversazione',
  subject: 'una tua mail con lo stesso oggetto',
  flag: 'il segno «risposto» nella casella',
  owner: 'l’hai detto tu',
};

export const mail: MailWords = {
  none: 'Nessun messaggio.',
  columns: {
    received: 'RICEVUTO',
    mailbox: 'CASELLA',
    from: 'DA',
    subject: 'OGGETTO',
    hours: 'ORARIO',
    state: 'STATO',
  },
  unreadable: 'illeggibile',
  notJudged: 'non ancora valutato',
  forged: (kind) => `${kind}, falsificato?`,
  doubtful: (kind) => `${kind}, dubbio`,
  noneNeeded: 'non serve',
  answered: 'risposto',
  late: (span) => `in ritardo di ${span}`,
  due: (distance) => `entro ${distance.replace(/^tra /, '')}`,
  labels: {
    from: 'Da',
    to: 'A',
    client: 'Cliente',
    received: 'Ricevuto',
    subject: 'Oggetto',
    attachments: 'Allegati',
    fault: 'Non si è potuto leggere',
    kind: 'Tipo',
    judged: 'Valutazione',
    outOfHours: 'Fuori orario',
    answer: 'Risposta',
    letters: 'Lettere',
  },
  notYet: 'non ancora',
  dueAt: (when, distance) => `da dare entro ${when}, ${distance}`,
  answeredAt: (when, evidence) =>
    `data${when === null ? '' : ` ${when}`}${evidence === null ? '' : `; si sa da: ${known[evidence]}`}`,
  settled: (id, how) =>
    how === 'answered'
      ? `Annotato: al messaggio ${id} hai risposto.`
      : `Annotato: il messaggio ${id} non ha bisogno di risposta.`,
  unsettled: (id, hadDeadline) =>
    hadDeadline ? `Il messaggio ${id} non aspetta più una risposta.` : `Il messaggio ${id} non ha una scadenza.`,
  decided: {
    client: 'cliente',
    kind: 'tipo',
    outOfHours: 'fuori orario',
    outOfHoursWhy: 'perché fuori orario',
    window: 'finestra di risposta',
    acknowledge: 'conferma di ricezione',
    reason: 'codice',
    why: 'perché',
    holdUntil: 'trattenuta fino a',
  },
  yesOrNo: (value) => (value ? 'sì' : 'no'),
  windowFrom: (opens, due) => `si apre ${opens}, la risposta è da dare entro ${due}`,
  letterTo: (to, subject) => `A: ${to}\nOggetto: ${subject}`,
};
