/** Each mailbox as one line: its last mail, what waits of it for the owner, and how many answers are late. Reads only. */
import { needsApproval } from '../../rules/letter.ts';
import type { Instant } from '../../rules/time.ts';
import type { Reader } from '../../store/database.ts';
import { listMessages } from '../../store/messages.ts';
import { listLetters } from '../../store/outbox.ts';
import { openWindows } from '../../store/windows.ts';

export interface MailboxView {
  name: string;
  lastMail: Instant | null;
  /** letters that wait for approval */
  toApprove: number;
  /** answers that are waited for, and those of them that are late */
  toAnswer: number;
  late: number;
}

export function viewMailboxes(r: Reader, names: readonly string[], now: Instant): MailboxView[] {
  const waiting = listLetters(r, { states: ['held', 'queued'] }).filter(needsApproval);
  const open = openWindows(r);
  return names.map((name) => {
    const asked = new Set(
      listMessages(r, { mailbox: name, role: 'inbox', unanswered: true }).map(({ judged }) => judged?.windowId),
    );
    const own = open.filter(({ id }) => asked.has(id));
    return {
      name,
      lastMail: listMessages(r, { mailbox: name, role: 'inbox', limit: 1 })[0]?.receivedAt ?? null,
      toApprove: waiting.filter(({ mailbox }) => mailbox === name).length,
      toAnswer: own.length,
      late: own.filter(({ dueAt }) => dueAt <= now).length,
    };
  });
}
