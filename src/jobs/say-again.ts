/**
 * What waits for the owner is said again each week, with the sum and the days: money that goes no further without her,
 * and whatever else has asked for her word. Mails that keep a client's money waiting are said at once. Sends nothing.
 */
import type { Clock } from '../clock.ts';
import { openByCurrency } from '../rules/money.ts';
import { sleeps } from '../rules/exit.ts';
import type { Letter } from '../rules/letter.ts';
import { leastCentsOf, type Settings } from '../rules/settings.ts';
import { dayMs, dayOf, daysBetween, type Instant, type TimeZone } from '../rules/time.ts';
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
    const { matter, since } = found;
    return [
      {
        key: standstillKey(dunned, matter.code),
        told: {
          code: 'stands-still',
          client: clientName(r, dunned.clientId) ?? '',
          open: openByCurrency(found.overdue),
          overdueDays: daysBetween(first, today),
          matter,
          days: daysIn(since, now, settings.owner.timeZone),
        },
        since,
        ...(matter.code === 'owner-owes' ? { atOnce: true } : {}),
      },
    ];
  });
}

export function standstillKey({ id }: Pick<Case, 'id'>, code: string): string {
  return `standstill/${id}/${code}`;
}

function daysIn(since: Instant, now: Instant, zone: TimeZone): number {
  return daysBetween(dayOf(since, zone), dayOf(now, zone));
}

/** Letters that are no matter of a case, exits, and what is to become a request. */
function others(r: Reader, settings: Settings, now: Instant): Waiting[] {
  const nameOf = (clientId: number | null) => (clientId === null ? undefined : clientName(r, clientId)) ?? '';
  const daysOf = (since: Instant) => daysIn(since, now, settings.owner.timeZone);
  const letters = [...waitingForApproval(r).filter((letter) => !isOfOpenCase(r, letter)), ...inState(r, 'unsure')];
  return [
    ...letters.map((letter) => ofLetter(letter, nameOf(letter.clientId), daysOf)),
    ...openExits(r).flatMap((exit) => ofExit(exit, nameOf(exit.clientId), daysOf)),
    ...listRequests(r)
      .filter(({ state }) => state === 'proposed')
      .map(({ id: requestId, clientId, openedAt, text: question }): Waiting => {
        const about = { client: nameOf(clientId), days: daysOf(openedAt), question, requestId };
        return { key: `request/${requestId}`, since: openedAt, told: { code: 'question-open-still', ...about } };
      }),
  ];
}

type DaysOf = (since: Instant) => number;

function ofLetter({ id, kind, state, createdAt: since }: Letter, client: string, daysOf: DaysOf): Waiting {
  const about = { id, kind, client, days: daysOf(since) };
  return state === 'unsure'
    ? { key: `unsure/${id}`, since, told: { code: 'letter-unsure-still', ...about } }
    : { key: `approve/${id}/again`, since, told: { code: 'letter-asks-still', ...about } };
}

/** It is said with the sum of its case. */
function isOfOpenCase(r: Reader, { caseId, step }: Letter): boolean {
  return caseId !== null && step !== null && caseById(r, caseId)?.state === 'open';
}

/** One that waits for the owner: to be taken up, or to be checked and approved. */
function ofExit(exit: StoredExit, name: string, daysOf: DaysOf): Waiting[] {
  const { id, clientId, notedState: state, proposedAt: since } = exit;
  if (sleeps(exit) || (state !== 'proposed' && state !== 'checklist')) return [];
  const about = { client: { id: clientId, name }, state, days: daysOf(since) };
  return [{ key: `exit/${id}/${state}`, since, told: { code: 'exit-waits-still', ...about } }];
}
