/** The figures of the report, each counted by hand beside the code. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContactHours, parseWeek } from '../../src/rules/contact-hours.ts';
import type { Invoice, InvoiceState } from '../../src/rules/invoice.ts';
import {
  ageing,
  heatMap,
  keptShare,
  pareto,
  type PromiseWindow,
  promises,
  promisesByMonth,
  received,
  totals,
} from '../../src/rules/report.ts';
import { addDays, hourMs, type Instant, instant, localDay, plus } from '../../src/rules/time.ts';

const rome = (text: string) => instant(`${text}+01:00`);
const office = ['09:00-13:00', '14:30-18:00'];

function hours(
  week: Parameters<typeof parseWeek>[0] = { mon: office, tue: office },
  timeZone = 'Europe/Rome',
): ContactHours {
  return { timeZone, week: parseWeek(week), holiday: () => undefined, closures: [] };
}

describe('the heat map', () => {
  it('counts by weekday and hour of the zone, and knows which came out of hours', () => {
    const heat = heatMap(
      [
        { at: rome('2026-11-23T09:59'), outOfHours: false },
        { at: rome('2026-11-23T10:00'), outOfHours: false },
        { at: rome('2026-11-24T23:10'), outOfHours: true },
        { at: rome('2026-12-08T10:30'), outOfHours: true },
      ],
      hours(),
    );
    expect(heat.days[0]?.[9]).toEqual({ open: true, count: 1, outOfHours: 0 });
    expect(heat.days[0]?.[10]).toEqual({ open: true, count: 1, outOfHours: 0 });
    expect(heat.days[1]?.[23]).toEqual({ open: false, count: 1, outOfHours: 1 });
    expect(heat.days[1]?.[10]).toEqual({ open: true, count: 1, outOfHours: 1 });
    expect(heat).toMatchObject({ total: 4, outOfHours: 2, most: 1 });
  });

  it.each([
    ['a full hour', 0, 9, true],
    ['half of an hour', 0, 14, true],
    ['the hour of the lunch', 0, 13, false],
    ['the hour after closing', 0, 18, false],
    ['a day without hours', 2, 10, false],
  ])('takes %s for open or not', (_name, day, hour, open) => {
    expect(heatMap([], hours()).days[day]?.[hour]?.open).toBe(open);
  });

  it('draws an overnight block on both of its days, Sunday into Monday too', () => {
    const { days } = heatMap([], hours({ sun: ['22:00-02:00'] }));
    expect([days[6]?.[22]?.open, days[6]?.[21]?.open, days[0]?.[1]?.open, days[0]?.[2]?.open]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('counts the hour that autumn repeats twice in one cell', () => {
    const first = instant('2026-10-25T02:30:00+02:00');
    const heat = heatMap(
      [first, plus(first, hourMs)].map((at) => ({ at, outOfHours: true })),
      hours(),
    );
    expect(heat.days[6]?.[2]?.count).toBe(2);
  });

  it('loses none, whatever the moments and the zone', () => {
    const moments = fc.array(fc.record({ at: fc.integer({ min: 0, max: 4e12 }), outOfHours: fc.boolean() }));
    const zones = fc.constantFrom('Europe/Rome', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Santiago');
    fc.assert(
      fc.property(moments, zones, (found, zone) => {
        const heat = heatMap(found as { at: Instant; outOfHours: boolean }[], hours(undefined, zone));
        const cells = heat.days.flat();
        expect(cells.reduce((sum, cell) => sum + cell.count, 0)).toBe(found.length);
        expect(heat.outOfHours).toBe(found.filter((one) => one.outOfHours).length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('trouble against revenue', () => {
  const eur = (cents: number) => [{ currency: 'EUR', cents }];
  const rest = { messages: 0, minutes: 0, owed: [] };

  it('names the few who make most of it', () => {
    const found = pareto([
      { ...rest, clientId: 1, name: 'Quiet', trouble: 0, revenue: eur(8000) },
      { ...rest, clientId: 2, name: 'Loud', trouble: 8, revenue: eur(1500) },
      { ...rest, clientId: 3, name: 'Other', trouble: 2, revenue: eur(500) },
      { ...rest, clientId: 4, name: 'Silent', trouble: 0, revenue: [] },
    ]);
    expect(found.rows.map(({ name, cumulativeShare }) => [name, cumulativeShare])).toEqual([
      ['Loud', 0.8],
      ['Other', 1],
      ['Quiet', 1],
    ]);
    expect(found.few).toEqual({ clients: 1, of: 4, troubleShare: 0.8, revenueShare: 0.15 });
  });

  it('tells the mails, the hours and what is owed beside it', () => {
    const one = { clientId: 1, name: 'A', trouble: 1, revenue: eur(10), messages: 12, minutes: 90 };
    const owed = [...eur(2400), { currency: 'GBP', cents: 7 }];
    expect(pareto([{ ...one, owed }]).rows).toMatchObject([{ messages: 12, minutes: 90, owedCents: 2400 }]);
  });

  it('compares in the currency with most money and names the rest', () => {
    const found = pareto([
      { ...rest, clientId: 1, name: 'A', trouble: 1, revenue: [{ currency: 'GBP', cents: 900 }] },
      { ...rest, clientId: 2, name: 'B', trouble: 1, revenue: eur(1000) },
    ]);
    expect(found).toMatchObject({ currency: 'EUR', left: [{ currency: 'GBP', cents: 900 }] });
    expect(found.rows.find((row) => row.name === 'A')?.revenueShare).toBe(0);
  });

  it.each([
    ['nobody', []],
    ['nobody who makes trouble', [{ ...rest, clientId: 1, name: 'A', trouble: 0, revenue: eur(10) }]],
  ])('has nothing to say of %s', (_name, clients) => {
    expect(pareto(clients).few).toBeNull();
  });

  it('adds up to the whole', () => {
    const entry = fc.record({ trouble: fc.integer({ min: 0, max: 900 }), cents: fc.integer({ min: 0, max: 1e9 }) });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), (found) => {
        const clients = found.map(({ trouble, cents }, index) => ({
          clientId: index,
          name: String(index),
          trouble: trouble / 100,
          ...rest,
          revenue: eur(cents),
        }));
        const { rows, few } = pareto(clients);
        const last = rows.at(-1);
        if (few === null) {
          expect(found.every((one) => one.trouble === 0)).toBe(true);
          return;
        }
        expect(last?.cumulativeShare).toBeCloseTo(1);
        expect(few.troubleShare).toBeGreaterThanOrEqual(0.8 - 1e-6);
        expect(few.clients).toBeLessThanOrEqual(found.length);
      }),
    );
  });
});

function invoice(over: {
  cents?: number;
  dueOn: string;
  paid?: [string, number, boolean?][];
  state?: InvoiceState;
  currency?: string;
  disputed?: number;
}): Invoice {
  const dueOn = localDay(over.dueOn);
  const cents = over.cents ?? 10_000;
  return {
    id: 1,
    clientId: 1,
    number: '1',
    issuedOn: addDays(dueOn, -30),
    currency: over.currency ?? 'EUR',
    totalCents: cents,
    project: null,
    state: over.state ?? 'open',
    disputedCents: over.disputed ?? 0,
    instalments: [{ id: 1, position: 1, dueOn, amountCents: cents }],
    payments: (over.paid ?? []).map(([day, amountCents, reversed], id) => ({
      id,
      invoiceId: 1,
      amountCents,
      receivedOn: localDay(day),
      reference: null,
      recordedAt: 0 as Instant,
      reversedAt: reversed === true ? (1 as Instant) : null,
    })),
    credits: [],
  };
}

describe('what is owed', () => {
  const today = localDay('2026-11-23');
  it.each([
    ['due today', '2026-11-23', 0],
    ['one day late', '2026-11-22', 1],
    ['30 days late', '2026-10-24', 1],
    ['31 days late', '2026-10-23', 2],
    ['60 days late', '2026-09-24', 2],
    ['90 days late', '2026-08-25', 3],
    ['91 days late', '2026-08-24', 4],
  ])('stands in its age: %s', (_name, dueOn, age) => {
    expect(ageing([invoice({ dueOn })], today)[0]?.cents.indexOf(10_000)).toBe(age);
  });

  it('counts what is open, not what was paid, and keeps what is disputed apart', () => {
    const rows = ageing(
      [
        invoice({ dueOn: '2026-11-01', paid: [['2026-11-02', 4000]], disputed: 1000 }),
        invoice({ dueOn: '2026-11-01', state: 'paid', paid: [['2026-11-02', 10_000]] }),
        invoice({ dueOn: '2026-11-01', state: 'void' }),
        invoice({ dueOn: '2026-11-01', state: 'written-off' }),
        invoice({ dueOn: '2026-12-01', currency: 'GBP', cents: 300 }),
      ],
      today,
    );
    expect(rows).toEqual([
      { currency: 'EUR', cents: [0, 5000, 0, 0, 0], disputedCents: 1000, totalCents: 5000 },
      { currency: 'GBP', cents: [300, 0, 0, 0, 0], disputedCents: 0, totalCents: 300 },
    ]);
  });

  it('is nothing when all is paid', () => {
    expect(ageing([invoice({ dueOn: '2026-01-01', state: 'paid' })], today)).toEqual([]);
  });
});

describe('what was received', () => {
  it('counts from the day on, and no payment that was taken back', () => {
    const found = received(
      [
        invoice({
          dueOn: '2026-03-01',
          paid: [
            ['2026-02-28', 1],
            ['2026-03-01', 20],
            ['2026-03-02', 300, true],
          ],
        }),
      ],
      localDay('2026-03-01'),
    );
    expect(found).toEqual([{ currency: 'EUR', cents: 20 }]);
  });

  it('leaves out a currency in which nothing came', () => {
    expect(totals([{ currency: 'EUR', cents: 0 }])).toEqual([]);
  });
});

describe('kept promises', () => {
  const opened = rome('2026-11-02T10:00');
  const window = (over: Partial<PromiseWindow>): PromiseWindow => ({
    openedAt: opened,
    dueAt: plus(opened, 72 * hourMs),
    answeredAt: null,
    past: false,
    ...over,
  });
  const now = rome('2026-11-23T10:00');

  it.each([
    ['answered at the last moment', window({ answeredAt: plus(opened, 72 * hourMs) }), 'kept'],
    ['answered a second later', window({ answeredAt: plus(opened, 72 * hourMs + 1000) }), 'late'],
    ['not answered', window({}), 'missed'],
    ['not due yet', window({ openedAt: now, dueAt: plus(now, hourMs) }), 'open'],
    ['of the past and not answered', window({ past: true }), 'unanswered'],
    ['of the past, answered late', window({ past: true, answeredAt: plus(opened, 99 * hourMs) }), 'late'],
  ] as const)('%s', (_name, one, fate) => {
    expect(promises([one], now)).toMatchObject({ kept: 0, late: 0, missed: 0, open: 0, unanswered: 0, [fate]: 1 });
  });

  it('are a share of what can be judged', () => {
    expect(keptShare({ kept: 3, late: 1, missed: 0, open: 7, unanswered: 9, medianHours: 1 })).toBe(0.75);
    expect(keptShare(promises([], now))).toBeNull();
  });

  it('stand by the month of the question, without a gap, over the turn of a year', () => {
    const months = promisesByMonth(
      [
        window({
          openedAt: rome('2026-01-31T23:59'),
          answeredAt: rome('2026-02-01T10:00'),
          dueAt: rome('2026-02-03T10:00'),
        }),
        window({
          openedAt: rome('2025-11-01T00:00'),
          answeredAt: rome('2025-11-01T10:00'),
          dueAt: rome('2025-11-03T10:00'),
        }),
      ],
      now,
      'Europe/Rome',
    );
    expect(months.map(({ month, kept }) => [month, kept])).toEqual([
      ['2025-11', 1],
      ['2025-12', 0],
      ['2026-01', 1],
    ]);
    expect(months[0]?.medianHours).toBe(10);
  });
});
