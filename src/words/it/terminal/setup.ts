/** Italian: `paletti init`, `config` and `service`. */
import type { SetupWords } from '../../parts/terminal.ts';

export const setup: SetupWords = {
  review: 'L’invio è in revisione: senza la tua approvazione non parte nulla.',
  hours: (zone, country) =>
    `Orari di contatto: da lunedì a venerdì 09:00-13:00 e 14:00-18:00, ${zone}, ${country === null ? 'senza festività ("holidays" le aggiunge)' : `festività: ${country}`}.`,
  setPassword: (email, variable) => `Prima di partire imposta la password di ${email}: export ${variable}=…`,
  passwordIn: (email, file) => `La password di ${email} si legge da ${file}`,
  inKeyring: (email, account) => `La password di ${email} è nel portachiavi, come ${account}`,
  printedBy: (email, command) => `La password di ${email} è ciò che stampa: ${command}`,
  signInBefore: (mailbox) => `Prima di partire accedi: paletti auth login ${mailbox}`,
  noIban: 'manca l’IBAN, quindi i promemoria non dicono dove pagare: aggiungi owner.iban alla configurazione',
  noBic: 'il conto è fuori dall’area SEPA e per un bonifico serve il BIC: aggiungi owner.bic alla configurazione',
  config: {
    sound: (path) => `${path} è a posto.`,
    reads: (owner, zone, mailboxes) => `${owner}, ${zone}; legge ${mailboxes}`,
    sending: (mode, steps) => `invio: ${mode}; solleciti: ${steps || 'nessun passo'}`,
    data: (folder) => `dati: ${folder}`,
    next: 'Per provare anche server e password: paletti doctor',
  },
  service: {
    written: (path) => `Scritto: ${path}`,
    entry: (path) => `Nel menu c’è la voce Paletti, che apre la pagina: ${path}`,
    runsNow: 'È in funzione, e parte ogni volta che accedi.',
    notStarted: (said) => `non si è riusciti ad avviarlo: ${said}`,
    run: 'Ora esegui:',
    enabled: {
      true: 'Parte quando accedi.',
      false: 'Non parte quando accedi.',
      null: 'Se parte quando accedi, qui il sistema non lo dice.',
    },
    running: {
      true: 'È in funzione.',
      false: 'Non è in funzione.',
      null: 'Se è in funzione, qui il sistema non lo dice.',
    },
    mend: 'Per sistemarlo: paletti service repair',
    nothingToMend: 'Non c’è nulla da sistemare: il file è a posto.',
    stopped: (path) => `Fermato e rimosso: ${path}`,
    look: 'Poi guardalo con:',
    variable: (name) =>
      `un servizio non ha la variabile ${name} del tuo terminale; prima di avviarlo metti la password altrove: "password": { "file": "secret" } (permessi 0600), oppure "keyring"`,
    fragile: (node) => `${node} sparisce con il prossimo aggiornamento di Node; poi installa di nuovo il servizio`,
    states: {
      absent: 'Non c’è un file di servizio.',
      fits: 'Il file di servizio è a posto.',
      stale: 'Il file di servizio è vecchio: Node, il programma o la configurazione si sono spostati.',
    },
    write: 'Per scriverlo: paletti service install',
    removed: (path) => `Rimosso: ${path}\nSe è in funzione, fermalo con:`,
    wasNone: 'Non c’era un file di servizio. Se è in funzione, fermalo con:',
  },
};
