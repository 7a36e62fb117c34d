/**
 * What the program offers to a command: how it reaches configuration, database, servers and page. `main.ts` fills it; tests
 * fill it with their own. Types only: nothing heavy is loaded before a command asks for it.
 */
import type { App, Desk, WritingDesk } from '../app.ts';
import type { SecretSource } from '../config.ts';
import type { Log, LogLevel } from '../log.ts';
import type { LadderName } from '../rules/client.ts';
import type { Place } from '../rules/message.ts';
import type { Instant } from '../rules/time.ts';
import type { FoundServers } from '../setup/discover.ts';
import type { Notified } from '../setup/notify.ts';
import type { Offered } from '../setup/probe.ts';
import type { Server } from '../setup/providers.ts';
import type { Terminal } from './terminal.ts';

export type Config = Desk['config'];
export type Plan = Awaited<ReturnType<App['plan']>>;
export type PassReport = Awaited<ReturnType<App['pass']>>;

export type Mailboxes = Pick<App, 'mailboxes'> & { close(): Promise<void> };

export interface Progress {
  mailbox: string;
  folder: Place;
  done: number;
  total: number;
}

/** One look at one server of one mailbox. */
export interface ServerCheck {
  /** 'studio: IMAP imap.example.com:993' */
  name: string;
  /** what was found, as a sentence */
  found: string;
  fault: Error | null;
  advice?: string;
}

export interface PageServed {
  /** lets the browser in once; secret */
  address: string;
  /** false: it is served by another process, and this one is done */
  isOurs: boolean;
  ended: Promise<void>;
  /** @returns false when there is no browser to open */
  open(): Promise<boolean>;
}

export interface DecideOptions {
  /** envelope sender; '' is the null sender; undefined: what Return-Path says */
  mailFrom?: string;
  /** envelope recipient; undefined: what Delivered-To says */
  rcptTo?: string;
  now: Instant;
  asClient: boolean;
}

/** What a command may ask of the program, from the terminal where it was typed. */
export interface Ways extends Terminal {
  /** @param path undefined: the usual places */
  readConfig(path: string | undefined): Promise<Config>;
  /** The same, but what was found sound before is not examined again. */
  readKnownConfig(path: string | undefined): Promise<Config>;
  /** The same, examined by a process of its own if need be: what that takes of memory is given back with it. */
  readConfigApart(path: string | undefined): Promise<Config>;
  checkConfig(text: string, path: string): Promise<Config>;
  configSchema(): Promise<Record<string, unknown>>;
  makeLog(config: Config, level: LogLevel): Promise<Log>;
  openDesk(config: Config): Promise<Desk>;
  /** With the letters, all found sound. */
  openWritingDesk(config: Config): Promise<WritingDesk>;
  openApp(config: Config, log: Log, progress?: (step: Progress) => void): Promise<App>;
  /** To read single messages from the servers; works beside a daemon. */
  openMailboxes(config: Config): Promise<Mailboxes>;
  /** the files of a whole message */
  attachments(source: Uint8Array): Promise<{ name: string; bytes: Uint8Array }[]>;
  plan(desk: WritingDesk, days: number, ladder: LadderName | null): Promise<Plan>;
  /** @returns the record that `decide` prints */
  decide(config: Config, bytes: Uint8Array, options: DecideOptions): Promise<Record<string, unknown>>;
  /** Serves the page until it ends by itself or the signal comes. @returns where, and when it has ended */
  servePage(config: Config): Promise<PageServed>;
  readSecret(source: SecretSource): Promise<string>;
  /** The servers of an address, as far as they can be found without asking; at most some seconds. */
  findServers(address: string): Promise<FoundServers | null>;
  /** What the server says it takes, before anybody logs in; null when it does not say, at most some seconds. */
  offeredBy(server: Server): Promise<Offered | null>;
  /** A program of the system, without a shell; code null when it could not be run. */
  runCommand(line: readonly [string, ...string[]]): Promise<{ code: number | null; out: string }>;
  /** The same for one that a person watches: what it says goes to the terminal. @returns null when it could not be run */
  follow(line: readonly [string, ...string[]]): Promise<number | null>;
  /** A word on the desktop; never fails, and says why nothing was shown. */
  notify(said: { title: string; body: string }): Promise<Notified>;
  /** Sends the browser of the desktop there. @returns false when there is none */
  openBrowser(config: Config, address: string): Promise<boolean>;
  /** Logs in to every server of the configuration and sends nothing. */
  checkServers(config: Config): AsyncIterable<ServerCheck>;
  /** @returns the file of the configuration it leaves behind */
  demo(options: { days: number | undefined; dir: string | undefined }): Promise<string>;
}
