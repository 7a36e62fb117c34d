/**
 * What an arriving message means for letters already on their way: a bounce, a client's answer to a reminder, an
 * out-of-office, a claim to have paid. Each becomes a hold with a reason and an end; what is not believed becomes a
 * notice. Sends nothing.
 */
import { authenticationOf } from '../rules/authentication.ts';
import { type Belief, believeReport, mailHoldUntil } from '../rules/belief.ts';
import { isChallenge } from '../rules/challenge.ts';
import { type Client, domainOf } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { type HoldReason, type HoldScope, holds, longestAbsenceMs, mostAbsences, rowOfHolds } from '../rules/hold.ts';
import type { Judgement } from '../rules/judgement.ts';
import { debtsOf } from '../rules/invoice.ts';
import { finalRecipientOf, isAbout, outcomeOf } from '../rules/delivery-report.ts';
import { isAcknowledgementKind, type Letter } from '../rules/letter.ts';
import { hears } from '../rules/red-flags.ts';
import { sentences } from '../rules/sign-words.ts';
import { claimsPayment, letterReply, type LetterReply } from '../rules/letter-reply.ts';
import { headersOf } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { addDays, at, dayMs, dayOf, earliest, type Instant, plus, toIso } from '../rules/time.ts';
import { bareSender, isOutOfOffice, outOfOfficeUntil } from '../rules/triage.ts';
import { openCasesOf, touchClient } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { activeHolds, addHold, listHolds } from '../store/holds.ts';
import { listInvoices } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import type { StoredMessage } from '../store/messages.ts';
import { notice, noticeAgain } from '../store/notices.ts';
import { letterByMessageId, lettersSentSince } from '../store/outbox.ts';
import { waitingNotice } from './waiting.ts';
import type { Reason } from '../rules/reason.ts';
import { type Told, named } from '../rules/told.ts';

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
  const { client, judgement, belief, message } = facts;
  if (judgement.kind === 'bounce') return noteBounce(w, facts);
  if (isChallenge(message.mail)) return noteChallenge(w, facts);
  if (client === undefined || belief === null) return noteStrangersReply(w, facts);
  noteClientMail(w, { ...facts, client, belief });
}

function noteClientMail(w: Writer, facts: OfClient): void {
  const isAbsence = isOutOfOffice(facts.message.mail);
  if (facts.judgement.kind === 'human' && facts.belief.believed) noteAttack(w, facts);
  const reply = isAbsence ? null : replyIn(w, facts);
  if (!isAbsence && reply === null && facts.judgement.kind !== 'human') return;
  if (!facts.belief.believed) return tellDoubt(w, facts, { isAbsence });
  if (isAbsence) noteOutOfOffice(w, facts);
  else if (reply !== null) noteReply(w, facts, reply);
}

/**
 * A threat, and whatever a client writes after the end: nothing is promised to him by a machine; the owner is told at once,
 * and is offered the record.
 */
function noteAttack(w: Writer, { client, message, judgement }: OfClient): void {
  const threat = sentences(message.mail.newText).find((sentence) => hears('threat', sentence));
  const isEnded = client.workState === 'ended';
  if (threat === undefined && (!isEnded || judgement.reason === 'thanks')) return;
  const isThreat = threat !== undefined;
  const text = threat ?? message.mail.subject;
  const key = isThreat ? `threat/${client.id}` : `after-end/${client.id}`;
  const about = { client: named(client), text, isThreat, isEnded, messageId: message.id };
  noticeAgain(w, key, (times) => ({ ...about, code: 'client-writes', times }), 0);
}

/** So long after a letter left a mail on its subject answers it, and a report without identifiers is about it. */
const replyDays = 60;
const reportDays = 7;

function replyIn(w: Writer, { message, client, judgement }: Facts): LetterReply<Letter> | null {
  const { mail, receivedAt } = message;
  const named = lettersNamedBy(w, [...mail.inReplyTo, ...mail.references]).filter(isNoAcknowledgement);
  const recent = client === undefined ? [] : lettersSentSince(w, plus(receivedAt, -replyDays * dayMs), client.id);
  return letterReply({
    mail,
    kind: judgement.kind,
    isClient: client !== undefined,
    named,
    recent: recent.filter(isNoAcknowledgement),
  });
}

/** Who answers one goes on with what he has asked: nothing waits for it. */
function isNoAcknowledgement({ kind }: Letter): boolean {
  return !isAcknowledgementKind(kind);
}

/** From a private address, a colleague, a help desk: whoever names the letter has got it. */
function noteStrangersReply(w: Writer, facts: Facts): void {
  const reply = replyIn(w, facts);
  for (const clientId of new Set(reply?.letters.flatMap((letter) => letter.clientId ?? []))) {
    const client = clientById(w, clientId);
    const letters = reply?.letters.filter((letter) => letter.clientId === clientId) ?? [];
    if (client !== undefined && reply !== null)
      noteReply(w, { ...facts, client, belief: namesOurs }, { ...reply, letters });
  }
}

const namesOurs: Belief = { believed: true, code: 'names-our-letter', why: { code: 'names-our-letter' } };

/** A filter at the client's asks whether a person wrote: until she answers it the letter is not read. */
function noteChallenge(w: Writer, { message }: Facts): void {
  const { mail, receivedAt, id } = message;
  const from = mail.from?.address ?? '';
  const named = lettersNamedBy(w, [...mail.inReplyTo, ...mail.references]);
  const isThere = ({ recipient }: Letter) => domainOf(recipient) === domainOf(from);
  const [letter] = [...named, ...lettersSentSince(w, plus(receivedAt, -reportDays * dayMs)).filter(isThere)];
  if (letter === undefined) return;
  const told = { code: 'letter-challenged', subject: letter.subject, to: letter.recipient, messageId: id } as const;
  notice(w, `challenge/${letter.id}`, told);
}

/** One notice for each client, however many mails come in her name. */
function tellDoubt(w: Writer, { client, message, belief }: OfClient, { isAbsence }: { isAbsence: boolean }): void {
  const says = isAbsence ? 'away' : claimsPayment(message.mail) ? 'paid' : null;
  const { subject } = message.mail;
  const because = belief.why;
  noteAgain(w, `unbelieved/${client.id}`, (times) => ({
    code: 'mail-doubted',
    client: named(client),
    because,
    times,
    subject,
    says,
    messageId: message.id,
  }));
  const why = { code: 'mail-not-believed', because } as const;
  note(w, { kind: 'not-believed', subject: `message/${message.id}`, clientId: client.id, why });
}

/** A doubtful matter that was seen is not shown again for a while. */
function noteAgain(w: Writer, key: string, tell: (times: number) => Told): void {
  noticeAgain(w, key, tell, doubtRestMs);
}

function noteBounce(w: Writer, facts: Facts): void {
  const { mail } = facts.message;
  for (const letter of lettersReturned(w, facts.message)) {
    const client = letter.clientId === null ? undefined : clientById(w, letter.clientId);
    if (client === undefined || outcomeOf(mail, letter.recipient) !== 'failed') continue;
    const belief = beliefOfReport(facts, letter);
    if (belief.believed) holdForBounce(w, facts, { letter, client });
    else tellFalseReport(w, facts.message, { letter, client, belief });
  }
}

/** By the identifiers inside, else by its own, else by the recipient: then it is the last letter that left for him. */
function lettersReturned(w: Writer, { mail, receivedAt }: StoredMessage): Letter[] {
  const inside = lettersNamedBy(w, mail.reportedMessageIds);
  if (inside.length > 0) return inside;
  const outside = lettersNamedBy(w, [...mail.inReplyTo, ...mail.references]);
  if (outside.length > 0) return outside;
  return lettersSentSince(w, plus(receivedAt, -reportDays * dayMs))
    .filter((letter) => isAbout(mail, letter))
    .slice(0, 1);
}

function beliefOfReport({ message, settings }: Facts, letter: Letter): Belief {
  const { mail } = message;
  return believeReport({
    authentication: authenticationOf(mail, settings.acknowledgement.policies.authServers),
    envelopeSenders: headersOf(mail, 'return-path').map(bareSender),
    finalRecipient: finalRecipientOf(mail, letter.recipient),
    recipient: letter.recipient,
  });
}

interface Returned {
  letter: Letter;
  client: Client;
}

function holdForBounce(w: Writer, { message, settings }: Facts, { letter, client }: Returned): void {
  const { subject, recipient: to } = letter;
  const isNew = notice(w, `bounce/${letter.id}`, { code: 'letter-returned', subject, to, client: named(client) });
  // A letter comes back once: a report that comes again is no reason to ask again what was decided.
  if (!isNew) return;
  const until = mailHoldUntil(w.now, settings.owner.timeZone);
  const why = { code: 'came-back', subject, to } as const;
  holdOnce(w, { scope: 'client', scopeId: client.id, reason: 'bounce', until, note: why, client, message, settings });
}

function tellFalseReport(
  w: Writer,
  message: StoredMessage,
  { letter, client, belief }: Returned & { belief: Belief },
): void {
  const { subject, recipient: to } = letter;
  const because = belief.why;
  noteAgain(w, `false-report/${client.id}`, (times) => ({
    code: 'false-report',
    client: named(client),
    subject,
    to,
    because,
    times,
    messageId: message.id,
  }));
  const why = { code: 'not-believed-report', subject, to, because } as const;
  note(w, { kind: 'not-believed', subject: `message/${message.id}`, clientId: client.id, why });
}

function lettersNamedBy(w: Writer, messageIds: readonly string[]): Letter[] {
  return [...new Set(messageIds)].map((id) => letterByMessageId(w, id)).filter((letter) => letter !== undefined);
}

function noteOutOfOffice(w: Writer, { message, hours, client, settings }: OfClient): void {
  const zone = hours.timeZone;
  const back = outOfOfficeUntil(message.mail, message.receivedAt, zone);
  const said = at(back ?? addDays(dayOf(message.receivedAt, zone), unknownReturnDays), 0, zone);
  const why = { code: 'client-away', until: back } as const;
  const until = earliest(said, plus(w.now, longestAbsenceMs));
  const wish = { scope: 'client', scopeId: client.id, reason: 'out-of-office', until, note: why } as const;
  holdOnce(w, { ...wish, client, message, settings });
}

/** Who answers a letter about money, or says that it is paid, is not written to again before she has read it. */
function noteReply(w: Writer, facts: OfClient, reply: LetterReply<Letter>): void {
  const { client } = facts;
  const { letters, claims } = reply;
  const answered = new Set(letters.map((letter) => letter.caseId));
  const cases = openCasesOf(w, client.id).filter(({ id }) => claims || answered.has(id));
  for (const { id } of cases) holdForReply(w, facts, reply, { scope: 'case', scopeId: id });
  // a letter about something else: what is to follow it waits, too, unless it is the client's own and seen as such
  const isPlain = facts.judgement.kind === 'human' && facts.message.clientId === client.id;
  const isOther = letters.some(({ caseId, kind }) => caseId === null && kind !== 'payment-received');
  if (isOther && !isPlain) holdForReply(w, facts, reply, { scope: 'client', scopeId: client.id });
}

function holdForReply(
  w: Writer,
  { message, client, settings }: OfClient,
  { claims }: LetterReply<Letter>,
  { scope, scopeId }: Pick<HoldWish, 'scope' | 'scopeId'>,
): void {
  const { id, mail } = message;
  const from = message.clientId === client.id ? null : (mail.from?.address ?? '');
  const code = claims ? 'writes-paid' : 'wrote-back';
  const why = { code, client: client.name, from, messageId: id } as const;
  const until = mailHoldUntil(w.now, settings.owner.timeZone);
  const reason = claims ? 'payment-claimed' : 'reply';
  const wish = { scope, scopeId, reason, until, note: why } as const;
  if (!holdOnce(w, { ...wish, client, message, settings })) return;
  const key = scope === 'case' ? `hold/${scopeId}/${id}` : `hold/client/${scopeId}/${id}`;
  const about = { clientId: client.id, numbers: numbersOpen(w, client), messageId: id };
  notice(w, key, { code: 'reply-holds', reason, note: why, scope: scope === 'case' ? 'case' : 'client', about });
}

/** Of what is open, the oldest first. */
function numbersOpen(r: Reader, client: Client): string[] {
  const debts = listInvoices(r, { clientId: client.id, state: 'open' }).flatMap(debtsOf);
  return [...new Set(debts.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)).map((debt) => debt.number))];
}

interface HoldWish {
  scope: HoldScope;
  scopeId: number;
  reason: HoldReason;
  until: Instant;
  note: Reason;
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
  if (said !== null) noteAgain(w, `waiting/${client.id}`, () => said);
}
