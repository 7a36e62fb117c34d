/** Which numbers in a payer's text are invoices: tables of texts. */
import { describe, expect, it } from 'vitest';
import { indexNumbers, namedNumbers } from '../../src/rules/named-numbers.ts';
import { localDay } from '../../src/rules/time.ts';

const invoices = [
  '2026/014',
  '12/A',
  '1',
  '7/2026',
  '15',
  '26',
  'INV-31',
  'FPR 33/26',
  '10452',
  'RE-2026-0099',
  '110',
  '2/B',
  '11-2026',
].map((number) => ({ number, issuedOn: localDay('2026-05-10') }));
const index = indexNumbers([...invoices, { number: '14', issuedOn: localDay('2025-04-01') }]);
const named = (text: string) =>
  namedNumbers(text, index).map(
    (mention) => mention.invoices.map((invoice) => invoice.number).join('+') || `?${mention.written}`,
  );

describe('a number counts as named', () => {
  it.each([
    ['Saldo fatt. 2026/014', ['2026/014']],
    ['saldo fattura n. 14/2026', ['2026/014']],
    ['SALDO FT 14-26', ['2026/014']],
    ['Fattura 014/26 del 10/05/2026', ['2026/014']],
    ['pagamento 14/2026', ['2026/014']],
    ['fatt. 14 e 15', ['2026/014+14', '15']],
    ['fatture n. 15, 26 e 110', ['15', '26', '110']],
    ['Fatt 12/A', ['12/A']],
    ['fatt. 12A', ['12/A']],
    ['INV-31', ['INV-31']],
    ['invoice 31 thank you', ['INV-31']],
    ['Rechnung Nr. RE-2026-0099', ['RE-2026-0099']],
    ['ref 10452', ['10452']],
    ['Bonifico fatt. n. 33', ['FPR 33/26']],
    ['fatt. n. 1 del 10/05/2026', ['1']],
    ['FATTURA NR.7/2026', ['7/2026']],
    ['fatt 7', ['7/2026']],
  ])('%s', (text, wanted) => {
    expect(named(text)).toEqual(wanted);
  });
});

describe('a number does not count', () => {
  it.each([
    ['alone, when it is short', 'bonifico 15'],
    ['as a day', 'pagamento del 15/05/2026'],
    ['as a month of a year', 'canone 07/2026'],
    ['as a month of a year after another word', 'affitto 11-2026'],
    ['inside another number', 'cro 9915001 trn 1104522'],
    ['with another year', 'saldo 14/2024'],
    ['as a time', 'carta 15:26'],
    ['after a word that is none for invoice', 'ordine 15 riga 26'],
  ])('%s: %s', (_why, text) => {
    expect(named(text)).toEqual([]);
  });

  it('and a number after a word for invoice that is nobody is said', () => {
    expect(named('fatt. 999')).toEqual(['?999']);
    expect(named('fatt. 15 e ft. 998')).toEqual(['15', '?998']);
  });
});

it('is found in a hundred thousand texts without a pause', () => {
  const long = `fatt. ${'1 '.repeat(5000)}`;
  expect(named(long).length).toBeGreaterThan(0);
});
