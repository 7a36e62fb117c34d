/**
 * What waits for the owner is said again each week, with the sum and the days: money that goes no further without her,
 * and whatever else has asked for her word. Mails that keep a client's money waiting are said at once. Sends nothing.
 */
import type { Clock } from '../clock.ts';
import { openSums } from '../rules/dunning.ts';
import { sleeps } from '../rules/exit.ts';
import { kindRecords, type Letter } from '../rules/letter.ts';
import { leastCentsOf, type Settings } from '../rules/settings.ts';
import { dayMs, dayOf, daysBetween, type Instant, type TimeZone } from '../rules/time.ts';
import { toldAsWritten } from '../rules/told.ts';
import { count } from '../rules/words.ts';
import { type Case, caseById, listCases } from '../store/cases.ts';
import { clientName } from '../store/clients.ts';
import type { Reader, Store } from '../store/database.ts';
import { openExits, type StoredExit } from '../store/exits.ts';
import { type NewNotice, sayAgain } from '../store/notices.ts';
import { inState, waitingForApproval } from '../store/outbox-queue.ts';
import { listRequests } from '../store/requests.ts';
import { standstillOfCase } from '../store/standstill.ts';

export interface SayAgainParts {
  store: Store;
  clock: Clock;
  settings: Settings;
}

const weekMs = 7 * dayMs;

/** Something that waits for the owner, and since when. */
interface Waiting extends NewNotice {
  since: Instant;
  /** it is said at once, and not only after a week */
  atOnce?: true;
}

/** @returns how many notices were said, or said again */
export function sayAgainWhatWaits({ store, clock, settings }: SayAgainParts): number {
  const now = clock.now();
  const due = store.read((r) => [...standingStill(r, settings, now), ...others(r, settings, now)]);
  const ripe = due.filter(({ since, atOnce }) => atOnce === true || now - since >= weekMs);
  if (ripe.length === 0) return 0;
  return store.write(now, (w) => ripe.filter((one) => sayAgain(w, one, weekMs)).length);
}

/** Of each case with overdue money that is worth a letter. */
function standingStill(r: Reader, settings: Settings, now: Instant): Waiting[] {
  const today = dayOf(now, settings.owner.timeZone);
  return listCases(r, { state: 'open' }).flatMap((dunned) => {
    const found = standstillOfCase(r, dunned, { now, today });
    const cents = (found?.overdue ?? []).reduce((sum, debt) => sum + debt.openCents, 0);
    if (found === null || cents < leastCentsOf(settings, dunned.currency)) return [];
    const first = found.overdue.map(({ dueOn }) => dueOn).toSorted()[0] ?? today;
    const sum = `${openSums(found.overdue)} of ${clientName(r, dunned.clientId) ?? 'a client'}`;
    const text = `${sum}, overdue for ${count(daysBetween(first, today), 'day')}, waits for you: ${found.why}${forDays(found.since, now, settings)}.`;
    return [
      {
        ...{ key: standstillKey(dunned, found.code), told: toldAsWritten(text, found.next), since: found.since },
        ...(found.code === 'owner-owes' ? { atOnce: true } : {}),
      },
    ];
  });
}

export function standstillKey({ id }: Pick<Case, 'id'>, code: string): string {
  return `standstill/${id}/${code}`;
}

/** ', for 14 days'; '' on the first day. */
function forDays(since: Instant, now: Instant, { owner }: Settings): string {
  const days = daysIn(since, now, owner.timeZone);
  return days < 1 ? '' : `, for ${count(days, 'day')}`;
}

function daysIn(since: Instant, now: Instant, zone: TimeZone): number {
  return daysBetween(dayOf(since, zone), dayOf(now, zone));
}

/** Letters that are no matter of a case, exits, and what is to become a request. */
function others(r: Reader, settings: Settings, now: Instant): Waiting[] {
  const nameOf = (clientId: number | null) => (clientId === null ? undefined : clientName(r, clientId)) ?? 'a client';
  const daysOf = (since: Instant) => count(daysIn(since, now, settings.owner.timeZone), 'day');
  const letters = [...waitingForApproval(r).filter((letter) => !isOfOpenCase(r, letter)), ...inState(r, 'unsure')];
  return [
    ...letters.map((letter) => ofLetter(letter, nameOf(letter.clientId), daysOf)),
    ...openExits(r).flatMap((exit) => ofExit(exit, nameOf(exit.clientId), daysOf)),
    ...listRequests(r)
      .filter(({ state }) => state === 'proposed')
      .map(({ id, clientId, openedAt, text }) => ({
        ...{ key: `request/${id}`, since: openedAt },
        told: toldAsWritten(
          `A question to ${nameOf(clientId)} has had no answer for ${daysOf(openedAt)}, and waits to become a request: "${text}".`,
          `paletti requests accept ${id}, or drop ${id}`,
        ),
      })),
  ];
}

type DaysOf = (since: Instant) => string;

function ofLetter({ id, kind, state, createdAt }: Letter, name: string, daysOf: DaysOf): Waiting {
  const what = `${kindRecords[kind].called} to ${name}`;
  if (state === 'unsure')
    return {
      ...{ key: `unsure/${id}`, since: createdAt },
      told: toldAsWritten(
        `Whether the ${what} left is not known for ${daysOf(createdAt)}.`,
        `Look in Sent, then: paletti outbox resolve ${id} --sent, or --not-sent`,
      ),
    };
  return {
    ...{ key: `approve/${id}/again`, since: createdAt },
    told: toldAsWritten(
      `The ${what} has waited for your approval for ${daysOf(createdAt)}.`,
      `paletti outbox show ${id}; then approve ${id}, edit ${id} or drop ${id}`,
    ),
  };
}

/** It is said with the sum of its case. */
function isOfOpenCase(r: Reader, { caseId, step }: Letter): boolean {
  return caseId !== null && step !== null && caseById(r, caseId)?.state === 'open';
}

/** One that waits for the owner: to be taken up, or to be checked and approved. */
function ofExit(exit: StoredExit, name: string, daysOf: DaysOf): Waiting[] {
  const { id, clientId, notedState, proposedAt } = exit;
  if (sleeps(exit) || (notedState !== 'proposed' && notedState !== 'checklist')) return [];
  const what = notedState === 'proposed' ? 'nobody has taken it up' : 'its checklist waits for you';
  return [
    {
      ...{ key: `exit/${id}/${notedState}`, since: proposedAt },
      told: toldAsWritten(
        `The exit of ${name} was proposed ${daysOf(proposedAt)} ago, and ${what}.`,
        `paletti exit ${clientId} status; to leave it: paletti exit ${clientId} cancel`,
      ),
    },
  ];
}
