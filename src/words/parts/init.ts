/** What a language asks in `paletti init`. */

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
