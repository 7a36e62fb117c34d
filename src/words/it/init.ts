/** Italian: the questions of `paletti init`. */
import type { InitWords } from '../parts/init.ts';
import { several } from './grammar.ts';

export const init: InitWords = {
  email: 'Il tuo indirizzo di posta',
  asAddress: 'Per esempio nome@esempio.it',
  name: 'Il tuo nome, come nella firma delle lettere',
  timeZone: 'Il tuo fuso orario',
  country: 'Paese di cui osservi le festività',
  usualCountry: 'IT',
  iban: 'IBAN su cui pagano i clienti (Invio: più tardi)',
  asIban: 'Non è un IBAN: le cifre di controllo non tornano',
  accountHolder: 'A chi è intestato il conto, come lo conosce la banca',
  bic: 'BIC del conto, che è fuori dall’area SEPA (Invio: più tardi)',
  asBic: 'Non è un BIC: ha otto o undici lettere e cifre, come BCITITMM',
  imap: 'Server IMAP',
  smtp: 'Server SMTP',
  asServer: 'Per esempio mail.esempio.it, oppure mail.esempio.it:143',
  user: 'Nome utente',
  elsewhere: (imap, smtp) =>
    `Il tuo dominio indica ${imap} per leggere e ${smtp} per inviare, che stanno altrove. Sono del tuo fornitore?`,
  notes: {
    'app-password':
      'Questo fornitore vuole una password per le app, creata nelle impostazioni di sicurezza dell’account.',
    oauth: 'Questo fornitore non accetta più password dai programmi di posta: si accede con il browser.',
    'oauth-or-app-password':
      'Questo fornitore vuole una password per le app, creata nelle impostazioni di sicurezza dell’account; oppure si accede con il browser.',
  },
  code: 'Nome utente che ti ha dato il fornitore (non è l’indirizzo)',
  where: 'Dove sta la password?',
  inFile: 'In un file che solo tu puoi leggere (la scrivi ora)',
  inVariable: "Nella variabile d'ambiente",
  inKeyring: 'Nel portachiavi del desktop (la scrivi ora)',
  byCommand: 'La stampa un comando, per esempio: pass show mail',
  command: 'Il comando e i suoi argomenti, separati da spazi; senza shell',
  signIn: (title) => `Nessuna password: accedi a ${title} con il browser`,
  clientId: 'Client id che hai registrato là',
  clientSecretFile: (path) => `File con il segreto di quel client, permessi 0600, come ${path} (Invio: non ne ha)`,
  register: (title) =>
    `${title} vuole un client id tuo, creato una volta sola; i passi sono nel README, alla voce «Signing in». Senza, per ora scegli una password.`,
  failed: (why) => `Non è riuscito: ${why}`,
  whatNow: {
    message: 'E ora?',
    password: 'scrivo di nuovo la password',
    user: 'un altro nome utente',
    servers: 'altri server',
    anyway: 'scrivi lo stesso, lo sistemo dopo',
  },
  password: 'Password',
  passwordUntil: 'Il suo ultimo giorno, come lo dice il fornitore, AAAA-MM-GG (Invio: non si sa)',
  asDay: 'Un giorno, come 2027-02-14',
  another: "Un'altra casella?",
  yes: 'Sì',
  no: 'No',
  thanks: 'Grazie.',
  noPasswords: (host) => `${host} dice che non accetta password.`,
  after: {
    title: 'Il primo sguardo',
    signIn: (title, user) => `Accedere a ${title} adesso, come ${user}?`,
    read: (days) =>
      `Leggere adesso la posta degli ultimi ${days} giorni? Non parte nulla; servono a proporti orari e clienti`,
    now: 'adesso',
    later: 'più tardi',
    reading: 'Leggo…',
    progress: (mailbox, done, total) => `${mailbox}: ${done} messaggi su ${total}`,
    didRead: (messages) => `${messages === 1 ? 'Letto' : 'Letti'}: ${several(messages, 'messaggio', 'messaggi')}.`,
    noMail: 'In questi giorni non c’è posta da cui proporre qualcosa. Quando c’è: paletti clients learn',
    lookOver: 'Uno sguardo a tutto (paletti doctor)',
    brokenOff:
      'Il resto è per dopo; la configurazione è scritta. Vai avanti con: paletti run --once, poi paletti clients learn, poi paletti doctor',
  },
  check: 'Ora: paletti doctor',
  next: 'D’ora in poi: con paletti service install Paletti parte quando accedi al computer (oppure, in questa finestra: paletti run); legge la posta, conta il tempo di ogni risposta e ti mostra ogni lettera prima che parta.\nLa pagina, nel browser: paletti page',
};
