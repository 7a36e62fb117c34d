/** English: the questions of `paletti init`. */
import type { InitWords } from '../parts/init.ts';

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
  user: 'Login name',
  where: 'Where is the password kept?',
  inFile: 'In a file that only you can read (type it now)',
  inVariable: 'In the environment variable',
  password: 'Password',
  another: 'Another mailbox?',
  yes: 'Yes',
  no: 'No',
  thanks: 'Thank you.',
};
