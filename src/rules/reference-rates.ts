/**
 * Reference rates by half-year, each with its source, for interest on late payment. Data: a half-year that is missing is
 * added here, or by the owner in her configuration. Rates of the United Kingdom before 2011 were not verified, and are
 * not here.
 */
import type { ReferenceRate } from './interest.ts';
import type { LocalDay } from './time.ts';

/** `ecb`: of the European Central Bank, for Italy and the other countries of the euro but Germany. */
export const rateSeries = ['ecb', 'bundesbank', 'bank-of-england', 'it-legal'] as const;
export type RateSeries = (typeof rateSeries)[number];

type Row = readonly [from: string, basisPoints: number, source: string];

const mef = 'Ministry of Economy and Finance (MEF), notices as listed by un-industria.it';
const ecb = 'ECB, main refinancing rate at the start of the half-year; agrees with the Bundesbank rate + 0.88';
const bundesbank = 'Deutsche Bundesbank, base rate (Basiszinssatz)';
const payOnTime = 'Bank of England, Bank Rate on 30 June or 31 December, as listed by payontime.co.uk';
const bankOfEngland =
  'Bank of England, Bank Rate in force on 30 June or 31 December (changes of 2024-08-01, 2024-11-07, 2025-05-08, 2025-12-18)';
const gazette = 'Ministerial decree under art. 1284 of the Civil Code; look it up in the Gazzetta Ufficiale before use';

const rows: Readonly<Record<RateSeries, readonly Row[]>> = {
  ecb: [
    ['2002-07-01', 335, mef],
    ['2003-01-01', 285, mef],
    ['2003-07-01', 210, mef],
    ['2004-01-01', 202, mef],
    ['2004-07-01', 201, mef],
    ['2005-01-01', 209, mef],
    ['2005-07-01', 205, mef],
    ['2006-01-01', 225, mef],
    ['2006-07-01', 283, mef],
    ['2007-01-01', 358, mef],
    ['2007-07-01', 407, mef],
    ['2008-01-01', 420, mef],
    ['2008-07-01', 410, mef],
    ['2009-01-01', 250, mef],
    ['2009-07-01', 100, mef],
    ['2010-01-01', 100, mef],
    ['2010-07-01', 100, mef],
    ['2011-01-01', 100, mef],
    ['2011-07-01', 125, mef],
    ['2012-01-01', 100, mef],
    ['2012-07-01', 100, mef],
    ['2013-01-01', 75, mef],
    ['2013-07-01', 50, ecb],
    ['2014-01-01', 25, ecb],
    ['2014-07-01', 15, ecb],
    ['2015-01-01', 5, ecb],
    ['2015-07-01', 5, ecb],
    ['2016-01-01', 5, ecb],
    ['2016-07-01', 0, ecb],
    ['2017-01-01', 0, ecb],
    ['2017-07-01', 0, ecb],
    ['2018-01-01', 0, ecb],
    ['2018-07-01', 0, ecb],
    ['2019-01-01', 0, ecb],
    ['2019-07-01', 0, ecb],
    ['2020-01-01', 0, ecb],
    ['2020-07-01', 0, ecb],
    ['2021-01-01', 0, ecb],
    ['2021-07-01', 0, ecb],
    ['2022-01-01', 0, ecb],
    ['2022-07-01', 0, ecb],
    ['2023-01-01', 250, ecb],
    ['2023-07-01', 400, 'MEF, notice in G.U. no. 165/2023'],
    ['2024-01-01', 450, ecb],
    ['2024-07-01', 425, ecb],
    ['2025-01-01', 315, ecb],
    ['2025-07-01', 215, ecb],
    ['2026-01-01', 215, 'MEF, notice in G.U. no. 15 of 20 January 2026'],
    [
      '2026-07-01',
      240,
      'second-hand (10.40 % with the margin); agrees with the Bundesbank rate + 0.88; look it up at MEF before use',
    ],
  ],
  bundesbank: [
    ['2002-01-01', 257, bundesbank],
    ['2002-07-01', 247, bundesbank],
    ['2003-01-01', 197, bundesbank],
    ['2003-07-01', 122, bundesbank],
    ['2004-01-01', 114, bundesbank],
    ['2004-07-01', 113, bundesbank],
    ['2005-01-01', 121, bundesbank],
    ['2005-07-01', 117, bundesbank],
    ['2006-01-01', 137, bundesbank],
    ['2006-07-01', 195, bundesbank],
    ['2007-01-01', 270, bundesbank],
    ['2007-07-01', 319, bundesbank],
    ['2008-01-01', 332, bundesbank],
    ['2008-07-01', 319, bundesbank],
    ['2009-01-01', 162, bundesbank],
    ['2009-07-01', 12, bundesbank],
    ['2010-01-01', 12, bundesbank],
    ['2010-07-01', 12, bundesbank],
    ['2011-01-01', 12, bundesbank],
    ['2011-07-01', 37, bundesbank],
    ['2012-01-01', 12, bundesbank],
    ['2012-07-01', 12, bundesbank],
    ['2013-01-01', -13, bundesbank],
    ['2013-07-01', -38, bundesbank],
    ['2014-01-01', -63, bundesbank],
    ['2014-07-01', -73, bundesbank],
    ['2015-01-01', -83, bundesbank],
    ['2015-07-01', -83, bundesbank],
    ['2016-01-01', -83, bundesbank],
    ['2016-07-01', -88, bundesbank],
    ['2017-01-01', -88, bundesbank],
    ['2017-07-01', -88, bundesbank],
    ['2018-01-01', -88, bundesbank],
    ['2018-07-01', -88, bundesbank],
    ['2019-01-01', -88, bundesbank],
    ['2019-07-01', -88, bundesbank],
    ['2020-01-01', -88, bundesbank],
    ['2020-07-01', -88, bundesbank],
    ['2021-01-01', -88, bundesbank],
    ['2021-07-01', -88, bundesbank],
    ['2022-01-01', -88, bundesbank],
    ['2022-07-01', -88, bundesbank],
    ['2023-01-01', 162, bundesbank],
    ['2023-07-01', 312, bundesbank],
    ['2024-01-01', 362, bundesbank],
    ['2024-07-01', 337, bundesbank],
    ['2025-01-01', 227, bundesbank],
    ['2025-07-01', 127, bundesbank],
    ['2026-01-01', 127, 'Deutsche Bundesbank, unchanged at 1.27, as stated in public'],
    ['2026-07-01', 152, '1.52 as stated in public; look it up at the Bundesbank before use'],
  ],
  'bank-of-england': [
    ['2011-01-01', 50, payOnTime],
    ['2011-07-01', 50, payOnTime],
    ['2012-01-01', 50, payOnTime],
    ['2012-07-01', 50, payOnTime],
    ['2013-01-01', 50, payOnTime],
    ['2013-07-01', 50, payOnTime],
    ['2014-01-01', 50, payOnTime],
    ['2014-07-01', 50, payOnTime],
    ['2015-01-01', 50, payOnTime],
    ['2015-07-01', 50, payOnTime],
    ['2016-01-01', 50, payOnTime],
    ['2016-07-01', 50, payOnTime],
    ['2017-01-01', 25, payOnTime],
    ['2017-07-01', 25, payOnTime],
    ['2018-01-01', 50, payOnTime],
    ['2018-07-01', 50, payOnTime],
    ['2019-01-01', 75, payOnTime],
    ['2019-07-01', 75, payOnTime],
    ['2020-01-01', 75, payOnTime],
    ['2020-07-01', 10, payOnTime],
    ['2021-01-01', 10, payOnTime],
    ['2021-07-01', 10, payOnTime],
    ['2022-01-01', 25, payOnTime],
    ['2022-07-01', 125, payOnTime],
    ['2023-01-01', 350, payOnTime],
    ['2023-07-01', 500, payOnTime],
    ['2024-01-01', 525, payOnTime],
    ['2024-07-01', 525, bankOfEngland],
    ['2025-01-01', 475, bankOfEngland],
    ['2025-07-01', 425, bankOfEngland],
    ['2026-01-01', 375, bankOfEngland],
    ['2026-07-01', 375, bankOfEngland],
  ],
  // of consumers; fixed for a whole year
  'it-legal': [
    ['2025-01-01', 200, gazette],
    ['2025-07-01', 200, gazette],
    ['2026-01-01', 160, gazette],
    ['2026-07-01', 160, gazette],
  ],
};

/** @param more of the owner's own; one of them wins over ours of the same half-year */
export function ratesOf(series: RateSeries, more: readonly ReferenceRate[] = []): ReferenceRate[] {
  const own = new Set(more.map(({ from }) => from));
  const ours = rows[series].map(([from, basisPoints, source]) => ({ from: from as LocalDay, basisPoints, source }));
  return [...ours.filter(({ from }) => !own.has(from)), ...more].toSorted((a, b) => (a.from < b.from ? -1 : 1));
}
