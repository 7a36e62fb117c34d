/** What may become of a line of the bank, and up to which day a bank has booked everything. */
import { describe, expect, it } from 'vitest';
import { creditOf, lastBookingDay, lineMoves, lineStates, placeOf } from '../../src/rules/bank-line.ts';
import { localDay } from '../../src/rules/time.ts';

describe('the states of a line', () => {
  it('each can be reached, and none is a dead end for its owner', () => {
    const reached = new Set(Object.values(lineMoves).flat());
    expect(lineStates.filter((state) => state !== 'new' && !reached.has(state))).toEqual([]);
    expect(lineStates.filter((state) => lineMoves[state].length === 0)).toEqual([]);
  });

  it('from each the owner comes back to the question in at most two moves', () => {
    for (const state of lineStates) {
      const next = lineMoves[state];
      const isNear = next.includes('question') || next.some((one) => lineMoves[one].includes('question'));
      expect({ state, isNear }).toEqual({ state, isNear: true });
    }
  });

  it('what was matched is never passed over as nobody’s, and what is looked at is new no more', () => {
    expect(lineMoves.matched).toEqual(['question', 'reversed']);
    expect(lineStates.filter((state) => lineMoves[state].includes('new'))).toEqual([]);
  });
});

describe('the last day for which a bank has booked everything', () => {
  const holiday = (day: string) => (day === '2026-12-08' ? 'Immaculate Conception' : undefined);
  it.each([
    ['2026-11-10', '2026-11-09', 'a Tuesday: Monday'],
    ['2026-11-09', '2026-11-06', 'a Monday: Friday'],
    ['2026-11-08', '2026-11-06', 'a Sunday: Friday'],
    ['2026-11-07', '2026-11-06', 'a Saturday: Friday'],
    ['2026-12-09', '2026-12-07', 'the day after a holiday: the day before it'],
    ['2026-12-08', '2026-12-07', 'a holiday: the day before'],
    ['2027-01-01', '2026-12-31', 'New Year: the year before'],
  ])('%s: %s (%s)', (today, last) => expect(lastBookingDay(localDay(today), holiday)).toBe(last));
});

describe('words', () => {
  const line = { file: 'conto.csv', place: 'row 3', amountCents: 1, currency: 'EUR', payerName: null, payerIban: null };
  it('say where it stands', () => {
    expect(placeOf(line)).toBe('conto.csv, row 3');
  });

  it('of the payer are his text and the reference that he gave', () => {
    expect(creditOf({ ...line, text: 'saldo', endToEnd: 'FT-14' }).text).toBe('saldo FT-14');
    expect(creditOf({ ...line, text: 'saldo', endToEnd: null }).text).toBe('saldo');
  });
});
