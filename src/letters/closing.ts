/**
 * Letters at the end of a case: money that arrived, and what need not be paid. Names the sums that the record proves
 * (rules/settlement), never what was asked for. Decides neither whether a letter is due nor when it leaves.
 */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { ClosingKind } from '../rules/closing.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import { centsOf, type SettledPart, type Settlement } from '../rules/settlement.ts';
import { resumeByDay } from '../rules/pay-by.ts';
import { lettersHoursFor, type Settings } from '../rules/settings.ts';
import { dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { invoiceNumbers, settledParts } from './demand.ts';
import { count, money, weekdayDay } from './format.ts';
import type { Letters } from './library.ts';
import type { Values } from './values.ts';
import { type ClientFacts, dayOrNull, letterValues, type OwnerFacts, written, type Written } from './write.ts';

export interface ClosingLetterFacts {
  kind: ClosingKind;
  client: ClientFacts;
  owner: OwnerFacts;
  currency: string;
  /** the day the letter is written for, in the client's zone */
  today: LocalDay;
  settlement: Pick<Settlement, 'received' | 'receivedOn' | 'voided' | 'credited' | 'disputed'> &
    Partial<Pick<Settlement, 'also' | 'beyondCents'>>;
  /** the work goes on with it */
  resumes: boolean;
  /** when the letter left that paused the work */
  pausedOn?: LocalDay | undefined;
  /** working days from payment to the resumption of work, as the pause promised */
  resumeWithinDays: number;
  /** in which those days are counted: the owner works by them */
  hours: ContactHours;
  /** nothing of the client is open or disputed, in any currency */
  nothingRemains: boolean;
}

/** @throws AppError `template` when a fact is empty; `internal` for thanks without a payment, or mixed currencies */
export function writeClosing(letters: Letters, facts: ClosingLetterFacts): Written {
  const { kind, client, owner, currency, today, settlement, resumes, pausedOn } = facts;
  const { receivedOn, voided, credited, disputed, beyondCents = 0 } = settlement;
  const received = cameIn(settlement);
  refuseUnproved(facts);
  const { language } = client;
  const values: Values = {
    ...letterValues(client, owner),
    ...receivedValues(facts),
    ...(kind === 'payment-received' ? {} : workValues(facts)),
    voided: settledParts(voided, language),
    credited: settledParts(credited, language),
    disputed: settledParts(disputed, language),
  };
  return written(letters, kind, client, values, {
    currency,
    today,
    received,
    receivedOn,
    voided,
    credited,
    disputed,
    resumes,
    pausedOn,
    resumeBy: resumes ? resumeBy(facts) : undefined,
    nothingRemains: facts.nothingRemains,
    clientId: client.id,
    contactName: client.contactName,
    receivedCents: centsOf(received) + beyondCents,
    beyondCents,
  });
}

/**
 * That the work goes on, by the owner's word, and about no money.
 * @param of.pausedOn when the letter left that paused it; null when none did
 * @param of.on the moment it leaves
 */
export function writeResumption(
  letters: Letters,
  settings: Pick<Settings, 'owner' | 'hours' | 'dunning'>,
  of: { client: Client; pausedOn: Instant | null; on: Instant },
): Written {
  const { client, pausedOn, on } = of;
  const { timeZone } = lettersHoursFor(settings, client);
  return writeClosing(letters, {
    kind: 'settled-otherwise',
    client,
    owner: settings.owner,
    currency: 'EUR',
    resumes: true,
    settlement: { received: [], receivedOn: null, voided: [], credited: [], disputed: [] },
    today: dayOf(on, timeZone),
    pausedOn: pausedOn === null ? undefined : dayOf(pausedOn, timeZone),
    hours: settings.hours,
    resumeWithinDays: settings.dunning.resumeWithinDays,
    nothingRemains: false,
  });
}

function refuseUnproved({ kind, currency, settlement }: ClosingLetterFacts): void {
  const { received, also = [], voided, credited, disputed } = settlement;
  if (kind !== 'settled-otherwise' && centsOf(received) === 0)
    throw new AppError('internal', `a letter (${kind}) about money that did not come`);
  const other = [...received, ...also, ...voided, ...credited, ...disputed].find((part) => part.currency !== currency);
  if (other !== undefined)
    throw new AppError('internal', `invoice ${other.number} is in ${other.currency}, the letter in ${currency}`);
}

/** By invoice: what was asked for, and what came beside it. */
function cameIn({ received, also = [] }: ClosingLetterFacts['settlement']): readonly SettledPart[] {
  return received.length === 0 ? [] : [...received, ...also];
}

function receivedValues({ kind, client, currency, settlement, nothingRemains }: ClosingLetterFacts): Values {
  const { language } = client;
  const { voided, credited, disputed, beyondCents = 0 } = settlement;
  const received = cameIn(settlement);
  const about = kind === 'settled-otherwise' ? [...voided, ...credited, ...disputed] : received;
  const numbers = invoiceNumbers(about);
  const names: Values = {
    several: numbers.length > 1,
    invoiceCount: about.length === 0 ? null : count(numbers.length, 'invoice', language),
    firstNumber: numbers[0] ?? null,
  };
  if (kind === 'settled-otherwise') return names;
  return {
    ...names,
    invoices: settledParts(received, language),
    nothingRemains,
    oneSum: received.length < 2 && beyondCents === 0,
    total: money(centsOf(received) + beyondCents, currency, language),
    surplus: beyondCents === 0 ? null : money(beyondCents, currency, language),
  };
}

function workValues(facts: ClosingLetterFacts): Values {
  const { language } = facts.client;
  return {
    ...(facts.kind === 'settled-otherwise' ? { resumes: facts.resumes } : {}),
    pausedOn: dayOrNull(facts.pausedOn, language),
    resumeBy: weekdayDay(resumeBy(facts), language),
  };
}

/** From the day the money came, as the pause promised; where none came, from the day of the letter. */
function resumeBy({ settlement, today, hours, resumeWithinDays }: ClosingLetterFacts): LocalDay {
  return resumeByDay({ receivedOn: settlement.receivedOn ?? today, withinDays: resumeWithinDays, today, hours });
}
