/**
 * Every letter as the daemon itself writes and sends it: a studio on a turned clock, a client, and what happens between
 * the two. What comes out of the courier is what a client reads; nothing is rendered beside the daemon's own way.
 */
import { simpleParser } from 'mailparser';
import { logWithClient } from '../../src/desk/clients.ts';
import { approveExit, checkItem, type ExitDesk, type ExitWish, proposeExit } from '../../src/desk/exit.ts';
import { declineStranger } from '../../src/desk/decline.ts';
import { notePromise } from '../../src/desk/invoices.ts';
import { type BoundaryWish, writeBoundaryLetter } from '../../src/desk/letter.ts';
import { approveLetter } from '../../src/desk/outbox.ts';
import { askClient } from '../../src/desk/requests.ts';
import type { Reader } from '../../src/letters/library.ts';
import { exitChecks } from '../../src/rules/exit.ts';
import type { LetterKind } from '../../src/rules/letter.ts';
import { type Client, noTerms } from '../../src/rules/client.ts';
import { dayOf, instant, localDay, plus } from '../../src/rules/time.ts';
import type { Invoice } from '../../src/rules/invoice.ts';
import type { Writer } from '../../src/store/database.ts';
import { addCredit, addInvoice, recordPayment, setDisputed, voidInvoice, writeOff } from '../../src/store/invoices.ts';
import { proposeResumption } from '../../src/desk/work-state.ts';
import { openStudio, type Studio } from '../support/studio.ts';

export interface SentLetter {
  /** the name of its golden file */
  name: string;
  kind: LetterKind;
  subject: string;
  text: string;
  html: string | null;
}

const owner = {
  name: 'Anna Ferri',
  business: 'Studio Ferri',
  addresses: ['anna@studio.example', 'info@studio.example'],
  language: 'it',
  timeZone: 'Europe/Rome',
  signature: 'Anna Ferri\nStudio Ferri, Bologna',
  iban: 'IT60X0542811101000000123456',
  accountHolder: 'Anna Ferri',
};

const ladder = [
  { name: 'before', letter: 'payment-reminder', afterDays: -3 },
  { letter: 'payment-reminder', afterDays: 3 },
  { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' },
  { letter: 'termination', afterDays: 30, afterPreviousDays: 15 },
];

/** A studio, and who its clients are written to as. */
class Told {
  readonly studio: Studio;
  readonly reader: Reader;
  readonly it: boolean;

  constructor(studio: Studio, reader: Reader) {
    this.studio = studio;
    this.reader = reader;
    this.it = reader.language === 'it';
  }

  static async at(now: string, reader: Reader, config: Record<string, unknown> = {}): Promise<Told> {
    return new Told(await openStudio({ now, config: { owner, ...config } }), reader);
  }

  /** @param mailbox part of the address: clients of one studio differ by it */
  client(mailbox = 'luca', patch: Partial<Client> = {}): Client {
    const contacts = this.it ? ['Dott.ssa Bianchi', 'Luca Verdi'] : ['Ms Harper', 'Tom Lowe'];
    const name = this.it ? 'Verdi Arredi S.r.l.' : 'Harper & Lowe Ltd';
    return this.studio.client(mailbox === 'luca' ? name : `${name} (${mailbox})`, {
      ...this.reader,
      contactName: contacts[this.reader.tone === 'formal' ? 0 : 1] as string,
      addresses: [`${mailbox}@client.example`],
      ...patch,
    });
  }

  /** What left for the client, in order, by the names of the golden files; '' for a letter that is another's sample. */
  async sentTo({ addresses }: Client, ...names: string[]): Promise<SentLetter[]> {
    const sent = this.studio.courier.taken.filter(({ envelope }) => envelope.to === addresses[0]);
    const mails = await Promise.all(sent.map(({ bytes }) => simpleParser(Buffer.from(bytes))));
    const kinds = sent.map(({ raw }) => /^X-Paletti-Letter: (\S+)/m.exec(raw)?.[1] as LetterKind);
    if (kinds.length !== names.length) throw new Error(`${kinds.join(', ')} left, and not ${names.join(', ')}`);
    return mails.flatMap((mail, at) =>
      names[at] === ''
        ? []
        : [
            {
              name: names[at] as string,
              kind: kinds[at] as LetterKind,
              subject: mail.subject ?? '',
              text: mail.text ?? '',
              html: mail.html === false ? null : (mail.html ?? null),
            },
          ],
    );
  }
}

const deskOf = (studio: Studio): ExitDesk => ({ ...studio.app, settings: studio.config, mailbox: 'studio' });

/** A pass each working morning, so that what is due leaves at its time. */
const mornings = (studio: Studio, until: string) => studio.until(until, 1440);

function instalments(studio: Studio, client: Client, number: string, parts: readonly [string, number][]): Invoice {
  return studio.app.store.write(studio.clock.now(), (w) =>
    addInvoice(w, {
      clientId: client.id,
      number,
      issuedOn: localDay('2026-05-01'),
      currency: 'EUR',
      project: null,
      totalCents: parts.reduce((sum, [, cents]) => sum + cents, 0),
      instalments: parts.map(([dueOn, amountCents]) => ({ dueOn: localDay(dueOn), amountCents })),
    }),
  );
}

// --- money

/** One invoice from before its due date to the end: every step of the ladder, then the report. */
async function fromReminderToEnd(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-05-11T09:00:00+02:00', reader, { dunning: { steps: ladder } });
  const { studio, it } = told;
  const pauseClause = it ? 'l’art. 7 del contratto' : 'clause 7 of our contract';
  const client = told.client('luca', { terms: { ...noTerms, pauseClause } });
  studio.invoice(client, { dueOn: '2026-05-15', number: '2026/014' });
  await mornings(studio, '2026-06-16T09:00:00+02:00');
  await end(studio, client, {
    referral: it ? 'Marco Neri (Neri Digitale)' : 'Claire Moss (Moss Digital)',
    handover: it ? ['accessi al server e al dominio'] : ['access to server and domain'],
    onPayment: it ? ['file sorgente del sito'] : ['source files of the site'],
  });
  await mornings(studio, '2026-07-27T09:00:00+02:00');
  for (const letter of studio.letters('final-report')) approveLetter(studio.app, letter.id);
  await aMinuteLater(studio);
  const names = ['payment-reminder-upcoming', 'payment-reminder', 'work-paused', 'termination', 'final-report'];
  return told.sentTo(client, ...names);
}

/** Several invoices, one paid in part and one disputed in part, and then the money. */
async function severalAndPaid(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-06-01T09:00:00+02:00', reader, { dunning: { steps: ladder.slice(1) } });
  const { studio } = told;
  const client = told.client();
  const first = studio.invoice(client, { dueOn: '2026-05-15', number: '2026/014' });
  const second = studio.invoice(client, { dueOn: '2026-05-18', number: '2026/017', cents: 240_050 });
  const third = instalments(studio, client, '2026/021', [
    ['2026-05-20', 50_000],
    ['2026-06-04', 50_000],
    ['2026-07-20', 50_000],
  ]);
  studio.paid(first, 50_000);
  studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, second.id, 30_000));
  await mornings(studio, '2026-06-09T09:00:00+02:00');
  studio.paid(first, 72_000);
  studio.paid(second, 210_050);
  studio.paid(third, 100_000);
  await studio.at('2026-06-10T09:30:00+02:00');
  const reminders = ['payment-reminder-several', 'payment-reminder-instalment'];
  return told.sentTo(client, ...reminders, 'work-paused-several', 'work-resumed');
}

/** After a pause, by every way that the money may go: each client of one studio goes another. */
async function afterThePause(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-06-01T09:00:00+02:00', reader, { dunning: { steps: ladder.slice(1) } });
  const { studio } = told;
  const ways = {
    'settled-otherwise': [voided],
    'settled-otherwise-credited': [credited],
    'settled-otherwise-disputed': [voided, disputed],
    'settled-otherwise-by-hand': [writtenOff],
    'work-resumed-paid-twice': [
      (w, { id }) => {
        recordMoney(w, id, 122_000);
        recordMoney(w, id, 122_000);
      },
    ],
    'work-resumed-in-part': [(w, { id }) => recordMoney(w, id, 122_000), voided, credited, disputed],
  } satisfies Record<string, Way[]>;
  const clients = Object.entries(ways).map(([name, each]) => {
    const client = told.client(name);
    const numbers = each.map((way, at) => [way, ['2026/014', '2026/017', '2026/021', '2026/023'][at]] as const);
    const invoices = numbers.map(
      ([way, number]) => [way, studio.invoice(client, { dueOn: '2026-05-15', number: number as string })] as const,
    );
    return { name, client, invoices };
  });
  await mornings(studio, '2026-06-08T10:00:00+02:00');
  studio.clock.set(instant('2026-06-09T09:30:00+02:00'));
  for (const { invoices } of clients)
    for (const [way, invoice] of invoices) studio.app.store.write(studio.clock.now(), (w) => way(w, invoice));
  await studio.at('2026-06-09T09:40:00+02:00');
  const byHand = clients.find(({ name }) => name === 'settled-otherwise-by-hand')?.client as Client;
  proposeResumption(deskOf(studio), byHand.name);
  studio.approveAll();
  await aMinuteLater(studio);
  const sent = clients.map(({ name, client }) => told.sentTo(client, '', '', name));
  return (await Promise.all(sent)).flat();
}

type Way = (w: Writer, invoice: Invoice) => void;
const voided: Way = (w, { id }) => voidInvoice(w, id);
const writtenOff: Way = (w, { id }) => writeOff(w, id);
const disputed: Way = (w, { id, totalCents }) => setDisputed(w, id, totalCents);
const credited: Way = (w, { id, totalCents }) =>
  addCredit(w, id, { amountCents: totalCents, number: 'NC 3', issuedOn: dayOf(w.now, 'Europe/Rome'), why: 'errore' });
const recordMoney = (w: Writer, id: number, amountCents: number) =>
  recordPayment(w, id, { amountCents, receivedOn: dayOf(w.now, 'Europe/Rome'), reference: null });

/** One reminder, and then thanks, for an owner who wants to send them; or word that nothing is to be paid. */
async function remindedAndPaid(reader: Reader): Promise<SentLetter[]> {
  const steps = ladder.slice(1);
  const told = await Told.at('2026-05-18T08:00:00+02:00', reader, { dunning: { steps, thankForPayment: true } });
  const { studio } = told;
  const [one, several, none] = [told.client(), told.client('several'), told.client('none')];
  const more = told.client('more');
  const owe = (client: Client, number: string) => studio.invoice(client, { dueOn: '2026-05-15', number });
  const invoice = owe(one, '2026/014');
  const [first, second, third] = [owe(several, '2026/015'), owe(several, '2026/016'), owe(several, '2026/017')];
  const [wrong, mended] = [owe(none, '2026/018'), owe(none, '2026/019')];
  const [due, ahead] = [owe(more, '2026/020'), studio.invoice(more, { dueOn: '2026-08-15', number: '2026/021' })];
  await studio.at('2026-05-18T09:00:00+02:00');
  for (const paid of [invoice, first, second, due]) studio.paid(paid);
  studio.paid(ahead, 125_000);
  studio.app.store.write(studio.clock.now(), (w) => [third, mended].forEach((each) => credited(w, each)));
  studio.app.store.write(studio.clock.now(), (w) => voided(w, wrong));
  await studio.at('2026-05-20T10:00:00+02:00');
  return [
    ...(await told.sentTo(one, '', 'payment-received')),
    ...(await told.sentTo(several, '', 'payment-received-several')),
    ...(await told.sentTo(more, '', 'payment-received-too-much')),
    ...(await told.sentTo(none, '', 'settled-otherwise-without-pause')),
  ];
}

/** The ladder that announces what hurts, of a business and of a person: each letter by the owner's word. */
async function announced(reader: Reader): Promise<SentLetter[]> {
  const letters: SentLetter[] = [];
  for (const [form, names] of [
    ['messa-in-mora', ['', 'pause-notice', 'work-paused-announced', 'final-demand']],
    ['diffida', ['', '', '', 'final-demand-diffida']],
  ] as const) {
    const told = await Told.at('2026-05-17T09:30:00+02:00', reader, {
      dunning: { ladder: 'announced', finalDemand: form },
    });
    const { studio, it } = told;
    const pauseClause = it ? 'l’art. 7 del contratto' : 'clause 7 of our contract';
    const [firm, person] = [
      told.client('luca', { terms: { ...noTerms, pauseClause } }),
      told.client('person', { kind: 'consumer' }),
    ];
    for (const client of [firm, person]) studio.invoice(client, { dueOn: '2026-05-15', number: '2026/014' });
    for (let day = 0; day < 36; day += 1) {
      await mornings(studio, daysLater(studio, 1));
      studio.approveAll();
      await aMinuteLater(studio);
    }
    letters.push(...(await told.sentTo(firm, ...names)));
    const last = form === 'diffida' ? '' : 'final-demand-consumer';
    letters.push(...(await told.sentTo(person, '', '', '', last)));
  }
  return letters;
}

/** What a client did or said of money, each answered by a letter that the owner lets go. */
async function occasions(reader: Reader): Promise<SentLetter[]> {
  const ask = { 'part-payment': 'ask', 'promise-broken': 'ask', 'promise-confirmed': 'ask', 'dispute-noted': 'ask' };
  const told = await Told.at('2026-05-18T08:00:00+02:00', reader, {
    dunning: { steps: ladder.slice(1), occasions: ask },
  });
  const { studio } = told;
  const names = ['part-payment', 'promise', 'dispute', 'whole'];
  const clients = names.map((name) => told.client(name));
  const invoices = clients.map((client) => studio.invoice(client, { dueOn: '2026-05-15', number: '2026/014' }));
  const [part, promised, inPart, whole] = invoices as [Invoice, Invoice, Invoice, Invoice];
  await studio.at('2026-05-18T09:00:00+02:00');
  studio.paid(part, 50_000);
  notePromise(
    studio.app,
    { number: '2026/014', client: String(promised.clientId) },
    {
      day: localDay('2026-05-20'),
      zone: 'Europe/Rome',
      note: '',
    },
  );
  studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, inPart.id, 50_000));
  studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, whole.id, 122_000));
  for (const moment of ['2026-05-19T09:00:00+02:00', '2026-05-21T09:00:00+02:00']) {
    await studio.at(moment);
    studio.approveAll();
    await aMinuteLater(studio);
  }
  const [first, second, third, fourth] = clients as [Client, Client, Client, Client];
  return [
    ...(await told.sentTo(first, '', 'part-payment')),
    ...(await told.sentTo(second, '', 'promise-confirmed', 'promise-broken')),
    ...(await told.sentTo(third, '', 'dispute-noted')),
    ...(await told.sentTo(fourth, '', 'dispute-noted-of-all')),
  ];
}

/** An account outside SEPA, and no account at all. */
async function otherAccounts(reader: Reader): Promise<SentLetter[]> {
  const outside = { ...owner, iban: 'AE070331234567890123456', bic: 'BOMLAEAD', accountHolder: 'Ferri FZE' };
  const letters: SentLetter[] = [];
  for (const [name, account] of [
    ['payment-reminder-outside-sepa', outside],
    ['payment-reminder-without-iban', { ...owner, iban: null }],
  ] as const) {
    const told = await Told.at('2026-05-18T08:00:00+02:00', reader, { owner: account });
    const client = told.client();
    told.studio.invoice(client, { dueOn: '2026-05-15', number: '2026/014' });
    await told.studio.at('2026-05-18T09:00:00+02:00');
    letters.push(...(await told.sentTo(client, name)));
  }
  return letters;
}

// --- the end

const nothing: ExitWish = {
  reason: null,
  noticeDays: null,
  milestone: null,
  by: null,
  referral: null,
  handover: [],
  onPayment: [],
};

/** Proposed, or taken up; four days later talked about, checked and approved. */
async function end(studio: Studio, client: Client, wish: Partial<ExitWish>): Promise<void> {
  proposeExit(deskOf(studio), client.name, { ...nothing, ...wish });
  await mornings(studio, daysLater(studio, 4));
  approveEnd(studio, client);
  await aMinuteLater(studio);
}

function approveEnd(studio: Studio, client: Client): void {
  const desk = deskOf(studio);
  log(studio, client, { kind: 'call', minutes: 20, direction: 'out', text: 'Detto tutto.' });
  for (const item of exitChecks) checkItem(desk, client.name, item, { undo: false, logId: null });
  approveExit(desk, client.name, client.name);
}

type Logged = Pick<Parameters<typeof logWithClient>[2], 'kind' | 'minutes' | 'direction' | 'text'>;

function log(studio: Studio, client: Client, entry: Logged): void {
  const hours = { contact: studio.config.hours, phone: studio.config.phoneHours };
  logWithClient(studio.app, client.name, { ...entry, project: null, at: plus(studio.clock.now(), -3_600_000) }, hours);
}

const daysLater = (studio: Studio, days: number) => new Date(plus(studio.clock.now(), days * 86_400_000)).toISOString();
const aMinuteLater = (studio: Studio) => studio.at(plus(studio.clock.now(), 60_000));

/** What the account comes to when the work has ended: all paid, disputed, open in two currencies, given up. */
async function reports(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-11-02T10:00:00+01:00', reader);
  const { studio } = told;
  const accounts: Record<string, (client: Client) => void> = {
    'final-report-settled': (client) => studio.paid(owed(studio, client, '2026/014')),
    'final-report-in-dispute': (client) => {
      studio.paid(owed(studio, client, '2026/014'));
      goes(studio, owed(studio, client, '2026/017'), disputed);
    },
    'final-report-two-currencies': (client) => {
      const [first, second] = [owed(studio, client, '2026/014'), owed(studio, client, '2026/017', 'USD')];
      studio.paid(first, 20_000);
      studio.paid(second, 30_000);
      studio.app.store.write(studio.clock.now(), (w) => setDisputed(w, first.id, 12_000));
      goes(studio, owed(studio, client, '2026/021'), disputed);
    },
    'final-report-given-up': (client) => goes(studio, owed(studio, client, '2026/014'), writtenOff),
  };
  const clients = Object.entries(accounts).map(([name, account]) => ({ name, account, client: told.client(name) }));
  for (const { client } of clients)
    proposeExit(deskOf(studio), client.name, { ...nothing, reason: 'no-contract', noticeDays: 0 });
  await mornings(studio, daysLater(studio, 4));
  for (const { client } of clients) approveEnd(studio, client);
  await aMinuteLater(studio);
  for (const { client, account } of clients) account(client);
  await mornings(studio, daysLater(studio, 3));
  for (const letter of studio.letters('final-report')) approveLetter(studio.app, letter.id);
  await aMinuteLater(studio);
  return (await Promise.all(clients.map(({ name, client }) => told.sentTo(client, '', name)))).flat();
}

const goes = (studio: Studio, invoice: Invoice, way: Way) =>
  studio.app.store.write(studio.clock.now(), (w) => way(w, invoice));

const owed = (studio: Studio, client: Client, number: string, currency = 'EUR') =>
  studio.invoice(client, { dueOn: '2026-12-04', number, currency });

/** With a milestone, a clause and work not invoiced yet; with work paid ahead; without any notice. */
async function endings(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-11-02T10:00:00+01:00', reader);
  const { studio, it } = told;
  const exitClause = it ? 'l’art. 9 del contratto' : 'clause 9 of our contract';
  const first = told.client('first', { terms: { ...noTerms, exitClause } });
  const second = told.client('second', { terms: { ...noTerms, workPrepaidUntil: localDay('2026-12-31') } });
  const third = told.client('third');
  log(studio, first, { kind: 'work', minutes: 90, direction: null, text: 'Catalogo' });
  const wishes: [Client, Partial<ExitWish>][] = [
    [first, { reason: 'no-capacity', milestone: it ? 'il catalogo' : 'the catalogue' }],
    [
      second,
      {
        reason: it ? 'dal prossimo anno mi dedico soltanto al restauro.' : 'from next year I work in restoration only.',
        handover: it ? ['testi e fotografie ricevuti'] : ['texts and photographs received'],
      },
    ],
    [third, { reason: 'no-contract', noticeDays: 0 }],
  ];
  for (const [client, wish] of wishes) proposeExit(deskOf(studio), client.name, { ...nothing, ...wish });
  await mornings(studio, daysLater(studio, 4));
  for (const [client] of wishes) approveEnd(studio, client);
  await aMinuteLater(studio);
  return [
    ...(await told.sentTo(first, 'termination-with-a-milestone')),
    ...(await told.sentTo(second, 'termination-with-work-paid-ahead')),
    ...(await told.sentTo(third, 'termination-today')),
  ];
}

// --- contact

const day = ['09:00-13:00', '14:00-18:00'];
const week = { mon: day, tue: day, wed: day, thu: day, fri: day };
const closures = [{ from: '2026-08-10', to: '2026-08-21', note: 'ferie' }];
const contactHours = { ...week, holidays: { country: 'IT', extra: [] }, closures };

/** The same mail in a closure, in hours, on a Saturday night and on a holiday; and where the phone is a channel too. */
async function acknowledgements(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-08-20T09:00:00+02:00', reader, { contactHours });
  const [one, other] = [told.client(), told.client('other')];
  await acknowledged(told, one, '2026-08-20T18:30:00+02:00', '2026-08-24T09:00:00+02:00');
  await acknowledged(told, one, '2026-11-20T10:12:00+01:00', '2026-11-20T10:42:00+01:00');
  await acknowledged(told, other, '2026-11-21T22:14:00+01:00', '2026-11-23T09:00:00+01:00');
  await acknowledged(told, one, '2026-12-08T10:00:00+01:00', '2026-12-09T09:00:00+01:00');
  const byPhone = await Told.at('2026-11-20T09:00:00+01:00', reader, {
    contactHours,
    channels: ['email', 'phone'],
    phoneHours: { tue: ['10:00-12:00'] },
  });
  const caller = byPhone.client();
  await acknowledged(byPhone, caller, '2026-11-20T10:12:00+01:00', '2026-11-20T10:42:00+01:00');
  const names = ['acknowledgement-after-a-closure', 'acknowledgement', 'acknowledgement-on-a-holiday'];
  return [
    ...(await told.sentTo(one, ...names)),
    ...(await told.sentTo(other, 'acknowledgement-out-of-hours')),
    ...(await byPhone.sentTo(caller, 'acknowledgement-by-phone-too')),
  ];
}

/** Held for the whole window, and sent because nobody has answered; and in a closure, told of it before it is over. */
async function otherAcknowledgements(reader: Reader): Promise<SentLetter[]> {
  const held = { acknowledgement: { holdMinutes: 72 * 60 } };
  const one = await Told.at('2026-11-17T09:00:00+01:00', reader, { contactHours, ...held });
  const waiting = one.client();
  await acknowledged(one, waiting, '2026-11-17T10:12:00+01:00', '2026-11-20T10:12:00+01:00');
  const told = await Told.at('2026-08-12T08:00:00+02:00', reader, {
    contactHours,
    acknowledgement: { duringClosures: true },
  });
  const away = told.client();
  await acknowledged(told, away, '2026-08-12T10:12:00+02:00', '2026-08-12T10:42:00+02:00');
  const oneDay = [{ from: '2026-08-13', to: '2026-08-13', note: 'patrono' }];
  const short = await Told.at('2026-08-13T08:00:00+02:00', reader, {
    contactHours: { ...contactHours, closures: oneDay },
    acknowledgement: { duringClosures: true },
  });
  const other = short.client();
  await acknowledged(short, other, '2026-08-13T10:12:00+02:00', '2026-08-13T10:42:00+02:00');
  return [
    ...(await one.sentTo(waiting, 'acknowledgement-late')),
    ...(await told.sentTo(away, 'acknowledgement-closed')),
    ...(await short.sentTo(other, 'acknowledgement-closed-one-day')),
  ];
}

async function acknowledged({ studio, it }: Told, client: Client, receivedAt: string, leaves: string): Promise<void> {
  const from = client.addresses[0] as string;
  studio.clientWrites({ from, subject: it ? 'Testi della pagina contatti' : 'Copy for the contact page' }, receivedAt);
  await studio.at(receivedAt);
  await studio.at(leaves);
  studio.ownerAnswers(
    { to: from, subject: it ? 'Re: Testi della pagina contatti' : 'Re: Copy for the contact page' },
    leaves,
  );
  await aMinuteLater(studio);
}

/** Asked, not answered: kind, then firm; with a date of delivery and without. */
async function nudges(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-11-02T10:00:00+01:00', reader, { requests: { nudges: 'on' } });
  const { studio, it } = told;
  const [dated, undated] = [told.client('dated'), told.client('undated')];
  const text = it ? 'Quali testi vanno nella pagina contatti?' : 'Which copy goes on the contact page?';
  const request = { messageId: null, dueOn: localDay('2026-11-06'), text };
  const project = it ? 'sito Verdi Arredi' : 'Harper & Lowe website';
  const desk = { ...studio.app, settings: studio.config };
  askClient(desk, dated.name, { ...request, project, deliveryOn: localDay('2026-11-27') });
  askClient(desk, undated.name, { ...request, project: null, deliveryOn: null });
  await mornings(studio, '2026-11-18T10:00:00+01:00');
  return [
    ...(await told.sentTo(dated, 'nudge-kind', 'nudge-firm')),
    ...(await told.sentTo(undated, 'nudge-kind-without-date', 'nudge-firm-without-date')),
  ];
}

/** Where the line is, with all that the register knows of it and with nothing. */
async function boundaries(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-11-23T09:00:00+01:00', reader);
  const { studio, it } = told;
  const scope = it ? ['progetto grafico', 'sito in due lingue'] : ['visual design', 'website in two languages'];
  const terms = { ...noTerms, scope, revisionsIncluded: 2, startedOn: localDay('2026-12-07') };
  const known = { project: it ? 'sito Verdi Arredi' : 'Harper & Lowe website', terms };
  const letters: [string, BoundaryWish['word'], Partial<Client>][] = [
    ['boundary-hours', 'boundary', {}],
    ['boundary-hours-abroad', 'boundary', { timeZone: 'America/New_York' }],
    ['boundary-decisions', 'decisions', known],
    ['boundary-decisions-plain', 'decisions', {}],
    ['boundary-decisions-no-revisions', 'decisions', { terms: { ...noTerms, revisionsIncluded: 0 } }],
    ['boundary-scope', 'scope', known],
    ['boundary-scope-plain', 'scope', {}],
    ['boundary-contract', 'contract', known],
    ['boundary-contract-plain', 'contract', {}],
  ];
  const clients = letters.map(([name, , patch]) => told.client(name, patch));
  for (const [at, client] of clients.entries()) if (letters[at]?.[1] === 'scope') asksForMore(told, client);
  await studio.at('2026-11-23T09:06:00+01:00');
  await studio.at('2026-11-23T09:40:00+01:00');
  studio.clock.set(instant('2026-11-24T09:40:00+01:00'));
  for (const [at, client] of clients.entries()) sendBoundary(studio, client, letters[at]?.[1] as BoundaryWish['word']);
  await aMinuteLater(studio);
  // a client in New York is written to when the studio and her own day are both open
  await studio.at('2026-11-24T16:30:00+01:00');
  const sent = clients.map((client, at) => {
    const [name = '', word] = letters[at] ?? [];
    return told.sentTo(client, ...(word === 'scope' ? ['', name] : [name]));
  });
  return [...(await Promise.all(sent)).flat(), ...(await boundaryByPhone(reader))];
}

/** A new rate, one channel, how the owner works, what the work has waited for; and a no to a stranger. */
async function byHand(reader: Reader): Promise<SentLetter[]> {
  const told = await Told.at('2026-11-02T10:00:00+01:00', reader, {
    channels: ['email', 'phone'],
    phoneHours: { tue: ['10:00-12:00'] },
    welcome:
      reader.language === 'it'
        ? { does: ['siti web'], doesNot: ['stampa'] }
        : { does: ['websites'], doesNot: ['print'] },
  });
  const { studio, it } = told;
  const project = it ? 'sito Verdi Arredi' : 'Harper & Lowe website';
  const terms = { ...noTerms, rateCents: 5_000, rateUnit: 'hour', currency: 'EUR' } as const;
  const [price, channel, welcome, delays] = [
    told.client('price', { terms, project }),
    told.client('channel'),
    told.client('welcome', { project }),
    told.client('delays', { project }),
  ];
  const text = it ? 'Quali testi vanno nella pagina contatti?' : 'Which copy goes on the contact page?';
  const request = { messageId: null, dueOn: localDay('2026-11-04'), text, project };
  askClient({ ...studio.app, settings: studio.config }, delays.name, {
    ...request,
    deliveryOn: localDay('2026-11-27'),
  });
  logWithClient(
    studio.app,
    channel.name,
    {
      kind: 'chat',
      via: 'WhatsApp',
      at: studio.clock.now(),
      minutes: null,
      direction: 'in',
      text: 'Ciao',
      project: null,
    },
    { contact: studio.config.hours, phone: studio.config.phoneHours },
  );
  const subject = it ? 'Richiesta di preventivo' : 'Quotation';
  studio.clientWrites({
    from: 'Paolo <paolo@stranger.example>',
    subject,
    text: it ? 'Quanto costa un sito?' : 'How much?',
  });
  await mornings(studio, '2026-11-16T10:00:00+01:00');
  const rate = { cents: 6_000, currency: 'EUR', unit: 'hour' } as const;
  const plain = { quoteId: null, quoteText: null, hours: null, from: null, by: null, project: null };
  const letters = [
    writeBoundaryLetter(deskOf(studio), price.name, { ...plain, word: 'price', rate }),
    writeBoundaryLetter(deskOf(studio), channel.name, { ...plain, word: 'channel' }),
    writeBoundaryLetter(deskOf(studio), welcome.name, { ...plain, word: 'welcome' }),
    writeBoundaryLetter(deskOf(studio), delays.name, { ...plain, word: 'delays' }),
    declineStranger(deskOf(studio), {
      address: 'paolo@stranger.example',
      language: reader.language,
      tone: reader.tone,
      referral: it ? 'Marco Neri (Neri Digitale)' : 'Claire Moss (Moss Digital)',
    }),
  ];
  for (const { letter } of letters) approveLetter(studio.app, letter.id);
  await aMinuteLater(studio);
  return [
    ...(await told.sentTo(price, 'boundary-price')),
    ...(await told.sentTo(channel, 'boundary-channel')),
    ...(await told.sentTo(welcome, 'welcome')),
    ...(await told.sentTo(delays, 'delays')),
    ...(await told.sentTo({ addresses: ['paolo@stranger.example'] } as Client, 'decline')),
  ];
}

async function boundaryByPhone(reader: Reader): Promise<SentLetter[]> {
  const phoneHours = { tue: ['10:00-12:00'], thu: ['10:00-12:00'] };
  const told = await Told.at('2026-11-24T09:40:00+01:00', reader, { channels: ['email', 'phone'], phoneHours });
  const client = told.client();
  sendBoundary(told.studio, client, 'boundary');
  await aMinuteLater(told.studio);
  return told.sentTo(client, 'boundary-hours-by-phone-too');
}

function sendBoundary(studio: Studio, client: Client, word: BoundaryWish['word']): void {
  const plain = { quoteId: null, quoteText: null, hours: null, from: null, by: null, project: null };
  approveLetter(studio.app, writeBoundaryLetter(deskOf(studio), client.name, { ...plain, word }).letter.id);
}

function asksForMore({ studio, it }: Told, client: Client): void {
  const italian = 'Già che ci siamo, aggiungiamo anche il negozio online?';
  const text = it ? italian : 'While you are at it, could you add the online shop as well?';
  const from = client.addresses[0] as string;
  studio.clientWrites({ from, subject: it ? 'Sito' : 'Website', text }, '2026-11-23T09:05:00+01:00');
}

/** Each with the letters to this reader that it lets leave, by the names of their golden files. */
export const stories: readonly [string, (reader: Reader) => Promise<SentLetter[]>][] = [
  ['the ladder, from the reminder to the end', fromReminderToEnd],
  ['several invoices', severalAndPaid],
  ['a pause, by the way the money went', afterThePause],
  ['a reminder that is answered by money', remindedAndPaid],
  ['the ladder that announces', announced],
  ['what was done or said of money', occasions],
  ['other accounts', otherAccounts],
  ['endings', endings],
  ['final reports', reports],
  ['acknowledgements', acknowledgements],
  ['acknowledgements of other times', otherAcknowledgements],
  ['nudges', nudges],
  ['where the line is', boundaries],
  ['other letters by hand', byHand],
];
