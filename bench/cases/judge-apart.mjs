/**
 * Judges in a thread of its own, as a mail that ends the thread must not end the others' play. Both halves stand here: the
 * thread's own body runs where this file is loaded as one.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { playAbsence, playJudge } from './judge.mjs';

/** A mail that takes longer hangs the reader. */
const deadlineMs = 60_000;
const plays = { judge: playJudge, absence: playAbsence };

export class JudgeApart {
  #thread = null;
  #turn = Promise.resolve();

  /** One after the other: a thread that dies tells by its time which case it was. */
  play(kind, one, options) {
    const result = this.#turn.then(() => this.#ask({ kind, one, options }));
    this.#turn = result.catch(() => {});
    return result;
  }

  async end() {
    await this.#thread?.terminate();
  }

  #ask(message) {
    const thread = (this.#thread ??= new Worker(new URL(import.meta.url)));
    return new Promise((done) => {
      const lost = (seen, detail = '') => {
        this.#thread = null;
        void thread.terminate();
        settle({ ok: false, seen, detail });
      };
      const late = setTimeout(() => lost(`no verdict within ${deadlineMs / 1000} s`), deadlineMs);
      const heard = {
        message: (result) => settle(result),
        error: (error) => lost(`crash: ${error.message}`, error.stack),
        exit: (code) => lost(`the thread ended with ${code}`),
      };
      const settle = (result) => {
        clearTimeout(late);
        for (const [name, listener] of Object.entries(heard)) thread.off(name, listener);
        done(result);
      };
      for (const [name, listener] of Object.entries(heard)) thread.on(name, listener);
      thread.postMessage(message);
    });
  }
}

if (!isMainThread) {
  const program = await import('./built.mjs');
  parentPort.on('message', async ({ kind, one, options }) => parentPort.postMessage(await plays[kind](one, options, program)));
}
