/**
 * What a person may do with an exit: propose it or take it up, check an item, approve it by typing the client's name,
 * undo, cancel, end it, hand over, write the final report. Each is one transaction with its line in the journal.
 */
import { AppError } from '../errors.ts';
import { cleanText, withoutEnd } from '../letters/clean.ts';
import type { Letters } from '../letters/library.ts';
import { finalReport } from '../letters/final-report.ts';
import { writeTermination } from '../letters/termination.ts';
import type { Client } from '../rules/client.ts';
import { referralOf } from '../rules/colleague.ts';
import {
  checklist,
  type ChecklistItem,
  coolingEndsAt,
  type ExitCheck,
  exitChecks,
  type ExitFacts,
  type ExitNotice,
  type ExitReason,
  exitReasons,
  type ExitState,
  exitState,
  handover,
  mayApprove,
  mayCancel,
  mayEnd,
  noticeEndsOn,
  noticeFaults,
  reasonFaults,
  reportKey,
} from '../rules/exit.ts';
import { misspeltReason, reasonAgainstRecord } from '../rules/exit-reason.ts';
import type { ExitRefusal, ExitWarning } from '../rules/exit-remarks.ts';
import type { Letter } from '../rules/letter.ts';
import { asWritten, type Reason, type ReasonOf } from '../rules/reason.ts';
import type { Settings } from '../rules/settings.ts';
import { dayMs, dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { touchClient } from '../store/cases.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { exitFacts, reportRecord, terminationRecord } from '../store/exit-facts.ts';
import {
  addExit,
  cancelExit,
  editExit,
  endExit,
  type ExitPatch,
  exitById,
  exitOfLetter,
  exitsOf,
  type HandoverItem,
  openExitOf,
  openExits,
  type StoredExit,
} from '../store/exits.ts';
import { putReport } from '../store/final-report.ts';
import { note } from '../store/journal.ts';
import { approve, drop, letterByKey, withdrawApproval } from '../store/outbox.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';

export type ExitDesk = DeskParts & { settings: Settings; letters: Letters; mailbox: string };

export interface ExitWish {
  /** a word of {@link exitReasons}, or one sentence; null: as it was */
  reason: string | null;
  noticeDays: number | null;
  milestone: string | null;
  /** the latest day for the milestone */
  by: LocalDay | null;
  referral: string | null;
  /** what is the client's own */
  handover: readonly string[];
  /** what passes on with the payment only */
  onPayment: readonly string[];
  /** wait for the money, at most so many days; absent: do not */
  afterPaidDays?: number | null;
}

export interface ExitDone {
  client: Client;
  exit: StoredExit;
  changed: boolean;
}

/**
 * Opens an exit, takes up one that the ladder proposed, or changes one that is not approved yet.
 * @throws AppError 'bad-input' for a reason or a notice that the letter cannot take; 'conflict' when it is too late
 */
export function proposeExit(
  desk: ExitDesk,
  who: string,
  asked: ExitWish,
): ExitDone & { did: 'proposed' | 'taken-up' | 'changed'; warnings: ExitWarning[] } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    const open = openExitOf(w, client.id);
    const { referrals } = desk.settings;
    const wish = { ...asked, referral: asked.referral === null ? null : referralOf(asked.referral, referrals) };
    const done = open === undefined ? openNew(w, desk, client, wish) : takeUp(w, desk, { client, open, wish });
    const { warnings } = checklist(done.exit, factsOf(w, desk, done.exit, client), w.now);
    return { ...done, client, warnings };
  });
}

function openNew(w: Writer, desk: ExitDesk, client: Client, wish: ExitWish) {
  if (client.workState === 'ended')
    throw new AppError('conflict', { code: 'work-ended-already', client: client.name, id: client.id });
  if (wish.reason === null) throw bad({ code: 'exit-one-reason', known: exitReasons.slice(0, -1).join(', ') });
  const { reason, ownWords } = readReason(wish.reason);
  refuseReason(w, desk, client, reason);
  const notice = readNotice(wish, defaultNotice(desk, client));
  const items = newItems(wish);
  refuseNotice(w, desk, client, notice);
  const exit = addExit(w, {
    clientId: client.id,
    proposedBy: 'owner',
    letterKey: null,
    afterPaidDays: wish.afterPaidDays ?? null,
    coolingFrom: typeof wish.afterPaidDays === 'number' ? null : w.now,
    reason,
    ownWords,
    notice,
    referral: oneLine(wish.referral ?? ''),
    handover: items,
  });
  const why = { code: 'you-proposed-exit', reason, words: ownWords } as const;
  noted(w, exit, 'exit-proposed', why, { reason, notice, coolingDays: desk.settings.exit.coolingDays });
  return { exit, changed: true, did: 'proposed' as const };
}

function takeUp(
  w: Writer,
  desk: ExitDesk,
  { client, open, wish }: { client: Client; open: StoredExit; wish: ExitWish },
) {
  if (open.approvedAt !== null || open.sentAt !== null)
    throw new AppError('conflict', {
      code: 'exit-not-to-change',
      client: client.name,
      id: client.id,
      state: stateOf(desk, open, w.now),
      hasLeft: open.sentAt !== null,
    });
  const patch = patchOf(open, wish);
  if (patch.reason !== undefined) refuseReason(w, desk, client, patch.reason);
  if (patch.notice !== undefined) refuseNotice(w, desk, client, patch.notice);
  const isNew = open.coolingFrom === null;
  if (isNew) Object.assign(patch, { coolingFrom: w.now, notedState: 'cooling' });
  if (Object.keys(patch).length === 0) return { exit: open, changed: false, did: 'changed' as const };
  editExit(w, open.id, patch);
  const exit = exitById(w, open.id) as StoredExit;
  const why = { code: isNew ? 'you-took-exit-up' : 'you-changed' } as const;
  noted(w, exit, isNew ? 'exit-taken-up' : 'exit-changed', why, { changed: Object.keys(patch) });
  return { exit, changed: true, did: isNew ? ('taken-up' as const) : ('changed' as const) };
}

function patchOf(open: StoredExit, wish: ExitWish): ExitPatch {
  const patch: ExitPatch = wish.reason === null ? {} : readReason(wish.reason);
  if (wish.referral !== null) patch.referral = oneLine(wish.referral);
  const items = newItems(wish);
  if (items.length > 0) patch.handover = [...open.handover, ...items];
  const changesNotice = wish.noticeDays !== null || wish.milestone !== null || wish.by !== null;
  if (changesNotice) patch.notice = readNotice(wish, open.notice);
  return patch;
}

function readReason(text: string): { reason: ExitReason; ownWords: string } {
  const word = exitReasons.find((reason) => reason === text.trim().toLowerCase() && reason !== 'own-words');
  if (word !== undefined) return { reason: word, ownWords: '' };
  const own = { reason: 'own-words' as const, ownWords: text.trim() };
  const faults = reasonFaults(own);
  const misspelt = misspeltReason(text);
  if (misspelt !== null) faults.push(misspelt);
  if (withoutEnd(cleanText(text).trim(), '.;:,!?… ') === '') faults.push({ code: 'reason-unreadable' });
  if (faults.length > 0)
    throw bad({ code: 'exit-reason-refused', because: faults, known: exitReasons.slice(0, -1).join(', ') });
  return own;
}

/** The letter would name it: refused before anything is written down. */
function refuseReason(w: Writer, desk: ExitDesk, client: Client, reason: ExitReason): void {
  const faults = reasonAgainstRecord(reason, exitFacts(w, desk.settings, { id: 0 }, client, w.now).record);
  if (faults.length > 0) throw bad({ code: 'exit-reason-not-so', because: faults });
}

function defaultNotice({ settings }: ExitDesk, client: Client): ExitNotice {
  return { kind: 'days', days: client.terms.noticeDays ?? settings.exit.noticeDays };
}

function readNotice(wish: ExitWish, before: ExitNotice): ExitNotice {
  if (wish.noticeDays !== null && wish.milestone !== null) throw bad({ code: 'notice-days-or-milestone' });
  if (wish.noticeDays !== null) return { kind: 'days', days: wish.noticeDays };
  if (wish.milestone !== null)
    return { kind: 'milestone', milestone: oneLine(wish.milestone), by: wish.by, reachedOn: null };
  if (wish.by === null) return before;
  if (before.kind === 'milestone') return { ...before, by: wish.by };
  throw bad({ code: 'by-without-milestone' });
}

function refuseNotice(w: Writer, desk: ExitDesk, client: Client, notice: ExitNotice): void {
  const facts = exitFacts(w, desk.settings, { id: 0 }, client, w.now);
  const faults = noticeFaults(notice, facts, w.now);
  if (faults.length > 0) throw bad({ code: 'exit-notice-refused', because: faults });
}

function newItems({ handover: own, onPayment }: Pick<ExitWish, 'handover' | 'onPayment'>): HandoverItem[] {
  return [...own.map(newItem), ...onPayment.map((text) => ({ ...newItem(text), onPayment: true as const }))];
}

function newItem(text: string): HandoverItem {
  const item = oneLine(text);
  if (item === '' || item.length > 200) throw bad({ code: 'handover-item-long' });
  return { item, handedOn: null };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * @param item a word of {@link exitChecks}
 * @param options.logId the call or meeting, for `talked`; null: the last one in the log
 * @throws AppError 'bad-input', 'conflict'
 */
export function checkItem(
  desk: ExitDesk,
  who: string,
  item: string,
  options: { undo: boolean; logId: number | null },
): ExitDone & { items: ChecklistItem[] } {
  return act(desk, (w) => {
    const { client, exit } = openOne(w, who);
    if (exit.approvedAt !== null) throw tooLate(desk, client, exit, w.now);
    const name = readCheck(item);
    const facts = factsOf(w, desk, exit, client);
    const others = exit.checks.filter((check) => check.item !== name);
    if (options.undo && others.length === exit.checks.length)
      return { client, exit, changed: false, items: checklist(exit, facts, w.now).items };
    const logId = name === 'talked' ? (options.logId ?? lastTalk(exit, facts)) : null;
    const checks = options.undo ? others : [...others, { item: name, at: w.now, logId }];
    const { items } = checklist({ ...exit, checks }, facts, w.now);
    const checked = items.find((one) => one.item === name) as ChecklistItem;
    if (!options.undo && !checked.done) throw notTalked(client, checked, options.logId);
    editExit(w, exit.id, { checks });
    const why = { code: 'you-checked', item: name, note: checked.note, undone: options.undo } as const;
    noted(w, exit, options.undo ? 'exit-unchecked' : 'exit-checked', why, { logId });
    return { client, exit: exitById(w, exit.id) as StoredExit, changed: true, items };
  });
}

function readCheck(item: string): ExitCheck {
  const found = exitChecks.find((check) => check === item.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new AppError('usage', { code: 'no-check-item', item, known: exitChecks.join(', ') });
}

function lastTalk(exit: StoredExit, facts: ExitFacts): number | null {
  const since = exit.proposedAt - 14 * dayMs;
  const talks = facts.log.filter((entry) => ['call', 'meeting'].includes(entry.kind) && entry.at >= since);
  return talks.at(-1)?.id ?? null;
}

function notTalked(client: Client, item: ChecklistItem, logId: number | null): AppError {
  return new AppError('conflict', {
    code: 'exit-not-talked',
    id: client.id,
    item: item.item,
    because: logId === null ? item.note : { code: 'entry-is-no-talk', entry: logId },
  });
}

/**
 * @param typed the client's name, letter by letter
 * @throws AppError 'conflict' with every reason why it may not be approved now
 */
export function approveExit(desk: ExitDesk, who: string, typed: string): ExitDone {
  return act(desk, (w) => {
    const { client, exit } = openOne(w, who);
    if (exit.approvedAt !== null && exit.sentAt === null) return { client, exit, changed: false };
    const refusals = mayApprove(exit, factsOf(w, desk, exit, client), typed, w.now);
    if (refusals.length > 0)
      throw new AppError('conflict', {
        code: 'exit-not-approved-now',
        client: client.name,
        id: client.id,
        because: refusals,
      });
    editExit(w, exit.id, { approvedAt: w.now, approvedBy: 'owner', notedState: 'approved' });
    noted(w, exit, 'exit-approved', { code: 'you-approved-by-name' });
    const letter = letterByKey(w, exit.letterKey);
    if (letter?.state === 'held' && approve(w, letter.id))
      notedLetter(w, letter, 'letter-approved', { code: 'exit-was-approved', exitId: exit.id });
    touchClient(w, client.id);
    return { client, exit: exitById(w, exit.id) as StoredExit, changed: true };
  });
}

/** Takes the approval back, before the letter has left. @throws AppError 'conflict' after it */
export function undoApproval(desk: ExitDesk, who: string): ExitDone {
  return act(desk, (w) => {
    const { client, exit } = openOne(w, who);
    if (exit.approvedAt === null) return { client, exit, changed: false };
    refuse(client, mayCancel(exit));
    editExit(w, exit.id, { approvedAt: null, approvedBy: null, notedState: 'checklist' });
    noted(w, exit, 'exit-unapproved', { code: 'you-took-approval-back' });
    const letter = letterByKey(w, exit.letterKey);
    if (letter !== undefined && withdrawApproval(w, letter.id))
      notedLetter(w, letter, 'approval-withdrawn', { code: 'exit-approval-back', exitId: exit.id });
    return { client, exit: exitById(w, exit.id) as StoredExit, changed: true };
  });
}

/** Before the letter has left. @throws AppError 'conflict' after it, or while it may have left; 'not-found' without an exit */
export function cancelByHand(desk: ExitDesk, who: string, why: string): ExitDone {
  return act(desk, (w) => {
    const { client, exit } = openOne(w, who);
    refuse(client, mayCancel(exit));
    const typed = why.trim() === '' ? null : asWritten(why.trim());
    const reason: Reason = typed ?? { code: 'you-cancelled' };
    const letter = letterByKey(w, exit.letterKey);
    if (letter !== undefined) drop(w, letter.id, 'owner', { code: 'exit-was-cancelled', because: typed });
    cancelExit(w, exit.id, 'owner', reason);
    noted(w, exit, 'exit-cancelled', reason);
    touchClient(w, client.id);
    return { client, exit: exitById(w, exit.id) as StoredExit, changed: true };
  });
}

/** @param reachedOn the day of the milestone; null when the notice is counted in days */
export function endByHand(
  desk: ExitDesk,
  who: string,
  reachedOn: LocalDay | null,
): ExitDone & { report: Letter | null } {
  return act(desk, (w) => {
    const { client, exit: found } = openOne(w, who);
    const exit = reachedOn === null ? found : withMilestone(w, desk, found, reachedOn);
    refuse(client, mayEnd(exit, { ...rulesOf(desk) }, w.now));
    endExit(w, exit);
    noted(w, exit, 'exit-ended', { code: 'you-ended-exit' });
    const ended = exitById(w, exit.id) as StoredExit;
    return { client, exit: ended, changed: true, report: reportNow(w, desk, client, ended) };
  });
}

function withMilestone(w: Writer, desk: ExitDesk, exit: StoredExit, reachedOn: LocalDay): StoredExit {
  if (exit.notice.kind !== 'milestone') throw bad({ code: 'notice-in-days' });
  if (reachedOn > dayOf(w.now, desk.settings.owner.timeZone)) throw bad({ code: 'reached-in-future', day: reachedOn });
  editExit(w, exit.id, { notice: { ...exit.notice, reachedOn } });
  noted(w, exit, 'exit-milestone', { code: 'milestone-reached', on: reachedOn });
  return exitById(w, exit.id) as StoredExit;
}

/** Writes the final report, held; or writes the waiting one anew. @throws AppError 'conflict' before notice was given */
export function writeReport(desk: ExitDesk, who: string): ExitDone & { report: Letter } {
  return act(desk, (w) => {
    const { client, exit } = lastOne(w, who);
    if (exit.sentAt === null) throw new AppError('conflict', { code: 'no-notice-given', id: client.id });
    const report = reportNow(w, desk, client, exit);
    if (report !== null) return { client, exit, changed: true, report };
    const known = letterByKey(w, reportKey(exit)) as Letter;
    const { id, state, edited } = known;
    throw new AppError('conflict', { code: 'final-report-there', id, state, edited });
  });
}

/** @returns null when it has left, holds the owner's own words, or there is nobody to write to */
function reportNow(w: Writer, { settings, letters, mailbox }: ExitDesk, client: Client, exit: StoredExit) {
  const record = reportRecord(w, settings, exit, client, w.now);
  const letter = finalReport(letters, { exit, client, record, mailbox, settings, now: w.now });
  return putReport(w, { exit, client, letter });
}

export interface HandoverWish {
  add: readonly string[];
  /** what passes on with the payment only */
  onPayment: readonly string[];
  /** numbers in the list, from 1 */
  done: readonly number[];
  /** let it go although money is owed */
  release: boolean;
}

export interface HandoverView {
  client: Client;
  items: readonly HandoverItem[];
  released: boolean;
  why: Reason;
  changed: boolean;
}

/**
 * The list of what is handed over. What is the client's own goes in any case; what passes on with the payment is not
 * marked as handed over before the account is settled, unless the owner says otherwise.
 * @throws AppError 'conflict' for such an item while money is owed
 */
export function handOver(desk: ExitDesk, who: string, wish: HandoverWish): HandoverView {
  return act(desk, (w) => {
    const { client, exit: before } = lastOne(w, who);
    const facts = factsOf(w, desk, before, client);
    if (wish.release && before.releasedAt === null) {
      editExit(w, before.id, { releasedAt: w.now });
      const { why } = handover({ ...facts, ownerReleased: true });
      noted(w, before, 'handover-released', why);
    }
    const added = newItems({ handover: wish.add, onPayment: wish.onPayment });
    if (added.length > 0) {
      editExit(w, before.id, { handover: [...before.handover, ...added] });
      noted(w, before, 'handover-added', { code: 'handover-items', items: added.map(({ item }) => item) });
    }
    const exit = exitById(w, before.id) as StoredExit;
    const gate = handover({ ...facts, ownerReleased: exit.releasedAt !== null });
    if (wish.done.length > 0) markHanded(w, desk, { client, exit, done: wish.done, gate });
    const items = (exitById(w, before.id) as StoredExit).handover;
    return { client, items, ...gate, changed: wish.release || added.length + wish.done.length > 0 };
  });
}

function markHanded(
  w: Writer,
  desk: ExitDesk,
  {
    client,
    exit,
    done,
    gate,
  }: { client: Client; exit: StoredExit; done: readonly number[]; gate: { released: boolean; why: Reason } },
): void {
  const unknown = done.find((number) => exit.handover[number - 1] === undefined);
  if (unknown !== undefined) throw bad({ code: 'no-handover-item', item: unknown, id: client.id });
  const kept = done.find((number) => exit.handover[number - 1]?.onPayment === true);
  if (kept !== undefined && !gate.released)
    throw new AppError('conflict', {
      code: 'handover-on-payment',
      item: kept,
      client: client.name,
      id: client.id,
      because: gate.why,
    });
  const today = dayOf(w.now, desk.settings.owner.timeZone);
  const items = exit.handover.map((one, index) =>
    done.includes(index + 1) ? { ...one, handedOn: one.handedOn ?? today } : one,
  );
  editExit(w, exit.id, { handover: items });
  const handed = done.flatMap((number) => exit.handover[number - 1]?.item ?? []);
  noted(w, exit, 'handed-over', { code: 'handover-items', items: handed });
}

export interface ExitView {
  client: Client;
  exit: StoredExit;
  state: ExitState;
  coolingEndsAt: Instant | null;
  /** the last day of the notice; as if it left today while it has not left */
  noticeEndsOn: LocalDay | null;
  items: ChecklistItem[];
  warnings: ExitWarning[];
  /** why it cannot be approved now; empty once it was */
  refusals: Reason[];
  handover: { released: boolean; why: Reason };
  letter: Letter | null;
  /** earlier ones of this client, cancelled or ended */
  earlier: { proposedAt: Instant; end: Reason }[];
}

/** @throws AppError 'not-found' when the client never had an exit */
export function viewExit(r: Reader, settings: Settings, who: string, now: Instant): ExitView {
  const { client, exit } = lastOne(r, who);
  return viewOf(r, settings, { client, exit }, now);
}

/** The same by the number of the client; null when there never was one. */
export function exitOfClient(r: Reader, settings: Settings, clientId: number, now: Instant): ExitView | null {
  return exitsOf(r, clientId).length === 0 ? null : viewExit(r, settings, String(clientId), now);
}

function viewOf(
  r: Reader,
  settings: Settings,
  { client, exit }: { client: Client; exit: StoredExit },
  now: Instant,
): ExitView {
  const facts = exitFacts(r, settings, exit, client, now);
  const { items, warnings } = checklist(exit, facts, now);
  const leaves = dayOf(exit.sentAt ?? now, facts.timeZone);
  const { others } = terminationRecord(r, settings, client, now);
  const inOthers: ExitWarning[] = others.length === 0 ? [] : [{ code: 'other-currencies-overdue', currencies: others }];
  return {
    client,
    exit,
    items,
    warnings: [...warnings, ...inOthers],
    state: exitState(exit, facts, now),
    coolingEndsAt: coolingEndsAt(exit, facts),
    noticeEndsOn: noticeEndsOn(exit.notice, leaves),
    refusals: exit.approvedAt === null && exit.cancelledAt === null ? mayApprove(exit, facts, client.name, now) : [],
    handover: handover({ ...facts, ownerReleased: exit.releasedAt !== null }),
    letter: exit.cancelledAt === null ? (letterByKey(r, exit.letterKey) ?? null) : null,
    earlier: exitsOf(r, client.id)
      .filter((other) => other.id !== exit.id)
      .map((other) => ({ proposedAt: other.proposedAt, end: endOf(other) })),
  };
}

function endOf(exit: StoredExit): ReasonOf<'exit-came-to'> {
  if (exit.cancelledAt !== null) return { code: 'exit-came-to', how: 'cancelled', because: exit.cancelledWhy };
  return { code: 'exit-came-to', how: exit.endedAt === null ? 'open' : 'ended', because: null };
}

/** Every exit that is open, for status. */
export function openExitViews(r: Reader, settings: Settings, now: Instant): ExitView[] {
  return openExits(r).flatMap((exit) => {
    const client = clientById(r, exit.clientId);
    return client === undefined ? [] : [viewOf(r, settings, { client, exit }, now)];
  });
}

/** The letter as it waits in the outbox; before that, as it would be written if it left now. */
export function previewExit(
  r: Reader,
  desk: Pick<ExitDesk, 'settings' | 'letters'>,
  who: string,
  now: Instant,
): { subject: string; text: string } {
  const { client, exit } = lastOne(r, who);
  const letter = letterByKey(r, exit.letterKey);
  if (letter !== undefined && exit.cancelledAt === null) return letter;
  const record = terminationRecord(r, desk.settings, client, now);
  return writeTermination(desk.letters, { ...record, exit, client, owner: desk.settings.owner });
}

/**
 * A letter that ends the work is approved through its exit, never alone.
 * @throws AppError 'conflict' unless its exit is approved
 */
export function refuseUnapprovedEnd(r: Reader, letter: Letter): void {
  if (letter.kind !== 'termination') return;
  const exit = exitOfLetter(r, letter.key);
  if (exit !== undefined && exit.approvedAt !== null && exit.cancelledAt === null) return;
  const client = letter.clientId === null ? undefined : clientById(r, letter.clientId);
  const name = client?.name ?? letter.recipient;
  throw new AppError('conflict', {
    code: 'end-without-approval',
    letter: letter.id,
    client: name,
    who: String(client?.id ?? name),
    hasExit: exit !== undefined && exit.cancelledAt === null,
  });
}

function openOne(r: Reader, who: string): { client: Client; exit: StoredExit } {
  const client = findClient(r, who);
  const exit = openExitOf(r, client.id);
  if (exit !== undefined) return { client, exit };
  throw noExit(client, exitsOf(r, client.id).at(-1));
}

function noExit(client: Client, last: StoredExit | undefined): AppError {
  return new AppError('not-found', {
    code: 'no-open-exit',
    client: client.name,
    id: client.id,
    last: last === undefined ? null : endOf(last),
  });
}

/** The open one, else the last that was not cancelled, else the last. */
function lastOne(r: Reader, who: string): { client: Client; exit: StoredExit } {
  const client = findClient(r, who);
  const all = exitsOf(r, client.id);
  const exit = openExitOf(r, client.id) ?? all.findLast((one) => one.cancelledAt === null) ?? all.at(-1);
  if (exit === undefined) throw noExit(client, undefined);
  return { client, exit };
}

function factsOf(r: Reader, { settings, clock }: ExitDesk, exit: StoredExit, client: Client): ExitFacts {
  return exitFacts(r, settings, exit, client, clock.now());
}

function rulesOf({ settings }: ExitDesk) {
  return { timeZone: settings.owner.timeZone, coolingDays: settings.exit.coolingDays };
}

function stateOf(desk: ExitDesk, exit: StoredExit, now: Instant): ExitState {
  return exitState(exit, rulesOf(desk), now);
}

function refuse({ id }: Client, because: readonly ExitRefusal[]): void {
  if (because.length > 0) throw new AppError('conflict', { code: 'exit-not-now', id, because });
}

function tooLate(desk: ExitDesk, client: Client, exit: StoredExit, now: Instant): AppError {
  const state = stateOf(desk, exit, now);
  return new AppError('conflict', { code: 'exit-checks-closed', client: client.name, id: client.id, state });
}

function noted(w: Writer, exit: StoredExit, kind: string, why: Reason, data?: Record<string, unknown>): void {
  note(w, { kind, subject: `exit/${exit.id}`, clientId: exit.clientId, why, data });
}

function notedLetter(w: Writer, letter: Letter, kind: string, why: Reason): void {
  note(w, { kind, subject: `letter/${letter.id}`, clientId: letter.clientId, why });
}
