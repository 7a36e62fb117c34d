/**
 * Parsing on threads, so that a hostile mail stops neither the mailbox nor the next mail: a thread that does not
 * answer in time, or runs out of memory, is ended and replaced. Where the compiled worker is not there (running from
 * the sources) it parses in-process, with the deadline of parse.ts alone.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { ParsedMail } from '../rules/message.ts';
import type { ParseOptions } from './parse.ts';
import { SharedSources } from './shared-sources.ts';

/** Packed: hundreds wait while a large mailbox is read, and those that V8 knows as objects it looks at again and again. */
export interface PackedMail {
  /** anew at each call */
  unpack(): ParsedMail;
  /** Gives back its memory at once. To be called when nobody will unpack it any more. */
  release(): void;
}

export interface Parser {
  /** Begins what the first message would otherwise have to wait for; done when it runs, before it has loaded all. */
  begin(): Promise<void>;
  /**
   * @param source is copied at once, and need not be kept
   * @throws AppError 'bad-input' when the message cannot be read; the next one can
   */
  parse(source: Uint8Array, options?: ParseOptions): Promise<PackedMail>;
  close(): Promise<void>;
}

export interface ParserOptions {
  /** at most; the second is begun only while the first is slow at a message. Default 2 */
  threads?: number;
  /** milliseconds one message may take before its thread is ended; default 5,000 */
  deadlineMs?: number;
  /** milliseconds after which a thread with nothing to do is ended; default 60,000 */
  idleMs?: number;
  /** told each time a thread has begun */
  begun?: () => void;
  /** the compiled worker; default parse-worker.js beside this file */
  worker?: URL;
}

/** What is sent to a thread, several at a time. */
export interface ParseJob {
  id: number;
  source: Uint8Array;
  options: ParseOptions;
}

/** What a thread answers. */
export type ParseReply = { id: number; packed: Uint8Array } | { id: number; fault: string };

const memoryMb = 384;
/** Room for what lives briefly: with more, less time goes into clearing up, and the thread keeps what it once had. */
const briefMemoryMb = 16;
/** Messages a thread holds at most: enough for the time in which a transaction keeps the main thread, few enough to do again. */
const mostInHand = 256;
/** The watch looks this many times within a deadline. */
const looks = 10;

export function openParser(options: ParserOptions = {}): Parser {
  const worker = options.worker ?? new URL('./parse-worker.js', import.meta.url);
  if (!existsSync(fileURLToPath(worker))) return { begin: async () => {}, parse: parseHere, close: async () => {} };
  return new ThreadedParser({ threads: 2, deadlineMs: 5_000, idleMs: 60_000, begun: () => {}, ...options, worker });
}

/** The libraries that read mail are loaded here only where no thread has them. */
async function parseHere(source: Uint8Array, options?: ParseOptions): Promise<PackedMail> {
  const { parse } = await import('./parse.ts');
  const mail = await parse(source, options);
  return { unpack: () => mail, release: () => {} };
}

function packedMail(packed: Uint8Array): PackedMail {
  return {
    unpack: () => deserialize(packed) as ParsedMail,
    // Bytes that have waited belong to the old, which V8 seldom looks through; moved to a new owner, they go with the young.
    release: () => void structuredClone(packed.buffer, { transfer: [packed.buffer as ArrayBuffer] }),
  };
}

interface Waiting extends ParseJob {
  resolve(mail: PackedMail): void;
  reject(fault: AppError): void;
}

class ThreadedParser implements Parser {
  readonly #options: Required<ParserOptions>;
  readonly #sources = new SharedSources();
  #threads: Thread[] = [];
  #queue: Waiting[] = [];
  #nextId = 1;
  #watch: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: Required<ParserOptions>) {
    this.#options = options;
  }

  parse(source: Uint8Array, options: ParseOptions = {}): Promise<PackedMail> {
    if (this.#closed) return Promise.reject(new AppError('internal', 'the parser is closed'));
    const held = this.#sources.hold(source);
    const parsed = new Promise<PackedMail>((resolve, reject) => {
      this.#queue.push({ id: this.#nextId++, source: held.bytes, options, resolve, reject });
      // Messages asked for in one go are sent in one go.
      if (this.#queue.length === 1) queueMicrotask(() => this.#share());
    });
    return parsed.finally(() => held.release());
  }

  async begin(): Promise<void> {
    if (this.#threads.length > 0) return;
    await this.#newThread().begun;
    this.#share();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#look(false);
    clearTimeout(this.#rest);
    const open = [...this.#queue, ...this.#threads.flatMap((thread) => [...thread.inHand.values()])];
    this.#queue = [];
    for (const job of open) job.reject(new AppError('internal', 'the parser was closed'));
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #newThread(): Thread {
    const thread = new Thread(this.#options.worker, {
      answered: () => this.#share(),
      died: (dead, why) => this.#bury(dead, why),
    });
    void thread.begun.then(() => this.#options.begun());
    this.#threads.push(thread);
    return thread;
  }

  /**
   * One thread keeps up with the recording. A further one is begun only while those that run are slow at a message, so
   * that the others need not wait for it.
   */
  #share(): void {
    if (this.#closed) return;
    for (const thread of this.#threads) this.#give(thread);
    const mayGrow = this.#threads.length < Math.max(1, this.#options.threads);
    if (this.#queue.length > 0 && mayGrow && this.#threads.every((thread) => thread.isSlow))
      this.#give(this.#newThread());
    const isBusy = this.#threads.some((thread) => thread.inHand.size > 0);
    this.#look(isBusy);
    clearTimeout(this.#rest);
    if (!isBusy) this.#restSoon();
  }

  /** What an idle thread holds is worth more to a laptop than the moment that the next message waits for a new one. */
  #restSoon(): void {
    this.#rest = setTimeout(() => {
      for (const thread of this.#threads.splice(0)) void thread.end();
      this.#sources.clear();
    }, this.#options.idleMs).unref();
  }

  #give(thread: Thread): void {
    const room = mostInHand - thread.inHand.size;
    if (room > mostInHand / 2 && this.#queue.length > 0) thread.take(this.#queue.splice(0, room));
  }

  /**
   * Of the message it was at the header alone is read elsewhere, and it is given up when that ends a thread as well;
   * what it had not begun, or not yet handed over, is done again. A thread that never began anything would not begin
   * next time either.
   */
  #bury(thread: Thread, why: string): void {
    if (!this.#threads.includes(thread)) return;
    this.#threads = this.#threads.filter((one) => one !== thread);
    void thread.end();
    const { current } = thread;
    const jobs = [...thread.inHand.values()];
    const lost = jobs.filter(
      ({ id, options }) => current === 0 || (id === current && options.headerOnly !== undefined),
    );
    const again = jobs.filter((job) => !lost.includes(job));
    for (const job of again) if (job.id === current) job.options = { ...job.options, headerOnly: why };
    this.#queue.unshift(...again);
    const next = 'Look at it in your mail program; Paletti does nothing with it.';
    for (const job of lost) job.reject(new AppError('bad-input', why, { next }));
    this.#share();
  }

  #look(on: boolean): void {
    if (on === (this.#watch !== undefined)) return;
    clearInterval(this.#watch);
    this.#watch = on ? setInterval(() => this.#endStuck(), this.#options.deadlineMs / looks) : undefined;
    this.#watch?.unref();
  }

  #endStuck(): void {
    for (const thread of [...this.#threads]) {
      if (thread.stuckFor() > looks) this.#bury(thread, `reading it took longer than ${this.#options.deadlineMs} ms`);
    }
    this.#share();
  }
}

interface ThreadEvents {
  answered(): void;
  died(thread: Thread, why: string): void;
}

class Thread {
  readonly inHand = new Map<number, Waiting>();
  /** also when it ended before */
  readonly begun: Promise<void>;
  readonly #worker: Worker;
  readonly #events: ThreadEvents;
  /** the id of the message the thread is at, written by the thread */
  readonly #current = new Int32Array(new SharedArrayBuffer(4));
  #lastSeen = 0;
  #looks = 0;

  constructor(url: URL, events: ThreadEvents) {
    this.#events = events;
    this.#worker = new Worker(url, {
      workerData: this.#current,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: briefMemoryMb, stackSizeMb: 4 },
      env: {},
      stdin: false,
    });
    this.begun = new Promise((resolve) => {
      for (const event of ['online', 'exit']) this.#worker.once(event, () => resolve());
    });
    void this.begun.then(() => this.#rest());
    this.#worker.on('message', (replies: ParseReply[]) => this.#settle(replies));
    this.#worker.on('error', (error) => events.died(this, `reading it ended a thread: ${error.message}`));
    this.#worker.on('exit', () => events.died(this, 'reading it ended a thread'));
  }

  get current(): number {
    return Atomics.load(this.#current, 0);
  }

  take(jobs: Waiting[]): void {
    for (const job of jobs) this.inHand.set(job.id, job);
    this.#worker.ref();
    const sent: ParseJob[] = jobs.map(({ id, source, options }) => ({ id, source, options }));
    this.#worker.postMessage(sent);
  }

  /** How many looks in a row found it busy at the same message. */
  stuckFor(): number {
    const { current } = this;
    const same = this.inHand.size > 0 && current === this.#lastSeen && this.inHand.has(current);
    this.#looks = same ? this.#looks + 1 : 0;
    this.#lastSeen = current;
    return this.#looks;
  }

  get isSlow(): boolean {
    return this.inHand.size > 0 && this.#looks > 0;
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners();
    this.#worker.on('error', () => {});
    await this.#worker.terminate();
  }

  #settle(replies: ParseReply[]): void {
    for (const reply of replies) {
      const job = this.inHand.get(reply.id);
      this.inHand.delete(reply.id);
      if ('packed' in reply) job?.resolve(packedMail(reply.packed));
      else job?.reject(new AppError('bad-input', reply.fault));
    }
    this.#rest();
    this.#events.answered();
  }

  /** With nothing in hand it does not keep the program from ending. */
  #rest(): void {
    if (this.inHand.size === 0) this.#worker.unref();
  }
}
