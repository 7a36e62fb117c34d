/**
 * Invoices -> letters about money. Opens a case when money is overdue, asks the ladder what is due, puts the letter in
 * the outbox, closes the case when all is paid. Sends nothing; a second run on the same facts changes nothing.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import { terminationFacts } from '../letters/termination.ts';
import { type DunningFacts, type EarlierLetter, writeDunning } from '../letters/write.ts';
import { type Client, readerOf } from '../rules/client.ts';
import {
  type CaseDecision,
  type CaseFacts,
  decideCase,
  expiredHoldNotice,
  listedDebts,
  overdueDebts,
  startOfTomorrow,
} from '../rules/dunning.ts';
import { type Hold, mostAbsences, rowOfHolds } from '../rules/hold.ts';
import { type Debt, debtsOf, type Invoice } from '../rules/invoice.ts';
import { type Letter, matterOf } from '../rules/letter.ts';
import { payByDay } from '../rules/pay-by.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { type ContactHours, nextOpening } from '../rules/contact-hours.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay, plus, type TimeZone, toIso } from '../rules/time.ts';
import {
  type Case,
  caseById,
  caseOf,
  casesToLookAt,
  closeCase,
  listCases,
  lookAgain,
  noteOpenedUpTo,
  openCase,
  openedUpTo,
  reopenCase,
  touchClient,
} from '../store/cases.ts';
import { clientById, setWorkState } from '../store/clients.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { workRecord } from '../store/exit-facts.ts';
import { openExitOf } from '../store/exits.ts';
import { activeHolds, endHold, expiredHolds, listHolds, noteAsked as noteHoldAsked } from '../store/holds.ts';
import { debtsOfClient, dueWithoutCase, invoiceById, listInvoices } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { type NewNotice, notice } from '../store/notices.ts';
import { drop, lastSentToClient, letterByKey, putLetter, revive } from '../store/outbox.ts';
import { type CaseContext, caseFacts, debtsIn, lettersOfCycle, outlinesOfCycle, stepKey } from './case-facts.ts';
import { endsWork, gateOfExit, takeBackExit } from './exit-step.ts';
import { addressQuestion, paymentsQuestion } from './questions.ts';

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
  const { store, clock } = parts;
  const now = clock.now();
  const today = dayOf(now, parts.settings.owner.timeZone);
  const paid = store.read((r) =>
    casesToLookAt(r, now).filter(
      (one) => one.state === 'open' && overdueDebts(debtsOfClient(r, one.clientId, one.currency), today).length === 0,
    ),
  );
  for (const dunned of paid) dunAlone(parts, dunned, now);
  return paid.length;
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
    const why = `could not be dealt with: ${error instanceof Error ? error.message : String(error)}`;
    store.write(now, (w) => setAside(w, parts, dunned, why));
    return false;
  }
}

function setAside(w: Writer, parts: DunParts, dunned: Case, why: string): void {
  const client = clientById(w, dunned.clientId);
  const hours = hoursFor(parts.settings, client);
  if (why !== dunned.why) noteCase(w, dunned, why);
  lookAgain(w, dunned.id, startOfTomorrow({ hours }, w.now), why);
  const key = `undunned/${dunned.id}/${dayOf(w.now, hours.timeZone)}`;
  notice(
    w,
    key,
    `The overdue money of ${client?.name ?? 'a client'} ${why}.`,
    `paletti clients show ${dunned.clientId}`,
  );
}

/** An expired hold speaks up: the owner learns that the ladder goes on, and why it stood still. */
function speakUpForExpiredHolds(w: Writer, timeZone: TimeZone): void {
  for (const hold of expiredHolds(w, w.now)) {
    const client = clientById(w, clientOfHold(w, hold) ?? 0);
    const spoken = expiredHoldNotice(
      hold,
      {
        clientName: client?.name ?? `${hold.scope} ${hold.scopeId}`,
        debts: debtsOfHold(w, hold, client),
        timeZone,
        asks: client !== undefined && isOneOfARow(w, hold, client),
        decide: `Read it and enter what was paid: paletti invoices paid …; or let the letters go: paletti clients release ${client?.id}`,
      },
      w.now,
    );
    if (spoken?.kind === 'hold-asks') noteHoldAsked(w, hold.id);
    else endHold(w, hold.id, 'its time has passed');
    if (client !== undefined) touchClient(w, client.id);
    if (spoken === null) continue;
    notice(w, `hold-ended/${hold.id}`, spoken.text, spoken.next);
    note(w, { kind: spoken.kind, subject: `${hold.scope}/${hold.scopeId}`, clientId: client?.id, why: spoken.text });
  }
}

/** Absences that follow one another: none is long, and together they may keep money waiting for good. */
function isOneOfARow(r: Reader, hold: Hold, client: Client): boolean {
  if (hold.reason !== 'out-of-office' || hold.messageId === null) return false;
  const row = rowOfHolds(listHolds(r, client.id), hold.until ?? hold.createdAt);
  return (row?.reasons.filter((reason) => reason === 'out-of-office').length ?? 0) >= mostAbsences;
}

/** All that is open with the client, also what is no case yet: "nothing is open" may be said only when nothing is. */
function debtsOfHold(r: Reader, hold: Hold, client: Client | undefined): Debt[] {
  if (client === undefined) return [];
  if (hold.scope === 'invoice') return debtsOf(invoiceById(r, hold.scopeId) as Invoice);
  if (hold.scope === 'client') return listInvoices(r, { clientId: client.id, state: 'open' }).flatMap(debtsOf);
  const held = listCases(r, {}).filter((one) => one.clientId === client.id && one.id === hold.scopeId);
  return held.flatMap((one) => debtsOfClient(r, client.id, one.currency));
}

function clientOfHold(r: Reader, { scope, scopeId }: Hold): number | undefined {
  if (scope === 'client') return scopeId;
  if (scope === 'invoice') return invoiceById(r, scopeId)?.clientId;
  return caseById(r, scopeId)?.clientId;
}

/** A case opens the day after the earliest due date, or before it when the ladder has steps before due. */
function openCases(w: Writer, parts: DunParts): void {
  const today = dayOf(w.now, parts.settings.owner.timeZone);
  const earliest = Math.min(1, ...parts.settings.dunning.steps.map((step) => step.afterDays));
  const last = addDays(today, -earliest);
  const done = openedUpTo(w);
  if (done === last) return;
  for (const { clientId, currency } of dueWithoutCase(w, last, done !== null && done < last ? done : null)) {
    const known = caseOf(w, clientId, currency);
    const dunned = known !== undefined && isSameMatter(w, known) ? reopened(w, known) : openCase(w, clientId, currency);
    note(w, {
      kind: 'case-opened',
      subject: `case/${dunned.id}`,
      clientId,
      why: `money in ${currency} is overdue`,
      data: { cycle: dunned.cycle },
    });
  }
  noteOpenedUpTo(w, last);
}

function reopened(w: Writer, known: Case): Case {
  reopenCase(w, known.id);
  return { ...known, state: 'open', closedAt: null };
}

/** A payment was taken back: the same debts that this cycle's letters were about are open again. */
function isSameMatter(r: Reader, known: Case): boolean {
  const asked = new Set(lettersOfCycle(r, known).flatMap((letter) => debtsIn(letter).map((debt) => debt.instalmentId)));
  return debtsOfClient(r, known.clientId, known.currency).some((debt) => asked.has(debt.instalmentId));
}

function dunCase(w: Writer, parts: DunParts, dunned: Case): boolean {
  const client = clientById(w, dunned.clientId);
  if (client === undefined || dunned.state === 'closed') {
    lookAgain(w, dunned.id, null, dunned.why);
    return false;
  }
  const facts = caseFacts(w, parts, dunned, client, w.now);
  const decision = decideCase(parts.settings.dunning.steps, facts, w.now);
  return carryOut(w, parts, { dunned, client, facts, decision });
}

/** {@link dunCase} where there is nothing to do but wait; all else is left for its time. */
function noteWait(w: Writer, parts: DunParts, dunned: Case): boolean {
  const client = clientById(w, dunned.clientId);
  if (client === undefined || dunned.state === 'closed') return false;
  const facts = caseFacts(w, parts, dunned, client, w.now);
  const decision = decideCase(parts.settings.dunning.steps, facts, w.now);
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
      if (decision.why !== dunned.why) noteCase(w, dunned, decision.why, { code: decision.code });
      if (decision.code === 'payments-stale') askForPayments(w, parts.settings);
      lookAgain(w, dunned.id, decision.until, decision.why);
      return false;
    case 'close':
      settle(w, parts, decided, decision.resumed);
      return false;
    case 'write': {
      if (endsWork(decision.step)) return endStep(w, parts, decided, decision);
      const letter = writeStep(w, parts, decided, decision);
      lookAgain(w, dunned.id, plus(decision.notBefore, dayMs), decision.why);
      if (letter === undefined) return false;
      noteCase(w, dunned, decision.why, { letter: letter.id });
      if (letter.approval === 'ask') {
        notice(
          w,
          `approve/${letter.id}/${letter.createdAt}`,
          `A letter (${letter.kind}) to ${client.name} waits for your approval.`,
          `paletti outbox show ${letter.id}; paletti outbox approve ${letter.id}`,
        );
      }
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
    if (gate.waits !== dunned.why) noteCase(w, dunned, gate.waits);
    lookAgain(w, dunned.id, startOfTomorrow(facts, w.now), gate.waits);
    return false;
  }
  const letter = writeStep(w, parts, decided, { ...decision, approval: 'ask' });
  lookAgain(w, dunned.id, plus(notBefore, dayMs), why);
  if (letter === undefined) return false;
  noteCase(w, dunned, why, { letter: letter.id, exit: gate.exit.id });
  return true;
}

function askForPayments(w: Writer, settings: Settings): void {
  ask(w, paymentsQuestion(settings, w.now));
}

function ask(w: Writer, { key, text, next }: NewNotice): void {
  notice(w, key, text, next);
}

function noteCase(w: Writer, dunned: Case, why: string, data?: Record<string, unknown>): void {
  note(w, { kind: 'case-decided', subject: `case/${dunned.id}`, clientId: dunned.clientId, why, data });
}

function writeStep(
  w: Writer,
  parts: DunParts,
  decided: Decided,
  decision: CaseDecision & { kind: 'write' },
): Letter | undefined {
  const { dunned, client, facts } = decided;
  return putCaseLetter(w, parts, {
    dunned,
    client,
    name: decision.step.name,
    step: decision.step.name,
    kind: decision.step.letter as DunningLetterKind,
    debts: listedDebts(decision.step, facts, decision.notBefore),
    approval: decision.approval,
    notBefore: decision.notBefore,
    why: decision.why,
  });
}

export type DunningLetterKind = Parameters<typeof writeDunning>[1]['kind'];

interface CaseLetter {
  dunned: Case;
  client: Client;
  /** last part of the key */
  name: string;
  step: string | null;
  kind: DunningLetterKind;
  debts: Debt[];
  approval: 'auto' | 'ask';
  notBefore: Instant;
  why: string;
}

/** Renders the text of a letter about money as of the day it will leave. */
export function dunningText(
  r: Reader,
  parts: Pick<DunParts, 'settings' | 'letters'>,
  wish: Pick<CaseLetter, 'dunned' | 'client' | 'kind' | 'debts' | 'step' | 'notBefore'> & {
    /** the day to pay by, when it is to stay as it is */
    payBy?: LocalDay | undefined;
  },
) {
  const { settings } = parts;
  const hours = hoursFor(settings, wish.client);
  const zone = hours.timeZone;
  const today = dayOf(wish.notBefore, zone);
  const earlier = outlinesOfCycle(r, wish.dunned)
    .filter((letter) => letter.sentAt !== null)
    .map((letter) => ({ kind: letter.kind, on: dayOf(letter.sentAt as Instant, zone) }));
  return writeDunning(parts.letters, {
    kind: wish.kind,
    client: readerOf(wish.client, matterOf(wish.kind)),
    owner: settings.owner,
    debts: wish.debts,
    currency: wish.dunned.currency,
    today,
    earlier,
    resumeWithinDays: settings.dunning.resumeWithinDays,
    payBy: wish.payBy ?? payByOf(settings, wish, { today, hours }),
    clause: wish.client.terms.pauseClause ?? undefined,
    ...(wish.kind === 'termination' ? endFacts(r, settings, wish, { today, earlier }) : {}),
  });
}

/** The one day by which a letter of the ladder asks to be paid. */
function payByOf(
  { dunning }: Pick<Settings, 'dunning'>,
  { debts, step }: Pick<CaseLetter, 'debts' | 'step'>,
  { today, hours }: { today: LocalDay; hours: ContactHours },
): LocalDay {
  return payByDay({
    ...{ ladder: dunning.steps, step, leavesOn: today, hours },
    dueOn: debts.map((debt) => debt.dueOn),
  });
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
  const text = dunningText(r, parts, { dunned, client, kind: 'termination', debts, step, notBefore: on });
  return { ...text, facts: { ...text.facts, debts } };
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
  const { dunned } = wish;
  const client = readerOf(wish.client, matterOf(wish.kind));
  const [recipient] = client.addresses;
  if (recipient === undefined) {
    ask(w, addressQuestion(client));
    return undefined;
  }
  const key = stepKey(dunned, wish.name);
  const text = dunningText(w, parts, wish);
  const facts = { ...text.facts, debts: wish.debts };
  const known = letterByKey(w, key);
  if (known !== undefined) {
    const { notBefore, why, approval } = wish;
    const isBack = revive(w, known.id, { ...text, notBefore, facts, why, approval });
    return isBack ? noteHeld(w, letterByKey(w, key)) : letterByKey(w, key);
  }
  const letter = putLetter(w, {
    key,
    kind: wish.kind,
    mailbox: parts.mailbox,
    clientId: client.id,
    answersMessageId: null,
    windowId: null,
    caseId: dunned.id,
    step: wish.step,
    language: client.language,
    tone: client.tone,
    recipient,
    recipientName: client.contactName ?? client.name,
    sender: parts.settings.owner.addresses[0] as string,
    subject: text.subject,
    text: text.text,
    facts,
    approval: wish.approval,
    notBefore: wish.notBefore,
    why: wish.why,
    inReplyTo: null,
    references: [],
  });
  return noteHeld(w, letter);
}

function noteHeld(w: Writer, letter: Letter | undefined): Letter | undefined {
  if (letter === undefined) return undefined;
  const { id, key, clientId, why, notBefore } = letter;
  const data = { key, notBefore: toIso(notBefore) };
  note(w, { kind: 'letter-held', subject: `letter/${id}`, clientId, why, data });
  return letter;
}

/** All that was overdue is paid: letters not yet sent are dropped, and work resumes if it was really paused. */
function settle(w: Writer, parts: DunParts, decided: Decided, resumed: boolean): void {
  const { dunned, client, decision } = decided;
  for (const letter of outlinesOfCycle(w, dunned)) {
    const waits = letter.state === 'held' || letter.state === 'queued';
    if (waits && drop(w, letter.id, 'system', decision.why))
      note(w, { kind: 'letter-dropped', subject: `letter/${letter.id}`, clientId: client.id, why: decision.why });
  }
  const kind = resumed ? 'work-resumed' : 'payment-received';
  if (
    resumed ||
    (parts.settings.dunning.thankForPayment && outlinesOfCycle(w, dunned).some((letter) => letter.sentAt !== null))
  ) {
    const notBefore = nextOpening(hoursFor(parts.settings, client), w.now);
    const approval = parts.settings.sending.mode === 'review' ? 'ask' : 'auto';
    putCaseLetter(w, parts, {
      dunned,
      client,
      name: kind,
      step: null,
      kind,
      debts: paidDebts(w, dunned),
      approval,
      notBefore,
      why: decision.why,
    });
  }
  takeBackExit(w, client, stepKey(dunned, ''), decision.why);
  if (resumed && client.workState === 'paused') setWorkState(w, client.id, 'active');
  endAnsweredHolds(w, dunned);
  closeCase(w, dunned.id, decision.why);
  noteCase(w, dunned, decision.why);
}

/** What the client said about this money is settled with it: the next invoice must not wait for it. */
function endAnsweredHolds(w: Writer, dunned: Case): void {
  const { id, clientId } = dunned;
  for (const hold of activeHolds(w, { clientId, caseId: id })) {
    const isAbout = hold.scope === 'case' && (hold.reason === 'reply' || hold.reason === 'payment-claimed');
    if (!isAbout || !endHold(w, hold.id, 'the money it was about is settled')) continue;
    note(w, {
      kind: 'hold-ended',
      subject: `hold/${hold.id}`,
      clientId,
      why: `the money it was about is settled (${hold.reason})`,
    });
  }
}

/** What the sent letters of the cycle asked for: the letter that says thank you names it. */
function paidDebts(r: Reader, dunned: Case): Debt[] {
  const asked = lettersOfCycle(r, dunned)
    .filter((letter) => letter.sentAt !== null)
    .flatMap(debtsIn);
  return [...new Map(asked.map((debt) => [debt.instalmentId, debt])).values()];
}
