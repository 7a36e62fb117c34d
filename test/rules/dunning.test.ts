/** The ladder: tables with the days written out, and properties over random histories driven day by day. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, isWorkingDay, parseWeek } from '../../src/rules/contact-hours.ts';
import type { ContactHours } from '../../src/rules/contact-hours.ts';
import {
  type CaseDecision,
  type CaseFacts,
  decideCase,
  defaultLadder,
  expiredHoldNotice,
  type LadderStep,
  listedDebts,
  overdueDebts,
  type SendFacts,
  stillWantedDunning,
  type WrittenStep,
} from '../../src/rules/dunning.ts';
import type { Hold } from '../../src/rules/hold.ts';
import type { Debt } from '../../src/rules/invoice.ts';
import { nothingAsked, type Settlement } from '../../src/rules/settlement.ts';
import { addDays, at, dayMs, dayOf, daysBetween, hourMs, instant, localDay, plus } from '../../src/rules/time.ts';
import type { Instant } from '../../src/rules/time.ts';
import { said } from '../support/in-words.ts';
import { tell } from '../../src/words/voice.ts';
import type { Told } from '../../src/rules/told.ts';

const zone = 'Europe/Rome';
const office = ['09:00-13:00', '14:00-18:00'];
const hours: ContactHours = {
  timeZone: zone,
  week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
  holiday: (day) => (day === '2026-06-02' ? 'Festa della Repubblica' : undefined),
  closures: [],
};
const rome = (text: string) => instant(`${text}+02:00`);

function debt(over: Partial<Debt> = {}): Debt {
  const base = { invoiceId: 1, instalmentId: 1, number: '7', issuedOn: localDay('2026-04-14'), project: null };
  return { ...base, dueOn: localDay('2026-05-14'), currency: 'EUR', amountCents: 122_000, openCents: 122_000, ...over };
}

function facts(over: Partial<CaseFacts> = {}): CaseFacts {
  return {
    debts: [debt()],
    written: [],
    holds: [],
    hours,
    ownerOwesSince: null,
    lastLetterToClientOn: null,
    longGap: false,
    paymentsStale: false,
    reviewMode: false,
    clientState: 'active',
    ...over,
  };
}

function hold(over: Partial<Hold> = {}): Hold {
  const base: Hold = {
    id: 1,
    scope: 'client',
    scopeId: 1,
    reason: 'manual',
    until: null,
    note: null,
    messageId: null,
    createdAt: rome('2026-05-01T09:00'),
    askedAt: null,
    endedAt: null,
  };
  return { ...base, ...over };
}

/** A letter of the default ladder, or a reminder under another name, about the first debt. */
const letter = (step: string, over: Partial<WrittenStep> = {}): WrittenStep => {
  const { letter: kind = 'payment-reminder', effect = 'none' } =
    defaultLadder.find((one) => one.name === step) ?? ({} as Partial<LadderStep>);
  const letterId = [...step].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  const held = { state: 'held', sentOn: null, droppedBy: null } as const;
  return { letterId, step, kind, effect, ...held, named: [1], upcoming: false, ...over };
};
const sent = (step: string, day: string, over: Partial<WrittenStep> = {}): WrittenStep =>
  letter(step, { state: 'filed', sentOn: localDay(day), ...over });
const decide = (over: Partial<CaseFacts>, when: string, ladder: readonly LadderStep[] = defaultLadder) =>
  decideCase(ladder, facts(over), rome(when));

/** 'write payment-reminder 2026-05-18T09:00 auto', 'wait not-yet 2026-05-18', 'close resumed' */
function short(decision: CaseDecision): string {
  if (decision.kind === 'close') {
    const { letter: said, question } = decision.closing;
    const asks = said?.approval === 'ask' ? ' ask' : '';
    return ['close', said === null ? '' : ` ${said.kind}${asks}`, question === null ? '' : ` ${question}?`].join('');
  }
  if (decision.kind === 'wait')
    return `wait ${decision.code} ${decision.until === null ? '-' : dayOf(decision.until, zone)}`;
  const clock = new Date(decision.notBefore + 2 * hourMs).toISOString().slice(0, 16);
  return `write ${decision.step.name} ${clock} ${decision.approval}`;
}

describe('the default ladder for an invoice due on Thursday 14 May 2026', () => {
  const reminded = [sent('payment-reminder', '2026-05-18')];
  const paused = [...reminded, sent('work-paused', '2026-05-25')];
  const table: [string, WrittenStep[], string, string][] = [
    ['on the due date nothing is overdue', [], '2026-05-14T10:00', 'close'],
    [
      'the day after it waits for the third day, a Sunday, so Monday',
      [],
      '2026-05-15T10:00',
      'wait not-yet 2026-05-18',
    ],
    ['on the Sunday it waits for Monday', [], '2026-05-17T10:00', 'wait closed-hours 2026-05-18'],
    [
      'on Monday before opening it is written for nine',
      [],
      '2026-05-18T07:30',
      'write payment-reminder 2026-05-18T09:00 auto',
    ],
    ['on Monday in hours it may leave at once', [], '2026-05-18T11:20', 'write payment-reminder 2026-05-18T11:20 auto'],
    ['in the midday pause it waits for two', [], '2026-05-18T13:10', 'write payment-reminder 2026-05-18T14:00 auto'],
    ['after closing it waits for Tuesday', [], '2026-05-18T18:00', 'wait closed-hours 2026-05-19'],
    [
      'the pause waits for both of its counts: 24 and 23 May, a Sunday',
      reminded,
      '2026-05-19T10:00',
      'wait not-yet 2026-05-25',
    ],
    ['the pause asks', reminded, '2026-05-25T09:00', 'write work-paused 2026-05-25T09:00 ask'],
    ['30 days after due is 13 June, a Saturday', paused, '2026-05-26T09:00', 'wait not-yet 2026-06-15'],
    ['the termination asks', paused, '2026-06-15T09:00', 'write termination 2026-06-15T09:00 ask'],
    [
      'after the last step the owner decides',
      [...paused, sent('termination', '2026-06-15')],
      '2026-07-01T09:00',
      'wait ladder-done -',
    ],
  ];
  it.each(table)('%s', (_name, written, when, expected) => {
    expect(short(decide({ written }, when))).toBe(expected);
  });

  it('rolls a step over a public holiday', () => {
    const debts = [debt({ dueOn: localDay('2026-05-30') })];
    expect(short(decide({ debts }, '2026-06-01T10:00'))).toBe('wait not-yet 2026-06-03');
  });

  it('says in words why it writes', () => {
    expect(said(decide({}, '2026-05-18T09:00').why)).toBe('3 days after 14 May 2026');
    expect(said(decide({ written: reminded }, '2026-05-25T09:00').why)).toBe(
      '10 days after 14 May 2026 and at least 5 days after the letter of 18 May 2026; asks you first',
    );
  });
});

describe('a laptop that slept', () => {
  it('sends the reminder after 20 days, not the pause, and says so', () => {
    const decision = decide({ longGap: true }, '2026-06-03T10:00');
    expect(short(decision)).toBe('write payment-reminder 2026-06-03T10:00 auto');
    expect(said(decision.why)).toBe('3 days after 14 May 2026; payment-reminder goes first, no step is skipped');
  });

  it('counts the pause from the real sending of the reminder', () => {
    const written = [sent('payment-reminder', '2026-06-03')];
    expect(short(decide({ written }, '2026-06-04T10:00'))).toBe('wait not-yet 2026-06-08');
    expect(short(decide({ written }, '2026-06-08T10:00'))).toBe('write work-paused 2026-06-08T10:00 ask');
  });

  it('counts the termination from the real sending of the pause', () => {
    const written = [sent('payment-reminder', '2026-06-03'), sent('work-paused', '2026-06-08')];
    expect(short(decide({ written }, '2026-06-15T10:00'))).toBe('wait not-yet 2026-06-23');
  });

  it('asks before anything above a reminder, even where the step would go by itself', () => {
    const ladder = defaultLadder.map((step) => ({ ...step, approval: 'auto' as const }));
    const written = [sent('payment-reminder', '2026-05-18')];
    expect(short(decide({ written }, '2026-06-03T10:00', ladder))).toBe('write work-paused 2026-06-03T10:00 auto');
    const after = decide({ written, longGap: true }, '2026-06-03T10:00', ladder);
    expect(short(after)).toBe('write work-paused 2026-06-03T10:00 ask');
    expect(said(after.why)).toContain('after days without a pass');
  });

  it('never ends the work without asking, whatever the step says', () => {
    const ladder = defaultLadder.map((step) => ({ ...step, approval: 'auto' as const }));
    const written = [sent('payment-reminder', '2026-05-18'), sent('work-paused', '2026-05-25')];
    expect(short(decide({ written }, '2026-06-15T10:00', ladder))).toBe('write termination 2026-06-15T10:00 ask');
  });
});

describe('never two on a day', () => {
  const ladder: LadderStep[] = [
    { name: 'first', letter: 'payment-reminder', afterDays: 3, afterPreviousDays: 0, approval: 'auto', effect: 'none' },
    {
      name: 'second',
      letter: 'payment-reminder',
      afterDays: 3,
      afterPreviousDays: 0,
      approval: 'auto',
      effect: 'none',
    },
  ];
  it('keeps a working day between two steps that ask for none: the first names it as the day to pay by', () => {
    const written = [sent('first', '2026-05-18')];
    expect(short(decide({ written }, '2026-05-18T17:00', ladder))).toBe('wait not-yet 2026-05-20');
  });

  it('waits for tomorrow when another automatic mail went to the client today', () => {
    expect(short(decide({ lastLetterToClientOn: localDay('2026-05-18') }, '2026-05-18T17:00'))).toBe(
      'wait mail-today 2026-05-19',
    );
    expect(short(decide({ lastLetterToClientOn: localDay('2026-05-17') }, '2026-05-18T17:00'))).toBe(
      'write payment-reminder 2026-05-18T17:00 auto',
    );
  });

  it('does not keep back a letter that waits for the owner anyway', () => {
    const over = { lastLetterToClientOn: localDay('2026-05-18'), reviewMode: true };
    expect(short(decide(over, '2026-05-18T17:00'))).toBe('write payment-reminder 2026-05-18T17:00 ask');
  });
});

describe('letters in the outbox', () => {
  const reminder = (state: WrittenStep['state'], droppedBy: WrittenStep['droppedBy'] = null): WrittenStep[] => [
    letter('payment-reminder', { state, droppedBy }),
  ];
  it.each([
    ['held', reminder('held'), 'wait pending -'],
    ['queued', reminder('queued'), 'wait pending -'],
    ['sending', reminder('sending'), 'wait pending -'],
    ['unsure', reminder('unsure'), 'wait unsure 2026-05-19'],
    ['dropped by the owner', reminder('dropped', 'owner'), 'wait dropped-by-owner -'],
    ['failed', reminder('failed'), 'wait failed -'],
    ['dropped by the system', reminder('dropped', 'system'), 'write payment-reminder 2026-05-18T10:00 auto'],
  ])('%s', (_name, written, expected) => {
    expect(short(decide({ written }, '2026-05-18T10:00'))).toBe(expected);
  });
});

describe('payments', () => {
  const reminded = [sent('payment-reminder', '2026-05-18')];
  const paused = [...reminded, sent('work-paused', '2026-05-25')];
  const later = debt({ invoiceId: 2, instalmentId: 2, number: '8', dueOn: localDay('2026-06-10') });
  const overdueSince = debt({ invoiceId: 2, instalmentId: 2, number: '8', dueOn: localDay('2026-05-26') });
  const part = { invoiceId: 1, instalmentId: 1, number: '7', issuedOn: localDay('2026-04-14'), currency: 'EUR' };
  const parts = (cents: number) => [{ ...part, cents }];
  const went = (over: Partial<Settlement>): Settlement => ({ ...nothingAsked, how: 'mixed', ...over });
  const settlement = went({ how: 'paid', received: parts(122_000) });
  const gone = { debts: [], written: paused, clientState: 'paused' as const, settlement };

  it.each([
    ['everything paid before any letter', { debts: [] }, 'close'],
    ['paid after the reminder', { debts: [], written: reminded, settlement }, 'close'],
    ['the same, thanks wanted', { ...gone, written: reminded, thankForPayment: true }, 'close payment-received'],
    ['paid after the pause', gone, 'close work-resumed'],
    ['the overdue one paid, another not due yet', { ...gone, debts: [later] }, 'close work-resumed'],
    ['what was named is paid, another is overdue since', { ...gone, debts: [overdueSince] }, 'close work-resumed'],
    [
      'a pause that the owner dropped was never said',
      { ...gone, written: [...reminded, letter('work-paused', { state: 'dropped', droppedBy: 'owner' })] },
      'close',
    ],
    ['the owner took the work up by hand', { ...gone, clientState: 'active' as const }, 'close'],
    ['paused for another currency too', { ...gone, otherCasePaused: true }, 'close'],
    ['the client is gone', { ...gone, clientState: 'ended' as const }, 'close payment-received ask end-announced?'],
    [
      'the notice of termination has left',
      { ...gone, endAnnounced: true },
      'close payment-received ask end-announced?',
    ],
    ['void', { ...gone, settlement: went({ how: 'void', voided: parts(122_000) }) }, 'close settled-otherwise'],
    [
      'written off',
      { ...gone, settlement: went({ how: 'written-off', writtenOff: parts(122_000) }) },
      'close written-off?',
    ],
    [
      'disputed',
      { ...gone, settlement: went({ how: 'disputed', disputed: parts(122_000) }) },
      'close settled-otherwise ask disputed?',
    ],
    [
      'paid but for a disputed part',
      { ...gone, settlement: went({ received: parts(92_000), disputed: parts(30_000) }) },
      'close work-resumed',
    ],
    [
      'a little paid, the most of it disputed',
      { ...gone, settlement: went({ received: parts(1_000), disputed: parts(121_000) }) },
      'close work-resumed ask disputed?',
    ],
    [
      'half of it given up',
      { ...gone, settlement: went({ received: parts(61_000), writtenOff: parts(61_000) }), leastCents: 100 },
      'close work-resumed ask given-up-in-part?',
    ],
    [
      'the last cent given up',
      { ...gone, settlement: went({ received: parts(121_999), writtenOff: parts(1) }), leastCents: 100 },
      'close work-resumed',
    ],
    [
      'put off to a later day',
      { ...gone, debts: [debt({ dueOn: localDay('2026-07-01') })], settlement: went({ stillOpen: parts(122_000) }) },
      'close postponed?',
    ],
  ])('%s', (_name, over, expected) => {
    expect(short(decide(over as Partial<CaseFacts>, '2026-05-27T10:00'))).toBe(expected);
  });

  it('stays open while it is not known whether the pause left', () => {
    const written = [...reminded, letter('work-paused', { state: 'unsure' })];
    expect(short(decide({ debts: [], written }, '2026-05-27T10:00'))).toBe('wait unsure 2026-05-28');
  });

  it('stays open while what is left is disputed', () => {
    const holds = [hold({ scope: 'invoice', scopeId: 1, reason: 'dispute' })];
    expect(short(decide({ debts: [], written: paused, holds }, '2026-05-27T10:00'))).toBe('wait hold -');
  });

  it('goes on from the step it had when a part payment moves the earliest due date, and skips none', () => {
    const debts = [debt({ invoiceId: 2, instalmentId: 2, dueOn: localDay('2026-05-20') })];
    const written = [sent('payment-reminder', '2026-05-18', { named: [1, 2] })];
    expect(short(decide({ debts, written }, '2026-05-26T10:00'))).toBe('wait not-yet 2026-06-01');
    expect(short(decide({ debts, written }, '2026-06-01T10:00'))).toBe('write work-paused 2026-06-01T10:00 ask');
    expect(said(decide({ debts, written }, '2026-05-26T10:00').why)).toContain('10 days after 20 May 2026');
  });

  it('counts anew from the day on which a payment was taken back, and escalates nothing on it', () => {
    const back = (day: string) => ({ debts: [debt({ backAt: rome(day) })], written: paused });
    expect(short(decide({ written: paused }, '2026-06-05T10:00'))).toBe('wait not-yet 2026-06-15');
    expect(short(decide(back('2026-06-20T10:00'), '2026-06-20T10:00'))).toBe('wait not-yet 2026-07-06');
    expect(said(decide(back('2026-06-20T10:00'), '2026-06-20T10:00').why)).toContain(
      'at least 15 days after 20 June 2026, when it was open again',
    );
    expect(short(decide({ debts: back('2026-06-22T09:00').debts }, '2026-06-22T10:00'))).toBe(
      'wait not-yet 2026-06-23',
    );
  });
});

describe('a step belongs to the debts that its letter named', () => {
  const first = debt();
  const second = debt({ invoiceId: 2, instalmentId: 2, number: '8', dueOn: localDay('2026-05-20') });
  const reminded = [sent('payment-reminder', '2026-05-18')];
  const paused = [...reminded, sent('work-paused', '2026-05-25')];
  const listed = (over: Partial<CaseFacts>, when: string) => {
    const decision = decide(over, when);
    if (decision.kind !== 'write') return short(decision);
    const debts = listedDebts(defaultLadder, decision.step, facts(over), rome(when));
    return `${decision.step.name} of ${debts.map((one) => one.number).join(', ')}`;
  };

  it.each([
    [
      'what fell overdue after the reminder gets a reminder of its own',
      { written: reminded },
      '2026-05-25T10:00',
      'payment-reminder of 8',
    ],
    [
      'the pause goes on with what was named long enough before it',
      { written: [...reminded, sent('payment-reminder', '2026-05-25', { named: [2] })] },
      '2026-05-26T10:00',
      'work-paused of 7',
    ],
    [
      'the pause names both when both were named in time',
      { written: [sent('payment-reminder', '2026-05-22', { named: [1, 2] })] },
      '2026-05-28T10:00',
      'work-paused of 7, 8',
    ],
    ['the same after the pause', { written: paused }, '2026-05-26T10:00', 'payment-reminder of 8'],
    [
      'a reminder that the owner dropped is not written again',
      { written: [...paused, letter('payment-reminder', { named: [2], state: 'dropped', droppedBy: 'owner' })] },
      '2026-05-26T10:00',
      'wait not-yet 2026-06-15',
    ],
    ['it waits for its own third day', { written: paused }, '2026-05-22T10:00', 'wait not-yet 2026-05-25'],
    ['the end names only what was asked for before', { written: paused }, '2026-06-15T10:00', 'payment-reminder of 8'],
    [
      'and what a reminder named long enough ago',
      { written: [...paused, sent('payment-reminder', '2026-05-26', { named: [2] })] },
      '2026-06-15T10:00',
      'termination of 7, 8',
    ],
  ])('%s', (_name, over, when, expected) => {
    expect(listed({ debts: [first, second], ...over }, when)).toBe(expected);
  });
});

describe('a ladder that was changed while a case is open', () => {
  const [reminder, pause, end] = defaultLadder as [LadderStep, LadderStep, LadderStep];
  const paused = [sent('work-paused', '2026-05-25'), sent('payment-reminder', '2026-05-18')];
  const soon = { ...reminder, name: 'soon-due', afterDays: -3 };
  const second = { ...reminder, name: 'second', afterDays: 7 };
  it.each([
    ['the pause has another name', [reminder, { ...pause, name: 'sospensione' }, end], paused, 'termination'],
    ['the pause is taken out', [reminder, end], paused, 'termination'],
    ['both have other names', [{ ...reminder, name: 'a' }, { ...pause, name: 'b' }, end], paused, 'termination'],
    ['a reminder is put before the pause', [reminder, second, pause, end], paused, 'termination'],
    [
      'the name of the reminder is now that of a pause',
      [{ ...pause, name: 'payment-reminder' }, end],
      paused.slice(1),
      'payment-reminder',
    ],
    ['a second reminder is added', [reminder, second, pause, end], paused.slice(1), 'second'],
    ['the first of two reminders is taken out', [second, pause, end], [sent('first', '2026-05-18')], 'work-paused'],
    [
      'a letter before the due date is no reminder, whatever became of its step',
      [reminder, pause, end],
      [sent('soon-due', '2026-05-11', { upcoming: true })],
      'payment-reminder',
    ],
    [
      'it counts for its own step under another name',
      [{ ...soon, name: 'x' }, reminder, pause],
      [sent('soon-due', '2026-05-11', { upcoming: true })],
      'payment-reminder',
    ],
  ] as [string, LadderStep[], WrittenStep[], string][])('%s', (_name, ladder, written, next) => {
    const decision = decide({ written }, '2026-08-03T10:00', ladder);
    expect(decision.kind === 'write' && decision.step.name).toBe(next);
  });
});

describe('money that is not worth a letter', () => {
  const cent = [debt({ openCents: 1, paidCents: 121_999 })];
  it('is not asked for, and nothing is paused for it', () => {
    const over = { debts: cent, leastCents: 100, written: [sent('payment-reminder', '2026-05-18')] };
    const decision = decide(over, '2026-05-25T10:00');
    expect(short(decision)).toBe('wait too-little -');
    expect(said(decision.why)).toContain('0.01 EUR is less than is worth a letter');
  });
  it('is asked for together with more', () => {
    const debts = [...cent, debt({ invoiceId: 2, instalmentId: 2, openCents: 99 })];
    expect(short(decide({ debts, leastCents: 100 }, '2026-05-18T10:00'))).toBe(
      'write payment-reminder 2026-05-18T10:00 auto',
    );
  });
});

describe('holds', () => {
  const friday = rome('2026-05-22T00:00');
  it.each([
    ['a manual hold without an end', [hold()], 'wait hold -'],
    ['a promise until Friday', [hold({ reason: 'promise', until: friday })], 'wait hold 2026-05-22'],
    [
      'the longer of two',
      [hold({ until: friday }), hold({ id: 2, until: rome('2026-05-29T00:00') })],
      'wait hold 2026-05-29',
    ],
    [
      'an expired promise',
      [hold({ reason: 'promise', until: rome('2026-05-18T00:00') })],
      'write payment-reminder 2026-05-18T10:00 auto',
    ],
    ['an ended hold', [hold({ endedAt: rome('2026-05-17T10:00') })], 'write payment-reminder 2026-05-18T10:00 auto'],
    ['a hold on the only invoice', [hold({ scope: 'invoice', scopeId: 1, until: friday })], 'wait hold 2026-05-22'],
    [
      'a hold on another invoice',
      [hold({ scope: 'invoice', scopeId: 9 })],
      'write payment-reminder 2026-05-18T10:00 auto',
    ],
    [
      'a dispute of a part: the rest goes on',
      [hold({ scope: 'invoice', scopeId: 1, reason: 'dispute' })],
      'write payment-reminder 2026-05-18T10:00 auto',
    ],
  ])('%s', (_name, holds, expected) => {
    expect(short(decide({ holds }, '2026-05-18T10:00'))).toBe(expected);
  });

  it('shows the step, not the hold, while the hold ends before the step comes', () => {
    const holds = [hold({ until: rome('2026-05-16T00:00') })];
    expect(short(decide({ holds }, '2026-05-15T10:00'))).toBe('wait not-yet 2026-05-18');
  });

  it('asks for the invoices that are not held, from their own due date', () => {
    const debts = [debt(), debt({ invoiceId: 2, instalmentId: 2, dueOn: localDay('2026-05-12') })];
    const holds = [hold({ scope: 'invoice', scopeId: 2, reason: 'promise', until: rome('2026-05-30T00:00') })];
    const decision = decide({ debts, holds }, '2026-05-18T10:00');
    expect(decision.kind).toBe('write');
    expect(said(decision.why)).toBe('3 days after 14 May 2026');
    expect(
      listedDebts(defaultLadder, defaultLadder[0] as LadderStep, facts({ debts, holds }), rome('2026-05-18T10:00')).map(
        (one) => one.invoiceId,
      ),
    ).toEqual([1]);
  });
});

describe('an expired hold speaks up', () => {
  const about = { client: { id: 1, name: 'Bianchi' }, debts: [debt()], timeZone: zone };
  const until = rome('2026-05-22T00:00');
  it('tells of a broken promise', () => {
    const told = expiredHoldNotice(hold({ reason: 'promise', until }), about, until);
    expect(told?.code).toBe('promise-broken');
    expect(tell(told as Told, 'en').text).toBe(
      'Bianchi promised to pay by 21 May 2026, and 1220.00 EUR is still open. The ladder goes on.',
    );
  });
  it('tells of a kept promise', () => {
    const of = (facts: object) =>
      expiredHoldNotice(hold({ reason: 'promise', until }), { ...about, debts: [], ...facts }, until);
    expect(of({ cameSince: true })?.code).toBe('promise-kept');
    const disputed = [{ cents: 20_000, currency: 'EUR' }];
    const said = (facts: object) => tell(of(facts) as Told, 'en').text;
    expect(said({ cameSince: true, disputed })).toContain('a payment came, and 200.00 EUR is disputed');
    expect(said({ disputed })).toContain('no payment came, and 200.00 EUR is disputed');
    expect(said({})).toContain('no payment came, and nothing is asked for any more');
  });
  it('tells of any other hold', () => {
    const told = expiredHoldNotice(hold({ reason: 'out-of-office', until }), about, until);
    expect(tell(told as Told, 'en').text).toBe(
      'The hold on Bianchi (the client is away) ended on 21 May 2026; 1220.00 EUR is open and the ladder goes on.',
    );
  });
  it.each([
    ['one that still stops', hold({ until }), plus(until, -1)],
    ['one that was ended', hold({ until, endedAt: until }), until],
    ['one without an end', hold(), until],
  ])('is silent about %s', (_name, one, when) => {
    expect(expiredHoldNotice(one, about, when)).toBeNull();
  });
});

describe('other stops', () => {
  it.each([
    ['the client waits for the owner', { ownerOwesSince: rome('2026-05-16T09:00') }, 'wait owner-owes 2026-05-19'],
    ['payments are not up to date', { paymentsStale: true }, 'wait payments-stale 2026-05-19'],
    ['more came in than was asked for', { surplusCents: 50_000, leastCents: 100 }, 'wait surplus 2026-05-19'],
    ['a few cents more came in', { surplusCents: 99, leastCents: 100 }, 'write payment-reminder 2026-05-18T10:00 auto'],
    ['review mode asks', { reviewMode: true }, 'write payment-reminder 2026-05-18T10:00 ask'],
    [
      'an ended client is still reminded',
      { clientState: 'ended' as const },
      'write payment-reminder 2026-05-18T10:00 auto',
    ],
    [
      'an ended client is not paused',
      { clientState: 'ended' as const, written: [sent('payment-reminder', '2026-04-20')] },
      'wait client-ended -',
    ],
    ['a studio that never opens', { hours: { ...hours, week: parseWeek({}) } }, 'wait closed-hours 2026-05-19'],
    ['an empty ladder', {}, 'wait ladder-done -', []],
  ])('%s', (_name, over, expected, ladder: readonly LadderStep[] = defaultLadder) => {
    expect(short(decide(over as Partial<CaseFacts>, '2026-05-18T10:00', ladder))).toBe(expected);
  });
});

describe('steps before the due date', () => {
  const before: LadderStep = {
    name: 'soon-due',
    letter: 'payment-reminder',
    afterDays: -3,
    afterPreviousDays: 0,
    approval: 'auto',
    effect: 'none',
  };
  const ladder = [before, ...defaultLadder];
  const soon = [sent('soon-due', '2026-05-11', { upcoming: true })];
  const second = debt({ invoiceId: 2, instalmentId: 2, dueOn: localDay('2026-05-29') });
  it.each([
    ['too early for a case', {}, '2026-05-10T10:00', 'close'],
    ['three days before', {}, '2026-05-11T10:00', 'write soon-due 2026-05-11T10:00 auto'],
    ['on the last day it can still go', {}, '2026-05-14T10:00', 'write soon-due 2026-05-14T10:00 auto'],
    ['on the due date after closing it is too late', {}, '2026-05-14T18:30', 'wait not-yet 2026-05-18'],
    ['after the due date it falls away', {}, '2026-05-18T10:00', 'write payment-reminder 2026-05-18T10:00 auto'],
    ['sent: the case waits for the reminder', { written: soon }, '2026-05-12T10:00', 'wait not-yet 2026-05-18'],
    ['sent and paid in time', { written: soon, debts: [] }, '2026-05-13T10:00', 'close'],
    [
      'sent for one that is paid, the next not yet near',
      { written: soon, debts: [second] },
      '2026-05-15T10:00',
      'close',
    ],
    ['the next one has its own cycle', { debts: [second] }, '2026-05-26T10:00', 'write soon-due 2026-05-26T10:00 auto'],
    [
      'a reminder was sent and paid: the next invoice is a new cycle',
      { written: [sent('payment-reminder', '2026-05-18')], debts: [second] },
      '2026-05-26T10:00',
      'close',
    ],
  ])('%s', (_name, over, when, expected) => {
    expect(short(decide(over, when, ladder))).toBe(expected);
  });

  it('lists what falls due within its days', () => {
    expect(
      listedDebts(ladder, before, facts({ debts: [debt(), second] }), rome('2026-05-11T10:00')).map(
        (one) => one.invoiceId,
      ),
    ).toEqual([1]);
  });
});

describe('the look before it leaves', () => {
  const monday = rome('2026-05-25T10:00');
  const listed = [{ instalmentId: 1, openCents: 122_000 }];
  const reminded = [sent('payment-reminder', '2026-05-18', { named: [1, 2] })];
  const look = (
    over: Partial<SendFacts>,
    about: { step?: string; approvedAt?: Instant | null; createdAt?: Instant } = {},
    now = monday,
  ) => {
    const own = letter(about.step ?? 'work-paused', { state: 'queued' });
    const all: SendFacts = {
      ...facts({ written: [...reminded, own] }),
      ladder: defaultLadder,
      gapEndedAt: null,
      ...over,
    };
    const written = {
      letterId: own.letterId,
      step: 'work-paused',
      debts: listed,
      approvedAt: plus(now, -hourMs),
      createdAt: plus(now, -hourMs),
      ...about,
    };
    const found = stillWantedDunning(written, all, now);
    return found.wanted ? 'wanted' : `${found.outcome}: ${said(found.why)}`;
  };

  it('lets go what is still true', () => {
    expect(look({})).toBe('wanted');
  });
  it.each([
    ['paid meanwhile', { debts: [] }, 'drop: nothing is overdue any more'],
    [
      'only what is not due is left',
      { debts: [debt({ dueOn: localDay('2026-06-14') })] },
      'drop: nothing is overdue any more',
    ],
    [
      'a part payment moved the step',
      { debts: [debt({ invoiceId: 2, instalmentId: 2, dueOn: localDay('2026-05-20') })] },
      'drop: after a payment the next step is due on 30 May 2026',
    ],
    [
      'a part was paid',
      { debts: [debt({ openCents: 22_000 })] },
      'rewrite: the open sums have changed since it was written',
    ],
    [
      'another invoice fell due',
      { debts: [debt(), debt({ invoiceId: 2, instalmentId: 2, dueOn: localDay('2026-05-22') })] },
      'rewrite: the open sums have changed since it was written',
    ],
    [
      'a hold came',
      { holds: [hold({ reason: 'reply' })] },
      'hold: the client has answered; read it and decide, until you end it',
    ],
    [
      'its only invoice is held',
      { holds: [hold({ scope: 'invoice', scopeId: 1 })] },
      'hold: held by you, until you end it',
    ],
    ['the owner owes an answer', { ownerOwesSince: monday }, 'hold: the client waits for your answer'],
    ['payments are stale', { paymentsStale: true }, 'hold: payments are not up to date; enter them first'],
    ['the work has ended', { clientState: 'ended' as const }, 'drop: the work for this client has ended'],
    [
      'the step was taken out of the ladder',
      { ladder: defaultLadder.slice(0, 1) },
      'drop: work-paused is no longer a step of the ladder',
    ],
    [
      'it was approved long before the gap',
      { gapEndedAt: monday },
      'ask: work-paused was decided before days without a pass; approve it afresh',
      plus(monday, -3 * dayMs),
    ],
  ])('%s', (_name, over, expected, approvedAt = plus(monday, -hourMs)) => {
    expect(look(over as Partial<SendFacts>, { approvedAt: approvedAt as Instant })).toBe(expected);
  });

  it('keeps an approval given near the end of the gap or after it', () => {
    expect(look({ gapEndedAt: monday }, { approvedAt: plus(monday, -dayMs) })).toBe('wanted');
  });
  it('does not ask afresh for a plain reminder', () => {
    const over = { gapEndedAt: monday, written: [] };
    expect(look(over, { step: 'payment-reminder', approvedAt: null, createdAt: plus(monday, -9 * dayMs) })).toBe(
      'wanted',
    );
  });
  it('asks for an automatic step written before the gap, not for one written after', () => {
    expect(look({ gapEndedAt: monday }, { approvedAt: null })).toMatch(/^ask/);
    expect(look({ gapEndedAt: monday }, { approvedAt: null, createdAt: monday })).toBe('wanted');
  });
  it('waits for the opening outside contact hours', () => {
    const found = stillWantedDunning(
      { letterId: 0, step: 'work-paused', debts: listed, approvedAt: null, createdAt: monday },
      { ...facts({ written: reminded }), ladder: defaultLadder, gapEndedAt: null },
      rome('2026-05-25T19:00'),
    );
    expect(found).toMatchObject({ outcome: 'hold', until: rome('2026-05-26T09:00') });
  });
  it('drops a step before the due date once the date has passed', () => {
    const before: LadderStep = {
      name: 'soon-due',
      letter: 'payment-reminder',
      afterDays: -3,
      afterPreviousDays: 0,
      approval: 'auto',
      effect: 'none',
    };
    expect(look({ ladder: [before, ...defaultLadder], written: [] }, { step: 'soon-due' })).toBe(
      'drop: the due date has passed',
    );
  });
});

// Properties: a case is driven through random days; whatever is written leaves at its moment, as the outbox would do it.

interface Left {
  step: string;
  at: Instant;
  named: number[];
}

interface History {
  dues: number[];
  /** day of the drive -> index of the debt that is paid then */
  payments: Map<number, number>;
  awake: boolean[];
  lookAtHour: number[];
}

const start = localDay('2026-03-20');
const ladderArb = fc
  .array(
    fc.record({
      afterDays: fc.integer({ min: 1, max: 12 }),
      afterPreviousDays: fc.integer({ min: 0, max: 9 }),
      approval: fc.constantFrom('auto' as const, 'ask' as const),
      effect: fc.constantFrom('none' as const, 'pause' as const),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((steps): LadderStep[] => {
    let afterDays = 0;
    return steps.map((step, index) => {
      afterDays += step.afterDays;
      return {
        ...step,
        afterDays,
        name: `step-${index}`,
        letter: step.effect === 'pause' ? 'work-paused' : 'payment-reminder',
      };
    });
  });
const span = 80;
const historyArb: fc.Arbitrary<History> = fc.record({
  dues: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 4 }),
  payments: fc
    .array(fc.tuple(fc.integer({ min: 1, max: span }), fc.integer({ min: 0, max: 3 })), { maxLength: 2 })
    .map((pairs) => new Map(pairs)),
  awake: fc.array(fc.boolean(), { minLength: span, maxLength: span }),
  lookAtHour: fc.array(fc.integer({ min: 0, max: 23 }), { minLength: span, maxLength: span }),
});

/** Drives one cycle; stops where the case closes. Deciding is asked for twice each time. */
function drive(ladder: LadderStep[], history: History): { left: Left[]; anchors: Map<string, string>; same: boolean } {
  const debts = history.dues.map((due, index) =>
    debt({ invoiceId: index, instalmentId: index, dueOn: addDays(start, due) }),
  );
  const paid = new Set<number>();
  const left: Left[] = [];
  const anchors = new Map<string, string>();
  let same = true;
  for (let day = 0; day < span; day += 1) {
    const who = history.payments.get(day);
    if (who !== undefined) paid.add(who);
    if (history.awake[day] === false) continue;
    const now = at(addDays(start, day), (history.lookAtHour[day] as number) * 60, zone);
    const open = debts.filter((one) => !paid.has(one.invoiceId));
    const written = left.map(({ step, at: when, named }): WrittenStep => {
      const { letter: kind, effect } = ladder.find((one) => one.name === step) as LadderStep;
      return sent(step, dayOf(when, zone), { kind, effect, named });
    });
    const all = facts({
      debts: open,
      written,
      lastLetterToClientOn: left.length === 0 ? null : dayOf((left.at(-1) as Left).at, zone),
    });
    const decision = decideCase(ladder, all, now);
    same &&= JSON.stringify(decision) === JSON.stringify(decideCase(ladder, structuredCloneOf(all), now));
    if (decision.kind === 'close' && left.length > 0) break;
    if (decision.kind !== 'write') continue;
    const listed = listedDebts(ladder, decision.step, all, decision.notBefore);
    left.push({ step: decision.step.name, at: decision.notBefore, named: listed.map((one) => one.instalmentId) });
    if (anchors.has(decision.step.name)) continue;
    anchors.set(
      decision.step.name,
      overdueDebts(open, dayOf(now, zone))
        .map((one) => one.dueOn)
        .toSorted()[0] as string,
    );
  }
  return { left, anchors, same };
}

/** The holiday function cannot be cloned; the rest is. */
function structuredCloneOf(all: CaseFacts): CaseFacts {
  return { ...structuredClone({ ...all, hours: null }), hours: { ...all.hours } } as CaseFacts;
}

/** A later letter about nothing that an earlier one named. */
function isFirstReminderOf(left: readonly Left[], index: number): boolean {
  const before = left.slice(0, index).flatMap((one) => one.named);
  return index > 0 && !(left[index] as Left).named.some((id) => before.includes(id));
}

describe('whatever happens', () => {
  it('says nothing that hurts of money that was not asked for before, and long enough ago', () => {
    fc.assert(
      fc.property(ladderArb, historyArb, (ladder, history) => {
        const hurts = (name: string) => ladder.find((step) => step.name === name && step.letter === 'work-paused');
        fc.pre(ladder.some((step) => step.letter === 'payment-reminder'));
        const { left } = drive(ladder, history);
        for (const [index, one] of left.entries()) {
          const step = hurts(one.step);
          if (step === undefined || index === 0) continue;
          const since = addDays(dayOf(one.at, zone), -Math.max(1, step.afterPreviousDays));
          const inTime = left.slice(0, index).filter((before) => dayOf(before.at, zone) <= since);
          expect(one.named.length).toBeGreaterThan(0);
          for (const id of one.named) expect(inTime.some((before) => before.named.includes(id))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('skips no step, writes none before its day, never two on a day, none outside working hours, and decides the same twice', () => {
    fc.assert(
      fc.property(ladderArb, historyArb, (ladder, history) => {
        const { left, anchors, same } = drive(ladder, history);
        expect(same).toBe(true);
        const allDays = left.map((one) => dayOf(one.at, zone));
        expect(new Set(allDays).size).toBe(allDays.length);
        const own = left.filter((_one, index) => !isFirstReminderOf(left, index));
        expect(own.map((one) => one.step)).toEqual(ladder.slice(0, own.length).map((step) => step.name));
        const days = own.map((one) => dayOf(one.at, zone));
        for (const [index, one] of own.entries()) {
          const step = ladder[index] as LadderStep;
          const day = days[index] as (typeof days)[number];
          expect(isOpen(hours, one.at) && isWorkingDay(hours, day)).toBe(true);
          expect(daysBetween(localDay(anchors.get(step.name) as string), day)).toBeGreaterThanOrEqual(step.afterDays);
          const before = index === 0 ? addDays(day, -99) : (days[index - 1] as typeof day);
          expect(daysBetween(before, day)).toBeGreaterThanOrEqual(step.afterPreviousDays);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes to the end of the ladder when nobody pays and the laptop is awake', () => {
    fc.assert(
      fc.property(ladderArb, (ladder) => {
        const always = {
          dues: [0],
          payments: new Map<number, number>(),
          awake: Array<boolean>(400).fill(true),
          lookAtHour: Array<number>(400).fill(10),
        };
        const few = ladder.filter((step) => step.afterDays < 40).slice(0, 3);
        expect(drive(few, always).left).toHaveLength(few.length);
      }),
      { numRuns: 60 },
    );
  });

  it('looks again at the very moment it names: no wait is too long and none runs in a circle', () => {
    fc.assert(
      fc.property(ladderArb, fc.integer({ min: 0, max: 40 * 24 }), (ladder, offset) => {
        const now = plus(at(start, 0, zone), offset * hourMs);
        const all = facts({ debts: [debt({ dueOn: addDays(start, 2) })] });
        const first = decideCase(ladder, all, now);
        if (first.kind !== 'wait' || first.until === null) return;
        expect(first.until).toBeGreaterThan(now);
        expect(decideCase(ladder, all, first.until).kind).toBe('write');
        expect(decideCase(ladder, all, plus(first.until, -1)).kind).toBe('wait');
      }),
      { numRuns: 200 },
    );
  });
});
