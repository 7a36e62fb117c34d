/**
 * From the store to the facts that the warning signs are read from, for all clients at once or for one: one walk through
 * the messages, one through invoices and the log. Of those a client is only compared with, sums are read. Judges nothing
 * itself; rules/red-flags does.
 */
import type { Client } from '../rules/client.ts';
import { debtsOf, type Invoice } from '../rules/invoice.ts';
import {
  type PastMessage,
  type PastRequest,
  type PastWindow,
  pastRequests,
  pastWindows,
} from '../rules/past-windows.ts';
import { letterFor, suggest, type Suggestion, type Tried } from '../rules/advice.ts';
import { overdueDebts } from '../rules/dunning.ts';
import { exitChecks } from '../rules/exit.ts';
import { type ExitReason, exitReasons, reasonAgainstRecord, type ReasonRecord } from '../rules/exit-reason.ts';
import { incomeFrom } from '../rules/income.ts';
import type { LetterKind } from '../rules/letter.ts';
import {
  isMarked,
  redFlag,
  redFlags,
  type RedFlag,
  type Sign,
  signs,
  type Weighed,
  weigh,
  type Weights,
} from '../rules/red-flags.ts';
import { settledDates } from '../rules/settled-dates.ts';
import {
  type Income,
  isTalk,
  median,
  type SignFacts,
  type SignLog,
  type SignMessage,
  type SignRequest,
} from '../rules/sign.ts';
import { grouped } from '../rules/grouped.ts';
import { type PromiseWindow, received } from '../rules/report.ts';
import type { Sum } from '../rules/money.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { addDays, dayMs, dayOf, daysBetween, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import { clientById, listClients } from './clients.ts';
import type { Reader } from './database.ts';
import { openExits, type StoredExit } from './exits.ts';
import {
  earnedSums,
  type HabitMessage,
  habitMessages,
  type HabitWindow,
  habitWindows,
  lettersWritten,
  linesDrawn,
  loggedSums,
  ownLetterMessages,
  pausesWaiting,
  questionsAsked,
  textsWithCues,
  threadSubjects,
} from './habits.ts';
import { listInvoices } from './invoices.ts';
import { allLogEntries, logEntries, type LogEntry } from './log-entries.ts';
import { allStandingMarks, type Mark } from './marks.ts';
import { type Project, allProjects } from './projects.ts';
import { listRequests, type StoredRequest } from './requests.ts';

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
  told: Map<number, { kind: LetterKind; at: Instant }[]>;
  pauses: Map<number, number>;
  exits: Map<number, StoredExit>;
  projects: Map<number, Project[]>;
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
    told: linesDrawn(r),
    pauses: pausesWaiting(r),
    exits: new Map(openExits(r).map((exit) => [exit.clientId, exit])),
    projects: grouped(allProjects(r), (project) => project.clientId),
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
  const talks = recent
    .flatMap(signLog)
    .filter(isTalk)
    .map((entry) => entry.at);
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
      income: null,
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
        id,
        messageId,
        openedAt,
        dueOn,
        answeredAt: state === 'answered' ? closedAt : null,
      })),
    ...pastRequests(past, { asks: stock.questions, talks }).map((request) => requestOf(request, settings)),
  ];
}

function requestOf({ messageId, openedAt, answeredAt }: PastRequest, settings: SignSettings): SignRequest {
  const dueOn = addDays(dayOf(openedAt, settings.hours.timeZone), answerDays);
  return { id: messageId, messageId, openedAt, answeredAt, dueOn };
}

function signLog(entry: LogEntry): SignLog[] {
  const { id, kind, at, minutes, direction, outOfHours, via } = entry;
  return kind === 'delivery' ? [] : [{ id, kind, at, minutes, direction, outOfHours, via }];
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
  const earned = earnedSums(r, since, dayOf(since, settings.hours.timeZone));
  return [...new Set([...earned.keys(), ...logged.keys()])].map((id) => {
    const messages = written.get(id) ?? 0;
    const { billedMinutes, deliveries } = logged.get(id) ?? { billedMinutes: 0, deliveries: 0 };
    const income = incomeFrom({ earned: earned.get(id) ?? [], billedMinutes, messages });
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
    income: compared.find((one) => one.id === draft.client.id)?.income ?? null,
    others: others.flatMap((one) => one.income ?? []),
    othersMessagesPerDelivery: others.flatMap((one) => one.effort ?? []),
  };
  const flags = redFlags(facts, now);
  const weighed = weigh(flags, settings.signs.weights);
  return {
    ...draft,
    facts,
    flags,
    weighed,
    suggestion: suggest(weighed, triedWith(draft, facts, { stock, settings, now, flags })),
  };
}

/** A habit that a letter named has so long to end. */
const graceDays = 14;

function triedWith(
  { client, invoices }: Draft,
  facts: SignFacts,
  { stock, settings, now, flags }: { stock: Stock; settings: SignSettings; now: Instant; flags: readonly RedFlag[] },
): Tried {
  const zone = settings.hours.timeZone;
  const told = stock.told.get(client.id) ?? [];
  const exit = stock.exits.get(client.id);
  const projects = (stock.projects.get(client.id) ?? []).filter((project) => project.state === 'active');
  return {
    clientId: client.id,
    workState: client.workState,
    zone,
    told,
    owes: invoices.some((invoice) => overdueDebts(debtsOf(invoice), dayOf(now, zone)).length > 0),
    goesOn: new Set(told.flatMap(({ kind, at }) => habitsSince(kind, at, { facts, now }))),
    pauseLetterId: stock.pauses.get(client.id) ?? null,
    exit: exit === undefined ? null : { state: exit.notedState, command: nextOfExit(exit) },
    requests: requestsOpen(stock.requests.get(client.id) ?? [], facts, { zone, now }),
    activeProject: projects.length === 1 ? (projects[0] as Project).name : null,
    paysInAdvance: advanceOf(client, invoices, { facts, flags, today: dayOf(now, zone) }),
    wroteOutOfHours: facts.messages.some(
      (one) => one.direction === 'in' && one.kind === 'human' && one.outOfHours && one.receivedAt > now - lookBackMs,
    ),
    contractSigned: client.terms.contractSignedOn !== null,
    provable: provableReasons(facts, invoices, { zone, now, flags }),
    usualRate: usualRate(facts.others, facts.income?.currency),
  };
}

/** Broken by what was due at once and came late, or by a word that puts payment off, said since such a thing was billed. */
function advanceOf(
  { paymentTerms }: Client,
  invoices: readonly Invoice[],
  { facts, flags, today }: { facts: SignFacts; flags: readonly RedFlag[]; today: LocalDay },
): Tried['paysInAdvance'] {
  if (paymentTerms === null || paymentTerms.days > 0 || paymentTerms.endOfMonth) return 'no';
  const atOnce = invoices.filter(
    ({ state, issuedOn, instalments }) => state !== 'void' && instalments.some(({ dueOn }) => dueOn === issuedOn),
  );
  const isLate = atOnce.some(
    (invoice) =>
      settledDates(invoice).some(({ daysLate }) => daysLate > 0) || overdueDebts(debtsOf(invoice), today).length > 0,
  );
  const first = atOnce.map(({ issuedOn }) => issuedOn).toSorted()[0];
  const said = flags.find(({ sign }) => sign === 'pays-later')?.evidence ?? [];
  const heard = new Set(said.flatMap(({ messageId }) => messageId ?? []));
  const isPutOff =
    first !== undefined &&
    facts.messages.some(({ id, receivedAt }) => heard.has(id) && dayOf(receivedAt, facts.hours.timeZone) >= first);
  return isLate || isPutOff ? 'broken' : 'agreed';
}

const lookBackMs = 90 * dayMs;

/** Signs that a letter answered and that speak by what came after it alone. */
function habitsSince(kind: LetterKind, at: Instant, { facts, now }: { facts: SignFacts; now: Instant }): Sign[] {
  if (now < plus(at, graceDays * dayMs)) return [];
  const after: SignFacts = {
    ...facts,
    messages: facts.messages.filter((one) => one.receivedAt > at),
    windows: facts.windows.filter((one) => one.openedAt > at),
    requests: facts.requests.filter((one) => one.openedAt > at),
    log: facts.log.filter((one) => one.at > at),
    deliveries: facts.deliveries.filter((one) => one.at > at),
  };
  return signs.filter((sign) => {
    if (isMarked(sign) || letterFor(sign) !== kind) return false;
    return redFlag(sign, after, now)?.tooFew === false;
  });
}

/** What the owner has to do next, as it is typed. */
function nextOfExit({ clientId, notedState, coolingFrom, checks }: StoredExit): string {
  if (notedState === 'proposed' && coolingFrom === null) return `paletti exit ${clientId} propose`;
  const open = exitChecks.find((item) => !checks.some((check) => check.item === item));
  return notedState === 'checklist' && open !== undefined && open !== 'talked'
    ? `paletti exit ${clientId} check ${open}`
    : `paletti exit ${clientId} status`;
}

function requestsOpen(
  noted: readonly StoredRequest[],
  facts: SignFacts,
  { zone, now }: { zone: TimeZone; now: Instant },
): Tried['requests'] {
  const waits = facts.requests.filter((one) => one.answeredAt === null).map((one) => one.openedAt);
  return {
    proposedId: noted.find((one) => one.state === 'proposed')?.id ?? null,
    openId: noted.find((one) => one.state === 'open')?.id ?? null,
    longestDays: Math.max(0, ...waits.map((at) => daysBetween(dayOf(at, zone), dayOf(now, zone)))),
  };
}

/** As the exit itself checks them (rules/exit-reason). */
function provableReasons(
  facts: SignFacts,
  invoices: readonly Invoice[],
  { zone, now, flags }: { zone: TimeZone; now: Instant; flags: readonly RedFlag[] },
): ReadonlySet<ExitReason> {
  const contacts = facts.log.filter((one) => one.direction === 'in' && isTalk(one));
  const written = facts.messages.filter((one) => one.direction === 'in' && one.kind === 'human');
  const record: ReasonRecord = {
    overdue: invoices.flatMap((invoice) => overdueDebts(debtsOf(invoice), dayOf(now, zone))),
    settled: invoices.flatMap(settledDates),
    messages: written.length,
    messagesOutOfHours: written.filter((one) => one.outOfHours).length,
    contacts: contacts.length,
    contactsOutOfHours: contacts.filter((one) => one.outOfHours).length,
    contractSignedOn: facts.terms.contractSignedOn,
    signs: flags,
  };
  return new Set(exitReasons.filter((reason) => reasonAgainstRecord(reason, record).length === 0));
}

function usualRate(others: readonly Income[], currency: string | undefined): Tried['usualRate'] {
  const rates = others.filter((one) => one.currency === currency).flatMap((one) => one.perHourCents ?? []);
  return rates.length === 0 || currency === undefined ? null : { cents: Math.round(median(rates)), currency };
}

/** The beginning of a period that ends now. */
export function periodStart(now: Instant, days: number): Instant {
  return plus(now, -days * dayMs);
}
