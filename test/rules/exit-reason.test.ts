/** The reason of an exit against the record: a letter that ends the work names only what is so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitReasons, misspeltReason, reasonAgainstRecord, type ReasonRecord } from '../../src/rules/exit-reason.ts';
import type { Debt } from '../../src/rules/invoice.ts';
import type { SettledDate } from '../../src/rules/settled-dates.ts';
import { localDay } from '../../src/rules/time.ts';
import type { Reason } from '../../src/rules/reason.ts';
import { say } from '../../src/words/voice.ts';

const inEnglish = (reasons: readonly Reason[]) => reasons.map((reason) => say(reason, 'en'));

const dueOn = localDay('2026-09-30');
const settled = (number: string, daysLate: number): SettledDate => ({ invoiceId: 1, number, dueOn, daysLate });
const owed = { openCents: 100, currency: 'EUR', dueOn } as Debt;
const empty: ReasonRecord = {
  overdue: [],
  settled: [],
  messages: 0,
  messagesOutOfHours: 0,
  contacts: 0,
  contactsOutOfHours: 0,
  signs: [],
  contractSignedOn: null,
};

describe('late-payment', () => {
  const refused: [string, Partial<ReasonRecord>, string][] = [
    ['nothing was ever invoiced', {}, 'nothing is overdue, and no due date was met or missed yet'],
    [
      'one of two was paid early',
      { settled: [settled('1', 12), settled('2', -3)] },
      'nothing is overdue, and of 2 due dates 1 was paid late (1: 12 days late, 2: 3 days early)',
    ],
    [
      'all were paid on the day',
      { settled: [settled('1', 0), settled('2', 0)] },
      'nothing is overdue, and of 2 due dates 0 was paid late (1: on the day, 2: on the day)',
    ],
  ];
  it.each(refused)('is refused with the figures when %s', (_, record, words) => {
    expect(inEnglish(reasonAgainstRecord('late-payment', { ...empty, ...record }))).toEqual([
      `late-payment is not what the record shows: ${words}`,
    ]);
  });

  it('stands when something is overdue, or two came late', () => {
    expect(inEnglish(reasonAgainstRecord('late-payment', { ...empty, overdue: [owed] }))).toEqual([]);
    expect(
      inEnglish(reasonAgainstRecord('late-payment', { ...empty, settled: [settled('1', 1), settled('2', 5)] })),
    ).toEqual([]);
  });
});

describe('contact-hours and no-contract', () => {
  it('are refused with the figures', () => {
    expect(inEnglish(reasonAgainstRecord('contact-hours', { ...empty, messages: 12, messagesOutOfHours: 1 }))).toEqual([
      'contact-hours is not what the record shows: of 12 messages 1 came outside contact hours',
    ]);
    expect(inEnglish(reasonAgainstRecord('contact-hours', { ...empty, messages: 3, contacts: 1 }))).toEqual([
      'contact-hours is not what the record shows: of 3 messages 0 came outside contact hours, and of 1 contact in the log 0',
    ]);
    expect(inEnglish(reasonAgainstRecord('no-contract', { ...empty, contractSignedOn: dueOn }))).toEqual([
      'no-contract is not what the record shows: a contract of 30 September 2026 is on it',
    ]);
  });

  it('a message and a call together make a habit of it', () => {
    expect(
      reasonAgainstRecord('contact-hours', {
        ...empty,
        messages: 3,
        messagesOutOfHours: 1,
        contacts: 1,
        contactsOutOfHours: 1,
      }),
    ).toEqual([]);
  });
});

it('what only the owner can judge is hers to say, whatever is on record', () => {
  const hers = ['scope', 'different-direction', 'no-capacity', 'own-words'] as const;
  fc.assert(
    fc.property(fc.constantFrom(...hers), fc.nat(), fc.nat(), (reason, messages, contacts) => {
      expect(inEnglish(reasonAgainstRecord(reason, { ...empty, messages, contacts }))).toEqual([]);
    }),
  );
});

describe('a word that was meant to be a reason', () => {
  const slips: [string, string][] = [
    ['late-paymnt', 'late-payment'],
    ['late payment', 'late-payment'],
    ['Late-payments', 'late-payment'],
    ['contact hours', 'contact-hours'],
    ['scoep', 'scope'],
    ['no-contarct', 'no-contract'],
    ['no capacity', 'no-capacity'],
  ];
  it.each(slips)('%s: %s is offered', (typed, meant) => {
    expect(inEnglish([misspeltReason(typed)].flatMap((one) => one ?? []))[0]).toBe(
      `"${typed}" is not a reason that is known; did you mean ${meant}?`,
    );
  });

  it.each(['unpaid', 'burnout', 'x'])('%s alone is no sentence for a client', (typed) => {
    expect(inEnglish([misspeltReason(typed)].flatMap((one) => one ?? []))[0]).toMatch(/is not a reason that is known/);
  });

  it('a slip of one letter is never taken for her own words', () => {
    const known = exitReasons.filter((reason) => reason !== 'own-words');
    fc.assert(
      fc.property(fc.constantFrom(...known), fc.nat({ max: 20 }), (reason, where) => {
        const at = 1 + (where % (reason.length - 1));
        expect(misspeltReason(reason.slice(0, at) + reason.slice(at + 1))).not.toBeNull();
      }),
    );
  });

  it.each([
    'il mio lavoro cambia strada',
    'i pagamenti arrivano sempre dopo i solleciti',
    'my studio closes at the end of the year',
    'no contract was ever signed by you',
  ])('%s: her own words', (typed) => {
    expect(misspeltReason(typed)).toBeNull();
  });
});
