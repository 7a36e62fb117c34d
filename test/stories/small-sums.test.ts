/** Sums that are not worth a letter; sums that became more than any letter asked for; money that was promised and never came. */
import { describe, expect, it } from 'vitest';
import * as invoices from '../../src/desk/invoices.ts';
import { localDay } from '../../src/rules/time.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const ladder = [
  { letter: 'payment-reminder', afterDays: 1, approval: 'auto' },
  { letter: 'work-paused', afterDays: 4, afterPreviousDays: 3, approval: 'auto' },
  { letter: 'termination', afterDays: 12, afterPreviousDays: 5, approval: 'ask' },
];
const config = { dunning: { steps: ladder } };

async function studioOf(): Promise<{ studio: Studio; desk: Desk }> {
  const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00', config });
  return { studio, desk: { store: studio.app.store, clock: studio.clock } };
}
type Desk = Parameters<typeof invoices.markPaid>[0];
const whole = { amountCents: null, receivedOn: localDay('2026-11-03'), reference: null, again: false };
const harper = (studio: Studio) => studio.client('Harper Ltd', { language: 'en' });
const told = (studio: Studio) =>
  studio.app.store.read((r) => unseenNotices(r)).map(({ text, next }) => `${text} ${next}`);
const named = (number: string) => ({ number, client: 'Harper' });

describe('less than is worth a letter', () => {
  it('is proposed to be given up in the next pass after the payment, while the work is paused', async () => {
    const { studio, desk } = await studioOf();
    const invoice = studio.invoice(harper(studio), { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    await studio.until('2026-11-05T12:00:00+01:00', 120);
    expect(studio.letters('work-paused')).toHaveLength(1);
    studio.paid(invoice, 99_950);
    await studio.at('2026-11-06T09:05:00+01:00');
    expect(told(studio)).toEqual([
      '0.50 EUR of Harper Ltd is overdue (E1): too little for a letter. To give it up: paletti invoices write-off E1 --client 1',
    ]);
    invoices.writeOffByHand(desk, named('E1'), '');
    await studio.until('2026-11-09T12:00:00+01:00', 120);
    expect(studio.letters('work-resumed')[0]?.text).toContain('999.50');
    // a trifle that is given up is no money that never came
    expect(told(studio)).toEqual([]);
  });

  it('is proposed by itself, and never what else is overdue, which has its reminder', async () => {
    const { studio } = await studioOf();
    const client = harper(studio);
    const invoice = studio.invoice(client, { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    studio.invoice(client, { dueOn: '2026-11-13', number: 'E2', cents: 50_000 });
    await studio.until('2026-11-03T12:00:00+01:00', 120);
    studio.paid(invoice, 99_950);
    await studio.until('2026-11-18T12:00:00+01:00', 120);
    expect(studio.letters('payment-reminder').map(({ subject }) => subject.includes('E2'))).toEqual([false, true]);
    expect(told(studio).filter((text) => text.includes('give it up'))).toEqual([
      expect.stringMatching(/^0\.50 EUR of Harper Ltd is overdue \(E1\).*write-off E1 --client 1$/),
    ]);
  });

  it('keeps nothing back that falls overdue later, though nothing was ever asked for', async () => {
    const { studio } = await studioOf();
    const client = harper(studio);
    studio.invoice(client, { dueOn: '2026-10-30', number: 'E1', cents: 50 });
    studio.invoice(client, { dueOn: '2026-11-12', number: 'E2', cents: 50_000 });
    await studio.until('2026-11-12T12:00:00+01:00', 120);
    expect(studio.letters()).toEqual([]);
    await studio.until('2026-11-13T12:00:00+01:00', 120);
    expect(studio.letters('payment-reminder')[0]?.text).toMatch(/E1.*0\.50[\s\S]*E2.*500\.00/);
  });
});

describe('a promise whose money is disputed, or given up, before its day', () => {
  it.each([
    [
      'disputed',
      (desk: Desk) => invoices.dispute(desk, named('E1'), null),
      'no payment came, and 1220.00 EUR is disputed.',
    ],
    [
      'given up',
      (desk: Desk) => invoices.writeOffByHand(desk, named('E1'), ''),
      'no payment came, and nothing is asked for',
    ],
    ['paid', (desk: Desk) => invoices.markPaid(desk, named('E1'), whole), 'kept the promise to pay by 6 November 2026'],
  ])('is not told as kept: %s', async (_how, act, words) => {
    const { studio, desk } = await studioOf();
    studio.invoice(harper(studio), { dueOn: '2026-10-30', number: 'E1' });
    await studio.until('2026-11-03T12:00:00+01:00', 120);
    invoices.notePromise(desk, named('E1'), { day: localDay('2026-11-06'), zone: 'Europe/Rome', note: '' });
    act(desk);
    await studio.until('2026-11-07T12:00:00+01:00', 120);
    expect(told(studio).filter((text) => text.includes('promise'))).toEqual([expect.stringContaining(words)]);
  });
});

describe('an invoice that becomes more than was asked for', () => {
  const raised = (desk: Desk) => invoices.correctInvoice(desk, named('E1'), { totalCents: 120_000 }, 'hours forgotten');
  const letters = (studio: Studio) => studio.sent().map((line) => line.split(' ').slice(0, 2).join(' '));

  it('after the reminder has a reminder of its own, before anything that hurts names it', async () => {
    const { studio, desk } = await studioOf();
    studio.invoice(harper(studio), { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    await studio.until('2026-11-04T12:00:00+01:00', 120);
    raised(desk);
    await studio.until('2026-11-12T12:00:00+01:00', 120);
    expect(letters(studio)).toEqual([
      'payment-reminder 2026-11-02',
      'payment-reminder 2026-11-05',
      'work-paused 2026-11-09',
    ]);
    const [, again, pause] = studio.letters().map(({ text }) => text);
    expect(again).toContain('1,200.00');
    expect(pause).toContain('Further to my reminder of 5 November 2026');
  });

  it('and of which comes what was asked for, is not paused for the rest', async () => {
    const { studio, desk } = await studioOf();
    const invoice = studio.invoice(harper(studio), { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    await studio.until('2026-11-02T12:00:00+01:00', 120);
    raised(desk);
    studio.paid(invoice, 100_000);
    await studio.until('2026-11-05T12:00:00+01:00', 120);
    expect(letters(studio)).toEqual(['payment-reminder 2026-11-02', 'payment-reminder 2026-11-03']);
    expect(studio.letters()[1]?.text).toContain('200.00 of €1,200.00 outstanding');
  });

  it('after the pause, and of which comes what the pause asked for: the owner is asked, and nothing ends for the rest', async () => {
    const { studio, desk } = await studioOf();
    const client = harper(studio);
    const invoice = studio.invoice(client, { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    await studio.until('2026-11-05T12:00:00+01:00', 120);
    raised(desk);
    studio.paid(invoice, 100_000);
    await studio.until('2026-11-13T12:00:00+01:00', 120);
    expect(letters(studio).slice(0, 3)).toEqual([
      'payment-reminder 2026-11-02',
      'work-paused 2026-11-05',
      'payment-reminder 2026-11-06',
    ]);
    expect(studio.letters('termination')).toEqual([]);
    expect(told(studio)).toContainEqual(expect.stringContaining('paletti clients edit 1 --work active'));
  });

  it('by the end of a dispute, too', async () => {
    const { studio, desk } = await studioOf();
    studio.invoice(harper(studio), { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    invoices.dispute(desk, named('E1'), 20_000);
    await studio.until('2026-11-03T12:00:00+01:00', 120);
    invoices.dispute(desk, named('E1'), 0);
    await studio.until('2026-11-06T12:00:00+01:00', 120);
    expect(letters(studio)).toEqual(['payment-reminder 2026-11-02', 'payment-reminder 2026-11-04']);
  });

  it('before any letter is asked for whole, once', async () => {
    const { studio, desk } = await studioOf();
    studio.invoice(harper(studio), { dueOn: '2026-10-30', number: 'E1', cents: 100_000 });
    raised(desk);
    await studio.until('2026-11-04T12:00:00+01:00', 120);
    expect(letters(studio)).toHaveLength(1);
    expect(studio.letters()[0]?.text).toContain('1,200.00');
  });
});
