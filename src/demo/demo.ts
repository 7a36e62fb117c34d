/**
 * `paletti demo`: two small mail servers on loopback, a sample studio, and the daemon's own code between them, driven
 * by a turned clock instead of cron. Reaches no other machine. The database it leaves behind is a real one.
 */
import { join, relative, resolve } from 'node:path';
import type { Ways } from '../cli/ways.ts';
import { type App, databasePath, openApp } from '../app.ts';
import { HandClock } from '../clock.ts';
import { checkConfig, type Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { silentLog } from '../log.ts';
import { isDue, type JobName, jobNames, nextRing } from '../rules/job-times.ts';
import { nextWarningAt } from '../rules/response-window.ts';
import { hoursFor } from '../rules/settings.ts';
import { dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { casesToLookAt } from '../store/cases.ts';
import { clientById } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { listLetters } from '../store/outbox.ts';
import { nextMove } from '../store/outbox-queue.ts';
import { lastRun } from '../store/runs.ts';
import { openWindows } from '../store/windows.ts';
import { Agenda } from './agenda.ts';
import { prepareFolder, stopClock, writeStudio } from './demo-folder.ts';
import { longDay } from './chronicle.ts';
import { type EmbeddedImap, startEmbeddedImap } from './embedded-imap.ts';
import { Page } from './page.ts';
import { Progress } from './progress.ts';
import { timetable } from './sample-mail.ts';
import { type ClientKey, mailboxName, patronDay, sampleClients, studioConfig } from './sample-studio.ts';
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts';
import { Stage } from './stage.ts';
import { type StoryDays, storyDaysBefore } from './story-days.ts';
import { daysToTell, Storyteller } from './tell.ts';

export interface DemoOptions extends Pick<Ways, 'stdout' | 'stderr' | 'env' | 'cwd' | 'clock' | 'signal' | 'program'> {
  /** at most as many as the story has; undefined: all */
  days: number | undefined;
  /** undefined: data/demo under the current folder */
  dir: string | undefined;
}

interface Servers {
  imap: EmbeddedImap;
  smtp: SmtpSink;
}

/**
 * @returns the file of its configuration
 * @throws AppError 'conflict' when the folder is not the demonstration's own, 'already-running' while Paletti works on
 * it, 'not-found' when the embedded servers are not installed
 */
export async function demo(options: DemoOptions): Promise<string> {
  const folder = prepareFolder(resolve(options.cwd, options.dir ?? join('data', 'demo')));
  const days = storyDaysBefore(dayOf(options.clock.now(), studioConfig.owner.timeZone), studioConfig.owner.timeZone);
  const servers = await startServers();
  try {
    const text = configOf(servers, days);
    writeStudio(folder, text, servers.imap.password);
    const config = checkConfig(JSON.stringify(text), folder.configFile);
    stopClock(folder, await play(options, { servers, days, config }));
    return folder.configFile;
  } finally {
    await Promise.all([servers.imap.stop(), servers.smtp.stop()]);
  }
}

async function startServers(): Promise<Servers> {
  try {
    const imap = await startEmbeddedImap();
    return { imap, smtp: await startSmtpSink({ user: imap.user, password: imap.password }) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new AppError('not-found', 'the small mail servers of the demonstration are not installed', {
      next: 'They come with the sources: run "npm ci", then "npm run demo" there.',
      cause,
    });
  }
}

function configOf({ imap, smtp }: Servers, days: StoryDays): object {
  const { week, ...rest } = studioConfig;
  const saint = { date: days.day(patronDay), name: 'Patron saint’s day' };
  const server = ({ host, port }: { host: string; port: number }) => ({ host, port, secure: false });
  return {
    ...rest,
    contactHours: { ...week, holidays: { country: 'IT', extra: [saint] } },
    mailboxes: [
      {
        name: mailboxName,
        imap: { ...server(imap), user: imap.user, password: { file: 'password' } },
        smtp: server(smtp),
      },
    ],
    dataDir: '.',
  };
}

/** @returns where the story ended */
async function play(
  options: DemoOptions,
  parts: { servers: Servers; days: StoryDays; config: Config },
): Promise<Instant> {
  const { days, config } = parts;
  const { imap } = parts.servers;
  const clock = new HandClock(days.moment(0, '08:30'));
  const app = await openApp({ config, clock, log: silentLog, readSecret: async () => imap.password });
  const stage = new Stage({
    store: app.store,
    clock,
    settings: config,
    days,
    append: (role, source, receivedAt) =>
      imap.append(role, { source, receivedAt, flags: role === 'sent' ? ['\\Seen'] : [] }),
  });
  try {
    const run = new Run(options, { app, clock, stage, days });
    await run.begin();
    await run.turn();
    run.end();
    return clock.now();
  } finally {
    await app.shut();
  }
}

class Run {
  readonly #options: DemoOptions;
  readonly #app: App;
  readonly #clock: HandClock;
  readonly #stage: Stage;
  readonly #days: StoryDays;
  readonly #agenda: Agenda;
  readonly #teller: Storyteller;
  readonly #progress: Progress;
  /** days of the story that are told */
  readonly #length: number;

  constructor(options: DemoOptions, parts: { app: App; clock: HandClock; stage: Stage; days: StoryDays }) {
    this.#options = options;
    this.#app = parts.app;
    this.#clock = parts.clock;
    this.#stage = parts.stage;
    this.#days = parts.days;
    this.#agenda = new Agenda(parts.days);
    this.#length = daysToTell(options.days);
    this.#progress = new Progress(options.stderr, this.#length);
    this.#teller = new Storyteller(new Page(options.stdout, options.env), parts.app);
  }

  /** The books, and the first look at a mailbox that has a past. */
  async begin(): Promise<void> {
    this.#stage.openBooks();
    for (const { day, time, ...mail } of timetable) {
      if (day < 0) await this.#stage.put(mail, this.#days.moment(day, time));
    }
    this.#teller.opening(this.#days.first, this.#length);
    this.#clock.set(this.#days.moment(0, '08:45'));
    await this.#pass(jobNames);
    this.#teller.firstStart();
  }

  /** Turns the clock from moment to moment; stretches in which nothing can happen are passed over. */
  async turn(): Promise<void> {
    const end = this.#days.moment(this.#length - 1, '18:00');
    for (let now = this.#nextMoment(); now <= end && !this.#options.signal.aborted; now = this.#nextMoment()) {
      this.#clock.set(now);
      this.#showProgress(now);
      for (const due of this.#agenda.take(now)) await this.#stage.carryOut(due.happens, due.letter);
      await this.#pass(this.#jobsDue(now));
      this.#agenda.noteLetters(this.#letters(), now);
      this.#progress.clear();
      this.#teller.goOn();
    }
    this.#progress.clear();
    if (!this.#options.signal.aborted) this.#clock.set(end);
  }

  end(): void {
    const { config } = this.#app;
    const { cwd, program } = this.#options;
    const near = (path: string) => (relative(cwd, path).startsWith('..') ? path : relative(cwd, path));
    const start = program.endsWith('.js') ? `node ${near(program)}` : program;
    const line = (command: string) => `${start} ${command} --config ${near(config.path)}`;
    this.#teller.ending({
      database: near(databasePath(config)),
      commands: [
        { line: line('page'), shows: 'all of it in the browser' },
        { line: line('status'), shows: 'what is going on' },
        { line: line('inbox'), shows: 'who wrote, and when' },
        { line: line('outbox'), shows: 'letters' },
        { line: line('plan --days 30'), shows: 'what leaves next' },
        { line: line('journal'), shows: 'every decision' },
      ],
    });
  }

  /** One pass of the daemon. On loopback nothing may go wrong: what does is shown and ends the demonstration. */
  async #pass(jobs: readonly JobName[]): Promise<void> {
    const [fault] = (await this.#app.pass(jobs)).faults;
    if (fault !== undefined) throw fault;
  }

  /** As the daemon's own tick: what the cron expressions say. New mail rings at once (IDLE). */
  #jobsDue(now: Instant): JobName[] {
    const { store, config } = this.#app;
    const isTime = (r: Reader, job: JobName) =>
      isDue(config.jobs[job], config.owner.timeZone, lastRun(r, job)?.startedAt, now);
    return store.read((r) => jobNames.filter((job) => job === 'receive' || job === 'judge' || isTime(r, job)));
  }

  /** Whatever comes first: something happens, a letter may move, a case is due, a warning; at least once each morning. */
  #nextMoment(): Instant {
    const now = this.#clock.now();
    const { store, config } = this.#app;
    const zone = config.owner.timeZone;
    const morning = nextRing('0 9 * * *', zone, now);
    const ring = nextRing(config.jobs.dun, zone, now);
    return store.read((r) => {
      const isCaseDue = ring !== undefined && casesToLookAt(r, ring).length > 0;
      const moments = [
        morning,
        this.#agenda.next(),
        nextMove(r, now),
        isCaseDue ? ring : undefined,
        this.#nextWarning(r),
      ];
      return Math.min(...moments.filter((moment) => moment !== undefined && moment > now).map(Number)) as Instant;
    });
  }

  #nextWarning(r: Reader): Instant | undefined {
    const { config } = this.#app;
    const warnings = openWindows(r).flatMap((window) => {
      const client = window.clientId === null ? undefined : clientById(r, window.clientId);
      const facts = { dueAt: window.dueAt, warned: window.warned, missed: window.missedAt !== null };
      return nextWarningAt(facts, hoursFor(config, client)) ?? [];
    });
    return warnings.length === 0 ? undefined : (Math.min(...warnings) as Instant);
  }

  #letters() {
    return this.#app.store.read((r) =>
      listLetters(r).flatMap((letter) => {
        const client = letter.clientId === null ? undefined : keyOf(clientById(r, letter.clientId)?.name);
        return client === undefined ? [] : [{ letter, client }];
      }),
    );
  }

  #showProgress(now: Instant): void {
    const today: LocalDay = dayOf(now, this.#days.zone);
    let done = 0;
    while (this.#days.day(done) < today) done += 1;
    this.#progress.show(done, longDay(today));
  }
}

function keyOf(name: string | undefined): ClientKey | undefined {
  return (Object.keys(sampleClients) as ClientKey[]).find((key) => sampleClients[key].name === name);
}
