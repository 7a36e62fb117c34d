/**
 * Mailbox -> messages. Records what arrived, with the folder's UID mark in the same transaction, and refreshes flags.
 * Judges nothing and sends nothing. A message that cannot be read is recorded with its fault, never passed over.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Arrival, FolderState, FurtherPlaces, Mailbox } from '../ports.ts';
import { believedReceipt, outOfHoursKeyword, type Place, roleOfPlace } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import {
  addDays,
  dayMs,
  dayOf,
  fromIso,
  type Instant,
  type LocalDay,
  localDay,
  plus,
  toIso,
  wallMoment,
} from '../rules/time.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { type Folder, folderOf, foldersOf, moveMark, putFolder } from '../store/folders.ts';
import { note } from '../store/journal.ts';
import {
  draftsIn,
  judgeAgain,
  markGone,
  newestReceivedAt,
  type Recorded,
  recordArrival,
  setFlags,
  setKeywordState,
  waitingIn,
  wantedKeywords,
} from '../store/messages.ts';
import { notice } from '../store/notices.ts';
import type { JudgeAtOnce } from './judge.ts';

export interface ReceiveParts {
  store: Store;
  mailbox: Mailbox;
  clock: Clock;
  settings: Settings;
  log: Log;
  /** told after each group while a folder is read */
  progress?: (folder: Place, done: number, total: number) => void;
  /**
   * Judges in the transaction that records: history, so that every row of a large mailbox is written once instead of
   * twice, and a message that was hinted at, so that the disk is waited for once. Without it, the judge's own job does
   * so later.
   */
  judgeAtOnce?: JudgeAtOnce;
  /** the look at the list of folders that found those that are read */
  look?: Look;
}

export interface ReceiveReport {
  recorded: number;
  quarantined: number;
  /** at once, see {@link ReceiveParts.judgeAtOnce} */
  judged: number;
}

/** Messages in one transaction while a backlog is read; a single arrival has a transaction of its own. */
const groupSize = 200;

/**
 * Folders of sent mail are read first, so that an answer given elsewhere is known before the question is judged, and
 * INBOX last.
 * @throws AppError unreachable, login-refused, store
 */
export async function receive(parts: ReceiveParts): Promise<ReceiveReport> {
  const report: ReceiveReport = { recorded: 0, quarantined: 0, judged: 0 };
  const look = { at: parts.clock.now(), ...((await parts.mailbox.places?.()) ?? noPlaces) };
  for (const place of inOrder(look.places))
    await receiveFolder({ ...parts, look }, place, { report, judges: 'history' });
  noteLooked(parts, look);
  await refreshFlags(parts);
  await setKeywords(parts);
  return report;
}

/** A look at the list of folders. */
interface Look extends FurtherPlaces {
  at: Instant;
}

const noPlaces: FurtherPlaces = { wanted: '', places: [] };

/** Once a day is enough: an earlier moment only lets more be new, and what is known is known. */
function noteLooked({ store, mailbox }: ReceiveParts, { wanted, at }: Look): void {
  if (wanted === '') return;
  const before = store.read((r) => lookBefore(r, mailbox.name));
  if (before?.wanted === wanted && before.at > plus(at, -dayMs)) return;
  store.write(at, (w) => setFact(w, lookedKey(mailbox.name), JSON.stringify({ wanted, at: toIso(at) })));
}

function lookBefore(r: Reader, name: string): { wanted: string; at: Instant } | undefined {
  const noted = factOf(r, lookedKey(name));
  if (noted === undefined) return undefined;
  const { wanted, at } = JSON.parse(noted) as { wanted: string; at: string };
  return { wanted, at: fromIso(at) };
}

function inOrder(further: readonly Place[]): Place[] {
  const sent = further.filter((place) => roleOfPlace(place) === 'sent');
  return ['sent', ...sent, ...further.filter((place) => !sent.includes(place)), 'inbox'];
}

/** Only what is new in INBOX: for a hint that something arrived. */
export async function receiveNew(parts: ReceiveParts): Promise<ReceiveReport> {
  const report: ReceiveReport = { recorded: 0, quarantined: 0, judged: 0 };
  if (!(await receiveTail(parts, report))) await receiveFolder(parts, 'inbox', { report, judges: 'all' });
  return report;
}

/** The usual case, one message that follows those that are known. @returns whether it was that */
async function receiveTail(parts: ReceiveParts, report: ReceiveReport): Promise<boolean> {
  const { store, mailbox } = parts;
  const folder = store.read((r) => folderOf(r, mailbox.name, 'inbox'));
  if (folder === undefined || folder.uidMark < folder.historyUpTo) return false;
  const from = { uidValidity: folder.uidValidity, afterUid: folder.uidMark };
  const arrivals = (await mailbox.tail?.('inbox', from)) ?? null;
  if (arrivals === null) return false;
  for (const arrival of arrivals.toSorted((a, b) => a.uid - b.uid))
    recordGroup(parts, folder, [arrival], { report, judges: 'all' });
  return true;
}

async function receiveFolder(parts: ReceiveParts, place: Place, recording: Recording): Promise<void> {
  const state = await parts.mailbox.open(place);
  if (state === null) return reportMissingFolder(parts, place);
  const { folder, since } = parts.store.write(parts.clock.now(), (w) => folderFor(w, parts, place, state));
  const backlog =
    folder.uidMark < folder.historyUpTo
      ? (await parts.mailbox.list(place, folder.uidMark, since)).filter((uid) => uid <= folder.historyUpTo)
      : [];
  const fresh = await parts.mailbox.list(place, Math.max(folder.uidMark, folder.historyUpTo));
  const uids = [...backlog, ...fresh];
  let done = 0;
  const tell = (count: number) => {
    done += count;
    parts.progress?.(place, done, uids.length);
  };
  if (uids.length > 0) await receiveAll(parts, folder, uids, { ...recording, tell });
  // Those expunged meanwhile are done with, too.
  if (done < uids.length) tell(uids.length - done);
}

/** A further folder that is gone is none that is looked for: the next look at the list leaves it out. */
function reportMissingFolder(parts: ReceiveParts, place: Place): void {
  const { mailbox } = parts;
  if (place !== 'sent' && place !== 'inbox') return;
  if (place === 'inbox') throw new AppError('unreachable', `the mailbox ${mailbox.name} has no INBOX`);
  parts.store.write(parts.clock.now(), (w) =>
    notice(w, `no-sent/${mailbox.name}`, { code: 'no-sent', mailbox: mailbox.name }),
  );
}

const sinceKey = (name: string) => `first-start/${name}`;
const newestBeforeKey = (folder: Folder) => `renumbered/${folder.id}`;

/** When the further folders were last looked for, and which: what is not there yet and found later is new. */
const lookedKey = (name: string) => `looked-for-folders/${name}`;

/**
 * The folder's row, made at the first start and made anew when UIDVALIDITY changed (RFC 3501 section 2.3.1.1), or when a
 * further folder is found.
 */
function folderFor(
  w: Writer,
  parts: ReceiveParts,
  place: Place,
  state: FolderState,
): { folder: Folder; since: LocalDay } {
  const { mailbox, settings } = parts;
  const known = folderOf(w, mailbox.name, place);
  const today = dayOf(w.now, settings.owner.timeZone);
  const since = factOf(w, sinceKey(mailbox.name)) ?? addDays(today, -settings.firstStartDays);
  if (known === undefined) setFact(w, sinceKey(mailbox.name), since);
  if (known?.uidValidity === state.uidValidity && known.path === state.path)
    return { folder: known, since: localDay(since) };
  if (known !== undefined) noteReset(w, known, state);
  const { path, uidValidity, uidNext } = state;
  const historyUpTo = uidNext - 1;
  const folder = putFolder(w, { mailbox: mailbox.name, place, path, uidValidity, uidMark: 0, historyUpTo });
  if (known === undefined && place.includes(':')) noteFound(w, parts, folder);
  return { folder, since: localDay(since) };
}

/**
 * A folder made since the last look, by a rule or by hand, may hold what nobody has seen yet: then only what is older than
 * that look is history. One that was asked for just now was there before.
 */
function noteFound(w: Writer, { mailbox, look }: ReceiveParts, folder: Folder): void {
  const before = lookBefore(w, mailbox.name);
  const isNew = before !== undefined && before.wanted === look?.wanted;
  if (isNew) setFact(w, newestBeforeKey(folder), toIso(before.at));
  const why = { code: isNew ? 'folder-new' : 'folder-found', path: folder.path } as const;
  note(w, { kind: 'folder-found', subject: `folder/${folder.id}`, why });
}

function noteReset(w: Writer, known: Folder, state: FolderState): void {
  const why = {
    code: 'folder-renumbered',
    path: state.path,
    before: known.uidValidity,
    now: state.uidValidity,
  } as const;
  note(w, { kind: 'folder-renumbered', subject: `folder/${known.id}`, why });
  const newest = newestReceivedAt(w, known.id);
  if (newest !== undefined) setFact(w, newestBeforeKey(known), toIso(newest));
}

/**
 * At the first start everything there is history. After a renumbering only what is not later than the newest
 * message known before: a message that arrived meanwhile is still new.
 */
function isHistory(folder: Folder, arrival: Arrival, newestBefore: string | undefined): boolean {
  if (arrival.uid > folder.historyUpTo) return false;
  // One of the very same second that was recorded before is known by its content; one that was not is new.
  return newestBefore === undefined || arrival.receivedAt < fromIso(newestBefore);
}

interface Telling extends Recording {
  /** how many more are done */
  tell(count: number): void;
}

async function receiveAll(
  parts: ReceiveParts,
  folder: Folder,
  uids: number[],
  { tell, ...recording }: Telling,
): Promise<void> {
  const size = uids.length > 20 ? groupSize : 1;
  for await (const group of inGroups(parts.mailbox.fetch(folder.place, uids), size)) {
    recordGroup(parts, folder, group, recording);
    tell(group.length);
  }
  // Those that were not yielded were expunged between search and fetch: accounted for, so the mark may pass them.
  parts.store.write(parts.clock.now(), (w) => moveMark(w, folder.id, uids.at(-1) as number));
}

/** What was delivered before a fault comes, too: a line that breaks again and again still gets on. */
async function* inGroups(arrivals: AsyncIterable<Arrival>, size: number): AsyncGenerator<Arrival[]> {
  let group: Arrival[] = [];
  try {
    for await (const arrival of arrivals) {
      group.push(arrival);
      if (group.length < size) continue;
      yield group;
      group = [];
    }
  } catch (error) {
    if (group.length > 0) yield group;
    throw error;
  }
  if (group.length > 0) yield group;
}

interface Recording {
  report: ReceiveReport;
  /** what is judged at once; the rest waits until all folders were read */
  judges: 'history' | 'all';
}

function recordGroup(parts: ReceiveParts, folder: Folder, group: Arrival[], { report, judges }: Recording): void {
  const { recorded, judged } = recordedWith(parts, folder, group, judges);
  for (const arrival of group) arrival.release?.();
  for (const tell of judged) tell();
  report.recorded += recorded.length;
  report.judged += judged.length;
  report.quarantined += recorded.filter(({ fault }) => fault !== null).length;
}

interface Group {
  recorded: RecordedOne[];
  /** of each that was judged, what tells of it */
  judged: (() => void)[];
}

interface RecordedOne extends Pick<Recorded, 'id' | 'judged'> {
  history: boolean;
  fault: string | null;
}

/** When judging spoils the transaction, the group is recorded without it: the judge finds out which one it was. */
function recordedWith(parts: ReceiveParts, folder: Folder, group: Arrival[], judges: Recording['judges']): Group {
  const { store, clock, judgeAtOnce } = parts;
  try {
    return store.write(clock.now(), (w) => {
      const recorded = recordAll(w, parts, folder, group);
      if (judgeAtOnce === undefined) return { recorded, judged: [] };
      // After all are recorded: the first change of a row makes the search index write out what it has gathered.
      const wanted = recorded.filter(({ history }) => history || judges === 'all');
      return { recorded, judged: finished(w, judgeAtOnce, wanted) };
    });
  } catch (error) {
    if (judgeAtOnce === undefined || (error instanceof AppError && error.code === 'store')) throw error;
    const { judgeAtOnce: _, ...withoutIt } = parts;
    return { recorded: store.write(clock.now(), (w) => recordAll(w, withoutIt, folder, group)), judged: [] };
  }
}

/** @returns of each that is judged now what tells of it; of what was there before the first start nobody is told */
function finished(w: Writer, judgeAtOnce: JudgeAtOnce, recorded: readonly RecordedOne[]): (() => void)[] {
  const history = recorded.flatMap(({ judged }) => judged ?? []);
  judgeAtOnce.follow(w, history);
  const others = recorded.filter(({ judged }) => judged === null);
  return [...history.map(() => () => {}), ...others.flatMap(({ id }) => judgeAtOnce.recorded(w, id) ?? [])];
}

function recordAll(w: Writer, parts: ReceiveParts, folder: Folder, group: Arrival[]): RecordedOne[] {
  const newestBefore = factOf(w, newestBeforeKey(folder));
  const recorded = group.flatMap((arrival) => recordOne(w, parts, { folder, newestBefore }, arrival) ?? []);
  moveMark(w, folder.id, (group.at(-1) as Arrival).uid);
  return recorded;
}

/** Where arrivals are recorded; of a folder that was numbered anew also when the newest known before was received. */
interface Into {
  folder: Folder;
  newestBefore: string | undefined;
}

/** @returns null when it was recorded before */
function recordOne(w: Writer, parts: ReceiveParts, into: Into, given: Arrival): RecordedOne | null {
  const { folder, newestBefore } = into;
  const { judgeAtOnce, settings } = parts;
  const arrival = { ...given, mail: given.mail, receivedAt: believedReceipt(given.receivedAt, w.now) };
  const history = isHistory(folder, arrival, newestBefore);
  const isJudged = history && judgeAtOnce !== undefined;
  const { id, isNew, seenBefore, judged } = recordArrival(w, folder, arrival, {
    history,
    ownAddresses: settings.owner.addresses,
    colleagues: settings.owner.colleagues,
    judge: isJudged ? (message) => judgeAtOnce.history(w, message) : undefined,
  });
  if (!isNew) return null;
  const { fault } = arrival;
  if (fault !== null)
    note(w, { kind: 'message-unreadable', subject: `message/${id}`, why: { code: 'unreadable', fault } });
  const isAhead = arrival.receivedAt !== given.receivedAt;
  if (isAhead && !history && !seenBefore) noteAhead(w, parts, { id, at: given.receivedAt });
  return { id, history, fault, judged };
}

/** One notice a day: with a wrong clock every message is ahead. */
function noteAhead(w: Writer, { mailbox, settings }: ReceiveParts, { id, at }: { id: number; at: Instant }): void {
  const received = wallMoment(at, settings.owner.timeZone);
  const why = { code: 'received-ahead', at: received } as const;
  note(w, { kind: 'message-received-ahead', subject: `message/${id}`, why });
  const key = `received-ahead/${mailbox.name}/${dayOf(w.now, settings.owner.timeZone)}`;
  notice(w, key, { code: 'received-ahead', messageId: id, at: received });
}

/**
 * Flags are looked at only where they may say something new: `\Answered` on what waits for an answer, a hint from phones
 * that file nothing in Sent, and `\Draft` on what would be one.
 */
async function refreshFlags(parts: ReceiveParts): Promise<void> {
  for (const folder of parts.store.read((r) => foldersOf(r, parts.mailbox.name))) await refreshFlagsIn(parts, folder);
}

async function refreshFlagsIn({ store, mailbox, clock }: ReceiveParts, folder: Folder): Promise<void> {
  const since = plus(clock.now(), -draftDays * dayMs);
  const watched = store.read((r) => [...waitingIn(r, folder), ...draftsIn(r, folder, since)]);
  if (watched.length === 0) return;
  const now = await mailbox.flags(
    folder.place,
    watched.map((message) => message.uid),
  );
  const changed = watched.filter((message) => String(now.get(message.uid)) !== String(message.flags));
  if (changed.length === 0) return;
  store.write(clock.now(), (w) => {
    for (const { id, uid, flags } of changed) noteFlags(w, { id, before: flags, now: now.get(uid) });
  });
}

/** An older draft is hardly the answer to anything. */
const draftDays = 14;

function noteFlags(w: Writer, { id, before, now }: { id: number; before: string[]; now: string[] | undefined }): void {
  if (now === undefined) return markGone(w, id);
  setFlags(w, id, now);
  if (before.includes('\\Draft') && !now.includes('\\Draft')) judgeAgain(w, id);
}

async function setKeywords(parts: ReceiveParts): Promise<void> {
  const { store, mailbox } = parts;
  for (const { place } of store.read((r) => foldersOf(r, mailbox.name)))
    for (const wanted of store.read((r) => wantedKeywords(r, mailbox.name, place, 100)))
      await setKeyword(parts, place, wanted);
}

async function setKeyword(
  { store, mailbox, clock }: ReceiveParts,
  place: Place,
  { id, uid }: { id: number; uid: number },
): Promise<void> {
  const taken = await mailbox.mark(place, uid, outOfHoursKeyword);
  store.write(clock.now(), (w) => setKeywordState(w, id, taken ? 'set' : 'refused'));
}
