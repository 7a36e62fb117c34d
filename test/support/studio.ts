/**
 * A studio for the stories: the app opened as `main` does, on a real database, with a turned clock and a network in
 * memory. Verbs of the trade on top: a client writes, the owner answers, a day passes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type App, openApp } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { checkConfig, type Config } from '../../src/config.ts';
import { type Log, silentLog } from '../../src/log.ts';
import type { PassReport } from '../../src/jobs/pass.ts';
import { noTerms, type Client } from '../../src/rules/client.ts';
import type { Invoice } from '../../src/rules/invoice.ts';
import { type JobName } from '../../src/rules/job-times.ts';
import type { Letter, LetterKind } from '../../src/rules/letter.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { addDays, dayOf, type Instant, instant, localDay, minuteMs } from '../../src/rules/time.ts';
import { addClient } from '../../src/store/clients.ts';
import { addInvoice, recordPayment } from '../../src/store/invoices.ts';
import { approve, listLetters } from '../../src/store/outbox.ts';
import { FakeCourier, type StoryCourier } from './fake-courier.ts';
import { FakeMailbox, type StoryMailbox } from './fake-mailbox.ts';

export const owner = 'anna@studio.example';

const baseConfig = {
  owner: {
    name: 'Anna Rossi',
    business: 'Studio Rossi',
    addresses: [owner, 'info@studio.example'],
    language: 'it',
    timeZone: 'Europe/Rome',
    signature: 'Anna Rossi',
    iban: 'IT60X0542811101000000123456',
  },
  contactHours: {
    mon: ['09:00-13:00', '14:00-18:00'],
    tue: ['09:00-13:00', '14:00-18:00'],
    wed: ['09:00-13:00', '14:00-18:00'],
    thu: ['09:00-13:00', '14:00-18:00'],
    fri: ['09:00-13:00', '14:00-18:00'],
    sat: [],
    sun: [],
    holidays: { country: 'IT', extra: [] },
    closures: [],
  },
  sending: { mode: 'live' },
  mailboxes: [
    {
      name: 'studio',
      imap: { host: 'imap.studio.example', port: 993, secure: true, user: owner, password: { env: 'UNUSED' } },
      smtp: { host: 'smtp.studio.example', port: 465, secure: true },
    },
  ],
};

export interface StudioOptions {
  /** ISO with offset */
  now: string;
  /** merged over the base, one level deep */
  config?: Record<string, unknown>;
  dataDir?: string;
  log?: Log;
  /** as the daemon reads the configuration anew */
  reread?: () => Promise<Config>;
}

export interface ClientMail {
  from: string;
  subject?: string;
  text?: string;
  messageId?: string;
  inReplyTo?: string;
  headers?: string[];
  to?: string;
}

export class Studio {
  readonly clock: HandClock;
  config: Config;
  /** what config.json would say */
  readonly source: Readonly<Record<string, unknown>>;
  mailbox: StoryMailbox = new FakeMailbox('studio');
  courier: StoryCourier = new FakeCourier('studio');
  app!: App;
  #count = 0;
  readonly #options: StudioOptions;

  constructor(options: Required<Pick<StudioOptions, 'now' | 'dataDir'>> & StudioOptions) {
    this.#options = options;
    this.clock = new HandClock(instant(options.now));
    const merged = { ...baseConfig, dataDir: options.dataDir, ...options.config };
    this.source = merged;
    this.config = checkConfig(JSON.stringify(merged), join(options.dataDir, 'config.json'));
  }

  async open(): Promise<void> {
    const network = { mailbox: () => this.mailbox, courier: () => this.courier, close: async () => {} };
    const { log = silentLog, reread } = this.#options;
    this.app = await openApp({ config: this.config, clock: this.clock, log, network, ...(reread && { reread }) });
  }

  /** Ends and begins again on the same record, with other settings. */
  async restartWith(config: Record<string, unknown>): Promise<void> {
    await this.app.shut();
    this.config = checkConfig(JSON.stringify({ ...this.source, ...config }), this.config.path);
    await this.open();
  }

  /** Turns the clock to the moment and makes one pass, twice: the second must change nothing that leaves. */
  async at(moment: string | Instant, jobs?: readonly JobName[]): Promise<PassReport> {
    this.clock.set(typeof moment === 'string' ? instant(moment) : moment);
    const report = await this.app.pass(jobs);
    const before = this.courier.taken.length;
    const again = await this.app.pass(jobs);
    if (this.courier.taken.length !== before || again.written > 0)
      throw new Error(`a second pass at ${String(moment)} was not idle: ${JSON.stringify(again)}`);
    return report;
  }

  /** A pass every `everyMinutes` from now until the moment. */
  async until(moment: string, everyMinutes = 30): Promise<void> {
    const end = instant(moment);
    while (this.clock.now() < end) {
      this.clock.set(Math.min(end, this.clock.now() + everyMinutes * minuteMs) as Instant);
      await this.app.pass();
    }
  }

  clientWrites(mail: ClientMail, receivedAt?: string): { uid: number; messageId: string } {
    const messageId = mail.messageId ?? `<m${++this.#count}@client.example>`;
    const lines = [
      `From: ${mail.from}`,
      `To: ${mail.to ?? owner}`,
      `Subject: ${mail.subject ?? 'Preventivo'}`,
      `Message-ID: ${messageId}`,
      `Date: Mon, 2 Nov 2026 10:00:00 +0100`,
      ...(mail.inReplyTo === undefined ? [] : [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`]),
      ...(mail.headers ?? []),
      'Content-Type: text/plain; charset=utf-8',
      '',
      mail.text ?? 'Buongiorno, quando possiamo vederci?',
      '',
    ];
    return { uid: this.mailbox.put('inbox', lines.join('\n'), receivedAt ?? this.clock.now()), messageId };
  }

  ownerAnswers(
    mail: { to: string; inReplyTo?: string; subject?: string; text?: string; headers?: string[] },
    at?: string,
  ): void {
    const lines = [
      `From: Anna Rossi <${owner}>`,
      `To: ${mail.to}`,
      `Subject: ${mail.subject ?? 'Re: Preventivo'}`,
      `Message-ID: <o${++this.#count}@studio.example>`,
      ...(mail.inReplyTo === undefined ? [] : [`In-Reply-To: ${mail.inReplyTo}`, `References: ${mail.inReplyTo}`]),
      ...(mail.headers ?? []),
      'Content-Type: text/plain; charset=utf-8',
      '',
      mail.text ?? 'Eccomi, ti rispondo.',
      '',
    ];
    this.mailbox.put('sent', lines.join('\n'), at ?? this.clock.now(), ['\\Seen']);
  }

  client(name: string, patch: Partial<Client> = {}): Client {
    const address = `${name.toLowerCase().replace(/\W+/g, '.')}@client.example`;
    return this.app.store.write(this.clock.now(), (w) =>
      addClient(w, {
        name,
        contactName: null,
        kind: 'business',
        language: 'it',
        tone: 'formal',
        addresses: [address],
        domains: [],
        hours: null,
        timeZone: null,
        paymentTerms: inDays(30),
        project: null,
        notes: '',
        terms: noTerms,
        ...patch,
      }),
    );
  }

  /** An invoice issued 30 days before it is due. */
  invoice(client: Client, facts: { number?: string; cents?: number; dueOn: string; currency?: string }): Invoice {
    const dueOn = localDay(facts.dueOn);
    const totalCents = facts.cents ?? 122_000;
    return this.app.store.write(this.clock.now(), (w) =>
      addInvoice(w, {
        clientId: client.id,
        number: facts.number ?? `2026/${++this.#count}`,
        issuedOn: addDays(dueOn, -30),
        currency: facts.currency ?? 'EUR',
        totalCents,
        project: null,
        instalments: [{ dueOn, amountCents: totalCents }],
      }),
    );
  }

  paid(invoice: Invoice, cents = invoice.totalCents): Invoice {
    return this.app.store.write(this.clock.now(), (w) =>
      recordPayment(w, invoice.id, { amountCents: cents, receivedOn: dayOf(w.now, 'Europe/Rome'), reference: null }),
    );
  }

  letters(kind?: LetterKind): Letter[] {
    return this.app.store
      .read((r) => listLetters(r, {}))
      .filter((letter) => kind === undefined || letter.kind === kind)
      .toSorted((a, b) => a.id - b.id);
  }

  /** Kind and local moment of everything that left, in order. */
  sent(): string[] {
    return this.letters()
      .filter((letter) => letter.sentAt !== null)
      .toSorted((a, b) => (a.sentAt as number) - (b.sentAt as number) || a.id - b.id)
      .map((letter) => `${letter.kind} ${rome(letter.sentAt as Instant)}`);
  }

  approveAll(): void {
    this.app.store.write(this.clock.now(), (w) => {
      for (const letter of listLetters(w, { states: ['held'] })) approve(w, letter.id);
    });
  }
}

/** '2026-11-23 Mon 09:00' on the wall clock of Rome. */
export function rome(at: Instant): string {
  const text = new Date(at).toLocaleString('sv-SE', {
    timeZone: 'Europe/Rome',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const weekday = new Date(at).toLocaleString('en-GB', { timeZone: 'Europe/Rome', weekday: 'short' });
  return `${text.slice(0, 10)} ${weekday} ${text.slice(11)}`;
}

/**
 * A studio on a network: in memory, or, in the suite that wants a real server, on a Dovecot and an SMTP sink of its own.
 * It is shut and removed when the test ends.
 */
export async function makeStudio(options: StudioOptions): Promise<Studio> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'paletti-story-'));
  const studio = new Studio({ ...options, dataDir });
  const stop = process.env['PALETTI_SUITE'] === 'real' ? await onRealServers(studio) : async () => {};
  await studio.open();
  onTestFinished(async () => {
    await studio.app.shut();
    await studio.courier.close();
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return studio;
}

/** The first pass makes what is there now history. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  const studio = await makeStudio(options);
  await studio.app.pass();
  return studio;
}

async function onRealServers(studio: Studio): Promise<() => Promise<void>> {
  const [{ ServerMailbox, startDovecot }, { ServerCourier }, { openMailbox }, { openParser }] = await Promise.all([
    import('./server-mailbox.ts'),
    import('./server-courier.ts'),
    import('../../src/mail/mailbox.ts'),
    import('../../src/mail/parser.ts'),
  ]);
  const server = await startDovecot();
  const { host, tlsPort: port, user, ca } = server;
  const parser = openParser({});
  const imap = { host, port, secure: true, user, password: async () => server.password, tls: { ca } };
  const inner = openMailbox({ name: 'studio', imap, sent: 'auto' }, { parser, now: () => studio.clock.now() });
  studio.mailbox = new ServerMailbox(inner, server);
  studio.courier = await ServerCourier.open('studio');
  return async () => {
    await parser.close();
    await server.stop();
  };
}
