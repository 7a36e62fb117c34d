/**
 * What is overdue with each client in each currency, and what is decided about it as of now, also where something was
 * entered since the dunning job looked. For screens; decides as the job does, and writes nothing.
 */
import { lettersHoursFor, type Settings } from '../rules/settings.ts';
import { nextWorkingOpening } from '../rules/contact-hours.ts';
import { decideCase, overdueDebts, unlessNeverOpen } from '../rules/dunning.ts';
import { ladderFor } from '../rules/ladders.ts';
import { nextRing } from '../rules/job-times.ts';
import { type Letter, needsApproval, waitsNow } from '../rules/letter.ts';
import { type Debt, debtsOf } from '../rules/invoice.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { type Case, caseOf } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { listInvoices } from '../store/invoices.ts';
import { listLetters } from '../store/outbox.ts';
import { caseFacts } from './case-facts.ts';
import type { Reason } from '../rules/reason.ts';

export interface StandingMoney {
  clientId: number;
  client: string;
  currency: string;
  /** undisputed, and due yesterday or before */
  overdueCents: number;
  /** when it is looked at again; null: when something happens */
  lookAt: Instant | null;
  why: Reason;
}

const notYet = { code: 'not-looked-at' } as const;

/** By client and currency, in the order of the first that is due. */
export function standingMoney(r: Reader, settings: Settings, now: Instant): StandingMoney[] {
  return overdueByCase(r, settings, now).map(({ clientId, currency, overdue }) => {
    const dunned = caseOf(r, clientId, currency);
    const said = dunned?.state === 'open' ? standing(r, { settings, dunned }, now) : null;
    const unseen = {
      lookAt: nextRing(settings.jobs.dun, settings.owner.timeZone, now) ?? null,
      why: notYet,
    };
    return {
      clientId,
      currency,
      client: clientById(r, clientId)?.name ?? '',
      overdueCents: overdue.reduce((sum, debt) => sum + debt.openCents, 0),
      ...(said ?? unseen),
    };
  });
}

interface Overdue {
  clientId: number;
  currency: string;
  overdue: Debt[];
}

function overdueByCase(r: Reader, settings: Settings, now: Instant): Overdue[] {
  const found = new Map<string, Overdue>();
  for (const invoice of listInvoices(r, { state: 'open' })) {
    const { clientId, currency } = invoice;
    const today = dayOf(now, lettersHoursFor(settings, clientById(r, clientId)).timeZone);
    const overdue = overdueDebts(debtsOf(invoice), today);
    if (overdue.length === 0) continue;
    const key = `${clientId} ${currency}`;
    const known = found.get(key) ?? { clientId, currency, overdue: [] };
    known.overdue.push(...overdue);
    found.set(key, known);
  }
  return [...found.values()].toSorted((a, b) => firstDue(a.overdue).localeCompare(firstDue(b.overdue)));
}

function firstDue(debts: readonly Debt[]): string {
  return debts.map(({ dueOn }) => dueOn).toSorted()[0] ?? '';
}

/** A hold may end at midnight; the letter leaves when the studio is open. */
function opensAt(settings: Settings, { clientId, notBefore }: Letter, r: Reader): Instant {
  const hours = lettersHoursFor(settings, clientId === null ? undefined : clientById(r, clientId));
  return unlessNeverOpen(
    () => nextWorkingOpening(hours, notBefore),
    () => notBefore,
  );
}

/** What an open case waits for; what its letter waits for, when one is in the outbox. */
export function standing(
  r: Reader,
  { settings, dunned }: { settings: Settings; dunned: Case },
  now: Instant,
): Pick<StandingMoney, 'lookAt' | 'why'> {
  const letter = listLetters(r, { clientId: dunned.clientId, states: ['held', 'queued'] }).find(
    (one) => one.caseId === dunned.id && one.step !== null,
  );
  if (letter !== undefined) {
    const waits = needsApproval(letter) ? ({ code: 'your-approval' } as const) : waitsNow(letter);
    const why: Reason = waits === null ? letter.why : { code: 'in-outbox', step: letter.step ?? '', because: waits };
    return { lookAt: needsApproval(letter) ? null : opensAt(settings, letter, r), why };
  }
  const isTouched = dunned.lookAt !== null && dunned.lookAt <= now;
  const client = clientById(r, dunned.clientId);
  if (!isTouched || client === undefined) return { lookAt: dunned.lookAt, why: dunned.why ?? notYet };
  const facts = caseFacts(r, { settings, longGap: false }, dunned, client, now);
  const decision = decideCase(ladderFor(settings, client), facts, now);
  if (decision.kind === 'wait') return { lookAt: decision.until, why: decision.why };
  if (decision.kind === 'close') return { lookAt: null, why: { code: 'rest-begins', because: decision.closing.why } };
  return { lookAt: decision.notBefore, why: { code: 'step-next', step: decision.step.name, because: decision.why } };
}
