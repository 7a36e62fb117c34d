/** Passwords, sign-ins and certificates that end: heard of two weeks before, two days before, and afterwards; never twice. */
import { describe, expect, it } from 'vitest';
import { sayWhatEnds } from '../../src/jobs/endings.ts';
import { type Ending, stageOf } from '../../src/rules/endings.ts';
import { addDays, instant, localDay } from '../../src/rules/time.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { tell } from '../../src/words/voice.ts';
import { HandClock } from '../../src/clock.ts';
import { memoryStore } from '../store/make.ts';
import type { Settings } from '../../src/rules/settings.ts';

const password: Ending = { mailbox: 'pec', what: 'password', of: '', on: localDay('2027-02-14') };
const settings = { owner: { timeZone: 'Europe/Rome' } } as Settings;

function looking() {
  const store = memoryStore();
  const clock = new HandClock(instant('2027-01-01T09:00:00+01:00'));
  let endings: Ending[] = [password];
  return {
    renew: (next: Ending[]) => void (endings = next),
    on: (day: string) => {
      clock.set(instant(`${day}T09:00:00+01:00`));
      sayWhatEnds({ store, clock, settings, endings: () => endings });
      return store.read((r) => unseenNotices(r)).map(({ told }) => tell(told, 'en').text);
    },
    again: () => store.read((r) => unseenNotices(r)).length,
  };
}

describe('when it is said', () => {
  it.each([
    [15, null],
    [14, 'fortnight'],
    [3, 'fortnight'],
    [2, 'days'],
    [0, 'days'],
    [-1, 'ended'],
  ])('%s days before its last day', (before, stage) => {
    expect(stageOf(password, addDays(password.on, -before))).toBe(stage);
  });

  it('is not of a sign-in that has ended: that is asked for anew elsewhere', () => {
    expect(stageOf({ ...password, what: 'sign-in' }, localDay('2027-02-15'))).toBeNull();
  });
});

describe('what the owner hears', () => {
  it('is one notice a stage, each in the place of the one before', () => {
    const look = looking();
    expect(look.on('2027-01-30')).toEqual([]);
    expect(look.on('2027-01-31')).toEqual(['The password of pec ends on 14 February 2027, in 14 days.']);
    expect(look.on('2027-02-05')).toHaveLength(1);
    expect(look.on('2027-02-12')).toEqual(['The password of pec ends on 14 February 2027, in 2 days.']);
    expect(look.on('2027-02-20')).toEqual(['The password of pec ended on 14 February 2027.']);
  });

  it('is over when it was renewed', () => {
    const look = looking();
    look.on('2027-02-12');
    look.renew([{ ...password, on: localDay('2027-05-14') }]);
    expect(look.on('2027-02-13')).toEqual([]);
  });

  it('says each in both languages, with what to do', () => {
    const kinds = ['password', 'sign-in', 'certificate'] as const;
    const of = { password: '', 'sign-in': 'Microsoft', certificate: '/studio/ca.pem' };
    const said = kinds.map((what) => tell({ code: 'ends', ...password, what, of: of[what], days: -3 }, 'it'));
    expect(said.map(({ text }) => text)).toEqual([
      'La password di pec è scaduta il 14 febbraio 2027.',
      'L’accesso di pec a Microsoft è scaduto il 14 febbraio 2027.',
      'Il certificato /studio/ca.pem, con cui si riconosce il server di pec, è scaduto il 14 febbraio 2027.',
    ]);
    expect(said.map(({ next }) => next)).toEqual([
      expect.stringContaining('passwordUntil'),
      'paletti auth login pec',
      expect.stringContaining('«ca»'),
    ]);
  });
});
