/** The sample data of the demonstration: sane by itself, whoever reads it. */
import { describe, expect, it } from 'vitest';
import { acts, reactions } from '../../src/demo/sample-acts.ts';
import { type SampleMail, timetable } from '../../src/demo/sample-mail.ts';
import {
  newAddressOfConti,
  openingInvoices,
  ownerAddress,
  patronDay,
  sampleClients,
  studioConfig,
} from '../../src/demo/sample-studio.ts';
import { storyDays, storyDaysBefore } from '../../src/demo/story-days.ts';
import { isWritableAddress } from '../../src/rules/client.ts';
import { addDays, dayOf, localDay, weekdayOf } from '../../src/rules/time.ts';

const today = localDay('2026-12-10');
const later: SampleMail[] = reactions.flatMap(({ happens }) =>
  happens.what !== 'mail' ? [] : [typeof happens.mail === 'function' ? happens.mail(today) : happens.mail],
);
const mails: SampleMail[] = [...timetable, ...later];
const strangers = mails.flatMap(({ from, to }) => [from, to]).filter((one) => typeof one === 'object');
const addresses = [
  ownerAddress,
  ...studioConfig.owner.addresses,
  newAddressOfConti,
  ...Object.values(sampleClients).map((client) => client.address),
  ...strangers.map((stranger) => stranger.address),
];

describe('the sample studio', () => {
  it('has addresses that can be written to, and that belong to nobody', () => {
    expect(addresses.filter((address) => !isWritableAddress(address) || !address.endsWith('.example'))).toEqual([]);
    const domains = Object.values(sampleClients).flatMap((client) => client.domains);
    expect(domains.filter((domain) => !domain.endsWith('.example'))).toEqual([]);
  });

  it('speaks both languages in both tones, to firms and to persons', () => {
    const clients = Object.values(sampleClients);
    expect(clients).toHaveLength(6);
    expect(new Set(clients.map(({ language, tone }) => `${language} ${tone}`)).size).toBe(4);
    expect(new Set(clients.map(({ kind }) => kind))).toEqual(new Set(['business', 'consumer']));
  });

  it('numbers every invoice once, with sums and dates that fit', () => {
    const numbers = openingInvoices.map((invoice) => invoice.number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { issued, due, cents, parts } of openingInvoices) {
      expect(issued).toBeLessThan(due);
      expect(parts?.reduce((sum, part) => sum + part.cents, 0) ?? cents).toBe(cents);
    }
  });

  it('has some sixty messages, each with a key of its own, in order of time', () => {
    expect(mails.length).toBeGreaterThan(60);
    expect(new Set(mails.map((mail) => mail.key)).size).toBe(mails.length);
    const moments = timetable.map(({ day, time }) => `${String(day + 200)} ${time}`);
    expect(moments).toEqual(moments.toSorted());
  });

  it('answers only what was written, and names every subject once', () => {
    const keys = new Set(mails.map((mail) => mail.key));
    expect(mails.filter(({ answers }) => answers !== undefined && !keys.has(answers))).toEqual([]);
    const free = timetable.filter(({ subject, answers }) => (subject === undefined) === (answers === undefined));
    expect(free).toEqual([]);
    expect(mails.filter(({ from, to }) => (from === undefined) === (to === undefined))).toEqual([]);
  });

  it('writes in hours, at night, on a weekend and on a holiday', () => {
    const clients = timetable.filter(({ day, from }) => day >= 0 && typeof from === 'string');
    expect(clients.some(({ time }) => time > '21:00')).toBe(true);
    expect(clients.some(({ day }) => day % 7 === 5) && clients.some(({ day }) => day % 7 === 6)).toBe(true);
    expect(clients.some(({ day }) => day === patronDay)).toBe(true);
    expect(patronDay % 7).toBeLessThan(5);
  });

  it('stays within the days that are told', () => {
    const days = [...timetable, ...acts].map(({ day }) => day);
    expect(Math.max(...days)).toBeLessThan(storyDays);
  });
});

describe('storyDaysBefore', () => {
  const table = [
    // today, first day: always a Monday, so that the last of 45 days is a Wednesday
    ['2026-11-21', '2026-10-05'],
    ['2026-12-09', '2026-10-19'],
    ['2026-12-10', '2026-10-26'],
    ['2027-01-01', '2026-11-16'],
    ['2028-03-01', '2028-01-10'],
  ] as const;
  it.each(table)('on %s the story begins on %s', (now, first) => {
    const days = storyDaysBefore(localDay(now), 'Europe/Rome');
    expect(days.first).toBe(first);
    expect(weekdayOf(days.day(storyDays - 1))).toBe('wed');
    expect(days.day(storyDays - 1) < now && days.day(storyDays - 1) >= addDays(localDay(now), -7)).toBe(true);
  });

  it('keeps the wall clock over the change of the clocks', () => {
    const days = storyDaysBefore(localDay('2026-11-21'), 'Europe/Rome');
    expect(new Date(days.moment(19, '09:00')).toISOString()).toBe('2026-10-24T07:00:00.000Z');
    expect(new Date(days.moment(20, '09:00')).toISOString()).toBe('2026-10-25T08:00:00.000Z');
    expect(dayOf(days.moment(20, '09:00'), 'Europe/Rome')).toBe('2026-10-25');
  });
});
