/**
 * Ladders that come with the program, and which one a client is on: the one named for her, else the studio's. Decides no
 * step and reads no clock.
 */
import type { Client, LadderName } from './client.ts';
import { defaultLadder, type LadderStep } from './dunning.ts';
import { approvalOf, effectOf } from './ladder-step.ts';
import type { Settings } from './settings.ts';
import { addDays, type LocalDay } from './time.ts';

type Sketch = Pick<LadderStep, 'letter' | 'afterDays' | 'afterPreviousDays'> & { name?: string };

function ladder(steps: readonly Sketch[]): LadderStep[] {
  return steps.map((step) => ({
    name: step.name ?? step.letter,
    letter: step.letter,
    afterDays: step.afterDays,
    afterPreviousDays: step.afterPreviousDays,
    approval: approvalOf(step),
    effect: effectOf(step),
  }));
}

export const ladders: Readonly<Record<LadderName, readonly LadderStep[]>> = {
  // reminder, pause, end
  three: defaultLadder,
  // what hurts has a letter of its own before it
  announced: ladder([
    { letter: 'payment-reminder', afterDays: 3, afterPreviousDays: 0 },
    { letter: 'pause-notice', afterDays: 10, afterPreviousDays: 5 },
    { letter: 'work-paused', afterDays: 18, afterPreviousDays: 8 },
    { letter: 'final-demand', afterDays: 32, afterPreviousDays: 14 },
    { letter: 'termination', afterDays: 50, afterPreviousDays: 16 },
  ]),
  // nothing that hurts
  gentle: ladder([
    { name: 'before-due', letter: 'payment-reminder', afterDays: -3, afterPreviousDays: 0 },
    { letter: 'payment-reminder', afterDays: 3, afterPreviousDays: 0 },
    { name: 'second-reminder', letter: 'payment-reminder', afterDays: 14, afterPreviousDays: 7 },
  ]),
};

/** The ladder that letters to this client follow. */
export function ladderFor(
  { dunning }: Pick<Settings, 'dunning'>,
  client: { terms: Pick<Client['terms'], 'ladder'> } | undefined,
): readonly LadderStep[] {
  const own = client?.terms.ladder ?? null;
  return own === null ? dunning.steps : ladders[own];
}

/** Due days up to this one are a matter for the ladder: yesterday, or as far ahead as its first step before the due day. */
export function opensUpTo(steps: readonly LadderStep[], today: LocalDay): LocalDay {
  return addDays(today, -Math.min(1, ...steps.map((step) => step.afterDays)));
}
