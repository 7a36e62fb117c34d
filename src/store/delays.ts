/** The ledger of a client's delays, from the requests on record and from questions in the owner's own mails. Reads only. */
import type { Client } from '../rules/client.ts';
import { type Moved, movedOf, type Wait, waitsOf } from '../rules/delays.ts';
import { requestWords } from '../rules/questions.ts';
import type { Settings } from '../rules/settings.ts';
import { addDays, dayOf, daysBetween, type Instant } from '../rules/time.ts';
import { clientRecords, periodStart } from './client-facts.ts';
import type { Reader } from './database.ts';
import { messageById } from './messages.ts';
import { listRequests, type StoredRequest } from './requests.ts';

export interface Ledger {
  waits: Wait[];
  moved: Moved[];
  totalDays: number;
}

/** So far back, and not more lines than a letter bears. */
const periodDays = 365;
const mostLines = 30;

export function ledgerOf(r: Reader, settings: Settings, client: Client, now: Instant): Ledger {
  const { timeZone } = settings.hours;
  const noted = new Map(listRequests(r, { clientId: client.id }).map((request) => [request.id, request]));
  const since = periodStart(now, periodDays);
  const [record] = clientRecords(r, settings, { now, since, clientId: client.id });
  const asked = (record?.facts.requests ?? []).map(({ id, messageId, openedAt, dueOn, answeredAt }) => ({
    question: questionOf(r, settings, { request: noted.get(id), messageId: messageId ?? null, openedAt }),
    askedOn: dayOf(openedAt, timeZone),
    dueOn,
    answeredOn: answeredAt === null ? null : dayOf(answeredAt, timeZone),
  }));
  const { waits, totalDays } = waitsOf(asked, dayOf(now, timeZone));
  const moved = movedOf([...noted.values()].filter(isCounted).map((one) => asOfNow(one, now, settings)));
  return { waits: waits.slice(-mostLines), moved: moved.slice(-mostLines), totalDays };
}

function isCounted({ state }: StoredRequest): boolean {
  return state === 'open' || state === 'answered';
}

/** One that is still open moves its delivery from day to day. */
function asOfNow(request: StoredRequest, now: Instant, { hours }: Settings): StoredRequest {
  if (request.state !== 'open' || request.deliveryOn === null) return request;
  const lost = Math.max(0, daysBetween(request.dueOn, dayOf(now, hours.timeZone)));
  return { ...request, newDeliveryOn: addDays(request.deliveryOn, lost) };
}

/** A number may be that of a request or of a message: the moment tells them apart. */
function questionOf(
  r: Reader,
  { requests }: Settings,
  about: { request: StoredRequest | undefined; messageId: number | null; openedAt: Instant },
): string {
  const { request, messageId, openedAt } = about;
  if (request !== undefined && request.openedAt === openedAt) return request.text;
  const message = messageId === null ? undefined : messageById(r, messageId);
  if (message === undefined) return '…';
  return requestWords(message.mail.subject, message.mail.newText, requests.keyword);
}
