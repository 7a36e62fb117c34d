/** What a step of the ladder does, and whether it asks, where the owner has not said so herself. */
import type { LadderStep } from './dunning.ts';
import { kindRecords } from './letter.ts';

type SaidStep = Pick<LadderStep, 'letter'> & {
  effect?: LadderStep['effect'] | undefined;
  approval?: LadderStep['approval'] | undefined;
};

/** By its letter: a pause pauses, a termination ends, and a reminder does nothing besides. */
export function effectOf({ letter, effect }: SaidStep): LadderStep['effect'] {
  if (effect !== undefined) return effect;
  const usual = kindRecords[letter].effect;
  return usual === 'pause' || usual === 'terminate' ? usual : 'none';
}

/** A reminder goes by itself; what does something asks, and so does what its letter's record says must. */
export function approvalOf(step: SaidStep): LadderStep['approval'] {
  const { approval } = kindRecords[step.letter];
  if (approval === 'always-ask') return 'ask';
  return step.approval ?? (effectOf(step) === 'none' ? approval : 'ask');
}
