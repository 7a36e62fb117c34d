/** `paletti status`: what is going on, what waits for the owner, what leaves next, and the next command to type. */
import type { Command } from 'commander';
import { shownTime } from '../desk/views/letters.ts';
import { type Named, type StatusView, viewStatus } from '../desk/views/status.ts';
import { AppError } from '../errors.ts';
import { asTheyLeave } from '../jobs/leaving-now.ts';
import { type StandingMoney, standingMoney } from '../jobs/standing-money.ts';
import { waitingMoney, type WaitingMoney } from '../jobs/waiting.ts';
import type { JobName } from '../rules/job-times.ts';
import { type Letter, whyItWaits } from '../rules/letter.ts';
import { isDataDirLocked } from '../store/lock.ts';
import type { Run } from '../store/runs.ts';
import { type DeskContext, optionsOf, reading, withDesk, withWritingDesk, type WritingContext } from './command.ts';
import type { Voice } from './voice.ts';
import type { Ways } from './ways.ts';
import type { Sum } from '../rules/money.ts';

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
      optionsOf<{ json?: boolean }>(command).json === true
        ? withWritingDesk(ways, command, (context) => {
            const status = gather(context);
            context.out.json(forPrograms(asLeaving(context, status), context.voice));
            check(command, status);
          })
        : withDesk(ways, command, (context) => {
            const status = gather(context);
            print(context, status);
            check(command, status);
          }),
    );
}

function check(command: Command, { waiting: found }: Status): void {
  if (optionsOf<{ check?: boolean }>(command).check === true && found.length > 0)
    throw new AppError('waits-for-approval', { code: 'letters-wait', amount: found.length });
}

/** A table has neither subject nor address; what a program reads of them is as it would leave. */
function asLeaving({ desk, now }: WritingContext, status: Status): Status {
  const parts = { settings: desk.config, letters: desk.letters };
  const { waiting: toApprove, next } = status;
  return desk.store.read((r) => ({
    ...status,
    waiting: asTheyLeave(r, parts, toApprove, now),
    next: asTheyLeave(r, parts, next, now),
  }));
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
function forPrograms(status: Status, { t }: Voice) {
  const brief = ({ id, kind, state, client, recipient, subject, notBefore, why, lastError }: Named<Letter>) => ({
    id,
    kind,
    state,
    client,
    recipient,
    subject,
    notBefore,
    why,
    lastError,
  });
  const titled = ({ signs: found, ...one }: Status['signs'][number]) => ({
    ...one,
    signs: found.map((sign) => ({ ...sign, title: t.codes.sign(sign.sign) })),
  });
  return {
    ...status,
    signs: status.signs.map(titled),
    waiting: status.waiting.map(brief),
    trouble: status.trouble.map(brief),
    next: status.next.map(brief),
    exits: status.exits.map(({ client, exit, state, noticeEndsOn, refusals }) => ({
      client: client.name,
      state,
      noticeEndsOn,
      refusals,
      proposedAt: exit.proposedAt,
    })),
  };
}

function print(context: DeskContext, status: Status): void {
  head(context, status);
  const parts = [notices, waiting, trouble, toPlace, toAnswer, before, leavesNext, owed, silent, exits, signs];
  const shown = parts.filter((part) => part(context, status)).length;
  if (shown === 0) context.out.data(`\n${context.voice.t.status.nothing}`);
}

function head({ out, voice }: DeskContext, status: Status): void {
  const { status: words } = voice.t;
  out.data(words.head(status.owner, words.modes[status.mode]));
  const latest = status.runs.toSorted((a, b) => b.startedAt - a.startedAt)[0];
  out.data(`${runningWords(status, voice)} ${workWords(status, latest, voice)}`);
  if (!status.isRunning) out.data(`  ${words.startHint}`);
  for (const run of status.runs)
    if (run.outcome === 'failed') out.data(words.failed(run.job as JobName, voice.distance(run.startedAt), run.detail));
  for (const { number, readTo } of status.accounts)
    out.data(words.account(number, readTo === null ? null : voice.words.times.date(readTo)));
  if (status.paused === null) return;
  const { until, why } = status.paused;
  out.data(`${words.paused(until === null ? null : voice.moment(until), voice.why(why))}\n  ${words.resumeHint}`);
}

function runningWords({ isRunning, watchingSince: since }: Status, voice: Voice): string {
  const { status: words } = voice.t;
  if (!isRunning) return words.notRunning;
  return since === null ? words.singlePass : words.runningSince(voice.moment(since));
}

function workWords({ sentLastDay }: Status, latest: Run | undefined, voice: Voice): string {
  const { status: words } = voice.t;
  if (latest === undefined) return words.neverWorked;
  return words.lastAtWork(voice.moment(latest.startedAt), voice.distance(latest.startedAt), sentLastDay);
}

/** Each part returns whether it had something to say. */
function notices({ out, voice }: DeskContext, { notices: found }: Status): boolean {
  if (found.length === 0) return false;
  begin(out, voice.t.status.notices);
  for (const notice of found.slice(0, mostShown)) {
    const { text, next } = voice.told(notice.told);
    out.data(`  ${notice.id}  ${text}`);
    if (next !== '') out.data(`     ${next}`);
  }
  more(out, voice, found.length);
  return true;
}

/** The heading of a part, and what can be done about it. */
function begin(out: DeskContext['out'], { title, hint }: { title: string; hint: string }): void {
  out.heading(`\n${title}`);
  out.data(`  ${hint}`);
}

function toPlace({ out, voice }: DeskContext, { toPlace: found }: Status): boolean {
  if (found.length === 0) return false;
  const { toPlace: words } = voice.t.status;
  begin(out, words);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.day },
      { title: words.sum, align: 'right' },
      { title: words.from, flexible: true },
      { title: words.why, flexible: true, below: true },
    ],
    found
      .slice(0, mostShown)
      .map((line) => [
        String(line.id),
        line.bookedOn,
        voice.sum(line.amountCents, line.currency),
        line.payerName ?? '',
        voice.why(line.why),
      ]),
    { indent: '  ' },
  );
  more(out, voice, found.length);
  return true;
}

function waiting(context: DeskContext, status: Status): boolean {
  return letters(context, status.waiting, context.voice.t.status.waiting);
}

function trouble(context: DeskContext, status: Status): boolean {
  return letters(context, status.trouble, context.voice.t.status.trouble);
}

function leavesNext(context: DeskContext, status: Status): boolean {
  return letters(context, status.next, context.voice.t.status.next);
}

function letters(
  { desk, out, now, voice }: DeskContext,
  found: readonly Named<Letter>[],
  part: { title: string; hint: string },
): boolean {
  if (found.length === 0) return false;
  const { letters: words } = voice.t.status;
  begin(out, part);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.letter },
      { title: words.to, flexible: true },
      { title: words.notBefore },
      { title: words.why, flexible: true, below: true },
    ],
    found
      .slice(0, mostShown)
      .map((letter) => [
        String(letter.id),
        voice.t.codes.letter(letter.kind),
        letter.client ?? letter.recipient,
        voice.moment(shownTime(letter, desk.config.hours, now)),
        voice.why(whyItWaits(letter)),
      ]),
    { indent: '  ' },
  );
  more(out, voice, found.length);
  return true;
}

function toAnswer({ out, now, voice }: DeskContext, { toAnswer: found }: Status): boolean {
  if (found.length === 0) return false;
  const { toAnswer: words } = voice.t.status;
  begin(out, words);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.due },
      { title: '' },
      { title: words.from, flexible: true },
      { title: words.subject, flexible: true },
    ],
    found
      .slice(0, mostShown)
      .map((window) => [
        String(window.openedBy),
        voice.moment(window.dueAt),
        window.dueAt <= now ? words.late : voice.distance(window.dueAt),
        window.client ?? window.from,
        window.subject,
      ]),
    { indent: '  ' },
  );
  more(out, voice, found.length);
  return true;
}

/** From before the first start: shown so that nothing is overlooked; no clock runs for them and no letter is written. */
function before({ out, voice }: DeskContext, { before: found }: Status): boolean {
  if (found.length === 0) return false;
  const { before: words } = voice.t.status;
  begin(out, { title: words.title(found.length), hint: words.hint });
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.came },
      { title: words.from, flexible: true },
      { title: words.subject, flexible: true },
    ],
    found
      .slice(0, mostShown)
      .map(({ id, receivedAt, client, subject }) => [String(id), voice.moment(receivedAt), client ?? '', subject]),
    { indent: '  ' },
  );
  more(out, voice, found.length);
  return true;
}

function owed({ out, voice }: DeskContext, { cases, keptWaiting }: Status): boolean {
  if (cases.length === 0) return false;
  const { owed: words } = voice.t.status;
  begin(out, words);
  out.table(
    [
      { title: words.client, flexible: true },
      { title: words.overdue, align: 'right' },
      { title: words.nextLook },
      { title: words.why, flexible: true, below: true },
    ],
    cases
      .slice(0, mostShown)
      .map((one) => [
        one.client,
        voice.sum(one.overdueCents, one.currency),
        one.lookAt === null ? words.whenever : voice.moment(one.lookAt),
        voice.why(one.why),
      ]),
    { indent: '  ' },
  );
  more(out, voice, cases.length);
  for (const { client, open, why } of keptWaiting)
    out.data(`  ${words.keepsWaiting(sumsOf(open, voice), client, voice.why(why))}`);
  return true;
}

function silent({ out, voice }: DeskContext, { requests }: Status): boolean {
  if (requests.length === 0) return false;
  const { asked: words } = voice.t.status;
  begin(out, words);
  out.table(
    [
      { title: 'ID', align: 'right' },
      { title: words.client, flexible: true },
      { title: words.state },
      { title: words.due },
      { title: words.asked, flexible: true },
    ],
    requests
      .slice(0, mostShown)
      .map((request) => [
        String(request.id),
        request.client,
        voice.t.codes.request(request.shownState),
        request.dueOn,
        request.text,
      ]),
    { indent: '  ' },
  );
  more(out, voice, requests.length);
  return true;
}

function exits({ out, voice }: DeskContext, { exits: found }: Status): boolean {
  if (found.length === 0) return false;
  const { exits: words } = voice.t.status;
  begin(out, words);
  out.table(
    [{ title: words.client, flexible: true }, { title: words.state }, { title: words.waitsFor, flexible: true }],
    found
      .slice(0, mostShown)
      .map(({ client, state, refusals }) => [client.name, voice.t.codes.exit(state), voice.why(refusals[0] ?? null)]),
    { indent: '  ' },
  );
  more(out, voice, found.length);
  return true;
}

/** A line for each client with whom a line is crossed. */
function signs({ out, voice }: DeskContext, { signs: found }: Status): boolean {
  if (found.length === 0) return false;
  const { signs: words } = voice.t.status;
  out.heading(`
${words.title}`);
  out.data(`  ${words.hint}`);
  for (const { client, signs: each } of found.slice(0, mostShown)) {
    const said = each.map(({ sign, since, words: why }) =>
      words.sign(voice.t.codes.sign(sign), voice.moment(since), voice.why(why)),
    );
    out.data(`  ${client}: ${said.join('; ')}`);
  }
  more(out, voice, found.length);
  return true;
}

function more(out: DeskContext['out'], voice: Voice, found: number): void {
  if (found > mostShown) out.data(`  ${voice.t.status.more(found - mostShown)}`);
}

function sumsOf(sums: readonly Sum[], voice: Voice): string {
  return sums.map(({ cents, currency }) => voice.sum(cents, currency)).join(' + ');
}
