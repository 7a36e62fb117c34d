/** English: the questions of `paletti init`. */
import type { InitWords } from '../parts/init.ts';
import { several } from './grammar.ts';

export const init: InitWords = {
  email: 'Your mail address',
  asAddress: 'As in name@example.com',
  name: 'Your name, as letters are signed',
  timeZone: 'Your time zone',
  country: 'Country whose holidays you keep',
  usualCountry: 'GB',
  iban: 'IBAN where clients pay (Enter: later)',
  asIban: 'This is no IBAN: its check digits do not fit',
  accountHolder: 'In whose name the account is, as the bank has it',
  bic: 'BIC of the account, which is outside SEPA (Enter: later)',
  asBic: 'This is no BIC: it has eight or eleven letters and digits, as in BCITITMM',
  imap: 'IMAP server',
  smtp: 'SMTP server',
  asServer: 'As in mail.example.com, or mail.example.com:143',
  user: 'Login name',
  elsewhere: (imap, smtp) =>
    `Your domain names ${imap} for reading and ${smtp} for sending, which lie elsewhere. Are they your provider’s?`,
  notes: {
    'app-password': 'This provider wants an app password, made in the security settings of the account.',
    oauth: 'This provider takes no passwords from mail programs any more: you sign in with the browser.',
    'oauth-or-app-password':
      'This provider wants an app password, made in the security settings of the account; or you sign in with the browser.',
  },
  code: 'Login name that the provider gave you (it is not the address)',
  where: 'Where is the password kept?',
  inFile: 'In a file that only you can read (type it now)',
  inVariable: 'In the environment variable',
  inKeyring: 'In the keyring of the desktop (type it now)',
  byCommand: 'A command prints it, as in: pass show mail',
  command: 'The command and its arguments, with blanks between; no shell',
  signIn: (title) => `No password: sign in at ${title} with the browser`,
  clientId: 'Client id that you registered there',
  clientSecretFile: (path) => `File with the secret of that client, mode 0600, as in ${path} (Enter: it has none)`,
  register: (title) =>
    `${title} wants a client id of your own, made once; the README has the steps, under "Signing in". Without one, choose a password for now.`,
  failed: (why) => `It did not work: ${why}`,
  whatNow: {
    message: 'What now?',
    password: 'type the password again',
    user: 'another login name',
    servers: 'other servers',
    anyway: 'write it all the same, and mend it later',
  },
  password: 'Password',
  passwordUntil: 'Its last day, as the provider tells it, YYYY-MM-DD (Enter: not known)',
  asDay: 'A day as in 2027-02-14',
  another: 'Another mailbox?',
  yes: 'Yes',
  no: 'No',
  thanks: 'Thank you.',
  noPasswords: (host) => `${host} says that it takes no passwords.`,
  after: {
    title: 'The first look',
    signIn: (title, user) => `Sign in at ${title} now, as ${user}?`,
    read: (days) =>
      `Read the mail of the last ${days} days now? Nothing is sent; hours and clients are proposed from it`,
    now: 'now',
    later: 'later',
    reading: 'Reading…',
    progress: (mailbox, done, total) => `${mailbox}: ${done} of ${total} messages`,
    didRead: (messages) => `Read: ${several(messages, 'message')}.`,
    noMail: 'There is no mail of these days to propose from. Once there is: paletti clients learn',
    lookOver: 'A look at everything (paletti doctor)',
    brokenOff:
      'The rest is left for later; the configuration stands. Go on with: paletti run --once, then paletti clients learn, then paletti doctor',
  },
  check: 'Now: paletti doctor',
  next: 'From here on: paletti service install starts Paletti whenever you log in (or, in this window: paletti run); it reads your mail, counts the time for each answer, and shows you every letter before it leaves.\nThe page, in your browser: paletti page',
};
