/**
 * Letters at the end of a case: money that arrived, and what need not be paid. Names the sums that the record proves
 * (rules/settlement), never what was asked for. Decides neither whether a letter is due nor when it leaves.
 */
import { AppError } from '../errors.ts';
import type { ClosingKind } from '../rules/closing.ts';
import type { Language } from '../rules/language.ts';
import { centsOf, type Settlement, type SettledPart } from '../rules/settlement.ts';
import type { LocalDay } from '../rules/time.ts';
import { oneLine } from './clean.ts';
import { instalmentOrNull, invoiceNumbers, numberLimit } from './demand.ts';
import { count, day, money } from './format.ts';
import type { Letters } from './library.ts';
import type { Values } from './values.ts';
import {
  type ClientFacts,
  dayOrNull,
  letterValues,
  type OwnerFacts,
  resumeWithin,
  written,
  type Written,
} from './write.ts';

export interface ClosingLetterFacts {
  kind: ClosingKind;
  client: ClientFacts;
  owner: OwnerFacts;
  currency: string;
  /** the day the letter is written for, in the client's zone */
  today: LocalDay;
  settlement: Pick<Settlement, 'received' | 'receivedOn' | 'voided' | 'disputed'>;
  /** the work goes on with it */
  resumes: boolean;
  /** when the letter left that paused the work */
  pausedOn?: LocalDay | undefined;
  /** working days from payment to the resumption of work */
  resumeWithinDays: number;
  /** nothing of the client is open or disputed, in any currency */
  nothingRemains: boolean;
}

/** @throws AppError `template` when a fact is empty; `internal` for thanks without a payment, or mixed currencies */
export function writeClosing(letters: Letters, facts: ClosingLetterFacts): Written {
  const { kind, client, owner, currency, today, settlement, resumes, pausedOn } = facts;
  const { received, receivedOn, voided, disputed } = settlement;
  refuseUnproved(facts);
  const { language } = client;
  const values: Values = {
    ...letterValues(client, owner),
    ...receivedValues(facts),
    ...(kind === 'payment-received' ? {} : workValues(facts)),
    voided: listed(voided, language),
    disputed: listed(disputed, language),
  };
  return written(letters, kind, client, values, {
    ...{ currency, today, received, receivedOn, voided, disputed, resumes, pausedOn },
    resumeWithinDays: facts.resumeWithinDays,
    nothingRemains: facts.nothingRemains,
    clientId: client.id,
    contactName: client.contactName,
    receivedCents: centsOf(received),
  });
}

function refuseUnproved({ kind, currency, settlement }: ClosingLetterFacts): void {
  const { received, voided, disputed } = settlement;
  if (kind !== 'settled-otherwise' && centsOf(received) === 0)
    throw new AppError('internal', `a letter (${kind}) about money that did not come`);
  const other = [...received, ...voided, ...disputed].find((part) => part.currency !== currency);
  if (other !== undefined)
    throw new AppError('internal', `invoice ${other.number} is in ${other.currency}, the letter in ${currency}`);
}

function receivedValues({ kind, client, currency, settlement, nothingRemains }: ClosingLetterFacts): Values {
  const { language } = client;
  const about = kind === 'settled-otherwise' ? [...settlement.voided, ...settlement.disputed] : settlement.received;
  const numbers = invoiceNumbers(about);
  const names: Values = {
    several: numbers.length > 1,
    invoiceCount: about.length === 0 ? null : count(numbers.length, 'invoice', language),
    firstNumber: numbers[0] ?? null,
  };
  if (kind === 'settled-otherwise') return names;
  const total = money(centsOf(settlement.received), currency, language);
  return { ...names, invoices: listed(settlement.received, language), total, nothingRemains };
}

function workValues(facts: ClosingLetterFacts): Values {
  const { language } = facts.client;
  return {
    ...(facts.kind === 'settled-otherwise' ? { resumes: facts.resumes } : {}),
    pausedOn: dayOrNull(facts.pausedOn, language),
    resumeWithin: resumeWithin(facts),
  };
}

function listed(parts: readonly SettledPart[], language: Language): readonly Values[] | null {
  if (parts.length === 0) return null;
  return parts.map((part) => ({
    number: oneLine(part.number, numberLimit),
    issued: day(part.issuedOn, language),
    amount: money(part.cents, part.currency, language),
    instalment: instalmentOrNull(part, language),
  }));
}
