/**
 * What an arriving message means for letters already on their way: a bounce, a client's answer to a reminder, an
 * out-of-office, a claim to have paid. Each becomes a hold with a reason and an end; what is not believed becomes a
 * notice. Sends nothing.
 */
import { authenticationOf } from '../rules/authentication.ts';
import { type Belief, believeReport, mailHoldUntil } from '../rules/belief.ts';
import type { Client } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { type HoldReason, type HoldScope, holds, longestAbsenceMs, mostAbsences, rowOfHolds } from '../rules/hold.ts';
import type { Judgement } from '../rules/judgement.ts';
import type { Letter } from '../rules/letter.ts';
import { headersOf } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { addDays, at, dayMs, dayOf, earliest, type Instant, plus, toIso } from '../rules/time.ts';
import { bareSender, isDelayReport, isOutOfOffice, isPaymentClaim, outOfOfficeUntil } from '../rules/triage.ts';
import { openCasesOf, touchClient } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { activeHolds, addHold, listHolds } from '../store/holds.ts';
import { note } from '../store/journal.ts';
import type { StoredMessage } from '../store/messages.ts';
import { notice, noticeAgain } from '../store/notices.ts';
import { letterByMessageId } from '../store/outbox.ts';
import { waitingNotice } from './waiting.ts';

interface Facts {
  message: StoredMessage;
  client: Client | undefined;
  judgement: Judgement;
  /** whether the client's mail is hers; null: a stranger's */
  belief: Belief | null;
  hours: ContactHours;
  settings: Settings;
}

/** A client's message, and what is believed of it. */
type OfClient = Facts & { client: Client; belief: Belief };

/** An out-of-office without a date parks letters this many days, then they speak up. */
const unknownReturnDays = 7;

/** A doubtful matter that was seen is not shown again within this time. */
const doubtRestMs = 7 * dayMs;

export function noteConsequences(w: Writer, facts: Facts): void {
  const { client, judgement, belief } = facts;
  if (judgement.kind === 'bounce') return noteBounce(w, facts);
  if (client === undefined || belief === null) return;
  noteClientMail(w, { ...facts, client, belief });
}

function noteClientMail(w: Writer, facts: OfClient): void {
  const isAbsence = isOutOfOffice(facts.message.mail);
  if (!isAbsence && facts.judgement.kind !== 'human') return;
  if (!facts.belief.believed) return tellDoubt(w, facts, { isAbsence });
  if (isAbsence) noteOutOfOffice(w, facts);
  else noteReply(w, facts);
}

/** One notice for each client, however many mails come in her name. */
function tellDoubt(w: Writer, { client, message, belief }: OfClient, { isAbsence }: { isAbsence: boolean }): void {
  const said = isAbsence ? ', that she is away' : isPaymentClaim(message.mail.newText) ? ', that it is paid' : '';
  const subject = `"${message.mail.subject}"${said}`;
  noticeAgain(
    w,
    `unbelieved/${client.id}`,
    (times) => ({
      text: `Mail in ${possessive(client.name)} name ${belief.why}: ${times === 1 ? subject : `${times} times, the last ${subject}`}. No letter about money waits for it.`,
      next: `Read it: paletti inbox show ${message.id}; if it is hers, hold her letters: paletti clients hold ${client.id}`,
    }),
    doubtRestMs,
  );
  const why = `not believed: it ${belief.why}`;
  note(w, { kind: 'not-believed', subject: `message/${message.id}`, clientId: client.id, why });
}

function possessive(name: string): string {
  return `${name}'s`;
}

function noteBounce(w: Writer, facts: Facts): void {
  const { message } = facts;
  if (isDelayReport(message.mail)) return;
  for (const letter of lettersNamedBy(w, message.mail.reportedMessageIds)) {
    const client = letter.clientId === null ? undefined : clientById(w, letter.clientId);
    if (client === undefined) continue;
    const belief = beliefOfReport(facts, letter);
    if (belief.believed) holdForBounce(w, facts, { letter, client });
    else tellFalseReport(w, message, { letter, client, belief });
  }
}

function beliefOfReport({ message, settings }: Facts, letter: Letter): Belief {
  const { mail } = message;
  return believeReport({
    authentication: authenticationOf(mail, settings.acknowledgement.policies.authServers),
    envelopeSenders: headersOf(mail, 'return-path').map(bareSender),
    finalRecipient: null,
    recipient: letter.recipient,
  });
}

interface Returned {
  letter: Letter;
  client: Client;
}

function holdForBounce(w: Writer, { message, settings }: Facts, { letter, client }: Returned): void {
  const why = `the letter "${letter.subject}" to ${letter.recipient} came back`;
  const isNew = notice(
    w,
    `bounce/${letter.id}`,
    `${why}.`,
    `Mend the address: paletti clients edit ${client.id} --address …, then paletti clients release ${client.id}`,
  );
  // A letter comes back once: a report that comes again is no reason to ask again what was decided.
  if (!isNew) return;
  const until = mailHoldUntil(w.now, settings.owner.timeZone);
  holdOnce(w, { scope: 'client', scopeId: client.id, reason: 'bounce', until, note: why, client, message, settings });
}

function tellFalseReport(
  w: Writer,
  message: StoredMessage,
  { letter, client, belief }: Returned & { belief: Belief },
): void {
  const why = `perhaps a false report that "${letter.subject}" to ${letter.recipient} came back: it ${belief.why}`;
  noticeAgain(
    w,
    `false-report/${client.id}`,
    (times) => ({
      text: `${times === 1 ? '' : `${times} times `}${why}. No letter waits for it.`.replace(/^p/, 'P'),
      next: `Read it: paletti inbox show ${message.id}; if it is right: paletti clients edit ${client.id} --address …`,
    }),
    doubtRestMs,
  );
  note(w, { kind: 'not-believed', subject: `message/${message.id}`, clientId: client.id, why });
}

function lettersNamedBy(w: Writer, messageIds: readonly string[]): Letter[] {
  return messageIds.map((id) => letterByMessageId(w, id)).filter((letter) => letter !== undefined);
}

function noteOutOfOffice(w: Writer, { message, hours, client, settings }: OfClient): void {
  const zone = hours.timeZone;
  const back = outOfOfficeUntil(message.mail, message.receivedAt, zone);
  const said = at(back ?? addDays(dayOf(message.receivedAt, zone), unknownReturnDays), 0, zone);
  const why = back === null ? 'the client is away, until when is not said' : `the client is away until ${back}`;
  const until = earliest(said, plus(w.now, longestAbsenceMs));
  const wish = { scope: 'client', scopeId: client.id, reason: 'out-of-office', until, note: why } as const;
  holdOnce(w, { ...wish, client, message, settings });
}

/** A client who answers a letter about money, or says that it is paid, is not written to again before she has read it. */
function noteReply(w: Writer, { message, client, settings }: OfClient): void {
  const cases = openCasesOf(w, client.id);
  if (cases.length === 0) return;
  const { inReplyTo, references } = message.mail;
  const answered = lettersNamedBy(w, [...inReplyTo, ...references]).find((letter) => letter.caseId !== null);
  const claims = isPaymentClaim(message.mail.newText);
  for (const open of cases) {
    if (answered?.caseId !== open.id && !claims) continue;
    const reason = claims ? 'payment-claimed' : 'reply';
    const why = claims
      ? `${client.name} writes that it is paid (message ${message.id})`
      : `${client.name} answered the letter (message ${message.id})`;
    const until = mailHoldUntil(w.now, settings.owner.timeZone);
    const wish = { scope: 'case', scopeId: open.id, reason, until, note: why } as const;
    if (!holdOnce(w, { ...wish, client, message, settings })) continue;
    notice(
      w,
      `hold/${open.id}/${message.id}`,
      `${why}: no further letter about this money until you decide.`,
      `Read it: paletti inbox show ${message.id}; then paletti invoices paid …, or paletti clients release ${client.id}`,
    );
  }
}

interface HoldWish {
  scope: HoldScope;
  scopeId: number;
  reason: HoldReason;
  until: Instant;
  note: string;
  client: Client;
  /** what it came of */
  message: StoredMessage;
  settings: Settings;
}

/** @returns whether a hold was added; one with the same reason that still runs and ends no earlier is enough */
function holdOnce(w: Writer, wish: HoldWish): boolean {
  const { scope, scopeId, reason, until, client, message } = wish;
  const known = activeHolds(w, { clientId: client.id, caseId: scope === 'case' ? scopeId : undefined }).filter(
    (hold) => hold.scope === scope && hold.scopeId === scopeId && hold.reason === reason,
  );
  const running = known.filter((hold) => holds(hold, w.now));
  if (running.some((hold) => hold.until === null || hold.until >= until)) return false;
  if (reason === 'out-of-office' && isOneTooMany(w, wish)) return false;
  addHold(w, { scope, scopeId, reason, until, note: wish.note, messageId: message.id });
  touchClient(w, client.id);
  note(w, {
    kind: 'hold-added',
    subject: `${scope}/${scopeId}`,
    clientId: client.id,
    why: wish.note,
    data: { reason, until: toIso(until) },
  });
  tellRow(w, wish.settings, client);
  return true;
}

/** Absences without end, one after the other, keep no money waiting: after some of them the owner is asked. */
function isOneTooMany(w: Writer, { client, settings }: HoldWish): boolean {
  const row = rowOfHolds(listHolds(w, client.id), w.now);
  const absences = row?.reasons.filter((reason) => reason === 'out-of-office').length ?? 0;
  if (absences < mostAbsences) return false;
  tellRow(w, settings, client);
  return true;
}

/** Holds that come again and again are told as such, at once and with the sum. */
function tellRow(w: Writer, settings: Settings, client: Client): void {
  const said = waitingNotice(w, settings, client);
  if (said !== null) noticeAgain(w, `waiting/${client.id}`, () => said, doubtRestMs);
}
