/**
 * Loads what the rules of belief want to know of one message that has just come, and remembers what was found of its
 * sender. Decides nothing by it.
 */
import type { Authentication } from '../rules/authentication.ts';
import { type Belief, believe } from '../rules/belief.ts';
import type { ParsedMail } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { clientIdByAddress } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import type { StoredMessage } from '../store/messages.ts';
import { letterByMessageId } from '../store/outbox.ts';
import { earlierMailOf, setTimesAuthenticated, timesAuthenticated } from '../store/senders.ts';
import { proofOf } from './sender-proof.ts';

/** So often is enough to know: the count stops there, so that most messages write nothing. */
const enough = 20;

/** @param message one that was received now, not history; its sender is counted, so once for each */
export function beliefOf(w: Writer, settings: Settings, message: StoredMessage): Belief {
  const authentication = ofClient(w, message, proofOf(w, settings, message));
  const times = earlierTimes(w, settings, message);
  const isPassed = authentication.state === 'passed';
  if (isPassed) noteAuthenticated(w, message, times);
  const namesOurLetter = !isPassed && namesLetter(w, message.mail);
  return believe({ authentication, timesAuthenticated: times, namesOurLetter });
}

/** A proof is one of From: where the client was recognised by something else, it proves nothing of her. */
function ofClient(r: Reader, { mail, clientId }: StoredMessage, found: Authentication): Authentication {
  if (found.state !== 'passed' || clientIdByAddress(r, mail.from?.address ?? '') === clientId) return found;
  return { state: 'unknown', found: found.found };
}

/** Whether it names, in In-Reply-To or References, a letter that left. */
export function namesLetter(r: Reader, { inReplyTo, references }: ParsedMail): boolean {
  return [...inReplyTo, ...references].some((id) => letterByMessageId(r, id) !== undefined);
}

function earlierTimes(w: Writer, settings: Settings, message: StoredMessage): number {
  const { mailbox, clientId, id } = message;
  const address = message.mail.from?.address ?? '';
  const known = timesAuthenticated(w, mailbox, address);
  if (known !== undefined || clientId === null || address === '') return known ?? 0;
  const earlier = earlierMailOf(w, { clientId, mailbox, address, before: id });
  const passed = earlier.filter((mail) => proofOf(w, settings, { mail, mailbox }).state === 'passed');
  setTimesAuthenticated(w, mailbox, address, passed.length);
  return passed.length;
}

function noteAuthenticated(w: Writer, { mailbox, mail }: StoredMessage, times: number): void {
  if (mail.from === null || times >= enough) return;
  setTimesAuthenticated(w, mailbox, mail.from.address, times + 1);
}
