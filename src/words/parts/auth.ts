/** What a language says of signing in: in the terminal, in the browser, in a notice. */

/** Why a sign-in is wanted, as in errors.ts. `title` is the provider's name, `said` its words. */
interface Need {
  mailbox: string;
  title: string;
  said: string;
}

export interface AuthWords {
  needed: {
    absent(need: Need): string;
    foreign(need: Need): string;
    ended(need: Need): string;
  };
  opens(title: string, user: string): string;
  openThis(title: string, user: string): string;
  waits: string;
  device(address: string, code: string, minutes: number): string;
  page: { heading: string; text: string };
  signedIn(mailbox: string, title: string): string;
  /** Google ends what a client in "Testing" was given after seven days */
  endsSoon(title: string, days: number): string;
  testing: string;
  /** asked for, typed unseen */
  passwordFor(account: string): string;
  kept(account: string): string;
  signedOut(mailbox: string): string;
  wasNotSignedIn(mailbox: string): string;
  revoked(title: string): string;
  notRevoked(title: string): string;
  status: {
    mailbox: string;
    by: string;
    state: string;
    renewed: string;
    password: string;
    tokenCommand: string;
    signedIn(since: string): string;
    until(when: string): string;
    none: string;
  };
}
