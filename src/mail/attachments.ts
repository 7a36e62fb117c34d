/** The files of one whole message, decoded; those of a certified mail (PEC) are in the message that it carries. */
import { readTree } from './mime-tree.ts';

export interface MailAttachment {
  name: string;
  bytes: Uint8Array;
}

const deadlineMs = 30_000;
const deepest = 3;

/** @throws Error of the parser, or AppError 'bad-input' after the deadline */
export async function attachmentsOf(source: Uint8Array, depth = 0): Promise<MailAttachment[]> {
  const { attachments } = await readTree(Buffer.from(source), deadlineMs);
  const found: MailAttachment[] = [];
  for (const { filename, contentType, content } of attachments) {
    if (contentType !== 'message/rfc822') found.push({ name: filename, bytes: content });
    else if (depth < deepest) found.push(...(await attachmentsOf(content, depth + 1)));
  }
  return found;
}
