/** English: `paletti invoices` and `paletti payments`. What stands here the other languages must bring as well. */
import { several } from '../grammar.ts';

export const money = {
  none: 'No such invoices.',
  columns: { invoice: 'INVOICE', client: 'CLIENT', due: 'DUE', total: 'TOTAL', open: 'OPEN', state: 'STATE' },
  late: (days: number) => `${several(days, 'day')} late`,
  open: 'open',
  disputed: (state: string) => `${state}, disputed`,
  added: (number: string, client: string, total: string, due: string) =>
    `Invoice ${number} of ${client}: ${total}, due ${due}.`,
  twin: (twin: string, client: string, number: string) =>
    `invoice ${twin} of ${client} has the same day and sum; if this is the same: paletti invoices void ${number}`,
  unchanged: (number: string) => `Invoice ${number} stays as it is.`,
  edited: (number: string, issued: string, total: string, due: string, open: string) =>
    `Invoice ${number} of ${issued}: ${total}, due ${due}; open ${open}.`,
  takenBack: (number: string, open: string) => `Taken back. Open on ${number}: ${open}.`,
  credited: (number: string, credited: string, total: string, open: string) =>
    `Credited on ${number}: ${credited} of ${total}; open ${open}.`,
  surplus: (sum: string) => `${sum} more than is owed came in: it is the client's`,
  stillDisputed: (sum: string, number: string) =>
    `${sum} are still noted as disputed; when the credit note settles it: paletti invoices dispute ${number} --settled`,
  checked: 'Noted: all payments are recorded as of now.',
  paid: (number: string) => `Invoice ${number} is paid.`,
  partPaid: (number: string, rest: string) => `Noted. Open on ${number}: ${rest}.`,
  overpaid: (sum: string) => `${sum} more than was open came in`,
  voided: (number: string, changed: boolean) => `Invoice ${number} ${changed ? 'is void' : 'was void already'}.`,
  writtenOff: (number: string, changed: boolean) =>
    `Invoice ${number} ${changed ? 'is written off' : 'was written off already'}.`,
  disputedOn: (number: string, disputed: string, total: string) => `Disputed on ${number}: ${disputed} of ${total}.`,
  promised: (number: string, day: string) => `Reminders about ${number} wait until ${day} has passed.`,
  invoice: (number: string, issued: string, client: string) => `Invoice: ${number} of ${issued}, ${client}`,
  state: (state: string) => `State: ${state}`,
  total: (total: string, credited: string | null, paid: string, open: string) =>
    `Total: ${total}${credited === null ? '' : `, credited ${credited}`}, paid ${paid}, open ${open}`,
  disputedSum: (sum: string) => `Disputed: ${sum}`,
  project: (project: string) => `Project: ${project}`,
  instalment: (due: string, sum: string) => `Due: ${due}, ${sum}`,
  payment: (id: number, what: string, isBack: boolean) => `Payment ${id}: ${what}${isBack ? ' (taken back)' : ''}`,
  creditNote: (id: number, what: string, isBack: boolean) =>
    `Credit note ${id}: ${what}${isBack ? ' (taken back)' : ''}`,
  hold: (id: number, reason: string, until: string | null) => `Hold ${id}: ${reason}, until ${until ?? 'released'}`,
  interest: {
    columns: { from: 'FROM', to: 'TO', days: 'DAYS', sum: 'SUM', rate: 'RATE', interest: 'INTEREST' },
    total: (interest: string, flat: string) => `Interest ${interest}, flat sum ${flat}.`,
    law: (law: string, margin: string, until: string) => `By ${law}: reference rate + ${margin}, until ${until}.`,
    none: 'No interest.',
    advice: 'Not legal advice. No letter asks for it.',
  },
  exported: {
    invoices: (amount: number) => `${several(amount, 'invoice')}; in Xero say that the sums include tax.`,
    creditNotes: (amount: number) =>
      `${several(amount, 'credit note')} on them ${amount === 1 ? 'is' : 'are'} not in it: enter ${amount === 1 ? 'it' : 'them'} in Xero by hand`,
  },
  import: {
    columns: {
      file: 'FILE',
      line: 'LINE',
      client: 'CLIENT',
      invoice: 'INVOICE',
      what: 'WHAT',
      total: 'TOTAL',
      open: 'OPEN',
      detail: 'DETAIL',
    },
    what: {
      add: 'add',
      change: 'change',
      credit: 'credit',
      void: 'void',
      unchanged: 'unchanged',
      'left-out': 'left-out',
      asked: 'asked',
    },
    readAs: (form: string) => `The file is ${form}`,
    newClient: (name: string) => `New client: ${name}`,
    leftOut: (line: number, number: string, why: string) => `Left out, line ${line}, ${number}: ${why}`,
    knownAs: (file: string, name: string) => `${file}: read before, as ${name}`,
    asked: (number: string, client: string | null, what: string) =>
      `${number}${client === null ? '' : ` of ${client}`}: ${what}`,
    done: (
      isDone: boolean,
      n: {
        add: number;
        change: number;
        credit: number;
        void: number;
        unchanged: number;
        leftOut: number;
        asked: number;
      },
    ) =>
      `${isDone ? 'Done' : 'Would be done'}: ${[
        `${n.add} added`,
        `${n.change} changed`,
        ...(n.credit > 0 ? [several(n.credit, 'credit note')] : []),
        ...(n.void > 0 ? [`${n.void} void`] : []),
        `${n.unchanged} unchanged`,
        `${n.leftOut} left out`,
        `${n.asked} asked about and left as they are`,
      ].join(', ')}.`,
    title: 'Invoices',
  },
  payments: {
    title: 'Payments',
    done: (
      isDone: boolean,
      n: { lines: number; matched: number; questions: number; takenBack: number; without: number },
    ) =>
      `${isDone ? 'Done' : 'Would be done'}: ${[
        several(n.lines, 'new line'),
        `${n.matched} matched`,
        several(n.questions, 'question'),
        ...(n.takenBack > 0 ? [`${n.takenBack} taken back by the bank`] : []),
        `${n.without} without an invoice`,
      ].join(', ')}.`,
    lettersWait: 'Letters to whom they may concern wait. See: paletti payments questions',
    file: (file: string, format: string | null, lines: number, fresh: number, pending: number) =>
      `${file} (${format}): ${several(lines, 'line')}, ${fresh} new${pending === 0 ? '' : `, ${pending} not booked yet`}`,
    known: (file: string, format: string | null, name: string, pending: number) =>
      `${file} (${format}): read before, as ${name}${pending === 0 ? '' : `, ${pending} not booked yet`}`,
    readWith: (map: string) => `read with ${map}`,
    unreadable: (file: string, rows: number) => `${file}: ${several(rows, 'row')} without a day or a sum left out`,
    recorded: (of: string | null) => `it is on record already${of === null ? '' : ` of ${of}`}`,
    takesBack: (payment: string, of: string | null) => `takes back payment ${payment}${of === null ? '' : ` of ${of}`}`,
    countsAs: (sum: string) => `counts as ${sum}`,
    pays: (what: string, of: string | null) => `pays ${what}${of === null ? '' : ` of ${of}`}`,
    client: (id: number) => `client ${id}`,
    none: 'No such lines. Read a file of your bank: paletti payments import FILE',
    columns: { day: 'DAY', sum: 'SUM', from: 'FROM', state: 'STATE', what: 'WHAT' },
    nothingAsked: 'Nothing is asked of you.',
    question: (id: number, sum: string, day: string, from: string | null) =>
      `Payment ${id}: ${sum} of ${day}${from === null ? '' : ` from ${from}`}`,
    answerHint: (id: number) =>
      `(use "paletti payments answer ${id} CHOICE", or none; "paletti payments link ${id} NUMBER" for another invoice)`,
    line: (id: number, sum: string, day: string, account: string) => `Payment ${id}: ${sum} of ${day} on ${account}`,
    standsIn: (place: string) => `Stands in: ${place}`,
    from: (payer: string) => `From: ${payer}`,
    text: (text: string) => `Text: ${text}`,
    state: (state: string, by: 'owner' | 'rule', why: string) =>
      `State: ${state}, by ${by === 'owner' ? 'you' : 'the rules'}${why === '' ? '' : `: ${why}`}`,
    paysLine: (number: string, sum: string) => `Pays: ${number}, ${sum}`,
    undone: (id: string) => `Undone. See: paletti payments show ${id}`,
    ignored: (id: string) => `Payment ${id} pays no invoice.`,
    is: (id: number, state: string) => `Payment ${id} is ${state}.`,
    paysWhat: (id: number, what: string) => `Payment ${id} pays ${what}.`,
  },
};
