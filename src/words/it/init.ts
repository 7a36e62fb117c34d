/** Italian: the questions of `paletti init`. */
import type { InitWords } from '../parts/init.ts';

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
  user: 'Nome utente',
  where: 'Dove sta la password?',
  inFile: 'In un file che solo tu puoi leggere (la scrivi ora)',
  inVariable: "Nella variabile d'ambiente",
  password: 'Password',
  another: "Un'altra casella?",
  yes: 'Sì',
  no: 'No',
  thanks: 'Grazie.',
};
