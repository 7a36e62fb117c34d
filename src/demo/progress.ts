/**
 * One line that says how far the demonstration is: on a terminal it is written over itself and taken away before
 * anything else is printed; elsewhere it is a plain line now and then.
 */
import type { Sink } from '../cli/terminal.ts';

const clearLine = '\r\u001b[K';
const barWidth = 24;

export class Progress {
  readonly #sink: Sink;
  readonly #total: number;
  /** days between two plain lines */
  readonly #every = 15;
  #shown = false;
  #told = -1;

  constructor(sink: Sink, total: number) {
    this.#sink = sink;
    this.#total = total;
  }

  /** @param done days gone by */
  show(done: number, text: string): void {
    if (this.#sink.isTTY === true) {
      const filled = Math.round((barWidth * done) / this.#total);
      const bar = '━'.repeat(filled) + '╌'.repeat(barWidth - filled);
      this.#sink.write(`${clearLine}${bar} day ${done} of ${this.#total}, ${text}`);
      this.#shown = true;
    } else if (Math.floor(done / this.#every) > this.#told) {
      this.#told = Math.floor(done / this.#every);
      this.#sink.write(`demo: day ${done} of ${this.#total}, ${text}\n`);
    }
  }

  clear(): void {
    if (this.#shown) this.#sink.write(clearLine);
    this.#shown = false;
  }
}
