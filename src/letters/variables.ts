/**
 * What each letter may say: the names its template may use and the shape of each value.
 * A template that asks for anything else is refused, and so is a value that is missing. Holds no wording.
 */
import type { LetterKind } from '../rules/letter.ts';

/**
 * - `line`: text of one line; a line break in it is a fault
 * - `block`: text of one or more lines
 * - `flag`: true or false, only ever asked with `{{#if}}` or `{{#unless}}`, never printed
 * - `list`: one or more records, walked with `{{#each}}`
 *
 * `when`: the value may be absent (null). A template may print it only inside `{{#if NAME}}` of that name, so that
 * an absent value is a sentence left out and never a gap. All variables with the same `when` come or go together.
 */
export type Variable =
  | { type: 'line' | 'block'; when: string | null }
  | { type: 'flag'; when: null }
  | { type: 'list'; when: string | null; fields: Variables };

export type Variables = Readonly<Record<string, Variable>>;

const line: Variable = { type: 'line', when: null };
const block: Variable = { type: 'block', when: null };
const flag: Variable = { type: 'flag', when: null };

function lineWhen(when: string): Variable {
  return { type: 'line', when };
}

function list(fields: Variables, when: string | null = null): Variable {
  return { type: 'list', when, fields };
}

const letter: Variables = { greeting: line, signature: block };

const acknowledgement: Variables = {
  ...letter,
  originalSubject: line,
  receivedAt: line,
  promisedAt: line,
  hours: block,
  channels: line,
  severalChannels: flag,
};

const openInvoice: Variables = {
  number: line,
  issued: line,
  due: line,
  amount: line,
  open: line,
  overdue: flag,
  partly: flag,
  paid: lineWhen('paid'),
  instalment: lineWhen('instalment'),
};

/** What is asked for and how to pay it. */
const demand: Variables = {
  several: flag,
  invoiceCount: line,
  firstNumber: line,
  firstDue: line,
  invoices: list(openInvoice),
  total: line,
  // without an IBAN in the owner's details the letter points to the details on the invoice
  iban: lineWhen('iban'),
  payee: line,
  reference: line,
};

/** The same, for letters that can be written to a client who owes nothing. */
const demandIfAny: Variables = {
  several: flag,
  invoices: list(openInvoice, 'invoices'),
  total: lineWhen('invoices'),
  iban: lineWhen('iban'),
  payee: lineWhen('invoices'),
  reference: lineWhen('invoices'),
};

const settled: Variables = {
  several: flag,
  invoiceCount: lineWhen('invoices'),
  firstNumber: lineWhen('invoices'),
  invoices: list({ number: line, issued: line, amount: line, instalment: lineWhen('instalment') }, 'invoices'),
};

const nudge: Variables = {
  ...letter,
  project: lineWhen('project'),
  request: line,
  askedOn: line,
  daysLost: line,
  newDelivery: lineWhen('newDelivery'),
  replyBy: line,
};

const items: Variables = { item: line };

export const variablesOf: Readonly<Record<LetterKind, Variables>> = {
  acknowledgement,
  'acknowledgement-out-of-hours': acknowledgement,
  'payment-reminder': { ...letter, ...demand, upcoming: flag, payBy: lineWhen('payBy') },
  'work-paused': {
    ...letter,
    ...demand,
    reminderOn: lineWhen('reminderOn'),
    resumeWithin: line,
    payBy: lineWhen('payBy'),
  },
  'work-resumed': { ...letter, ...settled, pausedOn: lineWhen('pausedOn'), resumeWithin: line },
  'payment-received': { ...letter, ...settled },
  termination: {
    ...letter,
    ...demandIfAny,
    // one of the two at least: a day, or what the end waits for
    noticeOn: lineWhen('noticeOn'),
    milestone: lineWhen('milestone'),
    reason: line,
    earlier: list({ letter: line, on: line }, 'earlier'),
    handover: list(items, 'handover'),
    referral: lineWhen('referral'),
  },
  'nudge-kind': nudge,
  'nudge-firm': nudge,
  'boundary-hours': {
    ...letter,
    from: line,
    hours: block,
    phoneHours: { type: 'block', when: 'phoneHours' },
    channels: line,
    severalChannels: flag,
    answerWithin: line,
  },
  'boundary-decisions': {
    ...letter,
    from: line,
    project: lineWhen('project'),
    revisions: lineWhen('revisions'),
  },
  'boundary-scope': { ...letter, quote: line, quotedOn: line, scope: list(items, 'scope'), quotationOn: line },
  'boundary-contract': { ...letter, project: lineWhen('project'), signBy: line, startOn: lineWhen('startOn') },
  'final-report': {
    ...letter,
    ...demandIfAny,
    project: lineWhen('project'),
    endsOn: line,
    done: list(items, 'done'),
    delivered: list(items, 'delivered'),
    payments: list({ number: line, amount: line, on: line }, 'payments'),
    paidTotal: lineWhen('payments'),
    replyBy: lineWhen('replyBy'),
  },
};
