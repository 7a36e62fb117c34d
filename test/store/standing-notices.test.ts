import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as invoices from '../../src/desk/invoices.ts';
import { releaseClient } from '../../src/desk/clients.ts';
import { dropLetter } from '../../src/desk/outbox.ts';
import { setWorkByHand } from '../../src/desk/work-state.ts';
import type { Client } from '../../src/rules/client.ts';
import { localDay } from '../../src/rules/time.ts';
import { clientById } from '../../src/store/clients.ts';
import { noticeKinds, standingNotices } from '../../src/store/standing-notices.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const zone = 'Europe/Rome';
const steps = [
  { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
  { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' },
  { letter: 'termination', afterDays: 30, afterPreviousDays: 15, approval: 'ask' },
];
const from = 'bianchi.srl@client.example';
const name = { number: 'A', client: null };

/** Kinds of what the owner is told now, and not once she has to look no more. */
function told(studio: Studio): string[] {
  const all = studio.app.store.read((r) => standingNotices(r, studio.clock.now(), zone));
  return all.map(({ key }) => key.split('/')[0] as string);
}

const deskOf = (studio: Studio) => ({ store: studio.app.store, clock: studio.clock });

function pay(studio: Studio, amountCents: number | null = null): void {
  const receivedOn = localDay(new Date(studio.clock.now()).toISOString().slice(0, 10));
  invoices.markPaid(deskOf(studio), name, { amountCents, receivedOn, reference: null, again: true });
}

async function open(config: Record<string, unknown> = {}): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { dunning: { steps }, ...config } });
  studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03', number: 'A', cents: 100_000 });
  await studio.at('2026-11-09T09:00:00+01:00');
  return studio;
}

async function paused(): Promise<Studio> {
  const studio = await open();
  await studio.until('2026-11-16T09:30:00+01:00', 240);
  expect(studio.sent().at(-1)).toMatch(/^work-paused/);
  return studio;
}

async function answered(text = 'Ne parliamo?'): Promise<Studio> {
  const studio = await open();
  const inReplyTo = studio.letters()[0]?.messageId as string;
  studio.clientWrites({ from, subject: 'Re: Promemoria', inReplyTo, text });
  await studio.at('2026-11-09T11:00:00+01:00');
  studio.ownerAnswers({ to: from, subject: 'Re: Promemoria', text: 'Certo.' });
  await studio.at('2026-11-09T12:00:00+01:00');
  return studio;
}

async function broken(): Promise<Studio> {
  const studio = await open();
  invoices.notePromise(deskOf(studio), name, { day: localDay('2026-11-10'), zone, note: '' });
  await studio.until('2026-11-11T12:00:00+01:00', 120);
  return studio;
}

describe('what the owner is told', () => {
  it('has a place for every kind of notice that is written anywhere', () => {
    const folders = ['jobs', 'desk', 'rules', 'store'].map((name) => join('src', name));
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.startsWith('import-'))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    );
    const written = files.flatMap((text) => [
      ...[...text.matchAll(/\bnotice(?:Again)?\(\s*\w+,\s*`([a-z-]+)\//g)].map(([, kind]) => kind as string),
      ...[...text.matchAll(/\bkey(?::|\s=) `([a-z-]+)\/(?=[^`]*`[;,]\s*(?:\n.*){0,3}?(?:text|const byHand))/g)].map(
        ([, kind]) => kind as string,
      ),
    ]);
    expect(new Set(written).size).toBeGreaterThan(15);
    expect(written.filter((kind) => !noticeKinds.includes(kind))).toEqual([]);
  });

  it.each<[string, () => Promise<Studio>, string, (studio: Studio) => unknown]>([
    ['a written-off pause, once it is paid', () => writtenOff(), 'closing', pay],
    ['a written-off pause, once she takes the work up', () => writtenOff(), 'closing', work('active')],
    ['an answer, once she releases the client', answered, 'hold', release],
    ['an answer that nobody decided about, once it is paid', () => undecided(), 'hold-ended', pay],
    ['an answer that nobody decided about, once she releases', () => undecided(), 'hold-ended', release],
    ['a broken promise, once it is paid', broken, 'hold-ended', pay],
    [
      'a broken promise, once the invoice is void',
      broken,
      'hold-ended',
      (studio) => invoices.voidByHand(deskOf(studio), name, ''),
    ],
    [
      'a broken promise, once all is disputed',
      broken,
      'hold-ended',
      (studio) => invoices.dispute(deskOf(studio), name, null),
    ],
    ['money that is open again, once she pauses the work', () => back(), 'back', work('paused')],
    ['money that is open again, once it is paid', () => back(), 'back', pay],
    [
      'a surplus, once it is put where it belongs',
      () => surplus(),
      'surplus',
      (studio) => invoices.takeBackPayment(deskOf(studio), name, null),
    ],
    [
      'too little for a letter, once it is written off',
      () => little(),
      'too-little',
      (studio) => invoices.writeOffByHand(deskOf(studio), name, ''),
    ],
    ['a dropped letter about the work, once she takes the work up', () => dropped(), 'work-state', work('active')],
  ])('is told no more: %s', async (_, scene, kind, act) => {
    const studio = await scene();
    expect(told(studio)).toContain(kind);
    act(studio);
    await studio.app.pass();
    expect(told(studio)).not.toContain(kind);
  });

  it('what comes up anew is told anew: too little, then a part more, then too little again', async () => {
    const studio = await little();
    expect(told(studio)).toContain('too-little');
    pay(studio);
    await studio.at('2026-11-11T09:00:00+01:00');
    expect(told(studio)).not.toContain('too-little');
    invoices.takeBackPayment(deskOf(studio), name, null);
    await studio.until('2026-11-13T12:00:00+01:00', 120);
    expect(told(studio)).toContain('too-little');
  });
});

const work = (state: 'active' | 'paused') => (studio: Studio) => setWorkByHand(deskOf(studio), '1', state);
const release = (studio: Studio) => releaseClient(deskOf(studio), '1');

async function writtenOff(): Promise<Studio> {
  const studio = await paused();
  invoices.writeOffByHand(deskOf(studio), name, '');
  await studio.at('2026-11-17T09:00:00+01:00');
  return studio;
}

async function undecided(): Promise<Studio> {
  const studio = await answered();
  await studio.until('2026-11-17T12:00:00+01:00', 240);
  return studio;
}

async function back(): Promise<Studio> {
  const studio = await paused();
  pay(studio);
  await studio.until('2026-11-17T09:30:00+01:00', 60);
  invoices.takeBackPayment(deskOf(studio), name, null);
  await studio.until('2026-11-18T07:30:00+01:00', 240);
  await studio.app.pass(['dun']);
  return studio;
}

async function surplus(): Promise<Studio> {
  const studio = await open();
  pay(studio, 150_000);
  const client = studio.app.store.read((r) => clientById(r, studio.letters()[0]?.clientId as number));
  studio.invoice(client as Client, { dueOn: '2026-11-05', number: 'B', cents: 50_000 });
  await studio.until('2026-11-10T12:00:00+01:00', 120);
  return studio;
}

async function little(): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { dunning: { steps } } });
  studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03', number: 'A', cents: 50 });
  await studio.at('2026-11-09T09:00:00+01:00');
  return studio;
}

async function dropped(): Promise<Studio> {
  const studio = await paused();
  pay(studio);
  await studio.at('2026-11-16T09:45:00+01:00');
  const letter = studio.letters('work-resumed')[0];
  dropLetter(deskOf(studio), letter?.id as number, '');
  return studio;
}
