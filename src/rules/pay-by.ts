/**
 * The one day by which a letter asks to be paid: a working day before the next step of the ladder, so that nothing
 * follows before the day it named has passed; and what that step is, for the letter to announce. Decides no step, writes
 * no letter and reads no clock.
 */
import type { ContactHours } from './contact-hours.ts';
import { isWorkingDay, nextWorkingDay, NoOpeningError } from './contact-hours.ts';
import type { LadderStep } from './dunning.ts';
import { addDays, type LocalDay } from './time.ts';

/** Where nothing follows by itself: a week, as Italian and English practice have it for a last request. */
export const lastTermDays = 7;
/** A ladder may wait for months; a letter that names a day so far off asks for nothing. */
const longestTermDays = 30;

export interface PayByFacts {
  /** the ladder, in its order */
  ladder: readonly LadderStep[];
  /** name of the step whose letter it is; null: the letter is no step, and nothing follows it by itself */
  step: string | null;
  /** due days of what it lists; not empty for a step of the ladder */
  dueOn: readonly LocalDay[];
  /** the local day on which it leaves */
  leavesOn: LocalDay;
  hours: ContactHours;
  /** the days that its own kind gives at least (rules/formal-demand); 0 when not given */
  termDays?: number;
}

/**
 * Never past and, while the studio has any hours, always one of its weekdays and no holiday, nor the day itself on which
 * the letter leaves. Days on which it is closed count: banks are open, and a letter before a vacation does not press for
 * tomorrow what nothing follows for weeks. A letter before the due date names the due date, or the working day after it.
 */
export function payByDay(facts: PayByFacts): LocalDay {
  const { dueOn, leavesOn } = facts;
  const hours: ContactHours = { ...facts.hours, closures: [] };
  const first = dueOn.toSorted()[0];
  const next = followedBy(facts);
  const isUpcoming = first !== undefined && first >= leavesOn;
  const { termDays = 0 } = facts;
  const usual = next === undefined ? lastTermDays : longestTermDays;
  const wanted = isUpcoming ? first : addDays(leavesOn, Math.max(usual, termDays));
  const asked = workingDayFrom(hours, wanted);
  if (next === undefined) return asked;
  return asked < next.on ? asked : workingDayBetween(hours, leavesOn, addDays(next.on, -1));
}

/** The step after the letter's own, and the first day on which its letter may leave; undefined when nothing follows. */
export function followedBy(facts: PayByFacts): { step: LadderStep; on: LocalDay } | undefined {
  const { ladder, step, dueOn } = facts;
  const first = dueOn.toSorted()[0];
  const own = ladder.findIndex((one) => one.name === step);
  const next = own < 0 || first === undefined ? undefined : ladder.slice(own + 1).find((one) => one.afterDays > 0);
  if (next === undefined || first === undefined) return undefined;
  return { step: next, on: stepDay(next, { ...facts, first }) };
}

/** The day on which the next step would leave, if nothing came between. */
function stepDay(
  next: LadderStep,
  { first, leavesOn, hours, termDays = 0 }: PayByFacts & { first: LocalDay },
): LocalDay {
  const byDue = addDays(first, next.afterDays);
  const byThis = earliestAfter(next, { on: leavesOn, termDays }, hours);
  return workingDayFrom(hours, byDue > byThis ? byDue : byThis);
}

/**
 * The first day on which a step may follow a letter: after its days, and after the first working day at which the term is
 * over that the letter gives at least, one day for most. So a letter can name a day to pay by that is neither the day it
 * leaves nor past when the next one comes.
 */
export function earliestAfter(
  step: Pick<LadderStep, 'afterPreviousDays'>,
  letter: { on: LocalDay; termDays: number },
  hours: ContactHours,
): LocalDay {
  const byDays = addDays(letter.on, Math.max(1, step.afterPreviousDays));
  const byTerm = addDays(workingDayFrom(hours, addDays(letter.on, Math.max(1, letter.termDays))), 1);
  return byDays > byTerm ? byDays : byTerm;
}

/** The last working day after `from` and up to `to`; `from` itself when the studio never opens. */
function workingDayBetween(hours: ContactHours, from: LocalDay, to: LocalDay): LocalDay {
  for (let day = to; day > from; day = addDays(day, -1)) if (isWorkingDay(hours, day)) return day;
  return from;
}

/** The first working day from that day on; the day itself when the studio never opens: then nothing leaves either. */
export function workingDayFrom(hours: ContactHours, day: LocalDay): LocalDay {
  try {
    return nextWorkingDay(hours, day);
  } catch (error) {
    if (error instanceof NoOpeningError) return day;
    throw error;
  }
}

/**
 * The working day on which work goes on at the latest: so many working days after the day the money came in, as the
 * pause promised. When that day has passed already, the next working day: a letter that leaves in the evening cannot
 * promise the day itself.
 */
export function resumeByDay(facts: {
  receivedOn: LocalDay;
  withinDays: number;
  today: LocalDay;
  hours: ContactHours;
}): LocalDay {
  const { receivedOn, withinDays, today, hours } = facts;
  let day = receivedOn;
  for (let passed = 0; passed < Math.max(1, withinDays); passed += 1) day = workingDayFrom(hours, addDays(day, 1));
  return day >= today ? day : workingDayFrom(hours, addDays(today, 1));
}
