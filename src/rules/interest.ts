/**
 * Late-payment interest and flat compensation by law, as a sheet beside the invoice: it never changes what is asked for.
 * The reference rates are data handed in; nothing is looked up. Not legal advice.
 */
import type { ClientKind } from './client.ts';
import type { Coded, NoFacts } from './coded.ts';
import { addDays, daysBetween } from './time.ts';
import type { LocalDay } from './time.ts';

/**
 * `eu`: Directive 2011/7/EU, as in Italy D.Lgs. 231/2002, art. 5: the rate of each half-year, for its own days.
 * `uk`: Late Payment of Commercial Debts (Interest) Act 1998 with SI 2002/1675, art. 4: one rate, fixed by the half-year
 * in which interest starts.
 */
export type InterestLaw = 'eu' | 'uk';

/** The reference rate of one half-year. */
export interface ReferenceRate {
  /** 1 January or 1 July */
  from: LocalDay;
  /** hundredths of a percent: 4.00 % is 400 */
  basisPoints: number;
  /** where the figure is from, for the sheet */
  source: string;
}

export interface InterestTerms {
  law: InterestLaw;
  rates: readonly ReferenceRate[];
  /** added to the reference rate; 800 in most countries, 900 in Germany (BGB, section 288) */
  marginBasisPoints: number;
  /** they are those that consumers are under; a consumer owes nothing by the others */
  forConsumers?: boolean;
}

export interface LateSum {
  clientKind: ClientKind;
  /** gross and undisputed, in minor units */
  principalCents: number;
  dueOn: LocalDay;
  /** part payments after the due date; each lowers the sum from the day after */
  payments: readonly { receivedOn: LocalDay; amountCents: number }[];
}

export interface InterestLine {
  from: LocalDay;
  /** inclusive */
  to: LocalDay;
  days: number;
  principalCents: number;
  /** reference rate and margin together */
  basisPoints: number;
  /** in cents with fractions, for the sheet; only the total is rounded */
  exactCents: number;
}

/** Why there is interest on a sum, or none. */
export type InterestReason = Coded<{
  'law-for-business-only': NoFacts;
  'not-late-on': { day: LocalDay };
  'no-rate-from': { half: LocalDay };
  'runs-from': { days: number; from: LocalDay; rate: 'of-each-half-year' | 'fixed-at-start' };
  'void-owes-nothing': NoFacts;
  'came-in-time': NoFacts;
  'consumer-law-unknown': NoFacts;
  'country-unknown': NoFacts;
  'late-law-unknown': { country: string };
}>;

export type InterestSheet =
  | { kind: 'none'; code: 'consumer' | 'not-late' | 'no-rate'; why: InterestReason }
  | { kind: 'interest'; lines: InterestLine[]; interestCents: number; compensationCents: number; why: InterestReason };

const daysOfYear = 365;

/**
 * Simple interest from the day after the due date up to and including `until`, rounded once, and the flat compensation
 * of one invoice. A year counts 365 days. Consumers owe no flat sum, and interest only by terms of their own.
 */
export function interestSheet(sum: LateSum, terms: InterestTerms, until: LocalDay): InterestSheet {
  if (sum.clientKind === 'consumer' && terms.forConsumers !== true)
    return none('consumer', { code: 'law-for-business-only' });
  const start = addDays(sum.dueOn, 1);
  if (until < start || sum.principalCents <= 0) return none('not-late', { code: 'not-late-on', day: until });

  const missing = halfYears(start, until, terms.law).find((half) => rateOf(terms.rates, half) === undefined);
  if (missing !== undefined) return none('no-rate', { code: 'no-rate-from', half: missing });

  const lines = linesOf(sum, terms, { from: start, to: until });
  const days = lines.reduce((all, line) => all + line.days, 0);
  return {
    kind: 'interest',
    lines,
    interestCents: roundedTotal(lines),
    compensationCents: terms.forConsumers === true ? 0 : compensation(terms.law, sum.principalCents),
    why: { code: 'runs-from', days, from: start, rate: terms.law === 'eu' ? 'of-each-half-year' : 'fixed-at-start' },
  };
}

/** EUR 40 for each unpaid invoice (CJEU C-585/20); GBP 40, 70 or 100 by the size of the debt. In minor units. */
export function compensation(law: InterestLaw, principalCents: number): number {
  if (law === 'eu' || principalCents < 1_000_00) return 40_00;
  return principalCents < 10_000_00 ? 70_00 : 100_00;
}

/** The first day of the half-year a day lies in. */
export function halfYearOf(day: LocalDay): LocalDay {
  return `${day.slice(0, 4)}-${day.slice(5, 7) < '07' ? '01' : '07'}-01` as LocalDay;
}

function none(code: 'consumer' | 'not-late' | 'no-rate', why: InterestReason): InterestSheet {
  return { kind: 'none', code, why };
}

function rateOf(rates: readonly ReferenceRate[], half: LocalDay): number | undefined {
  return rates.find((rate) => rate.from === half)?.basisPoints;
}

/** The half-years whose rates are needed. */
function halfYears(from: LocalDay, to: LocalDay, law: InterestLaw): LocalDay[] {
  const first = halfYearOf(from);
  if (law === 'uk') return [first];
  const halves: LocalDay[] = [];
  for (let half = first; half <= to; half = followingHalf(half)) halves.push(half);
  return halves;
}

function followingHalf(half: LocalDay): LocalDay {
  const year = Number(half.slice(0, 4));
  return (half.slice(5, 7) === '01' ? `${year}-07-01` : `${String(year + 1).padStart(4, '0')}-01-01`) as LocalDay;
}

/** One line for each stretch of days with the same rate and the same sum. */
function linesOf(sum: LateSum, terms: InterestTerms, span: { from: LocalDay; to: LocalDay }): InterestLine[] {
  const halves = halfYears(span.from, span.to, terms.law);
  const starts = [span.from, ...halves, ...sum.payments.map((payment) => addDays(payment.receivedOn, 1))]
    .filter((day) => day >= span.from && day <= span.to)
    .toSorted();
  const days = [...new Set(starts)];
  return days.flatMap((from, index) => {
    const next = days[index + 1];
    const to = next === undefined ? span.to : addDays(next, -1);
    const half = terms.law === 'uk' ? halfYearOf(span.from) : halfYearOf(from);
    const line = lineOf(principalOn(sum, from), (rateOf(terms.rates, half) as number) + terms.marginBasisPoints, {
      from,
      to,
    });
    return line.principalCents > 0 ? [line] : [];
  });
}

function lineOf(principalCents: number, basisPoints: number, span: { from: LocalDay; to: LocalDay }): InterestLine {
  const days = daysBetween(span.from, span.to) + 1;
  const exactCents = (principalCents * basisPoints * days) / (10_000 * daysOfYear);
  return { ...span, days, principalCents, basisPoints, exactCents };
}

function principalOn(sum: LateSum, day: LocalDay): number {
  const paid = sum.payments
    .filter((payment) => payment.receivedOn < day)
    .reduce((all, payment) => all + payment.amountCents, 0);
  return Math.max(0, sum.principalCents - paid);
}

/** In whole numbers, half up: fractions of a cent add up before they are rounded. */
function roundedTotal(lines: readonly InterestLine[]): number {
  const numerator = lines.reduce(
    (all, line) => all + BigInt(line.principalCents) * BigInt(line.basisPoints) * BigInt(line.days),
    0n,
  );
  const divisor = 10_000n * BigInt(daysOfYear);
  return Number((2n * numerator + divisor) / (2n * divisor));
}
