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
  asServer: string;
  user: string;
  /** the servers were found, and lie neither in the own domain nor at a known provider */
  elsewhere(imap: string, smtp: string): string;
  /** what the owner has to know of her provider first */
  notes: Readonly<Record<'app-password' | 'oauth' | 'oauth-or-app-password', string>>;
  /** the login name that some providers give in place of the address */
  code: string;
  where: string;
  inFile: string;
  inVariable: string;
  inKeyring: string;
  byCommand: string;
  command: string;
  signIn(title: string): string;
  clientId: string;
  /** only where the provider gives one: the file that holds it, as in the path named */
  clientSecretFile(path: string): string;
  register(title: string): string;
  /** the login was tried, with what the server said */
  failed(why: string): string;
  whatNow: { message: string; password: string; user: string; servers: string; anyway: string };
  password: string;
  /** where the provider's passwords end */
  passwordUntil: string;
  asDay: string;
  another: string;
  yes: string;
  no: string;
  thanks: string;
  /** the provider's server says that it takes neither passwords nor what the program has in their place */
  noPasswords(host: string): string;
  /** once the configuration stands */
  after: {
    title: string;
    signIn(title: string, user: string): string;
    read(days: number): string;
    now: string;
    later: string;
    reading: string;
    progress(mailbox: string, done: number, total: number): string;
    didRead(messages: number): string;
    noMail: string;
    lookOver: string;
    brokenOff: string;
  };
  check: string;
  /** what happens from here on, in one sentence, and where the page is */
  next: string;
}
