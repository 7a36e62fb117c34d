/**
 * The end of a case: drops what waits, writes what the record proves, asks the owner where no rule is sure. Also the
 * look before such a letter leaves. What is said follows from rules/closing, there and here alike. Sends nothing.
 */
import { type ClosingLetterFacts, writeClosing } from '../letters/closing.ts';
import type { Letters } from '../letters/library.ts';
import type { Written } from '../letters/write.ts';
import { type Client, readerOf } from '../rules/client.ts';
import { type Closing, type ClosingKind, closingOf } from '../rules/closing.ts';
import { nextOpening } from '../rules/contact-hours.ts';
import { unlessNeverOpen, wasSent } from '../rules/dunning.ts';
import { isOfFamily, type Letter, matterOf } from '../rules/letter.ts';
import { leastCentsOf, lettersHoursFor, type Settings } from '../rules/settings.ts';
import type { HowSettled, Settlement } from '../rules/settlement.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { type Case, caseById, closeCase, closeOtherwise, openCasesOf } from '../store/cases.ts';
import type { Reader, Writer } from '../store/database.ts';
import { activeHolds, endHold } from '../store/holds.ts';
import { nothingRemains } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { drop, outlinesOfCase } from '../store/outbox.ts';
import {
  cycleOf,
  isEndAnnounced,
  outlinesOfCycle,
  pausedOn,
  pauseWasSent,
  settlementOfCycle,
  stepKey,
} from './case-facts.ts';
import { takeBackExit } from './exit-step.ts';
import type { LeaveVerdict } from './leave-verdict.ts';
import { putLadderLetter } from './ladder-letter.ts';
import { addressQuestion, closingNotice } from './questions.ts';
import type { Reason } from '../rules/reason.ts';

export interface ClosingParts {
  settings: Settings;
  letters: Letters;
  mailbox: string;
}

export interface Concluded {
  dunned: Case;
  client: Client;
  how: HowSettled;
  closing: Closing;
}

/** Closes the case, or closes it once more when its money went another way since. */
export function conclude(w: Writer, parts: ClosingParts, concluded: Concluded): void {
  const { dunned, client, how, closing } = concluded;
  const { why } = closing;
  const letter = say(w, parts, concluded);
  takeBackExit(w, client, stepKey(dunned, ''), why);
  endAnsweredHolds(w, dunned);
  const close = dunned.state === 'open' ? closeCase : closeOtherwise;
  close(w, dunned.id, how, why);
  note(w, {
    kind: 'case-decided',
    subject: `case/${dunned.id}`,
    clientId: client.id,
    why,
    data: { closed: how, ...(letter === undefined ? {} : { letter: letter.id }) },
  });
}

/** To the client, and to the owner where no rule is sure. @returns the letter, when there is one */
export function say(w: Writer, parts: ClosingParts, about: Omit<Concluded, 'how'>): Letter | undefined {
  const { dunned, client, closing } = about;
  const { why } = closing;
  dropWaiting(w, dunned, closing.letter?.kind ?? null, why);
  const letter = closing.letter === null ? undefined : putClosing(w, parts, about, closing.letter);
  // one that waits asks by itself, and one that has left was her answer
  if (closing.question === null || (letter !== undefined && letter.state !== 'dropped')) return letter;
  const { key, told } = closingNotice(closing.question, client, { dunned, why });
  notice(w, key, told);
  return letter;
}

/**
 * A pause of an earlier cycle stands, though another cycle has begun since: when its money has gone another way by now
 * (a disputed sum was paid), that is said all the same. Said twice is said once.
 */
export function answerEarlierPause(w: Writer, parts: ClosingParts, dunned: Case, client: Client): void {
  if (client.workState !== 'paused') return;
  const pause = outlinesOfCase(w, dunned.id).find((letter) => letter.effect === 'pause' && wasSent(letter.state));
  if (pause === undefined || cycleOf(pause) >= dunned.cycle) return;
  const earlier = { ...dunned, cycle: cycleOf(pause) };
  const { settlement, closing } = closingNow(w, parts.settings, { dunned: earlier, client });
  if (settlement.stillOpen.length === 0) say(w, parts, { dunned: earlier, client, closing });
}

/** What waits of the cycle has lost its ground; a closing letter of the kind that is wanted is brought up to date. */
export function dropWaiting(
  w: Writer,
  dunned: Pick<Case, 'id' | 'cycle'>,
  wanted: ClosingKind | null,
  why: Reason,
): void {
  for (const letter of outlinesOfCycle(w, dunned)) {
    const waits = letter.state === 'held' || letter.state === 'queued';
    if (waits && !(letter.step === null && letter.kind === wanted)) drop(w, letter.id, 'system', why);
  }
}

function putClosing(
  w: Writer,
  parts: ClosingParts,
  { dunned, client, closing }: Omit<Concluded, 'how'>,
  { kind, approval, resumes }: NonNullable<Closing['letter']>,
): Letter | undefined {
  const { settings } = parts;
  if (client.addresses.length === 0) {
    const question = addressQuestion(client);
    notice(w, question.key, question.told);
    return undefined;
  }
  const notBefore = unlessNeverOpen(
    () => nextOpening(lettersHoursFor(settings, client), w.now),
    () => w.now,
  );
  return putLadderLetter(w, parts, {
    dunned,
    client,
    kind,
    notBefore,
    why: closing.why,
    key: stepKey(dunned, kind),
    step: null,
    effect: resumes ? 'resume' : 'none',
    approval: settings.sending.mode === 'review' ? 'ask' : approval,
    text: closingText(w, parts, { dunned, client, kind, resumes, on: notBefore }),
    asks: (id) =>
      closing.question === null
        ? { code: 'letter-asks', id, kind, client: client.name }
        : { code: 'closing-asks', id, client: client.name, why: closing.why, isPaused: client.workState === 'paused' },
  });
}

interface Wish {
  dunned: Pick<Case, 'id' | 'cycle' | 'clientId' | 'currency'>;
  client: Client;
  kind: ClosingKind;
  resumes: boolean;
  /** the moment it leaves */
  on: Instant;
}

function closingText(
  r: Reader,
  { settings, letters }: Pick<ClosingParts, 'settings' | 'letters'>,
  wish: Wish,
): Written {
  const { dunned, client, kind, resumes, on } = wish;
  const zone = lettersHoursFor(settings, client).timeZone;
  const { hours } = settings;
  const facts: ClosingLetterFacts = {
    kind,
    resumes,
    client: readerOf(client, matterOf(kind)),
    owner: settings.owner,
    currency: dunned.currency,
    settlement: settlementOfCycle(r, dunned, zone),
    today: dayOf(on, zone),
    pausedOn: resumes ? pausedOn(r, client, zone) : undefined,
    hours,
    resumeWithinDays: settings.dunning.resumeWithinDays,
    nothingRemains: nothingRemains(r, client.id),
  };
  return writeClosing(letters, facts);
}

/** What the client said about this money is settled with it: the next invoice must not wait for it. */
function endAnsweredHolds(w: Writer, dunned: Case): void {
  const { id, clientId } = dunned;
  for (const hold of activeHolds(w, { clientId, caseId: id })) {
    const isAbout = hold.scope === 'case' && (hold.reason === 'reply' || hold.reason === 'payment-claimed');
    const why = { code: 'money-settled', hold: hold.reason } as const;
    if (!isAbout || !endHold(w, hold.id, why)) continue;
    note(w, { kind: 'hold-ended', subject: `hold/${hold.id}`, clientId, why });
  }
}

/** How a cycle would be closed by the record as it is now; also one that was closed before. */
export function closingNow(
  r: Reader,
  settings: Settings,
  { dunned, client }: { dunned: Pick<Case, 'id' | 'cycle' | 'clientId' | 'currency'>; client: Client },
): { settlement: Settlement; closing: Closing } {
  const settlement = settlementOfCycle(r, dunned, lettersHoursFor(settings, client).timeZone);
  const closing = closingOf({
    settlement,
    isPaused: client.workState === 'paused' && pauseWasSent(r, dunned),
    otherCasePaused: openCasesOf(r, client.id).some((other) => other.id !== dunned.id && pauseWasSent(r, other)),
    clientState: client.workState,
    endAnnounced: isEndAnnounced(r, client.id),
    leastCents: leastCentsOf(settings, dunned.currency),
    thanks: settings.dunning.thankForPayment,
  });
  return { settlement, closing };
}

type Unwanted = Extract<LeaveVerdict, { go: false }>;

function not(outcome: Unwanted['outcome'], why: Reason): Unwanted {
  return { go: false, outcome, until: null, why, notice: null };
}

/**
 * The look before it leaves. It answers the pause and the money of its own cycle, whatever has fallen overdue since; it
 * goes only as long as the record bears every word of it.
 */
export function unwantedClosing(
  r: Reader,
  parts: Pick<ClosingParts, 'settings' | 'letters'>,
  { letter, client }: { letter: Letter; client: Client },
): Unwanted | undefined {
  const found = caseById(r, letter.caseId as number);
  if (found === undefined) return not('drop', { code: 'case-gone' });
  const dunned = { ...found, cycle: cycleOf(letter) };
  const { settlement, closing } = closingNow(r, parts.settings, { dunned, client });
  const resumes = letter.effect === 'resume';
  if (settlement.stillOpen.length > 0) return not('drop', { code: 'open-again' });
  if (resumes && pausedSince(r, dunned)) return not('drop', { code: 'paused-again' });
  if (closing.letter?.kind !== letter.kind || closing.letter.resumes !== resumes)
    return not('drop', { code: 'ground-lost', because: closing.why });
  return undefined;
}

/** What it would say if it left at that moment; undefined when its case is gone. */
export function closingAsOf(
  r: Reader,
  parts: Pick<ClosingParts, 'settings' | 'letters'>,
  { letter, client, on }: { letter: Letter; client: Client; on: Instant },
): Written | undefined {
  const found = caseById(r, letter.caseId as number);
  if (found === undefined || !isOfFamily(letter.kind, 'closing')) return undefined;
  const dunned = { ...found, cycle: cycleOf(letter) };
  return closingText(r, parts, {
    dunned,
    client,
    kind: letter.kind,
    resumes: letter.effect === 'resume',
    on,
  });
}

function pausedSince(r: Reader, { id, cycle }: Pick<Case, 'id' | 'cycle'>): boolean {
  return outlinesOfCase(r, id).some(
    (other) => other.effect === 'pause' && wasSent(other.state) && cycleOf(other) > cycle,
  );
}

/** A letter by the owner's word that the work goes on: only while it is paused. */
export function unwantedResumption(client: Client): Unwanted | undefined {
  return client.workState === 'paused' ? undefined : not('drop', { code: 'work-not-paused' });
}
