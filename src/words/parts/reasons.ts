/**
 * What a language says of each reason that a rule can give. A reason without a sentence does not compile. What triage
 * gives says by itself which condition held; it is said by what was seen.
 */
import type { Reason, ReasonOf } from '../../rules/reason.ts';
import type { TriageReason } from '../../rules/triage.ts';

/** A reason within a reason, in the same language. */
export type Say = (reason: Reason) => string;

/** Those whose words are all their own. */
export type SaidReason = Exclude<Reason, TriageReason>;

/** What was kept as a sentence before it was a value. */
export function seenWords(kept: Reason | string, say: Say): string {
  return typeof kept === 'string' ? kept : say(kept);
}

/** Parts of sentences: no capital before them, no full stop behind. */
export type SentencesOf<Some extends Reason> = {
  readonly [Code in Some['code']]: (reason: ReasonOf<Code>, say: Say) => string;
};

export type Sentences = SentencesOf<SaidReason>;
