/**
 * Moves exits on by time: notes each state in the journal, warns on each day of a cooling-off that ends in a letter,
 * writes its letter, held, ends it when the notice has run, and writes the final report. Sends nothing.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { addressed } from '../letters/addressed.ts';
import type { Letters } from '../letters/library.ts';
import { writeTermination } from '../letters/termination.ts';
import { finalReport } from '../letters/final-report.ts';
import type { Written } from '../letters/write.ts';
import type { Client } from '../rules/client.ts';
import { nextWorkingOpening } from '../rules/contact-hours.ts';
import { startOfTomorrow, unlessNeverOpen } from '../rules/dunning.ts';
import {
  type ExitState,
  exitState,
  mayEnd,
  mayGoAlone,
  nextExitMoment,
  reportKey,
  sleeps,
  wakes,
} from '../rules/exit.ts';
import { type Letter, needsApproval } from '../rules/letter.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { dayMs, earliest, type Instant, toIso } from '../rules/time.ts';
import { touchClient } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { exitFacts, reportRecord, terminationRecord } from '../store/exit-facts.ts';
import {
  cancelExit,
  editExit,
  endExit,
  exitById,
  exitOfLetter,
  exitsToLookAt,
  lookAtExitAgain,
  type StoredExit,
} from '../store/exits.ts';
import { putReport } from '../store/final-report.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { approve, askNoMore, letterByKey, type NewLetter, putLetter, revive, rewrite } from '../store/outbox.ts';
import { ladderTermination } from './dun.ts';
import { goesAlone, warnWhileCooling } from './exit-step.ts';
import { addressQuestion } from './questions.ts';
import { faultReason } from '../rules/reason.ts';
import { named, type Told } from '../rules/told.ts';

export interface ExitParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  letters: Letters;
  /** the mailbox these letters leave from */
  mailbox: string;
  /** nobody reads the outbox: a letter that waits for the owner's word is not brought up to date day by day */
  unseen?: boolean;
}

/** The final report is written for an exit that ended not longer ago than this. */
const reportWithinMs = 60 * dayMs;

/** @returns how many letters were written */
export function exit(parts: ExitParts): number {
  const { store, clock } = parts;
  const now = clock.now();
  let written = 0;
  for (const id of store.read((r) => exitsToLookAt(r, 'open', now))) written += alone(parts, id, moveOn);
  for (const id of store.read((r) => exitsToLookAt(r, 'ended', now))) written += alone(parts, id, report);
  return written;
}

/** An exit that spoils its transaction is shown to the owner; the others do not wait for it. */
function alone(parts: ExitParts, id: number, work: (w: Writer, parts: ExitParts, id: number) => number): number {
  const { store, clock } = parts;
  const now = clock.now();
  try {
    return store.write(now, (w) => work(w, parts, id));
  } catch (error) {
    if (error instanceof AppError && error.code === 'store') throw error;
    const told = { code: 'exit-failed', exitId: id, fault: faultReason(error) } as const;
    store.write(now, (w) => notice(w, `exit/${id}/fault/${toIso(now).slice(0, 10)}`, told));
    return 0;
  }
}

function moveOn(w: Writer, parts: ExitParts, id: number): number {
  const found = exitById(w, id);
  const client = found === undefined ? undefined : clientById(w, found.clientId);
  if (found === undefined || client === undefined) return 0;
  const written = moveOneOn(w, parts, client, found);
  const after = exitById(w, id) as StoredExit;
  if (after.endedAt === null) lookAtExitAgain(w, id, nextLook(w, parts, client, after));
  return written;
}

function moveOneOn(w: Writer, parts: ExitParts, client: Client, found: StoredExit): number {
  noteState(w, parts.settings, client, found);
  warnWhileCooling(w, parts.settings, client, found);
  const letter = letterByKey(w, found.letterKey);
  if (letter?.state === 'dropped' && letter.endedBy === 'owner' && letter.createdAt >= found.proposedAt) {
    takeBack(w, client, found);
    return 0;
  }
  if (found.sentAt !== null) {
    endWhenRun(w, parts.settings, client, found);
    return 0;
  }
  if (sleeps(found)) {
    wake(w, parts.settings, client, found);
    return 0;
  }
  approveAlone(w, parts.settings, client, found);
  const waiting = letterByKey(w, found.letterKey);
  if (waiting?.state === 'held' && isRead(parts, waiting)) refresh(w, parts, { exit: found, client, letter: waiting });
  return found.byLadder ? 0 : writeLetter(w, parts, client, found);
}

/** By the owner, or soon by the client. */
function isRead({ unseen }: ExitParts, letter: Letter): boolean {
  return unseen !== true || !needsApproval(letter);
}

/** At the exit's own moments; and tomorrow, while a letter, a warning or an address is a matter of days. */
function nextLook(w: Writer, parts: ExitParts, client: Client, found: StoredExit): Instant | null {
  const { settings } = parts;
  const { timeZone } = settings.owner;
  const moment = nextExitMoment(found, { timeZone, coolingDays: settings.exit.coolingDays }, w.now);
  if (found.cancelledAt !== null || !changesDaily(w, parts, found)) return moment;
  const tomorrow = [settings.hours, hoursFor(settings, client)].map((hours) => startOfTomorrow({ hours }, w.now));
  return earliest(...tomorrow, ...(moment === null ? [] : [moment]));
}

function changesDaily(r: Reader, parts: ExitParts, found: StoredExit): boolean {
  if (found.sentAt !== null) return false;
  if (parts.unseen !== true || (goesAlone(parts.settings, found) && found.approvedAt === null)) return true;
  const letter = letterByKey(r, found.letterKey);
  return letter === undefined ? !found.byLadder : isRead(parts, letter);
}

/** The money that it waits for is there, or its time is over: the cooling-off begins, and the owner is told. */
function wake(w: Writer, settings: Settings, client: Client, found: StoredExit): void {
  const why = wakes(found, exitFacts(w, settings, found, client, w.now), w.now);
  if (why === null) return;
  editExit(w, found.id, { coolingFrom: w.now });
  note(w, { kind: 'exit-woken', subject: `exit/${found.id}`, clientId: client.id, why });
  notice(w, `exit/${found.id}/woken`, { code: 'exit-woken', client: named(client), because: why });
}

/** Tells the journal, and the owner where it is hers to act, that the exit has come to another state. */
function noteState(w: Writer, settings: Settings, client: Client, found: StoredExit): void {
  const facts = { timeZone: settings.owner.timeZone, coolingDays: settings.exit.coolingDays };
  const state = exitState(found, facts, w.now);
  if (state === found.notedState || !editExit(w, found.id, { notedState: state })) return;
  note(w, {
    kind: `exit-${state}`,
    subject: `exit/${found.id}`,
    clientId: client.id,
    why: { code: 'exit-is', state },
    data: { from: found.notedState },
  });
  const told = toTell(settings, client, found, state);
  if (told !== null) notice(w, `exit/${found.id}/${state}`, told);
}

/** The letter has left: the notice begins. */
export function noteLeft(w: Writer, settings: Settings, letter: Letter): void {
  const found = exitOfLetter(w, letter.key);
  const client = found === undefined ? undefined : clientById(w, found.clientId);
  if (found !== undefined && client !== undefined) noteState(w, settings, client, found);
}

function toTell(settings: Settings, client: Client, found: StoredExit, state: ExitState): Told | null {
  if (state === 'checklist' && !goesAlone(settings, found)) return { code: 'exit-checklist', client: named(client) };
  return state === 'notice-sent' ? { code: 'exit-left', client: named(client) } : null;
}

/** For an owner who chose to be asked nothing: the cooling-off is over, and the letter may be written. */
function approveAlone(w: Writer, settings: Settings, client: Client, found: StoredExit): void {
  if (!goesAlone(settings, found) || found.approvedAt !== null) return;
  const facts = exitFacts(w, settings, found, client, w.now);
  const state = exitState(found, facts, w.now);
  if (state !== 'checklist') return;
  const refusals = mayGoAlone(found, facts, w.now);
  if (refusals.length > 0) {
    notice(w, `exit/${found.id}/refused`, {
      code: 'exit-refused',
      client: named(client),
      because: refusals,
    });
    return;
  }
  editExit(w, found.id, { approvedAt: w.now, approvedBy: 'system', notedState: 'approved' });
  note(w, {
    kind: 'exit-approved',
    subject: `exit/${found.id}`,
    clientId: client.id,
    why: { code: 'goes-alone' },
  });
  const letter = letterByKey(w, found.letterKey);
  if (letter !== undefined && settings.sending.mode === 'live') askNoMore(w, letter.id);
}

/** The owner dropped the letter: that is her word against the exit. */
function takeBack(w: Writer, client: Client, found: StoredExit): void {
  const why = { code: 'letter-dropped-by-you' } as const;
  if (!cancelExit(w, found.id, 'owner', why)) return;
  note(w, { kind: 'exit-cancelled', subject: `exit/${found.id}`, clientId: client.id, why });
  touchClient(w, client.id);
}

/** The letter of an exit that the owner proposed, as of the day it will leave. */
export function ownTermination(
  r: Reader,
  { settings, letters }: Pick<ExitParts, 'settings' | 'letters'>,
  wish: { exit: StoredExit; client: Client; on: Instant },
): Written {
  const { exit: found, client, on } = wish;
  const record = terminationRecord(r, settings, client, on);
  return writeTermination(letters, { ...record, exit: found, client, owner: settings.owner });
}

/** It stands in the outbox from the proposal on, to be read and edited; the approval of the exit lets it go. */
function writeLetter(w: Writer, parts: ExitParts, client: Client, found: StoredExit): number {
  const { settings } = parts;
  if (client.addresses.length === 0) {
    const question = addressQuestion(client);
    notice(w, question.key, question.told);
    return 0;
  }
  const notBefore = openingFor(settings, client, w.now);
  const why = { code: 'your-exit' } as const;
  const text = ownTermination(w, parts, { exit: found, client, on: notBefore });
  const wanted = addressed(text, {
    key: found.letterKey,
    client,
    owner: settings.owner,
    mailbox: parts.mailbox,
    approval: 'ask',
    notBefore,
    why,
  });
  const letter = putOrRevive(w, wanted);
  if (letter === undefined) return 0;
  if (found.approvedAt !== null) approve(w, letter.id);
  note(w, {
    kind: 'letter-held',
    subject: `letter/${letter.id}`,
    clientId: client.id,
    why,
    data: { key: letter.key, exit: found.id, notBefore: toIso(notBefore) },
  });
  return 1;
}

/** The letter of an exit, before it has left. */
interface Waiting {
  exit: StoredExit;
  client: Client;
  letter: Letter;
}

/** The owner changed the exit, or a day has passed: the letter that waits says it. */
function refresh(w: Writer, parts: ExitParts, { exit: found, client, letter }: Waiting): void {
  const text = newWords(w, parts, { exit: found, client, letter }, w.now);
  if (text === undefined || !rewrite(w, letter.id, { ...text, why: letter.why })) return;
  const changed = said.filter((name) => name !== 'noticeOn' && isOther(name, text, letter));
  if (changed.length === 0) return;
  const why = { code: 'facts-changed', facts: changed } as const;
  note(w, { kind: 'letter-rewritten', subject: `letter/${letter.id}`, clientId: client.id, why });
}

/** What it would say on that day; undefined when it says so already, or says the owner's own words. */
function newWords(
  r: Reader,
  parts: Pick<ExitParts, 'settings' | 'letters'>,
  { exit: found, client, letter }: Waiting,
  on: Instant,
): Written | undefined {
  if (letter.edited) return undefined;
  const text = found.byLadder
    ? ladderTermination(r, parts, { client, letter, on })
    : ownTermination(r, parts, { exit: found, client, on });
  return text !== undefined && saysOther(text, letter) ? text : undefined;
}

/**
 * What a letter in the outbox is headed on that day, as the next look at its exit would have it. Where it cannot be
 * written anew, it stays as it is.
 */
export function subjectOn(
  r: Reader,
  parts: Pick<ExitParts, 'settings' | 'letters'>,
  letter: Letter,
  on: Instant,
): string {
  const found = exitOfLetter(r, letter.key);
  const client = found === undefined ? undefined : clientById(r, found.clientId);
  if (found === undefined || client === undefined || found.cancelledAt !== null) return letter.subject;
  try {
    return newWords(r, parts, { exit: found, client, letter }, on)?.subject ?? letter.subject;
  } catch (error) {
    if (error instanceof AppError && error.code === 'store') throw error;
    return letter.subject;
  }
}

/** @returns the letter when it was put or taken back now; undefined when it is on its way already */
function putOrRevive(w: Writer, wanted: NewLetter) {
  const known = letterByKey(w, wanted.key);
  if (known === undefined) return putLetter(w, wanted);
  return revive(w, known.id, wanted) ? letterByKey(w, wanted.key) : undefined;
}

/** What a termination letter says that may change while it waits. */
const said = [
  ...['noticeOn', 'milestone', 'reason', 'referral', 'handover', 'onPayment', 'debts', 'earlier'],
  ...['clause', 'unbilled', 'refundBy', 'paused'],
] as const;

export function saysOther(text: Pick<Written, 'facts'>, letter: Letter): boolean {
  return said.some((name) => isOther(name, text, letter));
}

function isOther(name: (typeof said)[number], text: Pick<Written, 'facts'>, letter: Letter): boolean {
  return JSON.stringify(text.facts[name]) !== JSON.stringify(letter.facts[name]);
}

function openingFor(settings: Settings, client: Client, now: Instant): Instant {
  return unlessNeverOpen(
    () => nextWorkingOpening(hoursFor(settings, client), now),
    () => now,
  );
}

function endWhenRun(w: Writer, settings: Settings, client: Client, found: StoredExit): void {
  const facts = { timeZone: settings.owner.timeZone, coolingDays: settings.exit.coolingDays };
  if (mayEnd(found, facts, w.now).length > 0 || !endExit(w, found)) return;
  const why = { code: 'notice-has-run' } as const;
  note(w, { kind: 'exit-ended', subject: `exit/${found.id}`, clientId: client.id, why });
  notice(w, `exit/${found.id}/ended`, { code: 'exit-ended', client: named(client) });
}

/** Once for each exit that ended lately: the final report, as soon as there is an address to send it to. */
function report(w: Writer, parts: ExitParts, id: number): number {
  const found = exitById(w, id);
  const client = found === undefined ? undefined : clientById(w, found.clientId);
  if (found === undefined || client === undefined || found.endedAt === null) return 0;
  const isLate = w.now - found.endedAt > reportWithinMs;
  const isMissing = !isLate && letterByKey(w, reportKey(found)) === undefined;
  const waitsForAddress = isMissing && client.addresses.length === 0;
  lookAtExitAgain(w, id, waitsForAddress ? startOfTomorrow(parts.settings, w.now) : null);
  return isMissing && !waitsForAddress ? writeReport(w, parts, client, found) : 0;
}

function writeReport(w: Writer, { settings, letters, mailbox }: ExitParts, client: Client, found: StoredExit): number {
  const record = reportRecord(w, settings, found, client, w.now);
  const wanted = finalReport(letters, { exit: found, client, record, mailbox, settings, now: w.now });
  return putReport(w, { exit: found, client, letter: wanted }) === null ? 0 : 1;
}
