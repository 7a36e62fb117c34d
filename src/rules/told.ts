/**
 * What the owner is told, as values: a stable code and its facts; the words, and what to do next, are in `words/`. A
 * reason is part of a sentence; this is a sentence of its own, with a next step. Says nothing itself.
 */

/** What was told in words before it was a value. */
export interface ToldAsWritten {
  code: 'as-written';
  text: string;
  /** the next act, as a sentence; '' when there is none */
  next: string;
}

export function toldAsWritten(text: string, next = ''): ToldAsWritten {
  return { code: 'as-written', text, next };
}

/** A mailbox is not read until its owner signs in at the provider: see errors.ts, SignInNeed. */
export interface SignInWanted {
  code: 'sign-in-wanted';
  mailbox: string;
  title: string;
  why: 'absent' | 'foreign' | 'ended';
  said: string;
}

export type Told = ToldAsWritten | SignInWanted;
/** What stands in a sentence that was kept as such; none in what is a value. */
export function writtenIn(told: Told): { text: string; next: string } {
  return told.code === 'as-written' ? told : { text: '', next: '' };
}

export type ToldCode = Told['code'];
export type ToldOf<Code extends ToldCode> = Extract<Told, { code: Code }>;
