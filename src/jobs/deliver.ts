/**
 * Outbox -> SMTP. Lets go what is due, looks once more whether it is still wanted, freezes the bytes in the transaction
 * that claims the letter, hands it over, and writes down how that ended. Never resends what may have arrived.
 */
import type { Clock } from '../clock.ts';
import { AppError, DeliveryError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import type { Log } from '../log.ts';
import type { Courier, Mailbox } from '../ports.ts';
import { claimFreshMs } from '../rules/claim.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { sha256 } from '../rules/digest.ts';
import { unlessNeverOpen } from '../rules/dunning.ts';
import { isAcknowledgementKind, type Letter } from '../rules/letter.ts';
import type { Recipient } from '../rules/recipient.ts';
import { maxAttempts, retryDelayMs, tomorrowsOpening } from '../rules/sending.ts';
import { earliest, type Instant, minuteMs, plus, toIso } from '../rules/time.ts';
import { ownMessageIdPrefix } from '../rules/triage.ts';
import { touchClient } from '../store/cases.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import {
  countHandover,
  type Handover,
  type Handovers,
  handoversCounted,
  isForgotten,
  rememberForgotten,
} from '../store/handovers.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import * as outbox from '../store/outbox.ts';
import * as queue from '../store/outbox-queue.ts';
import { pause, pausedNow } from '../store/pause.ts';
import { settleSent } from '../store/sent.ts';
import type { CaseContext } from './case-facts.ts';
import { type ClaimParts, installationKey, type Standing, standingIn } from './claim.ts';
import { draftOf } from './draft.ts';
import { noteLeft } from './exit.ts';
import { isSendingPaused, noteSendingAccepted, noteSendingRefused } from './login-pause.ts';
import { mayGo } from './may-go.ts';
import type { LeaveVerdict } from './leave-verdict.ts';
import { faultReason, isSameReason, type Reason } from '../rules/reason.ts';

export interface DeliverParts extends CaseContext, ClaimParts {
  store: Store;
  clock: Clock;
  letters: Letters;
  log: Log;
  courierOf(mailbox: string): Courier | undefined;
  /** only mailboxes that were read successfully in this pass: without a look at Sent nothing leaves */
  lookedInto(mailbox: string): Mailbox | undefined;
  /** 0..1; spreads retries */
  spread(): number;
  /** absent where nothing really leaves */
  handovers?: Handovers;
  /** nothing really leaves: what may go counts as sent at once */
  unseen?: boolean;
}

/** One pass over the queue. */
interface Round extends DeliverParts {
  /**
   * mailboxes whose server was not reached, or fell silent: the rest of their letters waits for the next pass, for each
   * would wait out the same time-outs while no mail is read
   */
  unreached: Set<string>;
}

export interface DeliverReport {
  sent: number;
  waiting: number;
}

export async function deliver(parts: DeliverParts): Promise<DeliverReport> {
  const { store, clock } = parts;
  noteOlderDatabase(parts);
  store.write(clock.now(), doubtInterrupted);
  for (const letter of store.read((r) => queue.inState(r, 'unsure'))) await resolveDoubt(parts, letter);
  const report: DeliverReport = { sent: 0, waiting: 0 };
  const tried = new Set<number>();
  const round: Round = { ...parts, unreached: new Set() };
  for (let due = letGo(parts, tried); due.length > 0; due = letGo(parts, tried))
    if (!(await deliverAll(round, due, { tried, report }))) break;
  return report;
}

/** Letters let go at once: more than the caps let leave would only be held back again. */
const mostAtOnce = 50;

/** Lets go what is due, in its turn. @returns the letters to try: those that were not tried in this pass */
function letGo({ store, clock, settings }: DeliverParts, tried: ReadonlySet<number>): number[] {
  const { perDay, perHour } = settings.sending;
  const limit = Math.min(mostAtOnce, perDay, perHour ?? perDay) + 1;
  return store.write(clock.now(), (w) => {
    for (const { id } of queue.heldDue(w, w.now, limit)) outbox.release(w, id);
    return queue.queuedDue(w, w.now).flatMap(({ id }) => (tried.has(id) ? [] : [id]));
  });
}

/** @returns false when nothing more can leave in this pass */
async function deliverAll(
  round: Round,
  due: readonly number[],
  { tried, report }: { tried: Set<number>; report: DeliverReport },
): Promise<boolean> {
  for (const [index, id] of due.entries()) {
    tried.add(id);
    const full = await deliverOne(round, id, report);
    if (full === null) continue;
    report.waiting += keepTheRest(round, due.slice(index + 1), full);
    return false;
  }
  return true;
}

/**
 * The others need no look of their own. Those that wait for this cap already are left as they are, so that a long queue
 * is not gone through for each few letters that leave.
 * @returns how many others wait for it
 */
function keepTheRest({ store, clock, settings }: DeliverParts, rest: readonly number[], full: Full): number {
  const until = restUntil(full, settings.hours, clock.now());
  return store.write(clock.now(), (w) => {
    const isOther = !isSameReason(queue.lastFullWhy(w), full.why);
    if (!isOther) queue.noteFull(w, until, full.why);
    for (const id of [...rest, ...queue.heldDue(w, w.now).map((letter) => letter.id)])
      obey(w, outbox.letterById(w, id) as Letter, full);
    if (isOther) queue.noteFull(w, until, full.why);
    return queue.countCapped(w) - 1;
  });
}

/** Not longer than the owner's own hours say: the client who met the cap may have hours that are days away. */
function restUntil({ until }: Full, hours: ContactHours, now: Instant): Instant {
  if (until === null) return plus(now, 15 * minuteMs);
  return unlessNeverOpen(
    () => earliest(until, tomorrowsOpening({ hours }, now)),
    () => until,
  );
}

/**
 * Letters left that this database does not know: it is older than they are. Where Sent does not show which ones, nothing
 * but the owner can tell what of the present outbox left already.
 */
function noteOlderDatabase({ store, clock, handovers }: DeliverParts): void {
  if (handovers === undefined || store.read((r) => handovers.after(handoversCounted(r))).length === 0) return;
  store.write(clock.now(), (w) => {
    const count = rememberForgotten(w, handovers);
    const why = { code: 'older-database', letters: count } as const;
    if (pausedNow(w, w.now)?.until !== null) pause(w, { why, until: null });
    note(w, { kind: 'older-database', subject: 'outbox', why });
    notice(w, `older-database/${toIso(w.now)}`, { code: 'older-database', because: why });
  });
}

/** Found `sending` at the start of a pass: the process died in the middle. Nobody knows whether it arrived. */
function doubtInterrupted(w: Writer): void {
  for (const letter of queue.inState(w, 'sending')) {
    const why = { code: 'interrupted' } as const;
    outbox.doubt(w, letter.id, why);
    noteLetter(w, letter, 'letter-unsure', why);
  }
}

/** Sent is the only proof. Its absence proves nothing, so then the owner decides. */
async function resolveDoubt(parts: DeliverParts, letter: Letter): Promise<void> {
  const mailbox = parts.lookedInto(letter.mailbox);
  if (mailbox === undefined || letter.messageId === null) return;
  const found = await mailbox.isInSent(letter.messageId);
  parts.store.write(parts.clock.now(), (w) => {
    if (found) return noteSent(w, parts, letter, { code: 'stands-in-sent' });
    const { id, subject, recipient: to } = letter;
    notice(w, `unsure/${id}`, { code: 'letter-unsure', id, subject, to });
  });
}

/** What stops every letter, not only the one that was looked at: the others need no look of their own. */
type Full = Extract<LeaveVerdict, { go: false }>;

/** Counts the letter as sent or waiting. @returns the verdict when it holds for all that follow, else null */
async function deliverOne(round: Round, id: number, report: DeliverReport): Promise<Full | null> {
  const verdict = await tryToSend(round, id);
  if (verdict === true) report.sent += 1;
  else report.waiting += 1;
  return typeof verdict === 'object' && verdict.isFull === true ? verdict : null;
}

/** @returns whether it was handed over, or the verdict that kept it */
async function tryToSend(round: Round, id: number): Promise<boolean | Full> {
  const { store, clock } = round;
  if (round.unseen === true) return store.write(clock.now(), (w) => letLeave(w, round, id));
  const ready = store.write(clock.now(), (w) => firstLook(w, round, id));
  if (ready === false || !ready.go) return ready;
  const { letter, recipient, courier, mailbox, messageId } = ready;
  const standing = await standingIn(round, mailbox);
  if (!standing.ours) return store.write(clock.now(), (w) => notFromHere(w, letter, standing));
  if (await mailbox.isInSent(messageId)) return adopt(round, letter, messageId);
  const bytes = await bytesFor(round, ready);
  // A laptop that slept since: another one may have been told to send meanwhile. The next pass looks again.
  if (clock.now() - standing.since > claimFreshMs) return false;
  const number = bytes === undefined ? undefined : claim(round, ready, bytes);
  if (bytes === undefined || number === undefined) return false;
  if (store.read((r) => leftForgotten(r, letter, messageId))) {
    store.write(clock.now(), (w) => doubtForgotten(w, letter));
    return false;
  }
  return handOver(round, courier, letter, { bytes, recipient, handover: { number, messageId } });
}

function notFromHere(w: Writer, { id }: Letter, { until, why }: Standing & { ours: false }): boolean {
  const letter = outbox.letterById(w, id);
  if (letter?.state === 'queued') obey(w, letter, { go: false, outcome: 'wait', until, why, notice: null });
  return false;
}

interface Ready {
  go: true;
  letter: Letter;
  recipient: Recipient;
  courier: Courier;
  mailbox: Mailbox;
  messageId: string;
}

/** @returns false for a letter that cannot be tried in this pass, and is left as it is */
function firstLook(w: Writer, round: Round, id: number): Ready | Full | false {
  const letter = outbox.letterById(w, id);
  if (letter?.state !== 'queued' || round.unreached.has(letter.mailbox)) return false;
  if (isSendingPaused(w, letter.mailbox, w.now)) return false;
  const courier = round.courierOf(letter.mailbox);
  const mailbox = round.lookedInto(letter.mailbox);
  if (courier === undefined || mailbox === undefined) return false;
  const looked = lookAndMend(w, round, letter);
  if (!looked.verdict.go) return looked.verdict;
  const { letter: mended } = looked;
  return {
    go: true,
    letter: mended,
    recipient: looked.verdict.recipient,
    courier,
    mailbox,
    messageId: mended.messageId ?? messageIdOf(w, mended),
  };
}

/** So often a letter is mended before one look: its address, and what it says. */
const mostMendings = 3;

/**
 * What no longer fits is put right first, and what was put right is looked at again: the letter leaves in the pass in
 * which it is due, or has lost its way to the owner.
 */
function lookAndMend(w: Writer, parts: DeliverParts, found: Letter): { letter: Letter; verdict: LeaveVerdict } {
  let letter = found;
  let verdict = obey(w, letter, mayGo(w, parts, letter, w.now));
  for (let mended = 0; isMended(verdict) && mended < mostMendings; mended += 1) {
    letter = outbox.letterById(w, found.id) as Letter;
    if (letter.state !== 'queued') break;
    verdict = obey(w, letter, mayGo(w, parts, letter, w.now));
  }
  return { letter, verdict };
}

function isMended(verdict: LeaveVerdict): boolean {
  return !verdict.go && ['rewrite', 'retitle', 'readdress'].includes(verdict.outcome);
}

/** Where nothing really leaves, nothing can happen between the look, the claim and the word of a server. */
function letLeave(w: Writer, round: Round, id: number): boolean | Full {
  const ready = firstLook(w, round, id);
  if (ready === false || !ready.go) return ready;
  const { letter, messageId } = ready;
  if (!outbox.claim(w, letter.id, { messageId, bytes: new Uint8Array(), sha256: '' })) return false;
  const isKnown = !leftForgotten(w, letter, messageId);
  if (isKnown) noteTaken(w, round, letter);
  else doubtForgotten(w, letter);
  return isKnown;
}

/** Message-IDs are made from the letter's key: this one went out before the backup that was put back knew of it. */
function leftForgotten(r: Reader, letter: Letter, messageId: string): boolean {
  return letter.messageId === null && isForgotten(r, messageId);
}

function doubtForgotten(w: Writer, letter: Letter): void {
  const why = { code: 'handed-over-before' } as const;
  outbox.doubt(w, letter.id, why);
  noteLetter(w, letter, 'letter-unsure', why);
}

/** A letter that cannot be built is the owner's to mend; the others do not wait for it. */
async function bytesFor(
  { store, clock, settings }: DeliverParts,
  { letter, recipient, courier, messageId }: Ready,
): Promise<Uint8Array | undefined> {
  const frozen = store.read((r) => outbox.bytesOf(r, letter.id));
  if (frozen !== undefined) return frozen;
  try {
    return await courier.compose(draftOf(settings, letter, recipient), { messageId, date: clock.now() });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bad-input') throw error;
    const why = { code: 'cannot-be-built', fault: faultReason(error) } as const;
    store.write(clock.now(), (w) => obey(w, letter, { go: false, outcome: 'ask', until: null, why, notice: null }));
    return undefined;
  }
}

/**
 * The last look and the claim are one transaction: what is recorded before it stops the letter, after it is too late.
 * @returns the number of this hand-over
 */
function claim(
  parts: DeliverParts,
  { letter: seen, recipient, messageId }: Ready,
  bytes: Uint8Array,
): number | undefined {
  return parts.store.write(parts.clock.now(), (w) => {
    const letter = outbox.letterById(w, seen.id);
    if (letter?.state !== 'queued' || letter.text !== seen.text || letter.subject !== seen.subject) return undefined;
    const verdict = obey(w, letter, mayGo(w, parts, letter, w.now));
    if (!verdict.go || verdict.recipient !== recipient) return undefined;
    const digest = sha256(bytes);
    if (!outbox.claim(w, letter.id, { messageId, bytes, sha256: digest })) return undefined;
    noteLetter(w, letter, 'letter-sending', letter.why, { messageId, sha256: digest, recipient: letter.recipient });
    return countHandover(w);
  });
}

interface Parcel {
  bytes: Uint8Array;
  recipient: Recipient;
  handover: Handover;
}

async function handOver(round: Round, courier: Courier, letter: Letter, parcel: Parcel): Promise<boolean> {
  const { bytes, recipient, handover } = parcel;
  const from = envelopeFrom(round, letter);
  noteHandover(round, letter, handover);
  try {
    await courier.send({ from, to: recipient }, bytes);
  } catch (thrown) {
    const error = asDeliveryError(thrown);
    if (error.reason === 'connection') round.unreached.add(letter.mailbox);
    round.store.write(round.clock.now(), (w) => settleFailure(w, round, letter, { from, error }));
    return false;
  }
  round.store.write(round.clock.now(), (w) => noteTaken(w, round, letter));
  round.log.info('letter-sent', `${letter.kind} #${letter.id} handed over`);
  return true;
}

/** Written beside the database first: nothing leaves of which only one of the two knows. */
function noteHandover({ store, clock, handovers }: DeliverParts, letter: Letter, handover: Handover): void {
  try {
    handovers?.add(handover);
  } catch (error) {
    store.write(clock.now(), (w) => outbox.defer(w, letter.id, w.now, faultReason(error), { countAttempt: false }));
    throw error;
  }
}

/** Anything that is no delivery fault came from our own side of the line after the claim: treat it as doubt. */
function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  return new DeliveryError('unsure', 'connection', error instanceof Error ? error.message : String(error), {
    cause: error,
  });
}

function noteTaken(w: Writer, parts: DeliverParts, letter: Letter): void {
  noteSendingAccepted(w, letter.mailbox);
  noteSent(w, parts, letter, { code: 'server-took-it' });
}

function noteSent(w: Writer, parts: DeliverParts, letter: Letter, why: Reason): void {
  if (settleSent(w, letter, why)) noteLeft(w, parts.settings, letter);
}

function settleFailure(
  w: Writer,
  parts: DeliverParts,
  letter: Letter,
  failure: { from: string; error: DeliveryError },
): void {
  const { error, from } = failure;
  const fault = faultReason(error);
  if (error.outcome === 'unsure') return settleDoubt(w, letter, error);
  if (error.reason === 'sender' && from === '') return settleNullSender(w, letter, error);
  if (error.reason === 'login') return settleLogin(w, letter, error);
  const delay = error.outcome === 'retry' ? retryDelayMs(letter.attempts + 1, parts.spread()) : null;
  if (delay !== null) {
    outbox.defer(w, letter.id, plus(w.now, delay), fault, { countAttempt: true });
    return noteLetter(w, letter, 'letter-deferred', fault, { attempt: letter.attempts + 1, of: maxAttempts });
  }
  outbox.fail(w, letter.id, fault);
  noteLetter(w, letter, 'letter-failed', fault);
  if (letter.caseId !== null && letter.clientId !== null) touchClient(w, letter.clientId);
  const { id, subject, recipient: to } = letter;
  notice(w, `failed/${id}`, { code: 'letter-failed', id, subject, to, fault });
}

function settleDoubt(w: Writer, letter: Letter, error: DeliveryError): void {
  const fault = faultReason(error);
  outbox.doubt(w, letter.id, fault);
  noteLetter(w, letter, 'letter-unsure', fault);
}

/** A server that takes no empty sender gets the owner's address from now on (kept per mailbox). */
function settleNullSender(w: Writer, letter: Letter, error: DeliveryError): void {
  setFact(w, nullSenderRefusedKey(letter.mailbox), error.message);
  const fault = faultReason(error);
  outbox.defer(w, letter.id, w.now, fault, { countAttempt: false });
  noteLetter(w, letter, 'null-sender-refused', { code: 'null-sender-refused', fault });
}

function settleLogin(w: Writer, letter: Letter, error: DeliveryError): void {
  const until = noteSendingRefused(w, letter.mailbox, error);
  outbox.defer(w, letter.id, until, faultReason(error), { countAttempt: false });
  noteLetter(w, letter, 'letter-deferred', faultReason(error));
}

const nullSenderRefusedKey = (mailbox: string) => `null-sender-refused/${mailbox}`;

/** Automatic answers leave with the null sender (RFC 3834 section 3.3, RFC 5230 section 5.1). */
function envelopeFrom(parts: DeliverParts, letter: Letter): string {
  if (!isAcknowledgementKind(letter.kind)) return letter.sender;
  const refused = parts.store.read((r) => factOf(r, nullSenderRefusedKey(letter.mailbox)));
  return refused === undefined ? '' : letter.sender;
}

/** Carries out a verdict that is no go: drop, hold back, write anew or ask again. */
function obey(w: Writer, letter: Letter, verdict: LeaveVerdict): LeaveVerdict {
  if (verdict.go) return verdict;
  const { why } = verdict;
  switch (verdict.outcome) {
    case 'drop':
      outbox.drop(w, letter.id, 'system', why);
      break;
    case 'rewrite':
      rewriteLetter(w, letter, verdict);
      break;
    case 'retitle':
      outbox.retitle(w, letter.id, verdict.text?.subject ?? letter.subject);
      noteLetter(w, letter, 'letter-rewritten', why);
      break;
    case 'readdress':
      outbox.readdress(w, letter.id, verdict.address ?? letter);
      noteLetter(w, letter, 'letter-readdressed', why);
      break;
    case 'ask':
      noteLetter(w, letter, 'approval-lapsed', why);
      outbox.askForApproval(w, letter.id, {
        code: 'approval-lapsed',
        id: letter.id,
        subject: letter.subject,
        because: why,
      });
      outbox.holdBack(w, letter.id, letter.notBefore, why);
      break;
    case 'wait':
      outbox.holdBack(w, letter.id, verdict.until ?? plus(w.now, 15 * minuteMs), why, verdict.isFull);
      if (!isSameReason(why, letter.waitsFor)) noteLetter(w, letter, 'letter-waits', why);
      if (verdict.notice !== null) notice(w, verdict.notice.key, verdict.notice.told);
  }
  return verdict;
}

function rewriteLetter(w: Writer, letter: Letter, verdict: LeaveVerdict & { go: false }): void {
  const { text, changes = [], why } = verdict;
  if (text === undefined || !outbox.rewrite(w, letter.id, { ...text, why: letter.why })) return;
  noteLetter(w, letter, 'letter-rewritten', why, { changes });
  if (!letter.edited) return;
  outbox.askForApproval(w, letter.id, {
    code: 'own-words-replaced',
    id: letter.id,
    to: letter.recipientName || letter.recipient,
    subject: letter.subject,
    because: why,
    changes: changes.slice(0, mostChangesTold),
    of: changes.length,
  });
  outbox.holdBack(w, letter.id, letter.notBefore, { code: 'words-given-back', because: why });
}

/** What a letter says otherwise is told line by line, the first few of them. */
const mostChangesTold = 3;

/**
 * Sent already holds this Message-ID, which is made from the letter's key: it left before this database knew
 * (a restored backup). It is taken as sent, and not sent again.
 */
function adopt(parts: DeliverParts, letter: Letter, messageId: string): false {
  parts.store.write(parts.clock.now(), (w) => {
    if (!outbox.claim(w, letter.id, { messageId, bytes: new Uint8Array(), sha256: '' })) return;
    noteSent(w, parts, letter, { code: 'left-before' });
  });
  return false;
}

/**
 * Of the letter's key alone: an address that is corrected, also in an older database that was put back, makes no other
 * letter of it, and nobody can try out whom it went to.
 */
function messageIdOf(r: Reader, letter: Letter): string {
  const installation = factOf(r, installationKey) ?? '';
  const digest = sha256(`${installation}\n${letter.key}`);
  return `<${ownMessageIdPrefix}${digest.slice(0, 32)}@${letter.sender.slice(letter.sender.lastIndexOf('@') + 1)}>`;
}

function noteLetter(w: Writer, letter: Letter, kind: string, why: Reason, data?: Record<string, unknown>): void {
  note(w, { kind, subject: `letter/${letter.id}`, clientId: letter.clientId, why, data });
}
