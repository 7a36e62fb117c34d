/** How money went that letters asked for: by which way, with which sum, and since when. */
import { describe, expect, it } from 'vitest';
import type { Credit, Invoice, Payment } from '../../src/rules/invoice.ts';
import { centsOf, settlementOf } from '../../src/rules/settlement.ts';
import { instant, localDay } from '../../src/rules/time.ts';

const since = instant('2026-06-08T09:00:00+02:00');
const before = instant('2026-06-01T09:00:00+02:00');
const after = instant('2026-06-09T09:00:00+02:00');

function invoice(patch: Partial<Invoice> = {}): Invoice {
  return {
    id: 1,
    clientId: 1,
    number: '2026/014',
    issuedOn: localDay('2026-04-15'),
    currency: 'EUR',
    totalCents: 122_000,
    project: null,
    state: 'open',
    disputedCents: 0,
    payments: [],
    credits: [],
    instalments: [{ id: 1, position: 1, dueOn: localDay('2026-05-15'), amountCents: 122_000 }],
    ...patch,
  };
}

function credit(amountCents: number, recordedAt = after, number: string | null = 'NC 3'): Credit {
  const id = amountCents;
  return { id, amountCents, number, recordedAt, issuedOn: localDay('2026-06-09'), why: 'errore', takenBackAt: null };
}

function paid(amountCents: number, recordedAt = after): Payment {
  const day = localDay('2026-06-09');
  return { id: 1, invoiceId: 1, amountCents, receivedOn: day, reference: null, recordedAt, reversedAt: null };
}

/** Of the one instalment that a letter named: the sum that went each way. */
function ways(patch: Partial<Invoice>) {
  const found = settlementOf([{ instalmentId: 1, invoiceId: 1, since }], [invoice(patch)]);
  const { how, received, voided, credited, writtenOff, disputed, stillOpen } = found;
  const sums = { received, voided, credited, writtenOff, disputed, stillOpen };
  const taken = Object.entries(sums).filter(([, parts]) => parts.length > 0);
  return { how, ...Object.fromEntries(taken.map(([way, parts]) => [way, centsOf(parts)])) };
}

describe('how the money went', () => {
  it.each<[string, Partial<Invoice>, Record<string, unknown>]>([
    ['paid', { state: 'paid', payments: [paid(122_000)] }, { how: 'paid', received: 122_000 }],
    ['void', { state: 'void' }, { how: 'void', voided: 122_000 }],
    ['written off', { state: 'written-off' }, { how: 'written-off', writtenOff: 122_000 }],
    ['disputed', { disputedCents: 122_000 }, { how: 'disputed', disputed: 122_000 }],
    ['still open', {}, { how: 'postponed', stillOpen: 122_000 }],
    ['credited in whole', { state: 'credited', credits: [credit(122_000)] }, { how: 'credited', credited: 122_000 }],
    [
      'paid, less a credit note',
      { state: 'paid', payments: [paid(100_000)], credits: [credit(22_000)] },
      { how: 'mixed', received: 100_000, credited: 22_000 },
    ],
    [
      'paid, less what a credit note had taken off before the letter asked for it',
      { state: 'paid', payments: [paid(100_000)], credits: [credit(22_000, before)] },
      { how: 'paid', received: 100_000 },
    ],
    [
      'disputed, less a credit note',
      { disputedCents: 100_000, credits: [credit(22_000)] },
      { how: 'mixed', disputed: 100_000, credited: 22_000 },
    ],
    ['void, with a credit note on it', { state: 'void', credits: [credit(22_000)] }, { how: 'void', voided: 100_000 }],
    [
      'written off after a part of it was paid',
      { state: 'written-off', payments: [paid(50_000)] },
      { how: 'mixed', received: 50_000, writtenOff: 72_000 },
    ],
  ])('%s', (_what, patch, expected) => {
    expect(ways(patch)).toEqual(expected);
  });

  it('names the credit notes that came after the letter, and have a number', () => {
    const credits = [credit(22_000, before, 'NC 1'), credit(50_000), credit(50_001, after, null)];
    const asked = [{ instalmentId: 1, invoiceId: 1, since }];
    const { credited } = settlementOf(asked, [invoice({ state: 'credited', credits })]);
    expect(credited).toMatchObject([{ cents: 100_000, creditNotes: ['NC 3'] }]);
  });

  describe('the sum that came', () => {
    const asked = [{ instalmentId: 1, invoiceId: 1, since }];
    const other = (patch: Partial<Invoice> = {}) =>
      invoice({
        id: 2,
        number: '2026/015',
        instalments: [{ id: 2, position: 1, dueOn: localDay('2026-07-15'), amountCents: 80_000 }],
        totalCents: 80_000,
        ...patch,
      });
    const sums = (invoices: readonly Invoice[]) => {
      const { received, also, beyondCents } = settlementOf(asked, invoices);
      return [centsOf(received), centsOf(also), beyondCents];
    };

    it.each<[string, Invoice[], number[]]>([
      ['more than was asked for', [invoice({ state: 'paid', payments: [paid(130_000)] })], [122_000, 0, 8_000]],
      [
        'in two, the second too much',
        [invoice({ state: 'paid', payments: [paid(100_000), { ...paid(30_000), id: 2 }] })],
        [122_000, 0, 8_000],
      ],
      [
        'after a part that had come before it was asked for',
        [invoice({ state: 'paid', payments: [paid(50_000, before), { ...paid(72_000), id: 2 }] })],
        [72_000, 0, 0],
      ],
      [
        'on one day for another invoice as well',
        [invoice({ state: 'paid', payments: [paid(122_000)] }), other({ payments: [{ ...paid(30_000), id: 2 }] })],
        [122_000, 30_000, 0],
      ],
      [
        'in one line of the bank, and too much of it',
        [
          invoice({ state: 'paid', payments: [{ ...paid(122_000), lineId: 4 }] }),
          other({ state: 'paid', payments: [{ ...paid(90_000), id: 2, lineId: 4 }] }),
        ],
        [122_000, 80_000, 10_000],
      ],
      [
        'beside another line of that day, and a payment of another day',
        [
          invoice({ state: 'paid', payments: [{ ...paid(122_000), lineId: 4 }] }),
          other({ payments: [{ ...paid(9_000), id: 2, lineId: 5 }] }),
          other({ id: 3, payments: [{ ...paid(9_000), id: 3, receivedOn: localDay('2026-06-10') }] }),
        ],
        [122_000, 0, 0],
      ],
      [
        'from a client who kept nothing back, where the law would have him',
        [
          invoice({
            state: 'paid',
            withholdingCents: 20_000,
            payments: [paid(122_000)],
            instalments: [
              { id: 1, position: 1, dueOn: localDay('2026-05-15'), amountCents: 122_000, withheldCents: 20_000 },
            ],
          }),
        ],
        [122_000, 0, 0],
      ],
      ['but for what was taken back', [invoice({ payments: [{ ...paid(122_000), reversedAt: after }] })], [0, 0, 0]],
    ])('%s', (_what, invoices, expected) => {
      expect(sums(invoices)).toEqual(expected);
    });

    it('of the further instalment of the invoice, too', () => {
      const instalments = [
        { id: 1, position: 1, dueOn: localDay('2026-05-15'), amountCents: 61_000 },
        { id: 9, position: 2, dueOn: localDay('2026-07-15'), amountCents: 61_000 },
      ];
      expect(sums([invoice({ instalments, payments: [paid(100_000)] })])).toEqual([61_000, 39_000, 0]);
    });
  });

  it('of one that was taken back nothing is said', () => {
    const credits = [{ ...credit(122_000), takenBackAt: after }];
    expect(ways({ credits })).toEqual({ how: 'postponed', stillOpen: 122_000 });
  });
});
