/**
 * What a warning sign is: one record in a file of its own (signs/NAME.ts), with the sentences it listens for, its rule,
 * its weight and its words. Here stand the types that all of them share and small readers of the facts.
 */
import type { Terms } from './client.ts';
import type { ContactHours } from './contact-hours.ts';
import type { Invoice } from './invoice.ts';
import type { MessageKind } from './message.ts';
import type { Phrases } from './phrases.ts';
import type { MarkName, Marked, Shown, ShownBy, SignReason, TooFew } from './sign-reason.ts';
import type { Instant, LocalDay } from './time.ts';

export interface Evidence {
  messageId?: number;
  invoiceId?: number;
  logId?: number;
  requestId?: number;
  /** the client's own words, one sentence */
  quote?: string;
}

export interface Finding<Words extends SignReason = SignReason> {
  /** 0..1; 0 when there is too little to tell */
  strength: number;
  /** what was seen, with its figures; each language says it */
  words: Words;
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
  /** what the client wrote himself; empty where no word of any phrase occurs. Signs do not read it: they listen */
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
  kind: 'call' | 'meeting' | 'chat' | 'note' | 'work' | 'lunch' | 'dinner' | 'price' | 'attack';
  at: Instant;
  minutes: number | null;
  direction: 'in' | 'out' | null;
  outOfHours: boolean;
  /** by which channel; null: not said */
  via?: string | null;
  text?: string;
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
  marks: readonly { mark: string; note: string }[];
  /** what the client brings in; null: too little on record */
  income: Income | null;
  /** the owner's other clients */
  others: readonly Income[];
  /** messages of the other clients for each piece handed over */
  othersMessagesPerDelivery: readonly number[];
  hours: ContactHours;
}

/** What a rule is given: everything but the texts, which it can only hear through the register. */
export type RuleFacts = Omit<SignFacts, 'messages'> & { messages: readonly Omit<SignMessage, 'newText'>[] };

/** One message of a person at the client, and what was heard in it: at least one sentence. */
export interface HeardMessage {
  messageId: number;
  receivedAt: Instant;
  quotes: readonly [string, ...string[]];
}

export interface SignRecord<Name extends string = string, Kind extends string = string> {
  name: Name;
  /** what it counts for unless the configuration says otherwise */
  weight: number;
  /** which kind of difficult client it speaks of */
  type: ClientType;
  /** what answers it */
  answer: NextStep;
  /** the sentences it listens for, by the name of what is heard; their words are what the search index is asked for */
  listens: Readonly<Record<Kind, Phrases>>;
  /** the owner marks it: no rule can find it */
  marked: boolean;
  rule: (facts: RuleFacts, now: Instant, heard: (kind: Kind) => HeardMessage[]) => Finding | null;
}

/** The kinds of client that freelancers write of: what somebody is told who asks "what is it with this one?". */
export const clientTypes = [
  'silent',
  'controlling',
  'pays-later',
  'does-not-pay',
  'at-any-hour',
  'indecisive',
  'asks-for-more',
  'without-contract',
  'low-pay',
  'attacks',
  'too-close',
  'not-for-you',
] as const;
export type ClientType = (typeof clientTypes)[number];

export const nextSteps = [
  'keep',
  'boundary',
  'decisions',
  'scope',
  'ask-contract',
  'raise-price',
  'in-advance',
  'by-mail',
  'own-hours',
  'nudge',
  'archive',
  'refer',
  'document',
  'pause',
  'end',
  'exit',
] as const;
export type NextStep = (typeof nextSteps)[number];

/** A sign that is read from the record. What it hears is what it says that it listens for, and nothing else. */
export function sign<const Name extends string, Kind extends string = never>(
  record: Omit<SignRecord<Name, Kind>, 'listens' | 'marked' | 'rule'> & {
    listens?: Readonly<Record<Kind, Phrases>>;
    /** it tells what it saw by its own code */
    rule: (
      ...given: Parameters<SignRecord<Name, Kind>['rule']>
    ) => Finding<ShownBy<Name> | TooFew<ShownBy<Name>>> | null;
  },
): SignRecord<Name> & { marked: false } {
  const silent = {} as Readonly<Record<Kind, Phrases>>;
  return { ...record, listens: record.listens ?? silent, marked: false } as SignRecord<Name> & { marked: false };
}

/** A sign that only the owner can judge. */
export function markedSign<const Name extends MarkName>(
  record: Pick<SignRecord<Name>, 'name' | 'weight' | 'type' | 'answer'>,
): SignRecord<Name> & { marked: true } {
  return {
    ...record,
    listens: {},
    marked: true,
    rule({ marks }) {
      const found = marks.find((one) => one.mark === record.name);
      if (found === undefined) return null;
      return speaks(1, { code: 'marked-by-you', mark: record.name, note: found.note }, []);
    },
  };
}

/** @param strength kept between 0 and 1, to two decimals */
export function speaks<const Words extends Shown | Marked>(
  strength: number,
  words: Words,
  evidence: Evidence[],
): Finding<Words> {
  return { strength: rounded(Math.min(1, Math.max(0, strength))), words, evidence, tooFew: false };
}

/** There is something, but too little of it for a verdict. */
export function tooFew<const Words extends Shown>(shown: Words, evidence: Evidence[]): Finding<TooFew<Words>> {
  return { strength: 0, words: { code: 'too-few', shown }, evidence, tooFew: true };
}

/** The first sentence of each. */
export function quotesOf(heard: readonly HeardMessage[]): Evidence[] {
  return heard.map(({ messageId, quotes }) => ({ messageId, quote: quotes[0] }));
}

// Small readers

/** Lists, robots, receipts and out-of-office count for nothing. */
export function humanIn<Message extends Pick<SignMessage, 'direction' | 'kind'>>(facts: {
  messages: readonly Message[];
}): Message[] {
  return facts.messages.filter((message) => message.direction === 'in' && message.kind === 'human');
}

export function isContactIn(entry: SignLog): boolean {
  return entry.direction === 'in' && (entry.kind === 'call' || entry.kind === 'chat');
}

/** Talk with the client, whoever began it. */
export function isTalk({ kind }: Pick<SignLog, 'kind'>): boolean {
  return kind === 'call' || kind === 'chat' || kind === 'meeting' || kind === 'lunch' || kind === 'dinner';
}

/** Invoices that stand for work: not void. */
export function billed(facts: Pick<SignFacts, 'invoices'>): Invoice[] {
  return facts.invoices.filter((invoice) => invoice.state !== 'void');
}

export function invoiceOf(invoice: Invoice): Evidence {
  return { invoiceId: invoice.id };
}

export function minutesOf(log: readonly SignLog[]): number {
  return log.reduce((sum, entry) => sum + (entry.minutes ?? 0), 0);
}

/** 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
