/**
 * Which law on late payment a client's debt is under, by his country and kind and the day of the contract: the rates it
 * refers to, the margin on them, and whether a flat sum is owed besides. Says so only where it knows. Not legal advice.
 */
import type { Client, ClientKind } from './client.ts';
import type { InterestReason, InterestTerms, ReferenceRate } from './interest.ts';
import { type RateSeries, ratesOf } from './reference-rates.ts';
import type { LocalDay } from './time.ts';

export const lawCodes = ['it', 'de', 'fr', 'uk', 'eu'] as const;
/** `eu`: the least that Directive 2011/7/EU asks of every country. */
export type LawCode = (typeof lawCodes)[number];

export interface LateLaw {
  code: LawCode;
  /** the law, as a sheet names it */
  name: string;
  series: RateSeries;
  terms: InterestTerms;
  /** in which the flat sum is owed; null: none is */
  flatCurrency: 'EUR' | 'GBP' | null;
}

/** Half-years that the owner adds, by the series they belong to. */
export type MoreRates = Partial<Record<RateSeries, readonly ReferenceRate[]>>;

interface Facts {
  kind: ClientKind;
  /** null: not told; then the law as it is now */
  contractOn: LocalDay | null;
  more?: MoreRates;
}

interface Shape {
  name: string;
  series: RateSeries;
  law: InterestTerms['law'];
  marginBasisPoints: number;
  flatCurrency: LateLaw['flatCurrency'];
}

/** Between businesses. */
const business: Readonly<Record<LawCode, (contractOn: LocalDay | null) => Shape>> = {
  it: (contractOn) => ({
    name: 'D.Lgs. 231/2002, art. 5 (mod. D.Lgs. 192/2012)',
    series: 'ecb',
    law: 'eu',
    flatCurrency: 'EUR',
    marginBasisPoints: isBefore(contractOn, '2013-01-01') ? 700 : 800,
  }),
  de: (contractOn) => ({
    name: 'BGB § 288 (2), (5)',
    series: 'bundesbank',
    law: 'eu',
    marginBasisPoints: isBefore(contractOn, '2014-07-29') ? 800 : 900,
    flatCurrency: isBefore(contractOn, '2014-07-29') ? null : 'EUR',
  }),
  fr: () => ({
    name: 'Code de commerce, L441-10, D441-5',
    series: 'ecb',
    law: 'eu',
    marginBasisPoints: 1000,
    flatCurrency: 'EUR',
  }),
  uk: () => ({
    name: 'Late Payment of Commercial Debts (Interest) Act 1998',
    series: 'bank-of-england',
    law: 'uk',
    marginBasisPoints: 800,
    flatCurrency: 'GBP',
  }),
  eu: () => ({
    name: '2011/7/EU, art. 2 (6), 6',
    series: 'ecb',
    law: 'eu',
    marginBasisPoints: 800,
    flatCurrency: 'EUR',
  }),
};

/** Consumers owe what the civil law says, and no flat sum. */
const consumer: Partial<Readonly<Record<LawCode, Shape>>> = {
  it: {
    name: 'Codice civile, art. 1284',
    series: 'it-legal',
    law: 'eu',
    marginBasisPoints: 0,
    flatCurrency: null,
  },
  de: { name: 'BGB § 288 (1)', series: 'bundesbank', law: 'eu', marginBasisPoints: 500, flatCurrency: null },
};

/** Countries of the euro whose law keeps to the margin of the Directive. */
const euro = new Set('ES NL BE IE LU PT SI SK EE LV LT MT CY GR HR FI'.split(' '));

function isBefore(contractOn: LocalDay | null, day: string): boolean {
  return contractOn !== null && contractOn < day;
}

/** @returns why none is known, where it is not */
export function lateLaw(code: LawCode, { kind, contractOn, more = {} }: Facts): LateLaw | { none: InterestReason } {
  const shape = kind === 'business' ? business[code](contractOn) : consumer[code];
  if (shape === undefined) return { none: { code: 'consumer-law-unknown' } };
  const { name, series, law, marginBasisPoints, flatCurrency } = shape;
  const rates = ratesOf(series, more[series]);
  const terms = { law, rates, marginBasisPoints, forConsumers: kind === 'consumer' };
  return { code, name, series, terms, flatCurrency };
}

/** @returns the law of the client's country; or why it is not known */
export function lawCodeOf(client: Pick<Client, 'references'>): LawCode | { none: InterestReason } {
  const country = countryOf(client);
  if (country === null) return { none: { code: 'country-unknown' } };
  const own: Partial<Record<string, LawCode>> = { IT: 'it', DE: 'de', FR: 'fr', GB: 'uk' };
  const code = own[country] ?? (euro.has(country) ? 'eu' : undefined);
  return code ?? { none: { code: 'late-law-unknown', country } };
}

/** By the number of the client's that names it: 'IT', 'DE', 'GB'; null when none does. */
export function countryOf({ references }: Pick<Client, 'references'>): string | null {
  const [vat = '', tax = ''] = [references.vat[0], references.tax[0]];
  if (/^\d{11}$/.test(vat)) return 'IT';
  const named = /^([A-Z]{2})[A-Z0-9]*\d/.exec(vat)?.[1];
  if (named !== undefined) return ({ EL: 'GR', XI: 'GB' } as Record<string, string>)[named] ?? named;
  return /^(?:\d{11}|[A-Z]{6}[0-9A-Z]{2}[A-Z][0-9A-Z]{2}[A-Z][0-9A-Z]{3}[A-Z])$/.test(tax) ? 'IT' : null;
}
