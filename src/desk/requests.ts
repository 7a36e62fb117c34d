/**
 * What a person may do with requests to clients: add, accept what was proposed, say that one is answered, drop it.
 * Each is one transaction with its line in the journal. Writes no letter.
 */
import { AppError } from '../errors.ts';
import { quoted } from '../letters/words.ts';
import type { Client } from '../rules/client.ts';
import { requestWords } from '../rules/questions.ts';
import { asWritten, type Reason } from '../rules/reason.ts';
import { type Delay, delayOf } from '../rules/requests.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { addDays, dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { nextWorkingDay } from '../rules/contact-hours.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { activeHolds } from '../store/holds.ts';
import { note } from '../store/journal.ts';
import { messageById, type StoredMessage } from '../store/messages.ts';
import { drop, letterByKey } from '../store/outbox.ts';
import {
  acceptRequest,
  addRequest,
  closeRequest,
  listRequests,
  requestById,
  requestOfMessage,
  requestsWaiting,
  type StoredRequest,
} from '../store/requests.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';

export type RequestDesk = DeskParts & { settings: Settings };

export interface RequestWish {
  /** the owner's mail that asked; null: asked otherwise */
  messageId: number | null;
  /** what was asked; null: the questions of the mail */
  text: string | null;
  dueOn: LocalDay | null;
  deliveryOn: LocalDay | null;
  project: string | null;
}

const longestText = 400;

/**
 * @param who number or name of the client
 * @throws AppError 'bad-input' without words; 'not-found', 'conflict' for a message that cannot be one
 */
export function askClient(
  desk: RequestDesk,
  who: string,
  wish: RequestWish,
): { client: Client; request: StoredRequest } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    const message = wish.messageId === null ? undefined : ownMessage(w, client, wish.messageId);
    const text = wordsOf(desk.settings, wish, message);
    const openedAt = message?.receivedAt ?? w.now;
    const hours = hoursFor(desk.settings, client);
    const asked = dayOf(openedAt, hours.timeZone);
    const dueOn = wish.dueOn ?? nextWorkingDay(hours, addDays(asked, desk.settings.requests.dueDays));
    if (dueOn < asked) throw bad({ code: 'due-before-asked', due: dueOn, asked });
    if (wish.deliveryOn !== null && wish.deliveryOn < dueOn)
      throw bad({ code: 'delivery-before-due', delivery: wish.deliveryOn, due: dueOn });
    const { deliveryOn, project, messageId } = wish;
    const values = { clientId: client.id, messageId, text, project, openedAt, dueOn, deliveryOn };
    const request = addRequest(w, { ...values, madeBy: 'owner', state: 'open' }) as StoredRequest;
    noted(w, request, 'request-opened', { code: 'you-asked' });
    return { client, request };
  });
}

function ownMessage(w: Writer, client: Client, id: number): StoredMessage {
  const message = messageById(w, id);
  if (message === undefined) throw new AppError('not-found', { code: 'no-message', id });
  if (message.role !== 'sent') throw new AppError('conflict', { code: 'message-not-yours', id });
  if (message.clientId !== client.id)
    throw new AppError('conflict', { code: 'message-not-to', id, client: client.name });
  const known = requestOfMessage(w, id);
  if (known === undefined) return message;
  throw new AppError('conflict', `message ${id} made request ${known.id} already (${known.state})`, {
    next: known.state === 'proposed' ? `paletti requests accept ${known.id}` : 'See: paletti requests list --all',
  });
}

function wordsOf(settings: Settings, wish: RequestWish, message: StoredMessage | undefined): string {
  const given = (wish.text ?? '').replace(/\s+/g, ' ').trim();
  const found =
    given !== '' || message === undefined
      ? given
      : requestWords(message.mail.subject, message.mail.newText, settings.requests.keyword);
  if (quoted(found) === '') throw bad({ code: 'request-no-words' });
  if (found.length > longestText) throw bad({ code: 'request-too-long', most: longestText });
  return found;
}

/** @throws AppError 'not-found'; 'conflict' when it is closed */
export function acceptProposal(
  desk: RequestDesk,
  id: number,
  wish: { dueOn: LocalDay | null; deliveryOn: LocalDay | null },
): { request: StoredRequest; changed: boolean } {
  return act(desk, (w) => {
    const found = find(w, id);
    if (found.state === 'open') return { request: found, changed: false };
    if (!acceptRequest(w, id, wish.dueOn ?? found.dueOn, wish.deliveryOn)) throw closed(found);
    const request = find(w, id);
    noted(w, request, 'request-opened', { code: 'you-took-up' });
    return { request, changed: true };
  });
}

/** @param on the day of the answer; today when null */
export function requestAnswered(
  desk: RequestDesk,
  id: number,
  at: Instant | null,
): { request: StoredRequest; changed: boolean } {
  return act(desk, (w) => end(w, desk.settings, id, { state: 'answered', at, why: { code: 'you-say-answered' } }));
}

export function dropRequest(desk: RequestDesk, id: number, why: string): { request: StoredRequest; changed: boolean } {
  return act(desk, (w) =>
    end(w, desk.settings, id, {
      state: 'dropped',
      at: null,
      why: why === '' ? { code: 'you-dropped' } : asWritten(why),
    }),
  );
}

function end(
  w: Writer,
  settings: Settings,
  id: number,
  wish: { state: 'answered' | 'dropped'; at: Instant | null; why: Reason },
): { request: StoredRequest; changed: boolean } {
  const found = find(w, id);
  if (found.state === wish.state) return { request: found, changed: false };
  const at = wish.at ?? w.now;
  if (at > w.now || at < found.openedAt) throw bad({ code: 'answer-time' });
  const delay = delayFor(w, settings, found, at);
  const ends = { state: wish.state, answeredBy: null, at, why: wish.why };
  if (!closeRequest(w, id, { ...ends, daysLost: delay.daysLost, newDeliveryOn: delay.deliveryOn })) throw closed(found);
  const request = find(w, id);
  noted(w, request, `request-${wish.state}`, wish.why);
  dropNudges(w, settings, request, wish.why);
  return { request, changed: true };
}

function dropNudges(w: Writer, settings: Settings, request: StoredRequest, why: Reason): void {
  for (let step = 1; step <= settings.requests.steps.length; step += 1) {
    const letter = letterByKey(w, `nudge/${request.id}/${step}`);
    if (letter?.state === 'held' || letter?.state === 'queued') drop(w, letter.id, 'owner', why);
  }
}

function delayFor(r: Reader, settings: Settings, request: StoredRequest, until: Instant): Delay {
  const hours = hoursFor(settings, clientById(r, request.clientId));
  return delayOf(request, hours, dayOf(until, hours.timeZone));
}

function find(r: Reader, id: number): StoredRequest {
  const found = requestById(r, id);
  if (found !== undefined) return found;
  throw new AppError('not-found', { code: 'no-request', id });
}

function closed(request: StoredRequest): AppError {
  return new AppError('conflict', `request ${request.id} is ${request.state} already`, {
    next: 'See: paletti requests list --all',
  });
}

function noted(w: Writer, request: StoredRequest, kind: string, why: Reason): void {
  const { text, dueOn, daysLost, newDeliveryOn } = request;
  note(w, {
    kind,
    subject: `request/${request.id}`,
    clientId: request.clientId,
    why,
    data: { text, dueOn, daysLost, newDeliveryOn },
  });
}

export interface ShownRequest extends StoredRequest {
  client: string;
  /** `parked`: open, and the client is away until then */
  shownState: StoredRequest['state'] | 'parked';
  awayUntil: Instant | null;
  /** as it is now, or was when it ended */
  lost: number;
  deliveryNow: LocalDay | null;
  nudgesSent: number;
}

/** @param filter.all also the closed ones */
export function showRequests(
  r: Reader,
  settings: Settings,
  filter: { clientId?: number; all: boolean },
  now: Instant,
): ShownRequest[] {
  const found = filter.all ? listRequests(r, filter) : requestsWaiting(r, filter.clientId);
  return found.map((request) => shown(r, settings, request, now));
}

function shown(r: Reader, settings: Settings, request: StoredRequest, now: Instant): ShownRequest {
  const delay = delayFor(r, settings, request, request.closedAt ?? now);
  const away = request.state === 'open' ? awayUntil(r, request.clientId, now) : null;
  const sent = settings.requests.steps.filter(
    (_, index) => letterByKey(r, `nudge/${request.id}/${index + 1}`)?.sentAt != null,
  );
  return {
    ...request,
    client: clientById(r, request.clientId)?.name ?? '',
    shownState: away === null ? request.state : 'parked',
    awayUntil: away,
    lost: request.daysLost ?? delay.daysLost,
    deliveryNow: request.newDeliveryOn ?? delay.deliveryOn,
    nudgesSent: sent.length,
  };
}

function awayUntil(r: Reader, clientId: number, now: Instant): Instant | null {
  const ends = activeHolds(r, { clientId })
    .filter((hold) => hold.reason === 'out-of-office' && hold.until !== null && hold.until > now)
    .map((hold) => hold.until as Instant);
  return ends.length === 0 ? null : (Math.max(...ends) as Instant);
}
