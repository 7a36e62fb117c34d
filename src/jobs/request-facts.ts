/** Loads what the rules of silence want to know of one request. Reads only; decides nothing. */
import { addressed } from '../letters/addressed.ts';
import type { Letters } from '../letters/library.ts';
import { writeNudge, type Written } from '../letters/write.ts';
import type { Client } from '../rules/client.ts';
import { holdEffect, openQuestionFor } from '../rules/hold.ts';
import type { Approval, Letter } from '../rules/letter.ts';
import {
  type ClientRequest,
  type Delay,
  delayOf,
  nudgeLadder,
  type NudgeStep,
  replyByDay,
  type RequestFacts,
} from '../rules/requests.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { openCasesOf } from '../store/cases.ts';
import type { Reader } from '../store/database.ts';
import { openExitOf } from '../store/exits.ts';
import { activeHolds } from '../store/holds.ts';
import { messageById } from '../store/messages.ts';
import { letterByKey } from '../store/outbox.ts';
import { firstHumanMessage, type StoredRequest } from '../store/requests.ts';
import { lastLetterOn, ownerOwesSince } from './case-facts.ts';
import type { Reason } from '../rules/reason.ts';

export function ladderOf(settings: Pick<Settings, 'requests'>): NudgeStep[] {
  return nudgeLadder(settings.requests.steps);
}

/** @param step 'nudge-2' */
export function nudgeKey(request: Pick<StoredRequest, 'id'>, step: string): string {
  return `nudge/${request.id}/${step.slice(step.lastIndexOf('-') + 1)}`;
}

/** @returns the number of the request that a nudge is about */
export function requestIdOf(letter: Pick<Letter, 'key'>): number | null {
  const match = /^nudge\/(\d+)\//.exec(letter.key);
  return match === null ? null : Number(match[1]);
}

/** The nudges of a request in the outbox, in the order of the ladder. */
export function nudgesOf(r: Reader, settings: Settings, request: Pick<StoredRequest, 'id'>): Letter[] {
  return ladderOf(settings).flatMap((step) => letterByKey(r, nudgeKey(request, step.name)) ?? []);
}

export function requestFacts(
  r: Reader,
  settings: Settings,
  request: StoredRequest,
  client: Client,
  now: Instant,
): RequestFacts {
  const hours = hoursFor(settings, client);
  const zone = hours.timeZone;
  const { nudges } = settings.requests;
  const holds = activeHolds(r, { clientId: client.id });
  // a letter came back, say, and whether the address is right was not decided: nothing goes there by itself
  const isDoubtful = openQuestionFor(holds, 'nudge', now) !== undefined;
  const approval: 'off' | Approval = nudges === 'on' ? (isDoubtful ? 'ask' : 'auto') : nudges;
  return {
    request: ruleRequest(request),
    written: nudgesOf(r, settings, request).map((letter) => ({
      step: letter.step ?? '',
      state: letter.state,
      sentOn: letter.sentAt === null ? null : dayOf(letter.sentAt, zone),
      droppedBy: letter.endedBy,
    })),
    answeredAt: firstHumanMessage(r, client.id, request.openedAt)?.receivedAt ?? null,
    held: holdEffect(holds, 'nudge', now, zone),
    hours,
    dunningOpen: openCasesOf(r, client.id).length > 0,
    exitNoticeRunning: client.workState === 'ended' || (openExitOf(r, client.id)?.approvedAt ?? null) !== null,
    ownerOwesSince: ownerOwesSince(r, client.id, now),
    lastLetterToClientOn: lastLetterOn(r, client.id, zone, now),
    nudges: approval,
    reviewMode: settings.sending.mode === 'review',
    bell: { expression: settings.jobs.dun, zone: settings.owner.timeZone },
  };
}

function ruleRequest({ id, openedAt, dueOn, deliveryOn, closedAt }: StoredRequest): ClientRequest {
  return { id, openedAt, dueOn, deliveryOn, closedAt };
}

/** What the silence has cost up to that moment. */
export function delayAt(settings: Settings, request: StoredRequest, client: Client, until: Instant): Delay {
  const hours = hoursFor(settings, client);
  return delayOf(ruleRequest(request), hours, dayOf(until, hours.timeZone));
}

interface NudgeWish {
  request: StoredRequest;
  client: Client;
  step: NudgeStep;
  /** when it will leave: days are counted up to it */
  on: Instant;
}

export function nudgeText(parts: { settings: Settings; letters: Letters }, wish: NudgeWish): Written {
  const { settings, letters } = parts;
  const { request, client, step } = wish;
  const hours = hoursFor(settings, client);
  const delay = delayAt(settings, request, client, wish.on);
  return writeNudge(letters, {
    kind: step.letter,
    client,
    owner: settings.owner,
    project: request.project ?? client.project,
    request: request.text,
    askedOn: dayOf(request.openedAt, hours.timeZone),
    daysLost: delay.daysLost,
    newDeliveryOn: delay.deliveryOn,
    replyBy: replyByDay(ladderOf(settings), step, dayOf(wish.on, hours.timeZone), hours),
  });
}

/** As the outbox takes it: in the thread of the mail that asked, when there is one. */
export function nudgeLetter(
  r: Reader,
  parts: { settings: Settings; letters: Letters; mailbox: string },
  wish: NudgeWish & { approval: Approval; why: Reason },
) {
  const { request, client, step, on, approval, why } = wish;
  const asked = request.messageId === null ? undefined : messageById(r, request.messageId);
  return addressed(nudgeText(parts, wish), {
    key: nudgeKey(request, step.name),
    client,
    owner: parts.settings.owner,
    mailbox: asked?.mailbox ?? parts.mailbox,
    approval,
    notBefore: on,
    why,
    step: step.name,
    answers: asked && { id: asked.id, messageId: asked.mail.messageId, references: asked.mail.references },
  });
}
