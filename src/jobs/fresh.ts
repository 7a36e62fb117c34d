/**
 * A letter in the outbox as it would read if it left now: account, language, tone, names, sums and dates from the
 * record of this moment. One place for every kind, asked at the last look before SMTP. Changes nothing, and decides
 * nothing about whether the letter may leave.
 */
import { AppError } from '../errors.ts';
import { type BoundaryWish, boundaryText } from '../letters/boundary.ts';
import { writeResumption } from '../letters/closing.ts';
import type { Letters } from '../letters/library.ts';
import { writeFinalReport, type Written } from '../letters/write.ts';
import type { Client } from '../rules/client.ts';
import { listedDebts } from '../rules/dunning.ts';
import { reportIdOf } from '../rules/exit.ts';
import { isAcknowledgementKind, isOccasion, isOfFamily, type Letter } from '../rules/letter.ts';
import { ladderFor } from '../rules/ladders.ts';
import { lettersHoursFor } from '../rules/settings.ts';
import { addDays, dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { differences, movedDays, saysTheSame, type Wording } from '../rules/wording-changes.ts';
import { caseById } from '../store/cases.ts';
import type { Reader } from '../store/database.ts';
import { ledgerOf } from '../store/delays.ts';
import { reportRecord } from '../store/exit-facts.ts';
import { exitById, exitOfLetter } from '../store/exits.ts';
import { messageById } from '../store/messages.ts';
import { writtenBeforeEdit } from '../store/outbox.ts';
import { pausedSince } from '../store/outbox-queue.ts';
import { requestById } from '../store/requests.ts';
import { windowById } from '../store/windows.ts';
import { acknowledgementText } from './acknowledge.ts';
import { type CaseContext, caseFacts, debtsIn } from './case-facts.ts';
import { closingAsOf } from './closing.ts';
import { dunningText, ladderTermination } from './dun.ts';
import { ownTermination } from './exit.ts';
import type { LeaveVerdict } from './leave-verdict.ts';
import { occasionAsOf } from './occasions.ts';
import { ladderOf, nudgeText, requestIdOf } from './request-facts.ts';
import { faultReason, type Reason } from '../rules/reason.ts';

interface Parts extends CaseContext {
  letters: Letters;
}

interface Asked {
  letter: Letter;
  /** as the register has it now */
  client: Client | undefined;
}

/**
 * Whether what the letter says is still so. One that the program wrote is written anew. The owner's own words are
 * never sent when what they were written upon has changed, and never changed for her: they are given back.
 * @returns undefined when it says what it would say now
 */
export function stale(r: Reader, parts: Parts, asked: Asked, now: Instant): LeaveVerdict | undefined {
  const { letter } = asked;
  try {
    const text = asOf(r, parts, asked, now);
    if (text === undefined) return undefined;
    const was = letter.edited ? writtenBeforeEdit(letter) : letter;
    if (was === undefined) return { ...rewriting, why: { code: 'words-without-ground' }, text, changes: [] };
    const changes = differences(was, text);
    const isSame = letter.edited ? stillFits(letter, { was, text }) : changes.length === 0;
    if (isSame && letter.edited && letter.subject === was.subject && text.subject !== was.subject)
      return { ...rewriting, outcome: 'retitle', why: { code: 'subject-as-of-now' }, text };
    return isSame ? undefined : { ...rewriting, why: staleWhy(letter, text, changes), text, changes };
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code === 'store') throw fault;
    const why = { code: 'cannot-be-written', fault: faultReason(fault) } as const;
    return { go: false, outcome: 'ask', until: null, why, notice: null };
  }
}

const rewriting = { go: false, outcome: 'rewrite', until: null, notice: null } as const;

/** A day that passes alone does not part the owner from her words, unless they name a day that has moved. */
function stillFits(letter: Letter, { was, text }: { was: { subject: string; text: string }; text: Written }): boolean {
  const isSameMoney = JSON.stringify(text.facts['debts']) === JSON.stringify(letter.facts['debts']);
  // a subject that she left as it was is not hers
  const own = { subject: letter.subject === was.subject ? '' : letter.subject, text: letter.text };
  return isSameMoney && saysTheSame(was, text) && movedDays(own, was, text).length === 0;
}

function staleWhy(letter: Letter, text: Written, changes: readonly Wording[]): Reason {
  const isOther = (name: string) => JSON.stringify(text.facts[name]) !== JSON.stringify(letter.facts[name]);
  return isOther('debts') ? { code: 'sums-changed' } : { code: 'says-other', lines: changes.length };
}

/** @returns undefined for a letter whose ground is gone: then others decide what becomes of it */
function asOf(r: Reader, parts: Parts, asked: Asked, on: Instant): Written | undefined {
  const { letter, client } = asked;
  if (isAcknowledgementKind(letter.kind)) return acknowledgement(r, parts, asked, on);
  if (client === undefined) return undefined;
  const known = { letter, client, on };
  if (requestIdOf(letter) !== null) return nudge(r, parts, known);
  if (letter.kind === 'termination') return termination(r, parts, known);
  if (letter.kind === 'final-report') return report(r, parts, known);
  if (isOccasion(letter.kind)) return occasionAsOf(r, parts, known);
  if (letter.caseId !== null) return aboutMoney(r, parts, known);
  return letter.effect === 'resume' ? resumption(r, parts, known) : boundary(r, parts, known);
}

interface Known {
  letter: Letter;
  client: Client;
  on: Instant;
}

function acknowledgement(r: Reader, parts: Parts, { letter, client }: Asked, on: Instant): Written | undefined {
  const message = letter.answersMessageId === null ? undefined : messageById(r, letter.answersMessageId);
  const window = letter.windowId === null ? undefined : windowById(r, letter.windowId);
  if (message === undefined || window === undefined) return undefined;
  return acknowledgementText(parts, { message, client, dueAt: window.dueAt, leavesAt: on });
}

function nudge(r: Reader, parts: Parts, { letter, client, on }: Known): Written | undefined {
  const request = requestById(r, requestIdOf(letter) ?? 0);
  const step = ladderOf(parts.settings).find((one) => one.name === letter.step);
  return request === undefined || step === undefined ? undefined : nudgeText(parts, { request, client, step, on });
}

function termination(r: Reader, parts: Parts, { letter, client, on }: Known): Written | undefined {
  const exit = exitOfLetter(r, letter.key);
  if (exit === undefined) return undefined;
  if (!exit.byLadder) return ownTermination(r, parts, { exit, client, on });
  const debts = listedNow(r, parts, { letter, client, on });
  return ladderTermination(r, parts, { client, letter, on, debts });
}

function report(r: Reader, { settings, letters }: Parts, { letter, client, on }: Known): Written | undefined {
  const exit = exitById(r, reportIdOf(letter) ?? 0);
  if (exit === undefined) return undefined;
  return writeFinalReport(letters, {
    ...reportRecord(r, settings, exit, client, on),
    client,
    owner: settings.owner,
  });
}

function aboutMoney(r: Reader, parts: Parts, known: Known): Written | undefined {
  const { letter, client, on } = known;
  const dunned = caseById(r, letter.caseId as number);
  if (dunned === undefined) return undefined;
  if (letter.step === null) return closingAsOf(r, parts, known);
  const { kind } = letter;
  if (!isOfFamily(kind, 'dunning')) return undefined;
  const debts = listedNow(r, parts, known);
  const kept = keptDays(parts, known);
  const text = dunningText(r, parts, {
    dunned,
    client,
    kind,
    debts,
    step: letter.step,
    ...kept,
    notBefore: on,
  });
  return { ...text, facts: { ...text.facts, debts } };
}

/** What a letter of the ladder lists on that day. */
function listedNow(r: Reader, parts: Parts, { letter, client, on }: Known) {
  const dunned = letter.caseId === null ? undefined : caseById(r, letter.caseId);
  const ladder = ladderFor(parts.settings, client);
  const step = ladder.find((one) => one.name === letter.step);
  if (dunned === undefined || step === undefined) return debtsIn(letter);
  const facts = caseFacts(r, parts, dunned, client, on);
  const others = { ...facts, written: facts.written.filter((written) => written.letterId !== letter.id) };
  return listedDebts(ladder, step, others, on);
}

/** The days that the owner's own words name stay, as long as they are to come: a day more would not fit better. */
function keptDays({ settings }: Parts, { letter, client, on }: Known): { payBy?: LocalDay; pausesOn?: LocalDay } {
  if (!letter.edited) return {};
  const { payBy, next } = letter.facts as { payBy?: LocalDay; next?: { on: LocalDay } };
  const tomorrow = addDays(dayOf(on, lettersHoursFor(settings, client).timeZone), 1);
  return {
    ...(payBy !== undefined && payBy >= tomorrow ? { payBy } : {}),
    ...(next !== undefined && next.on > tomorrow ? { pausesOn: next.on } : {}),
  };
}

function resumption(r: Reader, { settings, letters }: Parts, { client, on }: Known): Written {
  return writeResumption(letters, settings, { client, pausedOn: pausedSince(r, client.id), on });
}

function boundary(r: Reader, { settings, letters }: Parts, { letter, client, on }: Known): Written | undefined {
  const wish = letter.facts['wish'] as BoundaryWish | undefined;
  if (wish === undefined) return undefined;
  const delays = letter.kind === 'delays' ? ledgerOf(r, settings, client, on) : undefined;
  return boundaryText(letters, settings, { client, wish, on, delays });
}
