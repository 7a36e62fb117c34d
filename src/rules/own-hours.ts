/**
 * Contact hours proposed from when the owner writes: one week, from the mails of the days on which she works. Nights are never
 * proposed, nor a day on which she seldom writes: hours are a limit, and no picture of every habit. Proposes only.
 */
import { type Block, type ContactHours, isOpen, type WeeklyHours } from './contact-hours.ts';
import { grouped } from './grouped.ts';
import { type HeatMap, heatMap } from './report.ts';
import { dayOf, type Instant, type TimeZone, wallClock, type Weekday, weekdayOf, weekdays } from './time.ts';

export interface OwnHours {
  heat: HeatMap;
  /** mails, and the days on which there was one */
  mails: number;
  days: number;
  /** null: too few mails to tell */
  week: WeeklyHours | null;
  /** mails outside of what is proposed */
  outside: number;
}

/** Fewer show a fortnight, or a job of one evening. */
const leastMails = 60;
const leastDays = 10;

/** What may be proposed at all: the working day of other people, with an hour more at each end. */
const earliest = 7 * 60;
const latest = 20 * 60;
const step = 30;

/** A day is worked on with so much of what her usual days have; Saturday and Sunday must be nearly one of them. */
const dayShare = 0.35;
const weekendShare = 0.7;
/** Of ten mails nine lie within. */
const tail = 0.05;
/** A break is looked for here; in its half hours there is at most so much of what the others have. */
const noon = { from: 12 * 60, to: 15 * 60 + 30 };
const breakShare = 0.25;
const leastBreak = 60;
const leastOfSlot = 6;
/** A half of a day that has so little of what the others have is free, where they have enough to compare it with. */
const halfShare = 0.2;
const leastOfHalf = 10;

interface Mail {
  at: Instant;
  weekday: Weekday;
  minute: number;
}

/** @param moments when she wrote */
export function ownHours(moments: readonly Instant[], zone: TimeZone): OwnHours {
  const mails = moments.map((at): Mail => {
    const { day, minute } = wallClock(at, zone);
    return { at, weekday: weekdayOf(day), minute };
  });
  const days = new Set(moments.map((at) => dayOf(at, zone))).size;
  const week = mails.length < leastMails || days < leastDays ? null : weekOf(mails);
  const hours: ContactHours = { week: week ?? noWeek, timeZone: zone, closures: [], holiday: () => undefined };
  const judged = moments.map((at) => ({ at, outOfHours: week !== null && !isOpen(hours, at) }));
  const heat = heatMap(judged, hours);
  return { heat, mails: mails.length, days, week, outside: heat.outOfHours };
}

const noWeek: WeeklyHours = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

function weekOf(all: readonly Mail[]): WeeklyHours | null {
  const mails = all.filter(({ minute }) => minute >= earliest && minute < latest);
  const byDay = grouped(mails, ({ weekday }) => weekday);
  const count = (day: Weekday) => byDay.get(day)?.length ?? 0;
  const usual = weekdays.map(count).toSorted((a, b) => b - a)[2] ?? 0;
  const isWorked = (day: Weekday) =>
    count(day) > 0 && count(day) >= usual * (day === 'sat' || day === 'sun' ? weekendShare : dayShare);
  const worked = weekdays.filter(isWorked);
  if (worked.length === 0) return null;
  const blocks = blocksOf(worked.flatMap((day) => byDay.get(day) ?? []));
  const most = (block: Block) => Math.max(...worked.map((day) => countIn(byDay.get(day) ?? [], block)));
  const blocksOn = (day: Weekday) =>
    blocks.filter(
      (block) => most(block) < leastOfHalf || countIn(byDay.get(day) ?? [], block) >= most(block) * halfShare,
    );
  return { ...noWeek, ...Object.fromEntries(worked.map((day) => [day, blocksOn(day)])) };
}

function countIn(mails: readonly Mail[], { start, end }: Block): number {
  return mails.filter(({ minute }) => minute >= start && minute < end).length;
}

/** From the first half hour to the last, with the break at noon, if there is one. */
function blocksOf(mails: readonly Mail[]): Block[] {
  const minutes = mails.map(({ minute }) => minute).toSorted((a, b) => a - b);
  const at = (share: number) => minutes[Math.round((minutes.length - 1) * share)] as number;
  const start = Math.floor(at(tail) / step) * step;
  const end = Math.min(latest, Math.max(start + 2 * step, Math.ceil((at(1 - tail) + 1) / step) * step));
  const free = breakIn(mails, { start, end });
  if (free === null) return [{ start, end }];
  return [
    { start, end: free.start },
    { start: free.end, end },
  ];
}

/** The longest run of half hours around noon in which she hardly writes. */
function breakIn(mails: readonly Mail[], { start, end }: Block): Block | null {
  const slots = Array.from({ length: (end - start) / step }, (_, index) => start + index * step);
  const usual = mails.length / slots.length;
  // of so little an empty half hour says nothing
  if (usual < leastOfSlot) return null;
  const isQuiet = (slot: number) => countIn(mails, { start: slot, end: slot + step }) <= usual * breakShare;
  const inside = slots.filter(
    (slot) => slot >= Math.max(noon.from, start + step) && slot < Math.min(noon.to, end - step),
  );
  let best = null as Block | null;
  let run = null as Block | null;
  for (const slot of inside) {
    run = isQuiet(slot) ? { start: run?.start ?? slot, end: slot + step } : null;
    if (run !== null && run.end - run.start > (best === null ? 0 : best.end - best.start)) best = run;
  }
  return best !== null && best.end - best.start >= leastBreak ? best : null;
}
