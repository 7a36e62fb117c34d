/** The order of what happened: it is meant for a lawyer, so nothing stands before what was done without knowing of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, timeline, type TimelineEntry } from '../../src/desk/timeline.ts';
import { addDays, dayOf, hourMs, instant, plus } from '../../src/rules/time.ts';
import { listInvoices, recordPayment, reversePayment } from '../../src/store/invoices.ts';
import { approve, claim, markSent, putLetter, release } from '../../src/store/outbox.ts';
import * as make from '../store/make.ts';
import { day, letter, openTestDesk, zone } from './support.ts';

const bare = { minutes: null, direction: null, outOfHours: null, facts: null, text: '' };
const timed = (id: number, at: string): TimelineEntry => ({
  ...bare,
  id,
  kind: 'letter',
  at: instant(at),
  day: null,
  enteredAt: null,
});
const daily = (id: number, on: string, enteredAt: string): TimelineEntry => ({
  ...bare,
  id,
  kind: 'payment',
  at: null,
  day: day(on),
  enteredAt: instant(enteredAt),
});
const ids = (entries: readonly TimelineEntry[]) => inOrder(entries, zone).map(({ id }) => id);

describe('what has only a day', () => {
  it.each([
    ['entered after the letter of that day: behind it', '2026-11-12T12:10:00+01:00', [1, 2, 3]],
    ['entered before it: before it', '2026-11-12T11:00:00+01:00', [2, 1, 3]],
    ['entered days later: at the end of its day', '2026-11-16T09:00:00+01:00', [1, 3, 2]],
    ['entered days before: at the beginning of its day', '2026-11-02T09:00:00+01:00', [2, 1, 3]],
  ])('%s', (_, enteredAt, order) => {
    const letters = [timed(1, '2026-11-12T12:07:00+01:00'), timed(3, '2026-11-12T17:00:00+01:00')];
    expect(ids([...letters, daily(2, '2026-11-12', enteredAt)])).toEqual(order);
  });

  it('stands on its own day, also on those of 23 and 25 hours, and never before what it was entered after', () => {
    const start = instant('2026-03-20T00:00:00+01:00');
    const hour = fc.nat({ max: 24 * 260 });
    fc.assert(
      fc.property(
        fc.array(hour, { maxLength: 8 }),
        fc.array(fc.tuple(hour, fc.integer({ min: -3, max: 5 }))),
        (at, paid) => {
          const entries = [
            ...at.map((h, id) => ({ ...timed(id, '2026-01-01T00:00:00Z'), at: plus(start, h * hourMs) })),
            ...paid.map(([h, days], id) => {
              const enteredAt = plus(start, h * hourMs);
              const on = addDays(dayOf(enteredAt, zone), -days);
              return { ...daily(100 + id, on, '2026-01-01T00:00:00Z'), enteredAt };
            }),
          ];
          const sorted = inOrder(entries, zone);
          const dayOfEntry = (entry: TimelineEntry) => entry.day ?? dayOf(entry.at as never, zone);
          const days = sorted.map(dayOfEntry);
          expect(days).toEqual(days.toSorted());
          for (const [index, entry] of sorted.entries()) {
            if (entry.at !== null || dayOf(entry.enteredAt as never, zone) < dayOfEntry(entry)) continue;
            const after = sorted
              .slice(index + 1)
              .filter((other) => other.at !== null && dayOfEntry(other) === entry.day);
            for (const other of after) expect(other.at).toBeGreaterThanOrEqual(entry.enteredAt as number);
          }
        },
      ),
    );
  });
});

it('a letter of 12:07, a payment entered at 12:10 and taken back the next day: in this order, each as it is known', () => {
  const desk = openTestDesk('2026-11-12T12:07:00+01:00');
  const clientId = desk.store.write(desk.clock.now(), (w) => {
    const client = make.client(w);
    const invoice = make.invoice(w, { clientId: client.id, issuedOn: day('2026-10-01') });
    const id = putLetter(w, letter(desk, { clientId: client.id }))?.id as number;
    approve(w, id);
    release(w, id);
    claim(w, id, { messageId: '<1@x>', bytes: new Uint8Array(), sha256: '' });
    markSent(w, id);
    return [client.id, invoice.id] as const;
  });
  desk.clock.set(instant('2026-11-12T12:10:00+01:00'));
  const payment = { amountCents: 10_000, receivedOn: day('2026-11-12'), reference: null };
  desk.store.write(desk.clock.now(), (w) => recordPayment(w, clientId[1], payment));
  desk.clock.set(instant('2026-11-13T09:00:00+01:00'));
  desk.store.write(desk.clock.now(), (w) => reversePayment(w, listInvoices(w)[0]?.payments[0]?.id as number));
  const entries = desk.store.read((r) => timeline(r, clientId[0], { zone, limit: 10 })).toReversed();
  expect(entries.map(({ kind, at, day: on }) => [kind, at === null ? on : 'timed'])).toEqual([
    ['invoice', '2026-10-01'],
    ['letter', 'timed'],
    ['payment', '2026-11-12'],
    ['reversal', 'timed'],
  ]);
});
