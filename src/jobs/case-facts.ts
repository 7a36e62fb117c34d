/** Loads what the dunning rules want to know of one case. Reads only; decides nothing. */
import type { Client } from '../rules/client.ts';
import { type CaseFacts, overdueDebts } from '../rules/dunning.ts';
import type { Debt } from '../rules/invoice.ts';
import type { Letter } from '../rules/letter.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { dayMs, dayOf, hourMs, type Instant, type LocalDay, plus } from '../rules/time.ts';
import { type Case, openCasesOf } from '../store/cases.ts';
import type { Reader } from '../store/database.ts';
import { activeHolds } from '../store/holds.ts';
import { debtsOfClient, invoiceById } from '../store/invoices.ts';
import { lastSentToClient, type LetterOutline, listLetters, outlinesOfCase } from '../store/outbox.ts';
import { paymentsCheckedAt } from '../store/payments-check.ts';
import { openWindows } from '../store/windows.ts';

export interface CaseContext {
  settings: Settings;
  /** the daemon came back a short while ago, after more than two days without a pass */
  longGap: boolean;
}

export function stepKey(dunned: Case, step: string): string {
  return `dunning/${dunned.id}/${dunned.cycle}/${step}`;
}

/** The debts a letter about money asks for, as they stood when it was written. */
export function debtsIn(letter: Letter): Debt[] {
  return (letter.facts['debts'] as Debt[] | undefined) ?? [];
}

/** The letters of the case's present cycle, the newest last. */
export function lettersOfCycle(r: Reader, dunned: Case): Letter[] {
  const prefix = stepKey(dunned, '');
  return listLetters(r, { caseId: dunned.id }).filter((letter) => letter.key.startsWith(prefix));
}

/** {@link lettersOfCycle} without texts and facts. */
export function outlinesOfCycle(r: Reader, dunned: Case): LetterOutline[] {
  const prefix = stepKey(dunned, '');
  return outlinesOfCase(r, dunned.id).filter((letter) => letter.key.startsWith(prefix));
}

export function caseFacts(r: Reader, context: CaseContext, dunned: Case, client: Client, now: Instant): CaseFacts {
  const { settings } = context;
  const hours = hoursFor(settings, client);
  const zone = hours.timeZone;
  const debts = debtsOfClient(r, client.id, dunned.currency);
  const sentOn = (letter: LetterOutline): LocalDay | null =>
    letter.sentAt === null ? null : dayOf(letter.sentAt, zone);
  return {
    debts,
    written: outlinesOfCycle(r, dunned)
      .filter((letter) => letter.step !== null)
      .map((letter) => ({
        step: letter.step as string,
        state: letter.state,
        sentOn: sentOn(letter),
        droppedBy: letter.endedBy,
      })),
    holds: activeHolds(r, { clientId: client.id, caseId: dunned.id, invoiceIds: debts.map((debt) => debt.invoiceId) }),
    hours,
    ownerOwesSince: ownerOwesSince(r, client.id, now),
    lastLetterToClientOn: lastLetterOn(r, client.id, zone, now),
    longGap: context.longGap,
    paymentsStale: paymentsStale(r, settings, now),
    reviewMode: settings.sending.mode === 'review',
    clientState: client.workState,
    // asked only of a case that closes
    settledBy: overdueDebts(debts, dayOf(now, zone)).length === 0 ? settledBy(r, dunned) : undefined,
    otherCasePaused: openCasesOf(r, client.id).some(
      (other) => other.id !== dunned.id && pauseWasSent(r, settings, other),
    ),
  };
}

/** How the money that this cycle's letters asked for went, once it is gone. */
function settledBy(r: Reader, dunned: Case): 'paid' | 'void' | 'written-off' {
  const asked = new Set(lettersOfCycle(r, dunned).flatMap((letter) => debtsIn(letter).map((debt) => debt.invoiceId)));
  const states = [...asked].map((id) => invoiceById(r, id)?.state);
  if (states.includes('written-off')) return 'written-off';
  return states.length > 0 && states.every((state) => state === 'void' || state === 'credited') ? 'void' : 'paid';
}

function pauseWasSent(r: Reader, settings: Settings, dunned: Case): boolean {
  const pauses = settings.dunning.steps.filter((step) => step.effect === 'pause').map((step) => step.name);
  return outlinesOfCycle(r, dunned).some((letter) => letter.sentAt !== null && pauses.includes(letter.step ?? ''));
}

/** The client waits for the owner's answer past its deadline: she does not ask for money meanwhile. */
export function ownerOwesSince(r: Reader, clientId: number, now: Instant): Instant | null {
  return openWindows(r, { clientId, dueBefore: now, believed: true })[0]?.dueAt ?? null;
}

export function lastLetterOn(r: Reader, clientId: number, zone: string, now: Instant): LocalDay | null {
  const last = lastSentToClient(r, clientId, plus(now, -2 * dayMs));
  return last === null ? null : dayOf(last, zone);
}

export function paymentsStale(r: Reader, settings: Settings, now: Instant): boolean {
  const within = settings.dunning.paymentsCheckedWithinHours;
  if (within === null) return false;
  const checkedAt = paymentsCheckedAt(r);
  return checkedAt === undefined || now - checkedAt > within * hourMs;
}
