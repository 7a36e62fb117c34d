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

export interface TerminalWords {
  steps: Readonly<Record<NextStep, string>>;
  codes: CodeWords;
  daily: DailyWords;
  letters: LettersWords;
  mail: MailWords;
  status: StatusWords;
}
