/**
 * What is said at the end of a case, by how the money went: which letter, whether the owner is asked first, and what
 * she is told when no rule is sure. Facts in, a value with its reason out; the words for the client are in letters/.
 */
import type { WorkState } from './client.ts';
import type { Approval, KindOf } from './letter.ts';
import { centsOf, type HowSettled, type Settlement } from './settlement.ts';

/** `settled-otherwise`: no money came, and it need not be paid (any more, or for now). */
export type ClosingKind = KindOf<'closing'>;

/** Why the owner is told of it. */
export type ClosingQuestion = 'written-off' | 'disputed' | 'postponed' | 'given-up-in-part' | 'end-announced';

export interface ClosingFacts {
  settlement: Settlement;
  /** a letter of this cycle that pauses the work has left, and nothing has ended the pause since */
  isPaused: boolean;
  /** the work is paused for another currency's case too */
  otherCasePaused: boolean;
  clientState: WorkState;
  /** the notice of termination has left, and runs */
  endAnnounced: boolean;
  /** what is given up below this is a matter of rounding, in minor units */
  leastCents: number;
  /** the owner wants thanks for payments that end no pause */
  thanks: boolean;
}

export interface Closing {
  /** null: nothing is written to the client */
  letter: { kind: ClosingKind; approval: Approval; resumes: boolean } | null;
  question: ClosingQuestion | null;
  why: SettledReason;
}

/** A way in which a part of what was asked for went. */
export type SettledWay = 'paid' | 'void' | 'credited' | 'written-off' | 'disputed';

export interface SettledReason {
  code: 'settled';
  how: HowSettled;
  /** when it went several ways */
  ways: readonly SettledWay[];
  /** what does not follow from it: the work stays paused, or ends all the same */
  besides: 'other-currency' | 'end-stands' | null;
}

const silent = (why: SettledReason, question: ClosingQuestion | null = null): Closing => ({
  letter: null,
  question,
  why,
});

/**
 * A letter that says that money arrived needs a payment; one that says that the work goes on needs a pause that left
 * and stands. Whatever was given up, disputed or put off is the owner's to judge: she is asked.
 */
export function closingOf(facts: ClosingFacts): Closing {
  const { settlement } = facts;
  const why = whyOf(settlement);
  if (settlement.how === 'nothing-asked') return silent(why);
  if (facts.clientState === 'ended' || facts.endAnnounced) return afterTheEnd(facts, why);
  if (!facts.isPaused) return withoutPause(facts, why);
  if (facts.otherCasePaused) return silent({ ...why, besides: 'other-currency' });
  return afterPause(facts, why);
}

/** The end stays as it is, whatever comes after it: "work resumes" would contradict the notice. */
function afterTheEnd({ settlement }: ClosingFacts, why: SettledReason): Closing {
  const isReceipt = settlement.received.length > 0;
  return {
    letter: isReceipt ? { kind: 'payment-received', approval: 'ask', resumes: false } : null,
    question: 'end-announced',
    why: { ...why, besides: 'end-stands' },
  };
}

function withoutPause({ settlement, thanks }: ClosingFacts, why: SettledReason): Closing {
  const kind = settlement.received.length > 0 ? 'payment-received' : 'settled-otherwise';
  const isSaid = thanks && settlement.writtenOff.length === 0 && settlement.stillOpen.length === 0;
  return { letter: isSaid ? { kind, approval: 'auto', resumes: false } : null, question: null, why };
}

function afterPause({ settlement, leastCents }: ClosingFacts, why: SettledReason): Closing {
  const { received, voided, credited, writtenOff, disputed, stillOpen } = settlement;
  const isGivenUp = centsOf(writtenOff) > 0 && (received.length === 0 || centsOf(writtenOff) >= leastCents);
  if (stillOpen.length > 0) return silent(why, 'postponed');
  if (received.length > 0) {
    const question = isGivenUp ? 'given-up-in-part' : centsOf(disputed) > centsOf(received) ? 'disputed' : null;
    const approval = question === null ? 'auto' : 'ask';
    return { letter: { kind: 'work-resumed', approval, resumes: true }, question, why };
  }
  if (isGivenUp || voided.length + credited.length + disputed.length === 0) return silent(why, 'written-off');
  const isDisputed = disputed.length > 0;
  const approval = isDisputed ? 'ask' : 'auto';
  const question = isDisputed ? 'disputed' : null;
  return { letter: { kind: 'settled-otherwise', approval, resumes: true }, question, why };
}

/** How a case ended. */
function whyOf({ how, received, voided, credited, writtenOff, disputed }: Settlement): SettledReason {
  const parts: [SettledWay, number][] = [
    ['paid', received.length],
    ['void', voided.length],
    ['credited', credited.length],
    ['written-off', writtenOff.length],
    ['disputed', disputed.length],
  ];
  const ways = how === 'mixed' ? parts.filter(([, count]) => count > 0).map(([way]) => way) : [];
  return { code: 'settled', how, ways, besides: null };
}
