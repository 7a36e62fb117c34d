/** The questions of `paletti init`, in the owner's language. */
import type { Language } from '../rules/language.ts';

export interface InitWords {
  email: string;
  asAddress: string;
  name: string;
  timeZone: string;
  country: string;
  usualCountry: string;
  iban: string;
  asIban: string;
  accountHolder: string;
  bic: string;
  asBic: string;
  imap: string;
  smtp: string;
  user: string;
  where: string;
  inFile: string;
  inVariable: string;
  password: string;
  another: string;
  yes: string;
  no: string;
  thanks: string;
}

export const initWords: Record<Language, InitWords> = {
  en: {
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
  },
  it: {
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
    user: 'Nome utente',
    where: 'Dove sta la password?',
    inFile: 'In un file che solo tu puoi leggere (la scrivi ora)',
    inVariable: "Nella variabile d'ambiente",
    password: 'Password',
    another: "Un'altra casella?",
    yes: 'Sì',
    no: 'No',
    thanks: 'Grazie.',
  },
};
