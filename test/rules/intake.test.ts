/** What is to settle with somebody new: each question by what the record knows, and by the owner's own marks. */
import { expect, it } from 'vitest';
import { noTerms } from '../../src/rules/client.ts';
import { referralOf } from '../../src/rules/colleague.ts';
import { type IntakeFacts, intakeItems, intakeOf } from '../../src/rules/intake.ts';
import { lessonState } from '../../src/rules/lesson.ts';
import { dueBy, inDays, parsePaymentDay } from '../../src/rules/payment-terms.ts';
import { localDay } from '../../src/rules/time.ts';

const nothing: IntakeFacts = { clientId: 4, terms: noTerms, paymentTerms: null, welcomed: false, marks: [] };
const stateOf = (facts: IntakeFacts) => Object.fromEntries(intakeOf(facts).map(({ item, state }) => [item, state]));

it('of somebody of whom nothing is known everything is open, each with its command', () => {
  const lines = intakeOf(nothing);
  expect(lines.map(({ item }) => item)).toEqual([...intakeItems]);
  expect(lines.every(({ command }) => command?.includes(' 4 ') === true)).toBe(true);
  expect(lines.some(({ state }) => state === 'kept')).toBe(false);
});

it('what is agreed is settled, and asks for no command', () => {
  const terms = {
    ...noTerms,
    contractSignedOn: localDay('2026-01-05'),
    scope: ['sito'],
    revisionsIncluded: 2,
    rateCents: 6000,
    rateUnit: 'hour' as const,
    currency: 'EUR',
  };
  const lines = intakeOf({ ...nothing, terms, paymentTerms: inDays(30), welcomed: true });
  expect(lines.filter(({ state }) => state !== 'kept').map(({ item }) => item)).toEqual(['goals', 'field']);
});

it.each([
  ['unclear-goals', 'goals'],
  ['outside-field', 'field'],
  ['no-time', 'field'],
  ['will-not-sign', 'contract'],
] as const)('the mark %s answers %s with no', (mark, item) => {
  expect(stateOf({ ...nothing, marks: [mark] })[item]).toBe('broken');
});

it.each([
  [{ days: 0, endOfMonth: false, dayAfter: null }, 'kept'],
  [{ days: 0, endOfMonth: true, dayAfter: 1 }, 'broken'],
  [{ days: 30, endOfMonth: false, dayAfter: null }, 'broken'],
  [null, 'open'],
] as const)('payment ahead, where %j is agreed, is %s', (paymentTerms, state) => {
  expect(lessonState({ rule: 'paid-ahead', rate: null }, { ...nothing, paymentTerms })).toBe(state);
});

it.each([
  [{ rateCents: 6000, rateUnit: 'hour', currency: 'EUR' }, 'kept'],
  [{ rateCents: 5999, rateUnit: 'hour', currency: 'EUR' }, 'broken'],
  [{ rateCents: 40000, rateUnit: 'day', currency: 'EUR' }, 'asks'],
  [{ rateCents: 6000, rateUnit: 'hour', currency: 'USD' }, 'asks'],
  [{ rateCents: null, rateUnit: null, currency: null }, 'open'],
] as const)('a least price, where %j is agreed, is %s', (agreed, state) => {
  const rate = { cents: 6000, currency: 'EUR', unit: 'hour' as const };
  expect(lessonState({ rule: 'least-rate', rate }, { ...nothing, terms: { ...noTerms, ...agreed } })).toBe(state);
});

it.each([
  ['1', '2026-11-03', '2026-12-01'],
  ['1st', '2026-11-30', '2026-12-01'],
  ['1', '2026-12-01', '2027-01-01'],
  ['15', '2026-11-03', '2026-12-15'],
  ['31', '2026-01-10', '2026-02-28'],
])('day %s of the month: an invoice of %s is due on %s', (text, issued, due) => {
  expect(dueBy(parsePaymentDay(text), localDay(issued))).toBe(due);
});

it.each(['0', '32', 'first', '', '-1', '1.5'])('"%s" is no day of a month', (text) => {
  expect(() => parsePaymentDay(text)).toThrow(RangeError);
});

const lara = { name: 'Lara Neri', does: 'siti in WordPress', contact: 'lara@neri.example' };
const luca = { name: 'Luca Blu', does: '', contact: '' };

it.each([
  ['Lara Neri', 'Lara Neri, siti in WordPress (lara@neri.example)'],
  ['lara', 'Lara Neri, siti in WordPress (lara@neri.example)'],
  ['Luca Blu', 'Luca Blu'],
  ['l', 'l'],
  ['lo Studio Verdi', 'lo Studio Verdi'],
  ['', ''],
])('"%s" names %s', (typed, said) => {
  expect(referralOf(typed, [lara, luca])).toBe(said);
});
