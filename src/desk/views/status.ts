/**
 * What is going on, what waits for the owner, what leaves next: as facts, in no words. Reads; changes nothing. What is
 * decided about overdue money is asked of the dunning job (jobs/standing-money).
 */
import type { BankLine } from '../../rules/bank-line.ts';
import type { Letter } from '../../rules/letter.ts';
import { needsApproval } from '../../rules/letter.ts';
import { grouped } from '../../rules/grouped.ts';
import { jobNames } from '../../rules/job-times.ts';
import type { Reason } from '../../rules/reason.ts';
import type { Sign } from '../../rules/red-flags.ts';
import type { Settings } from '../../rules/settings.ts';
import { dayMs, type Instant, type LocalDay, plus } from '../../rules/time.ts';
import { listLines } from '../../store/bank-lines.ts';
import { unansweredBefore } from '../../store/before.ts';
import { accounts } from '../../store/book-files.ts';
import { clientById, clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { watchingSince } from '../../store/lock.ts';
import { messageHead, type StoredMessage } from '../../store/messages.ts';
import type { Notice } from '../../store/notices.ts';
import { listLetters } from '../../store/outbox.ts';
import { sentSince } from '../../store/outbox-queue.ts';
import { type Paused, pausedNow } from '../../store/pause.ts';
import { lastRun, type Run } from '../../store/runs.ts';
import { signLines } from '../../store/sign-lines.ts';
import { standingNotices } from '../../store/standing-notices.ts';
import { openWindows, type Window } from '../../store/windows.ts';
import { type ExitView, openExitViews } from '../exit.ts';
import { showRequests, type ShownRequest } from '../requests.ts';

export interface StatusView {
  now: Instant;
  paused: Paused | null;
  /** since when the daemon watches; null: it does not */
  watchingSince: Instant | null;
  isRunning: boolean;
  runs: Run[];
  waiting: Named<Letter>[];
  trouble: Named<Letter>[];
  next: Named<Letter>[];
  toAnswer: (Window & { client: string | null; from: string; subject: string })[];
  /** lines of the bank that may pay something, and wait for the owner's word */
  toPlace: BankLine[];
  /** up to which day files say all that was booked on each account */
  accounts: { number: string; readTo: LocalDay | null }[];
  exits: ExitView[];
  requests: ShownRequest[];
  notices: Notice[];
  /** warning signs that speak, the client whose line was crossed last first */
  signs: ClientSigns[];
  sentLastDay: number;
  /** client mail from before the first start to which no answer was found; newest first */
  before: (Pick<StoredMessage, 'id' | 'receivedAt'> & { client: string | null; subject: string })[];
}

export interface ClientSigns {
  clientId: number;
  client: string;
  /** the heaviest first */
  signs: { sign: Sign; since: Instant; words: Reason }[];
}

export type Named<T> = T & { client: string | null };

/**
 * @param settings with the owner's zone: her days end at her midnight
 * @param isRunning whether a process has the data folder
 */
export function viewStatus(
  r: Reader,
  settings: Settings,
  { now, isRunning }: { now: Instant; isRunning: boolean },
): StatusView {
  const zone = settings.owner.timeZone;
  const held = listLetters(r, { states: ['held', 'queued', 'sending'] }).toReversed();
  const named = <T extends { clientId: number | null }>(item: T) => ({ ...item, client: nameOf(r, item.clientId) });
  return {
    now,
    paused: pausedNow(r, now),
    isRunning,
    watchingSince: isRunning ? watchingSince(r) : null,
    runs: jobNames.flatMap((job) => lastRun(r, job) ?? []),
    waiting: held.filter(needsApproval).map(named),
    trouble: listLetters(r, { states: ['failed', 'unsure'] }).map(named),
    next: held
      .filter((letter) => !needsApproval(letter))
      .toSorted((a, b) => a.notBefore - b.notBefore)
      .map(named),
    toAnswer: openWindows(r).map((window) => withMessage(r, window)),
    toPlace: listLines(r, { states: ['question'] }).toReversed(),
    accounts: accountsOf(r, settings.owner.accounts ?? []),
    exits: openExitViews(r, settings, now),
    requests: showRequests(r, settings, { all: false }, now),
    // what waits for approval has a part of its own
    notices: standingNotices(r, now, zone).filter(({ key }) => !key.startsWith('approve/')),
    signs: signsOf(r),
    sentLastDay: sentSince(r, plus(now, -dayMs)).length,
    before: unansweredBefore(r).map((message) => ({
      id: message.id,
      receivedAt: message.receivedAt,
      subject: message.mail.subject,
      client: nameOf(r, message.clientId),
    })),
  };
}

/** As they were found when they were last looked at. */
function signsOf(r: Reader): ClientSigns[] {
  const speaking = signLines(r).filter(({ goneAt }) => goneAt === null);
  return [...grouped(speaking, ({ clientId }) => clientId)]
    .flatMap(([clientId, lines]) => {
      const client = clientById(r, clientId);
      if (client === undefined || client.workState === 'ended') return [];
      const found = lines
        .toSorted((a, b) => b.weight - a.weight)
        .map(({ sign, crossedAt, words }) => ({ sign, since: crossedAt, words }));
      return [{ clientId, client: client.name, signs: found, last: Math.max(...lines.map((one) => one.crossedAt)) }];
    })
    .toSorted((a, b) => b.last - a.last)
    .map(({ last: _last, ...one }) => one);
}

/** Those of the configuration, read or not; none before a file of any was read. */
function accountsOf(r: Reader, wanted: readonly string[]): StatusView['accounts'] {
  const known = accounts(r);
  if (known.length === 0) return [];
  const readTo = new Map(known.map((account) => [account.number, account.readTo]));
  const numbers = [...new Set([...wanted, ...readTo.keys()])];
  return numbers.map((number) => ({ number, readTo: readTo.get(number) ?? null }));
}

function nameOf(r: Reader, id: number | null): string | null {
  return id === null ? null : (clientName(r, id) ?? null);
}

function withMessage(r: Reader, window: Window): StatusView['toAnswer'][number] {
  const head = messageHead(r, window.openedBy);
  const from = head?.fromName || head?.fromAddress || '';
  return { ...window, client: nameOf(r, window.clientId), from, subject: head?.subject ?? '' };
}
