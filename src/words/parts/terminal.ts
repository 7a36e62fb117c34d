/**
 * What a language says in the terminal and in what is printed from it. The English words of a command say what there is;
 * every other language has to bring the same, or it does not compile.
 */
import type { NextStep } from '../../rules/sign.ts';
export type CodeWords = typeof import('../en/terminal/codes.ts').codes;
export type DailyWords = typeof import('../en/terminal/daily.ts').daily;
export type LettersWords = typeof import('../en/terminal/letters.ts').letters;
export type MailWords = typeof import('../en/terminal/mail.ts').mail;
export type StatusWords = typeof import('../en/terminal/status.ts').status;
export type ClientsWords = typeof import('../en/terminal/clients.ts').clients;
export type ExitWords = typeof import('../en/terminal/steps.ts').exit;
export type MoneyWords = typeof import('../en/terminal/money.ts').money;
export type RequestWords = typeof import('../en/terminal/steps.ts').requests;
export type DoctorWords = typeof import('../en/terminal/doctor.ts').doctor;
export type SetupWords = typeof import('../en/terminal/setup.ts').setup;
export type ReportWords = typeof import('../en/terminal/report.ts').report;
export type LearnWords = typeof import('../en/terminal/learn.ts').learn;
export type LookBackWords = typeof import('../en/terminal/lessons.ts').lookBack;
export type IntakeWords = typeof import('../en/terminal/lessons.ts').intake;
export type LessonWords = typeof import('../en/terminal/lessons.ts').lessons;
export type DossierWords = typeof import('../en/terminal/dossier.ts').dossier;
export type WeekWords = typeof import('../en/terminal/week.ts').week;

export interface TerminalWords {
  steps: Readonly<Record<NextStep, string>>;
  codes: CodeWords;
  daily: DailyWords;
  letters: LettersWords;
  mail: MailWords;
  clients: ClientsWords;
  exit: ExitWords;
  money: MoneyWords;
  requests: RequestWords;
  doctor: DoctorWords;
  setup: SetupWords;
  report: ReportWords;
  status: StatusWords;
  week: WeekWords;
  dossier: DossierWords;
  lookBack: LookBackWords;
  intake: IntakeWords;
  lessons: LessonWords;
  learn: LearnWords;
}
