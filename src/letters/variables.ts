/**
 * What each part of a letter may say: the names its template may use and the shape of each value. Which parts a letter has
 * stands in its record (rules/letter-kinds). A template that asks for anything else is refused, and so is a value that is
 * missing. Holds no wording.
 */
import { kindRecords, type LetterKind, letterKinds } from '../rules/letter.ts';
import type { LetterPart } from '../rules/letter-kinds.ts';

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

const settledPart: Variables = {
  number: line,
  issued: line,
  amount: line,
  instalment: lineWhen('instalment'),
  // only of what credit notes took off, and where they have a number
  creditNotes: lineWhen('creditNotes'),
};

/** Channels, and whether every one of them leaves something to read again. */
const channels: Variables = { channels: line, severalChannels: flag, written: flag };

const items: Variables = { item: line };

const parts: Readonly<Record<LetterPart, Variables>> = {
  received: {
    originalSubject: line,
    receivedAt: line,
    promisedAt: line,
    hours: block,
    // where the phone is a channel with hours of its own
    phoneHours: { type: 'block', when: 'phoneHours' },
    ...channels,
  },
  'closed-when': {
    // why it was out of hours, where it was not the hour: a public holiday, or days on which the studio was closed
    holiday: flag,
    closedOn: lineWhen('closedOn'),
    closedFrom: lineWhen('closedFrom'),
    closedTo: lineWhen('closedFrom'),
  },
  closure: {
    closedOn: lineWhen('closedOn'),
    closedFrom: lineWhen('closedFrom'),
    closedTo: lineWhen('closedFrom'),
    reopensAt: line,
  },
  // what is asked for and how to pay it
  demand: {
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
  },
  // the same, for letters that can be written to a client who owes nothing
  'demand-if-any': {
    several: flag,
    invoices: list(openInvoice, 'invoices'),
    total: lineWhen('invoices'),
    payBy: lineWhen('invoices'),
    iban: lineWhen('iban'),
    bic: lineWhen('bic'),
    payee: lineWhen('invoices'),
    reference: lineWhen('invoices'),
  },
  upcoming: { upcoming: flag, severalDue: flag },
  'reminder-on': { reminderOn: lineWhen('reminderOn') },
  // a letter confirmed a payment that has been taken back since
  'confirmed-on': { confirmedOn: lineWhen('confirmedOn') },
  'announced-on': { announcedOn: lineWhen('announcedOn') },
  // what the next step does is announced: a pause with its day, the end as what has to be considered
  'pause-may-follow': { pausesOn: lineWhen('pausesOn') },
  // the same, where the letter is about nothing else; absent where the work is paused already
  'pause-follows': { pausesOn: lineWhen('pausesOn') },
  'end-may-follow': { mayEnd: flag },
  'resume-within': { resumeWithin: line },
  clause: { clause: lineWhen('clause') },
  // on what the law gives the demand: in Italy, in the United Kingdom, and of debtors in business only
  law: { inDefault: flag, diffida: flag, italianInterest: flag, ukInterest: flag },
  end: {
    // one of the two at least: the last day, or what the end waits for
    noticeOn: lineWhen('noticeOn'),
    endsToday: flag,
    milestone: lineWhen('milestone'),
    reason: line,
    justCause: flag,
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
  // what came in: of each invoice, and in all
  settled: {
    several: flag,
    invoiceCount: lineWhen('invoices'),
    firstNumber: lineWhen('invoices'),
    invoices: list(settledPart, 'invoices'),
    total: lineWhen('invoices'),
    // the list is one sum, and that is all that came
    oneSum: flag,
    // what came above all that these invoices ask for
    surplus: lineWhen('surplus'),
    // nothing is open and nothing disputed, in any currency
    nothingRemains: flag,
  },
  // what need not be paid: void, credited, or disputed
  otherwise: {
    voided: list(settledPart, 'voided'),
    credited: list(settledPart, 'credited'),
    disputed: list(settledPart, 'disputed'),
  },
  'paused-on': { pausedOn: lineWhen('pausedOn') },
  'resume-by': { resumeBy: line },
  resumes: {
    several: flag,
    invoiceCount: lineWhen('invoiceCount'),
    firstNumber: lineWhen('invoiceCount'),
    resumes: flag,
  },
  payment: { received: line, receivedOn: line },
  // what the client said about the money, and by when
  promise: { promisedSum: line, promisedBy: line, promisedInvoice: line },
  dispute: { disputedSum: line, disputedInvoice: line, disputedIssued: line, answerBy: line },
  nudge: {
    project: lineWhen('project'),
    request: line,
    askedOn: line,
    daysLost: line,
    oneDay: flag,
    newDelivery: lineWhen('newDelivery'),
    replyBy: line,
  },
  hours: {
    from: line,
    hours: block,
    phoneHours: { type: 'block', when: 'phoneHours' },
    ...channels,
    answerWithin: line,
  },
  decisions: { from: line, project: lineWhen('project'), revisions: lineWhen('revisions'), noRevisions: flag },
  scope: { quote: line, quotedOn: line, scope: list(items, 'scope'), quotationOn: line, paused: flag },
  contract: { project: lineWhen('project'), signBy: line, startOn: lineWhen('startOn') },
  price: { from: line, project: lineWhen('project'), rate: line, rateBefore: lineWhen('rateBefore') },
  channel: { from: line, usedChannel: lineWhen('usedChannel'), ...channels },
  welcome: {
    project: lineWhen('project'),
    hours: block,
    phoneHours: { type: 'block', when: 'phoneHours' },
    ...channels,
    answerWithin: line,
    paymentTerms: lineWhen('paymentTerms'),
    does: list(items, 'does'),
    doesNot: list(items, 'doesNot'),
  },
  decline: { originalSubject: line, referral: lineWhen('referral') },
  delays: {
    project: lineWhen('project'),
    waits: list({ question: line, askedOn: line, answeredOn: lineWhen('answeredOn'), days: line }, 'waits'),
    moved: list({ delivery: line, from: line, to: line }, 'moved'),
    totalDays: line,
    open: flag,
  },
  report: {
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

export const variablesOf = Object.fromEntries(
  letterKinds.map((kind) => [kind, Object.assign({}, letter, ...kindRecords[kind].says.map((part) => parts[part]))]),
) as Readonly<Record<LetterKind, Variables>>;
