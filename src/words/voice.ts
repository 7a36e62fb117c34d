/**
 * How the program speaks to its owner: a reason, a day, a sum, in her language. What is said stands in the folder of the
 * language; this only chooses it. Letters to clients have words of their own.
 */
import type { Language } from '../rules/language.ts';
import type { Reason } from '../rules/reason.ts';
import { en } from './en/en.ts';
import { it } from './it/it.ts';
import type { Words } from './words.ts';

const languages: Readonly<Record<Language, Words>> = { en, it };

export function wordsOf(language: Language): Words {
  return languages[language];
}

/** A reason as part of a sentence: no capital before it, no full stop behind. */
export function say(reason: Reason, language: Language): string {
  const words = wordsOf(language);
  const sentence = words.reasons[reason.code] as (reason: Reason) => string;
  return sentence(reason);
}
