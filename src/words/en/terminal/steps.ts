/** English: `paletti requests` and `paletti exit`. What stands here the other languages must bring as well. */
import type { ExitState } from '../../../rules/exit.ts';
import { several } from '../grammar.ts';

export const requests = {
  none: 'Nothing waits for an answer of a client. To count something: paletti requests add',
  columns: {
    client: 'CLIENT',
    state: 'STATE',
    due: 'DUE',
    lost: 'LOST',
    delivery: 'DELIVERY',
    nudges: 'NUDGES',
    asked: 'ASKED',
    why: 'WHY',
  },
  parked: (until: string) => `parked until ${until}`,
  acceptHint: (id: number) => `To have a proposed one counted: paletti requests accept ${id}; to leave it: drop ${id}`,
  added: (id: number, client: string, due: string, text: string) => `Request ${id} to ${client}, due ${due}: ${text}`,
  counts: (id: number, due: string) => `Request ${id} counts, due ${due}.`,
  openAlready: (id: number) => `Request ${id} is open already.`,
  answered: (id: number, lost: number, delivery: string | null) =>
    `Request ${id} is answered; ${several(lost, 'day')} lost${delivery === null ? '' : `; delivery is on ${delivery}`}.`,
  answeredAlready: (id: number) => `Request ${id} was answered already.`,
  dropped: (id: number, changed: boolean) => `Request ${id} ${changed ? 'is dropped' : 'was dropped already'}.`,
  nudgesOff: 'Nudges are off: nothing is written to the client ("requests": { "nudges": "on" } in the configuration).',
  nudges: (isOn: boolean, days: number) =>
    `Nudges are ${isOn ? 'on' : 'written and wait for you'}: the first ${several(days, 'day')} after the due day.`,
};

export const exit = {
  none: 'No exit is open.',
  columns: { client: 'CLIENT', state: 'STATE', reason: 'REASON', open: 'STILL OPEN' },
  cancelled: (client: string) => `The exit of ${client} is cancelled. Nothing leaves.`,
  ended: (client: string) => `The work for ${client} has ended.`,
  reportWaits: (letter: number) => `The final report waits for you: paletti outbox show ${letter}`,
  whatIsHandedOver: (client: number) => `What is handed over: paletti exit ${client} handover`,
  reportWithoutWork: (client: number) =>
    `no work is on record, so the report names none; log it, then write it anew: paletti clients log ${client} work …; paletti exit ${client} report`,
  lookBack: (client: number) => `What it cost, and what you learn by it: paletti exit ${client} look-back`,
  letterWaits: (letter: number) => `Letter ${letter} waits for you: paletti outbox approve ${letter}`,
  openAlready: (client: string) => `The exit of ${client} is open already and stays as it is.`,
  changed: (client: string) => `The exit of ${client} is changed.`,
  proposed: (client: string) => `The exit of ${client} is proposed; nothing leaves by itself.`,
  takenUp: (client: string) => `The exit of ${client} is taken up; nothing leaves by itself.`,
  checked: (item: string, isUndone: boolean) => `${isUndone ? 'Taken back' : 'Checked'}: ${item}.`,
  nothingChanged: 'Nothing changed.',
  allChecked: (id: number, client: string) => `All is checked. Next: paletti exit ${id} approve --name "${client}"`,
  stillOpen: (items: readonly string[]) => `Still open: ${items.join(', ')}`,
  approvalBack: (client: string) => `The approval of the exit of ${client} is taken back.`,
  notApproved: 'It was not approved.',
  approved: (client: string) => `The exit of ${client} is approved; the letter leaves in the next contact hours.`,
  approvedAlready: 'It is approved already.',
  undoHint: (id: number) => `Until it has left: paletti exit ${id} approve --undo, or cancel`,
  handover: {
    to: (client: string, state: string) => `Handover to ${client}: ${state}`,
    onPayment: '(on payment)',
    on: (day: string) => `, on ${day}`,
    empty: (id: number) => `Nothing is on the list. Add: paletti exit ${id} handover --add "…"`,
    open: (why: string) => `open (${why})`,
    closed: (why: string) => `what passes on payment is closed (${why}), all else is open`,
  },
  heading: (client: string, state: string) => `Exit of ${client}: ${state}`,
  labels: {
    proposed: 'Proposed',
    cooling: 'Cooling-off',
    reason: 'Reason',
    notice: 'Notice',
    referral: 'Referral',
    approved: 'Approved',
    letter: 'Letter',
    cancelled: 'Cancelled',
    handover: 'Handover',
  },
  proposedBy: (when: string, by: 'owner' | 'dunning') =>
    `${when}, by ${by === 'owner' ? 'you' : 'the ladder of reminders'}`,
  until: (when: string) => `until ${when}`,
  approvedBy: (when: string, by: 'owner' | 'system' | null) =>
    `${when}, by ${by === 'owner' ? 'you' : 'the configuration'}`,
  letter: (id: number, state: string, left: string | null) => `${id}, ${state}${left === null ? '' : `, left ${left}`}`,
  checklist: 'Checklist',
  before: (when: string, end: string) => `Before: ${when}, ${end}`,
  noticeDays: (days: number) => `${days} days`,
  noticeIf: (day: string) => `; ${day} if the letter left today`,
  noticeUntil: (day: string) => `; until ${day}`,
  milestone: (what: string, by: string | null) => `until "${what}"${by === null ? '' : `, at the latest ${by}`}`,
  next: (what: string) => `Next: ${what}`,
  asleep: (id: number) =>
    `it sleeps until all that is owed is paid; to begin now: paletti exit ${id} propose; or leave it: cancel`,
  nextFor: (state: ExitState, id: number, open: string | null): string | null => {
    if (state === 'proposed') return `take it up: paletti exit ${id} propose; or leave it: cancel`;
    if (state === 'cooling') return `let the days pass; meanwhile: paletti exit ${id} check ITEM, or cancel`;
    if (state === 'checklist')
      return open === null ? `paletti exit ${id} approve --name "…"` : `paletti exit ${id} check ${open}`;
    if (state === 'approved') return `it leaves in contact hours; to stop it: paletti exit ${id} cancel`;
    if (state === 'notice-running') return `when the notice has run: paletti exit ${id} end`;
    return state === 'ended' ? `paletti exit ${id} handover` : null;
  },
};
