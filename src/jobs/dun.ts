/**
 * Invoices -> letters about money. Opens a case when money is overdue, asks the ladder what is due, puts the letter in
 * the outbox, closes the case when all is paid. Sends nothing; a second run on the same facts changes nothing.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import { terminationFacts } from '../letters/termination.ts';
import { type DunningFacts, type EarlierLetter, writeDunning } from '../letters/write.ts';
import { type Client, type LadderName, readerOf } from '../rules/client.ts';
import {
  type CaseDecision,
  type CaseFacts,
  decideCase,
  expiredHoldNotice,
  type LadderStep,
  listedDebts,
  startOfTomorrow,
  wasSent,
} from '../rules/dunning.ts';
import { type Hold, mostAbsences, rowOfHolds } from '../rules/hold.ts';
import { type Debtor, demandLaw, leastTermDays } from '../rules/formal-demand.ts';
import type { Debt } from '../rules/invoice.ts';
import { effectOfLetter, type Letter, type LetterState, matterOf } from '../rules/letter.ts';
import { ladderFor, ladders, opensUpTo } from '../rules/ladders.ts';
import { followedBy, payByDay, type PayByFacts } from '../rules/pay-by.ts';
import { lettersHoursFor, type Settings } from '../rules/settings.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import {
  type Case,
  caseById,
  caseOf,
  casesToLookAt,
  lookAgain,
  noteOpenedUpTo,
  openCase,
  openedUpTo,
  reopenCase,
  touchClient,
} from '../store/cases.ts';
import { clientById, laddersInUse } from '../store/clients.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { workRecord } from '../store/exit-facts.ts';
import { openExitOf } from '../store/exits.ts';
import { clientOfHold, debtsOfHold, fateOfHold } from '../store/held-money.ts';
import { endHold, expiredHolds, listHolds, noteAsked as noteHoldAsked } from '../store/holds.ts';
import { debtsOfClient, dueWithoutCase, surplusOf } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { namedBy } from '../store/letter-debts.ts';
import { type NewNotice, notice } from '../store/notices.ts';
import { letterByKey } from '../store/outbox.ts';
import { lastSentToClient } from '../store/outbox-queue.ts';
import {
  askingLetters,
  type CaseContext,
  caseFacts,
  confirmedOn,
  debtsIn,
  decisiveOfCycle,
  isEndAnnounced,
  isOver,
  isOwedAgain,
  outlinesOfCycle,
  pausedOn,
  pauseWasSent,
  stepKey,
} from './case-facts.ts';
import { answerEarlierPause, closingNow, conclude, dropWaiting, say } from './closing.ts';
import { endsWork, gateOfExit } from './exit-step.ts';
import { type Asks, putLadderLetter } from './ladder-letter.ts';
import { addressQuestion, backNotice, paymentsQuestion, surplusQuestion, tooLittleQuestion } from './questions.ts';
import { isSameReason, type Reason, faultReason } from '../rules/reason.ts';
import { named } from '../rules/told.ts';

export interface DunParts extends CaseContext {
  store: Store;
  clock: Clock;
  letters: Letters;
  /** the mailbox letters about money leave from */
  mailbox: string;
}

/** @returns how many letters were written */
export function dun(parts: DunParts): number {
  const { store, clock } = parts;
  const now = clock.now();
  store.write(now, (w) => speakUpForExpiredHolds(w, parts.settings.owner.timeZone));
  store.write(now, (w) => openCases(w, parts));
  return dunGroups(
    parts,
    store.read((r) => casesToLookAt(r, now)),
  );
}

/** Cases in one transaction: each has to wait for the disk once. */
const groupSize = 250;

function dunGroups(parts: DunParts, cases: readonly Case[], work = dunCase): number {
  const now = parts.clock.now();
  let written = 0;
  for (let start = 0; start < cases.length; start += groupSize)
    written += dunGroup(parts, cases.slice(start, start + groupSize), now, work);
  return written;
}

/** When one case spoils the transaction, each gets its own. */
function dunGroup(parts: DunParts, cases: readonly Case[], now: Instant, work = dunCase): number {
  const count = (results: boolean[]) => results.filter(Boolean).length;
  try {
    return parts.store.write(now, (w) => count(cases.map((dunned) => work(w, parts, dunned))));
  } catch (error) {
    if (error instanceof AppError && error.code === 'store') throw error;
    return count(cases.map((dunned) => dunAlone(parts, dunned, now, work)));
  }
}

/**
 * Money that is all paid waits for no bell: work resumes within minutes of the payment being entered.
 * @returns how many cases were looked at
 */
export function settlePaid(parts: DunParts): number {
  const { store, clock, settings } = parts;
  const now = clock.now();
  const today = dayOf(now, settings.owner.timeZone);
  const settled = store.read((r) =>
    casesToLookAt(r, now).filter((one) => one.state === 'closed' || isOver(r, settings, one, today)),
  );
  for (const dunned of settled) dunAlone(parts, dunned, now);
  return settled.length;
}

/**
 * A letter that has left changes what the cases of its client wait for: they say so at once. Writes no letter, for the
 * next one is a matter of the dunning job's own time.
 * @param since the moment from which on the letters have left
 */
export function lookAfterSending(parts: DunParts, since: Instant): void {
  const { store, clock } = parts;
  const now = clock.now();
  const touched = store.read((r) =>
    casesToLookAt(r, now).filter((one) => lastSentToClient(r, one.clientId, since) !== null),
  );
  dunGroups(parts, touched, noteWait);
}

/** A case that spoils its transaction is set aside until tomorrow and shown; the others do not wait for it. */
function dunAlone(parts: DunParts, dunned: Case, now: Instant, work = dunCase): boolean {
  const { store } = parts;
  try {
    return store.write(now, (w) => work(w, parts, dunned));
  } catch (error) {
    if (error instanceof AppError && error.code === 'store') throw error;
    store.write(now, (w) => setAside(w, parts, dunned, faultReason(error)));
    return false;
  }
}

function setAside(w: Writer, parts: DunParts, dunned: Case, fault: Reason): void {
  const why = { code: 'not-dealt-with', fault } as const;
  const client = clientById(w, dunned.clientId);
  const hours = lettersHoursFor(parts.settings, client);
  if (!isSameReason(why, dunned.why)) noteCase(w, dunned, why);
  lookAgain(w, dunned.id, startOfTomorrow({ hours }, w.now), why);
  const key = `undunned/${dunned.id}/${dayOf(w.now, hours.timeZone)}`;
  notice(w, key, { code: 'not-dunned', client: { id: dunned.clientId, name: client?.name ?? '' }, fault });
}

/** An expired hold speaks up: the owner learns that the ladder goes on, and why it stood still. */
function speakUpForExpiredHolds(w: Writer, timeZone: TimeZone): void {
  for (const hold of expiredHolds(w, w.now)) {
    const client = clientById(w, clientOfHold(w, hold) ?? 0);
    const debts = client === undefined ? [] : debtsOfHold(w, hold);
    const spoken = expiredHoldNotice(
      hold,
      {
        client: client === undefined ? { id: 0, name: `${hold.scope} ${hold.scopeId}` } : named(client),
        debts,
        ...fateOfHold(w, hold),
        timeZone,
        asks: client !== undefined && isOneOfARow(w, hold, client),
      },
      w.now,
    );
    if (spoken?.code === 'hold-asks') noteHoldAsked(w, hold.id);
    else endHold(w, hold.id, { code: 'time-passed' });
    if (client !== undefined) touchClient(w, client.id);
    if (spoken === null) continue;
    notice(w, `hold-ended/${hold.id}`, spoken);
    const why = { code: 'told', told: spoken } as const;
    note(w, { kind: spoken.code, subject: `${hold.scope}/${hold.scopeId}`, clientId: client?.id, why });
  }
}

/** Absences that follow one another: none is long, and together they may keep money waiting for good. */
function isOneOfARow(r: Reader, hold: Hold, client: Client): boolean {
  if (hold.reason !== 'out-of-office' || hold.messageId === null) return false;
  const row = rowOfHolds(listHolds(r, client.id), hold.until ?? hold.createdAt);
  return (row?.reasons.filter((reason) => reason === 'out-of-office').length ?? 0) >= mostAbsences;
}

/** A case opens the day after the earliest due date, or before it when the ladder has steps before due. */
function openCases(w: Writer, parts: DunParts): void {
  const today = dayOf(w.now, parts.settings.owner.timeZone);
  const { first, last } = opening(parts.settings, laddersInUse(w), today);
  const done = openedUpTo(w);
  if (done === first && first === last) return;
  for (const { clientId, currency } of dueWithoutCase(w, last, done !== null && done <= first ? done : null)) {
    const ladder = ladderFor(parts.settings, clientById(w, clientId));
    if (!debtsOfClient(w, clientId, currency).some(({ dueOn }) => dueOn <= opensUpTo(ladder, today))) continue;
    const known = caseOf(w, clientId, currency);
    const dunned =
      known === undefined ? openCase(w, clientId, currency) : takeUp(w, known, parts.settings.owner.timeZone);
    note(w, {
      kind: 'case-opened',
      subject: `case/${dunned.id}`,
      clientId,
      why: { code: 'money-overdue', currency },
      data: { cycle: dunned.cycle },
    });
  }
  noteOpenedUpTo(w, first);
}

/** Up to which due day a case is opened by every ladder that is in use, and by the one that begins the earliest. */
function opening(
  settings: Settings,
  named: readonly LadderName[],
  today: LocalDay,
): { first: LocalDay; last: LocalDay } {
  const inUse = [settings.dunning.steps, ...named.map((name) => ladders[name])];
  const days = inUse.map((steps) => opensUpTo(steps, today)).toSorted();
  return { first: days[0] as LocalDay, last: days.at(-1) as LocalDay };
}

/**
 * Money is overdue in a case that was closed: another matter begins a cycle of its own. The same debts go on where they
 * were, unless the client was told since that they are settled, or that the work goes on.
 */
function takeUp(w: Writer, known: Case, zone: TimeZone): Case {
  if (!isSameMatter(w, known, zone) || known.closedHow === 'postponed')
    return openCase(w, known.clientId, known.currency);
  dropWaiting(w, known, null, { code: 'open-again' });
  if (!wasToldOtherwise(w, known)) return reopenCase(w, known.id);
  const dunned = openCase(w, known.clientId, known.currency);
  const client = clientById(w, known.clientId);
  if (client !== undefined) ask(w, backNotice(client, dunned));
  return dunned;
}

/** The debts that ended the cycle are open again: a payment was taken back, or a dispute ended. */
function isSameMatter(r: Reader, known: Case, zone: TimeZone): boolean {
  if (decisiveOfCycle(r, known, zone).size > 0) return isOwedAgain(r, known, zone);
  const asked = writtenAbout(r, known);
  return debtsOfClient(r, known.clientId, known.currency).some((debt) => asked.has(debt.instalmentId));
}

/** What a cycle's letters ask for when none has left: one that the owner dropped still says that she wants none. */
function writtenAbout(r: Reader, known: Case): Set<number> {
  const letters = outlinesOfCycle(r, known).map((letter) => letter.id);
  return new Set(namedBy(r, letters).map((debt) => debt.instalmentId));
}

const mayHaveLeft: readonly LetterState[] = ['sending', 'unsure', 'sent', 'filed'];

/** What is said at the end of a case has left, or the owner has taken the work up again by hand. */
function wasToldOtherwise(r: Reader, known: Case): boolean {
  const letters = outlinesOfCycle(r, known);
  const isTold = letters.some((letter) => letter.step === null && mayHaveLeft.includes(letter.state));
  return isTold || (pauseWasSent(r, known) && clientById(r, known.clientId)?.workState === 'active');
}

function dunCase(w: Writer, parts: DunParts, dunned: Case): boolean {
  const client = clientById(w, dunned.clientId);
  if (client !== undefined) answerEarlierPause(w, parts, dunned, client);
  if (client === undefined || dunned.state === 'closed') {
    if (client !== undefined) closeOnceMore(w, parts, dunned, client);
    lookAgain(w, dunned.id, null);
    return false;
  }
  const facts = caseFacts(w, parts, dunned, client, w.now);
  const decision = decideCase(ladderFor(parts.settings, client), facts, w.now);
  return carryOut(w, parts, { dunned, client, facts, decision });
}

/** Money of a closed case went another way since: what was written off or disputed was paid after all. */
function closeOnceMore(w: Writer, parts: DunParts, dunned: Case, client: Client): void {
  const { settlement, closing } = closingNow(w, parts.settings, { dunned, client });
  if (dunned.closedHow === null || settlement.how === 'nothing-asked' || settlement.stillOpen.length > 0) return;
  if (settlement.how !== dunned.closedHow || !isSameReason(closing.why, dunned.why))
    conclude(w, parts, { dunned, client, how: settlement.how, closing });
  // two mixtures may have one name, and the sums in them decide whether she is asked: said twice is said once
  else if (!wasToldOtherwise(w, dunned)) say(w, parts, { dunned, client, closing });
}

/** {@link dunCase} where there is nothing to do but wait; all else is left for its time. */
function noteWait(w: Writer, parts: DunParts, dunned: Case): boolean {
  const client = clientById(w, dunned.clientId);
  if (client === undefined || dunned.state === 'closed') return false;
  const facts = caseFacts(w, parts, dunned, client, w.now);
  const decision = decideCase(ladderFor(parts.settings, client), facts, w.now);
  return decision.kind === 'wait' && carryOut(w, parts, { dunned, client, facts, decision });
}

interface Decided {
  dunned: Case;
  client: Client;
  facts: CaseFacts;
  decision: CaseDecision;
}

function carryOut(w: Writer, parts: DunParts, decided: Decided): boolean {
  const { dunned, client, decision } = decided;
  switch (decision.kind) {
    case 'wait':
      if (!isSameReason(decision.why, dunned.why)) noteCase(w, dunned, decision.why, { code: decision.code });
      if (decision.code === 'payments-stale') askForPayments(w, parts.settings);
      if (decision.code === 'surplus')
        ask(w, surplusQuestion(client, dunned, surplusOf(w, client.id, dunned.currency)));
      if (decision.code === 'too-little') ask(w, tooLittleQuestion(client, dunned, decision.little ?? []));
      lookAgain(w, dunned.id, decision.until, decision.why);
      return false;
    case 'close':
      conclude(w, parts, { dunned, client, how: decision.how, closing: decision.closing });
      return false;
    case 'write': {
      if (endsWork(decision.step)) return endStep(w, parts, decided, decision);
      const kind = decision.step.letter;
      const asks: Asks = (id) => ({ code: 'letter-asks', id, kind, client: client.name });
      const letter = writeStep(w, parts, decided, { ...decision, asks });
      lookAgain(w, dunned.id, plus(decision.notBefore, dayMs), decision.why);
      if (letter === undefined) return false;
      noteCase(w, dunned, decision.why, { letter: letter.id });
      return true;
    }
  }
}

/** The last step proposes an exit. Its letter can be read in the outbox; it leaves when the exit is approved. */
function endStep(w: Writer, parts: DunParts, decided: Decided, decision: CaseDecision & { kind: 'write' }): boolean {
  const { dunned, client, facts } = decided;
  const { step, notBefore, why } = decision;
  const gate = gateOfExit(w, parts.settings, { client, key: stepKey(dunned, step.name), why });
  if ('waits' in gate) {
    if (!isSameReason(gate.waits, dunned.why)) noteCase(w, dunned, gate.waits);
    lookAgain(w, dunned.id, startOfTomorrow(facts, w.now), gate.waits);
    return false;
  }
  const letter = writeStep(w, parts, decided, { ...decision, approval: 'ask', asks: null });
  lookAgain(w, dunned.id, plus(notBefore, dayMs), why);
  if (letter === undefined) return false;
  noteCase(w, dunned, why, { letter: letter.id, exit: gate.exit.id });
  return true;
}

function askForPayments(w: Writer, settings: Settings): void {
  ask(w, paymentsQuestion(settings, w.now));
}

function ask(w: Writer, { key, told }: NewNotice): void {
  notice(w, key, told);
}

function noteCase(w: Writer, dunned: Case, why: Reason, data?: Record<string, unknown>): void {
  note(w, { kind: 'case-decided', subject: `case/${dunned.id}`, clientId: dunned.clientId, why, data });
}

function writeStep(
  w: Writer,
  parts: DunParts,
  decided: Decided,
  decision: CaseDecision & { kind: 'write' } & Pick<CaseLetter, 'asks'>,
): Letter | undefined {
  const { dunned, client, facts } = decided;
  const { step } = decision;
  return putCaseLetter(w, parts, {
    dunned,
    client,
    step,
    kind: step.letter,
    debts: listedDebts(ladderFor(parts.settings, client), step, facts, decision.notBefore),
    approval: decision.approval,
    notBefore: decision.notBefore,
    why: decision.why,
    asks: decision.asks,
  });
}

export type DunningLetterKind = Parameters<typeof writeDunning>[1]['kind'];

interface CaseLetter {
  dunned: Case;
  client: Client;
  step: LadderStep;
  kind: DunningLetterKind;
  debts: Debt[];
  approval: 'auto' | 'ask';
  notBefore: Instant;
  why: Reason;
  /** as for {@link LadderLetter} */
  asks: Asks | null;
}

/** Renders the text of a letter about money as of the day it will leave. */
export function dunningText(
  r: Reader,
  parts: Pick<DunParts, 'settings' | 'letters'>,
  wish: Pick<CaseLetter, 'dunned' | 'client' | 'kind' | 'debts' | 'notBefore'> & {
    step: string | null;
    /** the day to pay by, when it is to stay as it is */
    payBy?: LocalDay | undefined;
    /** the day from which the next step may pause the work, when it is to stay as it is */
    pausesOn?: LocalDay | undefined;
  },
) {
  const { settings } = parts;
  const hours = lettersHoursFor(settings, wish.client);
  const zone = hours.timeZone;
  const today = dayOf(wish.notBefore, zone);
  const earlier = earlierLetters(r, wish, zone);
  const text = writeDunning(parts.letters, {
    kind: wish.kind,
    client: readerOf(wish.client, matterOf(wish.kind)),
    owner: settings.owner,
    debts: wish.debts,
    currency: wish.dunned.currency,
    today,
    earlier,
    resumeWithinDays: settings.dunning.resumeWithinDays,
    payBy: wish.payBy ?? payByDay(termOf(settings, wish, { today, hours })),
    next: isEndAnnounced(r, wish.client.id) ? undefined : announced(settings, wish, { today, hours }),
    clause: wish.client.terms.pauseClause ?? undefined,
    pausedOn: pausedOn(r, wish.client, zone),
    confirmedOn: confirmedOn(r, wish, zone),
    law: demandLaw({ ...debtorOf(settings, wish.client), form: settings.dunning.finalDemand }),
    ...(wish.kind === 'termination' ? endFacts(r, settings, wish, { today, earlier }) : {}),
  });
  return { ...text, facts: { ...text.facts, debts: wish.debts } };
}

/**
 * Letters of the cycle that left and named some of these debts once they were overdue: a letter refers to no other, and
 * a word before the due day was about nothing that was amiss.
 */
function earlierLetters(
  r: Reader,
  { dunned, debts }: Pick<CaseLetter, 'dunned' | 'debts'>,
  zone: TimeZone,
): EarlierLetter[] {
  return askingLetters(r, dunned, zone).flatMap(({ kind, sentAt, debts: asked }): EarlierLetter[] => {
    const on = dayOf(sentAt, zone);
    const named = asked.filter((one) => one.dueOn < on).map((one) => one.instalmentId);
    const count = debts.filter((debt) => named.includes(debt.instalmentId)).length;
    if (count === 0) return [];
    return [{ kind, on, ...(count < debts.length ? { isPartial: true as const } : {}) }];
  });
}

/** What the one day to pay by, and what follows it, are worked out from. */
function termOf(
  settings: Pick<Settings, 'dunning' | 'owner'>,
  { client, debts, step }: { client: Client; debts: readonly Debt[]; step: string | null },
  { today, hours }: { today: LocalDay; hours: ContactHours },
): PayByFacts {
  const ladder = ladderFor(settings, client);
  const kind = ladder.find((one) => one.name === step)?.letter;
  const termDays = kind === undefined ? 0 : leastTermDays(kind, debtorOf(settings, client));
  return { ladder, step, leavesOn: today, hours, termDays, dueOn: debts.map((debt) => debt.dueOn) };
}

function debtorOf({ owner }: Pick<Settings, 'owner'>, { kind }: Client): Debtor {
  return { ownerZone: owner.timeZone, kind };
}

/** What hurts is announced by the letter before it: undefined when the next one pauses nothing that is not paused. */
function announced(
  settings: Pick<Settings, 'dunning' | 'owner'>,
  wish: { client: Client; debts: readonly Debt[]; step: string | null; pausesOn?: LocalDay | undefined },
  at: { today: LocalDay; hours: ContactHours },
): DunningFacts['next'] {
  const next = followedBy(termOf(settings, wish, at));
  const effect = next === undefined ? 'none' : effectOfLetter(next.step.letter, next.step.effect);
  if (next === undefined || (effect !== 'pause' && effect !== 'terminate')) return undefined;
  const { workState } = wish.client;
  const isNews = effect === 'pause' ? workState === 'active' : workState !== 'ended';
  return isNews ? { effect, on: wish.pausesOn ?? next.on } : undefined;
}

/** The letter that ends the work as it would be written now; undefined when its case is no longer there. */
export function ladderTermination(
  r: Reader,
  parts: Pick<DunParts, 'settings' | 'letters'>,
  { client, letter, on, debts = debtsIn(letter) }: { client: Client; letter: Letter; on: Instant; debts?: Debt[] },
) {
  const dunned = letter.caseId === null ? undefined : caseById(r, letter.caseId);
  if (dunned === undefined) return undefined;
  const { step } = letter;
  return dunningText(r, parts, { dunned, client, kind: 'termination', debts, step, notBefore: on });
}

/** What the exit says of the end: its reason, its notice, who could take over, what is handed over. */
function endFacts(
  r: Reader,
  settings: Settings,
  { client, debts }: Pick<CaseLetter, 'client' | 'debts'>,
  { today, earlier }: { today: LocalDay; earlier: readonly EarlierLetter[] },
): Partial<DunningFacts> {
  const exit = openExitOf(r, client.id);
  if (exit === undefined) return { noticeOn: addDays(today, client.terms.noticeDays ?? settings.exit.noticeDays) };
  return terminationFacts(exit, {
    language: client.language,
    today,
    owesMoney: debts.length > 0,
    earlier,
    work: workRecord(r, settings, client),
  });
}

/** @returns undefined when there is no address to write to: then the owner is asked for one */
function putCaseLetter(w: Writer, parts: DunParts, wish: CaseLetter): Letter | undefined {
  const { dunned, client, step, kind, approval, notBefore, why, asks } = wish;
  if (client.addresses.length === 0) {
    ask(w, addressQuestion(client));
    return undefined;
  }
  return putLadderLetter(w, parts, {
    dunned,
    client,
    kind,
    approval,
    notBefore,
    why,
    asks,
    step: step.name,
    key: keyFor(w, dunned, step.name),
    effect: effectOfLetter(kind, step.effect),
    text: dunningText(w, parts, { ...wish, step: step.name }),
  });
}

/** A step may write twice in a cycle: to money that fell overdue later, or under a name that was another's. */
function keyFor(r: Reader, dunned: Case, name: string): string {
  for (let count = 1; ; count += 1) {
    const key = stepKey(dunned, count === 1 ? name : `${name}/${count}`);
    const known = letterByKey(r, key);
    if (known === undefined || (known.state === 'dropped' && known.endedBy === 'system')) return key;
    if (!isDone(known)) return key;
  }
}

/** It has left, or the owner or a server has said no to it. */
function isDone({ state }: Letter): boolean {
  return wasSent(state) || state === 'failed' || state === 'dropped';
}
