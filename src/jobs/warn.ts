/**
 * Open windows -> notices to the owner: a day before, four hours before, and when a promise was missed. Where many mails
 * of one client wait, they are one notice. Sends nothing.
 */
import type { Clock } from '../clock.ts';
import type { Client } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { grouped } from '../rules/grouped.ts';
import { type WarningKey, warningsDue } from '../rules/response-window.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { hourMs, type Instant, plus } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { messageHead } from '../store/messages.ts';
import { notice, noticeAgain } from '../store/notices.ts';
import { noteMissed, noteWarned, openWindows, type Window, windowsToWarnOf } from '../store/windows.ts';
import type { Told } from '../rules/told.ts';

export interface WarnParts {
  store: Store;
  clock: Clock;
  settings: Settings;
}

/** A warning moved back into contact hours may come days early (a long closure), never more than this. */
const lookAheadMs = 21 * 24 * hourMs;

/** So many windows of one client are warned of one by one; more are one notice. */
const mostOneByOne = 3;

/** @returns how many warnings were given */
export function warn(parts: WarnParts): number {
  const now = parts.clock.now();
  const due = parts.store.read((r) => dueNow(r, parts.settings, now));
  if (due.length === 0) return 0;
  // Strangers are one group: a flood has as many senders as it likes.
  const groups = grouped(due, ({ window }) => window.clientId ?? 0);
  return parts.store.write(now, (w) => [...groups.values()].reduce((count, group) => count + warnOf(w, group), 0));
}

/** A window of which the owner is to hear now. */
interface Due {
  window: Window;
  client: Client | undefined;
  key: WarningKey;
}

/** Each client is looked up once, and windows that are due at one moment are worked out once. */
function dueNow(r: Reader, settings: Settings, now: Instant): Due[] {
  const clients = new Map<
    number | null,
    { client: Client | undefined; keyOf(window: Window): WarningKey | undefined }
  >();
  return windowsToWarnOf(r, plus(now, lookAheadMs)).flatMap((window) => {
    const known = clients.get(window.clientId) ?? knownClient(r, settings, window.clientId, now);
    clients.set(window.clientId, known);
    const key = known.keyOf(window);
    return key === undefined ? [] : [{ window, client: known.client, key }];
  });
}

function knownClient(r: Reader, settings: Settings, clientId: number | null, now: Instant) {
  const client = clientId === null ? undefined : clientById(r, clientId);
  return { client, keyOf: keysBy(hoursFor(settings, client), now) };
}

function keysBy(hours: ContactHours, now: Instant): (window: Window) => WarningKey | undefined {
  const known = new Map<string, WarningKey | undefined>();
  return ({ dueAt, warned }) => {
    const state = `${dueAt} ${warned.join(' ')}`;
    if (!known.has(state)) known.set(state, warningsDue({ dueAt, warned, missed: false }, hours, now).at(-1)?.key);
    return known.get(state);
  };
}

function warnOf(w: Writer, group: readonly Due[]): number {
  for (const { window, key } of group) {
    if (key === 'missed') noteMissed(w, window.id);
    else noteWarned(w, window.id, key);
  }
  const [first] = group as [Due, ...Due[]];
  const waiting = openWindows(w, { clientId: first.window.clientId, believed: true }).length;
  if (waiting > mostOneByOne) warnOfMany(w, first, group.length, waiting);
  else for (const due of group) warnOfOne(w, due);
  return group.length;
}

function warnOfOne(w: Writer, { window, client, key }: Due): void {
  const head = messageHead(w, window.openedBy);
  const told: Told = {
    code: 'answer-due',
    key,
    who: client?.name ?? head?.fromAddress ?? '',
    subject: head?.subject ?? '',
    messageId: window.openedBy,
  };
  notice(w, `window/${window.id}/${key}`, told);
  note(w, {
    kind: 'window-warned',
    subject: `window/${window.id}`,
    clientId: window.clientId,
    why: { code: 'told', told },
    data: { key },
  });
}

/** One notice, which says what is so by now; when it was seen, it is shown again with the next that are due. */
function warnOfMany(w: Writer, { window, client, key }: Due, count: number, waiting: number): void {
  const subject = messageHead(w, window.openedBy)?.subject ?? '';
  const told: Told = { code: 'answers-due', key, who: client?.name ?? null, waiting, subject };
  noticeAgain(w, `windows/${window.clientId ?? 'strangers'}`, () => told, 0);
  const why = { code: 'told', told } as const;
  note(w, { kind: 'windows-warned', subject: 'windows', clientId: window.clientId, why, data: { key, count } });
}
