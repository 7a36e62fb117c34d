/** What a language says of each reason that a rule can give. A reason without a sentence does not compile. */
import type { ReasonCode, ReasonOf } from '../../rules/reason.ts';

export type Sentences = { readonly [Code in ReasonCode]: (reason: ReasonOf<Code>) => string };
