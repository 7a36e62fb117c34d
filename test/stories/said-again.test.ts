/** Nothing is stopped or forgotten in silence: what waits for the owner is said again, and what no longer fits is withdrawn. */
import { describe, expect, it } from 'vitest';
import { holdClient, logWithClient } from '../../src/desk/clients.ts';
import { approveExit, checkItem, type ExitDesk, proposeExit } from '../../src/desk/exit.ts';
import { approveLetter, dropLetter } from '../../src/desk/outbox.ts';
import { noticesSeen } from '../../src/desk/sending.ts';
import { viewStatus } from '../../src/desk/views/status.ts';
import type { Client } from '../../src/rules/client.ts';
import { exitChecks } from '../../src/rules/exit.ts';
import { dayMs, instant, plus } from '../../src/rules/time.ts';
import { setWorkState } from '../../src/store/clients.ts';
import { listHolds } from '../../src/store/holds.ts';
import { signLines } from '../../src/store/sign-lines.ts';
import { said as inWords, unseenNotices } from '../support/in-words.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const from = 'bianchi.srl@client.example';
const steps = [
  { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
  { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'ask' },
  { letter: 'termination', afterDays: 30, afterPreviousDays: 15, approval: 'ask' },
];

const told = (studio: Studio, kind?: string) =>
  studio.app.store.read((r) => unseenNotices(r)).filter(({ key }) => kind === undefined || key.startsWith(`${kind}/`));
const texts = (studio: Studio, kind?: string) => told(studio, kind).map(({ text }) => text);
const deskOf = (studio: Studio): ExitDesk => ({ ...studio.app, settings: studio.config, mailbox: 'studio' });

/** A pass at ten of each day; what is told is marked as seen at once: an owner who looks, and does nothing. */
async function lookedAtAndLeft(studio: Studio, until: string, kind: string): Promise<string[]> {
  const said: string[] = [];
  const end = instant(until);
  while (studio.clock.now() < end) {
    studio.clock.set(plus(studio.clock.now(), dayMs));
    await studio.app.pass();
    for (const { id, text } of told(studio, kind)) {
      said.push(`${new Date(studio.clock.now()).toISOString().slice(0, 10)} ${text}`);
      noticesSeen(studio.app, id);
    }
  }
  return said;
}

async function owing(now = '2026-11-09T10:00:00+01:00'): Promise<{ studio: Studio; client: Client }> {
  const studio = await openStudio({ now, config: { dunning: { steps } } });
  const client = studio.client('Bianchi Srl');
  studio.invoice(client, { dueOn: '2026-11-03', number: '2026/14' });
  await studio.at('2026-11-09T10:10:00+01:00');
  return { studio, client };
}

describe('money that waits for the owner', () => {
  it('is said each week, with the sum and the days: a pause that nobody approves', async () => {
    const { studio } = await owing();
    await studio.until('2026-11-16T10:10:00+01:00', 1440);
    expect(studio.letters('work-paused')).toMatchObject([{ state: 'held', approval: 'ask' }]);
    expect(await lookedAtAndLeft(studio, '2026-12-10T10:10:00+01:00', 'standstill')).toEqual([
      '2026-11-23 1220.00 EUR of Bianchi Srl, overdue for 20 days, waits for you: the letter "work paused" waits for your approval, for 7 days.',
      '2026-11-30 1220.00 EUR of Bianchi Srl, overdue for 27 days, waits for you: the letter "work paused" waits for your approval, for 14 days.',
      '2026-12-07 1220.00 EUR of Bianchi Srl, overdue for 34 days, waits for you: the letter "work paused" waits for your approval, for 21 days.',
    ]);
    approveLetter(studio.app, studio.letters('work-paused')[0]?.id as number);
    await studio.at('2026-12-11T10:10:00+01:00');
    expect(texts(studio, 'standstill')).toEqual([]);
  });

  it('an answer to a reminder holds for a week, then asks each week, with every way to go on', async () => {
    const { studio, client } = await owing();
    const inReplyTo = studio.letters()[0]?.messageId as string;
    studio.clientWrites({
      from,
      subject: 'Re: Promemoria',
      inReplyTo,
      text: 'Non pago niente, il lavoro non mi piace.',
    });
    await studio.at('2026-11-09T11:00:00+01:00');
    studio.ownerAnswers({ to: from, subject: 'Re: Promemoria', text: 'Mi spieghi meglio.' });
    await studio.at('2026-11-09T12:00:00+01:00');
    const [hold] = studio.app.store.read((r) => listHolds(r, client.id));
    expect(hold).toMatchObject({ reason: 'reply', until: instant('2026-11-17T00:00:00+01:00') });
    const said = await lookedAtAndLeft(studio, '2026-12-02T12:00:00+01:00', 'standstill');
    expect(said.map((text) => text.slice(0, 10))).toEqual(['2026-11-24', '2026-12-01']);
    expect(said[1]).toBe(
      '2026-12-01 1220.00 EUR of Bianchi Srl, overdue for 28 days, waits for you: the client has answered; read it and decide, and nobody has decided (Bianchi Srl answered the letter (message 2)), for 14 days.',
    );
    const [asked] = told(studio, 'hold-ended');
    for (const way of [
      'inbox show 2',
      'Answer by mail',
      'invoices dispute 2026/14',
      'invoices paid',
      'clients release',
    ])
      expect(asked?.next).toContain(way);
  });

  it('mails without an answer that keep it waiting are said at once, with the sum, and a flood is one notice', async () => {
    const { studio } = await owing();
    for (let mail = 0; mail < 40; mail += 1)
      studio.clientWrites({ from, subject: `Domanda ${mail}`, text: 'Quando mi manda il preventivo?' });
    await studio.at('2026-11-09T11:00:00+01:00');
    expect(texts(studio, 'standstill')).toEqual([]);
    await studio.until('2026-11-12T12:00:00+01:00', 60);
    expect(texts(studio, 'standstill')).toEqual([
      '1220.00 EUR of Bianchi Srl, overdue for 9 days, waits for you: 40 mails of the client wait for your answer.',
    ]);
    for (let mail = 0; mail < 40; mail += 1) studio.ownerAnswers({ to: from, subject: `Re: Domanda ${mail}` });
    await studio.at('2026-11-12T13:00:00+01:00');
    expect(texts(studio, 'standstill')).toEqual([]);
  });

  it('a hold without an end, and a letter that she dropped, are said after a week', async () => {
    const { studio } = await owing();
    holdClient(studio.app, 'Bianchi Srl', { reason: 'manual', until: null, note: 'parlo io' });
    await studio.until('2026-11-15T12:00:00+01:00', 1440);
    expect(texts(studio, 'standstill')).toEqual([]);
    await studio.until('2026-11-17T12:00:00+01:00', 1440);
    expect(texts(studio, 'standstill')).toEqual([
      '1220.00 EUR of Bianchi Srl, overdue for 13 days, waits for you: held by you (parlo io), for 7 days.',
    ]);
  });

  it('a letter that she dropped is said after a week', async () => {
    const { studio } = await owing();
    await studio.until('2026-11-16T10:10:00+01:00', 1440);
    dropLetter(studio.app, studio.letters('work-paused')[0]?.id as number, '');
    await studio.until('2026-11-24T12:00:00+01:00', 1440);
    expect(texts(studio, 'standstill')[0]).toContain(
      'you dropped the letter "work paused", and the ladder stands still',
    );
  });

  it('is not said of what goes on by itself, nor of what is not worth a letter', async () => {
    const { studio } = await owing();
    studio.invoice(studio.client('Piccoli'), { dueOn: '2026-10-03', number: 'P', cents: 40 });
    await studio.until('2026-11-15T10:10:00+01:00', 1440);
    expect(texts(studio, 'standstill')).toEqual([]);
  });
});

describe('whatever else waits for the owner', () => {
  it('is said again each week: the exit that nobody takes up, the report that nobody approves', async () => {
    const { studio } = await owing();
    const other = studio.client('Verdi');
    proposeExit(deskOf(studio), other.name, {
      reason: 'different-direction',
      noticeDays: 0,
      milestone: null,
      by: null,
      referral: null,
      handover: [],
      onPayment: [],
    });
    const said = await lookedAtAndLeft(studio, '2026-11-25T09:00:00+01:00', 'exit');
    expect(said.map((text) => text.slice(0, 10))).toEqual(['2026-11-12', '2026-11-19']);
    expect(said[1]).toContain('The exit of Verdi was proposed 10 days ago, and its checklist waits for you.');
  });
});

describe('a letter about a pause or an end that no longer fits', () => {
  it('is withdrawn once the notice has left: nobody is asked about a pause of what ends', async () => {
    const { studio, client } = await owing();
    await studio.until('2026-11-16T10:10:00+01:00', 1440);
    expect(studio.letters('work-paused')).toMatchObject([{ state: 'held' }]);
    await leave(studio, client);
    expect(studio.letters('work-paused')).toMatchObject([{ state: 'dropped', endedBy: 'system' }]);
    expect(inWords(studio.letters('work-paused')[0]?.endedWhy)).toBe('the notice of termination has left');
    expect(texts(studio).filter((text) => text.includes('work-paused'))).toEqual([]);
  });
});

/** Talked about, checked, approved, and the letter has left. */
async function leave(studio: Studio, client: Client): Promise<void> {
  const desk = deskOf(studio);
  proposeExit(desk, client.name, {
    reason: 'late-payment',
    noticeDays: 0,
    milestone: null,
    by: null,
    referral: null,
    handover: [],
    onPayment: [],
  });
  await studio.until('2026-11-20T10:10:00+01:00', 1440);
  logWithClient(
    studio.app,
    client.name,
    { kind: 'call', at: studio.clock.now(), minutes: 20, direction: 'out', text: 'Detto tutto.', project: null },
    { contact: studio.config.hours, phone: studio.config.phoneHours },
  );
  for (const item of exitChecks) checkItem(desk, client.name, item, { undo: false, logId: null });
  approveExit(desk, client.name, client.name);
  await studio.until('2026-11-20T12:10:00+01:00', 30);
  expect(studio.sent().at(-1)).toMatch(/^termination/);
}

describe('a client with whom the work has ended', () => {
  it.each([
    [
      'attacks',
      'Scrivo su Google che sei una truffatrice.',
      'threat',
      'writes "Scrivo su Google che sei una truffatrice."',
    ],
    ['writes', 'Buongiorno, mi servono i file del 2019.', 'after-end', 'writes "Ancora io"'],
  ])('%s, and gets no acknowledgement; she is told at once, and offered the record', async (_, text, kind, words) => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    const client = studio.client('Bianchi Srl');
    studio.app.store.write(studio.clock.now(), (w) => setWorkState(w, client.id, 'ended'));
    studio.clientWrites({ from, subject: 'Ancora io', text });
    await studio.at('2026-11-09T10:05:00+01:00');
    await studio.until('2026-11-12T18:00:00+01:00', 60);
    expect(studio.letters()).toEqual([]);
    const [notice] = told(studio, kind);
    expect(notice?.text).toContain(words);
    expect(notice?.text).toContain('no acknowledgement is sent');
    expect(notice?.next).toContain(`paletti dossier ${client.id} --out`);
  });

  it('is promised nothing by a letter that was written while it had not ended', async () => {
    const studio = await openStudio({ now: '2026-11-09T17:50:00+01:00' });
    const client = studio.client('Bianchi Srl');
    studio.clientWrites({ from, text: 'Quando consegna?' });
    await studio.at('2026-11-09T17:55:00+01:00');
    expect(studio.letters()).toMatchObject([{ state: 'held' }]);
    studio.app.store.write(studio.clock.now(), (w) => setWorkState(w, client.id, 'ended'));
    await studio.at('2026-11-10T09:30:00+01:00');
    expect(studio.letters()).toMatchObject([{ state: 'dropped', endedBy: 'system' }]);
  });

  it('one who threatens while the work goes on is told of, too, and is acknowledged as any client', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    studio.client('Bianchi Srl');
    studio.clientWrites({ from, text: 'Sentirai il mio avvocato.' });
    await studio.at('2026-11-09T10:05:00+01:00');
    expect(told(studio, 'threat')).toHaveLength(1);
    expect(studio.letters()).toHaveLength(1);
  });
});

describe('a warning sign', () => {
  it('is a notice on the day it first crosses its line, once, with its step; and status has a line for it', async () => {
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { dunning: { steps: [] } } });
    const client = studio.client('Bianchi Srl');
    studio.invoice(client, { dueOn: '2026-10-12', number: '2026/14' });
    await studio.until('2026-11-10T12:00:00+01:00', 240);
    expect(texts(studio, 'sign')).toEqual([]);
    await studio.until('2026-11-11T12:00:00+01:00', 240);
    expect(texts(studio, 'sign')).toEqual([
      'A line is crossed with Bianchi Srl: no pay (1220.00 EUR unpaid, the oldest for 30 days).',
    ]);
    expect(told(studio, 'sign')[0]?.next).toContain('paletti clients edit 1 --work paused');
    expect(await lookedAtAndLeft(studio, '2026-12-20T12:00:00+01:00', 'sign')).toHaveLength(1);
    const { signs } = studio.app.store.read((r) =>
      viewStatus(r, studio.config, { now: studio.clock.now(), isRunning: false }),
    );
    expect(signs).toMatchObject([
      { client: 'Bianchi Srl', signs: [{ sign: 'no-pay', words: { code: 'shows-no-pay', longestDays: 69 } }] },
    ]);
    studio.paid(studio.invoice(client, { dueOn: '2026-12-01', number: 'B' }));
  });

  it('falls silent with its matter: paid on the next day, the notice is gone, and the line says since when', async () => {
    const studio = await openStudio({ now: '2026-11-10T08:00:00+01:00', config: { dunning: { steps: [] } } });
    const invoice = studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-10-12', number: '2026/14' });
    await studio.at('2026-11-11T10:00:00+01:00');
    expect(texts(studio, 'sign')).toHaveLength(1);
    studio.paid(invoice);
    await studio.at('2026-11-12T10:00:00+01:00');
    expect(texts(studio, 'sign')).toEqual([]);
    expect(
      studio.app.store.read((r) => signLines(r)).map(({ sign, goneAt }) => [sign, goneAt === null]),
    ).toContainEqual(['no-pay', false]);
  });

  it('of a mail speaks on the same day, not on the next morning', async () => {
    const studio = await openStudio({ now: '2026-11-09T10:00:00+01:00' });
    studio.client('Bianchi Srl');
    await studio.at('2026-11-09T10:10:00+01:00');
    studio.clientWrites({ from, text: 'Continua a lavorare, alla fine ti pagherò.' });
    await studio.at('2026-11-09T15:00:00+01:00', ['receive', 'judge', 'deliver']);
    expect(texts(studio, 'sign')[0]).toMatch(/^A line is crossed with Bianchi Srl: pays later/);
  });

  it('of a register with a past is one notice at the first look, not one for each client', async () => {
    const studio = await openStudio({ now: '2026-11-11T08:00:00+01:00', config: { dunning: { steps: [] } } });
    studio.app.store.write(studio.clock.now(), (w) => w.run("DELETE FROM facts WHERE key = 'signs-looked-on'"));
    for (let at = 0; at < 6; at += 1)
      studio.invoice(studio.client(`Cliente ${at}`), { dueOn: '2026-08-12', number: `${at}` });
    await studio.at('2026-11-11T10:00:00+01:00');
    expect(texts(studio, 'sign')).toEqual([]);
    expect(told(studio).filter(({ key }) => key === 'signs-first')).toHaveLength(1);
    expect(await lookedAtAndLeft(studio, '2026-11-20T12:00:00+01:00', 'sign')).toEqual([]);
  });
});
