/** Nudges: when, when not, and what the silence costs. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, isWorkingDay, parseWeek } from '../../src/rules/contact-hours.ts';
import type { ContactHours } from '../../src/rules/contact-hours.ts';
import {
  type ClientRequest,
  decideNudge,
  defaultNudgeDays,
  delayOf,
  type NudgeDecision,
  nudgeLadder,
  type WrittenNudge,
  replyByDay,
  type RequestFacts,
  stillWantedNudge,
} from '../../src/rules/requests.ts';
import { addDays, at, dayOf, daysBetween, instant, localDay, toIso } from '../../src/rules/time.ts';
import type { Instant } from '../../src/rules/time.ts';
import { asWritten } from '../../src/rules/reason.ts';
import { said } from '../support/in-words.ts';

const defaultNudges = nudgeLadder(defaultNudgeDays);
const zone = 'Europe/Rome';
const office = ['09:00-13:00', '14:00-18:00'];
const hours: ContactHours = {
  timeZone: zone,
  week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
  holiday: (day) => (day === '2026-06-02' ? 'Festa della Repubblica' : undefined),
  closures: [],
};
const rome = (text: string) => instant(`${text}+02:00`);
const request: ClientRequest = {
  id: 1,
  openedAt: rome('2026-05-11T10:00'),
  dueOn: localDay('2026-05-14'),
  closedAt: null,
  deliveryOn: localDay('2026-06-05'),
};
function facts(over: Partial<RequestFacts> = {}): RequestFacts {
  return {
    request,
    written: [],
    answeredAt: null,
    held: null,
    hours,
    dunningOpen: false,
    exitNoticeRunning: false,
    ownerOwesSince: null,
    lastLetterToClientOn: null,
    nudges: 'auto',
    reviewMode: false,
    ...over,
  };
}
const sent = (step: string, day: string): WrittenNudge => ({
  step,
  state: 'sent',
  sentOn: localDay(day),
  droppedBy: null,
});
function short(decision: NudgeDecision): string {
  if (decision.kind === 'close') return `close ${decision.code}`;
  if (decision.kind === 'wait')
    return `wait ${decision.code} ${decision.until === null ? '-' : dayOf(decision.until, zone)}`;
  return `write ${decision.step.letter} ${toIso(decision.notBefore)} ${decision.approval}`;
}
const decide = (over: Partial<RequestFacts>, when: string) =>
  short(decideNudge(defaultNudges, facts(over), rome(when)));

describe('a request that was due on Thursday 14 May 2026', () => {
  const first = [sent('nudge-1', '2026-05-18')];
  const second = [...first, sent('nudge-2', '2026-05-25')];
  it.each([
    ['waits three days, over the weekend', {}, '2026-05-15T10:00', 'wait not-yet 2026-05-18'],
    ['waits on the Sunday', {}, '2026-05-17T10:00', 'wait closed-hours 2026-05-18'],
    ['is asked for kindly', {}, '2026-05-18T08:00', 'write nudge-kind 2026-05-18T07:00:00Z auto'],
    ['is asked for kindly first, however late', {}, '2026-07-01T10:00', 'write nudge-kind 2026-07-01T08:00:00Z auto'],
    ['waits a week for the second', { written: first }, '2026-05-20T10:00', 'wait not-yet 2026-05-25'],
    ['is asked for firmly', { written: first }, '2026-05-25T10:00', 'write nudge-firm 2026-05-25T08:00:00Z auto'],
    ['waits two weeks for the third', { written: second }, '2026-05-26T10:00', 'wait not-yet 2026-06-08'],
    [
      'is left to the owner after the third',
      { written: [...second, sent('nudge-3', '2026-06-08')] },
      '2026-07-01T10:00',
      'wait ladder-done -',
    ],
    ['is over once a person answered', { answeredAt: rome('2026-05-17T22:00') }, '2026-05-18T10:00', 'close answered'],
    [
      'is not answered by what came before it',
      { answeredAt: rome('2026-05-10T22:00') },
      '2026-05-18T10:00',
      'write nudge-kind 2026-05-18T08:00:00Z auto',
    ],
    [
      'is over once the owner says so',
      { request: { ...request, closedAt: rome('2026-05-15T10:00') } },
      '2026-05-18T10:00',
      'close settled',
    ],
    [
      'is parked while a hold keeps it',
      { held: { until: rome('2026-05-28T00:00'), why: asWritten('the client is away') } },
      '2026-05-18T10:00',
      'wait held 2026-05-28',
    ],
    ['rests while money is asked for', { dunningOpen: true }, '2026-05-18T10:00', 'wait dunning-open 2026-05-19'],
    ['rests while an exit runs', { exitNoticeRunning: true }, '2026-05-18T10:00', 'wait exit-running 2026-05-19'],
    [
      'rests while the client waits for the owner',
      { ownerOwesSince: rome('2026-05-17T10:00') },
      '2026-05-18T10:00',
      'wait owner-owes 2026-05-19',
    ],
    [
      'waits for tomorrow after another mail',
      { lastLetterToClientOn: localDay('2026-05-18') },
      '2026-05-18T10:00',
      'wait mail-today 2026-05-19',
    ],
    [
      'asks the owner, if that is chosen',
      { nudges: 'ask' as const },
      '2026-05-18T10:00',
      'write nudge-kind 2026-05-18T08:00:00Z ask',
    ],
    [
      'asks the owner in review mode',
      { reviewMode: true },
      '2026-05-18T10:00',
      'write nudge-kind 2026-05-18T08:00:00Z ask',
    ],
    ['rests when nudges are off', { nudges: 'off' as const }, '2026-05-18T10:00', 'wait switched-off -'],
    [
      'waits for the one in the outbox',
      { written: [{ step: 'nudge-1', state: 'held' as const, sentOn: null, droppedBy: null }] },
      '2026-05-18T10:00',
      'wait pending 2026-05-19',
    ],
    [
      'stands still when the owner dropped it',
      { written: [{ step: 'nudge-1', state: 'dropped' as const, sentOn: null, droppedBy: 'owner' as const }] },
      '2026-05-18T10:00',
      'wait dropped-by-owner -',
    ],
    [
      'stands still when it was refused',
      { written: [{ step: 'nudge-1', state: 'failed' as const, sentOn: null, droppedBy: null }] },
      '2026-05-18T10:00',
      'wait failed -',
    ],
    [
      'is written again when the system dropped it',
      { written: [{ step: 'nudge-1', state: 'dropped' as const, sentOn: null, droppedBy: 'system' as const }] },
      '2026-05-18T10:00',
      'write nudge-kind 2026-05-18T08:00:00Z auto',
    ],
    [
      'looks again tomorrow when the studio never opens',
      { hours: { ...hours, week: parseWeek({}) } },
      '2026-05-18T10:00',
      'wait closed-hours 2026-05-19',
    ],
  ])('%s', (_name, over, when, expected) => {
    expect(decide(over, when)).toBe(expected);
  });

  it('says why in words', () => {
    expect(said(decideNudge(defaultNudges, facts({ written: first }), rome('2026-05-25T10:00')).why)).toBe(
      '7 days after the nudge of 18 May 2026, and no answer',
    );
  });
});

describe('the delay', () => {
  it.each([
    ['none on the due day', '2026-05-14', 0, '2026-06-05'],
    ['none before it', '2026-05-01', 0, '2026-06-05'],
    ['four days: the delivery moves to Tuesday', '2026-05-18', 4, '2026-06-09'],
    ['a day: Saturday becomes Monday', '2026-05-15', 1, '2026-06-08'],
  ])('%s', (_name, until, daysLost, deliveryOn) => {
    expect(delayOf(request, hours, localDay(until))).toEqual({ daysLost, deliveryOn });
  });
  it('moves nothing when no delivery was agreed', () => {
    expect(delayOf({ ...request, deliveryOn: null }, hours, localDay('2026-05-20'))).toEqual({
      daysLost: 6,
      deliveryOn: null,
    });
  });
  it('goes past a holiday', () => {
    const early = { ...request, deliveryOn: localDay('2026-05-29') };
    expect(delayOf(early, hours, localDay('2026-05-18')).deliveryOn).toBe('2026-06-03');
  });
});

describe('the look before it leaves', () => {
  it.each([
    ['still wanted', {}, '2026-05-18T10:00', { wanted: true }],
    [
      'answered',
      { answeredAt: rome('2026-05-18T09:30') },
      '2026-05-18T10:00',
      { wanted: false, outcome: 'drop', until: null, why: { code: 'client-answered', on: '2026-05-18' } },
    ],
    [
      'held',
      { held: { until: rome('2026-05-20T09:00'), why: asWritten('the client is away') } },
      '2026-05-18T10:00',
      { wanted: false, outcome: 'hold', until: rome('2026-05-20T09:00'), why: asWritten('the client is away') },
    ],
    [
      'closed',
      {},
      '2026-05-18T19:00',
      { wanted: false, outcome: 'hold', until: rome('2026-05-19T09:00'), why: { code: 'outside-hours' } },
    ],
  ])('%s', (_name, over, when, expected) => {
    expect(stillWantedNudge(facts(over), rome(when))).toEqual(expected);
  });
});

describe('whatever happens', () => {
  it('sends the nudges in their order, at growing distance, in working hours, and none after an answer', () => {
    const span = 60;
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: span, maxLength: span }),
        fc.array(fc.integer({ min: 0, max: 23 }), { minLength: span, maxLength: span }),
        fc.option(fc.integer({ min: 0, max: span }), { nil: null }),
        (awake, hour, answerDay) => {
          const answeredAt = answerDay === null ? null : at(addDays(request.dueOn, answerDay), 0, zone);
          const left: { step: string; at: Instant }[] = [];
          for (let day = 0; day < span; day += 1) {
            if (awake[day] === false) continue;
            const now = at(addDays(request.dueOn, day), (hour[day] as number) * 60, zone);
            const written = left.map((one) => sent(one.step, dayOf(one.at, zone)));
            const known = answeredAt !== null && answeredAt <= now ? answeredAt : null;
            const all = facts({ written, answeredAt: known });
            const decision = decideNudge(defaultNudges, all, now);
            expect(decideNudge(defaultNudges, all, now)).toEqual(decision);
            if (decision.kind === 'write') left.push({ step: decision.step.name, at: decision.notBefore });
          }
          expect(left.map((one) => one.step)).toEqual(defaultNudges.slice(0, left.length).map((step) => step.name));
          let before = request.dueOn;
          for (const [index, one] of left.entries()) {
            const day = dayOf(one.at, zone);
            expect(isOpen(hours, one.at) && isWorkingDay(hours, day)).toBe(true);
            expect(daysBetween(before, day)).toBeGreaterThanOrEqual(defaultNudges[index]?.afterDays ?? 99);
            expect(daysBetween(request.dueOn, day)).toBeLessThan(answerDay ?? span + 1);
            before = day;
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the ladder of the owner', () => {
  it('is kind once, then firm', () => {
    expect(nudgeLadder([2, 5, 9])).toEqual([
      { name: 'nudge-1', letter: 'nudge-kind', afterDays: 2 },
      { name: 'nudge-2', letter: 'nudge-firm', afterDays: 5 },
      { name: 'nudge-3', letter: 'nudge-firm', afterDays: 9 },
    ]);
    expect(nudgeLadder([])).toEqual([]);
  });

  it.each([
    // three days on, moved to a working day
    [[3, 7, 14], 'nudge-1', '2026-05-18', '2026-05-21'],
    [[3, 7, 14], 'nudge-3', '2026-05-15', '2026-05-18'],
    // before the next nudge
    [[3, 2], 'nudge-1', '2026-05-18', '2026-05-19'],
    [[3, 1], 'nudge-1', '2026-05-18', '2026-05-19'],
    // a holiday
    [[3], 'nudge-1', '2026-05-30', '2026-06-03'],
  ])('%j asks in %s of %s for an answer by %s', (days, step, today, by) => {
    expect(replyByDay(nudgeLadder(days), { name: step }, localDay(today), hours)).toBe(by);
  });

  it('what the owner holds is not nudged, nor sent if it was written', () => {
    const held = { until: null, why: asWritten('held by you') };
    expect(short(decideNudge(defaultNudges, facts({ held }), rome('2026-05-18T10:00')))).toBe('wait held -');
    expect(stillWantedNudge(facts({ held }), rome('2026-05-18T10:00'))).toMatchObject({
      wanted: false,
      outcome: 'hold',
    });
  });
});
