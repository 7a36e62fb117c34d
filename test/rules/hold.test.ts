import { describe, expect, it } from 'vitest';
import {
  asksFirst,
  endsInQuestion,
  type Hold,
  holdEffect,
  type HoldReason,
  holdReasons,
  holds,
  holdTable,
  type HeldFamily,
  openQuestionFor,
  rowOfHolds,
} from '../../src/rules/hold.ts';
import { familyOf, letterKinds } from '../../src/rules/letter.ts';
import { dayMs, instant, plus } from '../../src/rules/time.ts';
import { asWritten } from '../../src/rules/reason.ts';
import { said } from '../support/in-words.ts';

const now = instant('2026-11-23T09:00:00+01:00');
const hold = (over: Partial<Hold> = {}): Hold => ({
  id: 1,
  scope: 'client',
  scopeId: 1,
  reason: 'reply',
  note: null,
  messageId: 7,
  until: plus(now, dayMs),
  createdAt: plus(now, -dayMs),
  askedAt: null,
  endedAt: null,
  ...over,
});

describe('a hold', () => {
  it.each<[string, Partial<Hold>, boolean, boolean]>([
    ['before its end', {}, true, false],
    ['at its end: it asks', { until: now }, false, true],
    ['of a promise, at its end', { reason: 'promise', until: now }, false, false],
    ['of an absence, at its end', { reason: 'out-of-office', until: now }, false, false],
    ['of an absence of which the owner is asked', { reason: 'out-of-office', until: now, askedAt: now }, false, true],
    ['without an end', { until: null }, true, false],
    ['that was ended', { endedAt: now }, false, false],
    ['that was ended after it asked', { until: now, askedAt: now, endedAt: now }, false, false],
  ])('%s', (_, over, stops, asks) => {
    expect([holds(hold(over), now), asksFirst(hold(over), now)]).toEqual([stops, asks]);
  });

  it('never both stops and asks', () => {
    for (const reason of holdReasons)
      for (const until of [null, plus(now, -1), now, plus(now, 1)])
        for (const askedAt of [null, now])
          for (const endedAt of [null, now]) {
            const one = hold({ reason, until, askedAt, endedAt });
            expect(holds(one, now) && asksFirst(one, now)).toBe(false);
          }
  });

  it('leaves a question when it came of what somebody wrote', () => {
    const asking = holdReasons.filter((reason) => endsInQuestion(hold({ reason })));
    expect(asking).toEqual(['reply', 'bounce', 'payment-claimed']);
  });
});

describe('which letters a hold keeps', () => {
  const families: HeldFamily[] = ['dunning', 'asking', 'confirming', 'closing', 'nudge', 'acknowledgement'];
  const kept = (reason: HoldReason) => families.filter((family) => holdTable[reason][family]);
  it.each<[HoldReason, HeldFamily[]]>([
    ['promise', ['dunning', 'asking']],
    ['dispute', ['dunning', 'asking']],
    ['reply', ['dunning', 'asking', 'nudge']],
    ['out-of-office', ['dunning', 'asking', 'nudge']],
    ['bounce', ['dunning', 'asking', 'confirming', 'closing', 'nudge']],
    ['payment-claimed', ['dunning', 'asking', 'confirming', 'nudge']],
    ['manual', families],
    ['opt-out', families],
  ])('%s', (reason, expected) => expect(kept(reason)).toEqual(expected));

  it('every kind of letter has a family, and only those of a case are held for money', () => {
    const ofCase = letterKinds.map((kind) => familyOf({ kind, caseId: 1 }));
    const ofNone = letterKinds.map((kind) => familyOf({ kind, caseId: null }));
    expect(new Set(ofCase)).toEqual(new Set([...families, 'by-hand']));
    expect(new Set(ofNone)).toEqual(new Set(['nudge', 'acknowledgement', 'by-hand']));
  });

  const zone = 'Europe/Rome';
  it('names the hold that keeps the longest, its end and the note', () => {
    const friday = instant('2026-11-28T00:00:00+01:00');
    const all = [
      hold({ reason: 'promise', until: friday, note: asWritten('by phone') }),
      hold({ id: 2, reason: 'out-of-office', until: plus(now, 1) }),
    ];
    expect(said(holdEffect(all, 'dunning', now, zone)?.why)).toBe(
      'the client promised to pay, until 27 November 2026 (by phone)',
    );
    expect(said(holdEffect(all, 'nudge', now, zone)?.why)).toBe('the client is away, until 23 November 2026');
    expect(holdEffect(all, 'acknowledgement', now, zone)).toBeNull();
    expect(holdEffect([hold({ until: now })], 'dunning', now)).toBeNull();
    expect(holdEffect([...all, hold({ id: 3, reason: 'manual', until: null })], 'closing', now)).toMatchObject({
      until: null,
      why: { code: 'held', reason: 'manual', until: null },
    });
  });

  it('what its end leaves open asks for those letters only that it kept', () => {
    const over = [hold({ reason: 'bounce', until: now })];
    expect(openQuestionFor(over, 'dunning', now)).toBe(over[0]);
    expect(openQuestionFor(over, 'acknowledgement', now)).toBeUndefined();
  });
});

describe('holds in a row', () => {
  const days = (ago: number, over: Partial<Hold> = {}) =>
    hold({ id: 100 - ago, createdAt: plus(now, -ago * dayMs), ...over });
  it.each<[string, Hold[], number | null]>([
    ['one is no row', [days(3)], null],
    ['two are', [days(3), days(10)], 2],
    ['those that were ended count', [days(3, { endedAt: now }), days(10, { endedAt: now }), days(20)], 3],
    ['those given by hand do not', [days(3), days(10, { messageId: null })], null],
    ['those of long ago do not', [days(3), days(60)], null],
  ])('%s', (_, all, count) => {
    expect(rowOfHolds(all, now)?.count ?? null).toBe(count);
  });

  it('tells since when, and of what, in their order', () => {
    const row = rowOfHolds([days(3, { reason: 'bounce' }), days(20, { reason: 'payment-claimed' })], now);
    expect(row).toEqual({ count: 2, since: plus(now, -20 * dayMs), reasons: ['payment-claimed', 'bounce'] });
  });
});
