/**
 * Judged messages -> requests: the owner's mail with the keyword opens one, a person's mail from the client answers
 * those that are open, an old question without an answer is proposed. Writes no letter.
 */
import { noAnswer } from '../rules/answer.ts';
import type { Client } from '../rules/client.ts';
import { nextWorkingDay } from '../rules/contact-hours.ts';
import { hasKeyword, questionsIn, requestWords } from '../rules/questions.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay, plus } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { messageById, type StoredMessage } from '../store/messages.ts';
import { notice } from '../store/notices.ts';
import { drop } from '../store/outbox.ts';
import {
  addRequest,
  closeRequest,
  firstHumanMessage,
  requestOfMessage,
  requestsWaiting,
  sentToClients,
  type StoredRequest,
} from '../store/requests.ts';
import { delayAt, nudgesOf } from './request-facts.ts';
import type { Reason } from '../rules/reason.ts';

/** The owner's message in Sent: does its subject say that it asks for something? */
export function noteAsked(w: Writer, settings: Settings, message: StoredMessage): void {
  const { keyword, dueDays } = settings.requests;
  const client = message.clientId === null ? undefined : clientById(w, message.clientId);
  if (client === undefined || noAnswer(message.mail, message.flags) !== null) return;
  if (!hasKeyword(message.mail.subject, keyword) || asksInThread(w, client, message)) return;
  const request = addRequest(w, {
    clientId: client.id,
    messageId: message.id,
    madeBy: 'keyword',
    state: 'open',
    text: requestWords(message.mail.subject, message.mail.newText, keyword),
    project: null,
    openedAt: message.receivedAt,
    dueOn: dueDay(settings, client, message.receivedAt, dueDays),
    deliveryOn: null,
  });
  if (request === undefined) return;
  noteRequest(w, request, 'request-opened', {
    code: 'keyword-seen',
    keyword,
    messageId: message.id,
  });
  if (firstHumanMessage(w, client.id, request.openedAt) !== undefined) settleAnswered(w, settings, client);
}

/** A second mail with the keyword in the thread of an open request asks for the same thing. */
function asksInThread(r: Reader, client: Client, message: StoredMessage): boolean {
  return requestsWaiting(r, client.id).some(
    (request) => request.messageId !== null && messageById(r, request.messageId)?.threadId === message.threadId,
  );
}

function dueDay(settings: Settings, client: Client, from: Instant, days: number): LocalDay {
  const hours = hoursFor(settings, client);
  return nextWorkingDay(hours, addDays(dayOf(from, hours.timeZone), days));
}

/** Every request of the client that a person there has written after is answered. */
export function settleAnswered(w: Writer, settings: Settings, client: Client): void {
  for (const request of requestsWaiting(w, client.id)) {
    const answer = firstHumanMessage(w, client.id, request.openedAt);
    if (answer === undefined) continue;
    endRequest(w, settings, client, request, {
      state: 'answered',
      answeredBy: answer.id,
      at: answer.receivedAt,
      why: { code: 'client-wrote', messageId: answer.id },
    });
  }
}

/** Closes it with what the silence has cost, and takes back nudges that have not left. */
export function endRequest(
  w: Writer,
  settings: Settings,
  client: Client,
  request: StoredRequest,
  end: { state: 'answered' | 'dropped'; answeredBy: number | null; at: Instant; why: Reason },
): void {
  const delay = delayAt(settings, request, client, end.at);
  const closed = closeRequest(w, request.id, { ...end, daysLost: delay.daysLost, newDeliveryOn: delay.deliveryOn });
  if (!closed) return;
  note(w, {
    kind: `request-${end.state}`,
    subject: `request/${request.id}`,
    clientId: client.id,
    why: end.why,
    data: { daysLost: delay.daysLost, deliveryOn: request.deliveryOn, newDeliveryOn: delay.deliveryOn },
  });
  for (const letter of nudgesOf(w, settings, request)) {
    if (letter.state === 'held' || letter.state === 'queued') drop(w, letter.id, 'system', end.why);
  }
}

/** How far back a question is looked for when passes were missed. */
const lookBackMs = 14 * dayMs;

/** A question of the owner's that nobody answered for some days is shown to her as a request she may want to make. */
export function proposeRequests(w: Writer, settings: Settings): void {
  const days = settings.requests.proposeAfterDays;
  if (days === null) return;
  const until = plus(w.now, -days * dayMs);
  for (const message of sentToClients(w, plus(until, -lookBackMs), until)) proposeOne(w, settings, message, days);
}

function proposeOne(w: Writer, settings: Settings, message: StoredMessage, days: number): void {
  if (noAnswer(message.mail, message.flags) !== null || requestOfMessage(w, message.id) !== undefined) return;
  const client = clientById(w, message.clientId as number);
  if (client === undefined || client.workState === 'ended') return;
  const question = questionsIn(message.mail.newText).slice(0, 3).join(' ');
  if (question === '' || asksInThread(w, client, message)) return;
  if (firstHumanMessage(w, client.id, message.receivedAt) !== undefined) return;
  const request = addRequest(w, {
    clientId: client.id,
    messageId: message.id,
    madeBy: 'question',
    state: 'proposed',
    text: question,
    project: null,
    openedAt: message.receivedAt,
    dueOn: dueDay(settings, client, message.receivedAt, days),
    deliveryOn: null,
  });
  if (request === undefined) return;
  noteRequest(w, request, 'request-proposed', {
    code: 'question-open',
    messageId: message.id,
    days,
  });
  notice(w, `request/${request.id}`, {
    code: 'question-unanswered',
    client: client.name,
    days,
    question,
    requestId: request.id,
  });
}

function noteRequest(w: Writer, request: StoredRequest, kind: string, why: Reason): void {
  note(w, {
    kind,
    subject: `request/${request.id}`,
    clientId: request.clientId,
    why,
    data: { text: request.text, dueOn: request.dueOn },
  });
}
