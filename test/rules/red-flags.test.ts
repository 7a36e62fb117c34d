/** Each warning sign from both sides: what makes it speak, what leaves it silent, and when the sample is too small. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noTerms } from '../../src/rules/client.ts';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import type { Invoice, InvoiceState } from '../../src/rules/invoice.ts';
import { incomeFrom } from '../../src/rules/income.ts';
import { defaultWeights, type RedFlag, redFlag, redFlags, type Sign, signs, weigh } from '../../src/rules/red-flags.ts';
import type { SignFacts, SignLog, SignMessage } from '../../src/rules/sign.ts';
import { addDays, dayMs, hourMs, instant, localDay, plus } from '../../src/rules/time.ts';
import { say } from '../../src/words/voice.ts';

const rome = (text: string) => instant(`${text}+02:00`);
const now = rome('2026-05-29T12:00');
const office = ['09:00-18:00'];

function facts(over: Partial<SignFacts> = {}): SignFacts {
  return {
    messages: [],
    windows: [],
    requests: [],
    invoices: [],
    log: [],
    deliveries: [],
    terms: noTerms,
    marks: [],
    income: null,
    others: [],
    othersMessagesPerDelivery: [],
    hours: {
      timeZone: 'Europe/Rome',
      week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
      holiday: () => undefined,
      closures: [],
    },
    ...over,
  };
}

function message(id: number, over: Partial<SignMessage> = {}): SignMessage {
  const receivedAt = plus(rome('2026-05-04T10:00'), id * hourMs);
  return { id, receivedAt, direction: 'in', kind: 'human', outOfHours: false, newText: 'Grazie, va bene.', ...over };
}

function messages(amount: number, over: Partial<SignMessage> = {}, from = 1): SignMessage[] {
  return Array.from({ length: amount }, (_, index) => message(from + index, over));
}

function entry(id: number, over: Partial<SignLog> = {}): SignLog {
  return {
    id,
    kind: 'work',
    at: plus(rome('2026-05-04T10:00'), id * hourMs),
    minutes: null,
    direction: null,
    outOfHours: false,
    ...over,
  };
}

function invoice(
  id: number,
  over: { dueOn?: string; cents?: number; paidOn?: string | null; state?: InvoiceState; currency?: string } = {},
): Invoice {
  const cents = over.cents ?? 100_000;
  const dueOn = localDay(over.dueOn ?? '2026-05-10');
  const paidOn = over.paidOn ?? null;
  const payment = { id, invoiceId: id, amountCents: cents, reference: null, recordedAt: now, reversedAt: null };
  return {
    id,
    clientId: 1,
    number: String(id),
    issuedOn: addDays(dueOn, -30),
    currency: over.currency ?? 'EUR',
    totalCents: cents,
    project: null,
    state: over.state ?? (paidOn === null ? 'open' : 'paid'),
    disputedCents: 0,
    instalments: [{ id, position: 1, dueOn, amountCents: cents }],
    payments: paidOn === null ? [] : [{ ...payment, receivedOn: localDay(paidOn) }],
    credits: [],
  };
}

function verdict(found: RedFlag | null): string {
  if (found === null) return 'silent';
  return found.tooFew ? `too few: ${say(found.words, 'en')}` : `${found.strength} ${say(found.words, 'en')}`;
}

describe('no contract', () => {
  const none = { ...noTerms, contractNone: true };
  const started = { ...none, startedOn: localDay('2026-03-02') };
  const proven = { log: [entry(1)], invoices: [invoice(1)] };
  it.each([
    ['told, and work has begun', { terms: started }, '0.8 no contract, as you said, and work since 2 March 2026'],
    [
      'told, and work is logged',
      { terms: none, log: [entry(1)] },
      '0.8 no contract, as you said, and work since 4 May 2026',
    ],
    ['told, no work yet', { terms: none }, 'silent'],
    ['told, work begins next month', { terms: { ...none, startedOn: localDay('2026-06-15') } }, 'silent'],
    ['told, only a void invoice', { terms: none, invoices: [invoice(1, { state: 'void' })] }, 'silent'],
    ['told, only talk', { terms: none, log: [entry(1, { kind: 'call' })] }, 'silent'],
    ['signed', { ...proven, terms: { ...noTerms, contractSignedOn: localDay('2026-03-01') } }, 'silent'],
    ['not told, only a start', { terms: { ...noTerms, startedOn: localDay('2026-03-02') } }, 'silent'],
    ['not told, only invoices', { invoices: [invoice(1), invoice(2)] }, 'silent'],
    ['not told, only work', { log: [entry(1)] }, 'silent'],
    [
      'not told: work and money show it',
      proven,
      '0.4 no contract on record, with work and 1 invoice since 10 April 2026',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('no-contract', facts(over), now))).toBe(expected);
  });
});

describe('out-of-hours habit', () => {
  const night = (id: number) =>
    message(id, { outOfHours: true, receivedAt: plus(rome('2026-05-04T21:10'), id * dayMs) });
  it.each([
    [
      'four of ten at night',
      { messages: [...messages(6), night(7), night(8), night(9), night(10)] },
      '0.4 4 of 10 contacts (40 %) out of hours, most between 21:00 and 22:00',
    ],
    ['two of ten', { messages: [...messages(8), night(9), night(10)] }, 'silent'],
    ['none', { messages: messages(20) }, 'silent'],
    [
      'three, all at night',
      { messages: [night(1), night(2), night(3)] },
      'too few: 3 of 3 contacts (100 %) out of hours, most between 21:00 and 22:00: too few to tell',
    ],
    [
      'newsletters at night',
      { messages: [...messages(6), ...messages(9, { kind: 'list', outOfHours: true }, 10)] },
      'silent',
    ],
    [
      'his out-of-office at night',
      { messages: [...messages(6), ...messages(9, { kind: 'automatic', outOfHours: true }, 10)] },
      'silent',
    ],
    [
      'own mails at night',
      { messages: [...messages(6), ...messages(9, { direction: 'out', kind: 'own', outOfHours: true }, 10)] },
      'silent',
    ],
    [
      'calls count too',
      {
        messages: messages(4),
        log: [
          entry(1, { kind: 'call', direction: 'in', outOfHours: true }),
          entry(2, { kind: 'chat', direction: 'in', outOfHours: true }),
        ],
      },
      '0.33 2 of 6 contacts (33 %) out of hours',
    ],
    [
      'calls of the owner do not',
      { messages: messages(4), log: [entry(1, { kind: 'call', direction: 'out', outOfHours: true })] },
      'silent',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('out-of-hours', facts(over), now))).toBe(expected);
  });

  it('links to the last messages', () => {
    const found = redFlag('out-of-hours', facts({ messages: [1, 2, 3, 4, 5, 6, 7].map(night) }), now);
    expect(found?.evidence).toEqual([3, 4, 5, 6, 7].map((messageId) => ({ messageId })));
  });
});

describe('pressure', () => {
  const urgent = (id: number) => message(id, { newText: 'Buongiorno.\nÈ urgente, mi serve entro stasera!' });
  const window = {
    openedAt: rome('2026-05-04T11:00'),
    dueAt: rome('2026-05-07T11:00'),
    answeredAt: null,
    messageIds: [1, 2, 3, 4],
  };
  it.each([
    [
      'three urgent of six',
      { messages: [...messages(3), urgent(4), urgent(5), urgent(6)] },
      '0.5 3 messages with urgent words or a deadline of the same day, of 6',
    ],
    ['two urgent of six', { messages: [...messages(4), urgent(5), urgent(6)] }, 'silent'],
    ['one that denies it', { messages: messages(6, { newText: 'Non è urgente, fai con calma.' }) }, 'silent'],
    [
      'one message, urgent',
      { messages: [urgent(1)] },
      'too few: 1 message with urgent words or a deadline of the same day, of 1: too few to tell',
    ],
    [
      'robots that say urgent',
      { messages: [...messages(6), ...messages(6, { kind: 'automatic', newText: 'URGENT' }, 10)] },
      'silent',
    ],
    [
      'the owner says urgent',
      { messages: [...messages(6), ...messages(6, { direction: 'out', kind: 'own', newText: 'è urgente' }, 10)] },
      'silent',
    ],
    [
      'five messages before the answer was due',
      { messages: messages(8), windows: [{ ...window, messageIds: [1, 2, 3, 4, 5] }] },
      '0.38 3 messages sent again before an answer was due, of 8',
    ],
    [
      'two messages before the answer was due',
      { messages: messages(8), windows: [{ ...window, messageIds: [1, 2] }] },
      'silent',
    ],
    [
      'five messages, three after the answer',
      {
        messages: messages(8),
        windows: [{ ...window, messageIds: [1, 2, 3, 4, 5], answeredAt: rome('2026-05-04T12:30') }],
      },
      'silent',
    ],
    [
      'five messages, when the answer was overdue',
      { messages: messages(8), windows: [{ ...window, messageIds: [1, 2, 3, 4, 5], dueAt: rome('2026-05-04T12:30') }] },
      'silent',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('pressure', facts(over), now))).toBe(expected);
  });

  it('quotes the sentence', () => {
    const found = redFlag('pressure', facts({ messages: [...messages(3), urgent(4), urgent(5), urgent(6)] }), now);
    expect(found?.evidence[0]).toEqual({ messageId: 4, quote: 'È urgente, mi serve entro stasera!' });
  });
});

describe('silence', () => {
  const request = (id: number, opened: string, answered: string | null) => ({
    id,
    openedAt: rome(`${opened}T10:00`),
    dueOn: addDays(localDay(opened), 3),
    answeredAt: answered === null ? null : rome(`${answered}T10:00`),
  });
  it.each([
    [
      'long waits',
      [request(1, '2026-04-01', '2026-04-11'), request(2, '2026-04-10', '2026-04-22'), request(3, '2026-05-01', null)],
      '0.86 3 requests, 1 open; a median of 12 days to an answer, the longest 28 days',
    ],
    [
      'quick answers',
      [
        request(1, '2026-04-01', '2026-04-02'),
        request(2, '2026-04-10', '2026-04-11'),
        request(3, '2026-05-01', '2026-05-03'),
      ],
      'silent',
    ],
    [
      'one that is open',
      [request(1, '2026-05-01', null)],
      'too few: 1 request, 1 open; a median of 28 days to an answer, the longest 28 days: too few to tell',
    ],
    [
      'not due yet',
      [request(1, '2026-05-28', null), request(2, '2026-05-28', null), request(3, '2026-05-28', null)],
      'silent',
    ],
    ['none', [], 'silent'],
  ])('%s', (_name, requests, expected) => {
    expect(verdict(redFlag('silence', facts({ requests }), now))).toBe(expected);
  });
});

describe('scope creep', () => {
  const scope = ['Sito di cinque pagine', 'Logo'];
  const more = (id: number) => message(id, { newText: 'Ciao!\nPotresti anche preparare la newsletter?' });
  const change = (id: number) => message(id, { newText: 'Ancora una modifica al titolo.' });
  const terms = { ...noTerms, scope, revisionsIncluded: 3 };
  it.each([
    [
      'three requests for more',
      { terms, messages: [more(1), more(2), more(3)] },
      '0.5 3 requests for more, that no line of the scope names',
    ],
    [
      'one',
      { terms, messages: [more(1)] },
      'too few: 1 request for more, that no line of the scope names: too few to tell',
    ],
    ['within the scope', { terms, messages: messages(5, { newText: 'Potresti anche cambiare il logo?' }) }, 'silent'],
    [
      'without a scope it weighs half',
      { messages: [more(1), more(2), more(3)] },
      '0.25 3 requests for more, and no scope on record',
    ],
    [
      'asks for a quote',
      { terms, messages: messages(5, { newText: 'Potresti anche mandarmi un preventivo per la newsletter?' }) },
      'silent',
    ],
    [
      'five changes, three included',
      { terms, messages: [1, 2, 3, 4, 5].map(change) },
      '0.67 5 messages ask for changes, 3 included',
    ],
    ['three changes, three included', { terms, messages: [1, 2, 3].map(change) }, 'silent'],
    [
      'changes, with nothing agreed about them',
      { terms: { ...terms, revisionsIncluded: null }, messages: [1, 2, 3, 4, 5].map(change) },
      'silent',
    ],
    [
      'a newsletter that offers more',
      { terms, messages: messages(5, { kind: 'list', newText: 'One more thing: our new product' }) },
      'silent',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('scope-creep', facts(over), now))).toBe(expected);
  });
  it('quotes the sentence and never accuses', () => {
    const found = redFlag('scope-creep', facts({ terms, messages: [more(1), more(2)] }), now);
    expect(found?.evidence[0]).toEqual({ messageId: 1, quote: 'Potresti anche preparare la newsletter?' });
  });
});

describe('wasted time', () => {
  it.each([
    [
      'half of it talk',
      [
        entry(1, { minutes: 300 }),
        entry(2, { kind: 'call', minutes: 200 }),
        entry(3, { kind: 'meeting', minutes: 100 }),
      ],
      '0.5 5 h of 10 h logged (50 %) are calls, meetings and chats',
    ],
    ['a third', [entry(1, { minutes: 600 }), entry(2, { kind: 'call', minutes: 300 })], 'silent'],
    [
      'two hours in all',
      [entry(1, { minutes: 60 }), entry(2, { kind: 'call', minutes: 60 })],
      'too few: 1 h of 2 h logged (50 %) are calls, meetings and chats: too few to tell',
    ],
    ['nothing logged', [], 'silent'],
    ['calls without a length', [entry(1, { kind: 'call' })], 'silent'],
  ])('%s', (_name, log, expected) => {
    expect(verdict(redFlag('wasted-time', facts({ log }), now))).toBe(expected);
  });
});

describe('control', () => {
  const ask = (id: number) => message(id, { newText: 'Aspetta il mio ok.' });
  const pieces = [{ at: now }, { at: now }];
  it.each([
    [
      'three such sentences',
      { messages: [ask(1), ask(2), ask(3)] },
      '0.38 3 messages asking to approve or to be asked first',
    ],
    [
      'one',
      { messages: [ask(1), ...messages(20, {}, 2)] },
      'too few: 1 message asking to approve or to be asked first: too few to tell',
    ],
    [
      'many messages for each piece',
      { messages: messages(40), deliveries: pieces },
      '0.83 20 messages for each of 2 pieces delivered',
    ],
    [
      'as many as with everybody',
      { messages: messages(40), deliveries: pieces, othersMessagesPerDelivery: [15, 18] },
      'silent',
    ],
    ['few messages for each piece', { messages: messages(10), deliveries: pieces }, 'silent'],
    ['one piece only', { messages: messages(40), deliveries: pieces.slice(0, 1) }, 'silent'],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('control', facts(over), now))).toBe(expected);
  });
});

describe('low pay', () => {
  const income = (perHourCents: number | null, perMessageCents: number | null = null, currency = 'EUR') => ({
    currency,
    perHourCents,
    perMessageCents,
  });
  it.each([
    [
      'half of the others, by the hour',
      { income: income(5_000), others: [income(9_000), income(10_000), income(11_000)] },
      '0.5 50.00 EUR an hour, against a median of 100.00 EUR with 3 other clients',
    ],
    ['as the others', { income: income(5_000), others: [income(6_000), income(5_000)] }, 'silent'],
    [
      'one other client',
      { income: income(5_000), others: [income(10_000)] },
      'too few: 50.00 EUR an hour, against a median of 100.00 EUR with 1 other client: too few to tell',
    ],
    [
      'others in another currency',
      { income: income(5_000), others: [income(10_000, null, 'GBP'), income(10_000, null, 'GBP')] },
      'silent',
    ],
    [
      'no hours logged: by the message',
      { income: income(null, 2_000), others: [income(null, 10_000), income(null, 8_000)] },
      '0.78 20.00 EUR for each message, against a median of 90.00 EUR with 2 other clients',
    ],
    ['too little on record', { income: income(null), others: [income(9_000, 9_000), income(9_000, 9_000)] }, 'silent'],
    ['nothing earned', { income: null, others: [income(10_000), income(10_000)] }, 'silent'],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('low-pay', facts(over), now))).toBe(expected);
  });
});

describe('income', () => {
  const earned = [{ currency: 'EUR', cents: 100_000 }];
  it.each([
    ['by the hour and by the message', { earned, billedMinutes: 600, messages: 20 }, [10_000, 5_000]],
    ['too few hours', { earned, billedMinutes: 299, messages: 20 }, [null, 5_000]],
    ['too few messages', { earned, billedMinutes: 600, messages: 9 }, [10_000, null]],
  ])('%s', (_name, given, [perHourCents, perMessageCents]) => {
    expect(incomeFrom(given)).toEqual({ currency: 'EUR', perHourCents, perMessageCents });
  });
  it('is none where the owner spent more than she earned', () => {
    expect(incomeFrom({ earned: [{ currency: 'EUR', cents: -10 }], billedMinutes: 600, messages: 20 })).toBeNull();
  });
});

describe('late pay', () => {
  const late = (id: number, days: number) => {
    const dueOn = addDays(localDay('2025-06-10'), id * 30);
    return invoice(id, { dueOn, paidOn: addDays(dueOn, days) });
  };
  it.each([
    [
      'always late',
      [late(1, 12), late(2, 9), late(3, 15), late(4, 10)],
      '0.37 a median of 11 days late over 4 due dates',
    ],
    ['each later than the one before is another sign', [late(1, 0), late(2, 2), late(3, 4), late(4, 8)], 'silent'],
    ['in time or early', [late(1, 0), late(2, -3), late(3, -1)], 'silent'],
    ['once late', [late(1, 0), late(2, 9), late(3, 0), late(4, 0)], 'silent'],
    ['two invoices', [late(1, 9), late(2, 9)], 'too few: a median of 9 days late over 2 due dates: too few to tell'],
    ['unpaid ones are another sign', [invoice(1), invoice(2), invoice(3)], 'silent'],
    [
      'void ones count for nothing',
      [late(1, 30), late(2, 30), late(3, 30)].map((one) => ({ ...one, state: 'void' as const })),
      'silent',
    ],
  ])('%s', (_name, invoices, expected) => {
    expect(verdict(redFlag('late-pay', facts({ invoices }), now))).toBe(expected);
  });
  it('counts each instalment from the payment that covered it', () => {
    const one = invoice(1, { cents: 90_000, dueOn: '2026-01-10' });
    one.instalments = [1, 2, 3].map((position) => ({
      id: position,
      position,
      dueOn: localDay(`2026-0${position}-10`),
      amountCents: 30_000,
    }));
    const pay = (id: number, receivedOn: string, amountCents: number) => ({
      id,
      invoiceId: 1,
      amountCents,
      receivedOn: localDay(receivedOn),
      reference: null,
      recordedAt: now,
      reversedAt: null,
    });
    one.payments = [pay(1, '2026-01-20', 30_000), pay(2, '2026-02-12', 10_000), pay(3, '2026-03-30', 50_000)];
    expect(verdict(redFlag('late-pay', facts({ invoices: [one] }), now))).toBe(
      '0.67 a median of 20 days late over 3 due dates',
    );
  });
});

describe('pays later', () => {
  const late = (id: number, days: number) => {
    const dueOn = addDays(localDay('2025-10-10'), id * 30);
    return invoice(id, { dueOn, paidOn: addDays(dueOn, days) });
  };
  const said = (...texts: string[]) => texts.map((newText, index) => message(index + 1, { newText }));
  const later = 'Continua a lavorare, alla fine ti pagherò.';
  it.each([
    ['said once', { messages: said(later) }, '0.6 1 message put payment off while the work goes on'],
    ['said twice', { messages: said(later, later) }, '1 2 messages put payment off while the work goes on'],
    ['a promise of a day is none', { messages: said('Pago la fattura venerdì.') }, 'silent'],
    ['in time', { invoices: [late(1, 0), late(2, 0)] }, 'silent'],
    ['later the second time', { invoices: [late(1, 0), late(2, 6)] }, '0.6 paid later each time (0, 6 days late)'],
    [
      'later each time',
      { invoices: [late(1, 0), late(2, 4), late(3, 9)] },
      '1 paid later each time (0, 4, 9 days late)',
    ],
    ['a day or two is nothing', { invoices: [late(1, 0), late(2, 3)] }, 'silent'],
    ['better again', { invoices: [late(1, 0), late(2, 9), late(3, 2)] }, 'silent'],
    ['the first is late, and no other', { invoices: [late(1, 20)] }, 'silent'],
    [
      'an open one counts as of today',
      { invoices: [late(1, 0), invoice(2, { dueOn: '2026-05-19' })] },
      '0.6 paid later each time (0, 10 days late)',
    ],
    [
      'two that were due on one day are one time',
      { invoices: [invoice(1, { dueOn: '2026-05-19', paidOn: '2026-05-26' }), invoice(2, { dueOn: '2026-05-19' })] },
      'silent',
    ],
    [
      'an open one that is not due yet does not count',
      { invoices: [late(1, 0), invoice(2, { dueOn: '2026-06-19' })] },
      'silent',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdict(redFlag('pays-later', facts(over), now))).toBe(expected);
  });
});

describe('what is heard, and what the owner logs', () => {
  const said = (...texts: string[]) => ({ messages: texts.map((newText, index) => message(index + 1, { newText })) });
  const logged = (...entries: Partial<SignLog>[]) => ({ log: entries.map((one, index) => entry(index + 1, one)) });
  const signed = (on: string) => ({ terms: { ...noTerms, contractSignedOn: localDay(on) } });
  const chat = { kind: 'chat', direction: 'in' } as const;
  const no = 'Per noi è troppo caro.';
  const round = 'Non è proprio quello che avevo in mente.';
  const close = 'Stasera cena insieme?';
  it.each([
    ['refuses-contract', said('Ci fidiamo, no?'), '0.6 1 message put a contract aside'],
    ['refuses-contract', said('Il contratto firmato è in allegato.'), 'silent'],
    ['refuses-contract', { ...said('Ci fidiamo, no?'), ...signed('2026-05-20') }, 'silent'],
    ['refuses-contract', { ...said('Ci fidiamo, no?'), ...signed('2026-01-20') }, '0.6 1 message put a contract aside'],
    ['refuses-price', said(no), '0.5 1 message turn a price or a rise down'],
    ['refuses-price', said('Il prezzo va bene.'), 'silent'],
    ['refuses-price', logged({ kind: 'price', text: 'refused' }), '1 refused 1 time by your log'],
    ['threat', said('Sentirai il mio avvocato.'), '0.6 1 message with words of threat'],
    ['threat', said('Il nostro avvocato ha letto il contratto, va bene.'), 'silent'],
    ['threat', logged({ kind: 'attack', text: 'on the map' }), '1 1 attack by your log'],
    ['closeness', said(close), 'too few: 1 message go beyond business: too few to tell'],
    ['closeness', said(close, close), '0.5 2 messages go beyond business'],
    ['closeness', logged({ kind: 'lunch' }, { kind: 'dinner' }, { kind: 'dinner' }), '0.5 3 meals together'],
    ['closeness', logged({ kind: 'meeting' }, { kind: 'meeting' }, { kind: 'meeting' }), 'silent'],
    ['indecision', said(round, round), 'too few: 2 rounds of changes in 60 days, and no decision: too few to tell'],
    ['indecision', said(round, round, round), '0.5 3 rounds of changes in 60 days, and no decision'],
    [
      'indecision',
      { ...said(round, round, round), terms: { ...noTerms, revisionsIncluded: 4 } },
      'too few: 3 rounds of changes in 60 days, and no decision: too few to tell',
    ],
    ['indecision', said('Approvato.', 'Perfetto.', 'Va bene.'), 'silent'],
    ['untraceable-channel', logged(chat, chat), 'too few: 2 chats where mail is agreed: too few to tell'],
    [
      'untraceable-channel',
      logged(chat, { ...chat, via: 'whatsapp' }, { kind: 'call', direction: 'in', via: 'whatsapp' }),
      '0.4 3 chats (whatsapp) where mail is agreed',
    ],
    ['untraceable-channel', logged(...[1, 2, 3].map(() => ({ kind: 'call', direction: 'in' }) as const)), 'silent'],
    ['untraceable-channel', logged(...[1, 2, 3].map(() => ({ kind: 'chat', direction: 'out' }) as const)), 'silent'],
  ] as [Sign, Partial<SignFacts>, string][])('%s: %#', (sign, over, expected) => {
    expect(verdict(redFlag(sign, facts(over), now))).toBe(expected);
  });
});

describe('the owner’s own hours', () => {
  const sent = (id: number, at: string) => message(id, { direction: 'out', kind: 'own', receivedAt: rome(at) });
  const night = [1, 2].map((id) => sent(id, `2026-05-1${id}T23:30`));
  const day = [3, 4, 5].map((id) => sent(id, '2026-05-13T10:00'));
  it.each([
    [
      'two of five at night',
      [...night, ...day],
      [],
      '0.4 2 of 5 mails and pieces of work of yours (40 %) were out of hours',
    ],
    [
      'work at night counts',
      day,
      [entry(1, { at: rome('2026-05-12T23:30') }), entry(2, { at: rome('2026-05-13T23:30') })],
      '0.4 2 of 5 mails and pieces of work of yours (40 %) were out of hours',
    ],
    [
      'one of four',
      [...night.slice(1), ...day],
      [],
      'too few: 1 of 4 mails and pieces of work of yours (25 %) were out of hours: too few to tell',
    ],
    ['one of six', [...night.slice(1), ...day, sent(8, '2026-05-14T10:00'), sent(9, '2026-05-14T11:00')], [], 'silent'],
    ['all by day', day, [], 'silent'],
    [
      'his own mails are no work of hers',
      messages(8, { receivedAt: rome('2026-05-12T23:30'), outOfHours: true }),
      [],
      'silent',
    ],
  ] as [string, SignMessage[], SignLog[], string][])('%s', (_name, list, log, expected) => {
    expect(verdict(redFlag('own-hours', facts({ messages: list, log }), now))).toBe(expected);
  });
});

describe('no pay', () => {
  const allBut = (cents: number): Invoice => {
    const paid = invoice(1, { dueOn: '2025-04-14', paidOn: '2025-04-20' });
    return { ...paid, payments: paid.payments.map((one) => ({ ...one, amountCents: paid.totalCents - cents })) };
  };
  it.each([
    ['45 days', [invoice(1, { dueOn: '2026-04-14' })], '0.5 1000.00 EUR unpaid, the oldest for 45 days'],
    ['29 days', [invoice(1, { dueOn: '2026-04-30' })], 'silent'],
    ['paid', [invoice(1, { dueOn: '2026-01-14', paidOn: '2026-05-01' })], 'silent'],
    ['written off', [invoice(1, { dueOn: '2025-04-14', state: 'written-off' })], '1 1 invoice written off'],
    ['a trifle written off', [{ ...allBut(150), state: 'written-off' as const }], 'silent'],
    ['a trifle that stays open', [{ ...allBut(150), state: 'open' as const }], 'silent'],
    ['a tenth written off', [{ ...allBut(10_000), state: 'written-off' as const }], '1 1 invoice written off'],
    ['void', [invoice(1, { dueOn: '2025-04-14', state: 'void' })], 'silent'],
    ['disputed whole', [{ ...invoice(1, { dueOn: '2026-01-14' }), disputedCents: 100_000 }], 'silent'],
    [
      'two currencies',
      [invoice(1, { dueOn: '2026-04-14' }), invoice(2, { dueOn: '2026-04-20', currency: 'GBP', cents: 5_000 })],
      '0.5 1000.00 EUR and 50.00 GBP unpaid, the oldest for 45 days',
    ],
  ])('%s', (_name, invoices, expected) => {
    expect(verdict(redFlag('no-pay', facts({ invoices }), now))).toBe(expected);
  });
});

describe('what the owner marked', () => {
  it('stands in the words of the owner, once', () => {
    const marks = [
      { mark: 'will-not-sign' as const, note: 'said so twice' },
      { mark: 'no-time' as const, note: '' },
    ];
    expect(redFlags(facts({ marks }), now).map(verdict)).toEqual([
      '1 marked by you: no time for it',
      '1 marked by you: will not sign (said so twice)',
    ]);
  });
});

describe('all signs together', () => {
  it('a client without a record shows none', () => {
    expect(redFlags(facts(), now)).toEqual([]);
  });
  it('a good client shows none', () => {
    const good = facts({
      messages: messages(30),
      invoices: [1, 2, 3, 4].map((id) => invoice(id, { paidOn: '2026-05-08' })),
      log: [entry(1, { minutes: 2400 })],
      terms: { ...noTerms, contractSignedOn: localDay('2025-01-10'), scope: ['Sito'] },
      others: [
        { currency: 'EUR', perHourCents: 9_000, perMessageCents: null },
        { currency: 'EUR', perHourCents: 8_000, perMessageCents: null },
      ],
    });
    expect(redFlags(good, now)).toEqual([]);
  });
  it('keep the order of the list and a strength between 0 and 1, whatever the messages', () => {
    const kinds = fc.constantFrom('human' as const, 'list' as const, 'automatic' as const);
    const texts = fc.constantFrom(
      'Urgente!',
      'Potresti anche fare il blog?',
      'Aspetta il mio ok',
      'Una modifica',
      'Grazie',
      '',
    );
    const arb = fc.array(fc.record({ kind: kinds, outOfHours: fc.boolean(), newText: texts }), { maxLength: 40 });
    fc.assert(
      fc.property(arb, (list) => {
        const found = redFlags(facts({ messages: list.map((one, index) => message(index + 1, one)) }), now);
        const order = found.map((one) => signs.indexOf(one.sign));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        for (const one of found) {
          expect(one.strength).toBeGreaterThanOrEqual(0);
          expect(one.strength).toBeLessThanOrEqual(1);
          expect(one.tooFew).toBe(one.strength === 0);
        }
        const humans = new Set(list.flatMap((one, index) => (one.kind === 'human' ? [index + 1] : [])));
        for (const one of found.flatMap((flag) => flag.evidence)) expect(humans.has(one.messageId ?? -1)).toBe(true);
      }),
    );
  });
});

describe('weighing', () => {
  const flag = (sign: Sign, strength: number, tooFew = false): RedFlag => ({
    sign,
    strength,
    words: { code: 'marked-by-you', mark: 'too-close', note: sign },
    evidence: [],
    tooFew,
  });
  it('adds strength times weight, the heaviest first, and leaves out what cannot tell', () => {
    const { total, parts } = weigh([flag('silence', 0.5), flag('no-pay', 0.5), flag('late-pay', 0, true)]);
    expect(total).toBe(2);
    expect(parts.map((part) => [part.flag.sign, part.weight])).toEqual([
      ['no-pay', 1.5],
      ['silence', 0.5],
    ]);
  });
  it('takes other weights from the config', () => {
    expect(weigh([flag('silence', 0.5)], { ...defaultWeights, silence: 4 }).total).toBe(2);
  });
});
