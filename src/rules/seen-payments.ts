/**
 * Payments that a file (or a person) names, beside those on record: which are the same, which are new, and which may be
 * the same seen again by hand, by file, or with another reference. What may be is asked, never counted twice.
 */
import { daysBetween, type LocalDay } from './time.ts';

export interface SeenPayment {
  receivedOn: LocalDay;
  amountCents: number;
  reference: string | null;
  reversed: boolean;
}

export interface KnownPayment extends SeenPayment {
  id: number;
  /** made up from 'paid' in a file that did not say how: any payments of that sum explain it */
  isAssumed: boolean;
}

export interface Comparison {
  /** not on record */
  news: SeenPayment[];
  /** on record and standing, of which the file says that they bounced */
  bounced: KnownPayment[];
  /** may be on record already */
  doubtful: { seen: SeenPayment; known: KnownPayment }[];
}

/** Between what a person enters when she sees it and the day that the bank writes. */
const nearDays = 10;

/**
 * Each payment on record answers for one of the file; one that was taken back answers too, so that no file brings it
 * back.
 * @param owedCents what the invoice asks for; more than that is doubtful while something on record is not in the file
 */
export function compareSeen(
  seen: readonly SeenPayment[],
  known: readonly KnownPayment[],
  owedCents: number,
): Comparison {
  const rest = [...known];
  const take = (fits: (candidate: KnownPayment) => boolean): KnownPayment | undefined => {
    const index = rest.findIndex(fits);
    return index < 0 ? undefined : rest.splice(index, 1)[0];
  };
  const exact = seen.map((one) => take((other) => isSame(one, other) && other.reversed === one.reversed));
  const pairs = seen.map((one, index) => ({
    one,
    match: exact[index] ?? take((other) => isSame(one, other)),
  }));
  const bounced = pairs.flatMap(({ one, match }) =>
    match !== undefined && one.reversed && !match.reversed ? [match] : [],
  );
  const open = explained(
    pairs.flatMap(({ one, match }) => (match === undefined ? [one] : [])),
    rest,
  );
  const doubtful: Comparison['doubtful'] = [];
  const news = open.filter((one) => {
    const other = take((candidate) => mayBe(one, candidate));
    if (other !== undefined) doubtful.push({ seen: one, known: other });
    return other === undefined;
  });
  const surplus = tooMuch(news, known, owedCents) ? rest.find((one) => !one.reversed) : undefined;
  if (surplus === undefined) return { news, bounced, doubtful };
  return { news: [], bounced, doubtful: [...doubtful, ...news.map((one) => ({ seen: one, known: surplus }))] };
}

/** The same day, sum and reference. */
function isSame(one: SeenPayment, other: SeenPayment): boolean {
  const isDayAndSum = one.receivedOn === other.receivedOn && one.amountCents === other.amountCents;
  return isDayAndSum && referenceKey(one.reference) === referenceKey(other.reference);
}

/**
 * The same sum on the same day, whatever the references; or near it, unless both have one, which then are two payments.
 */
export function mayBe(one: SeenPayment, other: SeenPayment): boolean {
  if (one.amountCents !== other.amountCents) return false;
  const apart = Math.abs(daysBetween(one.receivedOn, other.receivedOn));
  if (apart === 0) return true;
  const bothNamed = referenceKey(one.reference) !== '' && referenceKey(other.reference) !== '';
  return apart <= nearDays && !bothNamed;
}

function referenceKey(reference: string | null): string {
  return (reference ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Payments of a file that come to no more than what was only assumed are what it stood for. */
function explained(open: readonly SeenPayment[], rest: KnownPayment[]): SeenPayment[] {
  const index = rest.findIndex((one) => one.isAssumed);
  const assumed = rest[index];
  const sum = sumOf(open);
  if (assumed === undefined || open.length === 0 || sum > assumed.amountCents) return [...open];
  rest.splice(index, 1);
  return [];
}

function tooMuch(news: readonly SeenPayment[], known: readonly KnownPayment[], owedCents: number): boolean {
  return news.length > 0 && sumOf([...news, ...known]) > owedCents;
}

function sumOf(payments: readonly SeenPayment[]): number {
  return payments.filter((one) => !one.reversed).reduce((sum, one) => sum + one.amountCents, 0);
}
