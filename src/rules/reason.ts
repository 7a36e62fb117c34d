/**
 * Why something was decided, as a value: a stable code and the facts that it speaks of, never a sentence. Each rule owns
 * the reasons it gives; this is the list of all, which the languages in `words/` must be able to say. Says nothing itself.
 */
import type { ClosedReason } from './contact-hours.ts';

/** What was written as a sentence before reasons were values, or by a person. */
export interface AsWritten {
  code: 'as-written';
  text: string;
}

export type Reason = AsWritten | ClosedReason;
export type ReasonCode = Reason['code'];
export type ReasonOf<Code extends ReasonCode> = Extract<Reason, { code: Code }>;

export function asWritten(text: string): AsWritten {
  return { code: 'as-written', text };
}
