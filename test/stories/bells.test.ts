import { describe, expect, it } from 'vitest';
import { pauseSending, resumeSending } from '../../src/desk/sending.ts';
import { isDue, jobNames } from '../../src/rules/job-times.ts';
import { lastRun } from '../../src/store/runs.ts';
import { openStudio, rome, type Studio } from '../support/studio.ts';

const ladder = {
  steps: [
    { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
    { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'auto' },
  ],
};

/** Passes as the daemon makes them: each job at its own bell, day and night. */
async function daemon(studio: Studio, days: number): Promise<void> {
  const end = studio.clock.now() + days * 86_400_000;
  while (studio.clock.now() < end) {
    studio.clock.advance(60 * 60_000);
    const due = studio.app.store.read((r) =>
      jobNames.filter((job) =>
        isDue(studio.config.jobs[job], 'Europe/Rome', lastRun(r, job)?.startedAt, studio.clock.now()),
      ),
    );
    await studio.app.pass(due);
  }
}

describe('whenever the dunning job rings, money is asked for', () => {
  // a Monday; due on Tuesday the third, so that the reminder is ripe on Friday the sixth and the pause on the thirteenth
  it.each<[string, string[]]>([
    ['0 9 * * *', ['payment-reminder 2026-11-06 Fri 09:00', 'work-paused 2026-11-13 Fri 09:00']],
    ['0 20 * * *', ['payment-reminder 2026-11-09 Mon 09:00', 'work-paused 2026-11-16 Mon 09:00']],
    ['0 10 * * sat', ['payment-reminder 2026-11-09 Mon 09:00', 'work-paused 2026-11-16 Mon 09:00']],
    ['0 13 * * *', ['payment-reminder 2026-11-06 Fri 14:00', 'work-paused 2026-11-13 Fri 14:00']],
    ['0 22 8,15,22 * *', ['payment-reminder 2026-11-09 Mon 09:00', 'work-paused 2026-11-16 Mon 09:00']],
  ])('%s: plan foretells just what then leaves', { timeout: 240_000 }, async (dun, wanted) => {
    const studio = await openStudio({ now: '2026-11-02T08:00:00+01:00', config: { dunning: ladder, jobs: { dun } } });
    studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    const { letters } = await studio.app.plan(20);
    expect(letters.map(({ kind, at }) => `${kind} ${rome(at)}`)).toEqual(wanted);
    await daemon(studio, 15);
    expect(studio.sent()).toEqual(wanted);
  });

  it('a letter written at night for the morning is dropped when the money comes in between', async () => {
    const config = { dunning: ladder, jobs: { dun: '0 20 * * *' } };
    const studio = await openStudio({ now: '2026-11-06T19:00:00+01:00', config });
    const invoice = studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
    await studio.at('2026-11-06T20:00:00+01:00', ['dun', 'deliver']);
    expect(studio.letters().map(({ kind, notBefore }) => `${kind} ${rome(notBefore)}`)).toEqual([
      'payment-reminder 2026-11-09 Mon 09:00',
    ]);
    studio.paid(invoice);
    await studio.at('2026-11-09T09:00:00+01:00', ['deliver']);
    expect(studio.sent()).toEqual([]);
  });
});

describe('sending that was paused for days', () => {
  it.each<[number, string[]]>([
    [1, ['payment-reminder 2026-11-09 Mon 14:00', 'work-paused 2026-11-17 Tue 09:00']],
    [8, ['payment-reminder 2026-11-09 Mon 14:00']],
  ])(
    'after %d days nothing above a reminder leaves without a fresh approval, if they were more than two',
    async (days, wanted) => {
      const studio = await openStudio({ now: '2026-11-09T08:00:00+01:00', config: { dunning: ladder } });
      studio.invoice(studio.client('Bianchi Srl'), { dueOn: '2026-11-03' });
      await studio.until('2026-11-16T08:00:00+01:00', 360);
      const desk = { store: studio.app.store, clock: studio.clock };
      pauseSending(desk, { why: '', until: null });
      await studio.until(`2026-11-${16 + days}T08:00:00+01:00`, 360);
      resumeSending(desk);
      await studio.at(`2026-11-${16 + days}T09:00:00+01:00`);
      expect(studio.sent()).toEqual(wanted);
      const [pause] = studio.letters('work-paused');
      expect(pause).toMatchObject(days > 2 ? { state: 'held', approval: 'ask' } : { state: 'filed' });
    },
  );
});
