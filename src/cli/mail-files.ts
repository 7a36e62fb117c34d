/**
 * Files that came by mail, for `invoices import --mail` and `payments import --mail`: fetched from the server now, because
 * their owner says so. Reads nothing in them.
 */
import type { Command } from 'commander';
import { settleMailFiles } from '../desk/mail-files.ts';
import { AppError } from '../errors.ts';
import { type MailFile, proposedFiles } from '../store/mail-files.ts';
import { messageById } from '../store/messages.ts';
import { type DeskContext, outputOf, parseId, withDesk } from './command.ts';
import { Originals } from './originals.ts';
import type { Ways } from './ways.ts';

export interface MailInput {
  /** as the file is called */
  path: string;
  name: string;
  bytes: Uint8Array;
  file: MailFile;
}

/**
 * @param ids numbers of messages; none: all that are proposed
 * @throws AppError 'not-found' when none is proposed; 'unreachable' when the server is not there
 */
export function filesFromMail(
  ways: Ways,
  command: Command,
  { kind, ids }: { kind: 'invoices' | 'bank'; ids: readonly string[] },
): Promise<MailInput[]> {
  const wanted = ids.length === 0 ? null : ids.map((id) => parseId(id, 'message'));
  return withDesk(ways, command, async (context) => {
    const files = context.desk.store
      .read((r) => proposedFiles(r, wanted))
      .filter((file) => file.kind === kind || file.kind === 'either');
    if (files.length === 0)
      throw new AppError('not-found', 'no mail holds a file that may be one of these', {
        next: 'See: paletti notices',
      });
    return fetched(ways, command, context, files);
  });
}

async function fetched(
  ways: Ways,
  command: Command,
  { desk }: DeskContext,
  files: readonly MailFile[],
): Promise<MailInput[]> {
  const out = outputOf(ways, command);
  const servers = await ways.openMailboxes(desk.config);
  const inputs: MailInput[] = [];
  try {
    const originals = new Originals(servers);
    for (const file of files) {
      const message = desk.store.read((r) => messageById(r, file.messageId));
      const source = message === undefined ? 'it is not on record' : await originals.of(message);
      if (typeof source === 'string') out.warn(`${file.name} (mail ${file.messageId}) was not fetched: ${source}`);
      else inputs.push(...(await picked(ways, source, file)));
    }
  } finally {
    await servers.close();
  }
  return inputs;
}

/** By its name, among the files of the message. */
async function picked(ways: Ways, source: Uint8Array, file: MailFile): Promise<MailInput[]> {
  const found = (await ways.attachments(source)).find(({ name }) => name === file.name);
  return found === undefined ? [] : [{ path: file.name, name: file.name, bytes: found.bytes, file }];
}

/** What was done with them stands in the record: they are proposed no more. */
export function noteFetched(ways: Ways, command: Command, inputs: readonly MailInput[]): Promise<void> {
  return withDesk(ways, command, ({ desk }) =>
    settleMailFiles(
      desk,
      inputs.map(({ file }) => file),
      'taken',
    ),
  );
}
