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

/** A credit note that a file lists. */
export interface SeenCredit {
  issuedOn: LocalDay;
  amountCents: number;
  number: string | null;
  takenBack: boolean;
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

export interface Seeing<T> {
  /** what the file lists now */
  seen: readonly T[];
  /** what files have listed before: decided upon, and nothing new whatever the owner did since */
  said: readonly T[];
}

/**
 * Each payment on record answers for one that files list; one that was taken back answers too, so that no file brings
 * it back.
 * @param owedCents what the invoice asks for; more than that is doubtful while something on record is not in the file
 */
export function compareSeen(
  listed: Seeing<SeenPayment>,
  known: readonly KnownPayment[],
  owedCents: number,
): Comparison {
  const all = everListed(listed, isSame, (one) => one.reversed);
  const rest = [...known];
  const exact = all.map(({ one }) => take(rest, (other) => isSame(one, other) && other.reversed === one.reversed));
  const pairs = all.map((entry, index) => ({
    ...entry,
    match: exact[index] ?? take(rest, (other) => isSame(entry.one, other)),
  }));
  const bounced = pairs.flatMap(({ one, match, isNew }) =>
    isNew && match !== undefined && one.reversed && !match.reversed ? [match] : [],
  );
  const open = explained(
    pairs.filter(({ match }) => match === undefined),
    rest,
  );
  const doubtful: Comparison['doubtful'] = [];
  const news = open.flatMap(({ one, isNew }) => {
    const other = take(rest, (candidate) => mayBe(one, candidate));
    if (other !== undefined && isNew) doubtful.push({ seen: one, known: other });
    return other === undefined && isNew ? [one] : [];
  });
  const surplus = tooMuch(news, known, owedCents) ? rest.find((one) => !one.reversed) : undefined;
  if (surplus === undefined) return { news, bounced, doubtful };
  return { news: [], bounced, doubtful: [...doubtful, ...news.map((one) => ({ seen: one, known: surplus }))] };
}

interface Listed<T> {
  one: T;
  /** no file has listed it so before */
  isNew: boolean;
}

/**
 * All that files have ever listed, what they listed before first. One that is listed anew as taken back takes the place
 * of the one that stood.
 */
export function everListed<T>(
  { seen, said }: Seeing<T>,
  isOne: (one: T, other: T) => boolean,
  isBack: (one: T) => boolean,
): Listed<T>[] {
  const before = [...said];
  const known = seen.map((one) => take(before, (other) => isOne(one, other) && isBack(one) === isBack(other)));
  for (const [index, one] of seen.entries()) if (known[index] === undefined) take(before, (other) => isOne(one, other));
  const old = [...before, ...seen.filter((_, index) => known[index] !== undefined)];
  const fresh = seen.filter((_, index) => known[index] === undefined);
  return [...old.map((one) => ({ one, isNew: false })), ...fresh.map((one) => ({ one, isNew: true }))];
}

/** Takes the first that fits out of the list. */
export function take<T>(list: T[], fits: (candidate: T) => boolean): T | undefined {
  const index = list.findIndex(fits);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

/** The same day, sum and reference. */
export function isSame(one: SeenPayment, other: SeenPayment): boolean {
  const isDayAndSum = one.receivedOn === other.receivedOn && one.amountCents === other.amountCents;
  return isDayAndSum && referenceKey(one.reference) === referenceKey(other.reference);
}

/**
 * The same sum on the same day, whatever the references; or near it, unless both have one that tells transfers apart,
 * and they differ: those are two payments.
 */
export function mayBe(one: SeenPayment, other: SeenPayment): boolean {
  if (one.amountCents !== other.amountCents) return false;
  const apart = Math.abs(daysBetween(one.receivedOn, other.receivedOn));
  return apart === 0 || (apart <= nearDays && !areTwoTransfers(one.reference, other.reference));
}

/** "bonifico" says how money came, "CRO 4711" which transfer it was. */
function areTwoTransfers(one: string | null, other: string | null): boolean {
  const [key, otherKey] = [referenceKey(one), referenceKey(other)];
  return /\p{N}/u.test(key) && /\p{N}/u.test(otherKey) && key !== otherKey;
}

function referenceKey(reference: string | null): string {
  return (reference ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Payments of a file that come to no more than what was only assumed are what it stood for. */
function explained(open: readonly Listed<SeenPayment>[], rest: KnownPayment[]): readonly Listed<SeenPayment>[] {
  const sum = sumOf(open.map(({ one }) => one));
  const assumed = open.length === 0 ? undefined : take(rest, (one) => one.isAssumed && sum <= one.amountCents);
  return assumed === undefined ? open : [];
}

function tooMuch(news: readonly SeenPayment[], known: readonly KnownPayment[], owedCents: number): boolean {
  return news.length > 0 && sumOf([...news, ...known]) > owedCents;
}

function sumOf(payments: readonly SeenPayment[]): number {
  return payments.filter((one) => !one.reversed).reduce((sum, one) => sum + one.amountCents, 0);
}
