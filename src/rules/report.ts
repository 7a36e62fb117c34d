/**
 * The figures of the report: when clients write, where the trouble and the money come from, what is owed for how long,
 * and which answers came in time. Counts and compares; draws nothing and reads no clock.
 */
import { type Sum, sumsByCurrency } from './money.ts';
import { grouped } from './grouped.ts';
import type { Block, ContactHours, WeeklyHours } from './contact-hours.ts';
import { debtsOf, type Invoice } from './invoice.ts';
import {
  dayFromNumber,
  dayMs,
  dayNumberOf,
  daysBetween,
  hourMs,
  type Instant,
  type LocalDay,
  offsetMs,
  type TimeZone,
  weekdayOfNumber,
  weekdays,
} from './time.ts';

// ---- when clients write --------------------------------------------------------------------------------------------

export interface HeatCell {
  /** at least half of the hour is in the weekly contact hours; holidays and closures are not looked at here */
  open: boolean;
  count: number;
  /** of these, those that came out of hours, on a holiday too */
  outOfHours: number;
}

export interface HeatMap {
  /** by weekday, Monday first, then by hour of the day */
  days: HeatCell[][];
  total: number;
  outOfHours: number;
  /** the largest count of any cell */
  most: number;
}

/** @param hours its zone tells what hour it was */
export function heatMap(moments: readonly { at: Instant; outOfHours: boolean }[], hours: ContactHours): HeatMap {
  const days = weekdays.map((_, day) =>
    Array.from({ length: 24 }, (_cell, hour) => ({ open: isOpenHour(hours.week, day, hour), count: 0, outOfHours: 0 })),
  );
  for (const { at, outOfHours } of moments) {
    const day = dayNumberOf(at, hours.timeZone);
    const hour = Math.floor((at + offsetMs(at, hours.timeZone) - day * dayMs) / hourMs);
    const cell = days[weekdays.indexOf(weekdayOfNumber(day))]?.[hour] as HeatCell;
    cell.count += 1;
    if (outOfHours) cell.outOfHours += 1;
  }
  const cells = days.flat();
  return {
    days,
    total: moments.length,
    outOfHours: cells.reduce((sum, cell) => sum + cell.outOfHours, 0),
    most: Math.max(0, ...cells.map((cell) => cell.count)),
  };
}

function isOpenHour(week: WeeklyHours, day: number, hour: number): boolean {
  const eve = weekdays[(day + 6) % 7] as (typeof weekdays)[number];
  const own = weekdays[day] as (typeof weekdays)[number];
  const open = overlap(week[own], hour * 60) + overlap(week[eve], (hour + 24) * 60);
  return open >= 30;
}

function overlap(blocks: readonly Block[], start: number): number {
  return blocks.reduce(
    (sum, block) => sum + Math.max(0, Math.min(block.end, start + 60) - Math.max(block.start, start)),
    0,
  );
}

// ---- trouble and revenue -------------------------------------------------------------------------------------------

export interface ParetoEntry {
  clientId: number;
  name: string;
  /** what the signs weigh */
  trouble: number;
  /** received in the period, in the report's currency */
  revenueCents: number;
  /** written by people at the client */
  messages: number;
  /** logged with him */
  minutes: number;
  /** open now, in the report's currency */
  owedCents: number;
}

export interface ParetoRow extends ParetoEntry {
  /** 0..1 */
  troubleShare: number;
  /** of this one and those before it */
  cumulativeShare: number;
  revenueShare: number;
}

export interface Pareto {
  /** the most troublesome first */
  rows: ParetoRow[];
  currency: string;
  /** money in other currencies, which is not compared */
  left: { currency: string; cents: number }[];
  /** the fewest clients who make most of the trouble; null without trouble */
  few: { clients: number; of: number; troubleShare: number; revenueShare: number } | null;
}

/** Four fifths of the trouble, as Pareto's rule of thumb has it. */
const mostOfIt = 0.8;

/** @param clients all with whom something went on; compared in the currency with most money in it */
export function pareto(
  clients: readonly (Omit<ParetoEntry, 'revenueCents' | 'owedCents'> & {
    revenue: readonly Sum[];
    owed: readonly Sum[];
  })[],
): Pareto {
  const sums = totals(clients.flatMap((client) => client.revenue));
  const currency = sums[0]?.currency ?? 'EUR';
  const entries = clients
    .map(({ revenue, owed, ...entry }) => ({
      ...entry,
      revenueCents: centsIn(revenue, currency),
      owedCents: centsIn(owed, currency),
    }))
    .filter((entry) => entry.trouble > 0 || entry.revenueCents > 0)
    .toSorted((a, b) => b.trouble - a.trouble || b.revenueCents - a.revenueCents || a.name.localeCompare(b.name, 'en'));
  const trouble = entries.reduce((sum, entry) => sum + entry.trouble, 0);
  const revenue = entries.reduce((sum, entry) => sum + entry.revenueCents, 0);
  let before = 0;
  const rows = entries.map((entry) => {
    before += entry.trouble;
    return {
      ...entry,
      troubleShare: share(entry.trouble, trouble),
      cumulativeShare: share(before, trouble),
      revenueShare: share(entry.revenueCents, revenue),
    };
  });
  return { rows, currency, left: sums.slice(1), few: fewOf(rows, clients.length) };
}

function fewOf(rows: readonly ParetoRow[], all: number): Pareto['few'] {
  const troublesome = rows.filter((row) => row.trouble > 0);
  if (troublesome.length === 0) return null;
  // a hair below, so that shares which add up to four fifths are not missed by rounding
  const clients = rows.findIndex((row) => row.cumulativeShare >= mostOfIt - 1e-9) + 1;
  const chosen = rows.slice(0, clients);
  return {
    clients,
    of: all,
    troubleShare: chosen.at(-1)?.cumulativeShare ?? 0,
    revenueShare: chosen.reduce((sum, row) => sum + row.revenueShare, 0),
  };
}

/** One sum for each currency, the largest first. */
export function totals(sums: readonly Sum[]): Sum[] {
  return sumsByCurrency(sums)
    .filter((sum) => sum.cents > 0)
    .toSorted((a, b) => b.cents - a.cents || (a.currency < b.currency ? -1 : 1));
}

function centsIn(sums: readonly Sum[], currency: string): number {
  return sums.reduce((cents, sum) => (sum.currency === currency ? cents + sum.cents : cents), 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** What was received since a day, reversed payments left out. */
export function received(invoices: readonly Invoice[], since: LocalDay): Sum[] {
  return totals(
    invoices.flatMap(({ currency, payments }) =>
      payments
        .filter((payment) => payment.reversedAt === null && payment.receivedOn >= since)
        .map((payment) => ({ currency, cents: payment.amountCents })),
    ),
  );
}

// ---- what is owed --------------------------------------------------------------------------------------------------

/** Days past due, the last without an end. */
export const ages = ['not due', '1-30', '31-60', '61-90', 'over 90'] as const;

export interface Ageing {
  currency: string;
  /** in the order of {@link ages} */
  cents: number[];
  disputedCents: number;
  totalCents: number;
}

/** Open sums by how long they are overdue, for each currency; what is disputed stands apart. */
export function ageing(invoices: readonly Invoice[], today: LocalDay): Ageing[] {
  const found = new Map<string, Ageing>();
  for (const invoice of invoices.filter((one) => one.state === 'open')) {
    const row = found.get(invoice.currency) ?? noAgeing(invoice.currency);
    found.set(invoice.currency, row);
    const debts = debtsOf(invoice);
    for (const debt of debts) {
      const age = ageOf(daysBetween(debt.dueOn, today));
      row.cents[age] = (row.cents[age] as number) + debt.openCents;
    }
    row.totalCents += debts.reduce((sum, debt) => sum + debt.openCents, 0);
    row.disputedCents += invoice.disputedCents;
  }
  return [...found.values()]
    .filter((row) => row.totalCents + row.disputedCents > 0)
    .toSorted((a, b) => b.totalCents - a.totalCents || (a.currency < b.currency ? -1 : 1));
}

function noAgeing(currency: string): Ageing {
  return { currency, cents: ages.map(() => 0), disputedCents: 0, totalCents: 0 };
}

function ageOf(daysLate: number): number {
  if (daysLate <= 0) return 0;
  return daysLate <= 30 ? 1 : daysLate <= 60 ? 2 : daysLate <= 90 ? 3 : 4;
}

// ---- kept promises -------------------------------------------------------------------------------------------------

export interface PromiseWindow {
  openedAt: Instant;
  dueAt: Instant;
  answeredAt: Instant | null;
  /** worked out from the past: without an answer nobody can say that one was due */
  past: boolean;
}

export interface Promises {
  kept: number;
  late: number;
  /** due, and not answered yet */
  missed: number;
  /** not due yet */
  open: number;
  /** of the past, without an answer in the mailbox */
  unanswered: number;
  /** of those answered, whole hours; null without any */
  medianHours: number | null;
}

export function promises(windows: readonly PromiseWindow[], now: Instant): Promises {
  const counts = { kept: 0, late: 0, missed: 0, open: 0, unanswered: 0 };
  for (const window of windows) counts[fateOf(window, now)] += 1;
  const waits = windows
    .flatMap(({ openedAt, answeredAt }) => (answeredAt === null ? [] : [answeredAt - openedAt]))
    .toSorted((a, b) => a - b);
  const middle = waits[Math.floor(waits.length / 2)];
  return { ...counts, medianHours: middle === undefined ? null : Math.round(middle / hourMs) };
}

function fateOf({ dueAt, answeredAt, past }: PromiseWindow, now: Instant): Exclude<keyof Promises, 'medianHours'> {
  if (answeredAt !== null) return answeredAt <= dueAt ? 'kept' : 'late';
  if (past) return 'unanswered';
  return dueAt < now ? 'missed' : 'open';
}

/** Kept, of those that can be judged; null when there is none. */
export function keptShare({ kept, late, missed }: Promises): number | null {
  const judged = kept + late + missed;
  return judged === 0 ? null : kept / judged;
}

export interface PromiseMonth extends Promises {
  /** '2026-11' */
  month: string;
}

/** By the month in which the message came, without gaps. */
export function promisesByMonth(windows: readonly PromiseWindow[], now: Instant, zone: TimeZone): PromiseMonth[] {
  const byDay = grouped(windows, (window) => dayNumberOf(window.openedAt, zone));
  const byMonth = new Map<string, PromiseWindow[]>();
  for (const [day, some] of byDay) {
    const month = dayFromNumber(day).slice(0, 7);
    byMonth.set(month, [...(byMonth.get(month) ?? []), ...some]);
  }
  const known = [...byMonth.keys()].toSorted();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  return monthsFrom(first, last).map((month) => ({ month, ...promises(byMonth.get(month) ?? [], now) }));
}

function monthsFrom(first: string, last: string): string[] {
  const found: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) found.push(month);
  return found;
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
