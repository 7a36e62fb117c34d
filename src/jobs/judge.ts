/**
 * Messages -> judgements, windows and held acknowledgements. Reads what was recorded, asks the pure rules, and writes
 * the answer in the transaction that read the facts. Speaks to no server and sends nothing.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import type { Log } from '../log.ts';
import { closureAt } from '../rules/acknowledgement.ts';
import type { Belief } from '../rules/belief.ts';
import { isOfTheHouse } from '../rules/authorship.ts';
import { addressesOfReader, type Client, domainOf, plainAddress } from '../rules/client.ts';
import { type Judgement, judge as judgeMessage } from '../rules/judgement.ts';
import { grouped } from '../rules/grouped.ts';
import { isJunkFolder } from '../rules/junk-folder.ts';
import { clockErrorMs, outOfHoursKeyword, roleOfPlace } from '../rules/message.ts';
import { acknowledgementKinds } from '../rules/letter.ts';
import type { Answer } from '../rules/recipient.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { at, fromIso, type Instant, latest, plus, toIso } from '../rules/time.ts';
import { isOwnAddress } from '../rules/triage.ts';
import { clientById } from '../store/clients.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { noteDoubted } from '../store/doubted-messages.ts';
import { factOf } from '../store/facts.ts';
import { note } from '../store/journal.ts';
import {
  type JudgedMessage,
  lastWordBefore,
  messageById,
  type StoredMessage,
  saveJudgement,
  setKeywordState,
  takenAway,
  unjudged,
  type Verdict,
} from '../store/messages.ts';
import { notice } from '../store/notices.ts';
import { letterByKey } from '../store/outbox.ts';
import { countAcknowledgementsWaiting, heldAnswers, lastSentTo, lastWrittenTo } from '../store/outbox-queue.ts';
import { believeWindow, openWindow, openWindowOfThread, type Window, windowById } from '../store/windows.ts';
import { acknowledgementKey, holdAcknowledgement } from './acknowledge.ts';
import { hasAnsweredFlags, noteAnswer, noteAnsweredFlags, noteEarlierAnswer } from './answer.ts';
import { answerOf } from './answer-recipient.ts';
import { beliefOf } from './belief.ts';
import { noteConsequences } from './consequences.ts';
import { noteAsked, settleAnswered } from './follow.ts';
import { learnServers } from './sender-proof.ts';
import { say } from '../words/voice.ts';
import { faultReason } from '../rules/reason.ts';

export interface JudgeParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  letters: Letters;
  log: Log;
}

/**
 * When the daemon first started: what was received before, by the clock of the server, is never acted upon. Key in the
 * facts table.
 */
export const activatedKey = 'activated-at';

const batchSize = 200;

/**
 * @returns how many messages were judged
 * @throws AppError 'store' only
 */
export function judge(parts: JudgeParts): number {
  let judged = 0;
  for (;;) {
    const count = judgeBatch(parts);
    judged += count;
    if (count < batchSize) break;
  }
  if (parts.store.read(hasAnsweredFlags)) parts.store.write(parts.clock.now(), noteAnsweredFlags);
  return judged;
}

/** One transaction for the batch; when one message spoils it, one for each, and the spoiler is set aside. */
function judgeBatch(parts: JudgeParts): number {
  const { store, clock } = parts;
  const waiting = store.read((r) => unjudged(r, batchSize));
  if (waiting.length === 0) return 0;
  try {
    const judged = store.write(clock.now(), (w) => waiting.map((message) => judgeOne(w, parts, message)));
    judged.forEach((judgement, index) => tell(parts.log, waiting[index] as StoredMessage, judgement));
  } catch (error) {
    throwFaultOfStore(error);
    if (waiting.length === 1) setAside(parts, waiting[0] as StoredMessage, error);
    else for (const message of waiting) judgeAlone(parts, message);
  }
  return waiting.length;
}

/** One line for each message that came in; what was there before the first start is too much to tell. */
function tell(log: Log, message: StoredMessage, { why, outOfHoursWhy }: Judgement): void {
  if (message.history || message.role === 'sent') return;
  const from = message.mail.from?.address ?? 'nobody';
  log.info(
    'message',
    `#${message.id} from ${from}: ${say(why, 'en')}${outOfHoursWhy === null ? '' : `; out of hours: ${say(outOfHoursWhy, 'en')}`}`,
  );
}

function judgeAlone(parts: JudgeParts, message: StoredMessage): void {
  try {
    tell(
      parts.log,
      message,
      parts.store.write(parts.clock.now(), (w) => judgeOne(w, parts, message)),
    );
  } catch (error) {
    throwFaultOfStore(error);
    setAside(parts, message, error);
  }
}

/** A fault of the store is no message's doing: all of them wait for the next pass. */
function throwFaultOfStore(error: unknown): void {
  if (error instanceof AppError && error.code === 'store') throw error;
}

/** A message no rule could judge is shown to the owner and never answered. */
function setAside(parts: JudgeParts, message: StoredMessage, error: unknown): void {
  const fault = faultReason(error);
  const why = { code: 'not-judged', fault } as const;
  parts.store.write(parts.clock.now(), (w) => {
    saveJudgement(w, message.id, { ...unjudgeable, why });
    note(w, { kind: 'message-judged', subject: `message/${message.id}`, clientId: message.clientId, why });
    notice(w, `unjudged/${message.id}`, { code: 'unjudged', messageId: message.id, fault });
  });
}

const unjudgeable = {
  kind: 'automatic',
  outOfHours: false,
  outOfHoursWhy: null,
  minutesToOpening: null,
  windowId: null,
  reason: 'could-not-be-judged',
} as const;

/** Judging in the transaction that records. */
export interface JudgeAtOnce {
  /** History opens no window and is never acted upon, so it can be judged before its row is written. */
  history(w: Writer, message: StoredMessage): Verdict;
  /** What follows from messages that one transaction recorded with their judgement. */
  follow(w: Writer, messages: readonly JudgedMessage[]): void;
  /**
   * Any message just recorded.
   * @returns what tells of it, for when it is written; null when it is judged already: unreadable, or seen before
   */
  recorded(w: Writer, id: number): (() => void) | null;
}

export function judgingAtOnce(parts: JudgeParts): JudgeAtOnce {
  return {
    history: (w, message) => verdictOf(judged(w, parts, message).judgement, null),
    follow: (w, messages) => {
      noteHistory(w, messages);
      for (const { id, role } of messages)
        if (role === 'sent') noteAnswer(w, parts.settings, messageById(w, id) as StoredMessage);
    },
    recorded: (w, id) => {
      const message = messageById(w, id);
      if (message === undefined || message.judged !== null) return null;
      const judgement = judgeOne(w, parts, message);
      return () => tell(parts.log, message, judgement);
    },
  };
}

interface Judged {
  client: Client | undefined;
  /** of a client's mail that is no history */
  belief: Belief | null;
  /** whom an acknowledgement would go to; null for history */
  answer: Answer | null;
  judgement: Judgement;
}

function judged(w: Writer, parts: JudgeParts, message: StoredMessage): Judged {
  const client = message.clientId === null ? undefined : clientById(w, message.clientId);
  const isNew = message.role === 'inbox' && !message.history;
  if (isNew) learnServers(w, parts.settings, message.mailbox);
  const belief = isNew && client !== undefined ? beliefOf(w, parts.settings, message) : null;
  const answer = isNew ? answerOf(w, parts.settings, { message, client }) : null;
  const facts = factsOf(w, parts, message, { client, belief, answer });
  return { client, belief, answer, judgement: judgeMessage(facts, w.now) };
}

/** What is written of a judgement. */
function verdictOf(judgement: Judgement, windowId: number | null): Verdict {
  const { kind, outOfHours, outOfHoursWhy, minutesToOpening, reason, why } = judgement;
  return { kind, outOfHours, outOfHoursWhy, minutesToOpening, windowId, reason, why };
}

/** Judges one recorded message and writes everything that follows from it. */
export function judgeOne(w: Writer, parts: JudgeParts, message: StoredMessage): Judgement {
  const seen = judged(w, parts, message);
  const { judgement, belief } = seen;
  const window = judgement.window === null ? undefined : windowFor(w, parts, { message, judgement, belief });
  const verdict = verdictOf(judgement, window?.id ?? null);
  saveJudgement(w, message.id, verdict);
  if (belief?.believed === false) noteDoubted(w, message.id);
  noteJudgement(w, message, verdict, window);
  if (message.role === 'sent') noteAnswer(w, parts.settings, message);
  if (!message.history) act(w, parts, message, { ...seen, window });
  return judgement;
}

/**
 * One line for all that a transaction recorded: nothing is done about them, and a line for each of ten thousand would
 * hide what is done about the others. The judgement of each stands in its row.
 */
function noteHistory(w: Writer, messages: readonly JudgedMessage[]): void {
  const [first] = messages;
  if (first === undefined) return;
  if (messages.length === 1) return noteJudgement(w, first, first.judged);
  const kinds = grouped(messages, ({ judged }) => judged.kind);
  note(w, {
    kind: 'history-judged',
    subject: `messages/${first.id}-${messages.at(-1)?.id}`,
    why: { code: 'history-read', messages: messages.length },
    data: { kinds: Object.fromEntries([...kinds].map(([kind, ones]) => [kind, ones.length])) },
  });
}

function noteJudgement(
  w: Writer,
  { id, clientId }: Pick<StoredMessage, 'id' | 'clientId'>,
  verdict: Verdict,
  window?: Window,
): void {
  note(w, {
    kind: 'message-judged',
    subject: `message/${id}`,
    clientId,
    why: verdict.why,
    data: {
      kind: verdict.kind,
      reason: verdict.reason,
      outOfHours: verdict.outOfHoursWhy,
      due: window === undefined ? undefined : toIso(window.dueAt),
    },
  });
}

/** By a rule on the server (`paletti sieve`) while the laptop slept. */
function isMarked({ flags }: StoredMessage): boolean {
  return flags.some((flag) => flag.toLowerCase() === outOfHoursKeyword.toLowerCase());
}

function act(
  w: Writer,
  parts: JudgeParts,
  message: StoredMessage,
  { client, belief, answer, judgement, window }: Judged & { window: Window | undefined },
): void {
  const { settings } = parts;
  const isIncoming = message.role === 'inbox';
  if (isIncoming && judgement.outOfHours && judgement.kind === 'human')
    setKeywordState(w, message.id, isMarked(message) ? 'set' : 'wanted');
  if (isIncoming)
    noteConsequences(w, { message, client, judgement, belief, hours: hoursFor(settings, client), settings });
  if (window !== undefined) noteJunk(w, message, client);
  if (belief?.believed !== false) noteSilence(w, settings, { message, client, judgement });
  const recipient = answer?.recipient ?? null;
  if (judgement.acknowledge && window?.state === 'open' && recipient !== null)
    holdAcknowledgement(w, parts, { message, client, judgement, window, recipient });
}

/** The mail program of hers does not show it. */
function noteJunk(w: Writer, { id, folderPath, mail }: StoredMessage, client: Client | undefined): void {
  if (client === undefined || !isJunkFolder(folderPath)) return;
  const told = {
    code: 'in-junk',
    client: client.name,
    subject: mail.subject,
    folder: folderPath,
    messageId: id,
  } as const;
  notice(w, `junk/${id}`, told);
}

/** The owner asks a client for something, or a person there answers. */
function noteSilence(
  w: Writer,
  settings: Settings,
  { message, client, judgement }: { message: StoredMessage; client: Client | undefined; judgement: Judgement },
): void {
  if (message.role === 'sent') noteAsked(w, settings, message);
  else if (client !== undefined && judgement.kind === 'human') settleAnswered(w, settings, client);
}

function factsOf(
  r: Reader,
  parts: JudgeParts,
  message: StoredMessage,
  { client, belief, answer }: Omit<Judged, 'judgement'>,
) {
  const { settings } = parts;
  // history opens no window and is never acknowledged: there is no need to look
  const { history } = message;
  const window = history ? undefined : openWindowOfThread(r, message.threadId);
  const activatedAt = history ? undefined : factOf(r, activatedKey);
  return {
    mail: message.mail,
    role: message.role,
    folder: roleOfPlace(message.place),
    behindOwn: isBehindOwn(settings, message, client),
    junk: junkOf(message, client),
    followsAnswer: !history && followsAnswer(r, message),
    ownNames: [settings.owner.name, settings.owner.business],
    receivedAt: message.receivedAt,
    flags: message.flags,
    history: message.history,
    client: client ?? null,
    ownAddresses: settings.owner.addresses,
    hours: hoursFor(settings, client),
    responseWindow: settings.responseWindow,
    acknowledgement: settings.acknowledgement,
    policies: settings.acknowledgement.policies,
    openWindow: window === undefined ? null : { ...window, acknowledged: isAcknowledged(r, window) },
    answer,
    belief,
    waiting: {
      count: answer === null ? 0 : countAcknowledgementsWaiting(r, client?.id ?? null),
      perDay: client === undefined ? settings.sending.perDay : settings.sending.perClientPerDay,
    },
    lastAcknowledgedAt: answer?.recipient == null ? null : lastAcknowledged(r, client, answer.recipient),
    toldOfClosure: client !== undefined && !history && wasToldOfClosure(r, settings, client, message.receivedAt),
    // this laptop's clock may have been ahead of the server's then
    activatedAt: activatedAt === undefined ? null : plus(fromIso(activatedAt), -clockErrorMs),
  };
}

/** Once for each client and closure, at whichever of its addresses. */
function wasToldOfClosure(r: Reader, settings: Settings, client: Client, receivedAt: Instant): boolean {
  if (settings.acknowledgement.duringClosures !== true) return false;
  const hours = hoursFor(settings, client);
  const closure = closureAt(hours, receivedAt);
  if (closure === null) return false;
  const since = at(closure.from, 0, hours.timeZone);
  return client.addresses.some((address) => (lastWrittenTo(r, address, ['acknowledgement-closed']) ?? 0) >= since);
}

function junkOf({ folderPath }: StoredMessage, client: Client | undefined): 'client' | 'stranger' | undefined {
  if (!isJunkFolder(folderPath)) return undefined;
  return client === undefined ? 'stranger' : 'client';
}

/** Somebody else's mail that bears an address of hers: authorship has found the client. */
function isBehindOwn({ owner }: Settings, { role, place, mail }: StoredMessage, client: Client | undefined): boolean {
  if (role !== 'inbox' || roleOfPlace(place) !== 'inbox') return false;
  const from = mail.from?.address ?? '';
  if (isOwnAddress(from, owner.addresses)) return true;
  const isHers = client?.addresses.includes(plainAddress(from)) || client?.domains.includes(domainOf(from));
  return client !== undefined && isHers !== true && isOfTheHouse(from, owner.addresses);
}

function followsAnswer(r: Reader, message: StoredMessage): boolean {
  if (message.role === 'sent' || message.mail.newText.length > longestThanks) return false;
  return lastWordBefore(r, message) === 'sent';
}

/** Nobody says thank you at greater length. */
const longestThanks = 500;

/**
 * To the same reader, at whichever of her addresses: when one last left, or was written and waits. One that waits for the
 * owner's word about a mail that she has thrown away counts for none.
 */
export function lastAcknowledged(r: Reader, client: Client | undefined, recipient: string): Instant | null {
  const moments = addressesOfReader(client, recipient).flatMap((address) => [
    ...[lastSentTo(r, address, acknowledgementKinds) ?? []].flat(),
    ...heldAnswers(r, acknowledgementKinds, address).flatMap(({ windowId, createdAt }) => {
      const window = windowId === null ? undefined : windowById(r, windowId);
      return window !== undefined && takenAway(r, window) !== null ? [] : createdAt;
    }),
  ]);
  return moments.length === 0 ? null : latest(...moments);
}

/**
 * A mail that was not acknowledged for a reason that holds no more.
 * @returns whether an acknowledgement is held for it now
 */
export function acknowledgeAfterAll(w: Writer, parts: JudgeParts, window: Window): boolean {
  const message = messageById(w, window.openedBy);
  if (message === undefined) return false;
  const { client, answer, judgement } = judged(w, parts, message);
  const recipient = answer?.recipient ?? null;
  if (!judgement.acknowledge || recipient === null) return false;
  saveJudgement(w, message.id, verdictOf(judgement, window.id));
  holdAcknowledgement(w, parts, { message, client, judgement, window, recipient });
  return true;
}

function isAcknowledged(r: Reader, window: Window): boolean {
  return letterByKey(r, acknowledgementKey(r, window)) !== undefined;
}

function windowFor(
  w: Writer,
  { settings }: JudgeParts,
  { message, judgement, belief }: { message: StoredMessage; judgement: Judgement; belief: Belief | null },
): Window | undefined {
  const wanted = judgement.window;
  if (wanted === null) return undefined;
  const believed = belief?.believed !== false;
  const opening = { openedBy: message.id, openedAt: wanted.opensAt, dueAt: wanted.dueAt };
  const open = openWindowOfThread(w, message.threadId);
  if (open !== undefined) {
    const isChanged = believed && believeWindow(w, open.id, opening);
    return isChanged ? windowById(w, open.id) : open;
  }
  const window = openWindow(w, {
    threadId: message.threadId,
    clientId: message.clientId,
    ...opening,
    believed,
  });
  note(w, {
    kind: 'window-opened',
    subject: `window/${window.id}`,
    clientId: message.clientId,
    why: { code: 'window-opened', messageId: message.id, doubt: believed ? null : (belief?.why ?? null) },
    data: { dueAt: toIso(window.dueAt) },
  });
  noteEarlierAnswer(w, settings, window, message);
  return windowById(w, window.id);
}
