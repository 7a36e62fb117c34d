/** What every act at the desk is handed, and how it writes: one transaction, one moment. */
import type { Clock } from '../clock.ts';
import type { Store, Writer } from '../store/database.ts';

export interface DeskParts {
  store: Store;
  clock: Clock;
}

/** Runs one act in one transaction, stamped with the moment of the clock. */
export function act<T>(desk: DeskParts, change: (w: Writer) => T): T {
  return desk.store.write(desk.clock.now(), change);
}

/**
 * A preview does the same and takes it back.
 * @throws what `work` throws; the record is as it was when `isReal` is false
 */
export function tried<T>(desk: DeskParts, isReal: boolean, work: (w: Writer) => T): T {
  if (isReal) return desk.store.write(desk.clock.now(), work);
  const undone = new Undone<T>();
  try {
    return desk.store.write(desk.clock.now(), (w) => {
      undone.result = work(w);
      throw undone;
    });
  } catch (thrown) {
    if (thrown === undone) return undone.result as T;
    throw thrown;
  }
}

class Undone<T> extends Error {
  result: T | undefined;
}
