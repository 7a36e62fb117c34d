/** How a language's sentences say a reason, and a reason within it. Chooses no language. */
import type { Reason } from '../rules/reason.ts';
import { reasons as english } from './en/reasons.ts';
import type { Say, Sentences } from './parts/reasons.ts';

export function sayingOf(reasons: Sentences): Say {
  const sentences = reasons as Readonly<Record<string, ((reason: Reason, say: Say) => string) | undefined>>;
  const say: Say = (reason) => {
    const sentence = sentences[reason.code];
    if (sentence !== undefined) return sentence(reason, say);
    // a condition of triage, which is said by what was seen
    return 'because' in reason && isReason(reason.because) ? say(reason.because) : reason.code;
  };
  return say;
}

/** Whether a value of JSON is a reason: its code is one that can be said, or it says why by another. */
export function isReason(value: unknown): value is Reason {
  return hasCodeOf(value, english) || (isCoded(value) && isReason(value.because));
}

function isCoded(value: unknown): value is { code: string; because?: unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';
}

/** Whether a value bears a code of this catalogue. */
export function hasCodeOf(value: unknown, catalogue: object): boolean {
  return isCoded(value) && Object.hasOwn(catalogue, value.code);
}
