/** Loads what the rules of the exit, and its letters, want to know of one client. Reads only; decides nothing. */
import { openByCurrency } from '../rules/money.ts';
import type { Client } from '../rules/client.ts';
import { nextWorkingDay } from '../rules/contact-hours.ts';
import { overdueDebts } from '../rules/dunning.ts';
import { type ExitFacts, noticeEndsOn } from '../rules/exit.ts';
import type { ReasonRecord } from '../rules/exit-reason.ts';
import { type Debt, debtsOf, type Invoice, owedCents, paidCents, placeOf, sharesOf } from '../rules/invoice.ts';
import { type LetterKind, matterOf } from '../rules/letter.ts';
import { payByDay, workingDayFrom } from '../rules/pay-by.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import { settledDates } from '../rules/settled-dates.ts';
import type { SettledPart } from '../rules/settlement.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay, plus, type TimeZone } from '../rules/time.ts';
import { clientRecords, periodStart } from './client-facts.ts';
import type { Reader } from './database.ts';
import { countProposed, exitsOf, type StoredExit } from './exits.ts';
import { listInvoices } from './invoices.ts';
import { namedBy } from './letter-debts.ts';
import { logEntries, type LogKind } from './log-entries.ts';
import { countClientMessages } from './messages.ts';
import { listLetters } from './outbox.ts';
import { openWindows } from './windows.ts';

export function exitFacts(
  r: Reader,
  settings: Settings,
  exit: Pick<StoredExit, 'id'>,
  client: Client,
  now: Instant,
): ExitFacts {
  const all = listInvoices(r, { clientId: client.id });
  const invoices = all.filter((invoice) => invoice.state === 'open');
  const log = logEntries(r, client.id);
  return {
    clientName: client.name,
    timeZone: settings.owner.timeZone,
    coolingDays: settings.exit.coolingDays,
    terms: client.terms,
    unbilled: workRecord(r, settings, client).unbilled,
    debts: invoices.flatMap(debtsOf),
    disputed: invoices
      .filter((invoice) => invoice.disputedCents > 0)
      .map((invoice) => ({ cents: invoice.disputedCents, currency: invoice.currency })),
    log: log.map(({ id, kind, at }) => ({ id, kind, at })),
    earlierProposals: exitsOf(r, client.id)
      .filter((other) => other.id !== exit.id)
      .map((other) => other.proposedAt),
    ownerOwesSince: openWindows(r, { clientId: client.id, dueBefore: now, believed: true })[0]?.dueAt ?? null,
    openAnswers: openWindows(r, { clientId: client.id, believed: true }).length,
    lastDeliveryAt: log.findLast(({ kind }) => kind === 'delivery')?.at ?? null,
    paidUndelivered: paidUndelivered(client, all, log, settings.owner.timeZone),
    proposalsInYear: countProposed(r, plus(now, -365 * dayMs)),
    record: {
      ...reasonRecord(r, client, { invoices: all, log, today: dayOf(now, settings.owner.timeZone) }),
      signs: signsOf(r, settings, client, now),
    },
  };
}

/** Who pays on receipt pays ahead: what came after the last delivery is owed in work. */
function paidUndelivered(
  { paymentTerms }: Client,
  invoices: readonly Invoice[],
  log: ReturnType<typeof logEntries>,
  zone: TimeZone,
): ExitFacts['paidUndelivered'] {
  if (paymentTerms === null || paymentTerms.days > 0 || paymentTerms.endOfMonth) return [];
  const last = log.findLast(({ kind }) => kind === 'delivery')?.at;
  const since = last === undefined ? null : dayOf(last, zone);
  return invoices
    .filter(({ state }) => state === 'paid')
    .flatMap(({ number, payments }) => {
      const on = payments.filter(({ reversedAt }) => reversedAt === null).map(({ receivedOn }) => receivedOn);
      const paidOn = on.toSorted().at(-1);
      return paidOn === undefined || (since !== null && paidOn <= since) ? [] : [{ number, on: paidOn }];
    });
}

interface OfClient {
  invoices: readonly Invoice[];
  log: ReturnType<typeof logEntries>;
  today: LocalDay;
}

function signsOf(r: Reader, settings: Settings, client: Client, now: Instant): ReasonRecord['signs'] {
  const since = periodStart(now, 365);
  return clientRecords(r, settings, { now, since, clientId: client.id }).flatMap(({ flags }) => flags);
}

function reasonRecord(r: Reader, client: Client, { invoices, log, today }: OfClient): Omit<ReasonRecord, 'signs'> {
  const contacts = log.filter(({ direction, kind }) => direction === 'in' && contactKinds.includes(kind));
  return {
    overdue: overdueDebts(invoices.flatMap(debtsOf), today),
    settled: invoices.flatMap(settledDates),
    ...countClientMessages(r, client.id),
    contacts: contacts.length,
    contactsOutOfHours: contacts.filter(({ outOfHours }) => outOfHours).length,
    contractSignedOn: client.terms.contractSignedOn,
  };
}

const contactKinds: readonly LogKind[] = ['call', 'chat', 'meeting'];

/** The client's whole account. */
interface Account {
  /** of the oldest open debt; when nothing is open, of the last invoice: sums are added up in one currency only */
  currency: string;
  /** what is open in that currency */
  debts: Debt[];
  /** what is open in any other */
  elsewhere: Debt[];
  payments: { number: string; amountCents: number; currency: string; on: LocalDay }[];
  /** what is disputed where nothing else of it is open */
  disputed: SettledPart[];
  /** nothing is open, and nothing was given up: of what the owner wrote off it is not said that it was paid */
  isClear: boolean;
}

function accountOf(r: Reader, client: Client): Account {
  const invoices = listInvoices(r, { clientId: client.id });
  const open = oldestFirst(invoices.flatMap(debtsOf));
  const currency = open[0]?.currency ?? latestCurrency(invoices) ?? client.terms.currency ?? 'EUR';
  return {
    currency,
    debts: open.filter((debt) => debt.currency === currency),
    elsewhere: open.filter((debt) => debt.currency !== currency),
    payments: standingPayments(invoices),
    disputed: invoices.flatMap(whollyDisputed),
    isClear: open.length === 0 && !invoices.some(isGivenUp),
  };
}

/** Also those on an invoice that is void by now: they came all the same. */
function standingPayments(invoices: readonly Invoice[]): Account['payments'] {
  return invoices
    .flatMap(({ payments, number, currency }) => payments.map((payment) => ({ ...payment, number, currency })))
    .filter((payment) => payment.reversedAt === null)
    .map(({ number, amountCents, currency, receivedOn }) => ({ number, amountCents, currency, on: receivedOn }))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The list of what is open names the disputed part of an instalment that is open for the rest. */
function whollyDisputed(invoice: Invoice): SettledPart[] {
  if (!isDisputed(invoice)) return [];
  const { id: invoiceId, number, issuedOn, currency } = invoice;
  return sharesOf(invoice)
    .filter((share) => share.disputedCents > 0 && share.openCents === 0)
    .map(({ instalment, disputedCents }) => ({
      invoiceId,
      instalmentId: instalment.id,
      number,
      issuedOn,
      currency,
      cents: disputedCents,
      ...placeOf(instalment, invoice),
    }));
}

function isGivenUp(invoice: Invoice): boolean {
  return invoice.state === 'written-off' && paidCents(invoice) < owedCents(invoice);
}

function oldestFirst(debts: readonly Debt[]): Debt[] {
  return debts.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

function latestCurrency(invoices: readonly Invoice[]): string | undefined {
  return invoices.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1)).at(-1)?.currency;
}

/**
 * Letters that have left to the client, oldest first; of those about money only the ones that named some of it once it
 * was overdue: what was written of other invoices, or before the due day, is not on the matter.
 */
function sentLetters(
  r: Reader,
  client: Client,
  { zone, about }: { zone: TimeZone; about: readonly Pick<Debt, 'instalmentId'>[] },
): { kind: LetterKind; on: LocalDay }[] {
  const sent = listLetters(r, { clientId: client.id, states: ['sent', 'filed'] }).flatMap(({ id, kind, sentAt }) =>
    sentAt === null ? [] : [{ id, kind, on: dayOf(sentAt, zone) }],
  );
  const wanted = new Set(about.map((debt) => debt.instalmentId));
  const named = namedBy(
    r,
    sent.map(({ id }) => id),
  ).filter((one) => wanted.has(one.instalmentId));
  const isOnTheMatter = ({ id, kind, on }: (typeof sent)[number]) =>
    matterOf(kind) !== 'billing' || named.some((one) => one.letterId === id && one.dueOn < on);
  return sent
    .filter(isOnTheMatter)
    .map(({ kind, on }) => ({ kind, on }))
    .toReversed();
}

/** What letters about late payment were rightly about, where nothing is overdue any more. */
function stillOnRecord(invoices: readonly Invoice[]): { instalmentId: number }[] {
  return invoices
    .filter(({ state }) => state === 'open' || state === 'paid')
    .flatMap(({ instalments }) => instalments.map(({ id }) => ({ instalmentId: id })));
}

/**
 * What the termination letter says of the account, as of the day it leaves. It names as unpaid only what is overdue, in
 * the currency with the most of it by number (no rates are known here); `others` are those it leaves out.
 */
export function terminationRecord(r: Reader, settings: Pick<Settings, 'hours'>, client: Client, on: Instant) {
  const hours = hoursFor(settings, client);
  const { timeZone } = hours;
  const today = dayOf(on, timeZone);
  const invoices = listInvoices(r, { clientId: client.id });
  const overdue = oldestFirst(overdueDebts(invoices.flatMap(debtsOf), today));
  const [most, ...others] = mostOwedFirst(overdue);
  const currency = most ?? accountOf(r, client).currency;
  const debts = overdue.filter((debt) => debt.currency === currency);
  const payBy = payByDay({ ladder: [], step: null, dueOn: [], leavesOn: today, hours });
  const work = workRecord(r, settings, client);
  const about = debts.length > 0 ? debts : stillOnRecord(invoices);
  const earlier = sentLetters(r, client, { zone: timeZone, about });
  return { debts, currency, others, today, payBy, work, earlier };
}

/** What the letter that ends the work says of the work itself. */
export function workRecord(r: Reader, settings: Pick<Settings, 'hours'>, client: Client) {
  const hours = hoursFor(settings, client);
  const invoices = listInvoices(r, { clientId: client.id });
  return {
    terms: client.terms,
    workState: client.workState,
    unbilled: hasUnbilledWork(r, client, invoices, hours.timeZone),
    settled: invoices.every((invoice) => debtsOf(invoice).length === 0 && !isDisputed(invoice)),
    hours,
  };
}

function isDisputed({ state, disputedCents }: Invoice): boolean {
  return state === 'open' && disputedCents > 0;
}

/** Work in the log that is younger than the last invoice: none has asked for it yet. */
function hasUnbilledWork(r: Reader, client: Client, invoices: readonly Invoice[], zone: TimeZone): boolean {
  const issued = invoices.filter((invoice) => invoice.state !== 'void').map((invoice) => invoice.issuedOn);
  const last = issued.toSorted().at(-1);
  return logEntries(r, client.id).some(
    ({ kind, at }) => kind === 'work' && (last === undefined || dayOf(at, zone) > last),
  );
}

/** Of equal sums the one that is overdue longest goes first. @param debts the oldest first */
function mostOwedFirst(debts: readonly Debt[]): string[] {
  return openByCurrency(debts)
    .toSorted((one, other) => other.cents - one.cents)
    .map(({ currency }) => currency);
}

/** A line of the log in a report is short, and a long list helps nobody. */
const mostLines = 40;
const objectionDays = 14;

/** Where no work was logged, what invoices say that they are for. */
function billedProjects(r: Reader, client: Client): string[] {
  const billed = listInvoices(r, { clientId: client.id }).filter(({ state }) => state !== 'void');
  return [...new Set(billed.flatMap(({ project }) => project ?? []))];
}

/** What was done, delivered, paid and is owed: the facts of the final report. */
export function reportRecord(
  r: Reader,
  settings: Pick<Settings, 'hours'>,
  exit: StoredExit,
  client: Client,
  now: Instant,
) {
  const hours = hoursFor(settings, client);
  const today = dayOf(now, hours.timeZone);
  const log = logEntries(r, client.id);
  const lines = (kind: LogKind) => [...new Set(log.filter((entry) => entry.kind === kind).map(({ text }) => text))];
  const handed = exit.handover.filter((one) => one.handedOn !== null).map((one) => one.item);
  const { debts, elsewhere, payments, disputed, currency, isClear } = accountOf(r, client);
  const replyBy = nextWorkingDay(hours, addDays(today, objectionDays));
  return {
    project: client.project,
    endsOn: exit.sentAt === null ? today : (noticeEndsOn(exit.notice, dayOf(exit.sentAt, hours.timeZone)) ?? today),
    today,
    done: (lines('work').length > 0 ? lines('work') : billedProjects(r, client)).slice(-mostLines),
    delivered: [...lines('delivery'), ...handed].slice(-mostLines),
    payments,
    debts,
    elsewhere,
    disputed,
    currency,
    isClear,
    replyBy,
    // what is not due yet is not asked for sooner than was agreed
    payBy: workingDayFrom(
      hours,
      [replyBy, ...[...debts, ...elsewhere].map((debt) => debt.dueOn)].toSorted().at(-1) as LocalDay,
    ),
  };
}
