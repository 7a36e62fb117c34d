/**
 * Asked to end: what is in hand gets a little while, then every line is cut, and what hung on one ends as with a lost
 * line. So the program ends soon, and each letter stands in the state that is true of it. Waits for nothing itself.
 */
import type { Courier, Mailbox } from '../ports.ts';

export interface Lines {
  mailboxes: readonly Mailbox[];
  couriers: readonly Courier[];
}

/** Enough for a letter on an honest server, and well within the ten seconds that service managers give. */
const graceMs = 4_000;

/** Runs `work`; when `signal` aborts, `work` has a little while left before the lines are cut. */
export async function endedBy<T>(signal: AbortSignal | undefined, lines: Lines, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const asked = () => {
    timer = setTimeout(() => cut(lines), graceMs);
  };
  if (signal?.aborted) asked();
  signal?.addEventListener('abort', asked, { once: true });
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', asked);
  }
}

function cut({ mailboxes, couriers }: Lines): void {
  for (const courier of couriers) courier.cut?.();
  for (const mailbox of mailboxes) {
    // Closed first, so that no command builds a new line.
    void mailbox.close();
    mailbox.reset();
  }
}
