/**
 * How the program speaks to its owner: a reason, a day, a sum, in her language. What is said stands in the folder of the
 * language; this only chooses it. Letters to clients have words of their own.
 */
import type { Language } from '../rules/language.ts';
import type { Reason } from '../rules/reason.ts';
import type { Told } from '../rules/told.ts';
import type { Fault } from './parts/faults.ts';
import type { Said } from './said.ts';
import { en } from './en/en.ts';
import { it } from './it/it.ts';
import type { Say } from './parts/reasons.ts';
import type { Telling } from './parts/told.ts';
import type { Words } from './words.ts';

const languages: Readonly<Record<Language, Words>> = { en, it };

export function wordsOf(language: Language): Words {
  return languages[language];
}

const voices: Readonly<Record<Language, Say>> = { en: voiceOf(en), it: voiceOf(it) };

function voiceOf({ reasons }: Words): Say {
  const sentences = reasons as Readonly<Record<string, ((reason: Reason, say: Say) => string) | undefined>>;
  const say: Say = (reason) => {
    const sentence = sentences[reason.code];
    if (sentence !== undefined) return sentence(reason, say);
    // a condition of triage, which is said by what was seen
    return 'because' in reason && isReason(reason.because) ? say(reason.because) : reason.code;
  };
  return say;
}

/** A reason as part of a sentence: no capital before it, no full stop behind. */
export function say(reason: Reason, language: Language): string {
  return voices[language](reason);
}

/** What the owner is told: whole sentences, with the next step. */
export function tell(told: Told, language: Language): Telling {
  const sentences = wordsOf(language).told[told.code] as (told: Told, say: Say) => Telling;
  return sentences(told, voices[language]);
}

/** Whether a value of JSON is a reason: its code is one that can be said, or it says why by another. */
export function isReason(value: unknown): value is Reason {
  return hasCodeOf(value, en.reasons) || (isCoded(value) && isReason(value.because));
}

export function isTold(value: unknown): value is Told {
  return hasCodeOf(value, en.told);
}

function isCoded(value: unknown): value is { code: string; because?: unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { code?: unknown }).code === 'string';
}

function hasCodeOf(value: unknown, catalogue: object): boolean {
  return isCoded(value) && Object.hasOwn(catalogue, value.code);
}

/** A fault, with what to do next. What is no value is said as it was written. */
export function sayFault(error: Error & { fault?: Fault | null; next?: string | undefined }, language: Language): Said {
  const { fault = null, message, next } = error;
  if (fault === null) return { what: message, next };
  const sentence = wordsOf(language).faults.sentences[fault.code] as (facts: Fault) => Said;
  return sentence(fault);
}
