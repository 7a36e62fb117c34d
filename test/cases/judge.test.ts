/** Single mails and absences that were judged wrongly once, with what is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Absence, type JudgeCase, playAbsence, type Played, playJudge } from '../../bench/cases/judge.mjs';
import { decideMessage } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { checkConfig } from '../../src/config.ts';
import { silentLog } from '../../src/log.ts';
import { parse } from '../../src/mail/parse.ts';
import { instant } from '../../src/rules/time.ts';
import { isOutOfOffice, outOfOfficeUntil } from '../../src/rules/triage.ts';

const program = { decideMessage, HandClock, checkConfig, silentLog, parse, instant, isOutOfOffice, outOfOfficeUntil };
const folder = join(import.meta.dirname, 'judge');
const read = (path: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'));
/** Empty when it is as wanted: else what is wrong. */
function wrongIn({ ok, seen }: Played): string {
  return ok ? '' : seen;
}

describe('mails', () => {
  const cases = read('judge/cases.json') as JudgeCase[];
  it.each(cases.map((one) => [one.file, one] as const))('%s', async (_, one) => {
    expect(wrongIn(await playJudge(one, { folder }, program))).toBe('');
  });
});

describe('absences', () => {
  const cases = read('judge/out-of-office.json') as Absence[];
  it.each(cases.map((one) => [`${one.lang}: ${one.body}`, one] as const))('%s', async (_, one) => {
    expect(wrongIn(await playAbsence(one, {}, program))).toBe('');
  });
});
