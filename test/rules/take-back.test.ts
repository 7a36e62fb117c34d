/** Money that the bank took back: which credit it undoes, and when that is for a person to say. */
import { describe, expect, it } from 'vitest';
import type { BankLine } from '../../src/rules/bank-line.ts';
import { takenBackSince, takesBack, whatIsTakenBack } from '../../src/rules/take-back.ts';
import { localDay } from '../../src/rules/time.ts';

const line = (values: Partial<BankLine> = {}): BankLine => ({
  id: 1,
  account: 'IT60',
  file: 'conto.xml',
  place: 'entry 1',
  bookedOn: localDay('2026-11-10'),
  amountCents: 122_000,
  currency: 'EUR',
  payerName: null,
  payerIban: null,
  text: '',
  bankReference: null,
  endToEnd: null,
  reversal: false,
  state: 'matched',
  why: null,
  choices: [],
  decidedBy: 'rule',
  pairId: null,
  ...values,
});
const debit = (values: Partial<BankLine> = {}) => line({ id: 9, amountCents: -122_000, reversal: true, ...values });

describe('a debit takes money back', () => {
  it.each([
    ['that the bank marks as a reversal', { reversal: true, text: '' }],
    ['called storno', { text: 'STORNO BONIFICO del 06/11' }],
    ['called insoluto', { text: 'insoluto SDD' }],
    ['called Rücklastschrift', { text: 'Rücklastschrift MANDAT 7' }],
    ['called impayé', { text: 'IMPAYÉ prélèvement' }],
    ['called a chargeback', { text: 'Chargeback of 6 Nov' }],
    ['called returned', { text: 'payment returned' }],
  ])('%s', (_name, values) => expect(takesBack(debit({ reversal: false, ...values }))).toBe(true));

  it.each([
    ['what she paid herself', { text: 'affitto novembre' }],
    ['a word that only begins so', { text: 'stornelli srl, fattura 7' }],
    ['a credit, whatever it is called', { amountCents: 5_000, text: 'storno', reversal: true }],
  ])('%s does not', (_name, values) => expect(takesBack(debit({ reversal: false, ...values }))).toBe(false));

  it('within ninety days: a direct debit may be given back for eight weeks', () => {
    expect(takenBackSince({ bookedOn: localDay('2026-11-10') })).toBe('2026-08-12');
  });
});

describe('which credit', () => {
  const iban = 'DE02120300000000202051';

  it.each([
    ['the payer’s reference', { endToEnd: 'E2E-7' }, { endToEnd: 'E2E-7' }, /reference E2E-7/],
    [
      'the bank’s reference, named in the text',
      { text: 'storno rif 887766' },
      { bankReference: '887766' },
      /bank's reference 887766/,
    ],
    ['the account', { payerIban: iban }, { payerIban: iban }, /same account/],
    ['the name, however it is written', { payerName: 'BIANCHI  S.R.L.' }, { payerName: 'Bianchi Srl' }, /same name/],
    [
      'the text of the payment',
      { text: 'storno: saldo fatt. 14/2026' },
      { text: 'saldo fatt. 14/2026' },
      /repeats the text/,
    ],
  ])('is certain by %s', (_name, taking, credit, why) => {
    const found = whatIsTakenBack(debit(taking), [line(credit)]);
    expect(found).toMatchObject({ kind: 'certain', line: { id: 1 } });
    expect(found.kind === 'certain' && found.why).toMatch(why);
  });

  it.each([
    ['the sum alone', {}, [line({ id: 1 })]],
    ['a reference that is nobody’s', { endToEnd: 'E2E-7' }, [line({ id: 1, endToEnd: 'E2E-8' })]],
    ['a reference too short to mean anything', { text: 'storno 12345' }, [line({ id: 1, bankReference: '12345' })]],
    ['a text too short to mean anything', { text: 'storno saldo' }, [line({ id: 1, text: 'saldo' })]],
    [
      'two of the same payer',
      { payerName: 'Bianchi' },
      [line({ id: 1, payerName: 'Bianchi' }), line({ id: 2, payerName: 'Bianchi' })],
    ],
  ])('is a question by %s', (_name, taking, credits) => {
    const found = whatIsTakenBack(debit(taking), credits);
    expect(found).toMatchObject({ kind: 'question', lines: credits.map(({ id }) => ({ id })) });
  });

  it('is the linked one, when others only have its sum', () => {
    const found = whatIsTakenBack(debit({ endToEnd: 'A' }), [
      line({ id: 1 }),
      line({ id: 2, endToEnd: 'A' }),
      line({ id: 3 }),
    ]);
    expect(found).toMatchObject({ kind: 'certain', line: { id: 2 } });
  });

  it('is none, when no credit has its sum', () => expect(whatIsTakenBack(debit(), [])).toEqual({ kind: 'none' }));
});
