/** What a language calls letters and their states. */
import type { LetterKind, LetterState } from '../../rules/letter.ts';

export interface NameWords {
  letters: Readonly<Record<LetterKind, string>>;
  letterStates: Readonly<Record<LetterState, string>>;
}
