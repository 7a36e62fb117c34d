/** Loads what the rule of money that stands still wants to know of a case. Reads only; decides nothing. */
import { overdueDebts } from '../rules/dunning.ts';
import type { Debt } from '../rules/invoice.ts';
import { type OverdueAnswers, type Standstill, standstillOf } from '../rules/standstill.ts';
import type { Instant, LocalDay } from '../rules/time.ts';
import type { Case } from './cases.ts';
import type { Reader } from './database.ts';
import { activeHolds } from './holds.ts';
import { debtsOfClient } from './invoices.ts';
import { listLetters } from './outbox.ts';
import { openWindows } from './windows.ts';

/** @returns null when nothing is overdue, or it goes on by itself; `overdue` with the debts it is about */
export function standstillOfCase(
  r: Reader,
  dunned: Case,
  { now, today }: { now: Instant; today: LocalDay },
): (Standstill & { overdue: Debt[] }) | null {
  const { id, clientId, cycle, currency } = dunned;
  const overdue = overdueDebts(debtsOfClient(r, clientId, currency), today);
  if (dunned.state !== 'open' || overdue.length === 0) return null;
  const found = standstillOf(
    {
      clientId,
      letters: listLetters(r, { caseId: id }).filter(({ key }) => key.startsWith(`dunning/${id}/${cycle}/`)),
      holds: activeHolds(r, { clientId, caseId: id }),
      owes: overdueAnswers(r, clientId, now),
      numbers: [...new Set(overdue.map((debt) => debt.number))],
    },
    now,
  );
  return found === null ? null : { ...found, overdue };
}

function overdueAnswers(r: Reader, clientId: number, now: Instant): OverdueAnswers | null {
  const windows = openWindows(r, { clientId, dueBefore: now, believed: true });
  const [first] = windows;
  return first === undefined ? null : { since: first.dueAt, mails: windows.length, messageId: first.openedBy };
}
