export interface Played {
  id: string;
  ok: boolean;
  seen: string;
  detail: string;
}

export type JudgeCase = Record<string, unknown> & { file: string };
export type Absence = Record<string, unknown> & { lang: string; body: string };

/** @param program decideMessage, HandClock, checkConfig, silentLog, parse, instant, isOutOfOffice, outOfOfficeUntil */
export function playJudge(one: JudgeCase, options: { folder: string }, program: object): Promise<Played>;
export function playAbsence(one: Absence, options: object, program: object): Promise<Played>;
