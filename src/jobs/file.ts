/** Sent letters -> the Sent folder: the same bytes, once. A failure here never sends anything again. */
import type { Clock } from '../clock.ts';
import type { Mailbox } from '../ports.ts';
import type { Letter } from '../rules/letter.ts';
import type { Store } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { bytesOf, markFiled } from '../store/outbox.ts';
import { inState } from '../store/outbox-queue.ts';
import type { Reason } from '../rules/reason.ts';

export interface FileParts {
  store: Store;
  clock: Clock;
  lookedInto(mailbox: string): Mailbox | undefined;
}

/** @returns how many letters were filed */
export async function file(parts: FileParts): Promise<number> {
  let filed = 0;
  for (const letter of parts.store.read((r) => inState(r, 'sent'))) {
    const mailbox = parts.lookedInto(letter.mailbox);
    if (mailbox === undefined) continue;
    await fileOne(parts, mailbox, letter);
    filed += 1;
  }
  return filed;
}

async function fileOne(parts: FileParts, mailbox: Mailbox, letter: Letter): Promise<void> {
  const bytes = parts.store.read((r) => bytesOf(r, letter.id));
  let why: Reason = { code: 'filed-by-provider' };
  if (!mailbox.filesSent && bytes !== undefined && letter.messageId !== null && letter.sentAt !== null) {
    const outcome = await mailbox.fileAsSent(bytes, letter.messageId, letter.sentAt);
    why = { code: outcome === 'filed' ? 'filed-now' : 'filed-before' };
  }
  parts.store.write(parts.clock.now(), (w) => {
    if (!markFiled(w, letter.id)) return;
    note(w, { kind: 'letter-filed', subject: `letter/${letter.id}`, clientId: letter.clientId, why });
  });
}
