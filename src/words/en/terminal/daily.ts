/**
 * English: the small commands (`notices`, `pause`, `resume`, `jobs`, `journal`, `page`, `backup`, `run`) and what all
 * commands share. What stands here the other languages must bring as well.
 */
import type { JobName } from '../../../rules/job-times.ts';
import { several } from '../grammar.ts';
import { bellWords } from './bells.ts';

export const daily = {
  warning: 'warning:',
  notices: {
    none: 'Nothing new.',
    next: (what: string) => `next: ${what}`,
    approvals: (amount: number) => `${several(amount, 'letter')} wait for your approval.`,
    approve: 'next: paletti outbox; all at once: paletti outbox approve all',
    done: 'When done: paletti notices seen ID, or all',
    seen: (amount: number) => `${several(amount, 'notice')} seen.`,
  },
  paused: (until: string | null) =>
    until === null ? 'Nothing leaves until: paletti resume' : `Nothing leaves until ${until}.`,
  resumed: 'Letters may leave again.',
  notPaused: 'Nothing was paused.',
  jobs: {
    bell: bellWords,
    columns: { job: 'JOB', runs: 'RUNS', last: 'LAST', next: 'NEXT', does: 'DOES' },
    does: {
      receive: 'reads the mail',
      judge: 'judges what came',
      dun: 'looks at what is owed, at requests and at exits; writes letters, dated to the next contact hours',
      deliver: 'sends what is due, in contact hours',
      file: 'puts copies into Sent',
    } satisfies Record<JobName, string> as Record<JobName, string>,
    never: 'never',
    failed: '(failed)',
  },
  sieve: {
    head: (from: string, until: string) => [
      `Paletti: flags clients' mail out of contact hours ($PalettiOutOfHours). Made on ${from}.`,
      `It does nothing after ${until}: print it anew before, and when hours, holidays or clients change.`,
    ],
  },
  journal: {
    none: 'No entries.',
    columns: { when: 'WHEN', what: 'WHAT', about: 'ABOUT', why: 'WHY' },
    whole: (entries: number, head: string) => `The journal is whole: entries: ${entries}, last hash ${head}`,
  },
  page: {
    opens: 'The page opens in your browser.',
    noBrowser: (address: string) => `There is no browser that could be opened. Open this address: ${address}`,
    served: 'It is served until Ctrl-C, or until nobody has looked for half an hour.',
  },
  run: {
    pass: (done: { recorded: number; judged: number; written: number; sent: number; filed: number; waiting: number }) =>
      `One pass: ${done.recorded} recorded, ${done.judged} judged, ${several(done.written, 'letter')} written, ${done.sent} sent, ${done.filed} filed, ${done.waiting} waiting.`,
    paused: (why: string) => `Nothing leaves: ${why}\nTo let letters leave: paletti resume`,
  },
  written: (path: string) => `Written: ${path}`,
  desktop: {
    title: (things: number) => `Paletti: ${several(things, 'thing')} ${things === 1 ? 'waits' : 'wait'} for you`,
    test: 'This is how it looks. The page, in your browser: paletti page',
    shown: 'It was handed to the desktop. If you saw nothing, notifications are off there.',
  },
  ask: {
    needed: 'Please write something',
    note: 'Good to know',
    doIt: 'Do it?',
    yes: 'yes',
    no: 'no: nothing is written',
    done: 'Done.',
    left: 'Left as it was.',
  },
  /** of a letter in an editor */
  subject: 'Subject',
};
