/** English: the report and the signs, in the terminal and on the printed page. What stands here the other languages must bring. */
import type { LocalDay } from '../../../rules/time.ts';
import { dayWords, several } from '../grammar.ts';

export const report = {
  about: (client: string | null, studio: string) => (client === null ? studio : `${client} at ${studio}`),
  title: (about: string) => `Report: ${about}`,
  period: (since: LocalDay, to: LocalDay) => `${dayWords(since, 'year')} to ${dayWords(to, 'year')}`,
  span: (period: string, days: number, zone: string) => `${period} (${days} days). Times in ${zone}.`,
  madeOn: (day: string) => `Made by Paletti on ${day}. A sign is a reason to look, not a verdict.`,
  weight: (value: number) => value.toFixed(2),
  accounts: {
    title: (first: LocalDay, last: LocalDay) =>
      `For the accountant: ${dayWords(first, 'year')} to ${dayWords(last, 'year')}`,
    parts: {
      invoiced: 'Invoiced',
      credited: 'Credit notes',
      received: 'Received',
      open: 'Open at the end of the month',
      doubtful: 'Doubtful at the end of the month',
    },
    none: 'nothing',
    columns: { day: 'DAY', invoice: 'INVOICE', client: 'CLIENT', sum: 'SUM', note: 'NOTE' },
    headings: ['part', 'day', 'invoice', 'client', 'tax number', 'currency', 'sum', 'note'],
    total: (sums: string) => `In all: ${sums}`,
    asOnRecord:
      'As it is on record today. Of what is open and doubtful the day is the due day; what was given up is doubtful and not open. As a file: -o FILE.',
    notes: {
      withheld: (sum: string) => `${sum} of it the client keeps back by law`,
      creditNote: (number: string) => `credit note ${number}`,
      'by-hand': 'entered without a line of the bank',
      disputed: 'disputed',
      'written-off': 'given up',
      'long-overdue': 'overdue for more than 90 days',
    },
  },
  heat: {
    title: 'When clients write',
    none: 'No messages of clients in this period.',
    said: (total: number, outOfHours: number, share: string, onFreeDays: number) =>
      `${several(total, 'message')} of clients; ${outOfHours} (${share}) out of hours${onFreeDays === 0 ? '' : `, ${onFreeDays} of them on a holiday or closed day`}.`,
    legend: 'shaded: in contact hours (· none)   figures: messages outside them',
    chart: 'Messages of clients by weekday and hour',
    cell: (weekday: string, hour: number, count: number, outOfHours: number) =>
      `${weekday} ${hour}:00: ${count}, ${outOfHours} out of hours`,
    within: 'in contact hours',
    outside: 'outside',
    around: 'around the contact hours',
  },
  promises: {
    title: 'Kept promises',
    none: 'No answer was due in this period',
    kept: (kept: number, all: number, share: string) => `${kept} of ${several(all, 'answer')} in time (${share})`,
    late: (amount: number) => `${amount} late`,
    missed: (amount: number) => `${amount} missed`,
    notDue: (amount: number) => `${amount} not due yet`,
    median: (hours: number) => `a median of ${hours} h to the answer`,
    unanswered: (amount: number) =>
      ` ${several(amount, 'matter')} of the past without an answer in the mailbox; maybe none was needed.`,
    columns: { month: 'MONTH', inTime: 'IN TIME', late: 'LATE', missed: 'MISSED', median: 'MEDIAN' },
    chart: 'Answers by month',
    legend: ['in time', 'late', 'missed'],
    month: (month: string, kept: number, late: number, missed: number) =>
      `${month}: ${kept} in time, ${late} late, ${missed} missed`,
  },
  pareto: {
    title: 'Trouble and revenue',
    none: 'No sign weighs anything in this period.',
    said: (few: { clients: number; of: number; trouble: string; revenue: string }) =>
      `${few.clients} of ${several(few.of, 'client')} ${few.clients === 1 ? 'makes' : 'make'} ${few.trouble} of the trouble and ${few.clients === 1 ? 'brings' : 'bring'} ${few.revenue} of the revenue.`,
    notCompared: (sums: string) => ` Not compared: ${sums}.`,
    columns: {
      client: 'CLIENT',
      weight: 'WEIGHT',
      trouble: 'TROUBLE',
      soFar: 'SO FAR',
      mails: 'MAILS',
      hours: 'HOURS',
      revenue: 'REVENUE',
      share: 'SHARE',
      owed: 'OWED',
    },
    more: (amount: number) => `and ${amount} more (use --json for all)`,
    notDrawn: (amount: number) => `${amount} more clients are not drawn.`,
    chart: 'Trouble against revenue',
    legend: ['share of the trouble', 'share of the revenue', 'trouble so far'],
  },
  owed: {
    title: 'What is owed',
    none: 'Nothing is open.',
    age: (age: string) => age,
    late: (age: string) => `${age} days late`,
    notDue: 'not due',
    open: 'OPEN',
    disputed: 'disputed',
    total: 'open',
    chart: 'Open sums by days past due',
    said: 'Open sums by days past due.',
  },
  signs: {
    title: 'Signs',
    noneWeighs: 'No sign weighs anything.',
    none: 'No sign is to be seen',
    small: (amount: number) => `Of ${amount} more there is nothing to say, or too little to tell.`,
    hint: 'The number before a sign is its weight: how strong it is, times what it counts for. Message 12 is read with "paletti inbox show 12".',
    noMessages: 'no messages',
    sample: (messages: number, outOfHours: number, isSmall: boolean) =>
      `${several(messages, 'message')}, ${outOfHours} out of hours${isSmall ? ', too few to tell a habit' : ''}`,
    noPayment: 'no payment',
    received: (sums: string) => `${sums} received`,
    inTime: (share: string) => `${share} of your answers in time`,
    answered: (kept: number, all: number, share: string) => `${kept} of ${all} answered in time (${share})`,
    weigh: (weight: string) => `The signs weigh ${weight}`,
    weighs: (weight: string, state: string | null) => `Weighs ${weight}${state === null ? '' : `, ${state}`}.`,
    step: (step: string) => `One step to consider: ${step}`,
    look: (message: number, others: readonly number[]) =>
      `paletti inbox show ${message}${others.length === 0 ? '' : ` (and ${others.join(', ')})`}`,
    message: (id: number) => `message ${id}`,
    invoice: (name: string) => `invoice ${name}`,
    log: (id: number) => `log ${id}`,
    request: (id: number) => `request ${id}`,
    notTold: (amount: number, some: string, more: number) =>
      `${several(amount, 'client')}: contract not told (${some}${more > 0 ? ` and ${more} more` : ''}). Tell it: paletti clients terms CLIENT --contract DAY, or --contract none.`,
  },
};
