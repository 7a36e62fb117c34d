/** English: signing in. */
import type { AuthWords } from '../parts/auth.ts';

export const auth: AuthWords = {
  needed: {
    absent: ({ mailbox, title }) => `The mailbox ${mailbox} is not read: nobody has signed in at ${title} yet.`,
    foreign: ({ mailbox }) =>
      `The mailbox ${mailbox} is not read: its sign-in was made for another client or provider than config.json names.`,
    ended: ({ mailbox, title, said }) =>
      `The mailbox ${mailbox} is not read: ${title} has ended the sign-in (${said}). Until you sign in again it is left alone.`,
  },
  opens: (title, user) => `The sign-in page of ${title} opens in your browser. Sign in as ${user}.`,
  openThis: (title, user) => `Open this address in a browser on this machine, and sign in at ${title} as ${user}:`,
  waits: 'Waiting for you to come back… (Ctrl-C breaks off)',
  device: (address, code, minutes) =>
    `Open ${address} on any device and type the code ${code} within ${minutes} minutes.`,
  page: { heading: 'You are signed in.', text: 'You may close this page and go back to Paletti.' },
  signedIn: (mailbox, title) => `${mailbox} is signed in at ${title}. It is renewed by itself from now on.`,
  endsSoon: (title, days) => `${title} ends this sign-in after ${days} days`,
  testing:
    'in the Google Cloud console, under "Audience", set the publishing status of your client to "In production", then sign in again',
  passwordFor: (account) => `Password of ${account}`,
  kept: (account) => `The password of ${account} is in the keyring, and was read back.`,
  signedOut: (mailbox) => `${mailbox} is signed out: its tokens are gone from this machine.`,
  wasNotSignedIn: (mailbox) => `${mailbox} was not signed in.`,
  revoked: (title) => `${title} was told to take them no more.`,
  notRevoked: (title) => `${title} was not told: take the consent back in the security settings of your account there.`,
  status: {
    mailbox: 'mailbox',
    by: 'logs in by',
    state: 'state',
    renewed: 'last renewed',
    password: 'password',
    tokenCommand: 'token command',
    signedIn: (since) => `signed in since ${since}`,
    until: (when) => `ends ${when}`,
    none: '',
  },
};
