/** English: the look back at a client who is gone, and what was learned by it. */
import type { IntakeItem } from '../../../rules/intake.ts';
import type { Lesson, LessonRule, LessonState } from '../../../rules/lesson.ts';
import { listed, several, sumIn } from '../grammar.ts';
import { codes } from './codes.ts';

export const lookBack = {
  title: (client: string) => `Looking back at ${client}`,
  private: 'For you alone: no letter says any of this.',
  noSign: 'No sign is to be seen in the record.',
  firstSign: (sign: string, day: string, quote: string | null) =>
    `First sign: ${sign}, on record by ${day}${quote === null ? '' : ` ("${quote}")`}.`,
  answered: (day: string, days: number) => `Answered on ${day}, ${several(days, 'day')} later.`,
  messages: (messages: number, outOfHours: number) =>
    `${several(messages, 'mail')} from him, ${outOfHours} out of hours.`,
  hours: (hours: string, late: string) => `${hours} h on record, ${late} of them out of hours.`,
  noHours: 'No hours on record: what an hour brought in cannot be told.',
  received: (sums: readonly string[]) => `Received: ${listed(sums)}.`,
  nothingReceived: 'Received: nothing.',
  lost: (sums: readonly string[]) => `Billed and never paid: ${listed(sums)}.`,
  spent: (sums: readonly string[]) => `Spent on him: ${listed(sums)}.`,
  realRate: (sum: string) => `Each hour really brought in ${sum}.`,
  proposed: (rule: string) => `One rule that would have helped: ${rule}.`,
  takeUp: (id: number, rule: string) =>
    `To take it up: paletti exit ${id} look-back --rule ${rule}; or --rule "your own sentence", or --rate 60`,
  learned: (rule: string) => `Learned: ${rule}. Whoever you take on next is held against it.`,
  undo: (id: number) => `To take it back: paletti exit ${id} look-back --drop`,
};

const rules: Readonly<Record<LessonRule, string>> = {
  'contract-first': 'no work without a signed contract',
  'paid-ahead': 'payment on receipt of the invoice, before the work goes on',
  'scope-written': 'what is included stands in writing before the work begins',
  'revisions-agreed': 'how many rounds of changes are included is agreed before the work begins',
  'welcome-first': 'hours, channels and terms are told in a welcome letter before the work begins',
  'least-rate': 'no work below a price',
  'own-words': 'a rule of your own',
};

const states: Readonly<Record<LessonState, string>> = {
  kept: 'kept',
  open: 'not told yet',
  broken: 'not kept',
  asks: 'yours to judge',
};

const items: Readonly<Record<IntakeItem, string>> = {
  goals: 'Does the client know what the work is for?',
  field: 'Is it in your field and niche, and have you the time?',
  contract: 'Is there a signed contract?',
  scope: 'Is it written down what is included?',
  revisions: 'Is it agreed how many rounds of changes are included?',
  price: 'Is the price agreed, and is it worth it?',
  payment: 'Is it agreed when invoices are paid?',
  welcome: 'Has the client been told your hours, channels and terms?',
};

export const intake = {
  title: (client: string) => `Taking on ${client}`,
  items,
  several: (exits: number) =>
    `${exits} exits were proposed within a year: take your time over this one, and listen to your instinct.`,
};

export const lessons = {
  states,
  /** 'no work without a signed contract'; her own words as she wrote them */
  said: ({ rule, rate, words }: Pick<Lesson, 'rule' | 'rate' | 'words'>): string => {
    if (rule === 'own-words') return words;
    return rate === null ? rules[rule] : `no work below ${sumIn(rate)} each ${codes.rateUnit(rate.unit)}`;
  },
  heading: (client: string) => `What you learned by others, held against ${client}:`,
  line: (rule: string, taughtBy: string, state: LessonState) => `${states[state]}: ${rule} (since ${taughtBy})`,
};
