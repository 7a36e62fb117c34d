/** The languages that letters are written in. A further one is a file beside these and a row here. */
import type { Language } from '../../rules/language.ts';
import { english } from './en.ts';
import { italian } from './it.ts';
import type { LetterLanguage } from './language.ts';

export type { Countable, RateUnit } from './language.ts';

export const letterLanguages: Readonly<Record<Language, LetterLanguage>> = { it: italian, en: english };
