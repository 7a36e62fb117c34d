/**
 * What an arriving message means for letters already on their way: a bounce, a client's answer to a reminder, an
 * out-of-office, a claim to have paid. Each becomes a hold with a reason. Sends nothing.
 */
import type { Client } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { type HoldReason, type HoldScope, holds } from '../rules/hold.ts';
import type { Judgement } from '../rules/judgement.ts';
import type { Letter } from '../rules/letter.ts';
import { addDays, at, dayOf, type Instant, toIso } from '../rules/time.ts';
import { isDelayReport, isOutOfOffice, isPaymentClaim, outOfOfficeUntil } from '../rules/triage.ts';
import { openCasesOf, touchClient } from '../store/cases.ts';
import type { Writer } from '../store/database.ts';
import { activeHolds, addHold } from '../store/holds.ts';
import { note } from '../store/journal.ts';
import type { StoredMessage } from '../store/messages.ts';
import { notice } from '../store/notices.ts';
import { letterByMessageId } from '../store/outbox.ts';

interface Facts {
  message: StoredMessage;
  client: Client | undefined;
  judgement: Judgement;
  hours: ContactHours;
  /** the sender is forged: nobody's absence is taken from it. What says more than that still makes letters wait. */
  isForged: boolean;
}

/** An out-of-office without a date parks letters this many days, then they speak up. */
const unknownReturnDays = 7;

export function noteConsequences(w: Writer, facts: Facts): void {
  const { message, client, judgement } = facts;
  if (judgement.kind === 'bounce') return noteBounce(w, message);
  if (client === undefined) return;
  if (isOutOfOffice(message.mail)) return facts.isForged ? undefined : noteOutOfOffice(w, facts, client);
  if (judgement.kind === 'human') noteReply(w, message, client);
}

function noteBounce(w: Writer, message: StoredMessage): void {
  if (isDelayReport(message.mail)) return;
  for (const letter of lettersNamedBy(w, message.mail.reportedMessageIds)) {
    if (letter.clientId === null) continue;
    const why = `the letter "${letter.subject}" to ${letter.recipient} came back`;
    holdOnce(w, {
      scope: 'client',
      scopeId: letter.clientId,
      reason: 'bounce',
      until: null,
      note: why,
      clientId: letter.clientId,
    });
    notice(
      w,
      `bounce/${letter.id}`,
      `${why}.`,
      `Mend the address: paletti clients edit ${letter.clientId} --address …, then paletti clients release ${letter.clientId}`,
    );
  }
}

function lettersNamedBy(w: Writer, messageIds: readonly string[]): Letter[] {
  return messageIds.map((id) => letterByMessageId(w, id)).filter((letter) => letter !== undefined);
}

function noteOutOfOffice(w: Writer, facts: Facts, client: Client): void {
  const { message, hours } = facts;
  const zone = hours.timeZone;
  const back = outOfOfficeUntil(message.mail, message.receivedAt, zone);
  const until = at(back ?? addDays(dayOf(message.receivedAt, zone), unknownReturnDays), 0, zone);
  const why = back === null ? 'the client is away, until when is not said' : `the client is away until ${back}`;
  holdOnce(w, { scope: 'client', scopeId: client.id, reason: 'out-of-office', until, note: why, clientId: client.id });
}

/** A client who answers a letter about money, or says that it is paid, is not written to again before she has read it. */
function noteReply(w: Writer, message: StoredMessage, client: Client): void {
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
    if (!holdOnce(w, { scope: 'case', scopeId: open.id, reason, until: null, note: why, clientId: client.id }))
      continue;
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
  until: Instant | null;
  note: string;
  clientId: number;
}

/** @returns whether a hold was added; one with the same reason that still runs and ends no earlier is enough */
function holdOnce(w: Writer, wish: HoldWish): boolean {
  const running = activeHolds(w, {
    clientId: wish.clientId,
    caseId: wish.scope === 'case' ? wish.scopeId : undefined,
  }).filter(
    (hold) =>
      hold.scope === wish.scope && hold.scopeId === wish.scopeId && hold.reason === wish.reason && holds(hold, w.now),
  );
  const enough = running.some((hold) => hold.until === null || (wish.until !== null && hold.until >= wish.until));
  if (enough) return false;
  addHold(w, { scope: wish.scope, scopeId: wish.scopeId, reason: wish.reason, until: wish.until, note: wish.note });
  touchClient(w, wish.clientId);
  note(w, {
    kind: 'hold-added',
    subject: `${wish.scope}/${wish.scopeId}`,
    clientId: wish.clientId,
    why: wish.note,
    data: { reason: wish.reason, until: wish.until === null ? null : toIso(wish.until) },
  });
  return true;
}
