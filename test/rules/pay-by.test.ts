/** The one day to pay by: before the next step, never past, never a day on which banks rest. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isWorkingDay, nextWorkingDay, parseWeek, type ContactHours } from '../../src/rules/contact-hours.ts';
import { defaultLadder, type LadderStep } from '../../src/rules/dunning.ts';
import { holidayCalendar } from '../../src/rules/holidays.ts';
import { earliestAfter, followedBy, payByDay, resumeByDay } from '../../src/rules/pay-by.ts';
import { addDays, type LocalDay, localDay } from '../../src/rules/time.ts';

const block = ['09:00-18:00'];
const hours: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: block, tue: block, wed: block, thu: block, fri: block }),
  holiday: holidayCalendar({ country: 'IT', region: null, extra: [], language: 'en' }),
  closures: [{ from: localDay('2026-08-10'), to: localDay('2026-08-21'), note: 'closed' }],
};

/** As a bank has it. */
const withoutClosures = { ...hours, closures: [] };

function step(name: string, afterDays: number, afterPreviousDays = 0): LadderStep {
  return { name, afterDays, afterPreviousDays, letter: 'payment-reminder', approval: 'auto', effect: 'none' };
}

const of = (ladder: readonly LadderStep[], name: string | null, dueOn: string[], leavesOn: string) =>
  payByDay({ ladder, step: name, dueOn: dueOn.map(localDay), leavesOn: localDay(leavesOn), hours });

describe('the day to pay by', () => {
  test.each([
    // due on Friday 15 May; the reminder on Monday, the pause would follow on the 25th
    ['the reminder, at its time', 'payment-reminder', '2026-05-15', '2026-05-18', '2026-05-22'],
    // the pause counts five days from a reminder that went late, on Friday 29: Wednesday 3 June, and 2 June is a holiday
    ['the reminder, late', 'payment-reminder', '2026-05-15', '2026-05-29', '2026-06-01'],
    ['the pause: the working day before the end is proposed', 'work-paused', '2026-05-15', '2026-05-25', '2026-06-12'],
    ['the last step: a week', 'termination', '2026-05-15', '2026-06-15', '2026-06-22'],
    [
      'the last step: a week, rolled over a holiday and a weekend',
      'termination',
      '2026-04-01',
      '2026-04-25',
      '2026-05-04',
    ],
    ['no step: a week', null, '2026-05-15', '2026-06-15', '2026-06-22'],
    // the pause would follow on Monday 24, when the studio opens again: banks are open while it is closed
    ['before a closure: no sooner than without it', 'payment-reminder', '2026-08-03', '2026-08-06', '2026-08-21'],
    // nothing follows before Tuesday 25
    ['on the last day before it', 'payment-reminder', '2026-08-04', '2026-08-07', '2026-08-24'],
    ['no step, in a closure', null, '2026-08-03', '2026-08-06', '2026-08-13'],
  ])('%s', (_what, name, due, leaves, expected) => {
    expect(of(defaultLadder, name, [due], leaves)).toBe(expected);
  });

  it('before the due date it is the due date, or the working day after it', () => {
    const ladder = [step('before', -7), step('on', 0), step('after', 3)];
    expect(of(ladder, 'before', ['2026-05-15'], '2026-05-08')).toBe('2026-05-15');
    expect(of(ladder, 'before', ['2026-05-18', '2026-05-15'], '2026-05-08')).toBe('2026-05-15');
    expect(of(ladder, 'before', ['2026-05-17'], '2026-05-11')).toBe('2026-05-18');
    expect(of(ladder, 'on', ['2026-05-15'], '2026-05-15')).toBe('2026-05-15');
  });

  it('before a due date on a closed day, and a step on the day after it, it is the last open day', () => {
    expect(of([step('before', -7), step('after', 1)], 'before', ['2026-05-17'], '2026-05-11')).toBe('2026-05-15');
  });

  it('where the next step would follow tomorrow, it is the next working day, and the step waits for it', () => {
    const ladder = [step('one', 1), step('two', 2, 1)];
    expect(of(ladder, 'one', ['2026-11-01'], '2026-11-02')).toBe('2026-11-03');
    expect(of(ladder, 'one', ['2026-11-05'], '2026-11-06')).toBe('2026-11-09');
  });

  it('a ladder that waits for months still names a day of the month to come', () => {
    expect(of([step('one', 3), step('two', 200)], 'one', ['2026-03-06'], '2026-03-09')).toBe('2026-04-08');
  });

  const ladders = fc
    .array(fc.tuple(fc.integer({ min: -30, max: 120 }), fc.integer({ min: 0, max: 60 })), {
      minLength: 1,
      maxLength: 6,
    })
    .map((steps) =>
      steps.toSorted((a, b) => a[0] - b[0]).map(([after, previous], at) => step(`s${at}`, after, previous)),
    );
  const someDay = fc.integer({ min: 0, max: 500 }).map((days) => addDays(localDay('2026-01-01'), days));

  it('is never past, never a day off, and before the next step can leave', () => {
    fc.assert(
      fc.property(ladders, fc.nat(5), someDay, fc.nat(90), (ladder, at, due, late) => {
        const own = ladder[at % ladder.length] as LadderStep;
        const leavesOn = nextWorkingDay(hours, addDays(due, own.afterDays + late));
        fc.pre(leavesOn > due === own.afterDays > 0);
        const day = payByDay({ ladder, step: own.name, dueOn: [due], leavesOn, hours });
        expect(own.afterDays > 0 ? day > leavesOn : day >= leavesOn).toBe(true);
        expect(isWorkingDay(withoutClosures, day)).toBe(true);
        const next = ladder.slice(ladder.indexOf(own) + 1).find((one) => one.afterDays > 0);
        if (next === undefined) return;
        const byThis = earliestAfter(next, { on: leavesOn, termDays: 0 }, hours);
        const byDue = addDays(due, next.afterDays);
        const follows = nextWorkingDay(hours, byDue > byThis ? byDue : byThis);
        expect(day < follows).toBe(true);
      }),
    );
  });
});

describe('what follows, for the letter to announce', () => {
  const after = (name: string, dueOn: string, leavesOn: string) => {
    const facts = { ladder: defaultLadder, step: name, dueOn: [localDay(dueOn)], leavesOn: localDay(leavesOn), hours };
    const next = followedBy(facts);
    return next === undefined ? undefined : [next.step.letter, next.on, payByDay(facts)];
  };
  test.each([
    // due on Friday 15 May, reminded on Monday 18: the pause on Monday 25
    ['the pause after the reminder', 'payment-reminder', '2026-05-18', ['work-paused', '2026-05-25', '2026-05-22']],
    ['the end after the pause', 'work-paused', '2026-05-25', ['termination', '2026-06-15', '2026-06-12']],
    ['nothing after the last step', 'termination', '2026-06-15', undefined],
  ])('%s', (_what, name, leavesOn, expected) => {
    expect(after(name, '2026-05-15', leavesOn)).toEqual(expected);
  });
});

describe('the day by which work goes on', () => {
  const by = (receivedOn: string, today: string, withinDays = 2): LocalDay =>
    resumeByDay({ receivedOn: localDay(receivedOn), today: localDay(today), withinDays, hours });
  test.each([
    ['counts from the day the money came', '2026-11-17', '2026-11-18', '2026-11-19'],
    ['counts working days', '2026-11-20', '2026-11-20', '2026-11-24'],
    ['leaves out a holiday', '2026-12-07', '2026-12-07', '2026-12-10'],
    ['when the promise has passed already: the next working day', '2026-11-17', '2026-11-24', '2026-11-25'],
    ['when it has passed and tomorrow is closed: the first open one', '2026-11-17', '2026-11-27', '2026-11-30'],
    ['on the very day that was promised: that day', '2026-11-17', '2026-11-19', '2026-11-19'],
  ])('%s', (_what, received, today, expected) => {
    expect(by(received, today)).toBe(expected);
  });
  it('is never the same day, even when no days are agreed', () => {
    expect(by('2026-11-17', '2026-11-17', 0)).toBe('2026-11-18');
  });
});
