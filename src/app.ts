/**
 * Wires everything: config, clock, store, letters, mail, jobs. `openWritingDesk` is for commands that write letters,
 * `openApp` for those that speak to servers or run passes; what only reads the record is in open-desk.ts. Decides
 * nothing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import type { TokenSource } from './auth/tokens.ts';
import type { Config, LoginSource, MailboxConfig, SecretSource, ServerConfig } from './config.ts';
import { ConfigWatch } from './config/watch.ts';
import { endingsOf } from './auth/endings.ts';
import { bookWatch } from './desk/watch-books.ts';
import { AppError, inOneLine } from './errors.ts';
import { type Decision, type DecideOptions, decide } from './jobs/decide.ts';
import { endedBy } from './jobs/end.ts';
import { plan as planAhead, type Plan } from './jobs/plan.ts';
import { type PassReport, pass } from './jobs/pass.ts';
import { watch } from './jobs/watch.ts';
import { type Letters, loadLetters } from './letters/library.ts';
import { type Announcement, announcement } from './jobs/announce.ts';
import type { Log } from './log.ts';
import { giveBackWhenQuiet, makeRoom, stayLight, workAheadLess } from './memory.ts';
import { databasePath, type Desk, makeDataDir, openDesk } from './open-desk.ts';
import { readPlainFile } from './plain-file.ts';
import type { LoginWay } from './mail/login.ts';
import type { Courier, Mailbox } from './ports.ts';
import type { LadderName } from './rules/client.ts';
import type { JobName } from './rules/job-times.ts';
import { ladders } from './rules/ladders.ts';
import type { Place } from './rules/message.ts';
import type { Instant } from './rules/time.ts';
import { openStore, type Store } from './store/database.ts';
import { openHandovers } from './store/handovers.ts';
import { lockDataDir, lockFile, noteWatching, watchingSince } from './store/lock.ts';
import { placeOf } from './store/place.ts';
import { beginRun, endRunCleanly } from './store/soundness.ts';

/** The templates that come with the program; the same path from src/ and from dist/. */
export const templatesDir = join(import.meta.dirname, '..', 'templates');

export { databasePath, openDesk };
export type { Desk };

/** A desk with the letters: all were read and found sound. */
export interface WritingDesk extends Desk {
  letters: Letters;
}

/** A bad template stops it before the record is touched. @throws AppError 'template', 'store' */
export function openWritingDesk(options: { config: Config; clock: Clock }): WritingDesk {
  const letters = lettersOf(options.config);
  return { ...openDesk(options), letters };
}

function lettersOf({ templatesDir: own }: Config): Letters {
  return loadLetters({ templatesDir, overrideDir: own ?? undefined });
}

/** What `openApp` builds its mailboxes and couriers with; tests and the demo hand in their own. */
export interface Network {
  mailbox(config: MailboxConfig): Mailbox;
  courier(config: MailboxConfig): Courier;
  close(): Promise<void>;
}

export interface AppOptions {
  config: Config;
  clock: Clock;
  log: Log;
  network?: Network;
  readSecret?: (source: SecretSource) => Promise<string>;
  /** told every token, to be kept out of the log */
  hide?: (secret: string) => void;
  progress?: (mailbox: string, folder: Place, done: number, total: number) => void;
  /** shows on the desktop what waits for the owner; without it nothing is shown */
  announce?: (said: Announcement) => void;
  /** reads the configuration anew; without it the daemon goes by the one it was opened with */
  reread?: () => Promise<Config>;
}

export interface App extends WritingDesk {
  mailboxes: readonly Mailbox[];
  couriers: readonly Courier[];
  /** Exactly one pass over the jobs named; all of them when none is. Cut short when the signal aborts. */
  pass(jobs?: readonly JobName[], signal?: AbortSignal): Promise<PassReport>;
  /** The daemon: until the signal aborts. */
  run(signal: AbortSignal, onPass?: (report: PassReport) => void): Promise<void>;
  plan(days: number): Promise<Plan>;
  shut(): Promise<void>;
}

/**
 * Takes the data directory's lock: one daemon, or one pass, at a time.
 * @throws AppError 'already-running', 'store', 'template'
 */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, clock, log } = options;
  makeDataDir(config.dataDir);
  const lock = lockDataDir(config.dataDir);
  try {
    const network = options.network ?? (await realNetwork(options));
    const isReal = options.network === undefined;
    const progress = isReal ? thrifty(options.progress) : options.progress;
    return assemble(
      { ...options, network, progress, onPass: isReal ? restAfter() : undefined },
      openWritingDesk({ config, clock }),
      () => lock.release(),
    );
  } catch (error) {
    lock.release();
    log.error('start', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

/**
 * For reading single messages beside a running daemon: no lock is taken, and nothing is written.
 * @throws AppError where a certificate cannot be read; a server is only spoken to when a mailbox is asked
 */
export async function openMailboxes(options: AppOptions): Promise<Pick<App, 'mailboxes'> & { close(): Promise<void> }> {
  const network = options.network ?? (await realNetwork(options));
  const mailboxes = options.config.mailboxes.map((one) => network.mailbox(one));
  return {
    mailboxes,
    close: async () => {
      await Promise.all(mailboxes.map((mailbox) => mailbox.close()));
      await network.close();
    },
  };
}

/** The files of a whole message. @throws AppError 'bad-input' */
export async function attachmentsIn(source: Uint8Array): Promise<{ name: string; bytes: Uint8Array }[]> {
  const { attachmentsOf } = await import('./mail/attachments.ts');
  return attachmentsOf(source);
}

interface Parts extends AppOptions {
  network: Network;
  onPass: ((report: PassReport) => void) | undefined;
}

function assemble(options: Parts, desk: WritingDesk, unlock: () => void): App {
  const { config, clock, log, network, progress } = options;
  const { store, letters } = desk;
  const mailboxes = config.mailboxes.map((one) => network.mailbox(one));
  const couriers = config.mailboxes.map((one) => network.courier(one));
  const handovers = openHandovers(config.dataDir);
  const place = placeOf(config.dataDir);
  const books = bookWatch({ store, clock }, () => desk.config);
  const parts = {
    store,
    clock,
    settings: config,
    letters,
    log,
    mailboxes,
    couriers,
    spread: Math.random,
    progress,
    books,
    endings: () => endingsOf(desk.config.mailboxes, desk.config.dataDir, desk.config.owner.timeZone),
  };
  const soundness = new Soundness(store, clock);
  const { reread } = options;
  const renewal = reread && new Renewal(desk, log, reread);
  const renewed = async () => {
    if ((await renewal?.look()) !== true) return null;
    return { settings: desk.config, letters: desk.letters, jobs: desk.config.jobs };
  };
  const announced = () => {
    const { announce } = options;
    const said =
      announce && desk.config.notifications.desktop ? announcement({ store, clock, settings: desk.config }) : null;
    if (said !== null) announce?.(said);
  };
  const told = (onPass: Parts['onPass']) => (report: PassReport) => {
    onPass?.(report);
    announced();
  };
  return {
    ...desk,
    mailboxes,
    couriers,
    pass: (jobs, signal) =>
      soundness.during(() => {
        // left by a daemon that was killed
        if (store.read(watchingSince) !== null) store.write(clock.now(), (w) => noteWatching(w, null));
        return endedBy(signal, parts, () => pass({ ...parts, handovers, place }, jobs));
      }),
    run: (signal, onPass = options.onPass) =>
      soundness.during(async () => {
        store.write(clock.now(), (w) => noteWatching(w, clock.now()));
        await endedBy(signal, parts, () =>
          watch({ ...parts, handovers, place, jobs: config.jobs, onPass: told(onPass), renewed }, signal),
        );
        store.write(clock.now(), (w) => noteWatching(w, null));
      }),
    plan: (days) => planFor(desk, log, days),
    shut: async () => {
      await Promise.all(mailboxes.map((mailbox) => mailbox.close()));
      await network.close();
      soundness.end();
      store.close();
      unlock();
    },
  };
}

/**
 * Takes up what the owner changes in config.json and in her own letters while somebody works by them: whole and sound, or
 * not at all. What was opened stays open: servers and the data folder are those of the start.
 */
export class Renewal {
  readonly #desk: WritingDesk;
  readonly #log: Log;
  readonly #reread: () => Promise<Config>;
  readonly #watch = new ConfigWatch();
  #isFirst = true;

  constructor(desk: WritingDesk, log: Log, reread: () => Promise<Config>) {
    this.#desk = desk;
    this.#log = log;
    this.#reread = reread;
  }

  /** @returns whether they were read anew since the last look. A fault is told once. */
  async look(): Promise<boolean> {
    if (!this.#watch.hasChanged(this.#desk.config)) return false;
    try {
      const config = await this.#reread();
      if (!isSameOpened(config, this.#desk.config)) throw restartWanted(config);
      const letters = lettersOf(config);
      Object.assign(this.#desk, { config, letters });
      if (!this.#isFirst) this.#log.info('config', 'the changed configuration is in force');
      return true;
    } catch (fault) {
      if (!(fault instanceof AppError)) throw fault;
      this.#log.warn('config', `the configuration in force stays the one before: ${inOneLine(fault)}`);
      return false;
    } finally {
      this.#isFirst = false;
    }
  }
}

function isSameOpened(one: Config, other: Config): boolean {
  return JSON.stringify([one.mailboxes, one.dataDir]) === JSON.stringify([other.mailboxes, other.dataDir]);
}

function restartWanted({ path }: Config): AppError {
  return new AppError('config', 'servers, mailboxes or the data folder were changed', {
    where: path,
    next: 'They are opened at the start: end Paletti and start it again.',
  });
}

/** Reads the file through before the first pass, if need be; a run with a fault of the store is no clean one. */
class Soundness {
  readonly #store: Store;
  readonly #clock: Clock;
  #state: 'unused' | 'sound' | 'faulty' = 'unused';

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#state !== 'sound') beginRun(this.#store, this.#clock.now());
      this.#state = 'sound';
      return await work();
    } catch (error) {
      if (error instanceof AppError && error.code === 'store') this.#state = 'faulty';
      throw error;
    }
  }

  end(): void {
    if (this.#state !== 'sound') return;
    try {
      endRunCleanly(this.#store, this.#clock.now());
    } catch {
      // Then the file is read through at the next start, and whatever is wrong is said there.
    }
  }
}

/** From so many messages on, time is worth more than a little memory. */
const largeRead = 1_000;

/** While a large mailbox is read, what was read is not kept for longer than need be. */
function thrifty(progress: AppOptions['progress']): AppOptions['progress'] {
  return (mailbox, folder, done, total) => {
    progress?.(mailbox, folder, done, total);
    if (total >= largeRead) (done < total ? makeRoom : stayLight)();
  };
}

/** What the start, or a pass with something to do, took of memory is not kept while the daemon waits. */
function restAfter(): (report: PassReport) => void {
  let isFirst = true;
  return ({ recorded, judged, written, sent }) => {
    if (isFirst || recorded + judged + written + sent > 0) giveBackWhenQuiet();
    isFirst = false;
  };
}

/**
 * The plan needs no server and no lock: it runs on a copy.
 * @param ladder as if the studio were on this one; clients with a ladder of their own stay on theirs
 */
export function planFor(desk: WritingDesk, log: Log, days: number, ladder: LadderName | null = null): Promise<Plan> {
  const { config, clock, store, letters } = desk;
  const mailboxes = config.mailboxes.map((one) => one.name);
  const steps = ladder === null ? config.dunning.steps : [...ladders[ladder]];
  const settings = { ...config, dunning: { ...config.dunning, steps } };
  return planAhead({ store, settings, letters, log, mailboxes }, clock.now(), days);
}

/**
 * The mail libraries are loaded only here: a command that reads the database starts without them. The parsing thread
 * loads its own meanwhile.
 */
async function realNetwork(options: AppOptions): Promise<Network> {
  const { log, clock } = options;
  const ways = await openLogins(options);
  const { openParser } = await import('./mail/parser.ts');
  workAheadLess();
  const parser = openParser({ begun: stayLight });
  const [{ openMailbox }, { openCourier }] = await Promise.all([
    import('./mail/mailbox.ts'),
    import('./mail/courier.ts'),
    parser.begin(),
  ]);
  return {
    mailbox: (one) =>
      openMailbox({ ...one, imap: serverOf(one.name, one.imap, ways) }, { parser, log, now: () => clock.now() }),
    courier: (one) => openCourier({ mailbox: one.name, smtp: serverOf(one.name, one.smtp, ways) }),
    close: () => parser.close(),
  };
}

/** For a look at the login alone: it is told to a person who waits, so that a silent server is given up sooner. */
export async function openCouriers(ways: Logins): Promise<Network['courier']> {
  const { openCourier } = await import('./mail/courier.ts');
  const timeouts = { connect: 15_000, greeting: 15_000, silence: 15_000, overall: 30_000 };
  return (one) => openCourier({ mailbox: one.name, smtp: serverOf(one.name, one.smtp, ways), timeouts });
}

/** The password stays behind a function until the login; `secure: false` means STARTTLS, or clear text on loopback. */
function serverOf(mailbox: string, server: ServerConfig, ways: Logins) {
  const { host, port, user, secure, starttls } = server;
  const tls = server.ca === null ? {} : { tls: { ca: readAuthority(server.ca) } };
  return { host, port, user, secure, starttls, ...loginWayOf(mailbox, server.login, ways), ...tls };
}

/** Where passwords and tokens come from. One refresher for a process: more would wait for each other. */
export interface Logins {
  readSecret: (source: SecretSource) => Promise<string>;
  tokens: TokenSource;
}

export async function openLogins(options: LoginOptions): Promise<Logins> {
  const { config, clock, hide, readSecret = noWay } = options;
  const { openTokens } = await import('./auth/tokens.ts');
  const tokens = openTokens({ dataDir: config.dataDir, now: () => clock.now(), lock: lockFile, readSecret, hide });
  return { readSecret, tokens };
}

type LoginOptions = Pick<AppOptions, 'config' | 'clock' | 'readSecret' | 'hide'>;

function loginWayOf(mailbox: string, login: LoginSource, { readSecret, tokens }: Logins): LoginWay {
  if ('password' in login) return { password: () => readSecret(login.password) };
  if ('tokenCommand' in login) {
    const whenRefused =
      'Run the tokenCommand of the mailbox by hand: it has to print an access token that is good now.';
    return { token: () => readSecret({ command: login.tokenCommand }), whenRefused };
  }
  const whenRefused = `Check that imap.user in config.json is the account that signed in, and that it may use IMAP and SMTP; or sign in again: paletti auth login ${mailbox}`;
  return { token: (refused) => tokens(mailbox, login.oauth, refused), whenRefused };
}

async function noWay(): Promise<never> {
  throw new AppError('config', 'no way to log in was given to the program');
}

function readAuthority(path: string): string {
  try {
    return readPlainFile(path).toString('utf8');
  } catch (cause) {
    throw new AppError('config', 'the certificate of the authority cannot be read', {
      where: path,
      next: 'Mend "ca" in the configuration.',
      cause,
    });
  }
}

/**
 * `paletti decide`: no network, no lock, nothing changed. Without a database yet, the register is empty.
 * @param source the raw message
 * @throws AppError 'bad-input' when the bytes cannot be read as a mail
 */
export async function decideMessage(
  { config, clock, log }: { config: Config; clock: Clock; log: Log },
  source: Uint8Array,
  options: Omit<DecideOptions, 'now'> & { now?: Instant },
): Promise<Decision> {
  const { parse } = await import('./mail/parse.ts');
  const mail = await parse(source);
  const path = databasePath(config);
  const store = openStore(existsSync(path) ? path : ':memory:', { now: clock.now() });
  try {
    const letters = lettersOf(config);
    const mailbox = config.mailboxes[0]?.name ?? '';
    return decide({ store, clock, settings: config, letters, log, mailbox }, mail, source.length, {
      ...options,
      now: options.now ?? clock.now(),
    });
  } finally {
    store.close();
  }
}
