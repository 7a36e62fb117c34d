/** What a mail server would flag, against what is out of hours. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContactHours, inZoneToo, isOpen, parseWeek } from '../../src/rules/contact-hours.ts';
import { sieveScript } from '../../src/rules/sieve.ts';
import { dayMs, hourMs, type Instant, instant, localDay, minuteMs, plus, weekdays } from '../../src/rules/time.ts';
import { compiled, type SieveMail } from '../support/sieve.ts';

const keyword = '$PalettiOutOfHours';
const office = ['09:00-13:00', '14:00-18:00'];
const rome: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: ['09:00-13:00'] }),
  holiday: (day) => (day === '2026-12-08' ? 'Immacolata' : undefined),
  closures: [{ from: localDay('2026-12-24'), to: localDay('2027-01-06'), note: 'ferie' }],
};
const from = instant('2026-11-30T12:00:00+01:00');
const luca: SieveMail = { from: 'luca@bianchi.example' };

function scriptFor(hours: ContactHours, days = 366, over: Partial<Parameters<typeof sieveScript>[0]> = {}): string {
  const groups = [{ hours, addresses: [luca.from], domains: ['ferrari.example'] }];
  return sieveScript({ from, until: plus(from, days * dayMs), groups, keyword, head: ['Paletti'], ...over });
}

/** Moments at which the script says otherwise than the hours. */
function differences(hours: ContactHours, script: string, moments: readonly Instant[]): string[] {
  const run = compiled(script);
  return moments
    .filter((at) => run(luca, new Date(at)).length > 0 === isOpen(hours, at))
    .map((at) => new Date(at).toISOString());
}

const everyHour = (days: number) => Array.from({ length: days * 24 }, (_, index) => plus(from, index * hourMs));

describe('the script', () => {
  it('flags in every hour of a year what is out of hours, and nothing else', () => {
    expect(differences(rome, scriptFor(rome), everyHour(366))).toEqual([]);
  });

  it('keeps to the minute of opening and closing, and to both changes of the clock', () => {
    const night: ContactHours = { ...rome, week: parseWeek({ sat: ['22:00-01:30'], sun: ['02:15-04:00'] }) };
    const around = ['2027-03-28T00:00:00Z', '2026-12-07T08:00:00Z', '2027-10-31T00:00:00Z'].flatMap((start) =>
      Array.from({ length: 400 }, (_, index) => plus(instant(start), index * minuteMs)),
    );
    for (const hours of [rome, night]) expect(differences(hours, scriptFor(hours), around)).toEqual([]);
  });

  it('flags the mail of clients alone, and none of a machine or a list', () => {
    const run = compiled(scriptFor(rome));
    const at = new Date('2026-12-05T10:00:00Z');
    const flagged = (mail: SieveMail) => run(mail, at).length > 0;
    expect([flagged(luca), flagged({ from: 'Anna@FERRARI.example' }), flagged({ from: 'x@y.example' })]).toEqual([
      true,
      true,
      false,
    ]);
    for (const headers of [{ 'list-id': '<l.x>' }, { 'auto-submitted': 'auto-replied' }, { precedence: 'bulk' }])
      expect(flagged({ ...luca, headers: headers as unknown as Record<string, string> })).toBe(false);
  });

  it('does nothing before it begins and after its end', () => {
    const run = compiled(scriptFor(rome, 30));
    expect(run(luca, new Date(from - 20 * hourMs))).toEqual([]);
    expect(run(luca, new Date(plus(from, 30 * dayMs)))).toEqual([]);
    expect(run(luca, new Date('2026-12-29T23:00:00Z'))).toEqual([keyword]);
  });

  it('flags always where the studio never opens', () => {
    const never = { ...rome, week: parseWeek({}) };
    expect(differences(never, scriptFor(never, 14), everyHour(14))).toEqual([]);
  });

  it('lets no address or name out of its string', () => {
    const odd = 'a"]) { redirect "x@evil.example"; } #\\@x.example';
    const groups = [{ hours: rome, addresses: [odd], domains: [] }];
    const script = scriptFor(rome, 7, { groups, head: ['Paletti'] });
    expect(compiled(script)({ from: odd }, new Date('2026-12-05T10:00:00Z'))).toEqual([keyword]);
  });

  it('is empty of rules without clients', () => {
    expect(scriptFor(rome, 7, { groups: [{ hours: rome, addresses: [], domains: [] }] })).not.toContain('addflag');
  });

  const block = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 10 }), fc.constantFrom(':00', ':30', ':45'))
    .map(([start, length, minute]) => {
      const two = (hour: number) => String(hour % 24).padStart(2, '0');
      return `${two(start)}${minute}-${two(start + length)}${minute}`;
    });
  const week = fc
    .record(Object.fromEntries(weekdays.map((day) => [day, fc.array(block, { maxLength: 1 })])))
    .filter((days) => isReadable(days));
  const zones = fc.constantFrom('Europe/Rome', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');

  it('agrees with the hours for every week, zone, closure and moment', () => {
    fc.assert(
      fc.property(week, zones, zones, fc.integer({ min: 0, max: 300 }), (days, zone, other, ahead) => {
        const own: ContactHours = {
          timeZone: zone,
          week: parseWeek(days),
          closures: rome.closures,
          holiday: (day) => (day.endsWith('-05') ? 'a day off' : undefined),
        };
        const hours = inZoneToo(own, other);
        const moments = Array.from({ length: 300 }, (_, index) => plus(from, ahead * dayMs + index * 47 * minuteMs));
        expect(differences(hours, scriptFor(hours), moments)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

function isReadable(days: Record<string, string[]>): boolean {
  try {
    parseWeek(days);
    return true;
  } catch {
    return false;
  }
}
