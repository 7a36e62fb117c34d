/** English: `paletti init`, `config` and `service`. What stands here the other languages must bring as well. */

export const setup = {
  review: 'Sending is in review mode: nothing leaves without your approval.',
  hours: (zone: string, country: string | null) =>
    `Contact hours: Monday to Friday 09:00-13:00 and 14:00-18:00, ${zone}, ${country === null ? 'no public holidays ("holidays" adds them)' : `holidays of ${country}`}.`,
  setPassword: (email: string, variable: string) =>
    `Set the password of ${email} before starting: export ${variable}=…`,
  passwordIn: (email: string, file: string) => `The password of ${email} is read from ${file}`,
  inKeyring: (email: string, account: string) => `The password of ${email} is in the keyring, as ${account}`,
  printedBy: (email: string, command: string) => `The password of ${email} is what this prints: ${command}`,
  signInBefore: (mailbox: string) => `Sign in before starting: paletti auth login ${mailbox}`,
  noIban: 'no IBAN is known, so reminders do not say where the money goes: add owner.iban to the configuration',
  noBic: 'the account is outside SEPA, and a transfer to it needs a BIC: add owner.bic to the configuration',
  config: {
    sound: (path: string) => `${path} is sound.`,
    reads: (owner: string, zone: string, mailboxes: string) => `${owner}, ${zone}; reads ${mailboxes}`,
    sending: (mode: string, steps: string) => `sending: ${mode}; dunning: ${steps || 'no steps'}`,
    data: (folder: string) => `data: ${folder}`,
    next: 'To test the servers and passwords too: paletti doctor',
  },
  service: {
    written: (path: string) => `Written: ${path}`,
    entry: (path: string) => `In the start menu as Paletti, which opens the page: ${path}`,
    runsNow: 'It runs, and is started whenever you log in.',
    notStarted: (said: string) => `it could not be started: ${said}`,
    run: 'Now run:',
    enabled: {
      true: 'It is started when you log in.',
      false: 'It is not started when you log in.',
      null: 'Whether it is started when you log in, the system does not say here.',
    },
    running: {
      true: 'It runs.',
      false: 'It does not run.',
      null: 'Whether it runs, the system does not say here.',
    },
    mend: 'To mend it: paletti service repair',
    nothingToMend: 'There is nothing to mend: the file fits.',
    stopped: (path: string) => `Stopped, and removed: ${path}`,
    look: 'Then look at it with:',
    variable: (name: string) =>
      `a service does not have the variable ${name} of your terminal; before you start it, keep the password elsewhere: "password": { "file": "secret" } (mode 0600), or "keyring"`,
    fragile: (node: string) => `${node} goes away with the next update of Node; install the service again after it`,
    states: {
      absent: 'There is no service file.',
      fits: 'The service file fits.',
      stale: 'The service file is out of date: Node, the program or the configuration moved.',
    },
    write: 'To write it: paletti service install',
    removed: (path: string) => `Removed: ${path}\nIf it is running, stop it with:`,
    wasNone: 'There was no service file. If it is running, stop it with:',
  },
};
