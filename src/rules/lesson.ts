/**
 * What the owner learned by a client who is gone: one rule or one price, which is held against everybody whom she takes on
 * after him. Whether it is kept is read from what was agreed; what only she can judge is asked. Accuses nobody.
 */
import type { Terms } from './client.ts';
import type { PaymentTerms } from './payment-terms.ts';
import type { ClientType } from './sign.ts';
import type { LocalDay } from './time.ts';

export const lessonRules = [
  'contract-first',
  'paid-ahead',
  'scope-written',
  'revisions-agreed',
  'welcome-first',
  'least-rate',
  'own-words',
] as const;
export type LessonRule = (typeof lessonRules)[number];

export interface Rate {
  cents: number;
  currency: string;
  unit: NonNullable<Terms['rateUnit']>;
}

export interface Lesson {
  rule: LessonRule;
  /** of `least-rate` */
  rate: Rate | null;
  /** of `own-words`: one sentence; '' for the others */
  words: string;
  /** what kind of client taught it; null: no sign ever spoke */
  type: ClientType | null;
  on: LocalDay;
}

/** What would have helped with each kind of client, before the work began. */
const ruleFor: Readonly<Record<ClientType, LessonRule>> = {
  silent: 'welcome-first',
  controlling: 'revisions-agreed',
  'pays-later': 'paid-ahead',
  'does-not-pay': 'paid-ahead',
  'at-any-hour': 'welcome-first',
  indecisive: 'revisions-agreed',
  'asks-for-more': 'scope-written',
  'without-contract': 'contract-first',
  'low-pay': 'least-rate',
  attacks: 'contract-first',
  'too-close': 'welcome-first',
  'not-for-you': 'scope-written',
};

export function lessonOf(type: ClientType | null): LessonRule {
  return type === null ? 'contract-first' : ruleFor[type];
}

/** `open`: nothing is told yet; `asks`: only the owner can judge it. */
export type LessonState = 'kept' | 'open' | 'broken' | 'asks';

/** What was agreed with somebody new. */
export interface Agreed {
  terms: Pick<
    Terms,
    'contractSignedOn' | 'contractNone' | 'scope' | 'revisionsIncluded' | 'rateCents' | 'rateUnit' | 'currency'
  >;
  paymentTerms: PaymentTerms | null;
  /** a welcome letter has left */
  welcomed: boolean;
}

/** Whether somebody new keeps what was learned. */
export function lessonState({ rule, rate }: Pick<Lesson, 'rule' | 'rate'>, agreed: Agreed): LessonState {
  const { terms, paymentTerms, welcomed } = agreed;
  switch (rule) {
    case 'contract-first':
      return terms.contractSignedOn !== null ? 'kept' : terms.contractNone ? 'broken' : 'open';
    case 'paid-ahead':
      return paymentTerms === null ? 'open' : isAtOnce(paymentTerms) ? 'kept' : 'broken';
    case 'scope-written':
      return terms.scope.length > 0 ? 'kept' : 'open';
    case 'revisions-agreed':
      return terms.revisionsIncluded === null ? 'open' : 'kept';
    case 'welcome-first':
      return welcomed ? 'kept' : 'open';
    case 'least-rate':
      return rate === null ? 'asks' : rateState(rate, terms);
    case 'own-words':
      return 'asks';
  }
}

function isAtOnce({ days, endOfMonth }: PaymentTerms): boolean {
  return days === 0 && !endOfMonth;
}

/** Rates of another unit or currency cannot be compared. */
function rateState({ cents, currency, unit }: Rate, { rateCents, rateUnit, currency: agreed }: Agreed['terms']) {
  if (rateCents === null) return 'open';
  if (rateUnit !== unit || (agreed ?? 'EUR') !== currency) return 'asks';
  return rateCents >= cents ? 'kept' : 'broken';
}
