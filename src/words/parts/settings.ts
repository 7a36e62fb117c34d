/** What a language says on the page of the settings. */

/** A part of the settings that is changed in one go. */
export type SettingsPart =
  | 'sending'
  | 'hours'
  | 'phone'
  | 'closures'
  | 'holidays'
  | 'answering'
  | 'ladder'
  | 'language';

/** A setting by its place in config.json; days of a week share a name. */
export type SettingName =
  | 'sending.mode'
  | 'sending.perDay'
  | 'sending.perClientPerDay'
  | 'contactHours'
  | 'phoneHours'
  | 'contactHours.closures'
  | 'contactHours.holidays.country'
  | 'contactHours.holidays.region'
  | 'contactHours.holidays.extra'
  | 'responseWindow.hours'
  | 'responseWindow.count'
  | 'acknowledgement.enabled'
  | 'acknowledgement.holdMinutes'
  | 'acknowledgement.to'
  | 'dunning.steps'
  | 'owner.language'
  | 'templatesDir';

export interface SettingsWords {
  heading: string;
  /** what the page does and does not do */
  intro: string;
  parts: Readonly<Record<SettingsPart, { title: string; hint: string }>>;
  names: Readonly<Record<SettingName, string>>;
  /** what belongs there, said when it was something else */
  wanted: Readonly<Record<SettingName, string>>;
  modes: Readonly<Record<'review' | 'live', string>>;
  counts: Readonly<Record<'elapsed' | 'working-days', string>>;
  to: Readonly<Record<'clients' | 'everyone', string>>;
  approvals: Readonly<Record<'auto' | 'ask', string>>;
  languages: Readonly<Record<'it' | 'en', string>>;
  yes: string;
  no: string;
  /** no value */
  none: string;
  sameAsContact: string;
  /** how hours are written, and that they can be painted */
  weekHint: string;
  closureFrom: string;
  closureTo: string;
  closureNote: string;
  extraDate: string;
  extraName: string;
  /** an empty line is no entry */
  emptyLines: string;
  stepLetter: string;
  stepAfter: string;
  stepGap: string;
  stepApproval: string;
  noStep: string;
  /** one step in words */
  step(letter: string, afterDays: number, gapDays: number, approval: string): string;
  look: string;
  changes: string;
  before: string;
  after: string;
  save: string;
  back: string;
  nothing: string;
  faulty: string;
  /** asked once: letters leave by themselves from now on */
  goesLive: string;
  kept(file: string): string;
  saved: string;
  restored: string;
  /** the change before can be put back */
  earlier: string;
  putBack: string;
  byCommand: string;
  byCommandHint: string;
  server(host: string, user: string): string;
  passwordIn: Readonly<Record<'env' | 'command' | 'file' | 'keyring' | 'other', string>>;
  file: string;
  wording: {
    heading: string;
    intro: string;
    letter: string;
    tones: Readonly<Record<'formal' | 'informal', string>>;
    own: string;
    words: string;
    subjectAndText: string;
    variables: string;
    forClient: string;
    example: string;
    preview: string;
    show: string;
    sample: string;
    faulty: string;
    line(line: number): string;
    saved: string;
    dropped: string;
    useOurs: string;
    /** where it will be written */
    folder(folder: string): string;
  };
}
