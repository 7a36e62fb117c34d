/**
 * A year of a small studio for the report: a client who writes at night, one who pays and keeps quiet, one who lets
 * questions lie, one with three messages, and one whose mail is all lists and robots. Recorded and judged by the code itself.
 */
import type { WritingDesk } from '../../src/app.ts';
import { judge } from '../../src/jobs/judge.ts';
import { silentLog } from '../../src/log.ts';
import type { Client } from '../../src/rules/client.ts';
import type { ParsedMail } from '../../src/rules/message.ts';
import { inDays } from '../../src/rules/payment-terms.ts';
import { addDays, at, dayOf, type Instant, type LocalDay, localDay } from '../../src/rules/time.ts';
import { addClient, type NewClient } from '../../src/store/clients.ts';
import type { Writer } from '../../src/store/database.ts';
import { addInvoice, recordPayment, writeOff } from '../../src/store/invoices.ts';
import { addLogEntry, type LogKind } from '../../src/store/log-entries.ts';
import { addMark } from '../../src/store/marks.ts';
import { recordArrival } from '../../src/store/messages.ts';
import { addProject } from '../../src/store/projects.ts';
import { folder, mail } from '../store/make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const zone = 'Europe/Rome';
const owner = 'anna@studio.example';

/** '2026-03-04 21:30' by the clock of Rome */
function moment(text: string): Instant {
  const [day, time] = text.split(' ') as [string, string];
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  return at(localDay(day), hour * 60 + minute, zone);
}

interface Mail {
  at: string;
  text: string;
  subject?: string;
  headers?: ParsedMail['headers'];
}

class Scene {
  readonly #w: Writer;
  #uid = 0;

  constructor(w: Writer) {
    this.#w = w;
  }

  client(name: string, address: string, more: Partial<NewClient> = {}): Client {
    return addClient(this.#w, { name, addresses: [address], language: 'it', ...more });
  }

  writes(client: Client, { at: when, text, subject = 'Sito', headers = [] }: Mail): void {
    const address = client.addresses[0] as string;
    this.#record('inbox', when, {
      from: { name: client.name, address },
      to: [{ name: '', address: owner }],
      subject,
      text,
      newText: text,
      headers: [{ name: 'subject', value: subject }, ...headers],
    });
  }

  answers(client: Client, { at: when, text, subject = 'Sito' }: Mail): void {
    const to = [{ name: client.name, address: client.addresses[0] as string }];
    this.#record('sent', when, {
      from: { name: 'Anna', address: owner },
      to,
      subject: `Re: ${subject}`,
      text,
      newText: text,
    });
  }

  #record(role: 'inbox' | 'sent', when: string, values: Partial<ParsedMail>): void {
    const uid = ++this.#uid;
    const parsed = mail({ ...values, messageId: `<${uid}@example>` });
    recordArrival(
      this.#w,
      folder(this.#w, { role }),
      {
        uid,
        receivedAt: moment(when),
        sizeBytes: 1000,
        flags: [],
        contentHash: `${uid}`,
        truncated: false,
        mail: parsed,
        fault: null,
      },
      { history: true, ownAddresses: [owner] },
    );
  }

  invoice(
    client: Client,
    values: { number: string; dueOn: string; cents: number; currency?: string; paidOn?: string },
  ): number {
    const dueOn = localDay(values.dueOn);
    const { id } = addInvoice(this.#w, {
      clientId: client.id,
      number: values.number,
      issuedOn: addDays(dueOn, -30),
      project: null,
      currency: values.currency ?? 'EUR',
      totalCents: values.cents,
      instalments: [{ dueOn, amountCents: values.cents }],
    });
    const payment = { amountCents: values.cents, reference: null };
    if (values.paidOn !== undefined) recordPayment(this.#w, id, { ...payment, receivedOn: localDay(values.paidOn) });
    return id;
  }

  logs(client: Client, kind: LogKind, when: string, values: { minutes?: number; text: string; out?: string }): void {
    addLogEntry(this.#w, {
      clientId: client.id,
      kind,
      at: moment(when),
      minutes: values.minutes ?? null,
      text: values.text,
      project: null,
      direction: kind === 'call' || kind === 'chat' ? 'in' : null,
      outOfHours: values.out !== undefined,
      outOfHoursWhy: values.out === undefined ? null : asWritten(values.out),
    });
  }
}

/** '2026-01-14' and a number -> so many days, `step` apart */
function days(from: string, amount: number, step: number): LocalDay[] {
  return Array.from({ length: amount }, (_, index) => addDays(localDay(from), index * step));
}

function nightOwl(scene: Scene): Client {
  const client = scene.client('Bianchi Srl', 'luca@bianchi.example');
  for (const [index, day] of days('2026-01-12', 24, 12).entries()) {
    const subject = `Sito ${index}`;
    const late = index % 2 === 0;
    const text =
      index % 4 === 0
        ? 'Mi serve entro stasera, grazie.'
        : index % 5 === 0
          ? 'Già che ci sei, aggiungi anche un blog.'
          : 'Ho visto la bozza.';
    scene.writes(client, { at: `${day} ${late ? '21:40' : '11:05'}`, text, subject });
    const answer = addDays(day, index % 7 === 0 ? 6 : 1);
    if (index < 22) scene.answers(client, { at: `${answer} 10:15`, text: 'Va bene.', subject });
  }
  scene.invoice(client, { number: '2026/3', dueOn: '2026-02-28', cents: 60_000, paidOn: '2026-03-08' });
  scene.invoice(client, { number: '2026/7', dueOn: '2026-04-30', cents: 60_000, paidOn: '2026-05-15' });
  scene.invoice(client, { number: '2026/11', dueOn: '2026-06-30', cents: 60_000, paidOn: '2026-07-30' });
  scene.invoice(client, { number: '2026/15', dueOn: '2026-09-15', cents: 85_000 });
  scene.logs(client, 'call', '2026-10-24 19:30', { minutes: 35, text: 'ha chiesto uno sconto', out: 'Saturday' });
  return client;
}

function goodClient(scene: Scene): void {
  const client = scene.client('Verdi & Figli <Srl>', 'rosa@verdi.example', {
    paymentTerms: inDays(30),
    terms: { contractSignedOn: localDay('2025-12-01'), scope: ['Sito', 'Logo'], startedOn: localDay('2025-12-10') },
  });
  for (const [index, day] of days('2025-12-10', 20, 16).entries()) {
    const subject = `Logo ${index}`;
    scene.writes(client, { at: `${day} ${9 + (index % 4)}:20`, text: 'Tutto bene, grazie.', subject });
    scene.answers(client, { at: `${addDays(day, 1)} 09:30`, text: 'Perfetto.', subject });
  }
  for (const [index, day] of days('2026-01-31', 5, 60).entries())
    scene.invoice(client, { number: `2026/${20 + index}`, dueOn: day, cents: 250_000, paidOn: addDays(day, -2) });
  scene.logs(client, 'delivery', '2026-03-02 16:00', { text: 'logo' });
  scene.logs(client, 'work', '2026-02-20 15:00', { minutes: 600, text: 'logo' });
}

function silentClient(scene: Scene): void {
  const client = scene.client('Northwind Ltd', 'kate@northwind.example', {
    language: 'en',
    terms: { contractSignedOn: localDay('2026-01-05') },
  });
  for (const day of days('2026-02-03', 5, 42)) {
    const subject = `Texts for ${day}`;
    scene.answers(client, { at: `${day} 10:00`, text: 'Which picture do you want on the first page?', subject });
    scene.writes(client, { at: `${addDays(day, 17)} 15:10`, text: 'The second one, please.', subject });
  }
  scene.invoice(client, { number: '2026/40', dueOn: '2026-11-20', cents: 120_000, currency: 'GBP' });
  scene.invoice(client, {
    number: '2026/30',
    dueOn: '2026-06-30',
    cents: 90_000,
    currency: 'GBP',
    paidOn: '2026-07-01',
  });
}

function newClient(scene: Scene): Client {
  const client = scene.client('Caffè Centrale', 'bar@caffe.example');
  for (const day of days('2026-11-10', 3, 3))
    scene.writes(client, { at: `${day} 22:15`, text: 'Buonasera.', subject: `Menu ${day}` });
  return client;
}

/** Nothing of this was written by a person: it counts for nothing. */
function robots(scene: Scene): void {
  const client = scene.client('Editore Blu', 'news@editore.example');
  for (const day of days('2026-02-01', 12, 14)) {
    const list = [
      { name: 'list-id', value: '<news.editore.example>' },
      { name: 'list-unsubscribe', value: '<https://editore.example/u>' },
    ];
    scene.writes(client, {
      at: `${day} 23:30`,
      text: 'Urgente: offerta entro oggi!',
      subject: 'Novità',
      headers: list,
    });
    const away = [{ name: 'auto-submitted', value: 'auto-replied' }];
    scene.writes(client, {
      at: `${day} 03:10`,
      text: 'Sono fuori ufficio, urgente al collega.',
      subject: 'Fuori ufficio',
      headers: away,
    });
  }
}

function lostClient(scene: Scene, w: Writer): void {
  const client = scene.client('Fantasma Snc', 'x@fantasma.example', {
    terms: { contractSignedOn: localDay('2026-01-01') },
  });
  writeOff(w, scene.invoice(client, { number: '2026/2', dueOn: '2026-03-31', cents: 40_000 }));
}

/** @param desk on Monday 23 November 2026 */
export function liveAYear(desk: WritingDesk): void {
  const now = desk.clock.now();
  desk.store.write(now, (w) => {
    const scene = new Scene(w);
    const owl = nightOwl(scene);
    goodClient(scene);
    silentClient(scene);
    newClient(scene);
    robots(scene);
    lostClient(scene, w);
    addMark(w, { clientId: owl.id, mark: 'different-philosophy', note: 'prezzo prima di tutto' });
    addProject(w, {
      clientId: owl.id,
      name: 'Sito',
      state: 'active',
      startedOn: dayOf(moment('2026-01-12 10:00'), zone),
      endedOn: null,
    });
  });
  judge({ store: desk.store, clock: desk.clock, settings: desk.config, letters: desk.letters, log: silentLog });
}

/** One client of that name who wrote the same at night, so many times. */
export function clientNamed(desk: WritingDesk, values: { name: string; text: string; messages: number }): void {
  desk.store.write(desk.clock.now(), (w) => {
    const scene = new Scene(w);
    const client = scene.client(values.name, 'x@client.example');
    for (const day of days('2026-09-01', values.messages, 3))
      scene.writes(client, { at: `${day} 22:00`, text: values.text, subject: day });
  });
  judge({ store: desk.store, clock: desk.clock, settings: desk.config, letters: desk.letters, log: silentLog });
}
