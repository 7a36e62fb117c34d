/** What a language says of each matter that the owner is told of. One without a sentence does not compile. */
import type { ToldCode, ToldOf } from '../../rules/told.ts';
import type { Say } from './reasons.ts';

/** Whole sentences. */
export interface Telling {
  text: string;
  /** the next act; '' when there is none */
  next: string;
}

export type ToldWords = { readonly [Code in ToldCode]: (told: ToldOf<Code>, say: Say) => Telling };
