/**
 * How far a cycle has come on the ladder of today. A letter that left keeps its kind and effect: renaming its step,
 * moving it or taking it out neither sends it again nor undoes what it did. Reads no clock.
 */
import type { LadderStep } from './dunning.ts';
import type { LetterEffect, LetterKind } from './letter.ts';

/** Of a letter that left. */
export interface SentLetter {
  step: string;
  kind: LetterKind;
  effect: LetterEffect;
  /** nothing of what it asked for was due yet */
  upcoming: boolean;
}

export function isBeforeDue(step: Pick<LadderStep, 'afterDays'>): boolean {
  return step.afterDays <= 0;
}

/**
 * The index of the last step that counts as sent; -1 when none does. A letter counts for the step of its name when that
 * still sends the same, else for the first step that sends the same and is not taken by another letter.
 * @param sent the oldest first
 */
export function positionOf(ladder: readonly LadderStep[], sent: readonly SentLetter[]): number {
  const taken = new Set<number>();
  const unplaced = sent.filter((letter) => {
    const index = ladder.findIndex((step) => step.name === letter.step && sendsTheSame(step, letter));
    if (index >= 0) taken.add(index);
    return index < 0;
  });
  for (const letter of unplaced) {
    const index = ladder.findIndex((step, at) => !taken.has(at) && sendsTheSame(step, letter));
    if (index >= 0) taken.add(index);
  }
  return Math.max(-1, ...taken);
}

function sendsTheSame(step: LadderStep, letter: SentLetter): boolean {
  const isSameEffect = step.effect === letter.effect || letter.effect === 'pause';
  return step.letter === letter.kind && isSameEffect && isBeforeDue(step) === letter.upcoming;
}
