/**
 * When the owner last recorded a payment, or said that all of them are recorded: what reminders may rely on. Decides
 * nothing about how long that is good for.
 */
import { fromIso, type Instant, toIso } from '../rules/time.ts';
import { touchOpenCases } from './cases.ts';
import type { Reader, Writer } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { lookAgainAtWaiting } from './outbox-queue.ts';

const checkedKey = 'payments.checkedAt';

/** @returns undefined when that never was */
export function paymentsCheckedAt(r: Reader): Instant | undefined {
  const at = factOf(r, checkedKey);
  return at === undefined ? undefined : fromIso(at);
}

/** Payments are up to date as of now: what waited for it is looked at in the next pass. */
export function notePaymentsChecked(w: Writer): void {
  setFact(w, checkedKey, toIso(w.now));
  lookAtMoneyAgain(w);
}

/** A file of the bank may have made payments up to date. */
export function lookAtMoneyAgain(w: Writer): void {
  touchOpenCases(w);
  lookAgainAtWaiting(w);
}
