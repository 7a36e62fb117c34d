/**
 * From the store to the facts that the warning signs are read from, for all clients at once or for one: one walk through
 * the messages, one through invoices and the log. Of those a client is only compared with, sums are read. Judges nothing
 * itself; rules/red-flags does.
 */
import type { Client } from '../rules/client.ts';
import type { Invoice } from '../rules/invoice.ts';
import {
  type PastMessage,
  type PastRequest,
  type PastWindow,
  pastRequests,
  pastWindows,
} from '../rules/past-windows.ts';
import { incomeFrom } from '../rules/income.ts';
import {
  redFlags,
  type RedFlag,
  type Suggestion,
  suggest,
  type Weighed,
  weigh,
  type Weights,
} from '../rules/red-flags.ts';
import type { Income, SignFacts, SignLog, SignMessage, SignRequest } from '../rules/sign.ts';
import { grouped } from '../rules/grouped.ts';
import { type PromiseWindow, received, type Sum } from '../rules/report.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay, plus } from '../rules/time.ts';
import { clientById, listClients } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import {
  clientsToldOfBoundary,
  type HabitMessage,
  habitMessages,
  type HabitWindow,
  habitWindows,
  lettersWritten,
  loggedSums,
  ownLetterMessages,
  paidSums,
  questionsAsked,
  textsWithCues,
  threadSubjects,
} from '../store/habits.ts';
import { listInvoices } from '../store/invoices.ts';
import { allLogEntries, logEntries, type LogEntry } from '../store/log-entries.ts';
import { allStandingMarks, type Mark } from '../store/marks.ts';
import { listRequests, type StoredRequest } from '../store/requests.ts';

export interface SignSettings extends Pick<Settings, 'hours' | 'responseWindow'> {
  signs: { weights: Weights };
}

/** One client as the signs see him, and what they say. */
export interface ClientRecord {
  client: Client;
  facts: SignFacts;
  promises: PromiseWindow[];
  /** received in the period */
  revenue: Sum[];
  /** all of them, whatever the period */
  invoices: Invoice[];
  flags: RedFlag[];
  weighed: Weighed;
  suggestion: Suggestion;
}

export interface RecordsOptions {
  now: Instant;
  /** habits are counted from here on */
  since: Instant;
  /** only this one; of the others is read what he is compared with */
  clientId?: number | undefined;
}

/** In the order of names. */
export function clientRecords(r: Reader, settings: SignSettings, options: RecordsOptions): ClientRecord[] {
  const stock = readStock(r, settings, options);
  const compared = readCompared(r, settings, options.since);
  return stock.clients.map((client) =>
    recordOf(draftOf(client, stock, settings, options), compared, { stock, settings, now: options.now }),
  );
}

/** Everything that is read, each by client. */
interface Stock {
  clients: Client[];
  messages: Map<number, HabitMessage[]>;
  texts: Map<number, string>;
  windows: Map<number, HabitWindow[]>;
  /** of Paletti itself, which are no words of the owner */
  letters: Set<number>;
  /** asked by the owner, and not noted as requests */
  questions: Set<number>;
  subjects: Map<number, string>;
  invoices: Map<number, Invoice[]>;
  log: Map<number, LogEntry[]>;
  marks: Map<number, Mark[]>;
  requests: Map<number, StoredRequest[]>;
  told: Set<number>;
  sinceDay: LocalDay;
}

const always = 0 as Instant;

function readStock(r: Reader, settings: SignSettings, { since, clientId }: RecordsOptions): Stock {
  const chosen = { since, clientId };
  const requests = listRequests(r);
  return {
    clients: clientId === undefined ? listClients(r) : [clientById(r, clientId) ?? []].flat(),
    messages: habitMessages(r, since, clientId),
    texts: textsWithCues(r, chosen),
    windows: grouped(habitWindows(r, chosen), (window) => window.clientId),
    letters: ownLetterMessages(r),
    questions: unnoted(questionsAsked(r, chosen), requests),
    subjects: threadSubjects(r, clientId),
    invoices: grouped(listInvoices(r, { clientId }), (invoice) => invoice.clientId),
    log: grouped(
      clientId === undefined ? allLogEntries(r, always) : logEntries(r, clientId),
      (entry) => entry.clientId,
    ),
    marks: grouped(allStandingMarks(r), (mark) => mark.clientId),
    requests: grouped(requests, (request) => request.clientId),
    told: clientsToldOfBoundary(r),
    sinceDay: dayOf(since, settings.hours.timeZone),
  };
}

/** One that was only proposed is still a question; one that the owner dropped is none any more. */
function unnoted(questions: ReadonlySet<number>, requests: readonly StoredRequest[]): Set<number> {
  const noted = new Set(requests.filter((one) => one.state !== 'proposed').map((one) => one.messageId));
  return new Set([...questions].filter((id) => !noted.has(id)));
}

interface Draft {
  client: Client;
  facts: SignFacts;
  promises: PromiseWindow[];
  revenue: Sum[];
  invoices: Invoice[];
}

function draftOf(client: Client, stock: Stock, settings: SignSettings, options: RecordsOptions): Draft {
  const messages = stock.messages.get(client.id) ?? [];
  const invoices = stock.invoices.get(client.id) ?? [];
  const log = stock.log.get(client.id) ?? [];
  const hours = hoursFor(settings, client);
  const recent = log.filter((entry) => entry.at >= options.since);
  const past = pastOf(messages, stock);
  const kept = keptWindows(stock.windows.get(client.id) ?? [], messages);
  const before = pastWindows(past, { hours, responseWindow: settings.responseWindow });
  const talks = recent.filter((entry) => isTalk(entry.kind)).map((entry) => entry.at);
  return {
    client,
    invoices,
    revenue: received(invoices, stock.sinceDay),
    promises: promisesOf(kept, before),
    facts: {
      messages: signMessages(messages, stock),
      windows: [...kept, ...before],
      requests: requestsOf(stock.requests.get(client.id) ?? [], past, { stock, settings, talks, options }),
      invoices: invoices.filter((invoice) => invoice.issuedOn >= stock.sinceDay || invoice.state === 'open'),
      log: recent.flatMap(signLog),
      deliveries: recent.filter((entry) => entry.kind === 'delivery'),
      terms: { ...client.terms, startedOn: firstWork(client, { invoices, log, settings }) },
      marks: stock.marks.get(client.id) ?? [],
      others: [],
      othersMessagesPerDelivery: [],
      hours,
    },
  };
}

function signMessages(messages: readonly HabitMessage[], stock: Stock): SignMessage[] {
  return messages
    .filter((message) => !stock.letters.has(message.id))
    .map(({ id, receivedAt, role, kind, outOfHours }) => ({
      id,
      receivedAt,
      kind,
      outOfHours,
      direction: role === 'inbox' ? 'in' : 'out',
      newText: stock.texts.get(id) ?? '',
    }));
}

/** People's words only: what robots, lists and Paletti itself sent neither asks nor answers. */
function pastOf(messages: readonly HabitMessage[], stock: Stock): PastMessage[] {
  return messages
    .filter(({ id, role, kind }) => (role === 'inbox' ? kind === 'human' : !stock.letters.has(id)))
    .map(({ id, receivedAt, role, threadId, history, windowId }) => ({
      id,
      receivedAt,
      direction: role === 'inbox' ? 'in' : 'out',
      matter: matterOf(threadId, stock),
      history: history && windowId === null,
    }));
}

function matterOf(threadId: number, { subjects }: Stock): string {
  return subjects.get(threadId) || `thread ${threadId}`;
}

interface KeptWindow extends HabitWindow {
  messageIds: number[];
}

/** A window that the owner waived asked for no answer. */
function keptWindows(windows: readonly HabitWindow[], messages: readonly HabitMessage[]): KeptWindow[] {
  const byWindow = grouped(messages, (message) => message.windowId);
  return windows
    .filter((window) => window.state !== 'waived')
    .map((window) => ({ ...window, messageIds: (byWindow.get(window.id) ?? []).map((message) => message.id) }));
}

function promisesOf(kept: readonly KeptWindow[], before: readonly PastWindow[]): PromiseWindow[] {
  return [
    ...before.map(({ openedAt, dueAt, answeredAt }) => ({ openedAt, dueAt, answeredAt, past: true })),
    ...kept.map(({ openedAt, dueAt, answeredAt }) => ({ openedAt, dueAt, answeredAt, past: false })),
  ];
}

/** Calendar days that an answer may take before a question counts as waiting. */
const answerDays = 3;

/** What was noted as a request, and the questions that nobody noted. */
function requestsOf(
  noted: readonly StoredRequest[],
  past: readonly PastMessage[],
  more: { stock: Stock; settings: SignSettings; talks: readonly Instant[]; options: RecordsOptions },
): SignRequest[] {
  const { stock, settings, talks, options } = more;
  return [
    ...noted
      .filter((one) => (one.state === 'open' || one.state === 'answered') && one.openedAt >= options.since)
      .map(({ id, messageId, openedAt, dueOn, state, closedAt }) => ({
        ...{ id, messageId, openedAt, dueOn },
        answeredAt: state === 'answered' ? closedAt : null,
      })),
    ...pastRequests(past, { asks: stock.questions, talks, now: options.now }).map((request) =>
      requestOf(request, settings),
    ),
  ];
}

function requestOf({ messageId, openedAt, answeredAt }: PastRequest, settings: SignSettings): SignRequest {
  const dueOn = addDays(dayOf(openedAt, settings.hours.timeZone), answerDays);
  return { id: messageId, messageId, openedAt, answeredAt, dueOn };
}

function isTalk(kind: LogEntry['kind']): boolean {
  return kind === 'call' || kind === 'meeting' || kind === 'chat';
}

function signLog(entry: LogEntry): SignLog[] {
  const { id, kind, at, minutes, direction, outOfHours } = entry;
  return kind === 'delivery' ? [] : [{ id, kind, at, minutes, direction, outOfHours }];
}

/** Work may have begun long before the period that habits are counted in. */
function firstWork(
  client: Client,
  { invoices, log, settings }: { invoices: readonly Invoice[]; log: readonly LogEntry[]; settings: SignSettings },
): LocalDay | null {
  const zone = settings.hours.timeZone;
  const days = [
    client.terms.startedOn,
    ...invoices.filter((invoice) => invoice.state !== 'void').map((invoice) => invoice.issuedOn),
    ...log.filter((entry) => entry.kind === 'work' || entry.kind === 'delivery').map((entry) => dayOf(entry.at, zone)),
  ];
  return days.filter((day) => day !== null).toSorted()[0] ?? null;
}

/** What the others are set against. */
interface Compared {
  id: number;
  income: Income | null;
  /** messages of people for each piece handed over; null without any */
  effort: number | null;
}

/** Of every client, whichever the facts are wanted of. */
function readCompared(r: Reader, settings: SignSettings, since: Instant): Compared[] {
  const written = lettersWritten(r, since);
  const logged = loggedSums(r, since);
  const paid = paidSums(r, dayOf(since, settings.hours.timeZone));
  return [...new Set([...paid.keys(), ...logged.keys()])].map((id) => {
    const messages = written.get(id) ?? 0;
    const { minutes, deliveries } = logged.get(id) ?? { minutes: 0, deliveries: 0 };
    const income = incomeFrom({ paid: paid.get(id) ?? [], minutes, messages });
    return { id, income, effort: deliveries === 0 ? null : messages / deliveries };
  });
}

function recordOf(
  draft: Draft,
  compared: readonly Compared[],
  { stock, settings, now }: { stock: Stock; settings: SignSettings; now: Instant },
): ClientRecord {
  const others = compared.filter((one) => one.id !== draft.client.id);
  const facts = {
    ...draft.facts,
    others: others.flatMap((one) => one.income ?? []),
    othersMessagesPerDelivery: others.flatMap((one) => one.effort ?? []),
  };
  const flags = redFlags(facts, now);
  const { weights } = settings.signs;
  const boundarySent = stock.told.has(draft.client.id);
  return {
    ...draft,
    facts,
    flags,
    weighed: weigh(flags, weights),
    suggestion: suggest(flags, { weights, boundarySent }),
  };
}

/** The beginning of a period that ends now. */
export function periodStart(now: Instant, days: number): Instant {
  return plus(now, -days * dayMs);
}
