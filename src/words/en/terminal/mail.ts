/** English: `paletti inbox` and `paletti decide`. What stands here the other languages must bring as well. */
import type { EvidenceKind } from '../../../rules/response-window.ts';

export const mail = {
  none: 'No messages.',
  columns: {
    received: 'RECEIVED',
    mailbox: 'MAILBOX',
    from: 'FROM',
    subject: 'SUBJECT',
    hours: 'HOURS',
    state: 'STATE',
  },
  unreadable: 'unreadable',
  notJudged: 'not yet judged',
  forged: (kind: string) => `${kind}, forged?`,
  doubtful: (kind: string) => `${kind}, doubtful`,
  noneNeeded: 'none needed',
  answered: 'answered',
  late: (span: string) => `${span} late`,
  due: (distance: string) => `due ${distance}`,
  labels: {
    from: 'From',
    to: 'To',
    client: 'Client',
    received: 'Received',
    subject: 'Subject',
    attachments: 'Attachments',
    fault: 'Could not be read',
    kind: 'Kind',
    judged: 'Judged',
    outOfHours: 'Out of hours',
    answer: 'Answer',
    letters: 'Letters',
  },
  notYet: 'not yet',
  dueAt: (when: string, distance: string) => `due ${when}, ${distance}`,
  answeredAt: (when: string | null, evidence: EvidenceKind | null) =>
    `answered${when === null ? '' : ` ${when}`}, known by: ${evidence}`,
  settled: (id: number, how: 'answered' | 'needs-no-answer') =>
    `Message ${id} is noted as ${how === 'answered' ? 'answered' : 'in need of no answer'}.`,
  unsettled: (id: number, hadDeadline: boolean) =>
    `Message ${id} ${hadDeadline ? 'waits for no answer any more' : 'has no deadline'}.`,
  decided: {
    client: 'client',
    kind: 'kind',
    outOfHours: 'outOfHours',
    outOfHoursWhy: 'outOfHoursWhy',
    window: 'window',
    acknowledge: 'acknowledge',
    reason: 'reason',
    why: 'why',
    holdUntil: 'holdUntil',
  },
  yesOrNo: (value: boolean) => String(value),
  windowFrom: (opens: string, due: string) => `opens ${opens}, the answer is due ${due}`,
  letterTo: (to: string, subject: string) => `To: ${to}\nSubject: ${subject}`,
};
