import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { writeClosing } from '../../src/letters/closing.ts';
import { loadLetters } from '../../src/letters/library.ts';
import { type DunningFacts, writeAcknowledgement, writeDunning, writeFinalReport } from '../../src/letters/write.ts';
import { debtsOf } from '../../src/rules/invoice.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { clientFor, closingFacts, debt, owner, part, readers, samples, severalDebts, templatesDir } from './samples.ts';

const letters = loadLetters({ templatesDir });
const reader = readers[0] as (typeof readers)[0];
const english = readers[2] as (typeof readers)[0];

function dunning(patch: Partial<DunningFacts> = {}): DunningFacts {
  return {
    kind: 'payment-reminder',
    client: clientFor(reader),
    owner,
    debts: [debt()],
    currency: 'EUR',
    today: localDay('2026-06-08'),
    earlier: [],
    resumeWithinDays: 3,
    payBy: localDay('2026-06-15'),
    ...patch,
  };
}

describe('an acknowledgement', () => {
  const facts = {
    reader,
    recipientName: 'Maria Rossi',
    owner,
    originalSubject: 'Preventivo',
    receivedAt: instant('2026-11-21T22:14:00+01:00'),
    promisedAt: instant('2026-11-25T09:00:00+01:00'),
    hours: 'lun-ven 9:00-13:00',
    channels: ['email'],
    outside: { kind: 'week' },
    timeZone: 'Europe/Rome',
  } as const;

  test('names the promise by weekday, date, time and zone, the hours and the channels', () => {
    const { text, kind } = writeAcknowledgement(letters, facts);
    expect(kind).toBe('acknowledgement-out-of-hours');
    expect(text).toContain('entro mercoledì 25 novembre 2026 alle 9:00 (ora dell’Europa centrale)');
    expect(text).toContain('lun-ven 9:00-13:00');
    expect(text).toContain('un solo canale: email');
  });

  test('does without a subject, and cuts a long one', () => {
    expect(writeAcknowledgement(letters, { ...facts, originalSubject: ' ' }).subject).toBe(
      'Risposta automatica: messaggio ricevuto',
    );
    expect(writeAcknowledgement(letters, { ...facts, originalSubject: ' ', reader: english }).subject).toBe(
      'Auto: message received',
    );
    const long = writeAcknowledgement(letters, { ...facts, originalSubject: '𝒳'.repeat(500) }).subject;
    expect(Array.from(long)).toHaveLength(251);
    expect(long.endsWith('𝒳…')).toBe(true);
  });

  test('says its times in the zone it is given', () => {
    const { text } = writeAcknowledgement(letters, { ...facts, reader: english, timeZone: 'America/New_York' });
    expect(text).toContain('Saturday 21 November 2026 at 16:14');
    expect(text).toContain('Wednesday 25 November 2026 at 3:00 (Eastern Standard Time)');
  });

  test('is refused without channels or hours', () => {
    expect(() => writeAcknowledgement(letters, { ...facts, channels: [] })).toThrow('"channels" is empty');
    expect(() => writeAcknowledgement(letters, { ...facts, hours: '' })).toThrow('"hours" is empty');
  });
});

describe('a letter about money', () => {
  test('lists the oldest debt first, with part payments, instalments and the total', () => {
    const { text } = writeDunning(letters, dunning({ debts: severalDebts }));
    const listed = text.split('\n').filter((line) => line.startsWith('- '));
    expect(listed.map((line) => /n\. (\S+)/.exec(line)?.[1])).toEqual(['2026/017', '2026/014', '2026/021']);
    expect(text).toContain('720,00 EUR ancora da saldare su 1.220,00 EUR (già ricevuti: 500,00 EUR)');
    expect(text).toContain('rata 2 di 3');
    expect(text).toContain('Totale da saldare: 3.620,50 EUR');
  });

  test('reads the debts of an invoice with instalments, a credit note, a part payment and a dispute', () => {
    const debts = debtsOf({
      id: 1,
      clientId: 7,
      number: '12',
      issuedOn: localDay('2026-04-01'),
      currency: 'EUR',
      totalCents: 90_000,
      project: null,
      state: 'open',
      disputedCents: 5_000,
      instalments: [
        { id: 1, position: 0, dueOn: localDay('2026-05-01'), amountCents: 30_000 },
        { id: 2, position: 1, dueOn: localDay('2026-05-31'), amountCents: 60_000 },
      ],
      payments: [
        {
          id: 1,
          invoiceId: 1,
          amountCents: 10_000,
          receivedOn: localDay('2026-05-03'),
          reference: null,
          recordedAt: instant('2026-05-03T10:00:00Z'),
          reversedAt: null,
        },
      ],
      credits: [
        {
          id: 1,
          amountCents: 5_000,
          number: 'NC 1',
          issuedOn: localDay('2026-05-04'),
          why: '',
          recordedAt: instant('2026-05-04T10:00:00Z'),
          takenBackAt: null,
        },
      ],
    });
    const { text } = writeDunning(letters, dunning({ debts }));
    expect(text).toContain(
      '- Fattura n. 12 del 1º aprile 2026, rata 1 di 2, scaduta il 1º maggio 2026: 150,00 EUR ancora da saldare su 300,00 EUR, detratta la nota di credito di 50,00 EUR (già ricevuti: 100,00 EUR)\n' +
        '- Fattura n. 12 del 1º aprile 2026, rata 2 di 2, scaduta il 31 maggio 2026: 550,00 EUR ancora da saldare su 600,00 EUR (in contestazione, non richiesti qui: 50,00 EUR)\n',
    );
    expect(text).toContain('Totale da saldare: 700,00 EUR');
  });

  test('refers to no reminder that left out some of what is asked for', () => {
    const earlier = [
      { kind: 'payment-reminder', on: localDay('2026-05-25'), isPartial: true },
      { kind: 'payment-reminder', on: localDay('2026-05-18') },
    ] as const;
    const { text } = writeDunning(letters, dunning({ kind: 'work-paused', earlier }));
    expect(text).toContain('promemoria del 18 maggio 2026');
    const { text: without } = writeDunning(letters, dunning({ kind: 'work-paused', earlier: earlier.slice(0, 1) }));
    expect(without).not.toContain('promemoria');
  });

  test('names the latest reminder', () => {
    const earlier = [
      { kind: 'payment-reminder', on: localDay('2026-05-25') },
      { kind: 'work-paused', on: localDay('2026-06-01') },
      { kind: 'payment-reminder', on: localDay('2026-05-18') },
    ] as const;
    expect(writeDunning(letters, dunning({ kind: 'work-paused', earlier })).text).toContain(
      'promemoria del 25 maggio 2026',
    );
  });

  test('holds its reference to what a bank takes', () => {
    const debts = Array.from({ length: 60 }, (_, index) =>
      debt({ invoiceId: index, instalmentId: index, number: `2026/${100 + index}` }),
    );
    const reference = /Causale: (.*)/.exec(writeDunning(letters, dunning({ debts })).text)?.[1] as string;
    expect(reference.length).toBeLessThanOrEqual(140);
    expect(reference).toMatch(/^Fatture (2026\/\d{3}, )+2026\/\d{3} e altre \d+$/);
    const shown = reference.match(/2026\/\d{3}/g) as string[];
    expect(shown.length + Number(/\d+$/.exec(reference)?.[0])).toBe(60);
  });

  test.each([
    ['Fatt. nº 12/A', 'Fattura Fatt. no 12/A'],
    ['2026_014#b', 'Fattura 2026-014-b'],
    ['già 7', 'Fattura gia 7'],
  ])('writes the reference %j in the letters of a bank: %j', (number, expected) => {
    const { text } = writeDunning(letters, dunning({ debts: [debt({ number })] }));
    expect(/Causale: (.*)/.exec(text)?.[1]).toBe(expected);
  });

  test.each([
    ['no day at all', undefined],
    ['a day that has passed', localDay('2026-06-07')],
  ])('is not written with %s to pay by', (_what, payBy) => {
    for (const kind of ['payment-reminder', 'work-paused', 'termination'] as const)
      expect(() => writeDunning(letters, dunning({ kind, payBy, noticeOn: localDay('2026-07-08') }))).toThrow(
        'asks for money by',
      );
  });

  test('names the account holder, and the owner where none is named', () => {
    expect(writeDunning(letters, dunning()).text).toContain('Intestatario: Anna Ferri\n');
    const named = { ...owner, accountHolder: 'Ferri Anna e C. snc' };
    expect(writeDunning(letters, dunning({ owner: named })).text).toContain('Intestatario: Ferri Anna e C. snc\n');
    expect(writeDunning(letters, dunning({ owner: { ...owner, accountHolder: '' } })).text).toContain(
      'Intestatario: Anna Ferri\n',
    );
  });

  test.each([
    ['IT60 X054 2811 1010 0000 0123 456', 'EUR', false],
    ['IT60 X054 2811 1010 0000 0123 456', 'USD', true],
    ['GB29 NWBK 6016 1331 9268 19', 'EUR', false],
    ['AE07 0331 2345 6789 0123 456', 'EUR', true],
  ])('names the BIC of %s for %s: %s', (iban, currency, isNamed) => {
    const { text } = writeDunning(
      letters,
      dunning({ currency, debts: [debt({ currency })], owner: { ...owner, iban } }),
    );
    expect(text.includes('BIC: BPMOIT22XXX')).toBe(isNamed);
  });

  test('keeps the number as text', () => {
    expect(writeDunning(letters, dunning({ debts: [debt({ number: '007' })] })).subject).toContain('fattura n. 007,');
  });

  test('calls a debt due today not overdue', () => {
    const { subject, text } = writeDunning(
      letters,
      dunning({ today: localDay('2026-05-15'), payBy: localDay('2026-05-15') }),
    );
    expect(subject).toContain('in scadenza il 15 maggio 2026');
    expect(text).not.toContain('scaduta');
  });

  test('never promises to resume within no days', () => {
    expect(writeDunning(letters, dunning({ kind: 'work-paused', resumeWithinDays: 0 })).text).toContain(
      'entro 1 giorno lavorativo',
    );
  });

  test.each([
    ['another currency', dunning({ debts: [debt(), debt({ currency: 'USD' })] }), 'invoice 2026/014 is in USD'],
    ['a termination without its day', dunning({ kind: 'termination' }), 'needs the day'],
    [
      'a termination without debts or reason',
      dunning({ kind: 'termination', debts: [], noticeOn: localDay('2026-07-15') }),
      'needs its reason',
    ],
    ['a reminder of nothing', dunning({ debts: [] }), 'a letter (payment-reminder) that asks for nothing'],
  ])('refuses %s', (_what, facts, message) => {
    expect(() => writeDunning(letters, facts)).toThrow(AppError);
    expect(() => writeDunning(letters, facts)).toThrow(message);
  });
});

describe('a letter at the end of a case', () => {
  test('says what was received, and apart from it what is disputed', () => {
    const settlement = {
      received: [part(92_000)],
      receivedOn: null,
      voided: [],
      credited: [],
      disputed: [part(30_000)],
    };
    const { text, facts } = writeClosing(letters, closingFacts(reader, { settlement, nothingRemains: false }));
    expect(text).toMatch(/Ricevuto:\n\n.*: 920,00 EUR\n[\s\S]*in contestazione:\n\n.*: 300,00 EUR\n/);
    expect(text).not.toContain('Non resta nulla');
    expect(facts).toMatchObject({ receivedCents: 92_000 });
    expect(facts).not.toHaveProperty('debts');
  });

  test.each([
    ['payment-received', 'it', 'formal', 'restano a Suo credito'],
    ['payment-received', 'en', 'informal', 'stays to your credit'],
    ['work-resumed', 'it', 'informal', 'restano a tuo credito'],
    ['work-resumed', 'en', 'formal', 'stays to your credit'],
  ] as const)('says all that came, and what of it is too much (%s, %s %s)', (kind, language, tone, words) => {
    const settlement = {
      received: [part(92_000)],
      also: [part(50_000, { invoiceId: 2, instalmentId: 8, number: '2026/015' })],
      beyondCents: 3_000,
      receivedOn: localDay('2026-06-17'),
      voided: [],
      credited: [],
      disputed: [],
    };
    const client = clientFor({ ...reader, language, tone });
    const facts = closingFacts(reader, { kind, client, settlement, resumes: kind === 'work-resumed' });
    const letter = writeClosing(letters, facts);
    expect(letter.text).toContain(language === 'it' ? 'Totale ricevuto: 1.450,00' : 'Total received: €1,450.00');
    expect(letter.text).toMatch(/2026\/015.*500[.,]00/);
    expect(letter.text).toMatch(new RegExp(`30[.,]00.*${words}`));
    expect(letter.facts).toMatchObject({ receivedCents: 145_000, beyondCents: 3_000 });
  });

  test('names the pause that it ends', () => {
    const facts = closingFacts(reader, { kind: 'work-resumed', resumes: true, pausedOn: localDay('2026-06-01') });
    expect(writeClosing(letters, facts).text).toContain('sospesi il 1º giugno 2026');
  });

  test.each(['payment-received', 'work-resumed'] as const)('thanks for no money that did not come (%s)', (kind) => {
    const settlement = { received: [], receivedOn: null, voided: [part(92_000)], credited: [], disputed: [] };
    expect(() => writeClosing(letters, closingFacts(reader, { kind, settlement }))).toThrow('did not come');
  });

  test('mixes no currencies', () => {
    const settlement = {
      received: [part(1, { currency: 'USD' })],
      receivedOn: null,
      voided: [],
      credited: [],
      disputed: [],
    };
    expect(() => writeClosing(letters, closingFacts(reader, { settlement }))).toThrow('is in USD');
  });
});

describe('the final report', () => {
  test('leaves out what is not there, and is refused for mixed currencies', () => {
    const facts = {
      client: clientFor(reader),
      owner,
      project: null,
      endsOn: localDay('2026-07-15'),
      today: localDay('2026-07-15'),
      done: [],
      delivered: [],
      payments: [],
      debts: [],
      currency: 'EUR',
      elsewhere: [],
      disputed: [],
      isClear: true,
      replyBy: localDay('2026-07-30'),
      payBy: localDay('2026-07-30'),
    };
    const { text } = writeFinalReport(letters, facts);
    expect(text).toContain('si è conclusa il 15 luglio 2026');
    expect(text).toContain('Ad oggi non risultano importi scaduti.');
    expect(text).not.toMatch(/svolti|consegnato|ricevut|nulla/);
    expect(() => writeFinalReport(letters, { ...facts, debts: [debt({ currency: 'CHF' })] })).toThrow('is in CHF');
  });
});

describe('the facts of a letter', () => {
  test.each(Object.keys(samples))('of %s are plain JSON, the same for the same letter', (name) => {
    const write = samples[name] as (typeof samples)[string];
    const { facts } = write(letters, reader);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    expect(write(letters, reader).facts).toEqual(facts);
    expect(Object.keys(facts).length).toBeGreaterThan(3);
  });

  test('change when a debt or an IBAN changes', () => {
    const before = writeDunning(letters, dunning()).facts;
    expect(before['totalCents']).toBe(122_000);
    expect(writeDunning(letters, dunning({ debts: [debt({ openCents: 100 })] })).facts).not.toEqual(before);
    expect(writeDunning(letters, dunning({ owner: { ...owner, iban: 'DE89370400440532013000' } })).facts).not.toEqual(
      before,
    );
  });

  test('hold the moments of an acknowledgement in UTC', () => {
    const { facts } = (samples['acknowledgement'] as (typeof samples)[string])(letters, reader);
    expect(facts['promisedAt']).toBe('2026-11-23T09:12:00Z');
  });
});
