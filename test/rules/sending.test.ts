/** Whether a letter may leave now, and the waits between tries. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, parseWeek } from '../../src/rules/contact-hours.ts';
import type { ContactHours } from '../../src/rules/contact-hours.ts';
import { maxAttempts, mayLeave, retryDelayMs, type SendingFacts } from '../../src/rules/sending.ts';
import { dayMs, hourMs, instant, plus, toIso } from '../../src/rules/time.ts';

const office = ['09:00-13:00', '14:00-18:00'];
const hours: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
  holiday: () => undefined,
  closures: [],
};
const thursday = instant('2026-05-21T10:00+02:00');
const friday = instant('2026-05-22T17:30+02:00');

const reminder: SendingFacts['letter'] = { kind: 'payment-reminder', approval: 'auto', approvedAt: null };
const ack: SendingFacts['letter'] = { kind: 'acknowledgement', approval: 'auto', approvedAt: null };
const byHand: SendingFacts['letter'] = { kind: 'work-paused', approval: 'ask', approvedAt: thursday };

function look(over: Partial<SendingFacts>, now = thursday): string {
  const found = mayLeave(
    {
      letter: reminder,
      sentToClientToday: [],
      waitingAckForClient: false,
      sentToday: 0,
      sentThisHour: 0,
      caps: { perClientPerDay: 1, perDay: 20, perHour: 10 },
      paused: false,
      hours,
      mode: 'live',
      ...over,
    },
    now,
  );
  return found.leave ? 'leaves' : `${found.code} ${found.until === null ? '-' : toIso(found.until)}`;
}

describe('a letter', () => {
  it.each([
    ['leaves when nothing stands against it', {}, 'leaves'],
    ['stays while sending is paused', { paused: true }, 'paused -'],
    ['stays while sending is paused, approved or not', { paused: true, letter: byHand }, 'paused -'],
    ['that asks waits for approval', { letter: { ...byHand, approvedAt: null } }, 'needs-approval -'],
    ['waits for approval in review mode, whatever its step says', { mode: 'review' as const }, 'needs-approval -'],
    [
      'waits for approval in review mode, an acknowledgement too',
      { mode: 'review' as const, letter: ack },
      'needs-approval -',
    ],
    ['leaves in review mode once approved', { mode: 'review' as const, letter: byHand }, 'leaves'],
    [
      'waits for tomorrow when the client got one today',
      { sentToClientToday: [{ kind: 'acknowledgement' as const }] },
      'client-cap 2026-05-22T07:00:00Z',
    ],
    [
      'that was approved by hand leaves all the same',
      { letter: byHand, sentToClientToday: [{ kind: 'acknowledgement' as const }] },
      'leaves',
    ],
    [
      'may be the second of two allowed',
      {
        sentToClientToday: [{ kind: 'acknowledgement' as const }],
        caps: { perClientPerDay: 2, perDay: 20, perHour: null },
      },
      'leaves',
    ],
    ['lets an acknowledgement go first', { waitingAckForClient: true }, 'acknowledgement-first -'],
    ['that is the acknowledgement goes first', { waitingAckForClient: true, letter: ack }, 'leaves'],
    ['that was approved does not wait for an acknowledgement', { waitingAckForClient: true, letter: byHand }, 'leaves'],
    ['is the twentieth of the day', { sentToday: 19 }, 'leaves'],
    ['is the twenty-first of the day', { sentToday: 20 }, 'day-cap 2026-05-22T07:00:00Z'],
    ['is the twenty-first, approved or not', { sentToday: 20, letter: byHand }, 'day-cap 2026-05-22T07:00:00Z'],
    ['waits for the next hour', { sentThisHour: 10 }, 'hour-cap 2026-05-21T09:00:00Z'],
  ])('%s', (_name, over, expected) => {
    expect(look(over)).toBe(expected);
  });

  it.each([
    ['before opening', '2026-05-21T08:59:59+02:00', 'closed 2026-05-21T07:00:00Z'],
    ['at the very opening', '2026-05-21T09:00+02:00', 'leaves'],
    ['in the midday pause', '2026-05-21T13:00+02:00', 'closed 2026-05-21T12:00:00Z'],
    ['at the very closing', '2026-05-22T18:00+02:00', 'closed 2026-05-25T07:00:00Z'],
    ['on Saturday', '2026-05-23T10:00+02:00', 'closed 2026-05-25T07:00:00Z'],
  ])('keeps contact hours: %s', (_name, when, expected) => {
    expect(look({}, instant(when))).toBe(expected);
    expect(look({ letter: byHand }, instant(when))).toBe(expected);
  });

  it('waits over the weekend when the cap of Friday is reached', () => {
    expect(look({ sentToday: 20 }, friday)).toBe('day-cap 2026-05-25T07:00:00Z');
    expect(look({ sentThisHour: 10 }, friday)).toBe('hour-cap 2026-05-25T07:00:00Z');
  });

  it('looks again tomorrow when the studio never opens', () => {
    expect(look({ hours: { ...hours, week: parseWeek({}) } })).toBe('closed 2026-05-21T22:00:00Z');
  });

  it('never leaves outside contact hours, and waits for a moment that is open', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 24 * 60 }), fc.integer({ min: 0, max: 25 }), (minutes, sentToday) => {
        const now = plus(thursday, minutes * 60_000);
        const text = look({ sentToday, letter: byHand }, now);
        const moment = text === 'leaves' ? now : instant(text.split(' ')[1] as string);
        expect(isOpen(hours, moment)).toBe(true);
      }),
    );
  });
});

describe('the wait after a failed try', () => {
  it('grows and comes to an end', () => {
    const waits = Array.from({ length: maxAttempts }, (_, index) => retryDelayMs(index + 1, 0));
    expect(waits.slice(0, 3)).toEqual([5 * 60_000, 15 * 60_000, hourMs]);
    expect(waits.at(-1)).toBeNull();
    const known = waits.slice(0, -1) as number[];
    expect(known).toEqual(known.toSorted((a, b) => a - b));
    expect(known.reduce((all, wait) => all + wait, 0)).toBeGreaterThan(4 * dayMs);
  });
  it('is spread by at most a fifth', () => {
    expect(retryDelayMs(1, 1)).toBe(6 * 60_000);
    expect(retryDelayMs(maxAttempts + 5, 0.5)).toBeNull();
  });
});
