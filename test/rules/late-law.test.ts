/** Which law a debt is under, and what it comes to: by country, kind and day of the contract, against figures worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/rules/client.ts';
import type { Invoice, Payment } from '../../src/rules/invoice.ts';
import { invoiceInterest } from '../../src/rules/invoice-interest.ts';
import { countryOf, type LateLaw, type LawCode, lateLaw, lawCodeOf } from '../../src/rules/late-law.ts';
import { ratesOf } from '../../src/rules/reference-rates.ts';
import { instant, type LocalDay } from '../../src/rules/time.ts';

const references = (vat: string[], tax: string[] = []): Pick<Client, 'references'> => ({
  references: { vat, tax, code: [], crm: [], pec: [] },
});
const day = (text: string) => text as LocalDay;
const lawOf = (
  code: LawCode,
  contractOn: string | null = null,
  kind: 'business' | 'consumer' = 'business',
): LateLaw => {
  const law = lateLaw(code, { kind, contractOn: contractOn as LocalDay | null });
  if ('none' in law) throw new Error(law.none.code);
  return law;
};
const payment = (receivedOn: string, amountCents: number, id = 1): Payment => ({
  id,
  invoiceId: 1,
  amountCents,
  receivedOn: day(receivedOn),
  reference: null,
  reversedAt: null,
  recordedAt: instant('2026-01-01T00:00:00Z'),
});
const invoice = (values: Partial<Invoice> = {}): Invoice => ({
  id: 1,
  clientId: 1,
  number: '14/2026',
  issuedOn: day('2025-12-01'),
  currency: 'EUR',
  totalCents: 100_000,
  project: null,
  state: 'open',
  disputedCents: 0,
  payments: [],
  credits: [],
  instalments: [{ id: 1, position: 1, dueOn: day('2025-12-31'), amountCents: 100_000 }],
  ...values,
});
const sheet = (one: Invoice, code: LawCode = 'it', until = '2026-02-28') =>
  invoiceInterest(one, { kind: 'business', law: lawOf(code), until: day(until) });

describe('the law', () => {
  it.each([
    [['01234567890'], [], 'IT', 'it'],
    [[], ['RSSNNA80A41H501U'], 'IT', 'it'],
    [['DE123456789'], [], 'DE', 'de'],
    [['FRXX999999999'], [], 'FR', 'fr'],
    [['GB123456789'], [], 'GB', 'uk'],
    [['XI123456789'], [], 'GB', 'uk'],
    [['EL123456789'], [], 'GR', 'eu'],
    [['NL123456789B01'], [], 'NL', 'eu'],
    [['ATU12345678'], [], 'AT', undefined],
    [[], [], null, undefined],
  ])('of VAT %j and tax code %j is that of %s', (vat, tax, country, code) => {
    expect(countryOf(references(vat, tax))).toBe(country);
    const found = lawCodeOf(references(vat, tax));
    expect(typeof found === 'string' ? found : undefined).toBe(code);
  });

  it.each([
    ['it', null, 800],
    ['it', '2012-12-31', 700],
    ['it', '2013-01-01', 800],
    ['de', '2014-07-28', 800],
    ['de', '2014-07-29', 900],
    ['fr', null, 1000],
    ['uk', null, 800],
    ['eu', null, 800],
  ] as const)('of %s with a contract of %s adds %i', (code, contractOn, margin) => {
    expect(lawOf(code, contractOn).terms.marginBasisPoints).toBe(margin);
  });

  it('of consumers is another one where it is known, without a flat sum; where it is not, that is said', () => {
    expect(lawOf('de', null, 'consumer')).toMatchObject({ flatCurrency: null, terms: { marginBasisPoints: 500 } });
    expect(lawOf('it', null, 'consumer')).toMatchObject({ series: 'it-legal', flatCurrency: null });
    expect(lateLaw('uk', { kind: 'consumer', contractOn: null })).toHaveProperty('none');
  });
});

describe('the rates', () => {
  it.each(['ecb', 'bundesbank', 'bank-of-england'] as const)(
    'of %s are whole, in order, each with its source',
    (series) => {
      const rates = ratesOf(series);
      const halves = rates.map(({ from }) => from);
      const [first, last] = [Number(halves[0]?.slice(0, 4)), Number(halves.at(-1)?.slice(0, 4))];
      expect(last).toBe(2026);
      const wanted = Array.from({ length: last - first + 1 }, (_, n) => [
        `${first + n}-01-01`,
        `${first + n}-07-01`,
      ]).flat();
      expect(halves).toEqual(wanted.slice(wanted.indexOf(halves[0] as string)));
      expect(rates.every(({ source }) => source.length > 10)).toBe(true);
    },
  );

  it('of the Bundesbank are those of the ECB less 0.88, but in one half-year', () => {
    const ecb = new Map(ratesOf('ecb').map(({ from, basisPoints }) => [from, basisPoints]));
    const other = ratesOf('bundesbank').filter(
      ({ from, basisPoints }) => ecb.has(from) && ecb.get(from) !== basisPoints + 88,
    );
    expect(other.map(({ from }) => from)).toEqual(['2008-07-01']);
  });

  it('of the owner win over ours', () => {
    const own = { from: day('2026-07-01'), basisPoints: 999, source: 'mine' };
    expect(ratesOf('ecb', [own]).filter(({ from }) => from === '2026-07-01')).toEqual([own]);
  });
});

describe('the sheet of an invoice', () => {
  it('counts from the day after it was due, each half-year at its rate, and 40 euros once', () => {
    // 59 days at 10.15 %: 1000.00 x 0.1015 x 59 / 365 = 16.4068
    expect(sheet(invoice())).toMatchObject({
      rows: [{ from: '2026-01-01', to: '2026-02-28', days: 59, basisPoints: 1015, principalCents: 100_000 }],
      interestCents: 1641,
      flat: { cents: 4000, currency: 'EUR' },
      none: null,
    });
  });

  it('counts what came in from the day after it came', () => {
    const rows = sheet(invoice({ payments: [payment('2026-01-31', 40_000)] })).rows;
    expect(rows.map(({ from, to, principalCents }) => [from, to, principalCents])).toEqual([
      ['2026-01-01', '2026-01-31', 100_000],
      ['2026-02-01', '2026-02-28', 60_000],
    ]);
  });

  it('counts what the client has to transfer, not what he keeps back by law, and not what he disputes', () => {
    const withheld = [{ id: 1, position: 1, dueOn: day('2025-12-31'), amountCents: 100_000, withheldCents: 20_000 }];
    expect(sheet(invoice({ withholdingCents: 20_000, instalments: withheld })).rows[0]?.principalCents).toBe(80_000);
    expect(sheet(invoice({ disputedCents: 30_000 })).rows[0]?.principalCents).toBe(70_000);
  });

  it('is one of all instalments with the flat sum once, payments filling the earliest first', () => {
    const instalments = [
      { id: 1, position: 1, dueOn: day('2025-12-31'), amountCents: 50_000 },
      { id: 2, position: 2, dueOn: day('2026-01-31'), amountCents: 50_000 },
    ];
    const found = sheet(invoice({ instalments, payments: [payment('2026-02-10', 60_000)] }));
    expect(found.rows.map(({ dueOn, from, to, principalCents }) => [dueOn, from, to, principalCents])).toEqual([
      ['2025-12-31', '2026-01-01', '2026-02-10', 50_000],
      ['2026-01-31', '2026-02-01', '2026-02-10', 50_000],
      ['2026-01-31', '2026-02-11', '2026-02-28', 40_000],
    ]);
    expect(found.flat).toEqual({ cents: 4000, currency: 'EUR' });
  });

  it('paid late it ends with the payment; paid in time there is none', () => {
    const late = sheet(invoice({ state: 'paid', payments: [payment('2026-01-10', 100_000)] }));
    expect(late.rows.map(({ days }) => days)).toEqual([10]);
    const inTime = sheet(invoice({ state: 'paid', payments: [payment('2025-12-31', 100_000)] }));
    expect([inTime.rows, inTime.flat, inTime.none?.code]).toEqual([[], null, 'not-late']);
  });

  it('a payment that was taken back never came, and a void invoice is owed by nobody', () => {
    const back = { ...payment('2026-01-10', 100_000), reversedAt: instant('2026-01-12T00:00:00Z') };
    expect(sheet(invoice({ payments: [back] })).rows[0]?.days).toBe(59);
    expect(sheet(invoice({ state: 'void' })).none?.code).toBe('not-owed');
  });

  it('of the United Kingdom keeps the rate of its start, and its flat sum is by the size of the debt', () => {
    const pounds = (cents: number) =>
      sheet(
        invoice({
          currency: 'GBP',
          totalCents: cents,
          instalments: [{ id: 1, position: 1, dueOn: day('2025-06-30'), amountCents: cents }],
        }),
        'uk',
      );
    const found = pounds(100_000);
    expect(new Set(found.rows.map(({ basisPoints }) => basisPoints))).toEqual(new Set([1225]));
    expect([99_999, 100_000, 1_000_000].map((cents) => pounds(cents).flat)).toEqual(
      [4000, 7000, 10_000].map((cents) => ({ cents, currency: 'GBP' })),
    );
  });

  it('without the rate of a half-year there is none at all, and it says which is missing', () => {
    expect(sheet(invoice(), 'it', '2027-03-01')).toMatchObject({
      rows: [],
      interestCents: 0,
      flat: null,
      none: { code: 'no-rate', why: { code: 'no-rate-from', half: '2027-01-01' } },
    });
  });
});
