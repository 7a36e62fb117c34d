/** Italian: the page of the settings. */
import type { SettingsWords } from '../parts/settings.ts';
import { several } from './grammar.ts';

const dayWanted = 'Scrivi gli orari come 09:00-13:00, 14:00-18:00, senza che si sovrappongano; vuoto vuol dire chiuso.';

export const settings: SettingsWords = {
  heading: 'Impostazioni',
  intro:
    'Ogni cambiamento ti viene mostrato prima di essere salvato, e quello di prima resta accanto. Chi è in funzione lo usa entro un minuto.',
  parts: {
    sending: { title: 'Invio', hint: 'Se le lettere aspettano tutte il tuo sì, o partono come dice ogni gradino.' },
    hours: {
      title: 'Orari di contatto',
      hint: 'Quando i clienti possono aspettarsi di trovarti. Le lettere partono solo in questi orari.',
    },
    phone: { title: 'Orari del telefono', hint: 'Una telefonata fuori da questi orari viene segnalata.' },
    closures: { title: 'Chiusure', hint: 'Ferie e altri periodi in cui lo studio è chiuso.' },
    holidays: { title: 'Festività', hint: 'Giorni di festa, e i tuoi: per esempio il santo patrono.' },
    answering: { title: 'Risposte', hint: 'Entro quanto rispondi, e la conferma che lo promette.' },
    ladder: { title: 'Solleciti', hint: 'Che cosa parte quando una fattura è scaduta, un gradino alla volta.' },
    language: { title: 'Lingua', hint: 'La tua, e quella dei nuovi clienti.' },
  },
  names: {
    'sending.mode': 'Le lettere',
    'sending.perDay': 'Al massimo al giorno, in tutto',
    'sending.perClientPerDay': 'Al massimo al giorno, per cliente',
    contactHours: 'Orari di contatto',
    phoneHours: 'Orari del telefono',
    'contactHours.closures': 'Chiusure',
    'contactHours.holidays.country': 'Paese',
    'contactHours.holidays.region': 'Regione',
    'contactHours.holidays.extra': 'Altri giorni chiusi',
    'responseWindow.hours': 'Ore per rispondere',
    'responseWindow.count': 'Contate',
    'acknowledgement.enabled': 'Conferma di ricezione',
    'acknowledgement.holdMinutes': 'Minuti prima della conferma',
    'acknowledgement.to': 'La conferma va',
    'dunning.steps': 'Gradini dei solleciti',
    'owner.language': 'Lingua',
    templatesDir: 'Cartella delle tue lettere',
  },
  wanted: {
    'sending.mode': 'Scegli uno dei due modi.',
    'sending.perDay': 'Scrivi un numero intero da 1 a 1000.',
    'sending.perClientPerDay': 'Scrivi un numero intero da 1 a 10.',
    contactHours: `${dayWanted} Almeno un giorno è aperto.`,
    phoneHours: dayWanted,
    'contactHours.closures': 'Ogni chiusura ha un primo e un ultimo giorno, non prima del primo.',
    'contactHours.holidays.country': 'Scrivi due lettere maiuscole, come IT; vuoto vuol dire nessuna festività.',
    'contactHours.holidays.region':
      'Scrivi la regione come è chiamata nel Paese, per esempio BZ; vuoto vuol dire tutto il Paese.',
    'contactHours.holidays.extra':
      'Scrivi il giorno come 06-24, ogni anno, o come 2027-05-04, una volta; e il suo nome.',
    'responseWindow.hours': 'Scrivi un numero intero da 1 a 720.',
    'responseWindow.count': 'Scegli come si contano.',
    'acknowledgement.enabled': 'Scegli sì o no.',
    'acknowledgement.holdMinutes': 'Scrivi un numero intero di minuti, non più lungo del tempo per rispondere.',
    'acknowledgement.to': 'Scegli a chi va.',
    'dunning.steps':
      'Ogni gradino ha giorni interi, non prima del gradino precedente, e una lettera che non c’è già; chi chiude il rapporto sta per ultimo.',
    'owner.language': 'Scegli una lingua.',
    templatesDir: 'Scrivi il nome di una cartella.',
  },
  modes: { review: 'aspettano tutte il tuo sì', live: 'partono da sé, come dice ogni gradino' },
  counts: { elapsed: 'una dopo l’altra, giorno e notte', 'working-days': 'solo nei giorni di lavoro' },
  to: { clients: 'ai clienti', everyone: 'a chiunque scriva di persona' },
  approvals: { auto: 'parte da sé', ask: 'aspetta il tuo sì' },
  languages: { it: 'Italiano', en: 'Inglese' },
  yes: 'sì',
  no: 'no',
  none: 'niente',
  sameAsContact: 'Gli stessi orari di contatto',
  weekHint: 'Scrivi gli orari come 09:00-13:00, 14:00-18:00, o dipingili sulla striscia da mezzanotte a mezzanotte.',
  closureFrom: 'Primo giorno',
  closureTo: 'Ultimo giorno',
  closureNote: 'Nota',
  extraDate: 'Giorno',
  extraName: 'Nome',
  emptyLines: 'Una riga vuota non conta: svuotala per toglierla.',
  stepLetter: 'Lettera',
  stepAfter: 'Giorni dopo la scadenza',
  stepGap: 'Giorni dopo il gradino prima',
  stepApproval: 'Approvazione',
  noStep: 'nessuna',
  step: (letter, afterDays, gapDays, approval) =>
    `${letter}: ${dayOfStep(afterDays)}${gapDays === 0 ? '' : `, e ${several(gapDays, 'giorno', 'giorni')} dopo il gradino prima`}; ${approval}`,
  look: 'Guarda che cosa cambia',
  changes: 'Che cosa cambia',
  before: 'Prima',
  after: 'Dopo',
  save: 'Salva',
  back: 'Torna alle impostazioni',
  nothing: 'Non cambia nulla.',
  faulty: 'Così non si può salvare',
  goesLive:
    'Da quando salvi, le lettere dei gradini che non chiedono il tuo sì partono da sé, negli orari di contatto.',
  kept: (file) => `La configurazione di prima resta in ${file}.`,
  saved: 'Salvato. Chi è in funzione lo usa entro un minuto.',
  restored: 'La configurazione di prima è tornata.',
  earlier: 'L’ultimo cambiamento',
  putBack: 'Torna a prima',
  byCommand: 'Si cambia con un comando',
  byCommandHint:
    'Server, caselle e password non si cambiano qui: scrivi in config.json, prova con paletti doctor, poi riavvia.',
  server: (host, user) => `${host}, come ${user}`,
  passwordIn: {
    env: 'password in una variabile d’ambiente',
    command: 'password da un comando',
    file: 'password in un file',
    keyring: 'password nel portachiavi',
    other: 'accesso senza password',
  },
  file: 'Configurazione',
};

function dayOfStep(days: number): string {
  if (days === 0) return 'il giorno della scadenza';
  return `${several(Math.abs(days), 'giorno', 'giorni')} ${days < 0 ? 'prima della' : 'dopo la'} scadenza`;
}
