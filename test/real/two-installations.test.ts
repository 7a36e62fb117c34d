/** Two installations that pass at the same moment on a real Dovecot, two hundred times: no client hears twice. */
import type { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openParser } from '../../src/mail/parser.ts';
import { instant } from '../../src/rules/time.ts';
import { connectElsewhere, type Dovecot, startDovecot } from '../support/dovecot.ts';
import { passTogether, type Server } from '../support/two-installations.ts';

const monday = instant('2025-11-17T10:00:00+01:00');
const parser = openParser();
let dovecot: Dovecot;
let other: ImapFlow;
let server: Server;

beforeAll(async () => {
  dovecot = await startDovecot();
  other = await connectElsewhere(dovecot);
  const { host, tlsPort: port, user, password, ca } = dovecot;
  server = {
    imap: { host, port, user, secure: true, password: async () => password, tls: { ca } },
    parser,
    arrives: async (source, at) => void (await other.append('INBOX', source, [], new Date(at))),
  };
});

afterAll(async () => {
  other.close();
  await parser.close();
  await dovecot.stop();
});

async function emptied(): Promise<void> {
  for (const path of ['INBOX', 'Posta inviata']) {
    await other.mailboxOpen(path);
    await other.messageDelete('1:*');
  }
  await other.mailboxClose();
  if ((await other.list()).some(({ path }) => path === 'Paletti')) await other.mailboxDelete('Paletti');
}

describe('two installations on one mailbox of a real server', () => {
  it('two hundred times at the same moment: one letter each time, and one of the two says that it waits', {
    timeout: 1_200_000,
  }, async () => {
    const wrong: string[] = [];
    for (let round = 0; round < 200; round += 1) {
      await emptied();
      const { heard, paused } = await passTogether(server, `r${round}`, monday, round % 4 === 3);
      const isRight = heard[0] + heard[1] === 1 && paused.filter((why) => why !== null).length === 1;
      if (!isRight) wrong.push(`${round}: ${JSON.stringify({ heard, paused })}`);
    }
    expect(wrong).toEqual([]);
  });
});
