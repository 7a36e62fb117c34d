/**
 * The register of warning signs: which there are, what they find of one client, what they weigh. A new sign joins by its import and one line of the list; everything else about it stands in its own file. A sign is never an
 * accusation and nothing is sent because of one. Reads no clock, no mailbox, no database.
 */
import type { Phrases } from './phrases.ts';
import { sentences } from './sign-words.ts';
import {
  type ClientType,
  type Finding,
  type HeardMessage,
  humanIn,
  type NextStep,
  rounded,
  type SignFacts,
  type SignRecord,
} from './sign.ts';
import { closeness } from './signs/closeness.ts';
import { control } from './signs/control.ts';
import { differentPhilosophy } from './signs/different-philosophy.ts';
import { indecision } from './signs/indecision.ts';
import { latePay } from './signs/late-pay.ts';
import { lowPay } from './signs/low-pay.ts';
import { noContract } from './signs/no-contract.ts';
import { noPay } from './signs/no-pay.ts';
import { noTime } from './signs/no-time.ts';
import { outOfHoursHabit } from './signs/out-of-hours.ts';
import { ownHours } from './signs/own-hours.ts';
import { outsideField } from './signs/outside-field.ts';
import { outsideNiche } from './signs/outside-niche.ts';
import { paysLater } from './signs/pays-later.ts';
import { pressure } from './signs/pressure.ts';
import { refusesContractSign } from './signs/refuses-contract.ts';
import { refusesPriceSign } from './signs/refuses-price.ts';
import { scopeCreep } from './signs/scope-creep.ts';
import { silence } from './signs/silence.ts';
import { threat } from './signs/threat.ts';
import { tooClose } from './signs/too-close.ts';
import { unclearGoals } from './signs/unclear-goals.ts';
import { untraceableChannel } from './signs/untraceable-channel.ts';
import { wastedTime } from './signs/wasted-time.ts';
import { willNotSign } from './signs/will-not-sign.ts';
import type { Instant } from './time.ts';

/** In the order in which they are listed. */
const register = [
  noContract,
  refusesContractSign,
  outOfHoursHabit,
  pressure,
  silence,
  scopeCreep,
  indecision,
  wastedTime,
  control,
  lowPay,
  refusesPriceSign,
  latePay,
  paysLater,
  noPay,
  threat,
  closeness,
  untraceableChannel,
  ownHours,
  noTime,
  outsideField,
  differentPhilosophy,
  outsideNiche,
  unclearGoals,
  willNotSign,
  tooClose,
] as const;

type Registered = (typeof register)[number];
export type Sign = Registered['name'];
export type OwnerMark = Extract<Registered, { marked: true }>['name'];

export const signs: readonly Sign[] = register.map((one) => one.name);

/** What only the owner can judge. */
export const ownerMarks = register.filter((one) => one.marked).map((one) => one.name) as readonly OwnerMark[];

const recordOf = Object.fromEntries(register.map((one) => [one.name, one])) as Readonly<Record<Sign, SignRecord<Sign>>>;

export interface RedFlag extends Finding {
  sign: Sign;
}

/** All that can be said of one client: signs that speak and signs with too small a sample, in the order of {@link signs}. */
export function redFlags(facts: SignFacts, now: Instant): RedFlag[] {
  return signs.flatMap((name) => redFlag(name, facts, now) ?? []);
}

/** What one sign says; null: nothing. */
export function redFlag(name: Sign, facts: SignFacts, now: Instant): RedFlag | null {
  const found = recordOf[name].rule(facts, now, (kind) => heardOf(facts, recordOf[name].listens[kind] as Phrases));
  return found === null ? null : { sign: name, ...found };
}

// What is heard

function heardOf(facts: SignFacts, phrases: Phrases): HeardMessage[] {
  return humanIn(facts).flatMap((message) => {
    const [first, ...rest] = sentences(message.newText).filter((sentence) => phrases.hears(sentence));
    return first === undefined
      ? []
      : [{ messageId: message.id, receivedAt: message.receivedAt, quotes: [first, ...rest] as const }];
  });
}

const heardBy: ReadonlyMap<string, Phrases> = new Map(
  register.flatMap((one: SignRecord) => Object.entries(one.listens)),
);

/** Names of what can be heard; two signs may listen for the same. */
export const heardKinds: readonly string[] = [...heardBy.keys()];

/** Everything that is heard in one sentence. It proves nothing by itself and accuses nobody. */
export function heardIn(sentence: string): string[] {
  return heardKinds.filter((kind) => hears(kind, sentence));
}

/** Whether a sentence is heard as this. */
export function hears(kind: string, sentence: string): boolean {
  return heardBy.get(kind)?.hears(sentence) === true;
}

/**
 * For each phrase of each sign words that a text must hold for it to be heard: of each inner list at least one. The
 * search index is asked for them, so that no sign listens for what it is never given.
 */
export const heardCues: Phrases['cues'] = [...heardBy.values()].flatMap((each) => each.cues);

// What the signs weigh

export type Weights = Readonly<Record<Sign, number>>;

export const defaultWeights = Object.fromEntries(register.map((one) => [one.name, one.weight])) as Weights;

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

/** What answers a sign, as its file says. */
export function answerOf(sign: Sign): NextStep {
  return recordOf[sign].answer;
}

/** Which kind of client it speaks of. */
export function typeOf(sign: Sign): ClientType {
  return recordOf[sign].type;
}

/** Whether only the owner can judge it. */
export function isMarked(sign: Sign): sign is OwnerMark {
  return recordOf[sign].marked;
}
