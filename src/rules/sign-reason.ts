/**
 * What a warning sign saw in the record, as a value: a code for each sign, with the figures that it speaks of. A sign
 * without a code of its own here does not compile; the sentences are in `words/`. Judges nothing, says nothing.
 */
import type { Coded } from './coded.ts';
import type { Sum } from './money.ts';
import type { LocalDay } from './time.ts';

/** What only the owner can judge, by the name of the sign. */
export type MarkName =
  | 'no-time'
  | 'outside-field'
  | 'different-philosophy'
  | 'outside-niche'
  | 'unclear-goals'
  | 'will-not-sign'
  | 'too-close';

/** `messages`: so many in which the client says it; `logged`: so many entries of the owner's log. */
export type Shown = Coded<{
  /** `invoices`: null: the owner said that there is no contract */
  'shows-no-contract': { invoices: number | null; since: LocalDay };
  'shows-refuses-contract': { messages: number };
  /** `most`: the full hour in which more than half of them were; null: none */
  'shows-out-of-hours': { out: number; contacts: number; most: number | null };
  /** `again`: sent before an answer was due */
  'shows-pressure': { urgent: number; again: number; messages: number };
  'shows-silence': { requests: number; open: number; medianDays: number; longestDays: number };
  /** `changes`: messages that ask for more of them than is included; null: none beyond it */
  'shows-scope-creep': {
    requests: number;
    hasScope: boolean;
    changes: { messages: number; included: number } | null;
  };
  'shows-indecision': { rounds: number; days: number };
  'shows-wasted-time': { talkMinutes: number; minutes: number };
  /** `perPiece`: messages for each piece handed over; null: they are not many */
  'shows-control': { perPiece: number | null; pieces: number; messages: number };
  'shows-low-pay': { each: 'hour' | 'message'; own: Sum; usual: Sum; others: number };
  'shows-refuses-price': { messages: number; logged: number };
  'shows-late-pay': { medianDays: number; dueDates: number };
  /** `daysLate`: of the last payments, each later than the one before */
  'shows-pays-later': { messages: number; daysLate: readonly number[] };
  'shows-no-pay': { unpaid: readonly Sum[]; longestDays: number; writtenOff: number };
  'shows-threat': { messages: number; logged: number };
  'shows-closeness': { messages: number; meals: number };
  /** `via`: the apps by name, where they were told */
  'shows-untraceable-channel': { chats: number; via: readonly string[] };
  'shows-own-hours': { late: number; done: number };
}>;

/** Of what one sign saw; a sign that has no code yields none. */
export type ShownBy<Name extends string> = Extract<Shown, { code: `shows-${Name}` }>;

/** `note`: her own words; '' for none. */
export type Marked = { code: 'marked-by-you'; mark: MarkName; note: string };

/** There is something, but too little of it for a verdict. */
export interface TooFew<What extends Shown = Shown> {
  code: 'too-few';
  shown: What;
}

export type SignReason = Shown | Marked | TooFew;
