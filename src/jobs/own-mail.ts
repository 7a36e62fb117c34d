/**
 * The owner's own mails that wait in a folder of hers for the hours of those they go to: what lies there is recorded,
 * handed over when it is due, filed in Sent, and only then taken out of the folder. Taken out by her before that, it does
 * not leave. Never hands over twice what may have arrived; decides neither hours nor recipients (rules/own-mail).
 */
import { DeliveryError } from '../errors.ts';
import type { Arrival, Courier, Mailbox } from '../ports.ts';
import { claimFreshMs } from '../rules/claim.ts';
import { sha256 } from '../rules/digest.ts';
import type { Place } from '../rules/message.ts';
import {
  envelopeOf,
  hoursOfOwnMail,
  madeMessageId,
  type OwnMailReason,
  ownMailDue,
  ownMailOf,
  outgoing,
  usableMessageId,
} from '../rules/own-mail.ts';
import { faultReason, type Reason } from '../rules/reason.ts';
import { retryDelayMs } from '../rules/sending.ts';
import { type Instant, plus } from '../rules/time.ts';
import { clientByAddress } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { notice, settleNotices } from '../store/notices.ts';
import * as own from '../store/own-mails.ts';
import { pausedNow } from '../store/pause.ts';
import { type ClaimParts, standingIn } from './claim.ts';
import { isSendingPaused, noteSendingAccepted, noteSendingRefused } from './login-pause.ts';

export interface OwnMailParts extends ClaimParts {
  courierOf(mailbox: string): Courier | undefined;
  /** 0..1; spreads retries */
  spread(): number;
}

/** A mailbox whose folder was looked into in this pass. */
interface Folder {
  mailbox: Mailbox;
  place: Place;
  uidValidity: string;
}

/** Whatever lies in the folder of this mailbox, one step on; nothing where it has none. */
export async function sendOwnMails(parts: OwnMailParts, mailbox: Mailbox): Promise<void> {
  const folder = await opened(mailbox);
  if (folder === null) return;
  parts.store.write(parts.clock.now(), (w) => doubtInterrupted(w, mailbox.name));
  await takeIn(parts, folder);
  for (const row of rowsIn(parts, folder)) if (row.state === 'unsure') await lookForIt(parts, folder, row);
  for (const row of rowsIn(parts, folder)) if (row.state === 'waiting') await sendIfDue(parts, folder, row);
  for (const row of rowsIn(parts, folder)) if (row.state === 'sent') await putAway(parts, folder, row);
}

function rowsIn({ store }: OwnMailParts, { mailbox }: Folder): own.OwnMailRow[] {
  return store.read((r) => own.ownMailsOnTheWay(r, mailbox.name));
}

/** The folder as the server has it now; it is made where there is none. */
async function opened(mailbox: Mailbox): Promise<Folder | null> {
  const { ownMailFolder: path } = mailbox;
  if (path === undefined) return null;
  const place: Place = `inbox:${path}`;
  let state = await mailbox.open(place);
  if (state === null && (await mailbox.makeFolder?.(path)) === true) state = await mailbox.open(place);
  return state === null ? null : { mailbox, place, uidValidity: state.uidValidity };
}

/** The process died while it was handed over: nobody knows whether it arrived. */
function doubtInterrupted(w: Writer, mailbox: string): void {
  for (const row of own.ownMailsOnTheWay(w, mailbox)) if (row.state === 'sending') doubt(w, row);
}

function doubt(w: Writer, row: own.OwnMailRow): void {
  if (!own.moveOwnMail(w, row.id, ['sending'], { state: 'unsure', why: { code: 'own-mail-unsure' } })) return;
  tellOf(w, row, { code: 'own-mail-unsure' });
}

/** What she put there since the last look, and what she took out. */
async function takeIn(parts: OwnMailParts, folder: Folder): Promise<void> {
  const { store, clock } = parts;
  const { mailbox, place, uidValidity } = folder;
  const uids = new Set(await mailbox.list(place, 0));
  const lies = (row: own.OwnMailRow) => row.uidValidity === uidValidity && uids.has(row.uid);
  const [there, elsewhere] = divided(rowsIn(parts, folder), lies);
  const fresh = [...uids].filter((uid) => !there.some((row) => row.uid === uid));
  const gone = new Map(elsewhere.map((row) => [row.id, row]));
  for await (const arrival of mailbox.fetch(place, fresh)) {
    store.write(clock.now(), (w) => {
      const same = [...gone.values()].find((row) => row.uidValidity !== uidValidity && isSame(row, arrival));
      if (same === undefined) return record(w, parts, folder, arrival);
      gone.delete(same.id);
      own.renumberOwnMail(w, same.id, { uidValidity, uid: arrival.uid });
    });
    arrival.release?.();
  }
  store.write(clock.now(), (w) => gone.forEach((row) => noteTakenBack(w, row)));
}

function isSame(row: own.OwnMailRow, { contentHash }: Arrival): boolean {
  return contentHash !== '' && row.contentHash === contentHash;
}

function divided<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

/** What has left stays on its way to Sent, wherever it lies now. */
function noteTakenBack(w: Writer, row: own.OwnMailRow): void {
  const why = { code: 'own-mail-put-back' } as const;
  if (!own.moveOwnMail(w, row.id, ['waiting', 'asks', 'failed', 'unsure'], { state: 'taken-back', why })) return;
  settleNotices(w, `own-mail/${row.id}`);
  note(w, { kind: 'own-mail-taken-back', subject: `own-mail/${row.id}`, why });
}

function record(w: Writer, { settings }: OwnMailParts, { mailbox, uidValidity }: Folder, arrival: Arrival): void {
  if (own.ownMailAt(w, { mailbox: mailbox.name, uidValidity, uid: arrival.uid }) !== undefined) return;
  const { mail, contentHash, uid } = arrival;
  const found = ownMailOf(arrival, settings.owner.addresses);
  const recipients = found.ready ? found.envelope.to : [];
  const dueAt = found.ready ? dueOf(w, settings, recipients, w.now) : null;
  const never: OwnMailReason = { code: 'own-mail-never-open' };
  const why: OwnMailReason = !found.ready ? found.why : dueAt === null ? never : { code: 'own-mail-waits' };
  const state = found.ready && dueAt !== null ? 'waiting' : 'asks';
  const row = own.addOwnMail(w, {
    mailbox: mailbox.name,
    uidValidity,
    uid,
    contentHash,
    state,
    why,
    subject: mail?.subject ?? '',
    sender: found.ready ? found.envelope.from : '',
    recipients: [...recipients],
    dueAt,
    messageId:
      (mail === null ? null : usableMessageId(mail)) ??
      madeMessageId(sha256(`${contentHash} ${uidValidity} ${uid}`), settings.owner.addresses[0] ?? ''),
  });
  note(w, { kind: 'own-mail-seen', subject: `own-mail/${row.id}`, why });
  if (state === 'asks') tellOf(w, row, why);
}

function dueOf(
  r: Reader,
  settings: OwnMailParts['settings'],
  recipients: readonly string[],
  from: Instant,
): Instant | null {
  return ownMailDue(
    hoursOfOwnMail(settings, recipients, (address) => clientByAddress(r, address)),
    from,
  );
}

/** Once for each mail and reason. */
function tellOf(w: Writer, { id, subject, mailbox }: own.OwnMailRow, because: OwnMailReason): void {
  notice(w, `own-mail/${id}/${because.code}`, { code: 'own-mail-stays', mailbox, subject, because });
}

/** Sent is the only proof; its absence proves nothing, so then she decides: out of the folder, or back into it. */
async function lookForIt({ store, clock }: OwnMailParts, { mailbox }: Folder, row: own.OwnMailRow): Promise<void> {
  if (!(await mailbox.isInSent(row.messageId))) return;
  store.write(clock.now(), (w) => noteSent(w, row, ['unsure'], { code: 'stands-in-sent' }));
}

async function sendIfDue(parts: OwnMailParts, folder: Folder, row: own.OwnMailRow): Promise<void> {
  const { store, clock, settings } = parts;
  const { mailbox, place } = folder;
  const courier = parts.courierOf(mailbox.name);
  if (courier?.sendOwn === undefined || !store.write(clock.now(), (w) => isDue(w, settings, row))) return;
  const standing = await standingIn(parts, mailbox);
  if (!standing.ours) return;
  const source = await mailbox.source(place, row.uid);
  // she has taken it out just now: the next look says so
  if (source === null) return;
  if (await mailbox.isInSent(row.messageId)) return store.write(clock.now(), (w) => noteThereAlready(w, row));
  // A laptop that slept since: the next pass looks again.
  if (clock.now() - standing.since > claimFreshMs) return;
  const bytes = store.write(clock.now(), (w) => claim(w, settings, row, source));
  if (bytes === null) return;
  const envelope = envelopeOf(row, settings.owner.addresses);
  if (envelope === null) return;
  try {
    const { rejected } = await courier.sendOwn(envelope, bytes);
    store.write(clock.now(), (w) => {
      noteSendingAccepted(w, mailbox.name);
      noteSent(w, row, ['sending'], { code: 'server-took-it' });
      if (rejected.length > 0) tellOf(w, row, { code: 'own-mail-partly', addresses: rejected });
    });
  } catch (error) {
    store.write(clock.now(), (w) => settleFailure(w, parts, row, error));
  }
}

/** Looked at afresh: the hours, or the register, may be others by now. */
function isDue(w: Writer, settings: OwnMailParts['settings'], row: own.OwnMailRow): boolean {
  if (pausedNow(w, w.now) !== null || isSendingPaused(w, row.mailbox, w.now)) return false;
  const isResting = row.attempts > 0 && row.dueAt !== null && row.dueAt > w.now;
  if (isResting) return false;
  const dueAt = dueOf(w, settings, row.recipients, w.now);
  if (dueAt !== row.dueAt) own.moveOwnMail(w, row.id, ['waiting'], { state: 'waiting', why: row.why, dueAt });
  return dueAt !== null && dueAt <= w.now;
}

/** The last look and the claim are one transaction. @returns the bytes that leave */
function claim(
  w: Writer,
  settings: OwnMailParts['settings'],
  row: own.OwnMailRow,
  source: Uint8Array,
): Uint8Array | null {
  if (!isDue(w, settings, row)) return null;
  if (envelopeOf(row, settings.owner.addresses) === null) {
    const why = { code: 'own-mail-not-yours', from: row.sender } as const;
    if (own.moveOwnMail(w, row.id, ['waiting'], { state: 'asks', why, dueAt: null })) tellOf(w, row, why);
    return null;
  }
  const bytes = outgoing(source, { date: w.now, messageId: row.messageId });
  return own.claimOwnMail(w, row.id, { bytes, why: { code: 'own-mail-waits' } }) ? bytes : null;
}

/** It left before, or she has put a copy of what she sent here: it is not sent a second time. */
function noteThereAlready(w: Writer, row: own.OwnMailRow): void {
  const why = { code: 'own-mail-stands-in-sent' } as const;
  if (own.moveOwnMail(w, row.id, ['waiting'], { state: 'asks', why, dueAt: null })) tellOf(w, row, why);
}

function noteSent(w: Writer, row: own.OwnMailRow, from: readonly own.OwnMailState[], why: Reason): void {
  if (!own.moveOwnMail(w, row.id, from, { state: 'sent', why })) return;
  settleNotices(w, `own-mail/${row.id}`);
  note(w, { kind: 'own-mail-sent', subject: `own-mail/${row.id}`, why, data: { recipients: row.recipients.length } });
}

function settleFailure(w: Writer, { spread }: OwnMailParts, row: own.OwnMailRow, thrown: unknown): void {
  const error = thrown instanceof DeliveryError ? thrown : null;
  if (error === null || error.outcome === 'unsure') return doubt(w, row);
  const fault = faultReason(error);
  const until = waitAfter(w, row, error, spread());
  const why = { code: 'own-mail-refused', fault } as const;
  const state = until === null ? 'failed' : 'waiting';
  if (!own.moveOwnMail(w, row.id, ['sending'], { state, why, dueAt: until })) return;
  note(w, { kind: until === null ? 'own-mail-failed' : 'own-mail-deferred', subject: `own-mail/${row.id}`, why });
  if (until === null) tellOf(w, row, why);
}

/** @returns when it is tried again; null: never by itself */
function waitAfter(w: Writer, row: own.OwnMailRow, error: DeliveryError, spread: number): Instant | null {
  if (error.reason === 'login') return noteSendingRefused(w, row.mailbox, error);
  const delay = error.outcome === 'retry' ? retryDelayMs(row.attempts + 1, spread) : null;
  return delay === null ? null : plus(w.now, delay);
}

/** Into Sent, out of the folder, and then it is done: at whichever step it ends, the next pass goes on there. */
async function putAway({ store, clock }: OwnMailParts, folder: Folder, row: own.OwnMailRow): Promise<void> {
  const { mailbox, place, uidValidity } = folder;
  const bytes = store.read((r) => own.bytesOfOwnMail(r, row.id));
  let why: Reason = { code: 'filed-by-provider' };
  if (!mailbox.filesSent && bytes !== null && row.sentAt !== null) {
    const outcome = await mailbox.fileAsSent(bytes, row.messageId, row.sentAt);
    why = { code: outcome === 'filed' ? 'filed-now' : 'filed-before' };
  }
  if (row.uidValidity === uidValidity) await mailbox.takeOut?.(place, row.uid);
  store.write(clock.now(), (w) => {
    if (own.noteOwnMailFiled(w, row.id, why)) note(w, { kind: 'own-mail-filed', subject: `own-mail/${row.id}`, why });
  });
}
