/** Contact hours proposed from when the owner writes: what is proposed, and what never is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeWeek } from '../../src/rules/contact-hours.ts';
import { ownHours } from '../../src/rules/own-hours.ts';
import { addDays, at, type Instant, localDay, type LocalDay, weekdayOf, weekdays } from '../../src/rules/time.ts';

const zone = 'Europe/Rome';
const from = localDay('2026-08-31');
const days = Array.from({ length: 84 }, (_, index) => addDays(from, index));
const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Every week the same mails, by weekday. */
function weeks(clocksOn: (day: ReturnType<typeof weekdayOf>) => string[]): Instant[] {
  return days.flatMap((day) => clocksOn(weekdayOf(day)).map((clock) => at(day, minute(clock), zone)));
}
const office = [
  '09:10',
  '09:50',
  '10:20',
  '11:00',
  '11:40',
  '12:20',
  '12:50',
  '14:05',
  '14:40',
  '15:30',
  '16:10',
  '17:00',
  '17:50',
];
const isWeekend = (day: string) => day === 'sat' || day === 'sun';
const proposed = (moments: Instant[]) => {
  const { week } = ownHours(moments, zone);
  return week === null ? null : describeWeek(week, 'en');
};

describe('contact hours from her own mail', () => {
  it('are those of the office, with the break at noon, the same in summer as in winter', () => {
    expect(proposed(weeks((day) => (isWeekend(day) ? [] : office)))).toBe('Mon-Fri 9:00-13:00 and 14:00-18:00');
  });

  it('have no break where she makes none', () => {
    const clocks = [...office, '13:10', '13:25', '13:40'];
    expect(proposed(weeks((day) => (isWeekend(day) ? [] : clocks)))).toBe('Mon-Fri 9:00-18:00');
  });

  it('leave out a free day, a free afternoon, and the Sunday on which she answers now and then', () => {
    const morning = office.filter((clock) => clock < '13:00');
    const moments = weeks((day) => {
      if (day === 'wed' || day === 'sat') return [];
      if (day === 'sun') return ['10:00', '18:00'];
      return day === 'fri' ? morning : office;
    });
    expect(proposed(moments)).toBe('Mon-Tue and Thu 9:00-13:00 and 14:00-18:00; Fri 9:00-13:00');
  });

  it('take a Saturday on which she works as on every other day', () => {
    expect(proposed(weeks((day) => (day === 'sun' ? [] : office)))).toBe('Mon-Sat 9:00-13:00 and 14:00-18:00');
  });

  it('are never at night, however much she writes then: those are counted', () => {
    const late = ['21:10', '22:00', '23:30', '00:20'];
    const found = ownHours(
      weeks((day) => (isWeekend(day) ? [] : [...office, ...late])),
      zone,
    );
    expect(found.week && describeWeek(found.week, 'en')).toBe('Mon-Fri 9:00-13:00 and 14:00-18:00');
    expect(found).toMatchObject({
      outside: 60 * late.length,
      mails: 60 * (office.length + late.length),
      days: 72 - 12,
    });
    expect(found.heat.days[0]?.[22]).toMatchObject({ open: false, count: 12 });
  });

  it('take no break and no free afternoon from what little cannot show', () => {
    const mondays = weeks((day) => (day === 'mon' ? ['15:30'] : [])).slice(0, 8);
    const thin = [...weeks((day) => (isWeekend(day) ? [] : ['09:30'])), ...mondays];
    expect(proposed(thin)).toBe('Mon-Fri 9:30-16:00');
  });

  it('are not proposed from little, nor from the nights alone', () => {
    expect(proposed([])).toBeNull();
    const some = weeks((day) => (isWeekend(day) ? [] : office));
    expect([proposed(some.slice(0, 59)), proposed(some.slice(0, 9 * office.length))]).toEqual([null, null]);
    expect(proposed(weeks(() => ['23:30', '02:00']))).toBeNull();
  });
});

it('whatever she wrote when: what is proposed lies between seven and twenty, in order, and every mail is counted', () => {
  const moment = fc.tuple(fc.nat(83), fc.nat(1439)).map(([day, clock]) => at(days[day] as LocalDay, clock, zone));
  fc.assert(
    fc.property(fc.array(moment, { minLength: 20, maxLength: 120 }), (moments) => {
      const { week, heat, mails, outside } = ownHours(moments, zone);
      expect([heat.total, mails]).toEqual([moments.length, moments.length]);
      expect(outside).toBeLessThanOrEqual(mails);
      for (const day of weekdays)
        (week?.[day] ?? []).reduce((end, block) => {
          expect(block.start).toBeGreaterThanOrEqual(end);
          expect(block.end).toBeGreaterThan(block.start);
          expect(block.end).toBeLessThanOrEqual(20 * 60);
          return block.end;
        }, 7 * 60);
    }),
  );
});
