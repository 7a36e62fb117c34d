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
import { hasCodeOf, isReason, sayingOf } from './saying.ts';
import type { Words } from './words.ts';

const languages: Readonly<Record<Language, Words>> = { en, it };

export function wordsOf(language: Language): Words {
  return languages[language];
}

const voices: Readonly<Record<Language, Say>> = { en: sayingOf(en.reasons), it: sayingOf(it.reasons) };

/** A reason as part of a sentence: no capital before it, no full stop behind. */
export function say(reason: Reason, language: Language): string {
  return voices[language](reason);
}

/** What the owner is told: whole sentences, with the next step. */
export function tell(told: Told, language: Language): Telling {
  const sentences = wordsOf(language).told[told.code] as (told: Told, say: Say) => Telling;
  return sentences(told, voices[language]);
}

export { isReason };

export function isTold(value: unknown): value is Told {
  return hasCodeOf(value, en.told);
}

/** A fault, with what to do next. What is no value is said as it was written. */
export function sayFault(error: Error & { fault?: Fault | null; next?: string | undefined }, language: Language): Said {
  const { fault = null, message, next } = error;
  if (fault === null) return { what: message, next };
  const sentence = wordsOf(language).faults.sentences[fault.code] as (facts: Fault, say: Say) => Said;
  return sentence(fault, voices[language]);
}
