/** What is wrong with an entry of the journal, as values. A type only. */
import type { Coded, NoFacts } from './coded.ts';

export type JournalProblem = Coded<{
  /** before the one that was met */
  'entry-missing': { entry: number };
  'entry-does-not-follow': NoFacts;
  'entry-text-changed': NoFacts;
  'erased-with-text': NoFacts;
  'entry-head-changed': NoFacts;
  'text-removed': NoFacts;
  'end-forgotten': NoFacts;
  'entries-cut-off': { from: number; to: number };
  'other-end': NoFacts;
}>;
