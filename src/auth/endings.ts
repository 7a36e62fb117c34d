/**
 * When what a mailbox logs in with ends: the day that its owner wrote down, the sign-in's as its provider said, a named
 * authority's by its certificate. Reads files and asks nobody; what cannot be read is said where it is used.
 */
import { X509Certificate } from 'node:crypto';
import { readPlainFile } from '../plain-file.ts';
import type { Ending } from '../rules/endings.ts';
import { dayOf, type Instant, type LocalDay, type TimeZone } from '../rules/time.ts';
import { placeOf } from './providers.ts';
import type { LoginSource } from './secret.ts';
import { readSignIn, signInPath } from './token-file.ts';

interface Server {
  ca: string | null;
  login: LoginSource;
}

export interface EndingMailbox {
  name: string;
  passwordUntil: LocalDay | null;
  imap: Server;
  smtp: Server;
}

/** @param zone the owner's */
export function endingsOf(mailboxes: readonly EndingMailbox[], dataDir: string, zone: TimeZone): Ending[] {
  return mailboxes.flatMap((mailbox) => [
    ...passwordOf(mailbox),
    ...signInOf(mailbox, dataDir, zone),
    ...certificatesOf(mailbox, zone),
  ]);
}

function passwordOf({ name, passwordUntil }: EndingMailbox): Ending[] {
  return passwordUntil === null ? [] : [{ mailbox: name, what: 'password', of: '', on: passwordUntil }];
}

function signInOf({ name, imap: { login } }: EndingMailbox, dataDir: string, zone: TimeZone): Ending[] {
  if (!('oauth' in login)) return [];
  const endsAt = readable(() => readSignIn(signInPath(dataDir, name)))?.refreshTokenEndsAt ?? null;
  if (endsAt === null) return [];
  return [{ mailbox: name, what: 'sign-in', of: placeOf(login.oauth).title, on: dayOf(endsAt, zone) }];
}

function certificatesOf({ name, imap, smtp }: EndingMailbox, zone: TimeZone): Ending[] {
  const files = [...new Set([imap.ca, smtp.ca])].filter((file) => file !== null);
  return files.flatMap((of) => {
    const on = readable(() => firstEnd(readPlainFile(of).toString('utf8')));
    return on === null ? [] : [{ mailbox: name, what: 'certificate', of, on: dayOf(on, zone) } as const];
  });
}

/** Of several in one file the one that ends first; null where there is none. */
function firstEnd(pem: string): Instant | null {
  const end = '-----END CERTIFICATE-----';
  const ones = pem
    .split(end)
    .slice(0, -1)
    .map((one) => new X509Certificate(one.slice(one.indexOf('-----BEGIN CERTIFICATE-----')) + end));
  const ends = ones.map(({ validTo }) => Date.parse(validTo)).filter((at) => !Number.isNaN(at));
  return ends.length === 0 ? null : (Math.min(...ends) as Instant);
}

function readable<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
