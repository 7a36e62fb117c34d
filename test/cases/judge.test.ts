/**
 * Single mails and absences that were judged wrongly once, with what is right. What is not yet as wanted stands in
 * not-yet.json, and must be taken out there as soon as it is.
 */
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
const notYet = new Set(read('not-yet.json') as string[]);

/** Empty when it is as wanted, or known not to be: else what is wrong. */
function wrongWith(id: string, { ok, seen }: Played): string {
  if (notYet.has(id)) return ok ? `${id} is as wanted by now: take it out of not-yet.json` : '';
  return ok ? '' : seen;
}

describe('mails', () => {
  const cases = read('judge/cases.json') as JudgeCase[];
  it.each(cases.map((one) => [one.file, one] as const))('%s', async (file, one) => {
    expect(wrongWith(file, await playJudge(one, { folder }, program))).toBe('');
  });
});

describe('absences', () => {
  const cases = read('judge/out-of-office.json') as Absence[];
  it.each(cases.map((one) => [`${one.lang}: ${one.body}`, one] as const))('%s', async (id, one) => {
    expect(wrongWith(id, await playAbsence(one, {}, program))).toBe('');
  });
});
