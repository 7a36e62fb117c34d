/** A mailbox in memory behind a terminal of the tests: what `openApp` reads there. */
import { openApp } from '../../src/app.ts';
import type { Ways } from '../../src/cli/ways.ts';
import { silentLog } from '../../src/log.ts';
import { FakeCourier } from '../support/fake-courier.ts';
import type { StoryMailbox } from '../support/fake-mailbox.ts';
import type { Terminal } from './terminal.ts';

/** The way to the app by which a command of this terminal reads that mailbox. */
export function appOn(mailbox: StoryMailbox, clock: Terminal['clock']): Ways['openApp'] {
  const courier = new FakeCourier(mailbox.name);
  const network = { mailbox: () => mailbox, courier: () => courier, close: async () => {} };
  return (config) => openApp({ config, clock, log: silentLog, network });
}

/** Everything in the mailbox is on record afterwards, as history. */
export async function readInto(terminal: Terminal, mailbox: StoryMailbox): Promise<void> {
  const config = await terminal.ways.readConfig(undefined);
  const app = await appOn(mailbox, terminal.clock)(config, silentLog);
  await app.pass(['receive', 'judge']);
  await app.shut();
}

/** A mail of the owner's, as it lies in Sent. */
export function written(to: string, at: string, text = 'Le invio la bozza del catalogo.'): string {
  return [
    'From: Anna Rossi <anna@studio.example>',
    `To: ${to}`,
    'Subject: Catalogo',
    `Message-ID: <o${`${to}${at}`.replace(/\W/g, '')}@studio.example>`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '',
  ].join('\n');
}
