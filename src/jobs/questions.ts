/** What the owner is asked when letters wait for something only she can do. Asks nobody by itself. */
import type { Client } from '../rules/client.ts';
import type { ClosingQuestion, SettledReason } from '../rules/closing.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import type { Debt } from '../rules/invoice.ts';
import { named } from '../rules/told.ts';
import { sumInWords } from '../rules/words.ts';
import type { NewNotice } from '../store/notices.ts';

/**
 * A reminder would go, and nobody has looked at the bank account for too long. One key for each local day: however
 * many cases and letters wait for it, she is asked once a day.
 */
export function paymentsQuestion({ owner, dunning }: Settings, now: Instant): NewNotice {
  const withinHours = dunning.paymentsCheckedWithinHours ?? 0;
  return { key: `payments-stale/${dayOf(now, owner.timeZone)}`, told: { code: 'payments-unchecked', withinHours } };
}

/**
 * A client known by a domain alone, or whose addresses were taken away: there is nobody to write to.
 * @param own the address on record when it is the owner's
 */
export function addressQuestion(client: Pick<Client, 'id' | 'name'>, own: string | null = null): NewNotice {
  return { key: `no-address/${client.id}`, told: { code: 'no-address', client: named(client), own } };
}

/** No rule is sure what follows for the work: the owner is told how the money went, and which commands answer it. */
export function closingNotice(
  question: ClosingQuestion,
  client: Pick<Client, 'id' | 'name' | 'workState'>,
  { dunned, why }: { dunned: { id: number; cycle: number }; why: SettledReason },
): NewNotice {
  const isPaused = client.workState === 'paused';
  return {
    key: `closing/${dunned.id}/${dunned.cycle}/${question}`,
    told: { code: 'case-settled', client: named(client), why, isPaused },
  };
}

/** What is not worth a letter, and nothing else: once for each sum, she is asked whether to give it up. */
export function tooLittleQuestion(
  client: Pick<Client, 'id' | 'name'>,
  dunned: { id: number; cycle: number },
  debts: readonly Debt[],
): NewNotice {
  const cents = debts.reduce((sum, debt) => sum + debt.openCents, 0);
  const sum = { cents, currency: debts[0]?.currency ?? 'EUR' };
  const numbers = [...new Set(debts.map((debt) => debt.number))];
  const instalments = debts.map(({ instalmentId }) => instalmentId).join('+');
  return {
    key: `too-little/${dunned.id}/${dunned.cycle}/${cents}/${instalments}`,
    told: { code: 'too-little-owed', client: named(client), sum, numbers },
  };
}

/** More came in on some invoices than they asked for, while others are asked for: once for each sum. */
export function surplusQuestion(
  client: Pick<Client, 'id' | 'name'>,
  { id, currency }: { id: number; currency: string },
  surplus: readonly { number: string; cents: number }[],
): NewNotice {
  const key = surplus.map(({ number, cents }) => `${sumInWords(cents, currency)} on ${number}`).join('+');
  const parts = surplus.map(({ number, cents }) => ({ number, sum: { cents, currency } }));
  return { key: `surplus/${id}/${key}`, told: { code: 'surplus', client: named(client), parts } };
}

/** What was settled is open again, after the client was told that it was: the ladder begins anew, and says so. */
export function backNotice(client: Pick<Client, 'id' | 'name'>, dunned: { id: number; cycle: number }): NewNotice {
  return { key: `back/${dunned.id}/${dunned.cycle}`, told: { code: 'settled-is-open', client: named(client) } };
}
