import { describe, expect, it } from 'vitest';
import * as invoices from '../../src/desk/invoices.ts';
import { standingMoney, type StandingMoney } from '../../src/jobs/standing-money.ts';
import { type Instant, localDay } from '../../src/rules/time.ts';
import { endHold, listHolds } from '../../src/store/holds.ts';
import { said as inWords } from '../support/in-words.ts';
import { openStudio, rome, type Studio } from '../support/studio.ts';
import { asWritten } from '../../src/rules/reason.ts';

const zone = 'Europe/Rome';

/** What the screen says of the overdue money, between an act of the owner and the next pass. */
function said(studio: Studio): (Omit<StandingMoney, 'why'> & { why: string })[] {
  const { config, clock } = studio;
  const found = studio.app.store.read((r) => standingMoney(r, config, clock.now()));
  return found.map((one) => ({ ...one, why: inWords(one.why) }));
}

async function reminded(): Promise<{
  studio: Studio;
  desk: { store: Studio['app']['store']; clock: Studio['clock'] };
}> {
  const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00' });
  studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03', number: 'A', cents: 100_000 });
  await studio.at('2026-11-09T09:00:00+01:00');
  expect(said(studio)).toMatchObject([{ overdueCents: 100_000, why: expect.stringMatching(/^work-paused goes on/) }]);
  return { studio, desk: { store: studio.app.store, clock: studio.clock } };
}

const name = { number: 'A', client: null };
const paid = { receivedOn: localDay('2026-11-09'), reference: null, again: false };

describe('what is said of overdue money before the next pass', () => {
  it.each<[string, (desk: { store: Studio['app']['store']; clock: Studio['clock'] }) => unknown]>([
    ['paid', (desk) => invoices.markPaid(desk, name, { amountCents: null, ...paid })],
    ['void', (desk) => invoices.voidByHand(desk, name, 'twice')],
    ['written off', (desk) => invoices.writeOffByHand(desk, name, '')],
    ['disputed', (desk) => invoices.dispute(desk, name, null)],
    [
      'credited',
      (desk) =>
        invoices.creditInvoice(desk, name, {
          amountCents: 100_000,
          number: null,
          why: '',
          again: false,
          issuedOn: localDay('2026-11-09'),
        }),
    ],
    [
      'due later by a correction',
      (desk) => invoices.correctInvoice(desk, name, { dueOn: localDay('2026-12-09') }, 'a slip'),
    ],
  ])('nothing is overdue once it is %s', async (_, act) => {
    const { studio, desk } = await reminded();
    act(desk);
    expect(said(studio)).toEqual([]);
  });

  it('the rest, when a part is paid', async () => {
    const { studio, desk } = await reminded();
    invoices.markPaid(desk, name, { amountCents: 40_000, ...paid });
    expect(said(studio)).toMatchObject([{ overdueCents: 60_000, client: 'Bianchi Srl', currency: 'EUR' }]);
  });

  it('a promise that is noted holds at once, and one that is taken back holds no more', async () => {
    const { studio, desk } = await reminded();
    invoices.notePromise(desk, name, { day: localDay('2026-11-20'), zone, note: '' });
    expect(said(studio)[0]?.why).toBe('the client promised to pay, until 20 November 2026');
    studio.app.store.write(studio.clock.now(), (w) =>
      listHolds(w).forEach(({ id }) => endHold(w, id, asWritten('released'))),
    );
    expect(said(studio)[0]?.why).toMatch(/^work-paused goes on/);
  });

  it('money that is open again is overdue at once, though its case is closed', async () => {
    const { studio, desk } = await reminded();
    invoices.markPaid(desk, name, { amountCents: null, ...paid });
    await studio.at('2026-11-10T09:00:00+01:00');
    expect(said(studio)).toEqual([]);
    invoices.takeBackPayment(desk, name, null);
    expect(said(studio)).toMatchObject([{ overdueCents: 100_000, why: 'not looked at yet' }]);
  });

  it('a letter that is held back says for what, and no hour at night', async () => {
    const steps = [
      { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
      { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' },
    ];
    const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { dunning: { steps } } });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.at('2026-11-09T09:00:00+01:00');
    for (const day of ['11', '13', '15']) await studio.at(`2026-11-${day}T09:30:00+01:00`);
    await studio.at('2026-11-16T08:50:00+01:00');
    expect(studio.letters('work-paused')).toMatchObject([{ approval: 'auto', sentAt: null }]);
    studio.clientWrites({ from: 'bianchi.srl@client.example', subject: 'Pagamento', text: 'Ho pagato stamattina.' });
    await studio.at('2026-11-16T09:00:00+01:00');
    expect(said(studio)).toMatchObject([
      { why: expect.stringMatching(/^work-paused is in the outbox and waits: the client says it is paid/) },
    ]);
    expect(rome(said(studio)[0]?.lookAt as Instant)).toBe('2026-11-24 Tue 09:00');
  });
});
