import { describe, expect, it } from 'vitest';
import { readBell } from '../../src/rules/bells.ts';
import { wordsOf } from '../../src/words/voice.ts';
import { checkJobTime, defaultJobTimes, jobNames } from '../../src/rules/job-times.ts';

const said = (expression: string, language: 'it' | 'en') =>
  wordsOf(language).terminal.daily.jobs.bell(readBell(expression), expression);

describe('a cron expression in words', () => {
  it.each([
    ['* * * * *', 'every minute', 'ogni minuto'],
    ['*/5 * * * *', 'every 5 minutes', 'ogni 5 minuti'],
    ['0 9 * * *', 'every day at 09:00', 'ogni giorno alle 09:00'],
    ['0 20 * * *', 'every day at 20:00', 'ogni giorno alle 20:00'],
    ['30 9,14 * * 1-5', 'Monday to Friday at 09:30 and 14:30', 'da lunedì a venerdì alle 09:30 e alle 14:30'],
    ['0 10 * * sat', 'on Saturdays at 10:00', 'ogni sabato alle 10:00'],
    ['0 10 * * 6,0', 'on Saturdays and Sundays at 10:00', 'ogni sabato e domenica alle 10:00'],
    ['0 10 * * 0', 'on Sundays at 10:00', 'ogni domenica alle 10:00'],
    ['0 10 * * 7', 'on Sundays at 10:00', 'ogni domenica alle 10:00'],
    ['0 9 1 * *', 'on day 1 of the month at 09:00', 'il 1 del mese alle 09:00'],
    [
      '0 9 1,15 * mon',
      'on day 1 and 15 of the month and on Mondays at 09:00',
      'il 1 e il 15 del mese e ogni lunedì alle 09:00',
    ],
    ['0 9 * 3,9 *', 'every day in March and September at 09:00', 'ogni giorno a marzo e settembre alle 09:00'],
    ['5 * * * *', 'at minute 5 of every hour', 'al minuto 5 di ogni ora'],
    ['0 9 L * *', 'by "0 9 L * *"', 'secondo "0 9 L * *"'],
    ['0 */2 * * *', 'by "0 */2 * * *"', 'secondo "0 */2 * * *"'],
  ])('%s: %s', (expression, english, italian) => {
    expect(said(expression, 'en')).toBe(english);
    expect(said(expression, 'it')).toBe(italian);
  });

  it('has words for every expression that is used unless another is chosen', () => {
    for (const job of jobNames) expect(readBell(defaultJobTimes[job])).not.toBeNull();
  });

  it('one that never rings is refused', () => {
    expect(() => checkJobTime('0 9 31 2 *')).toThrow('never rings');
    expect(() => checkJobTime('0 9 29 2 *')).not.toThrow();
  });
});
