/**
 * One pass: receive, judge, warn, dun, deliver, file, in this order. The daemon, `run --once`, `plan`, `demo` and the
 * story tests all go through it. A fault of one mailbox does not stop the others; a fault of the store stops everything.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { AppError, isOfTheNetwork } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import type { Log } from '../log.ts';
import type { Courier, Mailbox } from '../ports.ts';
import { type JobName, jobNames } from '../rules/job-times.ts';
import type { Site } from '../rules/claim.ts';
import type { Ending } from '../rules/endings.ts';
import type { Place } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { dayMs, fromIso, minuteMs, toIso, wallMoment, type Instant } from '../rules/time.ts';
import { touchOpenCases } from '../store/cases.ts';
import type { Store, Writer } from '../store/database.ts';
import { touchOpenExits } from '../store/exits.ts';
import { factOf, setFact } from '../store/facts.ts';
import type { Handovers } from '../store/handovers.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { newestLetterId } from '../store/outbox.ts';
import { isAnyMoving } from '../store/outbox-queue.ts';
import { pausedNow } from '../store/pause.ts';
import { type EndedRun, recordRun } from '../store/runs.ts';
import { installationKey } from './claim.ts';
import { deliver } from './deliver.ts';
import { dun, lookAfterSending, settlePaid } from './dun.ts';
import { sayWhatEnds } from './endings.ts';
import { file } from './file.ts';
import { acknowledgeAnother } from './acknowledge-another.ts';
import { activatedKey, judge } from './judge.ts';
import { exit } from './exit.ts';
import { gapEndedKey } from './long-gap.ts';
import { nudge } from './nudge.ts';
import { answerOccasions } from './occasions.ts';
import { closeWhatIsOver } from './overtaken.ts';
import { sendOwnMails } from './own-mail.ts';
import { type MailboxRead, readInPass, readMailbox } from './read-mailbox.ts';
import type { Reads } from './reads.ts';
import { receiveNew } from './receive.ts';
import { sayAgainWhatWaits } from './say-again.ts';
import { speakOfSigns } from './speak.ts';
import { warn } from './warn.ts';
import type { Reason } from '../rules/reason.ts';

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
  /** absent where nothing really leaves: no claim is written then */
  place?: Site;
  /** on a copy: nothing really leaves, and nobody reads the outbox between passes (see jobs/deliver, jobs/exit) */
  unseen?: boolean;
  progress?: (mailbox: string, folder: Place, done: number, total: number) => void;
  /** in the daemon: a server that hangs is not waited for; absent: all are */
  reads?: Reads<MailboxRead>;
  /** looks at the folders and mails that files of invoices and payments come in; absent where nothing is read */
  books?: () => Promise<unknown>;
  /** what the mailboxes log in with, and when it ends; absent where nothing really logs in */
  endings?: () => readonly Ending[];
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
  /** why nothing leaves, when sending is paused at the end of the pass; null: letters may */
  paused: Reason | null;
  faults: AppError[];
}

/** After this long without a pass nothing above a reminder leaves without a fresh approval. */
export const longGapMs = 2 * dayMs;

/** Keys in the facts table: the settings that the next look at an exit, and at overdue money, was worked out by. */
const exitRulesKey = 'exit-rules';
const dunningRulesKey = 'dunning-rules';
const lastPassKey = 'last-pass-at';
/** Since when passes have found sending paused; '' once they have found that letters may leave again. */
const stoppedSinceKey = 'sending-found-paused-since';

/** @throws AppError 'store' only; faults of the network are in the report */
export async function pass(parts: PassParts, jobs: readonly JobName[] = jobNames): Promise<PassReport> {
  begin(parts);
  const longGap = isAfterGap(parts);
  const report = emptyReport();
  const wants = (job: JobName) => jobs.includes(job);
  const lookedInto = new Map<string, Mailbox>();
  const newestBefore = parts.store.read(newestLetterId);
  const book: Book = { runs: [], report };
  // What dunning may write in this pass leaves in this pass, and nothing leaves without a look into the mailbox.
  if (wants('receive') || wants('dun') || (wants('deliver') && hasWork(parts))) {
    await recorded(parts, book, 'receive', async () => {
      for (const read of await Promise.all(parts.mailboxes.map((mailbox) => readInPass(parts, mailbox)))) {
        add(report, read);
        if (read.fault === null) lookedInto.set(read.mailbox.name, read.mailbox);
      }
    });
  }
  if (wants('judge') || lookedInto.size > 0) {
    await recorded(parts, book, 'judge', async () => {
      report.judged += judge(parts);
      acknowledgeAnother(parts);
      report.warned = warn(parts);
      closeWhatIsOver(parts);
      // dunning tells her at its end
      if (!wants('dun') && (report.judged > 0 || report.warned > 0)) tellTheOwner(parts);
    });
  }
  // money is known before anybody is reminded of it
  const { books } = parts;
  if (books !== undefined && (wants('receive') || wants('dun'))) await guarded(report, books);
  const dunning = { ...parts, longGap, mailbox: parts.mailboxes[0]?.name ?? '' };
  if (!wants('dun') && wants('deliver')) settlePaid(dunning);
  if (wants('dun')) {
    await recorded(parts, book, 'dun', async () => {
      exit(dunning);
      dun(dunning);
      answerOccasions(dunning);
      nudge(dunning);
      tellTheOwner(parts);
    });
  }
  const shared = {
    ...parts,
    longGap,
    lookedInto: (name: string) => lookedInto.get(name),
    courierOf: (name: string) => parts.couriers.find((courier) => courier.mailbox === name),
  };
  // before letters: what she has answered herself is not acknowledged first
  if (parts.unseen !== true)
    for (const mailbox of lookedInto.values()) await guarded(report, () => sendOwnMails(shared, mailbox));
  if (wants('deliver') && hasWork(parts)) {
    const since = parts.clock.now();
    await recorded(parts, book, 'deliver', () =>
      guarded(report, async () => Object.assign(report, await deliver(shared))),
    );
    if (report.sent > 0) lookAfterSending(dunning, since);
  }
  if ((wants('file') || report.sent > 0) && parts.unseen !== true) {
    await recorded(parts, book, 'file', () => guarded(report, async () => void (report.filed = await file(shared))));
  }
  recordRuns(parts, book.runs);
  return summedUp(parts, report, newestBefore);
}

/** What she has to know or decide, besides what a single matter asks of her. */
function tellTheOwner(parts: PassParts): void {
  if (parts.unseen === true) return;
  sayAgainWhatWaits(parts);
  sayWhatEnds(parts);
  speakOfSigns(parts);
}

/** Letters are counted by what is in the outbox, whichever job has written them. */
function summedUp({ store, clock }: PassParts, report: PassReport, newestBefore: number): PassReport {
  const [newest, paused] = store.read((r) => [newestLetterId(r), pausedNow(r, clock.now())] as const);
  return Object.assign(report, { written: newest - newestBefore, paused: paused?.why ?? null });
}

/**
 * New mail was hinted at: only that INBOX is read, and judged. Sent, flags and deliveries wait for the next pass, so
 * that a message is on record within one round trip.
 * @throws AppError 'store' only
 */
export async function passForHint(parts: PassParts, mailbox: Mailbox): Promise<PassReport> {
  begin(parts);
  const report = emptyReport();
  add(report, await readMailbox(parts, mailbox, receiveNew));
  report.judged += judge(parts);
  return report;
}

function add(report: PassReport, { recorded: count, quarantined, judged, fault }: MailboxRead): void {
  report.recorded += count;
  report.quarantined += quarantined;
  report.judged += judged;
  if (fault !== null) report.faults.push(fault);
}

function emptyReport(): PassReport {
  const nothing = { recorded: 0, quarantined: 0, judged: 0, warned: 0, written: 0, sent: 0, waiting: 0, filed: 0 };
  return { ...nothing, paused: null, faults: [] };
}

/** For so long after a gap a step that fell due in it may still turn up: over a weekend and a holiday. */
const afterGapMs = 4 * dayMs;

function isAfterGap({ store, clock }: PassParts): boolean {
  const ended = store.read((r) => factOf(r, gapEndedKey));
  return ended !== undefined && clock.now() - fromIso(ended) < afterGapMs;
}

/** Writes down that a pass began, at most once a minute, and whether none ran, or nothing could leave, for long. */
function begin(parts: PassParts): void {
  const now = parts.clock.now();
  const rules = rulesOf(parts.settings);
  const [last, isStopped, stoppedSince, isOther] = parts.store.read((r) => [
    factOf(r, lastPassKey),
    pausedNow(r, now) !== null,
    factOf(r, stoppedSinceKey) || undefined,
    rules.some(([key, text]) => factOf(r, key) !== text),
  ]);
  const isTurned = isStopped !== (stoppedSince !== undefined);
  if (last !== undefined && !isTurned && !isOther && Math.abs(now - fromIso(last)) < minuteMs) return;
  parts.store.write(now, (w) => {
    const activated = factOf(w, activatedKey);
    // a first start that lies ahead was written by a clock that has been set right since
    if (activated === undefined || now < fromIso(activated)) setFact(w, activatedKey, toIso(now));
    if (factOf(w, installationKey) === undefined) setFact(w, installationKey, randomUUID());
    setFact(w, lastPassKey, toIso(now));
    if (isTurned) setFact(w, stoppedSinceKey, isStopped ? toIso(now) : '');
    lookAgainAfterChange(w, rules, last);
    if (last !== undefined && now - fromIso(last) > longGapMs) noteGap(w, parts.settings, 'away', fromIso(last));
    else if (!isStopped && stoppedSince !== undefined && now - fromIso(stoppedSince) > longGapMs)
      noteGap(w, parts.settings, 'paused', fromIso(stoppedSince));
  });
}

/** What was decided days ago may have been settled since by ways that were not entered yet. */
function noteGap(w: Writer, { owner }: Settings, how: 'away' | 'paused', from: Instant): void {
  const { timeZone } = owner;
  setFact(w, gapEndedKey, toIso(w.now));
  const since = wallMoment(from, timeZone);
  const why: Reason =
    how === 'away' ? { code: 'pass-gap', since, until: wallMoment(w.now, timeZone) } : { code: 'pause-over', since };
  note(w, { kind: 'long-gap', subject: 'pass', why });
  notice(w, `gap/${toIso(w.now)}`, { code: 'gap', how, since });
}

type Rules = readonly (readonly [key: string, text: string])[];

/** What the next look at an exit, and at a case, is worked out by, as far as the owner decides it. */
function rulesOf({ exit, dunning, owner, hours }: Settings): Rules {
  return [
    [exitRulesKey, JSON.stringify([exit, owner.timeZone])],
    [dunningRulesKey, JSON.stringify([dunning, owner.timeZone, hours.week, hours.closures])],
  ];
}

/** When a case or an exit is looked at next was worked out by the clock and the configuration of then. */
function lookAgainAfterChange(w: Writer, rules: Rules, last: string | undefined): void {
  const isSetBack = last !== undefined && w.now < fromIso(last);
  const changed = rules.filter(([key, text]) => factOf(w, key) !== text);
  const isOther = (key: string) => isSetBack || changed.some(([one]) => one === key);
  if (isOther(dunningRulesKey)) touchOpenCases(w);
  if (isOther(exitRulesKey)) touchOpenExits(w);
  for (const [key, text] of changed) setFact(w, key, text);
}

/** Nothing in the outbox can move: then no server is asked. */
function hasWork({ store, clock }: PassParts): boolean {
  return store.read((r) => isAnyMoving(r, clock.now()));
}

/** A fault of the network is reported and passed over; one of the store, or of the program, ends the pass. */
async function guarded(report: PassReport, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isOfTheNetwork(error)) throw error;
    report.faults.push(error);
    return false;
  }
}

interface Book {
  runs: EndedRun[];
  report: PassReport;
}

/**
 * A run that went well is written down at the end of the pass, with the others: each commit waits for the disk. One in
 * which a server failed did not go well, although the pass goes on.
 */
async function recorded(parts: PassParts, book: Book, job: JobName, work: () => Promise<unknown>): Promise<void> {
  const { clock } = parts;
  const { runs, report } = book;
  const startedAt = clock.now();
  const faultsBefore = report.faults.length;
  const ended = (outcome: 'ok' | 'failed', detail: string) =>
    runs.push({ job, startedAt, endedAt: clock.now(), outcome, detail });
  try {
    await work();
  } catch (error) {
    ended('failed', error instanceof Error ? error.message : String(error));
    // Not into a store that has just failed: it would fail, or wait for the lock, once more.
    if (!(error instanceof AppError && error.code === 'store')) recordRuns(parts, runs);
    throw error;
  }
  const faults = report.faults.slice(faultsBefore);
  ended(faults.length === 0 ? 'ok' : 'failed', faults.map((fault) => fault.message).join('; '));
}

function recordRuns({ store, clock }: PassParts, runs: readonly EndedRun[]): void {
  if (runs.length > 0) store.write(clock.now(), (w) => runs.forEach((run) => recordRun(w, run)));
}
