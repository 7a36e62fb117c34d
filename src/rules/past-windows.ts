/**
 * Response windows of the time before anybody kept them: worked out again from when messages came and went, so that a
 * mailbox with a year in it shows at once how promptly it was answered. They promise nothing and warn of nothing.
 */
import { type ContactHours, NoOpeningError } from './contact-hours.ts';
import { dueAt, type ResponseWindow } from './response-window.ts';
import { hourMs, type Instant, plus } from './time.ts';

export interface PastMessage {
  id: number;
  receivedAt: Instant;
  /** `in`: a person at the client; `out`: the owner. Robots and Paletti's own letters are left out before. */
  direction: 'in' | 'out';
  /** what belongs together: a thread, or threads on the same subject */
  matter: string;
  /** false: a window of its own was kept for it, so that it opens none here; it still answers */
  history: boolean;
}

export interface PastWindow {
  openedAt: Instant;
  dueAt: Instant;
  /** null: no answer in the mailbox, which may mean that none was needed */
  answeredAt: Instant | null;
  /** the one that opened it first */
  messageIds: number[];
}

/**
 * @param messages of one client, by the moment of receipt
 * @returns in the order in which they opened
 */
export function pastWindows(
  messages: readonly PastMessage[],
  settings: { hours: ContactHours; responseWindow: ResponseWindow },
): PastWindow[] {
  const all: PastWindow[] = [];
  const open = new Map<string, PastWindow>();
  for (const { id, receivedAt, direction, matter, history } of messages) {
    const window = open.get(matter);
    if (direction === 'out') {
      if (window !== undefined) window.answeredAt = receivedAt;
      open.delete(matter);
    } else if (history && window !== undefined) {
      window.messageIds.push(id);
    } else if (history) {
      const opened = { openedAt: receivedAt, dueAt: dueOf(settings, receivedAt), answeredAt: null, messageIds: [id] };
      open.set(matter, opened);
      all.push(opened);
    }
  }
  return all;
}

/** A calendar that never opens again leaves the hours alone to count. */
function dueOf(
  { hours, responseWindow }: { hours: ContactHours; responseWindow: ResponseWindow },
  openedAt: Instant,
): Instant {
  try {
    return dueAt(responseWindow, hours, openedAt);
  } catch (error) {
    if (error instanceof NoOpeningError) return plus(openedAt, responseWindow.hours * hourMs);
    throw error;
  }
}

/** A question of the owner and how long it lay. */
export interface PastRequest {
  /** the owner's message that asks */
  messageId: number;
  openedAt: Instant;
  /** the client's next word, by mail or as logged */
  answeredAt: Instant | null;
}

/**
 * The owner's questions to one client, each with the client's next word. Asked again in one matter before an answer it is
 * one question; in another matter it is another. While it is open it is never dropped, however long it lies.
 * @param asks ids of the owner's messages that ask something
 * @param talks moments of calls, meetings and chats: they answer as well
 */
export function pastRequests(
  messages: readonly PastMessage[],
  { asks, talks }: { asks: ReadonlySet<number>; talks: readonly Instant[] },
): PastRequest[] {
  const words = [...messages.filter((one) => one.direction === 'in').map((one) => one.receivedAt), ...talks].toSorted(
    (a, b) => a - b,
  );
  const found: PastRequest[] = [];
  let next = 0;
  const last = new Map<string, PastRequest>();
  for (const { id, receivedAt, direction, matter } of messages) {
    if (direction === 'in' || !asks.has(id)) continue;
    const before = last.get(matter);
    if (before !== undefined && (before.answeredAt === null || before.answeredAt > receivedAt)) continue;
    while (next < words.length && (words[next] as Instant) < receivedAt) next += 1;
    const request = { messageId: id, openedAt: receivedAt, answeredAt: words[next] ?? null };
    last.set(matter, request);
    found.push(request);
  }
  return found;
}
