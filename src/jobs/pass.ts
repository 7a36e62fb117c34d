/**
 * One pass: receive, judge, warn, dun, deliver, file, in this order. The daemon, `run --once`, `plan`, `demo` and the
 * story tests all go through it. A fault of one mailbox does not stop the others; a fault of the store stops everything.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import type { Log } from '../log.ts';
import type { Courier, Mailbox } from '../ports.ts';
import { type JobName, jobNames } from '../rules/job-times.ts';
import type { FolderRole } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { dayMs, fromIso, minuteMs, toIso } from '../rules/time.ts';
import type { Store } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import type { Handovers } from '../store/handovers.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { heldDue, inState, queuedDue } from '../store/outbox.ts';
import { recordRun } from '../store/runs.ts';
import { deliver, installationKey } from './deliver.ts';
import { dun, settlePaid } from './dun.ts';
import { file } from './file.ts';
import { activatedKey, judge } from './judge.ts';
import { exit } from './exit.ts';
import { isLoginPaused, noteLoginAccepted, noteLoginRefused, wasLoginRefused } from './login-pause.ts';
import { gapEndedKey } from './long-gap.ts';
import { nudge } from './nudge.ts';
import { receive, receiveNew } from './receive.ts';
import { warn } from './warn.ts';

export interface PassParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  letters: Letters;
  log: Log;
  mailboxes: readonly Mailbox[];
  couriers: readonly Courier[];
  /** 0..1; spreads retries */
  spread(): number;
  /** absent where nothing really leaves */
  handovers?: Handovers;
  progress?: (mailbox: string, folder: FolderRole, done: number, total: number) => void;
}

export interface PassReport {
  recorded: number;
  quarantined: number;
  judged: number;
  warned: number;
  written: number;
  sent: number;
  waiting: number;
  filed: number;
  faults: AppError[];
}

/** After this long without a pass nothing above a reminder leaves without a fresh approval. */
export const longGapMs = 2 * dayMs;

const lastPassKey = 'last-pass-at';

/** @throws AppError 'store' only; faults of the network are in the report */
export async function pass(parts: PassParts, jobs: readonly JobName[] = jobNames): Promise<PassReport> {
  begin(parts);
  const longGap = isAfterGap(parts);
  const report = emptyReport();
  const wants = (job: JobName) => jobs.includes(job);
  const lookedInto = new Map<string, Mailbox>();
  // What dunning may write in this pass leaves in this pass, and nothing leaves without a look into the mailbox.
  if (wants('receive') || wants('dun') || (wants('deliver') && hasWork(parts))) {
    await recorded(parts, 'receive', async () => {
      const looked = await Promise.all(parts.mailboxes.map((mailbox) => receiveOne(parts, mailbox, receive, report)));
      for (const mailbox of parts.mailboxes.filter((_, index) => looked[index])) lookedInto.set(mailbox.name, mailbox);
    });
  }
  if (wants('judge') || lookedInto.size > 0) {
    await recorded(parts, 'judge', async () => {
      report.judged = judge(parts);
      report.warned = warn(parts);
    });
  }
  const dunning = { ...parts, longGap, mailbox: parts.mailboxes[0]?.name ?? '' };
  if (!wants('dun') && wants('deliver')) settlePaid(dunning);
  if (wants('dun')) {
    await recorded(parts, 'dun', async () => {
      report.written = exit(dunning) + dun(dunning) + nudge(dunning);
    });
  }
  const shared = {
    ...parts,
    longGap,
    lookedInto: (name: string) => lookedInto.get(name),
    courierOf: (name: string) => parts.couriers.find((courier) => courier.mailbox === name),
  };
  if (wants('deliver') && hasWork(parts)) {
    await recorded(parts, 'deliver', () => guarded(report, async () => Object.assign(report, await deliver(shared))));
  }
  if (wants('file') || report.sent > 0) {
    await recorded(parts, 'file', () => guarded(report, async () => void (report.filed = await file(shared))));
  }
  return report;
}

/**
 * New mail was hinted at: only that INBOX is read, and judged. Sent, flags and deliveries wait for the next pass, so
 * that a message is on record within one round trip.
 * @throws AppError 'store' only
 */
export async function passForHint(parts: PassParts, mailbox: Mailbox): Promise<PassReport> {
  begin(parts);
  const report = emptyReport();
  await receiveOne(parts, mailbox, receiveNew, report);
  report.judged = judge(parts);
  return report;
}

function emptyReport(): PassReport {
  const nothing = { recorded: 0, quarantined: 0, judged: 0, warned: 0, written: 0, sent: 0, waiting: 0, filed: 0 };
  return { ...nothing, faults: [] };
}

/** For so long after a gap a step that fell due in it may still turn up: over a weekend and a holiday. */
const afterGapMs = 4 * dayMs;

function isAfterGap({ store, clock }: PassParts): boolean {
  const ended = store.read((r) => factOf(r, gapEndedKey));
  return ended !== undefined && clock.now() - fromIso(ended) < afterGapMs;
}

/** Writes down that a pass began, at most once a minute, and whether none ran for long. */
function begin(parts: PassParts): void {
  const now = parts.clock.now();
  const last = parts.store.read((r) => factOf(r, lastPassKey));
  if (last !== undefined && Math.abs(now - fromIso(last)) < minuteMs) return;
  parts.store.write(now, (w) => {
    if (factOf(w, activatedKey) === undefined) setFact(w, activatedKey, toIso(now));
    if (factOf(w, installationKey) === undefined) setFact(w, installationKey, randomUUID());
    setFact(w, lastPassKey, toIso(now));
    if (last !== undefined && now - fromIso(last) > longGapMs) {
      setFact(w, gapEndedKey, toIso(now));
      const why = `no pass ran between ${last} and ${toIso(now)}; nothing above a reminder leaves without a fresh approval`;
      note(w, { kind: 'long-gap', subject: 'pass', why });
      notice(
        w,
        `gap/${toIso(now)}`,
        `Paletti was away since ${last}: nothing above a reminder leaves without your fresh approval.`,
        'paletti outbox',
      );
    }
  });
}

/** Nothing in the outbox can move: then no server is asked. */
function hasWork({ store, clock }: PassParts): boolean {
  return store.read(
    (r) =>
      heldDue(r, clock.now()).length +
        queuedDue(r, clock.now()).length +
        inState(r, 'sending').length +
        inState(r, 'unsure').length >
      0,
  );
}

/** @returns whether the mailbox was read */
async function receiveOne(
  parts: PassParts,
  mailbox: Mailbox,
  how: typeof receive,
  report: PassReport,
): Promise<boolean> {
  const { store, clock } = parts;
  if (store.read((r) => isLoginPaused(r, mailbox.name, clock.now()))) return false;
  return guarded(report, async () => {
    try {
      const progress = (role: FolderRole, done: number, total: number) =>
        parts.progress?.(mailbox.name, role, done, total);
      const { recorded: count, quarantined } = await how({ ...parts, mailbox, progress });
      report.recorded += count;
      report.quarantined += quarantined;
    } catch (error) {
      if (error instanceof AppError && error.code === 'login-refused')
        store.write(clock.now(), (w) => noteLoginRefused(w, mailbox.name, error));
      throw error;
    }
    if (store.read((r) => wasLoginRefused(r, mailbox.name)))
      store.write(clock.now(), (w) => noteLoginAccepted(w, mailbox.name));
  });
}

/** A fault of the network is reported and passed over; one of the store, or of the program, ends the pass. */
async function guarded(report: PassReport, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'store' || error.code === 'internal') throw error;
    report.faults.push(error);
    return false;
  }
}

async function recorded(parts: PassParts, job: JobName, work: () => Promise<unknown>): Promise<void> {
  const { store, clock } = parts;
  const startedAt = clock.now();
  const record = (outcome: 'ok' | 'failed', detail: string) =>
    store.write(clock.now(), (w) => recordRun(w, { job, startedAt, outcome, detail }));
  try {
    await work();
  } catch (error) {
    // Not into a store that has just failed: it would fail, or wait for the lock, once more.
    if (!(error instanceof AppError && error.code === 'store'))
      record('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
  record('ok', '');
}
