/**
 * What the law gives a formal demand: in Italy it puts the debtor in default (messa in mora, art. 1219 c.c.) or sets the
 * term after which the contract ends (diffida ad adempiere, art. 1454 c.c.); of debtors in business D.Lgs. 231/2002 or, in
 * the United Kingdom, the Act of 1998 gives interest and costs, which the letter names and does not ask for. Consumers are
 * told of neither. No lawyer has read it. Facts in, values out.
 */
import type { ClientKind } from './client.ts';
import { kindRecords, type LetterKind } from './letter.ts';
import type { TimeZone } from './time.ts';

export type DemandForm = 'messa-in-mora' | 'diffida';

/** Whose law it is, by where the owner works; null: neither of the two that are known here. */
export function lawOf(ownerZone: TimeZone): 'it' | 'uk' | null {
  return ownerZone === 'Europe/Rome' ? 'it' : ownerZone === 'Europe/London' ? 'uk' : null;
}

export interface DemandLaw {
  inDefault: boolean;
  diffida: boolean;
  italianInterest: boolean;
  ukInterest: boolean;
}

export function demandLaw(facts: Debtor & { form: DemandForm }): DemandLaw {
  const law = lawOf(facts.ownerZone);
  const isBusiness = facts.kind === 'business';
  return {
    inDefault: law === 'it' && facts.form === 'messa-in-mora',
    diffida: law === 'it' && facts.form === 'diffida',
    italianInterest: law === 'it' && isBusiness,
    ukInterest: law === 'uk' && isBusiness,
  };
}

/** In the United Kingdom a person is given thirty days before the next step (Pre-Action Protocol for Debt Claims, 3.1). */
const ukPersonDays = 30;

/** Whose law it is, by the owner's zone; and whether the debtor is in business. */
export interface Debtor {
  ownerZone: TimeZone;
  kind: ClientKind;
}

/** The days that a letter of this kind gives at least. */
export function leastTermDays(kind: LetterKind, debtor?: Debtor): number {
  const days: number = kindRecords[kind].leastTermDays;
  const isUkPerson = debtor !== undefined && lawOf(debtor.ownerZone) === 'uk' && debtor.kind === 'consumer';
  return kind === 'final-demand' && isUkPerson ? ukPersonDays : days;
}
