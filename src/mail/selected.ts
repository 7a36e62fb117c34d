/** Selecting a folder, so that what is known of it is of now. */
import type { ImapFlow, MailboxObject } from 'imapflow';
import { isMisplaced, isRefusal } from './imap-fault.ts';

/** Always a SELECT of its own: imapflow's lock would hand out the old UIDVALIDITY. Null when there is no such folder. */
export async function selected(client: ImapFlow, path: string): Promise<MailboxObject | null> {
  try {
    return await client.mailboxOpen(path);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (path === 'INBOX' && isMisplaced(error)) client.close();
    if (!client.usable) throw error;
    const folders = await client.list();
    if (folders.some((folder) => folder.path === path)) throw error;
    return null;
  }
}
