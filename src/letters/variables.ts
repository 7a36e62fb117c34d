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
  // every one of them leaves something to read again
  written: flag,
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
  disputed: lineWhen('disputed'),
  credited: lineWhen('credited'),
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
  payBy: line,
  // without an IBAN in the owner's details the letter points to the details on the invoice
  iban: lineWhen('iban'),
  // only where a transfer needs it
  bic: lineWhen('bic'),
  payee: line,
  reference: line,
};

/** The same, for letters that can be written to a client who owes nothing. */
const demandIfAny: Variables = {
  several: flag,
  invoices: list(openInvoice, 'invoices'),
  total: lineWhen('invoices'),
  payBy: lineWhen('invoices'),
  iban: lineWhen('iban'),
  bic: lineWhen('bic'),
  payee: lineWhen('invoices'),
  reference: lineWhen('invoices'),
};

const settledPart: Variables = {
  ...{ number: line, issued: line, amount: line, instalment: lineWhen('instalment') },
  // only of what credit notes took off, and where they have a number
  creditNotes: lineWhen('creditNotes'),
};

/** What need not be paid: void, credited, or disputed. */
const otherwise: Variables = {
  voided: list(settledPart, 'voided'),
  credited: list(settledPart, 'credited'),
  disputed: list(settledPart, 'disputed'),
};

/** What came in: of each invoice, and in all. */
const received: Variables = {
  several: flag,
  invoiceCount: lineWhen('invoices'),
  firstNumber: lineWhen('invoices'),
  invoices: list(settledPart, 'invoices'),
  total: lineWhen('invoices'),
  ...otherwise,
  // nothing is open and nothing disputed, in any currency
  nothingRemains: flag,
};

const nudge: Variables = {
  ...letter,
  project: lineWhen('project'),
  request: line,
  askedOn: line,
  daysLost: line,
  oneDay: flag,
  newDelivery: lineWhen('newDelivery'),
  replyBy: line,
};

const items: Variables = { item: line };

export const variablesOf: Readonly<Record<LetterKind, Variables>> = {
  acknowledgement,
  'acknowledgement-out-of-hours': {
    ...acknowledgement,
    // why it was out of hours, where it was not the hour: a public holiday, or days on which the studio was closed
    holiday: flag,
    closedOn: lineWhen('closedOn'),
    closedFrom: lineWhen('closedFrom'),
    closedTo: lineWhen('closedFrom'),
  },
  'payment-reminder': {
    ...letter,
    ...demand,
    upcoming: flag,
    severalDue: flag,
    // a letter confirmed a payment that has been taken back since
    confirmedOn: lineWhen('confirmedOn'),
    // what the next step does is announced: a pause with its day, the end as what has to be considered
    pausesOn: lineWhen('pausesOn'),
    mayEnd: flag,
  },
  'work-paused': {
    ...letter,
    ...demand,
    reminderOn: lineWhen('reminderOn'),
    // the work is paused already, by a letter about other money
    pausedOn: lineWhen('pausedOn'),
    resumeWithin: line,
    clause: lineWhen('clause'),
    mayEnd: flag,
  },
  'work-resumed': { ...letter, ...received, pausedOn: lineWhen('pausedOn'), resumeBy: line },
  'payment-received': { ...letter, ...received },
  'settled-otherwise': {
    ...letter,
    several: flag,
    invoiceCount: lineWhen('invoiceCount'),
    firstNumber: lineWhen('invoiceCount'),
    ...otherwise,
    resumes: flag,
    pausedOn: lineWhen('pausedOn'),
    resumeBy: line,
  },
  termination: {
    ...letter,
    ...demandIfAny,
    // one of the two at least: the last day, or what the end waits for
    noticeOn: lineWhen('noticeOn'),
    endsToday: flag,
    milestone: lineWhen('milestone'),
    reason: line,
    justCause: flag,
    clause: lineWhen('clause'),
    earlier: list({ letter: line, on: line }, 'earlier'),
    // by when the client has what is hers; without it, when the milestone is reached
    handoverBy: lineWhen('handoverBy'),
    handover: list(items, 'handover'),
    // the owner's own work, which passes on with the payment
    onPayment: list(items, 'onPayment'),
    unbilled: flag,
    refundBy: lineWhen('refundBy'),
    paused: flag,
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
    written: flag,
    answerWithin: line,
  },
  'boundary-decisions': {
    ...letter,
    from: line,
    project: lineWhen('project'),
    revisions: lineWhen('revisions'),
    noRevisions: flag,
  },
  'boundary-scope': {
    ...letter,
    quote: line,
    quotedOn: line,
    scope: list(items, 'scope'),
    quotationOn: line,
    paused: flag,
  },
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
    // open in other currencies than the demand's
    elsewhere: list(openInvoice, 'elsewhere'),
    elsewhereTotal: lineWhen('elsewhere'),
    disputed: list(settledPart, 'disputed'),
    // nothing is open, and nothing was given up
    clear: flag,
    replyBy: line,
  },
};
