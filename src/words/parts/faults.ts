/** What a language says of what went wrong. */
import type { Say } from './reasons.ts';

/** What the system says of a file, by errno name. */
export type FileFault =
  | 'EACCES'
  | 'EPERM'
  | 'ENOENT'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'EEXIST'
  | 'ENOTEMPTY'
  | 'ENOSPC'
  | 'EDQUOT'
  | 'EROFS'
  | 'ENAMETOOLONG'
  | 'ELOOP'
  | 'EMFILE'
  | 'EIO';

/** What can go wrong, as the English sentences say it: every other language has to bring the same, or it does not compile. */
export type FaultSentences = typeof import('../en/faults/sentences.ts').sentences;
export type ServerFaults = typeof import('../en/faults/servers.ts').servers;

type FactsOf<Sentence> = Sentence extends (facts: infer Facts, say: Say) => unknown
  ? Facts extends Record<string, unknown>
    ? Facts
    : Record<never, never>
  : never;

/** What went wrong, as a value: a stable code with the facts that its sentence speaks of. */
export type Fault = {
  [Code in keyof FaultSentences]: { code: Code } & FactsOf<FaultSentences[Code]>;
}[keyof FaultSentences];

export interface FaultWords {
  sentences: FaultSentences;
  /** before the place, and before the next step */
  where: string;
  next: string;
  inTheProgram(message: string): string;
  reportIt: string;
  belongsTo(path: string, name: string): string;
  checkPath: string;
  runAs(name: string): string;
  ofFile: Readonly<Record<FileFault, string>>;
}
