/**
 * A warning sign speaks: the day it first crosses its line it becomes a notice, once, with the step that answers it. All
 * clients are looked at once a day, and who has written since at once. Sends nothing, and accuses nobody.
 */
import type { Clock } from '../clock.ts';
import type { Client } from '../rules/client.ts';
import { type Sign, typeOf } from '../rules/red-flags.ts';
import type { Settings } from '../rules/settings.ts';
import type { SignReason } from '../rules/sign-reason.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { named } from '../rules/told.ts';
import { type ClientRecord, clientRecords, periodStart } from '../store/client-facts.ts';
import { clientById } from '../store/clients.ts';
import type { Store, Writer } from '../store/database.ts';
import { exitsWithLessons } from '../store/exits.ts';
import { factOf, setFact } from '../store/facts.ts';
import { note } from '../store/journal.ts';
import { newestMessageId, writersSince } from '../store/messages.ts';
import { notice, settleNotices } from '../store/notices.ts';
import { noteSignGone, noteSignLine, type SignLine, signLines } from '../store/sign-lines.ts';

export interface SpeakParts {
  store: Store;
  clock: Clock;
  settings: Settings;
}

/** Keys in the facts table: the owner's day of the last look at all, and up to which message was listened. */
const lookedOnKey = 'signs-looked-on';
const heardUpToKey = 'signs-heard-up-to';

/** Habits are counted over a year, as the report counts them. */
const periodDays = 365;

/** So many clients of the first look are told of one by one; a register that is full of signs is one notice. */
const mostAtFirst = 3;

/** @returns how many lines were crossed */
export function speakOfSigns(parts: SpeakParts): number {
  const { store, clock, settings } = parts;
  const now = clock.now();
  const today = dayOf(now, settings.owner.timeZone);
  const { lookedOn, heardUpTo, newest } = store.read((r) => ({
    lookedOn: factOf(r, lookedOnKey),
    heardUpTo: Number(factOf(r, heardUpToKey) ?? 0),
    newest: newestMessageId(r),
  }));
  if (lookedOn !== today) return lookAtAll(parts, now, { isFirst: lookedOn === undefined });
  if (newest <= heardUpTo) return 0;
  const ids = store.read((r) => writersSince(r, heardUpTo));
  const records = ids.flatMap((clientId) => recordsOf(parts, now, clientId));
  return store.write(now, (w) => {
    setFact(w, heardUpToKey, String(newest));
    return records.reduce((sum, record) => sum + say(w, record), 0);
  });
}

function lookAtAll(parts: SpeakParts, now: Instant, { isFirst }: { isFirst: boolean }): number {
  const { store, settings } = parts;
  const records = recordsOf(parts, now);
  return store.write(now, (w) => {
    setFact(w, lookedOnKey, dayOf(now, settings.owner.timeZone));
    setFact(w, heardUpToKey, String(newestMessageId(w)));
    const speaking = records.filter((record) => spoken(record).length > 0);
    const isMany = isFirst && speaking.length > mostAtFirst;
    if (isMany) tellOfMany(w, speaking);
    return records.reduce((sum, record) => sum + say(w, record, isMany), 0);
  });
}

function recordsOf({ store, settings }: SpeakParts, now: Instant, clientId?: number): ClientRecord[] {
  const since = periodStart(now, periodDays);
  return store
    .read((r) => clientRecords(r, settings, { now, since, clientId }))
    .filter(({ client }) => client.workState !== 'ended');
}

/** What weighs anything: a sign whose weight is 0 in the configuration is silent. */
function spoken({ weighed }: ClientRecord): { sign: Sign; words: SignReason; weight: number }[] {
  return weighed.parts.map(({ flag, weight }) => ({ sign: flag.sign, words: flag.words, weight }));
}

/** Of one client; all that crosses its line at one look is one notice. */
function say(w: Writer, record: ClientRecord, isQuiet = false): number {
  const { client, suggestion } = record;
  const now = spoken(record);
  for (const line of signLines(w, client.id))
    if (line.goneAt === null && !now.some(({ sign }) => sign === line.sign)) fallSilent(w, line);
  const crossed = now.filter((one) => noteSignLine(w, { clientId: client.id, ...one }));
  const [first] = crossed;
  if (first === undefined) return 0;
  const lines = crossed.map(({ sign, words }) => ({ sign, words }));
  note(w, {
    kind: 'sign-crossed',
    subject: `client/${client.id}`,
    clientId: client.id,
    why: { code: 'lines-crossed', lines },
  });
  if (isQuiet) return crossed.length;
  for (const { sign } of crossed) tellOfLessons(w, client, sign);
  const { command, why } = suggestion;
  const advice = command === null ? null : { why, command };
  notice(w, signKey(client.id, first.sign), { code: 'line-crossed', client: named(client), lines, advice });
  return crossed.length;
}

/** Somebody who came after a lesson shows the kind of client that taught it. */
function tellOfLessons(w: Writer, client: Client, sign: Sign): void {
  for (const { clientId, lesson, proposedAt } of exitsWithLessons(w)) {
    const isSame = lesson !== null && clientId !== client.id && lesson.type === typeOf(sign);
    const teacher = clientById(w, clientId);
    if (!isSame || teacher === undefined || client.createdAt < proposedAt) continue;
    const { rule, rate, words } = lesson;
    notice(w, `lesson/${client.id}/${clientId}`, {
      code: 'lesson-again',
      client: named(client),
      sign,
      taughtBy: teacher.name,
      lesson: { rule, rate, words },
    });
  }
}

function signKey(clientId: number, sign: Sign): string {
  return `sign/${clientId}/${sign}`;
}

function fallSilent(w: Writer, { clientId, sign }: SignLine): void {
  noteSignGone(w, clientId, sign);
  settleNotices(w, signKey(clientId, sign));
}

/** A register that is new here, with a year behind it: which of it matters is hers to read. */
function tellOfMany(w: Writer, speaking: readonly ClientRecord[]): void {
  const [heaviest] = speaking.toSorted((a, b) => b.weighed.total - a.weighed.total);
  notice(w, 'signs-first', {
    code: 'lines-crossed-already',
    clients: speaking.length,
    heaviest: heaviest?.client.name ?? '',
  });
}
