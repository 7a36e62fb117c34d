/**
 * What to settle with somebody new before the work begins: eight questions with what the record knows, and the command
 * that answers each. Stops nothing, and refuses nobody: what only the owner can judge is asked.
 */
import type { LessonState } from './lesson.ts';
import { type Agreed, lessonState } from './lesson.ts';
import type { OwnerMark } from './red-flags.ts';

export const intakeItems = ['goals', 'field', 'contract', 'scope', 'revisions', 'price', 'payment', 'welcome'] as const;
export type IntakeItem = (typeof intakeItems)[number];

export interface IntakeLine {
  item: IntakeItem;
  state: LessonState;
  /** what settles it; null: it is settled, or nothing does */
  command: string | null;
}

export interface IntakeFacts extends Agreed {
  clientId: number;
  marks: readonly OwnerMark[];
}

/** The owner's marks that answer a question with no. */
const againstField: readonly OwnerMark[] = ['outside-field', 'outside-niche', 'no-time', 'different-philosophy'];

/** In the order in which they are best asked. */
export function intakeOf(facts: IntakeFacts): IntakeLine[] {
  const { clientId, terms, paymentTerms, marks } = facts;
  const kept = (isKept: boolean): LessonState => (isKept ? 'kept' : 'open');
  const states: Record<IntakeItem, LessonState> = {
    goals: marks.includes('unclear-goals') ? 'broken' : 'asks',
    field: againstField.some((mark) => marks.includes(mark)) ? 'broken' : 'asks',
    contract: marks.includes('will-not-sign') ? 'broken' : lessonState({ rule: 'contract-first', rate: null }, facts),
    scope: lessonState({ rule: 'scope-written', rate: null }, facts),
    revisions: lessonState({ rule: 'revisions-agreed', rate: null }, facts),
    price: kept(terms.rateCents !== null),
    payment: kept(paymentTerms !== null),
    welcome: lessonState({ rule: 'welcome-first', rate: null }, facts),
  };
  return intakeItems.map((item) => ({
    item,
    state: states[item],
    command: states[item] === 'kept' ? null : commands[item](clientId, states[item]),
  }));
}

const terms = (option: string) => (id: number) => `paletti clients terms ${id} ${option}`;

const commands: Record<IntakeItem, (id: number, state: LessonState) => string> = {
  goals: (id) => `paletti clients mark ${id} unclear-goals`,
  field: (id, state) =>
    state === 'broken'
      ? `paletti exit ${id} propose --reason no-capacity --referral …`
      : `paletti clients mark ${id} outside-field`,
  contract: (id, state) => (state === 'broken' ? `paletti letter ${id} contract` : terms('--contract DAY')(id)),
  scope: terms('--scope "…"'),
  revisions: terms('--revisions 2'),
  price: terms('--rate 60 --rate-unit hour'),
  payment: terms('--payment-days 30'),
  welcome: (id) => `paletti letter ${id} welcome`,
};
