/** `paletti status`: what is going on, what waits for the owner, what leaves next, and the next command to type. */
import type { Command } from 'commander';
import { type Named, type StatusView, viewStatus } from '../desk/views/status.ts';
import { AppError } from '../errors.ts';
import { type StandingMoney, standingMoney } from '../jobs/standing-money.ts';
import { waitingMoney, type WaitingMoney } from '../jobs/waiting.ts';
import { readToWords } from '../rules/bank-line.ts';
import type { JobName } from '../rules/job-times.ts';
import { type Letter, needsApproval } from '../rules/letter.ts';
import type { Instant } from '../rules/time.ts';
import { isDataDirLocked } from '../store/lock.ts';
import type { Run } from '../store/runs.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';
import { distance, moment, momentOr, several, sum } from './words.ts';

const mostShown = 8;

interface Status extends StatusView {
  owner: string;
  mode: 'review' | 'live';
  cases: StandingMoney[];
  /** of whom mail has held letters more than once lately */
  keptWaiting: WaitingMoney[];
}

export function addTo(program: Command, ways: Ways): void {
  reading(program.command('status'))
    .summary('what is going on, what waits for you, what leaves next')
    .description('What is going on, what waits for you, what leaves next.')
    .option('--check', 'end with exit code 7 when a letter waits for your approval')
    .action((_options, command: Command) =>
      withDesk(ways, command, (context) => {
        const status = gather(context);
        if (context.json) context.out.json(forPrograms(status));
        else print(context, status);
        if (optionsOf<{ check?: boolean }>(command).check === true && status.waiting.length > 0) {
          throw new AppError(
            'waits-for-approval',
            `${several(status.waiting.length, 'letter')} wait for your approval`,
            {
              next: 'See: paletti outbox',
            },
          );
        }
      }),
    );
}

function gather({ desk, now }: DeskContext): Status {
  const { config, store } = desk;
  const isRunning = isDataDirLocked(config.dataDir);
  return store.read((r) => ({
    ...viewStatus(r, config, { now, isRunning }),
    owner: config.owner.name,
    mode: config.sending.mode,
    cases: standingMoney(r, config, now),
    keptWaiting: waitingMoney(r, config, now),
  }));
}

/** The texts of letters are for `outbox show`. */
function forPrograms(status: Status) {
  const brief = ({ id, kind, state, client, recipient, subject, notBefore, why, lastError }: Named<Letter>) => ({
    ...{ id, kind, state, client, recipient, subject, notBefore, why, lastError },
  });
  return {
    ...status,
    waiting: status.waiting.map(brief),
    trouble: status.trouble.map(brief),
    next: status.next.map(brief),
    exits: status.exits.map(({ client, exit, state, noticeEndsOn, refusals }) => ({
      ...{ client: client.name, state, noticeEndsOn, refusals, proposedAt: exit.proposedAt },
    })),
  };
}

function print(context: DeskContext, status: Status): void {
  head(context, status);
  const parts = [notices, waiting, trouble, toPlace, toAnswer, before, leavesNext, owed, silent, exits];
  const shown = parts.filter((part) => part(context, status)).length;
  if (shown === 0) context.out.data('\nNothing waits for you, and nothing waits to leave.');
}

function head({ out, now, zone }: DeskContext, status: Status): void {
  const mode = status.mode === 'review' ? 'review: every letter waits for you' : 'live';
  out.data(`Paletti for ${status.owner}. Sending: ${mode}.`);
  const latest = status.runs.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  out.data(`${runningWords(status, (at) => moment(at, now, zone))} ${workWords(status, latest, { now, zone })}`);
  if (!status.isRunning)
    out.data('  (use "paletti run" to start it, or "paletti service install" to start it at login)');
  for (const run of status.runs)
    if (run.outcome === 'failed')
      out.data(
        `The last time it tried to ${jobWords[run.job as JobName] ?? run.job} (${distance(run.startedAt, now)}) failed: ${run.detail}`,
      );
  for (const { number, readTo } of status.accounts) out.data(`Account ${number}: ${readToWords(readTo)}.`);
  if (status.paused !== null) {
    const until = status.paused.until === null ? '' : ` until ${moment(status.paused.until, now, zone)}`;
    out.data(`Nothing leaves${until}: ${status.paused.why}\n  (use "paletti resume" to let letters leave again)`);
  }
}

const jobWords: Record<JobName, string> = {
  receive: 'read the mail',
  judge: 'judge what came',
  dun: 'look at what is owed',
  deliver: 'send letters',
  file: 'put copies into Sent',
};

function runningWords({ isRunning, watchingSince: since }: Status, words: (at: Instant) => string): string {
  if (!isRunning) return 'NOT running.';
  return since === null ? 'A single pass is under way.' : `Running since ${words(since)}.`;
}

function workWords(
  { sentLastDay }: Status,
  latest: Run | undefined,
  { now, zone }: Pick<DeskContext, 'now' | 'zone'>,
): string {
  if (latest === undefined) return 'It has not worked yet.';
  const when = `${moment(latest.startedAt, now, zone)} (${distance(latest.startedAt, now)})`;
  return `Last at work ${when}; ${several(sentLastDay, 'letter')} sent in the last 24 hours.`;
}

/** Each part returns whether it had something to say. */
function notices({ out }: DeskContext, { notices: found }: Status): boolean {
  if (found.length === 0) return false;
  out.heading('\nTo know or decide');
  out.data('  (use "paletti notices seen ID" when done)');
  for (const notice of found.slice(0, mostShown)) {
    out.data(`  ${notice.id}  ${notice.text}`);
    if (notice.next !== '') out.data(`     ${notice.next}`);
  }
  more(out, found.length);
  return true;
}

function toPlace({ out }: DeskContext, { toPlace: found }: Status): boolean {
  if (found.length === 0) return false;
  out.heading('\nPayments that may be of your clients; their letters wait');
  out.data('  (use "paletti payments questions", then "paletti payments answer ID CHOICE")');
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'DAY' },
      { title: 'SUM', align: 'right' },
      { title: 'FROM', flexible: true },
      { title: 'WHY', flexible: true, below: true },
    ],
    found
      .slice(0, mostShown)
      .map((line) => [
        String(line.id),
        line.bookedOn,
        sum(line.amountCents, line.currency),
        line.payerName ?? '',
        line.why,
      ]),
    { indent: '  ' },
  );
  more(out, found.length);
  return true;
}

function waiting(context: DeskContext, status: Status): boolean {
  return letters(
    context,
    status.waiting,
    'Waits for your approval',
    '"paletti outbox show ID", then approve ID, edit ID or drop ID',
  );
}

function trouble(context: DeskContext, status: Status): boolean {
  return letters(context, status.trouble, 'Did not leave, or may not have', '"paletti outbox show ID"');
}

function leavesNext(context: DeskContext, status: Status): boolean {
  return letters(
    context,
    status.next,
    'Leaves next',
    '"paletti plan" for the coming weeks, "paletti outbox drop ID" to stop one',
  );
}

function letters(
  { out, now, zone }: DeskContext,
  found: readonly Named<Letter>[],
  title: string,
  hint: string,
): boolean {
  if (found.length === 0) return false;
  out.heading(`\n${title}`);
  out.data(`  (use ${hint})`);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'LETTER' },
      { title: 'TO', flexible: true },
      { title: 'NOT BEFORE' },
      { title: 'WHY', flexible: true, below: true },
    ],
    found
      .slice(0, mostShown)
      .map((letter) => [
        String(letter.id),
        letter.kind,
        letter.client ?? letter.recipient,
        moment(letter.notBefore, now, zone),
        letter.lastError ?? (needsApproval(letter) ? null : letter.waitsFor) ?? letter.why,
      ]),
    { indent: '  ' },
  );
  more(out, found.length);
  return true;
}

function toAnswer({ out, now, zone }: DeskContext, { toAnswer: found }: Status): boolean {
  if (found.length === 0) return false;
  out.heading('\nTo answer');
  out.data('  (answer by mail as usual; use "paletti inbox answered ID" if you answered otherwise)');
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'DUE' },
      { title: '' },
      { title: 'FROM', flexible: true },
      { title: 'SUBJECT', flexible: true },
    ],
    found
      .slice(0, mostShown)
      .map((window) => [
        String(window.openedBy),
        moment(window.dueAt, now, zone),
        window.dueAt <= now ? 'late' : distance(window.dueAt, now),
        window.client ?? window.from,
        window.subject,
      ]),
    { indent: '  ' },
  );
  more(out, found.length);
  return true;
}

/** From before the first start: shown so that nothing is overlooked; no clock runs for them and no letter is written. */
function before({ out, now, zone }: DeskContext, { before: found }: Status): boolean {
  if (found.length === 0) return false;
  out.heading(`\nBefore Paletti: ${found.length} without an answer that was found`);
  out.data('  (nothing is done about them; use "paletti inbox answered ID" for those that are settled)');
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'CAME' },
      { title: 'FROM', flexible: true },
      { title: 'SUBJECT', flexible: true },
    ],
    found
      .slice(0, mostShown)
      .map(({ id, receivedAt, client, subject }) => [String(id), moment(receivedAt, now, zone), client ?? '', subject]),
    { indent: '  ' },
  );
  more(out, found.length);
  return true;
}

function owed({ out, now, zone }: DeskContext, { cases, keptWaiting }: Status): boolean {
  if (cases.length === 0) return false;
  out.heading('\nOverdue');
  out.data('  (use "paletti invoices paid NUMBER" when money comes in)');
  out.table(
    [
      { title: 'CLIENT', flexible: true },
      { title: 'OVERDUE', align: 'right' },
      { title: 'NEXT LOOK' },
      { title: 'WHY', flexible: true, below: true },
    ],
    cases
      .slice(0, mostShown)
      .map((one) => [
        one.client,
        sum(one.overdueCents, one.currency),
        momentOr(one.lookAt, 'when something happens', now, zone),
        one.why,
      ]),
    { indent: '  ' },
  );
  more(out, cases.length);
  for (const { client, sum: open, why } of keptWaiting) out.data(`  ${open} of ${client} keep waiting: ${why}`);
  return true;
}

function silent({ out }: DeskContext, { requests }: Status): boolean {
  if (requests.length === 0) return false;
  out.heading('\nAsked of clients');
  out.data('  (use "paletti requests answered ID", "accept ID" for a proposed one, or "drop ID")');
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: 'CLIENT', flexible: true },
      { title: 'STATE' },
      { title: 'DUE' },
      { title: 'ASKED', flexible: true },
    ],
    requests
      .slice(0, mostShown)
      .map((request) => [String(request.id), request.client, request.shownState, request.dueOn, request.text]),
    { indent: '  ' },
  );
  more(out, requests.length);
  return true;
}

function exits({ out }: DeskContext, { exits: found }: Status): boolean {
  if (found.length === 0) return false;
  out.heading('\nExits');
  out.data('  (use "paletti exit CLIENT status")');
  out.table(
    [{ title: 'CLIENT', flexible: true }, { title: 'STATE' }, { title: 'WAITS FOR', flexible: true }],
    found.slice(0, mostShown).map(({ client, state, refusals }) => [client.name, state, refusals[0] ?? '']),
    { indent: '  ' },
  );
  more(out, found.length);
  return true;
}

function more(out: DeskContext['out'], found: number): void {
  if (found > mostShown) out.data(`  … and ${found - mostShown} more`);
}
