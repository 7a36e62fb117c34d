/** For any facts, each sentence of a letter is so by the table, and none stands outside it; and its form is right. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClosingLetterFacts, writeClosing } from '../../src/letters/closing.ts';
import { loadLetters, type Reader } from '../../src/letters/library.ts';
import {
  type BoundaryFacts,
  type DunningFacts,
  writeAcknowledgement,
  writeBoundary,
  writeDunning,
  writeFinalReport,
  writeNudge,
  type Written,
} from '../../src/letters/write.ts';
import type { Debt } from '../../src/rules/invoice.ts';
import { addDays, type Instant, instant, type LocalDay, localDay, plus } from '../../src/rules/time.ts';
import { problemsOf } from './form.ts';
import { clientFor, hours, owner, part, readers, templatesDir } from './samples.ts';
import { type Facts, sentences, sentencesOf } from './sentences.ts';

const letters = loadLetters({ templatesDir });
const closing = /^(Cordiali saluti|A presto|Un saluto|Kind regards|Best),$/;

/** What is not so in a letter, or stands in no row. */
function untrue({ text }: Written, facts: Facts, { language }: Reader): string[] {
  return sentencesOf(text, closing).flatMap((sentence) => {
    const rows = sentences.filter((row) => row[language].test(sentence));
    if (rows.length === 0) return [`stands in no row: ${sentence}`];
    return rows.filter((row) => !row.holds(facts)).map((row) => `not so that ${row.fact}: ${sentence}`);
  });
}

/** What is not so, and what is wrong with its form; how long it is depends on what it lists. */
function wrong(written: Written, facts: Facts, reader: Reader): string[] {
  return [...untrue(written, facts, reader), ...problemsOf(written, reader).filter((one) => !one.endsWith(' words'))];
}

const reader = fc.constantFrom(...readers);
const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays(localDay('2026-01-01'), days));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const item = fc.constantFrom('logo', 'file sorgente', 'accessi', 'source files', '“beta”', 'testi & foto');
const items = fc.array(item, { maxLength: 3 });
const today = localDay('2027-03-01');

const debt: fc.Arbitrary<Debt> = fc
  .record({
    invoiceId: fc.integer({ min: 1, max: 3 }),
    late: fc.integer({ min: -20, max: 60 }),
    amountCents: fc.integer({ min: 100, max: 10_000_000 }),
    paid: fc.double({ min: 0, max: 0.5, noNaN: true }),
    disputed: fc.double({ min: 0, max: 0.4, noNaN: true }),
    isInstalment: fc.boolean(),
  })
  .map(({ invoiceId, late, amountCents, paid, disputed, isInstalment }) => {
    const [paidCents, disputedCents] = [Math.floor(amountCents * paid), Math.floor(amountCents * disputed)];
    return {
      invoiceId,
      instalmentId: invoiceId * 10 + late,
      number: `2026/${invoiceId}`,
      currency: 'EUR',
      project: null,
      issuedOn: addDays(today, -late - 30),
      dueOn: addDays(today, -late),
      amountCents,
      openCents: amountCents - paidCents - disputedCents,
      ...(paidCents > 0 ? { paidCents } : {}),
      ...(disputedCents > 0 ? { disputedCents } : {}),
      ...(isInstalment ? { instalment: { position: 1, of: 3 } } : {}),
    };
  });

/** All overdue, or all still to fall due: a letter never mixes the two. */
const debts = (min: number) =>
  fc
    .tuple(fc.array(debt, { minLength: min, maxLength: 5 }), fc.boolean())
    .map(([all, late]) => all.filter((one) => one.dueOn < today === late));

const earlier: fc.Arbitrary<DunningFacts['earlier']> = fc.array(
  fc.record({
    kind: fc.constantFrom('payment-reminder', 'work-paused'),
    on: fc.integer({ min: 1, max: 90 }).map((days) => addDays(today, -days)),
  }),
  { maxLength: 3 },
);

const common = fc.record({
  earlier,
  resumeWithinDays: fc.integer({ min: 0, max: 9 }),
  payBy: fc.integer({ min: 0, max: 30 }).map((days) => addDays(today, days)),
  clause: maybe(fc.constantFrom('art. 7', '§ 7.')),
  pausedOn: maybe(fc.constant(addDays(today, -8))),
  confirmedOn: maybe(fc.constant(addDays(today, -2))),
  next: maybe(fc.record({ effect: fc.constantFrom('pause', 'terminate'), on: fc.constant(addDays(today, 31)) })),
});

describe('what a letter says is so', () => {
  it('reminders and pauses', () => {
    fc.assert(
      fc.property(
        reader,
        debts(1),
        common,
        fc.constantFrom('payment-reminder', 'work-paused'),
        (to, listed, more, kind) => {
          fc.pre(listed.length > 0 && (kind !== 'work-paused' || listed.every((one) => one.dueOn < today)));
          const facts: DunningFacts = {
            kind,
            client: clientFor(to),
            owner,
            debts: listed,
            currency: 'EUR',
            today,
            ...more,
          };
          expect(wrong(writeDunning(letters, facts), { of: 'money', ...facts }, to)).toEqual([]);
        },
      ),
    );
  });

  it('terminations', () => {
    const end = fc.record({
      noticeOn: maybe(fc.integer({ min: 0, max: 60 }).map((days) => addDays(today, days))),
      milestone: maybe(fc.constantFrom('catalogo', 'consegna “beta”')),
      reason: maybe(fc.constantFrom('è troppo!', 'basta così…', 'my work changes.')),
      handover: items,
      onPayment: items,
      unbilled: fc.boolean(),
      refundBy: maybe(day),
      paused: fc.boolean(),
      referral: maybe(fc.constantFrom('Marco Neri.', 'Claire Moss')),
    });
    fc.assert(
      fc.property(reader, debts(0), common, end, (to, listed, more, ending) => {
        const unpaid = listed.filter((one) => one.dueOn < today);
        fc.pre(ending.noticeOn !== undefined || ending.milestone !== undefined);
        fc.pre(unpaid.length > 0 || ending.reason !== undefined);
        const facts: DunningFacts = {
          kind: 'termination',
          client: clientFor(to),
          owner,
          debts: unpaid,
          currency: 'EUR',
          today,
          ...more,
          ...ending,
          justCause: unpaid.length > 0 && ending.reason === undefined,
        };
        expect(wrong(writeDunning(letters, facts), { of: 'money', ...facts }, to)).toEqual([]);
      }),
    );
  });

  it('nudges', () => {
    const some = fc.record({
      kind: fc.constantFrom('nudge-kind', 'nudge-firm'),
      project: fc.option(fc.constantFrom('sito “Verdi”', 'site')),
      request: fc.constantFrom('Quali testi?', '“Which copy?”', 'Il "logo" va bene?'),
      askedOn: day,
      daysLost: fc.integer({ min: 1, max: 90 }),
      newDeliveryOn: fc.option(day),
      replyBy: day,
    });
    fc.assert(
      fc.property(reader, some, (to, facts) => {
        const whole = { ...facts, client: clientFor(to), owner } as const;
        expect(wrong(writeNudge(letters, whole), { of: 'nudge', ...whole }, to)).toEqual([]);
      }),
    );
  });

  it('where the line is', () => {
    const some = fc.record({
      on: day,
      by: day,
      project: fc.option(fc.constantFrom('sito', 'site')),
      byPhone: fc.boolean(),
      hours: fc.integer({ min: 1, max: 720 }),
      revisions: fc.option(fc.nat(4)),
      scope: items,
      paused: fc.boolean(),
      startOn: fc.option(day),
      kind: fc.constantFrom('boundary-hours', 'boundary-decisions', 'boundary-scope', 'boundary-contract'),
    });
    fc.assert(
      fc.property(reader, some, (to, { on, by, project, byPhone, hours, revisions, scope, paused, startOn, kind }) => {
        const week = to.language === 'it' ? 'lun-ven 9:00-13:00' : 'Mon-Fri 9:00-13:00';
        const base = { client: clientFor(to), owner };
        const all: Record<typeof kind, BoundaryFacts> = {
          'boundary-hours': {
            ...base,
            kind: 'boundary-hours',
            from: on,
            hours: week,
            phoneHours: byPhone ? week : null,
            channels: byPhone ? ['email', 'phone'] : ['email'],
            answerWithinHours: hours,
          },
          'boundary-decisions': { ...base, kind: 'boundary-decisions', from: on, project, revisions },
          'boundary-scope': {
            ...base,
            kind: 'boundary-scope',
            quote: 'Anche il “blog”?',
            quotedOn: on,
            scope,
            quotationOn: by,
            paused,
          },
          'boundary-contract': { ...base, kind: 'boundary-contract', project, signBy: by, startOn },
        };
        expect(
          wrong(writeBoundary(letters, all[kind]), { of: 'boundary', facts: all[kind], written: !byPhone }, to),
        ).toEqual([]);
      }),
    );
  });

  it('acknowledgements', () => {
    const some = fc.record({
      received: fc
        .integer({ min: 0, max: 500_000 })
        .map((minutes) => plus(instant('2026-01-01T00:00:00Z'), minutes * 60_000)),
      hours: fc.integer({ min: 1, max: 400 }),
      byPhone: fc.boolean(),
      outside: fc.constantFrom('none', 'week', 'holiday', 'closure'),
      closed: fc.nat(20),
      timeZone: fc.constantFrom('Europe/Rome', 'America/New_York', 'Europe/London'),
    });
    fc.assert(
      fc.property(reader, some, (to, { received, hours, byPhone, outside, closed, timeZone }) => {
        const from = localDay('2026-08-08');
        const facts = {
          reader: to,
          recipientName: 'Luca Verdi',
          owner,
          originalSubject: 'Re: testi',
          timeZone,
          receivedAt: received,
          promisedAt: plus(received, hours * 3_600_000) as Instant,
          hours: to.language === 'it' ? 'lun-ven 9:00-13:00' : 'Mon-Fri 9:00-13:00',
          channels: byPhone ? ['email', 'phone'] : ['email'],
          outside: outsideOf(outside, from, addDays(from, closed)),
        };
        expect(wrong(writeAcknowledgement(letters, facts), { of: 'acknowledgement', ...facts }, to)).toEqual([]);
      }),
    );
  });

  function outsideOf(kind: string, from: LocalDay, to: LocalDay) {
    if (kind === 'closure') return { kind, from, to } as const;
    return kind === 'none' ? null : { kind: kind as 'week' | 'holiday' };
  }

  it('the end of a case, by every way that the money may go', () => {
    const parts = fc.array(
      fc.record({ invoiceId: fc.integer({ min: 1, max: 3 }), cents: fc.integer({ min: 1, max: 9e6 }) }),
      { maxLength: 2 },
    );
    const listed = parts.map((all) => all.map(({ invoiceId, cents }) => part(cents, { invoiceId })));
    const some = fc.record({
      received: listed,
      also: listed,
      voided: listed,
      credited: listed,
      disputed: listed,
      beyondCents: fc.constantFrom(0, 0, 1, 3_000),
      kind: fc.constantFrom('work-resumed', 'payment-received', 'settled-otherwise'),
      receivedBefore: fc.nat(40),
      pausedOn: maybe(fc.constant(addDays(today, -9))),
      note: fc.array(fc.constantFrom('NC 3', '7/2027'), { maxLength: 2 }),
      resumes: fc.boolean(),
      resumeWithinDays: fc.nat(9),
      nothingRemains: fc.boolean(),
    });
    fc.assert(
      fc.property(
        reader,
        some,
        (to, { received, also, beyondCents, voided, credited, disputed, receivedBefore, note, ...more }) => {
          fc.pre(more.kind === 'settled-otherwise' || received.length > 0);
          const facts: ClosingLetterFacts = {
            ...more,
            client: clientFor(to),
            owner,
            currency: 'EUR',
            today,
            hours,
            resumes: more.kind === 'work-resumed' || (more.kind === 'settled-otherwise' && more.resumes),
            settlement: {
              received,
              also,
              beyondCents,
              voided,
              disputed,
              receivedOn: received.length > 0 ? addDays(today, -receivedBefore) : null,
              credited: credited.map((one) => ({ ...one, ...(note.length === 0 ? {} : { creditNotes: note }) })),
            },
          };
          const written = writeClosing(letters, facts);
          expect(wrong(written, { of: 'closing', ...facts }, to)).toEqual([]);
          if (facts.resumes) expect((written.facts['resumeBy'] as LocalDay) >= today).toBe(true);
        },
      ),
    );
  });

  it('final reports', () => {
    const payment = fc.record({
      number: fc.constantFrom('1', '2026/2'),
      amountCents: fc.integer({ min: 1, max: 9e6 }),
      currency: fc.constantFrom('EUR', 'USD', 'GBP'),
      on: day,
    });
    const some = fc.record({
      done: items,
      delivered: items,
      payments: fc.array(payment, { maxLength: 3 }),
      isClear: fc.boolean(),
      disputed: fc.constantFrom([], [part(30_000)], [part(30_000), part(500, { currency: 'USD' })]),
      abroad: debts(0).map((all) => all.map((one) => ({ ...one, currency: 'USD' }))),
    });
    fc.assert(
      fc.property(reader, debts(0), some, (to, listed, { abroad, isClear, ...more }) => {
        const elsewhere = listed.length > 0 ? abroad : [];
        const facts = {
          elsewhere,
          isClear: isClear && listed.length === 0,
          client: clientFor(to),
          owner,
          project: null,
          endsOn: addDays(today, -3),
          today,
          currency: 'EUR',
          ...more,
          debts: listed,
          replyBy: addDays(today, 14),
          payBy: addDays(today, 40),
        };
        expect(wrong(writeFinalReport(letters, facts), { of: 'report', ...facts }, to)).toEqual([]);
      }),
    );
  });
});

describe('the table', () => {
  it('is found false by a letter of other facts', () => {
    const to = readers[0] as Reader;
    const facts: DunningFacts = {
      kind: 'termination',
      client: clientFor(to),
      owner,
      debts: [],
      currency: 'EUR',
      today,
      earlier: [],
      resumeWithinDays: 2,
      payBy: today,
      noticeOn: addDays(today, 30),
      reason: 'chiudo',
      paused: true,
    };
    const written = writeDunning(letters, facts);
    expect(untrue(written, { of: 'money', ...facts }, to)).toEqual([]);
    expect(untrue(written, { of: 'money', ...facts, paused: false }, to)).toHaveLength(1);
    expect(
      untrue({ ...written, text: written.text.replace('Il motivo', 'La ragione') }, { of: 'money', ...facts }, to),
    ).toEqual(['stands in no row: La ragione è uno: chiudo.']);
  });
});
