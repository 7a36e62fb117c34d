/** Italian: `paletti doctor`, with what is found at the servers. */
import type { DoctorWords } from '../../parts/terminal.ts';
import { several } from '../grammar.ts';

export const doctor: DoctorWords = {
  states: { ok: 'a posto', warning: 'avviso', failed: 'errore' },
  fix: (what) => `rimedio: ${what}`,
  well: 'Tutto a posto.',
  warnings: (amount) => `Nessun errore; ${several(amount, 'avviso', 'avvisi')} da guardare.`,
  names: {
    configuration: 'configurazione',
    folder: 'cartella dei dati',
    disk: 'disco',
    hours: 'orari di contatto',
    account: 'conto',
    addresses: (mailbox) => `indirizzi di ${mailbox}`,
    database: 'archivio e modelli',
    file: 'file dell’archivio',
    journal: 'registro',
    watched: 'cartella osservata',
    rates: 'tassi di riferimento',
    clock: 'orologio',
    daemon: 'servizio',
    service: 'avvio',
    invoices: 'numeri delle fatture',
    domains: 'domini',
    password: (mailbox) => `password di ${mailbox}`,
    ending: (mailbox) => `accesso di ${mailbox}`,
    signIn: (mailbox) => `accesso di ${mailbox}`,
    token: (mailbox) => `token di ${mailbox}`,
    smtp: (mailbox) => `SMTP di ${mailbox}`,
    imap: (mailbox) => `IMAP di ${mailbox}`,
    folders: (mailbox) => `cartelle di ${mailbox}`,
  },
  open: (amount) => `aperto, ${several(amount, 'lettera', 'lettere')}`,
  folder: {
    madeLater: (path) => `${path}, creata al primo avvio`,
    readByOthers: (path) => `${path} può essere letta da altri`,
    close: (path) => `Esegui: chmod 700 ${path}`,
  },
  rates: {
    known: (from) => `noti per il semestre dal ${from}`,
    missing: (series, from) =>
      `manca quello di ${series} per il semestre dal ${from}: gli interessi si calcolano solo fino ad allora`,
    add: 'Aggiungilo a config.json, con la fonte: "interest": { "rates": [ … ] }',
  },
  watched: {
    missing: (path) => `${path} non c’è`,
    make: 'Creala, o correggi "watch.folders" in config.json.',
    unknown: 'non si sa quali fatture siano tue: nessuna viene letta',
    number: 'Scrivi la tua partita IVA in config.json: "owner": { "vat": "IT01234567890" }',
  },
  service: {
    absent: 'nessuno: Paletti è in funzione finché lo esegui tu (paletti service install)',
    runs: 'è in funzione, e parte quando accedi',
    fits: 'il file è a posto; se è in funzione, qui il sistema non lo dice',
    stale: 'il suo file è vecchio: Node, il programma o la configurazione si sono spostati',
    notEnabled: 'non parte quando accedi',
    notRunning: 'non è in funzione',
    repair: 'paletti service repair',
  },
  disk: { free: (megabytes) => `${megabytes} MB liberi`, fix: 'Fai spazio: con il disco pieno non si invia nulla.' },
  nights: {
    found: (days) => `attraversano la notte di ${days}`,
    fix: 'Se hai scambiato le due ore, correggi contactHours: prima l’apertura, come in "09:00-18:00".',
  },
  notYours: {
    found: (user) => `la casella è di ${user}, che non è tra i tuoi indirizzi`,
    fix: 'Aggiungilo a owner.addresses: ciò che arriva lì è per te, e ciò che ne parte non è di un cliente.',
  },
  account: {
    noIban: 'manca l’IBAN: i promemoria non dicono dove pagare',
    noIbanFix: 'Aggiungilo alla configurazione: owner.iban',
    noBic: (iban) => `${iban} è fuori dall’area SEPA: per un bonifico serve il BIC`,
    noBicFix: 'Aggiungilo alla configurazione: owner.bic',
    found: (iban, holder) => `${iban}, intestato a ${holder}`,
    unsaid: (found, business) => `${found}; se sia intestato a ${business} non l’hai detto`,
    unsaidFix: 'Scrivi nella configurazione il nome come lo conosce la banca: owner.accountHolder',
  },
  hours: {
    next: (when, zone) => `prossima apertura ${when}, ${zone}`,
    now: (until, zone) => `aperto adesso, fino a ${until}, ${zone}`,
  },
  journal: (entries) => `${several(entries, 'voce', 'voci')}, integro`,
  clock: { ahead: (when) => `la voce più recente è ${when}`, fix: 'Regola l’orologio di questo computer.' },
  daemon: {
    failed: (when, why) => `l’ultimo errore ${when}: ${why}`,
    failedFix: 'Vedi: paletti status',
    running: 'è in funzione',
    never: 'non è ancora partito; avvialo con: paletti run',
    last: (when) => `ultimo giro ${when}`,
    start: 'Avvialo: paletti run, oppure: paletti service install',
  },
  twice: {
    found: (number, year, clients) => `la ${number} del ${year} indica ${clients.join(' e ')}`,
    fix: 'Se una è un errore: paletti invoices void',
  },
  domain: {
    found: (domain, client, others) => `${domain} è tutto di ${client}, ma da lì scrive anche ${others}`,
    fix: (client) =>
      `Se sono lo stesso: paletti clients edit ${client}; ciò che arriva da un indirizzo va a chi ha quell’indirizzo.`,
  },
  servers: {
    signedIn: (provider) => `accesso attivo presso ${provider}`,
    canBeRead: 'si può leggere',
    watched: 'il servizio è in funzione e segue le caselle',
    loggedIn: 'accesso riuscito',
    sentIn: (folder, noKeywords) =>
      `accesso riuscito; la posta inviata è in "${folder}"${noKeywords ? '; il server non accetta etichette' : ''}`,
    answers: 'risponde',
    answersStarttls: 'risponde, da cifrare con STARTTLS',
    lost: (folders, days) =>
      `c’è posta di clienti in cartelle che non si leggono: ${folders
        .map(({ path, count, clients }) => `"${path}" (${count} in ${days} giorni, ${clients.slice(0, 3).join(', ')})`)
        .join('; ')}`,
    lostFix: (folders) => `Falle leggere: nella casella di config.json, "also": [${folders}]`,
    sentLike: (folders) => `sembra posta inviata e non si legge: ${folders}`,
    sentLikeFix:
      'Se rispondi con un programma che archivia lì, indicala dopo la prima in mailboxes[].sent: ["Sent", "…"]',
    unmatched: (folders) => `non c’è la cartella ${folders}`,
    unmatchedFix:
      'Guarda mailboxes[].also e mailboxes[].sent; le cartelle si scrivono come le elenca il server, separate da "/".',
    inboxAlone: 'i clienti scrivono solo a INBOX',
    alsoRead: (folders) => `si leggono anche: ${folders}`,
  },
};
