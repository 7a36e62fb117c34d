/** The ladder changes while cases are open: a letter that was sent keeps its kind and what it did, whatever its step is called today. */
import { beforeEach, describe, expect, it } from 'vitest';
import { markPaid } from '../../src/desk/invoices.ts';
import { dayOf, hourMs, plus } from '../../src/rules/time.ts';
import { clientById } from '../../src/store/clients.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const reminder = { letter: 'payment-reminder', afterDays: 3, approval: 'auto' };
const pause = { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' };
const end = { letter: 'termination', afterDays: 30, afterPreviousDays: 15, approval: 'ask' };

let studio: Studio;
let clientId: number;

/** With one invoice, whose pause has just left. */
beforeEach(async () => {
  studio = await openStudio({
    now: '2026-11-09T08:00:00+01:00',
    config: { dunning: { steps: [reminder, pause, end] } },
  });
  const client = studio.client('Bianchi Srl');
  clientId = client.id;
  studio.invoice(client, { dueOn: '2026-11-03', number: 'A', cents: 100_000 });
  await studio.until('2026-11-16T09:30:00+01:00', 240);
  expect(kinds()).toEqual(['payment-reminder', 'work-paused']);
});

const kinds = () => studio.sent().map((line) => line.slice(0, line.indexOf(' ')));
const work = () => studio.app.store.read((r) => clientById(r, clientId)?.workState);

function paid(): void {
  const receivedOn = dayOf(studio.clock.now(), studio.config.owner.timeZone);
  const desk = { store: studio.app.store, clock: studio.clock };
  markPaid(desk, { number: 'A', client: null }, { amountCents: null, receivedOn, reference: null, again: false });
}

describe('a pause that was sent', () => {
  it('is not sent again when its step has another name', async () => {
    await studio.restartWith({ dunning: { steps: [reminder, { ...pause, name: 'sospensione' }, end] } });
    await studio.until('2026-11-30T10:00:00+01:00', 240);
    expect(kinds()).toEqual(['payment-reminder', 'work-paused']);
  });

  it('is not sent again when its day has changed, nor is the reminder before it', async () => {
    const steps = [
      { ...reminder, afterDays: 12 },
      { ...pause, afterDays: 20 },
      { ...end, afterDays: 60 },
    ];
    await studio.restartWith({ dunning: { steps } });
    await studio.until('2026-12-04T10:00:00+01:00', 240);
    expect(kinds()).toEqual(['payment-reminder', 'work-paused']);
  });

  it.each([
    ['has another name', [reminder, { ...pause, name: 'sospensione' }, end]],
    ['is taken out of the ladder', [reminder, end]],
    ['is left alone, and all before it is taken out', [pause]],
  ])('is ended by the money when its step %s', async (_, steps) => {
    await studio.restartWith({ dunning: { steps } });
    await studio.until('2026-11-18T10:00:00+01:00', 240);
    expect(work()).toBe('paused');
    paid();
    await studio.at(plus(studio.clock.now(), hourMs));
    expect(kinds()).toEqual(['payment-reminder', 'work-paused', 'work-resumed']);
    expect(work()).toBe('active');
  });

  it('that another ladder would not know keeps no other letter from going', async () => {
    await studio.restartWith({ dunning: { ladder: 'gentle' } });
    await studio.until('2026-12-11T10:00:00+01:00', 240);
    expect(kinds().filter((kind) => kind === 'work-paused')).toHaveLength(1);
    paid();
    await studio.at('2026-12-11T11:00:00+01:00');
    expect(kinds().at(-1)).toBe('work-resumed');
  });
});
