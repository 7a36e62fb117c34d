import { describe, expect, it } from 'vitest';
import { invoicesKeptFrom } from '../../src/rules/retention.ts';
import { localDay } from '../../src/rules/time.ts';

describe('invoices are kept', () => {
  it.each([
    ['2026-11-23', '2016-01-01'],
    ['2026-01-01', '2016-01-01'],
    ['2026-12-31', '2016-01-01'],
    ['2028-02-29', '2018-01-01'],
  ])('on %s those from %s on: ten years, and the rest of that year', (today, from) => {
    expect(invoicesKeptFrom(localDay(today))).toBe(from);
  });
});
