/** English: `paletti outbox`, `plan`, `letter` and `templates`. What stands here the other languages must bring as well. */
import type { AfterDrop } from '../../../rules/letter.ts';
import { several } from '../grammar.ts';

export const letters = {
  none: 'No letters.',
  ownNone: 'No mails of your own wait.',
  columns: { state: 'STATE', letter: 'LETTER', to: 'TO', when: 'WHEN', subject: 'SUBJECT' },
  moreListed: (amount: number, all: number) => `… ${amount} more: paletti outbox list --limit ${all}`,
  labels: {
    letter: 'Letter',
    state: 'State',
    why: 'Why',
    notBefore: 'Not before',
    sent: 'Sent',
    lastError: 'Last error',
    ended: 'Ended',
    from: 'From',
    to: 'To',
    subject: 'Subject',
  },
  named: (id: number, kind: string, step: string | null) => `${id}, ${kind}${step === null ? '' : `, step ${step}`}`,
  endedBy: (why: string, by: 'owner' | 'system' | null) => `${why} (${by})`,
  /** of one that waits, and is not as it was written */
  changed: {
    leaves: (why: string) => `This is how it would leave now: ${why}.`,
    'given-back': (why: string) =>
      `Your own words no longer fit: ${why}. They do not leave like this: once you approve it, the letter is written anew and comes back to you, and your words are kept.`,
    stays: (why: string) => `It would not leave now: ${why}.`,
  },
  history: 'History',
  next: (what: string) => `Next: ${what}`,
  nextFor: {
    end: (client: number | null) => `paletti exit ${client} status; it leaves only when that exit is approved`,
    approve: (id: number) => `paletti outbox approve ${id}, or edit ${id}, or drop ${id}`,
    restore: (id: number) => `paletti outbox restore ${id}`,
    retry: (id: number) => `paletti outbox retry ${id}, or drop ${id}`,
    resolve: (id: number) => `paletti outbox resolve ${id} --sent, or --not-sent`,
  },
  /** what became of a letter, or what it was already */
  moves: {
    approve: { done: 'approved', already: 'needs no approval' },
    drop: { done: 'dropped', already: 'was dropped already' },
    restore: { done: 'restored; it waits for you', already: 'was not dropped' },
    retry: { done: 'to be tried again', already: 'is queued already' },
    'resolve-sent': { done: 'settled as sent', already: 'was settled so already' },
    'resolve-not-sent': { done: 'settled as not-sent', already: 'was settled so already' },
  },
  moved: (id: number, to: string, move: string, leaves: string) =>
    `Letter ${id} to ${to} ${move}${leaves === '' ? '' : `; ${leaves}`}.`,
  leaves: (when: string | null) => (when === null ? 'leaves with the next pass' : `leaves not before ${when}`),
  leavesIf: (when: string | null, standstill: string) => `${when === null ? '' : `${when}, and `}${standstill}`,
  whilePaused: (why: string) => `nothing leaves while sending is paused (${why}): paletti resume`,
  onceRunning: 'it leaves once Paletti runs: paletti run',
  after: (what: AfterDrop, id: number) => {
    const back = `paletti outbox restore ${id}`;
    if (what === 'exit-cancelled') return 'Its exit is cancelled with it.';
    if (what === 'asks-no-more')
      return `This client is asked for nothing more in this currency, later invoices included, until: ${back}`;
    return `${what === 'hears-nothing' ? 'The client hears nothing until you answer. ' : ''}To take it back: ${back}`;
  },
  noneMoved: 'No such letter: nothing was changed.',
  edited: (id: number) => `Letter ${id} is changed and waits for you: paletti outbox approve ${id}`,
  notEdited: (id: number) => `Letter ${id} stays as it is.`,
  plan: {
    paused: (why: string) => `Nothing leaves now: ${why}`,
    none: (days: number) => `No letter leaves in the next ${several(days, 'day')}.`,
    leaves: (days: number) => `Leaves in the next ${several(days, 'day')}`,
    waits: 'Waits for you to the end',
    heldBack: 'Held back',
    yours: 'yours to approve',
    columns: { when: 'WHEN', letter: 'LETTER', to: 'TO', why: 'WHY' },
    blocked: { client: 'CLIENT', money: 'MONEY', until: 'UNTIL', why: 'WHY' },
    whenever: 'something happens',
    anew: 'Only on this ladder',
    gone: 'Not on this ladder',
    nothing: 'nothing',
  },
  boundary: {
    waitsAlready: (id: number, client: string) => `Letter ${id} to ${client} waits already: paletti outbox show ${id}`,
    waits: (id: number, client: string, why: string) => `Letter ${id} to ${client} waits for you (${why}).`,
    next: (id: number) => `Next: paletti outbox approve ${id}, or edit ${id}, or drop ${id}`,
  },
  templates: {
    columns: { letter: 'LETTER', language: 'LANGUAGE', tone: 'TONE', yours: 'YOURS', file: 'FILE' },
    yours: 'yours',
    sound: (amount: number) => `${several(amount, 'letter')}, no faults.`,
    sample: 'Some of its facts are made up.',
  },
};
