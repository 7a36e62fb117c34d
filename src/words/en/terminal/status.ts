/** English: `paletti status`. What stands here the other languages must bring as well. */
import type { JobName } from '../../../rules/job-times.ts';
import { several } from '../grammar.ts';

const jobs: Record<JobName, string> = {
  receive: 'read the mail',
  judge: 'judge what came',
  dun: 'look at what is owed',
  deliver: 'send letters',
  file: 'put copies into Sent',
};

export const status = {
  modes: { review: 'review: every letter waits for you', live: 'live' },
  head: (owner: string, mode: string) => `Paletti for ${owner}. Sending: ${mode}.`,
  notRunning: 'NOT running.',
  singlePass: 'A single pass is under way.',
  runningSince: (when: string) => `Running since ${when}.`,
  neverWorked: 'It has not worked yet.',
  lastAtWork: (when: string, ago: string, sent: number) =>
    `Last at work ${when} (${ago}); ${several(sent, 'letter')} sent in the last 24 hours.`,
  startHint: '(use "paletti run" to start it, or "paletti service install" to start it at login)',
  failed: (job: JobName, ago: string, why: string) => `The last time it tried to ${jobs[job]} (${ago}) failed: ${why}`,
  account: (number: string, readTo: string | null) =>
    `Account ${number}: ${readTo === null ? 'not read' : `read to ${readTo}`}.`,
  paused: (until: string | null, why: string) => `Nothing leaves${until === null ? '' : ` until ${until}`}: ${why}`,
  resumeHint: '(use "paletti resume" to let letters leave again)',
  nothing: 'Nothing waits for you, and nothing waits to leave.',
  notices: { title: 'To know or decide', hint: '(use "paletti notices seen ID" when done)' },
  toPlace: {
    title: 'Payments that may be of your clients; their letters wait',
    hint: '(use "paletti payments questions", then "paletti payments answer ID CHOICE")',
    day: 'DAY',
    sum: 'SUM',
    from: 'FROM',
    why: 'WHY',
  },
  waiting: {
    title: 'Waits for your approval',
    hint: '(use "paletti outbox show ID", then approve ID, edit ID or drop ID)',
  },
  trouble: { title: 'Did not leave, or may not have', hint: '(use "paletti outbox show ID")' },
  next: {
    title: 'Leaves next',
    hint: '(use "paletti plan" for the coming weeks, "paletti outbox drop ID" to stop one)',
  },
  letters: { letter: 'LETTER', to: 'TO', notBefore: 'NOT BEFORE', why: 'WHY' },
  toAnswer: {
    title: 'To answer',
    hint: '(answer by mail as usual; use "paletti inbox answered ID" if you answered otherwise)',
    due: 'DUE',
    from: 'FROM',
    subject: 'SUBJECT',
    late: 'late',
  },
  before: {
    title: (amount: number) => `Before Paletti: ${amount} without an answer that was found`,
    hint: '(nothing is done about them; use "paletti inbox answered ID" for those that are settled)',
    came: 'CAME',
    from: 'FROM',
    subject: 'SUBJECT',
  },
  owed: {
    title: 'Overdue',
    hint: '(use "paletti invoices paid NUMBER" when money comes in)',
    client: 'CLIENT',
    overdue: 'OVERDUE',
    nextLook: 'NEXT LOOK',
    why: 'WHY',
    whenever: 'when something happens',
    keepsWaiting: (sum: string, client: string, why: string) => `${sum} of ${client} keep waiting: ${why}`,
  },
  asked: {
    title: 'Asked of clients',
    hint: '(use "paletti requests answered ID", "accept ID" for a proposed one, or "drop ID")',
    client: 'CLIENT',
    state: 'STATE',
    due: 'DUE',
    asked: 'ASKED',
  },
  exits: {
    title: 'Exits',
    hint: '(use "paletti exit CLIENT status")',
    client: 'CLIENT',
    state: 'STATE',
    waitsFor: 'WAITS FOR',
  },
  signs: {
    title: 'Signs',
    hint: '(use "paletti clients show CLIENT" for what shows it, and the step to consider)',
    sign: (title: string, since: string, why: string) => `${title} since ${since} (${why})`,
  },
  more: (amount: number) => `… and ${amount} more`,
};
