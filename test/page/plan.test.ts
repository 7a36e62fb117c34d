/** The calendar of the coming weeks: hours, holidays and closures as they are, every letter in its day; and the same as it would be. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { localDay } from '../../src/rules/time.ts';
import { calendarDays } from '../../src/desk/views/calendar.ts';
import { openStudio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

const steps = [{ letter: 'payment-reminder', afterDays: 3, approval: 'auto' }];
const hours = {
  mon: ['09:00-18:00'],
  tue: ['09:00-18:00'],
  wed: ['09:00-18:00'],
  thu: ['09:00-18:00'],
  fri: ['09:00-13:00'],
  holidays: { country: 'IT' },
  closures: [{ from: '2026-12-24', to: '2027-01-02', note: 'ferie' }],
};

async function visiting() {
  const studio = await openStudio({
    now: '2026-11-23T10:00:00+01:00',
    config: { dunning: { steps }, contactHours: hours },
  });
  const client = studio.client('Bianchi', { contactName: 'Laura' });
  studio.invoice(client, { number: '7', dueOn: '2026-11-27' });
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  const cell = (text: string, day: string) =>
    new RegExp(`<td class="([a-z ]*)"[^>]*><time datetime="${day}"[^>]*>.*?</td>`, 's').exec(text) ?? [];
  return { page, visitor, cell };
}

it('days are what the hours make of them', async () => {
  const { page } = await visiting();
  const days = calendarDays(page.desk.config.hours, localDay('2026-12-04'), 24);
  const states = Object.fromEntries(
    days.map(({ day, state, note }) => [day.slice(5), note === '' ? state : `${state}: ${note}`]),
  );
  expect(states).toMatchObject({
    '12-04': 'open',
    '12-05': 'closed',
    '12-08': 'holiday: Immaculate Conception',
    '12-23': 'open',
    '12-24': 'closure: ferie',
    '12-25': 'closure: ferie',
  });
  expect(days[0]?.blocks).toEqual(['09:00-13:00']);
});

it('a letter stands in its day, and elsewhere when the steps are imagined otherwise; nothing is written', async () => {
  const { page, visitor, cell } = await visiting();
  const before = readFileSync(page.configFile, 'utf8');
  const text = await visitor.text('/plan');
  const [inDay = '', kind] = cell(text, '2026-11-30');
  expect([kind?.trim(), inDay]).toEqual(['open', expect.stringContaining('Bianchi: payment reminder')]);
  expect(cell(text, '2026-12-08')[1]?.trim()).toBe('holiday');
  const imagined = await visitor.text('/plan?part=ladder&letter=payment-reminder&after=10&gap=0&approval=ask');
  expect(cell(imagined, '2026-11-30')[0]).not.toContain('Bianchi');
  expect(cell(imagined, '2026-12-07')[0]).toMatch(/dot ask.*Bianchi/s);
  expect(imagined).toMatch(/Would no longer leave on that day.*Bianchi/s);
  expect(imagined).toContain('href="/settings/change?part=ladder');
  expect(readFileSync(page.configFile, 'utf8')).toBe(before);
});

it('a closure is imagined, and one that cannot be is told', async () => {
  const { visitor, cell } = await visiting();
  const text = await visitor.text('/plan?part=closures&from=2026-11-30&to=2026-12-02&note=Roma');
  expect(cell(text, '2026-12-01')[0]).toContain('closure: Roma');
  expect(cell(text, '2026-12-03')[0]).toContain('Bianchi');
  expect(await visitor.text('/plan?part=closures&from=2026-12-05&to=2026-12-02&note=x')).toContain('role="alert"');
});
