/** English: `paletti doctor`, with what is found at the servers. What stands here the other languages must bring as well. */
import { several } from '../grammar.ts';

export const doctor = {
  states: { ok: 'ok', warning: 'warning', failed: 'failed' },
  fix: (what: string) => `fix: ${what}`,
  well: 'All is well.',
  warnings: (amount: number) => `Nothing failed; ${several(amount, 'warning')} to look at.`,
  names: {
    configuration: 'configuration',
    folder: 'data folder',
    disk: 'disk',
    hours: 'contact hours',
    account: 'account',
    addresses: (mailbox: string) => `addresses of ${mailbox}`,
    database: 'database and templates',
    file: 'database file',
    journal: 'journal',
    watched: 'watched folder',
    rates: 'reference rates',
    clock: 'clock',
    daemon: 'daemon',
    service: 'start at login',
    invoices: 'invoice numbers',
    domains: 'domains',
    password: (mailbox: string) => `password of ${mailbox}`,
    ending: (mailbox: string) => `what ${mailbox} logs in with`,
    signIn: (mailbox: string) => `sign-in of ${mailbox}`,
    token: (mailbox: string) => `token of ${mailbox}`,
    smtp: (mailbox: string) => `SMTP of ${mailbox}`,
    imap: (mailbox: string) => `IMAP of ${mailbox}`,
    folders: (mailbox: string) => `folders of ${mailbox}`,
  },
  open: (letters: number) => `open, ${letters} letters`,
  folder: {
    madeLater: (path: string) => `${path}, made at the first start`,
    readByOthers: (path: string) => `${path} can be read by others`,
    close: (path: string) => `Run: chmod 700 ${path}`,
  },
  rates: {
    known: (from: string) => `known for the half-year from ${from}`,
    missing: (series: string, from: string) =>
      `none of ${series} for the half-year from ${from}: interest is worked out until then only`,
    add: 'Add it to config.json, with its source: "interest": { "rates": [ … ] }',
  },
  watched: {
    missing: (path: string) => `${path} is not there`,
    make: 'Make it, or mend "watch.folders" in config.json.',
    unknown: 'whose invoices are yours is not known: none is taken',
    number: 'Write your VAT number into config.json: "owner": { "vat": "IT01234567890" }',
  },
  service: {
    absent: 'none: Paletti runs while you run it (paletti service install)',
    runs: 'runs, and starts when you log in',
    fits: 'the file fits; whether it runs, the system does not say here',
    stale: 'its file is out of date: Node, the program or the configuration moved',
    notEnabled: 'it does not start when you log in',
    notRunning: 'it does not run',
    repair: 'paletti service repair',
  },
  disk: { free: (megabytes: number) => `${megabytes} MB free`, fix: 'Make room: on a full disk nothing is sent.' },
  nights: {
    found: (days: string) => `they go through the night of ${days}`,
    fix: 'If the two times were exchanged, mend contactHours: the opening goes first, as in "09:00-18:00".',
  },
  notYours: {
    found: (user: string) => `the mailbox is that of ${user}, which is none of your addresses`,
    fix: 'Add it to owner.addresses: mail to it is yours, and mail from it is no client.',
  },
  account: {
    noIban: 'no IBAN is known: reminders do not say where the money goes',
    noIbanFix: 'Add it to the configuration: owner.iban',
    noBic: (iban: string) => `${iban} is outside SEPA, and a transfer to it needs a BIC`,
    noBicFix: 'Add it to the configuration: owner.bic',
    found: (iban: string, holder: string) => `${iban}, in the name of ${holder}`,
    unsaid: (found: string, business: string) => `${found}; whether it is in the name of ${business}, nobody has said`,
    unsaidFix: 'Write the name as the bank has it into the configuration: owner.accountHolder',
  },
  hours: {
    next: (when: string, zone: string) => `next open ${when}, ${zone}`,
    now: (until: string, zone: string) => `open now, until ${until}, ${zone}`,
  },
  journal: (entries: number) => `${entries} entries, whole`,
  clock: { ahead: (when: string) => `the newest entry lies ${when}`, fix: 'Set the clock of this machine.' },
  daemon: {
    failed: (when: string, why: string) => `it last failed ${when}: ${why}`,
    failedFix: 'See: paletti status',
    running: 'is running',
    never: 'has not run yet; start it with: paletti run',
    last: (when: string) => `last at work ${when}`,
    start: 'Start it: paletti run, or: paletti service install',
  },
  twice: {
    found: (number: string, year: string, clients: readonly string[]) =>
      `${number} of ${year} stands for ${clients.join(' and ')}`,
    fix: 'If one is a mistake: paletti invoices void',
  },
  domain: {
    found: (domain: string, client: string, others: string) =>
      `${domain} is all of ${client}, but ${others} writes from it, too`,
    fix: (client: number) =>
      `If they are one: paletti clients edit ${client}; mail from an address goes to whom the address belongs.`,
  },
  servers: {
    signedIn: (provider: string) => `signed in at ${provider}`,
    canBeRead: 'can be read',
    watched: 'the daemon is running and watches the mailboxes',
    loggedIn: 'logged in',
    sentIn: (folder: string, noKeywords: boolean) =>
      `logged in; sent mail is in "${folder}"${noKeywords ? '; the server takes no keywords' : ''}`,
    answers: 'answers',
    answersStarttls: 'answers, to be encrypted by STARTTLS',
    lost: (folders: readonly { path: string; count: number; clients: readonly string[] }[], days: number) =>
      `mail of clients lies in folders that are not read: ${folders
        .map(({ path, count, clients }) => `"${path}" (${count} in ${days} days, ${clients.slice(0, 3).join(', ')})`)
        .join('; ')}`,
    lostFix: (folders: string) => `Have it read: in the mailbox of config.json, "also": [${folders}]`,
    sentLike: (folders: string) => `looks like sent mail and is not read: ${folders}`,
    sentLikeFix:
      'If you answer from a program that files there, name it after the first in mailboxes[].sent: ["Sent", "…"]',
    unmatched: (folders: string) => `there is no folder ${folders}`,
    unmatchedFix:
      'Look at mailboxes[].also and mailboxes[].sent; folders are named as the server lists them, with "/" between.',
    inboxAlone: 'clients write to INBOX alone',
    alsoRead: (folders: string) => `also read: ${folders}`,
  },
};
