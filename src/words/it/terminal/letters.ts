/** Italian: `paletti outbox`, `plan`, `letter` and `templates`. */
import type { LettersWords } from '../../parts/terminal.ts';
import { several } from '../grammar.ts';

export const letters: LettersWords = {
  none: 'Nessuna lettera.',
  ownNone: 'Nessun tuo messaggio in attesa.',
  columns: { state: 'STATO', letter: 'LETTERA', to: 'A', when: 'QUANDO', subject: 'OGGETTO' },
  moreListed: (amount, all) => `… altre ${amount}: paletti outbox list --limit ${all}`,
  labels: {
    letter: 'Lettera',
    state: 'Stato',
    why: 'Perché',
    notBefore: 'Non prima di',
    sent: 'Inviata',
    lastError: 'Ultimo errore',
    ended: 'Fine',
    from: 'Da',
    to: 'A',
    subject: 'Oggetto',
  },
  named: (id, kind, step) => `${id}, ${kind}${step === null ? '' : `, passo ${step}`}`,
  endedBy: (why, by) => (by === null ? why : `${why} (${by === 'owner' ? 'da te' : 'da Paletti'})`),
  changed: {
    leaves: (why: string) => `Ora partirebbe così: ${why}.`,
    'given-back': (why: string) =>
      `Le tue parole non corrispondono più: ${why}. Così non partono: quando la approvi, la lettera è riscritta e torna a te, e le tue parole restano conservate.`,
    stays: (why: string) => `Adesso non partirebbe: ${why}.`,
  },
  history: 'Storia',
  next: (what) => `Ora: ${what}`,
  nextFor: {
    end: (client) => `paletti exit ${client} status; parte solo quando quella chiusura è approvata`,
    approve: (id) => `paletti outbox approve ${id}, oppure edit ${id}, oppure drop ${id}`,
    restore: (id) => `paletti outbox restore ${id}`,
    retry: (id) => `paletti outbox retry ${id}, oppure drop ${id}`,
    resolve: (id) => `paletti outbox resolve ${id} --sent, oppure --not-sent`,
  },
  moves: {
    approve: { done: 'è approvata', already: 'non ha bisogno di approvazione' },
    drop: { done: 'è scartata', already: 'era già scartata' },
    restore: { done: 'è ripresa e aspetta te', already: 'non era scartata' },
    retry: { done: 'sarà riprovata', already: 'è già in coda' },
    'resolve-sent': { done: 'risulta inviata', already: 'risultava già inviata' },
    'resolve-not-sent': { done: 'risulta non inviata', already: 'risultava già non inviata' },
  },
  moved: (id, to, move, leaves) => `La lettera ${id} a ${to} ${move}${leaves === '' ? '' : `; ${leaves}`}.`,
  leaves: (when) => (when === null ? 'parte al prossimo giro' : `non parte prima di ${when}`),
  leavesIf: (when, standstill) => `${when === null ? '' : `${when}, e `}${standstill}`,
  whilePaused: (why) => `finché l’invio è in pausa non parte nulla (${why}): paletti resume`,
  onceRunning: 'parte quando Paletti è in funzione: paletti run',
  after: (what, id) => {
    const back = `paletti outbox restore ${id}`;
    if (what === 'exit-cancelled') return 'Con la lettera è annullata anche la chiusura.';
    if (what === 'asks-no-more')
      return `A questo cliente non si chiede più nulla in questa valuta, fatture future comprese, fino a: ${back}`;
    return `${what === 'hears-nothing' ? 'Il cliente non sente nulla finché non rispondi tu. ' : ''}Per riprenderla: ${back}`;
  },
  noneMoved: 'Non c’è una lettera così: nulla è cambiato.',
  edited: (id) => `La lettera ${id} è modificata e aspetta te: paletti outbox approve ${id}`,
  notEdited: (id) => `La lettera ${id} resta com’è.`,
  plan: {
    paused: (why) => `Ora non parte nulla: ${why}`,
    none: (days) => `Nessuna lettera parte ${within(days)}.`,
    leaves: (days) => `Partono ${within(days)}`,
    waits: 'Aspettano te fino alla fine',
    heldBack: 'Trattenute',
    yours: 'da approvare',
    columns: { when: 'QUANDO', letter: 'LETTERA', to: 'A', why: 'PERCHÉ' },
    blocked: { client: 'CLIENTE', money: 'VALUTA', until: 'FINO A', why: 'PERCHÉ' },
    whenever: 'quando succede qualcosa',
    anew: 'Solo con questa scala',
    gone: 'Non con questa scala',
    nothing: 'niente',
  },
  boundary: {
    waitsAlready: (id, client) => `La lettera ${id} a ${client} aspetta già: paletti outbox show ${id}`,
    waits: (id, client, why) => `La lettera ${id} a ${client} aspetta te (${why}).`,
    next: (id) => `Ora: paletti outbox approve ${id}, oppure edit ${id}, oppure drop ${id}`,
  },
  templates: {
    columns: { letter: 'LETTERA', language: 'LINGUA', tone: 'TONO', yours: 'TUA', file: 'FILE' },
    yours: 'tua',
    sound: (amount) => `${several(amount, 'lettera', 'lettere')}, nessun errore.`,
    sample: 'Alcuni dati sono inventati.',
  },
};

/** 'nei prossimi 30 giorni' */
function within(days: number): string {
  return days === 1 ? 'nel prossimo giorno' : `nei prossimi ${days} giorni`;
}
