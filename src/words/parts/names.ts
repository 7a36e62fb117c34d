/** What a language calls letters and their states. */
import type { HoldReason } from '../../rules/hold.ts';
import type { LetterKind, LetterState } from '../../rules/letter.ts';

export interface NameWords {
  letters: Readonly<Record<LetterKind, string>>;
  letterStates: Readonly<Record<LetterState, string>>;
  /** what a hold of this reason says to whoever asks why a letter waits */
  holdReasons: Readonly<Record<HoldReason, string>>;
}
