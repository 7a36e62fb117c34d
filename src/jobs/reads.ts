/**
 * The reads of mailboxes that outlast a pass. A server that says nothing for a while holds up its own mailbox alone: the
 * pass goes on without it, the read goes on beside it, and what comes of it belongs to the next pass. No mailbox is read
 * twice at the same time. Reads nothing itself.
 */
import type { Mailbox } from '../ports.ts';

/** Told whenever the server has said something. */
export type Alive = () => void;

interface Read<T> {
  done: Promise<T>;
  isLate: boolean;
  isSettled: boolean;
  /** told to whoever waits for the next sign of life */
  alive: Alive;
}

export class Reads<T> {
  readonly #inHand = new Map<Mailbox, Read<T>>();
  readonly #patienceMs: number;
  readonly #settledLate: () => void;

  /** @param settledLate called when a read has ended that a pass did not wait for */
  constructor(patienceMs: number, settledLate: () => void) {
    this.#patienceMs = patienceMs;
    this.#settledLate = settledLate;
  }

  /** Begins a read unless one is in hand. @returns what came of it; null while its server keeps silent */
  async of(mailbox: Mailbox, begin: (alive: Alive) => Promise<T>): Promise<T | null> {
    const read = this.#inHand.get(mailbox) ?? this.#begun(mailbox, begin);
    if (!read.isLate) await this.#waited(read);
    if (!read.isSettled) return null;
    this.#inHand.delete(mailbox);
    return read.done;
  }

  isReading(mailbox: Mailbox): boolean {
    return this.#inHand.has(mailbox);
  }

  /** Waits for all that are in hand, whatever comes of them. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#inHand.values()].map((read) => read.done));
  }

  #begun(mailbox: Mailbox, begin: (alive: Alive) => Promise<T>): Read<T> {
    const read: Read<T> = { done: begin(() => read.alive()), isLate: false, isSettled: false, alive: () => {} };
    this.#inHand.set(mailbox, read);
    const settled = () => {
      read.isSettled = true;
      if (read.isLate) this.#settledLate();
    };
    read.done.then(settled, settled);
    return read;
  }

  /** Until the read has ended, or nothing was heard for so long: then it is late. */
  #waited(read: Read<T>): Promise<void> {
    return new Promise((goOn) => {
      const late = () => ((read.isLate = true), goOn());
      const timer = setTimeout(late, this.#patienceMs);
      read.alive = () => void timer.refresh();
      const ended = () => (clearTimeout(timer), goOn());
      read.done.then(ended, ended);
    });
  }
}
