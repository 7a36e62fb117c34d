/** Open windows -> notices to the owner: a day before, four hours before, and when a promise was missed. Sends nothing. */
import type { Clock } from '../clock.ts';
import { warningsDue } from '../rules/response-window.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { plus, hourMs } from '../rules/time.ts';
import { clientById } from '../store/clients.ts';
import type { Store, Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { messageById } from '../store/messages.ts';
import { notice } from '../store/notices.ts';
import { noteMissed, noteWarned, openWindows, type Window } from '../store/windows.ts';

export interface WarnParts {
  store: Store;
  clock: Clock;
  settings: Settings;
}

/** A warning moved back into contact hours may come days early (a long closure), never more than this. */
const lookAheadMs = 21 * 24 * hourMs;

/** @returns how many warnings were given */
export function warn(parts: WarnParts): number {
  const now = parts.clock.now();
  const soon = parts.store.read((r) => openWindows(r, { dueBefore: plus(now, lookAheadMs) }));
  if (soon.every((window) => window.missedAt !== null)) return 0;
  return parts.store.write(now, (w) => soon.reduce((count, window) => count + warnOf(w, parts.settings, window), 0));
}

function warnOf(w: Writer, settings: Settings, window: Window): number {
  const client = window.clientId === null ? undefined : clientById(w, window.clientId);
  const facts = { dueAt: window.dueAt, warned: window.warned, missed: window.missedAt !== null };
  const due = warningsDue(facts, hoursFor(settings, client), w.now);
  for (const { key } of due) {
    const text = textOf(w, window, key, client?.name);
    if (key === 'missed') noteMissed(w, window.id);
    else noteWarned(w, window.id, key);
    notice(w, `window/${window.id}/${key}`, text, `paletti inbox show ${window.openedBy}`);
    note(w, {
      kind: 'window-warned',
      subject: `window/${window.id}`,
      clientId: window.clientId,
      why: text,
      data: { key },
    });
  }
  return due.length;
}

function textOf(w: Writer, window: Window, key: '24h' | '4h' | 'missed', name: string | undefined): string {
  const message = messageById(w, window.openedBy);
  const who = `${name ?? message?.mail.from?.address ?? 'somebody'} ("${message?.mail.subject ?? ''}")`;
  if (key === 'missed') return `The answer to ${who} is overdue`;
  return `The answer to ${who} is due within ${key === '24h' ? '24' : '4'} hours`;
}
