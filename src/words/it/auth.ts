/** Italian: signing in. */
import type { AuthWords } from '../parts/auth.ts';

export const auth: AuthWords = {
  needed: {
    absent: ({ mailbox, title }) =>
      `La casella ${mailbox} non viene letta: nessuno ha ancora fatto l’accesso a ${title}.`,
    foreign: ({ mailbox }) =>
      `La casella ${mailbox} non viene letta: l’accesso era di un altro client o provider rispetto a config.json.`,
    ended: ({ mailbox, title, said }) =>
      `La casella ${mailbox} non viene letta: ${title} ha chiuso l’accesso (${said}). Resta in pace finché non accedi di nuovo.`,
  },
  opens: (title, user) => `Nel browser si apre la pagina di accesso di ${title}. Accedi come ${user}.`,
  openThis: (title, user) => `Apri questo indirizzo in un browser su questo computer e accedi a ${title} come ${user}:`,
  waits: 'Attendo che torni… (Ctrl-C interrompe)',
  device: (address, code, minutes) =>
    `Apri ${address} su un dispositivo qualsiasi e scrivi il codice ${code} entro ${minutes} minuti.`,
  page: { heading: 'Accesso riuscito.', text: 'Puoi chiudere questa pagina e tornare a Paletti.' },
  signedIn: (mailbox, title) => `${mailbox} ha l’accesso a ${title}. Da ora si rinnova da solo.`,
  endsSoon: (title, days) => `${title} chiude questo accesso dopo ${days} giorni`,
  testing:
    'nella console di Google Cloud, alla voce «Audience», porta il client allo stato «In production», poi accedi di nuovo',
  passwordFor: (account) => `Password di ${account}`,
  kept: (account) => `La password di ${account} è nel portachiavi, e si rilegge.`,
  signedOut: (mailbox) => `${mailbox} non ha più l’accesso: i suoi token non sono più su questo computer.`,
  wasNotSignedIn: (mailbox) => `${mailbox} non aveva l’accesso.`,
  revoked: (title) => `${title} è stato avvisato di non accettarli più.`,
  notRevoked: (title) =>
    `${title} non è stato avvisato: togli il consenso nelle impostazioni di sicurezza del tuo account.`,
  status: {
    mailbox: 'casella',
    by: 'accede con',
    state: 'stato',
    renewed: 'rinnovato',
    password: 'password',
    tokenCommand: 'comando',
    signedIn: (since) => `con accesso dal ${since}`,
    until: (when) => `scade ${when}`,
    none: '',
  },
};
