/**
 * Is the file whole? Read through when the last run did not end cleanly, or when that was last done more than a day ago.
 * Mends nothing.
 */
import { dayMs, fromIso, type Instant, toIso } from '../rules/time.ts';
import type { Store } from './database.ts';
import { factOf, setFact } from './facts.ts';
import { damaged } from './faults.ts';

const checkedKey = 'file-checked-at';
/** Holds when the present run began; empty: the last one ended cleanly. */
const inUseKey = 'in-use-since';

/** @throws AppError 'store' when the file is damaged: then nothing may be sent from it */
export function beginRun(store: Store, now: Instant): void {
  if (!isTrusted(store, now)) {
    const found = store.check();
    if (!found.ok) throw damaged(store.path, found.problem);
    store.write(now, (w) => setFact(w, checkedKey, toIso(now)));
  }
  store.write(now, (w) => setFact(w, inUseKey, toIso(now)));
}

export function endRunCleanly(store: Store, now: Instant): void {
  store.write(now, (w) => setFact(w, inUseKey, ''));
}

function isTrusted(store: Store, now: Instant): boolean {
  return store.read((r) => {
    const checkedAt = factOf(r, checkedKey);
    return factOf(r, inUseKey) === '' && checkedAt !== undefined && Math.abs(now - fromIso(checkedAt)) < dayMs;
  });
}
