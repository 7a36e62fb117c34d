/**
 * The daemon's loop: rings -> passes, one at a time, and IDLE per mailbox -> a pass at once. Ends when the signal aborts,
 * after the pass in hand. Decides nothing: what is due stands in the database.
 */
import { AppError, inOneLine } from '../errors.ts';
import type { Mailbox } from '../ports.ts';
import { isDue, type JobName, type JobTimes, jobNames } from '../rules/job-times.ts';
import { minuteMs } from '../rules/time.ts';
import { lastRun } from '../store/runs.ts';
import { isLoginPaused, noteLoginRefused } from './login-pause.ts';
import type { MailboxRead } from './read-mailbox.ts';
import { Reads } from './reads.ts';
import { type PassParts, type PassReport, pass, passForHint } from './pass.ts';
import { type Bell, schedule } from './schedule.ts';

export interface WatchParts extends PassParts {
  jobs: JobTimes;
  onPass?: (report: PassReport) => void;
  /** so long a pass waits for a server that says nothing; default 5 seconds */
  patienceMs?: number;
  /** asked before each pass: what the owner has decided since; null when nothing is other. Throws nothing */
  renewed?: () => Promise<Renewed | null>;
}

/** What may change while the daemon runs. */
export type Renewed = Pick<WatchParts, 'settings' | 'letters' | 'jobs'>;

/** Servers answer within a second or two; one that does not may take until the limit of its line, and is waited for alone. */
const patienceMs = 5_000;

/** Waits after a lost line: doubling, at most this long. */
const longestWaitMs = minuteMs;
/** How often is looked whether the pause after a refused login is over. */
const refusedLookMs = 10_000;

/** @throws AppError 'store' when the database cannot be written: nothing may be sent then */
export async function watch(parts: WatchParts, signal: AbortSignal): Promise<void> {
  const reads = new Reads<MailboxRead>(parts.patienceMs ?? patienceMs, () => passes.takeUp());
  const passes = new PassQueue({ ...parts, reads }, signal);
  const bells = schedule(parts.clock, (bell) => passes.ring(bell));
  const ended = new AbortController();
  const listening = parts.mailboxes.map((mailbox) =>
    listen(parts, mailbox, passes, AbortSignal.any([signal, ended.signal])),
  );
  try {
    await passes.done;
  } finally {
    bells.stop();
    ended.abort();
    passes.release();
    for (const mailbox of parts.mailboxes) mailbox.reset();
    await Promise.all([...listening, reads.settled()]);
  }
}

/** One pass at a time; what is rung for meanwhile is gathered into the next. */
class PassQueue {
  readonly done: Promise<void>;
  readonly #parts: WatchParts & { reads: Reads<MailboxRead> };
  readonly #signal: AbortSignal;
  #wanted = new Set<JobName>();
  /** with what is called once it was read */
  #hinted = new Map<Mailbox, (isRead: boolean) => void>();
  #released = false;
  #refused = new Map<Mailbox, AppError>();
  #ticked = false;
  /** a pass, or the rest after a trouble of the store */
  #busy = false;
  #troubles = 0;
  #failures = 0;
  #isLookingAgain = false;
  /** faults of the last pass: said once, as long as they last */
  #told = new Set<string>();
  #finish: () => void = () => {};
  #fail: (error: unknown) => void = () => {};

  constructor(parts: WatchParts & { reads: Reads<MailboxRead> }, signal: AbortSignal) {
    this.#parts = { ...parts };
    this.#signal = signal;
    this.done = new Promise((finish, fail) => {
      this.#finish = finish;
      this.#fail = fail;
    });
    signal.addEventListener('abort', () => this.#pump(), { once: true });
  }

  ring(bell: Bell): void {
    if (bell === 'woke') for (const mailbox of this.#parts.mailboxes) mailbox.reset();
    if (bell === 'tick') this.#ticked = true;
    else this.#want(jobNames);
    this.#pump();
  }

  /** @returns whether it was read without a fault, once it was; false when nothing is read any more */
  hint(mailbox: Mailbox): Promise<boolean> {
    if (this.#released) return Promise.resolve(false);
    return new Promise((read) => {
      this.#hinted.set(mailbox, read);
      this.#pump();
    });
  }

  /** A read that no pass waited for has ended: the next pass says what came of it. */
  takeUp(): void {
    this.#want(['receive', 'deliver']);
    this.#pump();
  }

  /** Nobody waits for what is not read any more. */
  release(): void {
    this.#released = true;
    for (const read of this.#hinted.values()) read(false);
  }

  /** The listener was refused the login: written down, so that nobody tries again too soon. */
  refused(mailbox: Mailbox, error: AppError): void {
    this.#refused.set(mailbox, error);
    this.#pump();
  }

  #want(jobs: readonly JobName[]): void {
    for (const job of jobs) this.#wanted.add(job);
  }

  #pump(): void {
    if (this.#busy) return;
    if (this.#signal.aborted) return this.#finish();
    if (!this.#ticked && this.#wanted.size + this.#hinted.size + this.#refused.size === 0) return;
    this.#busy = true;
    this.#next().then(
      (report) => this.#after(report),
      (error: unknown) => this.#trouble(error),
    );
  }

  /** A hint goes first: it is short, and somebody may be waiting. Null: nothing was due. */
  async #next(): Promise<PassReport | null> {
    const { store, clock } = this.#parts;
    Object.assign(this.#parts, await this.#parts.renewed?.());
    for (const [mailbox, error] of this.#refused) {
      store.write(clock.now(), (w) => noteLoginRefused(w, mailbox.name, error));
      this.#refused.delete(mailbox);
    }
    const [hinted] = this.#hinted.keys();
    if (hinted !== undefined) return this.#follow(hinted);
    if (this.#ticked) this.#want(dueJobs(this.#parts));
    this.#ticked = false;
    const jobs = [...this.#wanted];
    this.#wanted = new Set();
    return jobs.length === 0 ? null : pass(this.#parts, jobs);
  }

  async #follow(mailbox: Mailbox): Promise<PassReport | null> {
    const read = this.#hinted.get(mailbox);
    this.#hinted.delete(mailbox);
    let isRead = false;
    try {
      if (this.#parts.reads.isReading(mailbox)) return null;
      const report = await passForHint(this.#parts, mailbox);
      isRead = report.faults.length === 0;
      return report;
    } finally {
      read?.(isRead);
    }
  }

  #after(report: PassReport | null): void {
    if (report !== null) this.#heed(report);
    this.#troubles = 0;
    this.#busy = false;
    this.#pump();
  }

  /** What was not read for a fault of the line is looked for again soon: IDLE would not ring for it a second time. */
  #heed({ faults, ...counts }: PassReport): void {
    const lines = faults.map(inOneLine);
    for (const line of lines) if (!this.#told.has(line)) this.#parts.log.warn('pass-fault', line);
    this.#told = new Set(lines);
    this.#failures = lines.length === 0 ? 0 : this.#failures + 1;
    if (lines.length > 0) void this.#lookAgain(waitMs(this.#failures));
    this.#parts.onPass?.({ ...counts, faults });
  }

  async #lookAgain(afterMs: number): Promise<void> {
    if (this.#isLookingAgain) return;
    this.#isLookingAgain = true;
    await pause(afterMs, this.#signal);
    this.#isLookingAgain = false;
    this.#want(['receive']);
    this.#pump();
  }

  /** A full disk or a lock passes: whatever was not recorded is looked for again. Any other fault of the store ends the daemon. */
  async #trouble(error: unknown): Promise<void> {
    if (!(error instanceof AppError) || !error.passing) return this.#fail(error);
    this.#troubles += 1;
    const ms = waitMs(this.#troubles);
    this.#parts.log.error('store', `${inOneLine(error)}; tried again in ${Math.round(ms / 1000)} seconds`);
    await pause(ms, this.#signal);
    this.#want(jobNames);
    this.#busy = false;
    this.#pump();
  }
}

function dueJobs(parts: WatchParts): JobName[] {
  const now = parts.clock.now();
  const zone = parts.settings.owner.timeZone;
  return parts.store.read((r) =>
    jobNames.filter((job) => isDue(parts.jobs[job], zone, lastRun(r, job)?.startedAt, now)),
  );
}

/**
 * IDLE is only a hint: whatever it says, a pass looks for itself. Listened is again when it has, since until then what
 * was heard of stays news. A lost line is tried again, ever more slowly.
 */
async function listen(parts: WatchParts, mailbox: Mailbox, passes: PassQueue, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      if (parts.store.read((r) => isLoginPaused(r, mailbox.name, parts.clock.now()))) {
        await pause(refusedLookMs, signal);
        continue;
      }
      await mailbox.changed('inbox', signal);
      if (signal.aborted) return;
      // Unread, it is still news: without a pause it would be heard of again and again.
      failures = (await passes.hint(mailbox)) ? 0 : failures + 1;
    } catch (error) {
      failures += 1;
      if (!(error instanceof AppError)) parts.log.error('idle-fault', String(error));
      else if (error.code === 'login-refused') passes.refused(mailbox, error);
      // numbered anew: only a pass opens the folder afresh
      else if (error.code === 'conflict') await passes.hint(mailbox);
    }
    if (failures > 0) await pause(waitMs(failures), signal);
  }
}

function waitMs(failures: number): number {
  return Math.min(longestWaitMs, 1000 * 2 ** failures);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
