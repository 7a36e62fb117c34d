/**
 * What the work has waited for: each question of the owner that the client answered late or not yet, the days that it
 * waited, and the days in all, of which none counts twice. Facts in, values out; reads no clock.
 */
import { addDays, daysBetween, type LocalDay } from './time.ts';

export interface Asked {
  question: string;
  askedOn: LocalDay;
  /** by when an answer could be expected */
  dueOn: LocalDay;
  /** null: not yet */
  answeredOn: LocalDay | null;
}

export interface Wait {
  question: string;
  askedOn: LocalDay;
  answeredOn: LocalDay | null;
  /** from the question to the answer, or to today */
  days: number;
}

/** Those that waited beyond their day, the oldest first, and on how many days at least one of them waited. */
export function waitsOf(asked: readonly Asked[], today: LocalDay): { waits: Wait[]; totalDays: number } {
  const late = asked
    .filter(({ dueOn, answeredOn }) => (answeredOn ?? today) > dueOn)
    .toSorted((a, b) => (a.askedOn < b.askedOn ? -1 : a.askedOn > b.askedOn ? 1 : 0));
  const waits = late.map(({ question, askedOn, answeredOn }) => ({
    question,
    askedOn,
    answeredOn,
    days: daysBetween(askedOn, answeredOn ?? today),
  }));
  return { waits, totalDays: daysOfAll(late.map(({ askedOn, answeredOn }) => [askedOn, answeredOn ?? today])) };
}

/** @param spans by their first day */
function daysOfAll(spans: readonly (readonly [from: LocalDay, to: LocalDay])[]): number {
  let total = 0;
  let counted: LocalDay | null = null;
  for (const [from, to] of spans) {
    const start: LocalDay = counted === null || from > counted ? from : counted;
    if (to <= start) continue;
    total += daysBetween(start, to);
    counted = to;
  }
  return total;
}

/** A delivery that an answer has moved. */
export interface Moved {
  delivery: string;
  from: LocalDay;
  to: LocalDay;
}

/** By what the record says was agreed; one that moved by no day is none. */
export function movedOf(
  requests: readonly {
    project: string | null;
    text: string;
    deliveryOn: LocalDay | null;
    newDeliveryOn: LocalDay | null;
    daysLost: number | null;
  }[],
): Moved[] {
  return requests.flatMap(({ project, text, deliveryOn, newDeliveryOn, daysLost }) => {
    if (deliveryOn === null) return [];
    const to = newDeliveryOn ?? addDays(deliveryOn, daysLost ?? 0);
    return to > deliveryOn ? [{ delivery: project ?? text, from: deliveryOn, to }] : [];
  });
}
