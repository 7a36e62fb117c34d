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

export type Told = ToldAsWritten;
export type ToldCode = Told['code'];
export type ToldOf<Code extends ToldCode> = Extract<Told, { code: Code }>;
