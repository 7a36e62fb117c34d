/** What a language says on the page of one client. */
import type { HoldReason } from '../../rules/hold.ts';
import type { Sign } from '../../rules/red-flags.ts';

/** Parts of a timeline that can be looked at alone. */
export type TimelinePart = 'all' | 'mail' | 'calls' | 'letters' | 'money' | 'holds';

/** What was agreed with a client, by the name it has in files. */
export type TermLabel =
  | 'contractSignedOn'
  | 'scope'
  | 'revisionsIncluded'
  | 'paymentDays'
  | 'currency'
  | 'rate'
  | 'rateUnit'
  | 'noticeDays'
  | 'pauseClause'
  | 'exitClause'
  | 'workPrepaidUntil'
  | 'startedOn'
  | 'niche'
  | 'ladder';

export interface ClientPageWords {
  signs: string;
  noSigns: string;
  signNames: Readonly<Record<Sign, string>>;
  evidence: string;
  /** message, invoice, entry of the log, request */
  inMessage: string;
  onInvoice: string;
  inLog: string;
  inRequest: string;
  holdReasons: Readonly<Record<HoldReason, string>>;
  until(moment: string): string;
  writes: string;
  /** the picture, for who does not see it */
  writesInWords(total: number, outOfHours: number): string;
  promises: string;
  promisesInWords(kept: number, late: number, missed: number): string;
  lastYear: string;
  boundary: string;
  boundaryHint: string;
  boundaryKinds: Readonly<Record<'boundary' | 'decisions' | 'scope' | 'contract', string>>;
  write: string;
  written: string;
  waitsAlready: string;
  terms: string;
  termLabels: Readonly<Record<TermLabel, string>>;
  termHint: string;
  termsSaved: string;
  projects: string;
  projectName: string;
  projectStates: Readonly<Record<'active' | 'paused' | 'ended', string>>;
  projectActs: Readonly<Record<'add' | 'pause' | 'resume' | 'end', string>>;
  projectDone: string;
  dossier: string;
  dossierHint: string;
  dossierRead: string;
  dossierPdf: string;
  parts: Readonly<Record<TimelinePart, string>>;
  more: string;
  /** one entry of the timeline, from what is known of it */
  entry: {
    ofInvoice(number: string | null, sum: string | null): string;
    takenBack: string;
    enteredOn(day: string): string;
    unsure: string;
    hold(reason: string, number: string | null, until: string | null): string;
  };
  suggestion: string;
}
