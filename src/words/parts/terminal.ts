/** What a language says in the terminal and in what is printed from it. */
import type { NextStep } from '../../rules/sign.ts';

export interface TerminalWords {
  steps: Readonly<Record<NextStep, string>>;
}
