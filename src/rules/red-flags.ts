/**
 * The warning signs of one client, each with its numbers and its evidence, what they weigh, and one step to consider.
 * A sign is never an accusation and nothing is sent because of one. Reads no clock, no mailbox, no database.
 */
import type { Terms } from './client.ts';
import type { ContactHours } from './contact-hours.ts';
import { overdueDebts } from './dunning.ts';
import { debtsOf } from './invoice.ts';
import type { Invoice } from './invoice.ts';
import type { MessageKind } from './message.ts';
import { settledDates } from './settled-dates.ts';
import { isWithin, sentences } from './sign-words.ts';
import { hears } from './signs/heard.ts';
import { dayOf, daysBetween, wallClock } from './time.ts';
import type { Instant, LocalDay, TimeZone } from './time.ts';
import { count, dayInWords, sumInWords } from './words.ts';

/** What only the owner can judge. */
export const ownerMarks = [
  'no-time',
  'outside-field',
  'different-philosophy',
  'outside-niche',
  'unclear-goals',
  'will-not-sign',
] as const;
export type OwnerMark = (typeof ownerMarks)[number];

export const signs = [
  'no-contract',
  'out-of-hours',
  'pressure',
  'silence',
  'scope-creep',
  'wasted-time',
  'control',
  'low-pay',
  'late-pay',
  'no-pay',
  ...ownerMarks,
] as const;
export type Sign = (typeof signs)[number];

export interface Evidence {
  messageId?: number;
  invoiceId?: number;
  logId?: number;
  requestId?: number;
  /** the client's own words, one sentence */
  quote?: string;
}

export interface RedFlag {
  sign: Sign;
  /** 0..1; 0 when there is too little to tell */
  strength: number;
  /** one sentence without a final stop, with its numbers */
  words: string;
  evidence: Evidence[];
  /** the sample is too small for a verdict */
  tooFew: boolean;
}

export interface SignMessage {
  id: number;
  receivedAt: Instant;
  direction: 'in' | 'out';
  kind: MessageKind;
  outOfHours: boolean;
  newText: string;
}

export interface SignWindow {
  openedAt: Instant;
  dueAt: Instant;
  answeredAt: Instant | null;
  /** the client's messages in it, the one that opened it first */
  messageIds: readonly number[];
}

export interface SignRequest {
  id: number;
  /** the owner's message that asks; null when it was noted by hand */
  messageId?: number | null;
  openedAt: Instant;
  dueOn: LocalDay;
  /** by a person; a robot's answer is none */
  answeredAt: Instant | null;
}

export interface SignLog {
  id: number;
  kind: 'call' | 'meeting' | 'chat' | 'note' | 'work';
  at: Instant;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  outOfHours: boolean;
}

/** What a client brings in, to set clients side by side. Null: too little on record. */
export interface Income {
  currency: string;
  perHourCents: number | null;
  perMessageCents: number | null;
}

export interface SignFacts {
  messages: readonly SignMessage[];
  windows: readonly SignWindow[];
  requests: readonly SignRequest[];
  invoices: readonly Invoice[];
  log: readonly SignLog[];
  /** pieces of work handed over */
  deliveries: readonly { at: Instant }[];
  terms: Terms;
  marks: readonly { mark: OwnerMark; note: string }[];
  /** the owner's other clients */
  others: readonly Income[];
  /** messages of the other clients for each piece handed over */
  othersMessagesPerDelivery: readonly number[];
  hours: ContactHours;
}

/** Below these a sign says that it cannot tell; above the second kind it speaks. */
const limits = {
  contacts: 5,
  outOfHoursShare: 0.3,
  pressingMessages: 3,
  crowdedWindow: 3,
  requests: 3,
  silentDays: 5,
  longSilenceDays: 14,
  extraRequests: 2,
  loggedMinutes: 300,
  talkShare: 0.4,
  controlSentences: 3,
  deliveries: 2,
  messagesPerDelivery: 12,
  messagesForIncome: 10,
  otherClients: 2,
  lowPayRatio: 0.7,
  dueDates: 3,
  lateDays: 5,
  unpaidDays: 30,
} as const;

type SignRule = (facts: SignFacts, now: Instant) => RedFlag | null;

/** All that can be said of one client: signs that speak and signs with too small a sample, in the order of {@link signs}. */
export function redFlags(facts: SignFacts, now: Instant): RedFlag[] {
  const rules: SignRule[] = [
    noContract,
    outOfHoursHabit,
    pressure,
    silence,
    scopeCreep,
    wastedTime,
    control,
    lowPay,
    latePay,
    noPay,
  ];
  return [...rules.flatMap((rule) => rule(facts, now) ?? []), ...marked(facts)];
}

/** No contract though the work has begun. */
export function noContract(facts: SignFacts, now: Instant): RedFlag | null {
  const zone = facts.hours.timeZone;
  const { contractSignedOn, startedOn } = facts.terms;
  if (contractSignedOn !== null) return null;
  const work = facts.log.filter((entry) => entry.kind === 'work');
  const first = [
    ...(startedOn === null ? [] : [startedOn]),
    ...work.map((entry) => dayOf(entry.at, zone)),
    ...facts.deliveries.map((piece) => dayOf(piece.at, zone)),
    ...billed(facts).map((invoice) => invoice.issuedOn),
  ].toSorted()[0];
  if (first === undefined || first > dayOf(now, zone)) return null;
  const evidence = [
    ...work.slice(0, 1).map((entry) => ({ logId: entry.id })),
    ...billed(facts).slice(0, 1).map(invoiceOf),
  ];
  return flag('no-contract', 0.8, `no contract on record, and work since ${dayInWords(first)}`, evidence);
}

/** How much of what the client writes and rings comes outside contact hours, and when. */
export function outOfHoursHabit(facts: SignFacts): RedFlag | null {
  const contacts = [
    ...humanIn(facts).map((message) => ({
      at: message.receivedAt,
      out: message.outOfHours,
      evidence: { messageId: message.id },
    })),
    ...facts.log
      .filter(isContactIn)
      .map((entry) => ({ at: entry.at, out: entry.outOfHours, evidence: { logId: entry.id } })),
  ].toSorted((a, b) => a.at - b.at);
  const out = contacts.filter((contact) => contact.out);
  if (out.length === 0) return null;
  const evidence = out.slice(-5).map((contact) => contact.evidence);
  if (contacts.length < limits.contacts) {
    return tooFew(
      'out-of-hours',
      `${count(contacts.length, 'contact')}: too few to tell (${out.length} out of hours)`,
      evidence,
    );
  }
  const share = out.length / contacts.length;
  if (share < limits.outOfHoursShare) return null;
  const when = busiestHour(
    out.map((contact) => contact.at),
    facts.hours.timeZone,
  );
  return flag(
    'out-of-hours',
    share,
    `${out.length} of ${contacts.length} contacts (${percent(share)}) out of hours${when}`,
    evidence,
  );
}

/** Several messages before an answer was due, urgent words, deadlines of the same day. */
export function pressure(facts: SignFacts, now: Instant): RedFlag | null {
  const messages = humanIn(facts);
  const urgent = messages.flatMap((message) => {
    const quote = sentences(message.newText).find((sentence) => hears('pressing', sentence));
    return quote === undefined ? [] : [{ messageId: message.id, quote }];
  });
  const receivedAt = new Map(messages.map((message) => [message.id, message.receivedAt]));
  const crowding = facts.windows.flatMap((window) => beforeAnswerWasDue(window, receivedAt, now));
  const known = new Set(urgent.map((one) => one.messageId));
  const evidence: Evidence[] = [
    ...urgent,
    ...crowding.filter((id) => !known.has(id)).map((messageId) => ({ messageId })),
  ];
  if (evidence.length === 0) return null;
  if (messages.length < limits.contacts) {
    return tooFew(
      'pressure',
      `${count(messages.length, 'message')}: too few to tell (${evidence.length} with pressure)`,
      evidence,
    );
  }
  if (evidence.length < limits.pressingMessages) return null;
  const parts = [
    urgent.length > 0 ? `${count(urgent.length, 'message')} with urgent words or a deadline of the same day` : '',
    crowding.length > 0 ? `${count(crowding.length, 'message')} sent again before an answer was due` : '',
  ].filter((part) => part !== '');
  return flag(
    'pressure',
    Math.max(0.3, evidence.length / messages.length),
    `${parts.join(', ')}, of ${messages.length}`,
    evidence.slice(-5),
  );
}

/** How long the client lets requests lie. */
export function silence(facts: SignFacts, now: Instant): RedFlag | null {
  const zone = facts.hours.timeZone;
  const today = dayOf(now, zone);
  const waits = facts.requests
    .filter((request) => request.answeredAt !== null || request.dueOn < today)
    .map((request) => ({
      evidence: typeof request.messageId === 'number' ? { messageId: request.messageId } : { requestId: request.id },
      open: request.answeredAt === null,
      days: daysBetween(
        dayOf(request.openedAt, zone),
        request.answeredAt === null ? today : dayOf(request.answeredAt, zone),
      ),
    }));
  if (waits.length === 0) return null;
  const longest = Math.max(...waits.map((wait) => wait.days));
  const middle = median(waits.map((wait) => wait.days));
  if (middle < limits.silentDays && longest < limits.longSilenceDays) return null;
  const open = waits.filter((wait) => wait.open).length;
  const evidence = waits
    .toSorted((a, b) => b.days - a.days)
    .slice(0, 5)
    .map((wait) => wait.evidence);
  if (waits.length < limits.requests) {
    return tooFew(
      'silence',
      `${count(waits.length, 'request')}: too few to tell (the longest took ${count(longest, 'day')}, ${open} open)`,
      evidence,
    );
  }
  const words = `${count(waits.length, 'request')}, ${open} open; a median of ${count(middle, 'day')} to an answer, the longest ${count(longest, 'day')}`;
  return flag('silence', Math.max(middle / 14, longest / 60), words, evidence);
}

/** Requests that may go beyond what was agreed, in the client's own words. */
export function scopeCreep(facts: SignFacts): RedFlag | null {
  const { scope, revisionsIncluded } = facts.terms;
  const messages = humanIn(facts);
  const extra = messages.flatMap((message) => {
    const quote = sentences(message.newText).find(
      (sentence) => hears('asksForMore', sentence) && !isWithin(sentence, scope),
    );
    return quote === undefined ? [] : [{ messageId: message.id, quote }];
  });
  const revisions = messages.filter((message) =>
    sentences(message.newText).some((sentence) => hears('revision', sentence)),
  );
  const over = revisionsIncluded === null ? 0 : Math.max(0, revisions.length - revisionsIncluded);
  if (extra.length === 0 && over === 0) return null;
  const evidence: Evidence[] = [
    ...extra.slice(-5),
    ...(over > 0
      ? revisions
          .slice(-over)
          .slice(-5)
          .map(({ id }) => ({ messageId: id }))
      : []),
  ];
  if (extra.length < limits.extraRequests && over === 0) {
    return tooFew('scope-creep', `${count(extra.length, 'request')} for more: too few to tell`, evidence);
  }
  const beyond = scope.length > 0 ? 'that no line of the scope names' : 'and no scope on record';
  const parts = [
    extra.length > 0 ? `${count(extra.length, 'request')} for more, ${beyond}` : '',
    over > 0 ? `${count(revisions.length, 'message')} ask for changes, ${revisionsIncluded} included` : '',
  ].filter((part) => part !== '');
  const strength = Math.max(
    (extra.length / 6) * (scope.length > 0 ? 1 : 0.5),
    over / Math.max(2, revisionsIncluded ?? 0),
  );
  return flag('scope-creep', strength, parts.join('; '), evidence);
}

/** Talk against work, as logged. */
export function wastedTime(facts: SignFacts): RedFlag | null {
  const talks = facts.log.filter((entry) => entry.kind === 'call' || entry.kind === 'meeting' || entry.kind === 'chat');
  const talk = minutesOf(talks);
  const all = talk + minutesOf(facts.log.filter((entry) => entry.kind === 'work'));
  const share = all === 0 ? 0 : talk / all;
  if (share < limits.talkShare) return null;
  const words = `${hoursInWords(talk)} of ${hoursInWords(all)} logged (${percent(share)}) are calls, meetings and chats`;
  const evidence = talks
    .toSorted((a, b) => (b.minutes ?? 0) - (a.minutes ?? 0))
    .slice(0, 5)
    .map(({ id }) => ({ logId: id }));
  return all < limits.loggedMinutes
    ? tooFew('wasted-time', `${hoursInWords(all)} logged: too few to tell`, evidence)
    : flag('wasted-time', share, words, evidence);
}

/** Many messages for each piece of work, and sentences that take the decisions back. */
export function control(facts: SignFacts): RedFlag | null {
  const messages = humanIn(facts);
  const quotes = messages.flatMap((message) => {
    const quote = sentences(message.newText).find((sentence) => hears('controls', sentence));
    return quote === undefined ? [] : [{ messageId: message.id, quote }];
  });
  const pieces = facts.deliveries.length;
  const perPiece = pieces === 0 ? 0 : messages.length / pieces;
  const usual = Math.max(limits.messagesPerDelivery, 2 * median(facts.othersMessagesPerDelivery));
  const many = pieces >= limits.deliveries && perPiece >= usual;
  if (!many && quotes.length < limits.controlSentences) {
    return quotes.length === 0
      ? null
      : tooFew('control', `${count(quotes.length, 'sentence')}: too few to tell`, quotes);
  }
  const parts = [
    many ? `${Math.round(perPiece)} messages for each of ${pieces} pieces delivered` : '',
    quotes.length > 0 ? `${count(quotes.length, 'message')} asking to approve or to be asked first` : '',
  ].filter((part) => part !== '');
  return flag(
    'control',
    Math.max(many ? perPiece / (2 * usual) : 0, quotes.length / 8),
    parts.join('; '),
    quotes.slice(-5),
  );
}

/** Sums that one client brought in, and what he took for it. */
export interface Yield {
  /** at most one of each currency; of equal ones the first counts */
  paid: readonly { currency: string; cents: number }[];
  /** logged */
  minutes: number;
  /** written by people of his */
  messages: number;
}

/** What a client brings in for an hour logged and for a message of his; the currency is the one most was paid in. */
export function incomeFrom({ paid, minutes, messages }: Yield): Income | null {
  const [most] = paid.toSorted((a, b) => b.cents - a.cents);
  if (most === undefined || most.cents === 0) return null;
  return {
    currency: most.currency,
    perHourCents: minutes < limits.loggedMinutes ? null : Math.round((most.cents * 60) / minutes),
    perMessageCents: messages < limits.messagesForIncome ? null : Math.round(most.cents / messages),
  };
}

/** {@link incomeFrom} what is known of one client. */
export function incomeOf(facts: Pick<SignFacts, 'invoices' | 'log' | 'messages'>): Income | null {
  const paid = new Map<string, number>();
  for (const invoice of facts.invoices) {
    const cents = invoice.payments
      .filter((one) => one.reversedAt === null)
      .reduce((sum, one) => sum + one.amountCents, 0);
    paid.set(invoice.currency, (paid.get(invoice.currency) ?? 0) + cents);
  }
  return incomeFrom({
    paid: [...paid].map(([currency, cents]) => ({ currency, cents })),
    minutes: minutesOf(facts.log),
    messages: humanIn(facts).length,
  });
}

/** Income per hour, or per message where no hours are logged, against the median of the owner's other clients. */
export function lowPay(facts: SignFacts): RedFlag | null {
  const own = incomeOf(facts);
  if (own === null) return null;
  const unit = own.perHourCents === null ? 'perMessageCents' : 'perHourCents';
  const cents = own[unit];
  if (cents === null) return null;
  const others = facts.others.filter((other) => other.currency === own.currency).flatMap((other) => other[unit] ?? []);
  const usual = median(others);
  if (others.length === 0 || cents >= usual * limits.lowPayRatio) return null;
  const each = unit === 'perHourCents' ? 'an hour' : 'for each message';
  const words = `${sumInWords(cents, own.currency)} ${each}, against a median of ${sumInWords(Math.round(usual), own.currency)} with ${count(others.length, 'other client')}`;
  const evidence = billed(facts).slice(-5).map(invoiceOf);
  return others.length < limits.otherClients
    ? tooFew('low-pay', `${count(others.length, 'other client')} to compare with: too few to tell`, evidence)
    : flag('low-pay', 1 - cents / usual, words, evidence);
}

/** Days from due to paid, and whether they grow. */
export function latePay(facts: SignFacts): RedFlag | null {
  const paid = facts.invoices
    .flatMap(settledDates)
    .map((one) => ({ ...one, daysLate: Math.max(0, one.daysLate) }))
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const late = paid.filter((one) => one.daysLate > 0);
  if (late.length === 0) return null;
  const evidence = late.slice(-5).map(({ invoiceId }) => ({ invoiceId }));
  const middle = median(paid.map((one) => one.daysLate));
  if (paid.length < limits.dueDates) {
    return tooFew(
      'late-pay',
      `${count(paid.length, 'due date')}: too few to tell (a median of ${count(middle, 'day')} late)`,
      evidence,
    );
  }
  const last = paid.slice(-3).map((one) => one.daysLate) as [number, number, number];
  const grows = last[0] < last[1] && last[1] < last[2];
  if (middle < limits.lateDays && !grows) return null;
  const trend = grows ? `, each of the last 3 later than the one before (${last.join(', ')})` : '';
  return flag(
    'late-pay',
    middle / 30 + (grows ? 0.3 : 0),
    `a median of ${count(middle, 'day')} late over ${paid.length} due dates${trend}`,
    evidence,
  );
}

/** What is unpaid for more than a month, or was given up. */
export function noPay(facts: SignFacts, now: Instant): RedFlag | null {
  const today = dayOf(now, facts.hours.timeZone);
  const old = facts.invoices
    .flatMap((invoice) => overdueDebts(debtsOf(invoice), today))
    .filter((debt) => daysBetween(debt.dueOn, today) >= limits.unpaidDays);
  const lost = facts.invoices.filter((invoice) => invoice.state === 'written-off');
  if (old.length === 0 && lost.length === 0) return null;
  const longest = Math.max(0, ...old.map((debt) => daysBetween(debt.dueOn, today)));
  const parts = [
    old.length > 0 ? `${sumsOf(old)} unpaid, the oldest for ${count(longest, 'day')}` : '',
    lost.length > 0 ? `${count(lost.length, 'invoice')} written off` : '',
  ].filter((part) => part !== '');
  const invoiceIds = [...new Set([...old.map((debt) => debt.invoiceId), ...lost.map((invoice) => invoice.id)])];
  return flag(
    'no-pay',
    lost.length > 0 ? 1 : longest / 90,
    parts.join('; '),
    invoiceIds.map((invoiceId) => ({ invoiceId })),
  );
}

const markWords: Record<OwnerMark, string> = {
  'no-time': 'no time for it',
  'outside-field': 'outside your field',
  'different-philosophy': 'a different philosophy',
  'outside-niche': 'outside your niche',
  'unclear-goals': 'unclear goals',
  'will-not-sign': 'will not sign',
};

function marked(facts: SignFacts): RedFlag[] {
  return ownerMarks.flatMap((mark) => {
    const found = facts.marks.find((one) => one.mark === mark);
    if (found === undefined) return [];
    return [flag(mark, 1, `marked by you: ${markWords[mark]}${found.note === '' ? '' : ` (${found.note})`}`, [])];
  });
}

// What the signs weigh

export type Weights = Readonly<Record<Sign, number>>;

export const defaultWeights: Weights = {
  'no-contract': 2,
  'out-of-hours': 1.5,
  pressure: 1.5,
  silence: 1,
  'scope-creep': 1.5,
  'wasted-time': 1,
  control: 1,
  'low-pay': 2,
  'late-pay': 1.5,
  'no-pay': 3,
  'no-time': 1,
  'outside-field': 1,
  'different-philosophy': 1,
  'outside-niche': 0.5,
  'unclear-goals': 1,
  'will-not-sign': 2,
};

export interface Weighed {
  /** the sum of strength times weight, to two decimals */
  total: number;
  /** the heaviest first; signs without strength are left out */
  parts: { flag: RedFlag; weight: number }[];
}

export function weigh(flags: readonly RedFlag[], weights: Weights = defaultWeights): Weighed {
  const parts = flags
    .map((one) => ({ flag: one, weight: rounded(one.strength * weights[one.sign]) }))
    .filter((part) => part.weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return { total: rounded(parts.reduce((sum, part) => sum + part.weight, 0)), parts };
}

export type NextStep = 'keep' | 'boundary' | 'raise-price' | 'ask-contract' | 'end';

export interface Suggestion {
  step: NextStep;
  /** the sign it answers; null for `keep` without any */
  sign: Sign | null;
  why: string;
}

/** Below the first nothing needs doing; from the second on, ending it is worth a thought. */
export const weightLevels = { light: 0.75, heavy: 5 } as const;

const answerTo: Record<Sign, NextStep> = {
  'no-contract': 'ask-contract',
  'out-of-hours': 'boundary',
  pressure: 'boundary',
  silence: 'boundary',
  'scope-creep': 'boundary',
  'wasted-time': 'boundary',
  control: 'boundary',
  'low-pay': 'raise-price',
  'late-pay': 'boundary',
  'no-pay': 'boundary',
  'no-time': 'raise-price',
  'outside-field': 'end',
  'different-philosophy': 'end',
  'outside-niche': 'keep',
  'unclear-goals': 'ask-contract',
  'will-not-sign': 'ask-contract',
};

/**
 * One step to consider: the answer to the heaviest sign. A client who weighs heavily is told where the line is before
 * ending it comes up, unless he was told already or does not pay at all.
 */
export function suggest(flags: readonly RedFlag[], context: { weights?: Weights; boundarySent: boolean }): Suggestion {
  const { total, parts } = weigh(flags, context.weights);
  const top = parts[0]?.flag;
  if (top === undefined) return { step: 'keep', sign: null, why: 'no sign weighs anything' };
  if (total < weightLevels.light)
    return { step: 'keep', sign: top.sign, why: `the signs weigh ${total}, which is little` };
  const unpaid = parts.find((part) => part.flag.sign === 'no-pay');
  if (total >= weightLevels.heavy && (context.boundarySent || (unpaid !== undefined && unpaid.flag.strength >= 0.8))) {
    const told = context.boundarySent ? 'and the line was drawn already' : 'and the work is not paid';
    return { step: 'end', sign: top.sign, why: `the signs weigh ${total}, ${told}: ${top.words}` };
  }
  return { step: answerTo[top.sign], sign: top.sign, why: `${top.sign} weighs most: ${top.words}` };
}

// Small readers

function flag(sign: Sign, strength: number, words: string, evidence: Evidence[]): RedFlag {
  return { sign, strength: rounded(Math.min(1, Math.max(0, strength))), words, evidence, tooFew: false };
}

function tooFew(sign: Sign, words: string, evidence: Evidence[]): RedFlag {
  return { sign, strength: 0, words, evidence, tooFew: true };
}

/** Lists, robots, receipts and out-of-office count for nothing. */
function humanIn(facts: Pick<SignFacts, 'messages'>): SignMessage[] {
  return facts.messages.filter((message) => message.direction === 'in' && message.kind === 'human');
}

function isContactIn(entry: SignLog): boolean {
  return entry.direction === 'in' && (entry.kind === 'call' || entry.kind === 'chat');
}

/** The third message and those after it that came while the answer was neither given nor due. */
function beforeAnswerWasDue(window: SignWindow, receivedAt: ReadonlyMap<number, Instant>, now: Instant): number[] {
  const end = Math.min(window.answeredAt ?? now, window.dueAt);
  const early = window.messageIds.filter((id) => (receivedAt.get(id) ?? Number.POSITIVE_INFINITY) <= end);
  return early.slice(limits.crowdedWindow - 1);
}

/** ', most between 21:00 and 22:00' when more than half of them were; else nothing is said of an hour. */
function busiestHour(moments: readonly Instant[], zone: TimeZone): string {
  const byHour = new Map<number, number>();
  for (const moment of moments) {
    const hour = Math.floor(wallClock(moment, zone).minute / 60);
    byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
  }
  const [hour, times] = [...byHour].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0] as [number, number];
  if (times * 2 <= moments.length) return '';
  return `, most between ${fullHour(hour)} and ${fullHour((hour + 1) % 24)}`;
}

function fullHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** Invoices that stand for work: not void. */
function billed(facts: Pick<SignFacts, 'invoices'>): Invoice[] {
  return facts.invoices.filter((invoice) => invoice.state !== 'void');
}

function invoiceOf(invoice: Invoice): Evidence {
  return { invoiceId: invoice.id };
}

function sumsOf(debts: readonly { openCents: number; currency: string }[]): string {
  const sums = new Map<string, number>();
  for (const debt of debts) sums.set(debt.currency, (sums.get(debt.currency) ?? 0) + debt.openCents);
  return [...sums].map(([currency, cents]) => sumInWords(cents, currency)).join(' and ');
}

function minutesOf(log: readonly SignLog[]): number {
  return log.reduce((sum, entry) => sum + (entry.minutes ?? 0), 0);
}

function hoursInWords(minutes: number): string {
  return `${Math.round(minutes / 6) / 10} h`;
}

/** 0 of nothing. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
