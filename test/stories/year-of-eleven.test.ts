/**
 * A year of a small studio with eleven clients on the turned clock: one of each kind that freelancers write of, and two
 * good ones. What Paletti told, and when, is held line by line against what they say should have been done.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeTerms } from '../../src/desk/client-terms.ts';
import { logWithClient, type NewLog } from '../../src/desk/clients.ts';
import { approveExit, checkItem, type ExitDesk, proposeExit } from '../../src/desk/exit.ts';
import { type BoundaryWord, writeBoundaryLetter } from '../../src/desk/letter.ts';
import { viewLookBack } from '../../src/desk/look-back.ts';
import { approveLetter } from '../../src/desk/outbox.ts';
import { markClient } from '../../src/desk/client-marks.ts';
import { viewWeek, type WeekClient } from '../../src/desk/views/week.ts';
import { type Client, noTerms } from '../../src/rules/client.ts';
import { exitChecks } from '../../src/rules/exit.ts';
import { acknowledgementKinds } from '../../src/rules/letter.ts';
import {
  at,
  addDays,
  dayMs,
  type Instant,
  type LocalDay,
  localDay,
  plus,
  type TimeZone,
  weekdayOf,
} from '../../src/rules/time.ts';
import { isOpen } from '../../src/rules/contact-hours.ts';
import { silentLog } from '../../src/log.ts';
import { tell } from '../../src/words/voice.ts';
import type { Told } from '../../src/rules/told.ts';
import { rome, Studio } from '../support/studio.ts';

const zone = 'Europe/Rome' as TimeZone;
/** '03-09 22:30' of the year, by the clock of Rome */
function when(text: string): Instant {
  const [day = '', clock = '00:00'] = text.split(' ');
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return at(localDay(`2026-${day}`), hour * 60 + minute, zone);
}

/** The next day that is no Saturday and no Sunday. */
function weekdayAfter(day: LocalDay): LocalDay {
  const next = addDays(day, 1);
  return ['sat', 'sun'].includes(weekdayOf(next)) ? weekdayAfter(next) : next;
}

/** 'MM-DD' of so many working days, `step` weekdays apart. */
function workdays(from: string, amount: number, step: number): string[] {
  const days: string[] = [];
  let day = localDay(`2026-${from}`);
  for (let index = 0; index < amount; index++) {
    days.push(day.slice(5));
    for (let skipped = 0; skipped < step; skipped++) day = weekdayAfter(day);
  }
  return days;
}

interface Said {
  on: string;
  key: string;
  text: string;
}

/** Everything that happens, by its moment; each morning at ten the daemon makes its pass. */
class Year {
  readonly studio: Studio;
  readonly clients = new Map<string, Client>();
  /** of each Monday: what the sheet says of each client */
  readonly sheets: { on: string; clients: WeekClient[] }[] = [];
  readonly #happens: { at: Instant; does: () => void }[] = [];
  #mails = 0;

  constructor(studio: Studio) {
    this.studio = studio;
  }

  on(moment: string, does: () => void): void {
    this.#happens.push({ at: when(moment), does });
  }

  client(name: string, patch: Partial<Client> = {}): Client {
    const client = this.studio.client(name, { contactName: null, ...patch });
    this.clients.set(name, client);
    return client;
  }

  of(name: string): Client {
    return this.clients.get(name) as Client;
  }

  /** The client writes, and the owner answers the next morning. */
  writes(name: string, moment: string, text: string, answer: string | null = 'Va bene, ci penso.'): void {
    const number = ++this.#mails;
    const from = this.of(name).addresses[0] as string;
    const messageId = `<y${number}@client.example>`;
    const subject = `Sito, punto ${number}`;
    this.on(moment, () => this.studio.clientWrites({ from, subject, text, messageId }));
    if (answer === null) return;
    const next = weekdayAfter(localDay(`2026-${moment.slice(0, 5)}`));
    this.on(`${next.slice(5)} 09:30`, () =>
      this.studio.ownerAnswers({ to: from, subject: `Re: ${subject}`, inReplyTo: messageId, text: answer }),
    );
  }

  /** The owner asks, and nobody answers. */
  asks(name: string, moment: string, text: string): void {
    const to = this.of(name).addresses[0] as string;
    this.on(moment, () => this.studio.ownerAnswers({ to, subject: `Domanda ${moment}`, text }));
  }

  logs(name: string, moment: string, entry: Partial<NewLog> & Pick<NewLog, 'kind' | 'text'>): void {
    const { config } = this.studio;
    const hours = { contact: config.hours, phone: config.phoneHours };
    const direction = entry.kind === 'chat' || entry.kind === 'call' ? ('in' as const) : null;
    this.on(moment, () =>
      logWithClient(
        this.studio.app,
        this.of(name).name,
        { minutes: null, project: null, direction, at: when(moment), ...entry },
        hours,
      ),
    );
  }

  /** Issued thirty days before it is due; paid on that day, or never. */
  bills(name: string, due: string, cents: number, paidOn: string | null): void {
    const issued = addDays(localDay(`2026-${due}`), -30);
    const begin = issued < localDay('2026-01-05') ? '01-05' : issued.slice(5);
    this.on(`${begin} 09:00`, () => {
      const invoice = this.studio.invoice(this.of(name), { dueOn: `2026-${due}`, cents });
      if (paidOn !== null) this.on(`${paidOn} 09:10`, () => void this.studio.paid(invoice));
    });
  }

  /** She writes the letter that the advice names, and lets it go. */
  letter(name: string, moment: string, word: BoundaryWord): void {
    const wish = { quoteId: null, quoteText: null, hours: null, from: null, by: null, project: null };
    this.on(moment, () => {
      const { letter } = writeBoundaryLetter(this.desk(), this.of(name).name, { word, ...wish });
      approveLetter(this.studio.app, letter.id);
    });
  }

  desk(): ExitDesk {
    return { ...this.studio.app, settings: this.studio.config, mailbox: 'studio' };
  }

  async live(from: string, until: string): Promise<void> {
    const end = when(`${until} 10:00`);
    for (let morning = when(`${from} 10:00`); morning <= end; morning = plus(morning, dayMs)) {
      for (const one of this.#due(morning)) {
        if (one.at > this.studio.clock.now()) this.studio.clock.set(one.at);
        one.does();
      }
      this.studio.clock.set(morning);
      await this.studio.app.pass();
      if (new Date(morning).getUTCDay() === 1) this.#sheet(morning);
    }
  }

  /** What is added while the day goes on is done as well. */
  *#due(morning: Instant): Generator<{ at: Instant; does: () => void }> {
    for (;;) {
      this.#happens.sort((a, b) => a.at - b.at);
      if ((this.#happens[0]?.at ?? Infinity) > morning) return;
      yield this.#happens.shift() as { at: Instant; does: () => void };
    }
  }

  #sheet(now: Instant): void {
    const { crossed, goesOn } = this.studio.app.store.read((r) => viewWeek(r, this.studio.config, now));
    this.sheets.push({ on: rome(now).slice(0, 10), clients: [...crossed, ...goesOn] });
  }

  /** All that was ever told of a client, in the order in which it was told. */
  told(name: string): Said[] {
    const rows = this.studio.app.store.read((r) =>
      r.all<{ key: string; at: string; told: string }>('SELECT key, at, told FROM notices ORDER BY at, id'),
    );
    return rows
      .map(({ key, at: moment, told }) => ({
        on: moment.slice(0, 10),
        key,
        text: `${tell(JSON.parse(told) as Told, 'en').text} ${tell(JSON.parse(told) as Told, 'en').next}`,
      }))
      .filter(({ text, key }) => text.includes(name) || key.startsWith(`sign/${this.of(name).id}/`));
  }

  /** What the sheets of the Mondays say of a client, each new saying once. */
  advice(name: string): string[] {
    const said = this.sheets.flatMap(({ on, clients }) =>
      clients.filter(({ client }) => client === name).map(({ type, step }) => ({ on, line: `${type} -> ${step}` })),
    );
    return said.filter(({ line }, index) => line !== said[index - 1]?.line).map(({ on, line }) => `${on} ${line}`);
  }
}

const signed = { ...noTerms, contractSignedOn: localDay('2026-01-05') as LocalDay };

function silentOne(year: Year): void {
  year.client('Alba Srl', { terms: signed });
  year.asks('Alba Srl', '02-02 10:00', 'Quale foto mettiamo in prima pagina?');
  year.asks('Alba Srl', '02-16 10:00', 'Mi mandi i testi della pagina contatti?');
  year.asks('Alba Srl', '03-02 10:00', 'Hai scelto i colori?');
}

function controllingOne(year: Year): void {
  year.client('Bruno Snc', { terms: signed });
  const sentences = [
    'Prima di pubblicare chiedi a me.',
    'Mettimi in copia in ogni mail.',
    'Decido io.',
    'Voglio vedere ogni singolo post prima.',
    'Non mi hai chiesto il permesso.',
    'Perché hai messo il punto lì?',
  ];
  for (const [index, day] of workdays('02-03', 6, 3).entries())
    year.writes('Bruno Snc', `${day} 11:00`, sentences[index] as string);
  year.letter('Bruno Snc', '03-05 11:00', 'decisions');
  for (const [index, day] of workdays('04-08', 6, 3).entries())
    year.writes('Bruno Snc', `${day} 11:00`, sentences[index] as string);
}

function laterPayer(year: Year): void {
  year.client('Carla Sas', { terms: signed });
  year.bills('Carla Sas', '02-16', 80_000, '02-16');
  year.bills('Carla Sas', '03-16', 80_000, '03-27');
  year.writes('Carla Sas', '04-08 11:00', 'Continua a lavorare, alla fine ti pagherò.');
  year.bills('Carla Sas', '04-20', 80_000, '05-14');
  year.on('04-14 10:00', () => changeTerms(year.studio.app, 'Carla Sas', { paymentDays: '0' }));
}

function messengerAtNight(year: Year): void {
  year.client('Dario', { terms: signed });
  for (const day of ['02', '05', '09', '12', '16', '19']) {
    year.logs('Dario', `03-${day} 22:40`, { kind: 'chat', text: 'sei sveglia?', via: 'whatsapp', minutes: 15 });
    year.writes('Dario', `03-${day} 23:10`, 'Ti ho scritto anche su WhatsApp.');
  }
  year.letter('Dario', '03-24 11:00', 'boundary');
  for (const day of ['13', '16', '20', '23', '27', '29'])
    year.writes('Dario', `04-${day} 23:20`, 'Ti ho scritto anche su WhatsApp.');
}

function indecisiveOne(year: Year): void {
  year.client('Elena', { terms: signed });
  const sentences = [
    'Non è proprio quello che avevo in mente.',
    'Non ci siamo.',
    'Torniamo alla versione di prima.',
    'Puoi cambiare il font?',
    'Puoi modificare il titolo?',
  ];
  for (const [index, day] of workdays('05-04', 5, 4).entries())
    year.writes('Elena', `${day} 11:00`, sentences[index] as string);
}

function scopeCreeper(year: Year): void {
  year.client('Fabio Srl', { terms: { ...signed, scope: ['sito di cinque pagine'] } });
  const sentences = [
    'Mi fai anche le grafiche per Instagram?',
    'Aggiungi anche la mappa.',
    'Dimenticavo: servirebbe un video.',
    'Potresti anche rifare il logo?',
    'Sarebbe bello avere la versione inglese.',
  ];
  for (const [index, day] of workdays('03-03', 5, 4).entries())
    year.writes('Fabio Srl', `${day} 11:00`, sentences[index] as string);
}

function withoutContract(year: Year): void {
  year.client('Gino', { terms: { ...noTerms, contractNone: true } });
  year.logs('Gino', '02-10 10:30', { kind: 'work', minutes: 120, text: 'bozza' });
  year.writes('Gino', '02-12 11:00', 'Un contratto? Ci fidiamo, no?');
  year.letter('Gino', '02-17 11:00', 'contract');
  year.on('04-01 10:30', () => markClient(year.studio.app, 'Gino', { mark: 'will-not-sign', note: '', remove: false }));
}

function lowPayer(year: Year): void {
  year.client('Ivo', { terms: signed });
  for (const [worked, due] of [
    ['02-03', '03-06'],
    ['03-03', '04-07'],
    ['04-02', '05-06'],
  ] as const) {
    year.logs('Ivo', `${worked} 15:00`, { kind: 'work', minutes: 600, text: 'testi' });
    year.bills('Ivo', due, 15_000, due);
  }
  year.on('06-08 10:30', () =>
    logWithClient(
      year.studio.app,
      'Ivo',
      {
        kind: 'price',
        text: 'refused',
        minutes: null,
        project: null,
        direction: null,
        at: when('06-08 10:30'),
      },
      { contact: year.studio.config.hours, phone: year.studio.config.phoneHours },
    ),
  );
}

/** Never pays, is paused, is told to go, and attacks. */
function attacker(year: Year): void {
  year.client('Luca Spa', { terms: signed });
  year.bills('Luca Spa', '03-02', 240_000, null);
  year.logs('Luca Spa', '02-20 10:30', { kind: 'work', minutes: 660, text: 'negozio' });
  year.on('03-20 09:50', () => {
    for (const { id } of year.studio.letters('work-paused')) approveLetter(year.studio.app, id);
  });
  year.on('06-01 10:30', () =>
    proposeExit(year.desk(), 'Luca Spa', {
      reason: 'non-payment',
      noticeDays: 30,
      milestone: null,
      by: null,
      referral: null,
      handover: [],
      onPayment: [],
    }),
  );
  year.logs('Luca Spa', '06-03 15:00', { kind: 'call', text: 'detto tutto', minutes: 10, direction: 'out' });
  year.on('06-05 10:30', () => {
    for (const item of exitChecks) checkItem(year.desk(), 'Luca Spa', item, { undo: false, logId: null });
    approveExit(year.desk(), 'Luca Spa', 'Luca Spa');
  });
  year.writes('Luca Spa', '08-10 11:00', 'Scrivo su Google che sei una truffatrice.', null);
}

function goodOne(year: Year, name: string): void {
  year.client(name, { terms: signed });
  for (const [day, due] of [
    ['02-04', '03-09'],
    ['03-04', '04-09'],
    ['04-08', '05-08'],
    ['05-06', '06-09'],
    ['06-04', '07-09'],
  ] as const) {
    year.writes(name, `${day} 11:00`, 'Buongiorno Anna, ti mando i testi. Grazie del lavoro!');
    year.logs(name, `${day} 15:00`, { kind: 'work', minutes: 600, text: 'pagine' });
    year.bills(name, due, 60_000, due);
  }
}

let year: Year;

beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paletti-year-'));
  const studio = new Studio({ now: '2026-01-07T10:00:00+01:00', dataDir, log: silentLog });
  await studio.open();
  await studio.app.pass();
  year = new Year(studio);
  for (const live of [silentOne, controllingOne, laterPayer, messengerAtNight, indecisiveOne, scopeCreeper]) live(year);
  for (const live of [withoutContract, lowPayer, attacker]) live(year);
  goodOne(year, 'Mara');
  goodOne(year, 'Nora');
  await year.live('01-08', '08-12');
  return async () => {
    await studio.app.shut();
    rmSync(dataDir, { recursive: true, force: true });
  };
}, 900_000);

/** What the sheets of the Mondays said, each new saying once; and when the first sign was told. */
interface Judged {
  client: string;
  /** what freelancers say of such a client */
  because: string;
  sheets: string[];
  firstSign: { by: string; sign: string; command: RegExp };
}

const judged: readonly Judged[] = [
  {
    client: 'Alba Srl',
    because: 'tell him that his silence delays him; then put the project away until he answers',
    sheets: ['2026-03-09 silent -> nudge', '2026-04-06 silent -> archive'],
    firstSign: { by: '2026-03-06', sign: 'silence', command: /paletti requests accept 1/ },
  },
  {
    client: 'Bruno Snc',
    because: 'tell him that he makes the work impossible; when that changes nothing, leave',
    sheets: [
      '2026-02-16 controlling -> keep',
      '2026-03-02 controlling -> decisions',
      '2026-03-09 controlling -> keep',
      '2026-04-20 controlling -> end',
    ],
    firstSign: { by: '2026-02-12', sign: 'control', command: /paletti clients show 2/ },
  },
  {
    client: 'Carla Sas',
    because: 'first on time, then later and later: payment in advance, before anything else; no end in haste',
    sheets: ['2026-03-23 pays-later -> in-advance', '2026-04-20 pays-later -> keep'],
    firstSign: { by: '2026-03-20', sign: 'pays later', command: /paletti clients terms 3 --payment-days 0/ },
  },
  {
    client: 'Dario',
    because: 'hours and a channel are said first; who has been told twice and goes on is let go',
    sheets: [
      '2026-03-16 at-any-hour -> boundary',
      '2026-03-30 at-any-hour -> by-mail',
      '2026-05-04 at-any-hour -> end',
    ],
    firstSign: { by: '2026-03-10', sign: 'out of hours', command: /paletti letter 4 boundary/ },
  },
  {
    client: 'Elena',
    because: 'who decides what, and how many rounds there are, is said in writing',
    sheets: ['2026-05-18 indecisive -> keep', '2026-06-01 indecisive -> decisions'],
    firstSign: { by: '2026-05-14', sign: 'indecision', command: /paletti clients show 5/ },
  },
  {
    client: 'Fabio Srl',
    because: 'what was agreed is said, with his own sentence; more is a quotation',
    sheets: ['2026-03-16 asks-for-more -> scope'],
    firstSign: { by: '2026-03-10', sign: 'scope creep', command: /paletti clients show 6/ },
  },
  {
    client: 'Gino',
    because: 'the contract before the work; asked for once in writing; who will not sign is no client',
    sheets: [
      '2026-02-16 without-contract -> ask-contract',
      '2026-02-23 without-contract -> keep',
      '2026-03-09 without-contract -> end',
    ],
    firstSign: { by: '2026-02-11', sign: 'no contract', command: /paletti letter 7 contract/ },
  },
  {
    client: 'Ivo',
    because: 'pays less than the others: raise the price; he refused, so wish him well',
    sheets: ['2026-02-09 low-pay -> raise-price', '2026-06-08 low-pay -> end'],
    firstSign: { by: '2026-02-07', sign: 'low pay', command: /paletti letter 8 price --rate 60/ },
  },
  {
    client: 'Luca Spa',
    because: 'work is paused and told; then the end, by its protocol, with the record at hand',
    sheets: ['2026-04-06 does-not-pay -> end', '2026-04-13 does-not-pay -> exit'],
    firstSign: { by: '2026-04-01', sign: 'no pay', command: /paletti exit 9 propose --reason non-payment/ },
  },
];

describe('a year with eleven clients', () => {
  it.each(judged)('$client: $because', ({ client, sheets, firstSign }) => {
    expect(year.advice(client)).toEqual(sheets);
    const [first] = year.told(client).filter(({ key }) => key.startsWith('sign/'));
    expect(first?.text).toContain(firstSign.sign);
    expect(first?.text).toMatch(firstSign.command);
    expect((first?.on ?? '9') <= firstSign.by).toBe(true);
  });

  it.each(['Mara', 'Nora'])('%s is a good client: not a word is said of her', (client) => {
    expect(year.told(client)).toEqual([]);
    expect(year.advice(client)).toEqual([]);
  });

  it('letters are few, each in contact hours, and none to a good client', () => {
    expect(year.studio.sent().map((line) => line.split(' ')[0])).toEqual([
      ...['boundary-contract', 'payment-reminder', 'boundary-decisions', 'payment-reminder', 'work-paused'],
      ...['boundary-hours', 'payment-reminder', 'termination'],
    ]);
    const left = year.studio.letters().filter(({ sentAt }) => sentAt !== null);
    const closed = left.filter(({ sentAt }) => !isOpen(year.studio.config.hours, sentAt as Instant));
    expect(closed.map(({ kind }) => kind)).toEqual([]);
    const good = ['Mara', 'Nora'].map((name) => year.of(name).id);
    expect(left.filter(({ clientId }) => good.includes(clientId ?? 0))).toEqual([]);
  });

  it('who attacks after the end gets no acknowledgement; she is told, with the dossier at hand', () => {
    const [threat] = year.told('Luca Spa').filter(({ key }) => key.startsWith('threat/'));
    expect(threat).toMatchObject({ on: '2026-08-10' });
    expect(threat?.text).toContain('paletti dossier 9 --out');
    const answers = year.studio.letters().filter((letter) => acknowledgementKinds.includes(letter.kind));
    expect(answers.filter(({ clientId, sentAt }) => clientId === year.of('Luca Spa').id && sentAt !== null)).toEqual(
      [],
    );
  });

  it('money that waits for her is said again, never forgotten', () => {
    const again = year.told('Carla Sas').filter(({ key }) => key.startsWith('standstill/'));
    expect(again.length).toBeGreaterThan(0);
  });

  it('the sheet says what staying costs, in hours and in what is owed', () => {
    const sheet = year.sheets.find(({ on }) => on === '2026-04-06');
    const luca = sheet?.clients.find(({ client }) => client === 'Luca Spa');
    expect(luca?.staying).toMatchObject({ minutes: 660, owed: [{ cents: 240_000, currency: 'EUR' }] });
  });

  it('looking back at the one who is gone: the first sign, and what an hour brought in', () => {
    const back = year.studio.app.store.read((r) => viewLookBack(r, year.studio.config, 'Luca Spa'));
    expect(back).toMatchObject({
      firstSign: { type: 'does-not-pay' },
      minutes: 670,
      received: [],
      realRate: { cents: 0 },
      lost: [{ cents: 240_000, currency: 'EUR' }],
      proposed: { rule: 'paid-ahead' },
    });
  });
});
