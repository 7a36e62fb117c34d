/**
 * May this letter leave now? Loads the facts for the rules of its kind and for the caps, and says go, or what else.
 * Changes nothing: `deliver` carries the verdict out.
 */
import type { Letters } from '../letters/library.ts';
import { asIfOpen, stillWantedAcknowledgement } from '../rules/acknowledgement.ts';
import { startOfTomorrow, stillWantedDunning } from '../rules/dunning.ts';
import { addressesOfReader, type Client, readerOf } from '../rules/client.ts';
import { holdEffect } from '../rules/hold.ts';
import {
  acknowledgementKinds,
  familyOf,
  isAcknowledgementKind,
  isOccasion,
  kindRecords,
  type Letter,
  matterOf,
  promisedIn,
} from '../rules/letter.ts';
import type { Reason } from '../rules/reason.ts';
import { ladderFor } from '../rules/ladders.ts';
import { mayLeave } from '../rules/sending.ts';
import { declinedRecipient, type Recipient, recipientOf } from '../rules/recipient.ts';
import { hoursFor, lettersHoursFor } from '../rules/settings.ts';
import {
  at,
  dayMs,
  dayOf,
  fromIso,
  hourMs,
  type Instant,
  latest,
  type LocalDay,
  minuteMs,
  plus,
} from '../rules/time.ts';
import { caseById } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { factOf } from '../store/facts.ts';
import { activeHolds } from '../store/holds.ts';
import { messageById, takenAway } from '../store/messages.ts';
import type { NewNotice } from '../store/notices.ts';
import { countSentSince, isWaitingFor, kindsSentTo, lastSentTo } from '../store/outbox-queue.ts';
import { ownMailTo } from '../store/own-mails.ts';
import { pausedNow } from '../store/pause.ts';
import { type Window, windowById } from '../store/windows.ts';
import { answerOf } from './answer-recipient.ts';
import type { LeaveVerdict } from './leave-verdict.ts';
import { type CaseContext, caseFacts, debtsIn } from './case-facts.ts';
import { unwantedClosing, unwantedResumption } from './closing.ts';
import { stale } from './fresh.ts';
import { gapEndedKey } from './long-gap.ts';
import { unwantedOccasion } from './occasions.ts';
import { addressQuestion, paymentsQuestion } from './questions.ts';
import { requestIdOf } from './request-facts.ts';
import { unwantedBoundary, unwantedNudge, unwantedTermination, unwantedWithoutExit } from './still-wanted.ts';

interface Parts extends CaseContext {
  letters: Letters;
}

export function mayGo(r: Reader, parts: Parts, letter: Letter, now: Instant): LeaveVerdict {
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  const asked = { letter, client };
  const stays = unwanted(r, parts, asked, now);
  if (stays?.outcome === 'drop') return stays;
  const held = heldBy(r, parts, asked, now) ?? stays;
  if (held !== undefined) return held;
  const gate = gateOf(r, parts, asked);
  if (typeof gate !== 'string') return gate;
  const verdict = leaving(r, parts, { ...asked, recipient: gate }, now);
  return verdict.go ? (stale(r, parts, asked, now) ?? verdict) : verdict;
}

/** The letter, and its client as the register has it now. */
interface Asked {
  letter: Letter;
  client: Client | undefined;
}

/** Every letter but the owner's own hand asks the one table of holds. */
function heldBy(r: Reader, { settings }: Parts, { letter, client }: Asked, now: Instant): Stays | undefined {
  const family = familyOf(letter);
  if (family === 'by-hand' || client === undefined) return undefined;
  const holds = activeHolds(r, { clientId: client.id, ...(letter.caseId === null ? {} : { caseId: letter.caseId }) });
  const stop = holdEffect(holds, family, now, lettersHoursFor(settings, client).timeZone);
  return stop === null ? undefined : { go: false, outcome: 'wait', until: stop.until, why: stop.why, notice: null };
}

function gateOf(r: Reader, parts: Parts, asked: Asked): Recipient | Stays {
  if (isAcknowledgementKind(asked.letter.kind)) return gateOfAnswer(r, parts, asked);
  return asked.letter.kind === 'decline' ? gateOfStranger(r, parts, asked) : gateOfClient(parts, asked);
}

/** The author of the message that it answers, and nobody else; not once she is a client. */
function gateOfStranger(r: Reader, { settings }: Parts, { letter }: Asked): Recipient | Stays {
  const message = letter.answersMessageId === null ? undefined : messageById(r, letter.answersMessageId);
  if (message === undefined) return drop({ code: 'message-gone' });
  if (message.clientId !== null) return drop({ code: 'writer-is-client' });
  if (settings.owner.addresses.includes(letter.recipient)) return drop({ code: 'to-yourself', to: letter.recipient });
  return declinedRecipient(message.mail, letter.recipient) ?? drop({ code: 'not-the-writer', to: letter.recipient });
}

/** The register changed under a letter that waits: it goes to the address that is there now, or nowhere. */
function gateOfClient({ settings }: Pick<Parts, 'settings'>, { letter, client }: Asked): Recipient | Stays {
  if (client === undefined) return drop({ code: 'client-gone' });
  const reader = readerOf(client, matterOf(letter.kind));
  const first = recipientOf(reader);
  if (first === null) return waitForAddress(client);
  if (settings.owner.addresses.includes(first)) return waitForOtherAddress(client, first);
  const address = {
    recipient: first,
    recipientName: reader.contactName ?? reader.name,
    sender: settings.owner.addresses.includes(letter.sender) ? letter.sender : (settings.owner.addresses[0] as string),
  };
  const why = readdressedWhy(letter, address, client);
  return why === undefined ? first : { go: false, outcome: 'readdress', until: null, why, notice: null, address };
}

/** To whom a letter to a client goes by the register as it is now; unchanged where nobody can be found. */
export function addressNow(
  parts: Pick<Parts, 'settings'>,
  asked: Asked,
): { address: Partial<Pick<Letter, 'recipient' | 'recipientName' | 'sender'>>; why: Reason | null } {
  const { letter, client } = asked;
  if (client === undefined || isAcknowledgementKind(letter.kind)) return { address: {}, why: null };
  const gate = gateOfClient(parts, asked);
  if (typeof gate === 'string' || gate.outcome !== 'readdress') return { address: {}, why: null };
  return { address: gate.address ?? {}, why: gate.why };
}

function readdressedWhy(
  letter: Letter,
  { recipient, recipientName, sender }: Pick<Letter, 'recipient' | 'recipientName' | 'sender'>,
  client: Client,
): Reason | undefined {
  const { name } = client;
  if (recipient !== letter.recipient)
    return client.addresses.includes(letter.recipient)
      ? { code: 'other-address', client: name, to: recipient }
      : { code: 'address-gone', client: name, from: letter.recipient, to: recipient };
  if (recipientName !== letter.recipientName) return { code: 'addressed-as', client: name, as: recipientName };
  return sender === letter.sender ? undefined : { code: 'sender-gone', from: letter.sender, to: sender };
}

/** Asked again of the message that it answers: the register, or who is answered, may be another since it was written. */
function gateOfAnswer(r: Reader, { settings }: Parts, { letter, client }: Asked): Recipient | Stays {
  const message = letter.answersMessageId === null ? undefined : messageById(r, letter.answersMessageId);
  if (message === undefined) return drop({ code: 'message-gone' });
  const { recipient } = answerOf(r, settings, { message, client });
  return recipient === letter.recipient ? recipient : drop({ code: 'not-answerable', address: letter.recipient });
}

type Stays = Extract<LeaveVerdict, { go: false }>;

function drop(why: Reason): Stays {
  return { go: false, outcome: 'drop', until: null, why, notice: null };
}

function waitForAddress(client: Client): Stays {
  const notice = addressQuestion(client);
  return { go: false, outcome: 'wait', until: null, why: { code: 'address-missing', client: client.name }, notice };
}

/** Nobody writes letters about money to herself. */
function waitForOtherAddress(client: Client, own: string): Stays {
  const why = { code: 'address-is-yours', client: client.name, own } as const;
  const notice = addressQuestion(client, own);
  return { go: false, outcome: 'wait', until: null, why, notice };
}

/** One that waits for the owner and has lost its ground: why, if it would be dropped once she let it go. */
export function lostGround(r: Reader, parts: Parts, letter: Letter, now: Instant): Reason | undefined {
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  const stays = unwanted(r, parts, { letter, client }, now);
  return stays?.outcome === 'drop' ? stays.why : undefined;
}

function unwanted(r: Reader, parts: Parts, asked: Asked, now: Instant): Stays | undefined {
  const { letter, client } = asked;
  if (isAcknowledgementKind(letter.kind)) return unwantedAcknowledgement(r, asked, now);
  const requestId = requestIdOf(letter);
  if (requestId !== null) return unwantedNudge(r, parts, { letter, requestId }, now);
  const unwantedEnd = letter.kind === 'termination' ? unwantedWithoutExit(r, letter) : undefined;
  if (unwantedEnd !== undefined) return unwantedEnd;
  if (letter.caseId === null && letter.effect === 'resume' && client !== undefined) return unwantedResumption(client);
  if (letter.caseId === null)
    return letter.kind === 'termination'
      ? unwantedTermination(r, letter)
      : unwantedBoundary(parts.settings, asked, now);
  if (letter.step === null && client !== undefined)
    return isOccasion(letter.kind)
      ? unwantedOccasion(r, parts.settings, { letter, client }, now)
      : unwantedClosing(r, parts, { letter, client });
  return unwantedStep(r, parts, asked, now);
}

function unwantedAcknowledgement(r: Reader, { letter, client }: Asked, now: Instant): Stays | undefined {
  const window = letter.windowId === null ? undefined : windowById(r, letter.windowId);
  const verdict = stillWantedAcknowledgement(
    {
      windowState: window?.state ?? null,
      promisedAt: window === undefined ? null : latest(window.dueAt, promisedIn(letter) ?? window.dueAt),
      lastAcknowledgedAt: lastAcknowledged(r, letter),
      isEnded: client?.workState === 'ended',
    },
    now,
  );
  if (!verdict.wanted) return drop(verdict.why);
  return (
    ownAnswerFirst(r, { letter, client }, now) ?? (window === undefined ? undefined : askedOfTaken(r, letter, window))
  );
}

/** A mail of her own to the same reader leaves first; once it lies in Sent, no acknowledgement is wanted. */
function ownAnswerFirst(r: Reader, { letter, client }: Asked, now: Instant): Stays | undefined {
  const own = ownMailTo(r, addressesOfReader(client, letter.recipient), now);
  if (own === undefined) return undefined;
  const until = latest(plus(now, 5 * minuteMs), own.dueAt ?? now);
  return { go: false, outcome: 'wait', until, why: { code: 'own-mail-first', subject: own.subject }, notice: null };
}

/** She took the mail out of sight: whether its writer still waits for an answer is hers to say. */
function askedOfTaken(r: Reader, { approvedAt }: Letter, window: Window): Stays | undefined {
  const taken = takenAway(r, window);
  if (taken === null || (approvedAt !== null && approvedAt >= (taken.since ?? approvedAt))) return undefined;
  const why = { code: 'mail-taken-away', messageId: window.openedBy } as const;
  return { go: false, outcome: 'ask', until: null, why, notice: null };
}

/** To the same reader, at whichever of her addresses. */
function lastAcknowledged(r: Reader, { clientId, recipient }: Letter): Instant | null {
  const client = clientId === null ? undefined : clientById(r, clientId);
  const addresses = addressesOfReader(client, recipient);
  const moments = addresses.flatMap((address) => lastSentTo(r, address, acknowledgementKinds) ?? []);
  return moments.length === 0 ? null : latest(...moments);
}

function unwantedStep(r: Reader, parts: Parts, { letter, client }: Asked, now: Instant): Stays | undefined {
  const dunned = caseById(r, letter.caseId as number);
  if (dunned === undefined || client === undefined) {
    return drop({ code: 'client-gone' });
  }
  const gapEndedAt = factOf(r, gapEndedKey);
  const ladder = ladderFor(parts.settings, client);
  const facts = {
    ...caseFacts(r, parts, dunned, client, now),
    ladder,
    gapEndedAt: gapEndedAt === undefined ? null : fromIso(gapEndedAt),
  };
  const { approvedAt, createdAt } = letter;
  const verdict = stillWantedDunning(
    { letterId: letter.id, step: letter.step as string, debts: debtsIn(letter), approvedAt, createdAt },
    facts,
    now,
  );
  // what it lists is looked at with all else that it says
  if (verdict.wanted || verdict.outcome === 'rewrite') return undefined;
  const { outcome, until, why } = verdict;
  const notice = verdict.paymentsStale ? paymentsQuestion(parts.settings, now) : null;
  return { go: false, outcome: outcome === 'hold' ? 'wait' : outcome, until, why, notice };
}

/** Caps, contact hours, approval, the kill switch. */
function leaving(
  r: Reader,
  parts: Parts,
  { letter, client, recipient }: Asked & { recipient: Recipient },
  now: Instant,
): LeaveVerdict {
  const { settings } = parts;
  const hoursOf = isAcknowledgementKind(letter.kind) ? hoursFor : lettersHoursFor;
  const own = hoursOf(settings, client);
  const hours = kindRecords[letter.kind].hours === 'as-if-open' ? asIfOpen(own) : own;
  const paused = pausedNow(r, now);
  const startOfDay = at(dayOf(now, hours.timeZone), 0, hours.timeZone);
  const startOfHour = (Math.floor(now / hourMs) * hourMs) as Instant;
  const verdict = mayLeave(
    {
      letter,
      sentToClientToday: kindsSentTo(r, letter, startOfDay, letter.id).map((kind) => ({ kind })),
      waitingAckForClient: acknowledgementWaits(r, letter, startOfDay),
      sentToday: countSentSince(r, startOfDay, letter.id),
      sentThisHour: settings.sending.perHour === null ? 0 : countSentSince(r, startOfHour, letter.id),
      caps: settings.sending,
      paused: paused !== null,
      hours,
      mode: settings.sending.mode,
    },
    now,
  );
  if (verdict.leave) return { go: true, recipient };
  const outcome = verdict.code === 'needs-approval' ? 'ask' : 'wait';
  const { code, why } = verdict;
  const until = code === 'paused' ? (paused?.until ?? startOfTomorrow({ hours }, now)) : verdict.until;
  const isCap = code === 'day-cap' || code === 'hour-cap';
  return {
    go: false,
    outcome,
    until,
    why,
    isFull: isCap,
    notice: isCap ? capNotice(code, why, dayOf(now, settings.owner.timeZone)) : null,
  };
}

/** Once a day for each cap. */
function capNotice(code: string, because: Reason, today: LocalDay): NewNotice {
  return { key: `cap/${code}/${today}`, told: { code: 'letters-capped', because } };
}

function acknowledgementWaits(r: Reader, letter: Letter, startOfDay: Instant): boolean {
  if (letter.clientId === null) return false;
  const before = plus(startOfDay, dayMs);
  return isWaitingFor(r, letter.clientId, { kinds: acknowledgementKinds, before, exceptId: letter.id });
}
