/**
 * A studio whose servers survive its daemon: embedded IMAP and a scripted SMTP server in this process, a data folder
 * that is copied from a template, and everything a later look can compare. The daemon itself may be a child process.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type Network, openApp } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { checkConfig, type Config } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { openCourier } from '../../src/mail/courier.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import { noTerms } from '../../src/rules/client.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { addDays, type Instant, instant, localDay } from '../../src/rules/time.ts';
import { addClient } from '../../src/store/clients.ts';
import type { Writer } from '../../src/store/database.ts';
import { addInvoice } from '../../src/store/invoices.ts';
import { verifyJournal } from '../../src/store/journal.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { type EmbeddedImap, startEmbeddedImap } from '../support/embedded-imap.ts';
import { type ScriptedSmtp, type SmtpScript, startScriptedSmtp } from '../support/scripted-smtp.ts';

export const owner = 'anna@studio.example';
export const password = 'Zx-untold-9417';
/** Milliseconds: a silent server is noticed soon, and an honest one on a busy machine is not taken for silent. */
export const shortTimeouts = { connect: 2_000, greeting: 1_200, silence: 1_200, overall: 6_000 };
const patientTimeouts = { connect: 20_000, greeting: 20_000, silence: 20_000, overall: 40_000 };

export interface Servers {
  imap: EmbeddedImap;
  smtp: ScriptedSmtp;
  /** may be changed while it runs: each connection reads it anew */
  script: SmtpScript;
  stop(): Promise<void>;
}

export async function startServers(script: SmtpScript = {}): Promise<Servers> {
  const [imap, smtp] = await Promise.all([startEmbeddedImap({ user: 'studio', password }), startScriptedSmtp(script)]);
  return { imap, smtp, script, stop: async () => void (await Promise.all([imap.stop(), smtp.stop()])) };
}

/** A folder of its own for one daemon; `remove` when done. */
export interface Place {
  dataDir: string;
  config: Config;
  remove(): void;
}

export interface PlaceOptions {
  /** a data folder to begin with */
  from?: string;
  /** merged over the config, one level deep */
  config?: Record<string, unknown>;
}

const workdays = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-18:00']]));

/** Writes config.json into a new folder, beside the data. */
export function makePlace({ imap, smtp }: Servers, options: PlaceOptions = {}): Place {
  const folder = mkdtempSync(join(tmpdir(), 'paletti-faults-'));
  const dataDir = join(folder, 'data');
  if (options.from !== undefined) cpSync(options.from, dataDir, { recursive: true });
  const server = { host: '127.0.0.1', secure: false, user: 'studio', password: { env: 'STUDIO_PASSWORD' } };
  const text = JSON.stringify({
    owner: {
      name: 'Anna Rossi',
      business: 'Studio Rossi',
      addresses: [owner],
      language: 'it',
      timeZone: 'Europe/Rome',
      iban: 'IT60X0542811101000000123456',
    },
    contactHours: { ...workdays, holidays: { country: 'IT' } },
    sending: { mode: 'live' },
    mailboxes: [{ name: 'studio', imap: { ...server, port: imap.port }, smtp: { ...server, port: smtp.port } }],
    dataDir: 'data',
    ...options.config,
  });
  const path = join(folder, 'config.json');
  writeFileSync(path, text);
  return { dataDir, config: checkConfig(text, path), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The app in this process, as the daemon in the child opens it. */
export async function openHere(
  place: Place,
  clock: HandClock,
  timeouts = patientTimeouts,
  smtpSecret = async () => password,
): Promise<App> {
  const secret = async () => password;
  const parts = { parser: openParser(), now: () => clock.now() };
  const network: Network = {
    mailbox: (one) => openMailbox({ ...one, imap: { ...one.imap, secure: false, password: secret, tls: {} } }, parts),
    courier: (one) =>
      openCourier({ mailbox: one.name, smtp: { ...one.smtp, secure: false, password: smtpSecret, tls: {} }, timeouts }),
    close: async () => {},
  };
  return openApp({ config: place.config, clock, log: silentLog, network });
}

/** One pass of a fresh app at each moment, and whatever `after` looks at before it is shut. */
export async function passHere<T>(
  place: Place,
  moments: readonly Instant[],
  after: (app: App) => T | Promise<T>,
  timeouts = patientTimeouts,
  smtpSecret = async () => password,
): Promise<T> {
  const clock = new HandClock(moments[0] as Instant);
  const app = await openHere(place, clock, timeouts, smtpSecret);
  try {
    for (const moment of moments) {
      clock.set(moment);
      await app.pass();
    }
    return await after(app);
  } finally {
    await app.shut();
  }
}

// --- the daemon as a process ---

export interface DaemonPlan {
  place: Place;
  servers: Servers;
  moments: readonly Instant[];
  crashAt?: number;
  /** die around the commit that writes down how SMTP ended */
  crashAtOutcome?: 'before' | 'after';
  smtpTimeouts?: typeof shortTimeouts;
}

export interface DaemonEnd {
  /** where it was killed; null when it came to its end */
  died: string | null;
  /** the index of the moment it was at */
  at: number;
  /** points passed, when it came to its end */
  points: number;
  faults: string[];
}

/** All points take twice as long: `CRASH_READING_STRIDE=1 npm run test:faults`. */
const readingStride = process.env['CRASH_READING_STRIDE'] ?? '3';
const daemon = join(import.meta.dirname, 'crashing-daemon.mjs');
const preload = join(import.meta.dirname, 'crash-points.mjs');

/** Runs the daemon until it is killed or has done its moments, and the servers have seen all that it said. */
export async function runDaemon(plan: DaemonPlan): Promise<DaemonEnd> {
  const { place, servers, moments } = plan;
  const file = join(place.dataDir, '..', 'plan.json');
  const smtpTimeouts = plan.smtpTimeouts ?? patientTimeouts;
  writeFileSync(file, JSON.stringify({ config: place.config.path, moments, password, smtpTimeouts }));
  const child = spawn(process.execPath, ['--import', preload, daemon, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      // the suite reads what is said; the owner is Italian
      PALETTI_LANG: 'en',
      CRASH_AT: String(plan.crashAt ?? 0),
      CRASH_AT_OUTCOME: plan.crashAtOutcome ?? '',
      CRASH_SMTP_PORT: String(servers.smtp.port),
      CRASH_IMAP_PORT: String(servers.imap.port),
      CRASH_READING_STRIDE: readingStride,
    },
  });
  const { stdout, stderr, code, signal } = await ended(child);
  await allHeard(servers);
  const lines = stdout.split('\n');
  const last = (word: string) => lines.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  const died = last('died') ?? null;
  if (died === null ? code !== 0 : signal !== 'SIGKILL')
    throw new Error(`the daemon ended with ${String(code ?? signal)}: ${stderr}${stdout}`);
  const faults = lines.filter((line) => line.startsWith('fault '));
  return { died, at: Number(last('at') ?? 0), points: Number(last('points') ?? 0), faults };
}

export interface Ended {
  stdout: string;
  stderr: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

export function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (piece: Buffer) => (stdout += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (stderr += piece.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ stdout, stderr, code, signal }));
  });
}

/** What a killed process wrote last is still on its way: a new connection to each server is greeted only after it was read. */
async function allHeard({ imap, smtp, script }: Servers): Promise<void> {
  // Without a greeting nothing was said to the server.
  const ports = script.greeting === undefined ? [imap.port, smtp.port] : [imap.port];
  for (const port of ports) {
    await new Promise<void>((done, fail) => {
      const line = connect(port, '127.0.0.1');
      line.on('error', fail);
      line.once('data', () => (line.destroy(), done()));
    });
  }
}

// --- what is in it ---

export interface Mail {
  from: string;
  to?: string;
  subject: string;
  messageId: string;
  headers?: readonly string[];
  text?: string;
}

export function raw({ from, to = owner, subject, messageId, headers = [], text }: Mail): string {
  return [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    'Date: Sun, 8 Nov 2026 10:00:00 +0100',
    ...headers,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text ?? 'Buongiorno, a che punto siamo?',
    '',
  ].join('\r\n');
}

export function client(w: Writer, name: string): number {
  const facts = { kind: 'business', language: 'it', tone: 'formal', paymentTerms: inDays(30) } as const;
  return addClient(w, {
    ...facts,
    name,
    contactName: null,
    addresses: [`${name.toLowerCase()}@client.example`],
    domains: [],
    hours: null,
    timeZone: null,
    project: null,
    notes: '',
    terms: noTerms,
  }).id;
}

export function invoice(w: Writer, clientId: number, number: string, dueOn: string): void {
  const due = localDay(dueOn);
  addInvoice(w, {
    clientId,
    number,
    currency: 'EUR',
    totalCents: 122_000,
    project: null,
    issuedOn: addDays(due, -30),
    instalments: [{ dueOn: due, amountCents: 122_000 }],
  });
}

export const rome = (text: string): Instant => instant(`${text}:00+01:00`);

// --- looking at it afterwards ---

/** Message-IDs of the bodies that a server took whole. */
export function takenIds(smtp: ScriptedSmtp): string[] {
  return smtp.bodies.map(idOf);
}

export function sentIds(imap: EmbeddedImap): string[] {
  return imap.messages('sent').map((message) => idOf(message.source));
}

export function idOf(source: Uint8Array): string {
  return /^message-id:\s*(<[^>]*>)/im.exec(Buffer.from(source).toString('latin1'))?.[1] ?? 'none';
}

/** What must be the same after any crash. Moments are left out: a repeated pass may be later. */
export function stateOf(app: App, { imap, smtp }: Servers): Record<string, unknown> {
  return app.store.read((r) => ({
    messages: r.all(
      `SELECT f.role, m.uid, m.message_id, m.subject, m.client_id, m.history, m.kind, m.out_of_hours, m.reason, m.fault,
         m.keyword_state FROM messages m JOIN folders f ON f.id = m.folder_id WHERE m.message_id NOT LIKE '<paletti%'
       ORDER BY f.role, m.uid`,
    ),
    ownCopies: r.all(
      "SELECT message_id, kind, reason FROM messages WHERE message_id LIKE '<paletti%' ORDER BY message_id",
    ),
    folders: r.all('SELECT role, uid_validity, uid_mark, history_up_to FROM folders ORDER BY role'),
    windows: r.all('SELECT opened_by, state, evidence, due_at, promised_at FROM windows ORDER BY opened_by'),
    cases: r.all('SELECT client_id, currency, cycle, state FROM cases ORDER BY client_id'),
    letters: listLetters(r)
      .map(({ key, kind, state, recipient, subject, text, messageId, endedWhy }) => {
        return { key, kind, state, recipient, subject, text, messageId, endedWhy };
      })
      .toSorted((a, b) => a.key.localeCompare(b.key)),
    taken: takenIds(smtp).toSorted(),
    filed: sentIds(imap).toSorted(),
    flags: imap.messages('inbox').map(({ uid, flags }) => `${uid} ${flags.toSorted().join(' ')}`),
    journal: verifyJournal(r).ok,
    database: app.store.check().ok,
  }));
}
