/** Two installations of one owner on one server: a database each, a line to the server each, and one client who writes. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import type { ImapConfig } from '../../src/mail/imap-line.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import type { Parser } from '../../src/mail/parser.ts';
import { noTerms } from '../../src/rules/client.ts';
import { type Instant, minuteMs, plus } from '../../src/rules/time.ts';
import { addClient } from '../../src/store/clients.ts';
import { said, unseenNotices } from './in-words.ts';
import { pausedNow, resume } from '../../src/store/pause.ts';
import { FakeCourier } from './fake-courier.ts';
import { Studio } from './studio.ts';

export interface Server {
  imap: ImapConfig;
  parser: Parser;
  /** a mail arrives in INBOX */
  arrives(source: string, at: Instant): Promise<void> | void;
}

export class Installation {
  readonly courier = new FakeCourier('studio');
  readonly dataDir: string;
  readonly #server: Server;
  readonly #clock: HandClock;
  app!: App;

  constructor(server: Server, clock: HandClock, from?: Installation) {
    this.dataDir = mkdtempSync(join(tmpdir(), 'paletti-two-'));
    if (from !== undefined) cpSync(from.dataDir, this.dataDir, { recursive: true });
    this.#server = server;
    this.#clock = clock;
  }

  async open(): Promise<void> {
    const { config } = new Studio({ now: new Date(this.#clock.now()).toISOString(), dataDir: this.dataDir });
    const { imap, parser } = this.#server;
    const parts = { parser, now: () => this.#clock.now() };
    const network = {
      mailbox: () => openMailbox({ name: 'studio', imap, sent: 'auto' }, parts),
      courier: () => this.courier,
      close: async () => {},
    };
    this.app = await openApp({ config, clock: this.#clock, log: silentLog, network });
  }

  knowsClient(): void {
    const facts = { kind: 'business', language: 'it', tone: 'formal', paymentDays: 30 } as const;
    const nothing = { contactName: null, hours: null, timeZone: null, project: null, notes: '', terms: noTerms };
    const addresses = ['bianchi@client.example'];
    this.app.store.write(this.#clock.now(), (w) =>
      addClient(w, { ...facts, ...nothing, name: 'Bianchi', addresses, domains: [] }),
    );
  }

  /** Why nothing leaves from here; null when letters may. */
  paused(): string | null {
    const paused = this.app.store.read((r) => pausedNow(r, this.#clock.now()));
    return paused === null ? null : said(paused.why);
  }

  notices(): string[] {
    return this.app.store.read((r) => unseenNotices(r)).map(({ text }) => text);
  }

  resume(): void {
    this.app.store.write(this.#clock.now(), (w) => void resume(w));
  }

  async shut(): Promise<void> {
    await this.app.shut();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A mail of the client's, by which an acknowledgement becomes due half an hour later. */
export function question(id: string): string {
  const head = ['From: bianchi@client.example', 'To: anna@studio.example', `Subject: Domanda ${id}`];
  return [
    ...head,
    `Message-ID: <${id}@client.example>`,
    'Date: Mon, 2 Nov 2026 10:00:00 +0100',
    '',
    'Quando?',
    '',
  ].join('\r\n');
}

export interface Try {
  /** what the client got, by installation */
  heard: [number, number];
  paused: [string | null, string | null];
}

/**
 * Both are there when a client writes, and pass at the same moment.
 * @param copied the second one begins as a copy of the first one's folder
 */
export async function passTogether(server: Server, id: string, at: Instant, copied = false): Promise<Try> {
  const clock = new HandClock(at);
  const first = new Installation(server, clock);
  await first.open();
  first.knowsClient();
  await first.app.pass();
  if (copied) await first.app.shut();
  const second = new Installation(server, clock, copied ? first : undefined);
  if (copied) await first.open();
  await second.open();
  if (!copied) second.knowsClient();
  await second.app.pass();
  clock.set(plus(at, minuteMs));
  await server.arrives(question(id), clock.now());
  clock.set(plus(at, 40 * minuteMs));
  await Promise.all([first.app.pass(), second.app.pass()]);
  await Promise.all([first.app.pass(), second.app.pass()]);
  const result: Try = {
    heard: [first.courier.taken.length, second.courier.taken.length],
    paused: [first.paused(), second.paused()],
  };
  await Promise.all([first.shut(), second.shut()]);
  return result;
}
