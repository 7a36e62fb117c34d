import { describe, expect, it } from 'vitest';
import { bellInWords } from '../../src/rules/bell-words.ts';
import { checkJobTime, defaultJobTimes, jobNames } from '../../src/rules/job-times.ts';

describe('a cron expression in words', () => {
  it.each([
    ['* * * * *', 'every minute'],
    ['*/5 * * * *', 'every 5 minutes'],
    ['0 9 * * *', 'every day at 09:00'],
    ['0 20 * * *', 'every day at 20:00'],
    ['30 9,14 * * 1-5', 'Monday to Friday at 09:30 and 14:30'],
    ['0 10 * * sat', 'on Saturdays at 10:00'],
    ['0 10 * * 6,0', 'on Saturdays and Sundays at 10:00'],
    ['0 10 * * 0', 'on Sundays at 10:00'],
    ['0 10 * * 7', 'on Sundays at 10:00'],
    ['0 9 1 * *', 'on day 1 of the month at 09:00'],
    ['0 9 1,15 * mon', 'on day 1 and 15 of the month and on Mondays at 09:00'],
    ['0 9 * 3,9 *', 'every day in March and September at 09:00'],
    ['5 * * * *', 'at minute 5 of every hour'],
    ['0 9 L * *', 'by "0 9 L * *"'],
    ['0 */2 * * *', 'by "0 */2 * * *"'],
  ])('%s: %s', (expression, words) => {
    expect(bellInWords(expression)).toBe(words);
  });

  it('has words for every expression that is used unless another is chosen', () => {
    for (const job of jobNames) expect(bellInWords(defaultJobTimes[job])).not.toContain('"');
  });

  it('one that never rings is refused', () => {
    expect(() => checkJobTime('0 9 31 2 *')).toThrow('never rings');
    expect(() => checkJobTime('0 9 29 2 *')).not.toThrow();
  });
});
