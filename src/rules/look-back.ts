/**
 * A client who is gone, looked back at: the first sign and when it could have been seen, how long it stayed without an
 * answer, what the hours really brought in. For the owner alone. Facts in, values out; reads no clock.
 */
import { type Invoice, owedCents, paidCents } from './invoice.ts';
import { type Sum, sumsByCurrency } from './money.ts';
import { redFlag, type Sign, signs, typeOf } from './red-flags.ts';
import { type ClientType, humanIn, minutesOf, type SignFacts } from './sign.ts';
import { isOpen } from './contact-hours.ts';
import { dayMs, dayOf, type Instant, type LocalDay, plus, type TimeZone } from './time.ts';

export interface FirstSign {
  sign: Sign;
  type: ClientType;
  /** the day on which the record first bore it out */
  at: Instant;
  quote: string | null;
}

export interface LookBack {
  /** the first day of which anything is on record; null: nothing is */
  since: LocalDay | null;
  firstSign: FirstSign | null;
  /** when a letter first answered a sign, work was paused, or the end was proposed; null: never */
  answeredAt: Instant | null;
  /** days from the first sign to the first answer; null without both */
  missedDays: number | null;
  messages: number;
  messagesOutOfHours: number;
  minutes: number;
  /** of talk and work, what lay outside the contact hours */
  minutesOutOfHours: number;
  received: Sum[];
  /** billed, and never arrived: open or given up */
  lost: Sum[];
  /** spent on him */
  spent: Sum[];
  /** received less spent, for each logged hour; null: no hours on record, or money of several currencies */
  realRate: { cents: number; currency: string } | null;
}

/** A sign is looked for week by week. */
const stepMs = 7 * dayMs;

export interface LookBackFacts {
  facts: SignFacts;
  invoices: readonly Invoice[];
  spent: readonly Sum[];
  answeredAt: Instant | null;
  endedAt: Instant;
  zone: TimeZone;
}

export function lookBack({ facts, invoices, spent, answeredAt, endedAt, zone }: LookBackFacts): LookBack {
  const moments = [...facts.messages.map((one) => one.receivedAt), ...facts.log.map((one) => one.at)];
  const begun = moments.length === 0 ? null : (Math.min(...moments) as Instant);
  const firstSign = begun === null ? null : firstSpoken(facts, begun, endedAt);
  const written = humanIn(facts);
  const minutes = minutesOf(facts.log);
  const received = sumsByCurrency(
    invoices.map((invoice) => ({ cents: paidCents(invoice), currency: invoice.currency })),
  ).filter(({ cents }) => cents > 0);
  const lost = lostOf(invoices);
  return {
    since: begun === null ? null : dayOf(begun, zone),
    firstSign,
    answeredAt,
    minutes,
    received,
    missedDays: firstSign === null || answeredAt === null ? null : daysApart(firstSign.at, answeredAt),
    messages: written.length,
    messagesOutOfHours: written.filter(({ outOfHours }) => outOfHours).length,
    minutesOutOfHours: minutesOf(facts.log.filter((one) => one.outOfHours || !isOpen(facts.hours, one.at))),
    lost,
    spent: spent.filter(({ cents }) => cents > 0),
    realRate: realRate({ received, spent, lost }, minutes),
  };
}

function daysApart(from: Instant, to: Instant): number {
  return Math.max(0, Math.round((to - from) / dayMs));
}

/** Of what was billed and is not void: what is neither paid nor credited. */
function lostOf(invoices: readonly Invoice[]): Sum[] {
  return sumsByCurrency(
    invoices
      .filter(({ state }) => state === 'open' || state === 'written-off')
      .map((invoice) => ({
        cents: Math.max(0, owedCents(invoice) - paidCents(invoice)),
        currency: invoice.currency,
      })),
  ).filter(({ cents }) => cents > 0);
}

/** Who was billed and never paid brought in nothing, in the currency in which he owes. */
function realRate(
  { received, spent, lost }: Readonly<Record<'received' | 'spent' | 'lost', readonly Sum[]>>,
  minutes: number,
): LookBack['realRate'] {
  const [first, ...others] = received;
  if (minutes === 0 || others.length > 0) return null;
  const currency = (first ?? spent[0] ?? lost[0])?.currency;
  if (currency === undefined) return null;
  const cost = spent.filter((sum) => sum.currency === currency).reduce((sum, { cents }) => sum + cents, 0);
  return { cents: Math.round((((first?.cents ?? 0) - cost) * 60) / minutes), currency };
}

/** The week in which any sign first spoke, by what was known then. */
function firstSpoken(facts: SignFacts, begun: Instant, until: Instant): FirstSign | null {
  for (let at = plus(begun, stepMs); ; at = plus(at, stepMs)) {
    const now = Math.min(at, until) as Instant;
    const found = spokenAt(facts, now);
    if (found !== null) return found;
    if (now >= until) return null;
  }
}

function spokenAt(facts: SignFacts, now: Instant): FirstSign | null {
  const then = asOf(facts, now);
  for (const sign of signs) {
    const flag = redFlag(sign, then, now);
    if (flag === null || flag.tooFew || flag.strength === 0) continue;
    const quote = flag.evidence.find((one) => one.quote !== undefined)?.quote ?? null;
    return { sign, type: typeOf(sign), at: now, quote };
  }
  return null;
}

/** What was on record at a moment: the owner's marks are left out, which bear no day here. */
export function asOf(facts: SignFacts, now: Instant): SignFacts {
  const isBefore = (at: Instant) => at <= now;
  const today = dayOf(now, facts.hours.timeZone);
  const { contractSignedOn } = facts.terms;
  return {
    ...facts,
    messages: facts.messages.filter((one) => isBefore(one.receivedAt)),
    windows: facts.windows
      .filter((one) => isBefore(one.openedAt))
      .map((one) => ({ ...one, answeredAt: beforeOrNull(one.answeredAt, now) })),
    requests: facts.requests
      .filter((one) => isBefore(one.openedAt))
      .map((one) => ({ ...one, answeredAt: beforeOrNull(one.answeredAt, now) })),
    invoices: facts.invoices.filter((one) => one.issuedOn <= today).map((one) => invoiceAsOf(one, today)),
    log: facts.log.filter((one) => isBefore(one.at)),
    deliveries: facts.deliveries.filter((one) => isBefore(one.at)),
    terms: {
      ...facts.terms,
      contractSignedOn: contractSignedOn !== null && contractSignedOn <= today ? contractSignedOn : null,
    },
    marks: [],
  };
}

function beforeOrNull(at: Instant | null, now: Instant): Instant | null {
  return at !== null && at <= now ? at : null;
}

function invoiceAsOf(invoice: Invoice, today: LocalDay): Invoice {
  const payments = invoice.payments.filter((payment) => payment.receivedOn <= today);
  const isAsNow = payments.length === invoice.payments.length && invoice.state !== 'written-off';
  return isAsNow ? invoice : { ...invoice, payments, state: 'open' };
}
