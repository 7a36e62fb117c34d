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
