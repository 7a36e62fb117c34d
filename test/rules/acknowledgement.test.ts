/** The acknowledgement: who gets one and when, its address, alias, subject and headers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcknowledgementFacts, StillWantedFacts } from '../../src/rules/acknowledgement.ts';
import {
  acknowledgementHeaders,
  acknowledgementIntervalMs,
  aliasWrittenTo,
  decideAcknowledgement,
  promiseOf,
  stillWantedAcknowledgement,
} from '../../src/rules/acknowledgement.ts';
import type { ContactHours } from '../../src/rules/contact-hours.ts';
import { isOpen, nextOpening, parseWeek } from '../../src/rules/contact-hours.ts';
import type { Instant } from '../../src/rules/time.ts';
import { hourMs, instant, localDay, minuteMs, plus, toIso } from '../../src/rules/time.ts';
import { triage } from '../../src/rules/triage.ts';
import { throughTheGate } from '../support/through-the-gate.ts';
import { aMail, client, owner } from './a-mail.ts';
import { said } from '../support/in-words.ts';

const days = ['09:00-13:00', '14:00-18:00'];
const hours: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: days, tue: days, wed: days, thu: days, fri: days }),
  holiday: (day) => (day === '2026-12-08' ? 'Immacolata' : undefined),
  closures: [],
};

const mondayTen = instant('2026-11-23T09:00:00Z'); // 10:00 in Rome
const inTime = instant('2026-11-26T09:00:00Z');

function factsWith(changes: Partial<AcknowledgementFacts> = {}): AcknowledgementFacts {
  return {
    settings: { enabled: true, to: 'clients', holdMinutes: 30 },
    verdict: triage(aMail(), { role: 'inbox', flags: [], ownAddresses: [owner] }),
    isClient: true,
    isEnded: false,
    toldOfClosure: false,
    history: false,
    receivedAt: mondayTen,
    activatedAt: instant('2026-11-01T00:00:00Z'),
    answer: { recipient: throughTheGate(client) },
    belief: null,
    waiting: { count: 0, perDay: 1 },
    window: { state: 'open', dueAt: inTime, acknowledged: false },
    lastAcknowledgedAt: null,
    hours,
    ...changes,
  };
}

const settings = factsWith().settings;
const window = { state: 'open', dueAt: inTime, acknowledged: false } as const;

describe('what an acknowledgement promises', () => {
  const closed = { ...hours, closures: [{ from: localDay('2026-11-16'), to: localDay('2026-11-20'), note: 'ferie' }] };
  const rome = (text: string) => instant(`${text}+01:00`);
  it.each([
    ['the moment the answer is due', '2026-11-23T10:30', '2026-11-26T10:00', '2026-11-26T10:00'],
    ['also one on the same day, hours away', '2026-11-23T09:00', '2026-11-23T16:00', '2026-11-23T16:00'],
    ['after a closure the end of that day', '2026-11-23T09:00', '2026-11-23T09:00', '2026-11-23T18:00'],
    ['in the morning of a late one, too', '2026-11-23T09:20', '2026-11-23T09:00', '2026-11-23T18:00'],
    ['after a holiday', '2026-12-09T09:00', '2026-12-09T09:00', '2026-12-09T18:00'],
    ['in the evening the end of the next day', '2026-11-23T17:30', '2026-11-23T17:45', '2026-11-24T18:00'],
    ['before a weekend the end of Monday', '2026-11-27T16:00', '2026-11-27T17:00', '2026-11-30T18:00'],
  ])('is %s', (_what, leavesAt, dueAt, promised) => {
    const facts = { leavesAt: rome(leavesAt), dueAt: rome(dueAt), hours: closed };
    expect(promiseOf(facts)).toBe(rome(promised));
  });

  it('leaves hours to keep it in, and is never before the answer is due', () => {
    fc.assert(
      fc.property(fc.nat(60 * 24 * 40), fc.integer({ min: -300, max: 60 * 24 * 9 }), (start, later) => {
        const leavesAt = nextOpening(closed, plus(instant('2026-11-01T00:00:00Z'), start * minuteMs));
        const dueAt = nextOpening(closed, plus(leavesAt, later * minuteMs));
        const promised = promiseOf({ leavesAt, dueAt, hours: closed });
        expect(promised >= dueAt && promised >= plus(leavesAt, 4 * hourMs)).toBe(true);
        expect(isOpen(closed, plus(promised, -minuteMs)) || promised === dueAt).toBe(true);
        expect(promised === dueAt || promised <= plus(leavesAt, 11 * 24 * hourMs)).toBe(true);
      }),
    );
  });

  it('of hours that never open again is hours away', () => {
    const never = { ...hours, week: parseWeek({}) };
    const facts = { leavesAt: mondayTen, dueAt: mondayTen, hours: never };
    expect(promiseOf(facts)).toBe(plus(mondayTen, 4 * hourMs));
  });

  it('through the night counts until midnight', () => {
    const night = { ...hours, week: parseWeek({ mon: ['22:00-02:00'], tue: ['22:00-02:00'] }) };
    const facts = { leavesAt: rome('2026-11-23T22:00'), dueAt: rome('2026-11-23T22:00'), hours: night };
    expect(promiseOf(facts)).toBe(rome('2026-11-24T23:59'));
  });
});

describe('decideAcknowledgement', () => {
  it('acknowledges a client half an hour after receipt, in contact hours', () => {
    const decision = decideAcknowledgement(factsWith(), mondayTen);
    expect(decision).toMatchObject({
      acknowledge: true,
      reason: 'acknowledge',
      holdUntil: plus(mondayTen, 30 * minuteMs),
    });
    // The moment may move while the letter waits; the words are kept.
    expect(said(decision.why)).toMatch(/; an acknowledgement leaves, unless you answer first$/);
    expect(said(decision.why)).not.toMatch(/2026|10:30/);
  });

  it.each([
    ['Saturday night', '2026-11-21T22:00:00Z', '2026-11-23T08:00:00Z'],
    ['a minute before lunch', '2026-11-23T11:59:00Z', '2026-11-23T13:00:00Z'],
    ['half an hour before closing', '2026-11-23T16:30:00Z', '2026-11-24T08:00:00Z'],
    ['a minute earlier', '2026-11-23T16:29:00Z', '2026-11-23T16:59:00Z'],
    ['the eve of a holiday', '2026-12-07T17:30:00Z', '2026-12-09T08:00:00Z'],
    ['just before opening', '2026-11-23T07:45:00Z', '2026-11-23T08:15:00Z'],
    ['the night the clocks go back', '2026-10-24T23:30:00Z', '2026-10-26T08:00:00Z'],
    ['the night the clocks go forward', '2026-03-29T00:30:00Z', '2026-03-30T07:00:00Z'],
  ])('holds what arrives on %s (%s) until %s', (_title, received, until) => {
    const receivedAt = instant(received);
    const facts = factsWith({
      receivedAt,
      activatedAt: null,
      window: { ...window, dueAt: plus(receivedAt, 96 * hourMs) },
    });
    expect(toIso(decideAcknowledgement(facts, receivedAt).holdUntil as Instant)).toBe(until);
  });

  it('does not date the hold before now, when the laptop slept', () => {
    const woke = instant('2026-11-24T19:00:00Z');
    expect(toIso(decideAcknowledgement(factsWith(), woke).holdUntil as Instant)).toBe('2026-11-25T08:00:00Z');
  });

  it.each<[string, Partial<AcknowledgementFacts>]>([
    ['history', { history: true }],
    ['before-activation', { activatedAt: plus(mondayTen, 1) }],
    ['stranger', { isClient: false }],
    ['acknowledgements-off', { settings: { ...settings, enabled: false } }],
    ['not-believed', { belief: { believed: false, code: 'not-as-usual', why: { code: 'not-as-usual' } } }],
    ['work-ended', { isEnded: true }],
    ['no-valid-address', { answer: { recipient: null, code: 'no-valid-address' } }],
    ['not-authenticated', { answer: { recipient: null, code: 'not-authenticated' } }],
    ['enough-waiting', { waiting: { count: 3, perDay: 1 } }],
    ['no-window', { window: null }],
    ['window-answered', { window: { ...window, state: 'answered' } }],
    ['window-closed', { window: { ...window, state: 'waived' } }],
    ['already-acknowledged', { window: { ...window, acknowledged: true } }],
    ['never-open', { hours: { ...hours, week: parseWeek({}) } }],
    ['recently-acknowledged', { lastAcknowledgedAt: plus(mondayTen, -71 * hourMs) }],
    ['promise-past', { window: { ...window, dueAt: plus(mondayTen, 29 * minuteMs) } }],
    ['list-header', { verdict: triage(aMail(['List-Id: x']), { role: 'inbox', flags: [], ownAddresses: [owner] }) }],
    [
      'response-suppressed',
      {
        verdict: triage(aMail(['X-Auto-Response-Suppress: All']), { role: 'inbox', flags: [], ownAddresses: [owner] }),
      },
    ],
  ])('refuses, saying %s', (reason, changes) => {
    const decision = decideAcknowledgement(factsWith(changes), mondayTen);
    expect(decision).toMatchObject({ acknowledge: false, reason, holdUntil: null });
    expect(said(decision.why)).not.toBe('');
  });

  it.each<[string, Partial<AcknowledgementFacts>]>([
    ['a stranger when everyone gets one', { isClient: false, settings: { ...settings, to: 'everyone' } }],
    ['what was received at the very moment of the first start', { activatedAt: mondayTen }],
    ['when the first start is unknown', { activatedAt: null }],
    [
      '72 hours after the last one, to the minute',
      { lastAcknowledgedAt: plus(mondayTen, 30 * minuteMs - acknowledgementIntervalMs) },
    ],
    ['when the answer is due at that very moment', { window: { ...window, dueAt: plus(mondayTen, 30 * minuteMs) } }],
    ['a hold as long as the window', { settings: { ...settings, holdMinutes: 72 * 60 } }],
  ])('acknowledges %s', (_title, changes) => {
    expect(decideAcknowledgement(factsWith(changes), mondayTen)).toMatchObject({ acknowledge: true });
  });

  it('names the robot before the stranger, and the stranger before what a person may forbid', () => {
    const robot = triage(aMail(['List-Id: x']), { role: 'inbox', flags: [], ownAddresses: [owner] });
    const asked = triage(aMail(['X-Auto-Response-Suppress: All']), { role: 'inbox', flags: [], ownAddresses: [owner] });
    expect(decideAcknowledgement(factsWith({ verdict: robot, isClient: false }), mondayTen).reason).toBe('list-header');
    expect(decideAcknowledgement(factsWith({ verdict: asked, isClient: false }), mondayTen).reason).toBe('stranger');
  });

  it('never leaves outside contact hours, too early, too late or within 72 hours of the last one', () => {
    const arbitrary = fc.record({
      received: fc.integer({ min: instant('2026-01-01T00:00:00Z'), max: instant('2027-12-31T00:00:00Z') }),
      holdMinutes: fc.integer({ min: 0, max: 5000 }),
      dueAfterHours: fc.integer({ min: 1, max: 200 }),
      lateMinutes: fc.integer({ min: 0, max: 6000 }),
      lastBeforeHours: fc.option(fc.integer({ min: -10, max: 200 })),
    });
    fc.assert(
      fc.property(arbitrary, ({ received, holdMinutes, dueAfterHours, lateMinutes, lastBeforeHours }) => {
        const receivedAt = received as Instant;
        const now = plus(receivedAt, lateMinutes * minuteMs);
        const dueAt = plus(receivedAt, dueAfterHours * hourMs);
        const last = lastBeforeHours === null ? null : plus(receivedAt, -lastBeforeHours * hourMs);
        const { acknowledge, holdUntil } = decideAcknowledgement(
          factsWith({
            receivedAt,
            activatedAt: null,
            settings: { ...settings, holdMinutes },
            window: { ...window, dueAt },
            lastAcknowledgedAt: last,
          }),
          now,
        );
        const at = holdUntil ?? now;
        const isFar = last === null || at - last >= 72 * hourMs;
        const isLateEnough = at >= plus(receivedAt, holdMinutes * minuteMs) && at >= now;
        const isRight = isOpen(hours, at) && isLateEnough && at <= dueAt && isFar;
        expect(acknowledge).toBe(holdUntil !== null);
        expect(isRight || !acknowledge).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('stillWantedAcknowledgement', () => {
  const wanted: StillWantedFacts = {
    windowState: 'open',
    promisedAt: inTime,
    lastAcknowledgedAt: null,
    isEnded: false,
  };

  it('goes while the window is open and the promise ahead', () => {
    expect(stillWantedAcknowledgement(wanted, mondayTen)).toMatchObject({ wanted: true });
    expect(stillWantedAcknowledgement(wanted, inTime)).toMatchObject({ wanted: true });
  });

  it.each<[string, Partial<StillWantedFacts>, Instant]>([
    ['window-answered', { windowState: 'answered' }, mondayTen],
    ['no-answer-due', { windowState: 'waived' }, mondayTen],
    ['no-answer-due', { windowState: null }, mondayTen],
    ['work-ended', { isEnded: true }, mondayTen],
    ['promise-is-due', {}, plus(inTime, 1)],
    ['promise-is-due', { promisedAt: null }, mondayTen],
    ['recently-acknowledged', { lastAcknowledgedAt: plus(mondayTen, -hourMs) }, mondayTen],
  ])('is dropped, saying %s', (reason, changes, now) => {
    expect(stillWantedAcknowledgement({ ...wanted, ...changes }, now)).toMatchObject({
      wanted: false,
      why: { code: reason },
    });
  });

  it('goes again 72 hours after the last one', () => {
    const facts = { ...wanted, lastAcknowledgedAt: plus(mondayTen, -72 * hourMs) };
    expect(stillWantedAcknowledgement(facts, mondayTen).wanted).toBe(true);
  });

  it('stays dropped as time goes on', () => {
    const later = fc.integer({ min: 0, max: 1000 * hourMs });
    fc.assert(
      fc.property(later, later, (first, more) => {
        const early = stillWantedAcknowledgement(wanted, plus(mondayTen, first)).wanted;
        const late = stillWantedAcknowledgement(wanted, plus(mondayTen, first + more)).wanted;
        expect(early || !late).toBe(true);
      }),
    );
  });
});

describe('acknowledgementHeaders', () => {
  it('marks the letter as automatic for every kind of reader', () => {
    expect(acknowledgementHeaders(aMail(), { alias: owner }).headers).toEqual({
      'Auto-Submitted': 'auto-replied',
      'X-Auto-Response-Suppress': 'All',
      Precedence: 'bulk',
      'X-Loop': owner,
    });
    expect(acknowledgementHeaders(aMail()).headers['X-Loop']).toBeUndefined();
    expect(acknowledgementHeaders(aMail(), { alias: 'x\r\nBcc: evil@x.example' }).headers['X-Loop']).toBeUndefined();
  });

  it.each<[string, string[], string | null, string[]]>([
    ['nothing before', [], '<m1@firm.example>', ['<m1@firm.example>']],
    ['a thread', ['References: <a@x> <b@x>'], '<m1@firm.example>', ['<a@x>', '<b@x>', '<m1@firm.example>']],
    ['In-Reply-To alone', ['In-Reply-To: <a@x>'], '<m1@firm.example>', ['<a@x>', '<m1@firm.example>']],
    [
      'In-Reply-To beside References',
      ['In-Reply-To: <z@x>', 'References: <a@x>'],
      '<m1@firm.example>',
      ['<a@x>', '<m1@firm.example>'],
    ],
    ['several In-Reply-To', ['In-Reply-To: <a@x> <b@x>'], '<m1@firm.example>', ['<m1@firm.example>']],
    [
      'a repetition',
      ['References: <a@x> <b@x> <a@x> <m1@firm.example>'],
      '<m1@firm.example>',
      ['<b@x>', '<a@x>', '<m1@firm.example>'],
    ],
    ['no Message-ID', ['Message-ID:', 'References: <a@x>'], null, ['<a@x>']],
    ['no Message-ID, no thread', ['Message-ID:'], null, []],
  ])('threads the answer to %s', (_title, lines, inReplyTo, references) => {
    expect(acknowledgementHeaders(aMail(lines))).toMatchObject({ inReplyTo, references });
  });

  it('passes over ids that could not stand in a header', () => {
    const hostile = aMail([], {
      messageId: '<a@x>\r\nBcc: evil@x.example',
      references: ['<b @x>', '<ok@x>', '<>', `<${'l'.repeat(2000)}@x>`],
    });
    expect(acknowledgementHeaders(hostile)).toMatchObject({ inReplyTo: null, references: ['<ok@x>'] });
  });

  it('keeps the root and the newest of an endless thread', () => {
    const references = Array.from({ length: 1000 }, (_, index) => `<message-${index}@firm.example>`);
    const { references: kept } = acknowledgementHeaders(aMail([], { references }));
    expect(kept[0]).toBe('<message-0@firm.example>');
    expect(kept.slice(-2)).toEqual(['<message-999@firm.example>', '<m1@firm.example>']);
    expect(kept.join(' ').length).toBeLessThanOrEqual(6_100);
  });

  it('gives one line for every value, whatever the mail holds', () => {
    const id = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(id, fc.array(id), (messageId, references) => {
        const { inReplyTo, references: ids } = acknowledgementHeaders(aMail([], { messageId, references }));
        expect([inReplyTo ?? '<x>', ...ids].every((each) => /^<[^\s<>]+>$/.test(each))).toBe(true);
      }),
    );
  });
});

describe('aliasWrittenTo', () => {
  const own = ['Anna@studio.example', 'hello@studio.example', 'shop@studio.example'];
  it.each<[string, string[], string]>([
    ['the one in To', ['To: carla@x.example, HELLO@studio.example'], 'hello@studio.example'],
    ['To before Cc', ['To: shop@studio.example', 'Cc: hello@studio.example'], 'shop@studio.example'],
    ['the one in Cc', ['To: carla@x.example', 'Cc: hello@studio.example'], 'hello@studio.example'],
    ['the one in Bcc', ['To: carla@x.example', 'Bcc: <hello@studio.example>'], 'hello@studio.example'],
    ['the one in Resent-To', ['To: carla@x.example', 'Resent-To: shop@studio.example'], 'shop@studio.example'],
    [
      'the one it was delivered to',
      ['To: carla@x.example', 'Delivered-To: shop@studio.example'],
      'shop@studio.example',
    ],
    ['without the detail of the sender', ['To: shop+spring@studio.example'], 'shop@studio.example'],
    ['the fallback otherwise', ['To: carla@x.example'], 'anna@studio.example'],
  ])('%s', (_title, lines, expected) => {
    expect(aliasWrittenTo(aMail(lines), own, 'Anna@studio.example')).toBe(expected);
  });
});
