/**
 * What was found of the sender of a message, as far as it was the owner's own server that found it. Which server that is,
 * the configuration says; else it is learned from the mail of the mailbox.
 */
import {
  type Authentication,
  authenticationOf,
  type SeenMail,
  topServer,
  usualServers,
} from '../rules/authentication.ts';
import type { Settings } from '../rules/settings.ts';
import { dayMs, fromIso, toIso } from '../rules/time.ts';
import type { Reader, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { newestMailByDomain } from '../store/senders.ts';

/** So long what was learned holds; where there was too little mail to tell, it is looked at again sooner. */
const learnedForMs = 7 * dayMs;
const unknownForMs = dayMs;

const key = (mailbox: string) => `auth-servers/${mailbox}`;

/** A failure counts whoever wrote it down; a pass only by the word of the owner's server. */
export function proofOf(
  r: Reader,
  settings: Settings,
  { mail, mailbox }: { mail: SeenMail; mailbox: string },
): Authentication {
  const { authServers } = settings.acknowledgement.policies;
  const found = authenticationOf(mail, authServers);
  if (found.state !== 'passed' || authServers.length > 0) return found;
  const usual = learned(r, mailbox)?.servers ?? null;
  const isUsual = usual === null || usual.includes(topServer(mail) ?? '');
  return isUsual ? found : { state: 'unknown', found: found.found };
}

/** Learns afresh who writes results in the mailbox, once in a while; before {@link proofOf} is asked of new mail. */
export function learnServers(w: Writer, settings: Settings, mailbox: string): void {
  if (settings.acknowledgement.policies.authServers.length > 0) return;
  const known = learned(w, mailbox);
  const lasts = known?.servers === null ? unknownForMs : learnedForMs;
  if (known !== undefined && w.now - fromIso(known.at) < lasts) return;
  const learnt: Learned = { at: toIso(w.now), servers: usualServers(newestMailByDomain(w, mailbox).map(topServer)) };
  setFact(w, key(mailbox), JSON.stringify(learnt));
}

interface Learned {
  at: string;
  /** null: there was too little mail to tell */
  servers: string[] | null;
}

function learned(r: Reader, mailbox: string): Learned | undefined {
  const value = factOf(r, key(mailbox));
  return value === undefined ? undefined : (JSON.parse(value) as Learned);
}
