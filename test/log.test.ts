/** One line per fact, nothing secret in it. */
import { describe, expect, it } from 'vitest';
import { HandClock } from '../src/clock.ts';
import { type LogOptions, makeLog } from '../src/log.ts';
import { instant } from '../src/rules/time.ts';

function capture(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = makeLog({
    clock: new HandClock(instant('2026-11-23T08:05:00Z')),
    timeZone: 'Europe/Rome',
    level: 'info',
    form: 'human',
    colour: false,
    stream: { write: (text: string) => lines.push(text) },
    ...options,
  });
  return { log, lines };
}

describe('the log', () => {
  it('is for people: the wall clock, a word, a sentence', () => {
    const { log, lines } = capture();
    log.info('received', '3 messages in studio', { count: 3 });
    expect(lines).toEqual(['09:05 received: 3 messages in studio\n']);
  });

  it('is for machines: one JSON object in UTC', () => {
    const { log, lines } = capture({ form: 'json' });
    log.warn('retry', 'the server is busy', { letter: 7 });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: 'warn', at: '2026-11-23T08:05:00Z', event: 'retry', letter: 7, text: 'the server is busy' },
    ]);
  });

  it('keeps one fact on one line, whatever the sentence holds', () => {
    const { log, lines } = capture();
    log.error('fault', 'first\r\n09:06 sent: a lie\u001b[31m\u2028\u202e');
    expect(lines.join('')).toBe('09:05 fault: first 09:06 sent: a lie [31m\n');
  });

  it.each(['human', 'json'] as const)('hides passwords in the form %s', (form) => {
    const secrets = new Set<string>();
    const { log, lines } = capture({ form, secrets });
    secrets.add('s3"cret');
    log.error('login', 'the server said: s3"cret is wrong', { password: 'another', server: 's3"cret' });
    expect(lines.join('')).not.toMatch(/cret|another/);
    expect(lines.join('')).toContain('[hidden]');
  });

  it('says no less than was asked for', () => {
    const { log, lines } = capture({ level: 'warn' });
    log.info('a', 'b');
    log.warn('c', 'd');
    expect(lines).toHaveLength(1);
  });
});
