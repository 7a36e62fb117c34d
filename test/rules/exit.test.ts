/** The protocol of an ending: states, refusals, notice and handover. */
import { describe, expect, it } from 'vitest';
import {
  checklist,
  coolingEndsAt,
  coolingWarning,
  type Exit,
  exitChecks,
  type ExitFacts,
  exitMoves,
  exitState,
  exitStates,
  handover,
  mayApprove,
  mayCancel,
  mayEnd,
  mayGoAlone,
  mayMoveExit,
  nextExitMoment,
  noticeEndsOn,
  reasonFaults,
} from '../../src/rules/exit.ts';
import type { Debt } from '../../src/rules/invoice.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { tell } from '../../src/words/voice.ts';
import type { Told } from '../../src/rules/told.ts';
import type { Reason } from '../../src/rules/reason.ts';
import { say } from '../../src/words/voice.ts';

const inEnglish = (reasons: readonly Reason[]) => reasons.map((reason) => say(reason, 'en'));

const rome = (text: string) => instant(`${text}+02:00`);
const proposedAt = rome('2026-05-18T10:00');
const ticks = exitChecks.map((item) => ({ item, at: rome('2026-05-21T11:00'), logId: item === 'talked' ? 5 : null }));

function anExit(over: Partial<Exit> = {}): Exit {
  return {
    id: 3,
    clientId: 1,
    proposedAt,
    proposedBy: 'owner',
    coolingFrom: proposedAt,
    reason: 'late-payment',
    ownWords: '',
    notice: { kind: 'days', days: 30 },
    checks: ticks,
    approvedAt: null,
    letterState: null,
    sentAt: null,
    endedAt: null,
    cancelledAt: null,
    ...over,
  };
}

function facts(over: Partial<ExitFacts> = {}): ExitFacts {
  return {
    clientName: 'Studio Bianchi',
    timeZone: 'Europe/Rome',
    coolingDays: 3,
    terms: { exitClause: null, contractSignedOn: localDay('2025-01-10'), noticeDays: 30, workPrepaidUntil: null },
    unbilled: false,
    debts: [],
    disputed: [],
    log: [{ id: 5, kind: 'call', at: rome('2026-05-19T15:00') }],
    earlierProposals: [],
    ownerOwesSince: null,
    openAnswers: 0,
    lastDeliveryAt: null,
    proposalsInYear: 1,
    paidUndelivered: [],
    record: {
      overdue: [debt],
      settled: [],
      messages: 0,
      messagesOutOfHours: 0,
      contacts: 0,
      contactsOutOfHours: 0,
      signs: [],
      contractSignedOn: null,
    },
    ...over,
  };
}

const debt: Debt = {
  invoiceId: 1,
  instalmentId: 1,
  number: '7',
  issuedOn: localDay('2026-04-14'),
  dueOn: localDay('2026-05-14'),
  currency: 'EUR',
  amountCents: 122_000,
  openCents: 122_000,
  project: null,
};
const thursday = rome('2026-05-21T12:00');

describe('where an exit stands', () => {
  const sentAt = rome('2026-05-22T09:00');
  it.each([
    ['nobody took it up', { coolingFrom: null }, '2026-06-30T10:00', 'proposed'],
    ['cools off from the moment it was taken up', {}, '2026-05-18T10:00', 'cooling'],
    ['cools off to the minute', {}, '2026-05-21T09:59', 'cooling'],
    ['then the checklist opens', {}, '2026-05-21T10:00', 'checklist'],
    ['approved', { approvedAt: thursday }, '2026-05-21T12:00', 'approved'],
    ['sent today', { approvedAt: thursday, sentAt }, '2026-05-22T18:00', 'notice-sent'],
    ['the notice runs from the day after', { approvedAt: thursday, sentAt }, '2026-05-23T00:00', 'notice-running'],
    ['ended', { approvedAt: thursday, sentAt, endedAt: rome('2026-06-22T09:00') }, '2026-06-22T09:00', 'ended'],
    ['cancelled', { cancelledAt: thursday }, '2026-05-21T12:00', 'cancelled'],
  ])('%s', (_name, over, when, expected) => {
    expect(exitState(anExit(over), facts(), rome(when))).toBe(expected);
  });

  it('cools off by the calendar: three days over the spring change end at the same time of day', () => {
    const coolingFrom = instant('2026-03-27T10:00+01:00');
    expect(coolingEndsAt({ coolingFrom }, facts())).toBe(instant('2026-03-30T10:00+02:00'));
  });

  it('can be undone at every point before the letter is sent, and at none after', () => {
    const undone = exitStates.filter((state) => mayMoveExit(state, 'cancelled'));
    expect(undone).toEqual(['proposed', 'cooling', 'checklist', 'approved']);
    expect(exitMoves.ended).toEqual([]);
    expect(exitMoves.cancelled).toEqual([]);
    expect(mayMoveExit('proposed', 'approved')).toBe(false);
    expect(mayMoveExit('checklist', 'notice-sent')).toBe(false);
  });
});

describe('the warning on each day of the cooling-off', () => {
  const about = {
    client: { id: 1, name: 'Studio Bianchi' },
    timeZone: 'Europe/Rome',
    coolingDays: 3,
    approval: 'auto' as const,
  };
  it('has one key a day and says what comes', () => {
    const tuesday = coolingWarning(anExit(), about, rome('2026-05-19T09:00'));
    expect(tell(tuesday?.told as Told, 'en').text).toBe(
      'The exit of Studio Bianchi cools off until 21 May 2026; then the termination letter goes without a question. It can be cancelled.',
    );
    expect(coolingWarning(anExit(), about, rome('2026-05-19T18:00'))?.key).toBe(tuesday?.key);
    expect(coolingWarning(anExit(), about, rome('2026-05-20T09:00'))?.key).not.toBe(tuesday?.key);
  });
  it('is silent outside it', () => {
    expect(coolingWarning(anExit(), about, thursday)).toBeNull();
    expect(coolingWarning(anExit({ coolingFrom: null }), about, thursday)).toBeNull();
  });
});

describe('the approval', () => {
  const refusals = (exit: Partial<Exit>, over: Partial<ExitFacts> = {}, typed = 'Studio Bianchi', now = thursday) =>
    inEnglish(mayApprove(anExit(exit), facts(over), typed, now));

  it('is given when everything is done and the name is typed', () => {
    expect(refusals({})).toEqual([]);
    expect(refusals({}, {}, '  Studio  Bianchi ')).toEqual([]);
  });

  it.each([
    ['another name', {}, {}, 'Bianchi', ["type the client's name as it stands: Studio Bianchi"]],
    ['an empty name', {}, {}, '', ["type the client's name as it stands: Studio Bianchi"]],
    [
      'nobody took it up',
      { coolingFrom: null },
      {},
      'Studio Bianchi',
      ['nobody has taken the proposal up yet; the cooling-off has not begun'],
    ],
    ['too early', { coolingFrom: thursday }, {}, 'Studio Bianchi', ['the cooling-off runs until 24 May 2026']],
    ['cancelled', { cancelledAt: thursday }, {}, 'Studio Bianchi', ['this exit was cancelled']],
    ['approved already', { approvedAt: thursday }, {}, 'Studio Bianchi', ['this exit is already approved']],
    [
      'the contract not read',
      { checks: ticks.slice(1) },
      {},
      'Studio Bianchi',
      [
        'contract-read is not checked: Have you read the contract, or the papers that say what was agreed? (contract of 10 January 2025, 30 days of notice)',
      ],
    ],
    [
      'talked without a log entry',
      { checks: ticks.map((tick) => ({ ...tick, logId: null })) },
      {},
      'Studio Bianchi',
      ['talked is not checked: Have you talked with the client, in a call or a meeting? (call of 19 May 2026)'],
    ],
    [
      'only a chat in the log',
      {},
      { log: [{ id: 5, kind: 'chat', at: rome('2026-05-19T15:00') }] },
      'Studio Bianchi',
      [
        'talked is not checked: Have you talked with the client, in a call or a meeting? (no call or meeting in the log)',
      ],
    ],
    [
      'a call of last winter',
      {},
      { log: [{ id: 5, kind: 'call', at: rome('2026-02-19T15:00') }] },
      'Studio Bianchi',
      [
        'talked is not checked: Have you talked with the client, in a call or a meeting? (no call or meeting in the log)',
      ],
    ],
    [
      'a meeting still to come',
      {},
      { log: [{ id: 5, kind: 'meeting', at: rome('2026-05-22T15:00') }] },
      'Studio Bianchi',
      ['talked is not checked: Have you talked with the client, in a call or a meeting? (meeting of 22 May 2026)'],
    ],
    [
      'less notice than agreed',
      { notice: { kind: 'days', days: 14 } },
      {},
      'Studio Bianchi',
      ['the contract asks for 30 days of notice, not 14'],
    ],
    [
      'half a day of notice',
      { notice: { kind: 'days', days: 0.5 } },
      { terms: { contractSignedOn: null, noticeDays: null, exitClause: null, workPrepaidUntil: null } },
      'Studio Bianchi',
      ['the notice must be whole days, not 0.5'],
    ],
    [
      'a milestone without words',
      { notice: { kind: 'milestone', milestone: ' ', by: null, reachedOn: null } },
      {},
      'Studio Bianchi',
      ['say which milestone ends the notice'],
    ],
    [
      'a milestone too soon',
      { notice: { kind: 'milestone', milestone: 'launch', by: localDay('2026-06-01'), reachedOn: null } },
      {},
      'Studio Bianchi',
      ['1 June 2026 is sooner than the 30 days of notice agreed'],
    ],
    ['no reason', { reason: 'own-words', ownWords: '' }, {}, 'Studio Bianchi', ['give the reason in one sentence']],
  ] as [string, Partial<Exit>, Partial<ExitFacts>, string, string[]][])(
    'is refused: %s',
    (_name, exit, over, typed, expected) => {
      expect(refusals(exit, over, typed)).toEqual(expected);
    },
  );

  it('is refused when the record has changed: what was late is paid', () => {
    const paid = facts({ record: { ...facts().record, overdue: [] } });
    expect(inEnglish(mayApprove(anExit(), paid, 'Studio Bianchi', thursday))).toEqual([
      expect.stringMatching(/^late-payment is not what the record shows/),
    ]);
  });

  it('names every refusal at once', () => {
    expect(refusals({ checks: [], notice: { kind: 'days', days: 1 } }, {}, 'no')).toHaveLength(exitChecks.length + 2);
  });

  it('without a question still needs the cooling-off and a proper letter, not the checklist', () => {
    expect(mayGoAlone(anExit({ checks: [] }), facts(), thursday)).toEqual([]);
    expect(inEnglish(mayGoAlone(anExit({ checks: [] }), facts(), rome('2026-05-20T10:00')))).toEqual([
      'the cooling-off runs until 21 May 2026',
    ]);
    expect(mayGoAlone(anExit({ notice: { kind: 'days', days: 1 } }), facts(), thursday)).toHaveLength(1);
  });
});

describe('the one reason', () => {
  it.each([
    ['one of the list', 'scope' as const, '', 0],
    ['one sentence', 'own-words' as const, 'The project has moved away from what I do well.', 0],
    ['an abbreviation is no second sentence', 'own-words' as const, 'We see the 2.0 release differently', 0],
    ['two sentences', 'own-words' as const, 'You pay late. You write at night.', 1],
    ['a list', 'own-words' as const, '- late payment\n- nights', 1],
    ['a list in a line', 'own-words' as const, 'late payment; nights; scope', 1],
    ['a numbered list', 'own-words' as const, '1. late payment', 1],
    ['too long', 'own-words' as const, 'word '.repeat(40), 1],
  ])('%s', (_name, reason, ownWords, faults) => {
    expect(reasonFaults({ reason, ownWords })).toHaveLength(faults);
  });
});

describe('the checklist', () => {
  it('says what the record knows', () => {
    const over = {
      debts: [debt],
      disputed: [{ cents: 5_000, currency: 'EUR' }],
      ownerOwesSince: rome('2026-05-12T09:00'),
      terms: { contractSignedOn: null, noticeDays: null, exitClause: null, workPrepaidUntil: localDay('2026-06-30') },
    };
    const { items, warnings } = checklist(anExit({ checks: [] }), facts(over), thursday);
    expect(items.map((item) => [item.item, item.done, say(item.note, 'en')])).toEqual([
      ['contract-read', false, 'no contract on record: read the offer and the mails that set the scope'],
      ['duties-met', false, 'the client waits for your answer since 12 May 2026'],
      ['prepaid-delivered', false, 'work is paid until 30 June 2026; no delivery is logged'],
      ['owed-weighed', false, '1220.00 EUR is open, 50.00 EUR is disputed'],
      ['talked', false, 'call of 19 May 2026'],
    ]);
    expect(inEnglish(warnings)).toEqual([
      'the client has paid ahead until 30 June 2026: deliver it or give it back',
      'the client waits for an answer of yours',
    ]);
  });

  it('reminds of work that no invoice has asked for', () => {
    expect(
      inEnglish(checklist(anExit(), facts({ timeZone: 'Europe/London', unbilled: true }), thursday).warnings),
    ).toEqual(['work in the log is younger than the last invoice: bill it; the letter says you will']);
  });

  it('in Italy, warns of just cause unless money is owed or the contract has a clause', () => {
    const warned = (over: Partial<Exit>, more: Partial<ExitFacts> = {}) =>
      checklist(anExit(over), facts({ ...more }), thursday).warnings.some(({ code }) => code === 'needs-just-cause');
    const terms = { contractSignedOn: null, noticeDays: null, workPrepaidUntil: null };
    expect(warned({ reason: 'no-capacity' })).toBe(true);
    expect(warned({ reason: 'own-words' })).toBe(true);
    expect(warned({ reason: 'late-payment' })).toBe(true);
    expect(warned({ reason: 'late-payment' }, { debts: [debt] })).toBe(false);
    expect(warned({ reason: 'no-capacity' }, { terms: { ...terms, exitClause: 'l’art. 9' } })).toBe(false);
    expect(warned({ reason: 'no-capacity' }, { timeZone: 'Europe/London' })).toBe(false);
  });

  it('says so when it was proposed before in the last year', () => {
    const earlierProposals = [rome('2025-03-01T09:00'), rome('2026-01-15T09:00')];
    expect(
      inEnglish(checklist(anExit(), facts({ timeZone: 'Europe/London', earlierProposals }), thursday).warnings),
    ).toEqual([
      'this was proposed before in the last year (15 January 2026): you think of it again; listen to your instinct',
    ]);
    expect(inEnglish(checklist(anExit(), facts({ timeZone: 'Europe/London' }), thursday).warnings)).toEqual([]);
  });
});

describe('the notice', () => {
  const sentAt = rome('2026-05-22T09:00');
  const milestone = (reachedOn: string | null, by: string | null = null): Exit['notice'] => ({
    kind: 'milestone',
    milestone: 'the new site is online',
    by: by === null ? null : localDay(by),
    reachedOn: reachedOn === null ? null : localDay(reachedOn),
  });
  it.each([
    ['30 days', { kind: 'days', days: 30 }, '2026-06-21'],
    ['a milestone not reached', milestone(null), null],
    ['a milestone with a last day', milestone(null, '2026-07-31'), '2026-07-31'],
    ['a milestone reached', milestone('2026-07-01', '2026-07-31'), '2026-07-01'],
  ] as [string, Exit['notice'], string | null][])('%s', (_name, notice, expected) => {
    expect(noticeEndsOn(notice, localDay('2026-05-22'))).toBe(expected);
  });

  it.each([
    ['not before it was sent', {}, '2026-06-30T10:00', ['no notice was given; cancel the exit instead']],
    ['not on its last day', { sentAt }, '2026-06-21T20:00', ['the notice runs until 21 June 2026']],
    ['the day after', { sentAt }, '2026-06-22T00:00', []],
    [
      'not while the milestone is ahead',
      { sentAt, notice: milestone(null) },
      '2026-08-01T10:00',
      ['the milestone that ends the notice is not reached'],
    ],
    ['not twice', { sentAt, endedAt: rome('2026-06-22T09:00') }, '2026-06-23T10:00', ['this exit has ended already']],
  ])('may be ended: %s', (_name, over, when, expected) => {
    expect(inEnglish(mayEnd(anExit(over), facts(), rome(when)))).toEqual(expected);
  });

  it.each([
    ['while cooling off', {}, []],
    ['while the letter waits', { approvedAt: thursday, letterState: 'queued' as const }, []],
    [
      'not while it is leaving',
      { approvedAt: thursday, letterState: 'sending' as const },
      ['the letter is sending; settle first whether it left'],
    ],
    [
      'not while it may have left',
      { approvedAt: thursday, letterState: 'unsure' as const },
      ['the letter is unsure; settle first whether it left'],
    ],
    ['not after it left', { sentAt }, ['the letter has left; talk with the client instead']],
    ['not twice', { cancelledAt: thursday }, ['this exit was cancelled']],
    ['not after the end', { endedAt: thursday }, ['this exit has ended already']],
  ])('may be cancelled: %s', (_name, over, expected) => {
    expect(inEnglish(mayCancel(anExit(over)))).toEqual(expected);
  });
});

describe('the handover', () => {
  it.each([
    ['settled', { debts: [], disputed: [], ownerReleased: false }, true, 'the account is settled'],
    ['money owed', { debts: [debt], disputed: [], ownerReleased: false }, false, '1220.00 EUR is open'],
    [
      'disputed money is owed too',
      { debts: [], disputed: [{ cents: 5_000, currency: 'GBP' }], ownerReleased: false },
      false,
      '50.00 GBP is disputed',
    ],
    [
      'released by the owner',
      { debts: [debt], disputed: [], ownerReleased: true },
      true,
      'released by you, though 1220.00 EUR is open',
    ],
  ])('%s', (_name, over, released, why) => {
    const found = handover(over);
    expect({ ...found, why: say(found.why, 'en') }).toEqual({ released, why });
  });
});

describe('the next moment of an exit', () => {
  const next = (over: Partial<Exit>, now: string) => nextExitMoment(anExit(over), facts(), rome(now));

  it.each([
    ['nobody has taken up', { coolingFrom: null }, '2026-05-18T10:00', null],
    ['that cools off: its end', {}, '2026-05-20T09:00', '2026-05-21T10:00'],
    ['that has cooled off', {}, '2026-05-21T10:00', null],
    ['whose letter left today: tomorrow', { sentAt: rome('2026-05-22T10:00') }, '2026-05-22T11:00', '2026-05-23T00:00'],
    [
      'whose notice runs: the day after it',
      { sentAt: rome('2026-05-22T10:00') },
      '2026-05-23T00:00',
      '2026-06-22T00:00',
    ],
    ['that has ended', { endedAt: rome('2026-06-22T09:00') }, '2026-06-22T10:00', null],
    ['that was cancelled', { cancelledAt: rome('2026-05-19T09:00') }, '2026-05-19T10:00', null],
  ])('%s', (_what, over, now, expected) => {
    expect(next(over, now)).toBe(expected === null ? null : rome(expected));
  });

  it('whose notice ends with a milestone has none before the owner says that it is reached', () => {
    const notice = { kind: 'milestone', milestone: 'the catalogue', by: null, reachedOn: null } as const;
    expect(next({ notice, sentAt: rome('2026-05-22T10:00') }, '2026-05-23T09:00')).toBeNull();
  });
});
