/** Loads what the dunning rules want to know of one case. Reads only; decides nothing. */
import { noAnswer } from '../rules/answer.ts';
import { lastBookingDay } from '../rules/bank-line.ts';
import type { Client } from '../rules/client.ts';
import { type CaseFacts, decisive, isCycleOver, owedStill, wasSent, type WrittenStep } from '../rules/dunning.ts';
import type { Debt } from '../rules/invoice.ts';
import type { Letter, LetterKind } from '../rules/letter.ts';
import { ladderFor } from '../rules/ladders.ts';
import { leastCentsOf, lettersHoursFor, type Settings } from '../rules/settings.ts';
import { type Asked, nothingAsked, type SettledPart, type Settlement, settlementOf } from '../rules/settlement.ts';
import { dayMs, dayOf, hourMs, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import { accounts } from '../store/book-files.ts';
import { type Case, openCasesOf } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { openExitOf } from '../store/exits.ts';
import { activeHolds } from '../store/holds.ts';
import { debtsOfClient, listInvoices, surplusOf } from '../store/invoices.ts';
import { type NamedDebt, namedBy } from '../store/letter-debts.ts';
import { listMessages, messagesOfWindow, type StoredMessage } from '../store/messages.ts';
import { letterById, type LetterOutline, outlinesOfCase } from '../store/outbox.ts';
import { lastSentToClient, pausedSince } from '../store/outbox-queue.ts';
import { paymentsCheckedAt } from '../store/payments-check.ts';
import { openWindows } from '../store/windows.ts';

export interface CaseContext {
  settings: Settings;
  /** the daemon came back a short while ago, after more than two days without a pass */
  longGap: boolean;
}

export function stepKey(dunned: Pick<Case, 'id' | 'cycle'>, step: string): string {
  return `dunning/${dunned.id}/${dunned.cycle}/${step}`;
}

/** The cycle that a letter of a case belongs to, from its key. */
export function cycleOf({ key }: Pick<Letter, 'key'>): number {
  return Number(key.split('/')[2]);
}

/** The debts a letter about money asks for, as they stood when it was written. */
export function debtsIn(letter: Letter): Debt[] {
  return (letter.facts['debts'] as Debt[] | undefined) ?? [];
}

/** The letters of the case's present cycle without texts and facts, the newest first. */
export function outlinesOfCycle(r: Reader, dunned: Pick<Case, 'id' | 'cycle'>): LetterOutline[] {
  const prefix = stepKey(dunned, '');
  return outlinesOfCase(r, dunned.id).filter((letter) => letter.key.startsWith(prefix));
}

/** A letter of the ladder that left, and the debts of it that the cycle is about. */
export interface AskingLetter extends LetterOutline {
  sentAt: Instant;
  debts: NamedDebt[];
}

/**
 * The letters that asked for money of this cycle: its own, and reminders of earlier cycles about money that has been owed
 * ever since. A pause ends with its own money; another invoice, reminded of meanwhile, goes on where it was.
 */
export function askingLetters(
  r: Reader,
  dunned: Pick<Case, 'id' | 'cycle' | 'clientId' | 'currency'>,
  zone: TimeZone,
): AskingLetter[] {
  const left = outlinesOfCase(r, dunned.id).filter((letter) => letter.step !== null && wasSent(letter.state));
  const named = byLetter(r, left);
  const owed = new Map(debtsOfClient(r, dunned.clientId, dunned.currency).map((debt) => [debt.instalmentId, debt]));
  return left.flatMap((outline): AskingLetter[] => {
    const letter = { ...outline, sentAt: outline.sentAt as Instant };
    const debts = named.get(letter.id) ?? [];
    if (cycleOf(letter) === dunned.cycle) return [{ ...letter, debts }];
    if (cycleOf(letter) > dunned.cycle || letter.effect !== 'none') return [];
    const since = debts.filter(({ instalmentId }) => isOwedSince(owed.get(instalmentId), letter.sentAt, zone));
    return since.length === 0 ? [] : [{ ...letter, debts: since }];
  });
}

/** Overdue when the letter left, and neither settled nor put off since. */
function isOwedSince(debt: Debt | undefined, sentAt: Instant, zone: TimeZone): boolean {
  if (debt === undefined || debt.openCents === 0 || debt.dueOn >= dayOf(sentAt, zone)) return false;
  return debt.backAt === undefined || debt.backAt < sentAt;
}

/** The instalments whose payment ends the cycle, by the letters that left. */
export function decisiveOfCycle(
  r: Reader,
  dunned: Pick<Case, 'id' | 'cycle' | 'clientId' | 'currency'>,
  zone: TimeZone,
): Set<number> {
  const letters = askingLetters(r, dunned, zone);
  return decisive(letters.map(({ effect, debts }) => ({ effect, named: debts.map((debt) => debt.instalmentId) })));
}

export function caseFacts(r: Reader, context: CaseContext, dunned: Case, client: Client, now: Instant): CaseFacts {
  const { settings } = context;
  const hours = lettersHoursFor(settings, client);
  const zone = hours.timeZone;
  const debts = debtsOfClient(r, client.id, dunned.currency);
  const written = writtenSteps(r, dunned, zone);
  const isOver = isCycleOver(ladderFor(settings, client), { debts, written }, dayOf(now, zone));
  return {
    debts,
    written,
    holds: activeHolds(r, { clientId: client.id, caseId: dunned.id, invoiceIds: debts.map((debt) => debt.invoiceId) }),
    hours,
    ownerOwesSince: ownerOwesSince(r, client.id, now),
    lastLetterToClientOn: lastLetterOn(r, client.id, zone, now),
    longGap: context.longGap,
    paymentsStale: paymentsStale(r, settings, now),
    reviewMode: settings.sending.mode === 'review',
    clientState: client.workState,
    otherCasePaused: openCasesOf(r, client.id).some((other) => other.id !== dunned.id && pauseWasSent(r, other)),
    endAnnounced: isEndAnnounced(r, client.id),
    settlement: isOver ? settlementOfCycle(r, dunned, zone) : nothingAsked,
    leastCents: leastCentsOf(settings, dunned.currency),
    surplusCents: surplusOf(r, client.id, dunned.currency).reduce((sum, { cents }) => sum + cents, 0),
    thankForPayment: settings.dunning.thankForPayment,
    debtor: { ownerZone: settings.owner.timeZone, kind: client.kind },
    askedUntil: askedUntil(r, dunned.id, dayOf(now, zone)),
    bell: { expression: settings.jobs.dun, zone: settings.owner.timeZone },
  };
}

function writtenSteps(r: Reader, dunned: Case, zone: TimeZone): WrittenStep[] {
  const waiting = outlinesOfCycle(r, dunned).filter((letter) => letter.step !== null && !wasSent(letter.state));
  const named = byLetter(r, waiting);
  const all = [
    ...askingLetters(r, dunned, zone),
    ...waiting.map((letter) => ({ ...letter, debts: named.get(letter.id) ?? [] })),
  ].toSorted((a, b) => b.id - a.id);
  return all.map(({ debts, ...letter }) => {
    const sentOn = letter.sentAt === null ? null : dayOf(letter.sentAt, zone);
    return {
      letterId: letter.id,
      step: letter.step as string,
      kind: letter.kind,
      effect: letter.effect,
      state: letter.state,
      sentOn,
      droppedBy: letter.endedBy,
      named: debts.map((debt) => debt.instalmentId),
      upTo: upTo(debts),
      upcoming: isUpcoming(debts, sentOn),
    };
  });
}

/** By instalment; not of a letter of before it was kept. */
function upTo(debts: readonly NamedDebt[]): ReadonlyMap<number, number> {
  return new Map(
    debts.flatMap(({ instalmentId, cents, paidCents }) =>
      paidCents === null ? [] : [[instalmentId, cents + paidCents] as const],
    ),
  );
}

function byLetter(r: Reader, letters: readonly LetterOutline[]): Map<number, NamedDebt[]> {
  const found = new Map<number, NamedDebt[]>();
  for (const debt of namedBy(
    r,
    letters.map((letter) => letter.id),
  ))
    found.set(debt.letterId, [...(found.get(debt.letterId) ?? []), debt]);
  return found;
}

function isUpcoming(debts: readonly NamedDebt[], sentOn: LocalDay | null): boolean {
  return sentOn !== null && debts.length > 0 && debts.every((debt) => debt.dueOn >= sentOn);
}

/** Some of what the letters asked for that decided about the cycle. */
export function isOwedAgain(r: Reader, dunned: Case, zone: TimeZone): boolean {
  const debts = debtsOfClient(r, dunned.clientId, dunned.currency);
  return owedStill({ debts, written: writtenSteps(r, dunned, zone) }).length > 0;
}

/** All that the cycle's letters named is settled, or nothing is overdue. */
export function isOver(r: Reader, settings: Settings, dunned: Case, today: LocalDay): boolean {
  const debts = debtsOfClient(r, dunned.clientId, dunned.currency);
  const written = writtenSteps(r, dunned, settings.owner.timeZone);
  const ladder = ladderFor(settings, clientById(r, dunned.clientId));
  return isCycleOver(ladder, { debts, written }, today);
}

/**
 * How the money went that the letters of the case's present cycle asked for. What is still owed and decides nothing about
 * the cycle is left to the next one.
 */
export function settlementOfCycle(
  r: Reader,
  dunned: Pick<Case, 'id' | 'cycle' | 'clientId' | 'currency'>,
  zone: TimeZone,
): Settlement {
  const asked = askedIn(askingLetters(r, dunned, zone));
  if (asked.length === 0) return nothingAsked;
  const { clientId, currency } = dunned;
  const invoices = listInvoices(r, { clientId }).filter((invoice) => invoice.currency === currency);
  const all = settlementOf(asked, invoices);
  const decides = decisiveOfCycle(r, dunned, zone);
  const later = new Set(all.stillOpen.flatMap(({ instalmentId: id }) => (decides.has(id) ? [] : id)));
  if (later.size === 0) return all;
  return settlementOf(
    asked.filter((one) => !later.has(one.instalmentId)),
    invoices,
  );
}

/** Each instalment once, from the first letter on that left and named it. */
function askedIn(letters: readonly AskingLetter[]): Asked[] {
  const found = new Map<number, Asked>();
  for (const { sentAt, debts } of letters.toSorted((a, b) => a.sentAt - b.sentAt))
    for (const { instalmentId, invoiceId } of debts)
      if (!found.has(instalmentId)) found.set(instalmentId, { instalmentId, invoiceId, since: sentAt });
  return [...found.values()];
}

export function pauseWasSent(r: Reader, dunned: Pick<Case, 'id' | 'cycle'>): boolean {
  return outlinesOfCycle(r, dunned).some((letter) => wasSent(letter.state) && letter.effect === 'pause');
}

/** Since which day the work that is paused rests: whatever money it was about, the work is one. */
export function pausedOn(r: Reader, client: Pick<Client, 'id' | 'workState'>, zone: TimeZone): LocalDay | undefined {
  const at = client.workState === 'paused' ? pausedSince(r, client.id) : null;
  return at === null ? undefined : dayOf(at, zone);
}

/**
 * The day of a letter that confirmed more of these debts than is paid of them now: its payment was taken back since, and
 * nothing slipped anybody's attention.
 */
export function confirmedOn(
  r: Reader,
  { dunned, debts }: { dunned: Pick<Case, 'id'>; debts: readonly Debt[] },
  zone: TimeZone,
): LocalDay | undefined {
  const confirmed = outlinesOfCase(r, dunned.id).find(({ kind, sentAt }) => sentAt !== null && confirms.has(kind));
  const received = confirmed === undefined ? [] : receivedIn(letterById(r, confirmed.id));
  const isTakenBack = debts.some((debt) =>
    received.some(
      (part) => part.instalmentId === debt.instalmentId && (part.coveredCents ?? part.cents) > (debt.paidCents ?? 0),
    ),
  );
  return isTakenBack ? dayOf(confirmed?.sentAt as Instant, zone) : undefined;
}

const confirms: ReadonlySet<LetterKind> = new Set<LetterKind>(['work-resumed', 'payment-received']);

function receivedIn(letter: Letter | undefined): readonly SettledPart[] {
  return (letter?.facts['received'] as SettledPart[] | undefined) ?? [];
}

/** The notice of termination has left, and the work has not ended yet. */
export function isEndAnnounced(r: Reader, clientId: number): boolean {
  return (openExitOf(r, clientId)?.sentAt ?? null) !== null;
}

/**
 * The client waits for the owner's answer past its deadline: she does not ask for money meanwhile. Whatever she wrote to
 * him since, on whatever subject, ends that: they are in touch, and the window goes on by itself.
 */
export function ownerOwesSince(r: Reader, clientId: number, now: Instant): Instant | null {
  const overdue = openWindows(r, { clientId, dueBefore: now, believed: true });
  return overdue.find((window) => !hasWrittenSince(r, clientId, messagesOfWindow(r, window).at(-1)))?.dueAt ?? null;
}

function hasWrittenSince(r: Reader, clientId: number, asked: StoredMessage | undefined): boolean {
  if (asked === undefined) return false;
  return listMessages(r, { clientId, role: 'sent', since: asked.receivedAt }).some(
    ({ mail, flags, receivedAt }) => receivedAt > asked.receivedAt && noAnswer(mail, flags) === null,
  );
}

export function lastLetterOn(r: Reader, clientId: number, zone: string, now: Instant): LocalDay | null {
  const last = lastSentToClient(r, clientId, plus(now, -2 * dayMs));
  return last === null ? null : dayOf(last, zone);
}

export function paymentsStale(r: Reader, settings: Settings, now: Instant): boolean {
  const within = settings.dunning.paymentsCheckedWithinHours;
  if (within === null) return false;
  const checkedAt = paymentsCheckedAt(r);
  const isChecked = checkedAt !== undefined && now - checkedAt <= within * hourMs;
  return !isChecked && !isEachAccountRead(r, settings, now);
}

/** Files of the bank say all that was booked on each account of the configuration. */
function isEachAccountRead(r: Reader, { owner, hours }: Settings, now: Instant): boolean {
  const known = new Map(accounts(r).map(({ number, readTo }) => [number, readTo]));
  const last = lastBookingDay(dayOf(now, owner.timeZone), hours.holiday);
  const wanted = owner.accounts ?? [];
  return wanted.length > 0 && wanted.every((number) => (known.get(number) ?? '') >= last);
}

/** The last day by which a letter beside the ladder, about money of this case, has asked to be paid; null: none does. */
function askedUntil(r: Reader, caseId: number, today: LocalDay): LocalDay | null {
  const rows = r.all<{ payBy: string | null }>(
    `SELECT facts ->> 'payBy' AS payBy FROM letters
     WHERE case_id = ? AND sent_at IS NOT NULL AND step IS NULL AND key GLOB 'occasion/*' AND json_array_length(facts, '$.debts') > 0`,
    caseId,
  );
  const days = rows.flatMap(({ payBy }) => (payBy === null ? [] : [payBy as LocalDay]));
  return (
    days
      .filter((day) => day >= today)
      .toSorted()
      .at(-1) ?? null
  );
}
