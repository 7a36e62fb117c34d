/** English: `paletti clients`. What stands here the other languages must bring as well. */
import type { WorkState } from '../../../rules/client.ts';
import type { PaymentTerms } from '../../../rules/payment-terms.ts';
import { several } from '../grammar.ts';

type Held = 'messages' | 'letters' | 'records' | 'entries' | 'oldInvoices';

export const clients = {
  noneYet: 'No clients yet. Add one: paletti clients add NAME --address ADDRESS, or: paletti clients import FILE',
  columns: { client: 'CLIENT', address: 'ADDRESS', writes: 'WRITES', work: 'WORK', open: 'OPEN' },
  writes: (language: string, tone: string) => `${language} ${tone}`,
  onHold: 'on hold',
  added: (name: string, id: number) => `${name} is client ${id}.`,
  tellWelcome: (id: number) => `To tell how you work (hours, channels, answers, payment): paletti letter ${id} welcome`,
  tellIntake: (id: number) => `What to settle before the work begins: paletti clients intake ${id}`,
  tellContract: (id: number) =>
    `Is there a signed contract? Tell it once: paletti clients terms ${id} --contract DAY, or --contract none`,
  noAddress: (id: number) => `no address is known: add one with "paletti clients edit ${id} --address ADDRESS"`,
  changed: (name: string, what: readonly string[]) =>
    what.length === 0 ? `${name} stays as it is.` : `${name}: changed ${what.join(', ')}.`,
  held: (name: string, id: number, until: string | null) =>
    `${name} is on hold ${until === null ? `until: paletti clients release ${id}` : `until ${until}.`}`,
  holdEnded: (id: string, isNew: boolean) => `Hold ${id} ${isNew ? 'is ended' : 'was ended before'}.`,
  released: (name: string, ended: number) =>
    ended === 0 ? `${name} was not on hold.` : `${several(ended, 'hold')} of ${name} ended.`,
  heading: {
    agreed: 'Agreed',
    holds: 'Holds',
    invoices: 'Invoices',
    windows: 'Waits for your answer',
    letters: 'Letters',
    projects: 'Projects',
    marks: 'Your marks',
    last: (id: number) => `Last (all: paletti clients timeline ${id})`,
    signs: 'Signs, of the last year',
  },
  labels: {
    client: 'Client',
    writes: 'Writes',
    addresses: 'Addresses',
    billing: 'Billing',
    phone: 'Phone',
    vat: 'VAT number',
    tax: 'tax code',
    pec: 'PEC',
    code: 'Code',
    domains: 'Domains',
    work: 'Work',
    project: 'Project',
    hours: 'Own hours',
    timeZone: 'Time zone',
    notes: 'Notes',
  },
  hold: (id: number, scope: string, reason: string, until: string | null, note: string) =>
    `${id}  ${scope} ${reason}, until ${until ?? 'released'}  ${note}`.trimEnd(),
  invoice: (number: string, state: string, total: string, open: string) =>
    `${number}  ${state}  ${total}, open ${open}`,
  window: (message: number, due: string) => `message ${message}, due ${due}`,
  terms: {
    labels: {
      contract: 'Contract',
      since: 'Work since',
      rate: 'Rate',
      payment: 'Payment',
      revisions: 'Revisions',
      notice: 'Notice',
      pause: 'Clause on pausing',
      exit: 'Clause on ending',
      prepaid: 'Prepaid until',
      niche: 'Niche',
      ladder: 'Ladder',
      scope: 'Scope',
    },
    signed: (day: string) => `signed on ${day}`,
    noContract: 'there is none',
    contractNotTold: 'not told',
    notKnown: 'not known',
    rate: (sum: string, unit: string | null) => `${sum}${unit === null ? '' : ` each ${unit}`}`,
    revisions: (amount: number) => `${amount} included`,
    notice: (days: number) => `${days} days`,
    asItWas: (name: string) => `${name}: as it was.`,
  },
  log: {
    logged: (name: string, kind: string, when: string, minutes: number | null) =>
      `Logged with ${name}: ${kind}, ${when}${minutes === null ? '' : `, ${minutes} min`}.`,
    outOfHours: (why: string) => `Out of hours: ${why}.`,
    kept: (name: string, sha256: string) => `Kept with it: ${name}, SHA-256 ${sha256}`,
    workThoughStopped: (client: string, id: number, state: WorkState) =>
      state === 'ended'
        ? `the work for ${client} has ended: this is work nobody has asked you for`
        : `the work for ${client} is paused until the money is there: is it to go on? Then: paletti clients edit ${id} --work active`,
    work: 'work',
  },
  project: {
    none: 'No projects yet. Add one: paletti clients project CLIENT add NAME',
    is: (client: string, name: string, state: string, changed: boolean) =>
      `${client}: "${name}" is ${state}${changed ? '' : ' already'}.`,
    line: (name: string, state: string, since: string | null, ended: string | null) =>
      `${name}: ${state}${since === null ? '' : `, since ${since}`}${ended === null ? '' : `, ended ${ended}`}`,
  },
  mark: {
    none: 'No marks.',
    done: (client: string, mark: string, changed: boolean, removed: boolean) =>
      `${client}: ${changed ? '' : 'as it was, '}${removed ? 'without' : 'with'} the mark "${mark}".`,
  },
  /** '30 days from the invoice, then the end of that month, then day 10 of the next' */
  paymentTerms: ({ days, endOfMonth, dayAfter }: PaymentTerms): string => {
    if (days === 0 && dayAfter !== null) return `day ${dayAfter} of the month after the invoice`;
    const end = endOfMonth ? ', then the end of that month' : '';
    return `${several(days, 'day')} from the invoice${end}${dayAfter === null ? '' : `, then day ${dayAfter} of the next`}`;
  },
  timeline: {
    none: 'Nothing happened yet.',
    columns: { when: 'WHEN', what: 'WHAT', about: 'ABOUT' },
    about: {
      unsure: '(unsure)',
      takenBackLater: '(taken back later)',
      takenBack: (payment: string) => `${payment} taken back`,
      credit: (sum: string, number: string) => `credit note of ${sum} on ${number}`,
      payment: (sum: string, number: string) => `${sum} for ${number}`,
      enteredOn: (day: string) => `, entered on ${day}`,
      until: (day: string) => `, until ${day}`,
    },
    kinds: {
      'message-in': 'wrote',
      'message-out': 'you wrote',
      letter: 'letter',
      invoice: 'invoice',
      payment: 'payment',
      credit: 'credit note',
      void: 'void',
      'written-off': 'written off',
      dispute: 'dispute',
      promise: 'promise',
      hold: 'hold',
      'hold-ended': 'hold ended',
      answered: 'answered',
      reversal: 'taken back',
      call: 'call',
      meeting: 'meeting',
      chat: 'chat',
      note: 'note',
      work: 'work',
      delivery: 'delivery',
      lunch: 'lunch',
      dinner: 'dinner',
      price: 'price',
      attack: 'attack',
    },
    outOfHours: (why: string) => `[out of hours: ${why}]`,
  },
  work: {
    is: (name: string, state: string) => `The work for ${name} is ${state}; nobody is told.`,
    already: (state: string) => `It is ${state} already.`,
    letterWaits: (id: number, client: string) =>
      `Letter ${id} to ${client} waits for you; the work is active once it has left.`,
  },
  merge: {
    becomes: (from: string, fromId: number, into: string, intoId: number) =>
      `${from} (client ${fromId}) becomes ${into} (client ${intoId}).`,
    nouns: {
      client_addresses: (amount: number) => several(amount, 'address', 'addresses'),
      client_domains: (amount: number) => several(amount, 'domain'),
      client_references: (amount: number) => several(amount, 'reference'),
      messages: (amount: number) => several(amount, 'message'),
      windows: (amount: number) => several(amount, 'response window'),
      cases: (amount: number) => several(amount, 'case'),
      invoices: (amount: number) => several(amount, 'invoice'),
      letters: (amount: number) => several(amount, 'letter'),
      log_entries: (amount: number) => several(amount, 'log entry', 'log entries'),
      log_files: (amount: number) => several(amount, 'file of evidence', 'files of evidence'),
      projects: (amount: number) => several(amount, 'project'),
      owner_marks: (amount: number) => several(amount, 'mark'),
      requests: (amount: number) => several(amount, 'request'),
      exits: (amount: number) => several(amount, 'exit'),
      holds: (amount: number) => several(amount, 'hold'),
    },
    goesOver: (what: readonly string[]) => `Goes over: ${what.length === 0 ? 'nothing' : what.join(', ')}.`,
    takes: (into: string, what: string) => `Taken over, as ${into} has none: ${what}.`,
    leaves: (what: string) => `Not taken over, and kept in the journal: ${what}.`,
    writtenAnew: (letters: readonly number[]) =>
      `Written anew: ${letters.map((letter) => `letter ${letter}`).join(', ')}.`,
    unchanged: 'Nothing was changed.',
    done: (from: string, fromId: number, into: string, intoId: number) =>
      `Done. ${from} is ${into} (client ${intoId}) from now on; number ${fromId} and the old name still find it.`,
    title: (from: string, into: string) => `Make ${from} one with ${into}`,
    type: (name: string) => `It cannot be undone. Type the name of the one that goes: ${name}`,
    typed: 'The name is typed.',
  },
  forget: {
    goes: (name: string, { messages, letters, records, entries, oldInvoices }: Record<Held, number>) =>
      `Of ${name} goes: ${several(messages, 'message')}, ${several(letters, 'letter')}, ${several(records, 'record')} (log, projects, marks, requests, exits, holds), the texts of ${several(entries, 'journal entry', 'journal entries')}, name, addresses, terms and notes${oldInvoices === 0 ? '' : `, ${several(oldInvoices, 'invoice')} of more than ten years ago`}.`,
    stays: (invoices: number) =>
      invoices === 0
        ? 'Stays: that there was a client, in the journal, without a text.'
        : `Stays: ${several(invoices, 'invoice')} as number, days and sums, without a name: Italian law wants them kept for ten years (Civil Code, article 2220; GDPR, Article 17(3)(b)).`,
    done: (id: number) => `Erased. Client ${id} is a number now, and the journal says so: paletti journal verify`,
    doneBefore: (id: number) => `Client ${id} was forgotten before; the file is written anew once more.`,
    halfMade: (path: string) =>
      `a dossier of the person was begun and never finished; delete the folder yourself: ${path}`,
    notReached:
      'Backups, dossiers, the log of your system and the mails on the server are not reached: delete them yourself.',
    remains: (amount: number, shown: string, more: number) =>
      `${several(amount, 'record')} of others still mention the person, and were left as they are: ${shown}${more > 0 ? ` and ${more} more` : ''}`,
    title: 'Erase a client',
    type: (name: string) => `It cannot be undone. Type the name to erase it: ${name}`,
    typed: 'The name is typed.',
  },
  import: {
    columns: { line: 'LINE', client: 'CLIENT', what: 'WHAT', detail: 'DETAIL' },
    what: { add: 'add', change: 'change', unchanged: 'unchanged', asked: 'asked' },
    passedOver: (line: number, why: string) => `line ${line} is passed over: it ${why}`,
    line: (line: number, what: string) => `line ${line}: ${what}`,
    ignored: (columns: string) => `Columns not used: ${columns}`,
    done: (isDone: boolean, n: { add: number; change: number; unchanged: number; asked: number }) =>
      `${isDone ? 'Done' : 'Would be done'}: ${n.add} added, ${n.change} changed, ${n.unchanged} unchanged${n.asked === 0 ? '' : `, ${n.asked} asked about and left as they are`}.`,
    toDoIt: 'To do it, repeat the command with --yes.',
    nothingDone: 'Nothing was done.',
  },
};
