/** English: why letters about money and nudges go, wait or are not wanted any more. */
import type { SettledReason, SettledWay } from '../../../rules/closing.ts';
import type { AsksFirst, DunningReason, StepDue } from '../../../rules/dunning.ts';
import type { HeldReason } from '../../../rules/hold.ts';
import type { NudgeReason } from '../../../rules/requests.ts';
import type { OccasionReason } from '../../../rules/occasion.ts';
import type { SendingReason } from '../../../rules/sending.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { day, several, sum } from '../grammar.ts';
import { holdReasons } from '../names.ts';

export const held: SentencesOf<HeldReason> = {
  held: ({ reason, until, note }, say) => {
    const untilEnded = reason === 'payment-question' ? '' : ', until you end it';
    const end = until === null ? untilEnded : `, until ${day(until)}`;
    return `${holdReasons[reason]}${end}${note === null ? '' : ` (${say(note)})`}`;
  },
};

function dueWords({ afterDays, dueOn }: StepDue): string {
  if (afterDays === 0) return `on the due date ${day(dueOn)}`;
  return `${several(Math.abs(afterDays), 'day')} ${afterDays > 0 ? 'after' : 'before'} ${day(dueOn)}`;
}

function asksWords(asks: AsksFirst): string {
  if (asks.how === 'question') return `; asks you first: ${holdReasons[asks.hold]}`;
  const why = { 'long-gap': ', after days without a pass', always: '', review: ' (review mode)' };
  return `; asks you first${why[asks.how]}`;
}

export const dunning: SentencesOf<DunningReason> = {
  'step-due': (due) => {
    const { step, gapDays, previousOn, backOn, goesFirst, asks } = due;
    const gap = `at least ${several(gapDays, 'day')} after`;
    const parts = [dueWords(due)];
    if (previousOn !== null) parts.push(`${gap} the letter of ${day(previousOn)}`);
    if (backOn !== null) parts.push(`${gap} ${day(backOn)}, when it was open again`);
    const first = goesFirst ? `; ${step} goes first, no step is skipped` : '';
    return `${parts.join(' and ')}${first}${asks === null ? '' : asksWords(asks)}`;
  },
  'hours-open-on': (reason, say) => `${say(reason.because)}; contact hours open again on ${day(reason.day)}`,
  'step-goes-on': (reason, say) => {
    const rolled = reason.movedTo === null ? '' : `, moved to the working day ${day(reason.movedTo)}`;
    return `${reason.step} goes on ${day(reason.day)}${rolled}: ${say(reason.because)}`;
  },
  'step-waits': ({ step, because }, say) => `${step}: ${say(because)}`,
  'too-little': (reason) => `${sum(reason.sum)} is less than is worth a letter; write it off, or wait for more`,
  'surplus-came': () => 'more than was asked for came in from this client; it may be for this',
  'answer-owed': ({ since }) => `the client waits for your answer${since === null ? '' : ` since ${day(since)}`}`,
  'payments-stale': () => 'payments are not up to date; enter them first',
  'mail-today': () => 'another mail went to this client today',
  'ladder-done': () => 'every step of the ladder has been sent; what follows is your decision',
  'you-dropped-step': ({ step }) =>
    `you dropped ${step}; the ladder stands still until you take it back: paletti outbox restore`,
  'step-refused': ({ step }) => `${step} was refused by the mail server; mend the cause and retry it, or drop it`,
  'step-meaningless': ({ step, because }, say) => `${say(because)}; ${step} has no meaning any more`,
  'work-ended': ({ answers }) =>
    `the work for this client has ended${answers ? ': what is answered, and when, is yours to say' : ''}`,
  'end-announced': () => 'the notice of termination has left',
  'letter-in-doubt': ({ step }) => `it is not known whether ${step} left; settle that first`,
  'letter-pending': ({ step, state }) => `${step} is in the outbox (${state})`,
  'rest-disputed': () => 'what is left is disputed; the case stays open',
  'invoices-held': () => 'every invoice is held',
  'step-gone': ({ step }) => `${step || 'it'} is no longer a step of the ladder`,
  'due-day-passed': () => 'the due date has passed',
  'nothing-overdue': () => 'nothing is overdue any more',
  'asked-is-settled': () => 'all that was asked for before is settled',
  'step-sent': ({ step }) => `${step} has been sent already`,
  'none-of-it-overdue': () => 'nothing of it is overdue any more',
  'due-later': (reason) => `after a payment the next step is due on ${day(reason.day)}`,
  'outside-hours': () => 'outside contact hours',
  'decided-long-ago': ({ step }) => `${step} was decided before days without a pass; approve it afresh`,
  'nobody-decided': ({ hold }) => `${holdReasons[hold]}, and nobody has decided`,
  'sums-changed': () => 'the open sums have changed since it was written',
};

const ways: Readonly<Record<SettledWay, string>> = {
  paid: 'paid',
  void: 'void',
  credited: 'credited',
  'written-off': 'written off',
  disputed: 'disputed',
};

const hows: Readonly<Record<Exclude<SettledReason['how'], 'mixed'>, string>> = {
  'nothing-asked': 'nothing is overdue',
  paid: 'everything that was asked for is paid',
  void: 'what was asked for is void',
  credited: 'what was asked for is taken off by credit notes',
  'written-off': 'what was asked for is written off',
  disputed: 'what was asked for is disputed',
  postponed: 'what was asked for is not due any more',
};

const besides = {
  'other-currency': '; the work is paused for another currency',
  'end-stands': '; the end of the work stays as it is',
} as const;

export const settled: SentencesOf<SettledReason> = {
  settled: (reason) => {
    const parts = reason.ways.map((way) => ways[way]).join(', part ');
    const how = reason.how === 'mixed' ? `of what was asked for, part is ${parts}` : hows[reason.how];
    return how + (reason.besides === null ? '' : besides[reason.besides]);
  },
};

export const nudges: SentencesOf<NudgeReason> = {
  'no-answer': ({ days, of, dueOn }) =>
    `${several(days, 'day')} after ${of === null ? `the answer was due on ${day(dueOn)}` : `the nudge of ${day(of)}`}, and no answer`,
  'nudge-goes-on': (reason, say) => `${reason.step} goes on ${day(reason.day)}: ${say(reason.because)}`,
  'nudges-done': () => 'every nudge was sent; what follows is your decision',
  'you-settled-it': () => 'you settled it',
  'client-answered': ({ on }) => `the client answered on ${day(on)}`,
  'you-dropped-nudge': ({ step }) => `you dropped ${step}`,
  'nudges-off': () => 'nudges are switched off; you write yourself',
  'exit-runs': () => 'an exit is running; no nudges meanwhile',
  'money-asked-for': () => 'money is being asked for; no nudges meanwhile',
};

export const occasion: SentencesOf<OccasionReason> = {
  'part-paid': ({ number }) => `a part of ${number} was paid`,
  'promise-broken': ({ number }) => `the promise of ${number} was not kept`,
  'promise-made': ({ number }) => `a promise of ${number}`,
  'client-disputes': ({ number }) => `the client disputes ${number}`,
};

export const sending: SentencesOf<SendingReason> = {
  paused: () => 'sending is paused; resume it to let letters leave',
  'needs-approval': () => 'waits for your approval',
  'day-cap': ({ sent, cap }) => `${sent} letters left today; the cap is ${cap}`,
  'hour-cap': ({ sent, cap }) => `${sent} letters left in this hour; the cap is ${cap}`,
  'client-cap': ({ kinds }) => `this client got mail today: ${kinds.join(', ') || 'the cap is 0'}`,
  'acknowledgement-first': () => 'an acknowledgement for this client goes first',
};
